package widget

import "tenfold/wasm/ui/paint"

// Scroll shows a part of a node that may be higher than the place there is: with H units
// of height, or under Stretch what is left, but at least 3 touch targets.
type Scroll struct {
	ID       string
	Node     Node
	H        float64
	Offset   float64              // in units, how much is hidden above
	OnScroll func(offset float64) // takes the new offset, within what there is
}

// scroller is where a Scroll lies and how far it goes.
type scroller struct {
	rect         paint.Rect
	offset, most float64
	set          func(offset float64)
}

func (n Scroll) fills() bool { return true }

func (n Scroll) widths(m *Ruler) (least, liked float64) {
	if n.Node == nil {
		return 0, 0
	}
	return n.Node.widths(m)
}

func (n Scroll) height(m *Ruler, w float64) float64 {
	if n.Node == nil {
		return 0
	}
	all := n.Node.height(m, w)
	if n.H > 0 {
		return min(n.H, all)
	}
	return min(all, 3*touch)
}

func (n Scroll) place(l *Layout, r paint.Rect) {
	if n.Node == nil {
		return
	}
	all := n.Node.height(l.ruler, r.W)
	most := max(all-r.H, 0)
	offset := min(max(n.Offset, 0), most)
	was := l.clip
	l.clip = tidy(r)
	if was.W > 0 {
		l.clip = intersect(was, l.clip)
	}
	n.Node.place(l, paint.Rect{X: r.X, Y: r.Y - offset, W: r.W, H: max(all, r.H)})
	l.clip = was
	if most > 0 {
		l.scrolls = append(l.scrolls, scroller{tidy(r), offset, most, n.OnScroll})
		h := max(r.H*r.H/all, 24)
		y := r.Y + (r.H-h)*offset/most
		l.adorn(paint.Rect{X: r.X + r.W + 4, Y: y, W: 4, H: h}, thumbLooks{})
	}
}

// thumbLooks is the bar that says where in a Scroll one is.
type thumbLooks struct{}

func (thumbLooks) paint(s *sheet, r paint.Rect) { s.Box(r, 2, edge(s.th)) }

// Scroll scrolls the Scroll at a place by d units. It reports whether there is one that goes
// further in that direction.
func (l *Layout) Scroll(at paint.Point, d float64) bool {
	for i := len(l.scrolls) - 1; i >= 0; i-- {
		s := l.scrolls[i]
		to := min(max(s.offset+d, 0), s.most)
		if s.set != nil && to != s.offset && s.rect.Contains(at) {
			s.set(to)
			return true
		}
	}
	return false
}

// Reveal scrolls so that the leaf of an ID, which the keyboard has reached, can be seen in
// the Scroll that it is in. It reports whether that was needed.
func (l *Layout) Reveal(id string) bool {
	f := l.Find(id)
	if f == nil || f.Clip.W <= 0 {
		return false
	}
	for _, s := range l.scrolls {
		if s.rect != f.Clip || s.set == nil {
			continue
		}
		d := 0.0
		switch above, below := s.rect.Y-f.Rect.Y, f.Rect.Y+f.Rect.H-s.rect.Y-s.rect.H; {
		case above > 0:
			d = -above
		case below > 0:
			d = below
		}
		to := min(max(s.offset+d, 0), s.most)
		if to != s.offset {
			s.set(to)
			return true
		}
	}
	return false
}

func intersect(a, b paint.Rect) paint.Rect {
	x, y := max(a.X, b.X), max(a.Y, b.Y)
	// A width of 0 would mean that all can be seen.
	return paint.Rect{X: x, Y: y, W: max(min(a.X+a.W, b.X+b.W)-x, 0.001), H: max(min(a.Y+a.H, b.Y+b.H)-y, 0)}
}

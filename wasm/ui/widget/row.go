package widget

import "tenfold/wasm/ui/paint"

// Row puts its items side by side, Gap units apart. Items share the width equally
// unless they come from Fixed, Flex or Hug. An item that uses more height than it needs
// (a Card, or what holds a Stretch) gets the whole height of the row; others lie in its
// middle, or with Top at its upper edge. A row whose items' least widths do not fit breaks
// into lines with Wrap, and makes them narrower without.
type Row struct {
	Gap   float64
	Wrap  bool
	Top   bool
	Items []Node
}

// Fixed has a node be w units wide in a Row.
func Fixed(w float64, n Node) Node { return sized{n, fixed, max(w, 0)} }

// Flex gives a node a share of what is left of a Row's width; items without have weight 1.
func Flex(weight float64, n Node) Node { return sized{n, flexible, max(weight, 1e-6)} }

// Hug has a node be as wide in a Row as what is in it.
func Hug(n Node) Node { return sized{n, hugging, 0} }

type sizing int

const (
	flexible sizing = iota
	fixed
	hugging
)

type sized struct {
	Node
	how   sizing
	value float64
}

func (n sized) fills() bool { return fills(n.Node) }

func (n sized) widths(m *Ruler) (least, liked float64) {
	if n.how == fixed {
		return n.value, n.value
	}
	return n.Node.widths(m)
}

// slot is an item with its width.
type slot struct {
	node         Node
	how          sizing
	weight       float64
	least, liked float64
	w, h         float64
	settled      bool
}

// slots returns the items that are there, on the ruler's stack of slots: the caller gives them
// back by cutting it to what it was.
func (n Row) slots(m *Ruler) []slot {
	first := len(m.slots)
	for _, item := range n.Items {
		s := slot{node: item, weight: 1}
		if z, ok := item.(sized); ok {
			if s.node, s.how = z.Node, z.how; z.how == flexible {
				s.weight = z.value
			}
		}
		if s.node == nil {
			continue
		}
		if e, ok := s.node.(Space); ok && e.W > 0 {
			s.how = fixed
		}
		s.least, s.liked = item.widths(m)
		m.slots = append(m.slots, s)
	}
	return m.slots[first:len(m.slots):len(m.slots)]
}

// arrange breaks the items into lines, gives them their widths and heights, and calls f
// for each line.
func (n Row) arrange(m *Ruler, w float64, f func(line []slot, gap, h float64, only bool)) {
	first := len(m.slots)
	all := n.slots(m)
	for rest := all; len(rest) > 0; {
		count := len(rest)
		for i, x := 0, 0.0; n.Wrap && i < len(rest); i++ {
			need := rest[i].base()
			if i > 0 && x+need > w+0.5 {
				count = i
				break
			}
			x += need + n.Gap
		}
		line := rest[:count]
		rest = rest[count:]
		gap := n.Gap
		if gap*float64(count-1) > w { // nothing would be left for the items
			gap = 0
		}
		share(line, w-gap*float64(count-1))
		h := 0.0
		for i := range line {
			line[i].h = line[i].node.height(m, line[i].w)
			h = max(h, line[i].h)
		}
		f(line, gap, h, count == len(all))
	}
	m.slots = m.slots[:first]
}

// base returns the width from which on an item is left on its line.
func (s *slot) base() float64 {
	if s.how != flexible || labelled(s.node) {
		return s.liked
	}
	return s.least
}

// labelled reports whether a node is better whole than equal to its neighbours.
func labelled(n Node) bool {
	_, ok := n.(Button)
	return ok
}

// share gives the items of a line their widths, together w at most.
func share(line []slot, w float64) {
	w = max(w, 0)
	base, least := 0.0, 0.0
	for i := range line {
		base += line[i].base()
		least += line[i].least
	}
	switch {
	case least > w: // too narrow for all: each gives way
		for i := range line {
			line[i].w = line[i].least * w / least
		}
		return
	case base <= w:
		for i := range line {
			line[i].least = line[i].base()
		}
	}
	rest := w
	for i := range line {
		s := &line[i]
		if s.how != flexible {
			s.w, s.settled = s.least, true
			if base > w && s.how == hugging { // what hugs comes before what is flexible
				s.w = min(s.liked, s.least+w-least)
				least += s.w - s.least
			}
			rest -= s.w
		}
	}
	for again := true; again; {
		again = false
		weights := 0.0
		for i := range line {
			if !line[i].settled {
				weights += line[i].weight
			}
		}
		for i := range line {
			s := &line[i]
			if s.settled {
				continue
			}
			if s.w = rest * s.weight / weights; s.w < s.least {
				s.w, s.settled, again = s.least, true, true
				rest -= s.w
				break
			}
		}
	}
}

func (n Row) fills() bool { return anyFills(n.Items) }

func (n Row) widths(m *Ruler) (least, liked float64) {
	first := len(m.slots)
	all := n.slots(m)
	for _, s := range all {
		liked += s.liked + n.Gap
		if n.Wrap {
			least = max(least, s.least)
		} else {
			least += s.least + n.Gap
		}
	}
	if len(all) > 0 {
		liked -= n.Gap
		if !n.Wrap {
			least -= n.Gap
		}
	}
	m.slots = m.slots[:first]
	return least, liked
}

func (n Row) height(m *Ruler, w float64) float64 {
	sum := -n.Gap
	n.arrange(m, w, func(_ []slot, _, h float64, _ bool) { sum += h + n.Gap })
	return max(sum, 0)
}

func (n Row) place(l *Layout, r paint.Rect) {
	y := r.Y
	n.arrange(l.ruler, r.W, func(line []slot, gap, h float64, only bool) {
		if only {
			h = max(h, r.H)
		}
		x := r.X
		for _, s := range line {
			at := paint.Rect{X: x, Y: y, W: s.w, H: h}
			if !fills(s.node) {
				at.H = s.h
				if !n.Top {
					at.Y += whole((h - at.H) / 2)
				}
			}
			s.node.place(l, at)
			x += s.w + gap
		}
		y += h + n.Gap
	})
}

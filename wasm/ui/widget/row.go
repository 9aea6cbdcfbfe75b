package widget

import "tenfold/wasm/ui/paint"

// Row puts its items beside each other, Gap units apart. Items share the width equally
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
	w            float64
	settled      bool
}

func (n Row) slots(m *Ruler) []slot {
	all := make([]slot, 0, len(n.Items))
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
		all = append(all, s)
	}
	return all
}

// lines breaks the items into lines and gives them their widths.
func (n Row) lines(m *Ruler, w float64) [][]slot {
	all := n.slots(m)
	if len(all) == 0 {
		return nil
	}
	lines := make([][]slot, 0, 4)
	first, x := 0, 0.0
	for i, s := range all {
		if !n.Wrap {
			break
		}
		need := s.base()
		if i > first && x+need > w+0.5 {
			lines = append(lines, all[first:i])
			first, x = i, 0
		}
		x += need + n.Gap
	}
	lines = append(lines, all[first:])
	for _, line := range lines {
		share(line, w-n.Gap*float64(len(line)-1))
	}
	return lines
}

// base is the width from which on an item is left on its line.
func (s *slot) base() float64 {
	if s.how != flexible || labelled(s.node) {
		return s.liked
	}
	return s.least
}

// labelled says whether a node is better whole than equal to its neighbours.
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
	return least, liked
}

func lineHeight(m *Ruler, line []slot) (h float64) {
	for _, s := range line {
		h = max(h, s.node.height(m, s.w))
	}
	return h
}

func (n Row) height(m *Ruler, w float64) float64 {
	lines := n.lines(m, w)
	sum := n.Gap * float64(max(len(lines)-1, 0))
	for _, line := range lines {
		sum += lineHeight(m, line)
	}
	return sum
}

func (n Row) place(l *Layout, r paint.Rect) {
	y := r.Y
	lines := n.lines(l.ruler, r.W)
	for _, line := range lines {
		h := lineHeight(l.ruler, line)
		if len(lines) == 1 {
			h = max(h, r.H)
		}
		x := r.X
		for _, s := range line {
			at := paint.Rect{X: x, Y: y, W: s.w, H: h}
			if !fills(s.node) {
				at.H = s.node.height(l.ruler, s.w)
				if !n.Top {
					at.Y += whole((h - at.H) / 2)
				}
			}
			s.node.place(l, at)
			x += s.w + n.Gap
		}
		y += h + n.Gap
	}
}

package widget

import "tenfold/wasm/ui/paint"

// Column puts its items below each other, Gap units apart.
type Column struct {
	Gap   float64
	Items []Node
}

// Stretch has a node take the height that is left in a Column.
func Stretch(n Node) Node {
	if n == nil {
		return nil
	}
	return stretched{n}
}

type stretched struct{ Node }

func (stretched) fills() bool { return true }

func (n Column) fills() bool { return anyFills(n.Items) }

func (n Column) widths(m *Ruler) (least, liked float64) {
	for _, item := range n.Items {
		if item != nil {
			a, b := item.widths(m)
			least, liked = max(least, a), max(liked, b)
		}
	}
	return least, liked
}

func (n Column) height(m *Ruler, w float64) float64 {
	sum, count := 0.0, 0
	for _, item := range n.Items {
		if item != nil {
			sum += item.height(m, w)
			count++
		}
	}
	return sum + n.Gap*float64(max(count-1, 0))
}

func (n Column) place(l *Layout, r paint.Rect) {
	spare, takers := r.H+n.Gap, 0
	heights := make([]float64, len(n.Items))
	for i, item := range n.Items {
		if item == nil {
			continue
		}
		heights[i] = item.height(l.ruler, r.W)
		spare -= heights[i] + n.Gap
		if _, ok := item.(stretched); ok {
			takers++
		}
	}
	extra := max(spare, 0) / float64(max(takers, 1))
	y := r.Y
	for i, item := range n.Items {
		if item == nil {
			continue
		}
		h := heights[i]
		if _, ok := item.(stretched); ok {
			h += extra
		}
		item.place(l, paint.Rect{X: r.X, Y: y, W: r.W, H: h})
		y += h + n.Gap
	}
}

// Space is empty: W units wide, or in a Row whatever is left, and H units high.
type Space struct{ W, H float64 }

func (n Space) widths(*Ruler) (least, liked float64) { return n.W, n.W }
func (n Space) height(*Ruler, float64) float64       { return n.H }
func (n Space) place(l *Layout, r paint.Rect)        {}

// Stack puts its items on top of each other, the last one topmost.
type Stack struct{ Items []Node }

func (n Stack) fills() bool { return anyFills(n.Items) }

func (n Stack) widths(m *Ruler) (least, liked float64) { return Column{Items: n.Items}.widths(m) }

func (n Stack) height(m *Ruler, w float64) (h float64) {
	for _, item := range n.Items {
		if item != nil {
			h = max(h, item.height(m, w))
		}
	}
	return h
}

func (n Stack) place(l *Layout, r paint.Rect) {
	for _, item := range n.Items {
		if item != nil {
			item.place(l, r)
		}
	}
}

package widget

import (
	"math"

	"tenfold/wasm/ui/paint"
)

// Grid puts its items into equal columns, Gap units apart: Columns of them, or as many as
// are at least MinCell units wide. Each row is CellHeight units high, or as high as its highest
// item.
type Grid struct {
	Columns    int
	MinCell    float64
	Gap        float64
	CellHeight float64
	Items      []Node
}

func (n Grid) per(w float64) int {
	if n.Columns > 0 {
		return n.Columns
	}
	return max(int(math.Floor((w+n.Gap)/max(n.MinCell+n.Gap, 1))), 1)
}

func (n Grid) items() []Node {
	all := make([]Node, 0, len(n.Items))
	for _, item := range n.Items {
		if item != nil {
			all = append(all, item)
		}
	}
	return all
}

func (n Grid) fills() bool { return anyFills(n.Items) }

func (n Grid) widths(m *Ruler) (least, liked float64) {
	for _, item := range n.items() {
		a, b := item.widths(m)
		least, liked = max(least, a), max(liked, b)
	}
	least = max(least, n.MinCell)
	liked = max(liked, least)
	k := float64(max(n.Columns, 1))
	every := float64(max(n.Columns, len(n.Items)))
	return least*k + n.Gap*(k-1), liked*every + n.Gap*max(every-1, 0)
}

func (n Grid) height(m *Ruler, w float64) float64 {
	sum := 0.0
	n.rows(m, w, func(items []Node, y, cell, step, h float64) { sum = y + h })
	return sum
}

func (n Grid) place(l *Layout, r paint.Rect) {
	n.rows(l.ruler, r.W, func(items []Node, y, cell, step, h float64) {
		for i, item := range items {
			item.place(l, paint.Rect{X: r.X + float64(i)*step, Y: r.Y + y, W: cell, H: h})
		}
	})
}

// rows calls f for each row with its place, its cells' width, the way from one to the next,
// and its height. Gaps that leave nothing for the cells are left out.
func (n Grid) rows(m *Ruler, w float64, f func(items []Node, y, cell, step, h float64)) {
	items, per := n.items(), n.per(w)
	gap := n.Gap
	if float64(per-1)*gap > w {
		gap = 0
	}
	cell := max((w-float64(per-1)*gap)/float64(per), 0)
	y := 0.0
	for len(items) > 0 {
		row := items[:min(per, len(items))]
		items = items[len(row):]
		h := n.CellHeight
		if h <= 0 {
			for _, item := range row {
				h = max(h, item.height(m, cell))
			}
		}
		f(row, y, cell, cell+gap, h)
		y += h + gap
	}
}

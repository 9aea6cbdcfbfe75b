package widget

import (
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
)

// Card is a panel: a ground with a title, something small beside it (a button or a note),
// and a body that takes the height that is left. A card in a card is only a group.
type Card struct {
	Name   string // of the panel, unique
	Title  string // "" for none
	Aside  Node   // right of the title; nil for none
	Body   Node
	Ground Ground
	Bare   bool // no space around: the body reaches the edges
}

func (n Card) fills() bool { return true }

// pad returns the space on each side.
func (n Card) pad() float64 {
	if n.Bare {
		return 0
	}
	return theme.Pad
}

// head returns the title with what is beside it.
func (n Card) head() Node {
	switch {
	case n.Title == "" && n.Aside == nil:
		return nil
	case n.Aside == nil:
		return Heading{Text: n.Title}
	case n.Title == "":
		return Row{Items: []Node{n.Aside}}
	}
	return Row{Gap: theme.Grid, Items: []Node{Heading{Text: n.Title}, Hug(n.Aside)}}
}

// above returns the space over the title: its middle lies at the same height with and without
// a button beside it.
func (n Card) above(m *Ruler, w float64) float64 {
	if head := n.head(); head != nil && !n.Bare && n.Title != "" {
		return max(n.pad()-max(head.height(m, w)-headingHeight, 0)/2, 4)
	}
	return n.pad()
}

func (n Card) content() Column {
	c := Column{Gap: 12}
	if head := n.head(); head != nil {
		c.Items = append(c.Items, head)
	}
	if n.Body != nil {
		c.Items = append(c.Items, Stretch(n.Body))
	}
	return c
}

func (n Card) widths(m *Ruler) (least, liked float64) {
	least, liked = n.content().widths(m)
	return least + 2*n.pad(), liked + 2*n.pad()
}

func (n Card) height(m *Ruler, w float64) float64 {
	w -= 2 * min(n.pad(), max(w, 0)/2)
	return n.above(m, w) + n.content().height(m, w) + n.pad()
}

func (n Card) place(l *Layout, r paint.Rect) {
	nested := l.open >= 0
	if !nested {
		l.begin(n.Name, tidy(r), n.Ground)
		defer l.end()
	}
	p := min(n.pad(), max(r.W, 0)/2)
	in := paint.Rect{X: r.X + p, W: max(r.W-2*p, 0)}
	above := n.above(l.ruler, r.W-2*p)
	in.Y, in.H = r.Y+above, r.H-above-p
	n.content().place(l, in)
}

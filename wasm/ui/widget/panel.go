package widget

import (
	"hash/maphash"
	"image/color"

	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
)

// Ground is what a panel's leaves stand on.
type Ground int

const (
	Raised Ground = iota // a card with round corners
	Flat                 // the page's paper
	Inked                // a dark sheet, for a message; light where the page is dark
)

// Panel is a part of the window that is painted by itself.
type Panel struct {
	Name   string     // unique
	Rect   paint.Rect // in the window, in units
	Ground Ground
	Leaves []Leaf // in reading order

	marks []mark
	sum   uint64 // of the looks of all marks
}

// mark is something that is painted.
type mark struct {
	rect, clip paint.Rect // from the panel's upper left corner
	looks      looks
	leaf       int // its index; -1 for what is only seen
}

// looks paints a mark. Those that are comparable are their own key; the others write
// themselves into a hash.
type looks interface{ paint(s *sheet, r paint.Rect) }

type summed interface{ sum(h *maphash.Hash) }

// sheet is what a mark is painted on.
type sheet struct {
	*paint.Canvas
	th     *theme.Theme
	m      *Ruler
	ground color.RGBA
	hover  bool        // the pointer is over the leaf
	child  int         // or over this one of its children; -1 for none
	at     paint.Point // where the pointer is, from the panel's corner; only if hover
}

var seed = maphash.MakeSeed()

// inside returns a rectangle of the window, from the panel's corner; to 1/64 unit, so that it
// does not depend on where the panel is.
func (p *Panel) inside(r paint.Rect) paint.Rect {
	if r.W <= 0 && r.H <= 0 {
		return paint.Rect{}
	}
	r.X, r.Y = whole((r.X-p.Rect.X)*64)/64, whole((r.Y-p.Rect.Y)*64)/64
	return r
}

// summarise sums up what the panel looks like.
func (p *Panel) summarise() {
	var h maphash.Hash
	h.SetSeed(seed)
	for _, m := range p.marks {
		writeFloats(&h, m.rect.X, m.rect.Y, m.rect.W, m.rect.H, m.clip.X, m.clip.Y, m.clip.W, m.clip.H)
		if s, ok := m.looks.(summed); ok {
			s.sum(&h)
		} else {
			maphash.WriteComparable(&h, m.looks)
		}
	}
	p.sum = h.Sum64()
}

// Key holds all that a panel's pixels depend on. Two panels of equal keys look the same.
type Key struct {
	sum    uint64
	size   paint.Point
	ground Ground
	scale  float64
	theme  *theme.Theme
	hover  string
	at     paint.Point
}

// Key returns what the panel's pixels depend on: its leaves' looks, the theme, the pixels a
// unit has, and the leaf (hover, an ID) under the pointer, which is at a place of the
// window. Where no leaf of the panel reacts to it, neither of the last two matters.
func (p *Panel) Key(th *theme.Theme, scale float64, hover string, at paint.Point) Key {
	k := Key{sum: p.sum, size: paint.Point{X: p.Rect.W, Y: p.Rect.H}, ground: p.Ground, scale: scale, theme: th}
	if i, child := p.hovered(hover); i >= 0 {
		f := &p.Leaves[i]
		if f.reacts || child >= 0 {
			k.hover = hover
		}
		if f.follows {
			k.hover, k.at = hover, paint.Point{X: at.X - p.Rect.X, Y: at.Y - p.Rect.Y}
		}
	}
	return k
}

// hovered returns the index of the leaf of an ID, and of its child; -1 for none.
func (p *Panel) hovered(id string) (leaf, child int) {
	if id == "" {
		return -1, -1
	}
	for i := range p.Leaves {
		if p.Leaves[i].ID == id {
			return i, -1
		}
		for c := range p.Leaves[i].Children {
			if p.Leaves[i].Children[c].ID == id {
				return i, c
			}
		}
	}
	return -1, -1
}

// Paint paints the panel, its upper left corner at the canvas'. hover and at are as in Key.
func (p *Panel) Paint(c *paint.Canvas, th *theme.Theme, hover string, at paint.Point) {
	box := paint.Rect{W: p.Rect.W, H: p.Rect.H}
	s := &sheet{Canvas: c, m: rulerOf(c.Scale), th: th, ground: th.Panel}
	switch p.Ground {
	case Raised:
		c.Clear(th.Paper)
		c.Box(box, theme.Radius, th.Line)
		c.Box(box.Inset(1), theme.Radius-1, th.Panel)
	case Flat:
		c.Clear(th.Paper)
		s.ground = th.Paper
	case Inked:
		s.th = th.Inverse()
		s.ground = s.th.Panel
		c.Clear(color.RGBA{})
		c.Box(box, theme.Radius, s.ground)
	}
	over, child := p.hovered(hover)
	for _, m := range p.marks {
		if m.rect.W < 2 || m.rect.H < 2 {
			continue
		}
		s.hover, s.child, s.at = false, -1, paint.Point{}
		if m.leaf >= 0 && m.leaf == over {
			s.hover = p.Leaves[over].reacts
			s.child, s.at = child, paint.Point{X: at.X - p.Rect.X, Y: at.Y - p.Rect.Y}
		}
		if m.clip.W > 0 {
			c.Within(m.clip, func() { m.looks.paint(s, m.rect) })
			continue
		}
		m.looks.paint(s, m.rect)
	}
}

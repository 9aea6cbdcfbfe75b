package app

import (
	"math"
	"time"

	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/widget"
)

// carried is what is dragged over the page.
type carried struct {
	shown *widget.Layout // under the pointer
	drop  func(on string)
}

const (
	carrySide  = 72                     // of what is seen of it, units
	carryFrom  = 6                      // how far a pointer moves before it drags, units
	carryAfter = 300 * time.Millisecond // after which a press may drag in any direction: a quick one up or down scrolls
)

// carry begins to drag what was pressed, if it can be dragged and the pointer does so. It reports whether it
// does, or may yet.
func (g *gesture) carry(at paint.Point) (yes, perhaps bool) {
	f := g.window.find(g.id)
	if f == nil || f.Drop == nil {
		return false, false
	}
	dx, dy := math.Abs(at.X-g.from.X), math.Abs(at.Y-g.from.Y)
	switch long := g.desk.Now.Sub(g.since) >= carryAfter; {
	case max(dx, dy) < carryFrom:
		return false, true
	case dy > dx && !long:
		return false, false
	}
	area := paint.Rect{X: at.X - carrySide/2, Y: at.Y - carrySide/2, W: carrySide}
	g.carried = &carried{widget.Lay(widget.Card{Name: "carried", Bare: true, Body: f.Carried}, area, g.window.Scale()), f.Drop}
	return true, false
}

// move moves what is dragged, and shows what it would fall on.
func (c *carried) move(g *gesture, was, at paint.Point) {
	c.shown.Move(at.X-was.X, at.Y-was.Y)
	g.hoverAt(at)
	g.window.revision++
}

// let lets go what is dragged, on what lies under the pointer if there is anything.
func (g *gesture) let(at paint.Point, up bool) {
	c := g.carried
	g.carried = nil
	if f := g.window.leafAt(at); up && f != nil && f.ID != "" {
		g.do(func() { c.drop(f.ID) })
	}
	g.window.revision++
}

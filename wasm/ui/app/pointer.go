package app

import (
	"math"
	"time"

	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
)

// Phase is what a pointer does.
type Phase int

const (
	Down Phase = iota
	Move
	Up
	Cancel // the browser took the pointer away
)

// Pointer is something that a mouse, a finger or a pen does. X and Y are in CSS
// pixels.
type Pointer struct {
	ID    int
	Phase Phase
	X, Y  float64
	Pen   bool
}

// gesture is what the pressed pointers are doing.
type gesture struct {
	kind     gestureKind
	pen      bool                // a pen is pressed: what touches beside it is the hand that holds it
	pointers map[int]paint.Point // pressed, and where
	id       string              // of the leaf under the first one
	leaf     widget.Leaf         // it, as it was when it took the gesture
	view     string              // that was shown then
	apart    float64             // between two fingers
	from     paint.Point         // where it began
	since    time.Time           // and when
}

type gestureKind int

const (
	resting gestureKind = iota
	pressing
	carrying // a leaf is dragged elsewhere
	dragging // a leaf has taken the gesture
	pinching
	scrolling
)

// Pointer takes a pointer's event.
func (a *App) Pointer(e Pointer) {
	at := paint.Point{X: e.X / a.zoom, Y: e.Y / a.zoom}
	a.pointer = at
	g := &a.gesture
	if g.pointers == nil {
		g.pointers = map[int]paint.Point{}
	}
	switch e.Phase {
	case Down:
		if g.pen && !e.Pen {
			return
		}
		if g.pen = e.Pen; g.pen {
			a.lift()
		}
		g.pointers[e.ID] = at
		switch len(g.pointers) {
		case 1:
			a.press(at)
		case 2:
			a.second(at)
		}
	case Move:
		was, down := g.pointers[e.ID]
		if !down {
			a.hoverAt(at)
			return
		}
		g.pointers[e.ID] = at
		a.drag(was, at)
	case Up, Cancel:
		if _, down := g.pointers[e.ID]; !down {
			return
		}
		delete(g.pointers, e.ID)
		g.pen = g.pen && !e.Pen
		a.release(at, e.Phase == Up)
	}
}

// lift takes away the pointers that are pressed, and what they have begun.
func (a *App) lift() {
	g := &a.gesture
	for id, at := range g.pointers {
		delete(g.pointers, id)
		a.release(at, false)
	}
}

// press starts a gesture on what lies under the pointer.
func (a *App) press(at paint.Point) {
	g := &a.gesture
	g.kind, g.id, g.from, g.since = scrolling, "", at, a.desk.Now
	f := a.leafAt(at)
	if f == nil {
		return
	}
	a.hover = f.ID
	if f.Pointer != nil && f.Disabled == "" {
		if x, y := f.Inside(at); f.Pointer(widget.Down, x, y) {
			g.kind, g.id, g.leaf, g.view = dragging, f.ID, *f, a.desk.View
			a.settle()
			return
		}
	}
	if f.Do != nil || f.Set != nil {
		g.kind, g.id = pressing, f.ID
	}
}

// second turns the gesture of one finger into one of two: who draws with two fingers does
// not draw.
func (a *App) second(at paint.Point) {
	g := &a.gesture
	f := &g.leaf
	if g.kind != dragging {
		a.carried = nil
		g.kind = scrolling
		return
	}
	x, y := f.Inside(at)
	f.Pointer(widget.Cancel, x, y)
	a.settle()
	if g.kind = scrolling; f.Wheel != nil {
		g.kind, g.apart = pinching, g.distance()
	}
}

// distance is how far apart two fingers are.
func (g *gesture) distance() float64 {
	var pts []paint.Point
	for _, q := range g.pointers {
		pts = append(pts, q)
	}
	if len(pts) < 2 {
		return 0
	}
	return math.Hypot(pts[0].X-pts[1].X, pts[0].Y-pts[1].Y)
}

func (a *App) drag(was, at paint.Point) {
	g := &a.gesture
	f := &g.leaf                                                             // nothing is laid out for a move
	if g.view != a.desk.View && (g.kind == dragging || g.kind == pinching) { // a key has led elsewhere meanwhile
		g.kind = resting
	}
	switch g.kind {
	case dragging:
		x, y := f.Inside(at)
		f.Pointer(widget.Drag, x, y)
		a.settle()
	case pinching:
		if d := g.distance(); d > 0 && g.apart > 0 {
			x, y := f.Inside(at)
			f.Wheel(x, y, wheelOf(d/g.apart))
			g.apart = d
			a.settle()
		}
	case scrolling:
		a.scrollAt(at, was.Y-at.Y)
	case carrying:
		a.carried.move(a, was, at)
	case pressing:
		if yes, perhaps := a.carry(at); yes {
			g.kind = carrying
			return
		} else if perhaps {
			return
		}
		if over := a.leafAt(at); over == nil || over.ID != g.id {
			a.hover = ""
			if at.Y != was.Y {
				g.kind = scrolling
			}
		}
	}
}

// wheelOf is the turn of a wheel that enlarges by a factor; see Wheel of widget.Custom.
func wheelOf(factor float64) float64 { return (1 - factor) * wheelStep }

// wheelStep is the turn of a wheel, in units, that enlarges to twice the size.
const wheelStep = 800

func (a *App) release(at paint.Point, up bool) {
	g := &a.gesture
	if len(g.pointers) > 0 {
		g.apart = 0
		return
	}
	kind, id := g.kind, g.id
	g.kind, g.id = resting, ""
	switch kind {
	case dragging:
		phase := widget.Up
		if !up {
			phase = widget.Cancel
		}
		if f := &g.leaf; g.view == a.desk.View {
			x, y := f.Inside(at)
			f.Pointer(phase, x, y)
			a.settle()
		}
	case carrying:
		a.let(at, up)
	case pressing:
		if f := a.leafAt(at); up && f != nil && f.ID == id {
			a.perform(f)
		}
	}
}

// perform does what a leaf does when it is pressed.
func (a *App) perform(f *widget.Leaf) {
	if f.Disabled != "" {
		a.Problem(f.Disabled)
		return
	}
	switch {
	case f.Do != nil:
		a.do(f.Do)
	case f.Role == widget.RoleCheckbox && f.Set != nil:
		value := "true"
		if f.Value == "true" {
			value = "false"
		}
		a.do(func() { f.Set(value) })
	}
}

// hoverAt takes a pointer that is not pressed.
func (a *App) hoverAt(at paint.Point) {
	f := a.leafAt(at)
	if old := a.find(a.hover); old != nil && old.Hovers && (f == nil || f.ID != a.hover) {
		if old.Pointer(widget.Leave, 0, 0) {
			a.settle()
		}
	}
	a.hover = ""
	if f == nil {
		return
	}
	a.hover = f.ID
	if f.Hovers {
		if x, y := f.Inside(at); f.Pointer(widget.Hover, x, y) {
			a.settle()
		}
	}
}

// Leave tells that the mouse has left the page.
func (a *App) Leave() { a.hoverAt(paint.Point{X: -1, Y: -1}) }

// Cursor is the name of the CSS cursor where the pointer is.
func (a *App) Cursor() string {
	if f := a.find(a.hover); f != nil && f.Disabled == "" && (f.Do != nil || f.Set != nil) {
		return "pointer"
	}
	return ""
}

// Wheel hands a turn of the wheel to what the pointer is over, or scrolls. d is in CSS pixels.
func (a *App) Wheel(x, y, d float64) {
	at := paint.Point{X: x / a.zoom, Y: y / a.zoom}
	if f := a.leafAt(at); f != nil && f.Wheel != nil {
		if u, v := f.Inside(at); f.Wheel(u, v, min(max(d, -200), 200)) {
			a.settle()
			return
		}
	}
	a.scrollAt(at, d/a.zoom)
}

// scrollAt scrolls what lies at a place, or else the page.
func (a *App) scrollAt(at paint.Point, d float64) {
	a.layout()
	if a.body.Scroll(at, d) {
		a.settle()
		return
	}
	a.scrollBy(d)
}

func (a *App) scrollBy(d float64) {
	a.layout()
	to := min(max(a.scroll+d, 0), max(a.body.Height-a.room(), 0))
	if (a.scroll > 0) != (to > 0) {
		a.stale = true // the bar has a line under it
	}
	a.body.Move(0, a.scroll-to)
	a.revision++
	a.scroll = to
}

// room is the height between the bars, without what the tour takes.
func (a *App) room() float64 { return a.h - theme.TopBar - a.bottom() - a.foot }

// Reveal scrolls so that the leaf of an ID can be seen: it has the focus.
func (a *App) Reveal(id string) {
	a.layout()
	if a.body.Reveal(id) {
		a.settle()
		a.layout()
	}
	f := a.body.Find(id)
	if f == nil {
		return
	}
	const margin = 8
	top, bottom := theme.TopBar+margin, theme.TopBar+a.room()-margin
	switch {
	case f.Rect.Y < float64(top):
		a.scrollBy(f.Rect.Y - float64(top))
	case f.Rect.Y+f.Rect.H > bottom:
		a.scrollBy(min(f.Rect.Y+f.Rect.H-bottom, f.Rect.Y-float64(top)))
	}
}

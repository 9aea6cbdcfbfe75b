package app

import (
	"math"
	"time"

	"tenfold/wasm/ui/desk"
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

// gesture is what the pointers are doing.
type gesture struct {
	desk   *desk.Desk
	window *window
	settle func()       // is called after something has happened
	do     func(func()) // runs what the user has asked for

	pointer  paint.Point // the last one's place
	hover    string      // the ID of the leaf under it
	kind     gestureKind
	pen      bool                // a pen is pressed: what else touches is the hand that holds it
	pointers map[int]paint.Point // pressed, and where
	id       string              // of the leaf under the first one
	leaf     widget.Leaf         // it, as it was when it took the gesture
	view     string              // that was shown then
	apart    float64             // between two fingers
	from     paint.Point         // where it began
	since    time.Time           // and when
	carried  *carried            // nil for nothing
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
func (g *gesture) Pointer(e Pointer) {
	at := paint.Point{X: e.X / g.window.zoom, Y: e.Y / g.window.zoom}
	g.pointer = at
	if g.pointers == nil {
		g.pointers = map[int]paint.Point{}
	}
	switch e.Phase {
	case Down:
		if g.pen && !e.Pen {
			return
		}
		if g.pen = e.Pen; g.pen {
			g.lift()
		}
		g.pointers[e.ID] = at
		switch len(g.pointers) {
		case 1:
			g.press(at)
		case 2:
			g.second(at)
		}
	case Move:
		was, down := g.pointers[e.ID]
		if !down {
			g.hoverAt(at)
			return
		}
		g.pointers[e.ID] = at
		g.drag(was, at)
	case Up, Cancel:
		if _, down := g.pointers[e.ID]; !down {
			return
		}
		delete(g.pointers, e.ID)
		g.pen = g.pen && !e.Pen
		g.release(at, e.Phase == Up)
	}
}

// lift takes away the pointers that are pressed, and what they have begun.
func (g *gesture) lift() {
	for id, at := range g.pointers {
		delete(g.pointers, id)
		g.release(at, false)
	}
}

// press starts a gesture on what lies under the pointer.
func (g *gesture) press(at paint.Point) {
	g.kind, g.id, g.from, g.since = scrolling, "", at, g.desk.Now
	f := g.window.leafAt(at)
	if f == nil {
		return
	}
	g.hover = f.ID
	if f.Pointer != nil && f.Disabled == "" {
		if x, y := f.Inside(at); f.Pointer(widget.Down, x, y) {
			g.kind, g.id, g.leaf, g.view = dragging, f.ID, *f, g.desk.View
			g.settle()
			return
		}
	}
	if f.Do != nil || f.Set != nil {
		g.kind, g.id = pressing, f.ID
	}
}

// second turns the gesture of one finger into one of two: who draws with two fingers does
// not draw.
func (g *gesture) second(at paint.Point) {
	f := &g.leaf
	if g.kind != dragging {
		g.carried = nil
		g.kind = scrolling
		return
	}
	x, y := f.Inside(at)
	f.Pointer(widget.Cancel, x, y)
	g.settle()
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

func (g *gesture) drag(was, at paint.Point) {
	f := &g.leaf                                                             // nothing is laid out for a move
	if g.view != g.desk.View && (g.kind == dragging || g.kind == pinching) { // a key has led elsewhere meanwhile
		g.kind = resting
	}
	switch g.kind {
	case dragging:
		x, y := f.Inside(at)
		f.Pointer(widget.Drag, x, y)
		g.settle()
	case pinching:
		if d := g.distance(); d > 0 && g.apart > 0 {
			x, y := f.Inside(at)
			f.Wheel(x, y, wheelOf(d/g.apart))
			g.apart = d
			g.settle()
		}
	case scrolling:
		g.scrollAt(at, was.Y-at.Y)
	case carrying:
		g.carried.move(g, was, at)
	case pressing:
		if yes, perhaps := g.carry(at); yes {
			g.kind = carrying
			return
		} else if perhaps {
			return
		}
		if over := g.window.leafAt(at); over == nil || over.ID != g.id {
			g.hover = ""
			if at.Y != was.Y {
				g.kind = scrolling
			}
		}
	}
}

// wheelOf returns the turn of a wheel that enlarges by a factor; see Wheel of widget.Custom.
func wheelOf(factor float64) float64 { return (1 - factor) * wheelStep }

// wheelStep is the turn of a wheel, in units, that enlarges to twice the size.
const wheelStep = 800

func (g *gesture) release(at paint.Point, up bool) {
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
		if f := &g.leaf; g.view == g.desk.View {
			x, y := f.Inside(at)
			f.Pointer(phase, x, y)
			g.settle()
		}
	case carrying:
		g.let(at, up)
	case pressing:
		if f := g.window.leafAt(at); up && f != nil && f.ID == id {
			g.perform(f)
		}
	}
}

// perform does what a leaf does when it is pressed.
func (g *gesture) perform(f *widget.Leaf) {
	if f.Disabled != "" {
		g.desk.Say(f.Disabled)
		g.window.stale = true
		return
	}
	switch {
	case f.Do != nil:
		g.do(f.Do)
	case f.Role == widget.RoleCheckbox && f.Set != nil:
		value := "true"
		if f.Value == "true" {
			value = "false"
		}
		g.do(func() { f.Set(value) })
	}
}

// hoverAt takes a pointer that is not pressed.
func (g *gesture) hoverAt(at paint.Point) {
	f := g.window.leafAt(at)
	if old := g.window.find(g.hover); old != nil && old.Hovers && (f == nil || f.ID != g.hover) {
		if old.Pointer(widget.Leave, 0, 0) {
			g.settle()
		}
	}
	g.hover = ""
	if f == nil {
		return
	}
	g.hover = f.ID
	if f.Hovers {
		if x, y := f.Inside(at); f.Pointer(widget.Hover, x, y) {
			g.settle()
		}
	}
}

// Leave is called when the mouse has left the page.
func (g *gesture) Leave() { g.hoverAt(paint.Point{X: -1, Y: -1}) }

// Cursor returns the name of the CSS cursor where the pointer is.
func (g *gesture) Cursor() string {
	if f := g.window.find(g.hover); f != nil && f.Disabled == "" && (f.Do != nil || f.Set != nil) {
		return "pointer"
	}
	return ""
}

// Wheel hands a turn of the wheel to what the pointer is over, or scrolls. d is in CSS pixels.
func (g *gesture) Wheel(x, y, d float64) {
	at := paint.Point{X: x / g.window.zoom, Y: y / g.window.zoom}
	if f := g.window.leafAt(at); f != nil && f.Wheel != nil {
		if u, v := f.Inside(at); f.Wheel(u, v, min(max(d, -200), 200)) {
			g.settle()
			return
		}
	}
	g.scrollAt(at, d/g.window.zoom)
}

// scrollAt scrolls what lies at a place, or else the page.
func (g *gesture) scrollAt(at paint.Point, d float64) {
	g.window.layout()
	if g.window.body.Scroll(at, d) {
		g.settle()
		return
	}
	g.window.scrollBy(d)
}

// Reveal scrolls so that the leaf of an ID can be seen: it has the focus.
func (g *gesture) Reveal(id string) {
	w := g.window
	w.layout()
	w.held = id
	if w.body.Reveal(id) {
		g.settle()
		w.layout()
	}
	f := w.body.Find(id)
	if f == nil {
		return
	}
	const margin = 8
	top, bottom := theme.TopBar+margin, theme.TopBar+w.room()-margin
	switch {
	case f.Rect.Y < float64(top):
		w.scrollBy(f.Rect.Y - float64(top))
	case f.Rect.Y+f.Rect.H > bottom:
		w.scrollBy(min(f.Rect.Y+f.Rect.H-bottom, f.Rect.Y-float64(top)))
	}
}

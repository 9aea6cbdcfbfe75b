package page

import (
	"image/color"

	"tenfold/wasm/ui/pad"
	"tenfold/wasm/ui/paint"
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
}

// gesture is what the pressed pointers are doing.
type gesture struct {
	kind     gestureKind
	pointers map[int]paint.Point // pressed, and where
	pressed  string              // the action's ID under the first one
	spread   float64             // between two fingers
}

type gestureKind int

const (
	resting gestureKind = iota
	stroking
	cropping
	pressing
	scrolling
)

// Pointer takes a pointer's event.
func (p *Page) Pointer(e Pointer) {
	at := paint.Point{X: e.X / p.zoom, Y: e.Y / p.zoom}
	p.pointer = at
	g := &p.gesture
	if g.pointers == nil {
		g.pointers = map[int]paint.Point{}
	}
	switch e.Phase {
	case Down:
		g.pointers[e.ID] = at
		if len(g.pointers) == 1 {
			p.press(at)
		} else {
			p.second()
		}
	case Move:
		was, down := g.pointers[e.ID]
		if !down {
			p.hover = p.under(at)
			return
		}
		g.pointers[e.ID] = at
		p.drag(was, at)
	case Up, Cancel:
		if _, down := g.pointers[e.ID]; !down {
			return
		}
		delete(g.pointers, e.ID)
		p.release(at, e.Phase == Up)
	}
}

// press starts a gesture on what lies under the pointer.
func (p *Page) press(at paint.Point) {
	g := &p.gesture
	if id := p.under(at); id != "" {
		g.kind, g.pressed, p.hover = pressing, id, id
		return
	}
	square, ok := p.square()
	switch {
	case !ok || !square.Contains(at):
		g.kind = scrolling
	case p.mode == Drawing:
		p.startStroke(square, at)
	case p.mode == Showing:
		g.kind = cropping
	default:
		g.kind = scrolling
	}
}

// square is where the drawing or the picture lies in the window, if it is shown.
func (p *Page) square() (paint.Rect, bool) {
	for _, panel := range p.Panels() {
		if panel.area.W > 0 {
			return panel.area, true
		}
	}
	return paint.Rect{}, false
}

// under returns the ID of the action at a place, "" where there is none.
func (p *Page) under(at paint.Point) string {
	panels := p.Panels()
	for i := len(panels) - 1; i >= 0; i-- { // the last one lies on top
		if !panels[i].Rect.Contains(at) {
			continue
		}
		for _, part := range panels[i].parts {
			if part.Contains(at) {
				return part.action.ID
			}
		}
		return ""
	}
	return ""
}

func (p *Page) startStroke(square paint.Rect, at paint.Point) {
	q := padPoint(square, at)
	if p.opening { // the opening sample makes room for the first stroke
		p.pad.Clear()
		p.opening = false
	}
	if p.tool == "fill" {
		p.pad.Add(pad.Fill{At: q, Color: p.color})
		p.drawn()
		return
	}
	p.gesture.kind = stroking
	p.pad.Begin(q, p.width, p.ink())
	p.drawn()
}

func (p *Page) ink() color.RGBA {
	if p.tool == "eraser" {
		return pad.Paper
	}
	return p.color
}

func padPoint(square paint.Rect, at paint.Point) pad.Point {
	return pad.Point{X: (at.X - square.X) / square.W, Y: (at.Y - square.Y) / square.H}
}

// second turns the gesture of one finger into one of two.
func (p *Page) second() {
	g := &p.gesture
	switch g.kind {
	case stroking: // a second finger on the pad means that the first was no pen
		p.pad.End()
		p.pad.Undo()
		p.drawn()
		g.kind = scrolling
	case cropping:
		g.spread = g.distance()
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
	dx, dy := pts[0].X-pts[1].X, pts[0].Y-pts[1].Y
	return max(abs(dx), abs(dy), (abs(dx)+abs(dy))*0.7071)
}

func abs(v float64) float64 { return max(v, -v) }

func (p *Page) drag(was, at paint.Point) {
	g := &p.gesture
	square, there := p.square()
	if !there && (g.kind == stroking || g.kind == cropping) { // a key has led elsewhere meanwhile
		p.pad.End()
		g.kind = resting
	}
	switch g.kind {
	case stroking:
		p.pad.Extend(padPoint(square, at))
		p.changed()
	case cropping:
		p.picture.Move((at.X-was.X)/square.W/float64(len(g.pointers)), (at.Y-was.Y)/square.H/float64(len(g.pointers)))
		if d := g.distance(); d > 0 && g.spread > 0 {
			p.picture.Zoom(d/g.spread, 0.5, 0.5)
			g.spread = d
		}
		p.cropped()
	case scrolling:
		p.scrollAt(at, was.Y-at.Y)
	case pressing:
		if id := p.under(at); id != g.pressed {
			p.hover = ""
			if abs(at.Y-was.Y) > 0 {
				g.kind = scrolling
			}
		}
	}
}

func (p *Page) release(at paint.Point, up bool) {
	g := &p.gesture
	if len(g.pointers) > 0 {
		g.spread = 0
		return
	}
	switch g.kind {
	case stroking:
		p.pad.End()
		p.drawn()
	case pressing:
		if up && p.under(at) == g.pressed {
			p.perform(g.pressed)
		}
	}
	g.kind, g.pressed = resting, ""
}

// perform carries out the action of a part that was pressed.
func (p *Page) perform(id string) {
	for _, panel := range p.Panels() {
		for _, part := range panel.parts {
			if part.action.ID == id && part.action.enabled(p) {
				p.problem = ""
				part.action.Do(p)
				return
			}
		}
	}
}

// Leave tells that the mouse has left the page.
func (p *Page) Leave() { p.hover, p.pointer = "", paint.Point{} }

// Cursor is the name of the CSS cursor at a place.
func (p *Page) Cursor() string {
	if p.hover != "" {
		return "pointer"
	}
	return ""
}

// Wheel zooms the picture that the pointer is over, or scrolls. d is in CSS pixels.
func (p *Page) Wheel(x, y, d float64) {
	at := paint.Point{X: x / p.zoom, Y: y / p.zoom}
	square, ok := p.square()
	if ok && p.mode == Showing && square.Contains(at) {
		q := padPoint(square, at)
		p.zoomBy(1-min(max(d, -200), 200)/800, q.X, q.Y)
		return
	}
	p.scrollAt(at, d/p.zoom)
}

// scrollAt scrolls what lies at a place, or else the page.
func (p *Page) scrollAt(at paint.Point, d float64) {
	for _, panel := range p.Panels() {
		if panel.scroll != nil && panel.Rect.Contains(at) {
			panel.scroll(d)
			return
		}
	}
	p.scrollBy(d)
}

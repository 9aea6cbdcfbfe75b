package app

import (
	"image/color"

	"tenfold/wasm/ui/desk"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/view"
	"tenfold/wasm/ui/widget"
)

// window is what the page looks like in its window: where everything lies.
type window struct {
	desk  *desk.Desk
	trees trees

	size       paint.Point // in CSS pixels
	w, h, zoom float64     // in units, and CSS pixels a unit
	scale      float64     // pixels a CSS pixel
	scroll     float64
	held       string // the ID of the leaf that has the focus, which stays where it is

	bar, body, tabs, tour, toast *widget.Layout
	stale                        bool    // the layouts are not those of the state
	revision                     int     // of the layouts
	twin                         Twin    // of that revision, without the last three
	foot                         float64 // height that the tour takes from the view, in units
}

// trees are what the page consists of. Message and tour may be nil.
type trees struct {
	title                    func() string
	view                     func(w, h float64) widget.Node
	bar, tabs, message, tour func() widget.Node
}

// presenterZoom is how much larger a view is for those who sit far from the screen.
const presenterZoom = 1.35

// Resize tells the window's size in CSS pixels and how many pixels each has.
// Everything grows with windows larger than a laptop's.
func (w *window) Resize(width, height, scale float64) {
	if size := (paint.Point{X: width, Y: height}); w.size != size || w.scale != scale {
		w.size, w.scale = size, scale
		w.rescale()
	}
}

// rescale fits the page into its window.
func (w *window) rescale() {
	width, height := w.size.X, w.size.Y
	w.zoom = min(max(min(width/1280, height/800), 1), 3)
	if w.desk.Presenting && w.desk.View != first { // which has large type by itself
		w.zoom *= min(max(width/w.zoom/view.Narrow, 1), presenterZoom)
	}
	w.w, w.h = width/w.zoom, height/w.zoom
	w.stale = true
}

// Scale returns how many pixels a unit has.
func (w *window) Scale() float64 { return w.scale * w.zoom }

// Background returns the colour between the panels.
func (w *window) Background() color.RGBA { return w.desk.Theme.Paper }

func (w *window) narrow() bool { return w.w < view.Narrow }

// bottom returns the height of the bar with the tabs at the lower edge of a phone.
func (w *window) bottom() float64 {
	if w.narrow() {
		return theme.TopBar
	}
	return 0
}

// layout lays everything out, if something has changed since. A pointer that moves changes
// nothing.
func (w *window) layout() {
	if !w.stale || w.w == 0 {
		return
	}
	w.stale = false
	w.revision++
	w.layoutTour()
	scale, room := w.Scale(), w.room()
	gap := float64(theme.Gap)
	if w.narrow() {
		gap = 12
	}
	area := paint.Rect{X: gap, Y: theme.TopBar + gap, W: w.w - 2*gap, H: room - 2*gap}
	at, seen := w.holding()
	w.body = widget.Lay(w.trees.view(area.W, area.H), area, scale)
	w.body.Height += 2 * gap
	w.toast = nil
	if t := w.trees.message(); t != nil { // what lies under it can be scrolled to
		w.toast = w.atFoot(t, w.foot)
		w.body.Height += w.toast.Height + footGap
	}
	if f := w.body.Find(w.held); seen && f != nil { // what came or went above it does not move it
		w.scroll = f.Rect.Y - at
	}
	w.scroll = min(max(w.scroll, 0), max(w.body.Height-room, 0))
	w.body.Move(0, -w.scroll)
	w.bar = widget.Lay(w.trees.bar(), paint.Rect{W: w.w, H: theme.TopBar}, scale)
	w.tabs = nil
	if w.narrow() {
		w.tabs = widget.Lay(w.trees.tabs(), paint.Rect{Y: w.h - w.bottom(), W: w.w, H: w.bottom()}, scale)
	}
}

// holding returns where the leaf that has the focus lies, if it can be seen. What scrolls inside of the view
// is not held.
func (w *window) holding() (y float64, seen bool) {
	if w.body == nil || w.held == "" {
		return 0, false
	}
	f := w.body.Find(w.held)
	if f == nil || f.Clip.W > 0 {
		return 0, false
	}
	return f.Rect.Y, f.Rect.Y >= theme.TopBar && f.Rect.Y+f.Rect.H <= theme.TopBar+w.room()
}

// Err returns the first ID that two leaves have, for tests; nil for none.
func (w *window) Err() error {
	for _, l := range w.layouts() {
		if l.Err != nil {
			return l.Err
		}
	}
	return nil
}

// footGap is what lies below a card at the lower edge, in units.
const footGap = 12

// layoutTour lays the tour's card out at the lower edge, where the view leaves it room: it
// covers nothing that can be pressed.
func (w *window) layoutTour() {
	w.tour, w.foot = nil, 0
	if t := w.trees.tour(); t != nil {
		w.tour = w.atFoot(t, 0)
		w.foot = w.tour.Height + footGap
	}
}

// atFoot lays a card out at the lower edge, above units above the tabs or the window's end.
func (w *window) atFoot(card widget.Node, above float64) *widget.Layout {
	width := min(w.w-24, 640)
	at := paint.Rect{X: (w.w - width) / 2, W: width}
	at.H = widget.Lay(card, at, w.Scale()).Height
	at.Y = w.h - w.bottom() - above - at.H - footGap
	return widget.Lay(card, at, w.Scale())
}

// layouts returns all layouts, from the lowest to the topmost.
func (w *window) layouts() (all []*widget.Layout) {
	w.layout()
	for _, l := range []*widget.Layout{w.body, w.bar, w.tabs, w.tour, w.toast} {
		if l != nil {
			all = append(all, l)
		}
	}
	return all
}

// leafAt returns the topmost leaf at a place, nil if there is none.
func (w *window) leafAt(at paint.Point) *widget.Leaf {
	all := w.layouts()
	for i := len(all) - 1; i >= 0; i-- {
		l := all[i]
		if f := l.At(at); f != nil {
			return f
		}
		if l != w.body { // what lies under a bar or a message cannot be pressed
			for _, g := range l.Panels {
				if g.Rect.Contains(at) {
					return nil
				}
			}
		}
	}
	return nil
}

// find returns the leaf of an ID, nil if it is not on the page.
func (w *window) find(id string) *widget.Leaf {
	for _, l := range w.layouts() {
		if f := l.Find(id); f != nil {
			return f
		}
	}
	return nil
}

func (w *window) scrollBy(d float64) {
	w.layout()
	to := min(max(w.scroll+d, 0), max(w.body.Height-w.room(), 0))
	if (w.scroll > 0) != (to > 0) {
		w.stale = true // the bar has a line under it
	}
	w.body.Move(0, w.scroll-to)
	w.revision++
	w.scroll = to
}

// room returns the height between the bars, without what the tour takes.
func (w *window) room() float64 { return w.h - theme.TopBar - w.bottom() - w.foot }

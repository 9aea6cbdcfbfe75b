package app

import (
	"image/color"

	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/view"
	"tenfold/wasm/ui/view/part"
	"tenfold/wasm/ui/widget"
)

// presenterZoom is how much larger a view is for those who sit far from the screen.
const presenterZoom = 1.35

// Resize tells the window's size in CSS pixels and how many pixels each has.
// Everything grows with windows larger than a laptop's.
func (a *App) Resize(w, h, scale float64) {
	if a.size != (paint.Point{X: w, Y: h}) || a.scale != scale {
		a.size, a.scale = paint.Point{X: w, Y: h}, scale
		a.rescale()
	}
}

// rescale fits the page into its window.
func (a *App) rescale() {
	w, h := a.size.X, a.size.Y
	a.zoom = min(max(min(w/1280, h/800), 1), 3)
	if a.desk.Presenting && a.desk.View != first { // which has large type by itself
		a.zoom *= min(max(w/a.zoom/view.Narrow, 1), presenterZoom)
	}
	a.w, a.h = w/a.zoom, h/a.zoom
	a.stale = true
}

// Scale is how many pixels a unit has.
func (a *App) Scale() float64 { return a.scale * a.zoom }

// Background is the colour between the panels.
func (a *App) Background() color.RGBA { return a.desk.Theme.Paper }

func (a *App) narrow() bool { return a.w < view.Narrow }

// bottom is the height of the bar with the tabs at the lower edge of a phone.
func (a *App) bottom() float64 {
	if a.narrow() {
		return theme.TopBar
	}
	return 0
}

// layout lays everything out, if something has changed since. A pointer that moves changes
// nothing.
func (a *App) layout() {
	if !a.stale || a.w == 0 {
		return
	}
	a.stale = false
	a.revision++
	a.layoutTour()
	scale, room := a.Scale(), a.room()
	gap := float64(theme.Gap)
	if a.narrow() {
		gap = 12
	}
	area := paint.Rect{X: gap, Y: theme.TopBar + gap, W: a.w - 2*gap, H: room - 2*gap}
	a.body = widget.Lay(a.current().View.Tree(area.W, area.H), area, scale)
	a.body.Height += 2 * gap
	a.toast = nil
	if t := a.message(); t != nil { // what lies under it can be scrolled to
		a.toast = a.atFoot(t, a.foot)
		a.body.Height += a.toast.Height + footGap
	}
	a.scroll = min(max(a.scroll, 0), max(a.body.Height-room, 0))
	a.body.Move(0, -a.scroll)
	a.bar = widget.Lay(a.topBar(), paint.Rect{W: a.w, H: theme.TopBar}, scale)
	a.tabs = nil
	if a.narrow() {
		a.tabs = widget.Lay(a.tabBar(), paint.Rect{Y: a.h - a.bottom(), W: a.w, H: a.bottom()}, scale)
	}
}

// Err is the first ID that two leaves have, for tests; nil for none.
func (a *App) Err() error {
	for _, l := range a.layouts() {
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
func (a *App) layoutTour() {
	a.tour, a.foot = nil, 0
	if t := part.Tour(a.desk); t != nil {
		a.tour = a.atFoot(t, 0)
		a.foot = a.tour.Height + footGap
	}
}

// atFoot lays a card out at the lower edge, so many units above the tabs or the window's end.
func (a *App) atFoot(card widget.Node, above float64) *widget.Layout {
	w := min(a.w-24, 640)
	at := paint.Rect{X: (a.w - w) / 2, W: w}
	at.H = widget.Lay(card, at, a.Scale()).Height
	at.Y = a.h - a.bottom() - above - at.H - footGap
	return widget.Lay(card, at, a.Scale())
}

// layouts are all that there are, from the lowest to the topmost.
func (a *App) layouts() (all []*widget.Layout) {
	a.layout()
	for _, l := range []*widget.Layout{a.body, a.bar, a.tabs, a.tour, a.toast} {
		if l != nil {
			all = append(all, l)
		}
	}
	return all
}

// leafAt is the topmost leaf at a place, nil where there is none.
func (a *App) leafAt(at paint.Point) *widget.Leaf {
	all := a.layouts()
	for i := len(all) - 1; i >= 0; i-- {
		l := all[i]
		if f := l.At(at); f != nil {
			return f
		}
		if l != a.body { // what lies under a bar or a message cannot be pressed
			for _, g := range l.Panels {
				if g.Rect.Contains(at) {
					return nil
				}
			}
		}
	}
	return nil
}

// find is the leaf of an ID, nil if it is not on the page.
func (a *App) find(id string) *widget.Leaf {
	for _, l := range a.layouts() {
		if f := l.Find(id); f != nil {
			return f
		}
	}
	return nil
}

// Panel is a part of the page that is painted by itself, and again only when its
// key has changed.
type Panel struct {
	Name  string
	Rect  paint.Rect // in units of the window
	Key   widget.Key
	Paint func(c *paint.Canvas)
}

// Panels are the page's parts, from the lowest to the topmost.
func (a *App) Panels() []Panel {
	var all []Panel
	layouts := a.layouts()
	if a.carried != nil {
		layouts = append(layouts, a.carried.shown)
	}
	for i, l := range layouts {
		for k := range l.Panels {
			g := &l.Panels[k]
			if g.Rect.Y > a.h || g.Rect.Y+g.Rect.H < 0 {
				continue // it is scrolled away
			}
			all = append(all, Panel{
				Name: string(rune('a'+i)) + " " + g.Name, Rect: g.Rect,
				Key:   g.Key(a.desk.Theme, a.Scale(), a.hover, a.pointer),
				Paint: func(c *paint.Canvas) { g.Paint(c, a.desk.Theme, a.hover, a.pointer) },
			})
		}
	}
	return all
}

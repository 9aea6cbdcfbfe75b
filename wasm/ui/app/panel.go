package app

import (
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/widget"
)

// Panel is a part of the page that is painted by itself, and again only when its
// key has changed.
type Panel struct {
	Name  string
	Rect  paint.Rect // in units of the window
	Key   widget.Key
	Paint func(c *paint.Canvas)
}

// Panels returns the page's parts, from the lowest to the topmost.
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

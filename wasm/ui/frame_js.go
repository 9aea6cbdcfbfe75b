package main

import (
	"image"
	"image/draw"
	"time"

	"tenfold/wasm/ui/app"
	"tenfold/wasm/ui/paint"
)

// frame brings the page's panels up to date, whatever puts them on the screen.
type frame struct {
	page    *app.App
	host    *host
	surface func(size image.Point) surface // makes one
	limit   int                            // of a surface's sides, in pixels
	panels  []app.Panel
	painted map[string]*painted
	started bool
	alarm   *time.Timer // asks for a frame when an answer is overdue
	high    float64     // the window, CSS pixels
	redraw  bool        // the screen no longer shows what is painted
}

// surface is a panel's pixels where the screen takes them from.
type surface interface {
	write(img *image.RGBA)
	free()
}

// painted is a panel as it was painted last.
type painted struct {
	key    any
	rect   paint.Rect
	canvas *paint.Canvas
	tiles  []tile
}

// tile is a part of a panel on its own surface: a long panel is larger than a browser's surfaces
// can be.
type tile struct {
	surface
	at image.Rectangle // in the panel
}

// tiles returns the parts of a panel of a size.
func (f *frame) tiles(size image.Point) (all []tile) {
	for y := 0; y == 0 || y < size.Y; y += f.limit {
		for x := 0; x == 0 || x < size.X; x += f.limit {
			at := image.Rect(x, y, min(x+f.limit, size.X), min(y+f.limit, size.Y))
			all = append(all, tile{f.surface(at.Size()), at})
		}
	}
	return all
}

// write shows a part of a painted panel.
func (t tile) write(panel *image.RGBA) {
	if t.at == panel.Rect {
		t.surface.write(panel)
		return
	}
	part := image.NewRGBA(image.Rectangle{Max: t.at.Size()})
	draw.Draw(part, part.Rect, panel, t.at.Min, draw.Src)
	t.surface.write(part)
}

func (p *painted) free() {
	for _, t := range p.tiles {
		t.free()
	}
}

// resize tells the page its size in CSS pixels and how many pixels each has. What is typed into stays in
// sight where a keyboard has taken its room.
func (f *frame) resize(w, h, scale float64) {
	was := f.page.Scale()
	f.page.Resize(w, h, scale)
	f.redraw = f.redraw || f.page.Scale() != was
	if h < f.high {
		if id := typing(); id != "" {
			f.page.Reveal(id)
		}
	}
	f.high = h
}

// update hands the browser's events over and paints what has changed.
func (f *frame) update() {
	f.host.deliver(f.page)
	f.tick()
	f.panels = f.page.Panels()
	for _, panel := range f.panels {
		f.paint(panel)
	}
	f.host.show(f.page)
	f.forget()
	if !f.started {
		f.started = true
		tenfold().Call("started")
		f.host.offline()
		f.host.comeBack()
	}
}

// tick moves the page's clock and sees to the next time that it must be moved.
func (f *frame) tick() {
	switch wait := f.page.Tick(time.Now()); wait {
	case 0:
		wake()
	case app.Forever:
		f.alarm.Stop()
	default:
		f.alarm.Reset(wait)
	}
}

// look asks for a frame if the page no longer looks as it was painted last. A frame for
// nothing is not free: WebGL in software takes 70 ms of a core for one.
func (f *frame) look() {
	f.tick()
	f.panels = f.page.Panels()
	same := len(f.panels) == len(f.painted)
	for _, panel := range f.panels {
		old := f.painted[panel.Name]
		same = same && old != nil && old.key == panel.Key && old.rect == panel.Rect
	}
	if !same {
		wake()
	}
}

// paint repaints a panel if its key has changed.
func (f *frame) paint(panel app.Panel) {
	old := f.painted[panel.Name]
	if old != nil && old.key == panel.Key && old.rect == panel.Rect {
		return
	}
	f.redraw = true
	if old != nil && old.key == panel.Key && old.rect.W == panel.Rect.W && old.rect.H == panel.Rect.H {
		old.rect = panel.Rect // it has only moved
		return
	}
	c := paint.NewCanvas(panel.Rect.W, panel.Rect.H, f.page.Scale())
	if old != nil && old.canvas.Image.Rect == c.Image.Rect {
		c = old.canvas
		c.Scale = f.page.Scale()
	}
	panel.Paint(c)
	next := &painted{panel.Key, panel.Rect, c, nil}
	size := c.Image.Rect.Size()
	if old != nil && old.canvas.Image.Rect.Size() == size {
		next.tiles = old.tiles
	} else {
		if old != nil {
			old.free()
		}
		next.tiles = f.tiles(size)
	}
	for _, t := range next.tiles {
		t.write(c.Image)
	}
	f.painted[panel.Name] = next
}

// forget frees the panels that are no longer there, the toast for example.
func (f *frame) forget() {
	now := map[string]bool{}
	for _, panel := range f.panels {
		now[panel.Name] = true
	}
	for name, old := range f.painted {
		if !now[name] {
			old.free()
			delete(f.painted, name)
			f.redraw = true
		}
	}
}

// places calls show for each part of a panel, from the lowest to the topmost, with its upper
// left corner in pixels.
func (f *frame) places(show func(s surface, x, y int)) {
	scale := f.page.Scale()
	for _, panel := range f.panels {
		x, y := int(panel.Rect.X*scale+0.5), int(panel.Rect.Y*scale+0.5)
		for _, t := range f.painted[panel.Name].tiles {
			show(t.surface, x+t.at.Min.X, y+t.at.Min.Y)
		}
	}
}

// Ui is the page's program: it shows package page on an Ebitengine canvas and
// brings it the browser's events. What a page is and how it looks is decided
// there; here is only glue.
package main

import (
	"image"
	"syscall/js"
	"time"

	"github.com/hajimehoshi/ebiten/v2"

	"tenfold/nn/spec"
	"tenfold/wasm/browser"
	"tenfold/wasm/ui/page"
	"tenfold/wasm/ui/paint"
)

func main() {
	model, err := browser.Await(tenfold().Call("model"))
	if err != nil {
		tenfold().Call("fail", "The network could not be loaded: "+err.Error())
		return
	}
	h := newHost()
	p := page.New(h, browser.Bytes(model), prefersDark(), matches("(prefers-reduced-motion: reduce)"), serverHas("test_batch.bin"))
	h.listen(p)
	p.SetMachine(js.Global().Get("navigator").Get("userAgent").String(), spec.Version())
	h.address()
	h.left()
	ebiten.SetScreenClearedEveryFrame(false)
	ebiten.SetTPS(ebiten.SyncWithFPS)
	g := &game{page: p, host: h, painted: map[string]*painted{}, alarm: time.AfterFunc(time.Hour, wake)}
	h.after = g.look
	if err := ebiten.RunGame(g); err != nil {
		tenfold().Call("fail", err.Error())
	}
}

// wake asks for a frame; without it there is none. See web/page.js.
func wake() { tenfold().Call("wake") }

// game is the page as Ebitengine sees it.
type game struct {
	page    *page.Page
	host    *host
	panels  []page.Panel
	painted map[string]*painted
	started bool
	alarm   *time.Timer // asks for a frame when an answer is overdue
	w, h    int
	redraw  bool
}

// painted is a panel as it was painted last.
type painted struct {
	key    any
	rect   paint.Rect
	canvas *paint.Canvas
	image  *ebiten.Image
}

// Layout implements ebiten.Game; LayoutF is used in its place.
func (g *game) Layout(int, int) (int, int) { panic("LayoutF is used") }

// LayoutF tells the page its size, in CSS pixels, and makes the screen's pixels
// the device's.
func (g *game) LayoutF(w, h float64) (float64, float64) {
	scale := ebiten.Monitor().DeviceScaleFactor()
	g.page.Resize(w, h, scale)
	if int(w*scale) != g.w || int(h*scale) != g.h {
		g.w, g.h, g.redraw = int(w*scale), int(h*scale), true
	}
	return w * scale, h * scale
}

// Update hands the browser's events over and paints what has changed.
func (g *game) Update() error {
	g.host.deliver(g.page)
	g.tick()
	g.panels = g.page.Panels()
	for _, panel := range g.panels {
		g.paint(panel)
	}
	g.host.show(g.page)
	if !g.started {
		g.started = true
		tenfold().Call("started")
		g.host.offline()
		g.host.comeBack()
	}
	return nil
}

// tick moves the page's clock and sees to the next time that it must be moved.
func (g *game) tick() {
	switch wait := g.page.Tick(time.Now()); wait {
	case 0:
		wake()
	case page.Forever:
		g.alarm.Stop()
	default:
		g.alarm.Reset(wait)
	}
}

// look asks for a frame if the page no longer looks as it was painted last. A frame for
// nothing is not free: WebGL in software takes 70 ms of a core for one.
func (g *game) look() {
	g.tick()
	g.panels = g.page.Panels()
	same := len(g.panels) == len(g.painted)
	for _, panel := range g.panels {
		old := g.painted[panel.Name]
		same = same && old != nil && old.key == panel.Key && old.rect == panel.Rect
	}
	if !same {
		wake()
	}
}

// paint paints a panel anew if its key has changed.
func (g *game) paint(panel page.Panel) {
	old := g.painted[panel.Name]
	if old != nil && old.key == panel.Key && old.rect == panel.Rect {
		return
	}
	g.redraw = true
	if old != nil && old.key == panel.Key && old.rect.W == panel.Rect.W && old.rect.H == panel.Rect.H {
		old.rect = panel.Rect // it has only moved
		return
	}
	c := paint.NewCanvas(panel.Rect.W, panel.Rect.H, g.page.Scale())
	if old != nil && old.canvas.Image.Rect == c.Image.Rect {
		c = old.canvas
		c.Scale = g.page.Scale()
	}
	panel.Paint(c)
	next := &painted{panel.Key, panel.Rect, c, nil}
	size := c.Image.Rect.Size()
	if old != nil && old.image.Bounds().Size() == size {
		next.image = old.image
	} else {
		if old != nil {
			old.image.Deallocate()
		}
		next.image = ebiten.NewImageWithOptions(image.Rectangle{Max: size}, &ebiten.NewImageOptions{Unmanaged: true})
	}
	next.image.WritePixels(c.Image.Pix)
	g.painted[panel.Name] = next
}

// Draw puts the panels together, if one of them has changed.
func (g *game) Draw(screen *ebiten.Image) {
	present := 0
	for _, panel := range g.panels {
		if g.painted[panel.Name] != nil {
			present++
		}
	}
	if present < len(g.painted) { // one has gone, the toast for example
		g.forget()
		g.redraw = true
	}
	if !g.redraw {
		return
	}
	g.redraw = false
	screen.Fill(g.page.Background())
	scale := g.page.Scale()
	for _, panel := range g.panels {
		var op ebiten.DrawImageOptions
		op.GeoM.Translate(float64(int(panel.Rect.X*scale+0.5)), float64(int(panel.Rect.Y*scale+0.5)))
		screen.DrawImage(g.painted[panel.Name].image, &op)
	}
}

// forget frees the panels that are no longer there.
func (g *game) forget() {
	now := map[string]bool{}
	for _, panel := range g.panels {
		now[panel.Name] = true
	}
	for name, old := range g.painted {
		if !now[name] {
			old.image.Deallocate()
			delete(g.painted, name)
		}
	}
}

func tenfold() js.Value { return js.Global().Get("tenfold") }

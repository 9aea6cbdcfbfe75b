// Ui is the page's program: it shows package app on an Ebitengine canvas and passes it the
// browser's events. What the page is and how it looks is decided there; this is only glue.
package main

import (
	"fmt"
	"syscall/js"
	"time"

	"github.com/hajimehoshi/ebiten/v2"

	"tenfold/nn/task"
	"tenfold/wasm/browser"
	"tenfold/wasm/ui/app"
	"tenfold/wasm/ui/desk"
	"tenfold/wasm/ui/network"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/words"
)

func main() {
	model, err := browser.Await(tenfold(), "model")
	if err != nil {
		tenfold().Call("fail", fmt.Sprintf(words.Browser.NoModel, err))
		return
	}
	if name := tenfold().Get("opening").String(); network.IsPretrained(name) {
		network.Opening = name
	}
	h := newHost()
	h.served = served()
	browser.Fault = h.fault
	paint.Foreign = foreignGlyph
	p := app.New(h, browser.Bytes(model), prefersDark(), matches("(prefers-reduced-motion: reduce)"), h.served)
	h.colours(p)
	h.listen(p)
	p.SetMachine(js.Global().Get("navigator").Get("userAgent").String(), task.Version())
	if tenfold().Get("fault").String() != "" {
		h.bringBack(p)
	} else {
		p.BringDrawing(visited(drawingKey))
		h.address()
		h.left()
	}
	f := &frame{page: p, host: h, painted: map[string]*painted{}, alarm: time.AfterFunc(time.Hour, wake)}
	h.after = f.look
	// Without WebGL, or where the screen is larger than its textures, the panels, which are painted
	// in plain Go anyway, are put together by the browser.
	if h.canvas, f.limit = renderer(); h.canvas == "" || f.limit < screen() {
		h.canvas = desk.Flat
		showFlat(f)
		return
	}
	ebiten.SetScreenClearedEveryFrame(false)
	ebiten.SetTPS(ebiten.SyncWithFPS)
	if err := ebiten.RunGame(newGame(f)); err != nil {
		panic(err) // web/page.js says so
	}
}

// wake asks for a frame; without it there is none. See web/page.js.
func wake() { tenfold().Call("wake") }

func tenfold() js.Value { return js.Global().Get("tenfold") }

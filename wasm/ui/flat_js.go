package main

import (
	"fmt"
	"image"
	"image/draw"
	"math"
	"syscall/js"
)

// showFlat shows the page on a 2D canvas in place of Ebitengine's, for as long as it
// lives.
func showFlat(f *frame) {
	window := js.Global()
	canvas := create("canvas")
	window.Get("document").Call("querySelector", "body > canvas").Call("replaceWith", canvas)
	context := canvas.Call("getContext", "2d", map[string]any{"alpha": false})
	style := canvas.Get("style")
	for name, value := range map[string]string{"position": "fixed", "inset": "0", "width": "100%", "height": "100%"} {
		style.Set(name, value)
	}
	f.limit = 4096 // what Safari's canvases can be
	f.surface = func(size image.Point) surface {
		own := create("canvas")
		own.Set("width", max(size.X, 1))
		own.Set("height", max(size.Y, 1))
		return sheet{own, own.Call("getContext", "2d")}
	}
	show := func() {
		scale := window.Get("devicePixelRatio").Float()
		w, h := window.Get("innerWidth").Float(), window.Get("innerHeight").Float()
		f.resize(w, h, scale)
		f.update()
		if pw, ph := int(math.Round(w*scale)), int(math.Round(h*scale)); pw != canvas.Get("width").Int() || ph != canvas.Get("height").Int() {
			canvas.Set("width", pw)
			canvas.Set("height", ph)
			f.redraw = true
		}
		if !f.redraw {
			return
		}
		f.redraw = false
		c := f.page.Background()
		context.Set("fillStyle", fmt.Sprintf("rgb(%d %d %d)", c.R, c.G, c.B))
		context.Call("fillRect", 0, 0, canvas.Get("width"), canvas.Get("height"))
		f.places(func(s surface, x, y int) { context.Call("drawImage", s.(sheet).canvas, x, y) })
	}
	// What show panics with ends the program, as it does under Ebitengine.
	var next js.Func
	next = js.FuncOf(func(js.Value, []js.Value) any {
		tenfold().Call("frame", next)
		show()
		return nil
	})
	show()
	tenfold().Call("frame", next)
	select {}
}

// sheet is a surface on its own canvas.
type sheet struct{ canvas, context js.Value }

func (s sheet) write(img *image.RGBA) {
	pix := img.Pix
	if !img.Opaque() { // a canvas keeps colours that are not multiplied by alpha
		straight := image.NewNRGBA(img.Rect)
		draw.Draw(straight, img.Rect, img, img.Rect.Min, draw.Src)
		pix = straight.Pix
	}
	bytes := js.Global().Get("Uint8ClampedArray").New(len(pix))
	js.CopyBytesToJS(bytes, pix)
	s.context.Call("putImageData", js.Global().Get("ImageData").New(bytes, img.Rect.Dx(), img.Rect.Dy()), 0, 0)
}

func (s sheet) free() { s.canvas.Set("width", 0) }

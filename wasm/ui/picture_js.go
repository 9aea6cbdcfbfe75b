package main

import (
	"errors"
	"fmt"
	"image"
	"syscall/js"

	"tenfold/wasm/browser"
	"tenfold/wasm/ui/page"
	"tenfold/wasm/ui/picture"
)

// Limits of a picture that is opened.
const (
	maxFile       = 64 << 20 // bytes
	maxMegapixels = 150
)

// open decodes a picture with the browser and shows it.
func (h *host) open(blob js.Value, name string) {
	go func() {
		img, err := decode(blob)
		if err != nil {
			h.post(func(p *page.Page) { p.Report(err) })
			return
		}
		h.post(func(p *page.Page) { p.Show(img, name) })
	}()
}

var errNoPicture = errors.New("this file is not a picture the browser can open. Try a JPEG or PNG")

// decode returns the picture in a file as RGBA, turned as its EXIF data say, and
// made smaller if a side is longer than picture.MaxSide. Transparent parts become
// white. Its errors are for people.
func decode(blob js.Value) (*image.RGBA, error) {
	if n := blob.Get("size").Int(); n > maxFile {
		return nil, fmt.Errorf("this file has %d MB; the limit is %d MB. Make it smaller and try again", n>>20, maxFile>>20)
	}
	img, free, err := load(blob)
	defer free()
	if err != nil {
		return nil, err
	}
	w, h := img.Get("naturalWidth").Int(), img.Get("naturalHeight").Int()
	if mp := w * h / 1_000_000; mp > maxMegapixels {
		return nil, fmt.Errorf("this picture has %d megapixels; the limit is %d. Make it smaller and try again", mp, maxMegapixels)
	}
	if blob.Get("type").String() == "image/svg+xml" { // has no pixels of its own, and perhaps no size
		return pixels(img, picture.MaxSide, min(max(picture.MaxSide*max(h, 1)/max(w, 1), 1), picture.MaxSide)), nil
	}
	options := map[string]any{"imageOrientation": "from-image"}
	if long := max(w, h); long > picture.MaxSide {
		k := float64(picture.MaxSide) / float64(long)
		options["resizeWidth"], options["resizeHeight"] = max(int(float64(w)*k), 1), max(int(float64(h)*k), 1)
		options["resizeQuality"] = "high"
	}
	bitmap, err := browser.Await(js.Global().Call("createImageBitmap", img, options))
	if err != nil {
		return nil, errors.New("this picture is damaged, or too large for this browser. Try another one")
	}
	defer bitmap.Call("close")
	return pixels(bitmap, bitmap.Get("width").Int(), bitmap.Get("height").Int()), nil
}

// load opens a file as an image element, whose size is known before its pixels are
// decoded.
func load(blob js.Value) (img js.Value, free func(), err error) {
	url := js.Global().Get("URL").Call("createObjectURL", blob)
	img = js.Global().Get("Image").New()
	done := make(chan bool, 2)
	loaded := js.FuncOf(func(js.Value, []js.Value) any { done <- true; return nil })
	failed := js.FuncOf(func(js.Value, []js.Value) any { done <- false; return nil })
	img.Set("onload", loaded)
	img.Set("onerror", failed)
	img.Set("src", url)
	ok := <-done
	img.Set("onload", js.Null())
	img.Set("onerror", js.Null())
	loaded.Release()
	failed.Release()
	free = func() { js.Global().Get("URL").Call("revokeObjectURL", url) }
	if !ok {
		return img, free, errNoPicture
	}
	return img, free, nil
}

// pixels draws a bitmap or a video on white and returns the pixels.
func pixels(source js.Value, w, h int) *image.RGBA {
	canvas := js.Global().Get("document").Call("createElement", "canvas")
	canvas.Set("width", w)
	canvas.Set("height", h)
	context := canvas.Call("getContext", "2d", map[string]any{"willReadFrequently": true})
	context.Set("fillStyle", "#fff")
	context.Call("fillRect", 0, 0, w, h)
	context.Call("drawImage", source, 0, 0, w, h)
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	js.CopyBytesToGo(img.Pix, context.Call("getImageData", 0, 0, w, h).Get("data"))
	return img
}

// camera is a running camera.
type camera struct {
	stream, video js.Value
	timer         js.Value
	tick          js.Func
}

// frameTime is the time between two live pictures, in ms, and frameSide their
// longer side.
const (
	frameTime = 100
	frameSide = 320
)

// StartCamera implements page.Host.
func (h *host) StartCamera() {
	devices := js.Global().Get("navigator").Get("mediaDevices")
	if devices.IsUndefined() {
		h.problem("The camera works only over https or on this computer. Upload a picture instead.")
		return
	}
	go func() {
		stream, err := browser.Await(devices.Call("getUserMedia", map[string]any{"video": map[string]any{"facingMode": "environment"}}))
		if err != nil {
			h.problem("No camera could be opened. Connect one, or allow this page to use it, and try again.")
			return
		}
		h.StopCamera()
		video := js.Global().Get("document").Call("createElement", "video")
		video.Set("muted", true)
		video.Set("playsInline", true)
		video.Set("srcObject", stream)
		if _, err := browser.Await(video.Call("play")); err != nil {
			h.problem("The camera's picture could not be shown.")
			return
		}
		c := &camera{stream: stream, video: video}
		c.tick = js.FuncOf(func(js.Value, []js.Value) any { h.film(c); return nil })
		c.timer = js.Global().Call("setInterval", c.tick, frameTime)
		h.camera = c
	}()
}

// film hands one live picture to the page.
func (h *host) film(c *camera) {
	if h.camera != c {
		return
	}
	if c.stream.Call("getTracks").Index(0).Get("readyState").String() == "ended" {
		h.StopCamera()
		h.post(func(p *page.Page) {
			p.CameraEnded()
			p.Problem("The camera has stopped.")
		})
		return
	}
	w, height := c.video.Get("videoWidth").Int(), c.video.Get("videoHeight").Int()
	if w == 0 || height == 0 {
		return
	}
	k := float64(frameSide) / float64(max(w, height))
	img := pixels(c.video, int(float64(w)*k), int(float64(height)*k))
	h.post(func(p *page.Page) {
		if h.camera == c {
			p.Frame(img)
		}
	})
}

// StopCamera implements page.Host.
func (h *host) StopCamera() {
	c := h.camera
	if c == nil {
		return
	}
	h.camera = nil
	js.Global().Call("clearInterval", c.timer)
	tracks := c.stream.Call("getTracks")
	for i := range tracks.Length() {
		tracks.Index(i).Call("stop")
	}
	c.tick.Release()
}

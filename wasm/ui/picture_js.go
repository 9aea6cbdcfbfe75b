package main

import (
	"errors"
	"fmt"
	"image"
	"regexp"
	"strings"
	"syscall/js"

	"tenfold/nn/cifar10"
	"tenfold/nn/picture"
	"tenfold/wasm/browser"
	"tenfold/wasm/ui/app"
	"tenfold/wasm/ui/words"
)

// Limits of a picture that is opened.
const (
	maxFile       = 64 << 20 // bytes
	maxMegapixels = 150
)

// wish notes that a picture is asked for. What it returns posts an event unless another
// picture has been asked for since: one that comes late does not take its place.
func (h *host) wish() func(event func(*app.App)) {
	h.wishes++
	mine := h.wishes
	return func(event func(*app.App)) {
		h.post(func(p *app.App) {
			if h.wishes == mine {
				event(p)
			}
		})
	}
}

var errNoPicture = errors.New(words.Files.NotPicture)

// decode returns the picture in a file as RGBA, turned as its EXIF data say, and
// made smaller if a side is longer than picture.MaxSide. Transparent parts become
// white. Its errors are for people.
func decode(blob js.Value) (*image.RGBA, error) {
	if n := blob.Get("size").Int(); n > maxFile {
		return nil, fmt.Errorf(words.Files.Large, n>>20, maxFile>>20)
	}
	buffer, err := browser.Await(blob, "arrayBuffer")
	if err != nil {
		return nil, errNoPicture
	}
	b := browser.Bytes(buffer)
	kind := picture.KindOf(b[:min(len(b), picture.HeadBytes)], len(b), 1+cifar10.Task.Pixels())
	switch {
	case kind == picture.Vector:
		return decodeSVG(string(b))
	case kind == picture.WebPage:
		return nil, errors.New(words.Files.WebPage)
	case picture.Cut(b): // browsers show such a picture, show white or refuse it
		return nil, errors.New(words.Files.Cut)
	}
	url := js.Global().Get("URL").Call("createObjectURL", blob)
	defer js.Global().Get("URL").Call("revokeObjectURL", url)
	img, err := load(url)
	if err != nil {
		if kind == picture.HEIC {
			return nil, errors.New(words.Files.HEIC)
		}
		return nil, err
	}
	w, h := img.Get("naturalWidth").Int(), img.Get("naturalHeight").Int()
	if mp := w * h / 1_000_000; mp > maxMegapixels {
		return nil, fmt.Errorf(words.Files.Pixels, mp, maxMegapixels)
	}
	options := map[string]any{"imageOrientation": "from-image"}
	if long := max(w, h); long > picture.MaxSide {
		k := float64(picture.MaxSide) / float64(long)
		options["resizeWidth"], options["resizeHeight"] = max(int(float64(w)*k), 1), max(int(float64(h)*k), 1)
		options["resizeQuality"] = "high"
	}
	bitmap, err := browser.Await(js.Global(), "createImageBitmap", img, options)
	if err != nil {
		return nil, errors.New(words.Files.Damaged)
	}
	defer bitmap.Call("close")
	return pixels(bitmap, bitmap.Get("width").Int(), bitmap.Get("height").Int())
}

// foreign matches what a drawing program adds to an SVG for browsers: text as HTML, say.
var foreign = regexp.MustCompile(`(?is)<(\w+:)?foreignObject\b.*?(</(\w+:)?foreignObject\s*>|/>)`)

// decodeSVG returns an SVG's picture, which has no pixels and perhaps no size: it is given one.
// As a data URL it belongs to no origin, so that Chromium and Firefox give its pixels away even if
// it holds HTML; for others what is foreign is taken out.
func decodeSVG(text string) (*image.RGBA, error) {
	text, w, h := picture.Sized(strings.ToValidUTF8(text, "\ufffd"))
	draw := func(text string) (*image.RGBA, error) {
		img, err := load("data:image/svg+xml;charset=utf-8," + js.Global().Call("encodeURIComponent", text).String())
		if err != nil {
			return nil, err
		}
		return pixels(img, w, h)
	}
	img, err := draw(text)
	if err != nil && foreign.MatchString(text) {
		img, err = draw(foreign.ReplaceAllString(text, ""))
	}
	return img, err
}

// load opens an address as an image element, whose size is known before its pixels are
// decoded.
func load(url any) (img js.Value, err error) {
	img = js.Global().Get("Image").New()
	done := make(chan bool, 2)
	loaded := browser.Func(func(js.Value, []js.Value) any { done <- true; return nil })
	failed := browser.Func(func(js.Value, []js.Value) any { done <- false; return nil })
	img.Set("onload", loaded)
	img.Set("onerror", failed)
	img.Set("src", url)
	ok := <-done
	img.Set("onload", js.Null())
	img.Set("onerror", js.Null())
	loaded.Release()
	failed.Release()
	if !ok {
		return img, errNoPicture
	}
	return img, nil
}

// pixels draws a bitmap or a video on white and returns the pixels. Browsers refuse those of
// a picture that shows another's.
func pixels(source js.Value, w, h int) (*image.RGBA, error) {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	honest := false
	err := browser.Try(func() {
		js.CopyBytesToGo(img.Pix, rendered(source, w, h))
		honest = browser.Honest(newCanvas(browser.ProbeSide, browser.ProbeSide))
	})
	switch {
	case err != nil:
		return nil, fmt.Errorf(words.Files.Withheld, err)
	case !honest:
		return nil, errors.New(words.Files.Invented)
	}
	return img, nil
}

// rendered returns the pixels of a source that is drawn on white.
func rendered(source js.Value, w, h int) js.Value {
	context := newCanvas(w, h)
	context.Set("fillStyle", "#fff")
	context.Call("fillRect", 0, 0, w, h)
	context.Call("drawImage", source, 0, 0, w, h)
	return context.Call("getImageData", 0, 0, w, h).Get("data")
}

// newCanvas returns the context of a canvas that is read.
func newCanvas(w, h int) js.Value {
	canvas := create("canvas")
	canvas.Set("width", w)
	canvas.Set("height", h)
	return canvas.Call("getContext", "2d", map[string]any{"willReadFrequently": true})
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

// StartCamera implements app.Host.
func (h *host) StartCamera(rear bool) {
	devices := js.Global().Get("navigator").Get("mediaDevices")
	if devices.IsUndefined() {
		h.problem(words.Browser.CameraInsecure)
		return
	}
	h.StopCamera()
	h.wish()
	mine := h.films
	facing := "user"
	if rear {
		facing = "environment"
	}
	h.later(words.Browser.Refused.Camera, func() {
		stream, err := browser.Await(devices, "getUserMedia", map[string]any{"video": map[string]any{"facingMode": facing}})
		if err != nil {
			h.shut(mine, err)
			return
		}
		video := js.Global().Get("document").Call("createElement", "video")
		video.Set("muted", true)
		video.Set("playsInline", true)
		video.Set("srcObject", stream)
		if _, err = browser.Await(video, "play"); err != nil || h.films != mine {
			release(stream)
			if err != nil {
				h.problem(words.Browser.CameraBlank)
			}
			return
		}
		c := &camera{stream: stream, video: video}
		c.tick = browser.Func(func(js.Value, []js.Value) any { h.film(c); return nil })
		c.timer = js.Global().Call("setInterval", c.tick, frameTime)
		h.camera = c
	})
}

// shut says why the camera that was asked for is not on.
func (h *host) shut(film int, err error) {
	text := fmt.Sprintf(words.Browser.CameraShut, err)
	if thrown, ok := err.(browser.Error); ok && words.Browser.CameraFails[thrown.Name] != "" {
		text = words.Browser.CameraFails[thrown.Name]
	}
	h.post(func(p *app.App) {
		if h.films == film {
			p.CameraEnded()
			p.Problem(text)
		}
	})
}

// film hands one live picture to the page, and ends a camera that gives none any more.
func (h *host) film(c *camera) {
	if h.camera != c {
		return
	}
	var img *image.RGBA
	var err error
	if thrown := browser.Try(func() {
		if c.stream.Call("getTracks").Index(0).Get("readyState").String() == "ended" {
			err = errors.New(words.Browser.CameraEnded)
			return
		}
		img, err = c.picture()
	}); thrown != nil {
		err = thrown
	}
	if err != nil {
		h.StopCamera()
		h.post(func(p *app.App) {
			p.CameraEnded()
			p.Problem(fmt.Sprintf(words.Browser.CameraStopped, err))
		})
		return
	}
	h.post(func(p *app.App) {
		if h.camera == c && img != nil {
			p.Frame(img)
		}
	})
}

// picture returns what the camera sees now, nil before its first picture.
func (c *camera) picture() (*image.RGBA, error) {
	w, h := c.video.Get("videoWidth").Int(), c.video.Get("videoHeight").Int()
	if w == 0 || h == 0 {
		return nil, nil
	}
	k := float64(frameSide) / float64(max(w, h))
	return pixels(c.video, int(float64(w)*k), int(float64(h)*k))
}

// StopCamera implements app.Host.
func (h *host) StopCamera() {
	h.films++ // one that is on its way comes too late
	c := h.camera
	if c == nil {
		return
	}
	h.camera = nil
	js.Global().Call("clearInterval", c.timer)
	h.attempt(words.Browser.Refused.StopCamera, func() { release(c.stream) })
	c.tick.Release()
}

// release ends a camera's stream, so that its light goes out.
func release(stream js.Value) {
	tracks := stream.Call("getTracks")
	for i := range tracks.Length() {
		tracks.Index(i).Call("stop")
	}
}

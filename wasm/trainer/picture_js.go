package main

import (
	"bytes"
	"errors"
	"image"
	"image/png"
	"io"
	"syscall/js"

	"tenfold/nn/project"
	"tenfold/wasm/browser"
)

// longest is how many pixels the longer side of a decoded picture has at most: enough to find what is
// drawn on it.
const longest = 512

// exactly is up to what size a PNG, bytes, is decoded without the browser, which may turn its colours
// into others.
const exactly = 256 << 10

// quickly is up to how many pixels it may have for that.
const quickly = 4 << 20

// Decode implements training.Host.
func (h *host) Decode(b []byte) (*image.RGBA, error) {
	if len(b) < exactly && len(b) > 8 && string(b[1:4]) == "PNG" {
		if c, err := png.DecodeConfig(bytes.NewReader(b)); err == nil && c.Width <= quickly/max(c.Height, 1) {
			if img, err := project.DecodeFile(b); err == nil {
				return img, nil
			}
		}
	}
	scope := js.Global()
	blob := scope.Get("Blob").New([]any{browser.Array(b)})
	bitmap, err := browser.Await(scope, "createImageBitmap", blob, map[string]any{"imageOrientation": "from-image"})
	if err != nil {
		return nil, errors.New("cannot be decoded by this browser")
	}
	defer bitmap.Call("close")
	w, height := bitmap.Get("width").Int(), bitmap.Get("height").Int()
	if long := max(w, height); long > longest {
		w, height = max(w*longest/long, 1), max(height*longest/long, 1)
	}
	img := image.NewRGBA(image.Rect(0, 0, w, height))
	newCanvas := func(w, h int) js.Value {
		return scope.Get("OffscreenCanvas").New(w, h).Call("getContext", "2d", map[string]any{"willReadFrequently": true})
	}
	honest := false
	err = browser.Try(func() {
		to := newCanvas(w, height)
		to.Set("fillStyle", "#fff")
		to.Call("fillRect", 0, 0, w, height)
		to.Set("imageSmoothingQuality", "high")
		to.Call("drawImage", bitmap, 0, 0, w, height)
		js.CopyBytesToGo(img.Pix, scope.Get("Uint8Array").New(to.Call("getImageData", 0, 0, w, height).Get("data").Get("buffer")))
		honest = browser.Honest(newCanvas(browser.ProbeSide, browser.ProbeSide))
	})
	switch {
	case err != nil:
		return nil, errors.New("cannot be decoded by this browser")
	case !honest:
		return nil, errors.New("cannot be read: this browser gives pages invented pixels instead of a picture's")
	}
	return img, nil
}

// handed is how much of a file is handed to the browser at once, bytes.
const handed = 1 << 20

// Save implements training.Host: the file is put together by the browser, which need not keep all of
// it in memory, and is given to the user by the page.
func (h *host) Save(name, kind string, write func(io.Writer) error) error {
	whole, err := written(kind, write)
	if err == nil {
		js.Global().Call("postMessage", map[string]any{"save": whole, "name": name})
	}
	return err
}

// PutUp implements training.Host.
func (h *host) PutUp(write func(io.Writer) error) error {
	whole, err := written("application/zip", write)
	if err == nil {
		js.Global().Call("postMessage", map[string]any{"up": whole})
	}
	return err
}

// written returns a blob of a media type, of what write writes.
func written(kind string, write func(io.Writer) error) (js.Value, error) {
	blob := &blob{parts: js.Global().Get("Array").New()}
	if err := write(blob); err != nil {
		return js.Undefined(), err
	}
	blob.flush()
	return js.Global().Get("Blob").New(blob.parts, map[string]any{"type": kind}), nil
}

// blob is a file in parts.
type blob struct {
	parts   js.Value
	waiting []byte
}

// Write implements io.Writer.
func (b *blob) Write(p []byte) (int, error) {
	b.waiting = append(b.waiting, p...)
	if len(b.waiting) >= handed {
		b.flush()
	}
	return len(p), nil
}

func (b *blob) flush() {
	if len(b.waiting) > 0 {
		b.parts.Call("push", js.Global().Get("Blob").New([]any{browser.Array(b.waiting)}))
		b.waiting = b.waiting[:0]
	}
}

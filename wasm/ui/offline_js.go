package main

import (
	"encoding/base64"
	"fmt"
	"strings"
	"syscall/js"

	"tenfold/wasm/browser"
	"tenfold/wasm/ui/app"
	"tenfold/wasm/ui/words"
)

// Where what the page comes back to is kept: the drawing, and with a new version the picture and
// that there is a run.
const (
	drawingKey = "drawing"
	pictureKey = "picture"
	runKey     = "run"
)

// offline tells the page what the browser keeps of it; see web/sw.js.
func (h *host) offline() {
	tenfold().Call("updates", browser.Func(func(js.Value, []js.Value) any {
		h.now((*app.App).Updated)
		return nil
	}))
	browser.Go(func() {
		if v, err := browser.Await(tenfold(), "kept"); err == nil && v.Truthy() {
			h.now((*app.App).Keeps)
		}
	})
}

// KeepAll implements app.Host.
func (h *host) KeepAll() {
	browser.Go(func() {
		_, err := browser.Await(tenfold(), "keepAll")
		if err != nil {
			err = fmt.Errorf(words.Browser.NotKept, err)
		}
		h.now(func(p *app.App) { p.KeptAll(err) })
	})
}

// TakeUpdate implements app.Host.
func (h *host) TakeUpdate(picture []byte, run bool) {
	h.attempt(words.Browser.Refused.Update, func() {
		storage := tenfold().Get("visit")
		if run {
			storage.Call("set", runKey, "1")
		}
		if len(picture) > 0 {
			storage.Call("set", pictureKey, base64.StdEncoding.EncodeToString(picture))
		}
		tenfold().Call("takeUpdate")
	})
}

// comeBack continues with the run and shows the picture that the version before was left
// with.
func (h *host) comeBack() {
	storage := tenfold().Get("visit")
	if storage.Call("get", runKey).Truthy() {
		h.now((*app.App).GoOn)
	}
	b := visited(pictureKey)
	storage.Call("remove", runKey)
	storage.Call("remove", pictureKey)
	if b != nil {
		h.open(js.Global().Get("Blob").New([]any{browser.Array(b)}, map[string]any{"type": "image/png"}), words.Subject.Back)
	}
}

// visited are bytes that were kept earlier in this visit; nil for none.
func visited(key string) []byte {
	text := tenfold().Get("visit").Call("get", key)
	if text.Type() != js.TypeString {
		return nil
	}
	b, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text.String()))
	if err != nil {
		return nil
	}
	return b
}

// leave keeps the drawing while the page is not seen: it may be loaded anew, or be ended by a
// phone.
func (h *host) leave(p *app.App) {
	drawing := p.Revision().Drawing
	if drawing == h.kept.left {
		return
	}
	h.kept.left = drawing
	visit := tenfold().Get("visit")
	if b := p.Drawing(); b != nil {
		visit.Call("set", drawingKey, base64.StdEncoding.EncodeToString(b))
	} else {
		visit.Call("remove", drawingKey)
	}
}

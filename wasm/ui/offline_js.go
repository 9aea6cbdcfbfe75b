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

// Where the state that a new version comes back to is kept: the picture, and that there is a run.
const (
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
		storage.Call("set", pictureKey, base64.StdEncoding.EncodeToString(picture))
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
	text := storage.Call("get", pictureKey)
	storage.Call("remove", runKey)
	storage.Call("remove", pictureKey)
	if text.Type() != js.TypeString {
		return
	}
	b, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text.String()))
	if err != nil {
		return
	}
	h.open(js.Global().Get("Blob").New([]any{browser.Array(b)}, map[string]any{"type": "image/png"}), words.Subject.Back)
}

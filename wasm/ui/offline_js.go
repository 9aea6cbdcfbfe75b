package main

import (
	"encoding/base64"
	"errors"
	"strings"
	"syscall/js"

	"tenfold/wasm/browser"
	"tenfold/wasm/ui/page"
)

// pictureKey is where the picture is kept that a new version comes back to.
const pictureKey = "picture"

// offline tells the page what the browser keeps of it; see web/sw.js.
func (h *host) offline() {
	tenfold().Call("updates", js.FuncOf(func(js.Value, []js.Value) any {
		h.now((*page.Page).Updated)
		return nil
	}))
	go func() {
		if v, err := browser.Await(tenfold().Call("kept")); err == nil && v.Truthy() {
			h.now((*page.Page).Keeps)
		}
	}()
}

// KeepAll implements page.Host.
func (h *host) KeepAll() {
	go func() {
		_, err := browser.Await(tenfold().Call("keepAll"))
		if err != nil {
			err = errors.New("not everything could be kept (" + err.Error() + "). Try again when there is a network")
		}
		h.now(func(p *page.Page) { p.KeptAll(err) })
	}()
}

// TakeUpdate implements page.Host.
func (h *host) TakeUpdate(picture []byte) {
	// A picture that is too large for the browser is lost, the version is not.
	browser.Try(func() {
		js.Global().Get("sessionStorage").Call("setItem", pictureKey, base64.StdEncoding.EncodeToString(picture))
	})
	tenfold().Call("takeUpdate")
}

// comeBack shows the picture that the version before was left with.
func (h *host) comeBack() {
	var text js.Value
	if err := browser.Try(func() { text = js.Global().Get("sessionStorage").Call("getItem", pictureKey) }); err != nil || text.Type() != js.TypeString {
		return
	}
	js.Global().Get("sessionStorage").Call("removeItem", pictureKey)
	b, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text.String()))
	if err != nil {
		return
	}
	h.open(js.Global().Get("Blob").New([]any{browser.Array(b)}, map[string]any{"type": "image/png"}), "your picture")
}

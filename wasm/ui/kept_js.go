package main

import (
	"encoding/json"
	"syscall/js"

	"tenfold/wasm/browser"
	"tenfold/wasm/ui/app"
)

// keptState is what web/page.js holds of the page in case that its program ends.
type keptState struct {
	revision app.Revision
	left     int // the revision of the drawing that leave has kept
	memory   map[string]js.Value
}

// keep gives web/page.js what the program is restored from if it has to start again.
func (h *host) keep(p *app.App) {
	is, was := p.Revision(), h.kept.revision
	if is == was {
		return
	}
	h.kept.revision = is
	if is.Drawing != was.Drawing {
		h.hold("drawing", p.DrawingPixels())
	}
	if is.Picture != was.Picture && is.Picture != nil {
		h.hold("picture", is.Picture.Pix)
	}
	if is.Network != was.Network {
		h.hold("network", p.NetworkFile())
	}
	if is.Kept != was.Kept {
		b, err := json.Marshal(is.Kept)
		if err != nil {
			return // a setting that is infinite
		}
		h.hold("page", b)
	}
}

// hold copies bytes.
func (h *host) hold(name string, b []byte) {
	if h.kept.memory == nil {
		h.kept.memory = map[string]js.Value{}
	}
	array, ok := h.kept.memory[name]
	if !ok || array.Length() != len(b) {
		array = js.Global().Get("Uint8Array").New(len(b))
		h.kept.memory[name] = array
		tenfold().Call("keep", name, array)
	}
	js.CopyBytesToJS(array, b)
}

// bringBack gives the page what an earlier program has left, which has ended.
func (h *host) bringBack(p *app.App) {
	held := func(name string) []byte {
		if v := tenfold().Call("state", name); v.Truthy() {
			return browser.Bytes(v)
		}
		return nil
	}
	p.BringBack(tenfold().Get("fault").String(), held("page"), held("drawing"), held("picture"), held("network"), tenfold().Call("trains").Bool())
}

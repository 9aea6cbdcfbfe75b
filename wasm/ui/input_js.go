package main

import (
	"syscall/js"

	"tenfold/wasm/browser"
	"tenfold/wasm/ui/app"
	"tenfold/wasm/ui/words"
)

// listen takes all input before Ebitengine sees it. Ebitengine's own reading of
// it loses a button that is released outside, a touch that is cancelled, Tab and
// Ctrl+V, and panics on some drops; and it reads pointers once a frame, which
// makes corners of quick strokes. RATIONALE.md has the list.
func (h *host) listen(p *app.App) {
	window := js.Global()
	capture := map[string]any{"capture": true, "passive": false}
	on := func(event string, handle func(e js.Value)) {
		window.Call("addEventListener", event, browser.Func(func(_ js.Value, args []js.Value) any {
			handle(args[0])
			return nil
		}), capture)
	}
	h.pointers(on)
	for _, event := range []string{"mousedown", "mousemove", "mouseup", "touchstart", "touchmove", "touchend", "touchcancel"} {
		on(event, func(e js.Value) {
			if onCanvas(e) {
				e.Call("stopImmediatePropagation")
				if event == "mousedown" {
					e.Call("preventDefault") // a button that is pressed by the mouse gets no focus: keys stay the page's
				}
			}
		})
	}
	on("wheel", func(e js.Value) {
		if !onCanvas(e) || e.Get("ctrlKey").Bool() {
			return
		}
		take(e)
		x, y, d := e.Get("clientX").Float(), e.Get("clientY").Float(), e.Get("deltaY").Float()
		h.post(func(p *app.App) { p.Wheel(x, y, d) })
	})
	on("contextmenu", func(e js.Value) {
		if onCanvas(e) {
			take(e)
		}
	})
	h.keys(on, p)
	h.drops(on)
	upload := element("upload")
	upload.Call("addEventListener", "change", browser.Func(func(js.Value, []js.Value) any {
		if files := upload.Get("files"); files.Length() > 0 {
			h.receive(list(files))
			upload.Set("value", "") // so that the same file can be chosen again
		}
		return nil
	}))
	dataset := element("dataset")
	dataset.Call("addEventListener", "change", browser.Func(func(js.Value, []js.Value) any {
		files := list(dataset.Get("files"))
		if !h.together(files) {
			for _, file := range files {
				h.bring(file)
			}
		}
		dataset.Set("value", "")
		return nil
	}))
	for _, id := range []string{"project-files", "project-folders"} {
		input := element(id)
		input.Call("addEventListener", "change", browser.Func(func(js.Value, []js.Value) any {
			if files := list(input.Get("files")); len(files) > 0 {
				h.pictures(files)
			}
			input.Set("value", "")
			return nil
		}))
	}
	// Ebitengine reloads the page then, and with it all that was not stored.
	on("webglcontextlost", func(e js.Value) {
		take(e)
		tenfold().Call("restart", words.Browser.CanvasLost)
	})
	on("popstate", func(js.Value) { h.address() })
	on("resize", func(js.Value) { h.post(func(*app.App) {}) })
	on("visibilitychange", func(js.Value) {
		if js.Global().Get("document").Get("hidden").Bool() {
			h.now(h.leave)
			return
		}
		h.post(func(*app.App) {})
	})
	on("pagehide", func(js.Value) { h.now(h.leave) })
}

// onCanvas reports whether an event is the canvas', or that of a button over it, which looks and
// acts as what is painted under it.
func onCanvas(e js.Value) bool {
	target := e.Get("target")
	name := target.Get("nodeName").String()
	return name == "CANVAS" || name == "BUTTON" && target.Call("closest", "#twin").Truthy()
}

// take keeps an event from the browser and from Ebitengine.
func take(e js.Value) {
	e.Call("preventDefault")
	e.Call("stopImmediatePropagation")
}

// pointers listens to mouse, finger and pen, with all places between two frames.
func (h *host) pointers(on func(string, func(js.Value))) {
	point := func(e js.Value, phase app.Phase) {
		ev := app.Pointer{ID: e.Get("pointerId").Int(), Phase: phase, X: e.Get("clientX").Float(), Y: e.Get("clientY").Float(), Pen: e.Get("pointerType").String() == "pen"}
		if phase == app.Up {
			h.now(func(p *app.App) { p.Pointer(ev) })
			return
		}
		h.post(func(p *app.App) { p.Pointer(ev) })
	}
	on("pointerdown", func(e js.Value) {
		if !onCanvas(e) || e.Get("button").Int() != 0 {
			return
		}
		e.Call("stopImmediatePropagation")
		e.Get("target").Call("setPointerCapture", e.Get("pointerId"))
		if active := js.Global().Get("document").Get("activeElement"); active.Truthy() {
			active.Call("blur")
		}
		point(e, app.Down)
	})
	on("pointermove", func(e js.Value) {
		if !onCanvas(e) {
			return
		}
		e.Call("stopImmediatePropagation")
		for _, q := range coalesced(e) {
			point(q, app.Move)
		}
	})
	on("pointerup", func(e js.Value) {
		h.twin.touched = e.Get("timeStamp").Float()
		point(e, app.Up)
	})
	on("pointercancel", func(e js.Value) { point(e, app.Cancel) })
	on("pointerout", func(e js.Value) {
		if e.Get("pointerType").String() == "mouse" && !e.Get("relatedTarget").Truthy() {
			h.post(func(p *app.App) { p.Leave() })
		}
	})
}

// coalesced returns the places that a pointer was at since the last event. Browsers know them in
// secure contexts alone, and Safari from 18.2 on.
func coalesced(e js.Value) []js.Value {
	if e.Get("getCoalescedEvents").IsUndefined() {
		return []js.Value{e}
	}
	all := e.Call("getCoalescedEvents")
	if all.Length() == 0 {
		return []js.Value{e}
	}
	events := make([]js.Value, all.Length())
	for i := range events {
		events[i] = all.Index(i)
	}
	return events
}

// keys hands the page the keys that are nobody else's.
func (h *host) keys(on func(string, func(js.Value)), p *app.App) {
	on("keydown", func(e js.Value) {
		e.Call("stopImmediatePropagation")
		key := e.Get("key").String()
		switch e.Get("target").Get("nodeName").String() {
		case "INPUT", "SELECT", "TEXTAREA":
			return
		case "BUTTON", "A":
			if key == "Enter" || key == " " {
				return
			}
		}
		if e.Get("altKey").Bool() {
			return
		}
		ctrl := e.Get("ctrlKey").Bool() || e.Get("metaKey").Bool()
		if of := e.Get("target").Get("dataset"); of.Truthy() && of.Get("leaf").Type() == js.TypeString {
			if id := of.Get("leaf").String(); !ctrl && p.Steers(id, key) {
				e.Call("preventDefault")
				h.now(func(p *app.App) { p.Steer(id, key) })
				return
			}
		}
		if key := p.KeyOf(app.Stroke{Key: key, Code: e.Get("code").String(), Ctrl: ctrl, Shift: e.Get("shiftKey").Bool()}); key != "" {
			e.Call("preventDefault")
			h.now(func(p *app.App) { p.Key(key) })
		}
	})
	on("keyup", func(e js.Value) { e.Call("stopImmediatePropagation") })
}

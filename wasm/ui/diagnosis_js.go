package main

import (
	"fmt"
	"math"
	"runtime"
	"strings"
	"syscall/js"

	"tenfold/wasm/browser"
	"tenfold/wasm/ui/app"
	"tenfold/wasm/ui/desk"
	"tenfold/wasm/ui/words"
)

// Examine implements app.Host.
func (h *host) Examine() {
	h.later(words.Browser.Refused.Examine, func() {
		b := h.examine()
		h.now(func(p *app.App) { p.Examined(b) })
	})
}

func (h *host) examine() desk.Browser {
	global := js.Global()
	navigator := global.Get("navigator")
	number := func(v js.Value) float64 {
		if v.Type() != js.TypeNumber {
			return 0
		}
		return v.Float()
	}
	b := desk.Browser{
		Agent:    navigator.Get("userAgent").String(),
		Canvas:   h.canvas,
		Program:  tenfold().Get("program").String(),
		Secure:   global.Get("isSecureContext").Truthy(),
		Isolated: global.Get("crossOriginIsolated").Truthy(),
		Service:  navigator.Get("serviceWorker").Truthy(),
		Camera:   noCamera(navigator.Get("mediaDevices")),
		Cores:    max(int(number(navigator.Get("hardwareConcurrency"))), 1),
		Device:   number(navigator.Get("deviceMemory")),
	}
	b.Installing = b.Service && installing(navigator.Get("serviceWorker"))
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.Memory = float64(m.Sys)
	storage := navigator.Get("storage")
	if !storage.Truthy() {
		return b
	}
	ask := func(method string) js.Value {
		if storage.Get(method).IsUndefined() {
			return js.Null()
		}
		v, err := browser.Await(storage, method)
		if err != nil {
			return js.Null() // private windows
		}
		return v
	}
	b.Files, b.Lasting = ask("getDirectory").Truthy(), ask("persisted").Truthy()
	if v := ask("estimate"); v.Truthy() {
		b.Used, b.Quota = number(v.Get("usage")), number(v.Get("quota"))
	}
	return b
}

// installing reports whether the page's service worker is on its way: it was found, and none is
// active yet.
func installing(workers js.Value) bool {
	found, err := browser.Await(workers, "getRegistration")
	return err == nil && found.Truthy() && !found.Get("active").Truthy()
}

// noCamera is why there is no camera, "" if there is one.
func noCamera(devices js.Value) string {
	if !devices.Truthy() {
		return words.Browser.NoCameras
	}
	all, err := browser.Await(devices, "enumerateDevices")
	if err != nil {
		return fmt.Sprintf(words.Browser.CamerasSecret, err)
	}
	for i := range all.Length() {
		if all.Index(i).Get("kind").String() == "videoinput" {
			return ""
		}
	}
	return words.Browser.CameraAbsent
}

// renderer returns what draws Ebitengine's canvas, in the browser's words, or "" if there is no
// WebGL, and how large a texture of Ebitengine's can be, in pixels. The canvas has its context from
// now on, made as Ebitengine makes it.
func renderer() (name string, limit int) {
	gl := js.Global().Get("document").Call("querySelector", "body > canvas").Call("getContext", "webgl2", map[string]any{"alpha": true, "premultipliedAlpha": true, "stencil": true})
	if !gl.Truthy() {
		return "", 0
	}
	of := gl.Get("RENDERER")
	if info := gl.Call("getExtension", "WEBGL_debug_renderer_info"); info.Truthy() {
		of = info.Get("UNMASKED_RENDERER_WEBGL")
	}
	const padding = 2 // Ebitengine's own, of a pixel at each side
	return gl.Call("getParameter", of).String(), gl.Call("getParameter", gl.Get("MAX_TEXTURE_SIZE")).Int() - padding
}

// screen returns the longest side that the window can have, in pixels.
func screen() int {
	window := js.Global()
	side := 0.0
	for _, v := range []js.Value{window.Get("innerWidth"), window.Get("innerHeight"), window.Get("screen").Get("width"), window.Get("screen").Get("height")} {
		side = max(side, v.Float())
	}
	return int(math.Ceil(side * window.Get("devicePixelRatio").Float()))
}

// Copy implements desk.Host. A page that is not a secure context has no clipboard; there it
// uses the older way.
func (h *host) Copy(text string) {
	said := words.Browser.Copied
	if strings.HasPrefix(text, "#") {
		here, _, _ := strings.Cut(js.Global().Get("location").Get("href").String(), "#")
		text, said = here+text, words.Browser.LinkCopied
	}
	h.later(words.Browser.Refused.Copy, func() {
		clipboard := js.Global().Get("navigator").Get("clipboard")
		ok := false
		if clipboard.Truthy() {
			_, err := browser.Await(clipboard, "writeText", text)
			ok = err == nil
		}
		if !ok {
			browser.Try(func() { ok = selected(text) })
		}
		if !ok {
			h.problem(words.Browser.NoCopy)
			return
		}
		h.problem(said)
	})
}

// selected copies a text as a user would, by selecting it first.
func selected(text string) bool {
	area := create("textarea")
	area.Set("value", text)
	js.Global().Get("document").Get("body").Call("append", area)
	defer area.Call("remove")
	area.Call("select")
	return js.Global().Get("document").Call("execCommand", "copy").Bool()
}

package main

import (
	"runtime"
	"syscall/js"

	"tenfold/wasm/browser"
	"tenfold/wasm/ui/page"
)

// Examine implements page.Host.
func (h *host) Examine() {
	go func() {
		b := examine()
		h.now(func(p *page.Page) { p.Examined(b) })
	}()
}

func examine() page.Browser {
	global := js.Global()
	navigator := global.Get("navigator")
	number := func(v js.Value) float64 {
		if v.Type() != js.TypeNumber {
			return 0
		}
		return v.Float()
	}
	b := page.Browser{
		Agent:    navigator.Get("userAgent").String(),
		Canvas:   renderer(),
		Program:  tenfold().Get("program").String(),
		Secure:   global.Get("isSecureContext").Truthy(),
		Isolated: global.Get("crossOriginIsolated").Truthy(),
		Service:  navigator.Get("serviceWorker").Truthy(),
		Camera:   noCamera(navigator.Get("mediaDevices")),
		Cores:    max(int(number(navigator.Get("hardwareConcurrency"))), 1),
		Device:   number(navigator.Get("deviceMemory")),
	}
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
		v, err := browser.Await(storage.Call(method))
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

// noCamera is why there is no camera, "" if there is one.
func noCamera(devices js.Value) string {
	if !devices.Truthy() {
		return "This browser lets no page use one."
	}
	all, err := browser.Await(devices.Call("enumerateDevices"))
	if err != nil {
		return "The browser does not say what cameras there are (" + err.Error() + ")."
	}
	for i := range all.Length() {
		if all.Index(i).Get("kind").String() == "videoinput" {
			return ""
		}
	}
	return "This computer has none."
}

// renderer is what draws the canvas, in the browser's words.
func renderer() string {
	canvas := create("canvas")
	gl := canvas.Call("getContext", "webgl2")
	if !gl.Truthy() {
		return "no WebGL 2"
	}
	name := gl.Get("RENDERER")
	if info := gl.Call("getExtension", "WEBGL_debug_renderer_info"); info.Truthy() {
		name = info.Get("UNMASKED_RENDERER_WEBGL")
	}
	text := gl.Call("getParameter", name).String()
	if lose := gl.Call("getExtension", "WEBGL_lose_context"); lose.Truthy() {
		lose.Call("loseContext")
	}
	return text
}

// Copy implements page.Host. A page that is no secure context has no clipboard; there the
// older way is taken.
func (h *host) Copy(text string) {
	const done = "Copied. Paste it where you report the fault."
	if clipboard := js.Global().Get("navigator").Get("clipboard"); clipboard.Truthy() {
		go func() {
			if _, err := browser.Await(clipboard.Call("writeText", text)); err != nil {
				h.problem("The browser did not allow copying. The text is in the page's last section, too.")
				return
			}
			h.problem(done)
		}()
		return
	}
	area := create("textarea")
	area.Set("value", text)
	body := js.Global().Get("document").Get("body")
	body.Call("append", area)
	area.Call("select")
	ok := js.Global().Get("document").Call("execCommand", "copy").Bool()
	area.Call("remove")
	if !ok {
		h.problem("The browser did not allow copying. The text is in the page's last section, too.")
		return
	}
	h.problem(done)
}

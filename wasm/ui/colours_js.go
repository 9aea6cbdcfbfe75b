package main

import (
	"fmt"
	"image/color"
	"strings"
	"syscall/js"

	"tenfold/wasm/browser"
	"tenfold/wasm/ui/app"
	"tenfold/wasm/ui/theme"
)

// colours tells the page what the system asks of its colours, now and whenever that changes.
func (h *host) colours(p *app.App) {
	for _, query := range []string{"(forced-colors: active)", "(prefers-contrast: more)"} {
		js.Global().Call("matchMedia", query).Call("addEventListener", "change", browser.Func(func(js.Value, []js.Value) any {
			c := systemColours()
			h.post(func(p *app.App) { p.SetColours(c) })
			return nil
		}))
	}
	p.SetColours(systemColours())
}

// systemColours returns what the system asks for. A browser that does not know the questions
// answers no to both.
func systemColours() (c app.Colours) {
	c.More = matches("(prefers-contrast: more)")
	if !matches("(forced-colors: active)") {
		return c
	}
	forced := theme.Forced{}
	known := false
	if err := browser.Try(func() { known = read(&forced) }); err == nil && known { // otherwise the page's own
		c.Forced = &forced
	}
	return c
}

// read asks the browser for a system's colours, and reports whether it answers as browsers do. It
// throws what the browser does.
func read(f *theme.Forced) bool {
	e := create("span")
	js.Global().Get("document").Get("body").Call("append", e)
	defer e.Call("remove")
	for name, to := range map[string]*color.RGBA{
		"Canvas": &f.Canvas, "CanvasText": &f.CanvasText, "GrayText": &f.GrayText, "ButtonBorder": &f.ButtonBorder,
		"Highlight": &f.Highlight, "HighlightText": &f.HighlightText,
	} {
		e.Get("style").Set("color", name)
		is := js.Global().Call("getComputedStyle", e).Get("color").String()
		is = strings.Replace(is, "rgba", "rgb", 1)
		if _, err := fmt.Sscanf(is, "rgb(%d, %d, %d", &to.R, &to.G, &to.B); err != nil {
			return false
		}
		to.A = 255
	}
	return true
}

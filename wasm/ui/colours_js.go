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

// systemColours are what the system asks for. A browser that knows nothing of the questions
// answers no to both.
func systemColours() (c app.Colours) {
	c.More = matches("(prefers-contrast: more)")
	if !matches("(forced-colors: active)") {
		return c
	}
	e := create("span")
	js.Global().Get("document").Get("body").Call("append", e)
	defer e.Call("remove")
	c.Forced = &theme.Forced{}
	for name, to := range map[string]*color.RGBA{
		"Canvas": &c.Forced.Canvas, "CanvasText": &c.Forced.CanvasText, "GrayText": &c.Forced.GrayText, "ButtonBorder": &c.Forced.ButtonBorder,
		"Highlight": &c.Forced.Highlight, "HighlightText": &c.Forced.HighlightText,
	} {
		e.Get("style").Set("color", name)
		is := js.Global().Call("getComputedStyle", e).Get("color").String()
		is = strings.Replace(is, "rgba", "rgb", 1)
		if _, err := fmt.Sscanf(is, "rgb(%d, %d, %d", &to.R, &to.G, &to.B); err != nil {
			return app.Colours{More: c.More} // not as any browser writes it: the page's own colours
		}
		to.A = 255
	}
	return c
}

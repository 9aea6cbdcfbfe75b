package e2e

import (
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"tenfold/wasm/ui/app"
	"tenfold/wasm/ui/theme"
)

// media makes the browser say of itself what a system that asks for it does.
func (p *tab) media(features map[string]string) {
	p.Helper()
	var all []*emulation.MediaFeature
	for name, value := range features {
		all = append(all, &emulation.MediaFeature{Name: name, Value: value})
	}
	p.do(call(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: all}))
}

// colour is the canvas' at a place, in CSS pixels, as #rrggbb.
func (p *tab) colour(x, y int) string {
	p.Helper()
	return eval[string](p, fmt.Sprintf(`(() => {
		const c = document.querySelector("body > canvas"), s = devicePixelRatio;
		const d = c.getContext("2d").getImageData(%d * s, %d * s, 1, 1).data;
		return "#" + [...d].slice(0, 3).map((v) => v.toString(16).padStart(2, "0")).join("");
	})()`, x, y))
}

// TestSystemsColours: a system's own colours and its wish for more contrast are followed, at
// once and in all views, and nothing lies over the canvas that hides it.
func TestSystemsColours(t *testing.T) {
	p := open(t, flat)
	paper := p.colour(2, 400)
	p.media(map[string]string{"prefers-contrast": "more"})
	p.wait(`(() => { const c = document.querySelector("body > canvas").getContext("2d").getImageData(2, 400, 1, 1).data; return c[0] + c[1] + c[2] === 765; })()`)
	p.shot("contrast-more")
	p.media(map[string]string{"forced-colors": "active", "prefers-color-scheme": "dark"})
	p.wait(`matchMedia("(forced-colors: active)").matches`)
	canvas := eval[string](p, `(() => { const e = document.createElement("p"); e.style.color = "Canvas"; document.body.append(e); const c = getComputedStyle(e).color; e.remove(); return c; })()`)
	var r, g, b int
	if _, err := fmt.Sscanf(canvas, "rgb(%d, %d, %d)", &r, &g, &b); err != nil {
		t.Fatalf("Canvas is %q", canvas)
	}
	want := fmt.Sprintf("#%02x%02x%02x", r, g, b)
	p.wait(fmt.Sprintf(`(() => { const c = document.querySelector("body > canvas").getContext("2d").getImageData(2, 400, 1, 1).data; return c[0] === %d && c[1] === %d && c[2] === %d; })()`, r, g, b))
	if paper == want {
		t.Errorf("the page's own paper is %s, and so is the system's: this test shows nothing", paper)
	}
	for _, view := range app.Views() {
		p.click(app.ButtonOf(view))
		p.settled()
		p.shot("forced-" + view)
		if seen := eval[[]string](p, `[...document.querySelectorAll("#twin button, #twin select, #twin input:not(.said)")].filter((e) => {
			const s = getComputedStyle(e);
			return s.color !== "rgba(0, 0, 0, 0)" || s.backgroundColor !== "rgba(0, 0, 0, 0)";
		}).map((e) => e.id)`); len(seen) > 0 {
			t.Errorf("%s: painted over the canvas: %q", view, seen)
		}
	}
	if !eval[bool](p, `document.getElementById("do-theme").disabled`) {
		t.Error("the theme can be switched though the colours are the system's")
	}
	p.media(map[string]string{"forced-colors": "none", "prefers-color-scheme": "light"})
	p.wait(`!document.getElementById("do-theme").disabled`)
}

// TestZoom: at 200 and 400 percent of a laptop's window each view is there, sharp, and can be
// walked through; and the page follows at once.
func TestZoom(t *testing.T) {
	p := open(t, flat)
	for _, zoom := range []int64{2, 4} {
		p.do(chromedp.EmulateViewport(1280/zoom, 800/zoom, chromedp.EmulateScale(float64(zoom))))
		p.wait(`(() => { const c = document.querySelector("body > canvas"); return c.width === 1280 && c.height === 800; })()`)
		for _, view := range app.Views() {
			p.click(app.ButtonOf(view))
			p.settled()
			p.shot(fmt.Sprintf("zoom-%d-%s", 100*zoom, view))
			if out := eval[[]string](p, `[...document.querySelectorAll("#twin-bars button")].filter((e) => {
				const r = e.getBoundingClientRect();
				return r.left < 0 || r.right > innerWidth + 1 || r.bottom > innerHeight + 1;
			}).map((e) => e.id)`); len(out) > 0 {
				t.Errorf("%d %%, %s: outside of the window: %q", 100*zoom, view, out)
			}
		}
	}
}

// TestThePadIsInSight: on a phone on its side, and where the browser enlarges a laptop's window by half, all
// of the pad is seen, with the answer and what it is drawn with, and one can draw from corner to corner.
func TestThePadIsInSight(t *testing.T) {
	p := open(t, flat)
	for name, size := range map[string]look{
		"phone":       {width: 844, height: 390, scale: 2, phone: true},
		"small-phone": {width: 667, height: 375, scale: 2, phone: true},
		"zoom-150":    {width: 853, height: 533, scale: 1.5},
	} {
		p.resize(size)
		p.wait(fmt.Sprintf(`innerWidth === %d && document.querySelector("body > canvas").width === Math.round(%[1]d * devicePixelRatio)`, size.width))
		p.settled()
		for _, id := range []string{"pad", "answer-class", "brush-large", "colour-red", "undo"} {
			if out := eval[string](p, fmt.Sprintf(`(() => {
				const e = document.getElementById("do-%s") ?? document.getElementById("%[1]s");
				if (!e) return "nowhere";
				const r = e.getBoundingClientRect();
				return r.left < 0 || r.top < %d || r.right > innerWidth || r.bottom > innerHeight - %[2]d ? JSON.stringify(r) : "";
			})()`, id, theme.TopBar)); out != "" {
				t.Errorf("%s: %s is at %s", name, id, out)
			}
		}
		p.shot("in-sight-" + name)
	}
}

// TestPrint prints the page: the answer is on paper, in words.
func TestPrint(t *testing.T) {
	p := open(t, small)
	p.do(call(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}))
	for id, want := range map[string]bool{"prediction": true, "details": true, "do-choose": false, "status": false} {
		seen := eval[bool](p, fmt.Sprintf(`(() => { const e = document.getElementById(%q), r = e.getBoundingClientRect(); return e.checkVisibility() && r.width > 50 && r.height > 10 && getComputedStyle(e).clipPath === "none"; })()`, id))
		if seen != want {
			t.Errorf("on paper %s is seen: %v", id, seen)
		}
	}
	if c := eval[string](p, `getComputedStyle(document.body).backgroundColor + getComputedStyle(document.getElementById("prediction")).color`); c != "rgb(255, 255, 255)rgb(0, 0, 0)" {
		t.Error("on paper there is ", c)
	}
	p.shot("print")
}

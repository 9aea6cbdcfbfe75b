package e2e

import (
	"fmt"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"

	"tenfold/wasm/ui/app"
)

// reachable are all elements of the twin that Tab should lead to, in the document's order.
const reachable = `[...document.querySelectorAll('#twin :is(button, select, input, textarea, a[href], [tabindex])')].filter((e) => e.tabIndex >= 0 && !e.disabled)`

// focused is where the focus is: what has it, its name, and whether it can be seen, with a ring.
type focused struct {
	ID, Name   string
	Seen, Ring bool
}

const whatIsFocused = `(async () => {
	const look = () => {
		const e = document.activeElement;
		if (!e || e === document.body) return { ID: "", Seen: true };
		const r = e.getBoundingClientRect(), style = getComputedStyle(e);
		const at = document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2);
		return {
			ID: e.id, Name: (e.getAttribute("aria-label") || e.textContent).trim(),
			Seen: r.width > 0 && r.x >= -1 && r.right <= innerWidth + 1 && r.y >= -1 && r.bottom <= innerHeight + 1 &&
				(at === e || e.contains(at) || style.pointerEvents === "none"), // whose pointer is the canvas' own
			Ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
		};
	};
	let now = look();
	for (let frames = 0; !now.Seen && frames < 120; frames++) { // until it is scrolled into sight
		await new Promise((r) => requestAnimationFrame(() => setTimeout(r)));
		now = look();
	}
	return now;
})()`

// TestKeyboard goes through all views by Tab alone: it leads to everything that can be pressed,
// in the order in which one reads, each thing in sight, with a name and a ring around it.
func TestKeyboard(t *testing.T) {
	for name, size := range map[string]look{"laptop": flat, "phone": {width: 390, height: 844, scale: 1, script: noWebGL}} {
		t.Run(name, func(t *testing.T) {
			p := open(t, size)
			p.wait(`!!document.getElementById("do-offline")`) // it comes when the page can be kept
			for _, view := range app.Views() {
				p.click(app.ButtonOf(view))
				eval[any](p, `new Promise((done) => { // until what the view has asked for is there
					let last = "", same = 0;
					const look = () => {
						const now = `+reachable+`.map((e) => e.id).join();
						same = now === last ? same + 1 : 0; last = now;
						same > 15 ? done() : setTimeout(look, 60);
					};
					look();
				})`)
				walked, want := p.tabbed(t, view)
				if !slices.Equal(walked[:min(len(walked), len(want))], want) { // something may have come in the middle of the walk
					walked, want = p.tabbed(t, view)
				}
				if len(walked) < len(want) {
					t.Errorf("%s: Tab leads to %q, want %q", view, walked, want)
				} else if !slices.Equal(walked[:len(want)], want) {
					t.Errorf("%s: Tab leads to %q, the document has %q", view, walked, want)
				}
			}
		})
	}
}

// tabbed goes through a view by Tab: what it leads to, and what the document has.
func (p *tab) tabbed(t *testing.T, view string) (walked, want []string) {
	eval[any](p, `document.body.tabIndex = -1, document.body.focus(), document.body.removeAttribute("tabindex")`) // Tab begins at the top
	for range 400 {
		p.do(chromedp.KeyEvent("\t"))
		f := eval[focused](p, whatIsFocused)
		if f.ID == "" || len(walked) > 0 && f.ID == walked[0] {
			break
		}
		walked = append(walked, f.ID)
		if f.Name == "" || !f.Seen || !f.Ring {
			t.Errorf("%s: %+v", view, f)
		}
	}
	return walked, eval[[]string](p, reachable+".map((e) => e.id)")
}

// TestTheTwinLiesOverTheCanvas presses, by the mouse, the place where the document says that a
// button is: each element is over what is painted.
func TestTheTwinLiesOverTheCanvas(t *testing.T) {
	p := open(t, flat)
	for _, id := range []string{"do-clear", "do-undo", "do-theme", "do-view-train", "do-view-classify"} {
		at := eval[struct{ X, Y float64 }](p, fmt.Sprintf(`(() => { const r = document.getElementById(%q).getBoundingClientRect(); return { X: r.x + r.width / 2, Y: r.y + r.height / 2 }; })()`, id))
		before := eval[string](p, `document.getElementById("prediction").textContent + document.title + (localStorage.getItem("theme") ?? "")`)
		p.do(chromedp.MouseClickXY(at.X, at.Y))
		p.wait(fmt.Sprintf(`document.getElementById("prediction").textContent + document.title + (localStorage.getItem("theme") ?? "") !== %q`, before))
		p.settled()
	}
	if tips := eval[[]string](p, `[...document.querySelectorAll("#twin button")].filter((e) => !e.title).map((e) => e.id)`); len(tips) > 0 {
		t.Errorf("without a tooltip: %q", tips)
	}
}

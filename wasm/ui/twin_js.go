package main

import (
	"encoding/json"
	"syscall/js"

	"tenfold/wasm/ui/page"
)

// twin writes the page's words into the document.
type twin struct {
	texts   map[string]string
	cursor  string
	answers int
	buttons map[string]*twinButton
}

type twinButton struct {
	element js.Value
	state   page.TwinAction
	click   js.Func
}

// show brings the twin up to date; what has not changed is not touched, so that a
// screen reader does not say it again.
func (h *host) show(p *page.Page) {
	words := p.Twin()
	t := &h.twin
	if t.texts == nil {
		t.texts, t.buttons = map[string]string{}, map[string]*twinButton{}
	}
	t.text("status", words.Status)
	t.text("prediction", words.Prediction)
	t.text("details", words.Details)
	t.answer(p)
	t.actions(h, words.Actions)
	if c := p.Cursor(); c != t.cursor {
		t.cursor = c
		if canvas := js.Global().Get("document").Call("querySelector", "body > canvas"); canvas.Truthy() {
			canvas.Get("style").Set("cursor", c)
		}
	}
}

// answer gives the last answer in full to scripts; see web/page.js.
func (t *twin) answer(p *page.Page) {
	if t.answers == p.Answers() {
		return
	}
	t.answers = p.Answers()
	probs, err := json.Marshal(p.Probs())
	if err != nil {
		return // NaN cannot be written; the twin's text shows it
	}
	tenfold().Set("probs", string(probs))
	tenfold().Set("answers", t.answers)
}

func (t *twin) text(id, text string) {
	if t.texts[id] != text {
		t.texts[id] = text
		element(id).Set("textContent", text)
	}
}

// actions keeps one button for each action that can be seen.
func (t *twin) actions(h *host, actions []page.TwinAction) {
	now := map[string]bool{}
	for _, a := range actions {
		now[a.ID] = true
		b := t.buttons[a.ID]
		if b == nil {
			b = t.button(h, a.ID)
		}
		b.update(a)
	}
	for id, b := range t.buttons {
		if !now[id] {
			b.element.Call("remove")
			b.click.Release()
			delete(t.buttons, id)
		}
	}
}

func (t *twin) button(h *host, id string) *twinButton {
	b := &twinButton{element: js.Global().Get("document").Call("createElement", "button")}
	b.element.Set("id", "do-"+id)
	b.element.Set("type", "button")
	b.click = js.FuncOf(func(js.Value, []js.Value) any {
		h.post(func(p *page.Page) { p.Do(id) })
		return nil
	})
	b.element.Call("addEventListener", "click", b.click)
	element("actions").Call("append", b.element)
	t.buttons[id] = b
	return b
}

func (b *twinButton) update(a page.TwinAction) {
	if b.state == a {
		return
	}
	b.state = a
	b.element.Set("textContent", a.Label)
	b.element.Set("disabled", !a.Enabled)
	pressed := "false"
	if a.Pressed {
		pressed = "true"
	}
	b.element.Call("setAttribute", "aria-pressed", pressed)
}

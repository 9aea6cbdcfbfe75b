package main

import (
	"encoding/json"
	"slices"
	"strings"
	"syscall/js"

	"tenfold/wasm/browser"
	"tenfold/wasm/ui/page"
)

// twin writes the page's words into the document.
type twin struct {
	texts   map[string]string
	cursor  string
	answers int
	buttons map[string]*twinButton
	fields  map[string]js.Value
	selects map[string]*twinSelect
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
	t.text("train-status", words.Train)
	t.text("train-result", words.Result)
	t.text("train-keeping", words.Keeping)
	for _, x := range words.Texts {
		t.text(x.ID, x.Text)
	}
	t.settings(h, words)
	t.choosers(h, words)
	t.actions(h, words.Actions)
	if c := p.Cursor(); c != t.cursor {
		defer func() { t.cursor = c }()
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
		element(id).Set("textContent", text)
		t.texts[id] = text
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
	b := &twinButton{element: create("button")}
	where := "actions"
	b.element.Set("id", "do-"+id)
	if view, _, ok := strings.Cut(id, "-"); ok && element(view+"-actions").Truthy() {
		where = view + "-actions"
		b.element.Set("id", id)
	}
	b.element.Set("type", "button")
	b.click = browser.Func(func(js.Value, []js.Value) any {
		h.now(func(p *page.Page) { p.Do(id) })
		return nil
	})
	b.element.Call("addEventListener", "click", b.click)
	element(where).Call("append", b.element)
	t.buttons[id] = b
	return b
}

func (b *twinButton) update(a page.TwinAction) {
	if b.state == a {
		return
	}
	b.element.Set("textContent", a.Label)
	b.element.Set("disabled", !a.Enabled)
	pressed := "false"
	if a.Pressed {
		pressed = "true"
	}
	b.element.Call("setAttribute", "aria-pressed", pressed)
	b.state = a
}

// settings keeps one field for each of a run's settings. One that the person is typing
// into is left alone.
func (t *twin) settings(h *host, words page.Twin) {
	if t.fields == nil {
		t.fields = map[string]js.Value{}
	}
	for _, f := range words.Settings {
		e, ok := t.fields[f.ID]
		if !ok {
			e = t.field(h, f)
		}
		e.Set("disabled", words.Locked)
		if !e.Equal(js.Global().Get("document").Get("activeElement")) && e.Get("value").String() != f.Value {
			e.Set("value", f.Value)
		}
	}
}

func (t *twin) field(h *host, f page.TwinField) js.Value {
	label := create("label")
	label.Set("textContent", f.Label+" ")
	e := create("input")
	if f.Choices != nil {
		e = create("select")
		for _, c := range f.Choices {
			option := create("option")
			option.Set("value", c.Value)
			option.Set("textContent", c.Label)
			e.Call("append", option)
		}
	} else {
		e.Set("type", "text")
		e.Set("inputMode", "decimal")
	}
	e.Set("id", f.ID)
	e.Set("value", f.Value)
	e.Call("addEventListener", "change", browser.Func(func(js.Value, []js.Value) any {
		value := e.Get("value").String()
		h.post(func(p *page.Page) { p.SetField(f.ID, value) })
		return nil
	}))
	label.Call("append", e)
	element("train-fields").Call("append", label)
	t.fields[f.ID] = e
	return e
}

// twinSelect is a chooser in the document.
type twinSelect struct {
	label, element js.Value
	choices        []page.Choice
	change         js.Func
}

// choosers keeps one select for each chooser that has options.
func (t *twin) choosers(h *host, words page.Twin) {
	if t.selects == nil {
		t.selects = map[string]*twinSelect{}
	}
	now := map[string]bool{}
	for _, c := range words.Choosers {
		now[c.ID] = true
		s := t.selects[c.ID]
		if s == nil {
			s = newSelect(h, c)
			t.selects[c.ID] = s
		}
		if !slices.Equal(s.choices, c.Choices) {
			s.element.Set("textContent", "")
			for _, o := range c.Choices {
				option := create("option")
				option.Set("value", o.Value)
				option.Set("textContent", o.Label)
				s.element.Call("append", option)
			}
			s.element.Set("value", c.Value)
			s.choices = c.Choices
		}
		if s.element.Get("value").String() != c.Value {
			s.element.Set("value", c.Value)
		}
	}
	for id, s := range t.selects {
		if !now[id] {
			s.label.Call("remove")
			s.change.Release()
			delete(t.selects, id)
		}
	}
}

func newSelect(h *host, c page.TwinChooser) *twinSelect {
	s := &twinSelect{label: create("label"), element: create("select")}
	s.label.Set("textContent", c.Label+" ")
	s.element.Set("id", c.ID)
	s.change = browser.Func(func(js.Value, []js.Value) any {
		value := s.element.Get("value").String()
		h.post(func(p *page.Page) { p.SetChooser(c.ID, value) })
		return nil
	})
	s.element.Call("addEventListener", "change", s.change)
	s.label.Call("append", s.element)
	view, _, _ := strings.Cut(c.ID, "-")
	element(view+"-actions").Call("before", s.label)
	return s
}

func create(tag string) js.Value { return js.Global().Get("document").Call("createElement", tag) }

package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"syscall/js"

	"tenfold/wasm/browser"
	"tenfold/wasm/ui/app"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/widget"
)

// twin keeps the document like the canvas: each leaf has an element, transparent, at its
// place, so that what can be read or pressed is there for a screen reader, a keyboard and a
// tooltip, in the order in which one reads.
type twin struct {
	texts    map[string]string
	cursor   string
	answers  int
	revision int
	content  paint.Rect // where the view lies, in CSS pixels
	fixed    parts
	view     parts
	touched  float64 // when a pointer was released on an element last, ms
}

// parts are the elements in one container.
type parts struct {
	container js.Value
	all       map[string]*part
}

// part is a leaf's element.
type part struct {
	element js.Value
	tag     string
	leaf    widget.Leaf
	rect    paint.Rect
	funcs   []js.Func
}

// show brings the twin up to date; what has not changed is not touched, so that a
// screen reader does not say it again.
func (h *host) show(p *app.App) {
	t := &h.twin
	if t.texts == nil {
		t.texts = map[string]string{}
		t.fixed = parts{element("twin-bars"), map[string]*part{}}
		t.view = parts{element("twin-view"), map[string]*part{}}
		h.focuses(p)
	}
	w := p.Twin()
	t.text("status", w.Status)
	t.text("prediction", w.Prediction)
	t.text("details", w.Details)
	t.answer(p)
	if t.texts["title"] != w.Title {
		t.texts["title"] = w.Title
		js.Global().Get("document").Set("title", w.Title)
	}
	if w.Revision != t.revision {
		if w.Content != t.content {
			t.content = w.Content
			place(t.view.container, scaled(w.Content, w.Zoom))
		}
		t.fixed.show(h, w.Fixed, w.Zoom, paint.Point{})
		t.view.show(h, w.Leaves, w.Zoom, paint.Point{X: w.Content.X, Y: w.Content.Y})
		t.revision = w.Revision // not before: what throws here is tried again
	}
	if c := p.Cursor(); c != t.cursor {
		t.cursor = c
		if canvas := js.Global().Get("document").Call("querySelector", "body > canvas"); canvas.Truthy() {
			canvas.Get("style").Set("cursor", c)
		}
	}
}

// answer gives the last answer in full to scripts; see web/page.js.
func (t *twin) answer(p *app.App) {
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

// focuses scrolls what gets the focus into sight.
func (h *host) focuses(p *app.App) {
	h.twin.view.container.Call("addEventListener", "focusin", browser.Func(func(_ js.Value, args []js.Value) any {
		id := args[0].Get("target").Get("dataset").Get("leaf")
		if id.Type() == js.TypeString {
			h.post(func(p *app.App) { p.Reveal(id.String()) })
		}
		return nil
	}))
}

// typing returns the leaf of the field that the user types into, "" for none.
func typing() string {
	active := js.Global().Get("document").Get("activeElement")
	if !active.Truthy() || active.Get("inputMode").String() == "" && active.Get("tagName").String() != "TEXTAREA" {
		return ""
	}
	if id := active.Get("dataset").Get("leaf"); id.Type() == js.TypeString {
		return id.String()
	}
	return ""
}

// scaled returns a rectangle in CSS pixels.
func scaled(r paint.Rect, zoom float64) paint.Rect {
	return paint.Rect{X: r.X * zoom, Y: r.Y * zoom, W: r.W * zoom, H: r.H * zoom}
}

func place(e js.Value, r paint.Rect) {
	style := e.Get("style")
	for name, v := range map[string]float64{"left": r.X, "top": r.Y, "width": r.W, "height": r.H} {
		style.Set(name, strconv.FormatFloat(v, 'f', 1, 64)+"px")
	}
}

// show makes the container's elements those of the leaves, in their order.
func (t *parts) show(h *host, leaves []*widget.Leaf, zoom float64, corner paint.Point) {
	now := map[string]bool{}
	next := t.container.Get("firstElementChild")
	anonymous := 0
	for _, f := range leaves {
		for _, f := range append([]*widget.Leaf{f}, children(f)...) {
			key := f.ID
			if key == "" {
				key = fmt.Sprintf("#%d %d", f.Role, anonymous)
				anonymous++
			}
			now[key] = true
			p := t.all[key]
			if p != nil && p.tag != tagOf(f) {
				if next.Equal(p.element) {
					next = next.Get("nextElementSibling")
				}
				p.remove()
				p = nil
			}
			if p == nil {
				p = newPart(h, f)
				t.all[key] = p
			}
			r := f.Rect
			r.X, r.Y = r.X-corner.X, r.Y-corner.Y
			p.update(f, scaled(r, zoom))
			if next.Truthy() && next.Equal(p.element) {
				next = next.Get("nextElementSibling")
			} else {
				t.container.Call("insertBefore", p.element, next)
			}
		}
	}
	for key, p := range t.all {
		if !now[key] {
			p.remove()
			delete(t.all, key)
		}
	}
}

func children(f *widget.Leaf) (all []*widget.Leaf) {
	for i := range f.Children {
		all = append(all, &f.Children[i])
	}
	return all
}

// tagOf returns the element that a leaf has, and the type of an input.
func tagOf(f *widget.Leaf) string {
	switch f.Role {
	case widget.RoleHeading:
		return "h2"
	case widget.RoleButton, widget.RoleToggle:
		return "button"
	case widget.RoleSelect:
		return "select"
	case widget.RoleNumber:
		return "input text"
	case widget.RoleCode:
		return "textarea"
	case widget.RoleCheckbox:
		return "input checkbox"
	case widget.RoleSlider:
		return "input range"
	case widget.RoleLink:
		return "a"
	case widget.RoleImage:
		if f.Do != nil {
			return "button"
		}
		return "div"
	case widget.RoleProgress:
		return "progress"
	case widget.RoleTable:
		return "table"
	}
	return "p"
}

// own are the parts of an ID that elements have in the document as they are; other buttons
// are "do-" and their ID.
var own = []string{"train", "data", "evaluate", "model", "about", "help", "network", "project", "class", "room"}

func documentID(f *widget.Leaf, tag string) string {
	first, _, _ := strings.Cut(f.ID, "-")
	if tag == "button" && !slices.Contains(own, first) {
		return "do-" + f.ID
	}
	return f.ID
}

func newPart(h *host, f *widget.Leaf) *part {
	tag := tagOf(f)
	name, kind, _ := strings.Cut(tag, " ")
	p := &part{element: create(name), tag: tag}
	e := p.element
	if kind != "" {
		e.Set("type", kind)
	}
	if kind == "text" {
		e.Set("inputMode", "decimal")
		if f.Words {
			e.Set("inputMode", "text")
		}
		e.Set("autocomplete", "off")
	}
	if name == "button" {
		e.Set("type", "button")
	}
	if name == "textarea" {
		for _, off := range []string{"autocomplete", "autocapitalize", "autocorrect"} {
			e.Call("setAttribute", off, "off")
		}
		e.Set("spellcheck", false)
		e.Set("wrap", "off")
	}
	if f.ID != "" {
		e.Set("id", documentID(f, name))
		e.Get("dataset").Set("leaf", f.ID)
	}
	listen := func(event string, handle func(e js.Value)) {
		f := browser.Func(func(_ js.Value, args []js.Value) any {
			handle(args[0])
			return nil
		})
		p.funcs = append(p.funcs, f)
		e.Call("addEventListener", event, f)
	}
	id := f.ID
	switch {
	case name == "button":
		listen("click", func(e js.Value) {
			// A pointer has pressed the leaf already.
			if e.Get("detail").Int() > 0 && e.Get("timeStamp").Float()-h.twin.touched < 500 {
				return
			}
			h.now(func(p *app.App) { p.Do(id) })
		})
	case kind == "checkbox":
		listen("change", func(js.Value) {
			value := strconv.FormatBool(e.Get("checked").Bool())
			h.now(func(p *app.App) { p.Set(id, value) })
		})
	case kind == "range":
		listen("input", func(js.Value) {
			value := e.Get("value").String()
			h.now(func(p *app.App) { p.Set(id, value) })
		})
	case name == "select" || name == "textarea" || kind == "text":
		listen("change", func(js.Value) {
			value := e.Get("value").String()
			h.now(func(p *app.App) { p.Set(id, value) })
		})
		if f.Live {
			listen("input", func(js.Value) {
				value := e.Get("value").String()
				h.now(func(p *app.App) { p.Set(id, value) })
			})
		}
	}
	return p
}

// update makes the element say what the leaf says. A field that the user is typing into is
// left alone.
func (p *part) update(f *widget.Leaf, r paint.Rect) {
	e, was := p.element, &p.leaf
	first := was.Name == "" && was.Value == "" && was.Title == "" && p.rect == paint.Rect{}
	if r != p.rect {
		p.rect = r
		place(e, r)
	}
	set := func(changed bool, name string, value any) {
		if changed || first {
			e.Set(name, value)
		}
	}
	attribute := func(changed bool, name, value string) {
		switch {
		case !changed && !first:
		case value == "":
			e.Call("removeAttribute", name)
		default:
			e.Call("setAttribute", name, value)
		}
	}
	attribute(f.Title != was.Title, "title", f.Title)
	switch name, kind, _ := strings.Cut(p.tag, " "); name {
	case "p", "h2":
		set(f.Name != was.Name, "textContent", f.Name)
		live := ""
		if f.Role == widget.RoleLive {
			live = "polite"
		}
		attribute(f.Role != was.Role, "aria-live", live)
	case "button":
		set(f.Name != was.Name, "textContent", f.Name)
		pressed := ""
		if f.Role == widget.RoleToggle {
			pressed = strconv.FormatBool(f.Pressed)
		}
		attribute(f.Pressed != was.Pressed || f.Role != was.Role, "aria-pressed", pressed)
		set(f.Disabled != was.Disabled, "disabled", f.Disabled != "")
	case "a":
		set(f.Name != was.Name, "textContent", f.Name)
		set(f.Value != was.Value, "href", f.Value)
		set(false, "target", "_blank")
		set(false, "rel", "noopener")
	case "div":
		role := "img"
		if f.Steer != nil { // which has a screen reader leave the arrow keys to the page
			role = "application"
		}
		attribute((f.Steer != nil) != (was.Steer != nil), "role", role)
		if f.Steer != nil && was.Steer == nil {
			e.Set("tabIndex", 0)
		}
		attribute(f.Name != was.Name || f.Value != was.Value, "aria-label", strings.TrimSpace(f.Name+" "+f.Value))
		set(f.Name != was.Name || f.Value != was.Value, "textContent", f.Value)
	case "progress":
		attribute(f.Name != was.Name, "aria-label", f.Name)
		if f.Share == f.Share {
			set(f.Share != was.Share, "value", min(max(f.Share, 0), 1))
		} else {
			attribute(was.Share == was.Share, "value", "")
		}
	case "table":
		attribute(f.Name != was.Name, "aria-label", f.Name)
		if f.Cells != nil {
			p.table(f.Cells())
		}
	case "select", "input", "textarea":
		attribute(f.Name != was.Name, "aria-label", f.Name)
		set(f.Disabled != was.Disabled, "disabled", f.Disabled != "")
		invalid := ""
		if f.Invalid != "" {
			invalid = "true"
		}
		attribute(f.Invalid != was.Invalid, "aria-invalid", invalid)
		switch {
		case kind == "checkbox":
			e.Set("checked", f.Value == "true")
		case kind == "range":
			set(f.Min != was.Min, "min", f.Min)
			set(f.Max != was.Max, "max", f.Max)
			set(f.Step != was.Step, "step", f.Step)
			p.value(f)
		case name == "select":
			if !slices.Equal(f.Options, was.Options) || first {
				e.Set("textContent", "")
				for _, o := range f.Options {
					option := create("option")
					option.Set("value", o.Value)
					option.Set("textContent", o.Label)
					e.Call("append", option)
				}
			}
			p.value(f)
		default:
			p.value(f)
		}
	}
	p.leaf = *f
}

// value sets a field's value, unless the user is typing into it.
func (p *part) value(f *widget.Leaf) {
	active := js.Global().Get("document").Get("activeElement")
	if (p.tag == "input text" || p.tag == "textarea") && p.element.Equal(active) && f.Value == p.leaf.Value {
		return
	}
	if p.element.Get("value").String() != f.Value {
		p.element.Set("value", f.Value)
	}
}

// table writes a table, the titles first, if it has changed.
func (p *part) table(rows [][]string) {
	text := fmt.Sprint(rows)
	if p.element.Get("dataset").Get("cells").Equal(js.ValueOf(text)) {
		return
	}
	p.element.Get("dataset").Set("cells", text)
	p.element.Set("textContent", "")
	for i, row := range rows {
		tr := create("tr")
		for k, cell := range row {
			tag := "td"
			if i == 0 || k == 0 {
				tag = "th"
			}
			c := create(tag)
			c.Set("textContent", cell)
			tr.Call("append", c)
		}
		p.element.Call("append", tr)
	}
}

func (p *part) remove() {
	p.element.Call("remove")
	for _, f := range p.funcs {
		f.Release()
	}
}

func create(tag string) js.Value { return js.Global().Get("document").Call("createElement", tag) }

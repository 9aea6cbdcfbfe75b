// Package help is the Help view: what the page can and cannot do, its words and keys, the
// tutorial, the networks' cards, this browser, and credits.
package help

import (
	"fmt"
	"net/url"
	"slices"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/desk"
	"tenfold/wasm/ui/network"
	"tenfold/wasm/ui/view"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// View is the view's state.
type View struct {
	desk       *desk.Desk
	section    string                 // that is shown
	search     string                 // in the glossary
	here       bool                   // Help was shown when this was updated last
	back       string                 // the view before
	pretrained map[string]*task.Model // those of network.Pretrained that were in use
}

// New returns the view as the page opens.
func New(d *desk.Desk) *View {
	return &View{desk: d, section: first, back: desk.Classify, pretrained: map[string]*task.Model{}}
}

// section is a part of Help.
type section struct {
	id    string
	name  *string                         // of package words, which another language sets
	cards func(v *View, w float64) []card // in this many units of width
}

const (
	first         = "start"
	inBrowser     = "browser"
	inGlossary    = "glossary"
	contentsWidth = 296 // units
)

// sections lists the parts in their order; a new one adds a line.
var sections = []section{
	{first, &words.Help.Start, (*View).startCards},
	{inGlossary, &words.Help.Glossary, (*View).glossaryCards},
	{"keys", &words.Help.Keys, (*View).keyCards},
	{"tutorial", &words.Help.Tutorial, (*View).tutorialCards},
	{"models", &words.Help.Models, (*View).modelCards},
	{inBrowser, &words.Help.Browser, (*View).browserCards},
	{"credits", &words.Help.Credits, (*View).creditCards},
}

// Handle implements view.View.
func (v *View) Handle(protocol.Event) {}

// Update implements view.View. It has the browser looked at whenever Help is opened.
func (v *View) Update() []protocol.Command {
	d := v.desk
	if n := d.Network; network.IsPretrained(n.Using) && n.Loaded != nil {
		v.pretrained[n.Using] = n.Loaded
	}
	if here := d.View == desk.Help; here != v.here {
		if v.here = here; here {
			d.Host.Examine()
		}
	}
	if !v.here && d.View != "" {
		v.back = d.View
	}
	return nil
}

// Address implements view.Addressed.
func (v *View) Address() string {
	if v.section == first {
		return ""
	}
	at := "section=" + v.section
	if v.section == inGlossary && v.search != "" {
		at += "&search=" + url.QueryEscape(v.search)
	}
	return at
}

// Visit implements view.Addressed.
func (v *View) Visit(address string) error {
	values, err := url.ParseQuery(address)
	if err != nil {
		return fmt.Errorf(words.App.BadAddress, address)
	}
	id := values.Get("section")
	if !slices.ContainsFunc(sections, func(s section) bool { return s.id == id }) {
		return fmt.Errorf(words.App.NoSection, id)
	}
	v.section, v.search = id, values.Get("search")
	return nil
}

// show goes to a section.
func (v *View) show(id string) {
	v.section = id
	if id == inBrowser {
		v.desk.Host.Examine() // memory and storage are others by now
	}
	v.addressed()
}

// addressed has the page's address name the section.
func (v *View) addressed() {
	at := v.Address()
	if at != "" {
		at = "?" + at
	}
	v.desk.Host.SetAddress(desk.Help+at, false)
}

// Tree implements view.View.
func (v *View) Tree(w, h float64) widget.Node {
	room := w
	if w >= view.Narrow {
		room -= contentsWidth + gap
	}
	var cards []widget.Node
	for _, s := range sections {
		if s.id == v.section {
			cards = columns(s.cards(v, room), room)
		}
	}
	contents := v.contents(w)
	if w < view.Narrow {
		return widget.Column{Gap: 12, Items: append([]widget.Node{contents}, cards...)}
	}
	return widget.Row{Gap: gap, Top: true, Items: []widget.Node{
		widget.Fixed(contentsWidth, widget.Column{Items: []widget.Node{contents}}),
		widget.Flex(1, widget.Column{Gap: gap, Items: cards}),
	}}
}

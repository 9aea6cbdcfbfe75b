package app

import (
	"fmt"
	"strings"

	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/view/part"
	"tenfold/wasm/ui/widget"
)

// Twin is the page for those who do not see the canvas: the document has an element for each
// leaf, at its place.
type Twin struct {
	Revision   int     // changes with all but the last three
	Title      string  // of the document
	Zoom       float64 // CSS pixels a unit
	Content    paint.Rect
	Fixed      []*widget.Leaf // of the bars and the message
	Leaves     []*widget.Leaf // of the view; they are seen within Content
	Status     string         // what goes on
	Prediction string         // "ship 91.2%, airplane 5.0%, truck 1.1%"
	Details    string
}

// Twin returns the page in words.
func (a *App) Twin() Twin {
	a.layout()
	t := Twin{Revision: a.revision, Title: a.current().name + " – Tenfold", Zoom: a.zoom, Status: a.status()}
	t.Content = paint.Rect{Y: theme.TopBar, W: a.w, H: a.room()}
	for _, l := range a.layouts() {
		for i := range l.Panels {
			for k := range l.Panels[i].Leaves {
				f := &l.Panels[i].Leaves[k]
				if f.ID == "" && f.Name == "" && f.Value == "" {
					continue // it says nothing
				}
				if l == a.body {
					t.Leaves = append(t.Leaves, f)
				} else {
					t.Fixed = append(t.Fixed, f)
				}
			}
		}
	}
	d := a.desk
	if d.Network.Answers > 0 {
		var all []string
		order := part.Order(d.Network.Probs)
		for _, i := range order[:min(3, len(order))] {
			all = append(all, d.Network.Class(i)+" "+figure.Chance(d.Network.Probs[i]))
		}
		t.Prediction = strings.Join(all, ", ")
		t.Details = strings.Join(part.Details(d), ". ") + "."
	}
	return t
}

func (a *App) status() string {
	d := a.desk
	switch {
	case d.Message != "":
		return d.Message
	case d.Network.Notice != "":
		return d.Network.Notice
	case d.Network.Loaded == nil:
		return "Loading the network."
	case d.Subject.Empty():
		return "Draw something."
	case d.Network.Answers == 0:
		return "Looking at the picture."
	}
	return "Ready."
}

// Words are all that the twin of the present view says, a line for each leaf, for tests.
func (a *App) Words() string {
	var s strings.Builder
	t := a.Twin()
	for _, f := range append(t.Fixed, t.Leaves...) {
		fmt.Fprintf(&s, "%s: %s %s\n", f.ID, f.Name, f.Value)
	}
	return s.String()
}

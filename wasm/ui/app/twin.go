package app

import (
	"fmt"
	"slices"
	"strings"

	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/view/part"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
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

// Twin returns the page in words. Its leaves are listed again only when the layouts are others.
func (a *App) Twin() Twin {
	a.layout()
	if a.twin.Revision != a.revision {
		a.twin = a.leaves()
	}
	t := a.twin
	t.Status = a.status()
	if d := a.desk; d.Network.Answers > 0 {
		t.Prediction, t.Details = a.prediction(), strings.Join(part.Details(d), " ")
	}
	return t
}

// leaves are the twin of the present layouts.
func (a *App) leaves() Twin {
	t := Twin{Revision: a.revision, Title: fmt.Sprintf(words.App.Title, a.current().name()), Zoom: a.zoom}
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
	t.Fixed, t.Leaves = slices.Clip(t.Fixed), slices.Clip(t.Leaves) // who appends to them has a copy
	return t
}

// prediction is the last answer's first three classes.
func (a *App) prediction() string {
	n := a.desk.Network
	var all []string
	order := part.Order(n.Probs)
	for _, i := range order[:min(3, len(order))] {
		all = append(all, n.Class(i)+" "+figure.Chance(n.Probs[i]))
	}
	return strings.Join(all, ", ")
}

func (a *App) status() string {
	d := a.desk
	switch {
	case d.Message != "":
		return d.Message
	case d.Network.Notice != "":
		return d.Network.Notice
	case d.Network.Loaded == nil:
		return words.App.Loading
	case d.Subject.Empty():
		return words.App.Empty
	case d.Network.Answers == 0:
		return words.App.Looking
	}
	return words.App.Ready
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

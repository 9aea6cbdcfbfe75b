package app

import (
	"fmt"
	"slices"
	"strings"

	"tenfold/wasm/ui/desk"
	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/network"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/part"
	"tenfold/wasm/ui/theme"
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
	t := a.leaves()
	t.Status = status(a.desk)
	if d := a.desk; d.Network.Answers > 0 {
		t.Prediction, t.Details = prediction(d.Network), strings.Join(part.Details(d), " ")
	}
	return t
}

// leaves returns the twin of the present layouts, without what goes on.
func (w *window) leaves() Twin {
	w.layout()
	if w.twin.Revision == w.revision {
		return w.twin
	}
	t := Twin{Revision: w.revision, Title: w.trees.title(), Zoom: w.zoom}
	t.Content = paint.Rect{Y: theme.TopBar, W: w.w, H: w.room()}
	for _, l := range w.layouts() {
		for i := range l.Panels {
			for k := range l.Panels[i].Leaves {
				f := &l.Panels[i].Leaves[k]
				if f.ID == "" && f.Name == "" && f.Value == "" {
					continue // it says nothing
				}
				if l == w.body {
					t.Leaves = append(t.Leaves, f)
				} else {
					t.Fixed = append(t.Fixed, f)
				}
			}
		}
	}
	t.Fixed, t.Leaves = slices.Clip(t.Fixed), slices.Clip(t.Leaves) // so that append copies
	w.twin = t
	return t
}

// prediction returns the last answer's first three classes.
func prediction(n *network.Network) string {
	var all []string
	order := part.Order(n.Probs)
	for _, i := range order[:min(3, len(order))] {
		all = append(all, n.Class(i)+" "+figure.Chance(n.Probs[i]))
	}
	return strings.Join(all, ", ")
}

// status returns what goes on.
func status(d *desk.Desk) string {
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

// Words returns all that the twin of the present view says, a line for each leaf, for tests.
func (a *App) Words() string {
	var s strings.Builder
	t := a.Twin()
	for _, f := range append(t.Fixed, t.Leaves...) {
		fmt.Fprintf(&s, "%s: %s %s\n", f.ID, f.Name, f.Value)
	}
	return s.String()
}

package part

import (
	"fmt"

	"tenfold/nn/task"
	"tenfold/wasm/ui/desk"
	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// Network is the choice of the network in use.
func Network(d *desk.Desk) widget.Node {
	n, l := d.Network, d.Library
	name := func(kind string) string {
		text := words.Network.Kinds[kind]
		if kind == task.Given && l.GivenName != "" {
			text = l.GivenName
		}
		if kind == n.Using && n.Loaded != nil {
			for _, on := range []string{task.TestSet, task.Validation, task.DoodlesTest} {
				if v, ok := task.Measured(n.Loaded.Measured, on); ok {
					return fmt.Sprintf(words.Network.Figure, text, figure.Percent(v.Accuracy))
				}
			}
		}
		return text
	}
	options := []widget.Option{{Value: task.Shipped, Label: name(task.Shipped)}}
	add := func(kind string, there bool) {
		if there || n.Using == kind {
			options = append(options, widget.Option{Value: kind, Label: name(kind)})
		}
	}
	add("live", false)
	add("last", l.HasWeights(l.Last))
	add("best", l.HasWeights(l.Best) && !l.Run.Active)
	add(task.Given, l.Given != nil)
	s := widget.Select{ID: "network", Long: words.Network.InUse, Value: n.Using, Options: options, Set: func(kind string) {
		switch kind {
		case task.Shipped:
			d.Use(kind, n.Shipped)
		case task.Given:
			d.Use(kind, l.Given)
		case "last", "best":
			d.Recall(kind)
		}
	}}
	if n.Loaded == nil {
		s.Disabled = words.Network.Loading
	}
	return s
}

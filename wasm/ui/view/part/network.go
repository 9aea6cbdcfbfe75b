package part

import (
	"fmt"

	"tenfold/nn/task"
	"tenfold/wasm/ui/desk"
	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/network"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// NetworkName is what a network of a kind, as network.Network.Using, is called.
func NetworkName(d *desk.Desk, kind string) string {
	if kind == task.Given && d.Library.GivenName != "" {
		return d.Library.GivenName
	}
	return words.Network.Kinds[kind]
}

// Network is the choice of the network in use.
func Network(d *desk.Desk) widget.Node {
	n, l := d.Network, d.Library
	label := func(kind string) string {
		text := NetworkName(d, kind)
		if kind == n.Using && n.Loaded != nil {
			for _, on := range []string{task.TestSet, task.Validation, task.DoodlesTest} {
				if v, ok := task.Measured(n.Loaded.Measured, on); ok {
					return fmt.Sprintf(words.Network.Figure, text, figure.Percent(v.Accuracy))
				}
			}
		}
		return text
	}
	var options []widget.Option
	add := func(kind string, there bool) {
		if there || n.Using == kind {
			options = append(options, widget.Option{Value: kind, Label: label(kind)})
		}
	}
	for _, kind := range network.Pretrained {
		add(kind, true)
	}
	add("live", false)
	add("last", l.HasWeights(l.Last))
	add("best", l.HasWeights(l.Best) && !l.Run.Active)
	add(task.Given, l.Given != nil)
	s := widget.Select{ID: "network", Long: words.Network.InUse, Value: n.Using, Options: options, Set: func(kind string) {
		switch {
		case network.IsPretrained(kind):
			d.UsePretrained(kind)
		case kind == task.Given:
			d.Use(kind, l.Given)
		case kind == "last" || kind == "best":
			d.Recall(kind)
		}
	}}
	if n.Loaded == nil {
		s.Disabled = words.Network.Loading
	}
	return s
}

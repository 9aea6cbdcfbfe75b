package part

import (
	"fmt"
	"strings"

	"tenfold/nn/task"
	"tenfold/wasm/ui/desk"
	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/library"
	"tenfold/wasm/ui/network"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// NetworkName returns what a network of a kind, as network.Network.Using, is called.
func NetworkName(d *desk.Desk, kind string) string {
	if kind == task.Given && d.Library.GivenName != "" {
		return d.Library.GivenName
	}
	if library.IsRunNetwork(kind) {
		return runName(d, kind)
	}
	return words.Network.Kinds[kind]
}

// runName names the network of an earlier run by the number that the run has now.
func runName(d *desk.Desk, kind string) string {
	if r, number := d.Library.OfNetwork(kind); r != nil {
		return fmt.Sprintf(words.Network.OfRun, number)
	}
	return words.Network.OfDeleted
}

// Networks returns those at hand, the one in use among them, with their results if known.
func Networks(d *desk.Desk) (options []widget.Option) {
	n, l := d.Network, d.Library
	label := func(kind string) string {
		text := NetworkName(d, kind)
		if r, _ := l.OfNetwork(kind); r != nil && r.Finished.After.Accuracy > 0 {
			return fmt.Sprintf(words.Network.Figure, text, figure.Percent(r.Finished.After.Accuracy))
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
	seen := map[string]bool{}
	add := func(kind string, there bool) {
		if (there || n.Using == kind) && !seen[kind] {
			seen[kind] = true
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
	for _, r := range l.Ended() {
		if name := l.Network(r); name != "" {
			add(name, true)
		}
	}
	if library.IsRunNetwork(n.Using) { // its run may have been deleted
		add(n.Using, true)
	}
	return options
}

// Measured returns what was measured of a network, each on what and on how many pictures.
func Measured(m *task.Model) (lines []string) {
	w := &words.Network
	for _, on := range []struct{ set, text string }{{task.TestSet, w.Accuracy}, {task.Validation, w.Validation}, {task.DoodlesTest, w.Doodles}} {
		if a, ok := task.Measured(m.Measured, on.set); ok {
			lines = append(lines, fmt.Sprintf(on.text, figure.Percent(a.Accuracy), figure.Count(a.Pictures)))
		}
	}
	return lines
}

// Network is the choice of the network in use.
func Network(d *desk.Desk) widget.Node {
	n := d.Network
	long := words.Network.InUse
	if n.Loaded != nil {
		long = strings.Join(append([]string{long}, Measured(n.Loaded)...), ". ")
	}
	s := widget.Select{ID: "network", Long: long, Value: n.Using, Options: Networks(d), Set: func(kind string) {
		switch {
		case network.IsPretrained(kind):
			d.UsePretrained(kind)
		case kind == task.Given:
			d.Use(kind, d.Library.Given)
		case kind != n.Using:
			d.Recall(kind)
		}
	}}
	if n.Loaded == nil {
		s.Disabled = words.Network.Loading
	}
	return s
}

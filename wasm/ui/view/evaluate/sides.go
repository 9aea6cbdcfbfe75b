package evaluate

import (
	"fmt"
	"slices"

	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/library"
	"tenfold/wasm/ui/network"
	"tenfold/wasm/ui/part"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// alone is compared with nothing.
const alone = "alone"

// Sides are where a picture stands between two networks, as task.Comparison counts them.
const (
	anySide  = ""
	bothSide = "both"       // both are right
	onlyThis = "only-this"  // only the network that was evaluated is
	onlyThat = "only-other" // only the other one is
	noSide   = "neither"    // both are wrong
)

// other is the network that a result is compared with.
type other struct {
	kind   string // as network.Network.Using; "" for none
	name   string
	file   []byte
	stored string // its name in the worker, where the page has no file
}

// against is which of the networks at hand the one in use is compared with, "" for none.
func (v *View) against() string {
	kind := v.beside
	if kind == "" {
		kind = network.Opening
	}
	if kind == v.desk.Network.Using || !slices.ContainsFunc(v.others(), func(o widget.Option) bool { return o.Value == kind }) {
		return ""
	}
	return kind
}

// others returns the networks at hand that tell the same classes apart, as far as that is known.
func (v *View) others() (all []widget.Option) {
	l, what := v.desk.Library, v.needs(v.what)
	of := l.TaskOf(what, nil).Classes
	for _, o := range part.Networks(v.desk) {
		run := &l.Run
		if library.IsRunNetwork(o.Value) {
			run, _ = l.OfNetwork(o.Value)
		}
		ofRun := o.Value == "last" || o.Value == "best" || library.IsRunNetwork(o.Value)
		switch {
		case o.Value == v.desk.Network.Using, o.Value == "live":
		case network.IsPretrained(o.Value) && part.Own(what):
		case ofRun && run != nil && len(run.Classes) > 0 && len(of) > 0 && !slices.Equal(run.Classes, of):
		default:
			all = append(all, o)
		}
	}
	return all
}

// besideChoice is which network the one in use is compared with.
func (v *View) besideChoice() widget.Node {
	s := widget.Select{
		ID: "evaluate-beside", Label: words.Evaluate.BesideIs, Long: words.Evaluate.BesideLong, Value: alone,
		Options: append([]widget.Option{{Value: alone, Label: words.Evaluate.Alone}}, v.others()...), Set: func(kind string) { v.beside = kind },
	}
	if kind := v.against(); kind != "" {
		s.Value = kind
	}
	if v.busy() {
		s.Disabled = words.Evaluate.Busy
	}
	return s
}

// find gets the network to compare with, and does something with it then.
func (v *View) find(do func(other)) {
	d, kind := v.desk, v.against()
	o := other{kind: kind, name: part.NetworkName(d, kind)}
	switch {
	case kind == "":
		do(other{})
	case network.IsPretrained(kind):
		d.Pretrained(kind, func(file []byte) { o.file = file; do(o) })
		return
	case kind == "last" && d.Library.Last != nil:
		o.file = d.Library.Last
		do(o)
	case kind == "best" && d.Library.Best != nil:
		o.file = d.Library.Best
		do(o)
	case kind == "file":
		o.file = d.Library.Given
		do(o)
	default:
		o.stored = kind
		do(o)
	}
}

// comparisonWords sets the network and the other one side by side; "" where there is nothing to
// compare with.
func (v *View) comparisonWords() string {
	r := v.result
	c := r.Comparison
	if c == nil {
		return ""
	}
	text := fmt.Sprintf(words.Evaluate.Compared, r.other.name, figure.Percent(c.First.Accuracy), figure.Percent(c.Second.Accuracy), figure.Things(c.Differ, words.Nouns.Picture))
	switch {
	case r.Seen > 0:
		return text + " " + seenWords(words.Evaluate.This, r.Seen)
	case r.BesideSeen > 0:
		return text + " " + seenWords(r.other.name, r.BesideSeen)
	case c.OnlyFirst+c.OnlySecond == 0:
		return text + " " + words.Evaluate.NoDifference
	case c.P >= 0.05:
		return text + " " + fmt.Sprintf(words.Evaluate.Chance, c.P)
	case c.P < 0.001:
		return text + " " + words.Evaluate.NoChance
	}
	return text + " " + fmt.Sprintf(words.Evaluate.HardlyChance, c.P)
}

// sides returns how many pictures both networks get right, one alone, or none, as a table of two by two; a
// press on one shows its pictures.
func (v *View) sides() []widget.Node {
	r := v.result
	c := r.Comparison
	if c == nil {
		return nil
	}
	cell := func(side string, n int) widget.Node {
		text := words.Evaluate.Sides[side]
		return widget.Button{
			ID: "evaluate-" + side, Label: fmt.Sprintf(text, figure.Count(n)), Long: fmt.Sprintf(words.Evaluate.SidesLong[side], figure.Things(n, words.Nouns.Picture), r.other.name),
			Toggle: true, Pressed: v.pick.side == side, Do: func() { v.pressSide(side) },
		}
	}
	return []widget.Node{
		widget.Grid{Columns: 2, Gap: 6, Items: []widget.Node{cell(bothSide, c.Both), cell(onlyThis, c.OnlySecond), cell(onlyThat, c.OnlyFirst), cell(noSide, c.Neither)}},
		widget.Text{Text: words.Evaluate.SidesHint, Size: theme.Small, Quiet: true},
	}
}

// pressSide shows the pictures of a side, or of all if that is chosen already.
func (v *View) pressSide(side string) {
	if v.pick.side == side {
		side = anySide
	}
	v.pick.side = side
	v.repick()
}

// side returns where the i-th picture stands.
func (r *result) side(i int) string {
	if i >= len(r.Beside) {
		return anySide
	}
	switch this, that := r.Class[i] == r.True[i], r.Beside[i] == r.True[i]; {
	case this && that:
		return bothSide
	case this:
		return onlyThis
	case that:
		return onlyThat
	}
	return noSide
}

// beside reports whether the other network has an answer to the i-th picture, and a different one.
func (r *result) beside(i int) bool { return i < len(r.Beside) && r.Beside[i] != r.Class[i] }

package build

import (
	"fmt"
	"strings"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/part"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/view"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// Tree implements view.View.
func (v *View) Tree(w, h float64) widget.Node {
	if w < view.Narrow {
		return column(v.networkCard(), v.layersCard(w), v.layerCard(), v.codeCard(14))
	}
	return widget.Row{Gap: theme.Gap, Top: true, Items: []widget.Node{
		widget.Flex(1.15, column(v.networkCard(), v.layersCard(w*0.53))),
		widget.Flex(1, column(v.layerCard(), v.codeCard(24))),
	}}
}

func column(cards ...widget.Node) widget.Node {
	return widget.Column{Gap: theme.Gap, Items: cards}
}

// networkCard returns the network's totals, and what can be done with it.
func (v *View) networkCard() widget.Node {
	w := &words.Build
	undo := widget.Button{ID: "network-undo", Long: w.UndoLong, Icon: "undo", Do: func() { v.step(&v.undo, &v.redo) }}
	redo := widget.Button{ID: "network-redo", Long: w.RedoLong, Icon: "redo", Do: func() { v.step(&v.redo, &v.undo) }}
	if len(v.undo) == 0 {
		undo.Disabled = w.NoUndo
	}
	if len(v.redo) == 0 {
		redo.Disabled = w.NoRedo
	}
	items := []widget.Node{
		widget.Text{Text: w.About, Quiet: true},
		widget.Row{Gap: theme.Grid, Items: []widget.Node{v.presets(), widget.Fixed(theme.Touch, undo), widget.Fixed(theme.Touch, redo)}},
	}
	if s := v.shown; s == nil {
		items = append(items, widget.Text{Text: w.Reading, Quiet: true})
	} else {
		items = append(items, v.sum()...)
	}
	train := widget.Button{ID: "network-train", Label: w.Train, Long: w.TrainLong, Icon: "train", Primary: true, Do: v.train}
	link := widget.Button{ID: "network-link", Label: w.Link, Long: w.LinkLong, Icon: "link", Do: v.link}
	if v.recipe != nil {
		train.Long = w.TrainRecipe
	}
	switch {
	case v.shown == nil:
		train.Disabled, link.Disabled = w.Reading, w.Reading
	case v.shown.Why != "":
		train.Disabled, link.Disabled = w.NoTrain, w.NoTrain
	case v.desk.Library.Run.Active:
		train.Disabled = w.Locked
	}
	items = append(items, widget.Row{Gap: theme.Grid, Wrap: true, Items: []widget.Node{widget.Hug(train), widget.Hug(link)}})
	return widget.Card{Name: "build-network", Title: w.Network, Body: widget.Column{Gap: 12, Items: items}}
}

// presets returns the networks to begin with.
func (v *View) presets() widget.Node {
	w := &words.Build
	s := widget.Select{ID: "network-preset", Long: w.Preset + ". " + w.PresetLong, Value: v.network, Set: func(name string) {
		if preset(name) && name != v.network && len(v.changes) == 0 {
			v.remember()
			v.redo = nil
			v.goTo(name)
		}
	}}
	for _, p := range w.Presets {
		s.Options = append(s.Options, widget.Option{Value: p.Name, Label: p.Title})
	}
	if !preset(v.network) {
		s.Value = ""
		s.Options = append([]widget.Option{{Label: w.Own}}, s.Options...)
	}
	return s
}

// sum returns the network's totals, and what training it takes.
func (v *View) sum() []widget.Node {
	w, s := &words.Build, v.shown
	text := fmt.Sprintf(w.Sum, figure.Count(s.Params), figure.Count(s.MultiplyAdds))
	if s.NonTrainable > 0 {
		text = fmt.Sprintf(w.SumFixed, figure.Count(s.Params), figure.Count(s.NonTrainable), figure.Count(s.MultiplyAdds))
	}
	items := []widget.Node{widget.Text{ID: "network-sum", Text: text, Live: true}}
	if s.Why != "" {
		return append(items, widget.Text{ID: "network-fits", Text: fmt.Sprintf(w.FitsNot, strings.TrimSuffix(s.Why, ".")), Tone: widget.Warning, Live: true})
	}
	items = append(items, widget.Text{ID: "network-fits", Text: w.Fits, Quiet: true})
	if a := v.weight.Answer(); a != nil {
		items = append(items, v.takes(a)...)
	}
	return items
}

// From what on training is said to take too long or too much.
const (
	longEpoch = 30 * 60 // seconds
	muchRoom  = 1.2e9   // bytes
)

// takes says how long an epoch takes, and how much memory.
func (v *View) takes(a *protocol.Weighed) []widget.Node {
	w := &words.Build
	if a.Seconds == 0 {
		return []widget.Node{widget.Text{ID: "network-takes", Text: w.TimeUnknown + " " + w.TooLarge, Tone: widget.Warning}}
	}
	n := v.pictures()
	epoch := a.Seconds * float64(n)
	text := fmt.Sprintf(w.Time, figure.Duration(epoch), figure.Things(n, words.Nouns.Picture), figure.Things(v.workers(), words.Nouns.Worker), figure.Megabytes(a.Bytes))
	items := []widget.Node{widget.Text{ID: "network-takes", Text: text, Size: theme.Small, Quiet: true}}
	if epoch > longEpoch {
		items = append(items, widget.Text{ID: "network-slow", Text: w.TooSlow, Size: theme.Small, Tone: widget.Warning})
	}
	if a.Bytes > muchRoom {
		items = append(items, widget.Text{ID: "network-large", Text: w.TooLarge, Size: theme.Small, Tone: widget.Warning})
	}
	return items
}

// pictures returns those of an epoch as Train would begin.
func (v *View) pictures() int {
	job, l := v.job(), v.desk.Library
	n := l.Has(job.Data)
	switch {
	case n == 0 && job.Data == task.TrainSet:
		n = task.Pictures(task.TrainFiles)
	case n == 0:
		n = task.Pictures(task.TestFiles)
	}
	if job.Data != task.TrainSet || job.HoldOut > 0 {
		n = int(float64(n) * (1 - job.HoldOut))
	}
	if job.Limit > 0 {
		n = min(n, job.Limit)
	}
	return max(n, 1)
}

// link copies the address of the network. That of network and recipe is Train's.
func (v *View) link() {
	hash := "#build"
	if at := v.Address(); at != "" {
		hash += "?" + at
	}
	if len(hash) > part.LongestHash {
		v.desk.Say(words.Build.LinkTooLong)
		return
	}
	v.desk.Host.Copy(hash)
	v.desk.Say(words.Build.Linked)
}

// codeCard returns the network as Keras code.
func (v *View) codeCard(lines int) widget.Node {
	w := &words.Build
	code := ""
	if v.shown != nil {
		code = v.shown.Code
	}
	apply := widget.Button{ID: "network-apply", Label: w.Apply, Long: w.ApplyLong, Icon: "evaluate", Primary: v.typed != nil, Do: v.apply}
	if v.typed != nil {
		code = *v.typed
	} else {
		apply.Disabled = w.NoCode
	}
	copies := widget.Button{ID: "network-copy", Label: w.Copy, Long: w.CopyLong, Icon: "paste", Do: v.copy}
	if v.shown == nil || v.shown.Script == "" {
		copies.Disabled = w.NoCopy
	}
	wrong := ""
	if v.refused != "" && len(v.wrong) == 0 {
		wrong = v.refused
		if v.line > 0 {
			wrong = fmt.Sprintf(w.AtLine, v.line, v.refused)
		}
	}
	items := []widget.Node{
		widget.Text{Text: w.CodeHint, Size: theme.Small, Quiet: true},
		widget.Code{ID: "network-code", Name: w.CodeName, Value: code, Lines: lines, Invalid: wrong, Set: v.type_},
		widget.Text{ID: "network-error", Text: wrong, Tone: widget.Warning, Live: true},
	}
	for i, n := range v.notes {
		items = append(items, widget.Text{ID: fmt.Sprint("network-note-", i), Text: fmt.Sprintf(w.LeftOut, n), Size: theme.Small, Quiet: true})
	}
	if r := v.recipe; r != nil {
		text := fmt.Sprintf("%s, %s, %g, %d", figure.Things(r.Epochs, words.Nouns.Epoch), r.Optimizer, r.Rate, r.Batch)
		items = append(items, widget.Text{ID: "network-recipe", Text: fmt.Sprintf(w.RecipeRead, text), Size: theme.Small, Quiet: true, Live: true})
	}
	items = append(items, widget.Row{Gap: theme.Grid, Wrap: true, Items: []widget.Node{widget.Hug(apply), widget.Hug(copies)}})
	return widget.Card{Name: "build-code", Title: w.Code, Body: widget.Column{Gap: theme.Grid, Items: items}}
}

// type_ takes code that is typed.
func (v *View) type_(text string) {
	if v.shown != nil && text == v.shown.Code {
		v.typed = nil
		return
	}
	v.typed = &text
	if v.line > 0 {
		v.refused, v.line = "", 0
	}
}

// copy puts the whole script on the clipboard.
func (v *View) copy() {
	v.desk.Host.Copy(v.shown.Script)
	v.desk.Say(words.Build.Copied)
}

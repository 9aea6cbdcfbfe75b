package train

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tenfold/nn/task"
	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/library"
	"tenfold/wasm/ui/network"
	"tenfold/wasm/ui/part"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// settingsCard holds the settings of the next run. explained puts each field's explanation
// below it, if there is no pointer to show a tooltip.
func (v *View) settingsCard(explained bool) widget.Node {
	w, l := &words.Train, v.desk.Library
	var usual, advanced []widget.Node
	for _, f := range fields() {
		if f.when != nil && !f.when(&l.Job) {
			continue
		}
		n := v.control(f, explained)
		if f.advanced {
			advanced = append(advanced, n)
		} else {
			usual = append(usual, n)
		}
	}
	gap := 6.0
	if explained {
		gap = 16 // several side by side
	}
	grid := func(items []widget.Node) widget.Node {
		return widget.Grid{MinCell: 256, Gap: gap, Items: items}
	}
	items := []widget.Node{v.presets()}
	if text := v.plan(); text != "" {
		items = append(items, widget.Text{ID: "train-plan", Text: text, Size: 12, Quiet: true})
	}
	if l.Job.Data == task.TestSet && l.Has(task.TrainSet) > 0 && !l.Run.Active {
		items = append(items, widget.Text{Text: w.Propose, Size: 12, Tone: widget.Warning},
			widget.Button{ID: "train-propose", Label: w.ProposeDo, Long: w.ProposeLong, Do: v.propose})
	}
	items = append(items, grid(usual), widget.Button{ID: "train-more", Label: w.More, Long: w.MoreLong, Icon: "more", Toggle: true, Pressed: v.advanced, Do: func() { v.advanced = !v.advanced }})
	if v.advanced {
		items = append(items, grid(advanced))
	}
	link := widget.Button{ID: "train-link", Label: w.Link, Long: w.LinkLong, Icon: "link", Do: v.link}
	return widget.Card{Name: "train-settings", Title: w.Settings, Aside: link, Body: widget.Column{Gap: 8, Items: items}}
}

// presets fill the settings in.
func (v *View) presets() widget.Node {
	w, l := &words.Train, v.desk.Library
	preset := func(id, label, long string, job task.Job) widget.Node {
		b := widget.Button{ID: id, Label: label, Long: long, Toggle: true, Pressed: l.Job == job, Do: func() { v.set(job) }}
		if l.Run.Active {
			b.Disabled = w.Locked
		}
		return b
	}
	used := v.desk.Network.Using
	tune := network.FineTuning(used)
	if !network.IsPretrained(used) {
		tune.From = library.InUse
	}
	return widget.Grid{MinCell: 256, Gap: 8, Items: []widget.Node{
		preset("train-tune", w.Tune, fmt.Sprintf(w.TuneLong, part.NetworkName(v.desk, used)), tune),
		preset("train-tutorial", w.Tutorial, w.TutorialLong, task.Tutorial),
		preset("train-doodles", w.Doodle, w.DoodleLong, task.Doodling),
		preset("train-hurry", w.Hurry, w.HurryLong, task.Hurry),
		preset("train-scratch", w.Scratch, w.ScratchLong, task.FromScratch),
	}}
}

func (v *View) set(job task.Job) {
	v.desk.Library.Job, v.typed = job, map[string]typed{}
	v.changed()
}

// propose trains on the training set, and leaves the test set to measure on.
func (v *View) propose() {
	job := v.desk.Library.Job
	job.Data = task.TrainSet
	if v.desk.Library.Has(task.TestSet) > 0 {
		job.HoldOut = 0
	}
	v.set(job)
}

// plan says what the run would train and validate on.
func (v *View) plan() string {
	w, job := &words.Train, v.desk.Library.Job
	on := w.PlanTest
	if job.Data == task.TrainSet {
		on = w.PlanTrain
	}
	text := fmt.Sprintf(w.Plan, on)
	if job.Data == task.Doodles {
		on, text = w.PlanDoodles, w.PlanDoodlesWhole
	}
	if part.Own(job.Data) {
		on, text = fmt.Sprintf(w.PlanProject, part.Name(v.desk, job.Data)), ""
	}
	switch {
	case job.Data == task.Mine:
		return w.PlanMine
	case job.HoldOut > 0:
		text = fmt.Sprintf(w.PlanHeld, figure.Whole(1-job.HoldOut), on)
	case job.Data == task.TestSet:
		return "" // the worker refuses it and says why
	}
	if job.Limit > 0 {
		text += fmt.Sprintf(w.PlanLimit, figure.Count(job.Limit))
	}
	return text
}

// control returns the widget of a field.
func (v *View) control(f field, explained bool) widget.Node {
	w, l := &words.Train, v.desk.Library
	locked := ""
	if l.Run.Active {
		locked = w.Locked
	}
	hint := ""
	if explained {
		hint = f.words.Help
	}
	long := f.words.Label + ": " + f.words.Help
	take := func(text string) { v.take(f, text) }
	if f.choices == nil {
		n := widget.Number{ID: f.id, Label: f.words.Label, Long: long, Value: f.get(&l.Job), Hint: hint, Disabled: locked, Set: take}
		if t, wrong := v.typed[f.id]; wrong {
			n.Value, n.Invalid = t.text, t.why
		}
		return n
	}
	choices := f.choices
	if f.id == "train-data" {
		choices = append(slices.Clone(choices), part.Projects(v.desk)...)
	}
	if f.id == "train-from" {
		choices = v.starts(choices)
	}
	return widget.Select{ID: f.id, Label: f.words.Label, Long: long, Value: f.get(&l.Job), Options: choices, Hint: hint, Disabled: locked, Set: take}
}

// starts names what a run can begin with as it is now.
func (v *View) starts(all []widget.Option) []widget.Option {
	w, d := &words.Train, v.desk
	named := slices.Clone(all)
	if j := d.Library.Job; j.From == task.Random && own(random(j.Network)) {
		named = append(named, widget.Option{Value: random(j.Network), Label: w.RandomOwn})
	}
	for i := range named {
		switch o := &named[i]; {
		case o.Value == library.InUse:
			o.Label = fmt.Sprintf(w.CurrentIs, part.NetworkName(d, d.Network.Using))
		case o.Value == task.Given:
			if d.Library.Given != nil && d.Library.GivenName != "" {
				o.Label = fmt.Sprintf(w.FileIs, d.Library.GivenName)
			}
		case strings.HasPrefix(o.Value, task.Random):
			o.Label += ", " + words.Small(w.Seed.Label) + " " + strconv.FormatUint(d.Library.Job.Seed, 10)
		}
	}
	return named
}

// take gives a field a value. One that it does not take is kept as it was typed.
func (v *View) take(f field, text string) {
	if err := f.set(&v.desk.Library.Job, text); err != nil {
		v.typed[f.id] = typed{text, err.Error()}
		return
	}
	delete(v.typed, f.id)
	v.changed()
}

// wrong returns the first setting that cannot be used, and why; "" for none.
func (v *View) wrong() string {
	for _, f := range fields() {
		if t, ok := v.typed[f.id]; ok {
			return fmt.Sprintf(words.Train.Wrong, f.words.Label, t.why)
		}
	}
	return ""
}

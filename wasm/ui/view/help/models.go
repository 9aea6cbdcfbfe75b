package help

import (
	"fmt"
	"strings"

	"tenfold/nn/task"
	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/network"
	"tenfold/wasm/ui/part"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// modelCards returns those of the network in use and of the pretrained ones.
func (v *View) modelCards(w float64) (all []card) {
	t, n := &words.Help, v.desk.Network
	one := len(network.Pretrained) == 1 && network.IsPretrained(n.Using)
	if w >= twoFrom && !one {
		w = (w - gap) / 2
	}
	if !network.IsPretrained(n.Using) {
		all = append(all, v.modelCard(w, "help-model-used", t.InUse, "", n.Loaded, n.Using))
	}
	for _, kind := range network.Pretrained {
		note := ""
		if kind == n.Using {
			note = t.SameNetwork
		}
		all = append(all, v.modelCard(w, "help-model-"+kind, fmt.Sprintf(t.PretrainedCard, words.Network.Kinds[kind]), note, v.pretrained[kind], kind))
	}
	for i := range all {
		all[i] = all[i].as(paired)
		if one {
			all[i] = all[i].as(wide)
		}
	}
	return all
}

func (v *View) modelCard(w float64, name, title, note string, m *task.Model, kind string) card {
	t := &words.Help
	if m == nil {
		if network.IsPretrained(kind) && kind != network.Opening {
			c := t.Cards[kind]
			return newCard(name, title, quiet(t.NotFetched), fact(w, t.Data, plain(c.Data)), fact(w, t.Recipe, plain(c.Recipe)), fact(w, t.Use, plain(c.Use)), fact(w, t.Limits, plain(c.Limits)),
				widget.Button{ID: name + "-use", Label: t.UseNetwork, Do: func() { v.desk.UsePretrained(kind) }})
		}
		return newCard(name, title, quiet(t.NotLoaded))
	}
	head := []widget.Node{widget.Text{ID: name, Text: m.Name, Size: theme.Heading}}
	if note != "" {
		head = append(head, quiet(note))
	}
	size := fmt.Sprintf(t.Sizes, figure.Count(m.Params), figure.Things(len(m.Layers), words.Nouns.Layer), figure.Count(multiplyAdds(m)))
	facts := append(head,
		fact(w, t.Classes, plain(names(m.Classes, 24))),
		fact(w, t.Takes, plain(takes(m.Task))),
		fact(w, t.Scaling, plain(scaling(m.Task))),
		fact(w, t.Size, plain(size)),
		fact(w, t.Measured, measured(m)...),
	)
	if m.Logits {
		facts = append(facts, plain(t.LogitsNote))
	}
	data, recipe, use, limits := t.NotSaid, t.NotSaid, t.OtherUse, t.OtherLimits
	job, known := v.desk.Library.Run.Job()
	switch {
	case network.IsPretrained(kind) && v.known(kind):
		c := t.Cards[kind]
		data, recipe, use, limits = c.Data, c.Recipe, c.Use, c.Limits
	case network.IsPretrained(kind) || kind == task.Given:
	case known:
		data = fmt.Sprintf(t.RunData, part.Name(v.desk, job.Data), figure.Count(v.desk.Library.Run.Began.Trained))
		recipe = recipeText(job)
	}
	return newCard(name, title, append(facts, fact(w, t.Data, plain(data)), fact(w, t.Recipe, plain(recipe)), fact(w, t.Use, plain(use)), fact(w, t.Limits, plain(limits)))...)
}

func multiplyAdds(m *task.Model) (sum int) {
	for _, l := range m.Layers {
		sum += l.MultiplyAdds
	}
	return sum
}

func takes(of task.Task) string {
	if len(of.Input) != 3 {
		return words.Diagnosis.Unknown
	}
	colours := words.Help.Colour
	if of.Input[2] == 1 {
		colours = words.Help.Grey
	}
	return fmt.Sprintf(words.Help.Side, of.Input[1], of.Input[0], colours)
}

func scaling(of task.Task) string {
	return fmt.Sprintf(words.Help.Scaled, figure.Scaling(of.Scale, of.Shift))
}

// measured returns the newest measurements of each kind.
func measured(m *task.Model) (all []widget.Node) {
	t := &words.Help
	for _, on := range []struct{ kind, name string }{{task.TestSet, t.OnTest}, {task.Validation, t.OnValidation}, {task.Mine, t.OnMine}, {task.DoodlesTest, t.OnDoodles}} {
		if e, ok := task.Measured(m.Measured, on.kind); ok {
			text := fmt.Sprintf(t.MeasuredOn, on.name, figure.Percent(e.Accuracy), figure.Things(e.Pictures, words.Nouns.Picture))
			if e.Loss > 0 { // old files do not have it
				text += fmt.Sprintf(t.Loss, figure.Score(e.Loss))
			}
			all = append(all, plain(text))
		}
	}
	if all == nil {
		all = append(all, plain(t.NotMeasured))
	}
	return all
}

// recipeText returns a run's settings in words.
func recipeText(job task.Job) string {
	t := &words.Help
	more := []string{t.Dropout}
	if job.NoDropout {
		more[0] = t.NoDropout
	}
	if job.Flip {
		more = append(more, t.Flip)
	}
	if job.Shift > 0 {
		more = append(more, fmt.Sprintf(t.Shift, job.Shift))
	}
	if job.L2 > 0 {
		more = append(more, fmt.Sprintf(t.L2, job.L2))
	}
	if job.DenseOnly {
		more = append(more, t.DenseOnly)
	}
	for _, s := range []struct {
		value float64
		text  string
	}{
		{job.WeightDecay, t.WeightDecay}, {job.Smoothing, t.Smoothing}, {job.Zoom, t.Zoom}, {job.Jitter, t.Jitter},
		{job.RandConv, t.RandConv}, {float64(job.Cutout), t.Cutout}, {job.Mixup, t.Mixup}, {job.Doodles, t.Doodles}, {job.Sketch, t.Sketch}, {job.Strange, t.Strange},
	} {
		if s.value != 0 {
			more = append(more, fmt.Sprintf(s.text, s.value))
		}
	}
	name := t.Optimizers[job.Optimizer]
	if name == "" {
		name = job.Optimizer
	}
	from := t.From[job.From]
	w := &words.Train
	if s := map[string]string{task.Constant: w.Constant, task.Steps: w.Steps, task.Cosine: w.Cosine, task.Linear: w.Linear, task.Triangular: w.Triangular, task.Exponential: w.Exponential, task.OneCycle: w.OneCycle}[job.Schedule]; s != "" {
		return fmt.Sprintf(t.RunSchedule, words.Capital(from), figure.Things(job.Epochs, words.Nouns.Epoch), name, job.Rate, words.Small(s), job.Batch, strings.Join(more, ", "), job.Seed)
	}
	return fmt.Sprintf(t.RunRecipe, words.Capital(from), figure.Things(job.Epochs, words.Nouns.Epoch), name, job.Rate, job.Decay, job.Batch, strings.Join(more, ", "), job.Seed)
}

package train

import (
	"errors"
	"fmt"
	"math"
	"net/url"
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

// field is a setting of a training run: a control, a part of the page's address and a line of
// the report.
type field struct {
	id       string
	words    words.Setting
	choices  []widget.Option // nil for a number
	advanced bool
	get      func(j *task.Job) string
	set      func(j *task.Job, value string) error // says what would be right
	at       func(j *task.Job) *string             // of a choice
	zero     string                                // what 0 means, in a report; "" for itself
	when     func(j *task.Job) bool                // where it means something; nil for everywhere
}

// fields lists the settings; a new one adds a line.
func fields() []field {
	w := &words.Train
	seldom := func(f field) field { f.advanced = true; return f }
	means := func(zero string, f field) field { f.zero = zero; return f }
	return []field{
		choice("train-data", w.TrainOn, func(j *task.Job) *string { return &j.Data }, []widget.Option{{Value: task.TestSet, Label: w.TestSet}, {Value: task.TrainSet, Label: w.TrainSet}, {Value: task.Mine, Label: w.Mine}, {Value: task.Doodles, Label: w.Doodles}}).also(part.Own),
		begins(),
		sides(),
		toggle("train-layers", w.Layers, func(j *task.Job) *bool { return &j.DenseOnly }, w.All, w.DenseOnly),
		whole("train-epochs", w.Epochs, func(j *task.Job) *int { return &j.Epochs }, 1, 1000),
		number("train-rate", w.Rate, func(j *task.Job) *float64 { return &j.Rate }, math.MaxFloat64, w.WantNumber),
		whole("train-batch", w.Batch, func(j *task.Job) *int { return &j.Batch }, 1, 1024),
		share("train-holdout", w.HoldOut, func(j *task.Job) *float64 { return &j.HoldOut }, 0.9, w.WantShare),
		choice("train-optimizer", w.Optimizer, func(j *task.Job) *string { return &j.Optimizer }, []widget.Option{{Value: task.Adamax, Label: w.Adamax}, {Value: task.Adam, Label: w.Adam}, {Value: task.SGD, Label: w.SGD}, {Value: task.AdamW, Label: w.AdamW}, {Value: task.RMSprop, Label: w.RMSprop}, {Value: task.Muon, Label: w.Muon}}),
		seldom(number("train-decay", w.Decay, func(j *task.Job) *float64 { return &j.Decay }, math.MaxFloat64, w.WantNumber)),
		seldom(choice("train-schedule", w.Schedule, func(j *task.Job) *string { return &j.Schedule }, []widget.Option{{Value: task.PerEpoch, Label: w.PerEpoch}, {Value: task.Exponential, Label: w.Exponential}, {Value: task.Constant, Label: w.Constant}, {Value: task.Steps, Label: w.Steps}, {Value: task.Cosine, Label: w.Cosine}, {Value: task.Linear, Label: w.Linear}, {Value: task.Triangular, Label: w.Triangular}, {Value: task.OneCycle, Label: w.OneCycle}})),
		seldom(number("train-warm-up", w.WarmUp, func(j *task.Job) *float64 { return &j.WarmUp }, 1000, w.WantNumber)),
		seldom(means(w.Usual, number("train-momentum", w.Momentum, func(j *task.Job) *float64 { return &j.Momentum }, 0.9999, w.WantBelowOne))),
		seldom(toggle("train-nesterov", w.Nesterov, func(j *task.Job) *bool { return &j.Nesterov }, w.Off, w.On)),
		seldom(means(w.Usual, number("train-weight-decay", w.WeightDecay, func(j *task.Job) *float64 { return &j.WeightDecay }, math.MaxFloat64, w.WantNumber))),
		seldom(means(w.Unbounded, number("train-clipnorm", w.ClipNorm, func(j *task.Job) *float64 { return &j.ClipNorm }, math.MaxFloat64, w.WantNumber))),
		seldom(means(w.Unbounded, number("train-global-clipnorm", w.GlobalClipNorm, func(j *task.Job) *float64 { return &j.GlobalClipNorm }, math.MaxFloat64, w.WantNumber))),
		seldom(means(w.Unbounded, number("train-clipvalue", w.ClipValue, func(j *task.Job) *float64 { return &j.ClipValue }, math.MaxFloat64, w.WantNumber))),
		seldom(choice("train-average", w.Average, func(j *task.Job) *string { return &j.Average }, []widget.Option{{Value: "", Label: w.NoAverage}, {Value: task.EMA, Label: w.EMA}, {Value: task.Lookahead, Label: w.Lookahead}, {Value: task.LookaheadLate, Label: w.LookaheadLate}})),
		seldom(means(w.Usual, number("train-average-momentum", w.AverageKeep, func(j *task.Job) *float64 { return &j.AverageMomentum }, 0.9999, w.WantBelowOne))),
		seldom(number("train-smoothing", w.Smoothing, func(j *task.Job) *float64 { return &j.Smoothing }, 0.9999, w.WantBelowOne)),
		seldom(toggle("train-dropout", w.Dropout, func(j *task.Job) *bool { return &j.NoDropout }, w.On, w.Off)),
		seldom(toggle("train-flips", w.Flip, func(j *task.Job) *bool { return &j.Flip }, w.No, w.Half)),
		seldom(toggle("train-alternate", w.Alternate, func(j *task.Job) *bool { return &j.Alternate }, w.Off, w.On)),
		seldom(whole("train-shifts", w.Shift, func(j *task.Job) *int { return &j.Shift }, 0, 8)),
		seldom(toggle("train-reflect", w.Reflect, func(j *task.Job) *bool { return &j.Reflect }, w.Off, w.On)),
		seldom(number("train-zoom", w.Zoom, func(j *task.Job) *float64 { return &j.Zoom }, 0.9, w.WantShare)),
		seldom(number("train-jitter", w.Jitter, func(j *task.Job) *float64 { return &j.Jitter }, 1, w.WantUpToOne)),
		seldom(number("train-randconv", w.RandConv, func(j *task.Job) *float64 { return &j.RandConv }, 1, w.WantUpToOne)),
		seldom(whole("train-cutout", w.Cutout, func(j *task.Job) *int { return &j.Cutout }, 0, task.MaxSide)),
		seldom(number("train-doodle-share", w.DoodleShare, func(j *task.Job) *float64 { return &j.Doodles }, 1, w.WantUpToOne)),
		seldom(number("train-sketch-share", w.Sketch, func(j *task.Job) *float64 { return &j.Sketch }, 1, w.WantUpToOne)),
		seldom(number("train-strange-share", w.Strange, func(j *task.Job) *float64 { return &j.Strange }, 1, w.WantUpToOne)),
		seldom(number("train-mixup", w.Mixup, func(j *task.Job) *float64 { return &j.Mixup }, 1, w.WantUpToOne)),
		seldom(number("train-l2", w.L2, func(j *task.Job) *float64 { return &j.L2 }, math.MaxFloat64, w.WantNumber)),
		seldom(means(w.EveryPicture, whole("train-limit", w.Limit, func(j *task.Job) *int { return &j.Limit }, 0, 1e6))),
		seldom(seed("train-seed", w.Seed)),
		seldom(means(w.AllCores, whole("train-workers", w.Workers, func(j *task.Job) *int { return &j.Workers }, 0, 64))),
	}
}

// begins returns what a run begins with: a network that is there, or random weights of one of those
// that are listed.
func begins() field {
	w := &words.Train
	var all []widget.Option
	for _, name := range network.Pretrained {
		all = append(all, widget.Option{Value: name, Label: fmt.Sprintf(w.Pretrained, words.Network.Kinds[name])})
	}
	all = append(all, []widget.Option{{Value: library.InUse, Label: w.Current}, {Value: task.Saved, Label: w.LastRun}, {Value: task.Given, Label: w.File}}...)
	for _, a := range words.Network.Architectures {
		all = append(all, widget.Option{Value: random(a.Name), Label: fmt.Sprintf(w.Random, a.Title)})
	}
	return field{
		id: "train-from", words: w.From, choices: all,
		get: func(j *task.Job) string {
			if j.From == task.Random {
				return random(j.Network)
			}
			return j.From
		},
		set: func(j *task.Job, v string) error {
			if !own(v) && !slices.ContainsFunc(all, func(c widget.Option) bool { return c.Value == v }) {
				return fmt.Errorf(words.Train.WantChoice, v)
			}
			j.From, j.Network, _ = strings.Cut(v, randomOf)
			return nil
		},
	}
}

// largeSide is that of pictures of a project which are larger than those of the data sets.
const largeSide = 64

// sides is how large a project's pictures are for a network that begins with random weights.
func sides() field {
	w := &words.Train
	when := func(j *task.Job) bool { return part.Own(j.Data) && j.From == task.Random }
	return field{
		id: "train-side", words: w.Side, when: when,
		choices: []widget.Option{{Value: "0", Label: w.AsDesigned}, {Value: strconv.Itoa(largeSide), Label: fmt.Sprintf(w.Pixels, largeSide)}},
		get: func(j *task.Job) string {
			if !when(j) {
				return "0"
			}
			return strconv.Itoa(j.Side)
		},
		set: func(j *task.Job, v string) error {
			n, err := strconv.Atoi(v)
			if err != nil || n != 0 && n != largeSide {
				return fmt.Errorf(words.Train.WantChoice, v)
			}
			j.Side = n
			return nil
		},
	}
}

// own reports whether a run begins with random weights of a network that the person has built.
func own(v string) bool { return strings.HasPrefix(v, task.Random+randomOf+task.DesignPrefix) }

// randomOf is between task.Random and the name of the network whose weights are random.
const randomOf = ":"

// random returns the value of the choice of a network's random weights; the tutorial's goes without
// a name.
func random(name string) string {
	if name == "" || name == task.TutorialCNN {
		return task.Random
	}
	return task.Random + randomOf + name
}

func choice(id string, text words.Setting, at func(*task.Job) *string, choices []widget.Option) field {
	return field{
		id: id, words: text, choices: choices, at: at,
		get: func(j *task.Job) string {
			if v := *at(j); v != "" {
				return v
			}
			return choices[0].Value
		},
		set: func(j *task.Job, v string) error {
			if !slices.ContainsFunc(choices, func(c widget.Option) bool { return c.Value == v }) {
				return fmt.Errorf(words.Train.WantChoice, v)
			}
			*at(j) = v
			return nil
		},
	}
}

// also has a choice take other values too, which are not listed.
func (f field) also(takes func(string) bool) field {
	set, at := f.set, f.at
	f.set = func(j *task.Job, v string) error {
		if takes(v) {
			*at(j) = v
			return nil
		}
		return set(j, v)
	}
	return f
}

func toggle(id string, text words.Setting, at func(*task.Job) *bool, no, yes string) field {
	return field{
		id: id, words: text, choices: []widget.Option{{Value: "false", Label: no}, {Value: "true", Label: yes}},
		get: func(j *task.Job) string { return strconv.FormatBool(*at(j)) },
		set: func(j *task.Job, v string) error {
			b, err := strconv.ParseBool(v)
			if err != nil {
				return fmt.Errorf(words.Train.WantChoice, v)
			}
			*at(j) = b
			return nil
		},
	}
}

func whole(id string, text words.Setting, at func(*task.Job) *int, least, most int) field {
	return field{
		id: id, words: text,
		get: func(j *task.Job) string { return strconv.Itoa(*at(j)) },
		set: func(j *task.Job, v string) error {
			n, err := strconv.Atoi(figure.Plain(v))
			if err != nil || n < least || n > most {
				return fmt.Errorf(words.Train.WantWhole, figure.Count(least), figure.Count(most))
			}
			*at(j) = n
			return nil
		},
	}
}

// share returns a number that may be typed in percent.
func share(id string, text words.Setting, at func(*task.Job) *float64, most float64, want string) field {
	return read(id, text, at, most, want, figure.ReadShare)
}

// number is 0 to most, typed with a decimal comma or a point.
func number(id string, text words.Setting, at func(*task.Job) *float64, most float64, want string) field {
	return read(id, text, at, most, want, figure.Read)
}

func read(id string, text words.Setting, at func(*task.Job) *float64, most float64, want string, number func(string) (float64, error)) field {
	return field{
		id: id, words: text,
		get: func(j *task.Job) string { return strconv.FormatFloat(*at(j), 'g', -1, 64) },
		set: func(j *task.Job, v string) error {
			f, err := number(v)
			if err != nil || !(f >= 0) || f > most {
				return errors.New(want)
			}
			*at(j) = f + 0 // no -0
			return nil
		},
	}
}

func seed(id string, text words.Setting) field {
	return field{
		id: id, words: text,
		get: func(j *task.Job) string { return strconv.FormatUint(j.Seed, 10) },
		set: func(j *task.Job, v string) error {
			n, err := strconv.ParseUint(figure.Plain(v), 10, 64)
			if err != nil {
				return errors.New(words.Train.WantSeed)
			}
			j.Seed = n
			return nil
		},
	}
}

// says returns the field's value in words.
func (f *field) says(j *task.Job) string {
	v := f.get(j)
	for _, c := range f.choices {
		if c.Value == v {
			return c.Label
		}
	}
	if own(v) {
		return words.Train.RandomOwn
	}
	if v == "0" && f.zero != "" {
		return f.zero
	}
	return v
}

// name returns what the field is called in an address.
func (f *field) name() string { return strings.TrimPrefix(f.id, "train-") }

// address returns the settings that are not those that the page proposes, as a part of an address.
func address(j *task.Job) string {
	v, usual := url.Values{}, task.FineTuning
	for _, f := range fields() {
		if s := f.get(j); s != f.get(&usual) {
			v.Set(f.name(), s)
		}
	}
	return v.Encode()
}

// fromAddress returns the settings that an address names.
func fromAddress(at string) (task.Job, error) {
	job := task.FineTuning
	values, err := url.ParseQuery(at)
	if err != nil {
		return job, errors.New(words.Train.BadAddress)
	}
	for _, f := range fields() {
		if s := values.Get(f.name()); values.Has(f.name()) {
			if err := f.set(&job, s); err != nil {
				return task.FineTuning, fmt.Errorf(words.Train.InAddress, f.words.Label, s, strings.TrimSuffix(err.Error(), "."))
			}
		}
	}
	return job, nil
}

package page

import (
	"fmt"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"tenfold/nn/task"
)

// Field is a setting of a training run: a row on the canvas with two buttons, a field
// in the twin, and a part of the page's address.
type Field struct {
	ID, Label string
	Choices   []Choice // nil for a number
	get       func(j *task.Job) string
	set       func(j *task.Job, value string) error
	next      func(j *task.Job, up bool) // what the canvas' buttons do; nil goes through the choices
	shown     func(j *task.Job) string   // what the canvas says; nil says the value
	rare      bool                       // on the second page of settings
}

// Choice is one value of a field.
type Choice struct{ Value, Label string }

// fields lists the settings; a new one adds a line.
var fields = []*Field{
	choice("train-data", "Train on", func(j *task.Job) *string { return &j.Data }, Choice{task.TestSet, "Test set"}, Choice{task.TrainSet, "Training set"}, Choice{task.Mine, "My pictures"}),
	withSeed(choice("train-from", "Start from", func(j *task.Job) *string { return &j.From }, Choice{task.Shipped, "Shipped"}, Choice{task.Saved, "Last run"}, Choice{task.Given, "A file"}, Choice{task.Random, "Random weights"})),
	toggle("train-layers", "Layers", func(j *task.Job) *bool { return &j.DenseOnly }, "All", "Dense only"),
	whole("train-epochs", "Epochs", func(j *task.Job) *int { return &j.Epochs }, 1, 1000, 1, 2, 3, 5, 10, 20, 50),
	number("train-rate", "Learning rate", func(j *task.Job) *float64 { return &j.Rate }, 1e-5, 1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 1e-2, 2e-2, 5e-2),
	whole("train-batch", "Batch", func(j *task.Job) *int { return &j.Batch }, 1, 1024, 8, 16, 32, 64, 128),
	share("train-holdout", "Validation split", func(j *task.Job) *float64 { return &j.HoldOut }, 0, 0.1, 0.2, 0.3, 0.5),
	choice("train-optimizer", "Optimiser", func(j *task.Job) *string { return &j.Optimizer }, Choice{task.Adamax, "Adamax"}, Choice{task.Adam, "Adam"}, Choice{task.SGD, "SGD, momentum"}),
	rare(number("train-decay", "Decay an epoch", func(j *task.Job) *float64 { return &j.Decay }, 0.5, 0.7, 0.8, 0.9, 0.95, 1)),
	rare(toggle("train-dropout", "Dropout", func(j *task.Job) *bool { return &j.NoDropout }, "On", "Off")),
	rare(toggle("train-flips", "Mirrored pictures", func(j *task.Job) *bool { return &j.Flip }, "No", "Every second")),
	rare(whole("train-shifts", "Shifts, pixels", func(j *task.Job) *int { return &j.Shift }, 0, 8, 0, 1, 2, 4)),
	rare(number("train-l2", "L2 penalty", func(j *task.Job) *float64 { return &j.L2 }, 0, 1e-5, 1e-4, 1e-3)),
	rare(whole("train-limit", "Pictures", func(j *task.Job) *int { return &j.Limit }, 0, 50000, 0, 500, 1000, 2000, 5000, 10000)),
	rare(seed("train-seed", "Seed")),
	rare(whole("train-workers", "Workers", func(j *task.Job) *int { return &j.Workers }, 0, 64, 0, 1, 2, 4, 8)),
}

// withSeed shows the seed that random weights are drawn from.
func withSeed(f *Field) *Field {
	f.shown = func(j *task.Job) string {
		if j.From == task.Random {
			return fmt.Sprintf("Random, seed %d", j.Seed)
		}
		return f.choice(j)
	}
	return f
}

func rare(f *Field) *Field {
	f.rare = true
	return f
}

func choice(id, label string, at func(*task.Job) *string, choices ...Choice) *Field {
	return &Field{
		ID: id, Label: label, Choices: choices,
		get: func(j *task.Job) string {
			if v := *at(j); v != "" {
				return v
			}
			return choices[0].Value
		},
		set: func(j *task.Job, v string) error {
			if !slices.ContainsFunc(choices, func(c Choice) bool { return c.Value == v }) {
				return fmt.Errorf("%s: there is no %q", label, v)
			}
			*at(j) = v
			return nil
		},
	}
}

func toggle(id, label string, at func(*task.Job) *bool, no, yes string) *Field {
	return &Field{
		ID: id, Label: label, Choices: []Choice{{"false", no}, {"true", yes}},
		get: func(j *task.Job) string { return strconv.FormatBool(*at(j)) },
		set: func(j *task.Job, v string) error {
			b, err := strconv.ParseBool(v)
			if err != nil {
				return fmt.Errorf("%s: %q is neither true nor false", label, v)
			}
			*at(j) = b
			return nil
		},
	}
}

func whole(id, label string, at func(*task.Job) *int, least, most int, stops ...int) *Field {
	return &Field{
		ID: id, Label: label,
		get: func(j *task.Job) string { return strconv.Itoa(*at(j)) },
		set: func(j *task.Job, v string) error {
			n, err := strconv.Atoi(strings.TrimSpace(v))
			if err != nil || n < least || n > most {
				return fmt.Errorf("%s: %q: want a whole number from %d to %d", label, v, least, most)
			}
			*at(j) = n
			return nil
		},
		next: func(j *task.Job, up bool) { *at(j) = step(*at(j), stops, up) },
		shown: func(j *task.Job) string {
			switch v := *at(j); {
			case v == 0 && id == "train-workers":
				return "All cores"
			case v == 0 && id == "train-limit":
				return "All"
			default:
				return strconv.Itoa(v)
			}
		},
	}
}

func number(id, label string, at func(*task.Job) *float64, stops ...float64) *Field {
	return &Field{
		ID: id, Label: label,
		get: func(j *task.Job) string { return strconv.FormatFloat(*at(j), 'g', -1, 64) },
		set: func(j *task.Job, v string) error {
			f, err := strconv.ParseFloat(strings.Replace(strings.TrimSpace(v), ",", ".", 1), 64)
			if err != nil || !(f >= 0) || math.IsInf(f, 0) {
				return fmt.Errorf("%s: %q: want a number of 0 or more", label, v)
			}
			*at(j) = f
			return nil
		},
		next: func(j *task.Job, up bool) { *at(j) = step(*at(j), stops, up) },
	}
}

func share(id, label string, at func(*task.Job) *float64, stops ...float64) *Field {
	f := number(id, label, at, stops...)
	f.shown = func(j *task.Job) string { return fmt.Sprintf("%.0f %%", 100**at(j)) }
	return f
}

func seed(id, label string) *Field {
	return &Field{
		ID: id, Label: label,
		get: func(j *task.Job) string { return strconv.FormatUint(j.Seed, 10) },
		set: func(j *task.Job, v string) (err error) {
			n, err := strconv.ParseUint(strings.TrimSpace(v), 10, 64)
			if err != nil {
				return fmt.Errorf("%s: %q: want a whole number of 0 or more", label, v)
			}
			j.Seed = n
			return nil
		},
		next: func(j *task.Job, up bool) {
			if up {
				j.Seed++
			} else if j.Seed > 0 {
				j.Seed--
			}
		},
	}
}

// step is the next of stops, which rise, above or below v.
func step[N int | float64](v N, stops []N, up bool) N {
	if up {
		for _, s := range stops {
			if s > v {
				return s
			}
		}
		return max(v, stops[len(stops)-1])
	}
	for _, s := range slices.Backward(stops) {
		if s < v {
			return s
		}
	}
	return min(v, stops[0])
}

// turn goes on to the field's next value.
func (f *Field) turn(j *task.Job, up bool) {
	if f.next != nil {
		f.next(j, up)
		return
	}
	at := slices.IndexFunc(f.Choices, func(c Choice) bool { return c.Value == f.get(j) })
	if up {
		at++
	} else {
		at += len(f.Choices) - 1
	}
	f.set(j, f.Choices[at%len(f.Choices)].Value)
}

// text is what the canvas says of the field's value.
func (f *Field) text(j *task.Job) string {
	if f.shown != nil {
		return f.shown(j)
	}
	return f.choice(j)
}

// choice is the label of the field's value, or the value.
func (f *Field) choice(j *task.Job) string {
	for _, c := range f.Choices {
		if c.Value == f.get(j) {
			return c.Label
		}
	}
	return f.get(j)
}

// address is a job as the part of an address behind the #.
func address(j *task.Job) string {
	v := url.Values{}
	for _, f := range fields {
		v.Set(strings.TrimPrefix(f.ID, "train-"), f.get(j))
	}
	return "train?" + v.Encode()
}

// fromAddress changes a job as an address says. It says whether the address is one of a
// job; what it says wrongly is the error, and changes nothing.
func fromAddress(j *task.Job, hash string) (bool, error) {
	query, ok := strings.CutPrefix(strings.TrimPrefix(hash, "#"), "train?")
	if !ok {
		return strings.TrimPrefix(hash, "#") == "train", nil
	}
	values, err := url.ParseQuery(query)
	if err != nil {
		return true, fmt.Errorf("the address names a training run that cannot be read")
	}
	changed := *j
	for _, f := range fields {
		if name := strings.TrimPrefix(f.ID, "train-"); values.Has(name) {
			if err := f.set(&changed, values.Get(name)); err != nil {
				return true, fmt.Errorf("the address: %w", err)
			}
		}
	}
	*j = changed
	return true, nil
}

package keras

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"tenfold/nn/task"
)

// losses are the names of the only loss.
var losses = []string{"categorical_crossentropy", "sparse_categorical_crossentropy"}

// known reads what has a name and arguments: optimisers, schedules, losses, callbacks,
// initializers, regularizers.
func known(name string, args []given, line int) (any, bool, error) {
	var places []string
	lower := strings.ToLower(name)
	switch o, is := optimizers[lower]; {
	case is:
		name, places = lower, o.places
	case schedules[name] != nil:
		places = schedules[name]
	case slices.Contains(losses, snake(name)), slices.Contains(losses, strings.ReplaceAll(snake(name), "cross_entropy", "crossentropy")):
		name = "crossentropy"
	case name == "LearningRateScheduler":
		places = []string{"schedule", "verbose"}
	case name == "EarlyStopping", name == "ReduceLROnPlateau":
	case lower == "l2":
		places = []string{"l2"}
	case lower == "l1", lower == "l1l2", lower == "l1_l2":
	case name == "Constant":
		places = []string{"value"}
	case slices.Contains(initializing, lower):
	default:
		return nil, false, nil
	}
	n := &named{name: name, args: map[string]any{}, line: line}
	for i, a := range args {
		key := a.name
		if key == "" && i < len(places) {
			key = places[i]
		}
		if key == "l" && lower == "l2" {
			key = "l2"
		}
		n.args[key] = a.value
	}
	return n, true, nil
}

// initializing are Keras' initializers, in lower case.
var initializing = []string{
	"glorotuniform", "glorotnormal", "heuniform", "henormal", "lecununiform", "lecunnormal", "zeros", "ones", "identity", "orthogonal", "random_normal", "random_uniform", "truncated_normal", "variance_scaling",
	"randomnormal", "randomuniform", "truncatednormal", "variancescaling", "glorot_uniform", "glorot_normal", "he_uniform", "he_normal", "lecun_normal", "lecun_uniform",
}

// trained follows a model's method: compile and fit say how it is trained.
func (r *reader) trained(m any, name string, args []given, line int) (any, error) {
	switch name {
	case "compile":
		r.chosen = m
		return nil, r.compile(args, line)
	case "fit_generator":
		var fit []given // generator, steps_per_epoch, epochs
		for i, a := range args {
			if a.name == "" {
				a.name = []string{"x", "steps_per_epoch", "epochs", "verbose", "callbacks"}[min(i, 4)]
			}
			if a.name == "generator" {
				a.name = "x"
			}
			fit = append(fit, a)
		}
		return r.trained(m, "fit", fit, line)
	case "fit":
		r.chosen = m
		return unknown{what: "the history", line: line}, r.fit(args, line)
	}
	return unknown{what: name, line: line}, nil
}

// begin keeps of the base recipe only what every recipe has.
func (r *reader) begin() {
	if !r.trains {
		r.trains = true
		b := r.recipe
		r.recipe = task.Recipe{Epochs: b.Epochs, Batch: b.Batch, Rate: b.Rate, Decay: 1, Seed: b.Seed, Optimizer: b.Optimizer, Schedule: task.Constant}
	}
}

// changes reads a layer or a generator that changes the pictures of training.
func (r *reader) changes(name string, args []given, line int) (bool, error) {
	share := func(place int, names ...string) (float64, error) {
		v, ok := argument(args, place, names...)
		if items, is := listed(v); is && len(items) == 2 {
			v = items[1]
		}
		f, number := real(v)
		if ok && !number || f < 0 || f >= 1 {
			return 0, wrong(line, "%s: %s: want a share of the side", name, describe(v))
		}
		return f, nil
	}
	switch name {
	case "RandomFlip":
		if v, _ := argument(args, 0, "mode"); v != "horizontal" {
			return true, wrong(line, "RandomFlip: pictures are mirrored to left and right alone: want 'horizontal'")
		}
		r.flip = true
	case "RandomTranslation":
		a, err := share(0, "height_factor")
		if err != nil {
			return true, err
		}
		b, err := share(1, "width_factor")
		if err != nil {
			return true, err
		}
		r.shift = max(a, b)
		fill, ok := argument(args, 2, "fill_mode")
		r.reflect = !ok || fill == "reflect" // Keras' default
	case "RandomRotation", "RandomZoom", "RandomContrast", "RandomBrightness":
		r.note(line, name+" is left out")
	case "ImageDataGenerator":
		for name, to := range map[string]*float64{"width_shift_range": &r.shift, "height_shift_range": &r.shift} {
			f, err := share(-1, name)
			if err != nil {
				return true, err
			}
			*to = max(*to, f)
		}
		if v, ok := argument(args, -1, "horizontal_flip"); ok {
			r.flip, _ = truth(v)
		}
		for _, a := range args {
			if v, ok := real(a.value); !slices.Contains([]string{"width_shift_range", "height_shift_range", "horizontal_flip", "fill_mode", "data_format", "dtype", "validation_split", "zca_epsilon"}, a.name) && a.value != nil && (!ok || v != 0) {
				r.note(line, "of an ImageDataGenerator the shifts and horizontal_flip are followed alone")
			}
		}
		return false, nil // what it makes are batches
	default:
		return false, nil
	}
	return true, nil
}

// augment sets what changes the pictures, which have the given height, and the seed.
func (r *reader) augment(side int) {
	if r.seed >= 0 {
		r.recipe.Seed = uint64(r.seed)
	}
	if r.trains || r.flip || r.shift > 0 {
		r.recipe.Flip, r.recipe.Reflect = r.flip, r.reflect && r.shift > 0
		r.recipe.Shift = int(math.Round(r.shift * float64(side)))
	}
}

// only says that an argument is left out unless it has the value that it has here.
func (r *reader) only(line int, name string, v any, want any) {
	if !same(v, want) {
		r.note(line, fmt.Sprintf("%s=%s is left out: it is %s here", name, describe(v), describe(want)))
	}
}

func (r *reader) compile(args []given, line int) error {
	r.begin()
	if v, ok := argument(args, 0, "optimizer"); ok {
		if err := r.optimizer(v, line); err != nil {
			return err
		}
	}
	v, ok := argument(args, 1, "loss")
	if !ok {
		return nil
	}
	switch v := v.(type) {
	case *named:
		if v.name == "crossentropy" {
			r.recipe.Smoothing = 0
			if s, ok := v.args["label_smoothing"]; ok {
				f, ok := real(s)
				if !ok {
					return wrong(v.line, "label_smoothing: %s", notNumber(s, "0.1"))
				}
				r.recipe.Smoothing = f
			}
			return nil
		}
	case string:
		if slices.Contains(losses, v) {
			return nil
		}
	case path:
		if slices.Contains(losses, snake(v.last())) {
			return nil
		}
	}
	return wrong(line, "the loss %s is not supported here: it is categorical_crossentropy", describe(v))
}

// fit reads how long it is trained, and by which callbacks.
func (r *reader) fit(args []given, line int) error {
	r.begin()
	r.recipe.Batch, r.recipe.Epochs = 32, 1 // Keras'
	for _, a := range []struct {
		name, old string // and in Keras 1
		place     int
		to        *int
	}{{"batch_size", "batch_size", 2, &r.recipe.Batch}, {"epochs", "nb_epoch", 3, &r.recipe.Epochs}} {
		v, ok := argument(args, a.place, a.name, a.old)
		if !ok || v == nil {
			continue
		}
		n, number := whole(v)
		if why := unclear(v, fmt.Sprint(*a.to)); why != "" {
			return wrong(line, "%s: %s", a.name, why)
		}
		if !number || n < 1 {
			return wrong(line, "%s: %s: want a whole number of 1 or more", a.name, describe(v))
		}
		*a.to = n
	}
	if v, ok := argument(args, -1, "validation_split"); ok {
		if f, ok := real(v); ok && f >= 0 && f < 1 {
			r.holdOut = f
		}
	}
	if b, ok := argument(args, 0, "x"); ok {
		if u, is := b.(unknown); is && u.batch > 0 { // a data set in batches
			r.recipe.Batch = u.batch
		}
	}
	callbacks, _ := argument(args, -1, "callbacks")
	items, ok := listed(callbacks)
	if !ok && callbacks != nil {
		items = []any{callbacks}
	}
	for _, c := range items {
		n, ok := c.(*named)
		switch {
		case !ok:
		case n.name == "LearningRateScheduler":
			if err := r.scheduler(n); err != nil {
				return err
			}
		default:
			r.note(n.line, n.name+" is left out: all epochs are trained, and the best is kept as well")
		}
	}
	return nil
}

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
		if r.fits > 0 && r.chosen == m {
			r.note(line, "what is trained before this compile is left out: the model is trained once, as it is compiled last")
		}
		r.chosen, r.fits, r.scheduled = m, 0, false
		return nil, r.compile(args, line)
	case "fit_generator":
		var fit []given
		for i, a := range args {
			if a.name == "" && i < len(generatorPlaces) {
				a.name = generatorPlaces[i]
			}
			if a.name == "generator" {
				a.name = "x"
			}
			fit = append(fit, a)
		}
		return r.trained(m, "fit", fit, line)
	case "fit":
		return unknown{what: "the history", line: line}, r.fit(m, args, line)
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
	case "Resizing", "CenterCrop", "RandomCrop":
		r.note(line, name+" is left out: the pictures have the size that the network takes in")
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
		if name == "Identity" || !Idle(name) { // the first is an initializer too
			return false, nil
		}
		r.note(line, name+" is left out")
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
	for _, name := range []string{"loss_weights", "sample_weight_mode"} {
		if v, ok := argument(args, -1, name); ok && v != nil {
			r.note(line, "compile: "+name+" is left out")
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
			if r.loss = line; v.line > 0 {
				r.loss = v.line
			}
			r.logits, _ = truth(v.args["from_logits"])
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
			r.loss, r.logits = line, false
			return nil
		}
	case path:
		if slices.Contains(losses, snake(v.last())) {
			r.loss, r.logits = line, false
			return nil
		}
	}
	return wrong(line, "the loss %s is not supported here: it is categorical_crossentropy", describe(v))
}

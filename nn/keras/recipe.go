package keras

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"tenfold/nn/task"
)

// optimizer is one that is read: its name here, Keras' default rate, and its arguments by their
// places.
type optimizer struct {
	name   string
	rate   float64
	places []string
}

// optimizers lists them by Keras' names in small letters; a new one adds a line.
var optimizers = map[string]optimizer{
	"adamax":  {task.Adamax, 0.001, []string{"learning_rate", "beta_1", "beta_2", "epsilon"}},
	"adam":    {task.Adam, 0.001, []string{"learning_rate", "beta_1", "beta_2", "epsilon", "amsgrad"}},
	"adamw":   {task.AdamW, 0.001, []string{"learning_rate", "weight_decay", "beta_1", "beta_2", "epsilon"}},
	"sgd":     {task.SGD, 0.01, []string{"learning_rate", "momentum", "nesterov"}},
	"rmsprop": {task.RMSprop, 0.001, []string{"learning_rate", "rho", "momentum", "epsilon"}},
	"muon":    {task.Muon, 0.001, []string{"learning_rate"}},
}

// fixed are arguments of optimisers that are what Keras has them at.
var fixed = map[string]float64{"beta_1": 0.9, "beta_2": 0.999, "epsilon": 1e-7, "rho": 0.9}

// schedules are what a rate may follow: Keras' classes, and those of Script's own; with their
// arguments by their places.
var schedules = map[string][]string{
	"ExponentialDecay":       {"initial_learning_rate", "decay_steps", "decay_rate", "staircase"},
	"CosineDecay":            {"initial_learning_rate", "decay_steps", "alpha", "name", "warmup_target", "warmup_steps"},
	"PolynomialDecay":        {"initial_learning_rate", "decay_steps", "end_learning_rate", "power"},
	"PiecewiseConstantDecay": {"boundaries", "values"},
	"Triangular":             {"rate", "steps"},
	"OneCycle":               {"rate", "steps"},
	"WarmUp":                 {"schedule", "steps"},
}

// losses are the names of the one that there is.
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

// initializing are Keras' initializers, in small letters.
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

// begin leaves of the recipe that was there before the code what every recipe has.
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
					return wrong(v.line, "label_smoothing: %s: want a number", describe(s))
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
	return wrong(line, "the loss %s is not to be had here: it is categorical_crossentropy", describe(v))
}

// optimizer reads compile's argument.
func (r *reader) optimizer(v any, line int) error {
	o, args := optimizer{}, map[string]any(nil)
	switch v := v.(type) {
	case string:
		o = optimizers[strings.ToLower(v)]
	case path: // a class, without brackets
		o = optimizers[strings.ToLower(v.last())]
	case *named:
		o, args, line = optimizers[v.name], v.args, v.line
	}
	if o.name == "" {
		what := describe(v)
		if u, ok := v.(unknown); ok {
			line, what = u.line, u.name()
		}
		return wrong(line, "%s is not among the optimisers here: %s", what, strings.Join(slices.Sorted(maps.Keys(optimizers)), ", "))
	}
	r.recipe.Optimizer, r.recipe.Rate = o.name, o.rate
	r.recipe.Momentum, r.recipe.Nesterov, r.recipe.WeightDecay, r.recipe.Average, r.recipe.AverageMomentum = 0, false, 0, "", 0
	r.recipe.ClipNorm, r.recipe.GlobalClipNorm, r.recipe.ClipValue = 0, 0, 0
	r.recipe.Schedule, r.recipe.WarmUp = task.Constant, 0
	r.warmUp, r.decay = 0, 0
	for _, name := range slices.Sorted(maps.Keys(args)) {
		if err := r.setting(o, name, args[name], line); err != nil {
			return err
		}
	}
	if m, ok := real(args["momentum"]); o.name == task.SGD && (!ok || m == 0) {
		r.note(line, "SGD has a momentum of 0.9 here: one of 0 is not to be had")
	}
	return nil
}

// setting reads one argument of an optimiser.
func (r *reader) setting(o optimizer, name string, v any, line int) error {
	f, number := real(v)
	into := func(to *float64) error {
		if v == nil {
			return nil
		}
		if !number {
			return wrong(line, "%s: %s: want a number", name, describe(v))
		}
		*to = f
		return nil
	}
	switch name {
	case "learning_rate", "lr":
		if s, ok := v.(*named); ok && schedules[s.name] != nil {
			return r.schedule(s)
		}
		if p, ok := v.(unknown); ok {
			return wrong(p.line, "the learning rate is not known from the code: %s", cut(p.what))
		}
		return into(&r.recipe.Rate)
	case "momentum":
		if o.name == task.RMSprop {
			r.only(line, name, v, int64(0))
			return nil
		}
		return into(&r.recipe.Momentum)
	case "nesterov":
		yes, _ := truth(v)
		r.recipe.Nesterov = yes
	case "weight_decay":
		return into(&r.recipe.WeightDecay)
	case "clipnorm":
		return into(&r.recipe.ClipNorm)
	case "global_clipnorm":
		return into(&r.recipe.GlobalClipNorm)
	case "clipvalue":
		return into(&r.recipe.ClipValue)
	case "use_ema":
		if yes, _ := truth(v); yes {
			r.recipe.Average = task.EMA
		}
	case "ema_momentum":
		return into(&r.recipe.AverageMomentum)
	case "decay":
		r.only(line, name, v, int64(0))
	case "amsgrad", "centered":
		r.only(line, name, v, false)
	case "name", "jit_compile", "ema_overwrite_frequency", "loss_scale_factor", "gradient_accumulation_steps":
	default:
		if want, ok := fixed[name]; ok {
			if v != nil {
				r.only(line, name, v, want)
			}
			return nil
		}
		r.note(line, fmt.Sprintf("the optimiser's %s is left out", cut(name)))
	}
	return nil
}

// pictures are as many as the training set has, by which Keras counts the steps of an epoch.
const trainingPictures = 50000

// schedule reads a rate that follows one of Keras' schedules, or of Script's.
func (r *reader) schedule(s *named) error {
	if s.name == "WarmUp" {
		steps, ok := real(s.args["steps"])
		inner, is := s.args["schedule"].(*named)
		if !ok || !is && s.args["schedule"] == nil {
			return wrong(s.line, "WarmUp: want a schedule, and steps")
		}
		if is {
			if err := r.schedule(inner); err != nil {
				return err
			}
		} else if f, ok := real(s.args["schedule"]); ok {
			r.recipe.Rate, r.recipe.Schedule = f, task.Constant
		}
		r.warmUp = steps
		return nil
	}
	if s.name == "PiecewiseConstantDecay" {
		return r.piecewise(s)
	}
	rate := s.args[schedules[s.name][0]]
	f, ok := real(rate)
	if !ok {
		return wrong(s.line, "%s: %s: want a number", s.name, describe(rate))
	}
	r.recipe.Rate = f
	switch s.name {
	case "CosineDecay":
		r.recipe.Schedule = task.Cosine
		if a, ok := s.args["alpha"]; ok {
			r.only(s.line, "alpha", a, int64(0))
		}
		if w, ok := real(s.args["warmup_steps"]); ok && w > 0 {
			r.warmUp = w
			if t, ok := real(s.args["warmup_target"]); ok {
				r.recipe.Rate = t
			}
		}
	case "PolynomialDecay":
		r.recipe.Schedule = task.Linear
		for name, want := range map[string]any{"power": int64(1), "end_learning_rate": int64(0)} {
			v, ok := s.args[name]
			if !ok && name == "end_learning_rate" {
				v = 0.0001 // Keras'
			}
			if ok || name != "power" {
				r.only(s.line, name, v, want)
			}
		}
	case "Triangular":
		r.recipe.Schedule = task.Triangular
	case "OneCycle":
		r.recipe.Schedule = task.OneCycle
	case "ExponentialDecay":
		decay, ok := real(s.args["decay_rate"])
		steps, known := real(s.args["decay_steps"])
		if !ok || !known || steps <= 0 {
			return wrong(s.line, "ExponentialDecay: decay_steps and decay_rate are not known from the code")
		}
		r.recipe.Schedule = task.Exponential
		if yes, _ := truth(s.args["staircase"]); yes {
			r.recipe.Schedule = task.PerEpoch
		}
		r.decay = math.Pow(decay, 1/steps)
	}
	return nil
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
		if u, is := v.(unknown); is {
			return wrong(line, "%s: %s is not known from the code", a.name, cut(u.what))
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

// piecewise reads rates that fall to a tenth after half and three quarters of a run; others there
// are not. How many steps a run has is not known yet, so that the second of the places is measured
// by the first.
func (r *reader) piecewise(s *named) error {
	numbers := func(v any) []float64 {
		items, _ := listed(v)
		var all []float64
		for _, item := range items {
			if f, ok := real(item); ok {
				all = append(all, f)
			}
		}
		return all
	}
	at, rates := numbers(s.args["boundaries"]), numbers(s.args["values"])
	near := func(a, b float64) bool { return math.Abs(a-b) <= 0.01*math.Abs(b) }
	if len(at) != 2 || len(rates) != 3 || rates[0] <= 0 || !near(at[1]/at[0], 1.5) || !near(rates[1], rates[0]/10) || !near(rates[2], rates[0]/100) {
		return wrong(s.line, "PiecewiseConstantDecay: want a tenth of the rate after half of the steps and a hundredth after three quarters, which is the one that there is here")
	}
	r.recipe.Rate, r.recipe.Schedule = rates[0], task.Steps
	return nil
}

// perEpoch turns what the code counts in steps into epochs.
func (r *reader) perEpoch() {
	steps := math.Ceil(trainingPictures / float64(r.recipe.Batch))
	if r.warmUp > 0 {
		r.recipe.WarmUp = tidy(r.warmUp / steps)
	}
	if r.decay > 0 {
		r.recipe.Decay = tidy(math.Pow(r.decay, steps))
	}
}

// tidy rounds a number to what was meant: 0.9 that went through powers.
func tidy(v float64) float64 { return math.Round(v*1e9) / 1e9 }

// scheduler finds the schedule of which a function of the epoch is.
func (r *reader) scheduler(n *named) error {
	f, ok := n.args["schedule"].(*function)
	if !ok {
		return wrong(n.line, "LearningRateScheduler: %s: want a function of the epoch", describe(n.args["schedule"]))
	}
	epochs := min(r.recipe.Epochs, 200)
	var rates []float64
	rate := r.recipe.Rate
	for e := range max(epochs, 3) {
		args := []given{{value: int64(e)}}
		if len(f.params) > 1 && f.params[1].stars == "" {
			args = append(args, given{value: rate})
		}
		v, err := r.apply(f, args, n.line)
		if err != nil {
			return err
		}
		if rate, ok = real(v); !ok {
			return wrong(f.line, "%s: the rate of epoch %d is not known from the code", f.name, e)
		}
		rates = append(rates, rate)
	}
	r.recipe.Rate, r.recipe.WarmUp, r.warmUp, r.decay = rates[0], 0, 0, 0
	if rates[0] <= 0 {
		return wrong(f.line, "%s: a rate of %g: want one over 0", f.name, rates[0])
	}
	all := func(want func(e float64) float64) bool {
		for e, v := range rates[:epochs] {
			if w := rates[0] * want(float64(e)); math.Abs(v-w) > 1e-6*math.Abs(w)+1e-12 {
				return false
			}
		}
		return true
	}
	n1 := float64(r.recipe.Epochs)
	decay := tidy(rates[1] / rates[0])
	switch {
	case all(func(float64) float64 { return 1 }):
		r.recipe.Schedule = task.Constant
	case all(func(e float64) float64 { return math.Pow(decay, e) }):
		r.recipe.Schedule, r.recipe.Decay = task.PerEpoch, decay
	case all(func(e float64) float64 {
		return map[bool]float64{true: 1, false: 0.1}[e < n1/2] * map[bool]float64{true: 1, false: 0.1}[e < n1*3/4]
	}):
		r.recipe.Schedule = task.Steps
	case all(func(e float64) float64 { return (1 + math.Cos(math.Pi*e/n1)) / 2 }):
		r.recipe.Schedule = task.Cosine
	case all(func(e float64) float64 { return 1 - e/n1 }):
		r.recipe.Schedule = task.Linear
	default:
		r.recipe.Schedule = task.Constant
		r.note(f.line, f.name+" is left out, and the rate stays as it begins: it is none of the schedules here, constant, times a factor after each epoch, a tenth after half and three quarters of the epochs, cosine, linear")
	}
	return nil
}

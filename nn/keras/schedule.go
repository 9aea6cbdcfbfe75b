package keras

import (
	"math"

	"tenfold/nn/task"
)

// schedules are what a rate may follow: Keras' classes, and Script's; with their
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

// trainingPictures are as many as the training set has, by which Keras counts the steps of an epoch.
var trainingPictures = float64(task.Pictures(task.TrainFiles))

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
		return wrong(s.line, "%s: %s", s.name, notNumber(rate, "0.001"))
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
			for _, v := range []any{s.args["decay_steps"], s.args["decay_rate"]} {
				if undefined(v) != "" {
					return wrong(s.line, "ExponentialDecay: %s", unclear(v, "1000"))
				}
			}
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

// piecewise reads rates that fall to a tenth after half and three quarters of a run; others are
// not supported. How many steps a run has is not known yet, so that the second of the places is
// measured by the first.
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

// scheduler finds the schedule that a function of the epoch belongs to.
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
		if rate, ok = real(v); !ok && undefined(v) != "" {
			return wrong(f.line, "%s: %s", f.name, unclear(v, "0.005"))
		} else if !ok {
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

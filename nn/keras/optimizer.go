package keras

import (
	"cmp"
	"fmt"
	"maps"
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

// optimizers lists them by Keras' names in lower case; a new one adds a line.
var optimizers = map[string]optimizer{
	"adamax":  {task.Adamax, 0.001, []string{"learning_rate", "beta_1", "beta_2", "epsilon"}},
	"adam":    {task.Adam, 0.001, []string{"learning_rate", "beta_1", "beta_2", "epsilon", "amsgrad"}},
	"adamw":   {task.AdamW, 0.001, []string{"learning_rate", "weight_decay", "beta_1", "beta_2", "epsilon"}},
	"sgd":     {task.SGD, 0.01, []string{"learning_rate", "momentum", "nesterov"}},
	"rmsprop": {task.RMSprop, 0.001, []string{"learning_rate", "rho", "momentum", "epsilon"}},
	"muon":    {task.Muon, 0.001, []string{"learning_rate"}},
}

// fixed are arguments of optimisers that must have Keras' defaults.
var fixed = map[string]float64{"beta_1": 0.9, "beta_2": 0.999, "epsilon": 1e-7, "rho": 0.9}

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

// usualSettings are values of arguments that are usual, where they are not as small as a rate.
var usualSettings = map[string]string{"momentum": "0.9", "clipnorm": "1.0", "global_clipnorm": "1.0", "clipvalue": "0.5", "ema_momentum": "0.99"}

// setting reads one argument of an optimiser.
func (r *reader) setting(o optimizer, name string, v any, line int) error {
	f, number := real(v)
	into := func(to *float64) error {
		if v == nil {
			return nil
		}
		if !number {
			return wrong(line, "%s: %s", name, notNumber(v, cmp.Or(usualSettings[name], "0.001")))
		}
		*to = f
		return nil
	}
	switch name {
	case "learning_rate", "lr":
		if s, ok := v.(*named); ok && schedules[s.name] != nil {
			return r.schedule(s)
		}
		if p, ok := v.(unknown); ok && p.undefined == "" {
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

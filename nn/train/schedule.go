package train

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"tenfold/nn/task"
)

// schedules lists how the rate goes over a run, as what it is multiplied by: done counts
// epochs, parts of the current one included. A new one adds a line.
var schedules = map[string]func(r task.Recipe, done float64) float64{
	task.PerEpoch: func(r task.Recipe, done float64) float64 { return math.Pow(r.Decay, math.Floor(done)) },
	task.Constant: func(task.Recipe, float64) float64 { return 1 },
	// Source: He et al. 2015, https://arxiv.org/abs/1512.03385, section 4.2.
	task.Steps: func(r task.Recipe, done float64) float64 {
		switch t := done / float64(r.Epochs); {
		case t >= 0.75:
			return 0.01
		case t >= 0.5:
			return 0.1
		}
		return 1
	},
	// Source: Loshchilov, Hutter 2016, https://arxiv.org/abs/1608.03983, and Keras'
	// CosineDecay.
	task.Cosine: func(r task.Recipe, done float64) float64 {
		return (1 + math.Cos(math.Pi*min(done/float64(r.Epochs), 1))) / 2
	},
	// Keras' PolynomialDecay with an end of 0.
	task.Linear: func(r task.Recipe, done float64) float64 {
		return 1 - min(done/float64(r.Epochs), 1)
	},
	// Source: Smith 2018, https://arxiv.org/abs/1803.09820; the numbers are K. Jordan's,
	// https://arxiv.org/abs/2404.00498.
	task.Triangular: func(r task.Recipe, done float64) float64 {
		const first, peak, last = 0.2, 0.23, 0.07
		if t := min(done/float64(r.Epochs), 1); t < peak {
			return first + (1-first)*t/peak
		} else {
			return 1 + (last-1)*(t-peak)/(1-peak)
		}
	},
	// Keras' ExponentialDecay with staircase=False.
	task.Exponential: func(r task.Recipe, done float64) float64 { return math.Pow(r.Decay, done) },
	// PyTorch's OneCycleLR without its cycle of momentum. Source: Smith, Topin 2017,
	// https://arxiv.org/abs/1708.07120, and fast.ai, whose numbers these are.
	task.OneCycle: func(r task.Recipe, done float64) float64 {
		const first, peak, last = 1. / 25, 0.3, 1. / 25 / 1e4
		along := func(from, to, t float64) float64 { return to + (from-to)*(1+math.Cos(math.Pi*t))/2 }
		if t := min(done/float64(r.Epochs), 1); t < peak {
			return along(first, 1, t/peak)
		} else {
			return along(1, last, (t-peak)/(1-peak))
		}
	},
}

// Rate returns the learning rate when done epochs are done, the part of the current one included.
func Rate(r task.Recipe, done float64) float64 {
	rate := r.Rate * schedules[r.Schedule](r, done)
	if done < r.WarmUp {
		rate *= done / r.WarmUp
	}
	return rate
}

// checkSchedule reports what is wrong with a recipe's schedule.
func checkSchedule(r task.Recipe) error {
	if _, ok := schedules[r.Schedule]; !ok {
		names := slices.Sorted(maps.Keys(schedules))[1:] // the first is ""
		return fmt.Errorf("train: no schedule is called %q; there are %s", r.Schedule, strings.Join(names, ", "))
	}
	if !(r.WarmUp >= 0) || math.IsInf(r.WarmUp, 0) {
		return fmt.Errorf("train: a warm-up of %g epochs: want a number of 0 or more", r.WarmUp)
	}
	return nil
}

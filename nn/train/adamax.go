package train

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"gorgonia.org/gorgonia"

	"tenfold/nn/checkpoint"
	"tenfold/nn/kernel"
)

// Adamax is Keras' Adamax as a gorgonia.Solver:
//
//	m = beta1*m + (1-beta1)*g
//	u = max(beta2*u, |g|)
//	w -= rate/(1-beta1^t) * m/(u+epsilon)
//
// Source: https://keras.io/api/optimizers/adamax/; Kingma and Ba, Adam,
// https://arxiv.org/abs/1412.6980, section 7.1.
type Adamax struct {
	Rate, Beta1, Beta2, Epsilon float64

	steps   int
	moments map[string]*moments // by the weight's name
	power   float64             // beta1^steps
	loop    *kernel.Loop
	run     struct{ w, m, u, g []float32 }
}

// moments are the running mean of a weight's gradient and the running maximum
// of its size.
type moments struct{ m, u []float32 }

// NewAdamax returns an Adamax with Keras' defaults: beta1 0.9, beta2 0.999,
// epsilon 1e-7.
func NewAdamax(rate float64) *Adamax {
	a := &Adamax{Rate: rate, Beta1: 0.9, Beta2: 0.999, Epsilon: 1e-7, power: 1, moments: map[string]*moments{}}
	a.loop = kernel.NewLoop(a.block)
	return a
}

// adamaxBlock is how many weights a core updates at once.
const adamaxBlock = 1 << 14

// SetRate sets the learning rate of the steps that follow.
func (a *Adamax) SetRate(rate float64) { a.Rate = rate }

// Step implements gorgonia.Solver. Each weight must be a gorgonia.Namer with a
// name of its own.
func (a *Adamax) Step(weights []gorgonia.ValueGrad) error {
	a.steps++
	a.power *= a.Beta1
	for _, v := range weights {
		namer, ok := v.(gorgonia.Namer)
		if !ok {
			return fmt.Errorf("train: Adamax: a weight without a name: %T", v)
		}
		grad, err := v.Grad()
		if err != nil {
			return fmt.Errorf("train: Adamax: %w", err)
		}
		a.run.w, a.run.g = v.Value().Data().([]float32), grad.Data().([]float32)
		s := a.moments[namer.Name()]
		if s == nil {
			s = &moments{make([]float32, len(a.run.w)), make([]float32, len(a.run.w))}
			a.moments[namer.Name()] = s
		}
		a.run.m, a.run.u = s.m, s.u
		a.loop.Run((len(a.run.w) + adamaxBlock - 1) / adamaxBlock)
	}
	return nil
}

func (a *Adamax) block(_, i int) {
	from, to := i*adamaxBlock, min((i+1)*adamaxBlock, len(a.run.w))
	kernel.Adamax(a.run.w[from:to], a.run.m[from:to], a.run.u[from:to], a.run.g[from:to],
		float32(a.Rate/(1-a.power)), float32(a.Beta1), float32(a.Beta2), float32(a.Epsilon))
}

// State implements Solver. The tensors share the solver's memory.
func (a *Adamax) State() []checkpoint.Tensor {
	var all []checkpoint.Tensor
	for _, name := range slices.Sorted(maps.Keys(a.moments)) {
		s := a.moments[name]
		all = append(all,
			checkpoint.Tensor{Name: "adamax/m/" + name, Shape: []int{len(s.m)}, Data: s.m},
			checkpoint.Tensor{Name: "adamax/u/" + name, Shape: []int{len(s.u)}, Data: s.u})
	}
	return all
}

// Restore implements Solver.
func (a *Adamax) Restore(f *checkpoint.File, steps int) error {
	restored := map[string]*moments{}
	for _, t := range f.Tensors {
		name, ok := strings.CutPrefix(t.Name, "adamax/m/")
		if !ok {
			continue
		}
		u, err := f.Tensor("adamax/u/" + name)
		if err != nil {
			return fmt.Errorf("train: Adamax: %w", err)
		}
		w, err := f.Tensor(name)
		if err != nil {
			return fmt.Errorf("train: Adamax: %w", err)
		}
		if len(t.Data) != len(w.Data) || len(u.Data) != len(w.Data) {
			return fmt.Errorf("train: Adamax: %s has %d weights but moments of %d and %d", name, len(w.Data), len(t.Data), len(u.Data))
		}
		restored[name] = &moments{t.Data, u.Data}
	}
	if steps > 0 && len(restored) == 0 {
		return fmt.Errorf("train: the file holds no state of Adamax")
	}
	a.moments, a.steps, a.power = restored, steps, 1
	for range steps { // as Step does, so that the bits agree
		a.power *= a.Beta1
	}
	return nil
}

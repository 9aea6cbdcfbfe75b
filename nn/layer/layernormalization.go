package layer

import (
	"fmt"

	"tenfold/nn/kernel"
	"tenfold/nn/task"
)

// LayerNormalization makes each place's mean over the last axis 0 and its variance 1:
//
//	y = gamma * (x - mean)/sqrt(variance + epsilon) + beta
//
// x and y: [n,...,c], of one shape, gamma and beta: [c].
// Source: https://keras.io/api/layers/normalization_layers/layer_normalization/.
type LayerNormalization struct {
	Axis             int         `json:"axis,omitempty" keras:"-1"`                  // 0 means -1; no other than the last
	Epsilon          float64     `json:"epsilon,omitempty" keras:"0.001"`            // 0 means 0.001
	NoCenter         Not         `json:"center,omitzero" keras:"True"`               // center=False: no beta
	NoScale          Not         `json:"scale,omitzero" keras:"True"`                // scale=False: no gamma
	BetaInitializer  Initializer `json:"beta_initializer,omitempty" keras:"'zeros'"` // "" means Zeros
	GammaInitializer Initializer `json:"gamma_initializer,omitempty" keras:"'ones'"` // "" means Ones
}

// Output implements Layer.
func (l LayerNormalization) Output(in ...task.Shape) (task.Shape, error) {
	return in[0], normalizes("LayerNormalization", in[0], l.Axis, l.Epsilon)
}

// normalizes says what does not fit in the settings of a normalization, or nil.
func normalizes(name string, in task.Shape, a int, epsilon float64) error {
	if len(in) == 0 {
		return fmt.Errorf("%s: input without axes", name)
	}
	if at, err := axis(a, in); err != nil || at != len(in)-1 {
		return fmt.Errorf("%s: axis %d of inputs of shape %v: want -1, the last", name, a, in)
	}
	if !(epsilon >= 0) || epsilon-epsilon != 0 {
		return fmt.Errorf("%s: epsilon %g: want a number of 0 or more", name, epsilon)
	}
	return nil
}

// Weights implements Layer.
func (l LayerNormalization) Weights(in ...task.Shape) []Weight {
	return scaling(in[0], l.NoScale, l.NoCenter, l.GammaInitializer, l.BetaInitializer)
}

// scaling returns the learned weights of a normalization.
func scaling(in task.Shape, noScale, noCenter Not, gamma, beta Initializer) []Weight {
	var w []Weight
	c := in[len(in)-1]
	if !noScale {
		w = append(w, Weight{Name: "gamma", Shape: task.Shape{c}, Initializer: gamma.or(Ones)})
	}
	if !noCenter {
		w = append(w, Weight{Name: "beta", Shape: task.Shape{c}, Initializer: beta.or(Zeros)})
	}
	return w
}

type layerNorm struct {
	c, size     int
	gamma, beta int // where in the weights; -1 for none
	epsilon     float64
	run         struct{ g, dy, x, gamma, beta []float32 }

	fwd, backward *kernel.Loop
}

// Op implements Layer.
func (l LayerNormalization) Op(_ int, in ...task.Shape) Op {
	o := &layerNorm{c: in[0][len(in[0])-1], size: in[0].Size(), epsilon: or(l.Epsilon, 1e-3)}
	o.gamma, o.beta = places(l.NoScale, l.NoCenter)
	at := func(s []float32, i int) []float32 { return picture(s, i, o.size) }
	o.fwd = kernel.NewLoop(func(_, i int) {
		kernel.LayerNorm(at(o.run.g, i), at(o.run.x, i), o.run.gamma, o.run.beta, o.c, o.epsilon)
	})
	o.backward = kernel.NewLoop(func(_, i int) {
		kernel.LayerNormGrad(at(o.run.g, i), at(o.run.dy, i), at(o.run.x, i), o.run.gamma, o.c, o.epsilon)
	})
	return o
}

// places returns where gamma and beta are among the weights of scaling; -1 for none.
func places(noScale, noCenter Not) (gamma, beta int) {
	gamma, beta = 0, 1
	if noScale {
		gamma, beta = -1, 0
	}
	if noCenter {
		beta = -1
	}
	return gamma, beta
}

// optional returns the i-th of the weights, or nil for -1.
func optional(w [][]float32, i int) []float32 {
	if i < 0 {
		return nil
	}
	return w[i]
}

func (o *layerNorm) Forward(_ Pass, y []float32, x, w [][]float32) {
	o.run.g, o.run.x, o.run.gamma, o.run.beta = y, x[0], optional(w, o.gamma), optional(w, o.beta)
	o.fwd.Run(len(y) / o.size)
}

func (o *layerNorm) Grad(i int, g, dy []float32, x [][]float32, _ []float32, w [][]float32) {
	switch i - 1 {
	case -1:
		o.run.g, o.run.dy, o.run.x, o.run.gamma = g, dy, x[0], optional(w, o.gamma)
		o.backward.Run(len(dy) / o.size)
	case o.gamma:
		clear(g)
		kernel.LayerNormGammaGrad(g, dy, x[0], o.epsilon)
	case o.beta:
		clear(g)
		kernel.AddRows(g, dy)
	}
}

package layer

import (
	"fmt"
	"slices"

	"tenfold/nn/kernel"
	"tenfold/nn/task"
)

// PReLU is LeakyReLU whose slopes are learned: y = x for x > 0 and alpha*x elsewhere, with
// an alpha for each element but along the shared axes. x and y: [n,...], of one shape; alpha
// has that shape with 1 for the shared axes.
// Source: https://keras.io/api/layers/activation_layers/prelu/.
type PReLU struct {
	AlphaInitializer Initializer `json:"alpha_initializer,omitempty" keras:"'zeros'"` // "" means Zeros
	SharedAxes       []int       `json:"shared_axes,omitempty" keras:"None"`          // from 1 on
}

// Output implements Layer.
func (p PReLU) Output(in ...task.Shape) (task.Shape, error) {
	for _, a := range p.SharedAxes {
		if a < 1 || a > len(in[0]) {
			return nil, fmt.Errorf("PReLU: shared axis %d of inputs of shape %v: want 1 to %d", a, in[0], len(in[0]))
		}
	}
	return in[0], nil
}

func (p PReLU) alpha(in task.Shape) task.Shape {
	s := slices.Clone(in)
	for _, a := range p.SharedAxes {
		s[a-1] = 1
	}
	return s
}

// Weights implements Layer.
func (p PReLU) Weights(in ...task.Shape) []Weight {
	return []Weight{{Name: "alpha", Shape: p.alpha(in[0]), Initializer: p.AlphaInitializer.or(Zeros)}}
}

type prelu struct {
	of  []int32 // which alpha goes with an element
	run struct{ g, dy, x, alpha []float32 }

	fwd, backward *kernel.Loop
}

// Op implements Layer.
func (p PReLU) Op(_ int, in ...task.Shape) Op {
	o := &prelu{of: repeated(p.alpha(in[0]), in[0])}
	if o.of == nil {
		for i := range in[0].Size() {
			o.of = append(o.of, int32(i))
		}
	}
	at := func(s []float32, i int) []float32 { return picture(s, i, len(o.of)) }
	o.fwd = kernel.NewLoop(func(_, i int) { kernel.PReLU(at(o.run.g, i), at(o.run.x, i), o.run.alpha, o.of) })
	o.backward = kernel.NewLoop(func(_, i int) {
		kernel.PReLUGrad(at(o.run.g, i), at(o.run.dy, i), at(o.run.x, i), o.run.alpha, o.of)
	})
	return o
}

func (o *prelu) Forward(_ Pass, y []float32, x, w [][]float32) {
	o.run.g, o.run.x, o.run.alpha = y, x[0], w[0]
	o.fwd.Run(len(y) / len(o.of))
}

func (o *prelu) Grad(i int, g, dy []float32, x [][]float32, _ []float32, w [][]float32) {
	if i == 0 {
		o.run.g, o.run.dy, o.run.x, o.run.alpha = g, dy, x[0], w[0]
		o.backward.Run(len(dy) / len(o.of))
		return
	}
	clear(g)
	for k := 0; k < len(dy); k += len(o.of) {
		kernel.PReLUAlphaGrad(g, dy[k:], x[0][k:k+len(o.of)], o.of)
	}
}

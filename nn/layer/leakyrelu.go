package layer

import (
	"tenfold/nn/kernel"
	"tenfold/nn/spec"
)

// LeakyReLU is y = x for x >= 0 and alpha*x below. x and y: [n,...], of one
// shape. The zero value is ReLU; Keras' default alpha of 0.3 is not assumed.
// Source: https://keras.io/api/layers/activation_layers/leaky_relu/.
type LeakyReLU struct {
	Alpha float32 `json:"alpha"`
}

// Output implements Layer.
func (LeakyReLU) Output(in spec.Shape) (spec.Shape, error) { return in, nil }

// Weights implements Layer.
func (LeakyReLU) Weights(spec.Shape) []Weight { return nil }

// Op implements Layer.
func (l LeakyReLU) Op(in spec.Shape, _ int) Op {
	return newPointwise(in,
		func(y, x []float32) { kernel.LeakyReLU(y, x, l.Alpha) },
		func(dx, dy, x, _ []float32) { kernel.LeakyReLUGrad(dx, dy, x, l.Alpha) })
}

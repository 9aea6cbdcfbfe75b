package layer

import (
	"tenfold/nn/kernel"
	"tenfold/nn/task"
)

// LeakyReLU is y = x for x >= 0 and alpha*x below. x and y: [n,...], of one
// shape. The zero value is ReLU; Keras' default alpha of 0.3 is not assumed.
// Source: https://keras.io/api/layers/activation_layers/leaky_relu/.
type LeakyReLU struct {
	Alpha float32 `json:"alpha" keras:"0.3"`
}

// Output implements Layer.
func (LeakyReLU) Output(in ...task.Shape) (task.Shape, error) { return in[0], nil }

// Weights implements Layer.
func (LeakyReLU) Weights(...task.Shape) []Weight { return nil }

// Op implements Layer.
func (l LeakyReLU) Op(_ int, in ...task.Shape) Op {
	return rectifier(in[0], l.Alpha)
}

// rectifier returns the arithmetic of LeakyReLU, and with a slope of 0 of ReLU.
func rectifier(in task.Shape, slope float32) Op {
	o := newPointwise(in,
		func(y, x []float32) { kernel.LeakyReLU(y, x, slope) },
		func(dx, dy, x, _ []float32) { kernel.LeakyReLUGrad(dx, dy, x, slope) })
	o.rectify, o.slope = true, slope
	return o
}

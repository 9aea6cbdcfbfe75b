package layer

import (
	"fmt"

	"tenfold/nn/kernel"
	"tenfold/nn/task"
)

// ELU is y = x for x > 0 and alpha*(e^x - 1) elsewhere. x and y: [n,...], of one shape.
// Source: https://keras.io/api/layers/activation_layers/elu/.
type ELU struct {
	Alpha float32 `json:"alpha,omitempty" keras:"1.0"` // 0 means 1
}

// Output implements Layer.
func (e ELU) Output(in ...task.Shape) (task.Shape, error) {
	if e.Alpha-e.Alpha != 0 {
		return nil, fmt.Errorf("ELU: alpha %g: want a number", e.Alpha)
	}
	return in[0], nil
}

// Weights implements Layer.
func (ELU) Weights(...task.Shape) []Weight { return nil }

// Op implements Layer.
func (e ELU) Op(_ int, in ...task.Shape) Op {
	alpha := float32(or(float64(e.Alpha), 1))
	return newPointwise(in[0],
		func(y, x []float32) { kernel.ELU(y, x, alpha) },
		func(dx, dy, x, _ []float32) { kernel.ELUGrad(dx, dy, x, alpha) })
}

package layer

import (
	"fmt"
	"math"

	"tenfold/nn/kernel"
	"tenfold/nn/task"
)

// ReLU is Keras' with its arguments: y = max_value where x reaches it, x from the threshold
// on, and negative_slope*(x - threshold) below. x and y: [n,...], of one shape.
// Source: https://keras.io/api/layers/activation_layers/relu/.
type ReLU struct {
	MaxValue      float32 `json:"max_value,omitempty" keras:"None"` // 0 means none
	NegativeSlope float32 `json:"negative_slope,omitempty" keras:"0.0"`
	Threshold     float32 `json:"threshold,omitempty" keras:"0.0"`
}

// Output implements Layer.
func (r ReLU) Output(in ...task.Shape) (task.Shape, error) {
	if !(r.MaxValue >= 0 && r.NegativeSlope >= 0 && r.Threshold >= 0) {
		return nil, fmt.Errorf("ReLU: max_value %g, negative_slope %g, threshold %g: want 0 or more", r.MaxValue, r.NegativeSlope, r.Threshold)
	}
	return in[0], nil
}

// Weights implements Layer.
func (ReLU) Weights(...task.Shape) []Weight { return nil }

// Op implements Layer.
func (r ReLU) Op(_ int, in ...task.Shape) Op {
	if r.MaxValue == 0 && r.Threshold == 0 {
		return rectifier(in[0], r.NegativeSlope)
	}
	top := r.MaxValue
	if top == 0 {
		top = float32(math.Inf(1))
	}
	return newPointwise(in[0],
		func(y, x []float32) { kernel.Clip(y, x, top, r.NegativeSlope, r.Threshold) },
		func(dx, dy, x, _ []float32) { kernel.ClipGrad(dx, dy, x, top, r.NegativeSlope, r.Threshold) })
}

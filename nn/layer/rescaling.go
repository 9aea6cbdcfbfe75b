package layer

import (
	"fmt"

	"tenfold/nn/kernel"
	"tenfold/nn/task"
)

// Rescaling is y = x*scale + offset. x and y: [n,...], of one shape.
// Source: https://keras.io/api/layers/preprocessing_layers/image_preprocessing/rescaling/.
type Rescaling struct {
	Scale  float64 `json:"scale"`
	Offset float64 `json:"offset,omitempty" keras:"0.0"`
}

// Output implements Layer.
func (r Rescaling) Output(in ...task.Shape) (task.Shape, error) {
	if s, o := float32(r.Scale), float32(r.Offset); s-s != 0 || o-o != 0 {
		return nil, fmt.Errorf("Rescaling: scale %g and offset %g: want numbers", s, o)
	}
	return in[0], nil
}

// Weights implements Layer.
func (Rescaling) Weights(...task.Shape) []Weight { return nil }

// Op implements Layer.
func (r Rescaling) Op(_ int, in ...task.Shape) Op {
	scale, offset := []float32{float32(r.Scale)}, []float32{float32(r.Offset)}
	zero := []float32{0}
	return newPointwise(in[0],
		func(y, x []float32) { kernel.Affine(y, x, scale, offset, 1) },
		func(dx, dy, _, _ []float32) { kernel.Affine(dx, dy, scale, zero, 1) })
}

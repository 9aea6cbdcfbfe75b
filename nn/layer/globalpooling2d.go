package layer

import (
	"fmt"

	"tenfold/nn/kernel"
	"tenfold/nn/task"
)

// GlobalAveragePooling2D is the mean of each channel over all places. x: [n,h,w,c], y: [n,c],
// or with KeepDims [n,1,1,c].
// Source: https://keras.io/api/layers/pooling_layers/global_average_pooling2d/.
type GlobalAveragePooling2D struct {
	KeepDims bool `json:"keepdims,omitempty" keras:"False"`
}

// GlobalMaxPooling2D is the largest number of each channel over all places, with shapes as
// GlobalAveragePooling2D has them. The first of equals gets the gradient.
// Source: https://keras.io/api/layers/pooling_layers/global_max_pooling2d/.
type GlobalMaxPooling2D struct {
	KeepDims bool `json:"keepdims,omitempty" keras:"False"`
}

// Output implements Layer.
func (g GlobalAveragePooling2D) Output(in ...task.Shape) (task.Shape, error) {
	return channels("GlobalAveragePooling2D", in[0], g.KeepDims)
}

// Output implements Layer.
func (g GlobalMaxPooling2D) Output(in ...task.Shape) (task.Shape, error) {
	return channels("GlobalMaxPooling2D", in[0], g.KeepDims)
}

// channels returns the shape of a number for each channel.
func channels(name string, in task.Shape, keep bool) (task.Shape, error) {
	switch {
	case len(in) != 3:
		return nil, fmt.Errorf("%s: input of shape %v: want height, width and channels", name, in)
	case keep:
		return task.Shape{1, 1, in[2]}, nil
	}
	return task.Shape{in[2]}, nil
}

// Weights implements Layer.
func (GlobalAveragePooling2D) Weights(...task.Shape) []Weight { return nil }

// Weights implements Layer.
func (GlobalMaxPooling2D) Weights(...task.Shape) []Weight { return nil }

// Op implements Layer.
func (GlobalAveragePooling2D) Op(_ int, in ...task.Shape) Op {
	y, x := all(in[0])
	return newPooling(y, x, in[0][2], (*kernel.Pool).Average, averageGrad)
}

// Op implements Layer.
func (GlobalMaxPooling2D) Op(_ int, in ...task.Shape) Op {
	y, x := all(in[0])
	return newPooling(y, x, in[0][2], (*kernel.Pool).Max, (*kernel.Pool).MaxGrad)
}

// all returns the windows of one place that reaches over a whole picture.
func all(in task.Shape) (y, x window) {
	one := func(n int) window { return window{in: n, out: 1, size: n, stride: 1, dilation: 1} }
	return one(in[0]), one(in[1])
}

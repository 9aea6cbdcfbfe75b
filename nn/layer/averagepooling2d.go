package layer

import (
	"fmt"

	"tenfold/nn/kernel"
	"tenfold/nn/task"
)

// AveragePooling2D is the mean of each window, channel by channel; what lies outside of the
// picture does not count. x: [n,h,w,c], y: [n,h',w',c].
// Source: https://keras.io/api/layers/pooling_layers/average_pooling2d/.
type AveragePooling2D struct {
	PoolSize [2]int  `json:"pool_size,omitzero" keras:"(2, 2)"` // height, width; 0 means 2
	Strides  [2]int  `json:"strides,omitzero" keras:"None"`     // 0 means the pool size
	Padding  Padding `json:"padding,omitempty" keras:"'valid'"` // "" means Valid
}

// Output implements Layer.
func (a AveragePooling2D) Output(in ...task.Shape) (task.Shape, error) {
	y, x, err := MaxPool2D(a).windows(in[0])
	if err != nil {
		return nil, fmt.Errorf("AveragePooling2D: %w", err)
	}
	return task.Shape{y.out, x.out, in[0][2]}, nil
}

// Window returns the part of a picture of shape in whose mean is the output's y,x, as
// MaxPool2D.Window has it.
func (a AveragePooling2D) Window(in task.Shape, y, x int) (top, left, h, w int) {
	return MaxPool2D(a).Window(in, y, x)
}

// Weights implements Layer.
func (AveragePooling2D) Weights(...task.Shape) []Weight { return nil }

// Op implements Layer.
func (a AveragePooling2D) Op(_ int, in ...task.Shape) Op {
	y, x, err := MaxPool2D(a).windows(in[0])
	if err != nil {
		panic(err) // Output has accepted these settings
	}
	return newPooling(y, x, in[0][2], (*kernel.Pool).Average, averageGrad)
}

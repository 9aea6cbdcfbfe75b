package layer

import (
	"fmt"

	"tenfold/nn/kernel"
	"tenfold/nn/task"
)

// MaxPool2D is Keras' MaxPooling2D: the largest element of each window, channel
// by channel. x: [n,h,w,c], y: [n,h',w',c].
// Source: https://keras.io/api/layers/pooling_layers/max_pooling2d/.
type MaxPool2D struct {
	PoolSize [2]int  `json:"pool_size,omitzero" keras:"(2, 2)"` // height, width; 0 means 2
	Strides  [2]int  `json:"strides,omitzero" keras:"None"`     // 0 means the pool size
	Padding  Padding `json:"padding,omitempty" keras:"'valid'"` // "" means Valid
}

func (m MaxPool2D) windows(in task.Shape) (y, x window, err error) {
	size, stride := m.PoolSize, m.Strides
	for i := range size {
		if size[i] == 0 {
			size[i] = 2
		}
		if stride[i] == 0 {
			stride[i] = size[i]
		}
	}
	return windows(in, size, stride, [2]int{1, 1}, m.Padding)
}

// Output implements Layer.
func (m MaxPool2D) Output(in ...task.Shape) (task.Shape, error) {
	y, x, err := m.windows(in[0])
	if err != nil {
		return nil, fmt.Errorf("MaxPool2D: %w", err)
	}
	return task.Shape{y.out, x.out, in[0][2]}, nil
}

// Window returns the part of a picture of shape in whose largest element is the output's y,x. It
// may reach outside, into the padding.
func (m MaxPool2D) Window(in task.Shape, y, x int) (top, left, h, w int) {
	rows, columns, err := m.windows(in)
	if err != nil {
		panic(err) // Output has accepted these settings
	}
	return y*rows.stride - rows.before, x*columns.stride - columns.before, rows.size, columns.size
}

// Weights implements Layer.
func (MaxPool2D) Weights(...task.Shape) []Weight { return nil }

// Op implements Layer.
func (m MaxPool2D) Op(_ int, in ...task.Shape) Op {
	y, x, err := m.windows(in[0])
	if err != nil {
		panic(err) // Output has accepted these settings
	}
	return newPooling(y, x, in[0][2], (*kernel.Pool).Max, (*kernel.Pool).MaxGrad)
}

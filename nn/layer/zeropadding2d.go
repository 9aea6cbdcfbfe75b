package layer

import (
	"fmt"

	"tenfold/nn/task"
)

// ZeroPadding2D puts rows and columns of zeros around a picture. x: [n,h,w,c], y:
// [n,top+h+bottom,left+w+right,c].
// Source: https://keras.io/api/layers/reshaping_layers/zero_padding2d/.
type ZeroPadding2D struct {
	Padding [2][2]int `json:"padding,omitzero" keras:"((1, 1), (1, 1))"` // top, bottom; left, right; nothing but 0 means 1 each
}

func (z ZeroPadding2D) padding() [2][2]int {
	if z.Padding == [2][2]int{} {
		return [2][2]int{{1, 1}, {1, 1}}
	}
	return z.Padding
}

// Output implements Layer.
func (z ZeroPadding2D) Output(in ...task.Shape) (task.Shape, error) {
	if len(in[0]) != 3 {
		return nil, fmt.Errorf("ZeroPadding2D: input of shape %v: want height, width and channels", in[0])
	}
	p := z.padding()
	for _, side := range p {
		for _, n := range side {
			if n < 0 || n > far {
				return nil, fmt.Errorf("ZeroPadding2D: padding of %d: want 0 to %d", n, far)
			}
		}
	}
	return task.Shape{p[0][0] + in[0][0] + p[0][1], p[1][0] + in[0][1] + p[1][1], in[0][2]}, nil
}

// Inside returns the place of the picture, of shape in, that comes to lie at the output's y,x, and
// whether there is one.
func (z ZeroPadding2D) Inside(in task.Shape, y, x int) (top, left int, inside bool) {
	p := z.padding()
	top, left = y-p[0][0], x-p[1][0]
	return top, left, top >= 0 && left >= 0 && top < in[0] && left < in[1]
}

// Weights implements Layer.
func (ZeroPadding2D) Weights(...task.Shape) []Weight { return nil }

// padding2d is the arithmetic of ZeroPadding2D: rows of elements in a larger picture.
type padding2d struct {
	rows, row   int // of the picture
	size        int // of the larger one
	first, wide int // the first element in it, and from row to row
}

// Op implements Layer.
func (z ZeroPadding2D) Op(_ int, in ...task.Shape) Op {
	p, s := z.padding(), in[0]
	wide := (p[1][0] + s[1] + p[1][1]) * s[2]
	return padding2d{
		rows: s[0], row: s[1] * s[2], wide: wide, size: (p[0][0] + s[0] + p[0][1]) * wide, first: p[0][0]*wide + p[1][0]*s[2],
	}
}

func (o padding2d) Forward(_ Pass, y []float32, x, _ [][]float32) {
	clear(y)
	for i := range len(y) / o.size {
		for r := range o.rows {
			copy(y[i*o.size+o.first+r*o.wide:], x[0][(i*o.rows+r)*o.row:][:o.row])
		}
	}
}

func (o padding2d) Grad(_ int, g, dy []float32, _ [][]float32, _ []float32, _ [][]float32) {
	for i := range len(dy) / o.size {
		for r := range o.rows {
			copy(g[(i*o.rows+r)*o.row:][:o.row], dy[i*o.size+o.first+r*o.wide:])
		}
	}
}

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
	PoolSize [2]int  `json:"pool_size,omitzero"` // height, width; 0 means 2
	Strides  [2]int  `json:"strides,omitzero"`   // 0 means the pool size
	Padding  Padding `json:"padding,omitempty"`  // "" means Valid
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

// Weights implements Layer.
func (MaxPool2D) Weights(...task.Shape) []Weight { return nil }

type maxPool struct {
	kernel.Pool
	run      struct{ g, dy, x, y []float32 }
	fwd      *kernel.Loop
	backward *kernel.Loop
}

// Op implements Layer.
func (m MaxPool2D) Op(_ int, in ...task.Shape) Op {
	y, x, err := m.windows(in[0])
	if err != nil {
		panic(err) // Output has accepted these settings
	}
	o := &maxPool{Pool: kernel.Pool{
		H: in[0][0], W: in[0][1], C: in[0][2], OutH: y.out, OutW: x.out, KH: y.size, KW: x.size,
		StrideH: y.stride, StrideW: x.stride, PadTop: y.before, PadLeft: x.before,
	}}
	o.fwd = kernel.NewLoop(o.forwardPicture)
	o.backward = kernel.NewLoop(o.gradPicture)
	return o
}

func (o *maxPool) inSize() int  { return o.H * o.W * o.C }
func (o *maxPool) outSize() int { return o.OutH * o.OutW * o.C }

func (o *maxPool) Forward(_ Pass, y []float32, x, _ [][]float32) {
	o.run.y, o.run.x = y, x[0]
	o.fwd.Run(len(y) / o.outSize())
}

func (o *maxPool) forwardPicture(_, i int) {
	o.Max(picture(o.run.y, i, o.outSize()), picture(o.run.x, i, o.inSize()))
}

func (o *maxPool) Grad(_ int, g, dy []float32, x [][]float32, y []float32, _ [][]float32) {
	o.run.g, o.run.dy, o.run.x, o.run.y = g, dy, x[0], y
	o.backward.Run(len(g) / o.inSize())
}

func (o *maxPool) gradPicture(_, i int) {
	in, out := o.inSize(), o.outSize()
	o.MaxGrad(picture(o.run.g, i, in), picture(o.run.dy, i, out), picture(o.run.x, i, in), picture(o.run.y, i, out))
}

package layer

import (
	"fmt"

	"tenfold/nn/kernel"
	"tenfold/nn/task"
)

// DepthwiseConv2D convolves each channel with its own depth_multiplier kernels:
//
//	y[i,j,c*m+k] = bias[c*m+k] + Σ x[i*s+ky*d, j*s+kx*d, c] * kernel[ky,kx,c,k]
//
// x: [n,h,w,c], kernel: [kh,kw,c,m], bias: [c*m], y: [n,h',w',c*m].
// Source: https://keras.io/api/layers/convolution_layers/depthwise_convolution2d/.
type DepthwiseConv2D struct {
	KernelSize      [2]int  `json:"kernel_size"`                           // height, width
	Strides         [2]int  `json:"strides,omitzero" keras:"(1, 1)"`       // 0 means 1
	Padding         Padding `json:"padding,omitempty" keras:"'valid'"`     // "" means Valid
	DepthMultiplier int     `json:"depth_multiplier,omitempty" keras:"1"`  // 0 means 1
	Dilation        [2]int  `json:"dilation_rate,omitzero" keras:"(1, 1)"` // 0 means 1
	Activation      string  `json:"activation,omitempty" keras:"None"`     // see Activation; "" means none
	NoBias          Not     `json:"use_bias,omitzero" keras:"True"`        // use_bias=False
	// "" means GlorotUniform for the kernel and Zeros for the bias.
	DepthwiseInitializer Initializer `json:"depthwise_initializer,omitempty" keras:"'glorot_uniform'"`
	BiasInitializer      Initializer `json:"bias_initializer,omitempty" keras:"'zeros'"`
}

func (d DepthwiseConv2D) activation() string { return d.Activation }

func (d DepthwiseConv2D) multiplier() int { return max(d.DepthMultiplier, 1) }

// Output implements Layer.
func (d DepthwiseConv2D) Output(in ...task.Shape) (task.Shape, error) {
	y, x, err := windows(in[0], d.KernelSize, d.Strides, d.Dilation, d.Padding)
	if err != nil {
		return nil, fmt.Errorf("DepthwiseConv2D: %w", err)
	}
	if d.DepthMultiplier < 0 || d.DepthMultiplier > far {
		return nil, fmt.Errorf("DepthwiseConv2D: depth_multiplier %d: want 1 to %d", d.DepthMultiplier, far)
	}
	return task.Shape{y.out, x.out, in[0][2] * d.multiplier()}, nil
}

// Corner returns where the kernel's upper left element lies for the output's y,x, as Conv2D.Corner
// has it.
func (d DepthwiseConv2D) Corner(in task.Shape, y, x int) (top, left int) {
	return Conv2D{KernelSize: d.KernelSize, Strides: d.Strides, Padding: d.Padding, Dilation: d.Dilation}.Corner(in, y, x)
}

// Weights implements Layer.
func (d DepthwiseConv2D) Weights(in ...task.Shape) []Weight {
	c, m := in[0][2], d.multiplier()
	w := []Weight{{Name: "kernel", Shape: task.Shape{d.KernelSize[0], d.KernelSize[1], c, m}, Initializer: d.DepthwiseInitializer.or(GlorotUniform)}}
	if !d.NoBias {
		w = append(w, Weight{Name: "bias", Shape: task.Shape{c * m}, Initializer: d.BiasInitializer.or(Zeros)})
	}
	return w
}

// depthwise is the arithmetic of DepthwiseConv2D: for each tap of the window and each row of
// the output, the row of x that it meets times the tap's kernel.
type depthwise struct {
	epilogue
	y, x    window
	c, m    int
	width   int // of the padded picture
	bias    bool
	scratch []depthScratch // a worker's
	parts   [][]float32    // the kernel's gradient of each part of the batch
	run     struct{ g, dy, x, y, w, b []float32 }

	fwd, inputGrad, weightsGrad *kernel.Loop
}

type depthScratch struct {
	padded []float32
	row    []float32 // of what the output's places meet, one for each output channel
}

// Op implements Layer.
func (d DepthwiseConv2D) Op(batch int, in ...task.Shape) Op {
	y, x, err := windows(in[0], d.KernelSize, d.Strides, d.Dilation, d.Padding)
	if err != nil {
		panic(err) // Output has accepted these settings
	}
	o := &depthwise{y: y, x: x, c: in[0][2], m: d.multiplier(), width: max(x.padded(), x.in+x.before), bias: !bool(d.NoBias)}
	o.epilogue = epilogue{size: y.out * x.out * o.c * o.m, slope: 1}
	for range kernel.Workers() {
		o.scratch = append(o.scratch, depthScratch{
			padded: make([]float32, max(y.padded(), y.in+y.before)*o.width*o.c), row: make([]float32, x.out*o.c*o.m),
		})
	}
	o.parts = make([][]float32, min(shards, batch))
	o.fwd = kernel.NewLoop(o.forwardPicture)
	o.inputGrad = kernel.NewLoop(o.inputGradPicture)
	o.weightsGrad = kernel.NewLoop(o.weightsGradShard)
	return o
}

// Absorb implements Absorber as a convolution does.
func (o *depthwise) Absorb(next Op, training bool) bool {
	own := 1
	if o.bias {
		own = 2
	}
	return o.absorb(next) || !training && o.fold(next, own)
}

func (o *depthwise) Forward(_ Pass, y []float32, x, w [][]float32) {
	o.run.y, o.run.x, o.run.w, o.run.b = y, x[0], w[0], nil
	if o.bias {
		o.run.b = w[1]
	}
	o.prepare(w, o.run.b)
	o.fwd.Run(len(y) / o.size)
}

// taps calls f for each row of an output picture and each tap: with the row, where it
// begins in the picture, and the tap's place in the kernel.
func (o *depthwise) taps(f func(row, from, tap int)) {
	for row := range o.y.out {
		for ky := range o.y.size {
			for kx := range o.x.size {
				from := ((row*o.y.stride+ky*o.y.dilation)*o.width + kx*o.x.dilation) * o.c
				f(row, from, ky*o.x.size+kx)
			}
		}
	}
}

// direct reports whether a row of the padded picture is what a row of the output meets.
func (o *depthwise) direct() bool { return o.x.stride == 1 && o.m == 1 }

// met returns what a row of the output meets of the padded picture.
func (o *depthwise) met(s *depthScratch, from int) []float32 {
	if o.direct() {
		return s.padded[from : from+len(s.row)]
	}
	kernel.Spread(s.row, s.padded[from:], o.x.out, o.c, o.m, o.x.stride*o.c)
	return s.row
}

func (o *depthwise) pad(s *depthScratch, i int) {
	pad(s.padded, picture(o.run.x, i, o.y.in*o.x.in*o.c), o.y, o.x, o.width, o.c)
}

func (o *depthwise) forwardPicture(worker, i int) {
	s, y := &o.scratch[worker], picture(o.run.y, i, o.size)
	o.pad(s, i)
	clear(y)
	n, k := len(s.row), o.c*o.m
	o.taps(func(row, from, tap int) {
		kernel.AddScaled(y[row*n:(row+1)*n], o.met(s, from), o.run.w[tap*k:(tap+1)*k])
	})
	o.apply(y, o.run.b)
}

func (o *depthwise) Grad(i int, g, dy []float32, x [][]float32, y []float32, w [][]float32) {
	o.run.g, o.run.dy, o.run.x, o.run.y, o.run.w = g, dy, x[0], y, w[0]
	n := len(dy) / o.size
	o.begin(dy)
	switch i {
	case 0:
		o.inputGrad.Run(n)
	case 1:
		o.weightsGrad.Run(len(o.parts))
		sum(g, o.parts)
	case 2:
		clear(g)
		for i := range n {
			kernel.AddRows(g, o.gradient(i, dy, y))
		}
	}
	o.known = true
}

func (o *depthwise) inputGradPicture(worker, i int) {
	s, dz := &o.scratch[worker], o.gradient(i, o.run.dy, o.run.y)
	clear(s.padded)
	n, k := len(s.row), o.c*o.m
	o.taps(func(row, from, tap int) {
		d, w := dz[row*n:(row+1)*n], o.run.w[tap*k:(tap+1)*k]
		if o.direct() {
			kernel.AddScaled(s.padded[from:from+n], d, w)
			return
		}
		clear(s.row)
		kernel.AddScaled(s.row, d, w)
		kernel.AddGathered(s.padded[from:], s.row, o.x.out, o.c, o.m, o.x.stride*o.c)
	})
	row, dx := o.x.in*o.c, picture(o.run.g, i, o.y.in*o.x.in*o.c)
	for r := range o.y.in {
		copy(dx[r*row:(r+1)*row], s.padded[((r+o.y.before)*o.width+o.x.before)*o.c:])
	}
	clear(s.padded) // the border is zero
}

func (o *depthwise) weightsGradShard(worker, part int) {
	s, k := &o.scratch[worker], o.c*o.m
	if o.parts[part] == nil {
		o.parts[part] = make([]float32, o.y.size*o.x.size*k)
	}
	g, n := o.parts[part], len(s.row)
	clear(g)
	from, to := shard(part, len(o.parts), len(o.run.dy)/o.size)
	for i := from; i < to; i++ {
		dz := o.gradient(i, o.run.dy, o.run.y)
		o.pad(s, i)
		o.taps(func(row, from, tap int) {
			kernel.AddProducts(g[tap*k:(tap+1)*k], o.met(s, from), dz[row*n:(row+1)*n])
		})
	}
}

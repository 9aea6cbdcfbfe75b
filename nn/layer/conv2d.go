package layer

import (
	"fmt"
	"runtime"

	"tenfold/nn/kernel"
	"tenfold/nn/task"
)

// Conv2D is Keras' two-dimensional convolution:
//
//	y[i,j,f] = bias[f] + Σ x[i*s+ky*d, j*s+kx*d, c] * kernel[ky,kx,c,f]
//
// x: [n,h,w,c], kernel: [kh,kw,c,filters], bias: [filters], y: [n,h',w',filters].
// Source: https://keras.io/api/layers/convolution_layers/convolution2d/.
type Conv2D struct {
	Filters    int     `json:"filters"`
	KernelSize [2]int  `json:"kernel_size"`                           // height, width
	Strides    [2]int  `json:"strides,omitzero" keras:"(1, 1)"`       // 0 means 1
	Padding    Padding `json:"padding,omitempty" keras:"'valid'"`     // "" means Valid
	Dilation   [2]int  `json:"dilation_rate,omitzero" keras:"(1, 1)"` // 0 means 1
	Activation string  `json:"activation,omitempty" keras:"None"`     // see Activation; "" means none
	NoBias     bool    `json:"no_bias,omitempty" keras:"True"`        // Keras' use_bias=False
	L2         float64 `json:"kernel_regularizer_l2,omitempty" keras:"None"`
	// "" means GlorotUniform for the kernel and Zeros for the bias.
	KernelInitializer Initializer `json:"kernel_initializer,omitempty" keras:"'glorot_uniform'"`
	BiasInitializer   Initializer `json:"bias_initializer,omitempty" keras:"'zeros'"`
}

func (c Conv2D) activation() string { return c.Activation }

// Output implements Layer.
func (c Conv2D) Output(in ...task.Shape) (task.Shape, error) {
	y, x, err := windows(in[0], c.KernelSize, c.Strides, c.Dilation, c.Padding)
	if err != nil {
		return nil, fmt.Errorf("Conv2D: %w", err)
	}
	if c.Filters < 1 {
		return nil, fmt.Errorf("Conv2D: %d filters: want at least 1", c.Filters)
	}
	return task.Shape{y.out, x.out, c.Filters}, nil
}

// Weights implements Layer.
func (c Conv2D) Weights(in ...task.Shape) []Weight {
	w := []Weight{{Name: "kernel", Shape: task.Shape{c.KernelSize[0], c.KernelSize[1], in[0][2], c.Filters}, Initializer: c.KernelInitializer.or(GlorotUniform), L2: c.L2}}
	if !c.NoBias {
		w = append(w, Weight{Name: "bias", Shape: task.Shape{c.Filters}, Initializer: c.BiasInitializer.or(Zeros)})
	}
	return w
}

// shards is into how many parts a batch is split for the kernel's gradient,
// whose parts are then added in order: a fixed number, so that the sum does not
// depend on the number of cores. WebAssembly has one core, and turning the gradient's
// transform back for each part took 1.4 ms of a step of the tutorial's.
var shards = map[bool]int{true: 1, false: 8}[runtime.GOARCH == "wasm"]

// conv is the arithmetic of Conv2D. Each product is walked over a zero-padded
// copy of one picture, so that a window's row is one contiguous run.
type conv struct {
	y, x   window
	ci, co int
	bias   bool
	batch  int
	epilogue
	forward correlation // from the padded picture
	back    correlation // from the padded, zero-interleaved gradient
	scratch []scratch   // one a worker

	// The same by Winograd's transforms, where they fit.
	fastForward, fastBack *winograd

	flipped []float32   // kernel, turned by 180° with in and out swapped
	parts   [][]float32 // the kernel gradient of each shard
	biases  [][]float32 // the bias gradient of each shard

	run                                   struct{ g, dy, x, y, w, b []float32 }
	fwd, inputGrad, weightsGrad, biasGrad *kernel.Loop
}

// scratch is the memory of one worker.
type scratch struct {
	padded []float32 // the picture, padded
	spread []float32 // the gradient, padded
	p      kernel.Matmul
}

// Op implements Layer.
func (c Conv2D) Op(batch int, in ...task.Shape) Op {
	y, x, err := windows(in[0], c.KernelSize, c.Strides, c.Dilation, c.Padding)
	if err != nil {
		panic(err) // Output has accepted these settings
	}
	o := &conv{y: y, x: x, ci: in[0][2], co: c.Filters, bias: !c.NoBias, batch: batch}
	o.epilogue = epilogue{size: o.outSize(), slope: 1}
	o.forward = correlation{y: y, x: x, ci: o.ci, co: o.co, width: max(x.padded(), x.in+x.before)}
	o.fastForward = newWinograd(y, x, o.forward.width, o.ci, o.co)
	o.scratch = make([]scratch, kernel.Workers())
	for i := range o.scratch {
		o.scratch[i].padded = make([]float32, max(y.padded(), y.in+y.before)*o.forward.width*o.ci)
	}
	o.fwd = kernel.NewLoop(o.forwardPicture)
	o.inputGrad = kernel.NewLoop(o.inputGradPicture)
	o.weightsGrad = kernel.NewLoop(o.weightsGradShard)
	o.biasGrad = kernel.NewLoop(o.biasGradShard)
	return o
}

// learn makes the memory that only gradients need.
func (o *conv) learn() {
	if o.flipped != nil {
		return
	}
	o.back = correlation{y: o.y.transposed(), x: o.x.transposed(), ci: o.co, co: o.ci}
	o.back.width = o.back.x.padded()
	o.fastBack = newWinograd(o.back.y, o.back.x, o.back.width, o.co, o.ci)
	for i := range o.scratch {
		o.scratch[i].spread = make([]float32, o.back.y.padded()*o.back.width*o.co)
	}
	o.flipped = make([]float32, o.y.size*o.x.size*o.ci*o.co)
	for range min(shards, o.batch) {
		o.parts = append(o.parts, make([]float32, len(o.flipped)))
		o.biases = append(o.biases, make([]float32, o.co))
	}
}

// transposed returns the window of the input's gradient over the output's: stride 1
// over the gradient with stride-1 zeros between its elements.
func (w window) transposed() window {
	return window{in: w.out, out: w.in, size: w.size, stride: 1, dilation: w.dilation, before: (w.size-1)*w.dilation - w.before}
}

// Absorb implements Absorber for rectifiers, and in inference for batch normalisation.
func (o *conv) Absorb(next Op, training bool) bool {
	own := 1
	if o.bias {
		own = 2
	}
	return o.absorb(next) || !training && o.fold(next, own)
}

func (o *conv) inSize() int  { return o.y.in * o.x.in * o.ci }
func (o *conv) outSize() int { return o.y.out * o.x.out * o.co }

func (o *conv) Forward(_ Pass, y []float32, x, w [][]float32) {
	o.run.g, o.run.x, o.run.w, o.run.b = y, x[0], w[0], nil
	if o.bias {
		o.run.b = w[1]
	}
	o.prepare(w, o.run.b)
	if o.fastForward.fits() {
		o.fastForward.prepare(w[0])
	}
	o.fwd.Run(len(y) / o.outSize())
}

func (o *conv) forwardPicture(worker, i int) {
	s := &o.scratch[worker]
	y := picture(o.run.g, i, o.outSize())
	o.pad(s, i)
	if o.fastForward.fits() {
		o.fastForward.apply(worker, y, s.padded)
	} else {
		o.forward.apply(&s.p, y, s.padded, o.run.w)
	}
	o.apply(y, o.run.b)
}

func (o *conv) Grad(i int, g, dy []float32, x [][]float32, y []float32, w [][]float32) {
	o.run.g, o.run.dy, o.run.x, o.run.y, o.run.w = g, dy, x[0], y, w[0]
	n := len(dy) / o.outSize()
	o.learn()
	o.begin(dy)
	switch i {
	case 0:
		o.flip()
		if o.fastBack.fits() {
			o.fastBack.prepare(o.flipped)
		}
		o.inputGrad.Run(n)
	case 1:
		o.weightsGrad.Run(len(o.parts))
		sum(g, o.parts)
	case 2:
		o.biasGrad.Run(len(o.biases))
		sum(g, o.biases)
	}
	o.known = true
}

func sum(g []float32, parts [][]float32) {
	copy(g, parts[0])
	for _, p := range parts[1:] {
		kernel.Add(g, p)
	}
}

func (o *conv) inputGradPicture(worker, i int) {
	s := &o.scratch[worker]
	dy := o.gradient(i, o.run.dy, o.run.y)
	row := o.x.out * o.co
	for y := range o.y.out {
		to := ((o.back.y.before+y*o.y.stride)*o.back.width + o.back.x.before) * o.co
		from := dy[y*row : (y+1)*row]
		if o.x.stride == 1 {
			copy(s.spread[to:], from)
			continue
		}
		for x := range o.x.out {
			copy(s.spread[to+x*o.x.stride*o.co:], from[x*o.co:(x+1)*o.co])
		}
	}
	dx := picture(o.run.g, i, o.inSize())
	if o.fastBack.fits() {
		o.fastBack.apply(worker, dx, s.spread)
	} else {
		o.back.apply(&s.p, dx, s.spread, o.flipped)
	}
}

func (o *conv) weightsGradShard(worker, part int) {
	s := &o.scratch[worker]
	clear(o.parts[part])
	from, to := shard(part, len(o.parts), len(o.run.dy)/o.outSize())
	for i := from; i < to; i++ {
		o.pad(s, i)
		if o.fastForward.fits() {
			o.fastForward.weights(worker, s.padded, o.gradient(i, o.run.dy, o.run.y), i == from)
			continue
		}
		o.forward.weights(&s.p, o.parts[part], s.padded, o.gradient(i, o.run.dy, o.run.y))
	}
	if o.fastForward.fits() && from < to {
		o.fastForward.weightsDone(worker, o.parts[part])
	}
}

func (o *conv) biasGradShard(_, part int) {
	clear(o.biases[part])
	from, to := shard(part, len(o.biases), len(o.run.dy)/o.outSize())
	for i := from; i < to; i++ {
		kernel.AddRows(o.biases[part], o.gradient(i, o.run.dy, o.run.y))
	}
}

// flip turns the kernel for the input's gradient: [ky,kx,ci,co] becomes
// [kh-1-ky,kw-1-kx,co,ci].
func (o *conv) flip() {
	size := o.ci * o.co
	last := len(o.flipped) - size
	for at := 0; at <= last; at += size {
		kernel.Transpose(o.flipped[last-at:], o.ci, o.run.w[at:], o.co, o.ci, o.co)
	}
}

// pad copies picture i into the middle of the worker's padded one, whose border
// stays zero.
func (o *conv) pad(s *scratch, i int) {
	pad(s.padded, picture(o.run.x, i, o.inSize()), o.y, o.x, o.forward.width, o.ci)
}

// pad copies a picture of c channels to where the windows y and x have it in a padded one of
// the given width.
func pad(padded, picture []float32, y, x window, width, c int) {
	row := x.in * c
	for r := range y.in {
		copy(padded[((r+y.before)*width+x.before)*c:], picture[r*row:(r+1)*row])
	}
}

// picture returns the i-th of a batch's pictures of size elements.
func picture(batch []float32, i, size int) []float32 { return batch[i*size : (i+1)*size] }

// shard returns which of n pictures belong to a part of parts.
func shard(part, parts, n int) (from, to int) { return part * n / parts, (part + 1) * n / parts }

// Corner returns the place in a picture of shape in that the upper left element of the
// kernel meets for the output's place y,x. It may lie outside, in the padding.
func (c Conv2D) Corner(in task.Shape, y, x int) (top, left int) {
	rows, columns, err := windows(in, c.KernelSize, c.Strides, c.Dilation, c.Padding)
	if err != nil {
		panic(err) // Output has accepted these settings
	}
	return y*rows.stride - rows.before, x*columns.stride - columns.before
}

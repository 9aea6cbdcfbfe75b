package layer

import "tenfold/nn/kernel"

// pooling is the arithmetic of the layers that make one number of each window of a channel.
type pooling struct {
	kernel.Pool
	forward  func(p *kernel.Pool, y, x []float32)
	grad     func(p *kernel.Pool, dx, dy, x, y []float32)
	run      struct{ g, dy, x, y []float32 }
	fwd      *kernel.Loop
	backward *kernel.Loop
}

func newPooling(y, x window, channels int, forward func(p *kernel.Pool, y, x []float32), grad func(p *kernel.Pool, dx, dy, x, y []float32)) *pooling {
	o := &pooling{forward: forward, grad: grad, Pool: kernel.Pool{
		H: y.in, W: x.in, C: channels, OutH: y.out, OutW: x.out, KH: y.size, KW: x.size,
		StrideH: y.stride, StrideW: x.stride, PadTop: y.before, PadLeft: x.before,
	}}
	o.fwd = kernel.NewLoop(o.forwardPicture)
	o.backward = kernel.NewLoop(o.gradPicture)
	return o
}

func (o *pooling) inSize() int  { return o.H * o.W * o.C }
func (o *pooling) outSize() int { return o.OutH * o.OutW * o.C }

func (o *pooling) Forward(_ Pass, y []float32, x, _ [][]float32) {
	o.run.y, o.run.x = y, x[0]
	o.fwd.Run(len(y) / o.outSize())
}

func (o *pooling) forwardPicture(_, i int) {
	o.forward(&o.Pool, picture(o.run.y, i, o.outSize()), picture(o.run.x, i, o.inSize()))
}

func (o *pooling) Grad(_ int, g, dy []float32, x [][]float32, y []float32, _ [][]float32) {
	o.run.g, o.run.dy, o.run.x, o.run.y = g, dy, x[0], y
	o.backward.Run(len(g) / o.inSize())
}

func (o *pooling) gradPicture(_, i int) {
	in, out := o.inSize(), o.outSize()
	o.grad(&o.Pool, picture(o.run.g, i, in), picture(o.run.dy, i, out), picture(o.run.x, i, in), picture(o.run.y, i, out))
}

// averageGrad is that of (*kernel.Pool).Average.
func averageGrad(p *kernel.Pool, dx, dy, _, _ []float32) { p.AverageGrad(dx, dy) }

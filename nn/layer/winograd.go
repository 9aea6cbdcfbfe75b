package layer

import (
	"bytes"
	"unsafe"

	"tenfold/nn/kernel"
)

// winograd is a 3x3 convolution of stride 1 by Winograd's transforms, forward and
// for the kernel's gradient; the input's gradient is the forward of another one.
type winograd struct {
	ci, co  int
	blocks  int          // how many a picture is cut into, from top to bottom
	in, out kernel.Tiles // over a block of the padded input, and of the output
	place   int          // elements between two of the 36 places of a kernel's transform
	u       []float32    // the kernel's transform: [36,ci,co]
	w       []float32    // the kernel that u belongs to
	scratch []winogradScratch
}

// winogradScratch is the memory of one worker.
type winogradScratch struct {
	v, m, du []float32
	p        kernel.Matmul
}

// newWinograd returns nil where the transforms do not fit: for other windows, for
// channels that do not fill vectors, and for outputs that are not whole tiles.
func newWinograd(y, x window, width, ci, co int) *winograd {
	if y.size != 3 || x.size != 3 || y.stride != 1 || x.stride != 1 || y.dilation != 1 || x.dilation != 1 ||
		ci%16 != 0 || co%16 != 0 || y.out%4 != 0 || x.out%4 != 0 {
		return nil
	}
	rows := y.out // of a block: what makes about 16 tiles, so that they stay in the cache
	for rows%8 == 0 && rows*x.out > 16*16 {
		rows /= 2
	}
	o := &winograd{
		ci: ci, co: co, blocks: y.out / rows,
		in: kernel.NewTiles(rows, x.out, width, ci), out: kernel.NewTiles(rows, x.out, x.out, co),
		place:   ci*co + 16, // not a power of 2: see kernel.Tiles
		w:       make([]float32, 9*ci*co),
		scratch: make([]winogradScratch, kernel.Workers()),
	}
	o.u = make([]float32, 36*o.place)
	for i := range o.scratch {
		o.scratch[i] = winogradScratch{
			v: make([]float32, o.in.Size()), m: make([]float32, o.out.Size()),
			p: kernel.Matmul{AOff: []int{0}, BOff: []int{0}},
		}
	}
	return o
}

// fits reports whether the transforms are there and to be used.
func (o *winograd) fits() bool { return o != nil && kernel.Winograd() }

// prepare transforms the kernel w: [3,3,ci,co], unless it is the one of last time.
func (o *winograd) prepare(w []float32) {
	if bytes.Equal(raw(o.w), raw(w)) {
		return
	}
	copy(o.w, w)
	kernel.WinogradKernel(o.u, w, o.ci*o.co, o.place)
}

// raw returns the memory of x: unlike numbers, bytes of NaN are equal to themselves.
func raw(x []float32) []byte {
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(x))), 4*len(x))
}

// apply writes the convolution of the padded picture to y.
func (o *winograd) apply(worker int, y, padded []float32) {
	s := &o.scratch[worker]
	p := &s.p
	p.M, p.N, p.K = o.in.Y*o.in.X, o.co, o.ci
	p.CM, p.AM, p.AK, p.BK, p.Add = o.co, o.ci, 1, o.co, false
	for block := range o.blocks {
		o.in.Input(s.v, padded[block*o.in.Rows():])
		for i := range 36 {
			kernel.Mul(s.m[i*o.out.Place:], s.v[i*o.in.Place:], o.u[i*o.place:], p)
		}
		o.out.Output(y[block*o.out.Rows():], s.m)
	}
}

// weights adds the gradient of the kernel's transform for one picture, or starts
// with it.
func (o *winograd) weights(worker int, padded, dy []float32, first bool) {
	s := &o.scratch[worker]
	if s.du == nil {
		s.du = make([]float32, len(o.u))
	}
	p := &s.p
	p.M, p.N, p.K = o.ci, o.co, o.in.Y*o.in.X
	p.CM, p.AM, p.AK, p.BK = o.co, 1, o.ci, o.co
	for block := range o.blocks {
		o.in.Input(s.v, padded[block*o.in.Rows():])
		o.out.OutputGrad(s.m, dy[block*o.out.Rows():])
		p.Add = !first || block > 0
		for i := range 36 {
			kernel.Mul(s.du[i*o.place:], s.v[i*o.in.Place:], s.m[i*o.out.Place:], p)
		}
	}
}

// weightsDone writes the kernel's gradient: [3,3,ci,co].
func (o *winograd) weightsDone(worker int, g []float32) {
	kernel.WinogradKernelGrad(g, o.scratch[worker].du, o.ci*o.co, o.place)
}

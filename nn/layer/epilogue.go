package layer

import (
	"bytes"
	"slices"

	"tenfold/nn/kernel"
)

// epilogue is what an operation does to its output in passing: it adds a bias, or in
// inference normalises as the batch normalisation behind it would, and rectifies.
type epilogue struct {
	size  int     // of an output picture
	slope float32 // of the LeakyReLU; 1 for none

	norm         *batchNorm // nil for none
	own          int        // weights that lie before its
	scale, shift []float32
	from         [][]float32 // copies of the bias and the weights that they were worked out from

	dz    []float32 // the gradient with respect to what the rectifier is given
	known bool      // dz is that of the last Forward
}

// absorb takes a rectifier over. Two in a row are one if a slope is 0, or 1: otherwise their
// products round differently.
func (e *epilogue) absorb(next Op) bool {
	p, ok := next.(*pointwise)
	if !ok || !p.rectify || p.slope < 0 || e.slope != 1 && e.slope != 0 {
		return false
	}
	e.slope *= p.slope
	return true
}

// fold takes a batch normalisation over, if nothing else is done before it. own is how many
// weights the operation has itself.
func (e *epilogue) fold(next Op, own int) bool {
	n, ok := next.(*batchNorm)
	if !ok || e.norm != nil || e.slope != 1 {
		return false
	}
	e.norm, e.own = n, own
	e.scale, e.shift = make([]float32, n.c), make([]float32, n.c)
	return true
}

// prepare computes what the batch normalisation multiplies and adds, for all weights w, of
// which bias, or nil, is one.
func (e *epilogue) prepare(w [][]float32, bias []float32) {
	e.known = false
	if e.norm == nil {
		return
	}
	if e.worked(bias, w[e.own:]) {
		return
	}
	e.norm.moving(e.scale, e.shift, w[e.own:])
	for c, b := range bias {
		e.shift[c] += b * e.scale[c]
	}
}

// worked reports whether scale and shift are those of the bias and the weights w, and notes that
// they will be.
func (e *epilogue) worked(bias []float32, w [][]float32) bool {
	same := e.from != nil
	if !same {
		e.from = make([][]float32, 1+len(w))
	}
	note := func(k int, v []float32) {
		if same = same && bytes.Equal(raw(e.from[k]), raw(v)); !same {
			e.from[k] = append(e.from[k][:0], v...)
		}
	}
	note(0, bias)
	for k, v := range w {
		note(k+1, v)
	}
	return same
}

// apply does it to a picture, or several.
func (e *epilogue) apply(y, bias []float32) {
	if e.norm == nil {
		kernel.BiasLeakyReLU(y, bias, e.slope)
		return
	}
	kernel.Affine(y, y, e.scale, e.shift, e.slope)
}

// begin begins the gradients of a batch.
func (e *epilogue) begin(dy []float32) {
	if e.slope != 1 {
		e.dz = slices.Grow(e.dz[:0], len(dy))[:len(dy)]
	}
}

// gradient returns that of picture i with respect to what the rectifier is given, if there is one,
// whose output y is positive where that is.
func (e *epilogue) gradient(i int, dy, y []float32) []float32 {
	dy = picture(dy, i, e.size)
	if e.slope == 1 {
		return dy
	}
	dz := picture(e.dz, i, e.size)
	if !e.known {
		kernel.LeakyReLUGrad(dz, dy, picture(y, i, e.size), e.slope)
	}
	return dz
}

//go:build goexperiment.simd && (amd64 || arm64 || wasm)

package kernel

import (
	"simd"
	"unsafe"
)

// Winograd's convolution F(4x4, 3x3) computes a tile of 4x4 outputs of a 3x3
// convolution from 6x6 inputs with 36 products where the sum itself has 144:
//
//	y = Aᵀ[(G g Gᵀ) ∘ (Bᵀ d B)]A
//
// Over all tiles and channels each of the 36 places is a matrix product, which Mul
// does; here are the transforms. They go over vectors of channels, each first down
// the columns and then along the rows.
//
// Source: Lavin and Gray, Fast Algorithms for Convolutional Neural Networks,
// https://arxiv.org/abs/1509.09308, section 4.3. The gradients are the transposes of
// the same maps.

// Winograd reports whether Mul's variant has these transforms.
func Winograd() bool { return best.lanes != nil && !best.direct }

// Input writes Bᵀ d B of each tile of the padded picture x to v.
func (t *Tiles) Input(v, x []float32) {
	var tmp [36 * 16]float32
	lanes := simd.VectorBitSize() / 32
	row, column, place := uintptr(4*t.Width*t.Channels), uintptr(4*t.Channels), uintptr(4*t.Place)
	t.check(v, x, 6)
	for tile := 0; tile < t.Y*t.X; tile++ {
		inputTile(ahead(first(v), uintptr(4*tile*t.Channels)), ahead(first(x), t.pixel(tile)), unsafe.Pointer(&tmp), row, column, place, t.Channels/lanes)
	}
}

// Output writes Aᵀ m A of each tile to the picture y.
func (t *Tiles) Output(y, m []float32) {
	var tmp [36 * 16]float32
	lanes := simd.VectorBitSize() / 32
	row, column, place := uintptr(4*t.Width*t.Channels), uintptr(4*t.Channels), uintptr(4*t.Place)
	t.check(m, y, 4)
	for tile := 0; tile < t.Y*t.X; tile++ {
		outputTile(ahead(first(y), t.pixel(tile)), ahead(first(m), uintptr(4*tile*t.Channels)), unsafe.Pointer(&tmp), row, column, place, t.Channels/lanes)
	}
}

// OutputGrad writes A dy Aᵀ of each tile of the picture dy, the gradient of Output,
// to m.
func (t *Tiles) OutputGrad(m, dy []float32) {
	var tmp [36 * 16]float32
	lanes := simd.VectorBitSize() / 32
	row, column, place := uintptr(4*t.Width*t.Channels), uintptr(4*t.Channels), uintptr(4*t.Place)
	t.check(m, dy, 4)
	for tile := 0; tile < t.Y*t.X; tile++ {
		outputGradTile(ahead(first(m), uintptr(4*tile*t.Channels)), ahead(first(dy), t.pixel(tile)), unsafe.Pointer(&tmp), row, column, place, t.Channels/lanes)
	}
}

// WinogradKernel writes G w Gᵀ of all channels of a kernel w: [3,3,channels] to u.
func WinogradKernel(u, w []float32, channels, place int) {
	check(u, 35*place+channels)
	check(w, 9*channels)
	var scratch [18 * 16]float32
	lanes := simd.VectorBitSize() / 32
	size := uintptr(4 * lanes)
	tmp := unsafe.Pointer(&scratch)
	quarter, sixth, twelfth, last := simd.BroadcastFloat32s(1./4), simd.BroadcastFloat32s(1./6), simd.BroadcastFloat32s(1./12), simd.BroadcastFloat32s(1./24)
	for c := 0; c < channels; c += lanes {
		p := ahead(first(w), uintptr(4*c))
		s, t := uintptr(12*channels), 3*size
		for i := 0; i < 3; i++ {
			kernelLine(tmp, t, p, s, quarter, sixth)
			kernelLineEnd(ahead(tmp, 3*t), t, p, s, sixth, twelfth, last)
			tmp, p = ahead(tmp, size), ahead(p, uintptr(4*channels))
		}
		tmp = unsafe.Pointer(&scratch)
		q := ahead(first(u), uintptr(4*c))
		s = uintptr(4 * place)
		for i := 0; i < 6; i++ {
			kernelLine(q, s, tmp, size, quarter, sixth)
			kernelLineEnd(ahead(q, 3*s), s, tmp, size, sixth, twelfth, last)
			q, tmp = ahead(q, 6*s), ahead(tmp, 3*size)
		}
		tmp = unsafe.Pointer(&scratch)
	}
}

// kernelLine multiplies three vectors with the upper half of G, and kernelLineEnd with the
// lower one: as one they would not be inlined.
func kernelLine(y unsafe.Pointer, ys uintptr, x unsafe.Pointer, xs uintptr, quarter, sixth simd.Float32s) {
	g0, b := load(x), load(ahead(x, xs)).Mul(sixth)
	store(y, g0.Mul(quarter))
	a := g0.Add(load(ahead(x, 2*xs))).Mul(sixth).Neg()
	store(ahead(y, ys), a.Sub(b))
	store(ahead(y, 2*ys), a.Add(b))
}

func kernelLineEnd(y unsafe.Pointer, ys uintptr, x unsafe.Pointer, xs uintptr, sixth, twelfth, last simd.Float32s) {
	g2, b := load(ahead(x, 2*xs)), load(ahead(x, xs)).Mul(twelfth)
	a := load(x).Mul(last).Add(g2.Mul(sixth))
	store(y, a.Add(b))
	store(ahead(y, ys), a.Sub(b))
	store(ahead(y, 2*ys), g2)
}

// WinogradKernelGrad writes Gᵀ u G, the gradient of WinogradKernel, to g:
// [3,3,channels].
func WinogradKernelGrad(g, u []float32, channels, place int) {
	check(g, 9*channels)
	check(u, 35*place+channels)
	var scratch [18 * 16]float32
	lanes := simd.VectorBitSize() / 32
	size := uintptr(4 * lanes)
	tmp := unsafe.Pointer(&scratch)
	quarter, sixth, twelfth, last := simd.BroadcastFloat32s(1./4), simd.BroadcastFloat32s(1./6), simd.BroadcastFloat32s(1./12), simd.BroadcastFloat32s(1./24)
	for c := 0; c < channels; c += lanes {
		p := ahead(first(u), uintptr(4*c))
		s, t := uintptr(24*place), 6*size
		for i := 0; i < 6; i++ {
			kernelGradLine(tmp, t, p, s, load(p).Mul(quarter), sixth, last)
			kernelGradLineMiddle(ahead(tmp, t), p, s, sixth, twelfth)
			tmp, p = ahead(tmp, size), ahead(p, uintptr(4*place))
		}
		tmp = unsafe.Pointer(&scratch)
		q := ahead(first(g), uintptr(4*c))
		s = uintptr(4 * channels)
		for i := 0; i < 3; i++ {
			kernelGradLine(q, s, tmp, size, load(tmp).Mul(quarter), sixth, last)
			kernelGradLineMiddle(ahead(q, s), tmp, size, sixth, twelfth)
			q, tmp = ahead(q, 3*s), ahead(tmp, t)
		}
		tmp = unsafe.Pointer(&scratch)
	}
}

// kernelGradLine multiplies six vectors with the first and the last row of Gᵀ, and
// kernelGradLineMiddle with the one between. The first vector's product comes ready.
func kernelGradLine(y unsafe.Pointer, ys uintptr, x unsafe.Pointer, xs uintptr, begin, sixth, last simd.Float32s) {
	s, t := load(ahead(x, xs)).Add(load(ahead(x, 2*xs))).Mul(sixth), load(ahead(x, 3*xs)).Add(load(ahead(x, 4*xs)))
	store(y, begin.Sub(s).Add(t.Mul(last)))
	store(ahead(y, 2*ys), t.Mul(sixth).Sub(s).Add(load(ahead(x, 5*xs))))
}

func kernelGradLineMiddle(y, x unsafe.Pointer, xs uintptr, sixth, twelfth simd.Float32s) {
	s, t := load(ahead(x, 2*xs)).Sub(load(ahead(x, xs))), load(ahead(x, 3*xs)).Sub(load(ahead(x, 4*xs)))
	store(y, s.Mul(sixth).Add(t.Mul(twelfth)))
}

// pixel returns where a tile starts in the picture, in bytes.
func (t *Tiles) pixel(tile int) uintptr {
	return uintptr(16 * (tile/t.X*t.Width + tile%t.X) * t.Channels)
}

// check panics if the places or the picture, with tiles of the given size, do not
// fit into their slices.
func (t *Tiles) check(places, picture []float32, size int) {
	check(places, 35*t.Place+t.Y*t.X*t.Channels)
	check(picture, ((4*t.Y-4+size-1)*t.Width+4*t.X-4+size)*t.Channels)
}

// check panics if a slice has fewer than n elements.
func check(s []float32, n int) { _ = s[n-1] }

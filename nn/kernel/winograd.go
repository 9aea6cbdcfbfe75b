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

// Winograd says whether Mul's variant has these transforms.
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
	for c := 0; c < channels; c += lanes {
		p := ahead(first(w), uintptr(4*c))
		for i := 0; i < 3; i++ {
			kernelLine(ahead(tmp, uintptr(i)*size), 3*size, ahead(p, uintptr(4*i*channels)), uintptr(12*channels))
		}
		q := ahead(first(u), uintptr(4*c))
		for i := 0; i < 6; i++ {
			kernelLine(ahead(q, uintptr(24*i*place)), uintptr(4*place), ahead(tmp, uintptr(3*i)*size), size)
		}
	}
}

// kernelLine multiplies three vectors with G.
func kernelLine(y unsafe.Pointer, ys uintptr, x unsafe.Pointer, xs uintptr) {
	quarter, sixth, twelfth, last := simd.BroadcastFloat32s(1./4), simd.BroadcastFloat32s(1./6), simd.BroadcastFloat32s(1./12), simd.BroadcastFloat32s(1./24)
	g0, g1, g2 := load(x), load(ahead(x, xs)), load(ahead(x, 2*xs))
	store(y, g0.Mul(quarter))
	a, b := g0.Add(g2).Mul(sixth).Neg(), g1.Mul(sixth)
	store(ahead(y, ys), a.Sub(b))
	store(ahead(y, 2*ys), a.Add(b))
	a, b = g0.Mul(last).Add(g2.Mul(sixth)), g1.Mul(twelfth)
	store(ahead(y, 3*ys), a.Add(b))
	store(ahead(y, 4*ys), a.Sub(b))
	store(ahead(y, 5*ys), g2)
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
	for c := 0; c < channels; c += lanes {
		p := ahead(first(u), uintptr(4*c))
		for i := 0; i < 6; i++ {
			kernelGradLine(ahead(tmp, uintptr(i)*size), 6*size, ahead(p, uintptr(4*i*place)), uintptr(24*place))
		}
		q := ahead(first(g), uintptr(4*c))
		for i := 0; i < 3; i++ {
			kernelGradLine(ahead(q, uintptr(12*i*channels)), uintptr(4*channels), ahead(tmp, uintptr(6*i)*size), size)
		}
	}
}

// kernelGradLine multiplies six vectors with Gᵀ.
func kernelGradLine(y unsafe.Pointer, ys uintptr, x unsafe.Pointer, xs uintptr) {
	quarter, sixth, twelfth, last := simd.BroadcastFloat32s(1./4), simd.BroadcastFloat32s(1./6), simd.BroadcastFloat32s(1./12), simd.BroadcastFloat32s(1./24)
	u1, u2, u3, u4 := load(ahead(x, xs)), load(ahead(x, 2*xs)), load(ahead(x, 3*xs)), load(ahead(x, 4*xs))
	s, t := u1.Add(u2).Mul(sixth), u3.Add(u4)
	store(y, load(x).Mul(quarter).Sub(s).Add(t.Mul(last)))
	store(ahead(y, ys), u2.Sub(u1).Mul(sixth).Add(u3.Sub(u4).Mul(twelfth)))
	store(ahead(y, 2*ys), t.Mul(sixth).Sub(s).Add(load(ahead(x, 5*xs))))
}

// pixel is where a tile starts in the picture, in bytes.
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

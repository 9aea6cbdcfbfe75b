//go:build goexperiment.simd && (amd64 || arm64)

package kernel

import (
	"simd"
	"unsafe"
)

// Winograd's transforms of one tile, a vector of channels at a time: down the columns
// into tmp, then along the rows. row, column and place are in bytes. With AVX-512 on
// one core of a Zen 5 the tutorial's convolutions 2 to 4 reach 258, 317 and 345
// GFLOP/s of the direct product, where the tiles alone give 130.

func inputTile(v, x, tmp unsafe.Pointer, row, column, place uintptr, vectors int) {
	w := uintptr(simd.VectorBitSize() / 8)
	for ; vectors > 0; vectors-- {
		for i := uintptr(0); i < 6; i++ {
			inputLine(ahead(tmp, i*w), 6*w, ahead(x, i*column), row)
		}
		for i := uintptr(0); i < 6; i++ {
			inputLine(ahead(v, 6*i*place), place, ahead(tmp, 6*i*w), w)
		}
		v, x = ahead(v, w), ahead(x, w)
	}
}

// inputLine multiplies six vectors, xs bytes apart, with Bᵀ.
func inputLine(y unsafe.Pointer, ys uintptr, x unsafe.Pointer, xs uintptr) {
	two, four, five := simd.BroadcastFloat32s(2), simd.BroadcastFloat32s(4), simd.BroadcastFloat32s(5)
	d0, d1, d2, d3, d4, d5 := load(x), load(ahead(x, xs)), load(ahead(x, 2*xs)), load(ahead(x, 3*xs)), load(ahead(x, 4*xs)), load(ahead(x, 5*xs))
	store(y, d0.Mul(four).Add(d4).Sub(d2.Mul(five)))
	a, b := d4.Sub(d2.Mul(four)), d3.Sub(d1.Mul(four))
	store(ahead(y, ys), a.Add(b))
	store(ahead(y, 2*ys), a.Sub(b))
	c, e := d4.Sub(d2), d3.Sub(d1).Mul(two)
	store(ahead(y, 3*ys), c.Add(e))
	store(ahead(y, 4*ys), c.Sub(e))
	store(ahead(y, 5*ys), d1.Mul(four).Add(d5).Sub(d3.Mul(five)))
}

func outputTile(y, m, tmp unsafe.Pointer, row, column, place uintptr, vectors int) {
	w := uintptr(simd.VectorBitSize() / 8)
	for ; vectors > 0; vectors-- {
		for i := uintptr(0); i < 6; i++ {
			outputLine(ahead(tmp, i*w), 6*w, ahead(m, i*place), 6*place)
		}
		for i := uintptr(0); i < 4; i++ {
			outputLine(ahead(y, i*row), column, ahead(tmp, 6*i*w), w)
		}
		y, m = ahead(y, w), ahead(m, w)
	}
}

// outputLine multiplies six vectors with Aᵀ.
func outputLine(y unsafe.Pointer, ys uintptr, x unsafe.Pointer, xs uintptr) {
	two, four, eight := simd.BroadcastFloat32s(2), simd.BroadcastFloat32s(4), simd.BroadcastFloat32s(8)
	m1, m2, m3, m4 := load(ahead(x, xs)), load(ahead(x, 2*xs)), load(ahead(x, 3*xs)), load(ahead(x, 4*xs))
	s, d, t, e := m1.Add(m2), m1.Sub(m2), m3.Add(m4), m3.Sub(m4)
	store(y, load(x).Add(s).Add(t))
	store(ahead(y, ys), d.Add(e.Mul(two)))
	store(ahead(y, 2*ys), s.Add(t.Mul(four)))
	store(ahead(y, 3*ys), d.Add(e.Mul(eight)).Add(load(ahead(x, 5*xs))))
}

func outputGradTile(m, dy, tmp unsafe.Pointer, row, column, place uintptr, vectors int) {
	w := uintptr(simd.VectorBitSize() / 8)
	for ; vectors > 0; vectors-- {
		for i := uintptr(0); i < 4; i++ {
			outputGradLine(ahead(tmp, i*w), 4*w, ahead(dy, i*column), row)
		}
		for i := uintptr(0); i < 6; i++ {
			outputGradLine(ahead(m, 6*i*place), place, ahead(tmp, 4*i*w), w)
		}
		m, dy = ahead(m, w), ahead(dy, w)
	}
}

// outputGradLine multiplies four vectors with A.
func outputGradLine(y unsafe.Pointer, ys uintptr, x unsafe.Pointer, xs uintptr) {
	two, four, eight := simd.BroadcastFloat32s(2), simd.BroadcastFloat32s(4), simd.BroadcastFloat32s(8)
	y0, y1, y2, y3 := load(x), load(ahead(x, xs)), load(ahead(x, 2*xs)), load(ahead(x, 3*xs))
	s, d := y0.Add(y2), y1.Add(y3)
	store(y, y0)
	store(ahead(y, ys), s.Add(d))
	store(ahead(y, 2*ys), s.Sub(d))
	s, d = y0.Add(y2.Mul(four)), y1.Mul(two).Add(y3.Mul(eight))
	store(ahead(y, 3*ys), s.Add(d))
	store(ahead(y, 4*ys), s.Sub(d))
	store(ahead(y, 5*ys), y3)
}

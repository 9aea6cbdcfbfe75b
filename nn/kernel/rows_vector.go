//go:build goexperiment.simd && (amd64 || arm64 || wasm)

package kernel

import (
	"simd"
	"unsafe"
)

// The loops of rows.go for rows that fill vectors: a column of vectors after the other, so
// that what belongs to the channels stays in registers. They say whether they did the work.

func affineVectors(y, x, scale, shift []float32, slope float32) bool {
	n := len(scale)
	if !fit(n) {
		return false
	}
	lanes := simd.VectorBitSize() / 32
	for c := 0; c < n; c += lanes {
		at := uintptr(4 * c)
		affineStream(ahead(first(y), at), ahead(first(x), at), uintptr(4*n), len(x)/n, load(ahead(first(scale), at)), load(ahead(first(shift), at)), slope)
	}
	return true
}

func affineStream(y, x unsafe.Pointer, stride uintptr, count int, s, b simd.Float32s, slope float32) {
	a, zero := simd.BroadcastFloat32s(slope), simd.BroadcastFloat32s(0)
	switch slope {
	case 1:
		for ; count >= 4; count -= 4 {
			store(y, load(x).Mul(s).Add(b))
			store(ahead(y, stride), load(ahead(x, stride)).Mul(s).Add(b))
			store(ahead(y, 2*stride), load(ahead(x, 2*stride)).Mul(s).Add(b))
			store(ahead(y, 3*stride), load(ahead(x, 3*stride)).Mul(s).Add(b))
			y, x = ahead(y, 4*stride), ahead(x, 4*stride)
		}
		for ; count > 0; count-- {
			store(y, load(x).Mul(s).Add(b))
			y, x = ahead(y, stride), ahead(x, stride)
		}
	case 0:
		for ; count >= 4; count -= 4 {
			affineReLU(y, x, s, b, zero)
			affineReLU(ahead(y, stride), ahead(x, stride), s, b, zero)
			affineReLU(ahead(y, 2*stride), ahead(x, 2*stride), s, b, zero)
			affineReLU(ahead(y, 3*stride), ahead(x, 3*stride), s, b, zero)
			y, x = ahead(y, 4*stride), ahead(x, 4*stride)
		}
		for ; count > 0; count-- {
			affineReLU(y, x, s, b, zero)
			y, x = ahead(y, stride), ahead(x, stride)
		}
	default:
		for ; count > 0; count-- {
			v := load(x).Mul(s).Add(b)
			store(y, v.Mul(a).IfElse(v.Less(zero), v))
			y, x = ahead(y, stride), ahead(x, stride)
		}
	}
}

func affineReLU(y, x unsafe.Pointer, s, b, zero simd.Float32s) {
	v := load(x).Mul(s).Add(b)
	store(y, zero.IfElse(v.Less(zero), v))
}

func addSquaresVectors(sum, x, center []float32) bool {
	n := len(sum)
	if !fit(n) {
		return false
	}
	lanes := simd.VectorBitSize() / 32
	for c := 0; c < n; c += lanes {
		at := uintptr(4 * c)
		squareStream(ahead(first(sum), at), ahead(first(x), at), uintptr(4*n), len(x)/n, load(ahead(first(center), at)))
	}
	return true
}

func squareStream(sum, x unsafe.Pointer, stride uintptr, count int, m simd.Float32s) {
	var s0, s1, s2, s3 simd.Float32s
	for ; count >= 4; count -= 4 {
		d0, d1 := load(x).Sub(m), load(ahead(x, stride)).Sub(m)
		d2, d3 := load(ahead(x, 2*stride)).Sub(m), load(ahead(x, 3*stride)).Sub(m)
		s0, s1, s2, s3 = s0.Add(d0.Mul(d0)), s1.Add(d1.Mul(d1)), s2.Add(d2.Mul(d2)), s3.Add(d3.Mul(d3))
		x = ahead(x, 4*stride)
	}
	for ; count > 0; count-- {
		d := load(x).Sub(m)
		s0 = s0.Add(d.Mul(d))
		x = ahead(x, stride)
	}
	store(sum, load(sum).Add(s0.Add(s1).Add(s2.Add(s3))))
}

func addCentredVectors(sum, a, b, center []float32) bool {
	n := len(sum)
	if !fit(n) {
		return false
	}
	lanes := simd.VectorBitSize() / 32
	for c := 0; c < n; c += lanes {
		at := uintptr(4 * c)
		m := simd.BroadcastFloat32s(0)
		if center != nil {
			m = load(ahead(first(center), at))
		}
		centredStream(ahead(first(sum), at), ahead(first(a), at), ahead(first(b), at), uintptr(4*n), len(a)/n, m)
	}
	return true
}

func centredStream(sum, a, b unsafe.Pointer, stride uintptr, count int, m simd.Float32s) {
	var s0, s1, s2, s3 simd.Float32s
	for ; count >= 4; count -= 4 {
		s0 = s0.Add(load(a).Mul(load(b).Sub(m)))
		s1 = s1.Add(load(ahead(a, stride)).Mul(load(ahead(b, stride)).Sub(m)))
		s2 = s2.Add(load(ahead(a, 2*stride)).Mul(load(ahead(b, 2*stride)).Sub(m)))
		s3 = s3.Add(load(ahead(a, 3*stride)).Mul(load(ahead(b, 3*stride)).Sub(m)))
		a, b = ahead(a, 4*stride), ahead(b, 4*stride)
	}
	for ; count > 0; count-- {
		s0 = s0.Add(load(a).Mul(load(b).Sub(m)))
		a, b = ahead(a, stride), ahead(b, stride)
	}
	store(sum, load(sum).Add(s0.Add(s1).Add(s2.Add(s3))))
}

func addScaledVectors(y, x, scale []float32) bool {
	n := len(scale)
	if !fit(n) {
		return false
	}
	lanes := simd.VectorBitSize() / 32
	for c := 0; c < n; c += lanes {
		at := uintptr(4 * c)
		scaledStream(ahead(first(y), at), ahead(first(x), at), uintptr(4*n), len(x)/n, load(ahead(first(scale), at)))
	}
	return true
}

func scaledStream(y, x unsafe.Pointer, stride uintptr, count int, s simd.Float32s) {
	for ; count >= 4; count -= 4 {
		store(y, load(y).Add(load(x).Mul(s)))
		store(ahead(y, stride), load(ahead(y, stride)).Add(load(ahead(x, stride)).Mul(s)))
		store(ahead(y, 2*stride), load(ahead(y, 2*stride)).Add(load(ahead(x, 2*stride)).Mul(s)))
		store(ahead(y, 3*stride), load(ahead(y, 3*stride)).Add(load(ahead(x, 3*stride)).Mul(s)))
		y, x = ahead(y, 4*stride), ahead(x, 4*stride)
	}
	for ; count > 0; count-- {
		store(y, load(y).Add(load(x).Mul(s)))
		y, x = ahead(y, stride), ahead(x, stride)
	}
}

func blendVectors(dx, dy, x, a, b, c []float32) bool {
	n := len(a)
	if !fit(n) {
		return false
	}
	lanes := simd.VectorBitSize() / 32
	for k := 0; k < n; k += lanes {
		at := uintptr(4 * k)
		blendStream(ahead(first(dx), at), ahead(first(dy), at), ahead(first(x), at), uintptr(4*n), len(x)/n,
			load(ahead(first(a), at)), load(ahead(first(b), at)), load(ahead(first(c), at)))
	}
	return true
}

func blendStream(g, d, x unsafe.Pointer, stride uintptr, count int, a, b, c simd.Float32s) {
	for ; count >= 4; count -= 4 {
		store(g, load(d).Mul(a).Add(load(x).Mul(b)).Add(c))
		store(ahead(g, stride), load(ahead(d, stride)).Mul(a).Add(load(ahead(x, stride)).Mul(b)).Add(c))
		store(ahead(g, 2*stride), load(ahead(d, 2*stride)).Mul(a).Add(load(ahead(x, 2*stride)).Mul(b)).Add(c))
		store(ahead(g, 3*stride), load(ahead(d, 3*stride)).Mul(a).Add(load(ahead(x, 3*stride)).Mul(b)).Add(c))
		g, d, x = ahead(g, 4*stride), ahead(d, 4*stride), ahead(x, 4*stride)
	}
	for ; count > 0; count-- {
		store(g, load(d).Mul(a).Add(load(x).Mul(b)).Add(c))
		g, d, x = ahead(g, stride), ahead(d, stride), ahead(x, stride)
	}
}

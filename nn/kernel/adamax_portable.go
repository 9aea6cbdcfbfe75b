//go:build goexperiment.simd && (amd64 || arm64)

package kernel

import (
	"simd"
	"unsafe"
)

// adamaxStream goes through vectors.
func adamaxStream(w, m, u, g unsafe.Pointer, vectors int, rate, beta1, rest1, beta2, epsilon float32) {
	size := uintptr(simd.VectorBitSize() / 8)
	r, e := simd.BroadcastFloat32s(rate), simd.BroadcastFloat32s(epsilon)
	b1, c1, b2 := simd.BroadcastFloat32s(beta1), simd.BroadcastFloat32s(rest1), simd.BroadcastFloat32s(beta2)
	for ; vectors > 1; vectors -= 2 {
		v := adamax(m, u, load(g), r, b1, c1, b2, e)
		store(w, load(w).Sub(v))
		v = adamax(ahead(m, size), ahead(u, size), load(ahead(g, size)), r, b1, c1, b2, e)
		store(ahead(w, size), load(ahead(w, size)).Sub(v))
		w, m, u, g = ahead(w, 2*size), ahead(m, 2*size), ahead(u, 2*size), ahead(g, 2*size)
	}
	if vectors > 0 {
		store(w, load(w).Sub(adamax(m, u, load(g), r, b1, c1, b2, e)))
	}
}

// adamax updates m and u and returns what is taken off w.
func adamax(m, u unsafe.Pointer, d, rate, beta1, rest1, beta2, epsilon simd.Float32s) simd.Float32s {
	mi := beta1.Mul(load(m)).Add(rest1.Mul(d))
	ui := larger(beta2.Mul(load(u)), d.Abs())
	store(m, mi)
	store(u, ui)
	return rate.Mul(mi).Div(ui.Add(epsilon))
}

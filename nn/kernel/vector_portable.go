//go:build goexperiment.simd && (amd64 || arm64)

package kernel

import (
	"fmt"
	"simd"
	"unsafe"
)

// The tiles for AVX2, AVX-512 and NEON: package simd compiles one source for
// every width and picks the processor's widest when the program starts.
var vectorVariants = portable()

func portable() []Variant {
	if simd.Emulated() {
		return nil
	}
	return []Variant{{
		Name:    fmt.Sprintf("simd %d", simd.VectorBitSize()),
		lanes:   func() int { return simd.VectorBitSize() / 32 },
		tile4x2: tile4x2, tile4x1: tile4x1, tile1x2: tile1x2, tile1x1: tile1x1,
	}}
}

// block is as long as any vector, so that a load through it needs no check.
type block [64]float32

// tile4x2 adds four rows of two vectors to c.
func tile4x2(c, a, b unsafe.Pointer, p *Product) {
	w := uintptr(simd.VectorBitSize() / 8)
	ak, bk, am, cm := 4*uintptr(p.AK), 4*uintptr(p.BK), 4*uintptr(p.AM), 4*uintptr(p.CM)
	c00, c01 := simd.LoadFloat32s((*block)(c)[:]), simd.LoadFloat32s((*block)(unsafe.Add(c, w))[:])
	c10, c11 := simd.LoadFloat32s((*block)(unsafe.Add(c, cm))[:]), simd.LoadFloat32s((*block)(unsafe.Add(unsafe.Add(c, cm), w))[:])
	c20, c21 := simd.LoadFloat32s((*block)(unsafe.Add(c, 2*cm))[:]), simd.LoadFloat32s((*block)(unsafe.Add(unsafe.Add(c, 2*cm), w))[:])
	c30, c31 := simd.LoadFloat32s((*block)(unsafe.Add(c, 3*cm))[:]), simd.LoadFloat32s((*block)(unsafe.Add(unsafe.Add(c, 3*cm), w))[:])
	for r, ao := range p.AOff {
		a0 := unsafe.Add(a, 4*uintptr(ao))
		a1 := unsafe.Add(a0, am)
		a2 := unsafe.Add(a1, am)
		a3 := unsafe.Add(a2, am)
		b := unsafe.Add(b, 4*uintptr(p.BOff[r]))
		k := p.K
		for ; k > 0; k-- {
			b0, b1 := simd.LoadFloat32s((*block)(b)[:]), simd.LoadFloat32s((*block)(unsafe.Add(b, w))[:])
			x := simd.BroadcastFloat32s(*(*float32)(a0))
			c00, c01 = x.MulAdd(b0, c00), x.MulAdd(b1, c01)
			x = simd.BroadcastFloat32s(*(*float32)(a1))
			c10, c11 = x.MulAdd(b0, c10), x.MulAdd(b1, c11)
			x = simd.BroadcastFloat32s(*(*float32)(a2))
			c20, c21 = x.MulAdd(b0, c20), x.MulAdd(b1, c21)
			x = simd.BroadcastFloat32s(*(*float32)(a3))
			c30, c31 = x.MulAdd(b0, c30), x.MulAdd(b1, c31)
			b = unsafe.Add(b, bk)
			a0 = unsafe.Add(a0, ak)
			a1 = unsafe.Add(a1, ak)
			a2 = unsafe.Add(a2, ak)
			a3 = unsafe.Add(a3, ak)
		}
	}
	c00.Store((*block)(c)[:])
	c01.Store((*block)(unsafe.Add(c, w))[:])
	c10.Store((*block)(unsafe.Add(c, cm))[:])
	c11.Store((*block)(unsafe.Add(unsafe.Add(c, cm), w))[:])
	c20.Store((*block)(unsafe.Add(c, 2*cm))[:])
	c21.Store((*block)(unsafe.Add(unsafe.Add(c, 2*cm), w))[:])
	c30.Store((*block)(unsafe.Add(c, 3*cm))[:])
	c31.Store((*block)(unsafe.Add(unsafe.Add(c, 3*cm), w))[:])
}

// tile4x1 adds four rows of one vector to c.
func tile4x1(c, a, b unsafe.Pointer, p *Product) {
	ak, bk, am, cm := 4*uintptr(p.AK), 4*uintptr(p.BK), 4*uintptr(p.AM), 4*uintptr(p.CM)
	c00 := simd.LoadFloat32s((*block)(c)[:])
	c10 := simd.LoadFloat32s((*block)(unsafe.Add(c, cm))[:])
	c20 := simd.LoadFloat32s((*block)(unsafe.Add(c, 2*cm))[:])
	c30 := simd.LoadFloat32s((*block)(unsafe.Add(c, 3*cm))[:])
	for r, ao := range p.AOff {
		a0 := unsafe.Add(a, 4*uintptr(ao))
		a1 := unsafe.Add(a0, am)
		a2 := unsafe.Add(a1, am)
		a3 := unsafe.Add(a2, am)
		b := unsafe.Add(b, 4*uintptr(p.BOff[r]))
		k := p.K
		for ; k > 0; k-- {
			b0 := simd.LoadFloat32s((*block)(b)[:])
			x := simd.BroadcastFloat32s(*(*float32)(a0))
			c00 = x.MulAdd(b0, c00)
			x = simd.BroadcastFloat32s(*(*float32)(a1))
			c10 = x.MulAdd(b0, c10)
			x = simd.BroadcastFloat32s(*(*float32)(a2))
			c20 = x.MulAdd(b0, c20)
			x = simd.BroadcastFloat32s(*(*float32)(a3))
			c30 = x.MulAdd(b0, c30)
			b = unsafe.Add(b, bk)
			a0 = unsafe.Add(a0, ak)
			a1 = unsafe.Add(a1, ak)
			a2 = unsafe.Add(a2, ak)
			a3 = unsafe.Add(a3, ak)
		}
	}
	c00.Store((*block)(c)[:])
	c10.Store((*block)(unsafe.Add(c, cm))[:])
	c20.Store((*block)(unsafe.Add(c, 2*cm))[:])
	c30.Store((*block)(unsafe.Add(c, 3*cm))[:])
}

// tile1x2 adds one row of two vectors to c.
func tile1x2(c, a, b unsafe.Pointer, p *Product) {
	w := uintptr(simd.VectorBitSize() / 8)
	ak, bk := 4*uintptr(p.AK), 4*uintptr(p.BK)
	c00, c01 := simd.LoadFloat32s((*block)(c)[:]), simd.LoadFloat32s((*block)(unsafe.Add(c, w))[:])
	for r, ao := range p.AOff {
		a0 := unsafe.Add(a, 4*uintptr(ao))
		b := unsafe.Add(b, 4*uintptr(p.BOff[r]))
		k := p.K
		for ; k > 0; k-- {
			b0, b1 := simd.LoadFloat32s((*block)(b)[:]), simd.LoadFloat32s((*block)(unsafe.Add(b, w))[:])
			x := simd.BroadcastFloat32s(*(*float32)(a0))
			c00, c01 = x.MulAdd(b0, c00), x.MulAdd(b1, c01)
			b = unsafe.Add(b, bk)
			a0 = unsafe.Add(a0, ak)
		}
	}
	c00.Store((*block)(c)[:])
	c01.Store((*block)(unsafe.Add(c, w))[:])
}

// tile1x1 adds one row of one vector to c.
func tile1x1(c, a, b unsafe.Pointer, p *Product) {
	ak, bk := 4*uintptr(p.AK), 4*uintptr(p.BK)
	c00 := simd.LoadFloat32s((*block)(c)[:])
	for r, ao := range p.AOff {
		a0 := unsafe.Add(a, 4*uintptr(ao))
		b := unsafe.Add(b, 4*uintptr(p.BOff[r]))
		k := p.K
		for ; k > 0; k-- {
			b0 := simd.LoadFloat32s((*block)(b)[:])
			x := simd.BroadcastFloat32s(*(*float32)(a0))
			c00 = x.MulAdd(b0, c00)
			b = unsafe.Add(b, bk)
			a0 = unsafe.Add(a0, ak)
		}
	}
	c00.Store((*block)(c)[:])
}

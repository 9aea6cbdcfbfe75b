//go:build goexperiment.simd && wasm

package kernel

import (
	"simd/archsimd"
	"unsafe"
)

// The tiles for WebAssembly's 128-bit vectors. They hold their block of c in
// vector variables while they walk all runs, and use pointers because slices
// would be checked at every load; Product.check has looked at the furthest ones.
// Two things differ from vector_portable.go. The loops along K are unrolled,
// because each turn of a Go loop costs a dispatch in WebAssembly. And a product
// is rounded before it is added: there is no fused multiply-add, and what package
// simd puts in its place costs half of the speed.
var vectorVariants = []Variant{{
	Name:    "wasm simd128",
	lanes:   func() int { return 4 },
	rounds:  true,
	tile4x2: tile4x2, tile4x1: tile4x1, tile1x2: tile1x2, tile1x1: tile1x1,
}}

type vector = archsimd.Float32x4

func load(p unsafe.Pointer) vector      { return archsimd.LoadFloat32x4Array((*[4]float32)(p)) }
func store(p unsafe.Pointer, v vector)  { v.StoreArray((*[4]float32)(p)) }
func broadcast(p unsafe.Pointer) vector { return archsimd.BroadcastFloat32x4(*(*float32)(p)) }
func madd(x, y, sum vector) vector      { return sum.Add(x.Mul(y)) }

// width is the size of a vector in bytes.
const width = 16

// tile4x2 adds four rows of two vectors to c.
func tile4x2(c, a, b unsafe.Pointer, p *Product) {
	ak, bk, am, cm := 4*uintptr(p.AK), 4*uintptr(p.BK), 4*uintptr(p.AM), 4*uintptr(p.CM)
	c00, c01 := load(c), load(unsafe.Add(c, width))
	c10, c11 := load(unsafe.Add(c, cm)), load(unsafe.Add(unsafe.Add(c, cm), width))
	c20, c21 := load(unsafe.Add(c, 2*cm)), load(unsafe.Add(unsafe.Add(c, 2*cm), width))
	c30, c31 := load(unsafe.Add(c, 3*cm)), load(unsafe.Add(unsafe.Add(c, 3*cm), width))
	for r, ao := range p.AOff {
		a0 := unsafe.Add(a, 4*uintptr(ao))
		a1 := unsafe.Add(a0, am)
		a2 := unsafe.Add(a1, am)
		a3 := unsafe.Add(a2, am)
		b := unsafe.Add(b, 4*uintptr(p.BOff[r]))
		k := p.K
		for ; k >= 4; k -= 4 {
			b0, b1 := load(b), load(unsafe.Add(b, width))
			x := broadcast(a0)
			c00, c01 = madd(x, b0, c00), madd(x, b1, c01)
			x = broadcast(a1)
			c10, c11 = madd(x, b0, c10), madd(x, b1, c11)
			x = broadcast(a2)
			c20, c21 = madd(x, b0, c20), madd(x, b1, c21)
			x = broadcast(a3)
			c30, c31 = madd(x, b0, c30), madd(x, b1, c31)
			b = unsafe.Add(b, bk)
			b0, b1 = load(b), load(unsafe.Add(b, width))
			x = broadcast(unsafe.Add(a0, ak))
			c00, c01 = madd(x, b0, c00), madd(x, b1, c01)
			x = broadcast(unsafe.Add(a1, ak))
			c10, c11 = madd(x, b0, c10), madd(x, b1, c11)
			x = broadcast(unsafe.Add(a2, ak))
			c20, c21 = madd(x, b0, c20), madd(x, b1, c21)
			x = broadcast(unsafe.Add(a3, ak))
			c30, c31 = madd(x, b0, c30), madd(x, b1, c31)
			b = unsafe.Add(b, bk)
			b0, b1 = load(b), load(unsafe.Add(b, width))
			x = broadcast(unsafe.Add(a0, 2*ak))
			c00, c01 = madd(x, b0, c00), madd(x, b1, c01)
			x = broadcast(unsafe.Add(a1, 2*ak))
			c10, c11 = madd(x, b0, c10), madd(x, b1, c11)
			x = broadcast(unsafe.Add(a2, 2*ak))
			c20, c21 = madd(x, b0, c20), madd(x, b1, c21)
			x = broadcast(unsafe.Add(a3, 2*ak))
			c30, c31 = madd(x, b0, c30), madd(x, b1, c31)
			b = unsafe.Add(b, bk)
			b0, b1 = load(b), load(unsafe.Add(b, width))
			x = broadcast(unsafe.Add(a0, 3*ak))
			c00, c01 = madd(x, b0, c00), madd(x, b1, c01)
			x = broadcast(unsafe.Add(a1, 3*ak))
			c10, c11 = madd(x, b0, c10), madd(x, b1, c11)
			x = broadcast(unsafe.Add(a2, 3*ak))
			c20, c21 = madd(x, b0, c20), madd(x, b1, c21)
			x = broadcast(unsafe.Add(a3, 3*ak))
			c30, c31 = madd(x, b0, c30), madd(x, b1, c31)
			b = unsafe.Add(b, bk)
			a0 = unsafe.Add(a0, 4*ak)
			a1 = unsafe.Add(a1, 4*ak)
			a2 = unsafe.Add(a2, 4*ak)
			a3 = unsafe.Add(a3, 4*ak)
		}
		for ; k > 0; k-- {
			b0, b1 := load(b), load(unsafe.Add(b, width))
			x := broadcast(a0)
			c00, c01 = madd(x, b0, c00), madd(x, b1, c01)
			x = broadcast(a1)
			c10, c11 = madd(x, b0, c10), madd(x, b1, c11)
			x = broadcast(a2)
			c20, c21 = madd(x, b0, c20), madd(x, b1, c21)
			x = broadcast(a3)
			c30, c31 = madd(x, b0, c30), madd(x, b1, c31)
			b = unsafe.Add(b, bk)
			a0 = unsafe.Add(a0, ak)
			a1 = unsafe.Add(a1, ak)
			a2 = unsafe.Add(a2, ak)
			a3 = unsafe.Add(a3, ak)
		}
	}
	store(c, c00)
	store(unsafe.Add(c, width), c01)
	store(unsafe.Add(c, cm), c10)
	store(unsafe.Add(unsafe.Add(c, cm), width), c11)
	store(unsafe.Add(c, 2*cm), c20)
	store(unsafe.Add(unsafe.Add(c, 2*cm), width), c21)
	store(unsafe.Add(c, 3*cm), c30)
	store(unsafe.Add(unsafe.Add(c, 3*cm), width), c31)
}

// tile4x1 adds four rows of one vector to c.
func tile4x1(c, a, b unsafe.Pointer, p *Product) {
	ak, bk, am, cm := 4*uintptr(p.AK), 4*uintptr(p.BK), 4*uintptr(p.AM), 4*uintptr(p.CM)
	c00 := load(c)
	c10 := load(unsafe.Add(c, cm))
	c20 := load(unsafe.Add(c, 2*cm))
	c30 := load(unsafe.Add(c, 3*cm))
	for r, ao := range p.AOff {
		a0 := unsafe.Add(a, 4*uintptr(ao))
		a1 := unsafe.Add(a0, am)
		a2 := unsafe.Add(a1, am)
		a3 := unsafe.Add(a2, am)
		b := unsafe.Add(b, 4*uintptr(p.BOff[r]))
		k := p.K
		for ; k > 0; k-- {
			b0 := load(b)
			x := broadcast(a0)
			c00 = madd(x, b0, c00)
			x = broadcast(a1)
			c10 = madd(x, b0, c10)
			x = broadcast(a2)
			c20 = madd(x, b0, c20)
			x = broadcast(a3)
			c30 = madd(x, b0, c30)
			b = unsafe.Add(b, bk)
			a0 = unsafe.Add(a0, ak)
			a1 = unsafe.Add(a1, ak)
			a2 = unsafe.Add(a2, ak)
			a3 = unsafe.Add(a3, ak)
		}
	}
	store(c, c00)
	store(unsafe.Add(c, cm), c10)
	store(unsafe.Add(c, 2*cm), c20)
	store(unsafe.Add(c, 3*cm), c30)
}

// tile1x2 adds one row of two vectors to c.
func tile1x2(c, a, b unsafe.Pointer, p *Product) {
	ak, bk := 4*uintptr(p.AK), 4*uintptr(p.BK)
	c00, c01 := load(c), load(unsafe.Add(c, width))
	for r, ao := range p.AOff {
		a0 := unsafe.Add(a, 4*uintptr(ao))
		b := unsafe.Add(b, 4*uintptr(p.BOff[r]))
		k := p.K
		for ; k >= 4; k -= 4 {
			b0, b1 := load(b), load(unsafe.Add(b, width))
			x := broadcast(a0)
			c00, c01 = madd(x, b0, c00), madd(x, b1, c01)
			b = unsafe.Add(b, bk)
			b0, b1 = load(b), load(unsafe.Add(b, width))
			x = broadcast(unsafe.Add(a0, ak))
			c00, c01 = madd(x, b0, c00), madd(x, b1, c01)
			b = unsafe.Add(b, bk)
			b0, b1 = load(b), load(unsafe.Add(b, width))
			x = broadcast(unsafe.Add(a0, 2*ak))
			c00, c01 = madd(x, b0, c00), madd(x, b1, c01)
			b = unsafe.Add(b, bk)
			b0, b1 = load(b), load(unsafe.Add(b, width))
			x = broadcast(unsafe.Add(a0, 3*ak))
			c00, c01 = madd(x, b0, c00), madd(x, b1, c01)
			b = unsafe.Add(b, bk)
			a0 = unsafe.Add(a0, 4*ak)
		}
		for ; k > 0; k-- {
			b0, b1 := load(b), load(unsafe.Add(b, width))
			x := broadcast(a0)
			c00, c01 = madd(x, b0, c00), madd(x, b1, c01)
			b = unsafe.Add(b, bk)
			a0 = unsafe.Add(a0, ak)
		}
	}
	store(c, c00)
	store(unsafe.Add(c, width), c01)
}

// tile1x1 adds one row of one vector to c.
func tile1x1(c, a, b unsafe.Pointer, p *Product) {
	ak, bk := 4*uintptr(p.AK), 4*uintptr(p.BK)
	c00 := load(c)
	for r, ao := range p.AOff {
		a0 := unsafe.Add(a, 4*uintptr(ao))
		b := unsafe.Add(b, 4*uintptr(p.BOff[r]))
		k := p.K
		for ; k > 0; k-- {
			b0 := load(b)
			x := broadcast(a0)
			c00 = madd(x, b0, c00)
			b = unsafe.Add(b, bk)
			a0 = unsafe.Add(a0, ak)
		}
	}
	store(c, c00)
}

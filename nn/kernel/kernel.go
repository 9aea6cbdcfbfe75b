// Package kernel holds the arithmetic of the network: loops over []float32,
// and nothing that knows of layers, graphs or files.
//
// Nearly all of the time goes into one kernel, the matrix product [Mul]. A
// convolution, its two gradients, a dense layer and its two gradients are that
// same product with other strides, so none of them copies its input into
// columns first. A [Variant] is one implementation of the product's inner tile;
// every variant in [Variants] is tested and benchmarked by the same code.
package kernel

import (
	"fmt"
	"unsafe"
)

// Product describes c += a·b for matrices that lie in memory with any strides,
// summed over one or more runs:
//
//	for m := range M {
//		for n := range N {
//			for r := range AOff {
//				for k := range K {
//					c[m*CM+n] += a[AOff[r]+m*AM+k*AK] * b[BOff[r]+k*BK+n]
//				}
//			}
//		}
//	}
//
// All offsets and strides count elements and are not negative. A convolution's
// runs are the rows of its window, whose taps are contiguous in NHWC.
type Product struct {
	M, N, K    int
	CM         int   // stride of c from row to row
	AM, AK     int   // strides of a along M and K
	BK         int   // stride of b along K
	AOff, BOff []int // where each run starts in a and b; equal lengths
}

// Variant is one implementation of Mul.
type Variant struct {
	Name string
	// lanes is the number of float32 in a vector; 0 means that there are no
	// tiles and the plain loop does everything.
	lanes func() int
	// rounds says that products are rounded before they are added.
	rounds bool
	// The tiles compute rows x (vectors*lanes) elements of c, over all runs.
	tile4x2, tile4x1, tile1x2, tile1x1 tile
}

// tile adds a block of the product to c. c, a and b point at the block's own
// first elements, to which the product's offsets and strides apply.
type tile func(c, a, b unsafe.Pointer, p *Product)

// Variants lists every variant of this build and processor, slowest first.
var Variants = append([]Variant{plain}, vectorVariants...)

// best is the variant that Mul uses.
var best = &Variants[len(Variants)-1]

// Best names the variant that Mul uses.
func Best() string { return best.Name }

// Fused says whether Mul adds products before they are rounded.
func Fused() bool { return !best.rounds }

// Use makes Mul use v, and returns what puts the fastest variant back. It is for
// tests and measurements, while nothing else runs.
func Use(v *Variant) (restore func()) {
	old := best
	best = v
	return func() { best = old }
}

// Mul computes p with the fastest variant. It panics if p reaches outside a
// slice.
func Mul(c, a, b []float32, p *Product) { best.Mul(c, a, b, p) }

// Mul computes p. It panics if p reaches outside a slice.
func (v *Variant) Mul(c, a, b []float32, p *Product) {
	if p.M <= 0 || p.N <= 0 || p.K <= 0 || len(p.AOff) == 0 {
		return
	}
	p.check(c, a, b)
	if v.lanes == nil {
		p.rows(c, a, b, 0, p.M, 0, p.N)
		return
	}
	lanes := v.lanes()
	n := 0
	for ; n+2*lanes <= p.N; n += 2 * lanes {
		p.column(c, a, b, n, v.tile4x2, v.tile1x2)
	}
	for ; n+lanes <= p.N; n += lanes {
		p.column(c, a, b, n, v.tile4x1, v.tile1x1)
	}
	if n < p.N {
		p.rows(c, a, b, 0, p.M, n, p.N)
	}
}

// column runs the tiles down one panel of columns that starts at n.
func (p *Product) column(c, a, b []float32, n int, four, one tile) {
	const size = unsafe.Sizeof(float32(0))
	pc := unsafe.Add(unsafe.Pointer(unsafe.SliceData(c)), uintptr(n)*size)
	pb := unsafe.Add(unsafe.Pointer(unsafe.SliceData(b)), uintptr(n)*size)
	pa := unsafe.Pointer(unsafe.SliceData(a))
	m := 0
	for ; m+4 <= p.M; m += 4 {
		four(unsafe.Add(pc, uintptr(m*p.CM)*size), unsafe.Add(pa, uintptr(m*p.AM)*size), pb, p)
	}
	for ; m < p.M; m++ {
		one(unsafe.Add(pc, uintptr(m*p.CM)*size), unsafe.Add(pa, uintptr(m*p.AM)*size), pb, p)
	}
}

// check panics unless all that p reaches lies inside the slices, which is what
// makes the tiles' pointers safe.
func (p *Product) check(c, a, b []float32) {
	if min(p.CM, p.AM, p.AK, p.BK) < 0 || len(p.AOff) != len(p.BOff) {
		panic(fmt.Sprintf("kernel: product with a negative stride or %d and %d offsets", len(p.AOff), len(p.BOff)))
	}
	if last := (p.M-1)*p.CM + p.N; last > len(c) {
		panic(fmt.Sprintf("kernel: product reaches c[%d] of %d", last-1, len(c)))
	}
	for r := range p.AOff {
		lastA := p.AOff[r] + (p.M-1)*p.AM + (p.K-1)*p.AK
		lastB := p.BOff[r] + (p.K-1)*p.BK + p.N - 1
		if p.AOff[r] < 0 || p.BOff[r] < 0 || lastA >= len(a) || lastB >= len(b) {
			panic(fmt.Sprintf("kernel: product reaches a[%d] of %d, b[%d] of %d", lastA, len(a), lastB, len(b)))
		}
	}
}

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

// Matmul describes c = a·b, or c += a·b, for matrices that lie in memory with
// any strides, summed over one or more runs:
//
//	for m := range M {
//		for n := range N {
//			sum := 0
//			for r := range AOff {
//				for k := range K {
//					sum += a[AOff[r]+m*AM+k*AK] * b[BOff[r]+k*BK+n]
//				}
//			}
//			c[m*CM+n] = sum, or += sum
//		}
//	}
//
// All offsets and strides count elements and are not negative. A convolution's
// runs are the rows of its window, whose taps are contiguous in NHWC. The tiles
// want AM or AK to be 1; a product where neither is goes through the plain loop.
type Matmul struct {
	M, N, K    int
	CM         int   // stride of c from row to row
	AM, AK     int   // strides of a along M and K
	BK         int   // stride of b along K
	AOff, BOff []int // where each run starts in a and b; equal lengths
	Add        bool  // c += a·b
}

// Variant is one implementation of Mul.
type Variant struct {
	Name string
	// lanes is the number of float32 in a vector; 0 means that there are no
	// tiles and the plain loop does everything.
	lanes func() int
	// rounds says that products are rounded before they are added.
	rounds bool
	// direct says that convolutions are not to use Winograd's transforms.
	direct bool
	// A tile of RxV computes R rows of V vectors of c, over all runs.
	tile4x2, tile4x1, tile1x4, tile1x1 tile
}

// tile computes as many tiles, one below the other, as its last argument says, at
// least one. c, a and b point at the first tile's own first elements, to which the
// product's offsets and strides apply.
type tile func(c, a, b unsafe.Pointer, p *Matmul, tiles int)

// Variants lists every variant of this build and processor, slowest first.
var Variants = append([]Variant{plain}, vectorVariants...)

// best is the variant that Mul uses.
var best = &Variants[len(Variants)-1]

// Best names the variant that Mul uses.
func Best() string { return best.Name }

// Fused reports whether Mul adds products before they are rounded.
func Fused() bool { return !best.rounds }

// Lanes returns the number of float32 in a vector of the variant that Mul uses, and 1
// for the plain one.
func Lanes() int {
	if best.lanes == nil {
		return 1
	}
	return best.lanes()
}

// Use makes Mul use v, and returns what puts the fastest variant back. It is for
// tests and measurements, while nothing else runs.
func Use(v *Variant) (restore func()) {
	old := best
	best = v
	return func() { best = old }
}

// Mul computes p with the fastest variant. It panics if p reaches outside a
// slice.
func Mul(c, a, b []float32, p *Matmul) { best.Mul(c, a, b, p) }

// Mul computes p. It panics if p reaches outside a slice.
func (v *Variant) Mul(c, a, b []float32, p *Matmul) {
	if p.M <= 0 || p.N <= 0 {
		return
	}
	p.check(c, a, b)
	if v.lanes == nil || p.AM != 1 && p.AK != 1 || p.K <= 0 || len(p.AOff) == 0 {
		p.rows(c, a, b, 0, p.M, 0, p.N)
		return
	}
	lanes := v.lanes()
	fours := p.M / 4 * 4
	n := p.panels(c, a, b, 0, fours, 0, 2*lanes, 4, v.tile4x2)
	n = p.panels(c, a, b, 0, fours, n, lanes, 4, v.tile4x1)
	p.rows(c, a, b, 0, fours, n, p.N)
	n = p.panels(c, a, b, fours, p.M, 0, 4*lanes, 1, v.tile1x4)
	n = p.panels(c, a, b, fours, p.M, n, lanes, 1, v.tile1x1)
	p.rows(c, a, b, fours, p.M, n, p.N)
}

// panels runs a tile of the given height down the rows m0 to m1, for as many
// panels of the given width as fit from column n on. It returns the first column
// that is left.
func (p *Matmul) panels(c, a, b []float32, m0, m1, n, width, height int, t tile) int {
	const size = unsafe.Sizeof(float32(0))
	if m0 == m1 {
		return p.N
	}
	pc := unsafe.Add(unsafe.Pointer(unsafe.SliceData(c)), uintptr(m0*p.CM)*size)
	pa := unsafe.Add(unsafe.Pointer(unsafe.SliceData(a)), uintptr(m0*p.AM)*size)
	pb := unsafe.Pointer(unsafe.SliceData(b))
	for ; n+width <= p.N; n += width {
		t(unsafe.Add(pc, uintptr(n)*size), pa, unsafe.Add(pb, uintptr(n)*size), p, (m1-m0)/height)
	}
	return n
}

// check panics unless all that p reaches lies inside the slices, which is what
// makes the tiles' pointers safe.
func (p *Matmul) check(c, a, b []float32) {
	if min(p.CM, p.AM, p.AK, p.BK) < 0 || len(p.AOff) != len(p.BOff) {
		panic(fmt.Sprintf("kernel: product with a negative stride or %d and %d offsets", len(p.AOff), len(p.BOff)))
	}
	if last := (p.M-1)*p.CM + p.N; last > len(c) {
		panic(fmt.Sprintf("kernel: product reaches c[%d] of %d", last-1, len(c)))
	}
	if p.K <= 0 {
		return
	}
	for r := range p.AOff {
		lastA := p.AOff[r] + (p.M-1)*p.AM + (p.K-1)*p.AK
		lastB := p.BOff[r] + (p.K-1)*p.BK + p.N - 1
		if p.AOff[r] < 0 || p.BOff[r] < 0 || lastA >= len(a) || lastB >= len(b) {
			panic(fmt.Sprintf("kernel: product reaches a[%d] of %d, b[%d] of %d", lastA, len(a), lastB, len(b)))
		}
	}
}

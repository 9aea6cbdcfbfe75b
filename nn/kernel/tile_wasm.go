//go:build goexperiment.simd

package kernel

import "unsafe"

// The tiles for WebAssembly's 128-bit vectors are written in assembly
// (tile_wasm.s), because in compiled Go each turn of a loop costs a dispatch and
// each broadcast a shuffle. A product is rounded before it is added, unless the
// program was rewritten for relaxed SIMD (web/relax).
var vectorVariants = []Variant{variant(", direct", true), variant("", false)}

func variant(suffix string, direct bool) Variant {
	return Variant{
		Name:    name() + suffix,
		lanes:   func() int { return 4 },
		rounds:  !fused(),
		direct:  direct,
		tile4x2: tile4x2, tile4x1: tile4x1, tile1x4: tile1x4, tile1x1: tile1x1,
	}
}

func name() string {
	if fused() {
		return "wasm relaxed simd"
	}
	return "wasm simd128"
}

// fused computes (1+e)*(1+e) - (1+2e) for e = 2^-12: 2^-24, but 0 if the product is
// rounded first.
func fused() bool {
	const e = 1.0 / (1 << 12)
	c, a, b := [4]float32{}, [2]float32{1 + e, -1}, [2][4]float32{{1 + e}, {1 + 2*e}}
	p := Matmul{M: 1, N: 4, K: 1, CM: 4, AM: 2, AK: 1, BK: 4, AOff: []int{1, 0}, BOff: []int{4, 0}}
	tile1x1(unsafe.Pointer(&c), unsafe.Pointer(&a), unsafe.Pointer(&b), &p, 1)
	return c[0] != 0
}

// aoffLen is where the length of AOff lies in a Matmul.
const aoffLen = unsafe.Offsetof(Matmul{}.AOff) + unsafe.Sizeof(uintptr(0))

//go:noescape
func tile4x2(c, a, b unsafe.Pointer, p *Matmul, tiles int)

//go:noescape
func tile4x1(c, a, b unsafe.Pointer, p *Matmul, tiles int)

//go:noescape
func tile1x4(c, a, b unsafe.Pointer, p *Matmul, tiles int)

//go:noescape
func tile1x1(c, a, b unsafe.Pointer, p *Matmul, tiles int)

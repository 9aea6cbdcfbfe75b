package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// TestLoopsOfAllVariants compares the loops over vectors with the plain ones, at
// lengths around every vector's and unrolled turn's, with NaN and infinity, and
// between sentinels.
func TestLoopsOfAllVariants(t *testing.T) {
	loops := map[string]func(y, a, b, c []float32){
		"ReLU":          func(y, a, _, _ []float32) { ReLU(y, a) },
		"ReLUGrad":      func(y, a, b, _ []float32) { ReLUGrad(y, a, b) },
		"LeakyReLU":     func(y, a, _, _ []float32) { LeakyReLU(y, a, 0.1) },
		"LeakyReLUGrad": func(y, a, b, _ []float32) { LeakyReLUGrad(y, a, b, 0.1) },
		"Multiply":      func(y, a, b, _ []float32) { Multiply(y, a, b) },
		"Add":           func(y, a, _, _ []float32) { Add(y, a) },
		"Mix":           func(y, a, _, _ []float32) { Mix(y, 0.25, a, 0.75) },
		"Adamax":        func(y, a, b, c []float32) { Adamax(y, a, b, c, 0.01, 0.9, 0.999, 1e-7) },
		"bias":          func(y, a, _, _ []float32) { BiasLeakyReLU(y, a[:min(len(a), 32)], 0.1) },
		"bias alone":    func(y, a, _, _ []float32) { BiasLeakyReLU(y, a[:min(len(a), 16)], 1) },
		"bias and ReLU": func(y, a, _, _ []float32) { BiasLeakyReLU(y, a[:min(len(a), 5)], 0) },
		"Affine":        func(y, a, b, c []float32) { w := min(len(y), 48); Affine(y, a, b[:w], c[:w], 1) },
		"Affine, ReLU":  func(y, a, b, c []float32) { w := min(len(y), 16); Affine(y, a, b[:w], c[:w], 0) },
		"Affine, leaky": func(y, a, b, c []float32) { w := min(len(y), 17); Affine(y, a, b[:w], c[:w], 0.1) },
		"Affine, wide":  func(y, a, b, c []float32) { w := min(len(y), 32); Affine(y, a, b[:w], c[:w], 0.1) },
		"AddSquares":    func(y, a, b, _ []float32) { w := min(len(y), 16); AddSquares(y[:w], a, b[:w]) },
		"AddCentred":    func(y, a, b, c []float32) { w := min(len(y), 32); AddCentred(y[:w], a, b, c[:w]) },
		"AddProducts":   func(y, a, b, _ []float32) { w := min(len(y), 16); AddProducts(y[:w], a, b) },
		"AddScaled":     func(y, a, b, _ []float32) { w := min(len(y), 32); AddScaled(y, a, b[:w]) },
		"Blend":         func(y, a, b, c []float32) { w := min(len(y), 16); Blend(y, a, b, c[:w], b[:w], a[:w]) },
		"AddRows":       func(y, a, _, _ []float32) { AddRows(y[:min(len(y), 48)], a) },
	}
	for name, loop := range loops {
		for v := range Variants {
			t.Run(fmt.Sprintf("%s/%s", name, Variants[v].Name), func(t *testing.T) {
				for _, n := range []int{0, 1, 3, 4, 5, 15, 16, 17, 31, 32, 33, 63, 64, 65, 80, 96, 160, 192, 300} {
					want, _ := loopResult(&Variants[0], loop, n)
					got, ok := loopResult(&Variants[v], loop, n)
					if !ok {
						t.Fatalf("%d elements: written outside", n)
					}
					for i := range want {
						if !same(got[i], want[i]) && !(math.Abs(float64(got[i]-want[i])) <= 1e-5*(1+math.Abs(float64(want[i])))) {
							t.Fatalf("%d elements: element %d is %g, want %g", n, i, got[i], want[i])
						}
					}
				}
			})
		}
	}
}

// loopResult returns what a variant leaves in the four slices.
func loopResult(v *Variant, loop func(y, a, b, c []float32), n int) (all []float32, ok bool) {
	defer Use(v)()
	rng := rand.New(rand.NewPCG(21, uint64(n)))
	var slices [4][]float32
	ok = true
	var whole [4]func() bool
	for i := range slices {
		slices[i], whole[i] = guarded(rng, n)
		for j := 7 * i; j < n; j += 29 {
			slices[i][j] = []float32{nan, inf, -inf, 0}[(i+j)%4]
		}
	}
	loop(slices[0], slices[1], slices[2], slices[3])
	for i := range slices {
		all = append(all, slices[i]...)
		ok = ok && whole[i]()
	}
	return all, ok
}

// TestPoolOfAllVariants compares maxima and their gradients with the plain loops:
// windows that vectors take and others, with equals and NaN.
func TestPoolOfAllVariants(t *testing.T) {
	for _, p := range []Pool{
		{H: 8, W: 6, C: 32, OutH: 4, OutW: 3, KH: 2, KW: 2, StrideH: 2, StrideW: 2},
		{H: 7, W: 5, C: 16, OutH: 3, OutW: 2, KH: 2, KW: 2, StrideH: 2, StrideW: 2},
		{H: 6, W: 4, C: 5, OutH: 3, OutW: 2, KH: 2, KW: 2, StrideH: 2, StrideW: 2},
		{H: 6, W: 8, C: 16, OutH: 5, OutW: 7, KH: 2, KW: 2, StrideH: 1, StrideW: 1},
	} {
		var want []float32
		for v := range Variants {
			restore := Use(&Variants[v])
			rng := rand.New(rand.NewPCG(22, 23))
			x, okX := guarded(rng, p.H*p.W*p.C)
			for i := range x {
				x[i] = float32(math.Round(float64(x[i]))) // equals
			}
			for i := 3; i < len(x); i += 101 {
				x[i] = nan
			}
			y, okY := guarded(rng, p.OutH*p.OutW*p.C)
			dy, _ := guarded(rng, len(y))
			dx, okDX := guarded(rng, len(x))
			p.Max(y, x)
			p.MaxGrad(dx, dy, x, y)
			restore()
			if !okX() || !okY() || !okDX() {
				t.Fatalf("%s: written outside", Variants[v].Name)
			}
			got := append(append([]float32{}, y...), dx...)
			if v == 0 {
				want = got
			}
			for i := range want {
				if !same(got[i], want[i]) {
					t.Fatalf("%s, %+v: element %d is %g, want %g", Variants[v].Name, p, i, got[i], want[i])
				}
			}
		}
	}
}

// BenchmarkLoops times the loops over the weights of the tutorial's network and over
// the largest of its activations, in elements a second.
func BenchmarkLoops(b *testing.B) {
	const weights, activations = 1084234, 32 * 32 * 32
	a := [4][]float32{}
	for i := range a {
		a[i] = make([]float32, weights)
		for j := range a[i] {
			a[i][j] = float32(math.Sin(float64(i+j))) + 2
		}
	}
	pool := Pool{H: 32, W: 32, C: 32, OutH: 16, OutW: 16, KH: 2, KW: 2, StrideH: 2, StrideW: 2}
	for _, loop := range []struct {
		name string
		n    int
		run  func(n int)
	}{
		{"Adamax", weights, func(n int) { Adamax(a[0][:n], a[1][:n], a[2][:n], a[3][:n], 1e-3, 0.9, 0.999, 1e-7) }},
		{"Mix", weights, func(n int) { Mix(a[0][:n], 0.5, a[1][:n], 0.5) }},
		{"BiasLeakyReLU", activations, func(n int) { BiasLeakyReLU(a[0][:n], a[1][:32], 0.1) }},
		{"LeakyReLUGrad", activations, func(n int) { LeakyReLUGrad(a[0][:n], a[1][:n], a[2][:n], 0.1) }},
		{"Multiply", activations, func(n int) { Multiply(a[0][:n], a[1][:n], a[2][:n]) }},
		{"Max", activations, func(n int) { pool.Max(a[0], a[1][:n]) }},
		{"MaxGrad", activations, func(n int) { pool.MaxGrad(a[0][:n], a[1], a[2][:n], a[3]) }},
	} {
		for v := range Variants {
			b.Run(fmt.Sprintf("%s/%s", loop.name, Variants[v].Name), func(b *testing.B) {
				defer Use(&Variants[v])()
				for b.Loop() {
					loop.run(loop.n)
				}
				b.ReportMetric(float64(loop.n)*float64(b.N)/b.Elapsed().Seconds()/1e9, "Gelem/s")
			})
		}
	}
}

package kernel

import (
	"math"
	"math/rand/v2"
	"slices"
	"sync/atomic"
	"testing"
)

var (
	nan = float32(math.NaN())
	inf = float32(math.Inf(1))
)

// same compares numbers; NaN equals NaN.
func same(a, b float32) bool { return a == b || a != a && b != b }

func TestActivationsOnSpecialNumbers(t *testing.T) {
	x := []float32{-2, -0.5, 0, 0.5, 2, nan, inf, -inf}
	for _, c := range []struct {
		name string
		f    func(y, x []float32)
		want []float32
	}{
		{"ReLU", ReLU, []float32{0, 0, 0, 0.5, 2, nan, inf, 0}},
		{"LeakyReLU", func(y, x []float32) { LeakyReLU(y, x, 0.1) }, []float32{-0.2, -0.05, 0, 0.5, 2, nan, inf, -inf}},
		{"Tanh", Tanh, []float32{-0.9640276, -0.46211717, 0, 0.46211717, 0.9640276, nan, 1, -1}},
		{"GELU", GELU, []float32{-0.04550026, -0.15426877, 0, 0.34573123, 1.9544997, nan, inf, nan}},
		{"SiLU", SiLU, []float32{-0.23840584, -0.18877033, 0, 0.31122967, 1.7615942, nan, inf, nan}},
		{"ELU", func(y, x []float32) { ELU(y, x, 2) }, []float32{-1.7293295, -0.78693868, 0, 0.5, 2, nan, inf, -2}},
		{"HardSwish", HardSwish, []float32{-1. / 3, -0.20833333, 0, 0.29166667, 5. / 3, nan, inf, nan}},
		{"Softplus", Softplus, []float32{0.12692801, 0.474077, 0.69314718, 0.974077, 2.126928, nan, inf, 0}},
		{"Clip", func(y, x []float32) { Clip(y, x, 1, 0.5, 0.25) }, []float32{-1.125, -0.375, -0.125, 0.5, 1, nan, 1, -inf}},
		{"Sigmoid", Sigmoid, []float32{0.11920292, 0.37754067, 0.5, 0.62245935, 0.880797, nan, 1, 0}},
	} {
		y := make([]float32, len(x))
		c.f(y, x)
		for i := range y {
			if !same(y[i], c.want[i]) && !(math.Abs(float64(y[i]-c.want[i])) < 1e-6) {
				t.Errorf("%s(%g) = %g, want %g", c.name, x[i], y[i], c.want[i])
			}
		}
	}
}

func TestSoftmax(t *testing.T) {
	y := make([]float32, 6)
	Softmax(y, []float32{1000, 1001, 999, -5, -5, -5}, 3)
	for i, want := range []float32{0.24472848, 0.66524094, 0.09003057, 1. / 3, 1. / 3, 1. / 3} {
		if math.Abs(float64(y[i]-want)) > 1e-6 {
			t.Errorf("softmax[%d] = %g, want %g", i, y[i], want)
		}
	}
	Softmax(y[:3], []float32{1, nan, 2}, 3)
	for i := range 3 {
		if y[i] == y[i] {
			t.Errorf("a row with NaN gave %g", y[i])
		}
	}
	if got := LogSumExp([]float32{1000, 1000}); math.Abs(got-1000.6931471805599) > 1e-9 {
		t.Errorf("LogSumExp = %g", got)
	}
}

func TestRowsAndTranspose(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for _, n := range []int{1, 2, 15, 16, 17, 40} {
		rows, cols := n, n+3
		x, ok := guarded(rng, rows*cols)
		y := make([]float32, rows*cols)
		Transpose(y, rows, x, cols, rows, cols)
		for r := range rows {
			for c := range cols {
				if y[c*rows+r] != x[r*cols+c] {
					t.Fatalf("%dx%d: element %d,%d", rows, cols, r, c)
				}
			}
		}
		sum := make([]float32, cols)
		AddRows(sum, x)
		BiasLeakyReLU(x, sum, 1)
		if !ok() {
			t.Fatal("written outside")
		}
	}
	y := []float32{1, 2, 3, 4}
	BiasLeakyReLU(y, []float32{10, 20}, 1)
	if !slices.Equal(y, []float32{11, 22, 13, 24}) {
		t.Errorf("BiasLeakyReLU gave %v", y)
	}
	BiasLeakyReLU(y, nil, 1) // a layer without bias
	sum := []float32{1, 1}
	AddRows(sum, y)
	if !slices.Equal(sum, []float32{25, 47}) {
		t.Errorf("AddRows gave %v", sum)
	}
}

func TestPoolAgainstNaive(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for range 200 {
		p := Pool{H: 1 + rng.IntN(7), W: 1 + rng.IntN(7), C: 1 + rng.IntN(5), KH: 1 + rng.IntN(3), KW: 1 + rng.IntN(3), StrideH: 1 + rng.IntN(3), StrideW: 1 + rng.IntN(3)}
		p.PadTop, p.PadLeft = rng.IntN(p.KH), rng.IntN(p.KW)
		p.OutH, p.OutW = (p.H+p.StrideH-1)/p.StrideH, (p.W+p.StrideW-1)/p.StrideW
		x, okX := guarded(rng, p.H*p.W*p.C)
		if rng.IntN(4) == 0 {
			x[rng.IntN(len(x))] = nan
		}
		y, okY := guarded(rng, p.OutH*p.OutW*p.C)
		p.Max(y, x)
		if !okX() || !okY() {
			t.Fatal("written outside")
		}
		for i := range y {
			want := naiveMax(&p, x, i)
			if !same(y[i], want) {
				t.Fatalf("%+v: y[%d] = %g, want %g", p, i, y[i], want)
			}
		}
	}
}

func naiveMax(p *Pool, x []float32, i int) float32 {
	c, ox, oy := i%p.C, i/p.C%p.OutW, i/p.C/p.OutW
	top := -inf
	for ky := range p.KH {
		for kx := range p.KW {
			y, xx := oy*p.StrideH-p.PadTop+ky, ox*p.StrideW-p.PadLeft+kx
			if y >= 0 && y < p.H && xx >= 0 && xx < p.W {
				v := x[(y*p.W+xx)*p.C+c]
				if v != v {
					return nan
				}
				top = max(top, v)
			}
		}
	}
	return top
}

func TestAdamaxAgainstFormula(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	w, m, u, g := make([]float32, 37), make([]float32, 37), make([]float32, 37), make([]float32, 37)
	want := make([][3]float64, 37)
	power := 1.0
	for step := range 5 {
		power *= 0.9
		for i := range g {
			g[i] = float32(rng.NormFloat64())
			if i == 0 {
				g[i] = 0
			}
			d := float64(g[i])
			s := &want[i]
			s[1] = 0.9*s[1] + 0.1*d
			s[2] = max(0.999*s[2], math.Abs(d))
			s[0] -= 5e-3 / (1 - power) * s[1] / (s[2] + 1e-7)
		}
		Adamax(w, m, u, g, float32(5e-3/(1-power)), 0.9, 0.999, 1e-7)
		for i := range w {
			if math.Abs(float64(w[i])-want[i][0]) > 1e-6 {
				t.Fatalf("step %d: w[%d] = %g, want %g", step+1, i, w[i], want[i][0])
			}
		}
	}
}

func TestLoopRunsEachItemOnce(t *testing.T) {
	counts := make([]atomic.Int32, 1000)
	l := NewLoop(func(worker, item int) {
		if worker < 0 || worker >= Workers() {
			panic("worker out of range")
		}
		counts[item].Add(1)
	})
	for _, n := range []int{0, 1, 2, 1000} {
		for i := range counts {
			counts[i].Store(0)
		}
		l.Run(n)
		for i := range counts {
			if want := int32(0); counts[i].Load() != want && i >= n || i < n && counts[i].Load() != 1 {
				t.Fatalf("%d items: item %d ran %d times", n, i, counts[i].Load())
			}
		}
	}
	// The runtime's own allocations are counted too, but do not come each time.
	least := math.Inf(1)
	for range 5 {
		least = min(least, testing.AllocsPerRun(20, func() { l.Run(100) }))
	}
	if least > 0 {
		t.Errorf("a run allocates %g times", least)
	}
}

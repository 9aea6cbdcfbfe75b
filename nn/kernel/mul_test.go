package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// naive returns the definition in Matmul's comment, in float64, and returns with
// each sum the sum of its terms' magnitudes, which bounds the rounding.
func naive(c, a, b []float32, p *Matmul) (want, size []float64) {
	want, size = make([]float64, len(c)), make([]float64, len(c))
	for i := range c {
		want[i] = float64(c[i])
	}
	for m := range p.M {
		for n := range p.N {
			if !p.Add {
				want[m*p.CM+n] = 0
			}
			size[m*p.CM+n] = math.Abs(want[m*p.CM+n])
			for r := range p.AOff {
				for k := range p.K {
					t := float64(a[p.AOff[r]+m*p.AM+k*p.AK]) * float64(b[p.BOff[r]+k*p.BK+n])
					want[m*p.CM+n] += t
					size[m*p.CM+n] += math.Abs(t)
				}
			}
		}
	}
	return want, size
}

// guarded returns n random numbers with a sentinel on both sides, and a
// function that says whether the sentinels still stand.
func guarded(rng *rand.Rand, n int) ([]float32, func() bool) {
	const guard = 64
	all := make([]float32, n+2*guard)
	for i := range all {
		all[i] = 12345
	}
	s := all[guard : guard+n : guard+n]
	for i := range s {
		s[i] = float32(rng.NormFloat64())
	}
	return s, func() bool {
		for i := range guard {
			if all[i] != 12345 || all[guard+n+i] != 12345 {
				return false
			}
		}
		return true
	}
}

// random draws a product of the given size with gaps in all strides: a's rows or
// columns are contiguous, or neither is.
func random(rng *rand.Rand, m, n, k, runs int) (p *Matmul, c, a, b int) {
	p = &Matmul{M: m, N: n, K: k, CM: n + rng.IntN(3), BK: n + rng.IntN(3)}
	p.AM, p.AK, p.Add = 1+rng.IntN(7), 1+rng.IntN(5), rng.IntN(2) == 0
	switch rng.IntN(5) {
	case 0, 1:
		p.AM = 1
	case 2, 3:
		p.AK = 1
	}
	for range runs {
		p.AOff = append(p.AOff, rng.IntN(9))
		p.BOff = append(p.BOff, rng.IntN(9))
	}
	for r := range runs {
		a = max(a, p.AOff[r]+(m-1)*p.AM+(k-1)*p.AK+1)
		b = max(b, p.BOff[r]+(k-1)*p.BK+n)
	}
	return p, (m-1)*p.CM + n, a, b
}

func TestMulAgainstNaive(t *testing.T) {
	for _, v := range Variants {
		t.Run(v.Name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(1, 2))
			for _, m := range []int{1, 2, 3, 4, 5, 7, 8, 9} {
				for _, n := range []int{1, 3, 4, 5, 7, 8, 9, 10, 15, 16, 17, 31, 32, 33, 63, 64, 67} {
					for _, k := range []int{1, 2, 3, 4, 5, 11, 27} {
						checkMul(t, &v, rng, m, n, k, 1+rng.IntN(3))
					}
				}
			}
		})
	}
}

func checkMul(t *testing.T, v *Variant, rng *rand.Rand, m, n, k, runs int) {
	t.Helper()
	p, lc, la, lb := random(rng, m, n, k, runs)
	c, okC := guarded(rng, lc)
	a, okA := guarded(rng, la)
	b, okB := guarded(rng, lb)
	want, size := naive(c, a, b, p)
	v.Mul(c, a, b, p)
	if !okC() || !okA() || !okB() {
		t.Fatalf("%+v wrote outside its slices", p)
	}
	for i := range c {
		if math.Abs(float64(c[i])-want[i]) > 1e-6*(1+size[i]) {
			t.Fatalf("%+v: c[%d] = %g, want %g", p, i, c[i], want[i])
		}
	}
}

func TestMulCarriesNaNAndInf(t *testing.T) {
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	for _, v := range Variants {
		for _, bad := range []float32{nan, inf} {
			c := make([]float32, 5*67)
			a := make([]float32, 5*3)
			b := make([]float32, 3*67)
			b[1*67+66], b[1*67] = bad, bad // zero times infinity is NaN too
			v.Mul(c, a, b, &Matmul{M: 5, N: 67, K: 3, CM: 67, AM: 3, AK: 1, BK: 67, AOff: []int{0}, BOff: []int{0}})
			for m := range 5 {
				if c[m*67] == c[m*67] || c[m*67+66] == c[m*67+66] || c[m*67+1] != 0 {
					t.Fatalf("%s: 0 times %g gave %g and %g", v.Name, bad, c[m*67], c[m*67+66])
				}
			}
		}
	}
}

func TestMulRefusesToReachOutside(t *testing.T) {
	ok := Matmul{M: 2, N: 3, K: 4, CM: 3, AM: 4, AK: 1, BK: 3, AOff: []int{0}, BOff: []int{0}}
	for name, spoil := range map[string]func(*Matmul){
		"c": func(p *Matmul) { p.CM = 4 }, "a": func(p *Matmul) { p.AM = 5 }, "b": func(p *Matmul) { p.BK = 4 },
		"offset": func(p *Matmul) { p.AOff = []int{1} }, "negative": func(p *Matmul) { p.BOff = []int{-1} },
		"runs": func(p *Matmul) { p.BOff = nil },
	} {
		p := ok
		spoil(&p)
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			Mul(make([]float32, 6), make([]float32, 8), make([]float32, 12), &p)
		}()
	}
}

// BenchmarkMul times the tutorial's products, one picture or one batch of 32.
func BenchmarkMul(b *testing.B) {
	for _, s := range []struct {
		name       string
		m, n, k, r int
	}{
		{"conv1", 32, 16, 9, 3}, {"conv2", 32, 32, 48, 3}, {"conv3", 16, 32, 96, 3}, {"conv4", 16, 64, 96, 3},
		{"dense1", 32, 256, 4096, 1}, {"dense2", 32, 10, 256, 1},
	} {
		for _, v := range Variants {
			b.Run(fmt.Sprintf("%s/%s", s.name, v.Name), func(b *testing.B) {
				p := &Matmul{M: s.m, N: s.n, K: s.k, CM: s.n, AM: s.k, AK: 1, BK: s.n}
				for r := range s.r {
					p.AOff, p.BOff = append(p.AOff, r*s.m*s.k), append(p.BOff, r*s.k*s.n)
				}
				x := make([]float32, s.r*s.m*s.k)
				w := make([]float32, s.r*s.k*s.n)
				y := make([]float32, s.m*s.n)
				for b.Loop() {
					v.Mul(y, x, w, p)
				}
				b.ReportMetric(2*float64(s.m*s.n*s.k*s.r)*float64(b.N)/b.Elapsed().Seconds()/1e9, "GFLOP/s")
			})
		}
	}
}

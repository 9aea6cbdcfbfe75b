package train

import (
	"math"
	"math/rand/v2"
	"testing"

	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// product is a·b, or aᵀ·b, written for reading.
func product(a, b [][]float64, transposed bool) [][]float64 {
	rows, inner := len(a), len(a[0])
	at := func(i, k int) float64 { return a[i][k] }
	if transposed {
		rows, inner = inner, rows
		at = func(i, k int) float64 { return a[k][i] }
	}
	c := make([][]float64, rows)
	for i := range c {
		c[i] = make([]float64, len(b[0]))
		for j := range c[i] {
			for k := range inner {
				c[i][j] += at(i, k) * b[k][j]
			}
		}
	}
	return c
}

// newtonSchulz returns the post's function of that name: G scaled to norm 1, then five times
// X = aX + (bA + cA²)X with A = XXᵀ, which is here XᵀX on the other side.
func newtonSchulz(g [][]float64) [][]float64 {
	norm := 0.0
	for _, row := range g {
		for _, v := range row {
			norm += v * v
		}
	}
	norm = math.Sqrt(norm) + 1e-7
	for i := range g {
		for j := range g[i] {
			g[i][j] /= norm
		}
	}
	for range 5 {
		a := product(g, g, true)
		b := product(a, a, false)
		for i := range b {
			for j := range b[i] {
				b[i][j] = -4.775*a[i][j] + 2.0315*b[i][j]
			}
		}
		next := product(g, b, false)
		for i := range g {
			for j := range g[i] {
				g[i][j] = 3.4445*g[i][j] + next[i][j]
			}
		}
	}
	return g
}

// TestMuon makes three steps on matrices that are higher than wide, wider than high, and of
// more rows than are computed at once, and compares them with the formula.
func TestMuon(t *testing.T) {
	const rate, momentum = 0.1, 0.95
	rng := rand.New(rand.NewPCG(1, 2))
	u := newMuon() // one for all, as in a network
	for _, size := range [][2]int{{5, 3}, {3, 5}, {37, 18}, {18, 37}, {7, 1}} {
		rows, cols := size[0], size[1]
		w, m, g := make([]float32, rows*cols), make([]float32, rows*cols), make([]float32, rows*cols)
		want, moment := make([]float64, rows*cols), make([]float64, rows*cols)
		for i := range w {
			w[i] = float32(rng.NormFloat64())
			want[i] = float64(w[i])
		}
		for range 3 {
			x := make([][]float64, rows)
			for i := range x {
				x[i] = make([]float64, cols)
				for j := range x[i] {
					k := i*cols + j
					g[k] = float32(rng.NormFloat64())
					moment[k] = momentum*moment[k] + float64(g[k])
					x[i][j] = float64(g[k]) + momentum*moment[k]
				}
			}
			o := newtonSchulz(x)
			for k := range want {
				want[k] -= rate * 0.2 * math.Sqrt(float64(max(rows, cols))) * o[k/cols][k%cols]
			}
			u.step(w, m, g, rows, cols, rate, momentum)
			for k := range w {
				if math.Abs(float64(w[k])-want[k]) > 2e-5 {
					t.Fatalf("%v: number %d is %g, want %g", size, k, w[k], want[k])
				}
			}
		}
	}
}

// TestOrthogonal checks that the singular values of what Muon makes of a matrix lie around 1,
// by what it does to vectors: none is made much longer, nor, of those of its smaller side,
// much shorter.
func TestOrthogonal(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	u := newMuon()
	const rows, cols = 40, 12
	u.begin(rows, cols)
	for i := range u.x {
		u.x[i] = float32(rng.NormFloat64()) * float32(1+i%cols) // of uneven columns
	}
	u.orthogonalise()
	for range 50 {
		v, length := make([]float64, cols), 0.0
		for j := range v {
			v[j] = rng.NormFloat64()
			length += v[j] * v[j]
		}
		out := 0.0
		for i := range rows {
			sum := 0.0
			for j, x := range v {
				sum += float64(u.x[i*cols+j]) * x
			}
			out += sum * sum
		}
		if s := math.Sqrt(out / length); s < 0.6 || s > 1.3 {
			t.Errorf("a vector becomes %g times as long", s)
		}
	}
}

// TestMuonTakesConvolutions looks which weights of a network have Muon's momentum, and which
// Adam's two.
func TestMuonTakesConvolutions(t *testing.T) {
	f := model.NewFunctional(task.Shape{4, 4, 1})
	x := f.Add(layer.Conv2D{Filters: 4, KernelSize: [2]int{3, 3}, Padding: layer.Same}, model.Input)
	x = f.Add(layer.DepthwiseConv2D{KernelSize: [2]int{3, 3}, DepthMultiplier: 2}, f.Add(layer.BatchNormalization{}, x))
	x = f.Add(layer.SeparableConv2D{Filters: 3, KernelSize: [2]int{1, 1}}, x)
	f.Add(layer.Dense{Units: 3, Activation: "softmax"}, f.Add(layer.Flatten{}, x))
	m, err := f.Network()
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Init(1); err != nil {
		t.Fatal(err)
	}
	recipe := recipe
	recipe.Optimizer = task.Muon
	r, err := NewRun(m, recipe, stripes(45))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if err := r.Step(); err != nil {
		t.Fatal(err)
	}
	convolutions := map[string]bool{"conv2d/kernel": true, "separable_conv2d/pointwise_kernel": true}
	for name, s := range r.solver.slots {
		if want := 2; len(s) != want && !convolutions[name] || convolutions[name] && len(s) != 1 {
			t.Errorf("%s has %d slots", name, len(s))
		}
		delete(convolutions, name)
	}
	if len(convolutions) > 0 {
		t.Errorf("not learned: %v", convolutions)
	}
}

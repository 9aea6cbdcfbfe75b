package train

import (
	"math"
	"slices"
	"testing"

	"gorgonia.org/gorgonia"

	"tenfold/nn/graph"
	"tenfold/nn/task"
)

// gradientsOf are copies of the gradients of all weights, those that are known by factors
// multiplied out.
func gradientsOf(t *testing.T, all []gorgonia.ValueGrad) (grads [][]float64) {
	t.Helper()
	for _, v := range all {
		var g []float32
		if p, ok := v.(*factoredGrad); ok {
			p.SetFactors(p.x, p.dy)
			g = make([]float32, p.In*p.Out)
			p.GradRows(0, g, 0, p.In)
		} else {
			value, err := v.Grad()
			if err != nil {
				t.Fatal(err)
			}
			g = graph.Floats(value)
		}
		var d []float64
		for _, x := range g {
			d = append(d, float64(x))
		}
		grads = append(grads, d)
	}
	return grads
}

func norm(g ...[]float64) float64 {
	sum := 0.0
	for _, v := range g {
		for _, x := range v {
			sum += x * x
		}
	}
	return math.Sqrt(sum)
}

// TestClipping compares a step of plain SGD with Keras' formulas for clipnorm, global_clipnorm
// and clipvalue, on a network with gradients that are known by factors, with penalties, and
// with bounds that bite and that do not.
func TestClipping(t *testing.T) {
	const rate = 0.1
	for name, c := range map[string]struct {
		set     func(r *task.Recipe, most float64)
		clipped func(g, all [][]float64, i, k int, most float64) float64
	}{
		"clipnorm": {
			func(r *task.Recipe, most float64) { r.ClipNorm = most },
			func(g, _ [][]float64, i, k int, most float64) float64 { return g[i][k] * min(1, most/norm(g[i])) },
		},
		"global_clipnorm": {
			func(r *task.Recipe, most float64) { r.GlobalClipNorm = most },
			func(g, all [][]float64, i, k int, most float64) float64 { return g[i][k] * min(1, most/norm(all...)) },
		},
		"clipvalue": {
			func(r *task.Recipe, most float64) { r.ClipValue = most },
			func(g, _ [][]float64, i, k int, most float64) float64 { return min(max(g[i][k], -most), most) },
		},
	} {
		for _, most := range []float64{0.01, 0.05, 1000} {
			recipe := task.Recipe{Optimizer: task.SGD, Rate: rate, Epochs: 1, Batch: 8, Decay: 1, Seed: 1, L2: 0.01}
			c.set(&recipe, most)
			r, err := NewRun(wide(t, 5), recipe, stripes(45))
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			r.order = []int{0, 1, 2, 3, 4, 5, 6, 7}
			_, weights, err := r.gradients(r.batch(0))
			if err != nil {
				t.Fatal(err)
			}
			all := r.learnable(weights)
			grads := gradientsOf(t, all)
			var before [][]float32
			for _, w := range weights {
				before = append(before, slices.Clone(w.Data))
			}
			if err := r.learn(weights); err != nil {
				t.Fatal(err)
			}
			bitten := false
			for i, w := range weights {
				for k, v := range w.Data {
					g := c.clipped(grads, grads, i, k, most)
					bitten = bitten || g != grads[i][k]
					if want := float64(before[i][k]) - rate*g; math.Abs(float64(v)-want) > 1e-6 {
						t.Fatalf("%s %g: %s[%d] is %g, want %g", name, most, w.Path, k, v, want)
					}
				}
			}
			if bitten != (most < 1) {
				t.Errorf("%s %g: clipped: %v", name, most, bitten)
			}
		}
	}
}

package layer

import (
	"math"
	"math/rand/v2"
	"testing"

	"tenfold/nn/task"
)

// TestInitializers looks at limits, mean and variance of what is drawn for a convolution of
// fan_in 3*5*7 and fan_out 3*5*40.
func TestInitializers(t *testing.T) {
	const in, out = 3 * 5 * 7, 3 * 5 * 40
	shape := task.Shape{3, 5, 7, 40}
	for name, want := range map[Initializer]struct{ mean, variance, most float64 }{
		GlorotUniform: {0, 2. / (in + out), math.Sqrt(6. / (in + out))}, GlorotNormal: {0, 2. / (in + out), 2 * math.Sqrt(2./(in+out)) / 0.8796},
		HeUniform: {0, 2. / in, math.Sqrt(6. / in)}, HeNormal: {0, 2. / in, 2 * math.Sqrt(2./in) / 0.8796},
		LecunNormal: {0, 1. / in, 2 * math.Sqrt(1./in) / 0.8796},
		Zeros:       {0, 0, 0}, Ones: {1, 0, 1}, Constant(-0.25): {-0.25, 0, 0.25},
	} {
		w := make([]float32, shape.Size())
		if err := name.Init(w, shape, rand.New(rand.NewPCG(1, 2))); err != nil {
			t.Fatal(err)
		}
		var all []float64
		most := 0.0
		for _, v := range w {
			all = append(all, float64(v))
			most = max(most, math.Abs(float64(v)))
		}
		mean, variance := moments(all)
		if math.Abs(mean-want.mean) > 1e-9+4*math.Sqrt(want.variance/float64(len(w))) || math.Abs(variance-want.variance) > 1e-9+0.06*want.variance || most > want.most*(1+1e-4) || most < 0.98*want.most {
			t.Errorf("%s: mean %g, variance %g, up to %g, want %+v", name, mean, variance, most, want)
		}
	}
	for _, name := range []Initializer{"glorot", "constant", "constant(", "constant(1)x", "constant(1,2)", ""} {
		if err := name.Init(make([]float32, 1), task.Shape{1}, nil); err == nil {
			t.Errorf("%q: no error", name)
		}
	}
}

// TestIdentityLetsThrough puts a picture through a convolution of more and of fewer filters.
func TestIdentityLetsThrough(t *testing.T) {
	for _, filters := range []int{2, 3, 5} {
		l := Conv2D{Filters: filters, KernelSize: [2]int{3, 5}, Padding: Same, NoBias: true, KernelInitializer: Identity}
		in := task.Shape{4, 7, 3}
		rng := rand.New(rand.NewPCG(3, 4))
		w := make([]float32, l.Weights(in)[0].Shape.Size())
		if err := Identity.Init(w, l.Weights(in)[0].Shape, rng); err != nil {
			t.Fatal(err)
		}
		x, y := gentle(rng, in.Size()), make([]float32, 4*7*filters)
		l.Op(1, in).Forward(Pass{}, y, one(x), one(w))
		other := 0.0
		for i, v := range y {
			if c := i % filters; c >= 3 {
				other += math.Abs(float64(v))
			} else if v != x[i/filters*3+c] {
				t.Fatalf("%d filters: element %d is %g, want %g", filters, i, v, x[i/filters*3+c])
			}
		}
		if (other > 0) != (filters > 3) {
			t.Errorf("%d filters: the others put out %g", filters, other)
		}
	}
}

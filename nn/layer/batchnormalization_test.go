package layer

import (
	"math"
	"math/rand/v2"
	"testing"

	"tenfold/nn/task"
)

// TestObserved compares what batch normalisation says of a batch with each channel's mean and
// variance, which Keras does not correct for the sample's size, and looks at Keras' momentum.
func TestObserved(t *testing.T) { forVariants(t, testObserved) }

func testObserved(t *testing.T) {
	for _, c := range []struct {
		BatchNormalization
		in       task.Shape
		momentum float32
	}{
		{BatchNormalization{}, task.Shape{3, 5, 7}, 0.99},
		{BatchNormalization{Momentum: 0.6, NoScale: true}, task.Shape{5, 1, 32}, 0.6},
		{BatchNormalization{Epsilon: 0.5, NoCenter: true}, task.Shape{11}, 0.99},
	} {
		rng := rand.New(rand.NewPCG(7, 8))
		channels := c.in[len(c.in)-1]
		x := make([]float32, pictures*c.in.Size())
		for i := range x {
			x[i] = float32(rng.NormFloat64()*float64(1+i%channels) + float64(i%channels) - 3)
		}
		var w [][]float32
		for _, v := range c.Weights(c.in) {
			w = append(w, normal(rng, v.Shape.Size()))
		}
		op := c.Op(pictures+2, c.in)
		op.Forward(Pass{Training: true}, make([]float32, len(x)), one(x), w)
		momentum, seen := op.(Observer).Observed()
		if momentum != c.momentum || len(seen) != 2 {
			t.Fatalf("%+v: momentum %g and %d tensors, want %g and 2", c.BatchNormalization, momentum, len(seen), c.momentum)
		}
		for k := range channels {
			var all []float64
			for i := k; i < len(x); i += channels {
				all = append(all, float64(x[i]))
			}
			mean, variance := moments(all)
			if math.Abs(float64(seen[0][k])-mean) > 1e-5*(1+math.Abs(mean)) || math.Abs(float64(seen[1][k])-variance) > 1e-5*(1+variance) {
				t.Errorf("%+v, channel %d: mean %g and variance %g, want %g and %g", c.BatchNormalization, k, seen[0][k], seen[1][k], mean, variance)
			}
		}
		op.Forward(Pass{}, make([]float32, len(x)), one(x), w)
		if _, seen := op.(Observer).Observed(); seen != nil {
			t.Errorf("%+v: in inference it has seen %v", c.BatchNormalization, seen)
		}
	}
}

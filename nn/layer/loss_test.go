package layer

import (
	"math/rand/v2"
	"testing"
)

func TestCrossEntropyGradient(t *testing.T) {
	rng := rand.New(rand.NewPCG(15, 16))
	c := CrossEntropy{Classes: 4, Of: 5} // three of five
	x, labels := normal(rng, 12), make([]float32, 12)
	labels[1], labels[4], labels[11] = 1, 0.5, 1
	labels[6] = 0.5
	loss := func() float64 {
		var y [1]float32
		c.Forward(Pass{}, y[:], one(x), [][]float32{labels})
		return float64(y[0])
	}
	g := make([]float32, 12)
	c.Grad(0, g, []float32{1}, one(x), nil, [][]float32{labels})
	(&chain{}).compare(t, "logits", g, x, loss)

	w := normal(rng, 5)
	p := Penalty{L2: []float64{0.3}}
	c2 := func() float64 {
		var y [1]float32
		p.Forward(Pass{}, y[:], one([]float32{2}), [][]float32{w})
		return float64(y[0])
	}
	gw := make([]float32, 5)
	p.Grad(1, gw, []float32{1}, one([]float32{2}), nil, [][]float32{w})
	(&chain{}).compare(t, "penalty", gw, w, c2)
}

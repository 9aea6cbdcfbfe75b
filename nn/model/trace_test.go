package model

import (
	"math"
	"math/rand/v2"
	"testing"

	"tenfold/nn/internal/numeric"
	"tenfold/nn/layer"
	"tenfold/nn/task"
)

// traced returns a network with every kind of layer that keeps a picture.
func traced(t *testing.T) *Network {
	t.Helper()
	m, err := New(task.Shape{7, 6, 2},
		layer.Conv2D{Filters: 3, KernelSize: [2]int{3, 3}, Padding: layer.Same, Activation: "tanh"},
		layer.LeakyReLU{Alpha: 0.1},
		layer.MaxPool2D{PoolSize: [2]int{2, 2}},
		layer.Dropout{Rate: 0.5},
		layer.Conv2D{Filters: 4, KernelSize: [2]int{2, 3}},
		layer.Flatten{},
		layer.Dense{Units: 5},
		layer.Activation{Function: "softmax"},
	)
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Init(3); err != nil {
		t.Fatal(err)
	}
	return m
}

func noise(n int, seed uint64) []float32 {
	rng := rand.New(rand.NewPCG(seed, 0))
	x := make([]float32, n)
	for i := range x {
		x[i] = rng.Float32() - 0.5
	}
	return x
}

func TestTraceForward(t *testing.T) {
	m := traced(t)
	x := noise(3*84, 1)
	tr := m.Trace(3)
	tr.Forward(x)
	logits, probs := m.Predictor(2).Predict(x)
	for name, pair := range map[string][2][]float32{"logits": {tr.Y[tr.Logits()], logits}, "probabilities": {tr.Y[len(tr.Y)-1], probs}} {
		for i, v := range pair[0] {
			if math.Abs(float64(v-pair[1][i])) > 1e-6 {
				t.Errorf("%s %d: %g, the predictor says %g", name, i, v, pair[1][i])
			}
		}
	}
	if first, last := tr.First(0), tr.Last(0); first != 0 || last != 1 {
		t.Errorf("the first convolution is steps %d to %d", first, last)
	}
	if s := m.Describe(); s.Layers[0].MultiplyAdds != 7*6*3*3*2*3 || s.Layers[6].MultiplyAdds != s.Layers[5].Output.Size()*5 || s.Layers[2].MultiplyAdds != 0 {
		t.Errorf("%+v", s.Layers)
	}
}

// TestTraceBack compares gradients with central differences, from the logits and from
// a layer in the middle, to the pictures and to another layer.
func TestTraceBack(t *testing.T) {
	m := traced(t)
	tr := m.Trace(2)
	for _, from := range []int{tr.Logits(), tr.Last(4), len(tr.Steps) - 1} {
		x := noise(2*84, 2)
		tr.Forward(x)
		seed := noise(len(tr.Y[from]), 4)
		value := func() (sum float64) {
			tr.Forward(x)
			for i, v := range tr.Y[from] {
				sum += float64(v) * float64(seed[i])
			}
			return sum
		}
		g := append([]float32{}, tr.Back(from, seed, -1)...)
		for i := 0; i < len(x); i += 5 {
			if want := numeric.Slope(&x[i], 1e-3, value); math.Abs(want-float64(g[i])) > 2e-3*max(1, math.Abs(want)) {
				t.Errorf("from step %d, pixel %d: %g, want %g", from, i, g[i], want)
			}
		}
	}
	tr.Forward(noise(84, 5)) // fewer pictures than before
	seed := make([]float32, 5)
	seed[2] = 1
	if g := tr.Back(tr.Logits(), seed, tr.Last(0)); len(g) != 7*6*3 {
		t.Errorf("%d gradients of the first layer", len(g))
	}
}

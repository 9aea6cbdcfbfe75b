package graph

import (
	"math"
	"slices"
	"testing"

	"gorgonia.org/gorgonia"

	"tenfold/nn/internal/numeric"
	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// residual returns a network in which a convolution's output, a sum and the pictures are read
// more than once, without kinks that a finite difference could cross.
func residual(t *testing.T) *model.Network {
	t.Helper()
	conv := layer.Conv2D{Filters: 5, KernelSize: [2]int{3, 3}, Padding: layer.Same}
	f := model.NewFunctional(task.Shape{5, 4, 2})
	x := f.Add(conv, model.Input)
	y := f.Add(layer.Activation{Function: "tanh"}, f.Add(layer.BatchNormalization{}, x))
	y = f.Add(layer.Add{}, x, f.Add(layer.SeparableConv2D{Filters: 5, KernelSize: [2]int{3, 3}, Padding: layer.Same}, y))
	s := f.Add(layer.Conv2D{Filters: 5, KernelSize: [2]int{1, 1}, Activation: "sigmoid"}, f.Add(layer.GlobalAveragePooling2D{KeepDims: true}, y))
	y = f.Add(layer.Concatenate{}, f.Add(layer.Multiply{}, s, y), y, model.Input)
	y = f.Add(layer.SpatialDropout2D{Rate: 0.2}, f.Add(layer.PReLU{AlphaInitializer: layer.Ones}, y)) // a PReLU without a kink
	y = f.Add(layer.LayerNormalization{}, f.Add(layer.GlobalAveragePooling2D{}, f.Add(layer.GaussianNoise{Stddev: 0.1}, y)))
	f.Add(layer.Dense{Units: 4, Activation: "softmax"}, y)
	m, err := f.Network()
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Init(3); err != nil {
		t.Fatal(err)
	}
	return m
}

// TestResidualGradients compares the gradients over several paths with finite differences.
func TestResidualGradients(t *testing.T) {
	g, err := New(residual(t), 3, Options{L2: 0.1})
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	fill(g, 3)
	step := func() float64 {
		loss, _, err := g.Step()
		if err != nil {
			t.Fatal(err)
		}
		return loss
	}
	step()
	if n := len(g.Moving()); n != 2 || len(g.Weights()) != 14 {
		t.Fatalf("%d weights learn and %d follow", len(g.Weights()), n)
	}
	for _, w := range g.Weights() {
		step()
		v, err := w.Grad()
		if err != nil {
			t.Fatal(err)
		}
		grad := slices.Clone(Floats(v))
		for j := 0; j < len(w.Data); j += 1 + len(w.Data)/9 {
			if want := numeric.Slope(&w.Data[j], 4e-3, step); math.Abs(float64(grad[j])-want) > 2e-3*(1+math.Abs(want)) {
				t.Errorf("%s[%d]: gradient %g, finite difference %g", w.Path, j, grad[j], want)
			}
		}
	}
}

// TestBackwardIsGorgonias compares the gradients that the builder adds with those that
// gorgonia.Grad does, of the same operations.
func TestBackwardIsGorgonias(t *testing.T) {
	b := &builder{graph: &Graph{Pass: layer.Pass{Training: true}, most: 3}, g: gorgonia.NewGraph(), batch: 3, options: Options{L2: 0.1}}
	m := residual(t)
	loss, err := b.loss(m)
	if err != nil {
		t.Fatal(err)
	}
	g, err := b.finish(loss)
	if err != nil {
		t.Fatal(err)
	}
	fill(g, 3)
	if _, _, err := g.Step(); err != nil {
		t.Fatal(err)
	}
	b2 := &builder{graph: &Graph{Pass: layer.Pass{Training: true}, most: 3}, g: gorgonia.NewGraph(), batch: 3, options: Options{L2: 0.1}}
	loss, err = b2.loss(m)
	if err != nil {
		t.Fatal(err)
	}
	if loss, err = b2.penalties(loss); err != nil {
		t.Fatal(err)
	}
	var params gorgonia.Nodes
	for _, w := range b2.weights {
		params = append(params, w.node)
	}
	grads, err := gorgonia.Grad(loss, params...)
	if err != nil {
		t.Fatal(err)
	}
	fill(b2.graph, 3)
	if err := gorgonia.NewTapeMachine(b2.g).RunAll(); err != nil {
		t.Fatal(err)
	}
	for i, w := range g.Weights() {
		v, err := w.Grad()
		if err != nil {
			t.Fatal(err)
		}
		for k, want := range Floats(grads[i].Value()) {
			if got := Floats(v)[k]; math.Abs(float64(got-want)) > 1e-6*(1+math.Abs(float64(want))) {
				t.Fatalf("%s[%d]: %g, Gorgonia's is %g", w.Path, k, got, want)
			}
		}
	}
}

// TestStillWeights learns the dense layer alone: all else works as in inference.
func TestStillWeights(t *testing.T) {
	m := residual(t)
	g, err := New(m, 3, Options{DenseOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	g.Pass.Dropout = false
	fill(g, 3)
	_, logits, err := g.Step()
	if err != nil {
		t.Fatal(err)
	}
	x, _ := g.Batch(3, 3)
	want, _ := m.Predictor(3).Predict(x)
	for i, v := range want {
		if math.Abs(float64(v-logits[i])) > 1e-5 {
			t.Fatalf("logit %d is %g, the predictor says %g", i, logits[i], v)
		}
	}
	if len(g.Weights()) != 2 || len(g.Moving()) != 0 {
		t.Errorf("%d weights learn and %d follow", len(g.Weights()), len(g.Moving()))
	}
}

package model

import (
	_ "embed"
	"math"
	"reflect"
	"testing"

	"tenfold/nn/checkpoint"
	"tenfold/nn/layer"
	"tenfold/nn/task"
)

// oldFile was written by the last program whose models were rows of layers (2e74b25), with every
// class of layer that it had.
//
//go:embed testdata/before-the-graph.safetensors
var oldFile []byte

// TestOldFile opens a file of the time before the graph: its layers, what it says of itself, and
// the answers that the program of that time gave.
func TestOldFile(t *testing.T) {
	f, err := checkpoint.Decode(oldFile)
	if err != nil {
		t.Fatal(err)
	}
	m, err := Open(f)
	if err != nil {
		t.Fatal(err)
	}
	k := func(a, b int) [2]int { return [2]int{a, b} }
	want := []layer.Layer{
		layer.Conv2D{Filters: 4, KernelSize: k(3, 3), Padding: layer.Same, Activation: "relu", L2: 1e-4},
		layer.LeakyReLU{Alpha: 0.1},
		layer.Conv2D{Filters: 5, KernelSize: k(3, 2), Strides: k(2, 1), NoBias: true, KernelInitializer: layer.GlorotUniform},
		layer.Activation{Function: "tanh"},
		layer.MaxPool2D{PoolSize: k(2, 2), Strides: k(1, 2), Padding: layer.Same},
		layer.Dropout{Rate: 0.25, Seed: 7},
		layer.Flatten{},
		layer.Dense{Units: 7, Activation: "sigmoid"},
		layer.Dense{Units: 3}, layer.LeakyReLU{Alpha: 0.3},
		layer.Activation{Function: "softmax"},
	}
	if len(m.Nodes()) != len(want) {
		t.Errorf("%d layers, want %d", len(m.Nodes()), len(want))
	}
	for i, n := range m.Nodes() {
		if i >= len(want) || !reflect.DeepEqual(n.Layer, want[i]) || len(n.In) != 1 || n.In[0] != i-1 {
			t.Errorf("layer %d is %+v", i, n)
		}
	}
	about := task.Task{Classes: []string{"one", "two", "three"}, Input: task.Shape{8, 6, 3}, Scale: task.Scale, Shift: task.Shift}
	seen := m.Seen()[task.TestSet]
	if m.Name != "of before the graph" || !reflect.DeepEqual(m.Task, about) || len(m.Measured) != 1 || m.Measured[0].Accuracy != 0.625 || len(seen) != 63 || seen[62] != 0x0f {
		t.Errorf("it says %q, %+v, %+v, %x", m.Name, m.Task, m.Measured, seen)
	}
	x := make([]float32, 2*m.Input.Size())
	for i := range x {
		x[i] = float32(i*37%256)/255 - 0.5
	}
	_, probs := m.Predictor(2).Predict(x)
	for i, want := range []float64{0.758501053, 0.1299932, 0.111505777, 0.765569866, 0.124120347, 0.110309787} {
		if math.Abs(float64(probs[i])-want) > 1e-6 {
			t.Errorf("answer %d is %g, want %g", i, probs[i], want)
		}
	}
}

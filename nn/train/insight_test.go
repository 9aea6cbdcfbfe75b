package train

import (
	"math"
	"testing"

	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// TestInsight compares what is seen of a run with what its weights and gradients are.
func TestInsight(t *testing.T) {
	data := stripes(40)
	m, err := model.New(network(t, 1).Input,
		layer.Conv2D{Filters: 4, KernelSize: [2]int{3, 3}, Activation: "relu", BiasInitializer: layer.Constant(-100)},
		layer.Flatten{}, layer.Dense{Units: 12}, layer.Dense{Units: len(network(t, 1).Classes), Activation: "softmax"})
	if err != nil {
		t.Fatal(err)
	}
	m.Task = network(t, 1).Task
	if err := m.Init(3); err != nil {
		t.Fatal(err)
	}
	r, err := NewRun(m, task.Recipe{Epochs: 1, Batch: 20, Rate: 1e-4, Decay: 1, Seed: 1}, data)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	look, err := NewInsight(r, data, 6)
	if err != nil {
		t.Fatal(err)
	}
	before, _, _ := look.Look()
	if g := before[0].Gradients; g != (task.Spread{}) {
		t.Errorf("before the first step the gradients are %+v", g)
	}
	if err := r.Step(); err != nil {
		t.Fatal(err)
	}
	layers, class, score := look.Look()
	if len(layers) != 4 || len(class) != 6 || len(score) != 6 || score[0] < 0.1 {
		t.Fatalf("%d layers, classes %v, scores %v", len(layers), class, score)
	}
	if l := layers[0]; l.Units != 4 || l.Dead != 4 || l.Activations != (task.Spread{}) || !l.Learns {
		t.Errorf("a convolution whose filters are all dead is %+v", l)
	}
	if l := layers[1]; l.Learns {
		t.Errorf("a Flatten learns: %+v", l)
	}
	// The last layer's bias has a gradient where nothing comes in, its kernel has none.
	if g := layers[3].Gradients; g.Deviation != 0 {
		t.Errorf("a kernel to which nothing comes has gradients %+v", g)
	}
	want := spread(m.Weights()[2].Data)
	if got := layers[2].Weights; math.Abs(got.Deviation-want.Deviation) > 1e-9 || got.Deviation == 0 {
		t.Errorf("the weights are %+v, want %+v", got, want)
	}

	alive, err := NewRun(network(t, 5), task.Recipe{Epochs: 1, Batch: 20, Rate: 1e-4, Decay: 1, Seed: 1}, data)
	if err != nil {
		t.Fatal(err)
	}
	defer alive.Close()
	if err := alive.Step(); err != nil {
		t.Fatal(err)
	}
	look, err = NewInsight(alive, data, 6)
	if err != nil {
		t.Fatal(err)
	}
	layers, _, _ = look.Look()
	for i, l := range layers {
		if l.Learns && !(l.Gradients.Deviation > 0 && l.Weights.Deviation > 0) {
			t.Errorf("layer %d: %+v", i, l)
		}
	}
}

package format

import (
	"slices"
	"strings"
	"testing"

	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// TestONNXGradients reads the tutorial's network back: a gradient for each weight in the
// order of the way back, and none for the pictures.
func TestONNXGradients(t *testing.T) {
	m := drawn(t, model.Tutorial())
	file, err := ONNXTraining(m, 32, Training{})
	if err != nil {
		t.Fatal(err)
	}
	r := readONNX(t, file)
	all := r.operators()
	want := "Softmax SoftmaxCrossEntropyLoss SoftmaxCrossEntropyLossGrad LeakyReluGrad Gemm ReduceSum Gemm LeakyReluGrad Gemm ReduceSum Gemm Reshape " +
		"MaxPoolGrad LeakyReluGrad ConvGrad LeakyReluGrad ConvGrad MaxPoolGrad LeakyReluGrad ConvGrad LeakyReluGrad ReluGrad ConvGrad Identity"
	if !strings.HasSuffix(all, want) {
		t.Errorf("operators %s\nwant at the end %s", all, want)
	}
	if strings.Contains(all, "Dropout") {
		t.Error("something is dropped, so that gradients cannot be compared")
	}
	outputs := []string{"loss", "y"}
	for _, w := range m.Weights() {
		outputs = append(outputs, w.Path+"/gradient")
		if task.Shape(r.shapes[w.Path]).Size() != w.Shape.Size() || !slices.Equal(r.shapes[w.Path], r.shapes[w.Path+"/gradient"]) {
			t.Errorf("%s is %v, its gradient %v", w.Path, r.shapes[w.Path], r.shapes[w.Path+"/gradient"])
		}
	}
	if !slices.Equal(r.outputs, outputs) {
		t.Errorf("outputs %v, want %v", r.outputs, outputs)
	}
	for _, n := range r.nodes {
		switch n.op {
		case "ConvGrad":
			if first := n.in[2] == "conv2d/kernel"; first != (n.out[0] == "") || n.domain != microsoft {
				t.Errorf("%+v", n)
			}
		case "MaxPoolGrad": // the operator asks the file how large the picture was
			if s := r.shapes[n.out[0]]; n.domain != "" || len(s) != 4 || s[0] != 32 || s[2] != s[3] || s[2] < 16 || !strings.HasSuffix(n.in[1], "_indices") {
				t.Errorf("%+v puts out %v", n, s)
			}
		}
	}
}

// TestONNXStep looks for a step of Adam for each weight, in place, and for dropout there and
// back.
func TestONNXStep(t *testing.T) {
	m := drawn(t, model.Tutorial())
	file, err := ONNXTraining(m, 32, Training{Step: true, Rate: 0.25})
	if err != nil {
		t.Fatal(err)
	}
	r := readONNX(t, file)
	if r.floatsOf("rate")[0] != 0.25 {
		t.Errorf("the rate is %v", r.floatsOf("rate"))
	}
	learned := map[string]bool{}
	drops, back := 0, 0
	for _, n := range r.nodes {
		switch n.op {
		case "AdamOptimizer":
			w := n.in[2]
			learned[w] = true
			if n.domain != microsoft || !slices.Equal(n.in, []string{"rate", "step", w, w + "/gradient", w + "/m", w + "/v"}) || len(n.out) != 4 {
				t.Errorf("%+v", n)
			}
			if !slices.Contains(r.inputs, w) || !slices.Contains(r.outputs, n.out[0]) || slices.Contains(r.outputs, n.out[3]) {
				t.Errorf("%s is no input, or leaves the graph: it could not learn in place", w)
			}
		case "Dropout":
			drops++
		case "DropoutGrad":
			back++
		}
	}
	if len(learned) != len(m.Weights()) || drops != 3 || back != 3 {
		t.Errorf("%d of %d weights learn, %d dropouts and %d on the way back", len(learned), len(m.Weights()), drops, back)
	}
}

// TestONNXPaths trains a sum of two paths: what both read gets the sum of two gradients, and
// what has no weights before it none.
func TestONNXPaths(t *testing.T) {
	f := model.NewFunctional(task.Shape{4, 4, 3})
	conv := layer.Conv2D{Filters: 3, KernelSize: [2]int{3, 3}, Padding: layer.Same, NoBias: true}
	start := f.Add(layer.MaxPool2D{PoolSize: [2]int{1, 1}}, model.Input)
	x := f.Add(conv, start)
	f.Add(layer.Flatten{}, f.Add(layer.Add{}, x, f.Add(conv, x), start))
	f.Add(layer.Dense{Units: 10, Activation: "softmax"})
	m, err := f.Network()
	if err != nil {
		t.Fatal(err)
	}
	file, err := ONNXTraining(drawn(t, m), 2, Training{})
	if err != nil {
		t.Fatal(err)
	}
	r := readONNX(t, file)
	if all := r.operators(); !strings.HasSuffix(all, "SoftmaxCrossEntropyLossGrad Gemm ReduceSum Gemm Reshape ConvGrad Sum ConvGrad Identity") {
		t.Errorf("operators %s", all)
	}
	for _, n := range r.nodes {
		if n.op == "ConvGrad" && (len(n.out) != 2 || (n.in[2] == "conv2d/kernel") != (n.out[0] == "")) {
			t.Errorf("%+v", n)
		}
	}
}

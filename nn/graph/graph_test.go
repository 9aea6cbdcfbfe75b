package graph

import (
	"math"
	"strings"
	"testing"

	"gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"tenfold/nn/internal/numeric"
	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

func small(t *testing.T, l2 float64) *model.Network {
	t.Helper()
	m, err := model.New(task.Shape{5, 4, 2},
		layer.Conv2D{Filters: 3, KernelSize: [2]int{3, 3}, Padding: layer.Same, Activation: "tanh", L2: l2},
		layer.MaxPool2D{}, layer.Dropout{Rate: 0.3}, layer.Flatten{}, layer.Dense{Units: 6, L2: l2 / 2}, layer.LeakyReLU{Alpha: 0.1},
		layer.Dense{Units: 4}, layer.Activation{Function: "softmax"})
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Init(3); err != nil {
		t.Fatal(err)
	}
	return m
}

// fill writes a batch of waves and labels.
func fill(g *Graph, n int) {
	x, labels := g.Batch(n, n)
	for i := range x {
		x[i] = float32(math.Sin(float64(i) * 1.7))
	}
	clear(labels)
	for i := range n {
		labels[i*4+i%4] = 1
	}
}

// TestGradients compares the gradients of the whole graph with finite differences
// of its loss: with penalties, counted once, and with dropout held still.
func TestGradients(t *testing.T) {
	for _, l2 := range []float64{0, 0.1} {
		m := small(t, l2)
		g, err := New(m, 3, Options{})
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
		for _, w := range g.Weights() {
			v, err := w.Grad()
			if err != nil {
				t.Fatal(err)
			}
			grad := append([]float32{}, v.Data().([]float32)...)
			for j := 0; j < len(w.Data); j += 1 + len(w.Data)/9 {
				if want := numeric.Slope(&w.Data[j], 2e-3, step); math.Abs(float64(grad[j])-want) > 3e-3*(1+math.Abs(want)) {
					t.Errorf("l2 %g: %s[%d]: gradient %g, finite difference %g", l2, w.Path, j, grad[j], want)
				}
			}
		}
	}
}

// TestGraphsShareWeights trains through one graph and sees the result in another.
func TestGraphsShareWeights(t *testing.T) {
	m := small(t, 0)
	a, err := New(m, 4, Options{})
	if err != nil {
		t.Fatal(err)
	}
	b, err := New(m, 1, Options{})
	if err != nil {
		t.Fatal(err)
	}
	fill(b, 1)
	before, _, err := b.Step()
	if err != nil {
		t.Fatal(err)
	}
	a.Weights()[len(a.Weights())-1].Value().Data().([]float32)[0] += 1
	after, _, err := b.Step()
	if err != nil || before == after {
		t.Errorf("loss %g before and %g after (%v)", before, after, err)
	}
}

// TestGradientsDoNotAddUp runs a step twice.
func TestGradientsDoNotAddUp(t *testing.T) {
	g, err := New(small(t, 0.1), 3, Options{})
	if err != nil {
		t.Fatal(err)
	}
	fill(g, 3)
	var grads [2][]float32
	for i := range grads {
		if _, _, err := g.Step(); err != nil {
			t.Fatal(err)
		}
		v, _ := g.Weights()[0].Grad()
		grads[i] = append([]float32{}, v.Data().([]float32)...)
	}
	for j := range grads[0] {
		if grads[0][j] != grads[1][j] {
			t.Fatalf("the gradient was %g and is %g", grads[0][j], grads[1][j])
		}
	}
}

// TestAgainstGorgonia compares a convolution, its activation and its pooling with
// Gorgonia's own operations, which work on NCHW.
func TestAgainstGorgonia(t *testing.T) {
	const n, h, w, ci, co = 2, 6, 4, 3, 5
	l := layer.Conv2D{Filters: co, KernelSize: [2]int{3, 3}, Padding: layer.Same, NoBias: true}
	ops, _, err := layer.Ops(l, n, task.Shape{h, w, ci})
	if err != nil {
		t.Fatal(err)
	}
	x, k := make([]float32, n*h*w*ci), make([]float32, 9*ci*co)
	for i := range x {
		x[i] = float32(math.Sin(float64(i) * 1.3))
	}
	for i := range k {
		k[i] = float32(math.Cos(float64(i) * 0.7))
	}
	y := make([]float32, n*h*w*co)
	ops[0].Forward(layer.Pass{}, y, [][]float32{x}, [][]float32{k})

	g := gorgonia.NewGraph()
	xt := tensor.New(tensor.WithShape(n, ci, h, w), tensor.WithBacking(permute(x, []int{n, h, w, ci}, []int{0, 3, 1, 2})))
	kt := tensor.New(tensor.WithShape(co, ci, 3, 3), tensor.WithBacking(permute(k, []int{3, 3, ci, co}, []int{3, 2, 0, 1})))
	out, err := gorgonia.Conv2d(gorgonia.NodeFromAny(g, xt, gorgonia.WithName("x")), gorgonia.NodeFromAny(g, kt, gorgonia.WithName("k")),
		tensor.Shape{3, 3}, []int{1, 1}, []int{1, 1}, []int{1, 1})
	if err != nil {
		t.Fatal(err)
	}
	machine := gorgonia.NewTapeMachine(g)
	defer machine.Close()
	if err := machine.RunAll(); err != nil {
		t.Fatal(err)
	}
	want := permute(out.Value().Data().([]float32), []int{n, co, h, w}, []int{0, 2, 3, 1})
	for i := range y {
		if math.Abs(float64(y[i]-want[i])) > 1e-4 {
			t.Fatalf("y[%d] = %g, Gorgonia's is %g", i, y[i], want[i])
		}
	}
}

// permute returns a row-major tensor with its axes in another order.
func permute(x []float32, shape, order []int) []float32 {
	out := make([]float32, 0, len(x))
	index := make([]int, len(shape))
	var walk func(axis int)
	walk = func(axis int) {
		if axis == len(order) {
			at := 0
			for i, d := range shape {
				at = at*d + index[i]
			}
			out = append(out, x[at])
			return
		}
		for i := range shape[order[axis]] {
			index[order[axis]] = i
			walk(axis + 1)
		}
	}
	walk(0)
	return out
}

// broken is an operation that panics.
type broken struct{}

func (broken) Forward(layer.Pass, []float32, [][]float32, [][]float32)             { panic("broken") }
func (broken) Grad(int, []float32, []float32, [][]float32, []float32, [][]float32) { panic("broken") }

// TestAPanicIsAnError checks that a panic in the machine's goroutine does not end
// the program.
func TestAPanicIsAnError(t *testing.T) {
	b := builder{graph: &Graph{}, g: gorgonia.NewGraph(), batch: 1}
	x := b.input("x", tensor.New(tensor.Of(tensor.Float32), tensor.WithShape(1, 2)))
	if _, err := b.apply(b.forward(broken{}, 0, tensor.Shape{1, 2}, 1, []bool{false}), gorgonia.Nodes{x}); err != nil {
		t.Fatal(err)
	}
	if err := gorgonia.NewTapeMachine(b.g).RunAll(); err == nil || !strings.Contains(err.Error(), "broken") {
		t.Errorf("error %v", err)
	}
}

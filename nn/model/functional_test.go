package model

import (
	"math"
	"slices"
	"strings"
	"testing"

	"tenfold/nn/checkpoint"
	"tenfold/nn/internal/numeric"
	"tenfold/nn/layer"
	"tenfold/nn/task"
)

// residual has more than one path: a shortcut, squeeze and excitation, and two poolings side
// by side, which are read where no picture is left.
func residual(t testing.TB) *Network {
	t.Helper()
	conv := layer.Conv2D{Filters: 5, KernelSize: [2]int{3, 3}, Padding: layer.Same, NoBias: true}
	f := NewFunctional(task.Shape{7, 6, 2})
	x := f.Add(conv, Input)
	x = f.Add(layer.Activation{Function: "tanh"}, f.Add(layer.BatchNormalization{}, x))
	y := f.Add(layer.BatchNormalization{NoScale: true}, f.Add(conv, x))
	x = f.Add(layer.Activation{Function: "silu"}, f.Add(layer.Add{}, x, y))
	s := f.Add(layer.GlobalAveragePooling2D{KeepDims: true}, x)
	x = f.Add(layer.Multiply{}, x, f.Add(layer.Conv2D{Filters: 5, KernelSize: [2]int{1, 1}, Activation: "sigmoid"}, s))
	z := f.Add(layer.Concatenate{}, x, Input)
	a, b := f.Add(layer.GlobalAveragePooling2D{}, z), f.Add(layer.GlobalAveragePooling2D{}, x)
	f.Add(layer.Dense{Units: 4}, f.Add(layer.Concatenate{}, b, a, b))
	f.Add(layer.Activation{Function: "softmax"})
	m, err := f.Network()
	if err != nil {
		t.Fatal(err)
	}
	m.Classes = []string{"a", "b", "c", "d"}
	if err := m.Init(3); err != nil {
		t.Fatal(err)
	}
	for _, w := range m.Weights() { // as if it had been trained
		for i := range w.Data {
			switch w.Name {
			case "moving_mean", "beta":
				w.Data[i] = float32(math.Sin(float64(i))) / 5
			case "moving_variance", "gamma":
				w.Data[i] = 1 + float32(math.Cos(float64(i)))/2
			}
		}
	}
	return m
}

// TestPathsAgree compares the predictor, which joins operations, folds batch normalisation
// and uses buffers again, with the trace, which does none of that.
func TestPathsAgree(t *testing.T) {
	m := residual(t)
	x := noise(5*m.Input.Size(), 1)
	tr := m.Trace(5)
	tr.Forward(x)
	for _, batch := range []int{1, 2, 5, 7} {
		logits, probs := m.Predictor(batch).Predict(x)
		for name, pair := range map[string][2][]float32{"logits": {tr.Y[tr.Logits()], logits}, "probabilities": {tr.Y[len(tr.Y)-1], probs}} {
			if len(pair[0]) != len(pair[1]) {
				t.Fatalf("%d %s, want %d", len(pair[1]), name, len(pair[0]))
			}
			for i, v := range pair[0] {
				if math.Abs(float64(v-pair[1][i])) > 1e-5 {
					t.Fatalf("batch %d, %s %d: %g, the trace says %g", batch, name, i, pair[1][i], v)
				}
			}
		}
	}
}

// TestFuseOnlyReaders looks at what is joined: not what another reads too, and in training no
// batch normalisation.
func TestFuseOnlyReaders(t *testing.T) {
	f := NewFunctional(task.Shape{4, 4, 2})
	conv := layer.Conv2D{Filters: 2, KernelSize: [2]int{3, 3}, Padding: layer.Same}
	x := f.Add(conv, Input)
	y := f.Add(layer.ReLU{}, x) // x has two readers
	z := f.Add(layer.ReLU{}, f.Add(layer.BatchNormalization{}, f.Add(conv, y)))
	f.Add(layer.Add{}, x, z)
	f.Add(layer.ReLU{})
	m, err := f.Network()
	if err != nil {
		t.Fatal(err)
	}
	for training, want := range map[bool]string{
		false: "conv2d re_lu conv2d_1 add re_lu_2", true: "conv2d re_lu conv2d_1 batch_normalization add re_lu_2",
	} {
		var names []string
		for _, s := range Fuse(m.Steps(1), training) {
			names = append(names, s.Name)
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("training %v: %s, want %s", training, got, want)
		}
	}
	for _, s := range Fuse(m.Steps(1), false)[:3] {
		if s.Name == "conv2d_1" && len(s.Weights) != 6 {
			t.Errorf("a folded convolution has %d weights, want its own 2 and the 4 behind it", len(s.Weights))
		}
	}
}

// TestResidualGradients compares the trace's way back over several paths with central
// differences, to the pictures and to a layer in the middle.
func TestResidualGradients(t *testing.T) {
	m := residual(t)
	tr := m.Trace(2)
	for _, from := range []int{tr.Logits(), tr.Last(7), len(tr.Steps) - 1} {
		x := noise(2*m.Input.Size(), 2)
		tr.Forward(x)
		seed := noise(len(tr.Y[from]), 4)
		value := func() (sum float64) {
			tr.Forward(x)
			for i, v := range tr.Y[from] {
				sum += float64(v) * float64(seed[i])
			}
			return sum
		}
		g := slices.Clone(tr.Back(from, seed, Input))
		for i := 0; i < len(x); i += 5 {
			if want := numeric.Slope(&x[i], 2e-3, value); math.Abs(want-float64(g[i])) > 3e-3*max(1, math.Abs(want)) {
				t.Errorf("from step %d, pixel %d: %g, want %g", from, i, g[i], want)
			}
		}
	}
	// The gradient with respect to a layer's output: what a change of it would do, which here
	// is looked at by changing the buffer behind it and running the rest.
	to := tr.Last(1)
	tr.Forward(noise(2*m.Input.Size(), 2))
	seed := noise(len(tr.Y[tr.Logits()]), 4)
	g := slices.Clone(tr.Back(tr.Logits(), seed, to))
	value := func() (sum float64) {
		for i := to + 1; i <= tr.Logits(); i++ {
			tr.Steps[i].Op.Forward(layer.Pass{}, tr.Y[i], tr.in[i], tr.weights[i])
		}
		for i, v := range tr.Y[tr.Logits()] {
			sum += float64(v) * float64(seed[i])
		}
		return sum
	}
	for i := 0; i < len(g); i += 7 {
		if want := numeric.Slope(&tr.Y[to][i], 5e-3, value); math.Abs(want-float64(g[i])) > 3e-3*max(1, math.Abs(want)) {
			t.Errorf("to step %d, number %d: %g, want %g", to, i, g[i], want)
		}
	}
	if tr.Back(0, seed, 0); len(tr.Back(0, tr.Y[0], 0)) != len(tr.Y[0]) {
		t.Error("the gradient of a step with respect to itself is another thing than the seed")
	}
}

func TestResidualFileRoundTrip(t *testing.T) {
	m := residual(t)
	f, err := m.File()
	if err != nil {
		t.Fatal(err)
	}
	if a := f.Metadata["architecture"]; !strings.Contains(a, `"inputs":["activation","batch_normalization_1"]`) || !strings.Contains(a, `"inputs":["multiply","input"]`) {
		t.Error(a)
	}
	b, err := f.Encode(checkpoint.F32)
	if err != nil {
		t.Fatal(err)
	}
	if f, err = checkpoint.Decode(b); err != nil {
		t.Fatal(err)
	}
	back, err := Open(f)
	if err != nil {
		t.Fatal(err)
	}
	x := noise(m.Input.Size(), 6)
	want, _ := m.Predictor(1).Predict(x)
	got, _ := back.Predictor(1).Predict(x)
	back.Name = m.Name
	if back.Summary() != m.Summary() || !slices.Equal(got, want) {
		t.Errorf("the model came back as\n%s", back.Summary())
	}
}

func TestResidualSummary(t *testing.T) {
	m := residual(t)
	s := m.Summary()
	for _, want := range []string{
		"Connected to\n", "input (InputLayer) (None, 7, 6, 2) 0\n",
		"batch_normalization (BatchNormalization) (None, 7, 6, 5) 20 conv2d\n",
		"add (Add) (None, 7, 6, 5) 0 activation\nbatch_normalization_1\n",
		"concatenate (Concatenate) (None, 7, 6, 7) 0 multiply\ninput\n",
		"Total params: 452\nTrainable params: 432\nNon-trainable params: 20\n",
	} {
		var lines []string
		for _, l := range strings.Split(s, "\n") {
			lines = append(lines, strings.Join(strings.Fields(l), " "))
		}
		if !strings.Contains(strings.Join(lines, "\n"), want) {
			t.Errorf("the summary lacks %q:\n%s", want, s)
		}
	}
	d := m.Describe()
	if d.Params != 452 || d.Layers[5].Class != "Add" || !slices.Equal(d.Layers[5].In, []int{2, 4}) || d.Layers[1].NonTrainable != 10 || d.Layers[0].In[0] != Input {
		t.Errorf("%+v", d)
	}
}

// TestStylesAgree builds a row in both styles.
func TestStylesAgree(t *testing.T) {
	layers := []layer.Layer{layer.Conv2D{Filters: 3, KernelSize: [2]int{3, 3}}, layer.Flatten{}, layer.Dense{Units: 2}}
	a, err := New(task.Shape{4, 5, 1}, layers...)
	if err != nil {
		t.Fatal(err)
	}
	f := NewFunctional(task.Shape{4, 5, 1})
	x := Input
	for _, l := range layers {
		x = f.Add(l, x)
	}
	b, err := f.Network()
	if err != nil {
		t.Fatal(err)
	}
	b.Name = a.Name
	a.Init(1)
	b.Init(1)
	p := noise(20, 1)
	want, _ := a.Predictor(1).Predict(p)
	got, _ := b.Predictor(1).Predict(p)
	if a.Summary() != b.Summary() || !slices.Equal(got, want) {
		t.Errorf("%s\n%s", a.Summary(), b.Summary())
	}
}

func TestFunctionalRefuses(t *testing.T) {
	for want, build := range map[string]func(f *Functional){
		"no layers":                            func(f *Functional) {},
		"layer 2 (add): Add: it has 1 inputs":  func(f *Functional) { f.Add(layer.Add{}, f.Add(layer.Flatten{}, Input)) },
		"is not one of the 1 layers before it": func(f *Functional) { f.Add(layer.Add{}, f.Add(layer.Flatten{}, Input), 1) },
		"its input -2":                         func(f *Functional) { f.Add(layer.Flatten{}, -2) },
		"layer 1 (flatten): nothing uses":      func(f *Functional) { f.Add(layer.Flatten{}, Input); f.Add(layer.Flatten{}, Input) },
		"layer 1 (dense)":                      func(f *Functional) { f.Add(layer.Flatten{}, f.Add(layer.Dense{Units: 1}, Input)) }, // the first mistake
	} {
		f := NewFunctional(task.Shape{4, 5, 1})
		build(f)
		if _, err := f.Network(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want it to say %q", err, want)
		}
	}
}

// TestBuffersAreUsedAgain looks at the memory of deep networks: a row needs its two largest
// activations, and a residual network one more.
func TestBuffersAreUsedAgain(t *testing.T) {
	conv := layer.Conv2D{Filters: 8, KernelSize: [2]int{3, 3}, Padding: layer.Same}
	const largest = 8 * 8 * 8
	for name, want := range map[string]int{"row": 2 * largest, "residual": 3 * largest} {
		f := NewFunctional(task.Shape{8, 8, 3})
		x := f.Add(conv, Input)
		for range 20 {
			y := f.Add(layer.Activation{Function: "tanh"}, f.Add(conv, f.Add(layer.Activation{Function: "tanh"}, f.Add(conv, x))))
			if name == "residual" {
				y = f.Add(layer.Add{}, x, y)
			}
			x = y
		}
		f.Add(layer.Flatten{}, f.Add(layer.MaxPool2D{}, x))
		m, err := f.Network()
		if err != nil {
			t.Fatal(err)
		}
		got := 0
		for _, b := range m.Predictor(1).each[0].buffers {
			got += len(b)
		}
		if got > want {
			t.Errorf("%s: the buffers hold %d numbers, want at most %d", name, got, want)
		}
	}
}

// TestResNet20 compares the numbers of parameters with what Keras prints of its example.
func TestResNet20(t *testing.T) {
	m := ResNet20()
	if s := m.Summary(); !strings.Contains(s, "Total params: 274,442\nTrainable params: 273,066\nNon-trainable params: 1,376\n") {
		t.Error(s)
	}
	if err := m.Init(1); err != nil {
		t.Fatal(err)
	}
	x := noise(3*m.Input.Size(), 1)
	tr := m.Trace(3)
	tr.Forward(x)
	_, probs := m.Predictor(2).Predict(x)
	for i, want := range tr.Y[len(tr.Y)-1] {
		if math.Abs(float64(probs[i]-want)) > 1e-5 {
			t.Fatalf("probability %d is %g, the layers one by one give %g", i, probs[i], want)
		}
	}
}

package explain

import (
	"math"
	"math/rand/v2"
	"os"
	"testing"

	"tenfold/nn/checkpoint"
	"tenfold/nn/cifar10"
	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

func near(t *testing.T, name string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-5*max(1, math.Abs(want)) {
		t.Errorf("%s: %g, want %g", name, got, want)
	}
}

func build(t *testing.T, in task.Shape, layers ...layer.Layer) *model.Network {
	t.Helper()
	m, err := model.New(in, layers...)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestGradCAMByHand is a network of one convolution with two filters that are 1 and -2
// times the pixel, and a dense layer, small enough to work out on paper.
func TestGradCAMByHand(t *testing.T) {
	m := build(t, task.Shape{2, 2, 1},
		layer.Conv2D{Filters: 2, KernelSize: [2]int{1, 1}}, layer.LeakyReLU{Alpha: 0.5},
		layer.Flatten{}, layer.Dense{Units: 2}, layer.Activation{Function: "softmax"})
	copy(m.Weights()[0].Data, []float32{1, -2})
	// Dense kernel, [place*2+filter, class]: for class 1 filter 0 counts 1, 2, 3, 4 and
	// filter 1 counts -1, -1, 0, 0.
	for i, v := range []float32{1, -1, 2, -1, 3, 0, 4, 0} {
		m.Weights()[2].Data[2*i+1] = v
	}
	x := []float32{0.4, -0.2, 0.1, -0.3}
	got, err := GradCAM(m.Trace(1), x, 1)
	if err != nil {
		t.Fatal(err)
	}
	// A0 = leaky(x) = .4 -.1 .1 -.15; A1 = leaky(-2x) = -.4 .4 -.1 .6.
	// a0 = (1+2+3+4)/4 = 2.5; a1 = (-1-1+0+0)/4 = -0.5.
	for i, want := range []float64{2.5*.4 + .5*.4, 0, 2.5*.1 + .5*.1, 0} {
		near(t, "place", float64(got.Values[i]), want)
	}
	if got.H != 2 || got.W != 2 {
		t.Errorf("%dx%d", got.H, got.W)
	}
	for _, class := range []int{-1, 2} {
		if _, err := GradCAM(m.Trace(1), x, class); err == nil {
			t.Errorf("class %d: no error", class)
		}
	}
	dense := build(t, task.Shape{4}, layer.Dense{Units: 2})
	if _, err := GradCAM(dense.Trace(1), x, 1); err == nil {
		t.Error("a network without convolutions: no error")
	}
}

// TestGradCAMOfAResidualNetwork is TestGradCAMByHand with a shortcut around the convolution:
// what counts is the sum, after its rectifier.
func TestGradCAMOfAResidualNetwork(t *testing.T) {
	f := model.NewFunctional(task.Shape{2, 2, 1})
	x := f.Add(layer.Conv2D{Filters: 2, KernelSize: [2]int{1, 1}}, model.Input)
	y := f.Add(layer.BatchNormalization{Epsilon: 1e-12}, f.Add(layer.Conv2D{Filters: 2, KernelSize: [2]int{1, 1}}, x))
	f.Add(layer.LeakyReLU{Alpha: 0.5}, f.Add(layer.Add{}, x, y))
	f.Add(layer.MaxPool2D{})
	f.Add(layer.Dense{Units: 2}, f.Add(layer.GlobalAveragePooling2D{}))
	m, err := f.Network()
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Init(1); err != nil {
		t.Fatal(err)
	}
	copy(m.Weights()[0].Data, []float32{1, -2})      // x = p, -2p
	copy(m.Weights()[2].Data, []float32{0, 0, 0, 0}) // y = .1, .3, from its bias
	copy(m.Weights()[3].Data, []float32{0.1, 0.3})
	copy(m.Weights()[8].Data, []float32{0, 4, 0, -8}) // class 1: 4 times the first, -8 times the second
	got, err := GradCAM(m.Trace(1), []float32{0.4, -0.2, 0.1, -0.3}, 1)
	if err != nil {
		t.Fatal(err)
	}
	// A0 = leaky(p+.1) = .5 -.05 .2 -.1, A1 = leaky(-2p+.3) = -.25 .7 .1 .9; the pool passes
	// the largest alone, so a0 = 4/4, a1 = -8/4. The third is 0.2 - 0.2.
	for i, want := range []float64{.5 + 2*.25, 0, 0, 0} {
		near(t, "place", float64(got.Values[i]), want)
	}
}

// TestGradCAMSeesPlaces has a gate behind the last convolution that has places.
func TestGradCAMSeesPlaces(t *testing.T) {
	f := model.NewFunctional(task.Shape{4, 5, 3})
	x := f.Add(layer.Conv2D{Filters: 2, KernelSize: [2]int{3, 3}, Padding: layer.Same}, model.Input)
	gate := f.Add(layer.Conv2D{Filters: 2, KernelSize: [2]int{1, 1}, Activation: "sigmoid"}, f.Add(layer.GlobalAveragePooling2D{KeepDims: true}, x))
	f.Add(layer.Dense{Units: 3}, f.Add(layer.Flatten{}, f.Add(layer.Multiply{}, x, gate)))
	m, err := f.Network()
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Init(1); err != nil {
		t.Fatal(err)
	}
	if got, err := GradCAM(m.Trace(1), noise(60, 1), 1); err != nil || got.H != 4 || got.W != 5 {
		t.Errorf("%d x %d places, %v", got.H, got.W, err)
	}
}

func noise(n int, seed uint64) []float32 {
	rng := rand.New(rand.NewPCG(seed, 0))
	x := make([]float32, n)
	for i := range x {
		x[i] = rng.Float32() - 0.5
	}
	return x
}

// TestOcclusionDirectly covers each place by hand and averages.
func TestOcclusionDirectly(t *testing.T) {
	in := task.Shape{7, 6, 2}
	m := build(t, in, layer.Conv2D{Filters: 3, KernelSize: [2]int{3, 3}, Activation: "relu"}, layer.Flatten{}, layer.Dense{Units: 4, Activation: "softmax"})
	if err := m.Init(1); err != nil {
		t.Fatal(err)
	}
	p, x := m.Predictor(1), noise(in.Size(), 2)
	const size, stride, class = 3, 2, 2
	got, err := Occlusion(p, m.Task, x, class, size, stride)
	if err != nil {
		t.Fatal(err)
	}
	_, whole := p.Predict(x)
	for py := range in[0] {
		for px := range in[1] {
			sum, n := 0.0, 0
			for _, top := range []int{0, 2, 4} { // 7 - 3
				for _, left := range []int{0, 2, 3} { // 6 - 3
					if py < top || py >= top+size || px < left || px >= left+size {
						continue
					}
					c := append([]float32{}, x...)
					for i := range c {
						if y, q := i/2/in[1], i/2%in[1]; y >= top && y < top+size && q >= left && q < left+size {
							c[i] = 0
						}
					}
					_, probs := p.Predict(c)
					sum, n = sum+float64(whole[class]-probs[class]), n+1
				}
			}
			near(t, "drop", float64(got.Values[py*in[1]+px]), sum/float64(n))
		}
	}
	for _, wrong := range [][3]int{{4, 3, 2}, {0, 0, 1}, {0, 3, 0}, {0, 7, 1}} {
		if _, err := Occlusion(p, m.Task, x, wrong[0], wrong[1], wrong[2]); err == nil {
			t.Errorf("%v: no error", wrong)
		}
	}
}

func shipped(t *testing.T) *model.Network {
	t.Helper()
	b, err := os.ReadFile("../../web/model/tutorial.safetensors")
	if err != nil {
		t.Skipf("the shipped model is not at hand: go test without GOOS=js, in a clone of the repository, runs this (%v)", err)
	}
	f, err := checkpoint.Decode(b)
	if err != nil {
		t.Fatal(err)
	}
	m, err := model.Open(f)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestStimulus climbs for a filter of each convolution, a dense unit and a class of the
// shipped network: each ends much more excited than it began, and more than by noise.
func TestStimulus(t *testing.T) {
	m := shipped(t)
	for _, g := range []Target{{0, 3}, {2, 7}, {6, 11}, {8, 40}, {13, 100}, {18, 5}} {
		s, err := NewStimulus(m, g, 1)
		if err != nil {
			t.Fatal(err)
		}
		var first float64
		for i := range 60 {
			if err := s.Step(); err != nil {
				t.Fatal(err)
			}
			if i == 0 {
				first = s.Excited
			}
		}
		tr := m.Trace(1)
		most := math.Inf(-1)
		for seed := range 20 {
			e, err := Excitement(tr, noise(len(s.X), uint64(seed)), g)
			if err != nil {
				t.Fatal(err)
			}
			most = max(most, e[0])
		}
		if !(s.Excited > first+0.1) || s.Excited <= most || s.Iteration != 60 {
			t.Errorf("%v: from %g to %g in %d steps; noise excites it by %g", g, first, s.Excited, s.Iteration, most)
		}
		if p := s.Pixels(); len(p) != len(s.X) {
			t.Errorf("%d bytes", len(p))
		}
	}
	for _, g := range []Target{{-1, 0}, {19, 0}, {0, 16}, {0, -1}} {
		if _, err := NewStimulus(m, g, 1); err == nil {
			t.Errorf("%v: no error", g)
		}
	}
}

// TestConvolution takes numbers of the shipped network apart, in the middle and at the
// border, and adds them up again.
func TestConvolution(t *testing.T) {
	m := shipped(t)
	tr := m.Trace(1)
	tr.Forward(noise(cifar10.Task.Pixels(), 7))
	for _, at := range [][4]int{{0, 3, 10, 20}, {2, 31, 0, 0}, {6, 5, 15, 8}, {8, 63, 15, 15}} {
		p, err := Convolution(tr, m, at[0], at[1], at[2], at[3])
		if err != nil {
			t.Fatal(err)
		}
		sum := float64(p.Bias)
		for i, v := range p.Patch {
			sum += float64(v) * float64(p.Kernel[i])
		}
		if math.Abs(sum-float64(p.Sum)) > 1e-4 || len(p.Patch) != p.H*p.W*p.C {
			t.Errorf("%v: the products sum to %g, the convolution says %g", at, sum, p.Sum)
		}
	}
	for _, at := range [][4]int{{1, 0, 0, 0}, {0, 16, 0, 0}, {0, 0, 32, 0}, {0, 0, 0, -1}, {40, 0, 0, 0}} {
		if _, err := Convolution(tr, m, at[0], at[1], at[2], at[3]); err == nil {
			t.Errorf("%v: no error", at)
		}
	}
}

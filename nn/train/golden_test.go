package train

import (
	_ "embed"
	"encoding/binary"
	"math"
	"os"
	"path/filepath"
	"testing"

	"gorgonia.org/gorgonia"

	"tenfold/nn/checkpoint"
	"tenfold/nn/graph"
	"tenfold/nn/kernel"
	"tenfold/nn/layer"
	"tenfold/nn/model"
)

// goldenFile holds what TensorFlow.js 4.22 computed on its cpu backend for
// goldenModel: the softmax of eight pictures, the gradient of the mean
// cross-entropy, and the weights after five steps of Adamax with Keras' settings.
// Of large tensors it holds every n-th element.
//
//go:embed testdata/golden.safetensors
var goldenFile []byte

// goldenLosses are the losses before each of the five steps.
var goldenLosses = []float64{2.3014602661132812, 2.2146527767181396, 2.04843807220459, 1.8158717155456543, 1.4612436294555664}

// sampled is how many elements of a tensor goldenFile holds, about.
const sampled = 600

// sample returns every n-th element of a tensor.
func sample(data []float32) []float32 {
	n := (len(data) + sampled - 1) / sampled
	var out []float32
	for i := 0; i < len(data); i += n {
		out = append(out, data[i])
	}
	return out
}

// draw is the generator that the golden weights and pictures were drawn with.
type draw uint32

func (d *draw) next() float64 {
	*d = *d*1664525 + 1013904223
	return float64(*d) / (1 << 32)
}

// goldenModel returns the tutorial's network without dropout, with the golden
// weights, and the eight golden pictures.
func goldenModel(t testing.TB) (*model.Network, []float32) {
	t.Helper()
	conv := func(filters int) layer.Conv2D {
		return layer.Conv2D{Filters: filters, KernelSize: [2]int{3, 3}, Padding: layer.Same}
	}
	first := conv(16)
	first.Activation = "relu"
	leaky := layer.LeakyReLU{Alpha: 0.1}
	m, err := model.New([]int{32, 32, 3}, first, leaky, conv(32), leaky, layer.MaxPool2D{}, conv(32), leaky,
		conv(64), leaky, layer.MaxPool2D{}, layer.Flatten{}, layer.Dense{Units: 256}, leaky, layer.Dense{Units: 10}, leaky,
		layer.Activation{Function: "softmax"})
	if err != nil {
		t.Fatal(err)
	}
	d := draw(12345)
	for _, w := range m.Weights() {
		limit := 0.0
		if n := len(w.Shape); n > 1 {
			area := w.Shape[:n-2].Size()
			limit = math.Sqrt(6 / float64(area*(w.Shape[n-2]+w.Shape[n-1])))
		}
		for i := range w.Data {
			if limit > 0 {
				w.Data[i] = float32((d.next()*2 - 1) * limit)
			} else {
				w.Data[i] = float32((d.next() - 0.5) * 0.1)
			}
		}
	}
	x := make([]float32, 8*32*32*3)
	for i := range x {
		x[i] = float32(d.next() - 0.5)
	}
	return m, x
}

// TestGolden compares outputs, gradients and five steps with TensorFlow.js.
func TestGolden(t *testing.T) {
	f, err := checkpoint.Decode(goldenFile)
	if err != nil {
		t.Fatal(err)
	}
	want := func(name string) []float32 {
		tensor, err := f.Tensor(name)
		if err != nil {
			t.Fatal(err)
		}
		return tensor.Data
	}
	forVariants(t, func(t *testing.T) { compareGolden(t, want, sample) })
}

// forVariants runs a test on every kernel.
func forVariants(t *testing.T, test func(t *testing.T)) {
	for i := range kernel.Variants {
		t.Run(kernel.Variants[i].Name, func(t *testing.T) {
			defer kernel.Use(&kernel.Variants[i])()
			test(t)
		})
	}
}

// wholeGolden is where all of the golden vectors lie, if they are at hand.
const wholeGolden = "../../../shared/golden"

// TestWholeGolden is TestGolden with every element of every tensor.
func TestWholeGolden(t *testing.T) {
	if _, err := os.Stat(wholeGolden); err != nil {
		t.Skipf("the whole golden vectors are not at hand: put them into shared/golden beside the repository (%v); TestGolden has compared a sample of each", err)
	}
	names := map[string]string{"softmax": "y8_softmax"}
	short := []string{"c1k", "c1b", "c2k", "c2b", "c3k", "c3b", "c4k", "c4b", "d1k", "d1b", "d2k", "d2b"}
	m, _ := goldenModel(t)
	for i, w := range m.Weights() {
		names["gradient/"+w.Path], names["stepped/"+w.Path] = "g_"+short[i], "w5_"+short[i]
	}
	compareGolden(t, func(name string) []float32 {
		b, err := os.ReadFile(filepath.Join(wholeGolden, names[name]+".f32"))
		if err != nil {
			t.Fatal(err)
		}
		out := make([]float32, len(b)/4)
		for i := range out {
			out[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
		}
		return out
	}, func(data []float32) []float32 { return data })
}

func compareGolden(t *testing.T, want func(name string) []float32, part func([]float32) []float32) {
	m, x := goldenModel(t)
	_, probs := m.Predictor(8).Predict(x)
	d := maxDiff(part(probs), want("softmax"))
	t.Logf("kernel %s; softmax: largest difference %.2g", kernel.Best(), d)
	if !(d < 1e-5) {
		t.Errorf("softmax differs by %g, want less than 1e-5", d)
	}
	g, err := graph.New(m, 8, graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	gx, labels := g.Batch(8, 8)
	copy(gx, x)
	for i := range 8 {
		labels[i*10+(7*i+3)%10] = 1
	}
	solver := NewAdamax(5e-3)
	for step, wantLoss := range goldenLosses {
		loss, _, err := g.Step()
		if err != nil {
			t.Fatal(err)
		}
		if math.Abs(loss-wantLoss) > map[bool]float64{true: 1e-4, false: 2e-4}[alike()] {
			t.Errorf("step %d: loss %g, want %g", step+1, loss, wantLoss)
		}
		if step == 0 {
			compareGradients(t, g, want, part)
		}
		if err := solver.Step(valueGrads(g.Weights())); err != nil {
			t.Fatal(err)
		}
	}
	compareStepped(t, m, want, part)
}

func valueGrads(weights []graph.Weight) []gorgonia.ValueGrad {
	var all []gorgonia.ValueGrad
	for _, w := range weights {
		all = append(all, w)
	}
	return all
}

func compareGradients(t *testing.T, g *graph.Graph, want func(string) []float32, part func([]float32) []float32) {
	for _, w := range g.Weights() {
		v, err := w.Grad()
		if err != nil {
			t.Fatal(err)
		}
		expected := want("gradient/" + w.Path)
		relative := maxDiff(part(v.Data().([]float32)), expected) / largest(expected)
		if !(relative < 1e-4) {
			t.Errorf("the gradient of %s differs by %g of its largest element, want less than 1e-4", w.Path, relative)
		}
		t.Logf("gradient of %-16s largest relative difference %.2g", w.Path, relative)
	}
}

// alike reports whether the kernel rounds as TensorFlow.js' cpu backend does.
func alike() bool { return kernel.Fused() && !kernel.Winograd() }

// compareStepped compares the weights after five steps. In the fourth step one
// output of the second convolution and one of the last are 1e-7 and less, in float32
// the rounding of their sums: on which side of LeakyReLU's kink they fall depends on
// the order of the additions and on whether products are rounded before they are
// added. TensorFlow.js' cpu backend does not round them, nor do the kernels with a
// fused multiply-add; WebAssembly's vectors have none, and there the weights behind
// those two outputs differ by up to 1.3e-3 (so they do when everything is summed in
// float64). Winograd's transforms round differently as well.
func compareStepped(t *testing.T, m *model.Network, want func(string) []float32, part func([]float32) []float32) {
	all, far := 0, 0
	for _, w := range m.Weights() {
		got, expected := part(w.Data), want("stepped/"+w.Path)
		d := maxDiff(got, expected)
		t.Logf("after five steps %-16s largest difference %.2g", w.Path, d)
		for i := range got {
			all++
			if math.Abs(float64(got[i]-expected[i])) > 1e-4 {
				far++
			}
		}
		if limit := map[bool]float64{true: 1e-4, false: 2e-3}[alike()]; !(d < limit) {
			t.Errorf("%s differs by %g after five steps, want less than %g", w.Path, d, limit)
		}
	}
	t.Logf("%d of %d weights differ by more than 1e-4", far, all)
	if far*50 > all {
		t.Errorf("%d of %d weights differ by more than 1e-4", far, all)
	}
}

func maxDiff(a, b []float32) float64 {
	if len(a) != len(b) {
		return math.Inf(1)
	}
	d := 0.0
	for i := range a {
		d = math.Max(d, math.Abs(float64(a[i])-float64(b[i])))
	}
	return d
}

func largest(a []float32) float64 { return maxDiff(a, make([]float32, len(a))) }

package train

import (
	"encoding/binary"
	"math"
	"os"
	"path/filepath"
	"testing"

	"tenfold/nn/graph"
	"tenfold/nn/layer"
	"tenfold/nn/model"
)

// golden is where the outputs, gradients and Adamax steps of TensorFlow.js lie,
// if they are at hand.
const golden = "../../../shared/golden"

// draw is the generator that the golden weights and pictures were drawn with.
type draw uint32

func (d *draw) next() float64 {
	*d = *d*1664525 + 1013904223
	return float64(*d) / (1 << 32)
}

// goldenModel returns the tutorial's network without dropout, with the golden
// weights, and the eight golden pictures.
func goldenModel(t testing.TB) (*model.Sequential, []float32) {
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

func goldenLabels(onehot []float32) {
	clear(onehot)
	for i := range 8 {
		onehot[i*10+(7*i+3)%10] = 1
	}
}

var goldenNames = []string{"c1k", "c1b", "c2k", "c2b", "c3k", "c3b", "c4k", "c4b", "d1k", "d1b", "d2k", "d2b"}

func readGolden(t *testing.T, name string) []float32 {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(golden, name+".f32"))
	if err != nil {
		t.Fatal(err)
	}
	out := make([]float32, len(b)/4)
	for i := range out {
		out[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
	}
	return out
}

func TestGoldenFiles(t *testing.T) {
	if _, err := os.Stat(golden); err != nil {
		t.Skipf("the whole golden vectors are not in %s; TestGolden checks the committed part", golden)
	}
	m, x := goldenModel(t)
	for i, w := range m.Weights() {
		want := readGolden(t, "w_"+goldenNames[i])
		if d := maxDiff(w.Data, want); d != 0 {
			t.Fatalf("%s: drawn weights differ by %g", w.Path, d)
		}
	}
	_, probs := m.Predictor(8).Predict(x)
	d := maxDiff(probs, readGolden(t, "y8_softmax"))
	t.Logf("softmax: largest difference %.3g", d)
	if !(d < 1e-5) {
		t.Errorf("softmax differs by %g", d)
	}
	g, err := graph.New(m, 8)
	if err != nil {
		t.Fatal(err)
	}
	gx, labels := g.Batch()
	copy(gx, x)
	goldenLabels(labels)
	solver := NewAdamax(5e-3)
	for step, want := range []float64{2.3014602661132812, 2.2146527767181396, 2.04843807220459, 1.8158717155456543, 1.4612436294555664} {
		loss, _, err := g.Step()
		if err != nil {
			t.Fatal(err)
		}
		if math.Abs(loss-want) > 1e-4 {
			t.Errorf("step %d: loss %g, want %g", step+1, loss, want)
		}
		if step == 0 {
			for i, w := range g.Weights() {
				v, err := w.Grad()
				if err != nil {
					t.Fatal(err)
				}
				want := readGolden(t, "g_"+goldenNames[i])
				rel := maxDiff(v.Data().([]float32), want) / largest(want)
				t.Logf("gradient %-16s largest relative difference %.3g", w.Path, rel)
				if !(rel < 1e-4) {
					t.Errorf("gradient of %s differs by %g of its largest", w.Path, rel)
				}
			}
		}
		if err := solver.Step(valueGrads(g)); err != nil {
			t.Fatal(err)
		}
	}
	for i, w := range m.Weights() {
		d := maxDiff(w.Data, readGolden(t, "w5_"+goldenNames[i]))
		t.Logf("after five steps %-16s largest difference %.3g", w.Path, d)
		if !(d < 1e-4) {
			t.Errorf("%s differs by %g after five Adamax steps", w.Path, d)
		}
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

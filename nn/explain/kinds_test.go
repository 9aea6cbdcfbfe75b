package explain

import (
	"math"
	"slices"
	"testing"

	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// remade is what a number's parts come to, by Keras' formula.
type remade func(n Number) float64

func sumOf(n Number) (s float64) {
	for i, v := range n.Patch {
		s += float64(v) * float64(n.Kernel[i])
	}
	return s + float64(n.Bias)
}

func there(n Number) (all []float64) {
	for _, v := range n.Patch {
		if v == v {
			all = append(all, float64(v))
		}
	}
	return all
}

func mean(n Number) (sum float64) {
	for _, v := range there(n) {
		sum += v / float64(len(there(n)))
	}
	return sum
}

func largest(n Number) float64 { return slices.Max(there(n)) }

func same(n Number) float64 { return float64(n.Patch[0]) }

// or returns a term, or another number where the layer has none.
func or(n Number, name string, other float64) float64 {
	if v, ok := n.Terms[name]; ok {
		return float64(v)
	}
	return other
}

func normalised(n Number) float64 {
	return (same(n)-or(n, "mean", 0))/math.Sqrt(or(n, "variance", 1)+or(n, "epsilon", 0))*or(n, "gamma", 1) + or(n, "beta", 0)
}

func slope(n Number, below float64) float64 {
	if x := same(n); x < 0 {
		return below * x
	}
	return same(n)
}

// kinds are layers of each kind, and how their numbers are made again. The layer before has
// numbers on both sides of 0.
var kinds = []struct {
	layer layer.Layer
	remade
}{
	{layer.Conv2D{Filters: 4, KernelSize: [2]int{3, 2}, Strides: [2]int{2, 1}, Padding: layer.Same, NoBias: true}, sumOf},
	{layer.Conv2D{Filters: 4, KernelSize: [2]int{2, 3}, Dilation: [2]int{2, 1}, Activation: "tanh"}, func(n Number) float64 { return math.Tanh(sumOf(n)) }},
	{layer.DepthwiseConv2D{KernelSize: [2]int{3, 2}, Padding: layer.Same, DepthMultiplier: 2, Activation: "relu"}, func(n Number) float64 { return max(sumOf(n), 0) }},
	{layer.SeparableConv2D{Filters: 5, KernelSize: [2]int{3, 3}, Padding: layer.Same, DepthMultiplier: 2}, sumOf},
	{layer.MaxPool2D{Padding: layer.Same}, largest},
	{layer.AveragePooling2D{PoolSize: [2]int{3, 2}, Padding: layer.Same}, mean},
	{layer.GlobalAveragePooling2D{}, mean},
	{layer.GlobalAveragePooling2D{KeepDims: true}, mean},
	{layer.GlobalMaxPooling2D{}, largest},
	{layer.ZeroPadding2D{Padding: [2][2]int{{1, 2}, {0, 3}}}, func(n Number) float64 { return append(there(n), 0)[0] }},
	{layer.Flatten{}, same},
	{layer.Reshape{TargetShape: []int{-1}}, same},
	{layer.Reshape{TargetShape: []int{3, 5, -1}}, same},
	{layer.Dense{Units: 3, Activation: "sigmoid"}, func(n Number) float64 { return 1 / (1 + math.Exp(-sumOf(n))) }},
	{layer.Dropout{Rate: 0.5}, same},
	{layer.SpatialDropout2D{Rate: 0.5}, same},
	{layer.GaussianNoise{Stddev: 0.5}, same},
	{layer.LeakyReLU{Alpha: 0.25}, func(n Number) float64 { return slope(n, 0.25) }},
	{layer.PReLU{}, func(n Number) float64 { return slope(n, or(n, "alpha", 9)) }},
	{layer.PReLU{SharedAxes: []int{1, 2}}, func(n Number) float64 { return slope(n, or(n, "alpha", 9)) }},
	{layer.ELU{}, func(n Number) float64 {
		if x := same(n); x < 0 {
			return or(n, "alpha", 9) * math.Expm1(x)
		}
		return same(n)
	}},
	{layer.ReLU{MaxValue: 0.2, NegativeSlope: 0.1, Threshold: 0.05}, func(n Number) float64 {
		x, from := same(n), or(n, "threshold", 9)
		switch {
		case x >= or(n, "max_value", 9):
			return or(n, "max_value", 9)
		case x < from:
			return or(n, "negative_slope", 9) * (x - from)
		}
		return x
	}},
	{layer.Rescaling{Scale: 3, Offset: -0.5}, func(n Number) float64 { return same(n)*or(n, "scale", 9) + or(n, "offset", 9) }},
	{layer.BatchNormalization{}, normalised},
	{layer.BatchNormalization{Epsilon: 0.2, NoScale: true}, normalised},
	{layer.LayerNormalization{NoCenter: true}, normalised},
	{layer.Activation{Function: "silu"}, func(n Number) float64 { return same(n) / (1 + math.Exp(-same(n))) }},
	{layer.Activation{Function: "softplus"}, func(n Number) float64 { return math.Log1p(math.Exp(same(n))) }},
	{layer.Add{}, func(n Number) (sum float64) {
		for _, v := range n.Patch {
			sum += float64(v)
		}
		return sum
	}},
	{layer.Multiply{}, func(n Number) float64 {
		product := 1.0
		for _, v := range n.Patch {
			product *= float64(v)
		}
		return product
	}},
	{layer.Concatenate{}, same},
	{layer.Concatenate{Axis: 1}, same},
}

// TestEachKind takes all numbers of a layer of each kind apart: what they are made of makes
// them, and lies where it is said to.
func TestEachKind(t *testing.T) {
	tested := map[string]bool{}
	for _, k := range kinds {
		name, _ := layer.Class(k.layer)
		tested[name] = true
		f := model.NewFunctional(task.Shape{5, 6, 3})
		before := layer.Conv2D{Filters: 3, KernelSize: [2]int{1, 1}}
		x := f.Add(before, model.Input)
		switch _, merges := k.layer.(layer.Merger); {
		case name == "Add" || name == "Multiply":
			f.Add(k.layer, x, f.Add(layer.GlobalAveragePooling2D{KeepDims: true}, x), f.Add(before, x))
		case merges:
			f.Add(k.layer, x, f.Add(before, model.Input))
		case name == "Dense":
			f.Add(k.layer, f.Add(layer.Flatten{}, x))
		default:
			f.Add(k.layer, x)
		}
		m, err := f.Network()
		if err != nil {
			t.Fatal(name, err)
		}
		for i, w := range m.Weights() {
			for j, v := range noise(len(w.Data), uint64(i)) {
				w.Data[j] = v
				if w.Name == "moving_variance" {
					w.Data[j] = v*v + 0.1
				}
			}
		}
		tr, l := m.Trace(1), m.Len()-1
		tr.Forward(noise(m.Input.Size(), 5))
		each(t, tr, m, l, func(n Number) {
			near(t, name, float64(n.Out), k.remade(n))
			if len(n.Patch) != n.H*n.W*n.C || n.Kernel != nil && len(n.Kernel) != len(n.Patch) {
				t.Errorf("%s: %d numbers in %dx%dx%d", name, len(n.Patch), n.H, n.W, n.C)
			}
			lies(t, tr, m, l, n)
		})
	}
	for _, name := range layer.Classes() {
		if !tested[name] {
			t.Errorf("how a number of %s comes about is not tested", name)
		}
	}
}

// each takes all numbers of a layer apart.
func each(t *testing.T, tr *model.Trace, m *model.Network, l int, do func(n Number)) {
	t.Helper()
	out := tr.Steps[tr.Last(l)].Out
	h, w := 1, 1
	if len(out) == 3 {
		h, w = out[0], out[1]
	}
	for y := range h {
		for x := range w {
			for c := range out[len(out)-1] {
				n, err := TakeApart(tr, m, l, c, y, x)
				if err != nil {
					t.Fatal(m.Nodes()[l].Name, err)
				}
				do(n)
			}
		}
	}
}

// lies checks that what a number is made of lies in the input where it is said to.
func lies(t *testing.T, tr *model.Trace, m *model.Network, l int, n Number) {
	t.Helper()
	name, shapes := m.Nodes()[l].Name, m.LayerInputs(l)
	if _, several := m.Layer(l).(layer.Merger); several && n.C > 1 || len(shapes[n.From]) != 3 || len(m.Output()) != 3 {
		return
	}
	in, data := shapes[n.From], tr.Inputs(tr.First(l))[n.From]
	for i, v := range n.Patch {
		y, x, c := n.Top+i/n.C/n.W*n.StepY, n.Left+i/n.C%n.W*n.StepX, n.Channel+i%n.C
		switch inside := y >= 0 && x >= 0 && y < in[0] && x < in[1]; {
		case !inside && v == v && v != 0:
			t.Errorf("%s: %g lies at %d,%d, outside", name, v, y, x)
		case inside && data[(y*in[1]+x)*in[2]+c] != v:
			t.Errorf("%s: at %d,%d of channel %d lies %g, not %g", name, y, x, c, data[(y*in[1]+x)*in[2]+c], v)
		}
	}
}

// TestScaling has two networks that see the same, one of which takes bytes as they are: covering
// places and climbing give the same results.
func TestScaling(t *testing.T) {
	rest := []layer.Layer{
		layer.Conv2D{Filters: 6, KernelSize: [2]int{3, 3}, Padding: layer.Same}, layer.Activation{Function: "tanh"},
		layer.Flatten{}, layer.Dense{Units: 3, Activation: "softmax"},
	}
	in := task.Shape{8, 8, 3}
	plain := build(t, in, rest...)
	bytes := build(t, in, append([]layer.Layer{layer.Rescaling{Scale: task.Scale, Offset: task.Shift}}, rest...)...)
	inverse := build(t, in, append([]layer.Layer{layer.Rescaling{Scale: -0.25, Offset: 0.25}}, rest...)...)
	bytes.Scale, bytes.Shift = 1, 0
	inverse.Scale, inverse.Shift = -4*task.Scale, 3 // white is -1, black 3
	picture := make([]byte, in.Size())
	for i, v := range noise(len(picture), 3) {
		picture[i] = byte((v + 0.5) * 255)
	}
	var maps []Map
	var pictures [][]byte
	for k, m := range []*model.Network{plain, bytes, inverse} {
		for i, w := range m.Weights() {
			copy(w.Data, noise(len(w.Data), uint64(i)))
		}
		if k == 2 { // -0.25*(-4/255*b + 3) + 0.25 = b/255 - 0.5
			if low, high := m.Range(); low != -1 || high != 3 {
				t.Errorf("from %g to %g", low, high)
			}
		}
		x := make([]float32, len(picture))
		m.Normalize(x, picture)
		o, err := Occlusion(m.Predictor(1), m.Task, x, 1, 3, 2)
		if err != nil {
			t.Fatal(err)
		}
		maps = append(maps, o)
		s, err := NewStimulus(m, Target{m.Len() - 4, 2}, 1)
		if err != nil {
			t.Fatal(err)
		}
		if k < 2 { // the noise that it begins with is mirrored in the third
			for range 30 {
				if err := s.Step(); err != nil {
					t.Fatal(err)
				}
			}
		}
		pictures = append(pictures, s.Pixels())
	}
	for i, v := range maps[0].Values {
		near(t, "bytes", float64(maps[1].Values[i]), float64(v))
		near(t, "inverse", float64(maps[2].Values[i]), float64(v))
	}
	black, white := 0, 0
	for i, b := range pictures[0] {
		if d := int(b) - int(pictures[1][i]); d < -1 || d > 1 {
			t.Fatalf("byte %d is %d, and %d on another scale", i, b, pictures[1][i])
		}
		if b < 60 {
			black++
		}
		if b > 195 {
			white++
		}
		if d := int(pictures[2][i]) - 127; d < -30 || d > 30 {
			t.Fatalf("byte %d of what it begins with is %d: want grey", i, pictures[2][i])
		}
	}
	if black == 0 || white == 0 {
		t.Errorf("%d dark and %d light bytes of %d: it has not climbed", black, white, len(picture))
	}
}

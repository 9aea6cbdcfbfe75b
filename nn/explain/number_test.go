package explain

import (
	"math"
	"testing"

	"tenfold/nn/layer"
	"tenfold/nn/task"
)

// TestTakeApart takes numbers of each kind of layer apart: what they are made of makes them.
func TestTakeApart(t *testing.T) {
	m := build(t, task.Shape{7, 6, 3},
		layer.Conv2D{Filters: 4, KernelSize: [2]int{3, 2}, Padding: layer.Same, Activation: "relu"},
		layer.LeakyReLU{Alpha: 0.25}, layer.MaxPool2D{Padding: layer.Same}, layer.Dropout{Rate: 0.5}, layer.Flatten{},
		layer.Dense{Units: 5, Activation: "tanh"}, layer.Dense{Units: 3}, layer.LeakyReLU{Alpha: 0.25}, layer.Activation{Function: "softmax"})
	if err := m.Init(3); err != nil {
		t.Fatal(err)
	}
	tr := m.Trace(1)
	tr.Forward(noise(m.Input.Size(), 5))
	sum := func(n Number) (s float64) {
		for i, v := range n.Patch {
			s += float64(v) * float64(n.Kernel[i])
		}
		return s + float64(n.Bias)
	}
	for l, remake := range []func(n Number, channel int) float64{
		func(n Number, _ int) float64 { return max(sum(n), 0) },
		func(n Number, _ int) float64 { return max(float64(n.Patch[0]), 0.25*float64(n.Patch[0])) },
		func(n Number, _ int) float64 {
			most := math.Inf(-1)
			for _, v := range n.Patch {
				if v == v {
					most = max(most, float64(v))
				}
			}
			return most
		},
		func(n Number, _ int) float64 { return float64(n.Patch[0]) },
		func(n Number, _ int) float64 { return float64(n.Patch[0]) },
		func(n Number, _ int) float64 { return math.Tanh(sum(n)) },
		func(n Number, _ int) float64 { return sum(n) },
		func(n Number, _ int) float64 { return max(float64(n.Patch[0]), 0.25*float64(n.Patch[0])) },
		func(n Number, channel int) float64 {
			all := 0.0
			for _, v := range n.Patch {
				all += math.Exp(float64(v))
			}
			return math.Exp(float64(n.Patch[channel])) / all
		},
	} {
		out := tr.Steps[tr.Last(l)].Out
		places := [][2]int{{0, 0}}
		if len(out) == 3 {
			places = [][2]int{{0, 0}, {1, 2}, {out[0] - 1, out[1] - 1}}
		}
		for _, at := range places {
			for channel := range out[len(out)-1] {
				n, err := TakeApart(tr, m, l, channel, at[0], at[1])
				if err != nil {
					t.Fatal(l, err)
				}
				if len(n.Patch) != n.H*n.W*n.C {
					t.Errorf("layer %d: %d numbers in %dx%dx%d", l, len(n.Patch), n.H, n.W, n.C)
				}
				near(t, m.Describe().Layers[l].Name, float64(n.Out), remake(n, channel))
			}
		}
	}
	for _, at := range [][4]int{{-1, 0, 0, 0}, {9, 0, 0, 0}, {1, 4, 0, 0}, {1, 0, 7, 0}, {1, 0, 0, 6}, {5, 0, 1, 0}, {5, 5, 0, 0}} {
		if _, err := TakeApart(tr, m, at[0], at[1], at[2], at[3]); err == nil {
			t.Errorf("%v: no error", at)
		}
	}
}

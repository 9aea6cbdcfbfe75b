package train

import (
	"math"
	"slices"
	"strings"
	"testing"

	"tenfold/nn/checkpoint"
	"tenfold/nn/task"
)

// TestWarm begins a run with what an optimiser has remembered elsewhere: its next step is the one that
// it would have made there, and not a first one.
func TestWarm(t *testing.T) {
	const pictures = 45
	for _, name := range []string{task.Adamax, task.Adam, task.AdamW, task.SGD, task.RMSprop} {
		recipe := task.Recipe{Epochs: 9, Batch: pictures, Rate: 1e-2, Decay: 1, Seed: 1, Optimizer: name, NoDropout: true, Schedule: task.Constant}
		begun := func() *Run {
			r, err := NewRun(network(t, 5), recipe, stripes(pictures))
			if err != nil {
				t.Fatal(err)
			}
			return r
		}
		step := func(r *Run) {
			if err := r.Step(); err != nil {
				t.Fatal(err)
			}
			r.EndEpoch(r.Progress().Metrics)
		}
		there, warm, cold := begun(), begun(), begun()
		for range 4 {
			step(there)
		}
		for _, r := range []*Run{warm, cold} {
			for i, w := range there.Model.Weights() {
				copy(r.Model.Weights()[i].Data, w.Data)
			}
		}
		var state []checkpoint.Tensor
		for _, s := range there.solver.State() {
			s.Data = slices.Clone(s.Data)
			state = append(state, s)
		}
		if err := warm.Warm(state, 4); err != nil {
			t.Fatal(err)
		}
		for _, r := range []*Run{there, warm, cold} {
			step(r)
		}
		far := func(r *Run) (most float64) {
			want := weights(there.Model)
			for i, v := range weights(r.Model) {
				most = max(most, math.Abs(float64(v-want[i])))
			}
			return most
		}
		if far(warm) > 1e-5 || far(cold) < 10*far(warm) || far(cold) < 1e-4 {
			t.Errorf("%s: a step later the weights are %g away, without its state %g", name, far(warm), far(cold))
		}
		if err := warm.Warm(state, 4); err == nil || !strings.Contains(err.Error(), "has made 1 steps") {
			t.Errorf("%s: %v", name, err)
		}
	}
	other, err := NewRun(network(t, 5), task.Recipe{Epochs: 1, Batch: 5, Rate: 1e-2, Decay: 1, Optimizer: task.SGD}, stripes(pictures))
	if err != nil {
		t.Fatal(err)
	}
	if err := other.Warm([]checkpoint.Tensor{{Name: "adam/m/conv2d/kernel"}}, 4); err == nil || !strings.Contains(err.Error(), "no state of sgd") {
		t.Errorf("%v", err)
	}
}

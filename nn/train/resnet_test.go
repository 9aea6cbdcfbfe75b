package train

import (
	"slices"
	"testing"

	"tenfold/nn/model"
	"tenfold/nn/task"
)

// TestResNet20Resumes trains ResNet-20 by its own recipe on few pictures, and resumes it from the
// middle of each epoch: the weights, the moving statistics and the momentum are those of a run that
// was left alone, bit for bit.
func TestResNet20Resumes(t *testing.T) {
	if testing.Short() {
		t.Skip("learns with a whole network: TestNormedLearns does the same with a small one")
	}
	recipe := task.ResNetRecipe
	recipe.Epochs, recipe.Batch = 2, 4
	run := func(stop int) (*Run, []float32) {
		m := model.ResNet20()
		if err := m.Init(3); err != nil {
			t.Fatal(err)
		}
		r, err := NewRun(m, recipe, noise(11)) // 2 batches of 4, and one of 3
		if err != nil {
			t.Fatal(err)
		}
		for !r.Done() {
			for !r.EpochDone() {
				if r.running.Steps == stop {
					old := r
					r = reopened(t, r)
					old.Close()
					if r.running.Step == 0 || r.EpochDone() || r.Recipe.Optimizer != task.SGD {
						t.Fatalf("after %d steps: not the middle of an epoch", stop)
					}
				}
				if err := r.Step(); err != nil {
					t.Fatal(err)
				}
			}
			r.EndEpoch(r.Progress().Metrics)
		}
		t.Cleanup(func() { r.Close() })
		all := weights(r.Model)
		for _, tensor := range r.solver.State() {
			all = append(all, tensor.Data...)
		}
		return r, all
	}
	whole, want := run(-1)
	for _, stop := range []int{2, 4} {
		resumed, got := run(stop)
		if !slices.Equal(got, want) {
			t.Errorf("resumed after %d steps, the run came to other weights", stop)
		}
		for i, e := range resumed.History {
			if w := whole.History[i]; e.Train != w.Train || e.Rate != w.Rate {
				t.Errorf("resumed after %d steps: epoch %+v, want %+v", stop, e, w)
			}
		}
	}
	first := model.ResNet20()
	if err := first.Init(3); err != nil {
		t.Fatal(err)
	}
	if slices.Equal(weights(first), weights(whole.Model)) || slices.Equal(moving(first), moving(whole.Model)) {
		t.Error("nothing was learned")
	}
}

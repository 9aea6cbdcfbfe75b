package train

import (
	"math"
	"slices"
	"strings"
	"testing"

	"tenfold/nn/checkpoint"
	"tenfold/nn/task"
)

// TestAverages follows a residual network with batch normalisation for an epoch and compares
// what is kept with the formulas, moving statistics included.
func TestAverages(t *testing.T) {
	const steps = 2 * 6
	for name, follow := range map[string]func(slow, fast float64, step int, moving bool) (float64, float64){
		task.EMA: func(slow, fast float64, step int, _ bool) (float64, float64) {
			if step == 1 {
				return fast, fast
			}
			return 0.99*slow + 0.01*fast, fast
		},
		task.Lookahead: func(slow, fast float64, step int, moving bool) (float64, float64) {
			if step%5 == 0 && moving {
				return fast, fast
			} else if step%5 == 0 {
				slow += 0.5 * (fast - slow)
				fast = slow
			}
			return slow, fast
		},
		task.LookaheadLate: func(slow, fast float64, step int, moving bool) (float64, float64) {
			if step%5 == 0 && moving {
				return fast, fast
			} else if step%5 == 0 {
				decay := math.Pow(0.95, 5) * math.Pow(float64(step)/steps, 3)
				slow += (1 - decay) * (fast - slow)
				fast = slow
			}
			return slow, fast
		},
	} {
		recipe := recipe
		recipe.Epochs, recipe.Average = 2, name
		r := normedRun(t, recipe, 45, 0)
		if len(averages) != 3 {
			t.Fatal("an average is not tested")
		}
		slow := weights(r.Model)
		for step := 1; step <= 6; step++ {
			// What a step without an average makes of the same weights.
			bare := recipe
			bare.Average = ""
			plain := normedRun(t, bare, 45, 0)
			for i, w := range plain.Model.Weights() {
				copy(w.Data, r.average.trained.Weights()[i].Data)
			}
			plain.running, plain.order = r.running, r.order
			f, err := r.File()
			if err != nil {
				t.Fatal(err)
			}
			if err := plain.solver.Restore(cloned(t, f), r.running.Steps); err != nil {
				t.Fatal(err)
			}
			if err := plain.Step(); err != nil {
				t.Fatal(err)
			}
			if err := r.Step(); err != nil {
				t.Fatal(err)
			}
			var moving []bool // by weight
			for _, w := range r.Model.Weights() {
				moving = append(moving, slices.Repeat([]bool{w.NonTrainable}, len(w.Data))...)
			}
			got, trained := weights(r.Model), weights(r.average.trained)
			for i, fast := range weights(plain.Model) {
				s, f := follow(float64(slow[i]), float64(fast), step, moving[i])
				if math.Abs(float64(got[i])-s) > 1e-6*(1+math.Abs(s)) || math.Abs(float64(trained[i])-f) > 1e-6*(1+math.Abs(f)) {
					t.Fatalf("%s, step %d: weight %d is %g and trained on from %g, want %g and %g", name, step, i, got[i], trained[i], s, f)
				}
			}
			slow = got
		}
	}
}

func cloned(t *testing.T, f *checkpoint.File) *checkpoint.File {
	t.Helper()
	b, err := f.Encode(checkpoint.F32)
	if err != nil {
		t.Fatal(err)
	}
	if f, err = checkpoint.Decode(b); err != nil {
		t.Fatal(err)
	}
	return f
}

// TestTheAverageIsMeasured checks that the validation, its penalties and the model's file are
// those of the average.
func TestTheAverageIsMeasured(t *testing.T) {
	recipe := recipe
	recipe.Epochs, recipe.Average, recipe.L2 = 1, task.EMA, 0.01
	r := normedRun(t, recipe, 45, 0)
	if err := Fit(t.Context(), r, stripes(30)); err != nil {
		t.Fatal(err)
	}
	if slices.Equal(weights(r.Model), weights(r.average.trained)) {
		t.Fatal("the average is what was trained")
	}
	penalty := 0.0
	for _, w := range r.Model.Weights() {
		for _, v := range w.Data {
			if w.Kernel() {
				penalty += 0.01 * float64(v) * float64(v)
			}
		}
	}
	if got := r.Penalised(task.Metrics{}).Loss; math.Abs(got-penalty) > 1e-6 {
		t.Errorf("the penalty is %g, want %g", got, penalty)
	}
	f, err := r.Model.File()
	if err != nil {
		t.Fatal(err)
	}
	for _, tensor := range f.Tensors {
		if strings.HasPrefix(tensor.Name, trainedWeight) {
			t.Errorf("the model's file has %s", tensor.Name)
		}
	}
}

// TestAverageNeedsItsWeights refuses to resume a run without them.
func TestAverageNeedsItsWeights(t *testing.T) {
	recipe := recipe
	recipe.Average = task.Lookahead
	for what, spoil := range map[string]func(f *checkpoint.File){
		"no tensor": func(f *checkpoint.File) {
			f.Tensors = slices.DeleteFunc(f.Tensors, func(t checkpoint.Tensor) bool { return t.Name == "trained/conv2d/kernel" })
		},
		"has 3 weights": func(f *checkpoint.File) {
			for i := range f.Tensors {
				if tensor := &f.Tensors[i]; tensor.Name == "trained/conv2d/bias" {
					tensor.Data, tensor.Shape = tensor.Data[:3], []int{3}
				}
			}
		},
	} {
		r, err := NewRun(network(t, 5), recipe, stripes(45))
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		if err := r.Step(); err != nil {
			t.Fatal(err)
		}
		f, err := r.File()
		if err != nil {
			t.Fatal(err)
		}
		f = cloned(t, f)
		spoil(f)
		if _, err := Resume(f, stripes(45)); err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("%v, want %q", err, what)
		}
	}
}

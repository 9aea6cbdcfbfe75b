package train

import (
	"math"
	"slices"
	"strings"
	"testing"

	"tenfold/nn/checkpoint"
	"tenfold/nn/evaluate"
	"tenfold/nn/task"
)

// TestOptimizersAgainstFormulas makes three steps on one weight with each rule.
func TestOptimizersAgainstFormulas(t *testing.T) {
	grads := []float64{0.5, -2, 0.25}
	const rate = 0.1
	formulas := map[string]func() float64{
		task.Adamax: func() float64 {
			w, m, u := 1.0, 0.0, 0.0
			for i, g := range grads {
				m, u = 0.9*m+0.1*g, max(0.999*u, math.Abs(g))
				w -= rate / (1 - math.Pow(0.9, float64(i+1))) * m / (u + 1e-7)
			}
			return w
		},
		task.Adam: func() float64 {
			w, m, v := 1.0, 0.0, 0.0
			for i, g := range grads {
				m, v = 0.9*m+0.1*g, 0.999*v+0.001*g*g
				t := float64(i + 1)
				w -= rate * math.Sqrt(1-math.Pow(0.999, t)) / (1 - math.Pow(0.9, t)) * m / (math.Sqrt(v) + 1e-7)
			}
			return w
		},
		task.SGD: func() float64 {
			w, v := 1.0, 0.0
			for _, g := range grads {
				v = 0.9*v - rate*g
				w += v
			}
			return w
		},
	}
	for name := range rules {
		o, err := NewOptimizer(name, rate)
		if err != nil {
			t.Fatal(err)
		}
		w := []float32{1}
		slots := [][]float32{{0}, {0}}
		for i, g := range grads {
			o.update(o, w, []float32{float32(g)}, slots, float32(o.rate(o, i+1)))
		}
		if f := formulas[name]; f == nil || math.Abs(float64(w[0])-f()) > 1e-6 {
			t.Errorf("%s: %g", name, w[0])
		}
	}
}

// TestEveryRecipeLearnsAndResumes trains with each setting of the recipe's later half,
// saves in mid-epoch, and compares the resumed run with one left alone.
func TestEveryRecipeLearnsAndResumes(t *testing.T) {
	recipes := map[string]func(*task.Recipe){
		"sgd":        func(r *task.Recipe) { r.Optimizer = task.SGD },
		"adam":       func(r *task.Recipe) { r.Optimizer = task.Adam },
		"no dropout": func(r *task.Recipe) { r.NoDropout = true },
		"moved":      func(r *task.Recipe) { r.Flip, r.Shift = true, 1 },
		"l2":         func(r *task.Recipe) { r.L2 = 1e-3 },
		"dense":      func(r *task.Recipe) { r.DenseOnly = true },
	}
	for name, set := range recipes {
		recipe := recipe
		set(&recipe)
		run := func(save bool) *Run {
			r, err := NewRun(network(t, 5), recipe, stripes(45))
			if err != nil {
				t.Fatal(err)
			}
			for !r.Done() {
				for !r.EpochDone() {
					if save && r.running.Steps == 9 {
						r = saved9(t, r)
					}
					if err := r.Step(); err != nil {
						t.Fatal(err)
					}
				}
				r.EndEpoch(r.Progress().Metrics)
			}
			return r
		}
		whole, resumed := run(false), run(true)
		if !slices.Equal(weights(whole.Model), weights(resumed.Model)) {
			t.Errorf("%s: the resumed run came to other weights", name)
		}
		first, last := whole.History[0].Train, whole.History[len(whole.History)-1].Train
		if !(last.Loss < first.Loss*0.9) {
			t.Errorf("%s: the loss went from %g to %g", name, first.Loss, last.Loss)
		}
		plain, err := NewRun(network(t, 5), task.Recipe{Epochs: 12, Batch: 8, Rate: 2e-2, Decay: 0.9, Seed: 5}, stripes(45))
		if err != nil {
			t.Fatal(err)
		}
		conv, dense := plain.Model.Weights()[0].Data, plain.Model.Weights()[2].Data
		got := whole.Model.Weights()
		if recipe.DenseOnly != slices.Equal(conv, got[0].Data) || slices.Equal(dense, got[2].Data) {
			t.Errorf("%s: the wrong layers have learned", name)
		}
	}
}

func saved9(t *testing.T, r *Run) *Run {
	t.Helper()
	f, err := r.File()
	if err != nil {
		t.Fatal(err)
	}
	b, err := f.Encode(checkpoint.F32)
	if err != nil {
		t.Fatal(err)
	}
	if f, err = checkpoint.Decode(b); err != nil {
		t.Fatal(err)
	}
	resumed, err := Resume(f, stripes(45))
	if err != nil {
		t.Fatal(err)
	}
	return resumed
}

func TestMove(t *testing.T) {
	in := []byte{
		1, 2, 3,
		4, 5, 6,
	}
	shape := task.Shape{2, 3, 1}
	for _, c := range []struct {
		flip   bool
		dx, dy int
		want   []byte
	}{
		{false, 0, 0, []byte{1, 2, 3, 4, 5, 6}},
		{true, 0, 0, []byte{3, 2, 1, 6, 5, 4}},
		{false, 1, 0, []byte{1, 1, 2, 4, 4, 5}},
		{false, -1, 1, []byte{2, 3, 3, 2, 3, 3}},
		{true, 1, -1, []byte{6, 6, 5, 6, 6, 5}},
	} {
		if got := move(nil, in, shape, c.flip, c.dx, c.dy); !slices.Equal(got, c.want) {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

func TestBadRecipes(t *testing.T) {
	for want, set := range map[string]func(*task.Recipe){
		"optimiser": func(r *task.Recipe) { r.Optimizer = "lion" },
		"batch":     func(r *task.Recipe) { r.Batch = 100 },
		"rate":      func(r *task.Recipe) { r.Rate = math.NaN() },
		"L2":        func(r *task.Recipe) { r.L2 = -1 },
		"shifts":    func(r *task.Recipe) { r.Shift = 20 },
	} {
		recipe := recipe
		set(&recipe)
		if _, err := NewRun(network(t, 5), recipe, stripes(45)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
}

// TestPenaltyInValidation trains at a rate of 0, with penalties: on the same pictures the
// loss of the validation is that of the training.
func TestPenaltyInValidation(t *testing.T) {
	for _, denseOnly := range []bool{false, true} {
		data := stripes(48)
		m := network(t, 5)
		recipe := task.Recipe{Epochs: 1, Batch: 16, Rate: 0, Decay: 1, Seed: 1, NoDropout: true, L2: 0.01, DenseOnly: denseOnly}
		r, err := NewRun(m, recipe, data)
		if err != nil {
			t.Fatal(err)
		}
		if err := Fit(t.Context(), r, data); err != nil {
			t.Fatal(err)
		}
		e := r.History[0]
		plain, err := evaluate.Run(t.Context(), m, data, nil)
		if err != nil {
			t.Fatal(err)
		}
		if math.Abs(e.Train.Loss-e.Val.Loss) > 1e-4 || e.Val.Loss < plain.Loss+0.01 {
			t.Errorf("dense layers alone: %v; loss %g in training, %g in validation, %g without penalties", denseOnly, e.Train.Loss, e.Val.Loss, plain.Loss)
		}
		r.Close()
	}
}

package train

import (
	"errors"
	"math"
	"slices"
	"testing"

	"tenfold/nn/evaluate"
	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// failing is a helper that is gone at a step: when it is given its share, or the other
// weights, or is asked for its factors or for its gradients.
type failing struct {
	*Local
	t         *testing.T
	step      int
	now, next int
	when      string
	waits     bool                           // nothing that it found has been asked for
	busy      func(measured float64) float64 // what it says of itself
	shares    []int
}

func (f *failing) gone(when string) error {
	if f.now == f.step && f.when == when {
		return errors.New("gone")
	}
	return nil
}

func (f *failing) Start(s Share) error {
	if f.waits && s.Step != f.next { // a step that is made again has the same number
		f.t.Errorf("the share of step %d comes before the factors of step %d", s.Step, f.next)
	}
	f.next = s.Step
	if f.next == f.step && f.when == "start" {
		return errors.New("gone")
	}
	f.shares = append(f.shares, s.Len())
	return f.Local.Start(s)
}

func (f *failing) Early(weights [][]float32) error {
	f.now, f.waits = f.next, true
	return errors.Join(f.gone("early"), f.Local.Early(weights))
}

func (f *failing) Rest(weights [][]float32) error {
	return errors.Join(f.gone("rest"), f.Local.Rest(weights))
}

func (f *failing) Factors(x, dy [][]float32) error {
	f.waits = false
	return errors.Join(f.gone("factors"), f.Local.Factors(x, dy))
}

func (f *failing) Finish() (Outcome, [][]float32, error) {
	f.waits = false
	if err := f.gone("finish"); err != nil {
		return Outcome{}, nil, err
	}
	o, grads, err := f.Local.Finish()
	o.Busy = f.busy(o.Busy)
	return o, grads, err
}

var moments = []string{"start", "early", "rest", "factors", "finish"}

// wide returns a network with two kernels whose gradients travel as factors.
func wide(t testing.TB, seed uint64) *model.Network {
	t.Helper()
	m, err := model.New(task.Shape{4, 4, 1}, layer.Conv2D{Filters: 4, KernelSize: [2]int{3, 3}, Padding: layer.Same, Activation: "tanh"},
		layer.MaxPool2D{}, layer.Dropout{Rate: 0.25}, layer.Flatten{}, layer.Dense{Units: 40, Activation: "tanh"}, layer.Dense{Units: 30, Activation: "tanh"},
		layer.Dense{Units: 3}, layer.Activation{Function: "softmax"})
	if err != nil {
		t.Fatal(err)
	}
	m.Classes = []string{"rows", "columns", "plain"}
	if err := m.Init(seed); err != nil {
		t.Fatal(err)
	}
	return m
}

// never is a step that does not come.
const never = -1

func helper(t *testing.T, network func(testing.TB, uint64) *model.Network, recipe task.Recipe, step int, when string) *failing {
	t.Helper()
	seed := uint64(9) // its own weights do not matter, except for fixed ones
	if recipe.DenseOnly {
		seed = 5
	}
	a := NewAssistant(network(t, seed), recipe)
	h := &failing{Local: &Local{Assistant: a}, t: t, step: step, when: when, busy: func(s float64) float64 { return s }}
	t.Cleanup(func() { h.Stop(); a.Close() })
	return h
}

// TestATeamTrainsAsOne trains with none to four helpers, also with batches that they
// cannot share evenly, a last one of fewer pictures than there are, and one that is
// lost.
func TestATeamTrainsAsOne(t *testing.T) {
	const pictures = 41 // 5 batches of 8, and one of 1
	for name, change := range map[string]func(*task.Recipe){
		"all layers": func(*task.Recipe) {}, "penalties": func(r *task.Recipe) { r.L2 = 0.01 }, "dense only": func(r *task.Recipe) { r.DenseOnly = true },
		"muon, clipped, averaged": func(r *task.Recipe) {
			r.Optimizer, r.GlobalClipNorm, r.Average, r.AverageMomentum, r.Schedule = task.Muon, 0.4, task.EMA, 0.8, task.Exponential
		},
		"lookahead, mixed": func(r *task.Recipe) {
			r.Optimizer, r.Average, r.Mixup, r.ClipNorm, r.Smoothing, r.Alternate = task.SGD, task.Lookahead, 0.2, 0.3, 0.1, true
		},
	} {
		recipe := recipe
		recipe.Flip, recipe.Shift = true, 1
		change(&recipe)
		for size, network := range map[string]func(testing.TB, uint64) *model.Network{"small": network, "wide": wide} {
			t.Run(name+", "+size, func(t *testing.T) { teamTrainsAsOne(t, network, recipe, pictures) })
		}
	}
}

func teamTrainsAsOne(t *testing.T, network func(testing.TB, uint64) *model.Network, recipe task.Recipe, pictures int) {
	alike := func(h *failing) { h.busy = func(float64) float64 { return 0 } }
	run := func(helpers, step int, when string, change ...func(*failing)) []float32 {
		r, err := NewRun(network(t, 5), recipe, stripes(pictures))
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		for range helpers {
			h := helper(t, network, recipe, step, when)
			for _, c := range change {
				c(h)
			}
			r.Helpers = append(r.Helpers, h)
		}
		for range 3 {
			for !r.EpochDone() {
				err := r.Step()
				var lost *Lost
				if errors.As(err, &lost) {
					r.Helpers[lost.Helper] = helper(t, network, recipe, never, "")
				} else if err != nil {
					t.Fatal(err)
				}
			}
			if p := r.Progress(); p.Seen != pictures || p.Accuracy < 0.2 || p.Accuracy > 1 {
				t.Errorf("%d helpers: %+v", helpers, p)
			}
			r.EndEpoch(r.Progress().Metrics)
		}
		return append(weights(r.Model), float32(r.History[2].Train.Loss))
	}
	want := run(0, never, "")
	for helpers := 1; helpers <= 4; helpers++ {
		for _, when := range append(moments, "never") {
			for i, got := range run(helpers, 7, when) {
				if math.Abs(float64(got-want[i])) > 1e-4 {
					t.Fatalf("%d helpers, lost at %s: weight %d is %g, want %g", helpers, when, i, got, want[i])
				}
			}
		}
	}
	if a, b := run(2, never, "", alike), run(2, never, "", alike); !slices.Equal(a, b) {
		t.Error("two runs with two helpers and the same shares differ")
	}
}

// TestTheTeamsGradients compares the gradients of the tutorial's network on one batch with
// those of a team of two, three and four.
func TestTheTeamsGradients(t *testing.T) {
	recipe := task.Recipe{Epochs: 1, Batch: 18, Rate: 2e-3, Decay: 1, Seed: 3}
	step := func(helpers int) (Outcome, [][]float32) {
		m := model.Tutorial()
		if err := m.Init(3); err != nil {
			t.Fatal(err)
		}
		r, err := NewRun(m, recipe, noise(18))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { r.Close() })
		for i := range helpers {
			m := model.Tutorial()
			if err := m.Init(uint64(i)); err != nil { // the leader's weights take their place
				t.Fatal(err)
			}
			a := NewAssistant(m, recipe)
			t.Cleanup(func() { a.Close() })
			r.Helpers = append(r.Helpers, &Local{Assistant: a})
		}
		order := make([]int, 18)
		for i := range order {
			order[i] = i
		}
		o, weights, err := r.gradients(&batch{Augmenter: r.augment, Order: order})
		if err != nil {
			t.Fatal(err)
		}
		var grads [][]float32
		for _, w := range r.learnable(weights) {
			if p, ok := w.(*factoredGrad); ok {
				p.SetFactors(p.x, p.dy)
				p.rows = [][]float32{make([]float32, p.In*p.Out)}
				grads = append(grads, p.gradient(0, 0, p.In*p.Out))
				continue
			}
			v, err := w.Grad()
			if err != nil {
				t.Fatal(err)
			}
			grads = append(grads, v.Data().([]float32))
		}
		return o, grads
	}
	one, want := step(0)
	for helpers := 1; helpers <= 3; helpers++ {
		o, got := step(helpers)
		if math.Abs(o.Loss-one.Loss) > 1e-6 || o.Right != one.Right || o.Pictures != 18 || len(got) != len(want) {
			t.Fatalf("%d helpers: %+v and %d gradients, want %+v and %d", helpers, o, len(got), one, len(want))
		}
		for i := range want {
			most := 0.0
			for _, v := range want[i] {
				most = max(most, math.Abs(float64(v)))
			}
			for k, v := range got[i] {
				if d := math.Abs(float64(v - want[i][k])); d > 1e-5*most {
					t.Fatalf("%d helpers, weight %d: a gradient differs by %g, of %g", helpers, i, d, most)
				}
			}
		}
	}
}

func TestAFailedStepChangesNothing(t *testing.T) {
	for _, when := range moments {
		r, err := NewRun(wide(t, 5), recipe, stripes(45))
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		r.Helpers = []Helper{helper(t, wide, recipe, 0, when)}
		before := weights(r.Model)
		if err := r.Step(); err == nil || !slices.Equal(before, weights(r.Model)) || r.Progress().Step != 0 {
			t.Errorf("%v, and the run stands at %+v", err, r.Progress())
		}
	}
}

func TestSplitIsStratified(t *testing.T) {
	data := stripes(100) // 34, 33, 33
	rest, held := evaluate.Split(data, 0.2, 3)
	count := [3]int{}
	seen := map[int]bool{}
	for i := range held.Len() {
		_, l := held.Picture(i)
		count[l]++
		seen[held.Index[i]] = true
	}
	for _, i := range rest.Index {
		if seen[i] {
			t.Errorf("picture %d is in both parts", i)
		}
	}
	if count != [3]int{7, 7, 7} || rest.Len()+held.Len() != 100 {
		t.Errorf("held out %v, %d are left", count, rest.Len())
	}
	_, again := evaluate.Split(data, 0.2, 3)
	_, other := evaluate.Split(data, 0.2, 4)
	if !slices.Equal(again.Index, held.Index) || slices.Equal(other.Index, held.Index) {
		t.Error("the parts do not follow from the seed")
	}
}

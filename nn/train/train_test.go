package train

import (
	"context"
	"errors"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"

	"tenfold/nn/checkpoint"
	"tenfold/nn/cifar10"
	"tenfold/nn/evaluate"
	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// stripes is a data set of 4x4 pictures: class 0 has light rows, class 1 light
// columns, class 2 neither.
type stripes int

func (d stripes) Len() int { return int(d) }
func (d stripes) Picture(i int) ([]byte, int) {
	b := make([]byte, 16)
	for p := range b {
		x, y := p%4, p/4
		v := i*37 + p*11
		b[p] = byte(90 + v%40)
		if i%3 == 0 && y%2 == 0 || i%3 == 1 && x%2 == 0 {
			b[p] += 100
		}
	}
	return b, i % 3
}

func network(t testing.TB, seed uint64) *model.Network {
	t.Helper()
	m, err := model.New(task.Shape{4, 4, 1}, layer.Conv2D{Filters: 4, KernelSize: [2]int{3, 3}, Padding: layer.Same}, layer.LeakyReLU{Alpha: 0.1},
		layer.MaxPool2D{}, layer.Dropout{Rate: 0.25}, layer.Flatten{}, layer.Dense{Units: 3}, layer.Activation{Function: "softmax"})
	if err != nil {
		t.Fatal(err)
	}
	m.Classes = []string{"rows", "columns", "plain"}
	if err := m.Init(seed); err != nil {
		t.Fatal(err)
	}
	return m
}

var recipe = task.Recipe{Epochs: 12, Batch: 8, Rate: 2e-2, Decay: 0.9, Seed: 5}

func newRun(t *testing.T) *Run {
	t.Helper()
	r, err := NewRun(network(t, 5), recipe, stripes(45)) // 5 batches of 8, and one of 5
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}

func weights(m *model.Network) (all []float32) {
	for _, w := range m.Weights() {
		all = append(all, w.Data...)
	}
	return all
}

// recorder is a callback that stops a run after a number of steps.
type recorder struct {
	steps, stopAfter int
	stop             context.CancelFunc
	last             Progress
	epochs           []task.Epoch
}

func (c *recorder) Step(_ *Run, p Progress) error {
	c.last = p
	if c.steps++; c.steps == c.stopAfter {
		c.stop()
	}
	return nil
}

func (c *recorder) Epoch(_ *Run, e task.Epoch, _ *evaluate.Result) error {
	c.epochs = append(c.epochs, e)
	return nil
}

func TestFitLearns(t *testing.T) {
	r := newRun(t)
	c := &recorder{}
	if err := Fit(t.Context(), r, stripes(30), c); err != nil {
		t.Fatal(err)
	}
	if c.steps != 12*6 || len(c.epochs) != 12 || c.last.Seen != 45 || c.last.Step != 6 {
		t.Errorf("%d steps, %d epochs, %+v: a last, smaller batch belongs to an epoch", c.steps, len(c.epochs), c.last)
	}
	first, last := c.epochs[0], c.epochs[11]
	if last.Val.Accuracy < 0.9 || last.Val.Loss >= first.Val.Loss {
		t.Errorf("accuracy %g, loss from %g to %g", last.Val.Accuracy, first.Val.Loss, last.Val.Loss)
	}
	for i, e := range c.epochs {
		if want := 2e-2 * math.Pow(0.9, float64(i)); e.Rate != want || e.Epoch != i+1 {
			t.Errorf("epoch %d at rate %g, want %g", e.Epoch, e.Rate, want)
		}
	}
	again, err := evaluate.Run(t.Context(), r.Model, stripes(30), nil)
	if err != nil || again.Metrics != last.Val {
		t.Errorf("evaluation gives %+v, the last validation %+v (%v)", again.Metrics, last.Val, err)
	}
}

// TestResumeIsExact stops a run in mid-epoch, saves it, resumes it, and compares
// it with one that was left alone.
func TestResumeIsExact(t *testing.T) {
	whole := newRun(t)
	if err := Fit(t.Context(), whole, stripes(30)); err != nil {
		t.Fatal(err)
	}
	for _, stopAfter := range []int{1, 5, 6, 15} {
		ctx, cancel := context.WithCancel(t.Context())
		r := newRun(t)
		err := Fit(ctx, r, stripes(30), &recorder{stopAfter: stopAfter, stop: cancel})
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("after %d steps: %v", stopAfter, err)
		}
		resumed := reopened(t, r)
		if err := Fit(t.Context(), resumed, stripes(30)); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(weights(resumed.Model), weights(whole.Model)) {
			t.Errorf("stopped after %d steps, the run came to other weights", stopAfter)
		}
		for i := range whole.History {
			a, b := whole.History[i], resumed.History[i]
			a.Seconds, b.Seconds = 0, 0
			if a != b {
				t.Errorf("stopped after %d steps: epoch %+v, want %+v", stopAfter, b, a)
			}
		}
	}
}

func TestTheSameSeedGivesTheSameRun(t *testing.T) {
	a, b := newRun(t), newRun(t)
	for range 6 {
		if err := errors.Join(a.Step(), b.Step()); err != nil {
			t.Fatal(err)
		}
	}
	if !slices.Equal(weights(a.Model), weights(b.Model)) {
		t.Error("two runs of one seed differ")
	}
	other := recipe
	other.Seed = 6
	c, err := NewRun(network(t, 5), other, stripes(45))
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Step(); err != nil {
		t.Fatal(err)
	}
}

func TestALossThatIsNoNumberStops(t *testing.T) {
	r := newRun(t)
	r.Model.Weights()[0].Data[0] = float32(math.NaN())
	before := slices.Clone(r.Model.Weights()[2].Data)
	err := r.Step()
	if err == nil || !strings.Contains(err.Error(), "learning rate") || !slices.Equal(before, r.Model.Weights()[2].Data) {
		t.Errorf("error %v", err)
	}
}

func TestNewRunRefuses(t *testing.T) {
	for name, spoil := range map[string]func(*task.Recipe){
		"batch of 0": func(r *task.Recipe) { r.Batch = 0 }, "batch larger than the data": func(r *task.Recipe) { r.Batch = 46 },
		"negative epochs": func(r *task.Recipe) { r.Epochs = -1 }, "rate NaN": func(r *task.Recipe) { r.Rate = math.NaN() },
		"negative rate": func(r *task.Recipe) { r.Rate = -1 }, "decay 0": func(r *task.Recipe) { r.Decay = 0 },
	} {
		bad := recipe
		spoil(&bad)
		if _, err := NewRun(network(t, 1), bad, stripes(45)); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if _, err := NewRun(network(t, 1), recipe, stripes(0)); err == nil {
		t.Error("no pictures: no error")
	}
}

func TestResumeRefuses(t *testing.T) {
	r := newRun(t)
	if err := r.Step(); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(f *checkpoint.File) evaluate.Data{
		"a model without a run": func(f *checkpoint.File) evaluate.Data { delete(f.Metadata, "training"); return stripes(45) },
		"other data":            func(f *checkpoint.File) evaluate.Data { return stripes(44) },
		"an impossible step": func(f *checkpoint.File) evaluate.Data {
			f.Metadata["training"] = strings.Replace(f.Metadata["training"], `"step":1`, `"step":99`, 1)
			return stripes(45)
		},
		"no solver state": func(f *checkpoint.File) evaluate.Data {
			f.Tensors = slices.DeleteFunc(f.Tensors, func(t checkpoint.Tensor) bool { return strings.HasPrefix(t.Name, "adamax/") })
			return stripes(45)
		},
		"half of the solver's state": func(f *checkpoint.File) evaluate.Data {
			f.Tensors = slices.DeleteFunc(f.Tensors, func(t checkpoint.Tensor) bool { return strings.HasPrefix(t.Name, "adamax/u/") })
			return stripes(45)
		},
	} {
		f, err := r.File()
		if err != nil {
			t.Fatal(err)
		}
		data := spoil(f)
		if _, err := Resume(f, data); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// TestStepsAllocateLittle checks that what a step allocates, of the tutorial's network and of
// one with residuals and batch normalisation, is Gorgonia's bookkeeping, not tensors, with
// everything that a recipe can ask for too.
func TestStepsAllocateLittle(t *testing.T) {
	much := task.TutorialRecipe
	much.Optimizer, much.GlobalClipNorm, much.Average, much.Smoothing = task.Muon, 1, task.LookaheadLate, 0.1
	much.Zoom, much.Flip, much.Shift, much.Reflect, much.Jitter, much.RandConv, much.Cutout, much.Mixup, much.Sketch = 0.2, true, 2, true, 0.1, 0.1, 4, 0.2, 0.3
	for name, c := range map[string]struct {
		network *model.Network
		recipe  task.Recipe
		most    uint64 // bytes: of 71 layers there is more to keep account of; one tensor is 512 kB
	}{
		"tutorial": {model.Tutorial(), task.TutorialRecipe, 1 << 18}, "resnet20": {model.ResNet20(), much, 1 << 19},
	} {
		c.recipe.Batch = 8
		if err := c.network.Init(1); err != nil {
			t.Fatal(err)
		}
		r, err := NewRun(c.network, c.recipe, noise(64))
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		step := func() {
			if r.EpochDone() {
				r.EndEpoch(task.Metrics{})
			}
			if err := r.Step(); err != nil {
				t.Fatal(err)
			}
		}
		step()
		step()
		const steps = 3
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		for range steps {
			step()
		}
		runtime.ReadMemStats(&after)
		bytes := (after.TotalAlloc - before.TotalAlloc) / steps
		t.Logf("%s: %d allocations, %d bytes a step", name, (after.Mallocs-before.Mallocs)/steps, bytes)
		if bytes > c.most {
			t.Errorf("%s: a step allocates %d bytes", name, bytes)
		}
	}
}

// TestOptimizersAllocateNothing runs each after its first step, with clipping and averages,
// factored gradients included, and on a residual network.
func TestOptimizersAllocateNothing(t *testing.T) {
	for name := range rules {
		for what, network := range map[string]func(testing.TB, uint64) *model.Network{"wide": wide, "residual": normed} {
			recipe := recipe
			recipe.Optimizer, recipe.Average, recipe.GlobalClipNorm = name, task.Lookahead, 0.5
			r, err := NewRun(network(t, 5), recipe, stripes(45))
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			if err := r.Step(); err != nil {
				t.Fatal(err)
			}
			r.running.Steps = 4 // the fifth step is one of lookahead's
			learn := func() {
				if err := r.learn(r.g.Weights()); err != nil {
					t.Fatal(err)
				}
			}
			least := testing.AllocsPerRun(10, learn)
			for range 4 { // the runtime's own are counted too, but do not come each time
				least = min(least, testing.AllocsPerRun(10, learn))
			}
			if least > 0 {
				t.Errorf("%s on a %s network allocates %g times", name, what, least)
			}
		}
	}
}

// noise is a data set of pictures of 32x32x3.
type noise int

func (d noise) Len() int { return int(d) }
func (d noise) Picture(i int) ([]byte, int) {
	b := make([]byte, cifar10.Task.Pixels())
	for p := range b {
		b[p] = byte(p * (i + 3))
	}
	return b, i % 10
}

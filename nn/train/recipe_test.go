package train

import (
	"maps"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"tenfold/nn/augment"
	"tenfold/nn/checkpoint"
	"tenfold/nn/cifar10"
	"tenfold/nn/evaluate"
	"tenfold/nn/graph"
	"tenfold/nn/layer"
	"tenfold/nn/model"
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
		task.RMSprop: func() float64 {
			w, v := 1.0, 0.0
			for _, g := range grads {
				v = 0.9*v + 0.1*g*g
				w -= rate * g / math.Sqrt(v+1e-7)
			}
			return w
		},
	}
	formulas[task.AdamW] = formulas[task.Adam] // the decay is the caller's, see TestWeightDecay
	formulas[task.Muon] = formulas[task.Adam]  // of anything but a convolution, see TestMuon
	nesterov := func() float64 {
		w, v := 1.0, 0.0
		for _, g := range grads {
			v = 0.8*v - rate*g
			w += 0.8*v - rate*g
		}
		return w
	}
	step := func(recipe task.Recipe) float64 {
		recipe.Rate = rate
		o, err := optimizer(recipe)
		if err != nil {
			t.Fatal(err)
		}
		w := []float32{1}
		slots := [][]float32{{0}, {0}}
		for i, g := range grads {
			o.update(o, w, []float32{float32(g)}, slots, float32(o.rate(o, i+1)))
		}
		return float64(w[0])
	}
	for name := range rules {
		if f, got := formulas[name], step(task.Recipe{Optimizer: name}); f == nil || math.Abs(got-f()) > 1e-6 {
			t.Errorf("%s: %g", name, got)
		}
	}
	if got := step(task.Recipe{Optimizer: task.SGD, Momentum: 0.8, Nesterov: true}); math.Abs(got-nesterov()) > 1e-6 {
		t.Errorf("sgd with Nesterov momentum: %g, want %g", got, nesterov())
	}
}

// TestWeightDecay makes a step of gradient 0: kernels shrink, those whose gradient is known by
// factors and those of Muon's convolutions too, and nothing else does, biases and
// normalisation's scales and shifts among it.
func TestWeightDecay(t *testing.T) {
	for name, want := range map[string]float64{task.SGD: 1 - 0.1*0.02, task.AdamW: 1 - 0.1*0.004, task.Muon: 1 - 0.1*0.004, task.Adam: 1} {
		for what, network := range map[string]func(testing.TB, uint64) *model.Network{"wide": wide, "normed": normed} {
			recipe := task.Recipe{Optimizer: name, Rate: 0.1, Epochs: 1, Batch: 8, Decay: 1, Seed: 1}
			if name == task.SGD {
				recipe.WeightDecay = 0.02
			}
			r, err := NewRun(network(t, 5), recipe, stripes(45))
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			if err := r.Step(); err != nil { // so that there are gradients, which are then cleared
				t.Fatal(err)
			}
			if r.solver, err = optimizer(recipe); err != nil {
				t.Fatal(err)
			}
			for _, f := range r.factored {
				clear(f.dy)
			}
			for _, w := range r.g.Weights() {
				v, err := w.Grad()
				if err != nil {
					t.Fatal(err)
				}
				clear(graph.Floats(v))
				w.Data[0] = 2
			}
			if err := r.learn(r.g.Weights()); err != nil {
				t.Fatal(err)
			}
			kinds := map[string]bool{}
			for _, w := range r.g.Weights() {
				want := 2 * want
				if kinds[w.Weight.Name] = true; !strings.HasSuffix(w.Path, "/kernel") {
					want = 2
				}
				if math.Abs(float64(w.Data[0])-want) > 1e-6 {
					t.Errorf("%s: %s is %g, want %g", name, w.Path, w.Data[0], want)
				}
			}
			if what == "normed" && (!kinds["gamma"] || !kinds["beta"]) || !kinds["kernel"] || !kinds["bias"] {
				t.Errorf("%s has %v", what, kinds)
			}
		}
	}
}

// TestSchedules looks at the rate along a run of 20 epochs.
func TestSchedules(t *testing.T) {
	at := []float64{0, 2.3, 4.6, 9.9, 10, 15, 20}
	for name, want := range map[string][]float64{
		task.PerEpoch:    {1, 0.81, 0.6561, 0.387420489, 0.34867844, 0.205891132, 0.121576654},
		task.Constant:    {1, 1, 1, 1, 1, 1, 1},
		task.Steps:       {1, 1, 1, 1, 0.1, 0.01, 0.01},
		task.Cosine:      {1, 0.967722, 0.875056, 0.507854, 0.5, 0.146447, 0},
		task.Linear:      {1, 0.885, 0.77, 0.505, 0.5, 0.25, 0},
		task.Triangular:  {0.2, 0.6, 1, 0.679935, 0.673896, 0.371948, 0.07},
		task.Exponential: {1, 0.7847978, 0.6159076, 0.3523716, 0.3486784, 0.2058911, 0.1215767},
		task.OneCycle:    {0.04, 0.3479834, 0.8767095, 0.8204385, 0.8117457, 0.283061, 4e-6},
	} {
		for i, done := range at {
			if got := Rate(task.Recipe{Epochs: 20, Rate: 3, Decay: 0.9, Schedule: name}, done); math.Abs(got-3*want[i]) > 1e-5 {
				t.Errorf("%q after %g epochs: %g, want %g", name, done, got, 3*want[i])
			}
		}
	}
	if len(schedules) != 8 {
		t.Error("a schedule is not tested")
	}
	warm := task.Recipe{Epochs: 20, Rate: 3, Schedule: task.Constant, WarmUp: 2}
	for done, want := range map[float64]float64{0: 0, 0.5: 0.75, 2: 3, 7: 3} {
		if got := Rate(warm, done); math.Abs(got-want) > 1e-9 {
			t.Errorf("warming up, after %g epochs: %g, want %g", done, got, want)
		}
	}
}

// TestSmoothing compares the labels with Keras' formula.
func TestSmoothing(t *testing.T) {
	recipe := recipe
	recipe.Smoothing = 0.3
	r, err := NewRun(network(t, 5), recipe, stripes(45))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if _, err := r.prepare(&batch{Augmenter: r.augment, Order: []int{1, 3}}, 0, 0, 2); err != nil {
		t.Fatal(err)
	}
	_, labels := r.g.Batch(2, 2)
	for i, want := range []float64{0.1, 0.8, 0.1, 0.8, 0.1, 0.1} {
		if math.Abs(float64(labels[i])-want) > 1e-6 {
			t.Errorf("label %d is %g, want %g", i, labels[i], want)
		}
	}
}

// strangers are pictures of no class.
type strangers struct{ stripes }

func (strangers) Label(i int) task.Label { return task.Label{Class: 2, None: true} }

// TestNone checks the targets of pictures that show none of the classes, also when a helper
// gets them.
func TestNone(t *testing.T) {
	r := newRun(t)
	if _, err := r.prepare(strangers{2}, 0, 0, 2); err != nil {
		t.Fatal(err)
	}
	_, wanted := r.g.Batch(2, 2)
	for i, v := range wanted[:6] {
		if math.Abs(float64(v)-1.0/3) > 1e-6 {
			t.Errorf("output %d is to be %g, want a third", i, v)
		}
	}
	for _, l := range []task.Label{{Class: 2, None: true}, {Class: 1, Other: 2, Part: 9}} {
		s := Share{Pixels: make([]byte, 16), Labels: labelBytes(nil, l)}
		if got := s.Label(0); got != l || s.Len() != 1 {
			t.Errorf("%+v has become %+v", l, got)
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
		"adamw":      func(r *task.Recipe) { r.Optimizer = task.AdamW },
		"rmsprop":    func(r *task.Recipe) { r.Optimizer, r.Rate = task.RMSprop, 5e-3 },
		"nesterov":   func(r *task.Recipe) { r.Optimizer, r.Momentum, r.Nesterov, r.WeightDecay = task.SGD, 0.85, true, 1e-3 },
		"cosine":     func(r *task.Recipe) { r.Schedule, r.WarmUp = task.Cosine, 1.5 },
		"triangular": func(r *task.Recipe) { r.Schedule = task.Triangular },
		"smoothed":   func(r *task.Recipe) { r.Smoothing = 0.1 },
		"reflected":  func(r *task.Recipe) { r.Flip, r.Alternate, r.Shift, r.Reflect, r.Cutout = true, true, 1, true, 1 },
		"l2":         func(r *task.Recipe) { r.L2 = 1e-3 },
		"dense":      func(r *task.Recipe) { r.DenseOnly = true },
		"muon":       func(r *task.Recipe) { r.Optimizer = task.Muon },
		"one cycle":  func(r *task.Recipe) { r.Schedule, r.Rate = task.OneCycle, 4e-2 },
		"by step":    func(r *task.Recipe) { r.Schedule = task.Exponential },
		"norm":       func(r *task.Recipe) { r.ClipNorm = 0.5 },
		"all norms":  func(r *task.Recipe) { r.GlobalClipNorm = 0.5 },
		"values":     func(r *task.Recipe) { r.ClipValue = 0.05 },
		"average":    func(r *task.Recipe) { r.Average, r.AverageMomentum = task.EMA, 0.9 },
		"lookahead":  func(r *task.Recipe) { r.Average = task.Lookahead },
		"late":       func(r *task.Recipe) { r.Average = task.LookaheadLate },
		"coloured":   func(r *task.Recipe) { r.Zoom, r.Jitter, r.RandConv = 0.1, 0.1, 0.1 },
		"drawn":      func(r *task.Recipe) { r.Sketch = 0.2 },
		"mixed":      func(r *task.Recipe) { r.Mixup = 0.1 },
		"constant":   func(r *task.Recipe) { r.Schedule = task.Constant },
		"stepped":    func(r *task.Recipe) { r.Schedule = task.Steps },
		"linear":     func(r *task.Recipe) { r.Schedule = task.Linear },
		"warm cycle": func(r *task.Recipe) { r.Schedule, r.Rate, r.WarmUp = task.OneCycle, 4e-2, 2.5 },
		"doodles":    func(r *task.Recipe) { r.Doodles, r.Rate = 0.2, 1e-2 },
		"strange":    func(r *task.Recipe) { r.Strange, r.Rate = 0.2, 1e-2 },
		"both":       func(r *task.Recipe) { r.Strange, r.Doodles, r.Sketch, r.Mixup, r.Rate = 0.1, 0.1, 0.1, 0.1, 1e-2 },
	}
	everySetting(t, recipes)
	for name, set := range recipes {
		recipe := recipe
		set(&recipe)
		network, data := network, evaluate.Data(stripes(45))
		if recipe.Doodles > 0 || recipe.Strange > 0 { // which are drawn in CIFAR-10's size
			network, data = colourful, colours(45)
		}
		run := func(save bool) *Run {
			r, err := NewRun(network(t, 5), recipe, data)
			if err != nil {
				t.Fatal(err)
			}
			for !r.Done() {
				for !r.EpochDone() {
					if save && r.running.Steps == 9 {
						r = reopened(t, r)
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
		drawn := network(t, 5).Weights()
		conv, dense := drawn[0].Data, drawn[2].Data
		got := whole.Model.Weights()
		if recipe.DenseOnly != slices.Equal(conv, got[0].Data) || slices.Equal(dense, got[2].Data) {
			t.Errorf("%s: the wrong layers have learned", name)
		}
	}
}

// everySetting checks that each field of a recipe is set by one of the recipes, and each
// optimiser, schedule, average and augmentation asked for.
func everySetting(t *testing.T, recipes map[string]func(*task.Recipe)) {
	t.Helper()
	tried := map[string]bool{"Epochs": true, "Batch": true, "Rate": true, "Decay": true, "Seed": true, task.Adamax: true, task.PerEpoch: true}
	for _, set := range recipes {
		r := recipe
		set(&r)
		is, was := reflect.ValueOf(r), reflect.ValueOf(recipe)
		for i := range is.NumField() {
			if !is.Field(i).Equal(was.Field(i)) {
				tried[is.Type().Field(i).Name] = true
			}
		}
		for _, name := range []string{r.Optimizer, r.Schedule, r.Average} {
			tried[name] = true
		}
		for _, a := range augment.All {
			if a.Asked(&r) {
				tried[a.Name] = true
			}
		}
	}
	var all []string
	for _, f := range reflect.VisibleFields(reflect.TypeFor[task.Recipe]()) {
		all = append(all, f.Name)
	}
	for _, a := range augment.All {
		all = append(all, a.Name)
	}
	all = slices.Concat(all, slices.Collect(maps.Keys(rules)), slices.Collect(maps.Keys(schedules)), slices.Collect(maps.Keys(averages)))
	for _, name := range all {
		if !tried[name] {
			t.Errorf("%s has no case", name)
		}
	}
}

// colours is a data set of 32x32 pictures: each class has a colour.
type colours int

func (d colours) Len() int { return int(d) }
func (d colours) Picture(i int) ([]byte, int) {
	b := make([]byte, cifar10.Task.Pixels())
	class := i % 10
	for p := range b {
		b[p] = byte(20 + 90*(class/[]int{1, 3, 9}[p%3]%3) + (p*7+i)%20)
	}
	return b, class
}

// colourful returns a network for them.
func colourful(t testing.TB, seed uint64) *model.Network {
	t.Helper()
	m, err := model.New(cifar10.Task.Input, layer.AveragePooling2D{PoolSize: [2]int{8, 8}}, layer.Conv2D{Filters: 8, KernelSize: [2]int{3, 3}, Padding: layer.Same, Activation: "relu"},
		layer.Dropout{Rate: 0.1}, layer.Flatten{}, layer.Dense{Units: 10}, layer.Activation{Function: "softmax"})
	if err != nil {
		t.Fatal(err)
	}
	m.Task = cifar10.Task
	if err := m.Init(seed); err != nil {
		t.Fatal(err)
	}
	return m
}

// reopened returns a run that was written to a file, read and taken up again.
func reopened(t *testing.T, r *Run) *Run {
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
	resumed, err := Resume(f, r.data)
	if err != nil {
		t.Fatal(err)
	}
	return resumed
}

func TestBadRecipes(t *testing.T) {
	for want, set := range map[string]func(*task.Recipe){
		"there are adam, adamax, adamw, muon, rmsprop, sgd": func(r *task.Recipe) { r.Optimizer = "lion" },
		"zoom":                func(r *task.Recipe) { r.Zoom = 1 },
		"jitter":              func(r *task.Recipe) { r.Jitter = math.NaN() },
		"a random conv":       func(r *task.Recipe) { r.RandConv = 1.5 },
		"drawings of a share": func(r *task.Recipe) { r.Sketch = 1.1 },
		"doodles as a share":  func(r *task.Recipe) { r.Doodles = -0.1 },
		"mixup":               func(r *task.Recipe) { r.Mixup = -1 },
		"clipped at -1":       func(r *task.Recipe) { r.ClipValue = -1 },
		"want one of them":    func(r *task.Recipe) { r.ClipNorm, r.ClipValue = 1, 1 },
		"there are ema, lookahead, lookahead-late": func(r *task.Recipe) { r.Average = "swa" },
		"of the weights' average":                  func(r *task.Recipe) { r.Average, r.AverageMomentum = task.EMA, 1 },
		"batch":                                    func(r *task.Recipe) { r.Batch = 100 },
		"rate":                                     func(r *task.Recipe) { r.Rate = math.NaN() },
		"L2":                                       func(r *task.Recipe) { r.L2 = -1 },
		"shifts":                                   func(r *task.Recipe) { r.Shift = 20 },
		"cutout":                                   func(r *task.Recipe) { r.Cutout = -1 },
		"momentum":                                 func(r *task.Recipe) { r.Momentum = 1 },
		"decay 60":                                 func(r *task.Recipe) { r.WeightDecay = 60 },
		"smoothed":                                 func(r *task.Recipe) { r.Smoothing = 1 },
		"warm-up":                                  func(r *task.Recipe) { r.WarmUp = math.Inf(1) },
		"there are constant, cosine, exponential, linear, one-cycle, steps, triangular": func(r *task.Recipe) { r.Schedule = "square" },
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

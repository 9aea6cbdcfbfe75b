package train

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"tenfold/nn/graph"
	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// normed returns a residual network with batch normalisation, and dropout.
func normed(t testing.TB, seed uint64) *model.Network { return normedOver(t, seed) }

// normedOver is normed behind other layers.
func normedOver(t testing.TB, seed uint64, first ...layer.Layer) *model.Network {
	t.Helper()
	conv := layer.Conv2D{Filters: 6, KernelSize: [2]int{3, 3}, Padding: layer.Same, NoBias: true, KernelInitializer: layer.HeNormal}
	f := model.NewFunctional(task.Shape{4, 4, 1})
	x := model.Input
	for _, l := range first {
		x = f.Add(l, x)
	}
	x = f.Add(conv, x)
	x = f.Add(layer.ReLU{}, f.Add(layer.BatchNormalization{Momentum: 0.8}, x))
	y := f.Add(layer.BatchNormalization{Momentum: 0.9, NoScale: true}, f.Add(conv, x))
	x = f.Add(layer.ReLU{}, f.Add(layer.Add{}, x, y))
	x = f.Add(layer.Dropout{Rate: 0.1}, f.Add(layer.GlobalAveragePooling2D{}, x))
	f.Add(layer.Dense{Units: 3, Activation: "softmax"}, x)
	m, err := f.Network()
	if err != nil {
		t.Fatal(err)
	}
	m.Classes = []string{"rows", "columns", "plain"}
	if err := m.Init(seed); err != nil {
		t.Fatal(err)
	}
	return m
}

// moving returns the moving statistics of a model.
func moving(m *model.Network) (all []float32) {
	for _, w := range m.Weights() {
		if w.NonTrainable {
			all = append(all, w.Data...)
		}
	}
	return all
}

func normedRun(t *testing.T, recipe task.Recipe, pictures int, helpers int) *Run {
	t.Helper()
	r, err := NewRun(normed(t, 5), recipe, stripes(pictures))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	for range helpers {
		h := helper(t, normed, recipe, never, "")
		h.busy = func(float64) float64 { return 0 }
		r.Helpers = append(r.Helpers, h)
	}
	return r
}

// TestNormedLearns trains a residual network, measures it with its moving statistics, and
// resumes it from each step of an epoch.
func TestNormedLearns(t *testing.T) {
	recipe := recipe
	recipe.Epochs = 6
	whole := normedRun(t, recipe, 45, 0)
	if err := Fit(t.Context(), whole, stripes(30)); err != nil {
		t.Fatal(err)
	}
	if last := whole.History[5]; last.Val.Accuracy < 0.9 || last.Train.Accuracy < 0.9 {
		t.Errorf("%+v", last)
	}
	for stop := range 6 {
		r := normedRun(t, recipe, 45, 0)
		for range stop {
			if err := r.Step(); err != nil {
				t.Fatal(err)
			}
		}
		resumed := reopened(t, r)
		defer resumed.Close()
		if err := Fit(t.Context(), resumed, stripes(30)); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(weights(resumed.Model), weights(whole.Model)) {
			t.Errorf("resumed after %d steps, the run came to other weights", stop)
		}
	}
}

// statistics are each batch normalisation's means and variances over a batch, worked out one
// after another with the network's weights; what lies between is computed by the layers.
func statistics(t *testing.T, m *model.Network, x []float32) (all []float64) {
	t.Helper()
	outs := map[int][]float32{model.Input: x}
	n := len(x) / m.Input.Size()
	for i, node := range m.Nodes() {
		var in [][]float32
		for _, k := range node.In {
			in = append(in, outs[k])
		}
		var w [][]float32
		for _, v := range node.Weights {
			w = append(w, v.Data)
		}
		y := make([]float32, n*node.Out.Size())
		outs[i] = y
		norm, ok := node.Layer.(layer.BatchNormalization)
		if !ok {
			node.Layer.Op(n, m.LayerInputs(i)...).Forward(layer.Pass{}, y, in, w)
			continue
		}
		epsilon := norm.Epsilon
		if epsilon == 0 {
			epsilon = 1e-3 // Keras' default
		}
		channels := node.Out[len(node.Out)-1]
		means, variances := make([]float64, channels), make([]float64, channels)
		pixels := float64(len(y) / channels)
		for k, v := range in[0] {
			means[k%channels] += float64(v) / pixels
		}
		for k, v := range in[0] {
			d := float64(v) - means[k%channels]
			variances[k%channels] += d * d / pixels
		}
		all = slices.Concat(all, means, variances)
		for k, v := range in[0] {
			c := k % channels
			scaled := (float64(v) - means[c]) / math.Sqrt(variances[c]+epsilon)
			beta := w[0]
			if !norm.NoScale {
				scaled, beta = scaled*float64(w[0][c]), w[1]
			}
			y[k] = float32(scaled + float64(beta[c]))
		}
	}
	return all
}

// TestMovingStatistics follows them over two steps by Keras' formula, from its own means and
// variances, with dropout and without, which must not put batch normalisation into inference.
func TestMovingStatistics(t *testing.T) {
	for _, without := range []bool{false, true} {
		recipe := recipe
		recipe.NoDropout = without
		r, err := NewRun(normedOver(t, 5, layer.BatchNormalization{}), recipe, stripes(45))
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		order := rand.New(rand.NewPCG(recipe.Seed, 1)).Perm(45)
		was := moving(r.Model)
		if was[0] != 0 || was[1] != 1 || was[2] != 0 || was[8] != 1 {
			t.Fatalf("they begin as %v", was)
		}
		for step := range 2 {
			var x []float32
			for _, i := range order[step*recipe.Batch:][:recipe.Batch] {
				pixels, _ := stripes(45).Picture(i)
				for _, b := range pixels {
					x = append(x, float32(float64(b)/255-0.5))
				}
			}
			seen := statistics(t, r.Model, x)
			if err := r.Step(); err != nil {
				t.Fatal(err)
			}
			is := moving(r.Model)
			if len(is) != len(seen) {
				t.Fatalf("%d numbers, want %d", len(is), len(seen))
			}
			for i, v := range is {
				momentum := 0.99 // Keras' default, of the pixels' mean and variance
				switch {
				case i >= 14:
					momentum = 0.9
				case i >= 2:
					momentum = 0.8
				}
				want := momentum*float64(was[i]) + (1-momentum)*seen[i]
				if math.Abs(float64(v)-want) > 1e-6*(1+math.Abs(want)) || v == was[i] {
					t.Errorf("without dropout %v, step %d: number %d is %g, want %g", without, step+1, i, v, want)
				}
			}
			was = is
		}
		if !slices.Equal(order, r.order) {
			t.Error("the pictures came in another order")
		}
	}
}

// once returns the gradients of a batch, and what was seen.
func once(t *testing.T, r *Run, order []int) (Outcome, [][]float32) {
	t.Helper()
	o, weights, err := r.gradients(&batch{Augmenter: r.augment, Order: order})
	if err != nil {
		t.Fatal(err)
	}
	var all [][]float32
	for _, w := range weights {
		v, err := w.Grad()
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, slices.Clone(graph.Floats(v)))
	}
	for _, s := range r.seen {
		all = append(all, slices.Clone(s))
	}
	return o, all
}

func compareAll(t *testing.T, what string, got, want [][]float32) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d tensors, want %d", what, len(got), len(want))
	}
	for i := range want {
		for k, v := range want[i] {
			if math.Abs(float64(got[i][k]-v)) > 1e-5*(1+math.Abs(float64(v))) {
				t.Fatalf("%s: tensor %d, number %d: %g, want %g", what, i, k, got[i][k], v)
			}
		}
	}
}

// TestATeamNormalisesShares checks that each worker normalises its own share, and that the
// moving statistics follow the mean over the workers, by their pictures.
func TestATeamNormalisesShares(t *testing.T) {
	recipe := recipe
	recipe.NoDropout = true
	// Two equal halves have equal statistics: then a team of two is as one.
	halves := []int{3, 1, 4, 5, 3, 1, 4, 5}
	one, want := once(t, normedRun(t, recipe, 8, 0), halves)
	two, got := once(t, normedRun(t, recipe, 8, 1), halves)
	if math.Abs(one.Loss-two.Loss) > 1e-6 || one.Right != two.Right {
		t.Errorf("%+v, want %+v", two, one)
	}
	compareAll(t, "equal halves", got, want)

	// Otherwise the mean of each worker's statistics on its share.
	order := []int{0, 1, 2, 3, 4, 5, 6, 7}
	_, got = once(t, normedRun(t, recipe, 8, 1), order)
	_, first := once(t, normedRun(t, recipe, 8, 0), order[:4])
	_, second := once(t, normedRun(t, recipe, 8, 0), order[4:])
	for i := range first {
		for k, v := range second[i] {
			first[i][k] = (first[i][k] + v) / 2
		}
	}
	compareAll(t, "two shares", got, first)

	// What is not learned works as in inference, for which shares do not matter.
	recipe.DenseOnly = true
	alone, team := normedRun(t, recipe, 8, 0), normedRun(t, recipe, 8, 2)
	_, want = once(t, alone, order)
	_, got = once(t, team, order)
	compareAll(t, "dense only", got, want)
	before := moving(alone.Model)
	if err := alone.Step(); err != nil || !slices.Equal(before, moving(alone.Model)) || len(alone.seen) > 0 {
		t.Errorf("batch normalisation that is not learned has moved (%v)", err)
	}
}

// TestANormedTeam trains with helpers that are lost at each moment: a step that fails moves
// nothing, and one that is made again sees the same.
func TestANormedTeam(t *testing.T) {
	recipe := recipe
	run := func(when string) []float32 {
		r := normedRun(t, recipe, 41, 0)
		for i := range 2 {
			at := never
			if i == 1 {
				at = 7
			}
			h := helper(t, normed, recipe, at, when)
			h.busy = func(float64) float64 { return 0 }
			r.Helpers = append(r.Helpers, h)
		}
		for range 2 {
			for !r.EpochDone() {
				before := moving(r.Model)
				if err := r.Step(); err != nil {
					if !slices.Equal(before, moving(r.Model)) {
						t.Errorf("lost at %s: the moving statistics moved", when)
					}
					r.Helpers[1] = helper(t, normed, recipe, never, "")
					r.Helpers[1].(*failing).busy = func(float64) float64 { return 0 }
				}
			}
			r.EndEpoch(r.Progress().Metrics)
		}
		return weights(r.Model)
	}
	want := run("never")
	for _, when := range moments {
		if got := run(when); !slices.Equal(got, want) {
			t.Errorf("lost at %s, the run came to other weights", when)
		}
	}
}

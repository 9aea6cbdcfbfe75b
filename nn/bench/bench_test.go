package bench

import (
	"maps"
	"math"
	"slices"
	"testing"

	"tenfold/nn/checkpoint"
	"tenfold/nn/cifar10"
	"tenfold/nn/model"
)

// TestTrainingChangesNoAnswer trains between two answers: what is measured is the model
// that was given.
func TestTrainingChangesNoAnswer(t *testing.T) {
	b := start(t, model.Tutorial(), 32)
	before := b.Ask(Request{Do: "probs", Batch: 2})
	if a := b.Ask(Request{Do: "train", Batch: 32, Times: 1}); a.Error != "" {
		t.Fatal(a.Error)
	}
	after := b.Ask(Request{Do: "probs", Batch: 2})
	if before.Error != "" || len(before.Probs) != 20 || !slices.Equal(before.Probs, after.Probs) {
		t.Errorf("%v became %v (%s)", before.Probs, after.Probs, before.Error)
	}
}

// TestBatches trains on batches that it was not started for.
func TestBatches(t *testing.T) {
	b := start(t, model.Tutorial(), 1)
	for _, do := range []string{"train", "heap"} {
		for _, batch := range []int{0, 33} {
			if a := b.Ask(Request{Do: do, Batch: batch, Times: 1}); a.Error == "" {
				t.Errorf("%s on batches of %d: %q", do, batch, a.Error)
			}
		}
	}
}

// start starts a bench for a network, with the given number of pictures, that
// trains on batches of 32.
func start(t *testing.T, m *model.Network, pictures int) *Bench {
	t.Helper()
	if err := m.Init(1); err != nil {
		t.Fatal(err)
	}
	f, err := m.File()
	if err != nil {
		t.Fatal(err)
	}
	file, err := f.Encode(checkpoint.F16)
	if err != nil {
		t.Fatal(err)
	}
	x := make([]float32, pictures*cifar10.Task.Pixels())
	for i := range x {
		x[i] = float32(math.Sin(float64(i))) / 2
	}
	b, err := New(file, x, nil, 32)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestGradients checks for a norm for each weight that learns, and computes
// the one of the tutorial's last bias, whose gradient is the mean of
// probabilities less labels, times the slope of the rectifier between.
func TestGradients(t *testing.T) {
	const batch = 4
	for _, m := range []*model.Network{model.Tutorial(), model.Tenfold()} {
		b := start(t, m, batch)
		a := b.Ask(Request{Do: "gradients", Batch: batch})
		if a.Error != "" {
			t.Fatal(a.Error)
		}
		if again := b.Ask(Request{Do: "gradients", Batch: batch}); !maps.Equal(a.Gradients, again.Gradients) {
			t.Errorf("%s: gradients are first %v, then %v: something is drawn", m.Name, a.Gradients, again.Gradients)
		}
		learned := 0
		for _, w := range b.model.Weights() {
			if norm, ok := a.Gradients[w.Path]; ok == w.NonTrainable || ok && !(norm > 0) {
				t.Errorf("%s: the gradient of %s is %v", m.Name, w.Path, norm)
			} else if ok {
				learned++
			}
		}
		if learned != len(a.Gradients) || learned == 0 {
			t.Errorf("%s: %d gradients of %d weights that learn", m.Name, len(a.Gradients), learned)
		}
	}
	b := start(t, model.Tutorial(), batch)
	got := b.Ask(Request{Do: "gradients", Batch: batch}).Gradients["dense_1/bias"]
	logits, probs := b.predictor(batch).Predict(b.pictures)
	want := make([]float64, 10)
	for i, p := range probs {
		picture, class := i/10, i%10
		d := float64(p)
		if picture%10 == class {
			d--
		}
		if logits[i] < 0 {
			d *= 0.1
		}
		want[class] += d / batch
	}
	sum := 0.0
	for _, d := range want {
		sum += d * d
	}
	if !(math.Abs(got/math.Sqrt(sum)-1) < 1e-4) {
		t.Errorf("the gradient of the last bias is %g long, want %g", got, math.Sqrt(sum))
	}
}

// TestLayers looks for every product's speed forward and, except for the first,
// back.
func TestLayers(t *testing.T) {
	b := start(t, model.Tenfold(), 2)
	a := b.Ask(Request{Do: "layers", Batch: 2, Times: 1})
	if a.Error != "" {
		t.Fatal(a.Error)
	}
	channels := map[string][2]int{}
	for _, l := range a.Layers {
		if l.In > 0 {
			channels[l.Name] = [2]int{l.In, l.Out}
			if !(l.GFlops > 0) || (l.BackGFlops > 0) == (l.Name == "conv2d") {
				t.Errorf("%+v", l)
			}
		}
	}
	if channels["conv2d_3"] != [2]int{64, 160} || len(channels) != 8 {
		t.Errorf("products of %v channels", channels)
	}
}

package bench

import (
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
	m := model.Tutorial()
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
	pictures := make([]float32, 32*cifar10.Task.Pixels())
	for i := range pictures {
		pictures[i] = float32(math.Sin(float64(i))) / 2
	}
	b, err := New(file, pictures, nil)
	if err != nil {
		t.Fatal(err)
	}
	before := b.Ask(Request{Do: "probs", Batch: 2})
	if a := b.Ask(Request{Do: "train", Batch: 32, Times: 1}); a.Error != "" {
		t.Fatal(a.Error)
	}
	after := b.Ask(Request{Do: "probs", Batch: 2})
	if before.Error != "" || len(before.Probs) != 20 || !slices.Equal(before.Probs, after.Probs) {
		t.Errorf("%v became %v (%s)", before.Probs, after.Probs, before.Error)
	}
}

package train

import (
	"testing"

	"tenfold/nn/model"
	"tenfold/nn/task"
)

// BenchmarkStep times a training step of the tutorial's network, batch 32.
func BenchmarkStep(b *testing.B) {
	m := model.Tutorial()
	if err := m.Init(1); err != nil {
		b.Fatal(err)
	}
	r, err := NewRun(m, task.TutorialRecipe, noise(64))
	if err != nil {
		b.Fatal(err)
	}
	defer r.Close()
	b.ReportAllocs()
	for b.Loop() {
		if r.EpochDone() {
			r.EndEpoch(task.Metrics{})
		}
		if err := r.Step(); err != nil {
			b.Fatal(err)
		}
	}
}

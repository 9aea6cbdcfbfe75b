package train_test

import (
	"testing"

	"tenfold/nn/model"
	"tenfold/nn/task"
	"tenfold/nn/train"
)

// BenchmarkStep times a step of training of each network that has a name.
func BenchmarkStep(b *testing.B) {
	for _, n := range model.Networks {
		b.Run("network="+n.Name, func(b *testing.B) {
			m := n.New()
			if err := m.Init(1); err != nil {
				b.Fatal(err)
			}
			recipe := task.TutorialRecipe
			recipe.Batch, recipe.Epochs = 128, 1<<30
			run, err := train.NewRun(m, recipe, noise(4*recipe.Batch))
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				if run.EpochDone() {
					run.EndEpoch(task.Metrics{})
				}
				if err := run.Step(); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.N*recipe.Batch)/b.Elapsed().Seconds(), "pictures/s")
		})
	}
}

// noise is a made-up data set.
type noise int

// Len implements evaluate.Data.
func (n noise) Len() int { return int(n) }

// Picture implements evaluate.Data.
func (n noise) Picture(i int) ([]byte, int) {
	p := make([]byte, 3072)
	for j := range p {
		p[j] = byte((i + 1) * (j + 7) * 2654435761 >> 24)
	}
	return p, i % 10
}

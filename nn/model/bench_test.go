package model

import (
	"fmt"
	"testing"
)

// BenchmarkPredict times the tutorial's network on a batch.
func BenchmarkPredict(b *testing.B) {
	m := Tutorial()
	if err := m.Init(1); err != nil {
		b.Fatal(err)
	}
	for _, n := range []int{1, 32} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			p, x := m.Predictor(n), noise(n*m.Input.Size(), 1)
			for b.Loop() {
				p.Predict(x)
			}
		})
	}
}

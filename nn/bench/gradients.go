package bench

import (
	"fmt"
	"math"

	"tenfold/nn/graph"
)

// gradients computes the norm of the gradient of the mean cross-entropy with
// respect to each tensor of weights, on a batch whose i-th picture is of class
// i%10, without dropout and penalties: what the peers that train must agree on.
func (b *Bench) gradients(r Request, a *Answer) error {
	if r.Batch < 1 {
		return fmt.Errorf("bench: gradients on a batch of %d: want at least 1", r.Batch)
	}
	g, err := graph.New(b.model, r.Batch, graph.Options{NoPenalty: true})
	if err != nil {
		return err
	}
	defer g.Close()
	g.Pass.Dropout = false
	x, labels := g.Batch(r.Batch, r.Batch)
	copy(x, b.pictures)
	clear(labels)
	classes := len(labels) / r.Batch
	for i := range r.Batch {
		labels[i*classes+i%10] = 1
	}
	if _, _, err := g.Step(); err != nil {
		return err
	}
	a.Gradients = map[string]float64{}
	for _, w := range g.Weights() {
		v, err := w.Grad()
		if err != nil {
			return err
		}
		sum := 0.0
		for _, d := range graph.Floats(v) {
			sum += float64(d) * float64(d)
		}
		a.Gradients[w.Path] = math.Sqrt(sum)
	}
	return nil
}

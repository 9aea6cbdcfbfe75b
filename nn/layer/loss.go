package layer

import "tenfold/nn/kernel"

// CrossEntropy is Keras' categorical cross-entropy from logits, averaged over a
// batch: y[0] = Σ(-Σ label * log(softmax(x))) / Of.
//
// x[0]: [n,classes] are the logits; w[0]: [n,classes] holds the labels one-hot. The
// logits are used, not their softmax, so that no probability is rounded to 0
// before its logarithm is taken.
type CrossEntropy struct {
	Classes int
	Of      int // pictures of the batch; more than n if these are a share of it
}

// Forward implements Op.
func (c CrossEntropy) Forward(_ Pass, y []float32, x, w [][]float32) {
	var sum float64
	for i := 0; i < len(x[0]); i += c.Classes {
		row := x[0][i : i+c.Classes]
		norm := kernel.LogSumExp(row)
		for j, label := range w[0][i : i+c.Classes] {
			if label != 0 {
				sum += float64(label) * (norm - float64(row[j]))
			}
		}
	}
	y[0] = float32(sum / float64(c.Of))
}

// Grad implements Op for the logits alone: (softmax(x)*Σlabel - label) * dy / Of.
func (c CrossEntropy) Grad(_ int, g, dy []float32, x [][]float32, _ []float32, w [][]float32) {
	kernel.Softmax(g, x[0], c.Classes)
	scale := dy[0] / float32(c.Of)
	for i := 0; i < len(g); i += c.Classes {
		labels := w[0][i : i+c.Classes]
		var mass float32
		for _, l := range labels {
			mass += l
		}
		for j, l := range labels {
			g[i+j] = (g[i+j]*mass - l) * scale
		}
	}
}

// Penalty adds L2 penalties to a loss: y[0] = x[0] + Σ L2[i] * Σ w[i]².
// x[0]: [1] is the loss.
type Penalty struct{ L2 []float64 }

// Forward implements Op.
func (p Penalty) Forward(_ Pass, y []float32, x, w [][]float32) {
	total := float64(x[0][0])
	for i, l2 := range p.L2 {
		var squares float64
		for _, v := range w[i] {
			squares += float64(v) * float64(v)
		}
		total += l2 * squares
	}
	y[0] = float32(total)
}

// Grad implements Op.
func (p Penalty) Grad(i int, g, dy []float32, _ [][]float32, _ []float32, w [][]float32) {
	if i == 0 {
		g[0] = dy[0]
		return
	}
	scale := float32(2*p.L2[i-1]) * dy[0]
	for j, v := range w[i-1] {
		g[j] = scale * v
	}
}

package model

import (
	"tenfold/nn/kernel"
	"tenfold/nn/layer"
)

// Predictor runs a model forward, without dropout. It reads the model's weights
// at each run, so it sees them change, and is not safe for concurrent use.
type Predictor struct {
	batch  int
	in     int
	steps  []Step
	out    [][]float32   // what each step puts out
	inputs [][][]float32 // the weights of each step
}

// Predictor returns a predictor that takes batch pictures at once.
func (m *Sequential) Predictor(batch int) *Predictor {
	p := &Predictor{batch: batch, in: m.input.Size(), steps: m.Steps(batch)}
	for _, s := range p.steps {
		p.out = append(p.out, make([]float32, batch*s.Out.Size()))
		var w [][]float32
		for _, t := range s.Weights {
			w = append(w, t.Data)
		}
		p.inputs = append(p.inputs, w)
	}
	return p
}

// Predict returns the logits and the probabilities, [n,classes] each, of the
// pictures x: [n,h,w,c], normalised. They are the same where the model does not
// end in a softmax. The slices are the caller's.
func (p *Predictor) Predict(x []float32) (logits, probs []float32) {
	for len(x) > 0 {
		n := min(p.batch*p.in, len(x))
		l, y := p.run(x[:n])
		logits, probs = append(logits, l...), append(probs, y...)
		x = x[n:]
	}
	return logits, probs
}

// run runs one batch; what it returns is overwritten by the next.
func (p *Predictor) run(x []float32) (logits, probs []float32) {
	n := len(x) / p.in
	for i, s := range p.steps {
		y := p.out[i][:n*s.Out.Size()]
		s.Op.Forward(layer.Pass{Layer: i}, y, x, p.inputs[i])
		if s.Softmax {
			return x, y
		}
		x = y
	}
	return x, x
}

// Loss returns the mean categorical cross-entropy of logits: [n,classes] against
// labels, in nats.
func Loss(logits []float32, labels []int) float64 {
	classes := len(logits) / max(len(labels), 1)
	var sum float64
	for i, l := range labels {
		row := logits[i*classes : (i+1)*classes]
		sum += kernel.LogSumExp(row) - float64(row[l])
	}
	return sum / float64(max(len(labels), 1))
}

// Top returns the index of the largest of probs, the first of equals.
func Top(probs []float32) int {
	top := 0
	for i, p := range probs {
		if p > probs[top] {
			top = i
		}
	}
	return top
}

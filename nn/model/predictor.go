package model

import (
	"slices"

	"tenfold/nn/kernel"
)

// Predictor runs a model forward, without dropout. It reads the model's weights
// at each run, so it sees them change, and is not safe for concurrent use.
//
// Each picture goes through the layers that keep it a picture on its own, so that it
// stays in the cache and cores need not wait for each other; what follows, the dense
// layers, takes all pictures at once. What a layer puts out is kept until its last reader
// is done.
type Predictor struct {
	batch, in int
	each      []stage // one a worker, for one picture
	all       stage   // for all pictures
	mid       []float32
	probs     []float32 // if the last step's output is logits
	run       struct{ x, y []float32 }
	pictures  *kernel.Loop
}

// Predictor returns a predictor that takes batch pictures at once.
func (m *Network) Predictor(batch int) *Predictor {
	p := &Predictor{batch: batch, in: m.Input.Size()}
	steps := Fuse(m.Steps(batch), false)
	cut := narrow(steps)
	for range kernel.Workers() {
		p.each = append(p.each, newStage(Fuse(m.Steps(1), false)[:cut], 0, 1, p.in))
	}
	p.all = newStage(steps[cut:], cut, batch, p.each[0].size)
	p.mid = make([]float32, batch*p.each[0].size)
	p.pictures = kernel.NewLoop(func(worker, i int) {
		s := &p.each[worker]
		y, _ := s.forward(p.run.x[i*p.in:(i+1)*p.in], 1)
		copy(p.run.y[i*s.size:], y)
	})
	return p
}

// narrow returns the first step behind all whose outputs are pictures; from there on nothing is
// read of what lies before except the output of the step before.
func narrow(steps []Step) int {
	cut := 0
	for i, s := range steps {
		if len(s.Out) > 1 && !s.Softmax {
			cut = i + 1
		}
	}
	for i := len(steps) - 1; i >= cut && i >= 0; i-- {
		if slices.ContainsFunc(steps[i].In, func(in int) bool { return in < cut-1 }) {
			cut++
			i = len(steps)
		}
	}
	return min(cut, len(steps))
}

// Predict returns the logits and the probabilities, [n,classes] each, of the
// pictures x: [n,h,w,c], normalised. The output of a model without a softmax at its end
// is logits. The slices are the caller's.
func (p *Predictor) Predict(x []float32) (logits, probs []float32) {
	for len(x) > 0 {
		n := min(p.batch*p.in, len(x))
		l, y := p.forward(x[:n])
		logits, probs = append(logits, l...), append(probs, y...)
		x = x[n:]
	}
	return logits, probs
}

// forward runs one batch; what it returns is overwritten by the next.
func (p *Predictor) forward(x []float32) (logits, probs []float32) {
	n := len(x) / p.in
	p.run.x, p.run.y = x, p.mid
	p.pictures.Run(n)
	probs, logits = p.all.forward(p.mid[:n*p.each[0].size], n)
	if k := len(p.all.steps); k == 0 || !p.all.steps[k-1].Softmax {
		logits = probs
		p.probs = append(p.probs[:0], logits...)
		probs = p.probs
		kernel.Softmax(probs, logits, len(logits)/n)
	}
	return logits, probs
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

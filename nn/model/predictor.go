package model

import (
	"tenfold/nn/kernel"
	"tenfold/nn/layer"
)

// Predictor runs a model forward, without dropout. It reads the model's weights
// at each run, so it sees them change, and is not safe for concurrent use.
//
// Each picture goes through the layers that keep it a picture on its own, so that it
// stays in the cache and cores need not wait for each other; what follows, the dense
// layers, takes all pictures at once.
type Predictor struct {
	batch, in int
	each      []stage // one a worker, for one picture
	all       stage   // for all pictures
	mid       []float32
	probs     []float32 // where the last step puts out logits
	run       struct{ x, y []float32 }
	pictures  *kernel.Loop
}

// stage is a row of steps, each of which reads one of two buffers and writes the
// other.
type stage struct {
	first   int // number of the first step in the network
	steps   []Step
	weights [][][]float32
	buffers [2][]float32
	size    int // of what comes out, a picture
}

// Predictor returns a predictor that takes batch pictures at once.
func (m *Sequential) Predictor(batch int) *Predictor {
	p := &Predictor{batch: batch, in: m.Input.Size()}
	steps := fused(m.Steps(batch))
	cut := 0
	for cut < len(steps) && len(steps[cut].Out) > 1 && !steps[cut].Softmax {
		cut++
	}
	p.all = newStage(steps[cut:], cut, batch, p.in)
	for range kernel.Workers() {
		own := fused(m.Steps(1))[:cut]
		p.each = append(p.each, newStage(own, 0, 1, p.in))
	}
	p.mid = make([]float32, batch*p.each[0].size)
	p.pictures = kernel.NewLoop(func(worker, i int) {
		s := &p.each[worker]
		y, _ := s.forward(p.run.x[i*p.in:(i+1)*p.in], 1)
		copy(p.run.y[i*s.size:], y)
	})
	return p
}

// fused joins steps with those that they can do in passing.
func fused(steps []Step) []Step {
	var joined []Step
	for _, s := range steps {
		if n := len(joined); n > 0 && !s.Softmax && layer.Absorbs(joined[n-1].Op, s.Op) {
			continue
		}
		joined = append(joined, s)
	}
	return joined
}

func newStage(steps []Step, first, batch, in int) stage {
	s := stage{first: first, steps: steps, size: in}
	largest := 0
	for _, step := range steps {
		s.size = step.Out.Size()
		largest = max(largest, s.size)
		var w [][]float32
		for _, t := range step.Weights {
			w = append(w, t.Data)
		}
		s.weights = append(s.weights, w)
	}
	s.buffers = [2][]float32{make([]float32, batch*largest), make([]float32, batch*largest)}
	return s
}

// forward runs the steps for n pictures and returns what the last one puts out, and
// what it took in. The next run overwrites both.
func (s *stage) forward(x []float32, n int) (y, before []float32) {
	before = x
	for i, step := range s.steps {
		y := s.buffers[i%2][:n*step.Out.Size()]
		step.Op.Forward(layer.Pass{Layer: s.first + i}, y, x, s.weights[i])
		x, before = y, x
	}
	return x, before
}

// Predict returns the logits and the probabilities, [n,classes] each, of the
// pictures x: [n,h,w,c], normalised. What a model without a softmax at
// its end puts out are logits. The slices are the caller's.
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

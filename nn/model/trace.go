package model

import (
	"slices"
	"time"

	"tenfold/nn/kernel"
	"tenfold/nn/layer"
	"tenfold/nn/task"
)

// Trace runs a model forward without dropout, keeps every step's output, and goes back
// through them. It reads the model's weights at each run, and is not safe for
// concurrent use.
type Trace struct {
	Steps  []Step
	Y      [][]float32 // each step's output, [n,...]
	Micros []float64   // how long each took in the last Forward, µs

	model   *Network
	x       []float32
	n       int
	in      [][][]float32 // what each step has taken in
	buffers [][]float32   // Y's memory
	grads   [][]float32   // of each step's output; the last of the pictures
	part    []float32     // of one of those that take it in
	weights [][][]float32
}

// Trace returns a trace of at most batch pictures.
func (m *Network) Trace(batch int) *Trace {
	t := &Trace{Steps: m.Steps(batch), model: m}
	for _, s := range t.Steps {
		t.buffers = append(t.buffers, make([]float32, batch*s.Out.Size()))
		t.in = append(t.in, make([][]float32, len(s.In)))
		t.weights = append(t.weights, data(s.Weights))
	}
	t.grads = make([][]float32, len(t.Steps)+1)
	t.Y, t.Micros = make([][]float32, len(t.Steps)), make([]float64, len(t.Steps))
	return t
}

// Layers describes the model.
func (t *Trace) Layers() []task.Layer { return t.model.Describe().Layers }

// Last returns the number of the last step of a layer: its output is the layer's.
func (t *Trace) Last(l int) int {
	for i := len(t.Steps) - 1; ; i-- {
		if t.Steps[i].Node == l {
			return i
		}
	}
}

// First returns the number of the first step of a layer: a convolution before its
// activation.
func (t *Trace) First(l int) int {
	for i := range t.Steps {
		if t.Steps[i].Node == l {
			return i
		}
	}
	panic("model: a layer without steps")
}

// Input returns what a step has taken in, the first of it.
func (t *Trace) Input(step int) []float32 { return t.in[step][0] }

// Inputs returns all that a step has taken in.
func (t *Trace) Inputs(step int) [][]float32 { return t.in[step] }

// Logits returns the number of the step whose output is the logits.
func (t *Trace) Logits() int {
	last := len(t.Steps) - 1
	if t.Steps[last].Softmax {
		return last - 1
	}
	return last
}

// Forward runs the pictures x: [n,h,w,c], normalised, which are kept until the next.
func (t *Trace) Forward(x []float32) {
	t.x, t.n = x, len(x)/t.model.Input.Size()
	for i, s := range t.Steps {
		start := time.Now()
		for k, in := range s.In {
			t.in[i][k] = x
			if in != Input {
				t.in[i][k] = t.Y[in]
			}
		}
		t.Y[i] = t.buffers[i][:t.n*s.Out.Size()]
		s.Op.Forward(layer.Pass{Layer: s.Number}, t.Y[i], t.in[i], t.weights[i])
		t.Micros[i] = float64(time.Since(start).Nanoseconds()) / 1e3
	}
}

// Back returns the gradient of the sum of seed times a step's output, with respect to the
// output of step to, or for to = Input to the pictures: the sum over all
// paths between them. It is overwritten by the next.
func (t *Trace) Back(step int, seed []float32, to int) []float32 {
	if step == to {
		return seed
	}
	reached := make([]bool, len(t.Steps)+1)
	for i := step; i > to; i-- {
		dy := t.grads[i]
		if i == step {
			dy = seed
		} else if !reached[i] {
			continue
		}
		for k, in := range t.Steps[i].In {
			if in < to {
				continue
			}
			at := in
			if in == Input {
				at = len(t.Steps)
			}
			g := t.gradient(at, reached[at], len(t.in[i][k]))
			t.Steps[i].Op.Grad(k, g, dy, t.in[i], t.Y[i], t.weights[i])
			if reached[at] {
				kernel.Add(t.grads[at], g)
			}
			reached[at] = true
		}
	}
	if to == Input {
		to = len(t.Steps)
	}
	if !reached[to] {
		clear(t.gradient(to, false, t.size(to)))
	}
	return t.grads[to]
}

// size returns how many elements a step, or for the last number the pictures, have.
func (t *Trace) size(at int) int {
	if at == len(t.Steps) {
		return len(t.x)
	}
	return len(t.Y[at])
}

// gradient is memory for a gradient of n elements: that of a step's output, or, if that
// is in use, for what is added to it.
func (t *Trace) gradient(at int, used bool, n int) []float32 {
	g := &t.grads[at]
	if used {
		g = &t.part
	}
	*g = slices.Grow((*g)[:0], n)[:n]
	return *g
}

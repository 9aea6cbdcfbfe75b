package model

import (
	"time"

	"tenfold/nn/layer"
	"tenfold/nn/task"
)

// Trace runs a model forward without dropout, keeps what every step puts out, and goes
// back through them. It reads the model's weights at each run, and is not safe for
// concurrent use.
type Trace struct {
	Steps  []Step
	Y      [][]float32 // what each step has put out, [n,...]
	Micros []float64   // how long each took in the last Forward, µs

	model   *Sequential
	x       []float32
	n       int
	buffers [][]float32 // Y's memory
	grads   [][]float32 // of what each step takes in
	weights [][][]float32
}

// Trace returns a trace of at most batch pictures.
func (m *Sequential) Trace(batch int) *Trace {
	t := &Trace{Steps: m.Steps(batch), model: m}
	in := m.Input.Size()
	for _, s := range t.Steps {
		t.buffers = append(t.buffers, make([]float32, batch*s.Out.Size()))
		t.grads = append(t.grads, make([]float32, batch*in))
		var w [][]float32
		for _, v := range s.Weights {
			w = append(w, v.Data)
		}
		t.weights = append(t.weights, w)
		in = s.Out.Size()
	}
	t.Y, t.Micros = make([][]float32, len(t.Steps)), make([]float64, len(t.Steps))
	return t
}

// Layers describes the model.
func (t *Trace) Layers() []task.Layer { return t.model.Describe().Layers }

// Last is the number of the last step of a layer: what it puts out is the layer's.
func (t *Trace) Last(l int) int {
	for i := len(t.Steps) - 1; ; i-- {
		if t.Steps[i].Name == t.model.layers[l].name {
			return i
		}
	}
}

// First is the number of the first step of a layer: a convolution before its
// activation.
func (t *Trace) First(l int) int {
	for i := range t.Steps {
		if t.Steps[i].Name == t.model.layers[l].name {
			return i
		}
	}
	panic("model: a layer without steps")
}

// Input is what a step has taken in.
func (t *Trace) Input(step int) []float32 {
	if step == 0 {
		return t.x
	}
	return t.Y[step-1]
}

// Logits is the number of the step that puts out the logits.
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
		t.Y[i] = t.buffers[i][:t.n*s.Out.Size()]
		s.Op.Forward(layer.Pass{Layer: i}, t.Y[i], t.Input(i), t.weights[i])
		t.Micros[i] = float64(time.Since(start).Nanoseconds()) / 1e3
	}
}

// Back returns the gradient of the sum of seed times what a step has put out, with
// respect to what step to has put out, or for to = -1 to the pictures. It is overwritten
// by the next.
func (t *Trace) Back(step int, seed []float32, to int) []float32 {
	dy := seed
	for i := step; i > to; i-- {
		g := t.grads[i][:len(t.Input(i))]
		t.Steps[i].Op.Grad(0, g, dy, t.Input(i), t.Y[i], t.weights[i])
		dy = g
	}
	return dy
}

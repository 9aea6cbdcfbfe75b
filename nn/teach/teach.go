// Package teach makes a model right on a few pictures without making it forget the rest. It
// changes the last dense layer alone, and among all changes chooses nearly the one that
// moves the layer's outputs least on ordinary pictures: the change's size is measured by the second
// moments M = E[f fᵀ] of the layer's input, f, with a 1 behind it for the bias. With
// dW = M⁻¹ Σ fᵢ αᵢᵀ, one row α for each picture, gradient descent on the pictures'
// cross-entropy is that of logistic regression with the kernel fᵢᵀ M⁻¹ fⱼ. The moments are
// a part of the model's file, so no other pictures are needed.
package teach

import (
	"context"
	"fmt"
	"math"

	"tenfold/nn/evaluate"
	"tenfold/nn/kernel"
	"tenfold/nn/layer"
	"tenfold/nn/model"
)

// margin is how probable the right class must be, and most the number of steps after which
// it gives up, fewer if there are many pictures: it bounds the products of the kernel.
const (
	margin   = 0.5
	most     = 4000
	products = 1 << 31
)

// Result is the result of teaching.
type Result struct {
	Pictures, Before, After int  // how many there are, were right, and are right now
	Careful                 bool // the model's moments were known
}

// Teach changes the last dense layer of m until all pictures are right, or it gives up.
func Teach(m *model.Network, pictures evaluate.Data) (Result, error) {
	h, err := newHead(m, pictures.Len())
	if err != nil {
		return Result{}, err
	}
	features, labels, err := h.read(pictures)
	if err != nil {
		return Result{}, err
	}
	r := Result{Pictures: len(labels), Careful: h.moments() != nil}
	probs := h.tail(h.logits)
	r.Before = right(probs, labels, h.classes)
	if !sure(probs, labels, h.classes) {
		h.learn(features, labels)
	}
	if _, _, err := h.read(pictures); err != nil { // with the weights as they are now
		return r, err
	}
	r.After = right(h.tail(h.logits), labels, h.classes)
	return r, nil
}

// head is a model from its last dense layer on.
type head struct {
	m           *model.Network
	trace       *model.Trace
	step        int // of the layer
	in, classes int
	bias        bool
	w           []*model.Weight
	logits      []float32 // the layer's output, [n,classes]
	acts        [][]float32
}

// chunk is how many pictures go through the model at once.
const chunk = 50

func newHead(m *model.Network, n int) (*head, error) {
	h := &head{m: m, trace: m.Trace(max(min(chunk, n), 1)), step: -1}
	for l := range m.Len() {
		if d, ok := m.Layer(l).(layer.Dense); ok {
			h.step, h.in, h.classes, h.bias = h.trace.First(l), m.LayerInput(l).Size(), d.Units, !d.NoBias
		}
	}
	if h.step < 0 || h.classes != m.Output().Size() {
		return nil, fmt.Errorf("teach: the model does not end in a dense layer with an output for each class")
	}
	for i, s := range h.trace.Steps[h.step+1:] {
		if len(s.Weights) > 0 {
			return nil, fmt.Errorf("teach: %s, behind the last dense layer, has weights", s.Name)
		}
		if len(s.In) != 1 || s.In[0] != h.step+i {
			return nil, fmt.Errorf("teach: %s, behind the last dense layer, has another input", s.Name)
		}
	}
	h.w = h.trace.Steps[h.step].Weights
	return h, nil
}

// size returns that of a picture's features.
func (h *head) size() int {
	if h.bias {
		return h.in + 1
	}
	return h.in
}

// read returns the features of pictures, [n,size], and their labels, and keeps what the
// layer makes of them.
func (h *head) read(pictures evaluate.Data) (features []float64, labels []int, err error) {
	size := h.m.Input.Size()
	x := make([]float32, chunk*size)
	h.logits = h.logits[:0]
	for from := 0; from < pictures.Len(); from += chunk {
		to := min(from+chunk, pictures.Len())
		l, err := evaluate.Batch(x, pictures, h.m, from, to)
		if err != nil {
			return nil, nil, err
		}
		h.trace.Forward(x[:(to-from)*size])
		labels = append(labels, l...)
		h.logits = append(h.logits, h.trace.Y[h.step]...)
		for i, v := range h.trace.Input(h.step) {
			features = append(features, float64(v))
			if h.bias && i%h.in == h.in-1 {
				features = append(features, 1)
			}
		}
	}
	return features, labels, nil
}

// tail returns the probabilities, [n,classes], of the layer's output.
func (h *head) tail(z []float32) []float32 {
	n := len(z) / h.classes
	if h.acts == nil || len(h.acts[0]) != len(z) {
		h.acts = nil
		for range h.trace.Logits() - h.step {
			h.acts = append(h.acts, make([]float32, len(z)))
		}
	}
	y := z
	k := 0
	for s := h.step + 1; s <= h.trace.Logits(); s++ {
		h.each(n, func(a, b int) {
			h.trace.Steps[s].Op.Forward(layer.Pass{}, h.acts[k][a:b], [][]float32{y[a:b]}, nil)
		})
		y = h.acts[k]
		k++
	}
	probs := make([]float32, len(z))
	kernel.Softmax(probs, y, h.classes)
	return probs
}

// gradient returns that of the log-probabilities of the labels with respect to the layer's output,
// z, of which tail has just made probs.
func (h *head) gradient(z, probs []float32, labels []int) []float32 {
	dy := make([]float32, len(z))
	for i, l := range labels {
		for c := range h.classes {
			dy[i*h.classes+c] = -probs[i*h.classes+c]
		}
		dy[i*h.classes+l]++
	}
	for s := h.trace.Logits(); s > h.step; s-- {
		x := z
		if k := s - h.step - 2; k >= 0 {
			x = h.acts[k]
		}
		g := make([]float32, len(z))
		h.each(len(labels), func(a, b int) {
			h.trace.Steps[s].Op.Grad(0, g[a:b], dy[a:b], [][]float32{x[a:b]}, h.acts[s-h.step-1][a:b], nil)
		})
		dy = g
	}
	return dy
}

// each calls f with the elements from a to b-1 of as many pictures as an operation takes.
func (h *head) each(n int, f func(a, b int)) {
	per := max(min(chunk, n), 1)
	for i := 0; i < n; i += per {
		f(i*h.classes, min(i+per, n)*h.classes)
	}
}

// moments returns the model's, if they fit.
func (h *head) moments() []float32 {
	if n := h.size(); len(h.m.Moments) == n*(n+1)/2 {
		return h.m.Moments
	}
	return nil
}

// learn changes the layer's weights.
func (h *head) learn(features []float64, labels []int) {
	n, size := len(labels), h.size()
	directions := solve(h.moments(), features, size) // M⁻¹ f of each picture
	gram := make([]float64, n*n)
	trace := 0.0
	for i := range n {
		for j := range n {
			gram[i*n+j] = dot(features[i*size:(i+1)*size], directions[j*size:(j+1)*size])
		}
		trace += gram[i*n+i]
	}
	alpha := make([]float64, n*h.classes)
	z := make([]float32, n*h.classes)
	// The curvature of the cross-entropy is half the trace at most.
	rate := 2 / trace
	for range min(most, products/(n*n*h.classes)+1) {
		for i := range n {
			for c := range h.classes {
				v := float64(h.logits[i*h.classes+c])
				for j := range n {
					v += gram[i*n+j] * alpha[j*h.classes+c]
				}
				z[i*h.classes+c] = float32(v)
			}
		}
		probs := h.tail(z)
		if sure(probs, labels, h.classes) {
			break
		}
		for i, g := range h.gradient(z, probs, labels) {
			if picture := i / h.classes; probs[picture*h.classes+labels[picture]] <= margin { // the others are right as they are
				alpha[i] += rate * float64(g)
			}
		}
	}
	kernel := h.w[0].Data
	for i := range n {
		d, a := directions[i*size:(i+1)*size], alpha[i*h.classes:(i+1)*h.classes]
		for k := range h.in {
			for c, v := range a {
				kernel[k*h.classes+c] += float32(d[k] * v)
			}
		}
		if h.bias {
			for c, v := range a {
				h.w[1].Data[c] += float32(d[h.in] * v)
			}
		}
	}
}

// right counts the pictures whose label is the most probable class.
func right(probs []float32, labels []int, classes int) (n int) {
	for i, l := range labels {
		if model.Top(probs[i*classes:(i+1)*classes]) == l {
			n++
		}
	}
	return n
}

// sure reports whether all labels are more probable than margin.
func sure(probs []float32, labels []int, classes int) bool {
	for i, l := range labels {
		if !(probs[i*classes+l] > margin) {
			return false
		}
	}
	return true
}

// Moments returns the second moments of the input of the last dense layer over data: the
// lower triangle, row by row, scaled so that the mean of the diagonal is 1. tell, unless nil,
// is told how many pictures are done.
func Moments(ctx context.Context, m *model.Network, data evaluate.Data, tell func(done int)) ([]float32, error) {
	h, err := newHead(m, data.Len())
	if err != nil {
		return nil, err
	}
	size := h.size()
	sum := make([]float64, size*(size+1)/2)
	for from := 0; from < data.Len(); from += chunk {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		part := evaluate.Subset{Data: data}
		for i := from; i < min(from+chunk, data.Len()); i++ {
			part.Index = append(part.Index, i)
		}
		features, _, err := h.read(part)
		if err != nil {
			return nil, err
		}
		for f := features; len(f) > 0; f = f[size:] {
			at := 0
			for i, v := range f[:size] {
				for j, u := range f[:i+1] {
					sum[at+j] += v * u
				}
				at += i + 1
			}
		}
		if tell != nil {
			tell(from + len(part.Index))
		}
	}
	trace := 0.0
	for i := range size {
		trace += sum[i*(i+1)/2+i]
	}
	out := make([]float32, len(sum))
	for i, v := range sum {
		out[i] = float32(v / trace * float64(size))
	}
	return out, nil
}

// ridge is added to the moments' diagonal, whose mean is 1: directions that ordinary pictures
// hardly use cost something too.
const ridge = 0.1

// solve returns (M + ridge I)⁻¹ f for each row f of size numbers. M is a lower triangle, or
// nil for the identity.
func solve(moments []float32, rows []float64, size int) []float64 {
	out := append([]float64(nil), rows...)
	if moments == nil {
		return out
	}
	// Cholesky's decomposition, in place: row i begins at i(i+1)/2.
	l := make([]float64, len(moments))
	row := func(i int) []float64 { return l[i*(i+1)/2 : i*(i+1)/2+i+1] }
	for i := range size {
		r := row(i)
		for j := range i + 1 {
			v := float64(moments[i*(i+1)/2+j])
			if i == j {
				r[i] = math.Sqrt(v + ridge - dot(r[:i], r[:i]))
				continue
			}
			r[j] = (v - dot(r[:j], row(j)[:j])) / row(j)[j]
		}
	}
	for x := out; len(x) > 0; x = x[size:] {
		for i := range size {
			r := row(i)
			x[i] = (x[i] - dot(r[:i], x[:i])) / r[i]
		}
		for i := size - 1; i >= 0; i-- {
			x[i] /= row(i)[i]
			for j, v := range row(i)[:i] {
				x[j] -= v * x[i]
			}
		}
	}
	return out
}

func dot(a, b []float64) (s float64) {
	for i, v := range a {
		s += v * b[i]
	}
	return s
}

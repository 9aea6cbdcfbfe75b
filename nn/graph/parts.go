package graph

import (
	"gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"tenfold/nn/layer"
	"tenfold/nn/model"
)

// A network can be trained in two parts: the stem, which is all layers before the first
// dense one and most of the arithmetic, and the head, which has most of the weights.
// Several stems, each with a share of a batch, and one head come to the gradients of the
// whole. See A. Krizhevsky, One weird trick for parallelizing convolutional neural
// networks, https://arxiv.org/abs/1404.5997.

// Exchange takes what a stem puts out, [n,features], and returns the gradient of the loss
// with respect to it.
type Exchange func(features []float32) (gradient []float32, err error)

// split is the number of the first operation of the head, and how many features come into
// it. A network without dense layers is all stem: its features are the logits.
func split(steps []model.Step) (at, features int) {
	for i, s := range steps {
		dense := s.Softmax
		for _, w := range s.Weights {
			dense = dense || w.Dense
		}
		if dense {
			return i, features
		}
		features = s.Out.Size()
	}
	return len(steps), features
}

// Features is how many numbers of a picture go from the stem to the head.
func Features(m *model.Sequential) int {
	at, features := split(m.Steps(1))
	if at == 0 {
		return m.Input().Size()
	}
	return features
}

// StemWeights are the stem's weights that learn, in the order of its graph's.
func StemWeights(m *model.Sequential, options Options) (all [][]float32) {
	steps := m.Steps(1)
	at, _ := split(steps)
	for _, s := range steps[:at] {
		for _, w := range s.Weights {
			if options.learns(w) {
				all = append(all, w.Data)
			}
		}
	}
	return all
}

// NewStem builds the graph of m's stem for a share of batch pictures.
func NewStem(m *model.Sequential, batch int, options Options, exchange Exchange) (*Graph, error) {
	b := newBuilder(batch, options)
	steps := m.Steps(batch)
	at, _ := split(steps)
	x, err := b.layers(b.input("x", b.pictures(m.Input())), steps[:at], 0)
	if err != nil {
		return nil, err
	}
	b.graph.end = &end{exchange: exchange}
	loss, err := b.apply(b.graph.end, endAt, tensor.ScalarShape(), gorgonia.Nodes{x}, []bool{len(b.weights) > 0})
	if err != nil {
		return nil, err
	}
	return b.finish(loss)
}

// NewHead builds the graph of m's head for batch pictures. back is told the gradient with
// respect to the features as soon as it is known, before those of the weights; it is nil
// where no weight of the stem learns.
func NewHead(m *model.Sequential, batch int, options Options, back func(gradient []float32)) (*Graph, error) {
	b := newBuilder(batch, options)
	steps := m.Steps(batch)
	at, _ := split(steps)
	x := b.input("features", b.pictures([]int{Features(m)}))
	if back != nil {
		b.upstream, b.back = gorgonia.Nodes{x}, back
	}
	return b.toLoss(x, steps[at:], at, m)
}

// end is the last operation of a stem: it hands the features over and waits for the
// gradient, and is a loss of nothing.
type end struct {
	exchange Exchange
	gradient []float32
	err      error
}

// Forward implements layer.Op.
func (e *end) Forward(_ layer.Pass, y, x []float32, _ [][]float32) {
	y[0] = 0
	if e.gradient, e.err = e.exchange(x); e.err != nil {
		panic(e.err) // the operation recovers, and Step returns it
	}
}

// Grad implements layer.Op.
func (e *end) Grad(_ int, g, _, _, _ []float32, _ [][]float32) { copy(g, e.gradient) }

// first is the first operation of a head, which tells the gradient of its input.
type first struct {
	layer.Op
	back func(gradient []float32)
}

// Grad implements layer.Op.
func (f first) Grad(i int, g, dy, x, y []float32, w [][]float32) {
	f.Op.Grad(i, g, dy, x, y, w)
	if i == 0 {
		f.back(g)
	}
}

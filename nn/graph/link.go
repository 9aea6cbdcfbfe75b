package graph

import (
	"slices"

	"tenfold/nn/kernel"
	"tenfold/nn/layer"
	"tenfold/nn/model"
)

// Several graphs, each for a share of a batch, compute the gradients of the whole: the sum
// of theirs. That of a large dense kernel is the product of the layer's input and the
// gradient of its output, which are far fewer numbers. Such factors leave a share's graph
// instead of the gradient, and whoever has those of all shares multiplies them.
// See P. Xie et al., Distributed machine learning via sufficient factor broadcasting,
// https://arxiv.org/abs/1511.08486.

// Plan says how the weights of a model are learned by several.
type Plan struct {
	Weights  []*model.Weight // those that learn, in the order of the graph's
	Early    int             // how many are read before the first layer with factors
	Factored []Factored
	Moving   []*model.Weight // those that follow what is seen of each share; see Graph.Moving
}

// Factored is a kernel whose gradient leaves a share's graph as factors.
type Factored struct {
	Index   int // of the kernel in Plan.Weights
	In, Out int

	step int // the layer's number in the network
	op   layer.Factorable
	w    []float32
	l2   float64
}

// SetFactors sets the factors of a whole batch: the layer's input x, [n,in], and the gradient
// dy with respect to its output, [n,out]. x must stay as it is until all rows are computed.
func (f Factored) SetFactors(x, dy []float32) { f.op.SetFactors(x, dy) }

// GradRows computes the rows from to to-1 of the kernel's gradient, [in,out], its penalty
// included, from the factors. Several workers may do so at once.
func (f Factored) GradRows(worker int, g []float32, from, to int) {
	f.op.GradRows(worker, g, from, to)
	if f.l2 > 0 {
		kernel.Mix(g, 1, f.w[from*f.Out:to*f.Out], float32(2*f.l2))
	}
}

// NewPlan plans for batches of at most batch pictures.
func NewPlan(m *model.Network, batch int, options Options) Plan {
	var p Plan
	for _, s := range m.Steps(batch) {
		in, out := 0, 0
		op, ok := s.Op.(layer.Factorable)
		if ok {
			in, out = op.Factors()
		}
		for k, w := range s.Weights {
			if w.NonTrainable && !options.still(s.Weights) {
				p.Moving = append(p.Moving, w)
			}
			if !options.Learns(w) {
				continue
			}
			if k == 0 && batch*(in+out) < in*out {
				p.Factored = append(p.Factored, Factored{Index: len(p.Weights), In: in, Out: out, step: s.Number, op: op, w: w.Data, l2: options.Penalty(w)})
			}
			p.Weights = append(p.Weights, w)
		}
	}
	p.Early = len(p.Weights)
	if len(p.Factored) > 0 {
		p.Early = p.Factored[0].Index
	}
	return p
}

// Link connects a graph for a share of a batch with the others. It may change
// between two steps.
type Link struct {
	Plan *Plan
	// Await waits until the weights that are not early are those of this step.
	Await func() error
	// Factors is told the factors of the i-th factored kernel as soon as they are known,
	// those of the last one first. They are valid until the graph's next step.
	Factors func(i int, x, dy []float32)

	err error // of Await
}

// has reports whether a weight's gradient leaves the graph as factors.
func (l *Link) has(w *model.Weight) bool {
	return l != nil && slices.ContainsFunc(l.Plan.Factored, func(f Factored) bool { return l.Plan.Weights[f.Index] == w })
}

// factored returns the operation of a step, which hands out factors if that is planned.
func (l *Link) factored(op layer.Op, step int) layer.Op {
	if l == nil {
		return op
	}
	for i, f := range l.Plan.Factored {
		if f.step == step {
			return &factored{Op: op, link: l, i: i}
		}
	}
	return op
}

// factored is a layer that hands out its kernel's factors instead of the gradient.
type factored struct {
	layer.Op
	link *Link
	i    int
	told bool
}

// Forward implements layer.Op.
func (f *factored) Forward(pass layer.Pass, y []float32, x, w [][]float32) {
	if f.i == 0 {
		if f.link.err = f.link.Await(); f.link.err != nil {
			panic(f.link.err) // the operation recovers, and Step returns it
		}
	}
	f.told = false
	f.Op.Forward(pass, y, x, w)
}

// Grad implements layer.Op.
func (f *factored) Grad(i int, g, dy []float32, x [][]float32, y []float32, w [][]float32) {
	if !f.told {
		f.link.Factors(f.i, x[0], dy)
		f.told = true
	}
	if i != 1 {
		f.Op.Grad(i, g, dy, x, y, w)
	}
}

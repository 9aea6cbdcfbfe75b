package graph

import (
	"fmt"
	"slices"

	"gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"tenfold/nn/layer"
	"tenfold/nn/model"
)

// builder collects what a graph is put together from.
type builder struct {
	graph   *Graph
	g       *gorgonia.ExprGraph
	batch   int
	options Options
	weights []weightNode
	applied []applied // in the order of computation
}

type weightNode struct {
	*model.Weight
	node  *gorgonia.Node
	value *tensor.Dense
}

// applied is an operation in the graph.
type applied struct {
	*forward
	in  gorgonia.Nodes
	out *gorgonia.Node
}

// loss adds the network and the cross-entropy of its logits, which it returns.
func (b *builder) loss(m *model.Network) (*gorgonia.Node, error) {
	b.graph.x = tensor.New(tensor.Of(tensor.Float32), tensor.WithShape(append([]int{b.batch}, m.Input...)...))
	var err error
	if b.graph.logits, err = b.layers(b.input("x", b.graph.x), m.Steps(b.batch)); err != nil {
		return nil, err
	}
	return b.crossEntropy(b.graph.logits, m)
}

// finish adds the penalties to the loss, and the gradients.
func (b *builder) finish(loss *gorgonia.Node) (*Graph, error) {
	g := b.graph
	var err error
	if g.loss, err = b.penalties(loss); err != nil {
		return nil, err
	}
	grads, err := b.backward()
	if err != nil {
		return nil, err
	}
	for _, n := range b.weights {
		if grads[n.node] == nil {
			return nil, fmt.Errorf("graph: the loss does not depend on %s", n.Path)
		}
		g.weights = append(g.weights, Weight{n.Weight, n.value, grads[n.node]})
	}
	g.machine = gorgonia.NewTapeMachine(b.g)
	return g, nil
}

// backward adds the gradients of the loss: from the last operation to the first, each one's
// with respect to its inputs, and where several share an input the sum of theirs.
// gorgonia.Grad does the same with sums of its own, which are new memory in each step.
func (b *builder) backward() (map[*gorgonia.Node]*gorgonia.Node, error) {
	parts := map[*gorgonia.Node]gorgonia.Nodes{b.graph.loss: {gorgonia.NewConstant(float32(1))}}
	grads := map[*gorgonia.Node]*gorgonia.Node{}
	whole := func(n *gorgonia.Node) (err error) {
		p := parts[n]
		if len(p) == 0 || grads[n] != nil {
			return nil
		}
		if grads[n] = p[0]; len(p) > 1 {
			s := &sum{id: fmt.Sprintf("∑ %d", len(grads)), n: len(p), of: n.Shape().Clone(), all: newResult(n.Shape())}
			if grads[n], err = gorgonia.ApplyOp(s, p...); err != nil {
				return fmt.Errorf("graph: %v: %w", s, err)
			}
		}
		return nil
	}
	for i := len(b.applied) - 1; i >= 0; i-- {
		a := b.applied[i]
		if err := whole(a.out); err != nil {
			return nil, err
		}
		if grads[a.out] == nil {
			continue
		}
		each, err := a.SymDiff(a.in, a.out, grads[a.out])
		if err != nil {
			return nil, err
		}
		for k, g := range each {
			if g != nil {
				parts[a.in[k]] = append(parts[a.in[k]], g)
			}
		}
	}
	for _, n := range b.weights {
		if err := whole(n.node); err != nil {
			return nil, err
		}
	}
	return grads, nil
}

// layers adds the network's steps up to the logits, which it returns.
func (b *builder) layers(pictures *gorgonia.Node, steps []model.Step) (*gorgonia.Node, error) {
	var outs gorgonia.Nodes
	var learns []bool // something that learns lies in a step or before it
	for i, s := range model.Fuse(steps, true) {
		if s.Softmax {
			break
		}
		inputs, wrt := gorgonia.Nodes{}, []bool{}
		for _, in := range s.In {
			if in == model.Input {
				inputs, wrt = append(inputs, pictures), append(wrt, false)
			} else {
				inputs, wrt = append(inputs, outs[in]), append(wrt, learns[in])
			}
		}
		learns = append(learns, slices.Contains(wrt, true))
		for _, w := range s.Weights {
			n, wants := b.weight(w)
			inputs, wrt = append(inputs, n), append(wrt, wants)
			learns[i] = learns[i] || wants
		}
		op := b.graph.link.factored(s.Op, s.Number)
		f := b.forward(op, s.Number, append(tensor.Shape{b.batch}, s.Out...), len(s.In), wrt)
		if f.still = b.options.still(s.Weights); !f.still {
			b.observe(s)
		}
		out, err := b.apply(f, inputs)
		if err != nil {
			return nil, err
		}
		outs = append(outs, out)
	}
	return outs[len(outs)-1], nil
}

// observe notes the weights that follow what a step's operation sees.
func (b *builder) observe(s model.Step) {
	o, ok := s.Op.(layer.Observer)
	if !ok {
		return
	}
	i := 0
	for _, w := range s.Weights {
		if w.NonTrainable {
			b.graph.moving = append(b.graph.moving, Moving{w, o, i})
			i++
		}
	}
}

// weight adds a tensor of weights, and says whether it gets a gradient.
func (b *builder) weight(w *model.Weight) (n *gorgonia.Node, wants bool) {
	v := tensor.New(tensor.WithShape(w.Shape...), tensor.WithBacking(w.Data))
	n = b.input(w.Path, v)
	if wants = b.options.Learns(w); wants {
		b.weights = append(b.weights, weightNode{w, n, v})
	}
	return n, wants
}

// crossEntropy adds the loss of the logits.
func (b *builder) crossEntropy(logits *gorgonia.Node, m *model.Network) (*gorgonia.Node, error) {
	classes := m.Output().Size()
	b.graph.labels = tensor.New(tensor.Of(tensor.Float32), tensor.WithShape(b.batch, classes))
	labels := b.input("labels", b.graph.labels)
	b.graph.entropy = &layer.CrossEntropy{Classes: classes}
	b.graph.Batch(b.batch, b.batch)
	f := b.forward(b.graph.entropy, lossAt, tensor.ScalarShape(), 1, []bool{true, false})
	return b.apply(f, gorgonia.Nodes{logits, labels})
}

// Numbers of operations that are not layers.
const (
	lossAt = 1<<16 + iota
	penaltyAt
)

// penalties adds the weights' penalties, if any, to a loss.
func (b *builder) penalties(loss *gorgonia.Node) (*gorgonia.Node, error) {
	var l2 []float64
	inputs, wrt := gorgonia.Nodes{loss}, []bool{true}
	for _, w := range b.weights {
		if penalty := b.options.Penalty(w.Weight); penalty > 0 && !b.options.NoPenalty {
			l2, inputs, wrt = append(l2, penalty), append(inputs, w.node), append(wrt, !b.options.Link.has(w.Weight))
		}
	}
	if len(l2) == 0 {
		return loss, nil
	}
	return b.apply(b.forward(layer.Penalty{L2: l2}, penaltyAt, tensor.ScalarShape(), 1, wrt), inputs)
}

func (b *builder) input(name string, v *tensor.Dense) *gorgonia.Node {
	return gorgonia.NewTensor(b.g, tensor.Float32, v.Dims(), gorgonia.WithShape(v.Shape()...), gorgonia.WithName(name), gorgonia.WithValue(v))
}

// forward makes the operation whose number in the network is at. The first xs of its inputs
// are not weights.
func (b *builder) forward(op layer.Op, at int, out tensor.Shape, xs int, wrt []bool) *forward {
	return &forward{id: fmt.Sprintf("%d %T", at, op), op: op, of: b.graph, at: at, xs: xs, out: out, wrt: wrt, y: newResult(out)}
}

// apply adds an operation.
func (b *builder) apply(f *forward, inputs gorgonia.Nodes) (*gorgonia.Node, error) {
	if s, ok := f.op.(layer.Sampler); ok {
		b.graph.samplers = append(b.graph.samplers, sampler{s, f.at})
	}
	for _, n := range inputs {
		f.in = append(f.in, n.Shape().Clone())
	}
	f.v = make([][]float32, len(inputs))
	n, err := gorgonia.ApplyOp(f, inputs...)
	if err != nil {
		return nil, fmt.Errorf("graph: %v: %w", f, err)
	}
	b.applied = append(b.applied, applied{f, inputs, n})
	return n, nil
}

package graph

import (
	"fmt"

	"gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"tenfold/nn/layer"
	"tenfold/nn/model"
)

// Graph is the training graph of a model for batches of at most so many pictures. Graphs
// over the same model share its weights.
type Graph struct {
	Pass layer.Pass // of the next Step

	most, n   int // pictures: at most, and in the next Step
	x, labels *tensor.Dense
	logits    *gorgonia.Node
	entropy   *layer.CrossEntropy
	loss      *gorgonia.Node
	weights   []Weight
	machine   gorgonia.VM
	samplers  []sampler
	link      *Link // nil for a whole batch
}

// sampler is an operation that draws at random, and its number in the network.
type sampler struct {
	layer.Sampler
	at int
}

// Weight is a tensor of weights and its gradient after a Step. It implements
// gorgonia.ValueGrad and gorgonia.Namer.
type Weight struct {
	*model.Weight
	value *tensor.Dense
	grad  *gorgonia.Node
}

// Name returns the weight's path, "conv2d/kernel".
func (w Weight) Name() string { return w.Path }

// Value returns the tensor over the model's own memory.
func (w Weight) Value() gorgonia.Value { return w.value }

// Grad returns the loss' gradient with respect to the weights.
func (w Weight) Grad() (gorgonia.Value, error) {
	if v := w.grad.Value(); v != nil {
		return v, nil
	}
	return nil, fmt.Errorf("graph: %s has no gradient before a step", w.Path)
}

// Options are what of a recipe changes the graph.
type Options struct {
	L2        float64 // penalty of every kernel, beside the layer's own
	DenseOnly bool    // only the weights of dense layers get a gradient
	NoPenalty bool    // another graph over the same weights adds the penalties
	Link      *Link   // the graph is for a share of a batch
}

// learns says whether a weight gets a gradient.
func (o Options) learns(w *model.Weight) bool { return !o.DenseOnly || w.Dense }

// Penalty is the L2 penalty of a weight.
func (o Options) Penalty(w *model.Weight) float64 {
	if w.Name == "kernel" {
		return w.L2 + o.L2
	}
	return w.L2
}

// New builds the graph of m's loss over at most batch pictures: categorical cross-entropy
// from the logits, and the weights' L2 penalties.
func New(m *model.Sequential, batch int, options Options) (*Graph, error) {
	b := &builder{graph: &Graph{Pass: layer.Pass{Training: true}, most: batch, link: options.Link}, g: gorgonia.NewGraph(), batch: batch, options: options}
	b.graph.x = tensor.New(tensor.Of(tensor.Float32), tensor.WithShape(append([]int{batch}, m.Input...)...))
	var err error
	if b.graph.logits, err = b.layers(b.input("x", b.graph.x), m.Steps(batch)); err != nil {
		return nil, err
	}
	loss, err := b.crossEntropy(b.graph.logits, m)
	if err != nil {
		return nil, err
	}
	return b.finish(loss)
}

// builder collects what a graph is put together from.
type builder struct {
	graph   *Graph
	g       *gorgonia.ExprGraph
	batch   int
	options Options
	weights []weightNode
}

// finish adds the penalties to the loss, and the gradients.
func (b *builder) finish(loss *gorgonia.Node) (*Graph, error) {
	g := b.graph
	var err error
	if g.loss, err = b.penalties(loss); err != nil {
		return nil, err
	}
	var params gorgonia.Nodes
	for _, n := range b.weights {
		params = append(params, n.node)
	}
	var grads gorgonia.Nodes
	if len(params) > 0 {
		if grads, err = gorgonia.Grad(g.loss, params...); err != nil {
			return nil, fmt.Errorf("graph: %w", err)
		}
	}
	for i, n := range b.weights {
		g.weights = append(g.weights, Weight{n.Weight, n.value, grads[i]})
	}
	g.machine = gorgonia.NewTapeMachine(b.g)
	return g, nil
}

type weightNode struct {
	*model.Weight
	node  *gorgonia.Node
	value *tensor.Dense
}

// layers adds the network's steps up to the logits.
func (b *builder) layers(x *gorgonia.Node, steps []model.Step) (*gorgonia.Node, error) {
	for i := 0; i < len(steps) && !steps[i].Softmax; i++ {
		s, at := steps[i], i
		for i+1 < len(steps) && !steps[i+1].Softmax && layer.Absorbs(s.Op, steps[i+1].Op) {
			i++
		}
		// A gradient of x is wanted only where something lies before it that learns.
		inputs, wrt := gorgonia.Nodes{x}, []bool{len(b.weights) > 0}
		for _, w := range s.Weights {
			v := tensor.New(tensor.WithShape(w.Shape...), tensor.WithBacking(w.Data))
			n := b.input(w.Path, v)
			learns := b.options.learns(w)
			if learns {
				b.weights = append(b.weights, weightNode{w, n, v})
			}
			inputs, wrt = append(inputs, n), append(wrt, learns)
		}
		var err error
		if x, err = b.apply(b.graph.link.factored(s.Op, at), at, append(tensor.Shape{b.batch}, s.Out...), inputs, wrt); err != nil {
			return nil, err
		}
	}
	return x, nil
}

// crossEntropy adds the loss of the logits.
func (b *builder) crossEntropy(logits *gorgonia.Node, m *model.Sequential) (*gorgonia.Node, error) {
	classes := m.Output().Size()
	b.graph.labels = tensor.New(tensor.Of(tensor.Float32), tensor.WithShape(b.batch, classes))
	labels := b.input("labels", b.graph.labels)
	b.graph.entropy = &layer.CrossEntropy{Classes: classes}
	b.graph.Batch(b.batch, b.batch)
	return b.apply(b.graph.entropy, lossAt, tensor.ScalarShape(), gorgonia.Nodes{logits, labels}, []bool{true, false})
}

// Numbers of operations that are no layers.
const (
	lossAt = 1<<16 + iota
	penaltyAt
)

// penalties adds those of the weights to a loss, where there are any.
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
	return b.apply(layer.Penalty{L2: l2}, penaltyAt, tensor.ScalarShape(), inputs, wrt)
}

func (b *builder) input(name string, v *tensor.Dense) *gorgonia.Node {
	return gorgonia.NewTensor(b.g, tensor.Float32, v.Dims(), gorgonia.WithShape(v.Shape()...), gorgonia.WithName(name), gorgonia.WithValue(v))
}

// apply adds an operation, whose number in the network is at.
func (b *builder) apply(op layer.Op, at int, out tensor.Shape, inputs gorgonia.Nodes, wrt []bool) (*gorgonia.Node, error) {
	if d, ok := op.(layer.Sampler); ok {
		b.graph.samplers = append(b.graph.samplers, sampler{d, at})
	}
	f := newForward(fmt.Sprintf("%d %T", at, op), op, b.graph, at, out, inputs, wrt)
	n, err := gorgonia.ApplyOp(f, inputs...)
	if err != nil {
		return nil, fmt.Errorf("graph: %v: %w", f, err)
	}
	return n, nil
}

// Most is how many pictures a Step can have.
func (g *Graph) Most() int { return g.most }

// Batch says that the next Step has n pictures, and that they belong to a batch of so many.
// It returns the memory that the Step reads: pictures [n,h,w,c], normalised, and labels
// [n,classes], one-hot.
func (g *Graph) Batch(n, of int) (x, labels []float32) {
	g.n, g.entropy.Of = n, of
	return g.pictures(g.x.Float32s(), g.x.Shape()), g.pictures(g.labels.Float32s(), g.labels.Shape())
}

// pictures cuts off what of a tensor's elements belongs to no picture of this Step.
func (g *Graph) pictures(v []float32, shape tensor.Shape) []float32 {
	if shape.IsScalar() {
		return v
	}
	return v[:len(v)/g.most*g.n]
}

// Sample draws what is random in the next Step, whose Pass is set. Otherwise it is drawn in
// passing.
func (g *Graph) Sample() {
	for _, d := range g.samplers {
		pass := g.Pass
		pass.Layer = d.at
		d.Sample(pass, g.n)
	}
}

// Step runs the graph once: it returns the loss and the logits, [n,classes],
// valid until the next Step, and leaves each weight's gradient in Weights.
func (g *Graph) Step() (loss float64, logits []float32, err error) {
	g.machine.Reset()
	if err := g.machine.RunAll(); err != nil {
		if g.link != nil && g.link.err != nil {
			return 0, nil, g.link.err
		}
		return 0, nil, fmt.Errorf("graph: %w", err)
	}
	return float64(Floats(g.loss.Value())[0]), g.pictures(Floats(g.logits.Value()), g.logits.Shape()), nil
}

// Weights returns the weights with their gradients, in the model's order.
func (g *Graph) Weights() []Weight { return g.weights }

// Close ends the graph's machine.
func (g *Graph) Close() error { return g.machine.Close() }

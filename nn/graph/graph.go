package graph

import (
	"fmt"

	"gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"tenfold/nn/layer"
	"tenfold/nn/model"
)

// Graph is the training graph of a model for one size of batch. Graphs of other
// sizes over the same model share its weights.
type Graph struct {
	Pass layer.Pass // of the next Step

	x, labels *tensor.Dense
	logits    *gorgonia.Node
	loss      *gorgonia.Node
	weights   []Weight
	machine   gorgonia.VM
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
}

// learns says whether a weight gets a gradient.
func (o Options) learns(w *model.Weight) bool { return !o.DenseOnly || w.Dense }

// New builds the graph of m's loss over batch pictures: categorical cross-entropy
// from the logits, and the weights' L2 penalties.
func New(m *model.Sequential, batch int, options Options) (*Graph, error) {
	g := &Graph{Pass: layer.Pass{Training: true}}
	b := builder{graph: g, g: gorgonia.NewGraph(), batch: batch, options: options}
	x, err := b.network(m)
	if err != nil {
		return nil, err
	}
	g.logits = x
	if g.loss, err = b.loss(x, m); err != nil {
		return nil, err
	}
	var params gorgonia.Nodes
	for _, n := range b.weights {
		params = append(params, n.node)
	}
	grads, err := gorgonia.Grad(g.loss, params...)
	if err != nil {
		return nil, fmt.Errorf("graph: %w", err)
	}
	for i, n := range b.weights {
		g.weights = append(g.weights, Weight{n.Weight, n.value, grads[i]})
	}
	g.machine = gorgonia.NewTapeMachine(b.g)
	return g, nil
}

// builder collects what New puts together.
type builder struct {
	graph   *Graph
	g       *gorgonia.ExprGraph
	batch   int
	options Options
	ops     int
	weights []weightNode
}

type weightNode struct {
	*model.Weight
	node  *gorgonia.Node
	value *tensor.Dense
}

// network adds the layers up to the logits.
func (b *builder) network(m *model.Sequential) (*gorgonia.Node, error) {
	b.graph.x = tensor.New(tensor.Of(tensor.Float32), tensor.WithShape(append([]int{b.batch}, m.Input()...)...))
	x := b.input("x", b.graph.x)
	for _, s := range m.Steps(b.batch) {
		if s.Softmax {
			break
		}
		// A gradient of x is wanted only where weights lie before it that learn.
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
		if x, err = b.apply(s.Op, append(tensor.Shape{b.batch}, s.Out...), inputs, wrt); err != nil {
			return nil, err
		}
	}
	return x, nil
}

// loss adds the cross-entropy and, where there are any, the penalties.
func (b *builder) loss(logits *gorgonia.Node, m *model.Sequential) (*gorgonia.Node, error) {
	classes := m.Output().Size()
	b.graph.labels = tensor.New(tensor.Of(tensor.Float32), tensor.WithShape(b.batch, classes))
	labels := b.input("labels", b.graph.labels)
	loss, err := b.apply(layer.CrossEntropy{Classes: classes}, tensor.ScalarShape(), gorgonia.Nodes{logits, labels}, []bool{true, false})
	if err != nil {
		return nil, err
	}
	var l2 []float64
	inputs, wrt := gorgonia.Nodes{loss}, []bool{true}
	for _, w := range b.weights {
		penalty := w.L2
		if w.Name == "kernel" {
			penalty += b.options.L2
		}
		if penalty > 0 {
			l2, inputs, wrt = append(l2, penalty), append(inputs, w.node), append(wrt, true)
		}
	}
	if len(l2) == 0 {
		return loss, nil
	}
	return b.apply(layer.Penalty{L2: l2}, tensor.ScalarShape(), inputs, wrt)
}

func (b *builder) input(name string, v *tensor.Dense) *gorgonia.Node {
	return gorgonia.NewTensor(b.g, tensor.Float32, v.Dims(), gorgonia.WithShape(v.Shape()...), gorgonia.WithName(name), gorgonia.WithValue(v))
}

func (b *builder) apply(op layer.Op, out tensor.Shape, inputs gorgonia.Nodes, wrt []bool) (*gorgonia.Node, error) {
	f := newForward(fmt.Sprintf("%d %T", b.ops, op), op, &b.graph.Pass, b.ops, out, inputs, wrt)
	b.ops++
	n, err := gorgonia.ApplyOp(f, inputs...)
	if err != nil {
		return nil, fmt.Errorf("graph: %v: %w", f, err)
	}
	return n, nil
}

// Batch returns the memory that the next Step reads: pictures [n,h,w,c],
// normalised, and labels [n,classes], one-hot.
func (g *Graph) Batch() (x, labels []float32) {
	return g.x.Data().([]float32), g.labels.Data().([]float32)
}

// Step runs the graph once: it returns the loss and the logits, [n,classes],
// valid until the next Step, and leaves each weight's gradient in Weights.
func (g *Graph) Step() (loss float64, logits []float32, err error) {
	g.machine.Reset()
	if err := g.machine.RunAll(); err != nil {
		return 0, nil, fmt.Errorf("graph: %w", err)
	}
	return float64(floats(g.loss.Value())[0]), floats(g.logits.Value()), nil
}

// Weights returns the weights with their gradients, in the model's order.
func (g *Graph) Weights() []Weight { return g.weights }

// Close ends the graph's machine.
func (g *Graph) Close() error { return g.machine.Close() }

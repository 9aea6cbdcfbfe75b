package graph

import (
	"fmt"
	"slices"

	"gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"tenfold/nn/layer"
	"tenfold/nn/model"
)

// Graph is the training graph of a model, for batches up to a given size. Graphs
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
	moving    []Moving
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

// Moving is a tensor of weights without gradient that follows what is seen of each batch: a
// batch normalisation's moving mean or variance.
type Moving struct {
	*model.Weight
	op layer.Observer
	i  int // among those that op sees
}

// Seen returns what the last Step saw, valid until the next. After a step the weights become
// momentum times what they were plus 1-momentum times that, or of several shares their mean.
func (m Moving) Seen() (momentum float32, seen []float32) {
	momentum, all := m.op.Observed()
	return momentum, all[m.i]
}

// Options are the parts of a recipe that affect the graph.
type Options struct {
	L2        float64 // penalty of every kernel, in addition to the layer's own
	DenseOnly bool    // only the weights of dense layers get a gradient
	NoPenalty bool    // another graph over the same weights adds the penalties
	Link      *Link   // the graph is for a share of a batch
}

// Learns reports whether a weight gets a gradient.
func (o Options) Learns(w *model.Weight) bool { return !w.NonTrainable && (!o.DenseOnly || w.Dense) }

// still reports whether an operation with these weights works as in inference, as Keras' layers
// do whose trainable is False: none of them is learned.
func (o Options) still(weights []*model.Weight) bool {
	return o.DenseOnly && !slices.ContainsFunc(weights, func(w *model.Weight) bool { return w.Dense })
}

// Penalty returns the L2 penalty of a weight.
func (o Options) Penalty(w *model.Weight) float64 {
	if w.Kernel() {
		return w.L2 + o.L2
	}
	return w.L2
}

// New builds the graph of m's loss over at most batch pictures: categorical cross-entropy
// from the logits, and the weights' L2 penalties.
func New(m *model.Network, batch int, options Options) (*Graph, error) {
	b := &builder{graph: &Graph{Pass: layer.Pass{Training: true, Dropout: true}, most: batch, link: options.Link}, g: gorgonia.NewGraph(), batch: batch, options: options}
	loss, err := b.loss(m)
	if err != nil {
		return nil, err
	}
	return b.finish(loss)
}

// Most returns how many pictures a Step can have.
func (g *Graph) Most() int { return g.most }

// Batch says that the next Step has n pictures, and that they belong to a batch of of pictures.
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

// Sample draws what is random in the next Step, whose Pass is set. Otherwise Step draws it
// itself.
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

// Moving returns the weights that follow what a Step sees, in the model's order.
func (g *Graph) Moving() []Moving { return g.moving }

// Close ends the graph's machine.
func (g *Graph) Close() error { return g.machine.Close() }

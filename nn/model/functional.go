package model

import (
	"errors"
	"fmt"
	"slices"

	"tenfold/nn/layer"
	"tenfold/nn/task"
)

// Functional builds a network as Keras' functional style does: each layer is called on the outputs
// of earlier ones. The first mistake is kept until Network is called.
//
//	f := model.NewFunctional(task.Shape{8, 8, 3})
//	x := f.Add(layer.Conv2D{Filters: 16, KernelSize: [2]int{3, 3}, Padding: layer.Same}, model.Input)
//	y := f.Add(layer.Conv2D{Filters: 16, KernelSize: [2]int{3, 3}, Padding: layer.Same}, x)
//	f.Add(layer.Add{}, x, y)
//	net, err := f.Network()
type Functional struct {
	net   *Network
	count map[string]int // of the layers of a class, by its stem
	err   error
}

// NewFunctional begins a network over pictures of shape input.
func NewFunctional(input task.Shape) *Functional {
	return &Functional{
		net:   &Network{Name: "functional", Task: task.Task{Input: input, Scale: task.Scale, Shift: task.Shift}},
		count: map[string]int{},
	}
}

// Add calls a layer on the outputs of earlier ones, Input being the pictures; without
// any, on the last one, as Keras' Sequential.add does. It returns the layer's number.
func (f *Functional) Add(l layer.Layer, in ...int) int {
	at := len(f.net.nodes)
	if len(in) == 0 {
		in = []int{at - 1}
	}
	if f.err != nil {
		return at
	}
	_, stem := layer.Class(l)
	n := Node{Name: stem, Layer: l, In: slices.Clone(in)}
	if k := f.count[stem]; k > 0 {
		n.Name = fmt.Sprintf("%s_%d", stem, k)
	}
	f.count[stem]++
	if n.Out, f.err = f.output(n); f.err != nil {
		f.err = fmt.Errorf("model: layer %d (%s): %w", at+1, n.Name, f.err)
		return at
	}
	_, dense := l.(layer.Dense)
	for _, w := range l.Weights(f.net.shapes(n)...) {
		n.Weights = append(n.Weights, &Weight{w, n.Name + "/" + w.Name, nil, dense})
	}
	f.net.nodes = append(f.net.nodes, n)
	return at
}

// output returns the shape of a node's output.
func (f *Functional) output(n Node) (task.Shape, error) {
	for _, in := range n.In {
		if in < Input || in >= len(f.net.nodes) {
			return nil, fmt.Errorf("its input %d is not one of the %d layers before it", in, len(f.net.nodes))
		}
	}
	return layer.Output(n.Layer, f.net.shapes(n)...)
}

// Err returns the first mistake, which names the layer that does not fit; nil as long as there is none.
func (f *Functional) Err() error { return f.err }

// Network returns the network, which ends with the layer added last. All weights are zero
// until Init or Load. An error names the layer that does not fit.
func (f *Functional) Network() (*Network, error) {
	m, err := f.Empty()
	if err != nil {
		return nil, err
	}
	return m, m.Allocate()
}

// Allocate gives the weights memory, in which they are zero. More of it than is real is
// an error.
func (m *Network) Allocate() error {
	all := 0
	for _, w := range m.Weights() {
		if err := bounded(w.Shape, maxWeights); err != nil {
			return fmt.Errorf("model: %s: %w", w.Path, err)
		}
		if all += w.Shape.Size(); all > maxWeights {
			return fmt.Errorf("model: more than %d weights", maxWeights)
		}
	}
	for _, w := range m.Weights() {
		w.Data = make([]float32, w.Shape.Size())
	}
	return nil
}

// Empty is Network without memory for the weights.
func (f *Functional) Empty() (*Network, error) {
	if f.err != nil {
		return nil, f.err
	}
	nodes := f.net.nodes
	if len(nodes) == 0 {
		return nil, errors.New("model: no layers")
	}
	read := make([]bool, len(nodes))
	for _, n := range nodes {
		for _, in := range n.In {
			if in != Input {
				read[in] = true
			}
		}
	}
	if i := slices.Index(read[:len(nodes)-1], false); i >= 0 {
		return nil, fmt.Errorf("model: layer %d (%s): nothing uses its output", i+1, nodes[i].Name)
	}
	if s, ok := f.net.Rescaled(); ok {
		f.net.Scale, f.net.Shift = s.Scale, s.Shift
	}
	return f.net, nil
}

// New stacks layers over pictures of shape input, as Keras' Sequential does. All weights are
// zero until Init or Load. An error names the layer that does not fit.
func New(input task.Shape, layers ...layer.Layer) (*Network, error) {
	f := NewFunctional(input)
	f.net.Name = "sequential"
	for _, l := range layers {
		f.Add(l)
	}
	return f.Network()
}

// Package model holds networks of layers with their weights: built as Keras' Sequential or
// in its functional style, their summary, their file, and the predictor. It knows nothing
// of training.
package model

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"

	"tenfold/nn/layer"
	"tenfold/nn/task"
)

// Network is a graph of layers: nodes in the order of computation; the output of the last
// is the answer.
type Network struct {
	task.Task // whose classes the outputs stand for
	Name      string
	Measured  []task.Measurement
	// What logits are divided by so that probabilities are as often right as they say; 0 if
	// that is not known. It belongs to the weights that it was fitted for.
	Temperature float64
	Doubt       float64 // see task.Model, as Report and History
	Report      *task.Evaluation
	History     []task.Epoch
	Moments     []float32 // of the input of the last dense layer, see package teach; nil if they are not known

	seen   task.Seen // nil if only text is known of them
	seenAs string    // JSON

	nodes []Node
}

// Sequential is what a Network was called while it could only be a row of layers.
type Sequential = Network

// Input stands for the pictures among a node's inputs.
const Input = -1

// Node is a layer in its place.
type Node struct {
	Name    string // Keras': the class's and a number, "conv2d_1"
	Layer   layer.Layer
	In      []int // the earlier nodes whose outputs are its inputs, or Input
	Out     task.Shape
	Weights []*Weight
}

// Weight is a tensor of weights in its place.
type Weight struct {
	layer.Weight
	Path  string // the layer's name and the weight's: "conv2d_1/kernel"
	Data  []float32
	Dense bool // it belongs to a Dense layer
}

// Init draws all weights from seed, and gives them memory if they have none.
func (m *Network) Init(seed uint64) error {
	if all := m.Weights(); len(all) > 0 && all[0].Data == nil {
		if err := m.Allocate(); err != nil {
			return err
		}
	}
	rng := rand.New(rand.NewPCG(seed, 0))
	for _, w := range m.Weights() {
		if err := w.Initializer.Init(w.Data, w.Shape, rng); err != nil {
			return fmt.Errorf("model: %s: %w", w.Path, err)
		}
	}
	return nil
}

// Output returns the shape of a picture's answer.
func (m *Network) Output() task.Shape { return m.nodes[len(m.nodes)-1].Out }

// Nodes returns the layers in their places, in the order of computation. They are the
// network's own.
func (m *Network) Nodes() []Node { return m.nodes }

// Len returns the number of layers, Layer the i-th one's settings, and LayerInput the shape
// of its first input.
func (m *Network) Len() int                    { return len(m.nodes) }
func (m *Network) Layer(i int) layer.Layer     { return m.nodes[i].Layer }
func (m *Network) LayerInput(i int) task.Shape { return m.shape(m.nodes[i].In[0]) }

// LayerInputs returns the shapes of layer i's inputs.
func (m *Network) LayerInputs(i int) []task.Shape { return m.shapes(m.nodes[i]) }

// shape returns the shape of a node's output, or of a picture.
func (m *Network) shape(node int) task.Shape {
	if node == Input {
		return m.Input
	}
	return m.nodes[node].Out
}

// shapes returns those of a node's inputs.
func (m *Network) shapes(n Node) []task.Shape {
	var all []task.Shape
	for _, in := range n.In {
		all = append(all, m.shape(in))
	}
	return all
}

// Weights returns all weights in the order of the layers.
func (m *Network) Weights() []*Weight {
	var all []*Weight
	for _, n := range m.nodes {
		all = append(all, n.Weights...)
	}
	return all
}

// Ending returns the name of the last function that the model's output went through; ""
// if it has no name.
func (m *Network) Ending() string { return layer.Ending(m.nodes[len(m.nodes)-1].Layer) }

// Classifies returns an error if the model cannot be used to tell classes apart:
// its task must be one that Check passes, and its outputs probabilities or logits.
func (m *Network) Classifies() error {
	if err := m.Check(); err != nil {
		return fmt.Errorf("model: %w", err)
	}
	if len(m.Weights()) == 0 {
		return errors.New("model: it has no weights")
	}
	if n := m.Output(); len(n) != 1 {
		return fmt.Errorf("model: its output is %v; want a number for each class", n)
	}
	if f := m.Ending(); f != "" && f != "softmax" && f != "linear" && f != "relu" {
		return fmt.Errorf("model: it ends in %s; want a softmax, or logits for one", f)
	}
	return nil
}

// Fits returns an error if the model cannot be used for a task.
func (m *Network) Fits(want task.Task) error {
	if err := m.Classifies(); err != nil {
		return err
	}
	if err := m.Task.Fits(want); err != nil {
		return fmt.Errorf("model: %w", err)
	}
	return nil
}

// Seen returns the pictures that the model was trained on, as far as its file says.
func (m *Network) Seen() task.Seen {
	if m.seen == nil {
		m.seen = task.Seen{}
		if m.seenAs != "" && json.Unmarshal([]byte(m.seenAs), &m.seen) != nil {
			m.seen = task.Seen{} // what cannot be read says nothing
		}
	}
	return m.seen
}

// SetSeen sets the pictures that the model was trained on.
func (m *Network) SetSeen(s task.Seen) { m.seen = s }

// Package model holds Keras' Sequential model: a stack of layers with their
// weights, its summary, its file, and the predictor. It knows nothing of
// training.
package model

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"tenfold/nn/layer"
	"tenfold/nn/task"
)

// Sequential is a stack of layers.
type Sequential struct {
	task.Task // whose classes the outputs stand for
	Name      string
	Measured  []task.Measurement
	// What logits are divided by so that probabilities are as often right as they say; 0 if
	// that is not known. It belongs to the weights that it was fitted for.
	Temperature float64
	Moments     []float32 // of what goes into the last dense layer, see package teach; nil if they are not known

	seen   task.Seen // nil if only text is known of them
	seenAs string    // JSON

	layers []built
}

// built is a layer in its place.
type built struct {
	layer.Layer
	name    string
	in, out task.Shape
	weights []*Weight
}

// Weight is a tensor of weights in its place.
type Weight struct {
	layer.Weight
	Path  string // the layer's name and the weight's: "conv2d_1/kernel"
	Data  []float32
	Dense bool // it belongs to a Dense layer
}

// New stacks layers over pictures of shape input. All weights are zero until
// Init or Load. An error names the layer that does not fit.
func New(input task.Shape, layers ...layer.Layer) (*Sequential, error) {
	m, err := stack(input, layers)
	if err != nil {
		return nil, err
	}
	for _, w := range m.Weights() {
		w.Data = make([]float32, w.Shape.Size())
	}
	return m, nil
}

// stack is New without memory for the weights.
func stack(input task.Shape, layers []layer.Layer) (*Sequential, error) {
	if len(layers) == 0 {
		return nil, fmt.Errorf("model: no layers")
	}
	m := &Sequential{Name: "sequential", Task: task.Task{Input: input, Scale: task.Scale, Shift: task.Shift}}
	count := map[string]int{}
	in := input
	for i, l := range layers {
		_, stem := layer.Class(l)
		b := built{Layer: l, name: stem, in: in}
		if n := count[stem]; n > 0 {
			b.name = fmt.Sprintf("%s_%d", stem, n)
		}
		count[stem]++
		var err error
		if b.out, err = layer.Output(l, in); err != nil {
			return nil, fmt.Errorf("model: layer %d (%s): %w", i+1, b.name, err)
		}
		_, dense := l.(layer.Dense)
		for _, w := range l.Weights(in) {
			b.weights = append(b.weights, &Weight{w, b.name + "/" + w.Name, nil, dense})
		}
		m.layers = append(m.layers, b)
		in = b.out
	}
	return m, nil
}

// Init draws all weights from seed.
func (m *Sequential) Init(seed uint64) error {
	rng := rand.New(rand.NewPCG(seed, 0))
	for _, w := range m.Weights() {
		if err := w.Initializer.Init(w.Data, w.Shape, rng); err != nil {
			return fmt.Errorf("model: %s: %w", w.Path, err)
		}
	}
	return nil
}

// Output is the shape of a picture's answer.
func (m *Sequential) Output() task.Shape { return m.layers[len(m.layers)-1].out }

// Len is the number of layers, Layer the i-th one's settings, and LayerInput the shape
// of what it takes in.
func (m *Sequential) Len() int                    { return len(m.layers) }
func (m *Sequential) Layer(i int) layer.Layer     { return m.layers[i].Layer }
func (m *Sequential) LayerInput(i int) task.Shape { return m.layers[i].in }

// Weights returns all weights in the order of the layers.
func (m *Sequential) Weights() []*Weight {
	var all []*Weight
	for _, l := range m.layers {
		all = append(all, l.weights...)
	}
	return all
}

// Step is one operation of the network for a given batch.
type Step struct {
	Name    string // of its layer
	Op      layer.Op
	Out     task.Shape
	Weights []*Weight
	Softmax bool // the last one, whose input are the logits
}

// Steps builds the operations that lead from pictures to probabilities, for at
// most batch pictures.
func (m *Sequential) Steps(batch int) []Step {
	var steps []Step
	for _, l := range m.layers {
		ops, shapes, err := layer.Ops(l.Layer, l.in, batch)
		if err != nil {
			panic(err) // New has accepted these layers
		}
		for i, op := range ops {
			s := Step{Name: l.name, Op: op, Out: shapes[i]}
			if i == 0 {
				s.Weights = l.weights
			}
			steps = append(steps, s)
		}
	}
	steps[len(steps)-1].Softmax = m.ending() == "softmax"
	return steps
}

// ending is the function that what the model puts out went through last; "" for none that
// has a name.
func (m *Sequential) ending() string {
	switch l := m.layers[len(m.layers)-1].Layer.(type) {
	case layer.Activation:
		return l.Function
	case layer.Dense:
		return l.Activation
	}
	return ""
}

// Classifies says why the model cannot be used to tell classes apart, or nil if it can:
// its task must be one that Check passes, and its outputs probabilities or logits.
func (m *Sequential) Classifies() error {
	if err := m.Check(); err != nil {
		return fmt.Errorf("model: %w", err)
	}
	if len(m.Weights()) == 0 {
		return errors.New("model: it has no weights")
	}
	if n := m.Output(); len(n) != 1 {
		return fmt.Errorf("model: it puts out %v; want a number a class", n)
	}
	if f := m.ending(); f != "" && f != "softmax" && f != "linear" && f != "relu" {
		return fmt.Errorf("model: it ends in %s; want a softmax, or logits for one", f)
	}
	return nil
}

// Fits says why the model cannot be used for a task, or nil if it can.
func (m *Sequential) Fits(want task.Task) error {
	if err := m.Classifies(); err != nil {
		return err
	}
	if err := m.Task.Fits(want); err != nil {
		return fmt.Errorf("model: %w", err)
	}
	return nil
}

// Seen are the pictures that the model was trained on, as far as its file says.
func (m *Sequential) Seen() task.Seen {
	if m.seen == nil {
		m.seen = task.Seen{}
		if m.seenAs != "" && json.Unmarshal([]byte(m.seenAs), &m.seen) != nil {
			m.seen = task.Seen{} // what cannot be read says nothing
		}
	}
	return m.seen
}

// SetSeen sets the pictures that the model was trained on.
func (m *Sequential) SetSeen(s task.Seen) { m.seen = s }

// Finite is an error that names a weight that is infinite or not a number, or nil.
func (m *Sequential) Finite() error {
	for _, w := range m.Weights() {
		if i := slices.IndexFunc(w.Data, func(v float32) bool { return v-v != 0 }); i >= 0 {
			return fmt.Errorf("model: number %d of %s is %v", i, w.Path, w.Data[i])
		}
	}
	return nil
}

// Describe describes the model.
func (m *Sequential) Describe() task.Model {
	s := task.Model{Name: m.Name, Measured: m.Measured, Temperature: m.Temperature, Task: m.Task, Logits: m.ending() != "softmax"}
	for _, l := range m.layers {
		d := layer.Describe(l.Layer)
		d.Name, d.Output = l.name, l.out
		for _, w := range l.weights {
			d.Params += len(w.Data)
			if w.Name == "kernel" { // a convolution's is used at each place of its output
				d.MultiplyAdds += len(w.Data) * l.out.Size() / l.out[len(l.out)-1]
			}
		}
		s.Params += d.Params
		s.Layers = append(s.Layers, d)
	}
	return s
}

// Summary describes the model as Keras prints it.
func (m *Sequential) Summary() string {
	const rule = 65
	s := m.Describe()
	var b strings.Builder
	fmt.Fprintf(&b, "Model: %q\n%s\n", m.Name, strings.Repeat("_", rule))
	fmt.Fprintf(&b, "%-29s%-26s%s\n%s\n", "Layer (type)", "Output Shape", "Param #", strings.Repeat("=", rule))
	for i, l := range s.Layers {
		if i > 0 {
			fmt.Fprintln(&b, strings.Repeat("_", rule))
		}
		fmt.Fprintf(&b, "%-29s%-26s%d\n", l.Name+" ("+l.Class+")", l.Output, l.Params)
	}
	fmt.Fprintln(&b, strings.Repeat("=", rule))
	fmt.Fprintf(&b, "Total params: %s\nTrainable params: %[1]s\nNon-trainable params: 0\n%s\n", thousands(s.Params), strings.Repeat("_", rule))
	return b.String()
}

func thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

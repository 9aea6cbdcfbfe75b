package onnx

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"tenfold/nn/checkpoint"
	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// Read opens a network of a file. What Write has written comes back whole. Otherwise its task has
// classes if the file names as many as the network has outputs, and a scaling if it gives one; the
// rest must still be set.
//
// An error says which operator cannot be read, and what would help.
func Read(b []byte) (*model.Network, error) {
	m, err := Decode(b)
	if err != nil {
		return nil, err
	}
	if err := m.readable(); err != nil {
		return nil, err
	}
	cs := &constants{all: map[string]*constant{}, left: spare(len(b))}
	for i := range m.Graph.Constants {
		t := &m.Graph.Constants[i]
		if cs.all[t.Name] != nil {
			return nil, damaged("two constants are called %.80q", t.Name)
		}
		if cs.all[t.Name], err = constantOf(t); err != nil {
			return nil, err
		}
	}
	if net := m.own(cs, len(b)); net != nil {
		return net, nil
	}
	in, err := m.pictures(cs)
	if err != nil {
		return nil, err
	}
	net, err := m.network(cs, in, in.first())
	if errors.Is(err, errTurned) && len(in.shape) == 3 { // the sizes do not tell for sure where its channels are
		cs.left = spare(len(b))
		if other, failed := m.network(cs, in, !in.first()); failed == nil {
			net, err = other, nil
		}
	}
	if err != nil {
		return nil, err
	}
	m.about(net)
	return net, nil
}

// readable returns an error if a file cannot be read here.
func (m *Model) readable() error {
	switch {
	case m.training:
		return errors.New("onnx: the file has a graph for training; export the network for inference: model.eval() and torch.onnx.export")
	case m.functions:
		return errors.New("onnx: the file has its own functions; export without them: torch.onnx.export(…, dynamo=False), or onnx.inliner.inline_local_functions")
	case m.Graph.sparse:
		return errors.New("onnx: the file has sparse weights: want dense ones")
	case len(m.Graph.Nodes) == 0:
		return errors.New("onnx: the file has no operators")
	case len(m.Graph.Outputs) != 1:
		return fmt.Errorf("onnx: the network has %d outputs: want one, the classes", len(m.Graph.Outputs))
	}
	return nil
}

// operators returns the version of ONNX' own operators.
func (m *Model) operators() int64 {
	for _, o := range m.Opsets {
		if o.Domain == "" || o.Domain == "ai.onnx" {
			return o.Version
		}
	}
	return 1
}

// pictured is a graph's input: its name, its sizes without the batch's, in the file's order,
// and the batch's, which is 0 where it is open.
type pictured struct {
	name  string
	shape task.Shape
	batch int64
}

// first guesses whether the channels come first: where there are as many as a picture has, 1 or 3.
func (p pictured) first() bool {
	colours := func(n int) bool { return n == 1 || n == 3 }
	return len(p.shape) != 3 || colours(p.shape[0]) || !colours(p.shape[2])
}

// maxSide is the most that one of a picture's sizes may be.
const maxSide = 1 << 16

// pictures returns the graph's input that is not a constant.
func (m *Model) pictures(cs *constants) (p pictured, err error) {
	var all []Value
	for _, v := range m.Graph.Inputs {
		if cs.all[v.Name] == nil { // in old files the weights are inputs too
			all = append(all, v)
		}
	}
	if len(all) != 1 {
		return p, fmt.Errorf("onnx: the network has %d inputs: want one, the pictures", len(all))
	}
	v := all[0]
	switch v.Type {
	case Float32, Float16, Float64, BFloat16, Uint8:
	default:
		return p, fmt.Errorf("onnx: the network's input %.80q is not of numbers: want pictures", v.Name)
	}
	if v.open || len(v.Dims) < 2 {
		return p, fmt.Errorf("onnx: the file does not say the sizes of %.80q: want (batch, channels, height, width); export with an example of them", v.Name)
	}
	p.name, p.batch = v.Name, max(v.Dims[0].Size, 0)
	for _, d := range v.Dims[1:] {
		if d.Size == 0 {
			return p, fmt.Errorf("onnx: the file leaves a size of the pictures %.80q open, %.40q: export with fixed ones, of which only the batch is open", v.Name, d.Name)
		}
		if d.Size < 0 || d.Size > maxSide {
			return p, damaged("the pictures %.80q have a size of %d", v.Name, d.Size)
		}
		p.shape = append(p.shape, int(d.Size))
	}
	return p, nil
}

// unsaid are the names that tools give to all graphs.
var unsaid = []string{"", "main_graph", "main", "torch_jit", "torch-jit-export", "graph"}

// about reads what the metadata say of the task.
func (m *Model) about(net *model.Network) {
	name := m.Graph.Name
	if slices.Contains(unsaid, name) {
		name = m.Producer
	}
	if name != "" {
		net.Name = name
	}
	net.Task = task.Task{Input: net.Input}
	t := net.Task
	json.Unmarshal([]byte(m.property(classes)), &t.Classes) // what cannot be read says nothing
	a, errA := strconv.ParseFloat(m.property(scale), 64)
	b, errB := strconv.ParseFloat(m.property(shift), 64)
	t.Scale, t.Shift = a, b
	said := errors.Join(errA, errB) == nil
	if !said {
		t.Scale, t.Shift = task.Scale, task.Shift // of some use, for the check
	}
	if len(t.Classes) == net.Output().Size() && (t.Check() == nil || len(net.Input) != 3) {
		net.Task = t
		if !said {
			net.Task.Scale, net.Task.Shift = 0, 0
		}
	}
}

// builder makes layers of a graph's operators.
type builder struct {
	*constants
	opset   int64
	batch   int64 // the file's number of pictures, 0 if it is open
	values  map[string]*value
	readers map[string]int    // how many take in a name, the graph's output too
	outputs map[string]bool   // of the graph
	next    map[string]string // the operator that takes in a name, the last of several

	input  task.Shape
	layers []planned
	size   int // all layers' outputs

	positives map[int]bool // see positive
}

// planned is a layer on its way into a network.
type planned struct {
	layer.Layer
	in      []int
	out     task.Shape
	weights [][]float32 // in the layer's order
	node    *Node
}

// Limits of a network, as a file of our own has them; model.Designed looks again.
const (
	maxLayers      = 4000 // with those that are left out later
	maxActivation  = 1 << 24
	maxActivations = 1 << 27
)

// network builds the network, with the channels of its pictures first or last in the file.
func (m *Model) network(cs *constants, in pictured, first bool) (*model.Network, error) {
	b := &builder{constants: cs, opset: m.operators(), batch: in.batch, values: map[string]*value{}, readers: map[string]int{}, next: map[string]string{}, outputs: map[string]bool{}, positives: map[int]bool{}}
	for name, c := range cs.all {
		b.values[name] = &value{name: name, constant: c}
	}
	pictures := &value{name: in.name, shape: in.shape, order: upTo(len(in.shape)), at: model.Input, settled: true}
	if first && len(in.shape) == 3 {
		pictures.shape, pictures.order = task.Shape{in.shape[1], in.shape[2], in.shape[0]}, channelsFirst
	}
	if err := bounded(pictures.shape); err != nil {
		return nil, fmt.Errorf("onnx: the pictures: %w", err)
	}
	b.input = pictures.shape
	b.values[in.name] = pictures
	out := m.Graph.Outputs[0].Name
	b.readers[out], b.outputs[out] = 1, true
	for i := range m.Graph.Nodes {
		for _, name := range m.Graph.Nodes[i].In {
			b.readers[name]++
			b.next[name] = m.Graph.Nodes[i].Op
		}
	}
	for i := range m.Graph.Nodes {
		if err := b.node(&m.Graph.Nodes[i]); err != nil {
			return nil, err
		}
	}
	y := b.values[out]
	if y == nil {
		return nil, damaged("nothing puts out %.80q", out)
	}
	at, err := b.settle(y)
	if err != nil {
		return nil, wrapped(err)
	}
	if y.flat != nil {
		return nil, errors.New("onnx: the network's output is a flattened picture, channels first: want a number a class")
	}
	return b.finish(at)
}

// wrapped puts the package's name before an error that has none.
func wrapped(err error) error {
	var named nodeError
	if errors.As(err, &named) {
		return err
	}
	return fmt.Errorf("onnx: %w", err)
}

// bounded returns an error if a shape is too large to be real.
func bounded(s task.Shape) error {
	n := 1
	for _, d := range s {
		if d < 1 || n > maxActivation/d {
			return fmt.Errorf("a tensor %v for each: want positive sizes and at most %d numbers", s, maxActivation)
		}
		n *= d
	}
	return nil
}

// place adds a layer with its weights, and says its number.
func (b *builder) place(n *Node, l layer.Layer, weights [][]float32, in ...int) (int, error) {
	shapes := make([]task.Shape, len(in))
	for k, at := range in {
		if shapes[k] = b.input; at != model.Input {
			shapes[k] = b.layers[at].out
		}
	}
	out, err := layer.Output(l, shapes...)
	if err == nil {
		err = bounded(out)
	}
	if b.size += out.Size(); err == nil && (b.size > maxActivations || len(b.layers) == maxLayers) {
		err = fmt.Errorf("the network up to here is too large: want at most %d layers, with outputs of %d numbers", maxLayers, maxActivations)
	}
	if err != nil {
		return 0, b.failed(n, err)
	}
	b.layers = append(b.layers, planned{l, in, out, weights, n})
	return len(b.layers) - 1, nil
}

// finish makes the network that ends with a layer, of those that lead there.
func (b *builder) finish(last int) (*model.Network, error) {
	if last == model.Input {
		return nil, errors.New("onnx: the network's output is its input: it has no layers")
	}
	live := make([]bool, last+1)
	live[last] = true
	for i := last; i >= 0; i-- {
		if live[i] {
			for _, in := range b.layers[i].in {
				if in != model.Input {
					live[in] = true
				}
			}
		}
	}
	f := model.NewFunctional(b.input)
	at := make([]int, last+1)
	var weights [][]float32
	for i, p := range b.layers[:last+1] {
		if !live[i] {
			continue
		}
		var in []int
		for _, k := range p.in {
			if k != model.Input {
				k = at[k]
			}
			in = append(in, k)
		}
		at[i] = f.Add(p.Layer, in...)
		if err := f.Err(); err != nil {
			return nil, b.failed(p.node, errors.Unwrap(err))
		}
		weights = append(weights, p.weights...)
	}
	net, err := f.Empty()
	if err != nil {
		return nil, wrapped(err)
	}
	text, err := net.Architecture()
	if err == nil {
		net, err = model.Designed(text) // which checks that it is not too large
	}
	if err != nil {
		return nil, wrapped(err)
	}
	return net, fill(net, weights)
}

// fill gives a network its weights.
func fill(net *model.Network, weights [][]float32) error {
	all := net.Weights()
	if len(all) != len(weights) {
		return fmt.Errorf("onnx: %d tensors of weights for %d", len(weights), len(all))
	}
	f := &checkpoint.File{}
	for i, w := range all {
		if len(weights[i]) != w.Shape.Size() {
			return fmt.Errorf("onnx: %s has %d numbers: want %v", w.Path, len(weights[i]), []int(w.Shape))
		}
		f.Tensors = append(f.Tensors, checkpoint.Tensor{Name: w.Path, Shape: w.Shape, Data: weights[i]})
	}
	if err := net.Allocate(); err != nil {
		return err
	}
	return net.Load(f)
}

package onnx

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// What is written: the format's version, and that of the operators, of which any tool from 2022 on
// has all.
const (
	version   = 8
	operators = 17
)

// The names of the input and the output of a graph of ours.
const (
	input  = "x"
	output = "y"
)

// Entries of the metadata that other tools can use: the names of the classes as a JSON list, and
// that a picture's byte b goes in as b*scale + shift. Beside them is all that the network's own file
// has there; see model.Network.File.
const (
	classes      = "classes"
	scale        = "scale"
	shift        = "shift"
	architecture = "architecture"
)

// Write returns a network as an ONNX file, for inference: without dropout and noise. Its input is
// pictures "x" [batch,h,w,c], normalised, and its output "y" [batch,classes]. Inside,
// channels come first. No weights are changed, so that Read gives back the same bits.
func Write(net *model.Network) ([]byte, error) {
	for _, w := range net.Weights() {
		if len(w.Data) != w.Shape.Size() {
			return nil, fmt.Errorf("onnx: %s has %d numbers: want %d", w.Path, len(w.Data), w.Shape.Size())
		}
	}
	w, err := written(net)
	if err != nil {
		return nil, err
	}
	m := &Model{IR: version, Producer: "Tenfold", Opsets: []Opset{{"", operators}}, Graph: w.graph, Doc: about(net)}
	m.Metadata, err = properties(net)
	if err != nil {
		return nil, err
	}
	return m.Encode(), nil
}

// properties returns the metadata of a network's file.
func properties(net *model.Network) ([]Property, error) {
	f, err := net.File()
	if err != nil {
		return nil, err
	}
	names, err := json.Marshal(net.Classes)
	if err != nil {
		return nil, fmt.Errorf("onnx: %w", err)
	}
	f.Metadata[classes] = string(names)
	f.Metadata[scale], f.Metadata[shift] = decimal(net.Scale), decimal(net.Shift)
	var all []Property
	for key, value := range f.Metadata {
		all = append(all, Property{key, value})
	}
	slices.SortFunc(all, func(a, b Property) int { return strings.Compare(a.Key, b.Key) })
	return all, nil
}

func decimal(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

// about describes the input and the output in words.
func about(net *model.Network) string {
	var b strings.Builder
	if net.Name != "" {
		fmt.Fprintf(&b, "%s. ", net.Name)
	}
	if s := net.Input; len(s) == 3 {
		pixel := fmt.Sprintf("%d channels", s[2])
		switch s[2] {
		case 1:
			pixel = "its grey"
		case 3:
			pixel = "its red, green and blue"
		}
		fmt.Fprintf(&b, "x are pictures (batch, %d, %d, %d), rows from the top, of each pixel %s; ", s[0], s[1], s[2], pixel)
	}
	fmt.Fprintf(&b, "a byte, 0 to 255, goes in as byte*%s + %s. ", decimal(net.Scale), decimal(net.Shift))
	if net.Ending() == "softmax" {
		fmt.Fprint(&b, "y are the probabilities of the classes")
	} else {
		fmt.Fprint(&b, "y are logits, of which a softmax makes the probabilities of the classes")
	}
	fmt.Fprint(&b, ", whose names the metadata has as JSON.")
	return b.String()
}

// writer is a network on its way into a graph.
type writer struct {
	net    *model.Network
	graph  Graph
	names  []string // of each layer's output
	placed []placed
}

// placed is a weight in a graph: the constant of its path, with its axes in another order.
type placed struct {
	*model.Weight
	axes []int
}

// written makes the graph of a network. Where its weights have no memory, its constants have none.
func written(net *model.Network) (*writer, error) {
	w := &writer{net: net}
	if w.graph.Name = net.Name; net.Name == "" {
		w.graph.Name = "network" // it must have one
	}
	w.graph.Inputs = []Value{Of(input, Float32, append([]int{-1}, net.Input...)...)}
	w.graph.Outputs = []Value{Of(output, Float32, append([]int{-1}, net.Output()...)...)}
	first := input
	if len(net.Input) > 1 {
		first = w.node("Transpose", input+"/channels_first", []string{input}, Attribute{"perm", inwards(len(net.Input))})
	}
	for i, n := range net.Nodes() {
		if len(n.Out) == 0 || len(n.Out)+1 > maxAxes {
			return nil, fmt.Errorf("onnx: %s has the output %v: want 1 to %d axes", n.Name, n.Out, maxAxes-1)
		}
		var x []string
		for _, in := range n.In {
			if in == model.Input {
				x = append(x, first)
			} else {
				x = append(x, w.names[in])
			}
		}
		write, ok := writers[reflect.TypeOf(n.Layer)]
		if !ok {
			return nil, fmt.Errorf("onnx: %s: a %T cannot be written: want a line for it in the table of nn/onnx", n.Name, n.Layer)
		}
		y := write(w, n, net.LayerInputs(i), x)
		if _, ok := n.Layer.(layer.Activated); ok {
			if f := layer.Ending(n.Layer); f != "" {
				y = w.function(f, n.Name+"/"+f, y)
			}
		}
		w.names = append(w.names, y)
	}
	last := w.names[len(w.names)-1]
	if rank := len(net.Output()); rank > 1 {
		w.nodeOf("Transpose", output, []string{last}, []string{output}, Attribute{"perm", outwards(rank)})
	} else {
		w.nodeOf("Identity", output, []string{last}, []string{output})
	}
	return w, nil
}

// inwards is how the axes of a batch, channels last, are turned channels first, and outwards the
// way back.
func inwards(rank int) []int64 {
	perm := []int64{0, int64(rank)}
	for a := 1; a < rank; a++ {
		perm = append(perm, int64(a))
	}
	return perm
}

func outwards(rank int) []int64 {
	perm := []int64{0}
	for a := 2; a <= rank; a++ {
		perm = append(perm, int64(a))
	}
	return append(perm, 1)
}

// node adds an operator; out is its name and that of its output.
func (w *writer) node(op, out string, in []string, attributes ...Attribute) string {
	return w.nodeOf(op, out, in, []string{out}, attributes...)
}

// nodeOf is called in many places; inlined it would make the programs of the page larger.
//
//go:noinline
func (w *writer) nodeOf(op, name string, in, out []string, attributes ...Attribute) string {
	w.graph.Nodes = append(w.graph.Nodes, Node{Name: name, Op: op, In: in, Out: out, Attributes: attributes})
	return out[0]
}

// weight adds a layer's weight, with its axes in another order where axes says one.
func (w *writer) weight(n model.Node, name string, axes ...int) string {
	i := slices.IndexFunc(n.Weights, func(w *model.Weight) bool { return w.Name == name })
	x := n.Weights[i]
	data, shape := x.Data, x.Shape
	if axes != nil {
		shape = task.Shape{}
		for _, a := range axes {
			shape = append(shape, x.Shape[a])
		}
		if data != nil {
			data = turned(x.Data, x.Shape, axes)
		}
	}
	w.placed = append(w.placed, placed{x, axes})
	w.graph.Constants = append(w.graph.Constants, Floats(x.Path, data, shape...))
	return x.Path
}

// has reports whether a layer has a weight.
func has(n model.Node, name string) bool {
	return slices.ContainsFunc(n.Weights, func(w *model.Weight) bool { return w.Name == name })
}

// all adds a constant of n numbers that are alike.
func (w *writer) all(name string, v float32, n int) string {
	data := make([]float32, n)
	for i := range data {
		data[i] = v
	}
	w.graph.Constants = append(w.graph.Constants, Floats(name, data, n))
	return name
}

// number adds a constant that is one number.
//
//go:noinline
func (w *writer) number(name string, v float32) string {
	w.graph.Constants = append(w.graph.Constants, Floats(name, []float32{v}))
	return name
}

// Transposed returns a tensor with its axes in another order, and its sizes in that.
func Transposed(x []float32, shape []int, axes ...int) (y []float32, dims []int) {
	strides := make([]int, len(shape))
	step := 1
	for k := len(shape) - 1; k >= 0; k-- {
		strides[k] = step
		step *= shape[k]
	}
	for _, a := range axes {
		dims = append(dims, shape[a])
	}
	y = make([]float32, len(x))
	place := make([]int, len(axes))
	for i := range y {
		from := 0
		for k, a := range axes {
			from += place[k] * strides[a]
		}
		y[i] = x[from]
		for k := len(axes) - 1; k >= 0; k-- {
			if place[k]++; place[k] < dims[k] {
				break
			}
			place[k] = 0
		}
	}
	return y, dims
}

// turned is Transposed without the sizes.
func turned(x []float32, shape, axes []int) []float32 {
	y, _ := Transposed(x, shape, axes...)
	return y
}

// back returns the axes that turn a tensor back.
func back(axes []int) []int {
	b := make([]int, len(axes))
	for k, a := range axes {
		b[a] = k
	}
	return b
}

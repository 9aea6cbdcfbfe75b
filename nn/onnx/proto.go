package onnx

import (
	"encoding/binary"
	"fmt"
	"math"
)

// Model is a file: a graph, and what it needs to be understood.
type Model struct {
	IR       int64 // the format's version
	Producer string
	Doc      string
	Opsets   []Opset
	Metadata []Property
	Graph    Graph

	training, functions bool // it has what is read nowhere here
}

// Opset is the version of the operators of a domain; "" is ONNX' own.
type Opset struct {
	Domain  string
	Version int64
}

// Property is an entry of a model's metadata.
type Property struct{ Key, Value string }

// Graph is a network: operators in an order in which they can be done, and constants.
type Graph struct {
	Name            string
	Nodes           []Node
	Constants       []Tensor // initializers
	Inputs, Outputs []Value
	Values          []Value // what is known of tensors between; only written

	sparse bool
}

// Node is an operator in its place.
type Node struct {
	Name, Op, Domain string
	In, Out          []string // names of tensors, of which "" is none
	Attributes       []Attribute
}

// Attribute is an operator's setting. Value is a float32, an int64, a string, a slice of one of
// these, a Tensor, or nil for anything else: a graph, say.
type Attribute struct {
	Name  string
	Value any
}

// Type is what a tensor's elements are, as TensorProto.DataType has it.
type Type int64

const (
	Float32  Type = 1
	Uint8    Type = 2
	Int32    Type = 6
	Int64    Type = 7
	Bool     Type = 9
	Float16  Type = 10
	Float64  Type = 11
	BFloat16 Type = 16
)

// Tensor is a constant. Its elements are row-major: in Raw, little-endian, or in one of the lists
// of numbers that a file may have instead.
type Tensor struct {
	Name string
	Dims []int64
	Type Type
	Raw  []byte

	reals, doubles []byte // float_data and double_data
	wholes         []int64
	elsewhere      bool // in another file
	segmented      bool
}

// Value describes a tensor that is not a constant.
type Value struct {
	Name string
	Type Type
	Dims []Dim
	open bool // the file does not say its sizes
}

// Dim is a size: a number, or where it is 0 a name for one that is open.
type Dim struct {
	Size int64
	Name string
}

// Limits of what is read, so that a few bytes cannot ask for all memory.
const (
	maxNodes      = 1 << 14
	maxConstants  = 1 << 16
	maxAttributes = 64 // of a node
	maxAxes       = 8
	maxProperties = 1 << 12
)

// Floats returns a constant of the given numbers.
func Floats(name string, data []float32, dims ...int) Tensor {
	raw := make([]byte, 0, 4*len(data))
	for _, v := range data {
		raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(v))
	}
	return Tensor{Name: name, Dims: sizes(dims), Type: Float32, Raw: raw}
}

// Integers returns a constant of the given integers.
func Integers(name string, data []int64, dims ...int) Tensor {
	raw := make([]byte, 0, 8*len(data))
	for _, v := range data {
		raw = binary.LittleEndian.AppendUint64(raw, uint64(v))
	}
	return Tensor{Name: name, Dims: sizes(dims), Type: Int64, Raw: raw}
}

func sizes(dims []int) []int64 {
	var all []int64
	for _, d := range dims {
		all = append(all, int64(d))
	}
	return all
}

// Of describes a tensor of so many numbers; a negative size is one that the pictures decide.
func Of(name string, t Type, dims ...int) Value {
	v := Value{Name: name, Type: t}
	for _, d := range dims {
		if d < 0 {
			v.Dims = append(v.Dims, Dim{Name: "batch"})
		} else {
			v.Dims = append(v.Dims, Dim{Size: int64(d)})
		}
	}
	return v
}

// Encode writes a model. The same one gives the same bytes.
func (m *Model) Encode() []byte {
	b := appendNumber(nil, 1, m.IR)
	b = optional(b, 2, m.Producer)
	b = optional(b, 6, m.Doc)
	b = appendBytes(b, 7, m.Graph.encode())
	for _, o := range m.Opsets {
		b = appendBytes(b, 8, appendNumber(appendBytes(nil, 1, o.Domain), 2, o.Version))
	}
	for _, p := range m.Metadata {
		b = appendBytes(b, 14, appendBytes(appendBytes(nil, 1, p.Key), 2, p.Value))
	}
	return b
}

// optional writes a string that is not empty.
func optional(b []byte, number int, s string) []byte {
	if s == "" {
		return b
	}
	return appendBytes(b, number, s)
}

func (g *Graph) encode() []byte {
	var b []byte
	for i := range g.Nodes {
		b = appendBytes(b, 1, g.Nodes[i].encode())
	}
	b = appendBytes(b, 2, g.Name)
	for i := range g.Constants {
		b = appendBytes(b, 5, g.Constants[i].encode())
	}
	for _, part := range []struct {
		number int
		all    []Value
	}{{11, g.Inputs}, {12, g.Outputs}, {13, g.Values}} {
		for _, v := range part.all {
			b = appendBytes(b, part.number, v.encode())
		}
	}
	return b
}

func (n *Node) encode() []byte {
	var b []byte
	for _, in := range n.In {
		b = appendBytes(b, 1, in)
	}
	for _, out := range n.Out {
		b = appendBytes(b, 2, out)
	}
	b = appendBytes(optional(b, 3, n.Name), 4, n.Op)
	for _, a := range n.Attributes {
		b = appendBytes(b, 5, a.encode())
	}
	return optional(b, 7, n.Domain)
}

// The kinds of attributes, as AttributeProto.AttributeType has them.
const (
	isFloat   = 1
	isInt     = 2
	isString  = 3
	isTensor  = 4
	isFloats  = 6
	isInts    = 7
	isStrings = 8
)

func (a Attribute) encode() []byte {
	b := appendBytes(nil, 1, a.Name)
	kind := int64(0)
	switch v := a.Value.(type) {
	case float32:
		b, kind = appendReal(b, 2, v), isFloat
	case int64:
		b, kind = appendNumber(b, 3, v), isInt
	case string:
		b, kind = appendBytes(b, 4, v), isString
	case Tensor:
		b, kind = appendBytes(b, 5, v.encode()), isTensor
	case []float32:
		for _, x := range v {
			b = appendReal(b, 7, x)
		}
		kind = isFloats
	case []int64:
		for _, x := range v {
			b = appendNumber(b, 8, x)
		}
		kind = isInts
	case []string:
		for _, x := range v {
			b = appendBytes(b, 9, x)
		}
		kind = isStrings
	default:
		panic(fmt.Sprintf("onnx: an attribute cannot be a %T", v))
	}
	return appendNumber(b, 20, kind)
}

func (t *Tensor) encode() []byte {
	b := make([]byte, 0, len(t.Raw)+len(t.Name)+64)
	for _, d := range t.Dims {
		b = appendNumber(b, 1, d)
	}
	b = appendNumber(b, 2, int64(t.Type))
	return appendBytes(optional(b, 8, t.Name), 9, t.Raw)
}

func (v Value) encode() []byte {
	var shape []byte
	for _, d := range v.Dims {
		if d.Size > 0 {
			shape = appendBytes(shape, 1, appendNumber(nil, 1, d.Size))
		} else {
			shape = appendBytes(shape, 1, appendBytes(nil, 2, d.Name))
		}
	}
	tensor := appendBytes(appendNumber(nil, 1, int64(v.Type)), 2, shape)
	return appendBytes(appendBytes(nil, 1, v.Name), 2, appendBytes(nil, 1, tensor))
}

package format

import (
	"encoding/binary"
	"fmt"
	"math"

	"google.golang.org/protobuf/encoding/protowire"
)

// onnxFile collects an ONNX model: nodes, constant tensors, inputs, outputs, and what is
// known of shapes between.
// Source: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.
type onnxFile struct {
	nodes, constants, inputs, outputs, values [][]byte

	count int
}

// attribute is an operator's setting.
type attribute struct {
	name  string
	value any // float32, int64 or []int64
}

// microsoft is the domain of ONNX Runtime's own operators.
const microsoft = "com.microsoft"

// floats adds a constant tensor.
func (f *onnxFile) floats(name string, data []float32, dims ...int) string {
	raw := make([]byte, 0, 4*len(data))
	for _, v := range data {
		raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(v))
	}
	return f.tensor(name, float32s, raw, dims...)
}

// integers adds a constant tensor of 64-bit integers; without dims a single one.
func (f *onnxFile) integers(name string, data []int64, dims ...int) string {
	var raw []byte
	for _, v := range data {
		raw = binary.LittleEndian.AppendUint64(raw, uint64(v))
	}
	return f.tensor(name, int64s, raw, dims...)
}

// tensor adds a constant of a type of TensorProto.DataType.
func (f *onnxFile) tensor(name string, of int64, raw []byte, dims ...int) string {
	var t []byte
	for _, d := range dims {
		t = number(t, 1, int64(d))
	}
	t = text(number(t, 2, of), 8, name)
	f.constants = append(f.constants, message(t, 9, raw))
	return name
}

// node adds an operator and returns the name of its first output, the operator's with a
// number.
func (f *onnxFile) node(operator string, inputs []string, attributes ...attribute) string {
	f.count++
	name := fmt.Sprintf("%s_%d", operator, f.count)
	f.nodeOf("", operator, inputs, []string{name}, attributes...)
	return name
}

// nodeOf adds an operator of a domain with named outputs, of which "" are not wanted.
func (f *onnxFile) nodeOf(domain, operator string, inputs, outputs []string, attributes ...attribute) {
	var n []byte
	for _, in := range inputs {
		n = text(n, 1, in)
	}
	for _, out := range outputs {
		n = text(n, 2, out)
	}
	n = text(text(n, 3, fmt.Sprintf("%s:%d", operator, len(f.nodes))), 4, operator)
	for _, a := range attributes {
		b := text(nil, 1, a.name)
		switch v := a.value.(type) {
		case float32:
			b = protowire.AppendFixed32(protowire.AppendTag(b, 2, protowire.Fixed32Type), math.Float32bits(v))
			b = number(b, 20, 1)
		case int64:
			b = number(number(b, 3, v), 20, 2)
		case []int64:
			for _, i := range v {
				b = number(b, 8, i)
			}
			b = number(b, 20, 7)
		default:
			panic(fmt.Sprintf("format: an attribute cannot be a %T", v))
		}
		n = message(n, 5, b)
	}
	if domain != "" {
		n = text(n, 7, domain)
	}
	f.nodes = append(f.nodes, n)
}

// model returns the file.
func (f *onnxFile) model(name string) []byte {
	var graph []byte
	for _, part := range []struct {
		field protowire.Number
		all   [][]byte
	}{{1, f.nodes}, {5, f.constants}, {11, f.inputs}, {12, f.outputs}, {13, f.values}} {
		for _, b := range part.all {
			graph = message(graph, part.field, b)
		}
	}
	m := number(nil, 1, 8)                             // the format's version
	m = message(m, 8, number(text(nil, 1, ""), 2, 13)) // the operators' versions
	m = message(m, 8, number(text(nil, 1, microsoft), 2, 1))
	return message(m, 7, text(graph, 2, name))
}

// The element types of tensors, as TensorProto.DataType has them.
const (
	float32s = 1
	int64s   = 7
)

// valueOf describes a tensor. A negative size is one that the pictures decide.
func valueOf(name string, of int64, dims ...int) []byte {
	var shape []byte
	for _, d := range dims {
		if d < 0 {
			shape = message(shape, 1, text(nil, 2, "n"))
		} else {
			shape = message(shape, 1, number(nil, 1, int64(d)))
		}
	}
	tensor := message(number(nil, 1, of), 2, shape)
	return message(text(nil, 1, name), 2, message(nil, 1, tensor))
}

func number(b []byte, field protowire.Number, v int64) []byte {
	return protowire.AppendVarint(protowire.AppendTag(b, field, protowire.VarintType), uint64(v))
}

func text(b []byte, field protowire.Number, s string) []byte {
	return protowire.AppendString(protowire.AppendTag(b, field, protowire.BytesType), s)
}

func message(b []byte, field protowire.Number, m []byte) []byte {
	return protowire.AppendBytes(protowire.AppendTag(b, field, protowire.BytesType), m)
}

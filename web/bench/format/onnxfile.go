package format

import (
	"fmt"

	"tenfold/nn/onnx"
)

// onnxFile collects an ONNX model: operators, constant tensors, inputs, outputs, and what is known
// of shapes between.
type onnxFile struct {
	onnx.Graph
	count int
}

// microsoft is the domain of ONNX Runtime's own operators.
const microsoft = "com.microsoft"

// floats adds a constant tensor.
func (f *onnxFile) floats(name string, data []float32, dims ...int) string {
	f.Constants = append(f.Constants, onnx.Floats(name, data, dims...))
	return name
}

// integers adds a constant tensor of 64-bit integers; without dims a single one.
func (f *onnxFile) integers(name string, data []int64, dims ...int) string {
	f.Constants = append(f.Constants, onnx.Integers(name, data, dims...))
	return name
}

// node adds an operator and returns the name of its first output, the operator's with a
// number.
func (f *onnxFile) node(operator string, inputs []string, attributes ...onnx.Attribute) string {
	f.count++
	name := fmt.Sprintf("%s_%d", operator, f.count)
	f.nodeOf("", operator, inputs, []string{name}, attributes...)
	return name
}

// nodeOf adds an operator of a domain with named outputs; those named "" are not wanted.
func (f *onnxFile) nodeOf(domain, operator string, inputs, outputs []string, attributes ...onnx.Attribute) {
	f.Nodes = append(f.Nodes, onnx.Node{
		Name: fmt.Sprintf("%s:%d", operator, len(f.Nodes)), Op: operator, Domain: domain, In: inputs, Out: outputs, Attributes: attributes,
	})
}

// model returns the file.
func (f *onnxFile) model(name string) []byte {
	f.Name = name
	m := onnx.Model{IR: 8, Opsets: []onnx.Opset{{Version: 13}, {Domain: microsoft, Version: 1}}, Graph: f.Graph}
	return m.Encode()
}

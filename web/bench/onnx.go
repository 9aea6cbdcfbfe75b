package main

import (
	"encoding/binary"
	"fmt"
	"math"

	"google.golang.org/protobuf/encoding/protowire"

	"tenfold/nn/model"
)

// onnx writes the tutorial's network as an ONNX model over pictures [n,3,32,32] for
// ONNX Runtime: convolution kernels as OIHW, and the first dense kernel's rows in the
// order that flattening channels-first gives.
// Source: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.
func onnx(m *model.Network) []byte {
	g := &onnxGraph{weights: map[string]*model.Weight{}, top: "x"}
	for _, w := range m.Weights() {
		g.weights[w.Path] = w
	}
	leaky := attribute{"alpha", float32(0.1)}
	pool := []attribute{{"kernel_shape", []int64{2, 2}}, {"strides", []int64{2, 2}}}
	g.conv("conv2d")
	g.node("Relu", nil)
	g.node("LeakyRelu", nil, leaky)
	g.conv("conv2d_1")
	g.node("LeakyRelu", nil, leaky)
	g.node("MaxPool", nil, pool...)
	g.conv("conv2d_2")
	g.node("LeakyRelu", nil, leaky)
	g.conv("conv2d_3")
	g.node("LeakyRelu", nil, leaky)
	g.node("MaxPool", nil, pool...)
	g.node("Flatten", nil)
	g.dense("dense", 64, 8*8)
	g.node("LeakyRelu", nil, leaky)
	g.dense("dense_1", 1, 256)
	g.node("LeakyRelu", nil, leaky)
	g.node("Softmax", nil, attribute{"axis", int64(-1)})
	g.rename("y")
	return g.model()
}

// onnxGraph collects the nodes of a graph, each of which takes the last one's
// output.
type onnxGraph struct {
	weights      map[string]*model.Weight
	nodes        [][]byte
	initializers [][]byte
	top          string
	last         struct {
		op         string
		inputs     []string
		attributes []attribute
	}
}

type attribute struct {
	name  string
	value any // float32, int64 or []int64
}

func (g *onnxGraph) conv(layer string) {
	k := g.weights[layer+"/kernel"]
	h, w, in, out := k.Shape[0], k.Shape[1], k.Shape[2], k.Shape[3]
	oihw := make([]float32, len(k.Data))
	for i, v := range k.Data {
		o, c, x, y := i%out, i/out%in, i/out/in%w, i/out/in/w
		oihw[((o*in+c)*h+y)*w+x] = v
	}
	g.tensor(layer+"/kernel", oihw, out, in, h, w)
	g.tensor(layer+"/bias", g.weights[layer+"/bias"].Data, out)
	g.node("Conv", []string{layer + "/kernel", layer + "/bias"}, attribute{"pads", []int64{1, 1, 1, 1}})
}

// dense adds a dense layer over so many channels of so many pixels.
func (g *onnxGraph) dense(layer string, channels, pixels int) {
	k := g.weights[layer+"/kernel"]
	in, out := k.Shape[0], k.Shape[1]
	rows := make([]float32, 0, len(k.Data))
	for i := range in {
		c, p := i/pixels, i%pixels
		row := p*channels + c
		rows = append(rows, k.Data[row*out:(row+1)*out]...)
	}
	g.tensor(layer+"/kernel", rows, in, out)
	g.tensor(layer+"/bias", g.weights[layer+"/bias"].Data, out)
	g.node("Gemm", []string{layer + "/kernel", layer + "/bias"})
}

func (g *onnxGraph) tensor(name string, data []float32, dims ...int) {
	var raw, t []byte
	for _, v := range data {
		raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(v))
	}
	for _, d := range dims {
		t = number(t, 1, int64(d))
	}
	t = number(t, 2, 1) // FLOAT
	t = text(t, 8, name)
	g.initializers = append(g.initializers, message(t, 9, raw))
}

func (g *onnxGraph) node(op string, inputs []string, attributes ...attribute) {
	g.nodes = append(g.nodes, nil)
	g.last.op, g.last.attributes = op, attributes
	g.last.inputs = append([]string{g.top}, inputs...)
	g.rename(fmt.Sprintf("%s_%d", op, len(g.nodes)))
}

// rename writes the last node with another output.
func (g *onnxGraph) rename(output string) {
	var n []byte
	for _, in := range g.last.inputs {
		n = text(n, 1, in)
	}
	n = text(n, 2, output)
	n = text(n, 3, output)
	n = text(n, 4, g.last.op)
	for _, a := range g.last.attributes {
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
		}
		n = message(n, 5, b)
	}
	g.nodes[len(g.nodes)-1] = n
	g.top = output
}

func (g *onnxGraph) model() []byte {
	var graph []byte
	for _, n := range g.nodes {
		graph = message(graph, 1, n)
	}
	graph = text(graph, 2, "tutorial")
	for _, t := range g.initializers {
		graph = message(graph, 5, t)
	}
	graph = message(graph, 11, value("x", "n", 3, 32, 32))
	graph = message(graph, 12, value(g.top, "n", 10))
	m := number(nil, 1, 8)                             // the format's version
	m = message(m, 8, number(text(nil, 1, ""), 2, 13)) // the operators' version
	return message(m, 7, graph)
}

// value describes a float tensor whose first axis has a name.
func value(name, first string, dims ...int64) []byte {
	shape := message(nil, 1, text(nil, 2, first))
	for _, d := range dims {
		shape = message(shape, 1, number(nil, 1, d))
	}
	tensor := message(number(nil, 1, 1), 2, shape)
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

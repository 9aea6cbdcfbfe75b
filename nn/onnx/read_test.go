package onnx

import (
	"encoding/binary"
	"math"
	"slices"
	"strings"
	"testing"

	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// changed returns a file whose graph is another.
func changed(t *testing.T, b []byte, change func(g *Graph)) []byte {
	t.Helper()
	m, err := Decode(b)
	if err != nil {
		t.Fatal(err)
	}
	change(&m.Graph)
	m.Metadata = nil
	return m.Encode()
}

// TestPrecisions reads weights as files may have them: in less or more bits, as bytes or as lists of
// numbers, packed or not.
func TestPrecisions(t *testing.T) {
	net := row(t, task.Shape{6, 5, 3}, layer.Conv2D{Filters: 2, KernelSize: [2]int{3, 3}}, layer.BatchNormalization{}, layer.Flatten{}, layer.Dense{Units: 3})
	for _, w := range net.Weights() {
		for i, v := range w.Data {
			w.Data[i] = float32(math.Round(float64(v)*64) / 64) // so that 8 bits have room for it
		}
	}
	whole := encoded(t, net)
	want := answers(net, pictures(net.Input))
	floats := func(t *Tensor) (x []float32) {
		for b := t.Raw; len(b) > 0; b = b[4:] {
			x = append(x, math.Float32frombits(binary.LittleEndian.Uint32(b)))
		}
		return x
	}
	half := func(v float32) uint16 { // of what has room
		bits := math.Float32bits(v)
		if v == 0 {
			return uint16(bits >> 16)
		}
		return uint16(bits>>16&0x8000 | (bits>>23&0xff-112)<<10 | bits>>13&0x3ff)
	}
	// Each writes what stands behind the sizes and the name in a tensor.
	for name, write := range map[string]func(x []float32) []byte{
		"float16": func(x []float32) []byte {
			var raw []byte
			for _, v := range x {
				raw = binary.LittleEndian.AppendUint16(raw, half(v))
			}
			return appendBytes(appendNumber(nil, 2, int64(Float16)), 9, raw)
		},
		"float16 as integers": func(x []float32) []byte {
			b := appendNumber(nil, 2, int64(Float16))
			for _, v := range x {
				b = appendNumber(b, 5, int64(half(v)))
			}
			return b
		},
		"bfloat16": func(x []float32) []byte {
			var raw []byte
			for _, v := range x {
				raw = binary.LittleEndian.AppendUint16(raw, uint16(math.Float32bits(v)>>16))
			}
			return appendBytes(appendNumber(nil, 2, int64(BFloat16)), 9, raw)
		},
		"float64": func(x []float32) []byte {
			var raw []byte
			for _, v := range x {
				raw = binary.LittleEndian.AppendUint64(raw, math.Float64bits(float64(v)))
			}
			return appendBytes(appendNumber(nil, 2, int64(Float64)), 9, raw)
		},
		"float64 packed": func(x []float32) []byte {
			var raw []byte
			for _, v := range x {
				raw = binary.LittleEndian.AppendUint64(raw, math.Float64bits(float64(v)))
			}
			return appendNumber(appendBytes(nil, 10, raw), 2, int64(Float64))
		},
		"float32 packed": func(x []float32) []byte {
			return appendBytes(appendNumber(nil, 2, int64(Float32)), 4, Floats("", x).Raw)
		},
		"float32 one by one": func(x []float32) []byte {
			b := appendNumber(nil, 2, int64(Float32))
			for _, v := range x {
				b = appendReal(b, 4, v)
			}
			return b
		},
	} {
		m, err := Decode(whole)
		if err != nil {
			t.Fatal(err)
		}
		var tensors []byte
		for i := range m.Graph.Constants {
			c := &m.Graph.Constants[i]
			var b []byte
			for _, d := range c.Dims {
				b = appendNumber(b, 1, d)
			}
			b = append(appendBytes(b, 8, c.Name), write(floats(c))...)
			tensors = appendBytes(tensors, 5, b)
		}
		m.Graph.Constants = nil
		b := appendNumber(nil, 1, 8)
		b = appendBytes(b, 8, appendNumber(nil, 2, 17))
		b = appendBytes(b, 7, append(m.Graph.encode(), tensors...))
		again, err := Read(b)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if d := apart(answers(again, pictures(net.Input)), want); d > 1e-6 {
			t.Errorf("%s: the answers differ by %g", name, d)
		}
	}
}

// TestTensorFlow reads a graph as tf2onnx writes it of Keras: pictures with the channels last, which a
// Transpose turns once, products with their own biases, and elements flattened in Keras' order.
// For one channel a Reshape stands for the Transpose.
func TestTensorFlow(t *testing.T) {
	for _, channels := range []int{3, 1} {
		net := row(t, task.Shape{6, 5, channels}, layer.Conv2D{Filters: 2, KernelSize: [2]int{3, 3}, Strides: [2]int{2, 2}, Padding: layer.Same},
			layer.Activation{Function: "relu"}, layer.Flatten{}, layer.Dense{Units: 4}, layer.ELU{Alpha: 0.5}, layer.Dense{Units: 3, Activation: "softmax"})
		was := answers(net, pictures(net.Input))
		b := changed(t, encoded(t, net), func(g *Graph) {
			g.Inputs[0].Dims[0].Name = "unk__9"
			var nodes []Node
			for _, n := range g.Nodes {
				switch {
				case n.Op == "Transpose" && n.In[0] == "x" && channels == 1:
					g.Constants = append(g.Constants, Integers("new_shape", []int64{-1, 1, 6, 5}, 4))
					nodes = append(nodes, node("Reshape", "x new_shape", n.Out[0]))
				case n.Op == "Conv": // its padding by name, and its bias apart
					for i, a := range n.Attributes {
						if a.Name == "pads" {
							n.Attributes[i] = Attribute{"auto_pad", "SAME_UPPER"}
						}
					}
					bias := n.In[2]
					i := slices.IndexFunc(g.Constants, func(c Tensor) bool { return c.Name == bias })
					g.Constants[i].Dims = []int64{1, 2, 1, 1}
					out := n.Out[0]
					n.In, n.Out = n.In[:2], []string{out + "/product"}
					nodes = append(nodes, n, node("Add", out+"/product "+bias, out))
				case n.Op == "Flatten":
					g.Constants = append(g.Constants, Integers("flat", []int64{-1, 18}, 2))
					nodes = append(nodes, node("Reshape", n.In[0]+" flat", n.Out[0]))
				case n.Op == "Gemm":
					nodes = append(nodes, node("MatMul", n.In[0]+" "+n.In[1], n.Out[0]+"/product"), node("Add", n.In[2]+" "+n.Out[0]+"/product", n.Out[0]))
				default:
					nodes = append(nodes, n)
				}
			}
			g.Nodes = nodes
		})
		again, err := Read(b)
		if err != nil {
			t.Fatal(err)
		}
		if got := classNames(again); got != "Conv2D relu Flatten Dense ELU Dense softmax" || !slices.Equal(again.Input, net.Input) {
			t.Errorf("%v: %s", again.Input, got)
		}
		if d := apart(answers(again, pictures(net.Input)), was); d > 1e-6 {
			t.Errorf("the answers differ by %g", d)
		}
		for i, w := range again.Weights() {
			if !slices.Equal(w.Data, net.Weights()[i].Data) {
				t.Errorf("%s has changed", w.Path)
			}
		}
	}
}

// TestFunctions recognises activations in the parts that tools write.
func TestFunctions(t *testing.T) {
	number := func(name string, v float32) Tensor { return Floats(name, []float32{v}) }
	for want, nodes := range map[string][]Node{
		"gelu":                        {node("Div", "x root2", "a"), node("Erf", "a", "b"), node("Add", "one b", "c"), node("Mul", "half x", "d"), node("Mul", "d c", "y")},
		"silu":                        {node("Neg", "x", "a"), node("Exp", "a", "b"), node("Add", "b one", "c"), node("Div", "x c", "y")},
		"hard_swish":                  {node("Add", "x three", "a"), node("Clip", "a zero six", "b"), node("Div", "b six", "c"), node("Mul", "x c", "y")},
		"softplus":                    {node("Abs", "x", "a"), node("Neg", "a", "b"), node("Exp", "b", "c"), node("Add", "c one", "d"), node("Log", "d", "e"), node("Relu", "x", "f"), node("Add", "f e", "y")},
		"relu":                        {node("Max", "x zero", "y")},
		"sigmoid":                     {node("Neg", "x", "a"), node("Exp", "a", "b"), node("Add", "one b", "c"), node("Reciprocal", "c", "y")},
		"ReLU":                        {node("Relu", "x", "a"), node("Min", "a six", "y")},
		"LeakyReLU":                   {node("Mul", "x half", "a"), node("Max", "x a", "y")},
		"Rescaling":                   {node("Sub", "one x", "a"), node("Mul", "a three", "y")},
		"elu":                         {node("Elu", "x", "y")},
		"relu tanh":                   {node("Relu", "x", "a"), node("Tanh", "a", "y")},
		"relu tanh softplus Multiply": {node("Relu", "x", "a"), node("Tanh", "a", "b"), node("Softplus", "a", "c"), node("Mul", "b c", "y")},
	} {
		for i := range nodes {
			nodes[i].Name += nodes[i].Out[0]
		}
		m := of(nodes, number("root2", math.Sqrt2), number("one", 1), number("half", 0.5), number("three", 3), number("six", 6), number("zero", 0))
		net, err := Read(m.Encode())
		if err != nil {
			t.Errorf("%s: %v", want, err)
			continue
		}
		if got := classNames(net); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// TestKnown checks that a file is known as long as it is one.
func TestKnown(t *testing.T) {
	b := encoded(t, drawn(t, model.Slim()))
	for _, n := range []int{len(b), len(b) / 2, 2000} {
		if !Known(b[:n]) {
			t.Errorf("%d bytes are not known", n)
		}
	}
	if _, err := Read(b[:len(b)/2]); err == nil || !strings.HasPrefix(err.Error(), "onnx: the file is damaged") {
		t.Error(err)
	}
	if Known(b[:2]) || Known(b[1:]) || Known(nil) {
		t.Error("what is none is known")
	}
}

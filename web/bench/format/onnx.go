package format

import (
	"fmt"
	"reflect"

	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/onnx"
	"tenfold/nn/task"
)

// ONNX writes a network for inference: pictures "x" [n,c,h,w], normalised, become "y"
// [n,classes]. Kernels are OIHW, and the rows of a dense kernel in the order that flattening
// channels-first gives.
func ONNX(m *model.Network) ([]byte, error) {
	g := &onnxGraph{ops: inferring(m), planes: map[string]task.Shape{}}
	g.Inputs = append(g.Inputs, onnx.Of("x", onnx.Float32, onnxDims(-1, m.Input)...))
	if err := g.forward(); err != nil {
		return nil, err
	}
	g.nodeOf("", "Identity", []string{g.names[len(g.names)-1]}, []string{"y"})
	g.Outputs = append(g.Outputs, onnx.Of("y", onnx.Float32, onnxDims(-1, m.Output())...))
	return g.model(m.Name), nil
}

// onnxGraph is a network on its way into an ONNX file.
type onnxGraph struct {
	onnxFile
	ops    []op
	names  []string              // of each one's output
	planes map[string]task.Shape // the picture that a flattened one was, if its elements lie channels-first

	training bool // operators output what the way back needs
	dropout  bool
	kept     map[int]string // that of each
}

// onnxDims returns the sizes of n pictures' activations, channels first.
func onnxDims(n int, s task.Shape) []int {
	if len(s) == 3 {
		return []int{n, s[2], s[0], s[1]}
	}
	return append([]int{n}, s...)
}

// onnxKinds writes an operation with inputs x, and returns the name of its output.
// A new kind of layer adds a line.
var onnxKinds = map[reflect.Type]func(g *onnxGraph, o op, x []string) (string, error){
	of[layer.Conv2D]():                 (*onnxGraph).conv,
	of[layer.Dense]():                  (*onnxGraph).dense,
	of[layer.Flatten]():                (*onnxGraph).flatten,
	of[layer.MaxPool2D]():              (*onnxGraph).maxPool,
	of[layer.AveragePooling2D]():       (*onnxGraph).averagePool,
	of[layer.GlobalAveragePooling2D](): (*onnxGraph).globalAverage,
	of[layer.BatchNormalization]():     (*onnxGraph).batchNorm,
	of[layer.Activation]():             (*onnxGraph).activation,
	of[layer.LeakyReLU]():              (*onnxGraph).leaky,
	of[layer.ReLU]():                   (*onnxGraph).leaky,
	of[layer.Add]():                    (*onnxGraph).add,
	of[layer.Dropout]():                (*onnxGraph).drop, // in training alone
}

// positionless are the kinds that treat every element alike, so that those of a flattened
// picture may lie in any order.
var positionless = map[reflect.Type]bool{
	of[layer.Activation](): true, of[layer.LeakyReLU](): true, of[layer.ReLU](): true, of[layer.Dropout](): true, of[layer.Dense](): true,
}

// forward writes all operations.
func (g *onnxGraph) forward() error {
	for _, o := range g.ops {
		write, ok := onnxKinds[kind(o.layer)]
		if !ok {
			return lacks("ONNX", o)
		}
		x := g.read(o)
		plane, flat := g.planes[x[0]]
		if flat && !positionless[kind(o.layer)] {
			return failed("ONNX", o, fmt.Errorf("its input is a flattened picture; want a Dense"))
		}
		y, err := write(g, o, x)
		if err != nil {
			return failed("ONNX", o, err)
		}
		if kind(o.layer) != of[layer.Dense]() && flat {
			g.planes[y] = plane
		}
		g.names = append(g.names, y)
	}
	if _, flat := g.planes[g.names[len(g.names)-1]]; flat {
		return fmt.Errorf("format: the network's output is a flattened picture; want a Dense at its end")
	}
	return nil
}

// read returns the names of an operation's inputs.
func (g *onnxGraph) read(o op) []string {
	var x []string
	for _, in := range o.in {
		if in == model.Input {
			x = append(x, "x")
		} else {
			x = append(x, g.names[in])
		}
	}
	return x
}

// at returns the number of the operation that is written.
func (g *onnxGraph) at() int { return len(g.names) }

// pads returns where a window reaches out of a picture: top, left, bottom, right.
func (w window) pads() []int64 {
	return []int64{int64(w.before[0]), int64(w.before[1]), int64(w.after[0]), int64(w.after[1])}
}

func pair(v [2]int) []int64 { return []int64{int64(v[0]), int64(v[1])} }

// convAttributes returns those of Conv and ConvGrad.
func convAttributes(w window) []onnx.Attribute {
	return []onnx.Attribute{{Name: "kernel_shape", Value: pair(w.size)}, {Name: "strides", Value: pair(w.stride)}, {Name: "dilations", Value: pair(w.dilation)}, {Name: "pads", Value: w.pads()}}
}

func (g *onnxGraph) conv(o op, x []string) (string, error) {
	k := o.weights["kernel"]
	kernel, dims := onnx.Transposed(k.data, k.shape, 3, 2, 0, 1)
	inputs := append(x, g.weight(o.name+"/kernel", kernel, dims...))
	if b := o.weights["bias"]; b != nil {
		inputs = append(inputs, g.weight(o.name+"/bias", b.data, b.shape...))
	}
	return g.node("Conv", inputs, convAttributes(o.window())...), nil
}

func (g *onnxGraph) dense(o op, x []string) (string, error) {
	k := o.weights["kernel"]
	kernel := k.data
	if p := g.planes[x[0]]; p != nil {
		kernel, _ = onnx.Transposed(k.data, append(append(task.Shape{}, p...), k.shape[1]), 2, 0, 1, 3)
	}
	inputs := append(x, g.weight(o.name+"/kernel", kernel, k.shape...))
	if b := o.weights["bias"]; b != nil {
		inputs = append(inputs, g.weight(o.name+"/bias", b.data, b.shape...))
	}
	return g.node("Gemm", inputs), nil
}

// weight adds a weight. In training it is an input with a value to begin with, so that
// nothing is worked out from it beforehand.
func (g *onnxGraph) weight(name string, data []float32, dims ...int) string {
	if g.training {
		g.Inputs = append(g.Inputs, onnx.Of(name, onnx.Float32, dims...))
	}
	return g.floats(name, data, dims...)
}

func (g *onnxGraph) flatten(o op, x []string) (string, error) {
	y := g.node("Flatten", x)
	if s := o.shapes[0]; len(s) == 3 && s[0]*s[1] > 1 {
		g.planes[y] = s
	}
	return y, nil
}

func (g *onnxGraph) maxPool(o op, x []string) (string, error) {
	w := o.window()
	attributes := []onnx.Attribute{{Name: "kernel_shape", Value: pair(w.size)}, {Name: "strides", Value: pair(w.stride)}, {Name: "pads", Value: w.pads()}}
	if !g.training {
		return g.node("MaxPool", x, attributes...), nil
	}
	g.count++
	y := fmt.Sprintf("MaxPool_%d", g.count)
	g.kept[g.at()] = y + "_indices"
	g.nodeOf("", "MaxPool", x, []string{y, g.kept[g.at()]}, attributes...)
	return y, nil
}

func (g *onnxGraph) averagePool(o op, x []string) (string, error) {
	w := o.window() // what lies outside of the picture does not count, as in Keras
	return g.node("AveragePool", x, onnx.Attribute{Name: "kernel_shape", Value: pair(w.size)}, onnx.Attribute{Name: "strides", Value: pair(w.stride)}, onnx.Attribute{Name: "pads", Value: w.pads()}), nil
}

func (g *onnxGraph) globalAverage(o op, x []string) (string, error) {
	y := g.node("GlobalAveragePool", x)
	if len(o.out) == 3 { // keepdims
		return y, nil
	}
	return g.node("Flatten", []string{y}), nil
}

func (g *onnxGraph) batchNorm(o op, x []string) (string, error) {
	scale, shift := normalizing(o)
	zero, one := make([]float32, len(scale)), make([]float32, len(scale))
	for c := range one {
		one[c] = 1
	}
	for k, v := range [][]float32{scale, shift, zero, one} {
		x = append(x, g.floats(fmt.Sprintf("%s/%d", o.name, k), v, len(v)))
	}
	return g.node("BatchNormalization", x, onnx.Attribute{Name: "epsilon", Value: float32(0)}), nil
}

// onnxFunctions are the operators of activations, by Keras' names.
var onnxFunctions = map[string]string{
	"relu": "Relu", "tanh": "Tanh", "sigmoid": "Sigmoid", "softmax": "Softmax", "softplus": "Softplus", "elu": "Elu",
}

func (g *onnxGraph) activation(o op, x []string) (string, error) {
	f := o.layer.(layer.Activation).Function
	operator := onnxFunctions[f]
	switch {
	case operator == "":
		return "", fmt.Errorf("activation %q: there is no operator for it in the table", f)
	case f == "softmax" && len(o.out) != 1:
		return "", fmt.Errorf("a softmax over the channels of a picture: want one axis")
	case f == "softmax":
		return g.node(operator, x, onnx.Attribute{Name: "axis", Value: int64(-1)}), nil
	}
	return g.node(operator, x), nil
}

func (g *onnxGraph) leaky(o op, x []string) (string, error) {
	alpha, err := slope(o.layer)
	if err != nil {
		return "", err
	}
	if alpha == 0 {
		return g.node("Relu", x), nil
	}
	return g.node("LeakyRelu", x, onnx.Attribute{Name: "alpha", Value: alpha}), nil
}

func (g *onnxGraph) add(_ op, x []string) (string, error) {
	if len(x) == 2 {
		return g.node("Add", x), nil
	}
	return g.node("Sum", x), nil
}

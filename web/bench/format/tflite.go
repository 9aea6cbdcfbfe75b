package format

import (
	"encoding/binary"
	"fmt"
	"math"
	"reflect"

	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/onnx"
	"tenfold/nn/task"
)

// TFLite writes a network for inference on batches of exactly the given number of pictures
// [n,h,w,c], normalised, in TensorFlow Lite's format, which LiteRT reads. Rectifiers are joined
// with the operators before them, as TensorFlow's converter does.
// Source: https://github.com/tensorflow/tensorflow/blob/master/tensorflow/lite/schema/schema.fbs.
func TFLite(m *model.Network, batch int) ([]byte, error) {
	all := rectified(inferring(m), layer.Conv2D{}, layer.Dense{}, layer.MaxPool2D{}, layer.AveragePooling2D{}, layer.Add{}, layer.BatchNormalization{})
	g := &tfliteGraph{batch: batch, buffers: [][]byte{nil}}
	g.input = g.activations("x", m.Input)
	for _, o := range all {
		write, ok := tfliteKinds[kind(o.layer)]
		if !ok {
			return nil, lacks("TensorFlow Lite", o)
		}
		var x []int
		for _, in := range o.in {
			if in == model.Input {
				x = append(x, g.input)
			} else {
				x = append(x, g.outputs[in])
			}
		}
		y, err := write(g, o, x)
		if err != nil {
			return nil, failed("TensorFlow Lite", o, err)
		}
		g.outputs = append(g.outputs, y)
	}
	return g.file(m.Name), nil
}

// tfliteGraph is a network on its way into a file.
type tfliteGraph struct {
	batch     int
	input     int
	outputs   []int // of each operation
	tensors   []tfliteTensor
	buffers   [][]byte // the first is the empty one
	codes     []int    // the operators that are used
	operators []tfliteOperator
}

// tfliteTensor is a tensor: constant if it has a buffer other than 0.
type tfliteTensor struct {
	name   string
	of     byte // its elements' type
	dims   []int
	buffer int
}

// tfliteOperator is an operator with its place in codes and its settings.
type tfliteOperator struct {
	code            int
	inputs, outputs []int
	options         options
}

// The format's numbers for elements.
const (
	tfliteFloat = 0
	tfliteInt   = 2
)

// tfliteKinds writes an operation with inputs x, and returns its output.
// A new kind of layer adds a line.
var tfliteKinds = map[reflect.Type]func(g *tfliteGraph, o op, x []int) (int, error){
	of[layer.Conv2D]():                 (*tfliteGraph).conv,
	of[layer.Dense]():                  (*tfliteGraph).dense,
	of[layer.Flatten]():                (*tfliteGraph).flatten,
	of[layer.MaxPool2D]():              func(g *tfliteGraph, o op, x []int) (int, error) { return g.pool(o, x, maxPool2D) },
	of[layer.AveragePooling2D]():       func(g *tfliteGraph, o op, x []int) (int, error) { return g.pool(o, x, averagePool2D) },
	of[layer.GlobalAveragePooling2D](): (*tfliteGraph).globalAverage,
	of[layer.BatchNormalization]():     (*tfliteGraph).batchNorm,
	of[layer.Activation]():             (*tfliteGraph).activation,
	of[layer.LeakyReLU]():              (*tfliteGraph).leaky,
	of[layer.ReLU]():                   (*tfliteGraph).leaky,
	of[layer.Add]():                    (*tfliteGraph).add,
}

// The operators' numbers, BuiltinOperator in the schema.
const (
	addition       = 0
	averagePool2D  = 1
	conv2D         = 3
	fullyConnected = 9
	logistic       = 14
	maxPool2D      = 17
	multiplication = 18
	rectification  = 19
	reshape        = 22
	softmax        = 25
	tanh           = 28
	mean           = 40
	leakyReLU      = 98
	hardSwish      = 117
)

// options are an operator's settings: the number of their table in BuiltinOptions, and its
// fields in order.
type options struct {
	table  byte
	fields []any // byte, int32, float32 or bool
}

// fused returns the number of the function that an operator ends with.
func (o op) fused() byte {
	if o.relu {
		return 1
	}
	return 0
}

func (w window) padding() byte {
	if w.same {
		return 0
	}
	return 1
}

func (g *tfliteGraph) conv(o op, x []int) (int, error) {
	w, k, b := o.window(), o.weights["kernel"], o.bias()
	kernel, dims := onnx.Transposed(k.data, k.shape, 3, 0, 1, 2)
	x = append(x, g.floats(o.name+"/kernel", kernel, dims...), g.floats(o.name+"/bias", b.data, b.shape...))
	return g.operator(conv2D, o, x, options{1, []any{
		w.padding(), int32(w.stride[1]), int32(w.stride[0]), o.fused(), int32(w.dilation[1]), int32(w.dilation[0]),
	}}), nil
}

func (g *tfliteGraph) dense(o op, x []int) (int, error) {
	k, b := o.weights["kernel"], o.bias()
	kernel, dims := onnx.Transposed(k.data, k.shape, 1, 0)
	x = append(x, g.floats(o.name+"/kernel", kernel, dims...), g.floats(o.name+"/bias", b.data, b.shape...))
	return g.operator(fullyConnected, o, x, options{8, []any{o.fused()}}), nil
}

func (g *tfliteGraph) flatten(o op, x []int) (int, error) {
	shape := g.integers(o.name+"/shape", g.batch, o.out.Size())
	return g.operator(reshape, o, append(x, shape), options{17, nil}), nil
}

func (g *tfliteGraph) pool(o op, x []int, code int) (int, error) {
	w := o.window()
	return g.operator(code, o, x, options{5, []any{
		w.padding(), int32(w.stride[1]), int32(w.stride[0]), int32(w.size[1]), int32(w.size[0]), o.fused(),
	}}), nil
}

func (g *tfliteGraph) globalAverage(o op, x []int) (int, error) {
	axes := g.integers(o.name+"/axes", 1, 2)
	return g.operator(mean, o, append(x, axes), options{27, []any{len(o.out) == 3}}), nil
}

// batchNorm returns a product and a sum, as the converter writes one that it cannot fold.
func (g *tfliteGraph) batchNorm(o op, x []int) (int, error) {
	scale, shift := normalizing(o)
	scaled := o
	scaled.name, scaled.relu = o.name+"/scaled", false
	y := g.operator(multiplication, scaled, append(x, g.floats(o.name+"/scale", scale, len(scale))), options{21, []any{byte(0)}})
	return g.operator(addition, o, []int{y, g.floats(o.name+"/shift", shift, len(shift))}, options{11, []any{o.fused()}}), nil
}

// tfliteFunctions are the operators of activations, by Keras' names.
var tfliteFunctions = map[string]struct {
	code    int
	options options
}{
	"relu":       {rectification, options{}},
	"tanh":       {tanh, options{}},
	"sigmoid":    {logistic, options{}},
	"softmax":    {softmax, options{9, []any{float32(1)}}},
	"hard_swish": {hardSwish, options{}},
}

func (g *tfliteGraph) activation(o op, x []int) (int, error) {
	f := o.layer.(layer.Activation).Function
	k, ok := tfliteFunctions[f]
	if !ok {
		return 0, fmt.Errorf("activation %q: there is no operator for it in the table", f)
	}
	return g.operator(k.code, o, x, k.options), nil
}

func (g *tfliteGraph) leaky(o op, x []int) (int, error) {
	alpha, err := slope(o.layer)
	if err != nil {
		return 0, err
	}
	if alpha == 0 {
		return g.operator(rectification, o, x, options{}), nil
	}
	return g.operator(leakyReLU, o, x, options{75, []any{alpha}}), nil
}

func (g *tfliteGraph) add(o op, x []int) (int, error) {
	if len(x) != 2 {
		return 0, fmt.Errorf("a sum of %d: want 2", len(x))
	}
	return g.operator(addition, o, x, options{11, []any{o.fused()}}), nil
}

// operator adds an operator, and its output tensor.
func (g *tfliteGraph) operator(code int, o op, inputs []int, with options) int {
	at := -1
	for i, c := range g.codes {
		if c == code {
			at = i
		}
	}
	if at < 0 {
		at, g.codes = len(g.codes), append(g.codes, code)
	}
	y := g.activations(o.name, o.out)
	g.operators = append(g.operators, tfliteOperator{at, inputs, []int{y}, with})
	return y
}

// activations adds a tensor of a number of pictures' activations.
func (g *tfliteGraph) activations(name string, s task.Shape) int {
	g.tensors = append(g.tensors, tfliteTensor{name, tfliteFloat, append([]int{g.batch}, s...), 0})
	return len(g.tensors) - 1
}

// floats adds a constant tensor.
func (g *tfliteGraph) floats(name string, data []float32, dims ...int) int {
	var b []byte
	for _, v := range data {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
	}
	return g.constant(name, tfliteFloat, b, dims...)
}

// integers adds a constant vector of integers.
func (g *tfliteGraph) integers(name string, data ...int) int {
	var b []byte
	for _, v := range data {
		b = binary.LittleEndian.AppendUint32(b, uint32(int32(v)))
	}
	return g.constant(name, tfliteInt, b, len(data))
}

func (g *tfliteGraph) constant(name string, of byte, b []byte, dims ...int) int {
	g.tensors = append(g.tensors, tfliteTensor{name, of, dims, len(g.buffers)})
	g.buffers = append(g.buffers, b)
	return len(g.tensors) - 1
}

package onnx

import (
	"fmt"
	"math"
	"reflect"

	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// writers add the operators of a layer with inputs x, of shapes in, and return the name of
// their output. A new kind of layer adds a line.
// Source: https://onnx.ai/onnx/operators/.
var writers = map[reflect.Type]func(w *writer, n model.Node, in []task.Shape, x []string) string{
	reflect.TypeFor[layer.Conv2D]():                 (*writer).conv,
	reflect.TypeFor[layer.DepthwiseConv2D]():        (*writer).depthwise,
	reflect.TypeFor[layer.SeparableConv2D]():        (*writer).separable,
	reflect.TypeFor[layer.Dense]():                  (*writer).dense,
	reflect.TypeFor[layer.Flatten]():                (*writer).flatten,
	reflect.TypeFor[layer.Reshape]():                (*writer).reshape,
	reflect.TypeFor[layer.MaxPool2D]():              (*writer).maxPool,
	reflect.TypeFor[layer.AveragePooling2D]():       (*writer).averagePool,
	reflect.TypeFor[layer.GlobalAveragePooling2D](): (*writer).global,
	reflect.TypeFor[layer.GlobalMaxPooling2D]():     (*writer).global,
	reflect.TypeFor[layer.ZeroPadding2D]():          (*writer).zeroPadding,
	reflect.TypeFor[layer.BatchNormalization]():     (*writer).batchNorm,
	reflect.TypeFor[layer.LayerNormalization]():     (*writer).layerNorm,
	reflect.TypeFor[layer.Activation]():             (*writer).activation,
	reflect.TypeFor[layer.LeakyReLU]():              (*writer).leaky,
	reflect.TypeFor[layer.ReLU]():                   (*writer).relu,
	reflect.TypeFor[layer.PReLU]():                  (*writer).prelu,
	reflect.TypeFor[layer.ELU]():                    (*writer).elu,
	reflect.TypeFor[layer.Add]():                    (*writer).add,
	reflect.TypeFor[layer.Multiply]():               (*writer).multiply,
	reflect.TypeFor[layer.Concatenate]():            (*writer).concatenate,
	reflect.TypeFor[layer.Rescaling]():              (*writer).rescaling,
	reflect.TypeFor[layer.Dropout]():                (*writer).nothing,
	reflect.TypeFor[layer.SpatialDropout2D]():       (*writer).nothing,
	reflect.TypeFor[layer.GaussianNoise]():          (*writer).nothing,
}

// nothing is for a layer that does nothing in inference.
func (w *writer) nothing(_ model.Node, _ []task.Shape, x []string) string { return x[0] }

func pair(v [2]int) []int64 { return []int64{int64(max(v[0], 1)), int64(max(v[1], 1))} }

// walk returns the attributes of a window that walks over a picture of shape in: "same" is written as
// what it adds on each side, as Keras does it, where the odd one comes last.
func walk(size, stride, dilation [2]int, padding layer.Padding, in, out task.Shape) []Attribute {
	pads := make([]int64, 4) // top, left, bottom, right
	for a := range 2 {
		if padding == layer.Same {
			reach := (size[a]-1)*max(dilation[a], 1) + 1
			all := max((out[a]-1)*max(stride[a], 1)+reach-in[a], 0)
			pads[a], pads[a+2] = int64(all/2), int64(all-all/2)
		}
	}
	return []Attribute{{"kernel_shape", pair(size)}, {"strides", pair(stride)}, {"pads", pads}}
}

// convolve adds a convolution.
func (w *writer) convolve(out string, in []string, group int, dilation [2]int, window []Attribute) string {
	return w.node("Conv", out, in, append(window, Attribute{"dilations", pair(dilation)}, Attribute{"group", int64(group)})...)
}

func (w *writer) conv(n model.Node, in []task.Shape, x []string) string {
	l := n.Layer.(layer.Conv2D)
	x = append(x, w.weight(n, "kernel", 3, 2, 0, 1)) // HWIO to OIHW
	if has(n, "bias") {
		x = append(x, w.weight(n, "bias"))
	}
	return w.convolve(n.Name, x, 1, l.Dilation, walk(l.KernelSize, l.Strides, l.Dilation, l.Padding, in[0], n.Out))
}

// depthwise writes the kernels [kh,kw,c,m] as [c*m,1,kh,kw]: those of a channel follow each other.
// The axis of 1 is not an axis of ours.
func (w *writer) depthwise(n model.Node, in []task.Shape, x []string) string {
	l := n.Layer.(layer.DepthwiseConv2D)
	x = append(x, w.deep(n, "kernel"))
	if has(n, "bias") {
		x = append(x, w.weight(n, "bias"))
	}
	return w.convolve(n.Name, x, in[0][2], l.Dilation, walk(l.KernelSize, l.Strides, l.Dilation, l.Padding, in[0], n.Out))
}

// deep adds the kernel of a depthwise convolution.
func (w *writer) deep(n model.Node, name string) string {
	path := w.weight(n, name, 2, 3, 0, 1)
	t := &w.graph.Constants[len(w.graph.Constants)-1]
	t.Dims = []int64{t.Dims[0] * t.Dims[1], 1, t.Dims[2], t.Dims[3]}
	return path
}

func (w *writer) separable(n model.Node, in []task.Shape, x []string) string {
	l := n.Layer.(layer.SeparableConv2D)
	x = append(x, w.deep(n, "depthwise_kernel"))
	mid := w.convolve(n.Name+"/depthwise", x, in[0][2], l.Dilation, walk(l.KernelSize, l.Strides, l.Dilation, l.Padding, in[0], n.Out))
	x = []string{mid, w.weight(n, "pointwise_kernel", 3, 2, 0, 1)}
	if has(n, "bias") {
		x = append(x, w.weight(n, "bias"))
	}
	return w.convolve(n.Name, x, 1, [2]int{}, walk([2]int{1, 1}, [2]int{}, [2]int{}, layer.Valid, n.Out, n.Out))
}

func (w *writer) dense(n model.Node, _ []task.Shape, x []string) string {
	x = append(x, w.weight(n, "kernel"))
	if has(n, "bias") {
		x = append(x, w.weight(n, "bias"))
	}
	return w.node("Gemm", n.Name, x)
}

// flatten puts the channels last first, so that elements keep the order that they have here.
func (w *writer) flatten(n model.Node, in []task.Shape, x []string) string {
	s := in[0]
	if len(s) == 1 {
		return x[0]
	}
	if places := s.Size() / s[len(s)-1]; places > 1 && s[len(s)-1] > 1 {
		x = []string{w.node("Transpose", n.Name+"/channels_last", x, Attribute{"perm", outwards(len(s))})}
	}
	return w.node("Flatten", n.Name, x)
}

// pool returns the attributes of a pooling, whose window is 2 if nothing is said, and its stride the
// window.
func pool(l layer.MaxPool2D, in, out task.Shape) []Attribute {
	for a := range 2 {
		if l.PoolSize[a] == 0 {
			l.PoolSize[a] = 2
		}
		if l.Strides[a] == 0 {
			l.Strides[a] = l.PoolSize[a]
		}
	}
	return walk(l.PoolSize, l.Strides, [2]int{}, l.Padding, in, out)
}

func (w *writer) maxPool(n model.Node, in []task.Shape, x []string) string {
	return w.node("MaxPool", n.Name, x, pool(n.Layer.(layer.MaxPool2D), in[0], n.Out)...)
}

// averagePool says nothing of what lies outside: it does not count, as in Keras.
func (w *writer) averagePool(n model.Node, in []task.Shape, x []string) string {
	return w.node("AveragePool", n.Name, x, pool(layer.MaxPool2D(n.Layer.(layer.AveragePooling2D)), in[0], n.Out)...)
}

func (w *writer) global(n model.Node, _ []task.Shape, x []string) string {
	op := "GlobalAveragePool"
	if _, ok := n.Layer.(layer.GlobalMaxPooling2D); ok {
		op = "GlobalMaxPool"
	}
	if len(n.Out) == 3 { // keepdims
		return w.node(op, n.Name, x)
	}
	return w.node("Flatten", n.Name, []string{w.node(op, n.Name+"/pooled", x)})
}

func (w *writer) zeroPadding(n model.Node, _ []task.Shape, x []string) string {
	p := n.Layer.(layer.ZeroPadding2D).Padding
	if p == [2][2]int{} { // Keras' default
		p = [2][2]int{{1, 1}, {1, 1}}
	}
	pads := []int64{0, 0, int64(p[0][0]), int64(p[1][0]), 0, 0, int64(p[0][1]), int64(p[1][1])}
	w.graph.Constants = append(w.graph.Constants, Integers(n.Name+"/pads", pads, len(pads)))
	return w.node("Pad", n.Name, append(x, n.Name+"/pads"))
}

// epsilon returns a normalisation's, 0.001 if nothing is said.
func epsilon(v float64) Attribute {
	if v == 0 {
		v = 1e-3
	}
	return Attribute{"epsilon", float32(v)}
}

// learned returns a weight of a normalisation, or v for each channel where it has none.
func (w *writer) learned(n model.Node, name string, v float32) string {
	if has(n, name) {
		return w.weight(n, name)
	}
	return w.all(n.Name+"/"+name, v, n.Out[len(n.Out)-1])
}

func (w *writer) batchNorm(n model.Node, _ []task.Shape, x []string) string {
	l := n.Layer.(layer.BatchNormalization)
	x = append(x, w.learned(n, "gamma", 1), w.learned(n, "beta", 0), w.weight(n, "moving_mean"), w.weight(n, "moving_variance"))
	momentum := l.Momentum
	if momentum == 0 {
		momentum = 0.99
	}
	return w.node("BatchNormalization", n.Name, x, epsilon(l.Epsilon), Attribute{"momentum", float32(momentum)})
}

// layerNorm works over the last axis, where the channels have to be.
func (w *writer) layerNorm(n model.Node, in []task.Shape, x []string) string {
	rank, out := len(in[0]), n.Name
	if rank > 1 {
		x, out = []string{w.node("Transpose", n.Name+"/channels_last", x, Attribute{"perm", outwards(rank)})}, n.Name+"/normed"
	}
	x = append(x, w.learned(n, "gamma", 1))
	if has(n, "beta") {
		x = append(x, w.weight(n, "beta"))
	}
	y := w.node("LayerNormalization", out, x, Attribute{"axis", int64(-1)}, epsilon(n.Layer.(layer.LayerNormalization).Epsilon))
	if rank > 1 {
		y = w.node("Transpose", n.Name, []string{y}, Attribute{"perm", inwards(rank)})
	}
	return y
}

// functions are the operators of activations, by Keras' names. What is not among them is made of
// several.
var functions = map[string]string{
	"relu": "Relu", "tanh": "Tanh", "sigmoid": "Sigmoid", "softmax": "Softmax", "softplus": "Softplus", "elu": "Elu", "hard_swish": "HardSwish",
}

// function adds an activation.
func (w *writer) function(f, out, x string) string {
	switch f {
	case "linear":
		return x
	case "softmax": // over the channels
		return w.node("Softmax", out, []string{x}, Attribute{"axis", int64(1)})
	case "silu":
		return w.node("Mul", out, []string{x, w.node("Sigmoid", out+"/sigmoid", []string{x})})
	case "gelu": // x/2 * (1 + erf(x/√2)); the single operator is newer
		y := w.node("Mul", out+"/scaled", []string{x, w.number(out+"/scale", math.Sqrt2/2)})
		y = w.node("Add", out+"/sum", []string{w.node("Erf", out+"/erf", []string{y}), w.number(out+"/one", 1)})
		y = w.node("Mul", out+"/product", []string{x, y})
		return w.node("Mul", out, []string{y, w.number(out+"/half", 0.5)})
	}
	op, ok := functions[f]
	if !ok {
		panic(fmt.Sprintf("onnx: no operator does %s", f)) // TestEveryFunction asks for all
	}
	return w.node(op, out, []string{x})
}

func (w *writer) activation(n model.Node, _ []task.Shape, x []string) string {
	return w.function(n.Layer.(layer.Activation).Function, n.Name, x[0])
}

func (w *writer) leaky(n model.Node, _ []task.Shape, x []string) string {
	return w.rectified(n.Name, layer.ReLU{NegativeSlope: n.Layer.(layer.LeakyReLU).Alpha}, x)
}

func (w *writer) relu(n model.Node, _ []task.Shape, x []string) string {
	return w.rectified(n.Name, n.Layer.(layer.ReLU), x)
}

// rectified adds a ReLU with its arguments. If no operator has them all, it is made of several:
// slope*(x-threshold) below the threshold, otherwise x, and the greatest from there on.
func (w *writer) rectified(out string, l layer.ReLU, x []string) string {
	switch {
	case l == layer.ReLU{}:
		return w.node("Relu", out, x)
	case l.MaxValue == 0 && l.Threshold == 0:
		return w.node("LeakyRelu", out, x, Attribute{"alpha", l.NegativeSlope})
	case l.NegativeSlope == 0 && l.Threshold == 0:
		return w.node("Clip", out, []string{x[0], w.number(out+"/min", 0), w.number(out+"/max", l.MaxValue)})
	}
	y, threshold := x[0], w.number(out+"/threshold", l.Threshold)
	below := w.node("Sub", out+"/distance", []string{y, threshold})
	below = w.node("Mul", out+"/below", []string{below, w.number(out+"/slope", l.NegativeSlope)})
	less := w.node("Less", out+"/less", []string{y, threshold})
	if l.MaxValue == 0 {
		return w.node("Where", out, []string{less, below, y})
	}
	y = w.node("Where", out+"/bent", []string{less, below, y})
	top := w.number(out+"/max", l.MaxValue)
	return w.node("Where", out, []string{w.node("Less", out+"/inside", []string{x[0], top}), y, top})
}

func (w *writer) prelu(n model.Node, in []task.Shape, x []string) string {
	var axes []int
	if rank := len(in[0]); rank > 1 {
		for _, a := range inwards(rank)[1:] {
			axes = append(axes, int(a)-1)
		}
	}
	return w.node("PRelu", n.Name, append(x, w.weight(n, "alpha", axes...)))
}

func (w *writer) elu(n model.Node, _ []task.Shape, x []string) string {
	alpha := n.Layer.(layer.ELU).Alpha
	if alpha == 0 {
		alpha = 1
	}
	return w.node("Elu", n.Name, x, Attribute{"alpha", alpha})
}

func (w *writer) add(n model.Node, _ []task.Shape, x []string) string {
	return w.merge("Add", n.Name, x)
}

func (w *writer) multiply(n model.Node, _ []task.Shape, x []string) string {
	return w.merge("Mul", n.Name, x)
}

// merge adds an operator of two tensors for each further one.
func (w *writer) merge(op, out string, x []string) string {
	y := x[0]
	for k, other := range x[1:] {
		name := out
		if k < len(x)-2 {
			name = fmt.Sprintf("%s/%d", out, k+1)
		}
		y = w.node(op, name, []string{y, other})
	}
	return y
}

func (w *writer) concatenate(n model.Node, in []task.Shape, x []string) string {
	rank := len(in[0])
	a := n.Layer.(layer.Concatenate).Axis // of Keras', the batch's being 0
	if a < 0 {
		a += rank + 1
	}
	if a == 0 || a == rank {
		a = 1 // the channels
	} else {
		a++
	}
	return w.node("Concat", n.Name, x, Attribute{"axis", int64(a)})
}

func (w *writer) rescaling(n model.Node, _ []task.Shape, x []string) string {
	l := n.Layer.(layer.Rescaling)
	if l.Offset == 0 {
		return w.node("Mul", n.Name, []string{x[0], w.number(n.Name+"/scale", float32(l.Scale))})
	}
	y := w.node("Mul", n.Name+"/scaled", []string{x[0], w.number(n.Name+"/scale", float32(l.Scale))})
	return w.node("Add", n.Name, []string{y, w.number(n.Name+"/offset", float32(l.Offset))})
}

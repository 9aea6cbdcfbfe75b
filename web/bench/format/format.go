// Package format writes networks in the files that the bench's peers read: ONNX, for
// inference and for training, TensorFlow Lite's, and a description for PyTorch. Each has a
// table with a line for each kind of layer that it can write; another kind is an error.
package format

import (
	"fmt"
	"math"
	"reflect"
	"slices"

	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// op is a layer in its place, its activation being another.
type op struct {
	name    string
	layer   layer.Layer
	in      []int // its inputs: earlier ones, or model.Input
	shapes  []task.Shape
	out     task.Shape
	weights map[string]*weight // by Keras' names
	relu    bool               // its output is at least 0: joined with what followed
}

// weight is a tensor of weights as the network has it, or as folding has made it.
type weight struct {
	shape task.Shape
	data  []float32
	still bool // it is not trained
}

// kind returns a layer's type, which the tables go by.
func kind(l layer.Layer) reflect.Type { return reflect.TypeOf(l) }

// of returns the type of a kind of layer.
func of[L layer.Layer]() reflect.Type { return reflect.TypeFor[L]() }

// ops returns the operations of a network in their order.
func ops(m *model.Network) []op {
	var all []op
	at := make([]int, len(m.Nodes())) // which of all has a node's output
	for i, n := range m.Nodes() {
		o := op{name: n.Name, layer: n.Layer, out: n.Out, weights: map[string]*weight{}}
		for _, in := range n.In {
			from, shape := model.Input, m.Input
			if in != model.Input {
				from, shape = at[in], m.Nodes()[in].Out
			}
			o.in, o.shapes = append(o.in, from), append(o.shapes, shape)
		}
		for _, w := range n.Weights {
			o.weights[w.Name] = &weight{w.Shape, w.Data, w.NonTrainable}
		}
		all = append(all, o)
		if f := activation(n.Layer); f != "" {
			all = append(all, op{name: n.Name + "_" + f, layer: layer.Activation{Function: f}, in: []int{len(all) - 1}, shapes: []task.Shape{n.Out}, out: n.Out})
		}
		at[i] = len(all) - 1
	}
	return all
}

// activation returns that of a layer with Keras' argument of that name.
func activation(l layer.Layer) string {
	if _, ok := l.(layer.Activated); ok {
		return layer.Ending(l)
	}
	return ""
}

// inferring returns the operations as converters write them for inference: without those that
// work in training alone, and with batch normalisation folded into the product before it.
func inferring(m *model.Network) []op {
	return join(ops(m), func(p *op, next op, sole bool) bool {
		switch l := next.layer.(type) {
		case layer.Dropout, layer.SpatialDropout2D, layer.GaussianNoise:
			return true
		case layer.Activation:
			return l.Function == "linear"
		case layer.BatchNormalization:
			return sole && fold(p, next)
		}
		return false
	})
}

// rectified joins a ReLU with what it follows, if that is one of the kinds.
func rectified(all []op, kinds ...layer.Layer) []op {
	return join(all, func(p *op, next op, sole bool) bool {
		if !sole || p.relu || !relu(next.layer) || !slices.ContainsFunc(kinds, func(l layer.Layer) bool { return kind(l) == kind(p.layer) }) {
			return false
		}
		p.relu = true
		return true
	})
}

// relu reports whether a layer is max(x, 0).
func relu(l layer.Layer) bool {
	switch l := l.(type) {
	case layer.Activation:
		return l.Function == "relu"
	case layer.ReLU:
		return l == layer.ReLU{}
	case layer.LeakyReLU:
		return l.Alpha == 0
	}
	return false
}

// join leaves out each operation that the one before it takes over, which is told whether
// the other is its only reader. An operation on the pictures themselves stays.
func join(all []op, takes func(p *op, next op, sole bool) bool) []op {
	readers := make([]int, len(all))
	for _, o := range all {
		for _, in := range o.in {
			if in != model.Input {
				readers[in]++
			}
		}
	}
	var joined []op
	var shared []bool // something in between has other readers
	at := make([]int, len(all))
	for i, o := range all {
		if in := o.in[0]; in != model.Input && len(o.in) == 1 {
			p := at[in]
			if sole := readers[in] == 1 && !shared[p]; takes(&joined[p], o, sole) {
				at[i], shared[p] = p, !sole
				continue
			}
		}
		o.in = slices.Clone(o.in)
		for k, in := range o.in {
			if in != model.Input {
				o.in[k] = at[in]
			}
		}
		at[i] = len(joined)
		joined, shared = append(joined, o), append(shared, false)
	}
	return joined
}

// fold multiplies a batch normalisation into the weights of the product before it, if it is
// one.
func fold(p *op, next op) bool {
	switch p.layer.(type) {
	case layer.Conv2D, layer.DepthwiseConv2D, layer.Dense:
	default:
		return false
	}
	if p.relu {
		return false
	}
	scale, shift := normalizing(next)
	k := p.weights["kernel"]
	kernel, bias := make([]float32, len(k.data)), slices.Clone(shift)
	for i, v := range k.data { // the output's channel is last, or with another axis of 1 or more before it
		kernel[i] = v * scale[i%len(scale)]
	}
	if b := p.weights["bias"]; b != nil {
		for c := range bias {
			bias[c] += b.data[c] * scale[c]
		}
	}
	p.weights = map[string]*weight{"kernel": {k.shape, kernel, false}, "bias": {task.Shape{len(bias)}, bias, false}}
	return true
}

// normalizing returns what a batch normalisation in inference multiplies a channel by and then
// adds.
func normalizing(o op) (scale, shift []float32) {
	epsilon := o.layer.(layer.BatchNormalization).Epsilon
	if epsilon == 0 {
		epsilon = 1e-3 // Keras'
	}
	mean, variance := o.weights["moving_mean"].data, o.weights["moving_variance"].data
	for c := range mean {
		s, b := 1/math.Sqrt(float64(variance[c])+epsilon), 0.0
		if gamma := o.weights["gamma"]; gamma != nil {
			s *= float64(gamma.data[c])
		}
		if beta := o.weights["beta"]; beta != nil {
			b = float64(beta.data[c])
		}
		scale, shift = append(scale, float32(s)), append(shift, float32(b-float64(mean[c])*s))
	}
	return scale, shift
}

// bias returns a layer's, or zeros where it has none.
func (o op) bias() *weight {
	if b := o.weights["bias"]; b != nil {
		return b
	}
	n := o.out[len(o.out)-1]
	return &weight{task.Shape{n}, make([]float32, n), true}
}

// window is how a convolution or a pooling walks over the picture, [2] being height, width.
type window struct {
	size, stride, dilation, before, after [2]int
	same                                  bool
}

// walk returns a window with Keras' defaults filled in, over a picture of shape in that becomes
// one of shape out.
func walk(size, stride, dilation [2]int, padding layer.Padding, in, out task.Shape) window {
	w := window{size: size, stride: stride, dilation: dilation, same: padding == layer.Same}
	for a := range 2 {
		w.stride[a], w.dilation[a] = max(stride[a], 1), max(dilation[a], 1)
		if w.same {
			reach := (size[a]-1)*w.dilation[a] + 1
			all := max((out[a]-1)*w.stride[a]+reach-in[a], 0)
			w.before[a], w.after[a] = all/2, all-all/2
		}
	}
	return w
}

// pooling returns the window of a pooling, whose size is 2 and whose stride its size if nothing
// else is said.
func pooling(size, stride [2]int, padding layer.Padding, in, out task.Shape) window {
	for a := range 2 {
		if size[a] == 0 {
			size[a] = 2
		}
		if stride[a] == 0 {
			stride[a] = size[a]
		}
	}
	return walk(size, stride, [2]int{}, padding, in, out)
}

// window returns that of a layer that has one.
func (o op) window() window {
	switch l := o.layer.(type) {
	case layer.Conv2D:
		return walk(l.KernelSize, l.Strides, l.Dilation, l.Padding, o.shapes[0], o.out)
	case layer.MaxPool2D:
		return pooling(l.PoolSize, l.Strides, l.Padding, o.shapes[0], o.out)
	case layer.AveragePooling2D:
		return pooling(l.PoolSize, l.Strides, l.Padding, o.shapes[0], o.out)
	}
	panic(fmt.Sprintf("format: a %T has no window", o.layer)) // the tables ask for those that have one
}

// slope returns that of a rectifier for numbers below 0, or an error if the layer is more than
// one.
func slope(l layer.Layer) (float32, error) {
	switch l := l.(type) {
	case layer.LeakyReLU:
		return l.Alpha, nil
	case layer.ReLU:
		if l.MaxValue != 0 || l.Threshold != 0 {
			return 0, fmt.Errorf("max_value %g and threshold %g: only negative_slope can be written", l.MaxValue, l.Threshold)
		}
		return l.NegativeSlope, nil
	}
	panic(fmt.Sprintf("format: a %T has no slope", l))
}

// lacks returns the error for a layer that is not in a format's table.
func lacks(format string, o op) error {
	name, _ := layer.Class(o.layer)
	return fmt.Errorf("format: %s: a %s cannot be written as %s: want a line for it in the table of web/bench/format", o.name, name, format)
}

// failed returns the error for a layer with settings that a format cannot express.
func failed(format string, o op, err error) error {
	return fmt.Errorf("format: %s cannot be written as %s: %w", o.name, format, err)
}

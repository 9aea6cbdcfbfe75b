package onnx

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	"tenfold/nn/layer"
)

// add puts a layer behind its inputs and returns its output, whose axes the file has in
// the given order.
func (b *builder) add(n *Node, l layer.Layer, weights [][]float32, order []int, in ...*value) (*value, error) {
	var from []int
	for _, v := range in {
		k, err := b.settle(v)
		if err != nil {
			return nil, err
		}
		from = append(from, k)
	}
	k, err := b.place(n, l, weights, from...)
	if err != nil {
		return nil, err
	}
	return &value{shape: b.layers[k].out, order: order, node: n, at: k, settled: true}, nil
}

// keep is add for a layer that leaves each element where it is.
func (b *builder) keep(n *Node, l layer.Layer, weights [][]float32, v *value) (*value, error) {
	y, err := b.add(n, l, weights, v.order, v)
	if err == nil {
		y.flat = v.flat
	}
	return y, err
}

// turned makes a constant's numbers lie with their axes in another order.
func (b *builder) turned(x []float32, shape []int, axes ...int) ([]float32, error) {
	if err := b.charge(len(x)); err != nil {
		return nil, err
	}
	return turned(x, shape, axes), nil
}

func (b *builder) conv(n *Node, in []*value, s *settings) (*value, error) {
	v := in[0]
	if err := v.picture(); err != nil {
		return nil, err
	}
	kernel, dims, err := b.weights(in, 1, "kernel")
	if err != nil {
		return nil, err
	}
	if len(dims) != 4 || slices.Contains(dims, 0) {
		return nil, fmt.Errorf("its kernel has sizes %v: want (filters, channels, height, width)", dims)
	}
	c, group := v.shape[2], or(s, "group", int64(1))
	deep := group == int64(c) && dims[1] == 1 && dims[0]%c == 0 && group > 1
	if !deep && group != 1 {
		return nil, fmt.Errorf("a convolution in %d groups of %d channels is not among the layers here: want 1, or as many as channels; train the network with one of these instead", group, c)
	}
	if !deep && dims[1] != c {
		return nil, fmt.Errorf("its kernel is for %d channels: want %d", dims[1], c)
	}
	w, err := b.window(n, v, s, [2]int{dims[2], dims[3]}, false)
	if err != nil {
		return nil, err
	}
	var weights [][]float32
	if deep { // [c*m,1,kh,kw] to [kh,kw,c,m]
		kernel, err = b.turned(kernel, []int{c, dims[0] / c, dims[2], dims[3]}, 2, 3, 0, 1)
	} else { // OIHW to HWIO
		kernel, err = b.turned(kernel, dims, 2, 3, 1, 0)
	}
	if err != nil {
		return nil, err
	}
	weights = append(weights, kernel)
	biased := at(in, 2) != nil
	if biased {
		bias, _, err := b.weights(in, 2, "bias")
		if err == nil && len(bias) != dims[0] {
			err = fmt.Errorf("its bias has %d numbers: want %d", len(bias), dims[0])
		}
		if err != nil {
			return nil, err
		}
		weights = append(weights, bias)
	}
	if v, err = b.padded(n, v, w); err != nil {
		return nil, err
	}
	if deep {
		l := layer.DepthwiseConv2D{KernelSize: w.size, Strides: w.strides(), Padding: w.padding, Dilation: w.dilations(), NoBias: layer.Not(!biased)}
		if m := dims[0] / c; m > 1 {
			l.DepthMultiplier = m
		}
		return b.add(n, l, weights, channelsFirst, v)
	}
	l := layer.Conv2D{Filters: dims[0], KernelSize: w.size, Strides: w.strides(), Padding: w.padding, Dilation: w.dilations(), NoBias: !biased}
	return b.add(n, l, weights, channelsFirst, v)
}

// gemm is alpha*x*B + beta*C, where B may be turned.
func (b *builder) gemm(n *Node, in []*value, s *settings) (*value, error) {
	kernel, dims, err := b.weights(in, 1, "kernel")
	if err != nil {
		return nil, err
	}
	s.ignore("broadcast") // of the oldest versions
	alpha, beta := or(s, "alpha", float32(1)), or(s, "beta", float32(1))
	if len(dims) != 2 || or(s, "transA", int64(0)) != 0 {
		return nil, fmt.Errorf("its kernel has sizes %v, or its input is turned: want a product of (batch, n) with a matrix", dims)
	}
	if or(s, "transB", int64(0)) != 0 {
		if kernel, err = b.turned(kernel, dims, 1, 0); err != nil {
			return nil, err
		}
		dims = []int{dims[1], dims[0]}
	}
	if kernel, err = b.times(kernel, alpha); err != nil {
		return nil, err
	}
	var bias []float32
	if at(in, 2) != nil {
		x, size, err := b.weights(in, 2, "bias")
		if err != nil {
			return nil, err
		}
		if len(x) != 1 && (len(x) != dims[1] || size[len(size)-1] != dims[1]) {
			return nil, fmt.Errorf("its bias has sizes %v: want %d", size, dims[1])
		}
		if err := b.charge(dims[1]); err != nil {
			return nil, err
		}
		if bias, err = b.times(slices.Repeat(x, dims[1]/len(x)), beta); err != nil {
			return nil, err
		}
	}
	return b.dense(n, in[0], kernel, dims, bias)
}

// times returns a constant's numbers times one.
func (b *builder) times(x []float32, by float32) ([]float32, error) {
	if by == 1 {
		return x, nil
	}
	if err := b.charge(len(x)); err != nil {
		return nil, err
	}
	y := make([]float32, len(x))
	for i, v := range x {
		y[i] = v * by
	}
	return y, nil
}

// dense adds the product of a vector and a kernel of sizes (in, units), whose rows go with the
// vector's elements in the file.
func (b *builder) dense(n *Node, v *value, kernel []float32, dims []int, bias []float32) (*value, error) {
	if len(v.shape) != 1 {
		return nil, fmt.Errorf("its input is %v: want (None, n); put a Flatten before it", v)
	}
	if dims[0] != v.shape[0] || dims[1] == 0 {
		return nil, fmt.Errorf("its kernel has sizes %v: want (%d, units)", dims, v.shape[0])
	}
	if v.flat != nil {
		if err := b.charge(len(kernel)); err != nil {
			return nil, err
		}
	}
	weights := [][]float32{v.rows(kernel)}
	if bias != nil {
		weights = append(weights, bias)
	}
	return b.add(n, layer.Dense{Units: dims[1], NoBias: bias == nil}, weights, []int{0}, v)
}

// matMul returns a Dense without a bias, and over the last axis of a picture, where its channels are, a
// convolution of 1x1.
func (b *builder) matMul(n *Node, in []*value, _ *settings) (*value, error) {
	kernel, dims, err := b.weights(in, 1, "kernel")
	if err != nil {
		return nil, err
	}
	v := in[0]
	if len(dims) != 2 {
		return nil, fmt.Errorf("its kernel has sizes %v: want a matrix", dims)
	}
	if len(v.shape) != 3 {
		return b.dense(n, v, kernel, dims, nil)
	}
	if !v.whole() || v.order[2] != 2 || dims[0] != v.shape[2] {
		return nil, fmt.Errorf("a product of %v, %w, with a matrix of sizes %v: want one over the channels", v, errTurned, dims)
	}
	return b.add(n, layer.Conv2D{Filters: dims[1], KernelSize: [2]int{1, 1}, NoBias: true}, [][]float32{kernel}, v.order, v)
}

// channel returns a list of numbers of an operator, one for each of the channels, which the file has
// behind the batch's axis or in a vector.
func (b *builder) channel(in []*value, i int, what string) ([]float32, error) {
	v := in[0]
	x, _, err := b.weights(in, i, what)
	if err != nil {
		return nil, err
	}
	if last := len(v.shape) - 1; v.order[0] != last || len(x) != v.shape[last] {
		return nil, fmt.Errorf("its %s has %d numbers for %v: want one for each channel", what, len(x), v)
	}
	if v.flat != nil {
		err = b.charge(len(x))
		x = v.rows(x)
	}
	return x, err
}

// epsilonOf returns a normalisation's, in the number of 64 bits that is written the same way; 0 would be
// Keras' default.
func epsilonOf(v float32) float64 {
	if v == 0 {
		return 1e-30
	}
	d, _ := strconv.ParseFloat(strconv.FormatFloat(float64(v), 'g', -1, 32), 64)
	return d
}

func (b *builder) batchNorm(n *Node, in []*value, s *settings) (*value, error) {
	s.ignore("consumed_inputs", "is_test")
	if or(s, "training_mode", int64(0)) != 0 {
		return nil, errors.New("it works as in training: export the network for inference, after model.eval()")
	}
	if or(s, "spatial", int64(1)) != 1 {
		return nil, errors.New("it has numbers for each place of a picture: want some for each channel")
	}
	var weights [][]float32
	for i, what := range []string{"scale", "bias", "mean", "variance"} {
		x, err := b.channel(in, i+1, what)
		if err != nil {
			return nil, err
		}
		weights = append(weights, x)
	}
	l := layer.BatchNormalization{Epsilon: epsilonOf(or(s, "epsilon", float32(1e-5)))}
	if m := epsilonOf(or(s, "momentum", float32(0.9))); m > 0 && m < 1 {
		l.Momentum = m
	}
	return b.keep(n, l, weights, in[0])
}

func (b *builder) layerNorm(n *Node, in []*value, s *settings) (*value, error) {
	s.ignore("stash_type")
	v := in[0]
	a, err := v.axis(or(s, "axis", int64(-1)))
	if err != nil {
		return nil, err
	}
	if last := len(v.shape) - 1; a != last || v.order[len(v.order)-1] != last {
		return nil, fmt.Errorf("over the axes of %v from %d on: want the channels alone, at the end", v, a+1)
	}
	l := layer.LayerNormalization{Epsilon: epsilonOf(or(s, "epsilon", float32(1e-5))), NoCenter: layer.Not(at(in, 2) == nil)}
	var weights [][]float32
	for i, what := range []string{"scale", "bias"} {
		if i > 0 && at(in, 2) == nil {
			break
		}
		x, _, err := b.weights(in, i+1, what)
		if err == nil && len(x) != v.shape[a] {
			err = fmt.Errorf("its %s has %d numbers: want %d", what, len(x), v.shape[a])
		}
		if err == nil && v.flat != nil {
			x, err = v.rows(x), b.charge(len(x))
		}
		if err != nil {
			return nil, err
		}
		weights = append(weights, x)
	}
	return b.keep(n, l, weights, v)
}

// concat puts values side by side along one of the file's axes.
func (b *builder) concat(n *Node, in []*value, s *settings) (*value, error) {
	for _, v := range in {
		if v == nil || v.constant != nil {
			return nil, errors.New("its input is a constant: want layers' outputs")
		}
	}
	v := in[0]
	a, err := v.axis(or(s, "axis", int64(1)))
	if err != nil {
		return nil, err
	}
	l := layer.Concatenate{}
	if a != len(v.shape)-1 {
		l.Axis = a + 1
	}
	if len(in) == 1 {
		return mapped(n, v, nil, same), nil
	}
	var pieces []piece
	for _, o := range in {
		if !slices.Equal(o.order, v.order) {
			return nil, fmt.Errorf("its inputs are %v and %v, whose axes are turned", v, o)
		}
		if len(v.shape) == 1 {
			pieces = append(pieces, o.pieces()...)
		}
	}
	y, err := b.add(n, l, nil, v.order, in...)
	if err == nil {
		y.flat = joined(pieces)
	}
	return y, err
}

// same returns what changes nothing.
func same(x float64) float64 { return x }

// prelu's slopes are repeated along the axes that they have 1 of.
func (b *builder) prelu(n *Node, in []*value, _ *settings) (*value, error) {
	v := in[0]
	slopes, dims, err := b.weights(in, 1, "slope")
	if err == nil {
		err = b.charge(len(slopes))
	}
	if err != nil {
		return nil, err
	}
	if b.opset < 7 && len(dims) == 1 && len(v.shape) == 3 && dims[0] == v.shape[2] { // of old versions, one for each channel
		dims = []int{dims[0], 1, 1}
	}
	alpha, sizes, err := v.spread(dims, slopes)
	if err != nil {
		return nil, err
	}
	var shared []int
	for k, d := range sizes {
		if d == 1 && v.shape[k] > 1 {
			shared = append(shared, k+1)
		}
	}
	return b.keep(n, layer.PReLU{SharedAxes: shared}, [][]float32{alpha}, v)
}

// softmax is over the channels.
func (b *builder) softmax(n *Node, in []*value, s *settings) (*value, error) {
	v := in[0]
	def := int64(-1)
	if b.opset < 13 {
		def = 1
	}
	axis := or(s, "axis", def)
	a, err := v.axis(axis)
	if err != nil {
		return nil, err
	}
	last := len(v.shape) - 1
	if b.opset < 13 { // over all axes from there on
		over := v.order[slices.Index(v.order, a):]
		for _, k := range over {
			if k != last && v.shape[k] > 1 {
				return nil, fmt.Errorf("a softmax over several axes of %v: want one over the channels", v)
			}
		}
		if slices.Contains(over, last) {
			a = last
		}
	}
	if a != last {
		return nil, fmt.Errorf("a softmax over axis %d of %v: want one over the channels", axis, v)
	}
	return b.keep(n, layer.Activation{Function: "softmax"}, nil, v)
}

// logSoftmax at the end of a network is a softmax here: its output is the logarithm of that.
func (b *builder) logSoftmax(n *Node, in []*value, s *settings) (*value, error) {
	if len(n.Out) == 0 || !b.outputs[n.Out[0]] || b.readers[n.Out[0]] > 1 {
		return nil, errors.New("LogSoftmax is not among the layers here, but at the end of a network, where it stands for a softmax")
	}
	return b.softmax(n, in, s)
}

// dropout does nothing here but come back in training.
func (b *builder) dropout(n *Node, in []*value, s *settings) (*value, error) {
	s.ignore("seed", "is_test")
	rate, err := b.scalar(in, 1, s, "ratio", 0.5)
	if err != nil {
		return nil, err
	}
	if v := at(in, 2); v != nil && (v.constant == nil || !slices.Equal(v.ints, []int64{0})) {
		return nil, errors.New("it works as in training: export the network for inference, after model.eval()")
	}
	v := in[0]
	return b.keep(n, layer.Dropout{Rate: epsilonOf(rate)}, nil, v)
}

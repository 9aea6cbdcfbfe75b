package onnx

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"tenfold/nn/layer"
	"tenfold/nn/task"
)

// activation returns one of Keras' that has no settings.
func activation(name string, f func(x float64) float64) operation {
	return func(_ *builder, n *Node, in []*value, _ *settings) (*value, error) {
		return mapped(n, in[0], layer.Activation{Function: name}, f), nil
	}
}

// each returns a function that is not a layer, but may be a part of one.
func each(f func(x float64) float64) operation {
	return func(_ *builder, n *Node, in []*value, _ *settings) (*value, error) {
		return mapped(n, in[0], nil, f), nil
	}
}

func (b *builder) identity(n *Node, in []*value, _ *settings) (*value, error) {
	return mapped(n, in[0], nil, same), nil
}

// cast is nothing between kinds of numbers that have fractions.
func (b *builder) cast(n *Node, in []*value, s *settings) (*value, error) {
	s.ignore("saturate")
	switch to := Type(or(s, "to", int64(0))); to {
	case Float32, Float16, Float64, BFloat16:
		return mapped(n, in[0], nil, same), nil
	default:
		return nil, fmt.Errorf("numbers become type %d of ONNX', whole ones: that is not among the layers here", to)
	}
}

func (b *builder) relu(n *Node, in []*value, s *settings) (*value, error) {
	s.ignore("consumed_inputs")
	return mapped(n, in[0], layer.Activation{Function: "relu"}, func(x float64) float64 { return max(x, 0) }), nil
}

func (b *builder) leakyRelu(n *Node, in []*value, s *settings) (*value, error) {
	s.ignore("consumed_inputs")
	alpha := or(s, "alpha", float32(0.01))
	return mapped(n, in[0], layer.LeakyReLU{Alpha: alpha}, func(x float64) float64 { return leaky(x, float64(alpha)) }), nil
}

func (b *builder) thresholdedRelu(n *Node, in []*value, s *settings) (*value, error) {
	alpha := or(s, "alpha", float32(1))
	return mapped(n, in[0], layer.ReLU{Threshold: alpha}, func(x float64) float64 {
		if x > float64(alpha) {
			return x
		}
		return 0
	}), nil
}

func (b *builder) elu(n *Node, in []*value, s *settings) (*value, error) {
	s.ignore("consumed_inputs")
	alpha := or(s, "alpha", float32(1))
	by := layer.Layer(layer.ELU{Alpha: alpha})
	if alpha == 1 {
		by = layer.Activation{Function: "elu"}
	} else if alpha == 0 { // which stands for 1 here
		by = layer.Activation{Function: "relu"}
	}
	return mapped(n, in[0], by, func(x float64) float64 { return elu(x, float64(alpha)) }), nil
}

// selu returns an ELU times a number.
func (b *builder) selu(n *Node, in []*value, s *settings) (*value, error) {
	s.ignore("consumed_inputs")
	alpha, gamma := or(s, "alpha", float32(1.67326)), or(s, "gamma", float32(1.0507))
	y := mapped(n, in[0], layer.ELU{Alpha: alpha}, func(x float64) float64 { return elu(x, float64(alpha)) })
	return b.affine(n, y, float64(gamma), 0), nil
}

// affine is x*a + b.
func (b *builder) affine(n *Node, v *value, scale, offset float64) *value {
	return mapped(n, v, layer.Rescaling{Scale: scale, Offset: offset}, func(x float64) float64 { return x*scale + offset })
}

// clip is ReLU with a greatest value from 0 on.
func (b *builder) clip(n *Node, in []*value, s *settings) (*value, error) {
	s.ignore("consumed_inputs")
	low, err := b.scalar(in, 1, s, "min", -math.MaxFloat32)
	if err != nil {
		return nil, err
	}
	high, err := b.scalar(in, 2, s, "max", math.MaxFloat32)
	if err != nil {
		return nil, err
	}
	return b.clipped(n, in[0], low, high), nil
}

// clipped bounds a value by two numbers, each of which may be missing: a ReLU of what is moved to
// 0, and back.
func (b *builder) clipped(n *Node, v *value, low, high float32) *value {
	move, turn, by := 0.0, 1.0, layer.Layer(layer.Activation{Function: "relu"})
	switch {
	case low == -math.MaxFloat32 && high == math.MaxFloat32 || !(low < high):
		by = nil // the points tell whether that is something
	case low == -math.MaxFloat32:
		move, turn = float64(high), -1
	case high == math.MaxFloat32:
		move = float64(low)
	default:
		move, by = float64(low), layer.ReLU{MaxValue: high - low}
	}
	if by == nil || move == 0 && turn == 1 {
		return mapped(n, v, by, func(x float64) float64 { return min(max(x, float64(low)), float64(high)) })
	}
	y := b.affine(n, v, turn, -turn*move)
	y = mapped(n, y, by, func(x float64) float64 { return min(max(x, 0), float64(high)-float64(low)) })
	return b.affine(n, y, turn, move)
}

func (b *builder) hardSigmoid(n *Node, in []*value, s *settings) (*value, error) {
	alpha, beta := or(s, "alpha", float32(0.2)), or(s, "beta", float32(0.5))
	return b.clipped(n, b.affine(n, in[0], float64(alpha), float64(beta)), 0, 1), nil
}

func (b *builder) gelu(n *Node, in []*value, s *settings) (*value, error) {
	if or(s, "approximate", "none") != "none" {
		return nil, errByTanh
	}
	return mapped(n, in[0], layer.Activation{Function: "gelu"}, func(x float64) float64 { return x / 2 * math.Erfc(-x/math.Sqrt2) }), nil
}

// An operator is one of arithmetic.
type operator struct {
	f func(x, y float64) float64
	// of is the layer that does it with several layers' outputs, or nil.
	of layer.Layer
}

var (
	sum        = operator{func(x, y float64) float64 { return x + y }, layer.Add{}}
	difference = operator{func(x, y float64) float64 { return x - y }, nil}
	product    = operator{func(x, y float64) float64 { return x * y }, layer.Multiply{}}
	quotient   = operator{func(x, y float64) float64 { return x / y }, nil}
	power      = operator{math.Pow, nil}
	least      = operator{func(x, y float64) float64 { return min(x, y) }, nil}
	greatest   = operator{func(x, y float64) float64 { return max(x, y) }, nil}
)

// arithmetic returns an operator of two or more that broadcasts. A constant of one number makes a
// function; one for each channel is a bias, or the kernel of a convolution of 1x1 that leaves the
// channels apart.
func arithmetic(o operator) operation {
	return func(b *builder, n *Node, in []*value, s *settings) (*value, error) {
		s.ignore("consumed_inputs")
		if _, old := get[int64](s, "axis"); old {
			return nil, errors.New("it broadcasts as operators did before version 7: export it with a newer one")
		}
		s.ignore("broadcast")
		if slices.Contains(in, nil) {
			return nil, errors.New("it has too few inputs")
		}
		if len(in) == 1 {
			return mapped(n, in[0], nil, same), nil
		}
		y, err := in[0], error(nil)
		for _, v := range in[1:] {
			if y, err = b.two(n, o, y, v); err != nil {
				return nil, err
			}
		}
		return y, nil
	}
}

func (b *builder) two(n *Node, o operator, x, y *value) (*value, error) {
	switch {
	case x.constant != nil && y.constant != nil:
		return nil, errors.New("it has only constant inputs, which is not computed here")
	case y.constant != nil:
		return b.with(n, o, x, y.constant, false)
	case x.constant != nil:
		return b.with(n, o, y, x.constant, true)
	}
	if v, err := b.parted(n, x, y); v != nil || err != nil {
		return v, err
	}
	if x.narrow != nil && slices.Equal(x.shape, y.shape) { // what the layer does itself
		x = x.narrow
	} else if y.narrow != nil && slices.Equal(x.shape, y.shape) {
		y = y.narrow
	}
	if len(x.shape) != len(y.shape) || !alike(x, y) && !slices.Equal(x.order, y.order) {
		return nil, fmt.Errorf("its inputs are %v and %v, whose axes are not alike", x, y)
	}
	shape := make(task.Shape, len(x.shape))
	for k := range shape {
		if shape[k] = max(x.shape[k], y.shape[k]); min(x.shape[k], y.shape[k]) != shape[k] && min(x.shape[k], y.shape[k]) != 1 {
			return nil, fmt.Errorf("its inputs are %v and %v: want the same sizes, or 1", x, y)
		}
	}
	if !alike(x, y) {
		return nil, errors.New("its inputs are vectors that were flattened in different orders")
	}
	v := combined(n, []*value{x, y}, func(v []float64) float64 { return o.f(v[0], v[1]) }, func() (int, error) { return b.merged(n, o, x, y) })
	v.shape = shape
	return v, nil
}

// merged adds the layer that does it with two layers' outputs.
func (b *builder) merged(n *Node, o operator, x, y *value) (int, error) {
	i, err := b.settle(x)
	if err != nil {
		return 0, err
	}
	k, err := b.settle(y)
	if err != nil {
		return 0, err
	}
	switch {
	case o.of != nil:
		return b.place(n, o.of, nil, i, k)
	case n.Op == "Sub":
		if k, err = b.place(n, layer.Rescaling{Scale: -1}, nil, k); err != nil {
			return 0, err
		}
		return b.place(n, layer.Add{}, nil, i, k)
	}
	return 0, b.failed(n, fmt.Errorf("%s of several layers' outputs is not among the layers here", n.Op))
}

// with returns an operator with a constant, which may come first.
func (b *builder) with(n *Node, o operator, v *value, c *constant, first bool) (*value, error) {
	x, err := b.numbers(c)
	if err != nil {
		return nil, err
	}
	if len(x) == 0 || len(c.dims) > v.rank() {
		return nil, fmt.Errorf("a constant of sizes %v goes with none of %v", c.dims, v)
	}
	bias := sign(n.Op, first)
	if len(x) == 1 && !(bias != 0 && len(c.dims) > 0 && b.takes(v) && b.layers[v.at].out[len(v.shape)-1] == 1) {
		if y := partedBy(n, v, x[0]); y != nil {
			return y, nil
		}
		k := float64(x[0])
		return mapped(n, v, nil, func(x float64) float64 {
			if first {
				return o.f(k, x)
			}
			return o.f(x, k)
		}), nil
	}
	if err := b.charge(len(x)); err != nil {
		return nil, err
	}
	y, sizes, err := v.spread(c.dims, x)
	if err != nil {
		return nil, err
	}
	last := len(sizes) - 1
	if sizes[last] != v.shape[last] || sizes.Size() != sizes[last] {
		return nil, fmt.Errorf("a constant of sizes %v with %v is not among the layers here: want one number, or one for each channel", c.dims, v)
	}
	return b.channels(n, v, y, bias, first)
}

// sign is 1 where an operator adds a constant, -1 where it takes it away, and otherwise 0.
func sign(op string, first bool) float32 {
	switch {
	case op == "Add" || op == "Sum":
		return 1
	case op == "Sub" && !first:
		return -1
	}
	return 0
}

// takes reports whether a bias can be added to what made a value: a product that has none, and
// that nothing else reads.
func (b *builder) takes(v *value) bool {
	if !v.settled || v.err != nil || v.at < 0 || len(v.views) > 0 || b.readers[v.name] != 1 || v.name == "" {
		return false
	}
	switch l := b.layers[v.at].Layer.(type) {
	case layer.Dense:
		return l.NoBias
	case layer.Conv2D:
		return l.NoBias
	case layer.DepthwiseConv2D:
		return bool(l.NoBias)
	}
	return false
}

// channels returns an operator with a number for each channel.
func (b *builder) channels(n *Node, v *value, x []float32, bias float32, first bool) (*value, error) {
	y := make([]float32, len(x))
	for c, k := range x {
		switch {
		case bias != 0:
			y[c] = bias * k
		case n.Op == "Mul":
			y[c] = k
		case n.Op == "Div" && !first:
			y[c] = 1 / k
		default:
			return nil, fmt.Errorf("%s with a constant for each channel is not among the layers here", n.Op)
		}
		if y[c]-y[c] != 0 {
			return nil, fmt.Errorf("its constant for channel %d is %g", c, k)
		}
	}
	if op := map[bool]string{true: "Add", false: "Mul"}[bias != 0]; b.scaled(op, v, y) {
		return &value{shape: v.shape, order: v.order, flat: v.flat, node: n, at: v.at, settled: true}, nil
	}
	if bias != 0 && b.takes(v) {
		p := &b.layers[v.at]
		switch l := p.Layer.(type) {
		case layer.Dense:
			l.NoBias = false
			p.Layer = l
		case layer.Conv2D:
			l.NoBias = false
			p.Layer = l
		case layer.DepthwiseConv2D:
			l.NoBias = false
			p.Layer = l
		}
		p.weights = append(slices.Clip(p.weights), y)
		return &value{shape: v.shape, order: v.order, node: n, at: v.at, settled: true}, nil
	}
	if len(v.shape) != 3 {
		return nil, fmt.Errorf("%s of %v with a constant for each is not among the layers here, but behind a product: want a BatchNormalization", n.Op, v)
	}
	l := layer.DepthwiseConv2D{KernelSize: [2]int{1, 1}, NoBias: bias == 0}
	weights := [][]float32{y}
	if bias != 0 {
		ones := make([]float32, len(y))
		for c := range ones {
			ones[c] = 1
		}
		weights = [][]float32{ones, y}
	}
	return b.add(n, l, weights, v.order, v)
}

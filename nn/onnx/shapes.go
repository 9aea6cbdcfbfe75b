package onnx

import (
	"fmt"
	"slices"

	"tenfold/nn/layer"
)

// transpose notes the order of the axes, and is not a layer.
func (b *builder) transpose(n *Node, in []*value, s *settings) (*value, error) {
	v := in[0]
	perm, err := permutation(s, v.rank())
	if err != nil {
		return nil, err
	}
	if perm[0] != 0 {
		return nil, fmt.Errorf("it puts the batch's axis elsewhere: %v", perm)
	}
	var order []int
	for _, a := range perm[1:] {
		order = append(order, v.order[a-1])
	}
	return b.seen(n, v, order), nil
}

// seen returns a value whose axes the file has in another order.
func (b *builder) seen(n *Node, v *value, order []int) *value {
	return &value{shape: v.shape, order: order, flat: v.flat, node: n, merge: func() (int, error) { return b.settle(v) }}
}

// flatten makes a vector of each picture.
func (b *builder) flatten(n *Node, in []*value, s *settings) (*value, error) {
	v := in[0]
	axis := or(s, "axis", int64(1))
	if axis < 0 {
		axis += int64(v.rank())
	}
	if axis != 1 {
		return nil, fmt.Errorf("it flattens %v from axis %d on: want 1, so that the batch stays", v, axis)
	}
	return b.flattened(n, v)
}

// flattened returns a vector of all that a value has for each picture. A global pooling makes one itself,
// if nothing else reads its output.
func (b *builder) flattened(n *Node, v *value) (*value, error) {
	if len(v.shape) == 1 {
		return mapped(n, v, nil, same), nil
	}
	if v.settled && v.err == nil && v.at >= 0 && b.readers[v.name] == 1 {
		p := &b.layers[v.at]
		var l layer.Layer
		switch p.Layer.(type) {
		case layer.GlobalAveragePooling2D:
			l = averages.layer(false)
		case layer.GlobalMaxPooling2D:
			l = maxima.layer(false)
		}
		if l != nil && len(p.out) == 3 {
			p.Layer, p.out = l, p.out[2:]
			return &value{shape: p.out, order: []int{0}, node: n, at: v.at, settled: true}, nil
		}
	}
	y, err := b.add(n, layer.Flatten{}, nil, []int{0}, v)
	if err == nil {
		y.flat = joined([]piece{{v.shape, v.order}})
	}
	return y, err
}

// resize gives a value other sizes, the batch's left out: those that it has, or one of all, or the
// same with more or fewer axes of 1 as far as there is a layer for that.
func (b *builder) resize(n *Node, v *value, sizes []int) (*value, error) {
	have := v.sizes()
	switch {
	case slices.Equal(have, sizes):
		return mapped(n, v, nil, same), nil
	case len(sizes) == 1:
		return b.flattened(n, v)
	case len(v.shape) == 3 && len(sizes) <= 3 && slices.Equal(wide(have), wide(sizes)):
		// The axes that have more than one place keep their order; those of 1 take what is left, as
		// where a Reshape stands for the Transpose of a picture of one channel, or are left out.
		var order, ones, many []int
		for _, a := range v.order {
			if v.shape[a] > 1 {
				many = append(many, a)
			} else {
				ones = append(ones, a)
			}
		}
		for a, d := range v.shape {
			if d == 1 && !slices.Contains(v.order, a) {
				ones = append(ones, a)
			}
		}
		for _, d := range sizes {
			if d > 1 {
				order, many = append(order, many[0]), many[1:]
			} else {
				order, ones = append(order, ones[0]), ones[1:]
			}
		}
		return b.seen(n, v, order), nil
	case len(have) == 1 && len(sizes) == 3 && len(wide(sizes)) <= 1:
		if y, err := b.pixel(n, v, sizes); err == nil {
			return y, nil
		}
	}
	if y, err := b.reshaped(n, v, sizes); y != nil || err != nil {
		return y, err
	}
	return nil, fmt.Errorf("a tensor (None, %v) becomes (None, %v), which is not among the layers here: want (None, %d)", have, sizes, v.shape.Size())
}

// wide returns the sizes that are more than 1.
func wide(sizes []int) (all []int) {
	for _, d := range sizes {
		if d > 1 {
			all = append(all, d)
		}
	}
	return all
}

// pixel makes a picture of one place of a vector. There is not a layer for that, but where the
// vector is made of the mean of a picture's channels by way of dense layers, as in a
// squeeze-and-excitation block, the picture of one place can stay one: then those are convolutions
// of 1x1.
func (b *builder) pixel(n *Node, v *value, sizes []int) (*value, error) {
	k, err := b.settle(v)
	if err != nil {
		return nil, err
	}
	refused := fmt.Errorf("a vector %v becomes a picture %v, which is not among the layers here", v, sizes)
	if v.flat != nil || !slices.Contains(sizes, v.shape[0]) {
		return nil, refused
	}
	var chain []int
	for k >= 0 {
		chain = append(chain, k)
		p := b.layers[k]
		if len(p.in) != 1 {
			return nil, refused
		}
		switch p.Layer.(type) {
		case layer.Dense, layer.Activation, layer.LeakyReLU, layer.ReLU, layer.ELU, layer.Dropout, layer.Rescaling, layer.BatchNormalization:
			k = p.in[0]
			continue
		case layer.GlobalAveragePooling2D, layer.GlobalMaxPooling2D:
			if len(p.out) != 1 {
				return nil, refused
			}
		case layer.Flatten:
			if in := b.layers[max(p.in[0], 0)].out; p.in[0] < 0 || len(in) != 3 || in[0]*in[1] != 1 {
				return nil, refused
			}
		default:
			return nil, refused
		}
		break
	}
	if k < 0 {
		return nil, refused
	}
	return b.onePlace(n, chain, v.shape[0], sizes)
}

// onePlace adds the layers of a chain, the last of which comes first, once more for a picture of one
// place. What was there before is left out at the end if nothing else reads it.
func (b *builder) onePlace(n *Node, chain []int, channels int, sizes []int) (*value, error) {
	at := -1
	for _, k := range slices.Backward(chain) {
		p := b.layers[k]
		var err error
		switch l := p.Layer.(type) {
		case layer.GlobalAveragePooling2D:
			at, err = b.place(p.node, averages.layer(true), nil, p.in...)
		case layer.GlobalMaxPooling2D:
			at, err = b.place(p.node, maxima.layer(true), nil, p.in...)
		case layer.Flatten:
			at = p.in[0]
		case layer.Dense:
			at, err = b.place(p.node, layer.Conv2D{Filters: l.Units, KernelSize: [2]int{1, 1}, NoBias: l.NoBias}, p.weights, at)
		default:
			at, err = b.place(p.node, l, p.weights, at)
		}
		if err != nil {
			return nil, err
		}
	}
	order := []int{0, 1, 2}
	switch {
	case sizes[0] == channels:
		order = channelsFirst
	case sizes[1] == channels:
		order = []int{0, 2, 1}
	}
	return &value{shape: b.layers[at].out, order: order, node: n, at: at, settled: true}, nil
}

// reshape gives a picture other sizes; the batch's stays.
func (b *builder) reshape(n *Node, in []*value, s *settings) (*value, error) {
	s.ignore("allowzero", "consumed_inputs")
	v := in[0]
	want, err := b.list(in, 1, s, "shape")
	if err != nil {
		return nil, err
	}
	have, all := v.sizes(), v.shape.Size()
	kept := func() bool { // the first is the batch
		switch d := want[0]; {
		case d == batch || d == 0 || d == b.batch && d > 0:
			return true
		case d == -1: // what is left for it, if the others are known
			n := int64(1)
			for k, d := range want[1:] {
				if d == 0 && k < len(have) {
					d = int64(have[k])
				}
				if d < 1 || d > int64(all) {
					return false
				}
				n *= d
				if n > int64(all) {
					return false
				}
			}
			return n == int64(all)
		}
		return false
	}
	if len(want) < 2 || len(want) > maxAxes || !kept() {
		return nil, fmt.Errorf("%v becomes sizes %v: want the batch first, and what is left behind it", v, words(want))
	}
	sizes, err := resized(have, want[1:])
	if err != nil {
		return nil, err
	}
	return b.resize(n, v, sizes)
}

// expand repeats a value along axes of 1, which the layers that join two do themselves.
func (b *builder) expand(n *Node, in []*value, s *settings) (*value, error) {
	v := in[0]
	want, err := b.list(in, 1, s, "shape")
	if err != nil {
		return nil, err
	}
	if len(want) != v.rank() || !v.whole() {
		return nil, fmt.Errorf("%v is repeated to sizes %v: want as many axes", v, words(want))
	}
	y := &value{shape: slices.Clone(v.shape), order: v.order, node: n, narrow: v}
	for k, a := range v.order {
		switch d := want[k+1]; {
		case d == 1 || d == int64(v.shape[a]):
		case v.shape[a] == 1 && d > 1 && d <= maxSide:
			y.shape[a] = int(d)
		default:
			return nil, fmt.Errorf("%v is repeated to sizes %v: want the same, or more where there is 1", v, words(want))
		}
	}
	if slices.Equal(y.shape, v.shape) {
		return mapped(n, v, nil, same), nil
	}
	return y, bounded(y.shape)
}

// words writes sizes, in which the batch's has a name.
func words(sizes []int64) (all []string) {
	for _, d := range sizes {
		if d == batch {
			all = append(all, "batch")
		} else {
			all = append(all, fmt.Sprint(d))
		}
	}
	return all
}

func (b *builder) squeeze(n *Node, in []*value, s *settings) (*value, error) {
	v := in[0]
	axes, err := b.list(in, 1, s, "axes")
	if err != nil {
		return nil, err
	}
	gone, err := squeezed(append([]int{2}, v.sizes()...), axes) // the batch's axis stays
	if err != nil {
		return nil, err
	}
	var sizes []int
	for k, d := range v.sizes() {
		if !gone[k+1] {
			sizes = append(sizes, d)
		}
	}
	if len(sizes) == 0 {
		sizes = []int{1}
	}
	return b.resize(n, v, sizes)
}

func (b *builder) unsqueeze(n *Node, in []*value, s *settings) (*value, error) {
	v := in[0]
	axes, err := b.list(in, 1, s, "axes")
	if err != nil {
		return nil, err
	}
	sizes, err := unsqueezed(append([]int{2}, v.sizes()...), axes)
	if err != nil {
		return nil, err
	}
	if sizes[0] != 2 {
		return nil, fmt.Errorf("it puts an axis before the batch's: %v", axes)
	}
	return b.resize(n, v, sizes[1:])
}

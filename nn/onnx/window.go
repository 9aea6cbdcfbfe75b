package onnx

import (
	"errors"
	"fmt"
	"slices"

	"tenfold/nn/layer"
	"tenfold/nn/model"
)

// window is how a convolution or a pooling walks over a picture, [2] being height, width.
type window struct {
	size, stride, dilation [2]int
	padding                layer.Padding
	zeros                  [2][2]int // what has to be put around the picture before
}

func (w window) strides() [2]int   { return unlessOne(w.stride) }
func (w window) dilations() [2]int { return unlessOne(w.dilation) }

// unlessOne returns a setting whose default is 1.
func unlessOne(v [2]int) [2]int {
	if v == [2]int{1, 1} {
		return [2]int{}
	}
	return v
}

// maxWindow is the most that a window's settings may be.
const maxWindow = 1 << 12

// twice reads a setting for height and width, 1 if there is none.
func twice(s *settings, name string) ([2]int, error) {
	v, ok := get[[]int64](s, name)
	if !ok {
		return [2]int{1, 1}, nil
	}
	if len(v) != 2 || v[0] < 1 || v[1] < 1 || v[0] > maxWindow || v[1] > maxWindow {
		return [2]int{}, fmt.Errorf("its %s are %v: want those of height and width", name, v)
	}
	return [2]int{int(v[0]), int(v[1])}, nil
}

// window reads how an operator walks over a picture. Its padding is Keras' "valid" or "same" where
// that is equivalent, and otherwise zeros that are put around the picture before; where the file
// rounds the number of windows up, they reach further.
func (b *builder) window(n *Node, v *value, s *settings, size [2]int, up bool) (w window, err error) {
	if w.size, err = twice(s, "kernel_shape"); err != nil {
		return w, err
	}
	if size != [2]int{} {
		if _, ok := get[[]int64](s, "kernel_shape"); ok && w.size != size {
			return w, fmt.Errorf("its kernel_shape is %v: its kernel has %v", w.size, size)
		}
		w.size = size
	}
	if w.stride, err = twice(s, "strides"); err != nil {
		return w, err
	}
	if w.dilation, err = twice(s, "dilations"); err != nil {
		return w, err
	}
	pads, auto := or(s, "pads", []int64(nil)), or(s, "auto_pad", "NOTSET")
	if pads == nil {
		pads = make([]int64, 4)
	}
	if len(pads) != 4 || slices.ContainsFunc(pads, func(p int64) bool { return p < 0 || p > maxWindow }) {
		return w, fmt.Errorf("its pads are %v: want what is added at top, left, bottom and right", pads)
	}
	same, valid := true, true
	for a := range 2 {
		in, reach, stride := v.shape[a], (w.size[a]-1)*w.dilation[a]+1, w.stride[a]
		round := (in + stride - 1) / stride
		all := max((round-1)*stride+reach-in, 0) // of Keras' "same"
		before, after := int(pads[a]), int(pads[a+2])
		switch auto {
		case "NOTSET", "":
		case "VALID":
			before, after = 0, 0
		case "SAME_UPPER":
			before, after = all/2, all-all/2
		case "SAME_LOWER":
			before, after = all-all/2, all/2
		default:
			return w, fmt.Errorf("its auto_pad is %.40q: there is no such mode", auto)
		}
		rest := in + before + after - reach
		if rest < 0 {
			return w, fmt.Errorf("a window that reaches over %d elements does not fit into %d", reach, in+before+after)
		}
		out := rest/stride + 1
		if up && rest%stride > 0 && out*stride < in+before { // a last one, which begins inside
			out++
			after += stride - rest%stride
		}
		same = same && before == all/2 && out == round
		valid = valid && before == 0 && in >= reach && out == (in-reach)/stride+1
		w.zeros[a] = [2]int{before, max((out-1)*stride+reach-in-before, 0)}
	}
	switch {
	case valid:
		w.padding, w.zeros = layer.Valid, [2][2]int{}
	case same:
		w.padding, w.zeros = layer.Same, [2][2]int{}
	default:
		w.padding = layer.Valid
	}
	return w, nil
}

// padded puts zeros around a picture, if a window wants some.
func (b *builder) padded(n *Node, v *value, w window) (*value, error) {
	if w.zeros == [2][2]int{} {
		return v, nil
	}
	return b.add(n, layer.ZeroPadding2D{Padding: w.zeros}, nil, v.order, v)
}

func (b *builder) maxPool(n *Node, in []*value, s *settings) (*value, error) {
	s.ignore("storage_order")
	v := in[0]
	if err := v.picture(); err != nil {
		return nil, err
	}
	w, err := b.window(n, v, s, [2]int{}, or(s, "ceil_mode", int64(0)) != 0)
	if err != nil {
		return nil, err
	}
	if w.dilation != [2]int{1, 1} {
		return nil, fmt.Errorf("a pooling with dilations %v is not among the layers here", w.dilation)
	}
	if w.zeros != [2][2]int{} {
		k, err := b.settle(v)
		if err != nil {
			return nil, err
		}
		if !b.positive(k) {
			return nil, errors.New("a pooling with pads over what may be below 0 is not among the layers here: want a ReLU before, or padding as Keras' \"same\"")
		}
	}
	if v, err = b.padded(n, v, w); err != nil {
		return nil, err
	}
	return b.add(n, layer.MaxPool2D{PoolSize: w.size, Strides: w.stride, Padding: w.padding}, nil, channelsFirst, v)
}

// positive reports whether a layer's output is at least 0, so that zeros around it never change
// the largest.
func (b *builder) positive(k int) bool {
	if k == model.Input {
		return false
	}
	known, ok := b.positives[k]
	if ok {
		return known
	}
	p := b.layers[k]
	switch l := p.Layer.(type) {
	case layer.Activation:
		known = slices.Contains([]string{"relu", "sigmoid", "softmax", "softplus"}, l.Function)
	case layer.ReLU:
		known = l.NegativeSlope == 0
	case layer.MaxPool2D, layer.AveragePooling2D, layer.Dropout, layer.ZeroPadding2D, layer.Add, layer.Multiply, layer.Concatenate:
		known = !slices.ContainsFunc(p.in, func(in int) bool { return !b.positive(in) })
	}
	b.positives[k] = known
	return known
}

func (b *builder) averagePool(n *Node, in []*value, s *settings) (*value, error) {
	v := in[0]
	if err := v.picture(); err != nil {
		return nil, err
	}
	up := or(s, "ceil_mode", int64(0)) != 0
	w, err := b.window(n, v, s, [2]int{}, up)
	if err != nil {
		return nil, err
	}
	if w.dilation != [2]int{1, 1} {
		return nil, fmt.Errorf("a pooling with dilations %v is not among the layers here", w.dilation)
	}
	counts := or(s, "count_include_pad", int64(0)) != 0 // what lies outside counts as 0
	switch padded := w.zeros != [2][2]int{} || w.padding == layer.Same && w.pads(v); {
	case padded && counts && up:
		return nil, errors.New("a mean in which pads count, with ceil_mode, is not among the layers here")
	case padded && counts && w.padding == layer.Same: // by which the picture has to be made wider
		w.zeros, w.padding = w.around(v), layer.Valid
	case w.zeros != [2][2]int{} && !counts:
		return nil, errors.New("a mean in which pads do not count is among the layers here with Keras' \"same\" padding alone")
	}
	if v, err = b.padded(n, v, w); err != nil {
		return nil, err
	}
	return b.add(n, layer.AveragePooling2D{PoolSize: w.size, Strides: w.stride, Padding: w.padding}, nil, channelsFirst, v)
}

// around returns what "same" adds to a picture.
func (w window) around(v *value) (z [2][2]int) {
	for a := range 2 {
		round := (v.shape[a] + w.stride[a] - 1) / w.stride[a]
		all := max((round-1)*w.stride[a]+w.size[a]-v.shape[a], 0)
		z[a] = [2]int{all / 2, all - all/2}
	}
	return z
}

// pads reports whether "same" adds anything.
func (w window) pads(v *value) bool { return w.around(v) != [2][2]int{} }

// pooled makes one number of each channel.
type pooled int

const (
	averages pooled = iota
	maxima
)

func (p pooled) layer(keep bool) layer.Layer {
	if p == maxima {
		return layer.GlobalMaxPooling2D{KeepDims: keep}
	}
	return layer.GlobalAveragePooling2D{KeepDims: keep}
}

// global returns a pooling over all places, which stay axes of 1.
func global(p pooled) operation {
	return func(b *builder, n *Node, in []*value, _ *settings) (*value, error) {
		if err := in[0].picture(); err != nil {
			return nil, err
		}
		return b.add(n, p.layer(true), nil, channelsFirst, in[0])
	}
}

// reduce returns the same where the axes are named.
func reduce(p pooled) operation {
	return func(b *builder, n *Node, in []*value, s *settings) (*value, error) {
		s.ignore("noop_with_empty_axes")
		v := in[0]
		axes, err := b.list(in, 1, s, "axes")
		if err != nil {
			return nil, err
		}
		over := map[int]bool{}
		for _, a := range axes {
			k, err := v.axis(a)
			if err != nil {
				return nil, err
			}
			over[k] = true
		}
		keep := or(s, "keepdims", int64(1)) != 0
		if y := meanOf(n, v, over, keep); y != nil && p == averages {
			return y, nil
		}
		if len(v.shape) != 3 || len(over) == 0 || over[2] {
			return nil, fmt.Errorf("%s over the axes %v of %v is not among the layers here: want those of height and width", n.Op, axes, v)
		}
		left := slices.DeleteFunc(slices.Clone(v.order), func(a int) bool { return over[a] }) // of the file's axes
		if !keep && len(left) == 1 && len(over) == 2 {
			return b.add(n, p.layer(false), nil, []int{0}, v)
		}
		size := [2]int{1, 1}
		for a := range over {
			size[a] = v.shape[a]
		}
		l := p.layer(true)
		if len(over) == 1 { // along one of the two
			window := layer.MaxPool2D{PoolSize: size, Strides: size}
			if l = layer.Layer(window); p == averages {
				l = layer.AveragePooling2D(window)
			}
		}
		if keep {
			return b.add(n, l, nil, v.order, v)
		}
		y, err := b.add(n, l, nil, left, v)
		if err != nil || len(left) > 1 {
			return y, err
		}
		y.name = n.Out[0]
		return b.flattened(n, y)
	}
}

// pad puts zeros around a picture.
func (b *builder) pad(n *Node, in []*value, s *settings) (*value, error) {
	v := in[0]
	if mode := or(s, "mode", "constant"); mode != "constant" {
		return nil, fmt.Errorf("a padding by %.40q is not among the layers here: want zeros", mode)
	}
	name := "pads"
	if b.opset < 2 {
		name = "paddings"
	}
	pads, err := b.list(in, 1, s, name)
	if err != nil {
		return nil, err
	}
	with, err := b.scalar(in, 2, s, "value", 0)
	if err != nil {
		return nil, err
	}
	axes, err := b.list(in, 3, s, "axes")
	if err != nil {
		return nil, err
	}
	if axes == nil {
		for a := range v.rank() {
			axes = append(axes, int64(a))
		}
	}
	if len(pads) != 2*len(axes) {
		return nil, fmt.Errorf("%d pads for %d axes: want two for each", len(pads), len(axes))
	}
	var zeros [2][2]int
	some := false
	for i, a := range axes {
		before, after := pads[i], pads[i+len(axes)]
		if before == 0 && after == 0 {
			continue
		}
		k, err := v.axis(a)
		if err != nil {
			return nil, err
		}
		if len(v.shape) != 3 || k == 2 || min(before, after) < 0 || max(before, after) > maxWindow || with != 0 {
			return nil, fmt.Errorf("a padding of %v around %v with %g is not among the layers here: want zeros around pictures", pads, v, with)
		}
		zeros[k], some = [2]int{int(before), int(after)}, true
	}
	if !some {
		return mapped(n, v, nil, same), nil
	}
	return b.add(n, layer.ZeroPadding2D{Padding: zeros}, nil, v.order, v)
}

package onnx

import (
	"math"
	"slices"

	"tenfold/nn/layer"
)

// Before version 17 of the operators a layer normalisation is written in parts:
//
//	d = x - ReduceMean(x), y = d / Sqrt(ReduceMean(Pow(d, 2)) + epsilon), y*gamma + beta
//
// in which the means are over the channels alone and no layers here. A value remembers which part it
// is.

// part is one of a layer normalisation's.
type part struct {
	kind    int
	of      *value // x
	epsilon float32
}

// The kinds of parts.
const (
	mean      = iota + 1
	distance  // d
	square    // d²
	variance  // its mean
	deviation // the root of that and epsilon, 0 if nothing is added
)

// partly returns a value that is nothing but a part, of the shape of another.
func partly(n *Node, like *value, p part) *value {
	return &value{shape: like.shape, order: like.order, flat: like.flat, node: n, part: p}
}

// meanOf begins a normalisation, or is the mean of what lies between: over the channels, which the
// file has last and keeps as an axis of 1. It is nil for another mean.
func meanOf(n *Node, v *value, over map[int]bool, keep bool) *value {
	last := len(v.shape) - 1
	if len(over) != 1 || !over[last] || !keep || v.order[len(v.order)-1] != last {
		return nil
	}
	narrow := *v
	narrow.shape = slices.Clone(v.shape)
	narrow.shape[last] = 1
	if v.part.kind == square {
		return partly(n, &narrow, part{variance, v.part.of, 0})
	}
	return partly(n, &narrow, part{mean, v, 0})
}

// parted makes what an operator of two inputs makes of parts, or nil if that is not a further part.
func (b *builder) parted(n *Node, x, y *value) (*value, error) {
	switch {
	case n.Op == "Sub" && y.part.kind == mean && y.part.of == x:
		return partly(n, x, part{distance, x, 0}), nil
	case n.Op == "Mul" && x == y && x.part.kind == distance:
		return partly(n, x, part{square, x.part.of, 0}), nil
	case n.Op == "Div" && x.part.kind == distance && y.part.kind == deviation && y.part.of == x.part.of:
		l := layer.LayerNormalization{Epsilon: epsilonOf(y.part.epsilon), NoScale: true, NoCenter: true}
		return b.keep(n, l, nil, x.part.of)
	}
	return nil, nil
}

// partedBy returns the same with one number.
func partedBy(n *Node, x *value, k float32) *value {
	switch {
	case n.Op == "Pow" && k == 2 && x.part.kind == distance:
		return partly(n, x, part{square, x.part.of, 0})
	case n.Op == "Add" && x.part.kind == variance && x.part.epsilon == 0:
		return partly(n, x, part{variance, x.part.of, k})
	}
	return nil
}

func (b *builder) sqrt(n *Node, in []*value, _ *settings) (*value, error) {
	if v := in[0]; v.part.kind == variance {
		return partly(n, v, part{deviation, v.part.of, v.part.epsilon}), nil
	}
	return mapped(n, in[0], nil, math.Sqrt), nil
}

// scaled gives a normalisation its gamma, or its beta, and says whether there is one that lacks it
// and that nothing else reads.
func (b *builder) scaled(op string, v *value, x []float32) bool {
	if !v.settled || v.err != nil || v.at < 0 || len(v.views) > 0 || b.readers[v.name] != 1 || v.name == "" {
		return false
	}
	p := &b.layers[v.at]
	l, ok := p.Layer.(layer.LayerNormalization)
	switch {
	case !ok:
		return false
	case op == "Mul" && bool(l.NoScale) && bool(l.NoCenter):
		l.NoScale = false
	case op == "Add" && bool(l.NoCenter):
		l.NoCenter = false
	default:
		return false
	}
	p.Layer, p.weights = l, append(slices.Clip(p.weights), x)
	return true
}

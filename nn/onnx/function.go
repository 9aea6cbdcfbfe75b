package onnx

import (
	"errors"
	"math"
	"slices"

	"tenfold/nn/layer"
	"tenfold/nn/model"
)

// Tools write an activation as one operator or as several, in many ways: a GELU as x/2*(1+erf(x/√2)),
// with a product or a quotient in this order or in that. Here what is done to each element alone is
// followed at some points instead of the numbers. When something needs to know which function of
// what that is, the values at the points tell. It is settled no earlier, since most parts of a
// function are not layers of ours.

// points are where functions are sampled: a few exact ones, from which the settings of a function
// are read, some around 0, where functions bend, and large ones.
var points = func() (p [64]float64) {
	copy(p[:], []float64{-1, 0, 1, 1e4, -1e4, 300, -300, 30, -30})
	for i := 9; i < len(p); i++ {
		k := float64(i-9) - 27.1
		p[i] = k * math.Abs(k) / 73 // to 10 each way, closer together around 0
	}
	return p
}()

// Where among the points some stand.
const (
	atMinus1 = 0
	at0      = 1
	at1      = 2
	atMost   = 3
)

type samples = [len(points)]float64

// view is a value as a function of another.
type view struct {
	of *value
	y  *samples
	by layer.Layer // that does it, or nil if there may be none
}

// maxViews is of how many others a value is looked at as a function. A GELU is made of five
// operators.
const maxViews = 8

// seen returns a value's views, and itself.
func (v *value) seen() []view { return append(slices.Clip(v.views), view{v, &points, nil}) }

// mapped returns what a function makes of each element of a value; by is the layer that does it, or nil
// if there is none.
func mapped(n *Node, v *value, by layer.Layer, f func(x float64) float64) *value {
	y := &value{shape: v.shape, order: v.order, flat: v.flat, node: n}
	for _, w := range v.seen() {
		var s samples
		for i, x := range w.y {
			s[i] = f(x)
		}
		l := by
		if w.of != v {
			l = nil
		}
		y.views = append(y.views, view{w.of, &s, l})
	}
	y.views = latest(y.views)
	return y
}

// latest leaves out the views of what lies furthest back, if there are many.
func latest(views []view) []view { return views[max(len(views)-maxViews, 0):] }

// combined returns what a function makes of each element of several values that lie alike, as far as they
// are functions of the same. merge makes it of what they are otherwise.
func combined(n *Node, all []*value, f func(x []float64) float64, merge func() (int, error)) *value {
	y := &value{shape: all[0].shape, order: all[0].order, flat: all[0].flat, node: n, merge: merge}
	for _, w := range all[0].seen() {
		same := []view{w}
		for _, v := range all[1:] {
			seen := v.seen()
			if i := slices.IndexFunc(seen, func(o view) bool { return o.of == w.of }); i >= 0 && alike(all[0], v) {
				same = append(same, seen[i])
			}
		}
		if len(same) < len(all) {
			continue
		}
		var s samples
		x := make([]float64, len(all))
		for i := range s {
			for k, o := range same {
				x[k] = o.y[i]
			}
			s[i] = f(x)
		}
		y.views = append(y.views, view{w.of, &s, nil})
	}
	y.views = latest(y.views)
	return y
}

// near reports whether two functions are the same at all points, as far as numbers of 32 bits go.
func near(y *samples, f func(x float64) float64) bool {
	for i, x := range points {
		if want := f(x); !(math.Abs(y[i]-want) <= 1e-6*(1+math.Abs(want))) {
			return false
		}
	}
	return true
}

// fixed are the activations that have no settings.
var fixed = []struct {
	name string
	f    func(x float64) float64
}{
	{"relu", func(x float64) float64 { return max(x, 0) }},
	{"gelu", func(x float64) float64 { return x / 2 * math.Erfc(-x/math.Sqrt2) }},
	{"silu", func(x float64) float64 { return x * sigmoid(x) }},
	{"hard_swish", hardSwish},
	{"sigmoid", sigmoid},
	{"tanh", math.Tanh},
	{"softplus", softplus},
	{"elu", func(x float64) float64 { return elu(x, 1) }},
}

func sigmoid(x float64) float64      { return 1 / (1 + math.Exp(-x)) }
func softplus(x float64) float64     { return max(x, 0) + math.Log1p(math.Exp(-math.Abs(x))) }
func hardSwish(x float64) float64    { return x * min(max(x+3, 0), 6) / 6 }
func leaky(x, alpha float64) float64 { return max(x, 0) + alpha*min(x, 0) }
func elu(x, alpha float64) float64 {
	if x > 0 {
		return x
	}
	return alpha * math.Expm1(x)
}

// byTanh returns the approximation of GELU that is not among ours. Source: Hendrycks, Gimpel 2016,
// https://arxiv.org/abs/1606.08415.
func byTanh(x float64) float64 {
	return x / 2 * (1 + math.Tanh(math.Sqrt(2/math.Pi)*(x+0.044715*x*x*x)))
}

var errByTanh = errors.New("a GELU by tanh is not among the layers here, but the exact one is: export with approximate=\"none\"")

// errUnknown says that a function is not one of ours.
var errUnknown = errors.New("what it makes of each element is none of the activations here")

// recognise returns the layer that is a function, or nil for one that changes nothing.
func recognise(y *samples) (l layer.Layer, err error) {
	same := func(f func(x float64) float64) bool { return near(y, f) }
	slope, most := -y[atMinus1], y[atMost]
	a, b := y[at1]-y[at0], y[at0]
	below := y[atMinus1] / math.Expm1(-1)
	switch {
	case same(func(x float64) float64 { return x }):
		return nil, nil
	case same(byTanh):
		return nil, errByTanh
	}
	for _, f := range fixed {
		if same(f.f) {
			return layer.Activation{Function: f.name}, nil
		}
	}
	switch {
	case same(func(x float64) float64 { return a*x + b }):
		return layer.Rescaling{Scale: rounded(a), Offset: rounded(b)}, nil
	case same(func(x float64) float64 { return leaky(x, slope) }):
		return layer.LeakyReLU{Alpha: float32(slope)}, nil
	case same(func(x float64) float64 { return elu(x, below) }):
		return layer.ELU{Alpha: float32(below)}, nil
	case most > 0 && same(func(x float64) float64 { return min(max(x, 0), most) }):
		return layer.ReLU{MaxValue: float32(most)}, nil
	}
	return nil, errUnknown
}

// rounded leaves out what a difference of numbers of 64 bits adds behind a number of 32.
func rounded(v float64) float64 {
	if s := float64(float32(v)); math.Abs(s-v) < 1e-12*(1+math.Abs(v)) {
		return s
	}
	return v
}

// settle adds the layers that make a value, if they are not there yet, and says which puts it out.
func (b *builder) settle(v *value) (int, error) {
	if !v.settled {
		v.settled = true // a file's values know only earlier ones, so it does not come back to this one
		v.at, v.err = b.work(v)
	}
	return v.at, v.err
}

// work tries a value as what a layer makes of the value before, if one does that alone, then as a
// function of the earliest that it is one of, and at last as what is made of several.
func (b *builder) work(v *value) (int, error) {
	if v.constant != nil {
		return 0, errors.New("its input is a constant, where a layer's output is wanted")
	}
	views := slices.Clone(v.views)
	if last := len(views) - 1; last >= 0 && views[last].by != nil && !slices.ContainsFunc(views[:last], func(w view) bool {
		l, err := recognise(w.y)
		return err == nil && l == views[last].by // what lies between does nothing to it: a ReLU before a ReLU6
	}) {
		views = append(views[last:], views[:last]...)
	}
	err := errUnknown
	for _, w := range views {
		l, failed := w.by, error(nil)
		if l == nil {
			l, failed = recognise(w.y)
		}
		if failed == nil {
			var at int
			if at, failed = b.settle(w.of); failed == nil {
				if l == nil {
					return at, nil
				}
				return b.place(v.node, l, nil, at)
			}
		}
		if failed != errUnknown {
			err = failed
		}
		if failed == errByTanh {
			return 0, b.failed(v.node, failed)
		}
	}
	if v.merge != nil {
		return v.merge()
	}
	return model.Input, b.failed(v.node, err)
}

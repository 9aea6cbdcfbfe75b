package convert

import (
	"fmt"
	"slices"
	"strings"

	"tenfold/nn/layer"
	"tenfold/nn/model"
)

// roles are other names of the weights of a layer: Keras' depthwise kernel, and PyTorch's.
var roles = map[string][]string{
	"kernel":          {"kernel", "weight", "depthwise_kernel"},
	"bias":            {"bias"},
	"gamma":           {"gamma", "weight", "scale"},
	"beta":            {"beta", "bias", "offset"},
	"moving_mean":     {"moving_mean", "running_mean"},
	"moving_variance": {"moving_variance", "running_var"},
	"alpha":           {"alpha", "weight"},
}

// counted is a tensor of PyTorch's normalisations that is not a weight.
const counted = "num_batches_tracked"

// taken is a tensor that becomes a weight, and how it does.
type taken struct {
	weight *model.Weight
	tensor tensor
	turn   func(x []float32) []float32 // nil for as it is
}

// fitting says how a part of a file becomes the weights of a node; nil if it
// does not fit. torch says that those called weight are laid out as in PyTorch.
func fitting(net *model.Network, i int, p *part, torch bool) []taken {
	n := net.Nodes()[i]
	var all []tensor
	for _, t := range p.tensors {
		if t.name != counted {
			all = append(all, t)
		}
	}
	if len(all) != len(n.Weights) {
		return nil
	}
	byPlace := !slices.ContainsFunc(all, func(t tensor) bool { return roleOf(t.name) })
	var out []taken
	for k, w := range n.Weights {
		t := all[k]
		if !byPlace {
			at := slices.IndexFunc(all, func(t tensor) bool { return slices.Contains(namesOf(w.Name), t.name) })
			if at < 0 {
				return nil
			}
			t = all[at]
		}
		turn, ok := turned(net, i, w, t, torch)
		if !ok {
			return nil
		}
		out = append(out, taken{w, t, turn})
	}
	return out
}

// namesOf returns a weight's names in files.
func namesOf(weight string) []string {
	if all, ok := roles[weight]; ok {
		return all
	}
	return []string{weight}
}

// roleOf reports whether a tensor's name is that of a weight.
func roleOf(name string) bool {
	for _, all := range roles {
		if slices.Contains(all, name) {
			return true
		}
	}
	return strings.HasSuffix(name, "_kernel")
}

// turned says how a tensor becomes a weight of node i; it reports false if the
// shape does not fit.
func turned(net *model.Network, i int, w *model.Weight, t tensor, torch bool) (func([]float32) []float32, bool) {
	s := []int(w.Shape)
	if !torch {
		return nil, slices.Equal(t.shape, s)
	}
	_, deep := net.Layer(i).(layer.DepthwiseConv2D)
	switch {
	case len(s) == 4 && deep && slices.Equal(t.shape, []int{s[2] * s[3], 1, s[0], s[1]}): // [c*m,1,h,w]
		return func(x []float32) []float32 { return moved(x, []int{s[2] * s[3], s[0] * s[1]}, []int{1, 0}) }, true
	case len(s) == 4 && !deep && slices.Equal(t.shape, []int{s[3], s[2], s[0], s[1]}): // OIHW
		return func(x []float32) []float32 { return moved(x, t.shape, []int{2, 3, 1, 0}) }, true
	case len(s) == 2 && slices.Equal(t.shape, []int{s[1], s[0]}):
		return func(x []float32) []float32 {
			x = moved(x, t.shape, []int{1, 0})
			if p := flattened(net, i); p != nil {
				x = reordered(x, p, s[1])
			}
			return x
		}, true
	case len(s) == 1 && slices.Equal(t.shape, s):
		if p := flattened(net, i); p != nil && !isDense(net.Layer(i)) && p[0]*p[1]*p[2] == s[0] {
			return func(x []float32) []float32 { return reordered(x, p, 1) }, true
		}
		return nil, true
	case w.Name == "alpha" && len(t.shape) == 1 && t.shape[0] == w.Shape.Size() && s[len(s)-1] == w.Shape.Size():
		return nil, true // PReLU's, one a channel
	}
	return nil, false
}

// moved puts a tensor's axes into another order: axis k of the result is axis
// order[k].
func moved(x []float32, shape, order []int) []float32 {
	step := make([]int, len(shape)) // of an axis, in x
	for k, n := len(shape)-1, 1; k >= 0; k-- {
		step[k] = n
		n *= shape[k]
	}
	out := make([]float32, 0, len(x))
	at := make([]int, len(shape))
	for range x {
		from := 0
		for k, a := range order {
			from += at[k] * step[a]
		}
		out = append(out, x[from])
		for k := len(order) - 1; k >= 0; k-- {
			if at[k]++; at[k] < shape[order[k]] {
				break
			}
			at[k] = 0
		}
	}
	return out
}

// reordered puts rows that follow one another as C, H, W into the order H, W, C of shape.
func reordered(x []float32, shape []int, row int) []float32 {
	h, w, c := shape[0], shape[1], shape[2]
	out := make([]float32, 0, len(x))
	for place := range h * w {
		for k := range c {
			from := (k*h*w + place) * row
			out = append(out, x[from:from+row]...)
		}
	}
	return out
}

// flattened returns the shape of the picture whose flattened numbers are node
// i's input; nil if its input is anything else.
func flattened(net *model.Network, i int) []int { return unrolled(net, net.Nodes()[i].In[0]) }

// unrolled returns the shape of the picture whose flattened numbers, each
// changed by itself or not, are node i's output; nil if its output is anything
// else.
func unrolled(net *model.Network, i int) []int {
	for i != model.Input {
		n := net.Nodes()[i]
		if layer.Flattens(n.Layer) {
			if s := net.LayerInput(i); len(s) == 3 && s[0]*s[1] > 1 {
				return s
			}
			return nil
		}
		if len(n.Out) != 1 || !slices.Equal(net.LayerInput(i), n.Out) || isDense(n.Layer) {
			return nil
		}
		i = n.In[0]
	}
	return nil
}

func isDense(l layer.Layer) bool { _, ok := l.(layer.Dense); return ok }

// joined returns an error if PyTorch's order of a flattened picture cannot be
// undone: it is joined with something else, or a Reshape mixes its axes.
func joined(net *model.Network) error {
	for _, n := range net.Nodes() {
		if _, ok := n.Layer.(layer.Reshape); ok && len(n.Out) > 1 {
			return fmt.Errorf("convert: the layer %q gives its input other axes, which PyTorch has in another order, so that the order of the weights behind it cannot be told from a file of PyTorch's", n.Name)
		}
		if _, ok := n.Layer.(layer.Concatenate); !ok || len(n.Out) != 1 {
			continue
		}
		if slices.ContainsFunc(n.In, func(in int) bool { return unrolled(net, in) != nil }) {
			return fmt.Errorf("convert: the layer %q joins a flattened picture with something else, so that the order of the weights behind it cannot be told from a file of PyTorch's", n.Name)
		}
	}
	return nil
}

// take copies what was found to fit into the weights.
func take(all []taken) error {
	for _, t := range all {
		x, err := t.tensor.read()
		if err != nil {
			return err
		}
		if len(x) != t.weight.Shape.Size() {
			return fmt.Errorf("convert: %.80q has %d numbers: want %d", t.tensor.full, len(x), t.weight.Shape.Size())
		}
		if t.turn != nil {
			x = t.turn(x)
		}
		t.weight.Data = x
	}
	return nil
}

package explain

import (
	"fmt"

	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// Number says how one number of a layer is computed. That of a convolution or a dense layer is
// a Breakdown, and the activation turns its Sum into Out. Other layers have no Kernel: Patch is
// what Out is made of, one number of each input of what merges several, and Sum is Out.
type Number struct {
	Breakdown
	Out          float32
	From         int // which of the layer's inputs Patch is of, unless it merges several
	Channel      int // of that input, the one that Patch begins with
	Top, Left    int // where in the input Patch begins; may lie outside
	StepY, StepX int // from a row or column of Patch to the next
	// What else goes in, by Keras' names: "gamma", "max_value"; "variance" may be the moving
	// one, "epsilon" is never 0.
	Terms map[string]float32
}

// apart is a number that is being taken apart.
type apart struct {
	Number
	t                    *model.Trace
	layer                int
	weights              []*model.Weight
	x                    [][]float32  // the layer's inputs
	in                   []task.Shape // and its shapes
	out                  task.Shape
	channel, row, column int
	at                   int // of the number in the layer's output
}

// TakeApart takes a number of a layer apart, as the trace's last Forward computed it: that of
// a channel at the place y,x, or of a unit, for which y and x are 0. For a layer whose
// computation is not known, Patch is the number itself.
func TakeApart(t *model.Trace, m *model.Network, l, channel, y, x int) (Number, error) {
	if l < 0 || l >= m.Len() {
		return Number{}, fmt.Errorf("explain: there is no layer %d among %d", l, m.Len())
	}
	out := t.Steps[t.Last(l)].Out
	at, inside := channel, y == 0 && x == 0
	if len(out) == 3 {
		at, inside = (y*out[1]+x)*out[2]+channel, y >= 0 && x >= 0 && y < out[0] && x < out[1]
	}
	if !inside || channel < 0 || channel >= out[len(out)-1] {
		return Number{}, fmt.Errorf("explain: there is no number %d,%d,%d in %v", y, x, channel, out)
	}
	first := t.First(l)
	a := &apart{t: t, layer: l, weights: t.Steps[first].Weights, x: t.Inputs(first), in: m.LayerInputs(l), out: out, channel: channel, row: y, column: x, at: at}
	a.Out, a.StepY, a.StepX = t.Y[t.Last(l)][at], 1, 1
	a.H, a.W, a.C, a.Channel, a.Top, a.Left = 1, 1, 1, channel, y, x
	if !a.weighed(m.Layer(l)) {
		a.Sum = a.Out
		if !a.pooled(m.Layer(l)) && !a.merged(m.Layer(l)) && !a.pointwise(m.Layer(l)) {
			a.Patch = []float32{a.Out}
		}
	}
	return a.Number, nil
}

// weight is element i of the weight of a name, or other if there is no such weight.
func (a *apart) weight(name string, i int, other float32) float32 {
	for _, w := range a.weights {
		if w.Name == name {
			return w.Data[i]
		}
	}
	return other
}

// merged takes apart what is made of several inputs.
func (a *apart) merged(l layer.Layer) bool {
	switch l := l.(type) {
	case layer.Add, layer.Multiply:
		a.C = len(a.in)
		for k, s := range a.in {
			a.Patch = append(a.Patch, a.x[k][layer.Repeated(a.at, s, a.out)])
		}
	case layer.Concatenate:
		from, element := l.From(a.at, a.in...)
		a.From, a.Patch = from, []float32{a.x[from][element]}
		s := a.in[from]
		a.Channel = element % s[len(s)-1]
		if len(s) == 3 {
			a.Top, a.Left = element/s[2]/s[1], element/s[2]%s[1]
		}
	default:
		return false
	}
	return true
}

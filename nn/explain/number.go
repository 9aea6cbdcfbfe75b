package explain

import (
	"fmt"
	"math"

	"tenfold/nn/layer"
	"tenfold/nn/model"
)

// Number is how one number of a layer comes about. A convolution's and a dense layer's is a
// Breakdown, of whose Sum the activation makes Out. Of other layers there is no Kernel: Patch
// is what Out is made of, and Sum is Out.
type Number struct {
	Breakdown
	Out          float32
	Top, Left    int // where in the input Patch begins; may lie outside
	StepY, StepX int // from a row or column of Patch to the next
}

// TakeApart takes a number of a layer apart, as the trace's last Forward computed it: that of
// a channel at the place y,x, or of a unit, of which y and x are 0.
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
	n := Number{Out: t.Y[t.Last(l)][at], StepY: 1, StepX: 1}
	input := t.Input(t.First(l))
	switch c := m.Layer(l).(type) {
	case layer.Conv2D:
		p, err := Convolution(t, m, l, channel, y, x)
		if err != nil {
			return Number{}, err
		}
		n.Breakdown = p
		n.Top, n.Left = c.Corner(m.LayerInput(l), y, x)
		n.StepY, n.StepX = max(c.Dilation[0], 1), max(c.Dilation[1], 1)
		return n, nil
	case layer.Dense:
		n.Breakdown = unit(t, l, at)
		return n, nil
	case layer.MaxPool2D:
		in := m.LayerInput(l)
		n.Top, n.Left, n.H, n.W = c.Window(in, y, x)
		n.C = 1
		for r := n.Top; r < n.Top+n.H; r++ {
			for q := n.Left; q < n.Left+n.W; q++ {
				v := float32(math.NaN())
				if r >= 0 && q >= 0 && r < in[0] && q < in[1] {
					v = input[(r*in[1]+q)*in[2]+channel]
				}
				n.Patch = append(n.Patch, v)
			}
		}
	case layer.Flatten, layer.Dropout, layer.LeakyReLU, layer.Activation:
		n.H, n.W, n.C = 1, 1, 1
		n.Top, n.Left = y, x
		n.Patch = input[at : at+1]
		if a, ok := c.(layer.Activation); ok && a.Function == "softmax" { // over the last axis
			n.C = out[len(out)-1]
			n.Patch = input[at-channel : at-channel+n.C]
		}
		n.Patch = append([]float32{}, n.Patch...)
	default:
		return Number{}, fmt.Errorf("explain: how a number of %s comes about cannot be shown", layer.Describe(c).Class)
	}
	n.Sum = n.Out
	return n, nil
}

// unit takes number i of a dense layer apart.
func unit(t *model.Trace, l, i int) Breakdown {
	step := t.First(l)
	weights, sums := t.Steps[step].Weights, t.Y[step]
	of := t.Steps[step].Out
	units := of[len(of)-1]
	n := len(weights[0].Data) / units
	first := i / units * n // of a row of the input
	p := Breakdown{H: 1, W: 1, C: n, Sum: sums[i]}
	p.Patch = append(p.Patch, t.Input(step)[first:first+n]...)
	for k := range n {
		p.Kernel = append(p.Kernel, weights[0].Data[k*units+i%units])
	}
	if len(weights) > 1 {
		p.Bias = weights[1].Data[i%units]
	}
	return p
}

package explain

import (
	"fmt"

	"tenfold/nn/layer"
	"tenfold/nn/model"
)

// Breakdown says how one number of a convolution is computed: the sum over rows, columns
// and channels of patch times kernel, and the bias.
type Breakdown struct {
	H, W, C       int
	Patch, Kernel []float32 // [h,w,c]; what lies outside of the picture is 0
	Bias, Sum     float32
}

// Convolution takes the number y,x of a filter of a layer apart, as the trace's last
// Forward computed it, before any activation.
func Convolution(t *model.Trace, m *model.Network, l, filter, y, x int) (Breakdown, error) {
	if l < 0 || l >= m.Len() {
		return Breakdown{}, fmt.Errorf("explain: there is no layer %d among %d", l, m.Len())
	}
	if _, ok := m.Layer(l).(layer.Conv2D); !ok {
		return Breakdown{}, fmt.Errorf("explain: layer %d is no convolution", l)
	}
	n, err := TakeApart(t, m, l, filter, y, x)
	return n.Breakdown, err
}

// weighed takes apart what weighs numbers and adds them up.
func (a *apart) weighed(l layer.Layer) bool {
	step := a.t.First(a.layer)
	switch l := l.(type) {
	case layer.Conv2D:
		a.Top, a.Left = l.Corner(a.in[0], a.row, a.column)
		w := a.weights[0].Data
		a.window(l.KernelSize, l.Dilation, 0, a.in[0][2], func(tap, c int) float32 { return w[(tap*a.C+c)*l.Filters+a.channel] })
	case layer.DepthwiseConv2D:
		a.Top, a.Left = l.Corner(a.in[0], a.row, a.column)
		w, c := a.weights[0], a.in[0][2]
		m := w.Shape[3]
		a.window(l.KernelSize, l.Dilation, a.channel/m, 1, func(tap, _ int) float32 { return w.Data[tap*c*m+a.channel] })
	case layer.SeparableConv2D:
		a.Top, a.Left = l.Corner(a.in[0], a.row, a.column)
		deep, point := a.weights[0], a.weights[1].Data
		m := deep.Shape[3]
		a.window(l.KernelSize, l.Dilation, 0, a.in[0][2], func(tap, c int) (v float32) {
			for k := range m { // the two kernels in one: that of the channel, as the pointwise one weighs it
				v += deep.Data[(tap*a.C+c)*m+k] * point[(c*m+k)*l.Filters+a.channel]
			}
			return v
		})
	case layer.Dense:
		a.Channel, a.Top, a.Left = 0, 0, 0
		a.dense(step)
	default:
		return false
	}
	a.Bias = a.weight("bias", a.channel, 0)
	a.Sum = a.t.Y[step][a.at]
	return true
}

// window is the part of the input that meets a kernel of a size, n channels from the first on,
// and what each of its numbers is weighed with.
func (a *apart) window(size, dilation [2]int, first, n int, kernel func(tap, c int) float32) {
	a.H, a.W, a.C, a.Channel = size[0], size[1], n, first
	a.StepY, a.StepX = max(dilation[0], 1), max(dilation[1], 1)
	for ky := range a.H {
		for kx := range a.W {
			for c := range n {
				v, _ := a.pixel(a.Top+ky*a.StepY, a.Left+kx*a.StepX, first+c)
				a.Patch, a.Kernel = append(a.Patch, v), append(a.Kernel, kernel(ky*a.W+kx, c))
			}
		}
	}
}

// dense is the row of the input that a unit weighs.
func (a *apart) dense(step int) {
	w := a.weights[0]
	n, units := w.Shape[0], w.Shape[1]
	row := a.at / units * n
	a.C = n
	a.Patch = append(a.Patch, a.t.Input(step)[row:row+n]...)
	for k := range n {
		a.Kernel = append(a.Kernel, w.Data[k*units+a.channel])
	}
}

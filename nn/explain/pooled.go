package explain

import (
	"math"

	"tenfold/nn/layer"
)

// pooled takes apart what is made of a window of one channel. What lies outside of the
// picture is NaN.
func (a *apart) pooled(l layer.Layer) bool {
	switch l := l.(type) {
	case layer.MaxPool2D:
		a.Top, a.Left, a.H, a.W = l.Window(a.in[0], a.row, a.column)
	case layer.AveragePooling2D:
		a.Top, a.Left, a.H, a.W = l.Window(a.in[0], a.row, a.column)
	case layer.GlobalAveragePooling2D, layer.GlobalMaxPooling2D:
		a.Top, a.Left, a.H, a.W = 0, 0, a.in[0][0], a.in[0][1]
	case layer.ZeroPadding2D:
		a.Top, a.Left, _ = l.Inside(a.in[0], a.row, a.column)
	default:
		return false
	}
	for y := a.Top; y < a.Top+a.H; y++ {
		for x := a.Left; x < a.Left+a.W; x++ {
			v, inside := a.pixel(y, x, a.channel)
			if !inside {
				v = float32(math.NaN())
			}
			a.Patch = append(a.Patch, v)
		}
	}
	return true
}

// pixel returns a number of the input, 0 outside of it.
func (a *apart) pixel(y, x, channel int) (v float32, inside bool) {
	s := a.in[0]
	if y < 0 || x < 0 || y >= s[0] || x >= s[1] {
		return 0, false
	}
	return a.x[0][(y*s[1]+x)*s[2]+channel], true
}

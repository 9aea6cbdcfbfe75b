package layer

import (
	"math"
	"math/rand/v2"
	"testing"

	"tenfold/nn/task"
)

// TestConv2DAgainstNaive compares with the sum in Conv2D's comment for random
// settings.
func TestConv2DAgainstNaive(t *testing.T) { forVariants(t, testConv2D) }

func testConv2D(t *testing.T) {
	rng := rand.New(rand.NewPCG(13, 14))
	for range 12 { // what Winograd's transforms take
		l := Conv2D{Filters: 16 * (1 + rng.IntN(3)), KernelSize: [2]int{3, 3}, Padding: Same}
		compareConv(t, rng, l, task.Shape{4 * (1 + rng.IntN(8)), 4 * (1 + rng.IntN(8)), 16 * (1 + rng.IntN(2))})
	}
	for range 150 {
		l := Conv2D{Filters: 1 + rng.IntN(20), KernelSize: [2]int{1 + rng.IntN(4), 1 + rng.IntN(4)}, Padding: Valid}
		if rng.IntN(2) == 0 {
			l.Padding = Same
		}
		if rng.IntN(2) == 0 {
			l.Strides = [2]int{1 + rng.IntN(3), 1 + rng.IntN(3)}
		} else {
			l.Dilation = [2]int{1 + rng.IntN(3), 1 + rng.IntN(3)}
		}
		in := task.Shape{1 + rng.IntN(9), 1 + rng.IntN(9), 1 + rng.IntN(6)}
		if _, err := Output(l, in); err == nil { // large enough for the window
			compareConv(t, rng, l, in)
		}
	}
}

func compareConv(t *testing.T, rng *rand.Rand, l Conv2D, in task.Shape) {
	t.Helper()
	c := newChain(t, instance{l, []task.Shape{in}}, 2, rng)
	x := gentle(rng, 2*in.Size())
	y := c.forward(one(x))[0]
	for i := 0; i < len(y); i += 1 + len(y)/3000 {
		want, size := naiveConv(l, in, c.outs[0], x, c.weights, i)
		if math.Abs(float64(y[i])-want) > 3e-6*(1+size) {
			t.Fatalf("%+v over %v: y[%d] = %g, want %g", l, in, i, y[i], want)
		}
	}
}

// naiveConv returns the sum in Conv2D's comment for one output, and that of its terms'
// magnitudes, which bounds the rounding.
func naiveConv(l Conv2D, in, out task.Shape, x []float32, w [][]float32, i int) (sum, size float64) {
	f, ox, oy, n := i%out[2], i/out[2]%out[1], i/out[2]/out[1]%out[0], i/out.Size()
	wy, wx, _ := windows(in, l.KernelSize, l.Strides, l.Dilation, l.Padding)
	sum = float64(w[1][f])
	for ky := range l.KernelSize[0] {
		for kx := range l.KernelSize[1] {
			iy, ix := oy*wy.stride+ky*wy.dilation-wy.before, ox*wx.stride+kx*wx.dilation-wx.before
			if iy < 0 || ix < 0 || iy >= in[0] || ix >= in[1] {
				continue
			}
			for c := range in[2] {
				term := float64(x[n*in.Size()+(iy*in[1]+ix)*in[2]+c]) * float64(w[0][((ky*l.KernelSize[1]+kx)*in[2]+c)*out[2]+f])
				sum, size = sum+term, size+math.Abs(term)
			}
		}
	}
	return sum, size
}

// TestWindows compares sizes with TensorFlow's: out and padding in front.
func TestWindows(t *testing.T) {
	for _, c := range []struct {
		in, size, stride, dilation int
		padding                    Padding
		out, before                int
	}{
		{32, 3, 1, 1, Same, 32, 1}, {32, 2, 2, 1, Valid, 16, 0}, {5, 2, 2, 1, Same, 3, 0}, {5, 2, 2, 1, Valid, 2, 0},
		{7, 3, 2, 1, Same, 4, 1}, {8, 3, 2, 1, Same, 4, 0}, {10, 3, 1, 2, Same, 10, 2}, {10, 3, 1, 2, Valid, 6, 0}, {1, 1, 1, 1, "", 1, 0}, {3, 1, 5, 1, Same, 1, 0},
	} {
		w, err := newWindow(c.in, c.size, c.stride, c.dilation, c.padding)
		if err != nil || w.out != c.out || w.before != c.before {
			t.Errorf("%+v: out %d, before %d, %v", c, w.out, w.before, err)
		}
	}
}

package kernel

import "math"

// ReLU computes y = 0 where x is negative and x elsewhere. NaN stays NaN.
func ReLU(y, x []float32) { LeakyReLU(y, x, 0) }

// ReLUGrad computes dx = dy where y, or x, is positive and 0 elsewhere.
func ReLUGrad(dx, dy, y []float32) { LeakyReLUGrad(dx, dy, y, 0) }

// LeakyReLU computes y = alpha*x where x is negative and x elsewhere. NaN stays
// NaN. An alpha of 0 gives 0, even of infinity.
func LeakyReLU(y, x []float32, alpha float32) {
	y = y[:len(x)]
	for i := rectifyVectors(y, x, alpha); i < len(x); i++ {
		y[i] = rectified(x[i], alpha)
	}
}

func rectified(v, alpha float32) float32 {
	switch {
	case !(v < 0):
		return v
	case alpha == 0:
		return 0
	}
	return v * alpha
}

// LeakyReLUGrad computes dx = dy where x is positive and alpha*dy elsewhere: at
// 0 the slope is alpha, as in TensorFlow.
func LeakyReLUGrad(dx, dy, x []float32, alpha float32) {
	dx, dy = dx[:len(x)], dy[:len(x)]
	for i := rectifyGradVectors(dx, dy, x, alpha); i < len(x); i++ {
		d := dy[i]
		if x[i] <= 0 {
			d *= alpha
			if alpha == 0 {
				d = 0
			}
		}
		dx[i] = d
	}
}

// BiasLeakyReLU adds bias to each row of y, and then computes LeakyReLU of it. An
// alpha of 1 leaves it at that. A bias of no elements is left out.
func BiasLeakyReLU(y, bias []float32, alpha float32) {
	switch n := len(bias); {
	case biasVectors(y, bias, alpha):
	case n == 0 && alpha != 1:
		LeakyReLU(y, y, alpha)
	case n > 0:
		for ; len(y) >= n; y = y[n:] {
			for i, b := range bias {
				y[i] = rectified(y[i]+b, alpha)
			}
		}
	}
}

// Tanh computes y = tanh(x).
func Tanh(y, x []float32) {
	for i, v := range x {
		y[i] = float32(math.Tanh(float64(v)))
	}
}

// TanhGrad computes dx = dy*(1-y²).
func TanhGrad(dx, dy, y []float32) {
	for i, v := range y {
		dx[i] = dy[i] * (1 - v*v)
	}
}

// Sigmoid computes y = 1/(1+e^-x).
func Sigmoid(y, x []float32) {
	for i, v := range x {
		y[i] = float32(1 / (1 + math.Exp(-float64(v))))
	}
}

// SigmoidGrad computes dx = dy*y*(1-y).
func SigmoidGrad(dx, dy, y []float32) {
	for i, v := range y {
		dx[i] = dy[i] * v * (1 - v)
	}
}

// Softmax computes y = e^x / sum(e^x) for each row of n elements. The row's
// maximum is taken off first, so that nothing overflows.
func Softmax(y, x []float32, n int) {
	for ; len(x) >= n && n > 0; x, y = x[n:], y[n:] {
		top := x[0]
		for _, v := range x[1:n] {
			top = max(top, v)
		}
		var sum float64
		for i, v := range x[:n] {
			e := math.Exp(float64(v - top))
			y[i] = float32(e)
			sum += e
		}
		for i := range y[:n] {
			y[i] = float32(float64(y[i]) / sum)
		}
	}
}

// SoftmaxGrad computes dx = y*(dy - sum(dy*y)) for each row of n elements.
func SoftmaxGrad(dx, dy, y []float32, n int) {
	for ; len(y) >= n && n > 0; dx, dy, y = dx[n:], dy[n:], y[n:] {
		var dot float32
		for i, v := range y[:n] {
			dot += v * dy[i]
		}
		for i, v := range y[:n] {
			dx[i] = v * (dy[i] - dot)
		}
	}
}

// LogSumExp returns log(sum(e^x)), with the maximum taken off first.
func LogSumExp(x []float32) float64 {
	top := math.Inf(-1)
	for _, v := range x {
		top = max(top, float64(v))
	}
	var sum float64
	for _, v := range x {
		sum += math.Exp(float64(v) - top)
	}
	return top + math.Log(sum)
}

// AddRows adds each row of x, of len(sum) elements, to sum.
func AddRows(sum, x []float32) {
	if addRowsVectors(sum, x) {
		return
	}
	for n := len(sum); len(x) >= n && n > 0; x = x[n:] {
		Add(sum, x[:n])
	}
}

// Multiply computes y = x*s, element by element.
func Multiply(y, x, s []float32) {
	y, s = y[:len(x)], s[:len(x)]
	for i := multiplyVectors(y, x, s); i < len(x); i++ {
		y[i] = x[i] * s[i]
	}
}

// Gather computes y[i] = x[at[i]].
func Gather(y, x []float32, at []int32) {
	for i, k := range at {
		y[i] = x[k]
	}
}

// Spread writes to y, for each of the given number of places, which lie stride elements apart in x,
// its channels m times each: [places,channels,m].
func Spread(y, x []float32, places, channels, m, stride int) {
	for p := range places {
		for c, v := range x[p*stride:][:channels] {
			for k := range m {
				y[(p*channels+c)*m+k] = v
			}
		}
	}
}

// AddGathered adds to x what Spread has made of it: the sum of each channel's m elements.
func AddGathered(x, y []float32, places, channels, m, stride int) {
	for p := range places {
		x := x[p*stride:][:channels]
		for c := range x {
			for _, v := range y[(p*channels+c)*m:][:m] {
				x[c] += v
			}
		}
	}
}

// Transpose writes x: [rows,cols] as y: [cols,rows]. xs and ys are the strides
// from row to row of x and y.
func Transpose(y []float32, ys int, x []float32, xs, rows, cols int) {
	const block = 16 // 16 rows of 64 bytes stay in the cache
	for r0 := 0; r0 < rows; r0 += block {
		r1 := min(r0+block, rows)
		for c := 0; c < cols; c++ {
			r := r0
			for ; r+4 <= r1; r += 4 {
				out, in := y[c*ys+r:c*ys+r+4], x[r*xs+c:]
				out[0], out[1], out[2], out[3] = in[0], in[xs], in[2*xs], in[3*xs]
			}
			for ; r < r1; r++ {
				y[c*ys+r] = x[r*xs+c]
			}
		}
	}
}

// Add computes y += x.
func Add(y, x []float32) {
	x = x[:len(y)]
	for i := addVectors(y, x); i < len(x); i++ {
		y[i] += x[i]
	}
}

// Mix computes y = a*y + b*x.
func Mix(y []float32, a float32, x []float32, b float32) {
	x = x[:len(y)]
	for i := mixVectors(y, a, x, b); i < len(x); i++ {
		y[i] = float32(a*y[i]) + float32(b*x[i])
	}
}

package kernel

import "math"

// The functions of this file take e to the power of each element or the like; their
// gradients need x, as y is not enough.

// GELU computes y = x/2 * (1 + erf(x/√2)). Source: Hendrycks, Gimpel 2016,
// https://arxiv.org/abs/1606.08415; Keras' default, not the approximation.
func GELU(y, x []float32) {
	for i, v := range x {
		y[i] = float32(float64(v) * normalBelow(float64(v)))
	}
}

// GELUGrad computes dx = dy * (Φ(x) + x*φ(x)), Φ being the normal distribution.
func GELUGrad(dx, dy, x []float32) {
	for i, v := range x {
		v := float64(v)
		dx[i] = dy[i] * float32(normalBelow(v)+v*math.Exp(-v*v/2)/math.Sqrt(2*math.Pi))
	}
}

// normalBelow returns the share of the normal distribution below v.
func normalBelow(v float64) float64 { return math.Erfc(-v/math.Sqrt2) / 2 }

// SiLU computes y = x/(1+e^-x), which is also called swish. Source:
// https://arxiv.org/abs/1702.03118.
func SiLU(y, x []float32) {
	for i, v := range x {
		y[i] = float32(float64(v) / (1 + math.Exp(-float64(v))))
	}
}

// SiLUGrad computes dx = dy * s*(1 + x*(1-s)), s being the sigmoid of x.
func SiLUGrad(dx, dy, x []float32) {
	for i, v := range x {
		s := 1 / (1 + math.Exp(-float64(v)))
		dx[i] = dy[i] * float32(s*(1+float64(v)*(1-s)))
	}
}

// ELU computes y = x where x is positive and alpha*(e^x - 1) elsewhere. Source: Clevert et
// al. 2015, https://arxiv.org/abs/1511.07289.
func ELU(y, x []float32, alpha float32) {
	for i, v := range x {
		y[i] = v
		if v < 0 {
			y[i] = alpha * float32(math.Expm1(float64(v)))
		}
	}
}

// ELUGrad computes dx = dy where x is positive and dy*alpha*e^x elsewhere.
func ELUGrad(dx, dy, x []float32, alpha float32) {
	for i, v := range x {
		dx[i] = dy[i]
		if v <= 0 {
			dx[i] *= alpha * float32(math.Exp(float64(v)))
		}
	}
}

// HardSwish computes y = x * min(max(x+3, 0), 6) / 6. Source: Howard et al. 2019,
// https://arxiv.org/abs/1905.02244.
func HardSwish(y, x []float32) {
	for i, v := range x {
		y[i] = v * (min(max(v+3, 0), 6) / 6)
	}
}

// HardSwishGrad computes dx = dy where x is 3 or more, 0 where it is -3 or less, and
// dy*(2x+3)/6 between.
func HardSwishGrad(dx, dy, x []float32) {
	for i, v := range x {
		switch {
		case v >= 3:
			dx[i] = dy[i]
		case v <= -3:
			dx[i] = 0
		default:
			dx[i] = dy[i] * (2*v + 3) / 6
		}
	}
}

// Softplus computes y = log(1+e^x), without overflow.
func Softplus(y, x []float32) {
	for i, v := range x {
		v := float64(v)
		y[i] = float32(max(v, 0) + math.Log1p(math.Exp(-math.Abs(v))))
	}
}

// SoftplusGrad computes dx = dy/(1+e^-x).
func SoftplusGrad(dx, dy, x []float32) {
	for i, v := range x {
		dx[i] = dy[i] * float32(1/(1+math.Exp(-float64(v))))
	}
}

// Clip is Keras' ReLU with all its arguments:
//
//	y = top                     where x >= top
//	y = x                       where threshold <= x < top
//	y = slope * (x - threshold) elsewhere
//
// Source: https://keras.io/api/layers/activation_layers/relu/.
func Clip(y, x []float32, top, slope, threshold float32) {
	for i, v := range x {
		switch {
		case v >= top:
			v = top
		case v < threshold:
			v = slope * (v - threshold)
		}
		y[i] = v
	}
}

// ClipGrad computes dx = dy times the slope of Clip at x; at the edges it is that of the
// outer side, as in TensorFlow.
func ClipGrad(dx, dy, x []float32, top, slope, threshold float32) {
	for i, v := range x {
		switch {
		case v >= top:
			dx[i] = 0
		case v <= threshold:
			dx[i] = slope * dy[i]
		default:
			dx[i] = dy[i]
		}
	}
}

// PReLU computes y = x where x is positive and alpha[of[i]]*x elsewhere, i being the
// element. Source: He et al. 2015, https://arxiv.org/abs/1502.01852.
func PReLU(y, x, alpha []float32, of []int32) {
	for i, v := range x {
		if v < 0 {
			v *= alpha[of[i]]
		}
		y[i] = v
	}
}

// PReLUGrad computes dx = dy where x is positive and alpha[of[i]]*dy elsewhere.
func PReLUGrad(dx, dy, x, alpha []float32, of []int32) {
	for i, v := range x {
		dx[i] = dy[i]
		if v <= 0 {
			dx[i] *= alpha[of[i]]
		}
	}
}

// PReLUAlphaGrad adds dy*x to dalpha[of[i]] where x is negative.
func PReLUAlphaGrad(dalpha, dy, x []float32, of []int32) {
	for i, v := range x {
		if v < 0 {
			dalpha[of[i]] += dy[i] * v
		}
	}
}

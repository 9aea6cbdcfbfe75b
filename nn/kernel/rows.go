package kernel

import "math"

// The loops of this file go through rows of as many elements as there are channels: pixels
// of a picture, or of several. Those that add up keep four sums and more of each channel in
// the variants with vectors; a row's place decides which, so that results are the same on
// any number of cores.

// Affine computes y = x*scale + shift for each row, and then LeakyReLU of it. An alpha of 1
// leaves it at that. y may be x.
func Affine(y, x, scale, shift []float32, alpha float32) {
	n := len(scale)
	if affineVectors(y, x, scale, shift, alpha) {
		return
	}
	for ; len(x) >= n && n > 0; x, y = x[n:], y[n:] {
		for c, s := range scale {
			y[c] = rectified(float32(x[c]*s)+shift[c], alpha)
		}
	}
}

// AddSquares adds (x-center)² to sum for each row of x.
func AddSquares(sum, x, center []float32) {
	if addSquaresVectors(sum, x, center) {
		return
	}
	for n := len(sum); len(x) >= n && n > 0; x = x[n:] {
		for c, m := range center {
			d := x[c] - m
			sum[c] += float32(d * d)
		}
	}
}

// AddProducts adds a*b to sum for each row of a and b.
func AddProducts(sum, a, b []float32) { AddCentred(sum, a, b, nil) }

// AddCentred adds a*(b-center) to sum for each row of a and b. No center is 0.
func AddCentred(sum, a, b, center []float32) {
	if addCentredVectors(sum, a, b, center) {
		return
	}
	for n := len(sum); len(a) >= n && n > 0; a, b = a[n:], b[n:] {
		for c := range sum {
			v := b[c]
			if center != nil {
				v -= center[c]
			}
			sum[c] += float32(a[c] * v)
		}
	}
}

// AddScaled adds x*scale to y for each row of x.
func AddScaled(y, x, scale []float32) {
	if addScaledVectors(y, x, scale) {
		return
	}
	for n := len(scale); len(x) >= n && n > 0; x, y = x[n:], y[n:] {
		for c, s := range scale {
			y[c] += float32(x[c] * s)
		}
	}
}

// Blend computes dx = dy*a + x*b + c for each row, a, b and c being rows themselves.
func Blend(dx, dy, x, a, b, c []float32) {
	if blendVectors(dx, dy, x, a, b, c) {
		return
	}
	for n := len(a); len(x) >= n && n > 0; dx, dy, x = dx[n:], dy[n:], x[n:] {
		for k := range a {
			dx[k] = float32(dy[k]*a[k]) + float32(x[k]*b[k]) + c[k]
		}
	}
}

// LayerNorm computes for each row of x y = (x-mean)/sqrt(variance+epsilon) of the row's
// mean and variance, times gamma, plus beta, which may be nil. Source: Ba et al. 2016,
// https://arxiv.org/abs/1607.06450.
func LayerNorm(y, x, gamma, beta []float32, n int, epsilon float64) {
	for ; len(x) >= n && n > 0; x, y = x[n:], y[n:] {
		mean, inv := rowStatistics(x[:n], epsilon)
		for c, v := range x[:n] {
			h := (float64(v) - mean) * inv
			if gamma != nil {
				h *= float64(gamma[c])
			}
			if beta != nil {
				h += float64(beta[c])
			}
			y[c] = float32(h)
		}
	}
}

// LayerNormGrad computes LayerNorm's gradient with respect to x: with h = (x-mean)*inv and
// d = dy*gamma, dx = inv*(d - mean(d) - h*mean(d*h)) for each row.
func LayerNormGrad(dx, dy, x, gamma []float32, n int, epsilon float64) {
	for ; len(x) >= n && n > 0; dx, dy, x = dx[n:], dy[n:], x[n:] {
		mean, inv := rowStatistics(x[:n], epsilon)
		at := func(c int) (d, h float64) {
			d = float64(dy[c])
			if gamma != nil {
				d *= float64(gamma[c])
			}
			return d, (float64(x[c]) - mean) * inv
		}
		var sum, dot float64
		for c := range n {
			d, h := at(c)
			sum, dot = sum+d, dot+d*h
		}
		for c := range n {
			d, h := at(c)
			dx[c] = float32(inv * (d - sum/float64(n) - h*dot/float64(n)))
		}
	}
}

// LayerNormGammaGrad adds dy*(x-mean)*inv to dgamma for each row.
func LayerNormGammaGrad(dgamma, dy, x []float32, epsilon float64) {
	for n := len(dgamma); len(x) >= n && n > 0; dy, x = dy[n:], x[n:] {
		mean, inv := rowStatistics(x[:n], epsilon)
		for c := range dgamma {
			dgamma[c] += float32(float64(dy[c]) * (float64(x[c]) - mean) * inv)
		}
	}
}

// rowStatistics returns the mean of x and 1/sqrt(variance+epsilon).
func rowStatistics(x []float32, epsilon float64) (mean, inv float64) {
	for _, v := range x {
		mean += float64(v)
	}
	mean /= float64(len(x))
	variance := 0.0
	for _, v := range x {
		d := float64(v) - mean
		variance += d * d
	}
	return mean, 1 / math.Sqrt(variance/float64(len(x))+epsilon)
}

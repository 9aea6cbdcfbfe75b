package kernel

import "math"

// Adamax updates w by one step of the gradient g, with Keras' formula
//
//	m = beta1*m + (1-beta1)*g
//	u = max(beta2*u, |g|)
//	w -= rate * m / (u + epsilon)
//
// where rate already holds the correction 1/(1-beta1^t). Source: Kingma and Ba,
// Adam, https://arxiv.org/abs/1412.6980, section 7.1.
func Adamax(w, m, u, g []float32, rate, beta1, beta2, epsilon float32) {
	m, u, g = m[:len(w)], u[:len(w)], g[:len(w)]
	for i := adamaxVectors(w, m, u, g, rate, beta1, beta2, epsilon); i < len(g); i++ {
		d := g[i]
		mi := beta1*m[i] + (1-beta1)*d
		if d < 0 {
			d = -d
		}
		ui := max(beta2*u[i], d)
		m[i], u[i] = mi, ui
		w[i] -= rate * mi / (ui + epsilon)
	}
}

// Adam updates w by one step of the gradient g, with Keras' formula
//
//	m = beta1*m + (1-beta1)*g
//	v = beta2*v + (1-beta2)*g²
//	w -= rate * m / (sqrt(v) + epsilon)
//
// where rate already holds the correction sqrt(1-beta2^t)/(1-beta1^t). Source: Kingma
// and Ba, Adam, https://arxiv.org/abs/1412.6980, end of section 2.
func Adam(w, m, v, g []float32, rate, beta1, beta2, epsilon float32) {
	m, v, g = m[:len(w)], v[:len(w)], g[:len(w)]
	for i, d := range g {
		m[i] = beta1*m[i] + (1-beta1)*d
		v[i] = beta2*v[i] + (1-beta2)*d*d
		w[i] -= rate * m[i] / (float32(math.Sqrt(float64(v[i]))) + epsilon)
	}
}

// Momentum updates w by one step of the gradient g, with Keras' formula
//
//	v = momentum*v - rate*g
//	w += v
func Momentum(w, v, g []float32, rate, momentum float32) {
	v, g = v[:len(w)], g[:len(w)]
	for i, d := range g {
		v[i] = momentum*v[i] - rate*d
		w[i] += v[i]
	}
}

// Nesterov updates w by one step of the gradient g, with Keras' formula
//
//	v = momentum*v - rate*g
//	w += momentum*v - rate*g
//
// Source: Sutskever et al. 2013, https://proceedings.mlr.press/v28/sutskever13.html.
func Nesterov(w, v, g []float32, rate, momentum float32) {
	v, g = v[:len(w)], g[:len(w)]
	for i, d := range g {
		v[i] = momentum*v[i] - rate*d
		w[i] += momentum*v[i] - rate*d
	}
}

// RMSprop updates w by one step of the gradient g, with Keras' formula
//
//	v = rho*v + (1-rho)*g²
//	w -= rate * g / sqrt(v + epsilon)
//
// Source: Hinton et al., Neural networks for machine learning, lecture 6e.
func RMSprop(w, v, g []float32, rate, rho, epsilon float32) {
	v, g = v[:len(w)], g[:len(w)]
	for i, d := range g {
		v[i] = rho*v[i] + (1-rho)*d*d
		w[i] -= rate * d / float32(math.Sqrt(float64(v[i]+epsilon)))
	}
}

// Squares returns the sum of the squares of x.
func Squares(x []float32) float64 {
	sum := 0.0
	for _, v := range x {
		sum += float64(v) * float64(v)
	}
	return sum
}

// Bound moves what lies outside of -most to most there. NaN stays NaN.
func Bound(x []float32, most float32) {
	for i, v := range x {
		x[i] = min(max(v, -most), most)
	}
}

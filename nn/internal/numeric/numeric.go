// Package numeric estimates derivatives, with which tests compare gradients.
package numeric

// Slope returns the derivative of f with respect to x by central differences, (f(x+h) - f(x-h)) / 2h,
// whose error falls with h². x is as it was afterwards.
func Slope(x *float32, h float32, f func() float64) float64 {
	was := *x
	*x = was + h
	up := f()
	*x = was - h
	down := f()
	*x = was
	return (up - down) / (2 * float64(h))
}

package layer

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"tenfold/nn/task"
)

// reference computes one element of a layer's output, in float64, by Keras' formula: of
// picture n the one at the given indices. x(k, n, i...) is an element of the k-th input.
type reference func(x func(k, n int, i ...int) float64, w func(k int, i ...int) float64, n int, at []int) float64

// pixels calls f for all of a window's places that lie in a picture of h x w, by the formula
// of TensorFlow's padding.
func inWindow(at, in, out, size, stride, dilation int, same bool, f func(k, i int)) {
	before := 0
	if same {
		before = max((out-1)*stride+(size-1)*dilation+1-in, 0) / 2
	}
	for k := range size {
		if i := at*stride + k*dilation - before; i >= 0 && i < in {
			f(k, i)
		}
	}
}

// moments are mean and variance of numbers.
func moments(v []float64) (mean, variance float64) {
	for _, a := range v {
		mean += a / float64(len(v))
	}
	for _, a := range v {
		variance += (a - mean) * (a - mean) / float64(len(v))
	}
	return mean, variance
}

const pictures = 3

// element returns the reference of a function of each element.
func element(f func(v float64) float64) reference {
	return func(x func(int, int, ...int) float64, _ func(int, ...int) float64, n int, at []int) float64 {
		return f(x(0, n, at...))
	}
}

type formula struct {
	instance
	want reference
}

func formulas() []formula {
	k := func(a, b int) [2]int { return [2]int{a, b} }
	type X = func(k, n int, i ...int) float64
	type W = func(k int, i ...int) float64
	sigmoid := func(v float64) float64 { return 1 / (1 + math.Exp(-v)) }
	batchNorm := func(training bool, h, w int, gamma, beta, mean int, epsilon float64) reference {
		return func(x X, v W, n int, at []int) float64 {
			c := at[len(at)-1]
			m, s := v(mean, c), v(mean+1, c)
			if training {
				var all []float64
				for p := range pictures {
					for i := range h {
						for j := range w {
							all = append(all, x(0, p, i, j, c))
						}
					}
				}
				m, s = moments(all)
			}
			y := (x(0, n, at...) - m) / math.Sqrt(s+epsilon)
			if gamma >= 0 {
				y *= v(gamma, c)
			}
			if beta >= 0 {
				y += v(beta, c)
			}
			return y
		}
	}
	return []formula{
		{instance{Add{}, []task.Shape{{3, 5, 2}, {3, 1, 2}, {1, 5, 1}}}, func(x X, _ W, n int, at []int) float64 {
			return x(0, n, at...) + x(1, n, at[0], 0, at[2]) + x(2, n, 0, at[1], 0)
		}},
		{instance{Multiply{}, []task.Shape{{1, 1, 7}, {3, 5, 7}}}, func(x X, _ W, n int, at []int) float64 {
			return x(0, n, 0, 0, at[2]) * x(1, n, at...)
		}},
		{instance{Concatenate{Axis: -2}, []task.Shape{{3, 5, 2}, {3, 1, 2}}}, func(x X, _ W, n int, at []int) float64 {
			if at[1] < 5 {
				return x(0, n, at...)
			}
			return x(1, n, at[0], at[1]-5, at[2])
		}},
		{instance{BatchNormalization{}, of1(3, 5, 7)}, batchNorm(true, 3, 5, 0, 1, 2, 1e-3)},
		{instance{BatchNormalization{NoScale: true, Epsilon: 0.5}, of1(5, 1, 16)}, batchNorm(true, 5, 1, -1, 0, 1, 0.5)},
		{instance{BatchNormalization{NoCenter: true}, of1(1, 3, 32)}, batchNorm(true, 1, 3, 0, -1, 1, 1e-3)},
		{instance{still{BatchNormalization{}}, of1(3, 5, 7)}, batchNorm(false, 3, 5, 0, 1, 2, 1e-3)},
		{instance{still{BatchNormalization{NoScale: true, NoCenter: true, Epsilon: 0.1}}, of1(5, 3, 1)}, batchNorm(false, 5, 3, -1, -1, 0, 0.1)},
		{instance{LayerNormalization{}, of1(3, 2, 7)}, func(x X, w W, n int, at []int) float64 {
			var row []float64
			for c := range 7 {
				row = append(row, x(0, n, at[0], at[1], c))
			}
			m, s := moments(row)
			return w(0, at[2])*(row[at[2]]-m)/math.Sqrt(s+1e-3) + w(1, at[2])
		}},
		{instance{DepthwiseConv2D{KernelSize: k(3, 2), Strides: k(2, 1), Padding: Same, DepthMultiplier: 3}, of1(7, 5, 2)}, func(x X, w W, n int, at []int) float64 {
			y := w(1, at[2])
			inWindow(at[0], 7, 4, 3, 2, 1, true, func(ky, i int) {
				inWindow(at[1], 5, 5, 2, 1, 1, true, func(kx, j int) { y += x(0, n, i, j, at[2]/3) * w(0, ky, kx, at[2]/3, at[2]%3) })
			})
			return y
		}},
		{instance{DepthwiseConv2D{KernelSize: k(3, 3), Dilation: k(2, 1), NoBias: true}, of1(7, 5, 32)}, func(x X, w W, n int, at []int) float64 {
			y := 0.0
			inWindow(at[0], 7, 3, 3, 1, 2, false, func(ky, i int) {
				inWindow(at[1], 5, 3, 3, 1, 1, false, func(kx, j int) { y += x(0, n, i, j, at[2]) * w(0, ky, kx, at[2], 0) })
			})
			return y
		}},
		{instance{SeparableConv2D{Filters: 5, KernelSize: k(3, 1), Padding: Same, DepthMultiplier: 2}, of1(5, 2, 3)}, func(x X, w W, n int, at []int) float64 {
			y := w(2, at[2])
			for c := range 6 {
				inWindow(at[0], 5, 5, 3, 1, 1, true, func(ky, i int) { y += x(0, n, i, at[1], c/2) * w(0, ky, 0, c/2, c%2) * w(1, 0, 0, c, at[2]) })
			}
			return y
		}},
		{instance{AveragePooling2D{PoolSize: k(3, 2), Strides: k(2, 3), Padding: Same}, of1(5, 7, 2)}, func(x X, _ W, n int, at []int) float64 {
			sum, count := 0.0, 0.0
			inWindow(at[0], 5, 3, 3, 2, 1, true, func(_, i int) {
				inWindow(at[1], 7, 3, 2, 3, 1, true, func(_, j int) { sum, count = sum+x(0, n, i, j, at[2]), count+1 })
			})
			return sum / count
		}},
		{instance{GlobalAveragePooling2D{}, of1(5, 3, 7)}, func(x X, _ W, n int, at []int) float64 {
			sum := 0.0
			for i := range 15 {
				sum += x(0, n, i/3, i%3, at[0])
			}
			return sum / 15
		}},
		{instance{GlobalMaxPooling2D{KeepDims: true}, of1(5, 3, 16)}, func(x X, _ W, n int, at []int) float64 {
			top := math.Inf(-1)
			for i := range 15 {
				top = max(top, x(0, n, i/3, i%3, at[2]))
			}
			return top
		}},
		{instance{Reshape{TargetShape: []int{5, -1, 3}}, of1(3, 5, 2)}, func(x X, _ W, n int, at []int) float64 {
			i := (at[0]*2+at[1])*3 + at[2]
			return x(0, n, i/10, i/2%5, i%2)
		}},
		{instance{ZeroPadding2D{Padding: [2][2]int{{1, 0}, {2, 3}}}, of1(3, 5, 2)}, func(x X, _ W, n int, at []int) float64 {
			if i, j := at[0]-1, at[1]-2; i >= 0 && j >= 0 && j < 5 {
				return x(0, n, i, j, at[2])
			}
			return 0
		}},
		{instance{Rescaling{Scale: 0.5, Offset: -3}, of1(3, 5)}, element(func(v float64) float64 { return v*0.5 - 3 })},
		{instance{ReLU{MaxValue: 1.46, NegativeSlope: 0.25, Threshold: 0.5}, of1(7, 3)}, element(func(v float64) float64 {
			switch {
			case v >= float64(float32(1.46)):
				return 1.46
			case v >= 0.5:
				return v
			}
			return 0.25 * (v - 0.5)
		})},
		{instance{PReLU{SharedAxes: []int{2}}, of1(3, 5, 2)}, func(x X, w W, n int, at []int) float64 {
			v := x(0, n, at...)
			return max(v, 0) + w(0, at[0], 0, at[2])*min(v, 0)
		}},
		{instance{ELU{Alpha: 0.5}, of1(7)}, element(func(v float64) float64 { return max(v, 0) + 0.5*(math.Exp(min(v, 0))-1) })},
		{instance{Activation{"elu"}, of1(7)}, element(func(v float64) float64 { return max(v, 0) + math.Exp(min(v, 0)) - 1 })},
		{instance{Activation{"gelu"}, of1(7)}, element(func(v float64) float64 { return 0.5 * v * (1 + math.Erf(v/math.Sqrt2)) })},
		{instance{Activation{"silu"}, of1(3, 5)}, element(func(v float64) float64 { return v * sigmoid(v) })},
		{instance{Activation{"hard_swish"}, of1(11)}, element(func(v float64) float64 { return v * min(max(v+3, 0), 6) / 6 })},
		{instance{Activation{"softplus"}, of1(7)}, element(func(v float64) float64 { return math.Log(math.Exp(v) + 1) })},
		{instance{Activation{"linear"}, of1(3, 5)}, element(func(v float64) float64 { return v })},
		{instance{Activation{"relu"}, of1(5, 3, 2)}, element(func(v float64) float64 { return max(v, 0) })},
		{instance{Activation{"tanh"}, of1(11)}, element(math.Tanh)},
		{instance{Activation{"sigmoid"}, of1(3, 7)}, element(sigmoid)},
		{instance{Activation{"softmax"}, of1(3, 7)}, func(x X, _ W, n int, at []int) float64 {
			sum := 0.0
			for c := range 7 {
				sum += math.Exp(x(0, n, at[0], c))
			}
			return math.Exp(x(0, n, at...)) / sum
		}},
		{instance{LeakyReLU{0.1}, of1(5, 7)}, element(func(v float64) float64 { return max(v, 0) + 0.1*min(v, 0) })},
		{instance{Conv2D{Filters: 5, KernelSize: k(3, 2), Strides: k(2, 3), Padding: Same}, of1(7, 8, 3)}, func(x X, w W, n int, at []int) float64 {
			y := w(1, at[2])
			inWindow(at[0], 7, 4, 3, 2, 1, true, func(ky, i int) {
				inWindow(at[1], 8, 3, 2, 3, 1, true, func(kx, j int) {
					for c := range 3 {
						y += x(0, n, i, j, c) * w(0, ky, kx, c, at[2])
					}
				})
			})
			return y
		}},
		{instance{Conv2D{Filters: 3, KernelSize: k(2, 3), Dilation: k(3, 2), NoBias: true}, of1(5, 7, 2)}, func(x X, w W, n int, at []int) float64 {
			y := 0.0
			inWindow(at[0], 5, 2, 2, 1, 3, false, func(ky, i int) {
				inWindow(at[1], 7, 3, 3, 1, 2, false, func(kx, j int) {
					for c := range 2 {
						y += x(0, n, i, j, c) * w(0, ky, kx, c, at[2])
					}
				})
			})
			return y
		}},
		{instance{Dense{Units: 5}, of1(11)}, func(x X, w W, n int, at []int) float64 {
			y := w(1, at[0])
			for i := range 11 {
				y += x(0, n, i) * w(0, i, at[0])
			}
			return y
		}},
		{instance{MaxPool2D{}, of1(7, 5, 3)}, func(x X, _ W, n int, at []int) float64 {
			i, j, c := 2*at[0], 2*at[1], at[2]
			return max(x(0, n, i, j, c), x(0, n, i, j+1, c), x(0, n, i+1, j, c), x(0, n, i+1, j+1, c))
		}},
		{instance{MaxPool2D{PoolSize: k(3, 2), Strides: k(2, 3), Padding: Same}, of1(5, 7, 2)}, func(x X, _ W, n int, at []int) float64 {
			top := math.Inf(-1) // what is not in the picture is not part of the window
			inWindow(at[0], 5, 3, 3, 2, 1, true, func(_, i int) {
				inWindow(at[1], 7, 3, 2, 3, 1, true, func(_, j int) { top = max(top, x(0, n, i, j, at[2])) })
			})
			return top
		}},
		{instance{Flatten{}, of1(3, 5, 2)}, func(x X, _ W, n int, at []int) float64 { return x(0, n, at[0]/10, at[0]/2%5, at[0]%2) }},
		// Where nothing is drawn; dropout_test.go looks at what is.
		{instance{Dropout{Rate: 0.4}, of1(5, 3)}, element(func(v float64) float64 { return v })},
		{instance{SpatialDropout2D{Rate: 0.4}, of1(5, 3, 2)}, element(func(v float64) float64 { return v })},
		{instance{GaussianNoise{Stddev: 0.5}, of1(5, 3)}, element(func(v float64) float64 { return v })},
	}
}

// still is a layer as in inference.
type still struct{ BatchNormalization }

// TestAgainstFormulas compares the layers with references, on every kernel.
func TestAgainstFormulas(t *testing.T) { forVariants(t, testFormulas) }

func testFormulas(t *testing.T) {
	for _, f := range formulas() {
		t.Run(strings.ReplaceAll(fmt.Sprintf("%T%+v", f.Layer, f.in), " ", ""), func(t *testing.T) {
			rng := rand.New(rand.NewPCG(31, 32))
			l, pass := f.Layer, Pass{Training: true}
			if s, ok := l.(still); ok {
				l, pass = s.BatchNormalization, Pass{}
			}
			out, err := Output(l, f.in...)
			if err != nil {
				t.Fatal(err)
			}
			var xs, ws [][]float32
			var shapes []task.Shape
			for _, in := range f.in {
				xs = append(xs, gentle(rng, pictures*in.Size()))
			}
			for _, w := range l.Weights(f.in...) {
				v := gentle(rng, w.Shape.Size())
				if strings.HasSuffix(w.Name, "variance") {
					for i := range v {
						v[i] = 2.5 + v[i]
					}
				}
				ws, shapes = append(ws, v), append(shapes, w.Shape)
			}
			y := make([]float32, pictures*out.Size())
			l.Op(pictures+2, f.in...).Forward(pass, y, xs, ws)
			x := func(k, n int, i ...int) float64 { return float64(xs[k][n*f.in[k].Size()+flat(f.in[k], i)]) }
			w := func(k int, i ...int) float64 { return float64(ws[k][flat(shapes[k], i)]) }
			for i := range y {
				at := make([]int, len(out))
				for k, rest := len(out)-1, i%out.Size(); k >= 0; k-- {
					at[k], rest = rest%out[k], rest/out[k]
				}
				if want := f.want(x, w, i/out.Size(), at); math.Abs(float64(y[i])-want) > 1e-5*(1+math.Abs(want)) {
					t.Fatalf("picture %d, %v: %g, want %g", i/out.Size(), at, y[i], want)
				}
			}
		})
	}
}

// flat returns the place of an element.
func flat(s task.Shape, at []int) int {
	if len(s) != len(at) {
		panic(fmt.Sprintf("%d indices into %v", len(at), s))
	}
	place := 0
	for k, i := range at {
		if i < 0 || i >= s[k] {
			panic(fmt.Sprintf("index %d into %v", i, s))
		}
		place = place*s[k] + i
	}
	return place
}

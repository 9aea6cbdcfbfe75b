package layer

import (
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"tenfold/nn/task"
)

// TestAbsorb compares an operation that does the work of rectifiers with a row of
// operations, bit by bit.
func TestAbsorb(t *testing.T) { forVariants(t, testAbsorb) }

func testAbsorb(t *testing.T) {
	const n = 3
	for name, rectifiers := range map[string][]Layer{
		"ReLU": {Activation{"relu"}}, "LeakyReLU": {LeakyReLU{0.1}}, "both": {Activation{"relu"}, LeakyReLU{0.1}},
	} {
		for _, l := range []instance{
			{Conv2D{Filters: 5, KernelSize: [2]int{3, 3}}, of1(6, 5, 3)},
			{Conv2D{Filters: 32, KernelSize: [2]int{3, 3}, Padding: Same}, of1(8, 8, 16)},
			{DepthwiseConv2D{KernelSize: [2]int{3, 2}, DepthMultiplier: 2}, of1(5, 7, 3)},
			{SeparableConv2D{Filters: 7, KernelSize: [2]int{3, 3}, Padding: Same}, of1(5, 3, 2)},
			{BatchNormalization{}, of1(5, 3, 7)},
			{BatchNormalization{NoScale: true}, of1(3, 5, 32)},
		} {
			rng := rand.New(rand.NewPCG(5, 6))
			row := newChain(t, l, n, rng)
			x := gentle(rng, n*l.in[0].Size())
			joined := l.Op(n, l.in...)
			for _, r := range rectifiers {
				op, next := r.Op(n, row.outs[0]), r.Op(n, row.outs[0])
				row.ops, row.outs = append(row.ops, op), append(row.outs, row.outs[0])
				if !Absorbs(joined, next, true) {
					t.Fatalf("%s is not absorbed", name)
				}
			}
			ys := row.forward(one(x))
			y := make([]float32, len(ys[0]))
			for range 2 { // the second pass must not take anything from the first
				joined.Forward(Pass{Training: true}, y, one(x), row.weights)
				if !reflect.DeepEqual(y, ys[len(ys)-1]) {
					t.Errorf("%s: another output", name)
				}
				dy := gentle(rng, len(y))
				back := dy
				row.forward(one(x))
				for i := len(row.ops) - 1; i > 0; i-- {
					dx := make([]float32, len(back))
					row.ops[i].Grad(0, dx, back, one(ys[i-1]), ys[i], nil)
					back = dx
				}
				for i, input := range append([][]float32{x}, row.weights...) {
					if i > 0 && l.Weights(l.in...)[i-1].NonTrainable {
						continue
					}
					got, want := make([]float32, len(input)), make([]float32, len(input))
					joined.Grad(i, got, dy, one(x), y, row.weights)
					row.ops[0].Grad(i, want, back, one(x), ys[0], row.weights)
					if !reflect.DeepEqual(got, want) {
						t.Errorf("%s: another gradient of input %d", name, i)
					}
				}
			}
		}
	}
}

// TestFold compares convolutions that do the work of a batch normalisation, and of a rectifier
// behind it, with a row of operations in inference.
func TestFold(t *testing.T) { forVariants(t, testFold) }

func testFold(t *testing.T) {
	const n = 3
	for _, norm := range []BatchNormalization{{}, {NoScale: true, Epsilon: 0.1}, {NoCenter: true}, {NoScale: true, NoCenter: true}} {
		for _, l := range []instance{
			{Conv2D{Filters: 5, KernelSize: [2]int{3, 3}}, of1(6, 5, 3)},
			{Conv2D{Filters: 32, KernelSize: [2]int{3, 3}, Padding: Same, NoBias: true}, of1(8, 8, 16)},
			{DepthwiseConv2D{KernelSize: [2]int{3, 3}, Padding: Same}, of1(5, 7, 16)},
			{DepthwiseConv2D{KernelSize: [2]int{3, 2}, Strides: [2]int{2, 1}, NoBias: true}, of1(5, 7, 3)},
			{SeparableConv2D{Filters: 7, KernelSize: [2]int{3, 3}, Padding: Same}, of1(5, 3, 2)},
		} {
			rng := rand.New(rand.NewPCG(7, 8))
			row := newChain(t, l, n, rng)
			normed := newChain(t, instance{norm, []task.Shape{row.outs[0]}}, n, rng)
			for i := range normed.weights[len(normed.weights)-1] { // a variance
				normed.weights[len(normed.weights)-1][i] += 2.5
			}
			x := gentle(rng, n*l.in[0].Size())
			y := row.forward(one(x))[0]
			size := 0.0
			for _, v := range y {
				size = max(size, math.Abs(float64(v)))
			}
			want := make([]float32, len(y))
			normed.ops[0].Forward(Pass{}, want, one(y), normed.weights)
			rectifier := LeakyReLU{0.1}.Op(n, row.outs[0])
			rectifier.Forward(Pass{}, want, one(want), nil)

			if Absorbs(row.ops[0], normed.ops[0], true) {
				t.Fatalf("%+v: batch normalisation is absorbed in training", l.Layer)
			}
			joined := l.Op(n, l.in...)
			if !Absorbs(joined, norm.Op(n, row.outs[0]), false) || !Absorbs(joined, rectifier, false) || Absorbs(joined, norm.Op(n, row.outs[0]), false) {
				t.Fatalf("%+v: not absorbed, or twice", l.Layer)
			}
			got, before := make([]float32, len(y)), make([]float32, len(y))
			all := append(append([][]float32{}, row.weights...), normed.weights...)
			for k, w := range all { // the weights may change between two runs, each alone
				w[0] += 0.5
				joined.Forward(Pass{}, before, one(x), all)
				w[0] -= 0.5
				if joined.Forward(Pass{}, got, one(x), all); slices.Equal(got, before) {
					t.Fatalf("%+v, %+v: a change of weight %d is not seen", l.Layer, norm, k)
				}
			}
			for i := range want {
				if d := math.Abs(float64(got[i] - want[i])); d > 1e-5*(1+size) {
					t.Fatalf("%+v, %+v: element %d is %g, want %g", l.Layer, norm, i, got[i], want[i])
				}
			}
		}
	}
}

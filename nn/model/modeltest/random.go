// Package modeltest draws networks at random, for the tests of what reads and writes them.
package modeltest

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"tenfold/nn/cifar10"
	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// Random is a network of layers drawn at random over CIFAR-10's pictures, without memory for its
// weights. Layers that take in several join the last one's output with an earlier one of its shape, and
// some of the others stand on a path of their own, which is added to the first. One in five begins with a Rescaling, whose scaling is its task's. seen notes the classes that it has.
func Random(rng *rand.Rand, seen map[string]bool) *model.Network {
	for {
		f := model.NewFunctional(cifar10.Task.Input)
		last, shapes := model.Input, map[int]task.Shape{model.Input: cifar10.Task.Input}
		if rng.IntN(5) == 0 { // as much code begins
			last = f.Add(Pick(rng, layer.Rescaling{Scale: 1. / 255}, layer.Rescaling{Scale: 1 / 127.5, Offset: -1}, layer.Rescaling{Scale: 2, Offset: -1}))
			shapes[last] = cifar10.Task.Input
		}
		for range 1 + rng.IntN(8) {
			l := random(rng)
			in := []int{last}
			if _, ok := l.(layer.Merger); ok {
				in = append(in, partner(rng, last, shapes))
			}
			var of []task.Shape
			for _, i := range in {
				of = append(of, shapes[i])
			}
			out, err := layer.Output(l, of...)
			if err != nil {
				continue
			}
			class, _ := layer.Class(l)
			seen[class] = true
			if len(in) == 1 && slices.Equal(out, shapes[last]) && rng.IntN(4) == 0 {
				side := f.Add(l, partner(rng, last, shapes))
				both := []int{last, side}
				if rng.IntN(2) == 0 {
					slices.Reverse(both)
				}
				shapes[side] = out
				last = f.Add(layer.Add{}, both...)
			} else {
				last = f.Add(l, in...)
			}
			shapes[last] = out
		}
		if net, err := f.Empty(); err == nil {
			net.Classes = cifar10.Task.Classes
			return net
		}
	}
}

// partner returns what a layer joins with the output of another: itself, or an earlier one of its shape.
func partner(rng *rand.Rand, last int, shapes map[int]task.Shape) int {
	var all []int
	for i := model.Input; i <= last; i++ {
		if slices.Equal(shapes[i], shapes[last]) {
			all = append(all, i)
		}
	}
	return all[rng.IntN(len(all))]
}

// random returns a layer of any class.
func random(rng *rand.Rand) layer.Layer {
	class := Pick(rng, layer.Classes()...)
	given := map[string]any{}
	for _, a := range layer.Arguments(class) {
		if a.Default != "" && rng.IntN(2) == 0 || a.Name == "seed" || a.Name == "axis" {
			continue
		}
		given[a.Name] = value(rng, a)
	}
	l, err := layer.With(class, given)
	if err != nil {
		panic(err)
	}
	return l
}

// Pick returns one of several.
func Pick[T any](rng *rand.Rand, from ...T) T { return from[rng.IntN(len(from))] }

// value draws one of an argument's.
func value(rng *rand.Rand, a layer.Argument) any {
	switch a.Kind {
	case layer.Whole:
		return 1 + rng.IntN(8)
	case layer.Number:
		return float64(1+rng.IntN(9)) / 10
	case layer.Flag:
		return rng.IntN(2) == 0
	case layer.Pair:
		if a.Name == "strides" || a.Name == "dilation_rate" {
			return [2]int{1, 1 + rng.IntN(2)}
		}
		return [2]int{1 + rng.IntN(3), 1 + rng.IntN(3)}
	case layer.Margins:
		return [2][2]int{{rng.IntN(3), 1}, {rng.IntN(3), rng.IntN(3)}}
	case layer.Axes:
		return []int{1}
	case layer.Sizes:
		return Pick(rng, []int{-1}, []int{-1, 1, 2}, []int{8, -1, 4})
	case layer.Function:
		return Pick(rng, layer.Functions()...)
	case layer.Borders:
		return Pick(rng, "same", "valid")
	case layer.FirstValues:
		return Pick(rng, append(layer.Initializers(), string(layer.Constant(0.25)))...)
	case layer.Regularizer:
		return float64(1+rng.IntN(9)) / 1e5
	}
	panic(fmt.Sprintf("modeltest: an argument of the kind %q", a.Kind))
}

package layer

import (
	"fmt"
	"slices"

	"tenfold/nn/kernel"
	"tenfold/nn/task"
)

// Add is the sum of its inputs, element by element. An axis of 1 is repeated where
// another has more, as in Keras. x and y: [n,...].
// Source: https://keras.io/api/layers/merging_layers/add/.
type Add struct{}

// Multiply is the product of its inputs, element by element, axes as in Add.
// Source: https://keras.io/api/layers/merging_layers/multiply/.
type Multiply struct{}

func (Add) merges()      {}
func (Multiply) merges() {}

// Output implements Layer.
func (Add) Output(in ...task.Shape) (task.Shape, error) { return broadcast("Add", in) }

// Output implements Layer.
func (Multiply) Output(in ...task.Shape) (task.Shape, error) { return broadcast("Multiply", in) }

// Weights implements Layer.
func (Add) Weights(...task.Shape) []Weight { return nil }

// Weights implements Layer.
func (Multiply) Weights(...task.Shape) []Weight { return nil }

// Op implements Layer.
func (Add) Op(_ int, in ...task.Shape) Op { return newMerge(in, false) }

// Op implements Layer.
func (Multiply) Op(_ int, in ...task.Shape) Op { return newMerge(in, true) }

// broadcast returns the shape that all of in are repeated to.
func broadcast(name string, in []task.Shape) (task.Shape, error) {
	out := slices.Clone(in[0])
	for _, s := range in[1:] {
		if len(s) != len(out) {
			return nil, fmt.Errorf("%s: inputs of shapes %v and %v: want as many axes", name, in[0], s)
		}
		for k, d := range s {
			if out[k] == 1 {
				out[k] = d
			} else if d != 1 && d != out[k] {
				return nil, fmt.Errorf("%s: inputs of shapes %v and %v: want the same sizes, or 1", name, in[0], s)
			}
		}
	}
	return out, nil
}

// merge is the arithmetic of Add and Multiply.
type merge struct {
	product bool
	out     int
	sizes   []int
	at      [][]int32   // which element of an input each of the output's goes with; nil for its own
	wide    [][]float32 // a worker's picture, repeated
	run     struct {
		g, dy, y []float32
		x        [][]float32
		i        int
	}
	fwd, backward *kernel.Loop
}

func newMerge(in []task.Shape, product bool) *merge {
	out, err := broadcast("", in)
	if err != nil {
		panic(err) // Output has accepted these
	}
	o := &merge{product: product, out: out.Size()}
	for _, s := range in {
		o.sizes, o.at = append(o.sizes, s.Size()), append(o.at, repeated(s, out))
	}
	for range kernel.Workers() {
		o.wide = append(o.wide, make([]float32, o.out))
	}
	o.fwd, o.backward = kernel.NewLoop(o.forwardPicture), kernel.NewLoop(o.gradPicture)
	return o
}

// Repeated is which element of a tensor of shape s goes with element at of one of shape out,
// along whose longer axes it is repeated.
func Repeated(at int, s, out task.Shape) int {
	place, step := 0, 1
	for k := len(out) - 1; k >= 0; k-- {
		if s[k] > 1 {
			place += at % out[k] * step
		}
		at /= out[k]
		step *= s[k]
	}
	return place
}

// repeated is Repeated of all elements of shape out, or nil if the shapes are the same.
func repeated(s, out task.Shape) []int32 {
	if slices.Equal(s, out) {
		return nil
	}
	at := make([]int32, out.Size())
	for i := range at {
		at[i] = int32(Repeated(i, s, out))
	}
	return at
}

// input is picture i of input k, repeated into the worker's memory if need be.
func (o *merge) input(worker, k, i int) []float32 {
	x := picture(o.run.x[k], i, o.sizes[k])
	if o.at[k] == nil {
		return x
	}
	kernel.Gather(o.wide[worker], x, o.at[k])
	return o.wide[worker]
}

func (o *merge) Forward(_ Pass, y []float32, x, _ [][]float32) {
	o.run.y, o.run.x = y, x
	o.fwd.Run(len(y) / o.out)
}

func (o *merge) forwardPicture(worker, i int) {
	y := picture(o.run.y, i, o.out)
	copy(y, o.input(worker, 0, i))
	for k := 1; k < len(o.run.x); k++ {
		if x := o.input(worker, k, i); o.product {
			kernel.Multiply(y, y, x)
		} else {
			kernel.Add(y, x)
		}
	}
}

func (o *merge) Grad(i int, g, dy []float32, x [][]float32, _ []float32, _ [][]float32) {
	o.run.g, o.run.dy, o.run.x, o.run.i = g, dy, x, i
	o.backward.Run(len(dy) / o.out)
}

func (o *merge) gradPicture(worker, i int) {
	g, dy := picture(o.run.g, i, o.sizes[o.run.i]), picture(o.run.dy, i, o.out)
	if at := o.at[o.run.i]; at != nil { // the sum of what the repeated ones get
		clear(g)
		for j, d := range dy {
			g[at[j]] += d * o.others(j, i)
		}
		return
	}
	copy(g, dy)
	for k := range o.run.x {
		if o.product && k != o.run.i {
			kernel.Multiply(g, g, o.input(worker, k, i))
		}
	}
}

// others returns the product of all inputs but the one whose gradient is computed, at element j
// of picture i; in a sum 1.
func (o *merge) others(j, i int) float32 {
	p := float32(1)
	for k, x := range o.run.x {
		if !o.product || k == o.run.i {
			continue
		}
		at := j
		if o.at[k] != nil {
			at = int(o.at[k][j])
		}
		p *= x[i*o.sizes[k]+at]
	}
	return p
}

package layer

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"tenfold/nn/kernel"
	"tenfold/nn/task"
)

// Activation applies a function by Keras' name: linear, relu, tanh, sigmoid, gelu, silu, elu,
// hard_swish, softplus, or softmax over the last axis. x and y: [n,...], of one shape.
// Source: https://keras.io/api/layers/activations/.
type Activation struct {
	Function string `json:"activation"`
}

// function is an activation: forward, and backward from x and y; most need only one. row
// is the length of the last axis.
type function struct {
	forward func(y, x []float32, row int)
	grad    func(dx, dy, x, y []float32, row int)
}

// functions lists the activations; a new one adds a line here.
var functions = map[string]function{
	"linear": {
		func(y, x []float32, _ int) { copy(y, x) },
		func(dx, dy, _, _ []float32, _ int) { copy(dx, dy) },
	},
	"relu":       {elementwise(kernel.ReLU), fromY(kernel.ReLUGrad)},
	"tanh":       {elementwise(kernel.Tanh), fromY(kernel.TanhGrad)},
	"sigmoid":    {elementwise(kernel.Sigmoid), fromY(kernel.SigmoidGrad)},
	"softmax":    {kernel.Softmax, func(dx, dy, _, y []float32, row int) { kernel.SoftmaxGrad(dx, dy, y, row) }},
	"gelu":       {elementwise(kernel.GELU), fromX(kernel.GELUGrad)},
	"silu":       {elementwise(kernel.SiLU), fromX(kernel.SiLUGrad)},
	"hard_swish": {elementwise(kernel.HardSwish), fromX(kernel.HardSwishGrad)},
	"softplus":   {elementwise(kernel.Softplus), fromX(kernel.SoftplusGrad)},
	"elu": {
		func(y, x []float32, _ int) { kernel.ELU(y, x, 1) },
		func(dx, dy, x, _ []float32, _ int) { kernel.ELUGrad(dx, dy, x, 1) },
	},
}

// Functions are Keras' names of all activations that there are.
func Functions() []string { return slices.Sorted(maps.Keys(functions)) }

func elementwise(f func(y, x []float32)) func(y, x []float32, row int) {
	return func(y, x []float32, _ int) { f(y, x) }
}

// fromX returns a gradient that needs what went in, and fromY one that needs what came out.
func fromX(f func(dx, dy, x []float32)) func(dx, dy, x, y []float32, row int) {
	return func(dx, dy, x, _ []float32, _ int) { f(dx, dy, x) }
}

func fromY(f func(dx, dy, y []float32)) func(dx, dy, x, y []float32, row int) {
	return func(dx, dy, _, y []float32, _ int) { f(dx, dy, y) }
}

// Output implements Layer.
func (a Activation) Output(in ...task.Shape) (task.Shape, error) {
	if _, ok := functions[a.Function]; !ok {
		return nil, fmt.Errorf("Activation: no function is called %q; there are %s", a.Function, strings.Join(Functions(), ", "))
	}
	return in[0], nil
}

// Weights implements Layer.
func (Activation) Weights(...task.Shape) []Weight { return nil }

// Op implements Layer.
func (a Activation) Op(_ int, in ...task.Shape) Op {
	f := functions[a.Function]
	row := in[0][len(in[0])-1]
	if a.Function == "relu" {
		return rectifier(in[0], 0)
	}
	return newPointwise(in[0],
		func(y, x []float32) { f.forward(y, x, row) },
		func(dx, dy, x, y []float32) { f.grad(dx, dy, x, y, row) })
}

// pointwise is the arithmetic of a function that keeps the shape, picture by
// picture.
type pointwise struct {
	size     int
	rectify  bool // it is LeakyReLU with this slope
	slope    float32
	run      struct{ g, dy, x, y []float32 }
	fwd      *kernel.Loop
	backward *kernel.Loop
}

func newPointwise(in task.Shape, forward func(y, x []float32), grad func(dx, dy, x, y []float32)) *pointwise {
	o := &pointwise{size: in.Size()}
	at := func(s []float32, i int) []float32 { return picture(s, i, o.size) }
	o.fwd = kernel.NewLoop(func(_, i int) { forward(at(o.run.y, i), at(o.run.x, i)) })
	o.backward = kernel.NewLoop(func(_, i int) {
		grad(at(o.run.g, i), at(o.run.dy, i), at(o.run.x, i), at(o.run.y, i))
	})
	return o
}

func (o *pointwise) Forward(_ Pass, y []float32, x, _ [][]float32) {
	o.run.y, o.run.x = y, x[0]
	o.fwd.Run(len(y) / o.size)
}

func (o *pointwise) Grad(_ int, g, dy []float32, x [][]float32, y []float32, _ [][]float32) {
	o.run.g, o.run.dy, o.run.x, o.run.y = g, dy, x[0], y
	o.backward.Run(len(y) / o.size)
}

package layer

import "tenfold/nn/task"

// Flatten makes one axis of a picture's axes, in H, W, C order.
// x: [n,h,w,c], y: [n,h*w*c].
type Flatten struct{}

// Output implements Layer.
func (Flatten) Output(in ...task.Shape) (task.Shape, error) { return task.Shape{in[0].Size()}, nil }

// Weights implements Layer.
func (Flatten) Weights(...task.Shape) []Weight { return nil }

// Op implements Layer.
func (Flatten) Op(int, ...task.Shape) Op { return flatten{} }

type flatten struct{}

func (flatten) Forward(_ Pass, y []float32, x, _ [][]float32) { copy(y, x[0]) }

func (flatten) Grad(_ int, g, dy []float32, _ [][]float32, _ []float32, _ [][]float32) { copy(g, dy) }

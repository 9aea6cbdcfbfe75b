package layer

import (
	"fmt"
	"slices"

	"tenfold/nn/task"
)

// Concatenate joins its inputs along an axis; the other axes are alike.
// x and y: [n,...]. Source: https://keras.io/api/layers/merging_layers/concatenate/.
type Concatenate struct {
	Axis int `json:"axis,omitempty" keras:"-1"` // counts the batch's as 0, negative ones from the end; 0 means -1
}

func (Concatenate) merges() {}

// axis returns the place of the axis in a shape.
func (c Concatenate) axis(s task.Shape) (int, error) {
	a, err := axis(c.Axis, s)
	if err != nil {
		err = fmt.Errorf("Concatenate: %w", err)
	}
	return a, err
}

// axis returns the place in a shape of one of Keras' axes; the batch's is 0, and negative
// ones count from the end. 0, which cannot be meant, is the last.
func axis(a int, s task.Shape) (int, error) {
	at := a - 1
	if a <= 0 {
		at = len(s) + min(a, -1)
	}
	if at < 0 || at >= len(s) {
		return 0, fmt.Errorf("axis %d of inputs of shape %v: no such axis", a, s)
	}
	return at, nil
}

// Output implements Layer.
func (c Concatenate) Output(in ...task.Shape) (task.Shape, error) {
	a, err := c.axis(in[0])
	if err != nil {
		return nil, err
	}
	out := slices.Clone(in[0])
	for _, s := range in[1:] {
		if len(s) != len(out) {
			return nil, fmt.Errorf("Concatenate: inputs of shapes %v and %v: want as many axes", in[0], s)
		}
		for k, d := range s {
			if k != a && d != out[k] {
				return nil, fmt.Errorf("Concatenate: inputs of shapes %v and %v: want the same sizes except for axis %d", in[0], s, a+1)
			}
		}
		out[a] += s[a]
	}
	return out, nil
}

// From says which of the inputs, of shapes in, element at of the output comes from, and which
// element of that it is.
func (c Concatenate) From(at int, in ...task.Shape) (input, element int) {
	o := c.Op(1, in...).(*concatenation)
	for k := len(o.runs) - 1; ; k-- {
		if rest := at%o.row - o.all[k]; rest >= 0 {
			return k, at/o.row*o.runs[k] + rest
		}
	}
}

// Weights implements Layer.
func (Concatenate) Weights(...task.Shape) []Weight { return nil }

// concatenation is the arithmetic of Concatenate: runs of elements of each input.
type concatenation struct {
	runs, all []int // of an input, before which lie all elements of its earlier neighbours
	row       int   // the runs of all inputs together
}

// Op implements Layer.
func (c Concatenate) Op(_ int, in ...task.Shape) Op {
	a, err := c.axis(in[0])
	if err != nil {
		panic(err) // Output has accepted these settings
	}
	o := &concatenation{}
	for _, s := range in {
		o.runs, o.all = append(o.runs, s[a:].Size()), append(o.all, o.row)
		o.row += s[a:].Size()
	}
	return o
}

func (o *concatenation) Forward(_ Pass, y []float32, x, _ [][]float32) {
	for k, run := range o.runs {
		for from, to := 0, o.all[k]; to < len(y); from, to = from+run, to+o.row {
			copy(y[to:to+run], x[k][from:])
		}
	}
}

func (o *concatenation) Grad(i int, g, dy []float32, _ [][]float32, _ []float32, _ [][]float32) {
	run := o.runs[i]
	for to, from := 0, o.all[i]; from < len(dy); to, from = to+run, from+o.row {
		copy(g[to:to+run], dy[from:])
	}
}

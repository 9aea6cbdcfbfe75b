package onnx

import (
	"errors"
	"fmt"
	"slices"

	"tenfold/nn/task"
)

// In a file the axes of a picture lie channels first, and an operator may turn them; here they lie
// channels last and stay. So a value has a shape of ours and the order in which the file has its
// axes: what only turns a tensor changes the order, and is not a layer. Where a file flattens a
// picture in another order than ours, the elements of what comes out are in other places: it has
// pieces, by which the rows of the kernel of a Dense are found again.

// value is what a name in a file stands for: a constant, or the output of a layer of ours for each
// picture.
type value struct {
	name string
	*constant

	shape task.Shape // ours, without the batch
	order []int      // which axis of ours the file's are, that behind the batch's first; some of 1 may be left out
	flat  []piece    // what a vector was made of, in the file's order; nil if that is ours

	node  *Node
	views []view // what it is a function of, if it is one, element by element
	// merge adds the layers that make it of what several values are, or is nil.
	merge func() (int, error)

	narrow *value // what it is repeated of, along axes of 1
	part   part   // of a layer normalisation

	settled bool // at and err are known
	at      int  // the layer that puts it out, or model.Input
	err     error
}

// piece is a part of a vector: a tensor of a shape of ours, whose axes the file had in an order.
type piece struct {
	shape task.Shape
	order []int
}

// channelsFirst is the order of a picture's axes, height, width and channels, in ONNX.
var channelsFirst = []int{2, 0, 1}

// upTo is 0, 1, … n-1.
func upTo(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

// sizes returns those of a value's axes in the file, without the batch.
func (v *value) sizes() []int {
	var all []int
	for _, a := range v.order {
		all = append(all, v.shape[a])
	}
	return all
}

// whole reports whether the file has all the axes that we have.
func (v *value) whole() bool { return len(v.order) == len(v.shape) }

// String writes the shape that a value has in the file.
func (v *value) String() string {
	return fmt.Sprint(task.Shape(v.sizes()))
}

// rank returns how many axes a value has in the file, with the batch's.
func (v *value) rank() int {
	if v.constant != nil {
		return len(v.dims)
	}
	return len(v.order) + 1
}

// axis is which axis of ours one of the file's is, which may count from the end; the batch's is an
// error.
func (v *value) axis(a int64) (int, error) {
	at := a
	if at < 0 {
		at += int64(v.rank())
	}
	if at < 1 || at >= int64(v.rank()) {
		return 0, fmt.Errorf("axis %d of a tensor %v: want one behind the batch's", a, v)
	}
	return v.order[at-1], nil
}

// errTurned says that a picture's channels are not where an operator has them.
var errTurned = errors.New("whose axes are turned")

// picture returns an error if a value is not a picture with the channels first.
func (v *value) picture() error {
	if len(v.shape) != 3 {
		return fmt.Errorf("its input is %v: want pictures, (None, channels, height, width)", v)
	}
	if !slices.Equal(v.order, channelsFirst) {
		return fmt.Errorf("its input is %v, %w: want pictures with the channels first", v, errTurned)
	}
	return nil
}

// alike reports whether the elements of two values lie in the same order.
func alike(a, b *value) bool {
	return slices.Equal(a.order, b.order) && slices.EqualFunc(a.flat, b.flat, func(p, q piece) bool {
		return slices.Equal(p.shape, q.shape) && slices.Equal(p.order, q.order)
	})
}

// inOrder reports whether a tensor's elements lie the same way with its axes in another order: the axes
// that have more than one place follow each other as before.
func inOrder(shape task.Shape, order []int) bool {
	last := -1
	for _, a := range order {
		if shape[a] > 1 {
			if a < last {
				return false
			}
			last = a
		}
	}
	return true
}

// pieces returns those of a vector, one at least.
func (v *value) pieces() []piece {
	if v.flat != nil {
		return v.flat
	}
	return []piece{{v.shape, v.order}}
}

// joined returns the pieces of a vector, or nil if its elements lie as ours.
func joined(all []piece) []piece {
	for _, p := range all {
		if !inOrder(p.shape, p.order) {
			return all
		}
	}
	return nil
}

// places returns where the elements of a vector of the file lie in ours; nil if in the same places.
func (v *value) places() []int {
	if v.flat == nil {
		return nil
	}
	var all []int
	for _, p := range v.flat {
		first := len(all)
		strides := make([]int, len(p.shape))
		step := 1
		for k := len(p.shape) - 1; k >= 0; k-- {
			strides[k] = step
			step *= p.shape[k]
		}
		at := make([]int, len(p.order))
		for range p.shape.Size() {
			to := first
			for k, a := range p.order {
				to += at[k] * strides[a]
			}
			all = append(all, to)
			for k := len(p.order) - 1; k >= 0; k-- {
				if at[k]++; at[k] < p.shape[p.order[k]] {
					break
				}
				at[k] = 0
			}
		}
	}
	return all
}

// rows puts the rows of a matrix, which go with a vector's elements in the file, where they go with
// ours; of one column it is a list of numbers. It may be the same memory.
func (v *value) rows(x []float32) []float32 {
	places := v.places()
	if places == nil {
		return x
	}
	y := make([]float32, len(x))
	n := len(x) / len(places)
	for i, to := range places {
		copy(y[to*n:(to+1)*n], x[i*n:])
	}
	return y
}

// spread says along which axes of ours the elements of a constant go, which is repeated along the
// others as ONNX does it, and returns its numbers in the order of ours. sizes are its, with 1 where
// it is repeated. The batch's is not one of them.
func (v *value) spread(dims []int, x []float32) (y []float32, sizes task.Shape, err error) {
	if !v.whole() || len(dims) > len(v.order)+1 || len(dims) == len(v.order)+1 && dims[0] != 1 {
		return nil, nil, fmt.Errorf("a constant of sizes %v goes with none of %v", dims, v)
	}
	if len(dims) == len(v.order)+1 {
		dims = dims[1:]
	}
	sizes = make(task.Shape, len(v.shape))
	for k := range sizes {
		sizes[k] = 1
	}
	var shape, axes []int // the constant with all axes, and which of them ours are
	axes = make([]int, len(v.order))
	for k, a := range v.order {
		d := 1
		if from := k - (len(v.order) - len(dims)); from >= 0 {
			d = dims[from]
		}
		if d != 1 && d != v.shape[a] {
			return nil, nil, fmt.Errorf("a constant of sizes %v goes with none of %v", dims, v)
		}
		shape, sizes[a], axes[a] = append(shape, d), d, k
	}
	if len(x) != sizes.Size() {
		return nil, nil, fmt.Errorf("a constant of sizes %v has %d numbers", dims, len(x))
	}
	y = turned(x, shape, axes)
	if v.flat != nil && len(y) > 1 {
		y = v.rows(y)
	}
	return y, sizes, nil
}

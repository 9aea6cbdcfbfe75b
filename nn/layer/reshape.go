package layer

import (
	"errors"
	"fmt"
	"strings"

	"tenfold/nn/task"
)

// Reshape gives its input other axes; the numbers keep their order.
// Source: https://keras.io/api/layers/reshaping_layers/reshape/.
type Reshape struct {
	TargetShape []int `json:"target_shape"` // one axis, or height, width and channels; -1, once, is what is left
}

// Output implements Layer.
func (r Reshape) Output(in ...task.Shape) (task.Shape, error) {
	if n := len(r.TargetShape); n != 1 && n != 3 {
		return nil, fmt.Errorf("Reshape: a target_shape of %d axes: want one, or three: height, width and channels", n)
	}
	out, open, have := append(task.Shape{}, r.TargetShape...), -1, in[0].Size()
	n := 1
	for i, k := range out {
		switch {
		case k == -1 && open >= 0:
			return nil, errors.New("Reshape: a target_shape with more than one -1: want one at most")
		case k == -1:
			open = i
		case k < 1:
			return nil, fmt.Errorf("Reshape: %d in the target_shape: want 1 or more, or one -1", k)
		case k > have/n:
			return nil, r.misfit(in[0])
		default:
			n *= k
		}
	}
	if open >= 0 {
		out[open] = have / n
		n *= out[open]
	}
	if n != have {
		return nil, r.misfit(in[0])
	}
	return out, nil
}

// misfit says that the numbers do not fill the shape.
func (r Reshape) misfit(in task.Shape) error {
	shape := strings.NewReplacer("[", "(", "]", ")", " ", ", ").Replace(fmt.Sprint(r.TargetShape))
	return fmt.Errorf("Reshape: a target_shape of %s does not fit the %d numbers of %v", shape, in.Size(), in)
}

// Weights implements Layer.
func (Reshape) Weights(...task.Shape) []Weight { return nil }

// Op implements Layer.
func (Reshape) Op(int, ...task.Shape) Op { return flatten{} }

// Flattens reports whether a layer makes one axis of its input.
func Flattens(l Layer) bool {
	r, ok := l.(Reshape)
	if _, flat := l.(Flatten); flat {
		return true
	}
	return ok && len(r.TargetShape) == 1
}

package layer

import (
	"fmt"

	"tenfold/nn/task"
)

// Padding is Keras' padding argument: what lies outside of the picture.
type Padding string

const (
	Valid Padding = "valid" // nothing: windows stay inside; the default
	Same  Padding = "same"  // zeros, so that stride 1 keeps the size
)

// far is the most that a window of a file may reach, or a padding be wide: otherwise a few
// bytes would take all memory.
const far = 1024

// window is how a convolution or a pooling walks along one axis.
type window struct {
	in, out                int // elements before and after
	size, stride, dilation int
	before                 int // elements of padding in front
}

// newWindow works the output's size out as TensorFlow does; see
// https://www.tensorflow.org/api_docs/python/tf/nn#notes_on_padding_2.
func newWindow(in, size, stride, dilation int, padding Padding) (window, error) {
	w := window{in: in, size: size, stride: max(stride, 1), dilation: max(dilation, 1)}
	if in < 1 || size < 1 || stride < 0 || dilation < 0 {
		return w, fmt.Errorf("a window of %d with stride %d and dilation %d over %d elements: all must be positive", size, stride, dilation, in)
	}
	if size > far || stride > far || dilation > far || w.reach() > 2*in+far {
		return w, fmt.Errorf("a window of %d with stride %d and dilation %d over %d elements: that is too far", size, stride, dilation, in)
	}
	if w.stride > 1 && w.dilation > 1 {
		return w, fmt.Errorf("stride %d and dilation %d: Keras allows only one of them over 1", stride, dilation)
	}
	reach := w.reach()
	switch padding {
	case Valid, "":
		if in < reach {
			return w, fmt.Errorf("a window that reaches over %d elements does not fit into %d; padding \"same\" would", reach, in)
		}
		w.out = (in-reach)/w.stride + 1
	case Same:
		w.out = (in + w.stride - 1) / w.stride
		w.before = max((w.out-1)*w.stride+reach-in, 0) / 2
	default:
		return w, fmt.Errorf("padding %q is neither %q nor %q", padding, Valid, Same)
	}
	return w, nil
}

// reach returns how many elements a window spans.
func (w window) reach() int { return (w.size-1)*w.dilation + 1 }

// padded returns how many elements all windows together span, padding included.
func (w window) padded() int { return (w.out-1)*w.stride + w.reach() }

// windows makes the windows of both axes of a picture.
func windows(in task.Shape, size, stride, dilation [2]int, padding Padding) (y, x window, err error) {
	if len(in) != 3 {
		return y, x, fmt.Errorf("input of shape %v: want height, width and channels", in)
	}
	if y, err = newWindow(in[0], size[0], stride[0], dilation[0], padding); err != nil {
		return y, x, fmt.Errorf("height: %w", err)
	}
	if x, err = newWindow(in[1], size[1], stride[1], dilation[1], padding); err != nil {
		return y, x, fmt.Errorf("width: %w", err)
	}
	return y, x, nil
}

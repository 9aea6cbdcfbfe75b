// Package task holds what every part of Tenfold has to agree on and nothing that
// computes: what is told apart and from what, how it is learned, and how a model and its
// results are described. The page and the messages import this package of nn alone.
package task

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// Task is what is told apart, and from what. It belongs to a model and its file, and to
// a data set.
type Task struct {
	Classes []string `json:"classes"` // in the order of labels and outputs
	Input   Shape    `json:"input"`   // of a picture: [h,w,c], c being 1 (grey) or 3 (red, green, blue)
	// A picture's byte b goes into the network as b*Scale + Shift.
	Scale float64 `json:"scale"`
	Shift float64 `json:"shift"`
}

// The tutorial's scaling, byte/255 - 0.5.
const (
	Scale = 1.0 / 255
	Shift = -0.5
)

// Limits of a Task.
const (
	MaxClasses = 100
	MaxSide    = 512
	maxName    = 200 // bytes
)

// Check returns an error that says what the page and its workers cannot work with, or nil.
func (t Task) Check() error {
	if len(t.Input) != 3 {
		return fmt.Errorf("its input is %v; want pictures, (None, height, width, channels)", t.Input)
	}
	if h, w := t.Input[0], t.Input[1]; h < 1 || w < 1 || h > MaxSide || w > MaxSide {
		return fmt.Errorf("its pictures have %dx%d pixels; want 1 to %d each way", w, h, MaxSide)
	}
	if h, c := t.Input[0], t.Input[2]; c > 3 && (h == 1 || h == 3) {
		return fmt.Errorf("its pictures have %d channels, and a height of %d; want 1 (grey) or 3 (red, green, blue) channels. The height may be the channels, where a network of PyTorch's takes the mean over other axes than height and width", c, h)
	}
	if c := t.Input[2]; c != 1 && c != 3 {
		return fmt.Errorf("its pictures have %d channels; want 1 (grey) or 3 (red, green, blue)", c)
	}
	if len(t.Classes) == 1 {
		return errors.New("it has a single output, as networks that answer yes or no with a sigmoid have; here each class has one of its own: let it end in Dense(2, activation='softmax')")
	}
	if n := len(t.Classes); n < 2 || n > MaxClasses {
		return fmt.Errorf("it has %d classes; want 2 to %d", n, MaxClasses)
	}
	for i, name := range t.Classes {
		switch {
		case strings.TrimSpace(name) == "" || !utf8.ValidString(name):
			return fmt.Errorf("class %d has no readable name: %q", i, name)
		case len(name) > maxName:
			return fmt.Errorf("the name of class %d has %d bytes; want at most %d", i, len(name), maxName)
		case slices.Contains(t.Classes[:i], name):
			return fmt.Errorf("two classes are called %q", name)
		}
	}
	if finite := t.Scale-t.Scale == 0 && t.Shift-t.Shift == 0; !finite || t.Scale == 0 || math.Abs(t.Scale) > 1e6 || math.Abs(t.Shift) > 1e6 {
		return errors.New("its scaling of pixels is not usable")
	}
	return nil
}

// Pixels returns the number of bytes of a picture, and of numbers that go in.
func (t Task) Pixels() int { return t.Input.Size() }

// Normalize writes the bytes of pictures as the numbers that go into the network.
func (t Task) Normalize(x []float32, pixels []byte) {
	x = x[:len(pixels)]
	scale, shift := float32(t.Scale), float32(t.Shift)
	for i, p := range pixels {
		x[i] = float32(p)*scale + shift
	}
}

// Range returns the least and the greatest number that goes in, those of black and white, or the
// other way round.
func (t Task) Range() (low, high float32) {
	a, b := float32(t.Shift), float32(255*t.Scale+t.Shift)
	return min(a, b), max(a, b)
}

// Grey returns the number of the middle grey.
func (t Task) Grey() float32 { return float32(127.5*t.Scale + t.Shift) }

// Bytes returns the bytes of the pictures whose numbers x are; what lies outside of the range
// is black or white.
func (t Task) Bytes(x []float32) []byte {
	out := make([]byte, len(x))
	for i, v := range x {
		out[i] = byte(min(max((float64(v)-t.Shift)/t.Scale+0.5, 0), 255))
	}
	return out
}

// Fits returns an error if what was made for t cannot be used for want: they must have
// the same pictures and the same classes in the same order.
func (t Task) Fits(want Task) error {
	switch {
	case !slices.Equal(t.Input, want.Input):
		return fmt.Errorf("it takes pictures of shape %v; these have %v", t.Input, want.Input)
	case len(t.Classes) != len(want.Classes):
		return fmt.Errorf("it tells %d classes apart (%s); here are %d", len(t.Classes), list(t.Classes), len(want.Classes))
	case !slices.Equal(t.Classes, want.Classes):
		return fmt.Errorf("its classes are %s; here they are %s", list(t.Classes), list(want.Classes))
	}
	return nil
}

// list names a few.
func list(names []string) string {
	const most = 12
	if len(names) > most {
		return strings.Join(names[:most], ", ") + " and others"
	}
	return strings.Join(names, ", ")
}

// Shape is the shape of one picture's tensor, without the batch: [h,w,c] or [n].
type Shape []int

// Size returns the number of elements.
func (s Shape) Size() int {
	n := 1
	for _, d := range s {
		n *= d
	}
	return n
}

// String writes the shape as Keras does, with the batch's unknown size first:
// "(None, 32, 32, 3)".
func (s Shape) String() string {
	var b strings.Builder
	b.WriteString("(None")
	for _, d := range s {
		fmt.Fprintf(&b, ", %d", d)
	}
	b.WriteByte(')')
	return b.String()
}

// Metrics are the measures of a set of pictures. Loss is the mean categorical
// cross-entropy in nats, with the weights' L2 penalties where there are any.
type Metrics struct {
	Loss     float64 `json:"loss"`
	Accuracy float64 `json:"accuracy"`
}

// Layer describes one layer of a model: its class and name in Keras' words, its inputs
// and output, and how many weights it has.
type Layer struct {
	Class, Name  string
	In           []int // its inputs: earlier layers, from 0; -1 for the pictures
	Output       Shape
	Params       int
	NonTrainable int // of them
	MultiplyAdds int // for one picture

	Activation string  // what it applies to its sums, by Keras' name; "" for nothing
	Alpha      float64 // of a LeakyReLU, its slope below 0
	Rate       float64 // of a Dropout or SpatialDropout2D, the share that it sets to 0 in training
}

// Limits of a temperature.
const (
	MinTemperature = 0.05
	MaxTemperature = 20.0
)

// Model describes a model to those who show it.
type Model struct {
	Name     string
	Measured []Measurement // the newest last
	// What logits are divided by so that probabilities are as often right as they say; 0 if
	// that is not known.
	Temperature float64
	// A picture whose largest probability, at that temperature, is below Doubt looks like none of
	// the classes; 0 if that is not known.
	Doubt float64
	// Report is the evaluation on its whole test set, and History how it was trained; nil if its
	// file does not say.
	Report  *Evaluation
	History []Epoch
	Task
	Logits bool // it does not end in a softmax; its probabilities are the softmax of its output
	Params int
	Layers []Layer
}

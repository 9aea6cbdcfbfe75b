// Package spec holds what every part of Tenfold has to agree on and nothing that
// computes: the classes, shapes, and how a model and its results are described.
// The page and the messages import this package of nn alone.
package spec

import (
	"fmt"
	"strings"
)

// Classes are CIFAR-10's class names, in the order of its labels.
var Classes = []string{"airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"}

// Side is the width and height of a CIFAR-10 picture in pixels, Channels its
// number of colours (red, green, blue), and Pixels its number of bytes.
const (
	Side     = 32
	Channels = 3
	Pixels   = Side * Side * Channels
)

// Input is the shape of a CIFAR-10 picture.
var Input = Shape{Side, Side, Channels}

// Shape is the shape of one picture's tensor, without the batch: [h,w,c] or [n].
type Shape []int

// Size is the number of elements.
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

// Layer describes one layer of a model: its class and name in Keras' words, what
// it puts out, and how many weights it has.
type Layer struct {
	Class, Name  string
	Output       Shape
	Params       int
	MultiplyAdds int // for one picture
}

// Model describes a model to those who show it.
type Model struct {
	Name     string
	Measured []Measurement // the newest last
	Classes  []string
	Input    Shape
	Params   int
	Layers   []Layer
}

// Optimisers, by Keras' names.
const (
	Adamax = "adamax"
	Adam   = "adam"
	SGD    = "sgd" // with momentum 0.9
)

// Recipe says how a model is trained. The zero values of its later half are the
// tutorial's.
type Recipe struct {
	Epochs int     `json:"epochs"`
	Batch  int     `json:"batch"` // pictures a step
	Rate   float64 `json:"rate"`  // learning rate of the first epoch
	Decay  float64 `json:"decay"` // what the rate is multiplied by after each epoch
	Seed   uint64  `json:"seed"`  // of the first weights, the order, dropout and shifts

	Optimizer string  `json:"optimizer,omitempty"`  // "" is Adamax
	NoDropout bool    `json:"no_dropout,omitempty"` // leaves the dropout layers out
	Flip      bool    `json:"flip,omitempty"`       // every second picture is mirrored
	Shift     int     `json:"shift,omitempty"`      // pictures are moved by up to so many pixels
	L2        float64 `json:"l2,omitempty"`         // the loss grows by L2 * sum(w²) of each kernel
	DenseOnly bool    `json:"dense_only,omitempty"` // the convolutions stay as they are
}

// TutorialRecipe is the tutorial's.
var TutorialRecipe = Recipe{Epochs: 10, Batch: 32, Rate: 5e-3, Decay: 0.9, Seed: 1, Optimizer: Adamax}

// Epoch is what is known when an epoch ends.
type Epoch struct {
	Epoch   int     `json:"epoch"` // counts from 1
	Rate    float64 `json:"rate"`
	Train   Metrics `json:"train"` // means over the epoch's steps, with dropout
	Val     Metrics `json:"val"`
	Seconds float64 `json:"seconds"` // of training alone
}

// Package layer holds the network's layers, one file each: the settings with
// Keras' names and defaults, the output's shape, the weights, and the forward
// and backward arithmetic side by side over package kernel. It knows nothing of
// graphs: the same [Op] serves the predictor and the training graph.
//
// Activations lie in memory as NHWC, convolution kernels as HWIO and dense
// kernels as (in, out), as in Keras.
package layer

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"tenfold/nn/task"
)

// Layer is a layer's settings. The zero value of a setting is Keras' default.
type Layer interface {
	// Output returns the shape that the layer makes of its inputs' shapes, or an error
	// that says which setting does not fit. in has one, except for a Merger.
	Output(in ...task.Shape) (task.Shape, error)
	// Weights lists the layer's weights, in Keras' order.
	Weights(in ...task.Shape) []Weight
	// Op returns the layer's arithmetic for at most batch pictures, whose shapes
	// Output has accepted, without the activation of Activated.
	Op(batch int, in ...task.Shape) Op
}

// Merger is a layer with several inputs: at least two.
type Merger interface{ merges() }

// Activated is a layer with Keras' activation argument.
type Activated interface{ activation() string }

// Weight describes one tensor of weights.
type Weight struct {
	Name        string // "kernel" or "bias"
	Shape       task.Shape
	Initializer Initializer
	L2          float64 // the loss grows by L2 * sum(w²)
	// NonTrainable says that the weight has no gradient: it follows what an Observer sees.
	NonTrainable bool
}

// Kernel reports whether the weight is multiplied with a layer's input: "kernel",
// "depthwise_kernel".
func (w Weight) Kernel() bool { return w.Name == "kernel" || strings.HasSuffix(w.Name, "_kernel") }

// Op is the arithmetic of a layer. It owns its scratch memory, makes the rest of it when
// it first needs it and allocates nothing after that, and is not safe for concurrent use.
// Its slices hold n pictures each, for any n up to the batch that it was made for.
type Op interface {
	// Forward computes y from its inputs x and the weights w. y is overwritten.
	Forward(pass Pass, y []float32, x, w [][]float32)
	// Grad computes into g the gradient of the loss with respect to x[i], or from
	// len(x) on to w[i-len(x)]. dy is the gradient with respect to y, the same for all
	// i; x, y and w are those of the last Forward. g is overwritten.
	Grad(i int, g, dy []float32, x [][]float32, y []float32, w [][]float32)
}

// Absorber is an Op that can do the work of the Op behind it in passing: Absorb takes it
// over and says so, or changes nothing. It gets the other's weights behind its own. In
// training there are things that cannot be done so.
type Absorber interface {
	Absorb(next Op, training bool) bool
}

// Absorbs reports whether op does the work of next from now on.
func Absorbs(op, next Op, training bool) bool {
	a, ok := op.(Absorber)
	return ok && a.Absorb(next, training)
}

// Observer is an Op with weights that have no gradient but follow what it sees of a batch.
type Observer interface {
	// Observed returns what the last Forward saw, for each of those weights in their order,
	// or nil if it was not in training. After a step each becomes momentum times what it was
	// plus 1-momentum times what was seen.
	Observed() (momentum float32, seen [][]float32)
}

// Factorable is an Op whose first weight's gradient is xᵀ·dy, with x [n,in] and dy
// [n,out].
type Factorable interface {
	Factors() (in, out int)
	// SetFactors sets what GradRows multiplies. x must stay as it is meanwhile.
	SetFactors(x, dy []float32)
	// GradRows computes the rows from to to-1 of the gradient into g. Several workers,
	// which kernel.Loop counts, may do so at once.
	GradRows(worker int, g []float32, from, to int)
}

// Sampler is an Op that draws numbers at random: Sample does so for the next Forward, of n
// pictures, while there is time.
type Sampler interface{ Sample(pass Pass, n int) }

// Pass says what a forward pass is for.
type Pass struct {
	Training bool   // a batch is normalised by its own statistics
	Dropout  bool   // elements are dropped, and noise is added
	Seed     uint64 // of the run; dropout draws from it, the layer, step and picture
	Layer    int    // number of the operation in the network
	Step     uint64 // counts the training steps of a run
	First    int    // number, in its batch, of the first picture of this pass
}

// Output returns the shape that l makes of its input, its activation included, or
// an error that says what does not fit.
func Output(l Layer, in ...task.Shape) (task.Shape, error) {
	name, _ := Class(l)
	if _, ok := l.(Merger); ok && len(in) < 2 {
		return nil, fmt.Errorf("%s: it has %d inputs: want at least 2", name, len(in))
	} else if !ok && len(in) != 1 {
		return nil, fmt.Errorf("%s: it has %d inputs: want 1", name, len(in))
	}
	out, err := l.Output(in...)
	if err != nil {
		return nil, err
	}
	if a, ok := l.(Activated); ok && a.activation() != "" {
		return Activation{Function: a.activation()}.Output(out)
	}
	return out, nil
}

// Ending returns Keras' name of the last function that a layer's output goes through; "" if
// it has no name.
func Ending(l Layer) string {
	switch l := l.(type) {
	case Activation:
		return l.Function
	case Activated:
		return l.activation()
	}
	return ""
}

// Ops returns the arithmetic of l, its activation included, for at most batch
// pictures, with the shape of each one's output.
func Ops(l Layer, batch int, in ...task.Shape) ([]Op, []task.Shape, error) {
	out, err := Output(l, in...)
	if err != nil {
		return nil, nil, err
	}
	ops, shapes := []Op{l.Op(batch, in...)}, []task.Shape{out}
	if a, ok := l.(Activated); ok && a.activation() != "" {
		act := Activation{Function: a.activation()}
		ops, shapes = append(ops, act.Op(batch, out)), append(shapes, out)
	}
	return ops, shapes, nil
}

// class is one kind of layer, by Keras' class name.
type class struct {
	name   string // Keras' class name
	stem   string // what Keras calls an instance, before its number
	typ    reflect.Type
	is     func(Layer) bool
	decode func([]byte) (Layer, error)
}

func of[L Layer](name, stem string) class {
	return class{
		name: name,
		stem: stem,
		typ:  reflect.TypeFor[L](),
		is:   func(l Layer) bool { _, ok := l.(L); return ok },
		decode: func(config []byte) (Layer, error) {
			var l L
			d := json.NewDecoder(bytes.NewReader(config))
			d.DisallowUnknownFields()
			err := d.Decode(&l)
			return l, err
		},
	}
}

// classes lists the layers; a new one adds a line here and a file next to this one.
var classes = []class{
	of[Conv2D]("Conv2D", "conv2d"),
	of[MaxPool2D]("MaxPooling2D", "max_pooling2d"),
	of[Flatten]("Flatten", "flatten"),
	of[Reshape]("Reshape", "reshape"),
	of[Dense]("Dense", "dense"),
	of[Activation]("Activation", "activation"),
	of[LeakyReLU]("LeakyReLU", "leaky_re_lu"),
	of[Dropout]("Dropout", "dropout"),
	of[Add]("Add", "add"),
	of[Multiply]("Multiply", "multiply"),
	of[Concatenate]("Concatenate", "concatenate"),
	of[BatchNormalization]("BatchNormalization", "batch_normalization"),
	of[LayerNormalization]("LayerNormalization", "layer_normalization"),
	of[DepthwiseConv2D]("DepthwiseConv2D", "depthwise_conv2d"),
	of[SeparableConv2D]("SeparableConv2D", "separable_conv2d"),
	of[AveragePooling2D]("AveragePooling2D", "average_pooling2d"),
	of[GlobalAveragePooling2D]("GlobalAveragePooling2D", "global_average_pooling2d"),
	of[GlobalMaxPooling2D]("GlobalMaxPooling2D", "global_max_pooling2d"),
	of[ZeroPadding2D]("ZeroPadding2D", "zero_padding2d"),
	of[Rescaling]("Rescaling", "rescaling"),
	of[ReLU]("ReLU", "re_lu"),
	of[PReLU]("PReLU", "p_re_lu"),
	of[ELU]("ELU", "elu"),
	of[SpatialDropout2D]("SpatialDropout2D", "spatial_dropout2d"),
	of[GaussianNoise]("GaussianNoise", "gaussian_noise"),
}

// Classes are Keras' class names of all layers that there are.
func Classes() (names []string) {
	for _, c := range classes {
		names = append(names, c.name)
	}
	return names
}

// Class returns Keras' class name of l, and the stem of the names that Keras
// gives to such layers.
func Class(l Layer) (name, stem string) {
	for _, c := range classes {
		if c.is(l) {
			return c.name, c.stem
		}
	}
	panic(fmt.Sprintf("layer: %T is not in the table of layers", l))
}

// Config is a layer in a model's JSON: Keras' class name, and its settings by Keras'
// names, plus those that older files have, no_bias and kernel_regularizer_l2.
type Config struct {
	ClassName string          `json:"class_name"`
	Config    json.RawMessage `json:"config"`
}

// Encode returns the description of l.
func Encode(l Layer) (Config, error) {
	name, _ := Class(l)
	b, err := json.Marshal(l)
	return Config{name, b}, err
}

// Decode returns the layer that c describes.
func Decode(c Config) (Layer, error) {
	for _, k := range classes {
		if k.name == c.ClassName {
			l, err := k.decode(c.Config)
			if err != nil {
				return nil, fmt.Errorf("layer: %s: %w", c.ClassName, err)
			}
			return l, nil
		}
	}
	return nil, fmt.Errorf("layer: no layer is called %q", c.ClassName)
}

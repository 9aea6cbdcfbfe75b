package format

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"reflect"

	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/onnx"
	"tenfold/nn/task"
)

// TorchOp is an operation in the description that page/pytorch.py builds a network from.
type TorchOp struct {
	Name    string         `json:"name"`
	Do      string         `json:"do"` // a line in the script's table
	In      []int          `json:"in"` // earlier operations, -1 for the pictures
	With    map[string]any `json:"with,omitempty"`
	Weights []TorchWeight  `json:"weights,omitempty"`
}

// TorchWeight is a tensor of weights: where it begins in the file of all, in elements, and
// its shape as PyTorch has it, with pictures channels-first.
type TorchWeight struct {
	Name  string `json:"name"` // Keras'
	At    int    `json:"at"`
	Shape []int  `json:"shape"`
	Still bool   `json:"still,omitempty"` // it is not trained by gradients
}

// Torch writes a network for PyTorch, for inference and training: a description in JSON, and
// all weights, 32-bit floating-point numbers one after the other.
func Torch(m *model.Network) (description, weights []byte, err error) {
	all := ops(m)
	t := &torchFile{planes: make([]task.Shape, len(all))}
	for i, o := range all {
		write, ok := torchKinds[kind(o.layer)]
		if !ok {
			return nil, nil, lacks("PyTorch", o)
		}
		t.ops = append(t.ops, TorchOp{Name: o.name, In: o.in})
		p := &t.ops[i]
		if p.Do, p.With, err = write(o); err != nil {
			return nil, nil, failed("PyTorch", o, err)
		}
		if err := t.weigh(i, o); err != nil {
			return nil, nil, failed("PyTorch", o, err)
		}
	}
	description, err = json.Marshal(t.ops)
	return description, t.weights, err
}

// torchFile is a network on its way into PyTorch's description.
type torchFile struct {
	ops     []TorchOp
	planes  []task.Shape // the picture that each one's output flattens, channels first; nil for none
	weights []byte
}

// torchKinds says which function of the script does an operation, and with what. A new kind
// of layer adds a line.
var torchKinds = map[reflect.Type]func(o op) (string, map[string]any, error){
	of[layer.Conv2D]():             torchConv,
	of[layer.Dense]():              func(op) (string, map[string]any, error) { return "linear", nil, nil },
	of[layer.Flatten]():            func(op) (string, map[string]any, error) { return "flatten", nil, nil },
	of[layer.MaxPool2D]():          func(o op) (string, map[string]any, error) { return torchPool("max_pool2d", o) },
	of[layer.AveragePooling2D]():   func(o op) (string, map[string]any, error) { return torchPool("avg_pool2d", o) },
	of[layer.BatchNormalization](): torchNorm,
	of[layer.Activation]():         torchActivation,
	of[layer.LeakyReLU]():          torchLeaky,
	of[layer.ReLU]():               torchLeaky,
	of[layer.Add]():                func(op) (string, map[string]any, error) { return "add", nil, nil },
	of[layer.Dropout](): func(o op) (string, map[string]any, error) {
		return "dropout", map[string]any{"rate": o.layer.(layer.Dropout).Rate}, nil
	},
	of[layer.GlobalAveragePooling2D](): func(o op) (string, map[string]any, error) {
		return "mean", map[string]any{"keepdim": len(o.out) == 3}, nil
	},
}

// symmetric is how far a window reaches out of a picture, which PyTorch wants alike on both
// sides.
func (w window) symmetric() ([2]int, error) {
	if w.before != w.after {
		return w.before, fmt.Errorf("padding %v before and %v after: want the same", w.before, w.after)
	}
	return w.before, nil
}

func torchConv(o op) (string, map[string]any, error) {
	w := o.window()
	padding, err := w.symmetric()
	return "conv2d", map[string]any{"stride": w.stride, "padding": padding, "dilation": w.dilation}, err
}

func torchPool(do string, o op) (string, map[string]any, error) {
	w := o.window()
	padding, err := w.symmetric()
	return do, map[string]any{"size": w.size, "stride": w.stride, "padding": padding}, err
}

// torchNorm has the share of the moving statistics that a batch replaces, which PyTorch calls
// momentum.
func torchNorm(o op) (string, map[string]any, error) {
	l := o.layer.(layer.BatchNormalization)
	epsilon, momentum := l.Epsilon, l.Momentum
	if epsilon == 0 {
		epsilon = 1e-3
	}
	if momentum == 0 {
		momentum = 0.99
	}
	return "batch_norm", map[string]any{"eps": epsilon, "momentum": 1 - momentum}, nil
}

// torchFunctions are the script's activations, by Keras' names.
var torchFunctions = map[string]string{
	"linear": "identity", "relu": "relu", "tanh": "tanh", "sigmoid": "sigmoid", "softmax": "softmax", "gelu": "gelu", "silu": "silu",
}

func torchActivation(o op) (string, map[string]any, error) {
	f := o.layer.(layer.Activation).Function
	do := torchFunctions[f]
	if do == "" {
		return "", nil, fmt.Errorf("activation %q: there is no function for it in the table", f)
	}
	return do, nil, nil
}

func torchLeaky(o op) (string, map[string]any, error) {
	alpha, err := slope(o.layer)
	if alpha == 0 {
		return "relu", nil, err
	}
	return "leaky_relu", map[string]any{"slope": alpha}, err
}

// weigh adds the weights of an operation.
func (t *torchFile) weigh(i int, o op) error {
	var plane task.Shape
	if o.in[0] != model.Input {
		plane = t.planes[o.in[0]]
	}
	switch k := kind(o.layer); {
	case k == of[layer.Flatten]():
		if s := o.shapes[0]; len(s) == 3 && s[0]*s[1] > 1 { // a picture of one pixel has but one order
			t.planes[i] = s
		}
	case k == of[layer.Dense]():
	case plane != nil && !positionless[k]:
		return fmt.Errorf("its input is a flattened picture; want a Dense")
	default:
		t.planes[i] = plane
	}
	names := []string{"kernel", "bias", "gamma", "beta", "moving_mean", "moving_variance"}
	for _, name := range names {
		w := o.weights[name]
		if w == nil {
			continue
		}
		data, dims := w.data, []int(w.shape)
		switch {
		case len(dims) == 4:
			data, dims = onnx.Transposed(w.data, w.shape, 3, 2, 0, 1)
		case len(dims) == 2 && plane != nil:
			data, _ = onnx.Transposed(w.data, task.Shape{plane[0], plane[1], plane[2], dims[1]}, 3, 2, 0, 1)
			dims = []int{dims[1], dims[0]}
		case len(dims) == 2:
			data, dims = onnx.Transposed(w.data, w.shape, 1, 0)
		}
		p := &t.ops[i]
		p.Weights = append(p.Weights, TorchWeight{name, len(t.weights) / 4, dims, w.still})
		for _, v := range data {
			t.weights = binary.LittleEndian.AppendUint32(t.weights, math.Float32bits(v))
		}
	}
	return nil
}

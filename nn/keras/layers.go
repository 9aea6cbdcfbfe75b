package keras

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tenfold/nn/layer"
	"tenfold/nn/task"
)

// aliases are other names of Keras' for its classes.
var aliases = map[string]string{
	"Convolution2D": "Conv2D", "DepthwiseConvolution2D": "DepthwiseConv2D", "SeparableConvolution2D": "SeparableConv2D",
	"MaxPool2D": "MaxPooling2D", "AvgPool2D": "AveragePooling2D", "GlobalAvgPool2D": "GlobalAveragePooling2D", "GlobalMaxPool2D": "GlobalMaxPooling2D",
	"BatchNorm": "BatchNormalization", "Softmax": "Activation",
}

// classOf returns the class of layers that a path names.
func classOf(p path) (string, bool) {
	name := p.last()
	if strings.HasPrefix(string(p), "torch.") || strings.HasPrefix(string(p), "nn.") {
		return "", false
	}
	if name == "Softmax" {
		return name, true
	}
	if a, ok := aliases[name]; ok {
		name = a
	}
	return name, slices.Contains(layer.Classes(), name)
}

// places are the arguments of Keras 3 by their places, of the classes of which some are not here, or stand
// elsewhere. Source: the classes of https://github.com/keras-team/keras/tree/v3.8.0/keras/src/layers.
var places = map[string]string{
	"Conv2D":                 "filters kernel_size strides padding data_format dilation_rate groups activation use_bias kernel_initializer bias_initializer kernel_regularizer bias_regularizer activity_regularizer kernel_constraint bias_constraint",
	"DepthwiseConv2D":        "kernel_size strides padding depth_multiplier data_format dilation_rate activation use_bias depthwise_initializer bias_initializer depthwise_regularizer bias_regularizer activity_regularizer depthwise_constraint bias_constraint",
	"SeparableConv2D":        "filters kernel_size strides padding data_format dilation_rate depth_multiplier activation use_bias depthwise_initializer pointwise_initializer bias_initializer depthwise_regularizer pointwise_regularizer bias_regularizer activity_regularizer depthwise_constraint pointwise_constraint bias_constraint",
	"Dense":                  "units activation use_bias kernel_initializer bias_initializer kernel_regularizer bias_regularizer activity_regularizer kernel_constraint bias_constraint",
	"BatchNormalization":     "axis momentum epsilon center scale beta_initializer gamma_initializer moving_mean_initializer moving_variance_initializer beta_regularizer gamma_regularizer beta_constraint gamma_constraint synchronized",
	"LayerNormalization":     "axis epsilon center scale beta_initializer gamma_initializer beta_regularizer gamma_regularizer beta_constraint gamma_constraint",
	"PReLU":                  "alpha_initializer alpha_regularizer alpha_constraint shared_axes",
	"Dropout":                "rate noise_shape seed",
	"SpatialDropout2D":       "rate data_format seed",
	"MaxPooling2D":           "pool_size strides padding data_format",
	"AveragePooling2D":       "pool_size strides padding data_format",
	"GlobalAveragePooling2D": "data_format keepdims",
	"GlobalMaxPooling2D":     "data_format keepdims",
	"ZeroPadding2D":          "padding data_format",
	"Flatten":                "data_format",
}

// order lists a class's arguments as Keras has them by their places.
func order(class string) []string {
	if names, ok := places[class]; ok {
		return strings.Fields(names)
	}
	var names []string
	for _, a := range layer.Arguments(class) {
		names = append(names, a.Name)
	}
	return names
}

// usual are arguments of Keras' that are not supported, with the values that mean what is done
// here; nil is any.
var usual = map[string][]any{
	"name": nil, "dtype": nil, "input_shape": nil, "batch_input_shape": nil, "input_dim": nil, "batch_size": nil, "trainable": {true}, "autocast": nil,
	"data_format": {nil, "channels_last"}, "groups": {int64(1)}, "noise_shape": {nil}, "seed": nil,
	"bias_regularizer": {nil}, "activity_regularizer": {nil}, "kernel_constraint": {nil}, "bias_constraint": {nil},
	"beta_regularizer": {nil}, "gamma_regularizer": {nil}, "beta_constraint": {nil}, "gamma_constraint": {nil},
	"depthwise_regularizer": {nil}, "pointwise_regularizer": {nil}, "depthwise_constraint": {nil}, "pointwise_constraint": {nil},
	"alpha_regularizer": {nil}, "alpha_constraint": {nil}, "synchronized": {false}, "renorm": {false}, "fused": nil, "rms_scaling": {false}, "kernel_regularizer": {nil},
}

// layer reads a call of a class of layers.
func (r *reader) layer(class string, args []given, line int) (any, error) {
	m := &made{line: line}
	if class == "Softmax" {
		if axis, ok := argument(args, 0, "axis"); ok && !same(axis, int64(-1)) {
			return nil, wrong(line, "Softmax: axis %s: want -1, the last", describe(axis))
		}
		m.layers = []layer.Layer{layer.Activation{Function: "softmax"}}
		return m, nil
	}
	values, places := map[string]any{}, order(class)
	kinds := map[string]layer.Kind{}
	for _, a := range layer.Arguments(class) {
		kinds[a.Name] = a.Kind
	}
	for i, a := range args {
		name := a.name
		if name == "" {
			if i >= len(places) {
				return nil, wrong(line, "%s takes at most %d arguments by their places", class, len(places))
			}
			name = places[i]
		}
		switch name {
		case "alpha":
			if class == "LeakyReLU" {
				name = "negative_slope"
			}
		case "input_shape", "batch_input_shape":
			s, ok := shaped(a.value)
			if !ok {
				if _, is := a.value.(*sequence); is && !vague(a.value) {
					return nil, wrong(line, "an input_shape of %s: want height, width and channels", describe(a.value))
				}
				break // x_train.shape[1:]
			}
			m.shape = s
		}
		kind, ok := kinds[name]
		if !ok {
			if err := unusual(class, name, a.value, line); err != nil {
				return nil, err
			}
			continue
		}
		if kind == layer.Whole && a.value == nil {
			continue // a seed of None
		}
		v, after, err := convert(kind, a.value, line)
		if err != nil {
			return nil, wrong(line, "%s: %s: %v", class, name, plainly(err))
		}
		if after != nil {
			m.layers = append(m.layers, after...)
			continue
		}
		if v != nil {
			values[name] = v
		}
	}
	l, err := layer.With(class, values)
	if err != nil {
		return nil, wrong(line, "%s", err.Error())
	}
	m.layers = append([]layer.Layer{l}, m.layers...)
	return m, nil
}

// plainly returns an error's text without its line.
func plainly(err error) string {
	if e, ok := err.(*Error); ok {
		return e.Text
	}
	return err.Error()
}

// unusual returns an error if an unsupported argument cannot be left out.
func unusual(class, name string, v any, line int) error {
	allowed, ok := usual[name]
	if !ok {
		return wrong(line, "%s has no argument %s here", class, name)
	}
	if allowed == nil || slices.ContainsFunc(allowed, func(a any) bool { return same(a, v) }) {
		return nil
	}
	if name == "trainable" {
		return wrong(line, "%s: trainable=False: all layers are trained here", class)
	}
	return wrong(line, "%s: %s=%s is not supported here%s", class, name, describe(v), remedies[name])
}

// remedies say what to do about what is not supported.
var remedies = map[string]string{
	"groups":      ": use one group, a DepthwiseConv2D with a Conv2D of 1x1 behind it, or a Conv2D of each part of the channels",
	"data_format": ": write the channels last, or export the model as ONNX, whose channels are turned",
}

// convert turns a value into one that layer.With takes. after is a layer that does what an
// argument asks for.
func convert(kind layer.Kind, v any, line int) (out any, after []layer.Layer, err error) {
	if why := unclear(v, examples[kind]); why != "" && (kind != layer.Function && kind != layer.FirstValues || undefined(v) == "" && !isPath(v)) {
		return nil, nil, wrong(line, "%s", why)
	}
	switch kind {
	case layer.Whole:
		if n, ok := whole(v); ok {
			return n, nil, nil
		}
		return nil, nil, wrong(line, "%s: want a whole number", describe(v))
	case layer.Number:
		if v == nil {
			return nil, nil, nil
		}
		if f, ok := real(v); ok {
			return f, nil, nil
		}
		return nil, nil, wrong(line, "%s: want a number", describe(v))
	case layer.Flag:
		if yes, known := truth(v); known && v != nil {
			return yes, nil, nil
		}
		return nil, nil, wrong(line, "%s: want True or False", describe(v))
	case layer.Pair:
		if v == nil {
			return nil, nil, nil
		}
		p, ok := pair(v)
		if !ok {
			return nil, nil, wrong(line, "%s: want a whole number, or two", describe(v))
		}
		if p[0] == 0 || p[1] == 0 {
			return nil, nil, wrong(line, "0: want 1 or more")
		}
		return p, nil, nil
	case layer.Margins:
		if p, ok := pair(v); ok {
			return [2][2]int{{p[0], p[0]}, {p[1], p[1]}}, nil, nil
		}
		if items, ok := listed(v); ok && len(items) == 2 {
			rows, first := pair(items[0])
			columns, second := pair(items[1])
			if first && second {
				return [2][2]int{rows, columns}, nil, nil
			}
		}
		return nil, nil, wrong(line, "%s: want a whole number, two, or two pairs", describe(v))
	case layer.Axes, layer.Sizes:
		if v == nil {
			return nil, nil, nil
		}
		items, ok := listed(v)
		if !ok {
			items = []any{v}
		}
		var axes []int
		for _, item := range items {
			n, ok := whole(item)
			if !ok {
				return nil, nil, wrong(line, "%s: want whole numbers", describe(v))
			}
			axes = append(axes, n)
		}
		return axes, nil, nil
	case layer.Borders:
		if s, ok := v.(string); ok {
			return strings.ToLower(s), nil, nil
		}
		return nil, nil, wrong(line, "%s: want \"valid\" or \"same\"", describe(v))
	case layer.Function:
		return activation(v, line)
	case layer.FirstValues:
		out, err = initializer(v, line)
		return out, nil, err
	case layer.Regularizer:
		out, err = penalty(v, line)
		return out, nil, err
	}
	return nil, nil, wrong(line, "%s cannot be read", describe(v))
}

// examples are values that the name of an argument of a kind could have.
var examples = map[layer.Kind]string{
	layer.Whole: "32", layer.Number: "0.25", layer.Flag: "True", layer.Pair: "(3, 3)", layer.Margins: "1", layer.Axes: "[1, 2]", layer.Sizes: "(-1,)",
	layer.Borders: "'same'", layer.Function: "'relu'", layer.FirstValues: "'he_normal'", layer.Regularizer: "L2(0.0001)",
}

func isPath(v any) bool { _, ok := v.(path); return ok }

func pair(v any) ([2]int, bool) {
	if n, ok := whole(v); ok {
		return [2]int{n, n}, true
	}
	items, ok := listed(v)
	if _, text := v.(string); !ok || text {
		return [2]int{}, false
	}
	if len(items) != 2 {
		return [2]int{}, false
	}
	a, first := whole(items[0])
	b, second := whole(items[1])
	return [2]int{a, b}, first && second
}

// spelled are other names of activations.
var spelled = map[string]string{"swish": "silu", "hard_silu": "hard_swish", "Softmax": "softmax"}

// functionOf returns the activation that a path names: keras.activations.relu, tf.nn.relu.
func functionOf(p path) string {
	name := p.last()
	if s, ok := spelled[name]; ok {
		name = s
	}
	if slices.Contains(layer.Functions(), name) {
		return name
	}
	return ""
}

// activation reads the argument: a name, a function of Keras', or a layer.
func activation(v any, line int) (any, []layer.Layer, error) {
	switch v := v.(type) {
	case nil:
		return nil, nil, nil
	case string:
		name := strings.ToLower(v)
		if s, ok := spelled[name]; ok {
			name = s
		}
		if name == "leaky_relu" {
			return nil, []layer.Layer{layer.LeakyReLU{Alpha: 0.2}}, nil
		}
		if !slices.Contains(layer.Functions(), name) {
			return nil, nil, wrong(line, "%q is not among the activations here: %s", cut(v), strings.Join(layer.Functions(), ", "))
		}
		return name, nil, nil
	case *made:
		return nil, v.layers, nil
	case path:
		if class, ok := classOf(v); ok { // LeakyReLU, without brackets
			l, err := layer.With(class, nil)
			if err != nil {
				return nil, nil, err
			}
			return nil, []layer.Layer{l}, nil
		}
		if name := undefined(v); name != "" && functionOf(v) == "" && strings.ToLower(name) != "leaky_relu" {
			return nil, nil, wrong(line, "%s", unclear(v, examples[layer.Function]))
		}
		return activation(v.last(), line)
	}
	return nil, nil, wrong(line, "%s: want the name of an activation", describe(v))
}

// initializer reads the argument: a name, or a class of Keras'.
func initializer(v any, line int) (any, error) {
	name, args := "", map[string]any(nil)
	switch v := v.(type) {
	case string:
		name = snake(v)
	case path:
		if name = snake(v.last()); undefined(v) != "" && name != "constant" && !slices.Contains(layer.Initializers(), strings.TrimSuffix(name, "_initializer")) {
			return nil, wrong(line, "%s", unclear(v, examples[layer.FirstValues]))
		}
	case *named:
		name, args = snake(v.name), v.args
	default:
		return nil, wrong(line, "%s: want the name of an initializer", describe(v))
	}
	if name == "constant" {
		f, ok := real(args["value"])
		if !ok && args["value"] != nil {
			return nil, wrong(line, "Constant: %s", notNumber(args["value"], "0.1"))
		}
		return string(layer.Constant(float32(f))), nil
	}
	if m := strings.TrimSuffix(name, "_initializer"); slices.Contains(layer.Initializers(), m) {
		name = m
	}
	if strings.HasPrefix(name, "constant(") && (layer.Initializer(name)).Init(make([]float32, 1), task.Shape{1}, nil) == nil {
		return name, nil
	}
	if !slices.Contains(layer.Initializers(), name) {
		return nil, wrong(line, "%s is not among the initializers here: %s, constant", name, strings.Join(layer.Initializers(), ", "))
	}
	return name, nil
}

// snake returns a class's name as Keras writes it in a string: HeNormal is he_normal.
func snake(s string) string {
	var b strings.Builder
	for i, c := range s {
		if c >= 'A' && c <= 'Z' {
			if i > 0 {
				b.WriteByte('_')
			}
			c += 'a' - 'A'
		}
		b.WriteRune(c)
	}
	return b.String()
}

// penalty reads a regularizer, of L2 alone.
func penalty(v any, line int) (any, error) {
	switch v := v.(type) {
	case nil:
		return nil, nil
	case string:
		if strings.EqualFold(v, "l2") {
			return 0.01, nil // Keras'
		}
	case *named:
		if strings.EqualFold(v.name, "l2") {
			f, ok := real(v.args["l2"])
			if v.args["l2"] == nil {
				f, ok = 0.01, true
			}
			if ok && f >= 0 {
				return f, nil
			}
			if !ok {
				return nil, wrong(line, "L2: %s", notNumber(v.args["l2"], "0.0001"))
			}
			return nil, wrong(line, "L2: want a number of 0 or more")
		}
		return nil, wrong(line, "%s is not among the regularizers here: L2", v.name)
	}
	return nil, wrong(line, "%s: want a regularizer: L2", describe(v))
}

// numberOf writes a number as Python does.
func numberOf(v float64) string {
	s := strconv.FormatFloat(v, 'g', -1, 64)
	if !strings.ContainsAny(s, ".e") {
		s += ".0"
	}
	return s
}

// shapeOf writes a tuple.
func shapeOf(s []int) string {
	parts := make([]string, len(s))
	for i, n := range s {
		parts[i] = fmt.Sprint(n)
	}
	if len(s) == 1 {
		return "(" + parts[0] + ",)"
	}
	return "(" + strings.Join(parts, ", ") + ")"
}

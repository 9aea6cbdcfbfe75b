package keras

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"tenfold/nn/layer"
	"tenfold/nn/task"
)

// beside are settings of Keras' that are not supported, with their defaults, as configs have
// them.
var beside = map[string]map[string]any{
	"Conv2D":                 with(pictures, "groups", 1, "bias_regularizer", nil, "activity_regularizer", nil, "kernel_constraint", nil, "bias_constraint", nil),
	"DepthwiseConv2D":        with(pictures, "depthwise_regularizer", nil, "bias_regularizer", nil, "activity_regularizer", nil, "depthwise_constraint", nil, "bias_constraint", nil),
	"SeparableConv2D":        with(pictures, "depthwise_regularizer", nil, "pointwise_regularizer", nil, "bias_regularizer", nil, "activity_regularizer", nil, "depthwise_constraint", nil, "pointwise_constraint", nil, "bias_constraint", nil),
	"Dense":                  with(nil, "bias_regularizer", nil, "activity_regularizer", nil, "kernel_constraint", nil, "bias_constraint", nil),
	"BatchNormalization":     with(nil, "beta_regularizer", nil, "gamma_regularizer", nil, "beta_constraint", nil, "gamma_constraint", nil),
	"LayerNormalization":     with(nil, "beta_regularizer", nil, "gamma_regularizer", nil, "beta_constraint", nil, "gamma_constraint", nil),
	"PReLU":                  with(nil, "alpha_regularizer", nil, "alpha_constraint", nil),
	"Dropout":                with(nil, "noise_shape", nil),
	"MaxPooling2D":           pictures,
	"AveragePooling2D":       pictures,
	"GlobalAveragePooling2D": pictures,
	"GlobalMaxPooling2D":     pictures,
	"ZeroPadding2D":          pictures,
	"Flatten":                pictures,
}

// pictures is how pictures lie in memory.
var pictures = map[string]any{"data_format": "channels_last"}

// with returns a map with more names and values.
func with(m map[string]any, more ...any) map[string]any {
	all := map[string]any{}
	for k, v := range m {
		all[k] = v
	}
	for i := 0; i < len(more); i += 2 {
		all[more[i].(string)] = more[i+1]
	}
	return all
}

// settings returns the arguments of a layer with input shape in, as a config has them, and its
// class there.
func (e *encoder) settings(l layer.Layer, in task.Shape) (class string, config map[string]any, err error) {
	class, _ = layer.Class(l)
	given, config := layer.Given(l), with(beside[class])
	for _, a := range layer.Arguments(class) {
		v, ok := given[a.Name]
		if !ok {
			v = usually(a.Default)
		}
		if config[a.Name], err = e.value(class, a, v); err != nil {
			return "", nil, err
		}
	}
	if strings.HasSuffix(class, "Pooling2D") && !strings.HasPrefix(class, "Global") {
		config["strides"] = filled(config["strides"], config["pool_size"])
	}
	for _, name := range []string{"strides", "dilation_rate"} {
		if v, ok := config[name]; ok {
			config[name] = filled(v, []int{1, 1})
		}
	}
	if e.l2 > 0 {
		for _, name := range []string{"kernel_regularizer", "depthwise_regularizer", "pointwise_regularizer"} {
			if v, ok := config[name]; ok && v == nil {
				config[name] = e.penalty(e.l2)
			}
		}
	}
	if e.dialect != Keras3 && class == "LeakyReLU" { // which Keras 3 still takes by the old name
		config["alpha"] = config["negative_slope"]
		delete(config, "negative_slope")
	}
	if e.dialect != Keras3 { // earlier versions of Keras 2 know no such arguments
		if config["keepdims"] == false {
			delete(config, "keepdims")
		}
		if v, ok := config["seed"]; ok && v == nil && class == "GaussianNoise" {
			delete(config, "seed")
		}
	}
	if e.dialect == TensorFlowJS {
		return inTensorFlowJS(class, config, in)
	}
	return class, config, nil
}

// filled replaces a pair's zeros, or a missing pair, with others.
func filled(v, others any) any {
	p, ok := v.([]int)
	o, is := others.([]int)
	if !is {
		return v
	}
	if !ok {
		return o
	}
	p = slices.Clone(p)
	for i := range p {
		if p[i] == 0 {
			p[i] = o[i]
		}
	}
	return p
}

// usually returns an argument's default, as layer.Given would have it.
func usually(python string) any {
	switch python {
	case "None":
		return nil
	case "True", "False":
		return python == "True"
	}
	if s, ok := strings.CutPrefix(python, "'"); ok {
		return strings.TrimSuffix(s, "'")
	}
	if strings.HasPrefix(python, "((") {
		var p [2][2]int
		json.Unmarshal([]byte(strings.NewReplacer("(", "[", ")", "]").Replace(python)), &p)
		return p
	}
	if strings.HasPrefix(python, "(") {
		var p [2]int
		json.Unmarshal([]byte(strings.NewReplacer("(", "[", ")", "]").Replace(python)), &p)
		return p
	}
	return json.Number(python)
}

// value returns an argument's as a config has it.
func (e *encoder) value(class string, a layer.Argument, v any) (any, error) {
	switch v := v.(type) {
	case [2]int:
		return v[:], nil
	case int:
		if v < 0 && a.Name == "seed" { // more than Keras takes
			return nil, nil
		}
		return v, nil
	case string:
		switch a.Kind {
		case layer.FirstValues:
			return e.initializer(v), nil
		case layer.Function:
			return e.function(v)
		}
		return v, nil
	case float64:
		if a.Kind == layer.Regularizer {
			return e.penalty(v), nil
		}
		return v, nil
	case nil:
		if a.Kind == layer.Function {
			return "linear", nil
		}
	}
	return v, nil
}

// penalty returns a regularizer of L2.
func (e *encoder) penalty(l2 float64) any {
	if e.dialect == TensorFlowJS {
		return e.object("", "L1L2", map[string]any{"l1": 0, "l2": l2})
	}
	return e.object("keras.regularizers", "L2", map[string]any{"l2": l2})
}

// classesOfInitializers are the classes of the initializers that Keras has.
var classesOfInitializers = map[layer.Initializer]string{
	layer.GlorotUniform: "GlorotUniform", layer.GlorotNormal: "GlorotNormal", layer.HeUniform: "HeUniform", layer.HeNormal: "HeNormal",
	layer.LecunNormal: "LecunNormal", layer.Zeros: "Zeros", layer.Ones: "Ones",
}

// initializer is how weights were first drawn. Keras' identity is one of matrices alone.
func (e *encoder) initializer(name string) any {
	class, ok := classesOfInitializers[layer.Initializer(name)]
	var v float64
	if n, err := fmt.Sscanf(name, "constant(%g)", &v); n == 1 && err == nil {
		return e.object("keras.initializers", "Constant", map[string]any{"value": v})
	}
	if !ok {
		class = "GlorotUniform"
	}
	if e.dialect == TensorFlowJS && class == "LecunNormal" {
		class = "LeCunNormal"
	}
	config := map[string]any{}
	if class != "Zeros" && class != "Ones" {
		config["seed"] = nil
	}
	return e.object("keras.initializers", class, config)
}

// function returns an activation.
func (e *encoder) function(name string) (any, error) {
	switch {
	case name == "hard_swish" && e.dialect == Keras3:
		return "hard_silu", nil
	case name == "hard_swish" && e.dialect == TensorFlowJS:
		return nil, fmt.Errorf("TensorFlow.js has no activation hard_swish: silu is near to it")
	case name == "silu" && e.dialect != Keras3:
		return "swish", nil
	}
	return name, nil
}

// inTensorFlowJS returns a layer's class and config for TensorFlow.js, or an error that says what
// it lacks. Source: https://github.com/tensorflow/tfjs/tree/tfjs-v4.22.0/tfjs-layers/src/layers.
func inTensorFlowJS(class string, config map[string]any, in task.Shape) (string, map[string]any, error) {
	switch class {
	case "ReLU":
		if !isZero(config["negative_slope"]) || !isZero(config["threshold"]) {
			return "", nil, fmt.Errorf("TensorFlow.js has no ReLU with negative_slope or threshold: a LeakyReLU has a slope")
		}
		delete(config, "negative_slope")
		delete(config, "threshold")
	case "GlobalAveragePooling2D", "GlobalMaxPooling2D":
		if config["keepdims"] == true {
			return "", nil, fmt.Errorf("TensorFlow.js has no %s with keepdims: %s of the whole picture is the same", class, strings.TrimPrefix(class, "Global"))
		}
		delete(config, "keepdims")
	case "DepthwiseConv2D": // whose setting it leaves out
		if d, ok := config["dilation_rate"].([]int); ok && (d[0] != 1 || d[1] != 1) {
			return "", nil, fmt.Errorf("TensorFlow.js has no DepthwiseConv2D with a dilation_rate")
		}
	case "Flatten":
		if len(in) < 2 {
			return "", nil, fmt.Errorf("TensorFlow.js has no Flatten of what has one axis already: leave it out")
		}
	case "ELU":
		if n, ok := config["alpha"].(float64); ok && n != 1 {
			return "", nil, fmt.Errorf("TensorFlow.js has no ELU with another alpha than 1")
		}
	case "SpatialDropout2D":
		class = "Dropout"
		config["noise_shape"] = []any{nil, 1, 1, nil}
	}
	return class, config, nil
}

func isZero(v any) bool {
	switch v := v.(type) {
	case float64:
		return v == 0
	case json.Number:
		f, err := v.Float64()
		return err == nil && f == 0
	}
	return v == nil
}

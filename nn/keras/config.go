package keras

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// Placed is a layer of a Config: its name in Keras and which of the network's layers it became, or
// -1 for one that is not needed here, and for a model within the model, which comes before its
// layers.
type Placed struct {
	Name   string
	Class  string
	Node   int
	Inside string // the names of the models within the model that it is of, with slashes between them
}

// config is what Keras writes of a layer or a model.
type config struct {
	Class   string          `json:"class_name"`
	Name    string          `json:"name"`
	Config  json.RawMessage `json:"config"`
	Inbound json.RawMessage `json:"inbound_nodes"`
}

// group is the config of a model.
type group struct {
	Name    string          `json:"name"`
	Layers  []config        `json:"layers"`
	Outputs json.RawMessage `json:"output_layers"`
}

// Config builds the network of the JSON that Keras writes of a model, without memory for its weights:
// model.to_json(), or the model_config of a file, of Keras 1.2 to 3, sequential or functional.
// Models within the model become part of it. placed are its layers in the JSON's order.
func Config(text []byte) (net *model.Network, placed []Placed, err error) {
	if err := bounded(text); err != nil {
		return nil, nil, err
	}
	var top config
	if err := json.Unmarshal(text, &top); err != nil {
		return nil, nil, fmt.Errorf("keras: the model's config cannot be read: %w", err)
	}
	if !top.isModel() {
		return nil, nil, fmt.Errorf("keras: a model of the class %.40q: want Sequential or Functional", top.Class)
	}
	g, err := top.group()
	if err != nil {
		return nil, nil, err
	}
	s := g.shape()
	if s == nil {
		return nil, nil, errors.New("keras: the model does not say the shape of its input")
	}
	b := &builder{f: model.NewFunctional(s)}
	if _, err := b.model(top, g, model.Input); err != nil {
		return nil, nil, err
	}
	if net, err = b.f.Empty(); err == nil && g.Name != "" {
		net.Name = g.Name
	}
	return net, b.placed, err
}

// What a config may be, so that a small one cannot take long.
const (
	maxConfig  = 1 << 22 // bytes
	maxNesting = 64
	maxLayers  = 1000
)

// bounded returns an error if JSON is larger, or deeper nested, than any model's.
func bounded(text []byte) error {
	if len(text) > maxConfig {
		return fmt.Errorf("keras: the model's config has %d bytes: want at most %d", len(text), maxConfig)
	}
	depth, quoted := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\' && quoted:
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			if depth++; depth > maxNesting {
				return fmt.Errorf("keras: the model's config is nested more than %d deep", maxNesting)
			}
		case c == '}' || c == ']':
			depth--
		}
	}
	return nil
}

// isModel reports whether it is that of a model, not of a layer.
func (c config) isModel() bool {
	return c.Class == "Sequential" || c.Class == "Functional" || c.Class == "Model"
}

// group returns a model's own.
func (c config) group() (group, error) {
	var g group
	if err := json.Unmarshal(c.Config, &g); err != nil { // a list of layers alone, before Keras 2.2.3
		if err := json.Unmarshal(c.Config, &g.Layers); err != nil {
			return g, fmt.Errorf("keras: the model's layers cannot be read: %w", err)
		}
	}
	if len(g.Layers) > maxLayers {
		return g, fmt.Errorf("keras: a model of %d layers: want at most %d", len(g.Layers), maxLayers)
	}
	return g, nil
}

// shape returns that of the pictures, which the first layer that says one says; nil for none.
func (g group) shape() task.Shape {
	for _, c := range g.Layers {
		s := c.shape()
		if c.isModel() {
			if inner, err := c.group(); err == nil {
				s = inner.shape()
			}
		}
		if s != nil {
			return s
		}
	}
	return nil
}

// shape returns the shape of the pictures that a layer's config says; nil if it says none.
func (c config) shape() task.Shape {
	var s struct {
		Batch  []*int `json:"batch_input_shape"`
		Shape  []*int `json:"batch_shape"`
		Input  []*int `json:"input_shape"`
		Legacy []*int `json:"shape"`
	}
	json.Unmarshal(c.Config, &s)
	for _, batched := range [][]*int{s.Batch, s.Shape} {
		if len(batched) > 1 {
			return sizes(batched[1:])
		}
	}
	for _, alone := range [][]*int{s.Input, s.Legacy} {
		if len(alone) > 0 {
			return sizes(alone)
		}
	}
	return nil
}

func sizes(s []*int) task.Shape {
	var shape task.Shape
	for _, n := range s {
		if n == nil || *n < 1 || *n > 1<<16 {
			return nil
		}
		shape = append(shape, *n)
	}
	return shape
}

// name returns a layer's, which older files have within the config alone.
func (c config) name() string {
	if c.Name != "" {
		return c.Name
	}
	var s struct {
		Name string `json:"name"`
	}
	json.Unmarshal(c.Config, &s)
	return s.Name
}

// about are settings of a layer's config that no call of its class has.
var about = []string{"name", "trainable", "dtype", "batch_input_shape", "batch_shape", "input_shape", "sparse", "ragged", "module", "registered_name", "build_config", "renorm", "virtual_batch_size", "adjustment", "rank", "quantization_config", "lora_rank", "supports_masking"}

// fromConfig returns the layer of a config, and those that its activation stands for. Initializers are
// left out, since a model of a file has its weights.
func fromConfig(c config) ([]layer.Layer, error) {
	if c.Class == "Normalization" {
		if l := normalization(c.Config); l != nil {
			return l, nil
		}
	}
	class, ok := classOf(path(c.Class))
	if !ok {
		return nil, fmt.Errorf("%.40s is not among the layers here: %s", c.Class, c.remedy())
	}
	var settings map[string]any
	d := json.NewDecoder(strings.NewReader(string(c.Config)))
	d.UseNumber()
	if err := d.Decode(&settings); err != nil {
		return nil, err
	}
	if class == "Dropout" && perChannel(settings["noise_shape"]) { // as TensorFlow.js can say it
		class = "SpatialDropout2D"
		delete(settings, "noise_shape")
	}
	if sizes, ok := settings["target_shape"].([]any); ok { // whose -1 TensorFlow.js writes as null
		for i, n := range sizes {
			if n == nil {
				sizes[i] = json.Number("-1")
			}
		}
	}
	if class != "Activation" && settings["activation"] == "linear" { // which is how none is written
		delete(settings, "activation")
	}
	args := []given{}
	for _, a := range layer.Arguments(class) {
		for _, key := range []string{a.Name, "alpha"} {
			if v, ok := settings[key]; ok && (key == a.Name || a.Name == "negative_slope") && a.Kind != layer.FirstValues {
				args = append(args, given{a.Name, single(fromJSON(v))})
				delete(settings, key)
			}
		}
		delete(settings, a.Name)
	}
	for name, v := range settings {
		_, known := usual[name]
		if known && !slices.Contains(about, name) && !strings.HasSuffix(name, "_initializer") && !strings.HasSuffix(name, "_constraint") {
			args = append(args, given{name, fromJSON(v)})
		}
	}
	v, err := (&reader{}).layer(class, args, 0)
	if err != nil {
		return nil, errors.New(plainly(err))
	}
	return v.(*made).layers, nil
}

// perChannel reports whether a Dropout's noise_shape is [None, 1, 1, None], with which it drops whole
// channels.
func perChannel(v any) bool {
	s, ok := v.([]any)
	return ok && len(s) == 4 && s[0] == nil && s[1] == json.Number("1") && s[2] == json.Number("1") && s[3] == nil
}

// fromJSON turns a value of JSON into one that the reader of code has.
func fromJSON(v any) any {
	switch v := v.(type) {
	case json.Number:
		if n, err := v.Int64(); err == nil {
			return n
		}
		f, err := v.Float64()
		if err != nil {
			return unknown{what: cut(v.String())}
		}
		return f
	case []any:
		s := &sequence{tuple: true}
		for _, item := range v {
			s.items = append(s.items, fromJSON(item))
		}
		return s
	case map[string]any: // an object with its class: an activation, a regularizer, a number as numpy's
		name, _ := v["class_name"].(string)
		switch inner := v["config"].(type) {
		case string: // a function
			return inner
		case map[string]any:
			if class, ok := classOf(path(name)); ok {
				layers, err := fromConfig(config{Class: class, Config: encoded(inner)})
				if err != nil {
					return unknown{what: cut(name)}
				}
				return &made{layers: layers}
			}
			n := &named{name: name, args: map[string]any{}}
			for k, item := range inner {
				n.args[k] = fromJSON(item)
			}
			if l1, ok := real(n.args["l1"]); ok && l1 == 0 && strings.EqualFold(name, "L1L2") {
				n.name = "l2"
			}
			return n
		}
		if value, ok := v["value"]; ok {
			return fromJSON(value)
		}
		return unknown{what: cut(name)}
	}
	return v
}

// single returns the one item of a list, as tf.keras writes a normalisation's axis and a ReLU's slope.
func single(v any) any {
	if s, ok := v.(*sequence); ok && len(s.items) == 1 {
		return s.items[0]
	}
	return v
}

func encoded(v any) json.RawMessage {
	b, _ := json.Marshal(v)
	return b
}

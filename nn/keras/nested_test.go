package keras

import (
	"fmt"
	"strings"
	"testing"
)

// nestedConfig returns a model with another one within it, whose layers and outputs are given.
func nestedConfig(inner, outputs, from string) string {
	return `{"class_name": "Functional", "config": {"name": "whole", "layers": [
		{"class_name": "InputLayer", "name": "in", "config": {"batch_shape": [null, 8, 8, 3], "name": "in"}, "inbound_nodes": []},
		{"class_name": "ReLU", "name": "first", "config": {"name": "first"}, "inbound_nodes": [[["in", 0, 0, {}]]]},
		{"class_name": "Functional", "name": "base", "config": {"name": "base", "layers": [` + inner + `], "output_layers": [` + outputs + `]}, "inbound_nodes": [[` + from + `]]},
		{"class_name": "Flatten", "name": "flat", "config": {"name": "flat"}, "inbound_nodes": [[["base", 1, 0, {}]]]}
	], "output_layers": [["flat", 0, 0]]}}`
}

// Layers of a model within the model.
const (
	innerInput = `{"class_name": "InputLayer", "name": "in", "config": {"batch_shape": [null, 8, 8, 3], "name": "in"}, "inbound_nodes": []}`
	innerPool  = `{"class_name": "MaxPooling2D", "name": "first", "config": {"name": "first"}, "inbound_nodes": [[["in", 0, 0, {}]]]}`
	innerAdd   = `{"class_name": "Add", "name": "sum", "config": {"name": "sum"}, "inbound_nodes": [[["first", 0, 0, {}], ["first", 0, 0, {}]]]}`
	innerRow   = `{"class_name": "Sequential", "name": "row", "config": {"name": "row", "layers": [{"class_name": "ReLU", "config": {"name": "deep"}}]}, "inbound_nodes": [[["in", 0, 0, {}]]]}`
)

// TestNested makes models within the model part of it: names count within each, a model may be within one
// that is within, and the output of one may be its input.
func TestNested(t *testing.T) {
	const once = `["first", 0, 0, {}]`
	for name, c := range map[string]struct{ text, layers string }{
		"names of its own": {nestedConfig(innerInput+","+innerPool+","+innerAdd, `["sum", 0, 0]`, once), "re_lu max_pooling2d add flatten: first base base/first base/sum flat"},
		"two deep":         {nestedConfig(innerInput+","+innerRow, `["row", 1, 0]`, once), "re_lu re_lu_1 flatten: first base base/row base/row/deep flat"},
		"nothing in it":    {nestedConfig(innerInput, `["in", 0, 0]`, once), "re_lu flatten: first base flat"},
		"the shape of the pictures within": {`{"class_name": "Sequential", "config": {"layers": [{"class_name": "Sequential", "config": {"name": "a", "layers": [{"class_name": "Dense", "config": {"name": "b", "units": 2, "batch_input_shape": [null, 7]}}]}}]}}`,
			"dense: a a/b"},
	} {
		net, placed, err := Config([]byte(c.text))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var nodes, places []string
		for _, n := range net.Nodes() {
			nodes = append(nodes, n.Name)
		}
		for _, p := range placed {
			places = append(places, strings.TrimPrefix(p.Inside+"/"+p.Name, "/"))
		}
		if got := strings.Join(nodes, " ") + ": " + strings.Join(places, " "); got != c.layers {
			t.Errorf("%s: %s, want %s", name, got, c.layers)
		}
	}
	many := make([]string, 400)
	for i := range many {
		many[i] = fmt.Sprintf(`{"class_name": "Sequential", "config": {"name": "m%d", "layers": [{"class_name": "ReLU", "config": {}}, {"class_name": "ReLU", "config": {}}]}}`, i)
	}
	for want, text := range map[string]string{
		`in the model "base" within the model: a model of several inputs`: nestedConfig(innerInput+","+innerPool, `["first", 0, 0]`, once+","+once),
		`output "none" is not one of its layers`:                          nestedConfig(innerInput+","+innerPool, `["none", 0, 0]`, once),
		"has 2 outputs":                                                   nestedConfig(innerInput+","+innerPool+","+innerAdd, `["first", 0, 0], ["sum", 0, 0]`, once),
		`"first" has the input "flat"`:                                    nestedConfig(innerInput+","+strings.Replace(innerPool, `["in",`, `["flat",`, 1), `["first", 0, 0]`, once),
		"it is called 2 times: want once":                                 strings.Replace(nestedConfig(innerInput+","+innerPool, `["first", 0, 0]`, once), `[["first", 0, 0, {}]]`, `[["first", 0, 0, {}]], [["first", 0, 0, {}]]`, 1),
		"a model of more than 1000 layers":                                `{"class_name": "Sequential", "config": {"layers": [{"class_name": "InputLayer", "config": {"batch_shape": [null, 8]}}, ` + strings.Join(many, ",") + `]}}`,
		"does not say the shape of its input":                             `{"class_name": "Sequential", "config": {"layers": [{"class_name": "Sequential", "config": {"layers": []}}]}}`,
	} {
		if _, _, err := Config([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

// TestReshaped reads the size that is left as Keras writes it, and as TensorFlow.js does.
func TestReshaped(t *testing.T) {
	for _, sizes := range []string{"[-1, 2, 1]", "[null, 2, 1]"} {
		net, _, err := Config([]byte(`{"class_name": "Sequential", "config": {"layers": [{"class_name": "Reshape", "config": {"target_shape": ` + sizes + `, "batch_input_shape": [null, 8]}}]}}`))
		if err != nil || net.Output().String() != "(None, 4, 2, 1)" {
			t.Errorf("%s: %v", sizes, err)
		}
	}
}

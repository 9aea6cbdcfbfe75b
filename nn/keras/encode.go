package keras

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// Dialect is whose JSON a model's config is in.
type Dialect int

const (
	// Keras3 is the config.json of a .keras file.
	Keras3 Dialect = iota
	// Legacy is the model_config of an HDF5 file, as Keras 2 writes it and Keras 3 reads it too.
	Legacy
	// TensorFlowJS is the modelTopology of a model.json: as Legacy, without what TensorFlow.js has
	// no layer or function for, which is an error.
	TensorFlowJS
)

// Encoded is a network in JSON.
type Encoded struct {
	Model    []byte   // the config
	Training []byte   // of Legacy, how the model is compiled; nil without a recipe
	Layers   []Placed // in the order in which Keras has them in model.layers, without the input
}

// InputName is what the layer of the pictures is called.
const InputName = "input_layer"

// Encode writes a network as JSON, the inverse of Config: a Sequential model where the layers stand
// in a row, and a functional one elsewhere, compiled with the recipe's optimiser and loss if there
// is a recipe. Initializers that Keras does not have are written as Keras' usual ones: a model of a
// file has its weights. Sources: serialize_keras_object of
// https://github.com/keras-team/keras/blob/v3.8.0/keras/src/saving/serialization_lib.py,
// serialize_node of keras/src/models/functional.py there, and get_config of each layer.
func Encode(net *model.Network, r *task.Recipe, d Dialect) (*Encoded, error) {
	e := &encoder{net: net, dialect: d}
	if r != nil {
		e.l2 = r.L2
	}
	e.order, e.names = Order(net)
	var config map[string]any
	var err error
	sequential := row(net.Nodes())
	if sequential {
		config, err = e.sequential()
	} else {
		config, err = e.functional()
	}
	if err != nil {
		return nil, err
	}
	out := &Encoded{}
	if r != nil {
		if out.Training, err = e.compiled(*r, config); err != nil {
			return nil, err
		}
	}
	if out.Model, err = json.Marshal(config); err != nil {
		return nil, fmt.Errorf("keras: %w", err)
	}
	for _, i := range e.order {
		class, _ := layer.Class(net.Layer(i))
		out.Layers = append(out.Layers, Placed{Name: e.names[i], Class: class, Node: i})
	}
	return out, nil
}

// encoder writes a network.
type encoder struct {
	net     *model.Network
	dialect Dialect
	l2      float64  // penalty of kernels without their own
	order   []int    // of the nodes in Keras
	names   []string // the nodes'
}

// Order returns the order in which Keras lists a network's layers, whatever the order is in which they
// are written: in a functional model by their distance to the output, the farthest first, and those
// of one distance in the order in which they are found from the output on. names are what the nodes
// are called so that Keras, which numbers the layers of a class in that order in some versions'
// files, calls them the same. Source: map_graph of
// https://github.com/keras-team/keras/blob/v3.8.0/keras/src/ops/function.py.
func Order(net *model.Network) (order []int, names []string) {
	nodes := net.Nodes()
	for i := range nodes {
		order = append(order, i)
	}
	if !row(nodes) {
		found, far := make([]int, len(nodes)), make([]int, len(nodes))
		count := 0
		var find func(i int)
		find = func(i int) {
			if i == model.Input || found[i] > 0 {
				return
			}
			count++
			found[i] = count
			for _, in := range nodes[i].In {
				find(in)
			}
		}
		find(len(nodes) - 1)
		for i := len(nodes) - 1; i >= 0; i-- {
			for _, in := range nodes[i].In {
				if in != model.Input {
					far[in] = max(far[in], far[i]+1)
				}
			}
		}
		slices.SortStableFunc(order, func(a, b int) int {
			if far[a] != far[b] {
				return far[b] - far[a]
			}
			return found[a] - found[b]
		})
	}
	names = make([]string, len(nodes))
	count := map[string]int{}
	for _, i := range order {
		_, stem := layer.Class(nodes[i].Layer)
		names[i] = stem
		if k := count[stem]; k > 0 {
			names[i] = fmt.Sprintf("%s_%d", stem, k)
		}
		count[stem]++
	}
	return order, names
}

// modelName returns a network's name as one that a scope of TensorFlow's may have.
func modelName(name string) string {
	clean := strings.Map(func(c rune) rune {
		switch {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9', c == '-', c == '.':
			return c
		case c >= 'A' && c <= 'Z':
			return c + 'a' - 'A'
		}
		return '_'
	}, name)
	if clean = strings.Trim(clean, "_-."); clean == "" {
		return "model"
	}
	return clean
}

// anyBatch returns a shape with the batch's unknown size.
func anyBatch(s task.Shape) []any {
	all := []any{nil}
	for _, n := range s {
		all = append(all, n)
	}
	return all
}

// object returns a config with its class, in module of Keras.
func (e *encoder) object(module, class string, config any) map[string]any {
	o := map[string]any{"class_name": class, "config": config}
	if e.dialect == Keras3 {
		o["module"], o["registered_name"] = module, nil
	}
	return o
}

// input returns the layer of the pictures.
func (e *encoder) input() map[string]any {
	key := "batch_input_shape"
	if e.dialect == Keras3 {
		key = "batch_shape"
	}
	return e.object("keras.layers", "InputLayer", map[string]any{"name": InputName, "dtype": "float32", "sparse": false, key: anyBatch(e.net.Input)})
}

// layer returns a layer in its place.
func (e *encoder) layer(i int) (map[string]any, error) {
	n := e.net.Nodes()[i]
	class, config, err := e.settings(n.Layer, e.net.LayerInput(i))
	if err != nil {
		return nil, fmt.Errorf("keras: layer %s: %w", n.Name, err)
	}
	if e.dialect == TensorFlowJS && e.twice(n) {
		return nil, fmt.Errorf("keras: layer %s: TensorFlow.js has no way to use an input twice that another layer uses too: it drops it too early", n.Name)
	}
	config["name"], config["dtype"] = e.names[i], "float32"
	if class != "SpatialDropout2D" { // which does not take it in Keras 3
		config["trainable"] = true
	}
	o := e.object("keras.layers", class, config)
	if e.dialect == Keras3 && len(n.In) == 1 {
		o["build_config"] = map[string]any{"input_shape": anyBatch(e.net.LayerInput(i))}
	}
	return o, nil
}

// twice reports whether a node has an input twice that another node has too.
func (e *encoder) twice(n model.Node) bool {
	for k, in := range n.In {
		if !slices.Contains(n.In[:k], in) {
			continue
		}
		for _, other := range e.net.Nodes() {
			if other.Name != n.Name && slices.Contains(other.In, in) {
				return true
			}
		}
	}
	return false
}

func (e *encoder) sequential() (map[string]any, error) {
	layers := []any{e.input()}
	for i := range e.net.Nodes() {
		l, err := e.layer(i)
		if err != nil {
			return nil, err
		}
		layers = append(layers, l)
	}
	config := map[string]any{"name": modelName(e.net.Name), "layers": layers}
	o := e.object("keras", "Sequential", config)
	if e.dialect == Keras3 {
		config["trainable"], config["dtype"], config["build_input_shape"] = true, "float32", anyBatch(e.net.Input)
		o["build_config"] = map[string]any{"input_shape": anyBatch(e.net.Input)}
	}
	return o, nil
}

func (e *encoder) functional() (map[string]any, error) {
	first := e.input()
	first["name"], first["inbound_nodes"] = InputName, []any{}
	layers := []any{first}
	for i, n := range e.net.Nodes() {
		l, err := e.layer(i)
		if err != nil {
			return nil, err
		}
		l["name"], l["inbound_nodes"] = e.names[i], e.inbound(n)
		layers = append(layers, l)
	}
	config := map[string]any{
		"name": modelName(e.net.Name), "trainable": true, "layers": layers,
		"input_layers":  []any{[]any{InputName, 0, 0}},
		"output_layers": []any{[]any{e.names[len(e.names)-1], 0, 0}},
	}
	o := e.object("keras.src.models.functional", "Functional", config)
	if e.dialect == Keras3 {
		o["registered_name"], o["build_config"] = "Functional", map[string]any{"input_shape": anyBatch(e.net.Input)}
	}
	return o, nil
}

// inbound says what a node is called on.
func (e *encoder) inbound(n model.Node) []any {
	var all []any
	for _, in := range n.In {
		name, shape := InputName, e.net.Input
		if in != model.Input {
			name, shape = e.names[in], e.net.Nodes()[in].Out
		}
		if e.dialect != Keras3 {
			all = append(all, []any{name, 0, 0, map[string]any{}})
			continue
		}
		all = append(all, map[string]any{"class_name": "__keras_tensor__", "config": map[string]any{
			"shape": anyBatch(shape), "dtype": "float32", "keras_history": []any{name, 0, 0},
		}})
	}
	if e.dialect != Keras3 {
		return []any{all}
	}
	args := all
	if _, several := n.Layer.(layer.Merger); several {
		args = []any{all}
	}
	return []any{map[string]any{"args": args, "kwargs": map[string]any{}}}
}

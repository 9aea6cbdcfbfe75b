package keras

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/model/modeltest"
	"tenfold/nn/task"
)

// TestEncode writes networks as JSON, and reads them again.
func TestEncode(t *testing.T) {
	var nets []*model.Network
	for _, n := range model.Networks {
		nets = append(nets, n.New())
	}
	seen := map[string]bool{}
	for seed := range uint64(300) {
		nets = append(nets, modeltest.Random(rand.New(rand.NewPCG(seed, 5)), seen))
	}
	refused := 0
	for i, net := range nets {
		for _, d := range []Dialect{Keras3, Legacy, TensorFlowJS} {
			for _, r := range []*task.Recipe{nil, &task.Recipes[i%len(task.Recipes)].Recipe} {
				e, err := Encode(net, r, d)
				if err != nil {
					if d != TensorFlowJS || !strings.Contains(err.Error(), "TensorFlow.js has no") {
						t.Fatal(err)
					}
					refused++
					continue
				}
				again, placed, err := Config(e.Model)
				if err != nil {
					t.Fatalf("network %d, dialect %d: %v\n%s", i, d, err, e.Model)
				}
				if got, want := bare(again), bare(net); got != want {
					t.Fatalf("network %d, dialect %d: it became\n%s\nof\n%s", i, d, got, want)
				}
				for _, p := range placed {
					k := slices.IndexFunc(e.Layers, func(q Placed) bool { return q.Name == p.Name })
					if k < 0 || e.Layers[k].Node != p.Node {
						t.Fatalf("network %d: the layer %s stands at %d", i, p.Name, p.Node)
					}
				}
			}
		}
	}
	if refused > len(nets) {
		t.Errorf("TensorFlow.js has no layer for %d of %d networks", refused/2, len(nets))
	}
	for _, class := range layer.Classes() {
		if !seen[class] {
			t.Errorf("no network had a %s", class)
		}
	}
}

// bare returns a network without the ways in which its weights are drawn, which a file does not need.
func bare(net *model.Network) string {
	nodes := slices.Clone(net.Nodes())
	for i, n := range nodes {
		class, _ := layer.Class(n.Layer)
		given := layer.Given(n.Layer)
		for _, a := range layer.Arguments(class) {
			if a.Kind == layer.FirstValues {
				delete(given, a.Name)
			}
			if a.Name == "activation" && class != "Activation" && given[a.Name] == "linear" {
				delete(given, a.Name)
			}
		}
		if class == "MaxPooling2D" || class == "AveragePooling2D" {
			if _, ok := given["strides"]; !ok {
				given["strides"] = [2]int{2, 2}
				if v, ok := given["pool_size"]; ok {
					given["strides"] = v
				}
			}
		}
		l, err := layer.With(class, given)
		if err != nil {
			panic(err)
		}
		nodes[i].Layer = l
	}
	return Define(net.Input, nodes)
}

// TestConfigs compares what is written of a layer, a call and a compiled model with what Keras 3.8
// writes.
func TestConfigs(t *testing.T) {
	f := model.NewFunctional(task.Shape{8, 8, 3})
	x := f.Add(layer.Conv2D{Filters: 3, KernelSize: [2]int{3, 3}, Padding: layer.Same, L2: 1e-4}, model.Input)
	f.Add(layer.Add{}, x, model.Input)
	net, err := f.Empty()
	if err != nil {
		t.Fatal(err)
	}
	net.Name = "My net!"
	r := task.Recipe{Rate: 0.005, Optimizer: task.Adam, Smoothing: 0.1}
	e, err := Encode(net, &r, Keras3)
	if err != nil {
		t.Fatal(err)
	}
	var config struct {
		Module  string `json:"module"`
		Class   string `json:"class_name"`
		Compile json.RawMessage
		Config  struct {
			Name   string
			Layers []json.RawMessage
			Input  json.RawMessage `json:"input_layers"`
			Output json.RawMessage `json:"output_layers"`
		}
		Compiled json.RawMessage `json:"compile_config"`
	}
	if err := json.Unmarshal(e.Model, &config); err != nil {
		t.Fatal(err)
	}
	for got, want := range map[string]string{
		config.Module + " " + config.Class + " " + config.Config.Name:    "keras.src.models.functional Functional my_net",
		string(config.Config.Input) + " " + string(config.Config.Output): `[["input_layer",0,0]] [["add",0,0]]`,
		string(config.Config.Layers[0]):                                  `{"class_name":"InputLayer","config":{"batch_shape":[null,8,8,3],"dtype":"float32","name":"input_layer","sparse":false},"inbound_nodes":[],"module":"keras.layers","name":"input_layer","registered_name":null}`,
		string(config.Config.Layers[1]):                                  `{"build_config":{"input_shape":[null,8,8,3]},"class_name":"Conv2D","config":{"activation":"linear","activity_regularizer":null,"bias_constraint":null,"bias_initializer":{"class_name":"Zeros","config":{},"module":"keras.initializers","registered_name":null},"bias_regularizer":null,"data_format":"channels_last","dilation_rate":[1,1],"dtype":"float32","filters":3,"groups":1,"kernel_constraint":null,"kernel_initializer":{"class_name":"GlorotUniform","config":{"seed":null},"module":"keras.initializers","registered_name":null},"kernel_regularizer":{"class_name":"L2","config":{"l2":0.0001},"module":"keras.regularizers","registered_name":null},"kernel_size":[3,3],"name":"conv2d","padding":"same","strides":[1,1],"trainable":true,"use_bias":true},"inbound_nodes":[{"args":[{"class_name":"__keras_tensor__","config":{"dtype":"float32","keras_history":["input_layer",0,0],"shape":[null,8,8,3]}}],"kwargs":{}}],"module":"keras.layers","name":"conv2d","registered_name":null}`,
		string(config.Config.Layers[2]):                                  `{"class_name":"Add","config":{"dtype":"float32","name":"add","trainable":true},"inbound_nodes":[{"args":[[{"class_name":"__keras_tensor__","config":{"dtype":"float32","keras_history":["conv2d",0,0],"shape":[null,8,8,3]}},{"class_name":"__keras_tensor__","config":{"dtype":"float32","keras_history":["input_layer",0,0],"shape":[null,8,8,3]}}]],"kwargs":{}}],"module":"keras.layers","name":"add","registered_name":null}`,
		string(config.Compiled):                                          `{"jit_compile":false,"loss":{"class_name":"CategoricalCrossentropy","config":{"from_logits":true,"label_smoothing":0.1,"name":"categorical_crossentropy"},"module":"keras.losses","registered_name":null},"loss_weights":null,"metrics":["accuracy"],"optimizer":{"class_name":"Adam","config":{"beta_1":0.9,"beta_2":0.999,"epsilon":1e-7,"learning_rate":0.005,"name":"adam"},"module":"keras.optimizers","registered_name":null},"run_eagerly":false,"steps_per_execution":1,"weighted_metrics":null}`,
	} {
		if got != want {
			t.Errorf("it is\n%s\nwant\n%s", got, want)
		}
	}
	if e, err = Encode(net, &r, Legacy); err != nil || !strings.Contains(string(e.Training), `"optimizer_config":{"class_name":"Adam"`) || !strings.Contains(string(e.Model), `"inbound_nodes":[[["conv2d",0,0,{}],["input_layer",0,0,{}]]]`) {
		t.Errorf("%s\n%s (%v)", e.Model, e.Training, err)
	}
}

// TestOrder: Keras lists the layers of several paths by their distance to the output.
func TestOrder(t *testing.T) {
	f := model.NewFunctional(task.Shape{8, 8, 4})
	conv := layer.Conv2D{Filters: 4, KernelSize: [2]int{1, 1}}
	short := f.Add(conv, model.Input) // near to the output
	x := f.Add(layer.ReLU{}, f.Add(conv, model.Input))
	x = f.Add(conv, x)
	f.Add(layer.Add{}, short, x)
	net, err := f.Empty()
	if err != nil {
		t.Fatal(err)
	}
	order, names := Order(net)
	if !slices.Equal(order, []int{1, 2, 0, 3, 4}) || !slices.Equal(names, []string{"conv2d_1", "conv2d", "re_lu", "conv2d_2", "add"}) {
		t.Errorf("%v, called %q", order, names)
	}
}

// TestLarge refuses configs that are larger than any model's.
func TestLarge(t *testing.T) {
	for want, text := range map[string]string{
		"nested more than 64 deep": strings.Repeat(`{"a":`, 100),
		"a model of 1001 layers":   `{"class_name": "Sequential", "config": {"layers": [` + strings.Repeat(`{},`, 1000) + `{}]}}`,
		"bytes: want at most":      strings.Repeat(" ", maxConfig+1),
	} {
		if _, _, err := Config([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

func FuzzConfig(f *testing.F) {
	for seed := range uint64(20) {
		net := modeltest.Random(rand.New(rand.NewPCG(seed, 21)), map[string]bool{})
		for _, d := range []Dialect{Keras3, Legacy, TensorFlowJS} {
			if e, err := Encode(net, nil, d); err == nil {
				f.Add(e.Model)
			}
		}
	}
	f.Add([]byte(nestedConfig(innerInput+","+innerPool+","+innerAdd, `["sum", 0, 0]`, `["first", 0, 0, {}]`)))
	f.Add([]byte(nestedConfig(innerInput+","+innerRow, `["row", 1, 0]`, `["first", 0, 0, {}]`)))
	f.Fuzz(func(t *testing.T, text []byte) {
		net, _, err := Config(text)
		if err != nil {
			return
		}
		e, err := Encode(net, nil, Keras3)
		if err != nil {
			t.Fatal(err)
		}
		again, _, err := Config(e.Model)
		if err != nil {
			t.Fatalf("%v\n%s", err, e.Model)
		}
		if got, want := bare(again), bare(net); got != want {
			t.Fatalf("it became\n%s\nof\n%s", got, want)
		}
	})
}

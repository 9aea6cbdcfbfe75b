package convert

import (
	"encoding/json"
	"fmt"

	"tenfold/nn/hdf5"
	"tenfold/nn/keras"
	"tenfold/nn/model"
)

// Versions of Keras whose files these are like.
const (
	kerasVersion  = "3.8.0"  // of a .keras file
	legacyVersion = "2.15.0" // of an HDF5 file
)

// saveKeras writes a .keras file: the config, with how it is trained if how is not nil, metadata, and the
// weights, each layer's and the optimiser's numbered in the order that Keras has them in, none of it
// packed. Source: save_model in
// https://github.com/keras-team/keras/blob/v3.8.0/keras/src/saving/saving_lib.py.
func saveKeras(net *model.Network, how *State) ([]byte, error) {
	e, err := keras.Encode(net, how.recipe(), keras.Keras3)
	if err != nil {
		return nil, err
	}
	said, err := aboutOf(net)
	if err != nil {
		return nil, err
	}
	metadata, err := json.Marshal(map[string]any{"keras_version": kerasVersion, "date_saved": "1980-01-01@00:00:00", aboutName: json.RawMessage(said)})
	if err != nil {
		return nil, fmt.Errorf("convert: %w", err)
	}
	root := &hdf5.Object{}
	root.Group("vars")
	root.Group("layers/" + keras.InputName + "/vars")
	for _, p := range e.Layers {
		root.Group("layers/" + p.Name + "/vars")
		for i, w := range net.Nodes()[p.Node].Weights {
			root.Put(fmt.Sprintf("layers/%s/vars/%d", p.Name, i), w.Shape, w.Data)
		}
	}
	if all := how.variables(net, e.Layers); all != nil {
		root.PutWhole("optimizer/vars/0", how.Steps)
		root.Put("optimizer/vars/1", []int{}, []float32{float32(how.Recipe.Rate)})
		for i, v := range all {
			root.Put(fmt.Sprint("optimizer/vars/", 2+i), v.shape, v.values)
		}
	}
	weights, err := hdf5.Write(root)
	if err != nil {
		return nil, err
	}
	return zipped(member{"metadata.json", metadata}, member{"config.json", e.Model}, member{"model.weights.h5", weights})
}

// saveHDF5 writes a whole model, with how it is trained if how is not nil, as Keras 2 does, which Keras 3
// reads too; but an optimiser's state as Keras 3 does, which Keras 2 says it
// cannot load. Keras takes the weights in the order of layer_names, which is
// that of its model.layers. Source: save_model_to_hdf5 in
// https://github.com/keras-team/keras/blob/v3.8.0/keras/src/legacy/saving/legacy_h5_format.py.
func saveHDF5(net *model.Network, how *State) ([]byte, error) {
	e, err := keras.Encode(net, how.recipe(), keras.Legacy)
	if err != nil {
		return nil, err
	}
	said, err := aboutOf(net)
	if err != nil {
		return nil, err
	}
	root := &hdf5.Object{}
	root.SetString("keras_version", legacyVersion)
	root.SetString("backend", "tensorflow")
	root.SetString("model_config", string(e.Model))
	if e.Training != nil {
		root.SetString("training_config", string(e.Training))
	}
	root.SetString(aboutName, said)
	all := root.Group("model_weights")
	names := []string{keras.InputName}
	all.Group(keras.InputName).SetStrings("weight_names", nil)
	for _, p := range e.Layers {
		names = append(names, p.Name)
		g := all.Group(p.Name)
		var of []string
		for _, w := range net.Nodes()[p.Node].Weights {
			name := p.Name + "/" + kerasWeight(p.Class, w.Name) + ":0"
			of = append(of, name)
			g.Put(name, w.Shape, w.Data)
		}
		g.SetStrings("weight_names", of)
	}
	all.Group("top_level_model_weights").SetStrings("weight_names", nil)
	all.SetStrings("layer_names", names)
	all.SetString("backend", "tensorflow")
	all.SetString("keras_version", legacyVersion)
	if state := how.variables(net, e.Layers); state != nil {
		g, of := root.Group("optimizer_weights"), how.Optimizer()+"/"
		names := []string{of + "iteration", of + "learning_rate"}
		g.PutWhole(names[0], how.Steps)
		g.Put(names[1], []int{}, []float32{float32(how.Recipe.Rate)})
		for _, v := range state {
			names = append(names, of+v.name)
			g.Put(of+v.name, v.shape, v.values)
		}
		g.SetStrings("weight_names", names)
	}
	return hdf5.Write(root)
}

// kerasWeight returns what Keras 2 and TensorFlow.js call one of a layer's
// weights.
func kerasWeight(class, name string) string {
	if class == "DepthwiseConv2D" && name == "kernel" {
		return "depthwise_kernel"
	}
	return name
}

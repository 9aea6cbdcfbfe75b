package convert

import (
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"tenfold/nn/hdf5"
	"tenfold/nn/keras"
	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// isHDF5 reports whether a file is HDF5.
func isHDF5(b []byte) bool { return strings.HasPrefix(string(b[:min(len(b), 8)]), hdf5.Signature) }

// isKeras reports whether a file is Keras 3's .keras: an archive of a config
// and weights.
func isKeras(b []byte) bool {
	if !isZip(b) {
		return false
	}
	z, err := unzip(b)
	if err != nil {
		return strings.HasPrefix(string(b[min(len(b), 30):]), "metadata.json") // cut short
	}
	f := z.find("config.json")
	return f != nil && (z.beside(f, "metadata.json") != nil || z.beside(f, "model.weights.h5") != nil)
}

// openHDF5 opens what Keras writes into HDF5: whole models, and weights alone.
func openHDF5(b []byte, at *model.Network) (*model.Network, error) {
	f, err := hdf5.Read(b)
	if err != nil {
		return nil, err
	}
	if len(f.Root.Strings("model_config")) > 0 {
		return kerasFile(f)
	}
	if f.Root.Strings("layer_names") != nil {
		return alone(at, "save_weights", savedWeights(f.Root))
	}
	if all := numbered(f.Root, "", 0); len(all) > 0 {
		return alone(at, "save_weights, as Keras 3 writes it", &parts{all: all})
	}
	return nil, errors.New("convert: an HDF5 file that Keras has not written: it has no model_config, and no layers with weights")
}

// kerasFile opens what Keras' save_model or Model.save writes into HDF5.
func kerasFile(f *hdf5.File) (*model.Network, error) {
	weights := f.Root.Find("model_weights")
	if weights == nil {
		return nil, errors.New("convert: the file has no model_weights")
	}
	net, placed, err := configured(strings.Join(f.Root.Strings("model_config"), ""))
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(placed, func(p keras.Placed) bool { return p.Inside != "" }) {
		// A model within the model has all of its weights in one list, whose order depends on which of
		// them learn: their names say whose they are.
		if err := matchPlaced(net, savedWeights(weights), placed); err != nil {
			return nil, err
		}
		told(net, strings.Join(f.Root.Strings(aboutName), ""))
		return net, nil
	}
	for _, p := range placed {
		if p.Node < 0 || len(net.Nodes()[p.Node].Weights) == 0 {
			continue
		}
		g := weights.Find(p.Name)
		if g == nil {
			return nil, fmt.Errorf("convert: the file has no weights of the layer %.80q", p.Name)
		}
		if err := fill(net.Nodes()[p.Node], p, g, g.Strings("weight_names")); err != nil {
			return nil, err
		}
	}
	told(net, strings.Join(f.Root.Strings(aboutName), ""))
	return net, nil
}

// configured builds the network of a config, without memory for its weights, and without a task.
func configured(text string) (*model.Network, []keras.Placed, error) {
	net, placed, err := keras.Config([]byte(text))
	if err != nil {
		return nil, nil, err
	}
	net.Task = task.Task{Input: net.Input}
	return net, placed, plausible(net)
}

// openKeras opens a .keras file: the config, and the weights in an HDF5 file of
// their own, where each layer's are numbered. A layer goes by its name, or in
// earlier versions by its class and a number.
func openKeras(b []byte, _ *model.Network) (*model.Network, error) {
	z, err := unzip(b)
	if err != nil {
		return nil, err
	}
	config := z.find("config.json")
	if config == nil {
		return nil, errors.New("convert: the .keras file has no config.json")
	}
	text, err := z.read(config, maxText)
	if err != nil {
		return nil, err
	}
	net, placed, err := configured(string(text))
	if err != nil {
		return nil, err
	}
	held := z.beside(config, "model.weights.h5")
	if held == nil {
		if z.beside(config, "model.weights.npz") != nil {
			return nil, errors.New("convert: the .keras file's weights are in model.weights.npz, which cannot be read here: save it with weights_format=\"h5\"")
		}
		return nil, errors.New("convert: the .keras file has no model.weights.h5")
	}
	inner, err := z.read(held, maxPart)
	if err != nil {
		return nil, err
	}
	f, err := hdf5.Read(inner)
	if err != nil {
		return nil, err
	}
	if f.Root.Strings("layer_names") != nil { // of save_weights, joined with a config
		err = matchPlaced(net, savedWeights(f.Root), placed)
	} else {
		err = numberedWeights(net, placed, f.Root)
	}
	if err != nil {
		return nil, err
	}
	var metadata map[string]json.RawMessage
	if m := z.beside(config, "metadata.json"); m != nil {
		if text, err := z.read(m, maxText); err == nil {
			json.Unmarshal(text, &metadata) // what cannot be read is ignored
		}
	}
	told(net, string(metadata[aboutName]))
	return net, nil
}

// numberedWeights gives a network the weights that the model.weights.h5 of a .keras file holds.
func numberedWeights(net *model.Network, placed []keras.Placed, root *hdf5.Object) error {
	layers := layersOf(root)
	if layers == nil {
		return errors.New("convert: the .keras file's weights are in no layers")
	}
	within := map[string]*hdf5.Object{"": layers} // the layers of a model within the model, by where it is
	count := map[string]int{}
	for _, p := range placed {
		stem := stemOf(net, p)
		numbered := stem
		if k := count[p.Inside+"/"+stem]; k > 0 {
			numbered = fmt.Sprintf("%s_%d", stem, k)
		}
		count[p.Inside+"/"+stem]++
		layers := within[p.Inside]
		if layers == nil {
			return fmt.Errorf("convert: the file has no weights of the model %.80q within the model", p.Inside)
		}
		if p.Node < 0 {
			inside := strings.TrimPrefix(p.Inside+"/"+p.Name, "/")
			if within[inside] = layersOf(layers.Find(p.Name)); within[inside] == nil {
				within[inside] = layersOf(layers.Find(numbered))
			}
			continue
		}
		n := net.Nodes()[p.Node]
		if len(n.Weights) == 0 {
			continue
		}
		g := layers.Find(p.Name + "/vars")
		if g == nil || len(g.Children) == 0 {
			g = layers.Find(numbered + "/vars")
		}
		if g == nil {
			return fmt.Errorf("convert: the file has no weights of the layer %.80q", p.Name)
		}
		names := make([]string, len(g.Children))
		for i := range names {
			names[i] = fmt.Sprint(i)
		}
		if err := fill(n, p, g, names); err != nil {
			return err
		}
	}
	return nil
}

// layersOf returns the group in which a model's group has its layers; nil if
// there is none.
func layersOf(model *hdf5.Object) *hdf5.Object {
	if model == nil {
		return nil
	}
	if g := model.Find("layers"); g != nil {
		return g
	}
	return model.Find("_layer_checkpoint_dependencies") // of Keras 2.12 to 2.15
}

// stemOf returns what Keras calls a layer of its class, or a model, before
// numbering.
func stemOf(net *model.Network, p keras.Placed) string {
	if p.Node < 0 {
		return strings.ToLower(p.Class)
	}
	_, stem := layer.Class(net.Nodes()[p.Node].Layer)
	return stem
}

// fill gives a layer its weights, which are called names, in order.
func fill(n model.Node, p keras.Placed, g *hdf5.Object, names []string) error {
	if len(names) != len(n.Weights) {
		return fmt.Errorf("convert: the layer %.80q has %d tensors of weights: want %d", p.Name, len(names), len(n.Weights))
	}
	for i, w := range n.Weights {
		o := g.Find(names[i])
		if o == nil || o.Dataset == nil {
			return fmt.Errorf("convert: the weights %.80q of the layer %.80q are not in the file", names[i], p.Name)
		}
		if !slices.Equal(o.Shape, []int(w.Shape)) {
			return fmt.Errorf("convert: the weights %.80q have shape %v: want %v", names[i], o.Shape, []int(w.Shape))
		}
		x, err := values(o, names[i])
		if err != nil {
			return err
		}
		w.Data = x
	}
	return nil
}

// values returns the numbers of weights in an HDF5 file.
func values(o *hdf5.Object, name string) ([]float32, error) {
	x, err := o.Read()
	if err != nil {
		return nil, err
	}
	if o.Whole() {
		return nil, fmt.Errorf("convert: the weights %.80q are whole numbers, as in a quantised network", name)
	}
	return x, sound(name, x)
}

// sound returns an error if the numbers cannot be weights.
func sound(name string, x []float32) error {
	for _, v := range x {
		if v-v != 0 {
			return fmt.Errorf("convert: the weights %.80q are damaged: one of them is %v", name, v)
		}
	}
	return nil
}

// savedWeights returns the weights of Keras 2's save_weights, and of Keras 3's
// into .h5, in the order of the model's layers, in which Keras takes them.
func savedWeights(root *hdf5.Object) *parts {
	all := &parts{ordered: true}
	for _, name := range root.Strings("layer_names") {
		g := root.Find(name)
		if g == nil {
			continue
		}
		for _, w := range g.Strings("weight_names") {
			o := g.Find(w)
			if o == nil || o.Dataset == nil {
				continue
			}
			owner := path.Dir(w)
			if owner == "." {
				owner = name
			}
			all.add(owner, path.Base(w), o)
		}
	}
	return all
}

// numbered returns the weights of Keras 3's .weights.h5: each layer's in a
// group vars, by their number.
func numbered(o *hdf5.Object, name string, depth int) []*part {
	const most = 16
	if depth > most {
		return nil
	}
	var all []*part
	for _, c := range o.Children {
		if c.Dataset != nil || depth == 0 && slices.Contains([]string{"optimizer", "loss", "compile_loss", "metrics", "compile_metrics"}, c.Name) {
			continue
		}
		if c.Name != "vars" {
			all = append(all, numbered(c.Object, strings.TrimPrefix(name+"/"+c.Name, "/"), depth+1)...)
			continue
		}
		p := &part{name: name}
		for i := range c.Children {
			v := c.Find(fmt.Sprint(i))
			if v == nil || v.Dataset == nil {
				p.tensors = nil
				break
			}
			p.tensors = append(p.tensors, h5tensor(fmt.Sprint(i), name, v))
		}
		if len(p.tensors) > 0 {
			all = append(all, p)
		}
	}
	return all
}

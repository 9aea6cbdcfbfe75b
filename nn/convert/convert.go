// Package convert opens networks from the files of other tools.
package convert

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"tenfold/nn/cifar10"
	"tenfold/nn/hdf5"
	"tenfold/nn/keras"
	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// Known says whether a file is one of another tool's that Open reads.
func Known(b []byte) bool {
	for _, f := range Formats {
		if f.known(b) {
			return f.Name != Safetensors.Name
		}
	}
	return false
}

// zipped says whether a file is Keras 3's .keras, by the first name in it.
func zipped(b []byte) bool {
	const name = 30 // where it begins
	return bytes.HasPrefix(b, []byte("PK\x03\x04")) && len(b) > name && (bytes.HasPrefix(b[name:], []byte("metadata.json")) || bytes.HasPrefix(b[name:], []byte("config.json")))
}

// Open opens a network from a file of any of the formats. Where the file holds weights alone, they
// are those of a network like at, if that is not nil. What the file does not say of the task, its
// classes and how bytes become numbers, is guessed; see Guess.
func Open(b []byte, at *model.Network) (*model.Network, error) {
	for _, f := range Formats {
		if f.known(b) {
			return f.open(b, at)
		}
	}
	return openSafetensors(b, at) // which says what is wrong with it
}

// isHDF5 says whether a file is HDF5.
func isHDF5(b []byte) bool { return bytes.HasPrefix(b, []byte(hdf5.Signature)) }

// openHDF5 opens what Keras writes into HDF5.
func openHDF5(b []byte, _ *model.Network) (*model.Network, error) {
	f, err := hdf5.Read(b)
	if err != nil {
		return nil, err
	}
	return kerasFile(f)
}

// kerasFile opens what Keras' save_model or Model.save writes into HDF5.
func kerasFile(f *hdf5.File) (*model.Network, error) {
	text := f.Root.Strings("model_config")
	weights := f.Root.Find("model_weights")
	if len(text) == 0 {
		if f.Root.Strings("layer_names") != nil {
			return nil, errors.New("convert: the file has weights alone, from save_weights; save the whole model with model.save(\"model.h5\"), or train -from it with a network that is at hand")
		}
		return nil, errors.New("convert: an HDF5 file that Keras has not written: it has no model_config")
	}
	if weights == nil {
		return nil, errors.New("convert: the file has no model_weights")
	}
	net, placed, err := keras.Config([]byte(strings.Join(text, "")))
	if err != nil {
		return nil, err
	}
	if err := net.Allocate(); err != nil {
		return nil, err
	}
	for _, p := range placed {
		if p.Node < 0 {
			continue
		}
		if len(net.Nodes()[p.Node].Weights) == 0 {
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
	Guess(net)
	return net, nil
}

// maxPart is the most that a part of a .keras file may unpack to, in bytes.
const maxPart = 1 << 30

// openKeras opens a .keras file: the config, and the weights in an HDF5 file of their own, where
// each layer's are numbered. A layer is called by its name, or in earlier versions by its class and
// a number.
func openKeras(b []byte, _ *model.Network) (*model.Network, error) {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, fmt.Errorf("convert: the .keras file is damaged: %w", err)
	}
	part := func(name string) ([]byte, error) {
		f, err := z.Open(name)
		if err != nil {
			return nil, fmt.Errorf("convert: the .keras file has no %s", name)
		}
		defer f.Close()
		text, err := io.ReadAll(io.LimitReader(f, maxPart))
		if err != nil {
			return nil, fmt.Errorf("convert: %s in the .keras file is damaged: %w", name, err)
		}
		return text, nil
	}
	text, err := part("config.json")
	if err != nil {
		return nil, err
	}
	net, placed, err := keras.Config(text)
	if err != nil {
		return nil, err
	}
	held, err := part("model.weights.h5")
	if err != nil {
		return nil, err
	}
	f, err := hdf5.Read(held)
	if err != nil {
		return nil, err
	}
	layers := f.Root.Find("layers")
	if layers == nil {
		layers = f.Root.Find("_layer_checkpoint_dependencies") // of Keras 2.12 to 2.15
	}
	if layers == nil {
		return nil, errors.New("convert: the .keras file's weights are in no layers")
	}
	if err := net.Allocate(); err != nil {
		return nil, err
	}
	count := map[string]int{}
	for _, p := range placed {
		if p.Node < 0 {
			continue
		}
		n := net.Nodes()[p.Node]
		_, stem := layer.Class(n.Layer)
		numbered := stem
		if k := count[stem]; k > 0 {
			numbered = fmt.Sprintf("%s_%d", stem, k)
		}
		count[stem]++
		if len(n.Weights) == 0 {
			continue
		}
		g := layers.Find(p.Name + "/vars")
		if g == nil || len(g.Children) == 0 {
			g = layers.Find(numbered + "/vars")
		}
		if g == nil {
			return nil, fmt.Errorf("convert: the file has no weights of the layer %.80q", p.Name)
		}
		names := make([]string, len(g.Children))
		for i := range names {
			names[i] = fmt.Sprint(i)
		}
		if err := fill(n, p, g, names); err != nil {
			return nil, err
		}
	}
	Guess(net)
	return net, nil
}

// fill gives a layer its weights, which are called names in their order.
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
		x, err := o.Read()
		if err != nil {
			return err
		}
		if o.Whole() {
			return fmt.Errorf("convert: the weights %.80q are whole numbers, as in a quantised network", names[i])
		}
		for _, v := range x {
			if v-v != 0 {
				return fmt.Errorf("convert: the weights %.80q are damaged: one of them is %v", names[i], v)
			}
		}
		copy(w.Data, x)
	}
	return nil
}

// Guess sets the task of a network whose file does not say it: CIFAR-10's classes where there are
// ten and the pictures are its, or else numbered ones; bytes as they are where the first layer
// rescales them, and otherwise as the tutorial scales them.
func Guess(net *model.Network) {
	t := task.Task{Input: net.Input, Scale: task.Scale, Shift: task.Shift}
	if n := net.Output().Size(); n == len(cifar10.Task.Classes) && slices.Equal(net.Input, cifar10.Task.Input) {
		t.Classes = cifar10.Task.Classes
	} else if n <= task.MaxClasses {
		for i := range n {
			t.Classes = append(t.Classes, fmt.Sprintf("class %d", i))
		}
	}
	if _, ok := net.Layer(0).(layer.Rescaling); ok {
		t.Scale, t.Shift = 1, 0
	}
	net.Task = t
}

// Package convert opens networks from the files of other tools.
package convert

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"tenfold/nn/checkpoint"
	"tenfold/nn/cifar10"
	"tenfold/nn/hdf5"
	"tenfold/nn/keras"
	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// Known says whether a file is one of another tool's that Open reads.
func Known(b []byte) bool { return bytes.HasPrefix(b, []byte(hdf5.Signature)) }

// Open opens a network from a file: safetensors of this project, or an HDF5 file of Keras'
// save_model. What the file does not say of the task, its classes and how bytes become numbers, is
// guessed; see Guess.
func Open(b []byte) (*model.Network, error) {
	if Known(b) {
		f, err := hdf5.Read(b)
		if err != nil {
			return nil, err
		}
		return kerasFile(f)
	}
	f, err := checkpoint.Decode(b)
	if err != nil {
		return nil, err
	}
	return model.Open(f)
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
		if err := fill(net.Nodes()[p.Node], p, weights.Find(p.Name)); err != nil {
			return nil, err
		}
	}
	Guess(net)
	return net, nil
}

// fill gives a layer its weights, which stand in the order of weight_names.
func fill(n model.Node, p keras.Placed, g *hdf5.Object) error {
	if len(n.Weights) == 0 {
		return nil
	}
	if g == nil {
		return fmt.Errorf("convert: the file has no weights of the layer %.80q", p.Name)
	}
	names := g.Strings("weight_names")
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

package convert

import (
	"fmt"
	"strings"

	"tenfold/nn/checkpoint"
	"tenfold/nn/model"
	"tenfold/nn/onnx"
)

// A Format is a kind of file in which a network moves from tool to tool.
type Format struct {
	// Name is what people call it, and Ending how the names of its files end.
	Name, Ending string
	// known says whether a file is one of its, by what is in it. Of more than one that do,
	// the first in the list of formats has it.
	known func(b []byte) bool
	// open opens a network. Where the file holds weights alone, they are those of a network like
	// at, which is not changed; without one, at is nil, and that is an error.
	open func(b []byte, at *model.Network) (*model.Network, error)
	// save writes a network as one file, or is nil where the format is read alone.
	save func(net *model.Network) ([]byte, error)
}

// Formats are all that are known, in the order in which they are offered.
var Formats = []Format{
	Safetensors,
	{Name: "Keras 3", Ending: ".keras", known: zipped, open: openKeras},
	{Name: "Keras HDF5", Ending: ".h5", known: isHDF5, open: openHDF5},
	{Name: "ONNX", Ending: ".onnx", known: onnx.Known, open: openONNX, save: onnx.Write},
}

// Safetensors is this project's own.
var Safetensors = Format{Name: "safetensors", Ending: ".safetensors", known: isSafetensors, open: openSafetensors, save: saveSafetensors}

// Of gives the format of a file's name.
func Of(name string) (Format, error) {
	var endings []string
	for _, f := range Formats {
		if strings.HasSuffix(strings.ToLower(name), f.Ending) {
			return f, nil
		}
		endings = append(endings, f.Ending)
	}
	return Format{}, fmt.Errorf("convert: %q has the name of no format: want one that ends in %s", name, strings.Join(endings, ", "))
}

// Save writes a network in a format.
func (f Format) Save(net *model.Network) ([]byte, error) {
	if f.save == nil {
		return nil, fmt.Errorf("convert: %s is read alone", f.Name)
	}
	return f.save(net)
}

// isSafetensors says whether a file is safetensors: a length of eight bytes, and JSON.
func isSafetensors(b []byte) bool { return len(b) > 8 && b[8] == '{' }

// saveSafetensors writes this project's own file.
func saveSafetensors(net *model.Network) ([]byte, error) {
	f, err := net.File()
	if err != nil {
		return nil, err
	}
	return f.Encode(checkpoint.F32)
}

// openSafetensors opens this project's own file.
func openSafetensors(b []byte, _ *model.Network) (*model.Network, error) {
	f, err := checkpoint.Decode(b)
	if err != nil {
		return nil, err
	}
	return model.Open(f)
}

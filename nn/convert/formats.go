package convert

import (
	"fmt"
	"strings"

	"tenfold/nn/model"
	"tenfold/nn/onnx"
)

// A Format is a kind of file in which a network moves from tool to tool.
type Format struct {
	// Name is what people call it, and Ending how the names of its files end.
	Name, Ending string
	// known reports whether a file is of this format, by its content. If
	// several formats know it, the first in the list has it.
	known func(b []byte) bool
	// open opens a network. Where the file holds weights alone, they are those of a network like
	// at, which is not changed; without one, at is nil, and that is an error.
	open func(b []byte, at *model.Network) (*model.Network, error)
	// save writes a network as one file, with how it is trained if that is
	// known and the format has a place for it.
	save func(net *model.Network, how *State) ([]byte, error)
	// unpack says that save writes an archive whose files the tool wants; a
	// bundle has the files instead.
	unpack bool
	// loading is what a bundle's README says about loading the file, in
	// Markdown; see Bundle for what stands in braces.
	loading string
}

// Formats are all formats, in the order in which they are offered.
var Formats = []Format{
	Safetensors,
	{Name: "Keras 3", Ending: ".keras", known: isKeras, open: openKeras, save: saveKeras, loading: kerasLoading},
	{Name: "Keras HDF5", Ending: ".h5", known: isHDF5, open: openHDF5, save: saveHDF5, loading: kerasLoading},
	{Name: "TensorFlow.js", Ending: ".tfjs.zip", known: isTensorFlowJS, open: openTensorFlowJS, save: saveTensorFlowJS, unpack: true, loading: tensorFlowJSLoading},
	{Name: "ONNX", Ending: ".onnx", known: onnx.Known, open: openONNX, save: saveONNX, loading: onnxLoading},
}

// Safetensors is this project's own.
var Safetensors = Format{Name: "safetensors", Ending: ".safetensors", known: isSafetensors, open: openSafetensors, save: saveSafetensors, loading: safetensorsLoading}

// otherEndings are further endings of formats' files.
var otherEndings = map[string]string{".hdf5": ".h5"}

// Of returns the format of a file's name.
func Of(name string) (Format, error) {
	name = strings.ToLower(name)
	for other, ending := range otherEndings {
		if s, ok := strings.CutSuffix(name, other); ok {
			name = s + ending
		}
	}
	var endings []string
	for _, f := range Formats {
		if strings.HasSuffix(name, f.Ending) {
			return f, nil
		}
		endings = append(endings, f.Ending)
	}
	return Format{}, fmt.Errorf("convert: %q has the name of no format: want one that ends in %s", name, strings.Join(endings, ", "))
}

// Bundled returns the format of a bundle's name, which is a file's with .zip
// appended: model.h5.zip. A format of several files has only bundles:
// model.tfjs.zip.
func Bundled(name string) (Format, bool) {
	if f, err := Of(name); err == nil {
		return f, f.unpack
	}
	if s, ok := strings.CutSuffix(strings.ToLower(name), ".zip"); ok {
		if f, err := Of(s); err == nil {
			return f, true
		}
	}
	return Format{}, false
}

// Save writes a network in a format. Where how is not nil, the file has the optimiser and the loss with
// which the network is trained, and the optimiser's state, as far as the format has a place for them.
func (f Format) Save(net *model.Network, how *State) ([]byte, error) { return f.save(net, how) }

package convert

import (
	"tenfold/nn/model"
	"tenfold/nn/onnx"
)

// openONNX opens an ONNX file, with the classes and the scaling that it names.
func openONNX(b []byte, _ *model.Network) (*model.Network, error) { return onnx.Read(b) }

// saveONNX writes an ONNX file, which has no place for how a network is trained.
func saveONNX(net *model.Network, _ *State) ([]byte, error) { return onnx.Write(net) }

package convert

import (
	"tenfold/nn/model"
	"tenfold/nn/onnx"
)

// openONNX opens an ONNX file. Classes and scaling are those that it names, or guessed.
func openONNX(b []byte, _ *model.Network) (*model.Network, error) {
	net, err := onnx.Read(b)
	if err != nil {
		return nil, err
	}
	if len(net.Classes) == 0 {
		Guess(net)
	}
	return net, nil
}

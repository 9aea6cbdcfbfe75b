package convert

import (
	"slices"
	"strings"

	"tenfold/nn/checkpoint"
	"tenfold/nn/model"
)

// isSafetensors reports whether a file is safetensors: a length of eight bytes,
// and JSON.
func isSafetensors(b []byte) bool { return len(b) > 8 && b[8] == '{' }

// saveSafetensors writes this project's own file.
func saveSafetensors(net *model.Network, _ *State) ([]byte, error) {
	f, err := net.File()
	if err != nil {
		return nil, err
	}
	return f.Encode(checkpoint.F32)
}

// openSafetensors opens this project's own file, and any other tool's weights
// alone.
func openSafetensors(b []byte, at *model.Network) (*model.Network, error) {
	f, err := checkpoint.Decode(b)
	if err != nil {
		return nil, err
	}
	if f.Metadata["architecture"] != "" {
		return model.Open(f)
	}
	return alone(at, "safetensors", tensorsOf(f))
}

// tensorsOf returns the layers' weights in a file: "conv2d/kernel:0" and
// "model.features.0.weight" end in the weight's name, after the layer's.
func tensorsOf(f *checkpoint.File) *parts {
	all := &parts{}
	for _, t := range f.Tensors {
		owner, name := "", strings.TrimSuffix(t.Name, ":0")
		if at := strings.LastIndexAny(name, "/."); at >= 0 {
			owner, name = strings.ReplaceAll(name[:at], ".", "/"), name[at+1:]
		}
		p := all.of(owner)
		p.tensors = append(p.tensors, tensor{name, t.Name, t.Shape, func() ([]float32, error) {
			return t.Data, model.Sound(t)
		}})
		all.torch = all.torch || slices.Contains([]string{"weight", "running_mean"}, name)
	}
	return all
}

package convert

import (
	"fmt"
	"strings"

	"tenfold/nn/hdf5"
	"tenfold/nn/keras"
)

// LeftOut says which layers of a model of Keras' are not in the network, since a trained one answers the
// same without them: those that change pictures in training alone.
func (o *Opened) LeftOut() []string {
	_, placed, err := keras.Config(o.config())
	if err != nil {
		return nil
	}
	var all []string
	for _, p := range placed {
		if keras.Idle(p.Class) {
			all = append(all, fmt.Sprintf("the layer %.80q (%s) is left out, which does nothing in a trained network", p.Name, p.Class))
		}
	}
	return all
}

// config is the JSON of a model of Keras' or TensorFlow.js'; nil if the file has none.
func (o *Opened) config() []byte {
	switch {
	case isHDF5(o.file):
		if f, err := hdf5.Read(o.file); err == nil {
			return []byte(strings.Join(f.Root.Strings("model_config"), ""))
		}
	case isKeras(o.file):
		return configOfKeras(o.file)
	case isTensorFlowJS(o.file) && isZip(o.file):
		z, err := unzip(o.file)
		if err != nil {
			return nil
		}
		text, err := z.read(z.model(), maxText)
		if err != nil {
			return nil
		}
		if m, err := topology(text); err == nil {
			return m.Topology
		}
	}
	return nil
}

package convert

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
)

// Together joins several files that belong together, by name, into one that
// Open reads: a model.json of TensorFlow.js and its .bin files; or a config of
// Keras', as model.to_json() and an unpacked .keras file have it, and weights
// in HDF5. A single file is returned as it is.
func Together(files map[string][]byte) ([]byte, error) {
	if len(files) == 1 {
		for _, b := range files {
			return b, nil
		}
	}
	var models, configs, weights []string
	for name, b := range files {
		switch {
		case isModelJSON(b):
			models = append(models, name)
		case isHDF5(b):
			weights = append(weights, name)
		case strings.HasSuffix(name, ".json") && config(b):
			configs = append(configs, name)
		}
	}
	switch {
	case len(models) > 1:
		return nil, errors.New("convert: two models of TensorFlow.js at once: choose one model.json with its .bin files")
	case len(models) == 1:
		return shards(files, models[0])
	case len(configs) == 1 && len(weights) == 1:
		return zipped(member{"config.json", files[configs[0]]}, member{"model.weights.h5", files[weights[0]]}, member{"metadata.json", files["metadata.json"]})
	}
	return nil, errors.New("convert: several files that do not belong together: choose one model, or a model.json of TensorFlow.js with its .bin files")
}

// shards puts the model.json that is called name and its .bin files into one file.
func shards(files map[string][]byte, name string) ([]byte, error) {
	m, err := topology(files[name])
	if err != nil {
		return nil, err
	}
	all, used := []member{{tfName, files[name]}}, []string{}
	for _, g := range m.Manifest {
		for _, p := range g.Paths {
			b, ok := files[path.Base(p)]
			if !ok {
				return nil, fmt.Errorf("convert: model.json has weights in %.80q too: choose all of its .bin files together with it", path.Base(p))
			}
			if !slices.Contains(used, p) {
				all, used = append(all, member{p, b}), append(used, p)
			}
		}
	}
	return zipped(all...)
}

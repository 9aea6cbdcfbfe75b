package convert

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"path"
	"strings"

	"tenfold/nn/checkpoint"
	"tenfold/nn/keras"
	"tenfold/nn/model"
)

// tfModel is a model.json of TensorFlow.js. Source: ModelJSON in
// https://github.com/tensorflow/tfjs/blob/tfjs-v4.22.0/tfjs-core/src/io/types.ts.
type tfModel struct {
	Format      string          `json:"format"`
	GeneratedBy string          `json:"generatedBy"`
	ConvertedBy *string         `json:"convertedBy"`
	Topology    json.RawMessage `json:"modelTopology"`
	Manifest    []tfGroup       `json:"weightsManifest"`
	Metadata    map[string]any  `json:"userDefinedMetadata,omitempty"`
}

// tfGroup are weights that follow one another in the bytes of some files.
type tfGroup struct {
	Paths   []string   `json:"paths"`
	Weights []tfWeight `json:"weights"`
}

// tfWeight is one array.
type tfWeight struct {
	Name         string      `json:"name"`
	Shape        []int       `json:"shape"`
	Type         string      `json:"dtype"`
	Quantization *tfQuantity `json:"quantization,omitempty"`
}

// tfQuantity says how numbers are kept small: each is its whole number times
// Scale plus Min, or it is a float16.
type tfQuantity struct {
	Type  string  `json:"dtype"`
	Scale float64 `json:"scale"`
	Min   float64 `json:"min"`
}

// Names of the files of a model.
const (
	tfName  = "model.json"
	tfShard = "group1-shard1of1.bin"
)

// isTensorFlowJS reports whether a file is a model of TensorFlow.js: an archive
// with a model.json, or that file alone.
func isTensorFlowJS(b []byte) bool {
	if !isZip(b) {
		return isModelJSON(b)
	}
	if isKeras(b) {
		return false
	}
	z, err := unzip(b)
	return err == nil && z.model() != nil
}

// model returns the file that describes a model of TensorFlow.js; nil if there
// is none.
func (a *archive) model() *zip.File {
	if f := a.find(tfName); f != nil {
		return f
	}
	for _, f := range a.File {
		if strings.HasSuffix(f.Name, ".json") && !hidden(f.Name) {
			if b, err := a.read(f, maxText); err == nil && isModelJSON(b) {
				return f
			}
		}
	}
	return nil
}

// isModelJSON reports whether a file is a model.json.
func isModelJSON(b []byte) bool {
	return bytes.HasPrefix(bytes.TrimSpace(b[:min(len(b), 64)]), []byte("{")) && bytes.Contains(b, []byte(`"modelTopology"`)) && bytes.Contains(b, []byte(`"weightsManifest"`))
}

// openTensorFlowJS opens a layers model of TensorFlow.js, whose topology is as Keras 2 or 3 has it.
func openTensorFlowJS(b []byte, _ *model.Network) (*model.Network, error) {
	if !isZip(b) {
		return nil, errors.New("convert: a model.json of TensorFlow.js without its weights: choose it together with its .bin files, or put all of them into one .zip")
	}
	z, err := unzip(b)
	if err != nil {
		return nil, err
	}
	f := z.model()
	if f == nil {
		return nil, errors.New("convert: the archive has no model.json")
	}
	text, err := z.read(f, maxText)
	if err != nil {
		return nil, err
	}
	m, err := topology(text)
	if err != nil {
		return nil, err
	}
	net, placed, err := configured(string(m.Topology))
	if err != nil {
		return nil, err
	}
	s := &parts{}
	for _, g := range m.Manifest {
		var data []byte
		for _, p := range g.Paths {
			shard := z.beside(f, p)
			if shard == nil {
				return nil, fmt.Errorf("convert: the archive has no %.80q, in which model.json says that weights are", p)
			}
			b, err := z.read(shard, maxPart)
			if err != nil {
				return nil, err
			}
			data = append(data, b...)
		}
		if err := g.add(s, data); err != nil {
			return nil, err
		}
	}
	if err := matchPlaced(net, s, placed); err != nil {
		return nil, err
	}
	said, err := json.Marshal(m.Metadata[aboutName])
	if err != nil {
		return nil, fmt.Errorf("convert: %w", err)
	}
	told(net, string(said))
	return net, nil
}

// topology reads a model.json; its Topology becomes a config of Keras'.
func topology(text []byte) (*tfModel, error) {
	var m tfModel
	if err := json.Unmarshal(text, &m); err != nil {
		return nil, fmt.Errorf("convert: model.json cannot be read: %w", err)
	}
	var t struct {
		Node   json.RawMessage `json:"node"`
		Class  string          `json:"class_name"`
		Config json.RawMessage `json:"model_config"`
	}
	if err := json.Unmarshal(m.Topology, &t); err != nil {
		return nil, fmt.Errorf("convert: the modelTopology of model.json cannot be read: %w", err)
	}
	switch {
	case m.Format == "graph-model" || t.Node != nil:
		return nil, errors.New("convert: a graph model of TensorFlow.js, which has TensorFlow's operations instead of layers, cannot be read here: save a layers model with model.save(), or convert the Keras model with tensorflowjs_converter --output_format=tfjs_layers_model")
	case t.Config != nil:
		m.Topology = t.Config
	case t.Class == "":
		return nil, errors.New("convert: model.json has no layers")
	}
	return &m, nil
}

// add adds a group's weights, which lie in data.
func (g tfGroup) add(s *parts, data []byte) error {
	for _, w := range g.Weights {
		kind := w.Type
		if w.Quantization != nil {
			kind = w.Quantization.Type
		}
		size, ok := map[string]int{"float32": 4, "float16": 2, "uint8": 1, "uint16": 2, "int32": 4, "bool": 1}[kind]
		if !ok {
			return fmt.Errorf("convert: the weights %.80q are of the type %.20q: want float32, or those kept as float16, uint8 or uint16", w.Name, kind)
		}
		n := 1
		for _, d := range w.Shape {
			if d < 0 || d > 0 && n > len(data)/d {
				return fmt.Errorf("convert: the weights %.80q of shape %v do not fit into %d bytes", w.Name, w.Shape, len(data))
			}
			n *= d
		}
		if n*size > len(data) {
			return fmt.Errorf("convert: the .bin files are cut short: the weights %.80q of shape %v need %d bytes, there are %d", w.Name, w.Shape, n*size, len(data))
		}
		b := data[:n*size]
		data = data[n*size:]
		if w.Type != "float32" && w.Type != "float16" { // a counter, or the state of random numbers
			continue
		}
		owner, name := path.Dir(w.Name), strings.TrimSuffix(path.Base(w.Name), ":0")
		owner = strings.TrimSuffix(owner, "/vars") // as of Keras 3
		p := s.of(owner)
		p.tensors = append(p.tensors, tensor{name, w.Name, w.Shape, func() ([]float32, error) {
			x, err := numbers(b, kind, w.Quantization)
			return x, errors.Join(err, sound(w.Name, x))
		}})
	}
	return nil
}

// numbers returns the numbers in an array's bytes.
func numbers(b []byte, kind string, q *tfQuantity) ([]float32, error) {
	switch kind {
	case "float32":
		return checkpoint.Values(b, checkpoint.F32)
	case "float16":
		return checkpoint.Values(b, checkpoint.F16)
	}
	var x []float32
	scale, least := 1.0, 0.0
	if q != nil {
		scale, least = q.Scale, q.Min
	}
	size := map[string]int{"uint8": 1, "uint16": 2}[kind]
	for i := 0; i < len(b); i += size {
		v := float64(b[i])
		if size == 2 {
			v = float64(binary.LittleEndian.Uint16(b[i:]))
		}
		x = append(x, float32(v*scale+least))
	}
	return x, nil
}

// saveTensorFlowJS writes an archive of model.json and one file of weights.
func saveTensorFlowJS(net *model.Network, _ *State) ([]byte, error) {
	e, err := keras.Encode(net, nil, keras.TensorFlowJS)
	if err != nil {
		return nil, err
	}
	topology, err := json.Marshal(map[string]any{"keras_version": legacyVersion, "backend": "tensorflow", "model_config": json.RawMessage(e.Model)})
	if err != nil {
		return nil, fmt.Errorf("convert: %w", err)
	}
	said, err := aboutOf(net)
	if err != nil {
		return nil, err
	}
	g := tfGroup{Paths: []string{tfShard}, Weights: []tfWeight{}}
	var data []byte
	for _, p := range e.Layers {
		for _, w := range net.Nodes()[p.Node].Weights {
			g.Weights = append(g.Weights, tfWeight{Name: p.Name + "/" + kerasWeight(p.Class, w.Name), Shape: w.Shape, Type: "float32"})
			for _, v := range w.Data {
				data = binary.LittleEndian.AppendUint32(data, math.Float32bits(v))
			}
		}
	}
	text, err := json.Marshal(tfModel{
		Format: "layers-model", GeneratedBy: "Tenfold", Topology: topology, Manifest: []tfGroup{g},
		Metadata: map[string]any{aboutName: json.RawMessage(said)},
	})
	if err != nil {
		return nil, fmt.Errorf("convert: %w", err)
	}
	return zipped(member{tfName, text}, member{tfShard, data})
}

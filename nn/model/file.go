package model

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"tenfold/nn/checkpoint"
	"tenfold/nn/layer"
	"tenfold/nn/task"
)

// architecture is how a model's layers stand in a file's metadata.
type architecture struct {
	Input  task.Shape `json:"input"`
	Layers []placed   `json:"layers"`
}

// placed is a layer in its place.
type placed struct {
	layer.Config
	// Inputs names the layers whose outputs are its inputs, or inputName. Empty means the one
	// before.
	Inputs []string `json:"inputs,omitempty"`
}

// Architecture returns the network without its weights and its task, as JSON: the shape of the pictures,
// and the layers in their places.
func (m *Network) Architecture() (string, error) {
	a := architecture{Input: m.Input}
	for i, n := range m.nodes {
		c, err := layer.Encode(n.Layer)
		if err != nil {
			return "", fmt.Errorf("model: %s: %w", n.Name, err)
		}
		p := placed{Config: c}
		if len(n.In) > 1 || n.In[0] != i-1 {
			for _, in := range n.In {
				p.Inputs = append(p.Inputs, m.name(in))
			}
		}
		a.Layers = append(a.Layers, p)
	}
	text, err := json.Marshal(a)
	if err != nil {
		return "", fmt.Errorf("model: %w", err)
	}
	return string(text), nil
}

// Designed builds the network that Architecture has written, without memory for the weights. One
// that is too large to be real is an error.
func Designed(text string) (*Network, error) {
	var a architecture
	if err := json.Unmarshal([]byte(text), &a); err != nil {
		return nil, fmt.Errorf("model: the architecture cannot be read: %w", err)
	}
	if len(a.Layers) > maxLayers {
		return nil, fmt.Errorf("model: %d layers: want at most %d", len(a.Layers), maxLayers)
	}
	return a.network()
}

// moments is the tensor of a model's Moments, which is not a weight of a layer.
const moments = "moments"

// File returns the model as a safetensors file: the weights by their paths, and as
// metadata the architecture, the task, the name, what was measured, and which pictures
// it was trained on. The tensors share the model's memory.
func (m *Network) File() (*checkpoint.File, error) {
	arch, err := m.Architecture()
	if err != nil {
		return nil, err
	}
	about, err := json.Marshal(m.Task)
	if err != nil {
		return nil, fmt.Errorf("model: %w", err)
	}
	measured, err := json.Marshal(m.Measured)
	if err != nil {
		return nil, fmt.Errorf("model: %w", err)
	}
	f := &checkpoint.File{Metadata: map[string]string{
		"architecture": arch,
		"task":         string(about),
		"name":         m.Name,
		"measured":     string(measured),
	}}
	if m.Temperature != 0 {
		f.Metadata[temperature] = strconv.FormatFloat(m.Temperature, 'g', -1, 64)
	}
	if m.Doubt != 0 {
		f.Metadata[doubt] = strconv.FormatFloat(m.Doubt, 'g', -1, 64)
	}
	for entry, what := range map[string]any{report: m.Report, history: m.History} {
		text, err := json.Marshal(what)
		if err != nil {
			return nil, fmt.Errorf("model: %w", err)
		}
		if string(text) != "null" {
			f.Metadata[entry] = string(text)
		}
	}
	if seen := m.Seen(); len(seen) > 0 {
		text, err := json.Marshal(seen)
		if err != nil {
			return nil, fmt.Errorf("model: %w", err)
		}
		f.Metadata["trained_on"] = string(text)
	}
	for _, w := range m.Weights() {
		f.Tensors = append(f.Tensors, checkpoint.Tensor{Name: w.Path, Shape: w.Shape, Data: w.Data})
	}
	if m.Moments != nil {
		f.Tensors = append(f.Tensors, checkpoint.Tensor{Name: moments, Shape: []int{len(m.Moments)}, Data: m.Moments})
	}
	return f, nil
}

// temperature is the entry of a file's metadata that holds a model's Temperature.
const temperature = "temperature"

// What a file tells of how its model was trained and measured. What cannot be read says nothing.
const (
	report    = "report"
	history   = "history"
	maxEpochs = 10000
)

// told reads what a file tells of its model.
func (m *Network) told(f *checkpoint.File) {
	var e task.Evaluation
	if json.Unmarshal([]byte(f.Metadata[report]), &e) == nil && e.Of(len(m.Classes)) {
		m.Report = &e
	}
	var all []task.Epoch
	if json.Unmarshal([]byte(f.Metadata[history]), &all) == nil && len(all) <= maxEpochs {
		m.History = all
	}
}

// doubt is the entry that holds a model's Doubt.
const doubt = "doubt"

// doubted reads a model's Doubt.
func doubted(text string) (float64, error) {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || !(v > 0 && v < 1) {
		return 0, fmt.Errorf("model: the file's least probability of a class is %.40q; want a number between 0 and 1", text)
	}
	return v, nil
}

// Calibrate writes a temperature, and the doubt that belongs to it unless that is 0, into a file, and
// leaves all else as it is.
func Calibrate(f *checkpoint.File, t, d float64) error {
	text, doubts := strconv.FormatFloat(t, 'g', -1, 64), strconv.FormatFloat(d, 'g', -1, 64)
	if _, err := calibrated(text); err != nil {
		return err
	}
	if d != 0 {
		if _, err := doubted(doubts); err != nil {
			return err
		}
	}
	if f.Metadata == nil {
		f.Metadata = map[string]string{}
	}
	f.Metadata[temperature], f.Metadata[doubt] = text, doubts
	if d == 0 {
		delete(f.Metadata, doubt)
	}
	return nil
}

// calibrated reads a temperature.
func calibrated(text string) (float64, error) {
	t, err := strconv.ParseFloat(text, 64)
	if err != nil || !(t >= task.MinTemperature && t <= task.MaxTemperature) {
		return 0, fmt.Errorf("model: the file's temperature is %.40q; want a number from %g to %g", text, task.MinTemperature, task.MaxTemperature)
	}
	return t, nil
}

// Limits of a model that comes from a file, so that a few bytes cannot ask for
// all memory.
const (
	maxLayers      = 1000
	maxInputs      = 4 * maxLayers
	maxActivation  = 1 << 24 // elements: 64 MB
	maxActivations = 1 << 27 // of all layers
	maxWeights     = 1 << 28
)

// Open builds the model that f holds. The two share the weights' memory.
func Open(f *checkpoint.File) (*Network, error) {
	text, ok := f.Metadata["architecture"]
	if !ok {
		return nil, errors.New("model: the file holds no architecture")
	}
	m, err := Designed(text)
	if err != nil {
		return nil, err
	}
	if err := m.task(f); err != nil {
		return nil, err
	}
	if n := m.Output().Size(); n != len(m.Classes) {
		return nil, fmt.Errorf("model: %d outputs for %d class names", n, len(m.Classes))
	}
	m.Name = f.Metadata["name"]
	if text, ok := f.Metadata[temperature]; ok {
		if m.Temperature, err = calibrated(text); err != nil {
			return nil, err
		}
	}
	if text, ok := f.Metadata[doubt]; ok {
		if m.Doubt, err = doubted(text); err != nil {
			return nil, err
		}
	}
	m.told(f)
	m.Measured, m.seenAs = measured(f), f.Metadata["trained_on"]
	if t, err := f.Tensor(moments); err == nil {
		if err := Sound(t); err != nil {
			return nil, err
		}
		m.Moments = t.Data
	}
	data, err := m.tensors(f)
	if err != nil {
		return nil, err
	}
	for i, w := range m.Weights() {
		w.Data = data[i]
	}
	return m, nil
}

// network builds the network, without memory for the weights, if it is not too large to be
// real.
func (a *architecture) network() (*Network, error) {
	if err := bounded(a.Input, maxActivation); err != nil {
		return nil, fmt.Errorf("model: input: %w", err)
	}
	b := NewFunctional(a.Input)
	inputs, all := 0, 0
	for i, p := range a.Layers {
		l, err := layer.Decode(p.Config)
		if err != nil {
			return nil, fmt.Errorf("model: layer %d: %w", i+1, err)
		}
		if inputs += len(p.Inputs); inputs > maxInputs {
			return nil, fmt.Errorf("model: the layers up to number %d have %d inputs: want at most %d", i+1, inputs, maxInputs)
		}
		in, err := b.named(p.Inputs)
		if err != nil {
			return nil, fmt.Errorf("model: layer %d: %w", i+1, err)
		}
		if b.Add(l, in...); b.err != nil {
			return nil, b.err
		}
		n := b.net.nodes[i]
		if err := plausible(n); err != nil {
			return nil, fmt.Errorf("model: layer %d: %w", i+1, err)
		}
		if all += n.Out.Size(); all > maxActivations {
			return nil, fmt.Errorf("model: the layers up to number %d have %d output numbers for a picture: want at most %d", i+1, all, maxActivations)
		}
	}
	return b.Empty()
}

// named returns the numbers of earlier layers that are given by their names.
func (f *Functional) named(names []string) ([]int, error) {
	var in []int
	for _, name := range names {
		at := Input
		if name != inputName {
			if at = slices.IndexFunc(f.net.nodes, func(n Node) bool { return n.Name == name }); at < 0 {
				return nil, fmt.Errorf("its input %q is not one of the %d layers before it", name, len(f.net.nodes))
			}
		}
		in = append(in, at)
	}
	return in, nil
}

// task reads what the model tells apart. Older files have the classes alone; their pixels
// were scaled as the tutorial's.
func (m *Network) task(f *checkpoint.File) error {
	text, ok := f.Metadata["task"]
	if !ok {
		if err := json.Unmarshal([]byte(f.Metadata["classes"]), &m.Classes); err != nil {
			return fmt.Errorf("model: the file holds no class names: %w", err)
		}
		return nil
	}
	var t task.Task
	if err := json.Unmarshal([]byte(text), &t); err != nil {
		return fmt.Errorf("model: the file's task cannot be read: %w", err)
	}
	if !slices.Equal(t.Input, m.Input) {
		return fmt.Errorf("model: the file's task has pictures of shape %v, its architecture of %v", t.Input, m.Input)
	}
	m.Task = t
	return nil
}

// measured returns the results that a file states for its model. Older files have one number, of
// the whole test set.
func measured(f *checkpoint.File) []task.Measurement {
	var all []task.Measurement
	if text, ok := f.Metadata["measured"]; ok {
		json.Unmarshal([]byte(text), &all) // what cannot be read says nothing
	} else if v, err := strconv.ParseFloat(f.Metadata["accuracy"], 64); err == nil && v > 0 {
		all = []task.Measurement{{On: task.TestSet, Pictures: task.Pictures(task.TestFiles), Metrics: task.Metrics{Accuracy: v}}}
	}
	return all
}

// plausible returns an error if a node is too large to be real.
func plausible(n Node) error {
	for _, w := range n.Weights {
		if err := bounded(w.Shape, maxWeights); err != nil {
			return err
		}
	}
	return bounded(n.Out, maxActivation)
}

// bounded returns an error if a shape has more than most elements.
func bounded(s task.Shape, most int) error {
	n := 1
	for _, d := range s {
		if d < 1 || n > most/d {
			return fmt.Errorf("shape %v: want positive sizes and at most %d elements", s, most)
		}
		n *= d
	}
	return nil
}

// Load copies the weights of f into the model. On an error the model is as it
// was.
func (m *Network) Load(f *checkpoint.File) error {
	data, err := m.tensors(f)
	if err != nil {
		return err
	}
	for i, w := range m.Weights() {
		copy(w.Data, data[i])
	}
	return nil
}

// tensors returns the values that f has for each of the model's weights.
func (m *Network) tensors(f *checkpoint.File) ([][]float32, error) {
	var data [][]float32
	for _, w := range m.Weights() {
		t, err := f.Tensor(w.Path)
		if err != nil {
			return nil, fmt.Errorf("model: %w", err)
		}
		if !slices.Equal(t.Shape, []int(w.Shape)) {
			return nil, fmt.Errorf("model: %s has shape %v, want %v", w.Path, t.Shape, []int(w.Shape))
		}
		if err := Sound(t); err != nil {
			return nil, err
		}
		data = append(data, t.Data)
	}
	return data, nil
}

// Sound returns an error if a tensor's values cannot be weights: they are whole numbers,
// like those of a quantised network, or one of them is infinite or not a number.
func Sound(t checkpoint.Tensor) error {
	if t.Type.Whole() {
		return fmt.Errorf("model: %s is of whole numbers (%s), as in a quantised network: want F32, F16, BF16 or F64", t.Name, t.Type)
	}
	for from := 0; from < len(t.Data); from += piece {
		if finite(t.Data[from:min(from+piece, len(t.Data))]) {
			continue
		}
		for i, v := range t.Data[from:] {
			if v-v != 0 {
				return fmt.Errorf("model: %s is damaged: number %d of it is %v", t.Name, from+i, v)
			}
		}
	}
	return nil
}

// piece is how many numbers are looked at in one go: see package checkpoint.
const piece = 1 << 12

// finite reports whether all of v are numbers, and none is infinite: what is not leaves something
// of itself when it is multiplied by 0.
//
//go:noinline
func finite(v []float32) bool {
	var sum float32
	for _, x := range v {
		sum += x * 0
	}
	return sum == 0
}

package model

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"tenfold/nn/checkpoint"
	"tenfold/nn/layer"
	"tenfold/nn/task"
)

// architecture is how a model's layers stand in a file's metadata.
type architecture struct {
	Input  task.Shape     `json:"input"`
	Layers []layer.Config `json:"layers"`
}

// moments is the tensor of a model's Moments, which is no weight of a layer.
const moments = "moments"

// File returns the model as a safetensors file: the weights by their paths, and as
// metadata the architecture, the task, the name, what was measured, and which pictures
// it was trained on. The tensors share the model's memory.
func (m *Sequential) File() (*checkpoint.File, error) {
	a := architecture{Input: m.Input}
	for _, l := range m.layers {
		c, err := layer.Encode(l.Layer)
		if err != nil {
			return nil, fmt.Errorf("model: %s: %w", l.name, err)
		}
		a.Layers = append(a.Layers, c)
	}
	arch, err := json.Marshal(a)
	if err != nil {
		return nil, fmt.Errorf("model: %w", err)
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
		"architecture": string(arch),
		"task":         string(about),
		"name":         m.Name,
		"measured":     string(measured),
	}}
	if m.Temperature != 0 {
		f.Metadata[temperature] = strconv.FormatFloat(m.Temperature, 'g', -1, 64)
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

// Calibrate writes a temperature into a file, and leaves all else as it is.
func Calibrate(f *checkpoint.File, t float64) error {
	text := strconv.FormatFloat(t, 'g', -1, 64)
	if _, err := calibrated(text); err != nil {
		return err
	}
	if f.Metadata == nil {
		f.Metadata = map[string]string{}
	}
	f.Metadata[temperature] = text
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
	maxLayers     = 200
	maxActivation = 1 << 24 // elements: 64 MB
	maxWeights    = 1 << 28
)

// Open builds the model that f holds. The two share the weights' memory.
func Open(f *checkpoint.File) (*Sequential, error) {
	var a architecture
	if err := json.Unmarshal([]byte(f.Metadata["architecture"]), &a); err != nil {
		return nil, fmt.Errorf("model: the file holds no architecture: %w", err)
	}
	if len(a.Layers) > maxLayers {
		return nil, fmt.Errorf("model: %d layers: want at most %d", len(a.Layers), maxLayers)
	}
	var layers []layer.Layer
	in := a.Input
	for i, c := range a.Layers {
		l, err := layer.Decode(c)
		if err != nil {
			return nil, fmt.Errorf("model: layer %d: %w", i+1, err)
		}
		if in, err = plausible(l, in); err != nil {
			return nil, fmt.Errorf("model: layer %d: %w", i+1, err)
		}
		layers = append(layers, l)
	}
	m, err := stack(a.Input, layers)
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
	m.Measured, m.seenAs = measured(f), f.Metadata["trained_on"]
	if t, err := f.Tensor(moments); err == nil {
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

// task reads what the model tells apart. Older files have the classes alone; their pixels
// were scaled as the tutorial's.
func (m *Sequential) task(f *checkpoint.File) error {
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

// measured is what a file says that its model came to. Older files have one number, of the
// whole test set.
func measured(f *checkpoint.File) []task.Measurement {
	var all []task.Measurement
	if text, ok := f.Metadata["measured"]; ok {
		json.Unmarshal([]byte(text), &all) // what cannot be read says nothing
	} else if v, err := strconv.ParseFloat(f.Metadata["accuracy"], 64); err == nil && v > 0 {
		all = []task.Measurement{{On: task.TestSet, Pictures: 10000, Metrics: task.Metrics{Accuracy: v}}}
	}
	return all
}

// plausible returns the output's shape of a layer that is not too large to be
// real.
func plausible(l layer.Layer, in task.Shape) (task.Shape, error) {
	small := func(s task.Shape, most int) error {
		n := 1
		for _, d := range s {
			if d < 1 || n > most/d {
				return fmt.Errorf("shape %v: want positive sizes and at most %d elements", s, most)
			}
			n *= d
		}
		return nil
	}
	if err := small(in, maxActivation); err != nil {
		return nil, err
	}
	out, err := l.Output(in)
	if err != nil {
		return nil, err
	}
	for _, w := range l.Weights(in) {
		if err := small(w.Shape, maxWeights); err != nil {
			return nil, err
		}
	}
	return out, small(out, maxActivation)
}

// Load copies the weights of f into the model. On an error the model is as it
// was.
func (m *Sequential) Load(f *checkpoint.File) error {
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
func (m *Sequential) tensors(f *checkpoint.File) ([][]float32, error) {
	var data [][]float32
	for _, w := range m.Weights() {
		t, err := f.Tensor(w.Path)
		if err != nil {
			return nil, fmt.Errorf("model: %w", err)
		}
		if !slices.Equal(t.Shape, []int(w.Shape)) {
			return nil, fmt.Errorf("model: %s has shape %v, want %v", w.Path, t.Shape, []int(w.Shape))
		}
		data = append(data, t.Data)
	}
	return data, nil
}

package onnx

import (
	"reflect"
	"slices"

	"tenfold/nn/checkpoint"
	"tenfold/nn/layer"
	"tenfold/nn/model"
)

// property returns an entry of the metadata; "" if there is none.
func (m *Model) property(key string) string {
	for _, p := range m.Metadata {
		if p.Key == key {
			return p.Value
		}
	}
	return ""
}

// own opens a file of the given size that Write has written: the layers are those of its metadata,
// so that a dropout and whatever else inference does not need comes back. If the graph is no
// longer the one that Write makes of them, or anything else is not as it was, it is nil: then the
// graph is what counts.
func (m *Model) own(cs *constants, bytes int) *model.Network {
	text := m.property(architecture)
	if text == "" {
		return nil
	}
	net, err := model.Designed(text)
	if err != nil || numbers(net) > bytes/4 {
		return nil
	}
	w, err := written(net)
	if err != nil || !unchanged(w, &m.Graph) {
		return nil
	}
	f := &checkpoint.File{Metadata: map[string]string{}}
	for _, p := range m.Metadata {
		f.Metadata[p.Key] = p.Value
	}
	for _, p := range w.placed {
		x, err := cs.floats(p.Path)
		if err != nil {
			return nil
		}
		if p.axes != nil {
			var shape []int
			for _, a := range p.axes {
				shape = append(shape, p.Shape[a])
			}
			x = turned(x, shape, back(p.axes))
		}
		f.Tensors = append(f.Tensors, checkpoint.Tensor{Name: p.Path, Shape: p.Shape, Data: x})
	}
	if net, err = model.Open(f); err != nil {
		return nil
	}
	return net
}

// numbers returns how many a network's graph has among its constants.
func numbers(net *model.Network) int {
	n := 0
	for _, node := range net.Nodes() {
		for _, w := range node.Weights {
			n += w.Shape.Size()
		}
		var written []string // where there is no such weight too
		switch node.Layer.(type) {
		case layer.BatchNormalization:
			written = []string{"gamma", "beta"}
		case layer.LayerNormalization:
			written = []string{"gamma"}
		}
		for _, name := range written {
			if !has(node, name) {
				n += node.Out[len(node.Out)-1]
			}
		}
	}
	return n
}

// unchanged reports whether a graph is the one that was written, except for the values of the
// weights.
func unchanged(w *writer, g *Graph) bool {
	if !reflect.DeepEqual(w.graph.Nodes, g.Nodes) || len(w.graph.Constants) != len(g.Constants) {
		return false
	}
	weights := map[string]bool{}
	for _, p := range w.placed {
		weights[p.Path] = true
	}
	for i := range g.Constants {
		a, b := &w.graph.Constants[i], &g.Constants[i]
		if a.Name != b.Name || a.Type != b.Type || !slices.Equal(a.Dims, b.Dims) || !weights[a.Name] && !slices.Equal(a.Raw, b.Raw) {
			return false
		}
	}
	return true
}

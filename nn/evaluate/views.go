package evaluate

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"tenfold/nn/augment"
	"tenfold/nn/kernel"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// view is how a picture is looked at: mirrored, and then moved, with what comes in at an edge
// mirrored too.
type view struct {
	mirror bool
	dx, dy int
	weight float32 // of its logits; those of all views are 1 together
}

// views lists the ways of looking at a picture in an evaluation, by name; a new one adds a
// line. The mean is one of logits, not of probabilities: it is an answer like any other, whose
// temperature can be fitted, and whose classes can be compared. Source: K. Jordan 2024,
// https://arxiv.org/abs/2404.00498, section 3.5 and the program.
var views = map[string][]view{
	"":              {{weight: 1}},
	task.MirrorView: {{weight: 0.5}, {mirror: true, weight: 0.5}},
	task.ShiftViews: {
		{weight: 0.25}, {dx: -1, dy: -1, weight: 0.125}, {dx: 1, dy: 1, weight: 0.125},
		{mirror: true, weight: 0.25}, {mirror: true, dx: -1, dy: -1, weight: 0.125}, {mirror: true, dx: 1, dy: 1, weight: 0.125},
	},
}

// viewer asks a model for its answers to pictures, each in all views.
type viewer struct {
	m         *model.Network
	predictor *model.Predictor
	shown     []*viewed
	x         []float32
}

// newViewer returns one with the views of a name.
func newViewer(m *model.Network, data Data, name string) (*viewer, error) {
	all, ok := views[name]
	if !ok {
		names := slices.Sorted(maps.Keys(views))[1:] // the first is ""
		return nil, fmt.Errorf("evaluate: no views are called %q; there are %s", name, strings.Join(names, ", "))
	}
	if len(all) > 1 && len(m.Input) != 3 {
		return nil, fmt.Errorf("evaluate: the model's input is %v, which are not pictures to look at in several views", m.Input)
	}
	n := min(batch, data.Len())
	v := &viewer{m: m, predictor: m.Predictor(n), x: make([]float32, n*m.Input.Size())}
	for _, each := range all {
		v.shown = append(v.shown, &viewed{Data: data, view: each, shape: m.Input})
	}
	return v, nil
}

// look returns the logits and probabilities of the pictures from from to to-1, and their labels.
func (v *viewer) look(from, to int) (logits, probs []float32, labels []int, err error) {
	var mean []float32
	for _, s := range v.shown {
		if labels, err = Batch(v.x, s, v.m, from, to); err != nil {
			return nil, nil, nil, err
		}
		logits, probs = v.predictor.Predict(v.x[:(to-from)*v.m.Input.Size()])
		if len(v.shown) == 1 {
			return logits, probs, labels, nil
		}
		if mean == nil {
			mean = make([]float32, len(logits))
		}
		kernel.Mix(mean, 1, logits, s.weight)
	}
	kernel.Softmax(probs, mean, v.m.Output().Size())
	return mean, probs, labels, nil
}

// viewed are pictures as one view shows them. It implements Data.
type viewed struct {
	Data
	view
	shape  task.Shape
	pixels [2][]byte // scratch
}

// Picture implements Data. The next call overwrites the pixels.
func (v *viewed) Picture(i int) ([]byte, int) {
	pixels, label := v.Data.Picture(i)
	if !v.mirror && v.dx == 0 && v.dy == 0 || len(pixels) != v.shape.Size() {
		return pixels, label
	}
	if v.pixels[0] == nil {
		v.pixels = [2][]byte{make([]byte, len(pixels)), make([]byte, len(pixels))}
	}
	copy(v.pixels[0], pixels)
	if v.mirror {
		augment.Mirror(v.pixels[0], v.shape)
	}
	augment.Move(v.pixels[1], v.pixels[0], v.shape, v.dx, v.dy, augment.Reflect)
	return v.pixels[1], label
}

package train

import (
	"fmt"
	"math"

	"tenfold/nn/evaluate"
	"tenfold/nn/graph"
	"tenfold/nn/model"
	"tenfold/nn/spec"
)

// engine computes a model's gradients on a batch, or on a share of one.
type engine struct {
	Model  *model.Sequential
	Recipe spec.Recipe
	graphs map[int]*graph.Graph // by batch: the last one of an epoch may be smaller
}

// Outcome is what a forward pass in training comes to.
type Outcome struct {
	Loss     float64 // mean over the pictures, in nats
	Right    int
	Pictures int
}

// pass computes the gradients on data, whose first picture is the first-th of the
// step's batch. They are in the graph's weights until the next pass.
func (e *engine) pass(data evaluate.Data, step, first int) (o Outcome, weights []graph.Weight, err error) {
	g, err := e.graph(data.Len())
	if err != nil {
		return o, nil, err
	}
	x, onehot := g.Batch()
	size, classes := e.Model.Input().Size(), e.Model.Output().Size()
	labels, err := evaluate.Batch(x, data, size, classes, 0, data.Len())
	if err != nil {
		return o, nil, err
	}
	clear(onehot)
	for i, l := range labels {
		onehot[i*classes+l] = 1
	}
	g.Pass.Training = !e.Recipe.NoDropout
	g.Pass.Seed, g.Pass.Step, g.Pass.First = e.Recipe.Seed, uint64(step), first
	loss, logits, err := g.Step()
	if err != nil {
		return o, nil, err
	}
	o = Outcome{Loss: loss, Pictures: len(labels)}
	for i, l := range labels {
		if model.Top(logits[i*classes:(i+1)*classes]) == l {
			o.Right++
		}
	}
	return o, g.Weights(), nil
}

// graph returns the graph for a size of batch.
func (e *engine) graph(batch int) (*graph.Graph, error) {
	if g := e.graphs[batch]; g != nil {
		return g, nil
	}
	g, err := graph.New(e.Model, batch, graph.Options{L2: e.Recipe.L2, DenseOnly: e.Recipe.DenseOnly})
	if err == nil {
		e.graphs[batch] = g
	}
	return g, err
}

// Close frees the graphs.
func (e *engine) Close() error {
	for _, g := range e.graphs {
		if err := g.Close(); err != nil {
			return fmt.Errorf("train: %w", err)
		}
	}
	clear(e.graphs)
	return nil
}

// check says what in a recipe cannot be, for so many pictures.
func check(recipe spec.Recipe, pictures int) error {
	finite := func(v float64) bool { return v >= 0 && !math.IsInf(v, 0) }
	switch {
	case pictures == 0:
		return fmt.Errorf("train: no pictures to train on")
	case recipe.Batch < 1 || recipe.Batch > pictures:
		return fmt.Errorf("train: batch of %d: want 1 to %d, the number of pictures", recipe.Batch, pictures)
	case recipe.Epochs < 0:
		return fmt.Errorf("train: %d epochs", recipe.Epochs)
	case !finite(recipe.Rate) || !finite(recipe.Decay) || recipe.Decay == 0:
		return fmt.Errorf("train: rate %g times %g an epoch: want numbers of 0 and more", recipe.Rate, recipe.Decay)
	case !finite(recipe.L2):
		return fmt.Errorf("train: L2 penalty %g: want a number of 0 or more", recipe.L2)
	case recipe.Shift < 0 || recipe.Shift > MaxShift:
		return fmt.Errorf("train: shifts by %d pixels: want 0 to %d", recipe.Shift, MaxShift)
	}
	return nil
}

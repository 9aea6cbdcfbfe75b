package train

import (
	"fmt"
	"math"
	"slices"

	"tenfold/nn/evaluate"
	"tenfold/nn/graph"
	"tenfold/nn/model"
	"tenfold/nn/spec"
)

// engine computes a model's gradients on a batch, or on a share of one.
type engine struct {
	Model  *model.Sequential
	Recipe spec.Recipe
	graphs map[kind]*graph.Graph

	exchange graph.Exchange           // of the stem that runs
	back     func(gradient []float32) // of the head that runs
}

// kind is what a graph is of. The last batch of an epoch may be smaller.
type kind struct {
	part  part
	batch int
}

// part is what of the network is in a graph.
type part int

const (
	whole part = iota
	stem
	sharedStem // of an assistant: the penalties are the leader's
	head
)

func newEngine(m *model.Sequential, recipe spec.Recipe) engine {
	return engine{Model: m, Recipe: recipe, graphs: map[kind]*graph.Graph{}}
}

// Outcome is what a forward pass in training comes to.
type Outcome struct {
	Loss     float64 // mean over the pictures, in nats
	Right    int
	Pictures int
}

// pass computes the gradients on data, the step's whole batch. They are in the graph's
// weights until the next pass.
func (e *engine) pass(data evaluate.Data, step int) (o Outcome, weights []graph.Weight, err error) {
	g, err := e.graph(whole, data.Len())
	if err != nil {
		return o, nil, err
	}
	x, _ := g.Batch()
	labels, err := evaluate.Batch(x, data, e.Model.Input().Size(), e.Model.Output().Size(), 0, data.Len())
	if err != nil {
		return o, nil, err
	}
	o, err = e.learn(g, labels, step)
	return o, g.Weights(), err
}

// learn runs a graph that has a loss on what lies in its memory.
func (e *engine) learn(g *graph.Graph, labels []int, step int) (Outcome, error) {
	_, onehot := g.Batch()
	classes := e.Model.Output().Size()
	clear(onehot)
	for i, l := range labels {
		onehot[i*classes+l] = 1
	}
	e.prepare(g, step, 0)
	loss, logits, err := g.Step()
	o := Outcome{Loss: loss, Pictures: len(labels)}
	if err != nil {
		return o, err
	}
	for i, l := range labels {
		if model.Top(logits[i*classes:(i+1)*classes]) == l {
			o.Right++
		}
	}
	return o, nil
}

// prepare sets a graph's next pass, whose first picture is the first-th of the batch.
func (e *engine) prepare(g *graph.Graph, step, first int) {
	g.Pass.Training = !e.Recipe.NoDropout
	g.Pass.Seed, g.Pass.Step, g.Pass.First = e.Recipe.Seed, uint64(step), first
}

// share runs the stem on a share of a batch: exchange gets its features and knows their
// gradient. It returns the penalties' part of the loss.
func (e *engine) share(of part, s Share, exchange graph.Exchange) (loss float64, weights []graph.Weight, err error) {
	g, err := e.graph(of, s.Len())
	if err != nil {
		return 0, nil, err
	}
	x, _ := g.Batch()
	if _, err := evaluate.Batch(x, s, e.Model.Input().Size(), e.Model.Output().Size(), 0, s.Len()); err != nil {
		return 0, nil, err
	}
	e.prepare(g, s.Step, s.First)
	e.exchange = exchange
	loss, _, err = g.Step()
	return loss, g.Weights(), err
}

// graph returns the graph of a part for a size of batch.
func (e *engine) graph(of part, batch int) (*graph.Graph, error) {
	k := kind{of, batch}
	if g := e.graphs[k]; g != nil {
		return g, nil
	}
	options := e.options(of)
	var g *graph.Graph
	var err error
	switch of {
	case whole:
		g, err = graph.New(e.Model, batch, options)
	case head:
		back := func(gradient []float32) { e.back(gradient) }
		if len(e.stemWeights()) == 0 {
			back = nil
		}
		g, err = graph.NewHead(e.Model, batch, options, back)
	default:
		g, err = graph.NewStem(e.Model, batch, options, func(y []float32) ([]float32, error) { return e.exchange(y) })
	}
	if err == nil {
		e.graphs[k] = g
	}
	return g, err
}

func (e *engine) options(of part) graph.Options {
	return graph.Options{L2: e.Recipe.L2, DenseOnly: e.Recipe.DenseOnly, NoPenalty: of == sharedStem}
}

// stemWeights are the weights that helpers are handed.
func (e *engine) stemWeights() [][]float32 { return graph.StemWeights(e.Model, e.options(stem)) }

// Close frees the graphs.
func (e *engine) Close() error { return e.free(whole, stem, sharedStem, head) }

// free frees the graphs of some parts.
func (e *engine) free(parts ...part) error {
	for k, g := range e.graphs {
		if !slices.Contains(parts, k.part) {
			continue
		}
		delete(e.graphs, k)
		if err := g.Close(); err != nil {
			return fmt.Errorf("train: %w", err)
		}
	}
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

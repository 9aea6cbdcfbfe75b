package train

import (
	"errors"
	"fmt"
	"math"

	"tenfold/nn/augment"
	"tenfold/nn/evaluate"
	"tenfold/nn/graph"
	"tenfold/nn/kernel"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// engine computes a model's gradients on a batch, or on a share of one.
type engine struct {
	net    *model.Network
	Recipe task.Recipe
	helps  bool // another adds the penalties
	plan   graph.Plan
	g      *graph.Graph // nil before the first pictures

	// Of the plan's moving weights: what the step has seen, the mean over its pictures, and
	// how much stays of what they were.
	seen     [][]float32
	momentum []float32

	// Of the share that is computed; see graph.Link.
	await   func() error
	factors func(i int, x, dy []float32)
}

func newEngine(m *model.Network, recipe task.Recipe, helps bool) engine {
	e := engine{net: m, Recipe: recipe, helps: helps, await: func() error { return nil }}
	e.plan = graph.NewPlan(m, recipe.Batch, e.options())
	for _, w := range e.plan.Moving {
		e.seen = append(e.seen, make([]float32, len(w.Data)))
	}
	e.momentum = make([]float32, len(e.seen))
	return e
}

// Outcome is the result of a forward pass in training.
type Outcome struct {
	Loss     float64 // mean over the pictures, in nats
	Right    int
	Pictures int
	Busy     float64 // s that a helper was at work for it
}

// add adds the outcome of another share of the batch.
func (o *Outcome) add(p Outcome) {
	o.Loss += p.Loss
	o.Right += p.Right
	o.Pictures += p.Pictures
}

// ready is a graph in which pictures lie, and their labels.
type ready struct {
	*graph.Graph
	labels []int
	of     int // how many pictures are in the batch
}

// part is which part of the batch it is: 1 for all of it.
func (r ready) part() float32 { return float32(len(r.labels)) / float32(r.of) }

// lesson is labelled pictures to learn from.
type lesson interface {
	evaluate.Data
	Label(i int) task.Label
}

// prepare does what a pass on data needs no weights for. data is all of a step's batch, or
// the part of it that begins with picture first, where the batch has of.
func (e *engine) prepare(data lesson, step, first, of int) (ready, error) {
	g, err := e.graph(data.Len())
	if err != nil {
		return ready{}, err
	}
	x, wanted := g.Batch(data.Len(), of)
	labels, err := evaluate.Batch(x, data, e.net, 0, data.Len())
	if err != nil {
		return ready{}, err
	}
	classes := e.net.Output().Size()
	clear(wanted)
	for i := range labels {
		l, row := data.Label(i), wanted[i*classes:(i+1)*classes]
		if l.Other < 0 || l.Other >= classes {
			return ready{}, fmt.Errorf("train: picture %d is mixed with one of class %d; the model wants a class below %d", i, l.Other, classes)
		}
		if l.None {
			for k := range row {
				row[k] = 1 / float32(classes)
			}
			continue
		}
		row[l.Class] = float32(255-l.Part) / 255
		row[l.Other] += float32(l.Part) / 255
	}
	if s := float32(e.Recipe.Smoothing); s > 0 { // Keras' label_smoothing
		for i := range wanted {
			wanted[i] = wanted[i]*(1-s) + s/float32(classes)
		}
	}
	g.Pass.Dropout = !e.Recipe.NoDropout
	g.Pass.Seed, g.Pass.Step, g.Pass.First = e.Recipe.Seed, uint64(step), first
	g.Sample()
	return ready{g, labels, of}, nil
}

// pass computes the gradients. They are in the graph's weights until the next pass.
func (r ready) pass() (o Outcome, weights []graph.Weight, err error) {
	loss, logits, err := r.Step()
	if err != nil {
		return o, nil, err
	}
	o = Outcome{Loss: loss, Pictures: len(r.labels)}
	classes := len(logits) / len(r.labels)
	for i, l := range r.labels {
		if model.Top(logits[i*classes:(i+1)*classes]) == l {
			o.Right++
		}
	}
	return o, r.Weights(), nil
}

// observe keeps what r has just seen, multiplied with its part of the batch: the sum over all
// shares is their mean.
func (e *engine) observe(r ready) {
	for i, m := range r.Moving() {
		momentum, seen := m.Seen()
		e.momentum[i] = momentum
		clear(e.seen[i])
		kernel.Mix(e.seen[i], 0, seen, r.part())
	}
}

// follow moves the moving weights towards what was seen.
func (e *engine) follow() {
	for i, w := range e.plan.Moving {
		kernel.Mix(w.Data, e.momentum[i], e.seen[i], 1-e.momentum[i])
	}
}

// graph returns a graph for n pictures. A share's is made for half as many more, because
// shares change.
func (e *engine) graph(n int) (*graph.Graph, error) {
	if e.g != nil && n <= e.g.Most() {
		return e.g, nil
	}
	if err := e.Close(); err != nil {
		return nil, err
	}
	options := e.options()
	options.Link = &graph.Link{
		Plan:    &e.plan,
		Await:   func() error { return e.await() },
		Factors: func(i int, x, dy []float32) { e.factors(i, x, dy) },
	}
	var err error
	e.g, err = graph.New(e.net, min(n+n/2+1, max(e.Recipe.Batch, n)), options)
	return e.g, err
}

func (e *engine) options() graph.Options {
	return graph.Options{L2: e.Recipe.L2, DenseOnly: e.Recipe.DenseOnly, NoPenalty: e.helps}
}

// weights returns the values of those that learn: the early ones, and the others.
func (e *engine) weights() (early, rest [][]float32) {
	var all [][]float32
	for _, w := range e.plan.Weights {
		all = append(all, w.Data)
	}
	return all[:e.plan.Early], all[e.plan.Early:]
}

// Close frees the graph.
func (e *engine) Close() error {
	g := e.g
	if e.g = nil; g == nil {
		return nil
	}
	if err := g.Close(); err != nil {
		return fmt.Errorf("train: %w", err)
	}
	return nil
}

// check reports what is wrong with a recipe for the given number of pictures.
func check(recipe task.Recipe, pictures int) error {
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
	case !(recipe.Momentum >= 0 && recipe.Momentum < 1):
		return fmt.Errorf("train: momentum %g: want 0 to below 1", recipe.Momentum)
	case !finite(recipe.WeightDecay) || recipe.WeightDecay*recipe.Rate >= 1:
		return fmt.Errorf("train: weight decay %g at rate %g: want a number of 0 or more whose product with the rate is below 1", recipe.WeightDecay, recipe.Rate)
	case !(recipe.Smoothing >= 0 && recipe.Smoothing < 1):
		return fmt.Errorf("train: labels smoothed by %g: want 0 to below 1", recipe.Smoothing)
	}
	if err := augment.Check(&recipe); err != nil {
		return fmt.Errorf("train: %w", err)
	}
	return errors.Join(checkSchedule(recipe), checkClipping(recipe))
}

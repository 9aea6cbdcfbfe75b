// Package train trains a model on Gorgonia's graph: solvers, the run that can be
// stopped and resumed at any step, and the loop over epochs.
package train

import (
	"fmt"
	"math"
	"math/rand/v2"

	"gorgonia.org/gorgonia"

	"tenfold/nn/checkpoint"
	"tenfold/nn/evaluate"
	"tenfold/nn/graph"
	"tenfold/nn/model"
	"tenfold/nn/spec"
)

// Solver updates weights from their gradients, and can be saved and resumed.
type Solver interface {
	gorgonia.Solver
	// SetRate sets the learning rate of the steps that follow.
	SetRate(rate float64)
	// State returns what a resumed run needs beside the number of steps.
	State() []checkpoint.Tensor
	// Restore takes the state of a solver that made so many steps.
	Restore(f *checkpoint.File, steps int) error
}

// Run is a training run. It stands between two steps, where it can be saved. The
// order of the pictures and what dropout drops follow from the recipe's seed,
// the epoch and the step alone, so a run that is resumed goes on to the same
// weights, bit for bit.
type Run struct {
	Model   *model.Sequential
	Recipe  spec.Recipe
	History []spec.Epoch
	Peer    *Peer // nil for a run on its own

	data    evaluate.Data
	solver  Solver
	graphs  map[int]*graph.Graph // by batch: the last one of an epoch may be smaller
	order   []int                // of the pictures in this epoch; nil before it starts
	running running
}

// running is how far the run has come, and the sums of the current epoch.
type running struct {
	Epoch   int     `json:"epoch"` // complete epochs
	Step    int     `json:"step"`  // complete steps of the current one
	Steps   int     `json:"steps"` // complete steps of the run
	Seen    int     `json:"seen"`  // pictures of the current epoch
	Loss    float64 `json:"loss"`  // sum over those pictures
	Right   int     `json:"right"`
	Seconds float64 `json:"seconds"`
}

// Progress is where a run stands after a step.
type Progress struct {
	Epoch, Epochs int // the current epoch, from 1, and how many there are
	Step, Steps   int // complete steps of this epoch, and how many there are
	Seen          int // pictures of this epoch so far
	spec.Metrics      // means over the epoch so far, with dropout
}

// NewRun starts a run of recipe over data. The model's weights are taken as they
// are.
func NewRun(m *model.Sequential, recipe spec.Recipe, data evaluate.Data, solver Solver) (*Run, error) {
	switch {
	case data.Len() == 0:
		return nil, fmt.Errorf("train: no pictures to train on")
	case recipe.Batch < 1 || recipe.Batch > data.Len():
		return nil, fmt.Errorf("train: batch of %d: want 1 to %d, the number of pictures", recipe.Batch, data.Len())
	case recipe.Epochs < 0:
		return nil, fmt.Errorf("train: %d epochs", recipe.Epochs)
	case !(recipe.Rate >= 0) || math.IsInf(recipe.Rate, 0) || !(recipe.Decay > 0) || math.IsInf(recipe.Decay, 0):
		return nil, fmt.Errorf("train: rate %g times %g an epoch: want numbers of 0 and more", recipe.Rate, recipe.Decay)
	}
	return &Run{Model: m, Recipe: recipe, data: data, solver: solver, graphs: map[int]*graph.Graph{}}, nil
}

// Rate is the learning rate of an epoch that counts from 0.
func Rate(r spec.Recipe, epoch int) float64 { return r.Rate * math.Pow(r.Decay, float64(epoch)) }

// Done says whether all epochs are trained.
func (r *Run) Done() bool { return r.running.Epoch >= r.Recipe.Epochs }

// Steps is the number of steps in an epoch.
func (r *Run) Steps() int { return (r.data.Len() + r.Recipe.Batch - 1) / r.Recipe.Batch }

// EpochDone says whether all steps of the current epoch are done, so that
// EndEpoch is due.
func (r *Run) EpochDone() bool { return r.running.Step == r.Steps() }

// Step trains on the next batch of the current epoch. A loss that is not a number
// is an error, and the weights are then those before the step.
func (r *Run) Step() error {
	if r.order == nil {
		rng := rand.New(rand.NewPCG(r.Recipe.Seed, uint64(r.running.Epoch)+1))
		r.order = rng.Perm(r.data.Len())
	}
	from := r.running.Step * r.Recipe.Batch
	batch := r.order[from:min(from+r.Recipe.Batch, len(r.order))]
	loss, accuracy, g, err := r.gradients(batch)
	if err != nil {
		return err
	}
	if math.IsNaN(loss) || math.IsInf(loss, 0) {
		return fmt.Errorf("train: the loss is %v in epoch %d, step %d: the learning rate %g may be too high", loss, r.running.Epoch+1, r.running.Step+1, Rate(r.Recipe, r.running.Epoch))
	}
	r.solver.SetRate(Rate(r.Recipe, r.running.Epoch))
	if err := r.solver.Step(valueGrads(g)); err != nil {
		return err
	}
	r.running.Loss += loss * float64(len(batch))
	r.running.Right += int(math.Round(accuracy * float64(len(batch))))
	r.running.Seen += len(batch)
	r.running.Step++
	r.running.Steps++
	return nil
}

// gradients computes the loss of a batch, the share that is right, and the graph
// whose weights have their gradients: together with the peers, if there are any.
func (r *Run) gradients(batch []int) (loss, accuracy float64, g *graph.Graph, err error) {
	first, n := 0, len(batch)
	if r.Peer != nil {
		from, to := r.Peer.share(r.Peer.Rank, n)
		if from == to { // more peers than pictures: this one's weighs nothing
			from, to = 0, 1
		}
		first, batch = from, batch[from:to]
	}
	if g, err = r.graph(len(batch)); err != nil {
		return 0, 0, nil, err
	}
	labels, err := r.fill(g, batch)
	if err != nil {
		return 0, 0, nil, err
	}
	g.Pass.Seed, g.Pass.Step, g.Pass.First = r.Recipe.Seed, uint64(r.running.Steps), first
	loss, logits, err := g.Step()
	if err != nil {
		return 0, 0, nil, err
	}
	classes := len(logits) / len(labels)
	right := 0
	for i, l := range labels {
		if model.Top(logits[i*classes:(i+1)*classes]) == l {
			right++
		}
	}
	accuracy = float64(right) / float64(len(labels))
	if r.Peer == nil {
		return loss, accuracy, g, nil
	}
	return r.together(g, n, loss, accuracy)
}

// together averages gradients, loss and accuracy over the peers, of which each had
// its share of n pictures.
func (r *Run) together(g *graph.Graph, n int, loss, accuracy float64) (float64, float64, *graph.Graph, error) {
	metrics := []float32{float32(loss), float32(accuracy)}
	vectors := [][]float32{metrics}
	for _, w := range g.Weights() {
		v, err := w.Grad()
		if err != nil {
			return 0, 0, nil, err
		}
		vectors = append(vectors, v.Data().([]float32))
	}
	weights := make([]float32, r.Peer.Size)
	for rank := range weights {
		from, to := r.Peer.share(rank, n)
		weights[rank] = float32(to-from) / float32(n)
	}
	if err := r.Peer.average(vectors, weights); err != nil {
		return 0, 0, nil, fmt.Errorf("train: the peers: %w", err)
	}
	return float64(metrics[0]), float64(metrics[1]), g, nil
}

func valueGrads(g *graph.Graph) []gorgonia.ValueGrad {
	var all []gorgonia.ValueGrad
	for _, w := range g.Weights() {
		all = append(all, w)
	}
	return all
}

// graph returns the graph for a size of batch.
func (r *Run) graph(batch int) (*graph.Graph, error) {
	if g := r.graphs[batch]; g != nil {
		return g, nil
	}
	g, err := graph.New(r.Model, batch)
	if err == nil {
		r.graphs[batch] = g
	}
	return g, err
}

// fill writes the pictures of a batch and their labels into the graph.
func (r *Run) fill(g *graph.Graph, batch []int) ([]int, error) {
	x, onehot := g.Batch()
	clear(onehot)
	size, classes := r.Model.Input().Size(), r.Model.Output().Size()
	labels := make([]int, len(batch))
	for i, p := range batch {
		l, err := evaluate.Batch(x[i*size:], r.data, size, classes, p, p+1)
		if err != nil {
			return nil, err
		}
		labels[i] = l[0]
		onehot[i*classes+l[0]] = 1
	}
	return labels, nil
}

// Progress says where the run stands.
func (r *Run) Progress() Progress {
	s := r.running
	p := Progress{Epoch: s.Epoch + 1, Epochs: r.Recipe.Epochs, Step: s.Step, Steps: r.Steps(), Seen: s.Seen}
	if s.Seen > 0 {
		p.Metrics = spec.Metrics{Loss: s.Loss / float64(s.Seen), Accuracy: float64(s.Right) / float64(s.Seen)}
	}
	return p
}

// EndEpoch closes an epoch whose steps are done and appends it to the history.
func (r *Run) EndEpoch(val spec.Metrics) spec.Epoch {
	e := spec.Epoch{
		Epoch: r.running.Epoch + 1, Rate: Rate(r.Recipe, r.running.Epoch),
		Train: r.Progress().Metrics, Val: val, Seconds: r.running.Seconds,
	}
	r.History = append(r.History, e)
	r.running = running{Epoch: r.running.Epoch + 1, Steps: r.running.Steps}
	r.order = nil
	return e
}

// Close frees the run's graphs.
func (r *Run) Close() error {
	for _, g := range r.graphs {
		if err := g.Close(); err != nil {
			return fmt.Errorf("train: %w", err)
		}
	}
	clear(r.graphs)
	return nil
}

// Pictures is the number of pictures in an epoch.
func (r *Run) Pictures() int { return r.data.Len() }

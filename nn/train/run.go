// Package train trains a model on Gorgonia's graph: solvers, the run that can be
// stopped and resumed at any step, and the loop over epochs.
package train

import (
	"fmt"
	"math"
	"math/rand/v2"
	"time"

	"gorgonia.org/gorgonia"

	"tenfold/nn/augment"
	"tenfold/nn/evaluate"
	"tenfold/nn/graph"
	"tenfold/nn/kernel"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// Run is a training run. It stands between two steps, where it can be saved. The
// order of the pictures and what dropout drops follow from the recipe's seed,
// the epoch and the step alone, so a resumed run reaches the same weights, bit for bit.
type Run struct {
	engine
	Model   *model.Network // the run's result: the trained network, or the average of its weights
	History []task.Epoch
	Helpers []Helper // compute shares of each batch; none for a run on its own

	data    evaluate.Data
	augment *augment.Augmenter
	average *average // nil for none
	solver  *Optimizer
	order   []int // of the pictures in this epoch; nil before it starts
	running running
	next    *teamwork // of the step that comes, if the helpers have its shares

	balance  balance         // between the helpers' shares and the leader's
	factored []*factoredGrad // of the batch
	learned  []gorgonia.ValueGrad
	of       *graph.Weight // the first of those that learned was made of
	shares   [2]Share      // memory of the last two batches that a team has shared
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
	task.Metrics      // means over the epoch so far, with dropout
}

// NewRun starts a run of recipe over data. The model's weights are taken as they are, and
// become the run's result.
func NewRun(m *model.Network, recipe task.Recipe, data evaluate.Data) (*Run, error) {
	if err := check(recipe, data.Len()); err != nil {
		return nil, err
	}
	if err := augment.Fits(&recipe, m.Task); err != nil {
		return nil, err
	}
	solver, err := optimizer(recipe)
	if err != nil {
		return nil, err
	}
	average, trained, err := newAverage(m, recipe)
	if err != nil {
		return nil, err
	}
	r := &Run{engine: newEngine(trained, recipe, false), Model: m, data: data, augment: augment.New(recipe, m.Task, data), average: average, solver: solver}
	if average != nil {
		average.plan(m, r.plan)
	}
	r.factored = factoredGrads(r.plan)
	g, err := r.graph(recipe.Batch)
	if err != nil {
		return nil, err
	}
	if len(g.Weights()) == 0 {
		return nil, fmt.Errorf("train: the model has no weights to train")
	}
	return r, nil
}

// Rate returns the learning rate of the next step of this epoch, or of its last one. With a
// warm-up it is that of the step's middle, so that the first one's is not 0.
func (r *Run) Rate() float64 {
	step := float64(min(r.running.Step, r.Steps()-1))
	if r.Recipe.WarmUp > 0 {
		step += 0.5
	}
	return Rate(r.Recipe, float64(r.running.Epoch)+step/float64(r.Steps()))
}

// Done reports whether all epochs are trained.
func (r *Run) Done() bool { return r.running.Epoch >= r.Recipe.Epochs }

// Steps returns the number of steps in an epoch.
func (r *Run) Steps() int { return (r.data.Len() + r.Recipe.Batch - 1) / r.Recipe.Batch }

// EpochDone reports whether all steps of the current epoch are done, so that
// EndEpoch is due.
func (r *Run) EpochDone() bool { return r.running.Step == r.Steps() }

// Step trains on the next batch of the current epoch. A loss that is not a number
// is an error, and so is a helper that is Lost; the weights are then those before the
// step.
func (r *Run) Step() error {
	start := time.Now()
	if r.order == nil {
		rng := rand.New(rand.NewPCG(r.Recipe.Seed, uint64(r.running.Epoch)+1))
		r.order = rng.Perm(r.data.Len())
	}
	o, weights, err := r.gradients(r.batch(r.running.Step))
	if err != nil {
		return err
	}
	if math.IsNaN(o.Loss) || math.IsInf(o.Loss, 0) {
		return fmt.Errorf("train: the loss is %v in epoch %d, step %d: the learning rate %g may be too high", o.Loss, r.running.Epoch+1, r.running.Step+1, r.Rate())
	}
	if err := r.learn(weights); err != nil {
		return err
	}
	r.running.Loss += o.Loss * float64(o.Pictures)
	r.running.Right += o.Right
	r.running.Seen += o.Pictures
	r.running.Step++
	r.running.Steps++
	r.running.Seconds += time.Since(start).Seconds()
	return nil
}

// learn takes a step along the gradients.
func (r *Run) learn(weights []graph.Weight) error {
	all := r.learnable(weights)
	r.solver.SetRate(r.Rate())
	r.solver.begin()
	if err := r.solver.measure(all); err != nil {
		return err
	}
	follow := func(from, to int) {
		r.average.follow(from, to, r.running.Steps+1, r.Recipe.Epochs*r.Steps())
	}
	done := 0
	if r.next != nil { // the helpers can begin with it while the rest is learned
		done = r.plan.Early
		if err := r.solver.learn(all[:done]); err != nil {
			return err
		}
		follow(0, done)
		r.next.early()
	}
	if err := r.solver.learn(all[done:]); err != nil {
		return err
	}
	r.follow()
	follow(done, len(all)+len(r.plan.Moving))
	if r.next != nil {
		r.next.rest()
	}
	return nil
}

// team reports whether others help.
func (r *Run) team() bool { return len(r.Helpers) > 0 }

// batch is one step's pictures.
type batch = augment.Batch

// batch returns that of a step of this epoch.
func (r *Run) batch(step int) *batch {
	from := step * r.Recipe.Batch
	return &batch{
		Augmenter: r.augment, Epoch: r.running.Epoch, Step: r.running.Steps + step - r.running.Step,
		Order: r.order[from:min(from+r.Recipe.Batch, len(r.order))],
	}
}

func (r *Run) gradients(b *batch) (Outcome, []graph.Weight, error) {
	if r.team() {
		return r.together(b)
	}
	r.next = nil
	r.factors = func(i int, x, dy []float32) { r.factored[i].x, r.factored[i].dy = x, dy }
	s, err := r.prepare(b, b.Step, 0, b.Len())
	if err != nil {
		return Outcome{}, nil, err
	}
	o, weights, err := s.pass()
	if err == nil {
		r.observe(s)
	}
	return o, weights, err
}

// learnable returns the weights with what the optimiser needs of their gradients. They are those
// of the last step as long as the graph is.
func (r *Run) learnable(weights []graph.Weight) []gorgonia.ValueGrad {
	if len(r.learned) > 0 && r.of == &weights[0] {
		return r.learned
	}
	r.learned, r.of = r.learned[:0], &weights[0]
	for _, w := range weights {
		r.learned = append(r.learned, w)
	}
	for _, p := range r.factored {
		p.Weight = weights[p.Index]
		r.learned[p.Index] = p
	}
	return r.learned
}

// Progress says where the run stands.
func (r *Run) Progress() Progress {
	s := r.running
	p := Progress{Epoch: s.Epoch + 1, Epochs: r.Recipe.Epochs, Step: s.Step, Steps: r.Steps(), Seen: s.Seen}
	if s.Seen > 0 {
		p.Metrics = task.Metrics{Loss: s.Loss / float64(s.Seen), Accuracy: float64(s.Right) / float64(s.Seen)}
	}
	return p
}

// Penalised adds the weights' L2 penalties to a loss, as Keras does in validation as in
// training.
func (r *Run) Penalised(m task.Metrics) task.Metrics {
	for _, w := range r.Model.Weights() {
		if l2 := r.options().Penalty(w); l2 > 0 && r.options().Learns(w) {
			m.Loss += l2 * kernel.Squares(w.Data)
		}
	}
	return m
}

// EndEpoch closes an epoch whose steps are done and appends it to the history.
func (r *Run) EndEpoch(val task.Metrics) task.Epoch {
	e := task.Epoch{
		Epoch: r.running.Epoch + 1, Rate: Rate(r.Recipe, float64(r.running.Epoch)),
		Train: r.Progress().Metrics, Val: val, Seconds: r.running.Seconds,
	}
	r.History = append(r.History, e)
	r.running = running{Epoch: r.running.Epoch + 1, Steps: r.running.Steps}
	r.order = nil
	return e
}

// Pictures returns the number of pictures in an epoch.
func (r *Run) Pictures() int { return r.data.Len() }

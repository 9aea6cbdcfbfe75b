package train

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"tenfold/nn/checkpoint"
	"tenfold/nn/graph"
	"tenfold/nn/kernel"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// kept says how an average follows the weights.
type kept struct {
	every    int     // steps
	momentum float64 // usual
	// stays is how much of the momentum there is when a part of the run is done, 0 to 1;
	// nil for all of it. Before a first step there is no average and no momentum.
	stays func(done float64) float64
	back  bool // training continues from the average, which begins as the weights do
}

// averages lists what is kept of the weights, by name; a new one adds a line.
var averages = map[string]kept{
	// Keras' use_ema and ema_momentum. Source: https://keras.io/api/optimizers/.
	task.EMA: {every: 1, momentum: 0.99},
	// Source: Zhang et al. 2019, https://arxiv.org/abs/1907.08610, algorithm 1; alpha is 0.5.
	task.Lookahead: {every: 5, momentum: 0.5, back: true},
	// Source: K. Jordan 2024, https://arxiv.org/abs/2404.00498, section 3.4 and the program.
	task.LookaheadLate: {every: 5, momentum: math.Pow(0.95, 5), stays: func(done float64) float64 { return done * done * done }, back: true},
}

// average keeps an average of the weights that learn. The moving ones belong to the weights with
// which they were seen, so they are averaged too, where Keras' statistics belong to other weights;
// where training continues from the average they are its own, and averaged they would be late.
type average struct {
	kept
	momentum float64
	trained  *model.Network // what the steps change; the average is another network over the same layers
	fast     [][]float32
	slow     [][]float32
	learn    int // how many of them; the others are moving ones
}

// newAverage returns a run's average and the network to train in place of m, which gets
// the average. Without one it is nil, and m itself is trained.
func newAverage(m *model.Network, recipe task.Recipe) (*average, *model.Network, error) {
	if recipe.Average == "" {
		return nil, m, nil
	}
	k, ok := averages[recipe.Average]
	if !ok {
		return nil, nil, fmt.Errorf("train: no average of weights is called %q; there are %s", recipe.Average, strings.Join(slices.Sorted(maps.Keys(averages)), ", "))
	}
	if !(recipe.AverageMomentum >= 0 && recipe.AverageMomentum < 1) {
		return nil, nil, fmt.Errorf("train: momentum %g of the weights' average: want 0 to below 1", recipe.AverageMomentum)
	}
	f, err := m.File()
	if err != nil {
		return nil, nil, err
	}
	for i, t := range f.Tensors {
		f.Tensors[i].Data = slices.Clone(t.Data)
	}
	trained, err := model.Open(f)
	if err != nil {
		return nil, nil, err
	}
	a := &average{kept: k, momentum: k.momentum, trained: trained}
	if recipe.AverageMomentum > 0 {
		a.momentum = recipe.AverageMomentum
	}
	return a, trained, nil
}

// plan says which weights there are: those that learn, in the order of a plan, and the moving
// ones.
func (a *average) plan(m *model.Network, p graph.Plan) {
	slow := map[string][]float32{}
	for _, w := range m.Weights() {
		slow[w.Path] = w.Data
	}
	for _, w := range slices.Concat(p.Weights, p.Moving) {
		a.fast, a.slow = append(a.fast, w.Data), append(a.slow, slow[w.Path])
	}
	a.learn = len(p.Weights)
}

// follow follows the weights from from to to-1 after a step, counting from 1, of steps.
func (a *average) follow(from, to, step, steps int) {
	if a == nil || step%a.every != 0 {
		return
	}
	stays := a.momentum
	if a.stays != nil {
		stays *= a.stays(float64(step) / float64(steps))
	}
	if step == 1 && !a.back {
		stays = 0
	}
	for i := from; i < to; i++ {
		if a.back && i >= a.learn {
			copy(a.slow[i], a.fast[i])
			continue
		}
		kernel.Mix(a.slow[i], float32(stays), a.fast[i], float32(1-stays))
		if a.back {
			copy(a.fast[i], a.slow[i])
		}
	}
}

// trainedWeight is what the names of the tensors start with that hold the weights of which
// the model's are an average.
const trainedWeight = "trained/"

// state returns what a resumed run needs. The tensors share the memory.
func (a *average) state() []checkpoint.Tensor {
	var all []checkpoint.Tensor
	if a != nil {
		for _, w := range a.trained.Weights() {
			all = append(all, checkpoint.Tensor{Name: trainedWeight + w.Path, Shape: w.Shape, Data: w.Data})
		}
	}
	return all
}

// restore takes what state has returned.
func (a *average) restore(f *checkpoint.File) error {
	if a == nil {
		return nil
	}
	for _, w := range a.trained.Weights() {
		t, err := f.Tensor(trainedWeight + w.Path)
		if err != nil {
			return fmt.Errorf("train: %w", err)
		}
		if len(t.Data) != len(w.Data) {
			return fmt.Errorf("train: %s has %d weights, want %d", t.Name, len(t.Data), len(w.Data))
		}
		copy(w.Data, t.Data)
	}
	return nil
}

// Package bench measures how many pictures a second the tutorial's network
// classifies and trains, natively and in a browser alike.
package bench

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"tenfold/nn/kernel"
	"tenfold/nn/model"
	"tenfold/nn/spec"
	"tenfold/nn/train"
)

// Result is the speed of one workload in pictures a second: the median of the
// rounds, and the slowest and fastest of them.
type Result struct {
	Name             string  `json:"name"`
	Median, Min, Max float64 // pictures/s
}

// workload is something that is measured: run does it once for batch pictures.
type workload struct {
	name  string
	batch int
	run   func() error
	rates []float64
}

// roundTime is how long a workload runs in each round, at least.
const roundTime = 500 * time.Millisecond

// Run measures all workloads in turn, so often as rounds says, so that a drift of
// the machine hits all alike.
func Run(ctx context.Context, rounds int) ([]Result, error) {
	work, err := workloads()
	if err != nil {
		return nil, err
	}
	for range rounds {
		for _, w := range work {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			if err := w.measure(); err != nil {
				return nil, fmt.Errorf("bench: %s: %w", w.name, err)
			}
		}
	}
	var results []Result
	for _, w := range work {
		slices.Sort(w.rates)
		results = append(results, Result{w.name, w.rates[len(w.rates)/2], w.rates[0], w.rates[len(w.rates)-1]})
	}
	return results, nil
}

func workloads() ([]*workload, error) {
	m := model.Tutorial()
	if err := m.Init(1); err != nil {
		return nil, err
	}
	var work []*workload
	for _, batch := range []int{1, 32, 256} {
		p := m.Predictor(batch)
		x := make([]float32, batch*spec.Pixels)
		for i := range x {
			x[i] = float32(i%251)/250 - 0.5
		}
		work = append(work, &workload{name: fmt.Sprintf("inference, batch %d", batch), batch: batch, run: func() error {
			p.Predict(x)
			return nil
		}})
	}
	trained := model.Tutorial()
	if err := trained.Init(1); err != nil {
		return nil, err
	}
	recipe := spec.TutorialRecipe
	recipe.Epochs = 1 << 30
	run, err := train.NewRun(trained, recipe, pictures(32*64), train.NewAdamax(recipe.Rate))
	if err != nil {
		return nil, err
	}
	return append(work, &workload{name: "training, batch 32", batch: recipe.Batch, run: func() error {
		if run.EpochDone() {
			run.EndEpoch(spec.Metrics{})
		}
		return run.Step()
	}}), nil
}

// pictures is a made-up data set of so many pictures.
type pictures int

// Len implements evaluate.Data.
func (p pictures) Len() int { return int(p) }

// Picture implements evaluate.Data: a gradient whose colour is the class.
func (p pictures) Picture(i int) ([]byte, int) {
	b := make([]byte, spec.Pixels)
	for j := range b {
		b[j] = byte(i*31 + j*(i%10+1))
	}
	return b, i % 10
}

// measure runs the workload for roundTime after one run that does not count.
func (w *workload) measure() error {
	if err := w.run(); err != nil {
		return err
	}
	start, n := time.Now(), 0
	for time.Since(start) < roundTime {
		if err := w.run(); err != nil {
			return err
		}
		n += w.batch
	}
	w.rates = append(w.rates, float64(n)/time.Since(start).Seconds())
	return nil
}

// Print writes the results as a table.
func Print(out io.Writer, where string, results []Result) {
	fmt.Fprintf(out, "%s, kernel %q, %d cores, pictures/s\n%-24s%10s%10s%10s\n", where, kernel.Best(), kernel.Workers(), "", "median", "min", "max")
	for _, r := range results {
		fmt.Fprintf(out, "%-24s%10.0f%10.0f%10.0f\n", r.Name, r.Median, r.Min, r.Max)
	}
}

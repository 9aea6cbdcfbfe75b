package train

import (
	"context"

	"tenfold/nn/evaluate"
	"tenfold/nn/task"
)

// Callback hears how a run goes. An error from it ends the run.
type Callback interface {
	// Step is called after each step.
	Step(r *Run, p Progress) error
	// Epoch is called after each epoch's validation.
	Epoch(r *Run, e task.Epoch, val *evaluate.Result) error
}

// Fit trains r to its last epoch and validates on val after each. A cancelled
// context ends it between two steps with the context's error; the run can then be
// saved, and resumed by another Fit.
func Fit(ctx context.Context, r *Run, val evaluate.Data, callbacks ...Callback) error {
	for !r.Done() {
		for !r.EpochDone() {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := r.Step(); err != nil {
				return err
			}
			for _, c := range callbacks {
				if err := c.Step(r, r.Progress()); err != nil {
					return err
				}
			}
		}
		result, err := evaluate.Run(ctx, r.Model, val, nil)
		if err != nil {
			return err
		}
		epoch := r.EndEpoch(r.Penalised(result.Metrics))
		for _, c := range callbacks {
			if err := c.Epoch(r, epoch, result); err != nil {
				return err
			}
		}
	}
	return nil
}

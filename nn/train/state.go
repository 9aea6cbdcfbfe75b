package train

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"tenfold/nn/checkpoint"
	"tenfold/nn/evaluate"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// saved is the part of a run's state that is not tensors.
type saved struct {
	Recipe   task.Recipe  `json:"recipe"`
	History  []task.Epoch `json:"history"`
	Running  running      `json:"running"`
	Pictures int          `json:"pictures"`
}

// File returns the run as a safetensors file: the model's, and what Resume needs.
// The tensors share the run's memory.
func (r *Run) File() (*checkpoint.File, error) {
	f, err := r.Model.File()
	if err != nil {
		return nil, err
	}
	state, err := json.Marshal(saved{r.Recipe, r.History, r.running, r.data.Len()})
	if err != nil {
		return nil, fmt.Errorf("train: %w", err)
	}
	f.Metadata["training"] = string(state)
	f.Tensors = slices.Concat(f.Tensors, r.solver.State(), r.average.state())
	return f, nil
}

// Resume returns the run that f holds, over the same data.
func Resume(f *checkpoint.File, data evaluate.Data) (*Run, error) {
	m, err := model.Open(f)
	if err != nil {
		return nil, err
	}
	state, ok := f.Metadata["training"]
	if !ok {
		return nil, fmt.Errorf("train: the file holds a model but no training run to resume")
	}
	var s saved
	if err := json.Unmarshal([]byte(state), &s); err != nil {
		return nil, fmt.Errorf("train: the run's state: %w", err)
	}
	if s.Pictures != data.Len() {
		return nil, fmt.Errorf("train: the run was on %d pictures, here are %d", s.Pictures, data.Len())
	}
	r, err := NewRun(m, s.Recipe, data)
	if err != nil {
		return nil, err
	}
	if p := s.Running; p.Epoch < 0 || p.Step < 0 || p.Step > r.Steps() || p.Steps < p.Step {
		return nil, fmt.Errorf("train: the run stands at epoch %d, step %d of %d: not possible", p.Epoch, p.Step, r.Steps())
	}
	r.History, r.running = s.History, s.Running
	return r, errors.Join(r.solver.Restore(f, s.Running.Steps), r.average.restore(f))
}

// Warm lets a run that has made no step begin with what an optimiser has remembered over the
// given number of steps elsewhere, in the tensors that Optimizer.State gives. Tensors of
// another optimiser than the recipe's are an error.
func (r *Run) Warm(tensors []checkpoint.Tensor, steps int) error {
	if r.running.Steps > 0 {
		return fmt.Errorf("train: the run has made %d steps already", r.running.Steps)
	}
	f := &checkpoint.File{Tensors: slices.Clone(tensors)}
	for _, w := range r.Model.Weights() {
		f.Tensors = append(f.Tensors, checkpoint.Tensor{Name: w.Path, Shape: w.Shape, Data: w.Data})
	}
	return r.solver.Restore(f, steps)
}

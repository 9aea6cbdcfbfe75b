package training

import (
	"math"
	"slices"
	"time"

	"tenfold/nn/evaluate"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
)

// endEpoch validates and closes an epoch.
func (s *Session) endEpoch(j *job) error {
	result, err := s.measured(j.context, j, j.held)
	if err != nil || s.job != j {
		return err
	}
	e := j.run.EndEpoch(j.run.Penalised(result.Metrics))
	j.measured(result)
	if j.Best.Epoch == 0 || e.Val.Accuracy > j.Best.Val.Accuracy {
		j.Best = e
		if j.best, err = encoded(j.run.Model); err != nil {
			return err
		}
	}
	s.host.Send(protocol.EpochDone{Run: j.id, Epoch: e, Confusion: result.Confusion, Mistakes: mistakes(result, j.held)})
	s.publish(j, "live")
	s.save(j)
	return nil
}

// measured notes in the model its result on what is held out.
func (j *job) measured(r *evaluate.Result) {
	j.run.Model.Measured = []task.Measurement{{On: j.on, Pictures: j.held.Len(), Metrics: r.Metrics, Unix: time.Now().Unix()}}
	j.run.Model.History = j.run.History
	j.calibrate(r)
}

// calibratable is how many pictures a temperature is fitted on, at least.
const calibratable = 100

// calibrate fits the model's temperature on what is held out. With too few pictures it keeps
// that of the weights that it started from.
func (j *job) calibrate(r *evaluate.Result) {
	if len(r.Predictions) >= calibratable {
		j.run.Model.Temperature = r.Temperature()
	}
}

// mistakes are up to twelve of the pictures that were taken for another, the most
// confident first.
func mistakes(r *evaluate.Result, data evaluate.Data) []protocol.Mistake {
	var all []int
	for i, p := range r.Predictions {
		if p.True != p.Class {
			all = append(all, i)
		}
	}
	slices.SortStableFunc(all, func(a, b int) int {
		return int(math.Copysign(1, float64(r.Predictions[b].Score-r.Predictions[a].Score)))
	})
	var out []protocol.Mistake
	for _, i := range all[:min(len(all), 12)] {
		p := r.Predictions[i]
		pixels, _ := data.Picture(i)
		out = append(out, protocol.Mistake{Picture: slices.Clone(pixels), True: p.True, Class: p.Class, Score: float64(p.Score)})
	}
	return out
}

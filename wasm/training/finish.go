package training

import (
	"context"
	"errors"

	"tenfold/nn/checkpoint"
	"tenfold/nn/evaluate"
	"tenfold/wasm/protocol"
)

// The files of the weights that the last run ended with, and of its best epoch's.
const (
	lastFile = "last.safetensors"
	bestFile = "best.safetensors"
)

// fail ends a run whose step went wrong, with the best weights so far.
func (s *Session) fail(j *job, err error) {
	why := plain(err)
	if f, e := checkpoint.Decode(j.best); e == nil {
		if e := j.run.Model.Load(f); e == nil {
			why += ". The weights are those of the best epoch before"
			if j.Best.Epoch == 0 {
				why = plain(err) + ". The weights are those that the run started from"
			}
		}
	}
	s.finish(j, why)
}

// finish ends a run; why is empty for one that is done.
func (s *Session) finish(j *job, why string) {
	e := protocol.Finished{Run: j.id, Before: j.Before, Best: j.Best, Stopped: why != "", Why: why}
	if why == "stopped" {
		e.Why = ""
	}
	s.job = nil // the evaluations below are not part of the run
	quiet := s.beat(j)
	e.After = j.Before
	if n := len(j.run.History); n > 0 && !e.Stopped {
		e.After = j.run.History[n-1].Val
	} else if r, err := evaluate.Run(context.Background(), j.run.Model, j.held, func(int) { s.host.Yield() }); err == nil {
		e.After = j.run.Penalised(r.Metrics)
		j.measured(r)
	}
	if j.own != nil {
		e.MineBefore = j.OwnBefore
		if r, err := evaluate.Run(context.Background(), j.run.Model, j.own, func(int) { s.host.Yield() }); err == nil {
			e.MineAfter = r.Accuracy
		}
	}
	if file, err := encoded(j.run.Model); err == nil {
		s.host.Send(protocol.Weights{Run: j.id, Kind: "last", File: file})
		s.report(errors.Join(s.store.Write(lastFile, file), s.store.Write(bestFile, j.best)))
		if e.Network, err = s.keepNetwork(file); err != nil {
			e.Network = ""
			s.report(err)
		}
	}
	s.report(s.kept.clear())
	s.last = []protocol.Event{j.began(), e}
	quiet()
	s.host.Send(e)
	s.close(j)
	s.report(s.tell())
}

// drop gives the present run up.
func (s *Session) drop() {
	if j := s.job; j != nil {
		s.job = nil
		s.close(j)
	}
}

func (s *Session) close(j *job) {
	j.cancel()
	s.host.Dismiss()
	s.report(j.run.Close())
}

package training

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"time"

	"tenfold/nn/checkpoint"
	"tenfold/nn/model"
	"tenfold/nn/train"
	"tenfold/wasm/protocol"
)

// memory returns how many bytes the program has taken from the system.
func memory() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.Sys
}

// publish sends the run's weights.
func (s *Session) publish(j *job, kind string) {
	if file, err := encoded(j.run.Model); err == nil {
		s.host.Send(protocol.Weights{Run: j.id, Kind: kind, File: file})
	}
}

// save keeps the run, so that it can be resumed.
func (s *Session) save(j *job) {
	j.saved = time.Now()
	f, err := j.run.File()
	if err != nil {
		s.report(err)
		return
	}
	j.notes.Unix = time.Now().Unix()
	text, err := json.Marshal(j.notes)
	if err != nil {
		s.report(err)
		return
	}
	f.Metadata["job"] = string(text)
	b, err := f.Encode(checkpoint.F32)
	if err == nil {
		err = s.kept.save(b)
	}
	if err == nil && j.best != nil {
		err = s.store.Write(bestFile, j.best)
	}
	s.report(err)
}

// stored returns the run that is kept.
func (s *Session) stored() (*checkpoint.File, notes, error) {
	var n notes
	b, damaged, err := s.kept.load()
	if damaged && err == nil {
		s.host.Send(protocol.Notice{Text: "The newest saved state was damaged. The one before it is used."})
	} else if damaged {
		s.host.Send(protocol.Notice{Text: "What was saved of the last run is damaged and cannot be resumed."})
	}
	if err != nil {
		return nil, n, err
	}
	f, err := checkpoint.Decode(b)
	if err != nil {
		return nil, n, err
	}
	return f, n, json.Unmarshal([]byte(f.Metadata["job"]), &n)
}

// offer tells the page of a run that was cut off.
func (s *Session) offer() {
	f, n, err := s.stored()
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	var at struct {
		Running struct{ Epoch, Step int }
	}
	if err == nil {
		err = json.Unmarshal([]byte(f.Metadata["training"]), &at)
	}
	if err != nil {
		s.report(err)
		return
	}
	s.host.Send(protocol.Resumable{Job: n.Job, Epoch: at.Running.Epoch, Step: at.Running.Step, Unix: n.Unix})
}

// resume continues the run that is kept.
func (s *Session) resume(id uint64) error {
	s.drop()
	f, n, err := s.stored()
	if err != nil {
		return s.refuse(id, fmt.Errorf("training: there is nothing to resume: %w", err))
	}
	j := &job{id: id, job: n.Job, notes: n}
	m, err := model.Open(f)
	if err != nil {
		return s.refuse(id, err)
	}
	if j.trained, j.held, err = s.sets(n.Job, m.Input); err != nil {
		return s.refuse(id, err)
	}
	if j.run, err = train.Resume(f, j.trained); err != nil {
		return s.refuse(id, err)
	}
	if j.best, err = s.store.Read(bestFile); err != nil {
		if j.best, err = encoded(j.run.Model); err != nil {
			return s.refuse(id, err)
		}
	}
	return s.take(j)
}

func encoded(m *model.Network) ([]byte, error) {
	f, err := m.File()
	if err != nil {
		return nil, err
	}
	return f.Encode(checkpoint.F32)
}

// plain returns an error without the names of packages.
func plain(err error) string {
	text := err.Error()
	for _, p := range []string{"training: ", "train: ", "model: ", "checkpoint: ", "evaluate: ", "cifar10: ", "project: ", "transfer: "} {
		if len(text) > len(p) && text[:len(p)] == p {
			text = text[len(p):]
		}
	}
	return text
}

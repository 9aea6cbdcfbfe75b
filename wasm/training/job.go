package training

import (
	"context"
	"errors"
	"time"

	"tenfold/nn/evaluate"
	"tenfold/nn/task"
	"tenfold/nn/train"
	"tenfold/wasm/protocol"
)

// runFiles are those of the run that can be resumed. web/page.js looks for them.
var runFiles = [2]string{"run-0", "run-1"}

// How often the page is told about a run, and gets its weights.
const (
	tellEvery = 500 * time.Millisecond
	liveEvery = 2 * time.Second
)

// job is a training run and all that belongs to it.
type job struct {
	id  uint64
	job task.Job
	run *train.Run

	trained, held, own evaluate.Data // own is nil if the run is not on the user's pictures
	notes
	best []byte // the file of the best epoch's weights; before the first the start's
	on   string // what is held out

	state   string
	once    bool // pause after the next step
	context context.Context
	cancel  context.CancelFunc

	workers           int
	told, live, saved time.Time
	speed             speed
	batch             task.Metrics
	watch             watch
}

// notes are the parts of a job that are kept with the run.
type notes struct {
	Job       task.Job     `json:"job"`
	Before    task.Metrics `json:"before"`
	OwnBefore float64      `json:"own_before"`
	Best      task.Epoch   `json:"best"`
	Unix      int64        `json:"unix"`
}

// busy reports whether there is something to compute.
func (j *job) busy() bool { return j != nil && j.state != protocol.Paused }

// advance does the next piece of work of the run.
func (s *Session) advance() {
	j := s.job
	if j.run.Done() {
		s.finish(j, "")
		return
	}
	if j.run.EpochDone() {
		s.report(s.endEpoch(j))
		return
	}
	before, start := j.run.Progress(), time.Now()
	err := j.run.Step()
	var lost *train.Lost
	switch {
	case errors.As(err, &lost):
		s.replace(j, lost)
		return
	case err != nil:
		s.fail(j, err)
		return
	}
	after := j.run.Progress()
	n := after.Seen - before.Seen
	j.speed.add(n, time.Since(start).Seconds())
	j.batch = task.Metrics{
		Loss:     (after.Loss*float64(after.Seen) - before.Loss*float64(before.Seen)) / float64(n),
		Accuracy: (after.Accuracy*float64(after.Seen) - before.Accuracy*float64(before.Seen)) / float64(n),
	}
	if j.once {
		j.once, j.state = false, protocol.Paused
		s.publish(j, "live")
		j.told, j.watch.next = time.Time{}, time.Time{}
	}
	s.inside(j)
	s.progress(j, j.state)
	if now := time.Now(); now.Sub(j.live) > liveEvery {
		j.live = now
		s.publish(j, "live")
	}
	if time.Since(j.saved) > s.saving {
		s.save(j)
	}
}

// replace gets another worker in place of one that was lost; the step is made
// again.
func (s *Session) replace(j *job, lost *train.Lost) {
	h, err := s.host.Replace(lost.Helper)
	if err != nil {
		s.host.Dismiss()
		j.run.Helpers, j.workers = nil, 1
		s.host.Send(protocol.Notice{Text: "A worker stopped and no other could be started. Training goes on with one; nothing is lost."})
		return
	}
	j.run.Helpers[lost.Helper] = h
	s.host.Send(protocol.Notice{Text: "A worker stopped. Another took its place and the step was made again; nothing is lost."})
}

// steer carries out what the user wants of the run.
func (s *Session) steer(c protocol.Command) error {
	j := s.job
	if j == nil {
		return nil // it has ended meanwhile
	}
	switch c.(type) {
	case protocol.Pause:
		j.state = protocol.Paused
		s.save(j)
	case protocol.Continue:
		j.state, j.once = protocol.Running, false
	case protocol.StepOnce:
		j.state, j.once = protocol.Running, true
		return nil // the page is told when the run has paused again, so that it stays paused there
	case protocol.Stop:
		j.cancel()
		s.finish(j, "stopped")
		return nil
	}
	j.told = time.Time{}
	s.progress(j, j.state)
	return nil
}

// progress tells the page where the run stands, if it is time to.
func (s *Session) progress(j *job, state string) {
	if time.Since(j.told) < tellEvery {
		return
	}
	j.told = time.Now()
	p := j.run.Progress()
	e := protocol.Training{
		Run: j.id, State: state, Epoch: min(p.Epoch, p.Epochs), Epochs: p.Epochs, Step: p.Step, Steps: p.Steps, Batch: j.batch, Mean: p.Metrics,
		Rate: j.run.Rate(), PicturesPerSec: j.speed.perSecond(), Workers: j.workers, Memory: memory(),
	}
	if e.PicturesPerSec > 0 {
		left := (p.Epochs-p.Epoch+1)*j.run.Pictures() - p.Seen
		e.Left = float64(left) / e.PicturesPerSec
	}
	s.host.Send(e)
}

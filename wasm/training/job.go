package training

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"tenfold/nn/checkpoint"
	"tenfold/nn/cifar10"
	"tenfold/nn/evaluate"
	"tenfold/nn/model"
	"tenfold/nn/task"
	"tenfold/nn/train"
	"tenfold/wasm/protocol"
)

// The files of the weights that the last run ended with, and of its best epoch's.
const (
	lastFile = "last.safetensors"
	bestFile = "best.safetensors"
)

// runFiles are those of the run that can be resumed. web/page.js looks for them.
var runFiles = [2]string{"run-0", "run-1"}

// How often the page hears of a run, and gets its weights.
const (
	tellEvery = 500 * time.Millisecond
	liveEvery = 2 * time.Second
)

// job is a training run and all that belongs to it.
type job struct {
	id  uint64
	job task.Job
	run *train.Run

	trained, held, own evaluate.Data // own is nil if the run is not on the person's pictures
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
}

// notes are what of a job is kept beside the run.
type notes struct {
	Job       task.Job     `json:"job"`
	Before    task.Metrics `json:"before"`
	OwnBefore float64      `json:"own_before"`
	Best      task.Epoch   `json:"best"`
	Unix      int64        `json:"unix"`
}

// busy says whether there is something to compute.
func (j *job) busy() bool { return j != nil && j.state != protocol.Paused }

// speed is the mean over the last steps.
type speed struct {
	pictures []int
	seconds  []float64
}

func (v *speed) add(pictures int, seconds float64) {
	v.pictures, v.seconds = append(v.pictures, pictures), append(v.seconds, seconds)
	if len(v.seconds) > 40 {
		v.pictures, v.seconds = v.pictures[1:], v.seconds[1:]
	}
}

func (v *speed) perSecond() float64 {
	n, t := 0, 0.0
	for i := range v.pictures {
		n, t = n+v.pictures[i], t+v.seconds[i]
	}
	if t == 0 {
		return 0
	}
	return float64(n) / t
}

// begin starts a run in place of the present one.
func (s *Session) begin(c protocol.Begin) error {
	s.drop()
	m, err := s.start(c)
	if err != nil {
		return s.refuse(c.Run, err)
	}
	j := &job{id: c.Run, job: c.Job, notes: notes{Job: c.Job}}
	if j.trained, j.held, err = s.data.of(c.Job); err != nil {
		return s.refuse(c.Run, err)
	}
	if j.run, err = train.NewRun(m, c.Job.Recipe, j.trained); err != nil {
		return s.refuse(c.Run, err)
	}
	seen := m.Seen().Clone()
	s.data.see(seen, c.Job, j.trained)
	m.SetSeen(seen)
	return s.take(j)
}

// refuse ends a run before it began.
func (s *Session) refuse(run uint64, err error) error {
	s.host.Send(protocol.Finished{Run: run, Stopped: true, Why: plain(err)})
	return nil
}

// start returns the model that a run starts from.
func (s *Session) start(c protocol.Begin) (*model.Network, error) {
	if c.Job.From == task.Random {
		m := model.Tutorial()
		m.Name = "Trained here"
		return m, m.Init(c.Job.Seed)
	}
	file := c.Model
	if c.Job.From == task.Saved {
		var err error
		if file, err = s.store.Read(lastFile); err != nil {
			return nil, fmt.Errorf("training: no weights are saved here: %w", err)
		}
	}
	f, err := checkpoint.Decode(file)
	if err != nil {
		return nil, err
	}
	m, err := model.Open(f)
	if err == nil {
		m.Name, m.Measured, m.Moments = strings.TrimSuffix(m.Name, tuned)+tuned, nil, nil // those of the weights that it starts from
	}
	if err == nil {
		err = m.Fits(cifar10.Task)
	}
	return m, err
}

// tuned is behind the name of a model that was trained further here.
const tuned = ", tuned"

// take sets a job to work: helpers, the metrics before it.
func (s *Session) take(j *job) error {
	s.job, j.on = j, s.data.on(j.job)
	j.context, j.cancel = context.WithCancel(context.Background())
	j.saved, j.live = time.Now(), time.Now()
	if j.job.Data == task.Mine {
		own, err := s.data.part(task.Mine)
		if err != nil {
			return err
		}
		j.own = own
	}
	file, err := encoded(j.run.Model)
	if err != nil {
		return err
	}
	if err := s.gather(j, file); err != nil {
		return err
	}
	// One that was paused while it was being measured, and is resumed, is measured yet.
	fresh := j.best == nil || j.Before == task.Metrics{} && len(j.run.History) == 0 && j.run.Progress().Step == 0
	if fresh {
		j.best = file
		before, err := s.measured(j.context, j, j.held)
		if err != nil || s.job != j {
			return err
		}
		j.Before = j.run.Penalised(before.Metrics)
		j.calibrate(before)
		if j.own != nil {
			own, err := s.measured(j.context, j, j.own)
			if err != nil || s.job != j {
				return err
			}
			j.OwnBefore = own.Accuracy
		}
	}
	if fresh {
		s.save(j) // from now on the run can be resumed
	}
	s.host.Send(j.began())
	if j.state == "" {
		j.state = protocol.Running
	}
	j.told = time.Time{}
	s.progress(j, j.state)
	return nil
}

// began says how the run began, and what it has come to.
func (j *job) began() protocol.Began {
	return protocol.Began{Run: j.id, Job: j.job, Before: j.Before, Trained: j.trained.Len(), HeldOut: j.held.Len(), On: j.on, History: j.run.History}
}

// gather gets the workers that help.
func (s *Session) gather(j *job, file []byte) error {
	j.workers = j.job.Workers
	if j.workers <= 0 {
		j.workers = s.host.Cores()
	}
	j.workers = min(j.workers, j.job.Batch)
	if j.workers < 2 {
		return nil
	}
	defer s.beat(j)()
	helpers, err := s.host.Gather(j.workers-1, file, j.job.Recipe, train.Exchanges(j.run.Model, j.job.Recipe))
	if err != nil {
		s.host.Dismiss()
		s.host.Send(protocol.Notice{Text: "The other cores could not be taken into use (" + plain(err) + "). Training goes on with one."})
		j.workers = 1
		return nil
	}
	j.run.Helpers = helpers
	return nil
}

// beat tells the page, which takes a silent worker for dead, that this one waits for
// others, or measures what was stopped. It returns what ends that.
func (s *Session) beat(j *job) (stop func()) {
	t, done := time.NewTicker(s.silence), make(chan struct{})
	go func() {
		defer t.Stop()
		for {
			select {
			case <-t.C:
				s.host.Send(protocol.Training{Run: j.id, State: protocol.Preparing})
			case <-done:
				return
			}
		}
	}()
	return func() { close(done) }
}

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
		j.told = time.Time{}
	}
	s.progress(j, j.state)
	if now := time.Now(); now.Sub(j.live) > liveEvery {
		j.live = now
		s.publish(j, "live")
	}
	if time.Since(j.saved) > s.saving {
		s.save(j)
	}
}

// replace gets another worker in the place of one that was lost; the step is made
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

// fail ends a run whose step went wrong, with the best weights that there are.
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

// measured notes in the model what it comes to on what is held out.
func (j *job) measured(r *evaluate.Result) {
	j.run.Model.Measured = []task.Measurement{{On: j.on, Pictures: j.held.Len(), Metrics: r.Metrics, Unix: time.Now().Unix()}}
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

// steer carries out what the person wants of the run.
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
		return nil // the page hears of it when the run has paused again, so that it stays paused there
	case protocol.Stop:
		j.cancel()
		s.finish(j, "stopped")
		return nil
	}
	j.told = time.Time{}
	s.progress(j, j.state)
	return nil
}

// finish ends a run; why is empty for one that is done.
func (s *Session) finish(j *job, why string) {
	e := protocol.Finished{Run: j.id, Before: j.Before, Best: j.Best, Stopped: why != "", Why: why}
	if why == "stopped" {
		e.Why = ""
	}
	s.job = nil // the evaluations below are no part of the run
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

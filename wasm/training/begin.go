package training

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"tenfold/nn/checkpoint"
	"tenfold/nn/cifar10"
	"tenfold/nn/design"
	"tenfold/nn/evaluate"
	"tenfold/nn/keras"
	"tenfold/nn/model"
	"tenfold/nn/project"
	"tenfold/nn/task"
	"tenfold/nn/train"
	"tenfold/wasm/protocol"
)

// begin starts a run in place of the present one.
func (s *Session) begin(c protocol.Begin) error {
	s.drop()
	m, err := s.start(c)
	if err != nil {
		return s.refuse(c.Run, err)
	}
	j := &job{id: c.Run, job: c.Job, notes: notes{Job: c.Job}}
	if j.trained, j.held, err = s.sets(c.Job, m.Input); err != nil {
		return s.refuse(c.Run, err)
	}
	if j.run, err = train.NewRun(m, c.Job.Recipe, j.trained); err != nil {
		return s.refuse(c.Run, err)
	}
	seen := m.Seen().Clone()
	s.see(seen, c.Job, j.trained)
	m.SetSeen(seen)
	return s.take(j)
}

// see notes which pictures a job trains on.
func (s *Session) see(seen task.Seen, job task.Job, trained evaluate.Data) {
	sub, _ := trained.(evaluate.Subset)
	data, own := sub.Data.(*project.Data)
	if !own {
		s.data.see(seen, job, trained)
		return
	}
	one, err := s.projects.part(job.Data)
	for _, i := range sub.Index {
		if err == nil && one != nil {
			seen.Add(knownOf(one, data.Of[i]))
		}
	}
}

// refuse ends a run before it began.
func (s *Session) refuse(run uint64, err error) error {
	s.host.Send(protocol.Finished{Run: run, Stopped: true, Why: plain(err)})
	return nil
}

// start returns the model that a run starts from.
func (s *Session) start(c protocol.Begin) (*model.Network, error) {
	if c.Job.From == task.Random {
		m, err := s.designed(c.Job)
		if err != nil {
			return nil, err
		}
		m.Name += ", trained here"
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
		m.Name = strings.TrimSuffix(m.Name, tuned) + tuned
		m.Measured, m.Doubt, m.Report, m.History, m.Moments = nil, 0, nil, nil, nil // those of the weights that it starts from
	}
	if err == nil {
		err = s.fits(m, c.Job)
	}
	return m, err
}

// designed returns the network of a job from random weights.
func (s *Session) designed(job task.Job) (*model.Network, error) {
	name := cmp.Or(job.Network, task.TutorialCNN)
	one, err := s.projects.part(job.Data)
	if err != nil {
		return nil, err
	}
	if one != nil {
		return design.OpenFor(name, one.Names(), job.Side)
	}
	return design.Open(name)
}

// fits returns an error if a network cannot be trained on a job's data.
func (s *Session) fits(m *model.Network, job task.Job) error {
	one, err := s.projects.part(job.Data)
	if err != nil {
		return err
	}
	if one != nil {
		return m.Fits(one.Task(m.Input))
	}
	return m.Fits(cifar10.Task)
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

// began says how the run began, and its results so far.
func (j *job) began() protocol.Began {
	m := j.run.Model.Describe()
	adds := 0
	for _, l := range m.Layers {
		adds += l.MultiplyAdds
	}
	return protocol.Began{
		Params: m.Params, MultiplyAdds: adds, Summary: j.run.Model.Summary(), Code: keras.Script(j.run.Model, j.job.Recipe, j.job.HoldOut),
		Run: j.id, Job: j.job, Before: j.Before, Trained: j.trained.Len(), HeldOut: j.held.Len(), On: j.on, History: j.run.History,
	}
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

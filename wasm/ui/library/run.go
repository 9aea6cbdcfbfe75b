package library

import (
	"errors"
	"math"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/words"
)

// Run is a training run: the present one, or one that is kept.
type Run struct {
	ID       uint64             `json:"-"`
	Active   bool               `json:"-"` // it goes on
	Stopping bool               `json:"-"` // it was told to stop and has not yet
	State    protocol.Training  // as it was told last
	Began    protocol.Began     // zero until the network was measured
	Epochs   []task.Epoch       // that are done
	Curve    Curve              // of the steps
	Matrix   [][]int            // of the last validation: by true and predicted class
	Mistakes []protocol.Mistake `json:"-"` // of the last validation
	Finished *protocol.Finished // nil until it has ended
	Unix     int64              // when it began, s
	Classes  []string
	From     string // what the network was called that it began with; "" where that is not known
}

// Job returns that of the run; ok is false before it has begun.
func (r *Run) Job() (job task.Job, ok bool) { return r.Began.Job, r.Began.Trained > 0 }

// Reached is what the run has come to on what is held out: what was measured at its end, and until then
// after its newest epoch. ok is false before anything was measured.
func (r *Run) Reached() (m task.Metrics, ok bool) {
	if f := r.Finished; f != nil && f.After != (task.Metrics{}) {
		return f.After, true
	}
	if n := len(r.Epochs); n > 0 {
		return r.Epochs[n-1].Val, true
	}
	return m, false
}

// Paused and Running say how the run stands.
func (r *Run) Paused() bool  { return r.Active && r.State.State == protocol.Paused }
func (r *Run) Running() bool { return r.Active && r.State.State != protocol.Paused }

// Curve is a run's training loss and accuracy, smoothed, over its epochs.
type Curve struct {
	Points []Point
	loss   float64
	share  float64
	weight float64
}

// Point is a place on a curve; X is in epochs.
type Point struct{ X, Loss, Accuracy float64 }

// maxPoints bounds the points of a curve; with more, every second one is dropped.
const maxPoints = 2000

// smoothing is how much of the mean a new step leaves.
const smoothing = 0.9

func (c *Curve) add(e protocol.Training) {
	if e.Steps == 0 || e.Step == 0 || e.State != protocol.Running || math.IsNaN(e.Batch.Loss) {
		return
	}
	x := float64(e.Epoch-1) + float64(e.Step)/float64(e.Steps)
	if n := len(c.Points); n > 0 && c.Points[n-1].X >= x {
		return
	}
	c.loss = smoothing*c.loss + (1-smoothing)*e.Batch.Loss
	c.share = smoothing*c.share + (1-smoothing)*e.Batch.Accuracy
	c.weight = smoothing*c.weight + (1 - smoothing)
	c.Points = append(c.Points, Point{x, c.loss / c.weight, c.share / c.weight})
	if len(c.Points) > maxPoints {
		c.Points = half(c.Points)
	}
}

// half drops every second point.
func half(all []Point) []Point {
	kept := all[:0]
	for i := 1; i < len(all); i += 2 {
		kept = append(kept, all[i])
	}
	return kept
}

// InUse is a Job's From on the page alone: the run begins with the network in use, whatever
// that is then. The worker is told that it is a file.
const InUse = "use"

// Begin starts a run as the settings say, from the file of a network, where that is
// pretrained or InUse; name is what it is called.
func (l *Library) Begin(model []byte, name string) error {
	job := l.Job
	switch job.From {
	case task.Given:
		if l.Given == nil {
			return errors.New(words.Library.NeedFile)
		}
		model, name = l.Given, l.GivenName
	case InUse:
		job.From = task.Given
	}
	l.fresh(job)
	l.Run.From = name
	c := protocol.Begin{Run: l.Run.ID, Job: job, Model: model}
	b, err := protocol.Encode(c)
	if err != nil {
		return err
	}
	l.pending = b
	l.Tell(c)
	l.persist()
	return nil
}

// Failed reports whether the last run did not get to its end, and not because it was told so: the
// network that it has left may be of no use.
func (l *Library) Failed() bool { return l.Run.Finished != nil && l.Run.Finished.Why != "" }

// Resume continues with the run that the worker has offered.
func (l *Library) Resume() {
	if l.Offer == nil {
		return
	}
	l.Job = l.Offer.Job
	l.fresh(l.Job)
	l.Tell(protocol.Resume{Run: l.Run.ID})
}

// Discard gives up the run that the worker has offered.
func (l *Library) Discard() {
	l.Offer = nil
	l.Tell(protocol.Discard{})
}

// Stop ends the run; its weights are kept.
func (l *Library) Stop() {
	l.Run.Stopping = true
	l.Tell(protocol.Stop{})
}

// Abandon stops the run and takes no notice of what it still says.
func (l *Library) Abandon() {
	if !l.Run.Active {
		return
	}
	l.Tell(protocol.Stop{})
	l.Run = Run{ID: l.Run.ID + 1}
	l.pending, l.Last, l.Best = nil, nil, nil
	l.host.Awake(false)
}

// Teach makes a network right on the user's own pictures; id is that of the question. Where
// the server has pictures of CIFAR-10, the worker takes them first, to see what that costs.
func (l *Library) Teach(id uint64, model []byte) {
	if l.Served[task.TestSet] > 0 && l.Stored != nil && l.Stored.Test == 0 {
		l.Tell(protocol.Fetch{Names: task.TestFiles})
	}
	l.teaching, l.Taught = id, nil
	l.Ask(id, protocol.Teach{ID: id, Run: l.Run.ID, Model: model})
	l.persist()
}

// CanTeach reports whether there is something to teach and nothing prevents it.
func (l *Library) CanTeach() bool { return !l.Run.Active && l.teaching == 0 && l.Own() > 0 }

// Add puts a picture of a task to the user's own ones.
func (l *Library) Add(of task.Task, pixels []byte, class int) {
	l.Tell(protocol.Add{Task: of, Picture: pixels, Class: class})
	l.persist()
}

// persist asks the browser to keep what is stored, once: there is something now that nobody could
// fetch again, and some browsers ask the user.
func (l *Library) persist() {
	if !l.kept {
		l.kept = true
		l.host.Persist()
	}
}

// Fetch takes files of CIFAR-10 from the server.
func (l *Library) Fetch(names ...string) {
	l.Tell(protocol.Fetch{Names: names})
}

// GoOn is called when the version before was left in the middle of a run.
func (l *Library) GoOn() {
	l.goOn = true
	l.Need()
}

// Join joins the run of a worker that trains already.
func (l *Library) Join() {
	l.Need()
	l.joining = true
	b, err := protocol.Encode(protocol.Join{})
	if err != nil {
		panic(err) // it is empty
	}
	l.host.SendTrainer(b)
}

// fresh begins another run; the one before is kept.
func (l *Library) fresh(job task.Job) {
	l.keep()
	l.Offer, l.pending, l.heard, l.Taught = nil, nil, l.Now, nil
	l.Run = Run{ID: l.Run.ID + 1, Active: true, Unix: l.Now.Unix(), Classes: l.TaskOf(job.Data, nil).Classes}
	l.Run.State = protocol.Training{Run: l.Run.ID, State: protocol.Preparing, Epochs: job.Epochs}
	l.host.Awake(true)
}

// resumable takes the offer of a run, or resumes it if it is the current one.
func (l *Library) resumable(e *protocol.Resumable) {
	if l.Run.Active && l.pending != nil { // of another run
		return
	}
	l.Offer = e
	if l.Run.Active || l.goOn { // the worker had died, or the page is another
		l.goOn = false
		l.Resume()
	}
}

// runEvent takes an event of the present run; those of another are dropped.
func (l *Library) runEvent(e protocol.Event) (text string) {
	r := &l.Run
	switch e := e.(type) {
	case protocol.Began:
		if l.joining {
			l.joining = false
			l.fresh(e.Job)
			r.ID = e.Run
		}
		if e.Run == r.ID {
			r.Began, r.Epochs = e, e.History
			job := e.Job
			if l.Job.From == InUse && job.From == task.Given {
				job.From = InUse
			}
			l.Job, l.pending = job, nil
		}
	case protocol.Training:
		if e.Run == r.ID && r.Active {
			r.State = e
			r.Curve.add(e)
		}
	case protocol.EpochDone:
		if e.Run == r.ID {
			r.Epochs, r.Matrix, r.Mistakes = append(r.Epochs, e.Epoch), e.Confusion, e.Mistakes
		}
	case protocol.Finished:
		if e.Run == r.ID {
			r.Finished, r.Active, r.Stopping = &e, false, false
			l.Offer, l.pending = nil, nil
			l.host.Awake(false)
			if job := &l.Job; e.Why != "" && job.From == InUse && r.Began.Job.From != task.Given {
				job.From = r.Began.Job.From // what it has left is nothing to begin with
			}
			l.save()
			text = words.Sentence(e.Why)
		}
	}
	return text
}

package page

import (
	"fmt"
	"strings"
	"time"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
)

// Trainer is the page's way to the worker that trains.
type Trainer interface {
	// StartTrainer starts the worker, in place of one that there is.
	StartTrainer()
	// SendTrainer hands a message to it.
	SendTrainer(message []byte)
	// ChooseData lets the person choose a file of pictures or weights.
	ChooseData()
	// Download gives the person a file.
	Download(name, kind string, content []byte)
	// SetAddress changes the part of the page's address behind the #.
	SetAddress(hash string)
	// Awake asks that the screen stays on while the page is in front, or no longer.
	Awake(on bool)
	// Persist asks the browser to keep what is stored. It may say no.
	Persist()
}

// trainer is what the page knows of training.
type trainer struct {
	job      task.Job
	rare     bool     // the second page of settings is shown
	served   bool     // the server has pictures
	started  bool     // there is a worker
	ready    bool     // its program runs
	waiting  []func() // what is sent when it is
	revision int      // of all that is shown

	stored    *protocol.Stored
	offer     *protocol.Resumable
	given     []byte // the file to start from
	givenName string

	run      uint64 // the present run, or the last one
	active   bool   // it goes on
	pending  []byte // the Begin that the worker has not confirmed yet
	lost     bool   // the worker has died since, and with it what it was told
	goOn     bool   // one that an earlier version of the page was left in goes on here
	joining  bool   // the worker may be at one already, which the program before this one began
	state    protocol.Training
	began    protocol.Began
	heard    time.Time
	told     time.Time // when the worker was last told something
	curve    curve
	epochs   []task.Epoch
	matrix   [][]int
	mistakes []protocol.Mistake
	finished *protocol.Finished

	teaching uint64           // ID of the Teach under way; 0 for none
	taught   *protocol.Taught // what the last one came to

	shipped, last, best []byte // models; nil if there are none
	using               string // which one the page classifies with: "shipped", "live", "last" or "best"
	deaths              int    // of the worker since it was last heard
}

// trainerPatience is how long the page waits for a word of a worker that trains. Its
// slowest step is shorter by far.
const trainerPatience = 20 * time.Second

// need starts the worker, if there is none.
func (p *Page) need() {
	if t := &p.train; !t.started {
		t.started = true
		p.host.StartTrainer()
	}
}

// tell sends a command, when the worker is there.
func (p *Page) tell(c protocol.Command) {
	b, err := protocol.Encode(c)
	if err != nil {
		p.Report(err)
		return
	}
	p.whenReady(func() { p.host.SendTrainer(b) })
	p.train.told = p.now
}

// whenReady sends something to the worker, when it is there.
func (p *Page) whenReady(send func()) {
	p.need()
	if t := &p.train; t.ready {
		send()
	} else {
		t.waiting = append(t.waiting, send)
	}
}

// TrainerMessage takes a message from the worker that trains.
func (p *Page) TrainerMessage(b []byte, now time.Time) {
	p.At(now)
	t := &p.train
	t.heard, t.deaths = now, 0
	t.revision++
	e, err := protocol.DecodeEvent(b)
	if err != nil {
		p.Report(err)
		return
	}
	switch e := e.(type) {
	case protocol.Ready:
		t.ready = true
		if t.lost && t.active && t.pending != nil { // there is nothing to resume yet
			p.host.SendTrainer(t.pending)
		}
		t.lost = false
		for _, send := range t.waiting {
			send()
		}
		t.waiting = nil
	case protocol.Stored:
		p.stored(&e)
	case protocol.Surveyed:
		p.album.surveys[e.What] = &e
		p.album.revision++
	case protocol.Looked:
		p.album.looked(e, p.data().Pixels())
		p.askEnlarged()
	case protocol.Taught:
		if e.ID == t.teaching {
			t.teaching, t.taught = 0, &e
			p.problem = taughtWords(&e)
		}
	case protocol.Measuring, protocol.Evaluated, protocol.Excited, protocol.Cancelled:
		p.measured(e)
	case protocol.Resumable:
		if t.active && t.pending != nil { // of another run
			return
		}
		t.offer = &e
		if t.active || t.goOn { // the worker had died, or the page is another
			t.goOn = false
			p.resume()
		}
	case protocol.Notice:
		p.problem = e.Text
	case protocol.Failed:
		p.measured(protocol.Cancelled{ID: e.ID})
		if e.ID == t.teaching {
			t.teaching = 0
		}
		message, _, _ := strings.Cut(e.Message, "\n")
		p.problem = strings.ToUpper(message[:1]) + message[1:] + "."
	case protocol.Weights:
		p.weights(e)
	default:
		p.runEvent(e)
	}
}

// stored takes what there is to train on. What the page has of it is dropped if it is
// another.
func (p *Page) stored(e *protocol.Stored) {
	old := p.train.stored
	p.train.stored = e
	if old == nil || old.Test != e.Test || old.Train != e.Train || len(old.Mine) != len(e.Mine) {
		p.album.forget()
		p.gallery.zoomed = -1
	}
}

// runEvent takes an event of the present run; those of another are dropped.
func (p *Page) runEvent(e protocol.Event) {
	t := &p.train
	switch e := e.(type) {
	case protocol.Began:
		if t.joining {
			t.joining, t.run = false, e.Run
			p.fresh()
		}
		if e.Run == t.run {
			t.began, t.epochs = e, e.History
			t.job, t.pending = e.Job, nil
		}
	case protocol.Training:
		if e.Run == t.run && t.active {
			t.state = e
			t.curve.add(e)
			if p.update == begun && t.paused() {
				p.takeNow()
			}
		}
	case protocol.EpochDone:
		if e.Run == t.run {
			t.epochs, t.matrix, t.mistakes = append(t.epochs, e.Epoch), e.Confusion, e.Mistakes
		}
	case protocol.Finished:
		if e.Run == t.run {
			t.finished, t.active, t.offer, t.pending = &e, false, nil, nil
			p.host.Awake(false)
			if e.Why != "" {
				p.problem = strings.ToUpper(e.Why[:1]) + e.Why[1:] + "."
			}
		}
	}
}

// weights takes a model of the worker that trains. The newest is classified with.
func (p *Page) weights(e protocol.Weights) {
	t := &p.train
	if e.Kind == "best" {
		t.best = e.File
	} else if e.Run != t.run {
		return
	}
	if e.Kind == "last" {
		t.last, t.best = e.File, nil
	}
	p.use(e.Kind, e.File)
}

// use classifies with another model, if the worker takes it.
func (p *Page) use(kind string, model []byte) {
	p.Report(p.link.use(offer{kind: kind, model: model}, p.now))
}

// inUse takes the model that the worker has loaded into use.
func (p *Page) inUse(o offer) {
	t := &p.train
	if was := t.using; was == task.Shipped != (o.kind == task.Shipped) {
		beside := t.shipped
		if o.kind == task.Shipped {
			beside = nil
		}
		p.Report(p.link.compare(beside, p.now))
	}
	if p.evaluation.tempered { // the temperature was fitted for the network before
		p.temper(false)
	}
	t.using, p.link.model = o.kind, o.model
	if o.kind == task.Given {
		t.given, t.givenName, t.job.From = o.model, o.name, task.Given
		if o.name != "" {
			p.show("train")
			p.problem = "The file " + o.name + " is in use now."
		}
	}
	t.revision++
}

// begin starts a run as the settings say.
func (p *Page) begin() {
	t := &p.train
	model := t.shipped
	if t.job.From == task.Given {
		if t.given == nil {
			p.problem = "Choose a file of weights first (.safetensors): press Choose a file."
			return
		}
		model = t.given
	}
	t.run++
	p.fresh()
	c := protocol.Begin{Run: t.run, Job: t.job, Model: model}
	b, err := protocol.Encode(c)
	p.Report(err)
	t.pending = b
	p.tell(c)
	p.host.SetAddress(address(&t.job))
	p.host.Persist()
}

// resume goes on with the run that the worker has offered.
func (p *Page) resume() {
	t := &p.train
	if t.offer == nil {
		return
	}
	job := t.offer.Job
	t.run++
	p.fresh()
	t.job = job
	p.tell(protocol.Resume{Run: t.run})
}

// fresh clears what is known of an earlier run.
func (p *Page) fresh() {
	t := &p.train
	t.active, t.offer, t.finished, t.pending, t.heard = true, nil, nil, nil, p.now
	t.state = protocol.Training{Run: t.run, State: protocol.Preparing, Epochs: t.job.Epochs}
	t.taught = nil
	t.began, t.curve, t.epochs, t.matrix, t.mistakes = protocol.Began{}, curve{}, nil, nil, nil
	t.revision++
	p.host.Awake(true)
}

// teach makes the network in use right on the person's own pictures. Where the server has
// pictures of CIFAR-10, the worker takes them first, to see what that costs.
func (p *Page) teach() {
	t := &p.train
	if p.hasData && t.stored.Test == 0 {
		p.tell(protocol.Fetch{Names: task.TestFiles})
	}
	p.serial++
	t.teaching, t.taught = p.serial, nil
	p.tell(protocol.Teach{ID: t.teaching, Run: t.run, Model: p.link.model})
	p.problem = "Teaching …"
	p.host.Persist()
}

// taughtWords says what teaching came to.
func taughtWords(e *protocol.Taught) string {
	text := fmt.Sprintf("%d of %d of your pictures are now right (%d before).", e.After, e.Pictures, e.Before)
	if e.Before == e.Pictures && e.After == e.Pictures {
		text = fmt.Sprintf("All %d of your pictures are right.", e.Pictures)
		if e.Pictures == 1 {
			text = "Your picture is right."
		}
	}
	switch {
	case e.Others > 0:
		share := func(n int) float64 { return 100 * float64(n) / float64(e.Others) }
		text += fmt.Sprintf(" On %s other pictures: %.1f%% before, %.1f%% after.", thousands(e.Others), share(e.OthersBefore), share(e.OthersAfter))
	case !e.Careful:
		text += " The file of this network does not say what ordinary pictures look like to it, and there are none here: it may be worse at others now."
	}
	return text
}

// labelled says whether the classes of the network in use are those of the data sets, as far
// as they are known.
func (p *Page) labelled() bool {
	d := p.data()
	return len(d.Classes) == 0 || p.task().Fits(d) == nil
}

// label puts the picture to the person's own ones.
func (p *Page) label(class int) {
	p.tell(protocol.Add{Task: p.task(), Picture: p.Pixels(), Class: class})
	p.problem = fmt.Sprintf("Saved as %s among your pictures. Press Teach to make the network learn them.", p.className(class))
	p.host.Persist()
}

// SetField takes a value that the person has typed or chosen.
func (p *Page) SetField(id, value string) {
	for _, f := range fields {
		if f.ID != id {
			continue
		}
		if err := f.set(&p.train.job, value); err != nil {
			p.Report(err)
		} else {
			p.problem = ""
		}
		p.train.revision++
		return
	}
}

// File takes a file of weights that the person has chosen.
func (p *Page) File(name string, b []byte) {
	p.problem = ""
	p.Report(p.link.use(offer{kind: task.Given, name: name, model: b}, p.now))
}

// Given tells that a file of pictures was chosen, which bring hands to the worker.
func (p *Page) Given(bring func()) {
	p.show("train")
	p.whenReady(bring)
}

// TrainerDied tells that the worker that trains has ended. It is started again, and a
// run goes on from its last checkpoint.
func (p *Page) TrainerDied(why string) {
	t := &p.train
	t.revision++
	t.ready, t.waiting, t.lost = false, nil, true
	p.album.forget()
	p.evaluation.id, p.inside.nineID, t.teaching = 0, 0, 0
	if t.deaths++; t.deaths > maxRestarts {
		t.started, t.active = false, false
		p.host.Awake(false)
		p.problem = "The part of the page that trains cannot start (" + why + "). Reload the page."
		return
	}
	t.heard, t.told = p.now, p.now
	t.state.State = protocol.Preparing
	p.host.StartTrainer()
	if t.active {
		p.problem = "The worker that trains stopped. It was started again and goes on from its last checkpoint."
	}
}

// watchTrainer looks whether a run has fallen silent.
func (p *Page) watchTrainer(now time.Time) time.Duration {
	t := &p.train
	since := t.heard
	measuring := p.evaluation.id != 0 || p.inside.nineID != 0 || t.teaching != 0
	if t.paused() || measuring { // it may have been silent until it was told something
		since = later(t.told, t.heard)
	}
	if !measuring && (!t.active || t.paused() && !t.told.After(t.heard)) {
		return Forever
	}
	if now.Sub(since) > trainerPatience {
		p.TrainerDied("no answer")
		since = t.heard
	}
	return since.Add(trainerPatience).Sub(now) + time.Millisecond
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// paused, running and idle say how the run stands.
func (t *trainer) paused() bool  { return t.active && t.state.State == protocol.Paused }
func (t *trainer) running() bool { return t.active && t.state.State != protocol.Paused }
func (t *trainer) idle() bool    { return !t.active }

// SetMachine takes the browser's words for itself and this program's version, for the
// report.
func (p *Page) SetMachine(browser, version string) { p.machine, p.version = browser, version }

// Address takes the part of the page's address behind the #, and goes to the Train view
// if it names a run.
func (p *Page) Address(hash string) {
	names, err := fromAddress(&p.train.job, hash)
	p.Report(err)
	if names {
		p.show("train")
	}
}

// Left says that an earlier visit has left a run that was cut off.
func (p *Page) Left() { p.need() }

// fetch takes what the job is on from the server.
func (p *Page) fetch() {
	names := task.TestFiles
	if p.train.job.Data == task.TrainSet {
		names = append(append([]string{}, names...), task.TrainFiles...)
	}
	p.tell(protocol.Fetch{Names: names})
	p.host.Persist()
}

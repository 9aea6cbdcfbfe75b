package page

import (
	"bytes"
	"image/png"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"tenfold/nn/cifar10"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
)

// says hands the page a message of the worker that trains.
func (b *browser) says(e protocol.Event) {
	b.Helper()
	m, err := protocol.Encode(e)
	if err != nil {
		b.Fatal(err)
	}
	b.page.TrainerMessage(m, b.page.now)
}

// asked is the last command to the worker that trains.
func (b *browser) asked() protocol.Command {
	b.Helper()
	if len(b.trained) == 0 {
		return nil
	}
	c, err := protocol.DecodeCommand(b.trained[len(b.trained)-1])
	if err != nil {
		b.Fatal(err)
	}
	return c
}

func newTrainPage(t *testing.T) (*Page, *browser) {
	p, b := newPage(t, 1280, 800, false)
	p.Do("view-train")
	b.says(protocol.Ready{})
	b.says(protocol.Stored{Task: cifar10.Task, Test: 10000, Kept: true, Mine: []protocol.Labelled{{Picture: make([]byte, cifar10.Task.Pixels()), Class: 2}}})
	return p, b
}

func TestARunOnThePage(t *testing.T) {
	p, b := newTrainPage(t)
	p.SetField("train-epochs", "2")
	p.SetField("train-rate", "0,002")
	p.Do("train-start")
	begin, ok := b.asked().(protocol.Begin)
	if !ok || begin.Job.Epochs != 2 || begin.Job.Rate != 0.002 || len(begin.Model) == 0 || !b.awake {
		t.Fatalf("%+v", begin.Job)
	}
	if !strings.Contains(b.hash, "rate=0.002") {
		t.Errorf("the address is %q", b.hash)
	}
	run := begin.Run
	p.Do("train-start") // is disabled
	if len(b.trained) != 1 {
		t.Error("a run was started in the middle of another")
	}
	b.says(protocol.Began{Run: run, Job: begin.Job, Before: task.Metrics{Loss: 0.7, Accuracy: 0.712}, Trained: 8000, HeldOut: 2000})
	at := protocol.Training{Run: run, State: protocol.Running, Epoch: 1, Epochs: 2, Step: 10, Steps: 250, Mean: task.Metrics{Loss: 0.912, Accuracy: 0.681}, Batch: task.Metrics{Loss: 0.9, Accuracy: 0.7}, PicturesPerSec: 412, Left: 180}
	b.says(at)
	if s := p.Twin().Train; s != "epoch 1/2 step 10/250 loss 0.912 accuracy 0.681 412 pictures/s 3 min left" {
		t.Errorf("the status is %q", s)
	}
	begun := at
	begun.Step, begun.Mean = 0, task.Metrics{}
	b.says(begun)
	if s := p.Twin().Train; s != "epoch 1/2 step 0/250 412 pictures/s 3 min left" {
		t.Errorf("before the first step the status is %q", s)
	}
	b.says(at)
	b.says(protocol.Training{Run: run + 5, State: protocol.Paused}) // of another run
	if p.train.paused() {
		t.Error("an event of another run counts")
	}
	p.Do("train-pause")
	if _, ok := b.asked().(protocol.Pause); !ok {
		t.Errorf("%T", b.asked())
	}
	at.State = protocol.Paused
	b.says(at)
	p.Do("train-pause")
	if _, ok := b.asked().(protocol.Continue); !ok {
		t.Errorf("%T", b.asked())
	}
	val := task.Metrics{Loss: 0.6, Accuracy: 0.745}
	b.says(protocol.EpochDone{Run: run, Epoch: task.Epoch{Epoch: 1, Rate: 0.002, Train: task.Metrics{Loss: 0.8, Accuracy: 0.7}, Val: val}, Confusion: make([][]int, 10)})
	begun.Epoch = 2
	b.says(begun)
	if lines := p.train.lines(); len(lines) != 2 || lines[1] != "Last epoch: loss 0.800, accuracy 70.0 %" {
		t.Errorf("before the first step of an epoch the lines are %q", lines)
	}
	if s := p.Twin().Train; !strings.Contains(s, "val_accuracy 0.745") {
		t.Errorf("the status is %q", s)
	}
	b.says(protocol.Finished{Run: run, Before: task.Metrics{Loss: 0.7, Accuracy: 0.712}, After: val})
	if s := p.Twin().Result; !strings.HasPrefix(s, "validation, 2,000 pictures: 71.2% before, 74.5% after") || !strings.Contains(s, "no longer a fair measure") {
		t.Errorf("the result is %q", s)
	}
	before, rates := p.Twin().Result, p.train.charts(p.theme, math.NaN())[2]
	p.train.job = task.Tutorial // the settings of the next run, and pictures that come meanwhile, change nothing of this one
	b.says(protocol.Stored{Task: cifar10.Task, Test: 10000, Train: 50000})
	if s := p.Twin().Result; s != before || !reflect.DeepEqual(p.train.charts(p.theme, math.NaN())[2].lines, rates.lines) {
		t.Errorf("the result is %q now, or its learning rates are others", s)
	}
	if b.awake || p.train.active {
		t.Error("the run goes on")
	}
	for _, id := range []string{"train-csv", "train-png", "train-report", "train-weights"} {
		p.Do(id)
	}
	if len(b.downloads) != 4 {
		t.Fatalf("%d files", len(b.downloads))
	}
	if s := string(b.downloads[0].content); !strings.HasPrefix(s, "epoch,lr,loss,accuracy,val_loss,val_accuracy,seconds\n1,0.002,") {
		t.Errorf("the history is %q", s)
	}
	if _, err := png.Decode(bytes.NewReader(b.downloads[1].content)); err != nil {
		t.Error(err)
	}
	if s := string(b.downloads[2].content); !strings.Contains(s, "74.5% after") || !strings.Contains(s, "data:image/png") || !strings.Contains(s, "<td>0.002</td>") || strings.Contains(s, "<td>10</td>") {
		t.Error("the report lacks something")
	}
}

// TestNothingToTrainOn looks at what the page says where there are no pictures yet.
func TestNothingToTrainOn(t *testing.T) {
	p, b := newTrainPage(t)
	b.says(protocol.Stored{Task: cifar10.Task})
	for served, want := range map[bool]string{true: "bring pictures first: take them from the server, or choose a file", false: "bring pictures first: choose a file"} {
		if p.train.served = served; p.train.status() != want {
			t.Errorf("the server has pictures: %v; the status is %q", served, p.train.status())
		}
	}
}

// TestNewestWeightsClassify hands the page a network as it trains, and goes back.
func TestNewestWeightsClassify(t *testing.T) {
	p, b := newTrainPage(t)
	shipped := p.Probs()
	p.Do("train-start")
	b.says(protocol.Weights{Run: p.train.run, Kind: "live", File: otherModel(t)})
	b.until("the newest weights are used", func() bool { return !slices.Equal(p.Probs(), shipped) && p.compare })
	if !slices.Equal(p.before, shipped) {
		t.Errorf("beside it %v, want the shipped network's %v", p.before, shipped)
	}
	if s := p.Twin().Details; !strings.Contains(s, "Shipped: ") {
		t.Errorf("details %q", s)
	}
	b.says(protocol.Finished{Run: p.train.run, Stopped: true})
	p.Do("train-revert")
	b.until("the shipped network is back", func() bool { return slices.Equal(p.Probs(), shipped) && !p.compare })
}

// until hands the worker's messages to the page until something is so.
func (b *browser) until(what string, so func() bool) {
	b.Helper()
	for deadline := time.After(20 * time.Second); !so(); {
		select {
		case m := <-b.events:
			b.page.Message(m, b.page.now)
		case <-deadline:
			b.Fatalf("it is not so that %s; status %q", what, b.page.Twin().Status)
		}
	}
}

func TestADeadTrainerIsBroughtBack(t *testing.T) {
	p, b := newTrainPage(t)
	p.Do("train-start")
	b.says(protocol.Began{Run: p.train.run, Job: p.train.job, Trained: 8000})
	p.Tick(p.now.Add(trainerPatience + time.Second))
	starts := 0
	for _, c := range b.called {
		if c == "trainer" {
			starts++
		}
	}
	if starts != 2 || !strings.Contains(p.Twin().Status, "last checkpoint") {
		t.Errorf("%d starts; %q", starts, p.Twin().Status)
	}
	b.says(protocol.Ready{})
	b.says(protocol.Resumable{Job: p.train.job, Epoch: 1, Step: 7})
	if _, ok := b.asked().(protocol.Resume); !ok {
		t.Errorf("the page says %T", b.asked())
	}
	for range maxRestarts + 1 {
		p.TrainerDied("it will not")
	}
	if p.train.active || !strings.Contains(p.Twin().Status, "Reload") {
		t.Errorf("%q", p.Twin().Status)
	}
}

// TestTheClockJumps lets the computer sleep for a night in the middle of a run, and sets
// its clock back: no worker is taken for dead, and one that is dead is still found out.
func TestTheClockJumps(t *testing.T) {
	p, b := newTrainPage(t)
	p.Do("train-start")
	b.says(protocol.Began{Run: p.train.run, Job: p.train.job, Trained: 8000})
	p.Tick(p.now.Add(time.Second))
	for _, jump := range []time.Duration{8 * time.Hour, -48 * time.Hour, 366 * 24 * time.Hour} {
		b.called = nil
		b.restarts = 0
		p.again() // an answer is awaited, too
		wait := p.Tick(p.now.Add(jump))
		if len(b.called) > 0 || b.restarts > 0 || wait > trainerPatience {
			t.Errorf("after a jump of %v: %v, %d restarts, the next look in %v", jump, b.called, b.restarts, wait)
		}
		b.answer()
		b.says(protocol.Training{Run: p.train.run, State: protocol.Running})
	}
	p.Tick(p.now.Add(trainerPatience + time.Second))
	if len(b.called) != 1 || b.called[0] != "trainer" {
		t.Errorf("a worker that is silent: %v", b.called)
	}
}

// TestALongPause continues a run that was paused for a minute, in which nothing moved.
func TestALongPause(t *testing.T) {
	p, b := newTrainPage(t)
	p.Do("train-start")
	b.says(protocol.Began{Run: p.train.run, Job: p.train.job, Trained: 8000})
	b.says(protocol.Training{Run: p.train.run, State: protocol.Paused})
	p.Tick(p.now.Add(time.Second))
	b.called = nil
	later := p.now.Add(time.Minute)
	p.At(later)
	p.Do("train-pause")
	p.Tick(later)
	if _, ok := b.asked().(protocol.Continue); !ok || len(b.called) > 0 {
		t.Errorf("the worker was told %T; %v", b.asked(), b.called)
	}
}

// TestATrainerThatDiesBeforeTheRun ends the worker before it has said that the run began:
// there is nothing to resume, so the run is begun again, and a run that an earlier visit
// has left does not come in its place.
func TestATrainerThatDiesBeforeTheRun(t *testing.T) {
	p, b := newTrainPage(t)
	p.Do("train-start")
	first := b.asked()
	b.trained = nil
	p.TrainerDied("test")
	b.says(protocol.Ready{})
	b.says(protocol.Stored{Task: cifar10.Task, Test: 10000, Kept: true})
	b.says(protocol.Resumable{Job: task.Tutorial})
	if len(b.trained) != 1 || !reflect.DeepEqual(b.asked(), first) {
		t.Fatalf("%d commands, the last %T", len(b.trained), b.asked())
	}
	b.says(protocol.Began{Run: p.train.run, Job: p.train.job, Trained: 8000, HeldOut: 2000})
	p.TrainerDied("test")
	b.says(protocol.Ready{})
	b.says(protocol.Resumable{Job: p.train.job})
	if _, ok := b.asked().(protocol.Resume); !ok {
		t.Errorf("a run that began does not go on: %T", b.asked())
	}
}

func TestLabelsAndTeaching(t *testing.T) {
	p, b := newTrainPage(t)
	p.Do("label-cat")
	add, ok := b.asked().(protocol.Add)
	if !ok || add.Class != 3 || !bytes.Equal(add.Picture, p.Pixels()) || p.view != "classify" {
		t.Errorf("%T of class %d", b.asked(), add.Class)
	}
	p.Do("teach")
	teach, ok := b.asked().(protocol.Teach)
	if !ok || !bytes.Equal(teach.Model, p.link.model) || p.view != "classify" || canTeach(p) {
		t.Errorf("%T", b.asked())
	}
	b.says(protocol.Failed{ID: teach.ID, Message: "no room"})
	if s := p.Twin().Status; !strings.HasPrefix(s, "No room") || !canTeach(p) {
		t.Errorf("status %q", s)
	}
	p.Do("teach")
	teach = b.asked().(protocol.Teach)
	b.says(protocol.Taught{ID: teach.ID, Pictures: 5, Before: 1, After: 5, Careful: true, Others: 2000, OthersBefore: 1542, OthersAfter: 1540})
	const want = "5 of 5 of your pictures are now right (1 before). On 2,000 other pictures: 77.1% before, 77.0% after."
	if w := p.Twin(); w.Status != want || w.Result != want || w.Train != "taught; "+want {
		t.Errorf("status %q, training %q, result %q", w.Status, w.Train, w.Result)
	}
	p.Do("train-export")
	if d := b.downloads; len(d) != 1 || len(d[0].content) != 1+cifar10.Task.Pixels() || d[0].content[0] != 2 {
		t.Errorf("%d files", len(d))
	}
	for _, panel := range p.Panels() {
		for _, part := range panel.parts {
			if part.action.ID == "mine-0" {
				c := part.Center()
				stroke(p, 1, [2]float64{c.X, c.Y})
			}
		}
	}
	if d, ok := b.asked().(protocol.Drop); !ok || d.Index != 0 {
		t.Errorf("%T", b.asked())
	}
}

func TestAddress(t *testing.T) {
	job := task.Tutorial
	job.Seed, job.Shift, job.L2, job.Workers = 42, 3, 1e-4, 2
	other := task.FineTuning
	names, err := fromAddress(&other, "#"+address(&job))
	if !names || err != nil || other != job {
		t.Errorf("%v %v: %+v", names, err, other)
	}
	before := other
	if _, err := fromAddress(&other, "#train?rate=5&epochs=-3"); err == nil || other != before {
		t.Errorf("%v: %+v", err, other)
	}
	if names, _ := fromAddress(&other, "#elsewhere"); names {
		t.Error("any address names a run")
	}
	p, _ := newPage(t, 1280, 800, false)
	p.Address("#train?epochs=7&seed=9")
	if p.view != "train" || p.train.job.Epochs != 7 || p.train.job.Seed != 9 {
		t.Errorf("%q %+v", p.view, p.train.job)
	}
}

// TestFields turns every field up and down, and types nonsense into it.
func TestFields(t *testing.T) {
	p, _ := newTrainPage(t)
	for _, f := range fields {
		before := p.train.job
		f.turn(&p.train.job, true)
		f.turn(&p.train.job, true)
		after := f.get(&p.train.job)
		if after == f.get(&before) && len(f.Choices) != 2 {
			t.Errorf("%s stays %s", f.ID, after)
		}
		if err := f.set(&p.train.job, after); err != nil {
			t.Errorf("%s does not take its own %q: %v", f.ID, after, err)
		}
		f.turn(&p.train.job, false)
		was := p.train.job
		p.SetField(f.ID, "nonsense")
		if p.train.job != was || p.problem == "" {
			t.Errorf("%s takes nonsense", f.ID)
		}
	}
	p.SetField("train-rate", "1000")
	if p.train.job.Rate != 1000 {
		t.Error("a rate of 1000 is not taken")
	}
}

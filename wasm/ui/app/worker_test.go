package app_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"tenfold/nn/cifar10"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/app"
	"tenfold/wasm/ui/app/apptest"
	"tenfold/wasm/ui/library"
	"tenfold/wasm/ui/network"
	"tenfold/wasm/ui/pad"
)

func encoded(t *testing.T, e protocol.Event) []byte {
	t.Helper()
	m, err := protocol.Encode(e)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// line draws on the pad.
func line(b *apptest.Browser, from, to float64) {
	s := b.Desk().Subject
	s.Stroke(pad.Point{X: from, Y: 0.3})
	s.Extend(pad.Point{X: to, Y: 0.7})
	s.EndStroke(false)
	b.Later(0)
}

// TestNewestPictureWins draws on while an answer is under way: what was drawn last is
// answered, and an answer that comes late is dropped.
func TestNewestPictureWins(t *testing.T) {
	b := apptest.Open(t, 1280, 800, false)
	before := b.Answers()
	for i := range 50 {
		line(b, 0.1, 0.2+0.01*float64(i))
	}
	b.Settled()
	if n := b.Answers() - before; n != 2 {
		t.Errorf("%d pictures were sent for fifty strokes, want the first and the newest", n)
	}
	probs := slices.Clone(b.Probs())
	b.Message(encoded(t, protocol.Classified{ID: 1, Probs: make([]float32, 10)}), b.Now())
	if !slices.Equal(b.Probs(), probs) {
		t.Error("the answer to an old picture was taken")
	}
}

// TestAFailedAnswer fails the answer to a picture: the newest one is asked about.
func TestAFailedAnswer(t *testing.T) {
	b := apptest.Open(t, 1280, 800, false)
	answers := b.Answers()
	line(b, 0.2, 0.4) // is under way
	line(b, 0.5, 0.9) // waits
	b.Message(encoded(t, protocol.Failed{ID: 2, Message: "session: no"}), b.Now())
	if s := b.Twin().Status; s != "The worker says: no." {
		t.Errorf("status %q", s)
	}
	b.Until("the newest is answered", func() bool { return b.Desk().Network.Settled() })
	if b.Answers() == answers {
		t.Error("the newest picture is not asked about")
	}
}

// TestADeadWorkerIsBroughtBack loses a question, and waits.
func TestADeadWorkerIsBroughtBack(t *testing.T) {
	b := apptest.Open(t, 1280, 800, false)
	b.Deaf = true
	line(b, 0.2, 0.8)
	if wait := b.Later(network.Patience / 2); b.Restarts != 0 || wait > network.Patience {
		t.Fatal("restarted too soon")
	}
	b.Later(network.Patience)
	if s := b.Twin().Status; b.Restarts != 1 || !strings.Contains(s, "started again") {
		t.Fatalf("%d restarts, status %q", b.Restarts, s)
	}
	b.Settled()
	if b.Twin().Status != "Ready." {
		t.Errorf("status %q", b.Twin().Status)
	}
	for range network.MaxRestarts + 1 {
		b.WorkerDied("no memory")
	}
	if s := b.Twin().Status; !strings.Contains(s, "Reload the page") || b.Restarts != 1+network.MaxRestarts {
		t.Errorf("after %d restarts the status is %q", b.Restarts, s)
	}
}

// TestADeadTrainerIsBroughtBack ends the worker in the middle of a run, which continues.
func TestADeadTrainerIsBroughtBack(t *testing.T) {
	b := apptest.Open(t, 1280, 800, false)
	l := b.Desk().Library
	b.Press("view-train")
	b.Trains(10000)
	if err := l.Begin(b.Desk().Network.Shipped, ""); err != nil {
		t.Fatal(err)
	}
	first := b.Asked()
	b.Trained = nil
	b.TrainerDied("test") // before the run began there is nothing to resume: it is begun again
	b.Trains(10000)
	b.Says(protocol.Resumable{Job: task.Tutorial})
	if len(b.Trained) != 1 || b.Asked().(protocol.Begin).Run != first.(protocol.Begin).Run {
		t.Fatalf("%d commands, the last %T", len(b.Trained), b.Asked())
	}
	b.Says(protocol.Began{Run: l.Run.ID, Job: l.Job, Trained: 8000})
	b.Called = nil
	b.Later(library.Patience + time.Second)
	if !slices.Equal(b.Called, []string{"trainer"}) || !strings.Contains(b.Twin().Status, "last checkpoint") {
		t.Errorf("%v; %q", b.Called, b.Twin().Status)
	}
	b.Says(protocol.Ready{})
	b.Says(protocol.Resumable{Job: l.Job, Epoch: 1, Step: 7})
	if _, ok := b.Asked().(protocol.Resume); !ok {
		t.Errorf("the page says %T", b.Asked())
	}
	for range library.MaxRestarts + 1 {
		b.TrainerDied("it will not")
	}
	if l.Run.Active || !strings.Contains(b.Twin().Status, "Reload") {
		t.Errorf("%q", b.Twin().Status)
	}
	if s := b.Text("train-status"); !strings.Contains(s, "is not here") || b.Leaf("train-start").Disabled == "" {
		t.Errorf("without a worker, training is %q", s)
	}
}

// TestTheClockJumps lets the computer sleep for a night in the middle of a run, and sets
// its clock back: no worker is taken for dead, and one that is dead is still found out.
func TestTheClockJumps(t *testing.T) {
	b := apptest.Open(t, 1280, 800, false)
	l := b.Desk().Library
	b.Trains(10000)
	if err := l.Begin(b.Desk().Network.Shipped, ""); err != nil {
		t.Fatal(err)
	}
	b.Says(protocol.Began{Run: l.Run.ID, Job: l.Job, Trained: 8000})
	b.Later(time.Second)
	for _, jump := range []time.Duration{8 * time.Hour, -48 * time.Hour, 366 * 24 * time.Hour} {
		b.Called, b.Restarts = nil, 0
		b.Desk().Report(b.Desk().Network.Again()) // an answer is awaited, too
		wait := b.Later(jump)
		if len(b.Called) > 0 || b.Restarts > 0 || wait > library.Patience+time.Second {
			t.Errorf("after a jump of %v: %v, %d restarts, the next look in %v", jump, b.Called, b.Restarts, wait)
		}
		b.Settled()
		b.Says(protocol.Training{Run: l.Run.ID, State: protocol.Running})
	}
	b.Later(library.Patience + time.Second)
	if !slices.Equal(b.Called, []string{"trainer"}) {
		t.Errorf("a worker that is silent: %v", b.Called)
	}
}

// TestALongPause continues a run that was paused for a minute, in which nothing moved.
func TestALongPause(t *testing.T) {
	b := apptest.Open(t, 1280, 800, false)
	l := b.Desk().Library
	b.Trains(10000)
	if err := l.Begin(b.Desk().Network.Shipped, ""); err != nil {
		t.Fatal(err)
	}
	b.Says(protocol.Began{Run: l.Run.ID, Job: l.Job, Trained: 8000})
	b.Says(protocol.Training{Run: l.Run.ID, State: protocol.Paused})
	b.Called = nil
	if wait := b.Later(time.Minute); wait != app.Forever || len(b.Called) > 0 {
		t.Errorf("a paused run is looked after in %v; %v", wait, b.Called)
	}
	l.Tell(protocol.Continue{})
	if b.Later(0); len(b.Called) > 0 {
		t.Errorf("%v", b.Called)
	}
}

// TestNewestWeightsClassify hands the page a network as it trains, and goes back.
func TestNewestWeightsClassify(t *testing.T) {
	b := apptest.Open(t, 1280, 800, false)
	d := b.Desk()
	shipped := slices.Clone(b.Probs())
	b.Trains(10000)
	if err := d.Library.Begin(d.Network.Shipped, ""); err != nil {
		t.Fatal(err)
	}
	b.Says(protocol.Weights{Run: d.Library.Run.ID + 7, Kind: "live", File: apptest.Network(t, 3)}) // of another run
	b.Says(protocol.Weights{Run: d.Library.Run.ID, Kind: "live", File: apptest.Network(t, 2)})
	b.Until("the newest weights are used", func() bool { return !slices.Equal(b.Probs(), shipped) && d.Network.Beside != nil })
	if !slices.Equal(d.Network.Beside, shipped) {
		t.Errorf("beside it %v, want the pretrained network's %v", d.Network.Beside, shipped)
	}
	if s := b.Twin().Details; !strings.Contains(s, "Pretrained Tutorial CNN: ") {
		t.Errorf("details %q", s)
	}
	b.Says(protocol.Finished{Run: d.Library.Run.ID, Stopped: true})
	b.Set("network", network.Opening)
	b.Until("the pretrained network is back", func() bool { return slices.Equal(b.Probs(), shipped) && d.Network.Beside == nil })
}

// TestTemperature divides the logits: a restarted worker does so too, and another network
// does not.
func TestTemperature(t *testing.T) {
	b := apptest.Open(t, 1280, 800, false)
	d := b.Desk()
	plain := slices.Clone(b.Probs())
	if err := d.Network.Temper(3); err != nil {
		t.Fatal(err)
	}
	d.Report(d.Network.Again())
	b.Settled()
	soft := slices.Clone(b.Probs())
	if slices.Equal(soft, plain) || slices.Max(soft) >= slices.Max(plain) {
		t.Fatalf("%v with the temperature, %v without", soft, plain)
	}
	b.WorkerDied("test")
	b.Settled()
	if got := b.Probs(); !slices.Equal(got, soft) {
		t.Errorf("after the worker has died %v, want %v", got, soft)
	}
	b.File("good.safetensors", apptest.Network(t, 1))
	b.Until("another network is in use", func() bool { return d.Network.Using == task.Given && d.Network.Settled() })
	if got := b.Probs(); !slices.Equal(got, plain) {
		t.Errorf("another network with the temperature of the first: %v, want %v", got, plain)
	}
}

// TestEmptyPad wipes the pad: there is no answer then, and nothing is asked.
func TestEmptyPad(t *testing.T) {
	b := apptest.Open(t, 1280, 800, false)
	d := b.Desk()
	d.Subject.Pad.Clear()
	d.Subject.Drawn()
	b.Later(0)
	if w := b.Twin(); w.Status != "Draw something." || w.Prediction != "" || d.Network.Probs != nil {
		t.Errorf("%+v", w)
	}
	answers := b.Answers()
	line(b, 0.2, 0.8)
	b.Until("what was drawn is answered", func() bool { return b.Answers() > answers && b.Twin().Prediction != "" })
}

// TestTakenUp checks what reaches a page that was given weights: training starts from them.
func TestTakenUp(t *testing.T) {
	b := apptest.Open(t, 1280, 800, false)
	file := apptest.Network(t, 2)
	b.File("mine.safetensors", file)
	b.Until("it is in use", func() bool { return b.Desk().Network.Using == task.Given })
	l := b.Desk().Library
	if !bytes.Equal(l.Given, file) || l.Job.From != task.Given || !strings.HasPrefix(b.Hash, "train") || b.Twin().Status != "The file mine.safetensors is now in use." {
		t.Errorf("from %s, at %s: %q", l.Job.From, b.Hash, b.Twin().Status)
	}
	if got := b.Text("network"); !strings.Contains(got, task.Given) {
		t.Errorf("the choice says %q", got)
	}
}

// TestATickBeforeTheWorker moves the clock before the worker says which network it has started
// with: the picture that the page opens with is asked about then.
func TestATickBeforeTheWorker(t *testing.T) {
	b := &apptest.Browser{TB: t, Deaf: true}
	a := app.New(b, apptest.Network(t, 1), false, true, apptest.Served)
	a.Resize(1280, 800, 1)
	a.Tick(time.Unix(1, 0))
	a.Message(encoded(t, protocol.Ready{Model: &task.Model{Task: cifar10.Task}}), time.Unix(1, 0))
	if len(b.Sent) != 1 {
		t.Fatalf("%d messages", len(b.Sent))
	}
	if c, err := protocol.DecodeCommand(b.Sent[0]); err != nil {
		t.Error(err)
	} else if c, ok := c.(protocol.Classify); !ok || len(c.Pictures) != cifar10.Task.Pixels() {
		t.Errorf("the worker is told %T", c)
	}
}

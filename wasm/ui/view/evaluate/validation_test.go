package evaluate_test

import (
	"slices"
	"strings"
	"testing"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/app/apptest"
	"tenfold/wasm/ui/network"
)

// held is what a network says that was validated by the run of ran.
var held = task.Measurement{On: task.Validation, Pictures: 40, Metrics: task.Metrics{Loss: 0.6, Accuracy: 0.8}}

// ran has a run end with a network in use.
func ran(t *testing.T, b *apptest.Browser, job task.Job, file []byte) {
	t.Helper()
	l := b.Desk().Library
	l.Job = job
	if err := l.Begin(nil, ""); err != nil {
		t.Fatal(err)
	}
	run := l.Run.ID
	b.Says(protocol.Began{Run: run, Job: job, Trained: 160, HeldOut: 40, On: task.Validation, Before: task.Metrics{Accuracy: 0.7}})
	b.Says(protocol.EpochDone{Run: run, Epoch: task.Epoch{Epoch: 1, Val: held.Metrics}})
	b.Says(protocol.Weights{Run: run, Kind: "last", File: file})
	b.Until("the run's network is in use", func() bool { return b.Desk().Network.Using == "last" })
	b.Says(protocol.Finished{Run: run, After: held.Metrics})
}

// TestValidation evaluates what the run held out that the network in use comes from, and not
// what another one did.
func TestValidation(t *testing.T) {
	b := open(t, 1280, 800, false)
	b.Press("evaluate-held-out")
	if f := b.Leaf("evaluate-start"); !strings.Contains(f.Disabled, "No run has held out") {
		t.Errorf("before there is a run: %q", f.Disabled)
	}
	job := task.FineTuning
	job.Seed = 5
	own := networkOf(t, "Mine", held)
	ran(t, b, job, own)
	b.Desk().Library.Job.Seed = 6 // of the next run
	c := started(b)
	if c.Job == nil || *c.Job != job || !slices.Equal(c.Model, own) {
		t.Fatalf("%+v", c.Job)
	}
	e := evaluated(c.ID)
	e.Index = make([]int, 200)
	for i := range e.Index {
		e.Index[i] = 1000 + i
	}
	b.Says(e)
	says(b, "evaluate-status", "done: Mine on 200 pictures (validation)")
	b.Press("evaluate-mistakes")
	says(b, "evaluate-shown", "1199 pred airplane score 98.0% true truck")

	refused := func(when string) {
		t.Helper()
		if f := b.Leaf("evaluate-start"); !strings.Contains(f.Disabled, "does not come from the last run") {
			t.Errorf("%s: %q", when, f.Disabled)
		}
		says(b, "evaluate-why", "does not come from the last run")
	}
	use(b, network.Opening, b.Desk().Network.Shipped)
	refused("with the pretrained network")
	use(b, "last", own)
	if f := b.Leaf("evaluate-start"); f.Disabled != "" {
		t.Errorf("with the run's network again: %q", f.Disabled)
	}
	b.Says(protocol.Weights{Run: b.Desk().Library.Run.ID, Kind: "last", File: networkOf(t, "Mine, tuned")}) // as a Teach leaves it
	b.Until("the network that was taught is in use", func() bool { return b.Desk().Network.Loaded.Name == "Mine, tuned" })
	refused("after teaching")
	other := held
	other.Accuracy = 0.81
	use(b, "last", networkOf(t, "Another run's", other))
	refused("with another run's network")
	use(b, task.Given, own)
	refused("with a file")
}

// TestValidationWhileTraining evaluates a network that is in training.
func TestValidationWhileTraining(t *testing.T) {
	b := open(t, 1280, 800, false)
	b.Press("evaluate-held-out")
	l := b.Desk().Library
	if err := l.Begin(nil, ""); err != nil {
		t.Fatal(err)
	}
	b.Says(protocol.Began{Run: l.Run.ID, Job: l.Job, Trained: 160, HeldOut: 40, On: task.Validation})
	if f := b.Leaf("evaluate-start"); f.Disabled == "" {
		t.Error("the pretrained network on what the run holds out")
	}
	b.Says(protocol.Weights{Run: l.Run.ID, Kind: "live", File: networkOf(t, "Live")})
	b.Until("the network in training is in use", func() bool { return b.Desk().Network.Using == "live" })
	if f := b.Leaf("evaluate-start"); f.Disabled != "" {
		t.Errorf("%q", f.Disabled)
	}
}

// TestMyPicturesChange removes a picture after an evaluation: the others have other numbers now.
func TestMyPicturesChange(t *testing.T) {
	mine := []protocol.Labelled{{Picture: apptest.Plain(1), Class: 1}, {Picture: apptest.Plain(2), Class: 2}}
	b := apptest.Open(t, 1280, 800, false)
	b.Do("view-evaluate")
	b.Trains(200, mine...)
	b.Press("evaluate-mine")
	c := started(b)
	e := evaluated(c.ID)
	e.What, e.True, e.Class, e.Score = task.Mine, e.True[:2], e.Class[:2], e.Score[:2]
	b.Says(e)
	if !b.Has("evaluate-picture-1") {
		t.Error("they are not shown")
	}
	b.Says(protocol.Stored{Task: b.Desk().Library.Task(), Test: 200, Mine: mine[1:]})
	if b.Has("evaluate-picture-0") || !strings.Contains(b.Words(), "Your pictures have changed") {
		t.Error("pictures are shown under the numbers of others")
	}
}

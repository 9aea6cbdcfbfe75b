package train_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"tenfold/nn/cifar10"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/library"
)

func TestADeadTrainerIsBroughtBack(t *testing.T) {
	b := open(t, 1280, 800, false)
	b.Called = nil
	begin := begun(t, b)
	b.Called = nil
	b.Later(library.Patience + time.Second)
	if !slices.Contains(b.Called, "trainer") || !strings.Contains(b.Twin().Status, "last checkpoint") {
		t.Errorf("%v; %q", b.Called, b.Twin().Status)
	}
	b.Says(protocol.Ready{})
	b.Says(protocol.Resumable{Job: begin.Job, Epoch: 1, Step: 7})
	if _, ok := b.Asked().(protocol.Resume); !ok {
		t.Errorf("the page says %T", b.Asked())
	}
	for range library.MaxRestarts + 1 {
		b.TrainerDied("it will not")
	}
	if b.Desk().Library.Run.Active || !strings.Contains(b.Twin().Status, "Reload") {
		t.Errorf("%q", b.Twin().Status)
	}
}

// TestTheClockJumps lets the computer sleep for a night in the middle of a run, and sets
// its clock back: no worker is taken for dead, and one that is dead is still found out.
func TestTheClockJumps(t *testing.T) {
	b := open(t, 1280, 800, false)
	begin := begun(t, b)
	b.Later(time.Second)
	for _, jump := range []time.Duration{8 * time.Hour, -48 * time.Hour, 366 * 24 * time.Hour} {
		b.Called, b.Restarts = nil, 0
		b.Desk().Network.Again() // an answer is awaited, too
		wait := b.Later(jump)
		if len(b.Called) > 0 || b.Restarts > 0 || wait > library.Patience {
			t.Errorf("after a jump of %v: %v, %d restarts, the next look in %v", jump, b.Called, b.Restarts, wait)
		}
		b.Settled()
		b.Says(protocol.Training{Run: begin.Run, State: protocol.Running})
	}
	b.Later(library.Patience + time.Second)
	if len(b.Called) != 1 || b.Called[0] != "trainer" {
		t.Errorf("a worker that is silent: %v", b.Called)
	}
}

// TestALongPause continues a run that was paused for a minute, in which nothing moved.
func TestALongPause(t *testing.T) {
	b := open(t, 1280, 800, false)
	begin := begun(t, b)
	b.Says(protocol.Training{Run: begin.Run, State: protocol.Paused})
	b.Later(time.Second)
	b.Called = nil
	b.At(b.Now().Add(time.Minute))
	b.Press("train-pause")
	b.Later(time.Minute)
	if _, ok := b.Asked().(protocol.Continue); !ok || len(b.Called) > 0 {
		t.Errorf("the worker was told %T; %v", b.Asked(), b.Called)
	}
}

// TestATrainerThatDiesBeforeTheRun ends the worker before it has said that the run began:
// there is nothing to resume, so the run is begun again, and a run that an earlier visit
// has left does not replace it.
func TestATrainerThatDiesBeforeTheRun(t *testing.T) {
	b := open(t, 1280, 800, false)
	b.Press("train-start")
	first := slices.Clone(b.Trained[len(b.Trained)-1])
	begin := b.Asked().(protocol.Begin)
	b.Trained = nil
	b.TrainerDied("test")
	b.Says(protocol.Ready{})
	b.Says(protocol.Stored{Task: cifar10.Task, Test: 10000, Kept: true})
	b.Says(protocol.Resumable{Job: task.Tutorial})
	if len(b.Trained) != 1 || !bytes.Equal(b.Trained[0], first) {
		t.Fatalf("%d commands", len(b.Trained))
	}
	b.Says(protocol.Began{Run: begin.Run, Job: begin.Job, Trained: 8000, HeldOut: 2000})
	b.TrainerDied("test")
	b.Says(protocol.Ready{})
	b.Says(protocol.Resumable{Job: begin.Job})
	if _, ok := b.Asked().(protocol.Resume); !ok {
		t.Errorf("a run that began does not go on: %T", b.Asked())
	}
}

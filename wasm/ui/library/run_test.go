package library

import (
	"testing"
	"time"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
)

// TestStoppedAndDead stops a run whose worker then dies: it does not continue by itself,
// against the user's will, but is offered.
func TestStoppedAndDead(t *testing.T) {
	l := opened(memory{})
	l.Now = time.Unix(1, 0)
	l.Need()
	if err := l.Begin([]byte{1}, "Pretrained"); err != nil {
		t.Fatal(err)
	}
	l.runEvent(protocol.Began{Run: l.Run.ID, Job: task.FineTuning, Trained: 80})
	l.Stop()
	if !l.Run.Stopping {
		t.Error("it is not seen at once that it stops")
	}
	l.Died("test")
	l.resumable(&protocol.Resumable{Job: task.FineTuning, Epoch: 1})
	if l.Run.Active || l.Run.Stopping || l.Offer == nil {
		t.Errorf("active %v, stopping %v, offered %v", l.Run.Active, l.Run.Stopping, l.Offer)
	}
	l.Resume()
	l.runEvent(protocol.Began{Run: l.Run.ID, Job: task.FineTuning, Trained: 80})
	l.Died("test")
	l.resumable(&protocol.Resumable{Job: task.FineTuning, Epoch: 1})
	if !l.Run.Active || l.Offer != nil {
		t.Error("a run that was not stopped does not go on")
	}
}

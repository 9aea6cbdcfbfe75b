package training

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"tenfold/nn/cifar10"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
)

// full is a store without room.
type full struct{ Memory }

func (f full) Write(string, []byte) error { return fmt.Errorf("store: %w", ErrFull) }

func TestAFullStoreDoesNotStopTraining(t *testing.T) {
	v := newVisit(t, full{withData(100)}, 0)
	v.say(protocol.Begin{Run: 1, Job: asked})
	if n := next[protocol.Notice](v); !strings.Contains(n.Text, "no room") {
		t.Errorf("%+v", n)
	}
	if e := next[protocol.Finished](v); e.Stopped {
		t.Errorf("%+v", e)
	}
	v.say(protocol.Add{Task: cifar10.Task, Picture: make([]byte, cifar10.Task.Pixels()), Class: 4})
	if s := next[protocol.Stored](v); len(s.Mine) > 1 {
		t.Errorf("%d own pictures", len(s.Mine))
	}
}

// TestGuest trains in a second page next to one whose run was left: the pictures are there,
// the other's run is not offered, and nothing of the other's is changed or removed.
func TestGuest(t *testing.T) {
	kept := withData(100)
	kept["run-0"], kept[lastFile] = []byte("the other's"), []byte("the other's")
	before := maps.Clone(kept)
	guest := NewGuest(kept)
	v := newVisit(t, guest, 0)
	if s := next[protocol.Stored](v); s.Test != 100 || s.Kept {
		t.Errorf("%d pictures, kept %v", s.Test, s.Kept)
	}
	v.say(protocol.Begin{Run: 1, Job: asked})
	if e := next[protocol.Finished](v); e.Stopped {
		t.Errorf("%+v", e)
	}
	v.say(protocol.Forget{What: task.TestSet})
	if e := next[protocol.Failed](v); !strings.Contains(e.Message, "another tab") {
		t.Errorf("%+v", e)
	}
	v.say(protocol.Add{Task: cifar10.Task, Picture: make([]byte, cifar10.Task.Pixels()), Class: 4})
	if s := next[protocol.Stored](v); len(s.Mine) != 1 || s.Test != 100 {
		t.Errorf("%d own pictures, %d of the test set", len(s.Mine), s.Test)
	}
	v.say(protocol.Recall{Kind: "last"})
	if w := next[protocol.Weights](v); string(w.File) == "the other's" {
		t.Error("its own last weights are not there")
	}
	v.end()
	if !maps.EqualFunc(before, kept, bytes.Equal) {
		t.Error("what the other page keeps was changed")
	}
	names, err := guest.Names()
	if err != nil || slices.Contains(names, "run-0") && guest.Memory["run-0"] == nil || !slices.Contains(names, "project-"+ownID) || !slices.Contains(names, "test_batch.bin") {
		t.Errorf("%v %v", names, err)
	}
}

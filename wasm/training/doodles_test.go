package training

import (
	"bytes"
	"testing"
	"time"

	"tenfold/nn/doodles"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
)

// TestDoodlesAreThere looks at drawings in a browser that keeps no pictures at all.
func TestDoodlesAreThere(t *testing.T) {
	v := newVisit(t, Memory{}, time.Hour)
	v.say(protocol.Survey{What: task.Doodles})
	e := next[protocol.Surveyed](v)
	if len(e.Labels) != doodles.TrainLen || e.Labels[13] != 3 || e.Labels[meant+7] != 7 || len(e.Means) != 10 || len(e.Means[9]) == 0 {
		t.Fatalf("%d labels, %d means", len(e.Labels), len(e.Means))
	}
	train, test := doodles.Load()
	for what, of := range map[string]*doodles.Set{task.Doodles: train, task.DoodlesTest: test} {
		v.say(protocol.Look{ID: 3, What: what, Index: []int{1999, 0}})
		l := next[protocol.Looked](v)
		if want, label := of.Picture(1999); len(l.Pictures) != 2 || !bytes.Equal(l.Pictures[0].Picture, want) || l.Pictures[0].Class != label {
			t.Errorf("%s: another picture is sent", what)
		}
	}
	v.say(protocol.Forget{What: task.TestSet})
	if s := next[protocol.Stored](v); s.Doodles != doodles.TrainLen || s.DoodlesTest != doodlesTest || s.Bytes != 0 {
		t.Errorf("%+v", s)
	}
}

// TestTrainingOnDoodles trains where no picture is stored, and measures the result.
func TestTrainingOnDoodles(t *testing.T) {
	v := newVisit(t, Memory{}, time.Hour)
	j := asked
	j.Data, j.Limit, j.HoldOut, j.Epochs = task.Doodles, 100, 0.2, 1
	v.say(protocol.Begin{Run: 7, Job: j})
	if b := next[protocol.Began](v); b.Trained != 80 || b.HeldOut != 20 || b.On != task.Validation {
		t.Errorf("%d and %d pictures, on %s", b.Trained, b.HeldOut, b.On)
	}
	file := next[protocol.Weights](v).File
	next[protocol.Finished](v)
	v.say(protocol.Evaluate{ID: 5, Job: &j, Model: file})
	e := next[protocol.Evaluated](v)
	if e.What != task.Doodles || len(e.Index) != 20 || len(e.True) != 20 || e.Seen != 0 {
		t.Errorf("%s: %d of %d pictures, %d seen", e.What, len(e.Index), len(e.True), e.Seen)
	}

	data, held, err := v.data.of(task.Job{Data: task.Doodles, Limit: 100})
	if err != nil || data.Len() != 100 || held.Len() != doodlesTest {
		t.Fatalf("%v: %d and %d pictures", err, data.Len(), held.Len())
	}
	if on := v.data.on(task.Job{Data: task.Doodles}); on != task.DoodlesTest {
		t.Errorf("validated on %s", on)
	}
	seen := task.Seen{}
	v.data.see(seen, task.Job{Data: task.Doodles}, data)
	if !seen.Has(task.Doodles, 99) || seen.Has(task.Doodles, 100) || len(seen) != 1 {
		t.Errorf("trained on %v", seen)
	}
	if _, what, index, err := v.subject(protocol.Evaluate{Job: &task.Job{Data: task.Doodles}}, nil); what != task.DoodlesTest || index != nil || err != nil {
		t.Errorf("what such a run holds out is %s: %v", what, err)
	}
}

package drafting

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"tenfold/nn/checkpoint"
	"tenfold/nn/model"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
)

// talk is a page's talk with a session.
type talk struct {
	*testing.T
	*Session
	events chan protocol.Event
}

func begun(t *testing.T) *talk {
	v := &talk{T: t, events: make(chan protocol.Event, 2*queue)}
	v.Session = New(func(e protocol.Event) { v.events <- e })
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	go v.Session.Run(ctx)
	if _, ok := v.next().(protocol.Ready); !ok {
		t.Fatal("it does not say that it is ready")
	}
	return v
}

func (v *talk) say(c protocol.Command) protocol.Event {
	v.Helper()
	b, err := protocol.Encode(c)
	if err != nil {
		v.Fatal(err)
	}
	v.Post(b)
	return v.next()
}

func (v *talk) next() protocol.Event {
	v.Helper()
	select {
	case e := <-v.events:
		return e
	case <-time.After(time.Minute):
		v.Fatal("no answer")
		return nil
	}
}

// TestAnswers asks each question, and what is none.
func TestAnswers(t *testing.T) {
	v := begun(t)
	d, ok := v.say(protocol.Design{ID: 1, Network: "lenet", Recipe: task.TutorialRecipe}).(protocol.Designed)
	if !ok || d.ID != 1 || d.Refused != "" || d.Params != 62006 || len(d.Layers) != 8 {
		t.Errorf("%d parameters, %d layers, %q", d.Params, len(d.Layers), d.Refused)
	}
	if w, ok := v.say(protocol.Weigh{ID: 2, Network: d.Network, Batch: 32, Workers: 2}).(protocol.Weighed); !ok || w.ID != 2 || !(w.Seconds > 0) || !(w.Bytes > 1e6) {
		t.Errorf("%+v", w)
	}
	file, err := os.ReadFile("../../nn/convert/testdata/keras2.h5")
	if err != nil {
		t.Fatal(err)
	}
	c, ok := v.say(protocol.Convert{ID: 3, Files: map[string][]byte{"model.h5": file}}).(protocol.Converted)
	if !ok || c.ID != 3 || c.Unsaid != (task.Unsaid{Classes: true, Scaling: true}) || c.Task.Classes[2] != "class 3" {
		t.Fatalf("%+v", c)
	}
	// What the user says of its task goes into the file, and nothing is asked any more.
	said := task.Task{Classes: []string{"a", "b", "c"}, Input: c.Task.Input, Scale: 1}
	told, ok := v.say(protocol.Convert{ID: 9, Files: map[string][]byte{"model.safetensors": c.File}, Task: &said}).(protocol.Converted)
	if !ok || told.Unsaid.Any() || told.Task.Fits(said) != nil || told.Task.Scale != 1 || told.Task.Shift != 0 {
		t.Fatalf("%+v", told)
	}
	for want, classes := range map[string][]string{`two classes are called "a"`: {"a", "a", "b"}, "2 names of classes for 3 outputs": {"a", "b"}} {
		said.Classes = classes
		if f, ok := v.say(protocol.Convert{ID: 10, Files: map[string][]byte{"x": c.File}, Task: &said}).(protocol.Failed); !ok || f.ID != 10 || !strings.Contains(f.Message, want) {
			t.Errorf("%+v, want %s", f, want)
		}
	}
	f, err := checkpoint.Decode(c.File)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := model.Open(f); err != nil {
		t.Error(err)
	}
	if d := v.say(protocol.Design{ID: 4, Network: protocol.NetworkInUse, Model: c.File}).(protocol.Designed); d.Refused != "" || len(d.Layers) == 0 {
		t.Errorf("%d parameters, %d layers, %q", d.Params, len(d.Layers), d.Refused)
	}
	for _, ending := range []string{".keras", ".h5", ".tfjs.zip", ".onnx", ".safetensors"} {
		e, ok := v.say(protocol.Export{ID: 7, Model: c.File, Ending: ending, Picture: make([]byte, 8*8*3)}).(protocol.Exported)
		if !ok || e.ID != 7 {
			t.Fatalf("%s: %+v", ending, e)
		}
		if again, ok := v.say(protocol.Convert{ID: 8, Files: map[string][]byte{"all.zip": e.File}, At: c.File}).(protocol.Converted); !ok || len(again.File) < 100 {
			t.Errorf("%s does not come back: %+v", ending, again)
		}
	}
	for want, c := range map[string]protocol.Command{
		"there is no network":         protocol.Weigh{ID: 5, Network: "nothing"},
		"no answer to protocol.Fetch": protocol.Fetch{},
	} {
		if f, ok := v.say(c).(protocol.Failed); !ok || !strings.Contains(f.Message, want) {
			t.Errorf("%+v, want %q", f, want)
		}
	}
	if f, ok := v.say(protocol.Convert{ID: 6, Files: map[string][]byte{"x": []byte("hello")}}).(protocol.Failed); !ok || f.ID != 6 {
		t.Errorf("%+v", f)
	}
	v.Post([]byte{1, 2, 3})
	if f, ok := v.next().(protocol.Failed); !ok || f.ID != 0 {
		t.Errorf("%+v", f)
	}
}

package training

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"tenfold/nn/cifar10"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
)

func TestFiles(t *testing.T) {
	v := newVisit(t, Memory{}, time.Hour)
	next[protocol.Stored](v)
	batch := records(10, 1)
	v.Bring("test_batch.bin", len(batch), bytes.NewReader(batch))
	for s := next[protocol.Stored](v); s.Test != 10 || s.Coming != ""; s = next[protocol.Stored](v) {
	}
	v.Bring("pictures of a friend.bin", 0, bytes.NewReader(records(3, 2)))
	for s := next[protocol.Stored](v); len(s.Mine) != 3; s = next[protocol.Stored](v) {
	}
	other := cifar10.Task
	other.Classes = []string{"this", "that"}
	v.say(protocol.Add{Task: other, Picture: make([]byte, cifar10.Task.Pixels()), Class: 1})
	if e := next[protocol.Failed](v); !strings.Contains(e.Message, "it tells 2 classes apart") {
		t.Errorf("%+v", e)
	}
	v.say(protocol.Add{Task: cifar10.Task, Picture: make([]byte, cifar10.Task.Pixels()), Class: 9})
	var s protocol.Stored
	for s = next[protocol.Stored](v); len(s.Mine) != 4; s = next[protocol.Stored](v) {
	}
	if s.Mine[3].Class != 9 || s.Bytes != 14*record {
		t.Errorf("%+v", s)
	}
	v.say(protocol.Drop{Index: 0})
	for s = next[protocol.Stored](v); len(s.Mine) != 3; s = next[protocol.Stored](v) {
	}
	if s.Mine[0].Class != 1 || s.Mine[2].Class != 9 {
		t.Error("the wrong picture was removed")
	}
	v.host.server = map[string][]byte{"data_batch_1.bin": records(20, 5)}
	v.say(protocol.Fetch{Names: []string{"test_batch.bin", "data_batch_1.bin"}})
	for s = next[protocol.Stored](v); s.Train != 20; s = next[protocol.Stored](v) {
	}
	for _, what := range []string{task.TestSet, task.TrainSet, task.Mine} {
		v.say(protocol.Forget{What: what})
	}
	for s = next[protocol.Stored](v); s.Bytes != 0; s = next[protocol.Stored](v) {
	}
	for name, b := range map[string][]byte{"text.bin": []byte("no pictures"), "empty.bin": nil, "x.tar.gz": []byte("no archive"), "test_batch.bin": bytes.Repeat([]byte{200}, record)} {
		v.Bring(name, len(b), bytes.NewReader(b))
		for {
			if f, ok := (<-v.host.events).(protocol.Failed); ok {
				if !strings.Contains(f.Message, name) && !strings.Contains(f.Message, "tar.gz") {
					t.Errorf("%s: %s", name, f.Message)
				}
				break
			}
		}
	}
	v.say(protocol.Fetch{Names: []string{"data_batch_2.bin"}})
	for {
		if f, ok := (<-v.host.events).(protocol.Failed); ok {
			if !strings.Contains(f.Message, "data_batch_2.bin") {
				t.Error(f.Message)
			}
			break
		}
	}
}

package training

import (
	"bytes"
	"slices"
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
	v.host.server = map[string][]byte{"test_batch.bin": records(10, 1)}
	v.say(protocol.Fetch{Names: []string{"test_batch.bin"}})
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
	if s.Mine[3].Class != 9 || s.Bytes <= 10*record || s.Bytes >= 14*record {
		t.Errorf("class %d, %d bytes", s.Mine[3].Class, s.Bytes)
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
	for name, b := range map[string][]byte{"text.bin": []byte("no pictures"), "empty.bin": nil, "x.tar.gz": []byte("no archive"), "猫の写真.bin": []byte("猫"), "test_batch.bin": bytes.Repeat([]byte{200}, record)} {
		v.Bring(name, len(b), bytes.NewReader(b))
		for {
			if f, ok := (<-v.host.events).(protocol.Failed); ok {
				if !strings.HasPrefix(f.Message, "the file "+name+" is ") {
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

// whole returns a file of 10,000 records, whose classes are those of the test batch, or with skew of
// none of the official ones.
func whole(skew int) []byte {
	b := make([]byte, cifar10.FileSize)
	for i := range cifar10.PerFile {
		b[i*record] = byte(i % 10)
	}
	for i := range skew {
		b[i*10*record] = 1
	}
	return b
}

// TestFilesOfAnyName brings official files whatever they are called.
func TestFilesOfAnyName(t *testing.T) {
	v := newVisit(t, Memory{}, time.Hour)
	has := func(name string, b []byte, test, train int) {
		t.Helper()
		v.Bring(name, len(b), bytes.NewReader(b))
		var s protocol.Stored
		for s = next[protocol.Stored](v); s.Coming == ""; s = next[protocol.Stored](v) {
		}
		for ; s.Coming != ""; s = next[protocol.Stored](v) {
		}
		if s.Test != test || s.Train != train || len(s.Mine) != 0 {
			t.Errorf("after %s there are %d, %d and %d own", name, s.Test, s.Train, len(s.Mine))
		}
	}
	has("test_batch (1).bin", whole(0), 10000, 0)
	has("Копия test_batch.bin", whole(0), 10000, 0)
	has("data_batch_5.bin", whole(1), 10000, 10000)
	has("data_batch_5 (1).bin", whole(1), 10000, 10000)
	has("data_batch_5.bin", whole(2), 10000, 20000)
	for i := range 3 {
		has("x", whole(3+i), 10000, 30000+10000*i)
	}
	for want, b := range map[string][]byte{"a sixth training batch": whole(9), "2001 pictures and is not one": whole(0)[:2001*record]} {
		v.Bring("x", len(b), bytes.NewReader(b))
		for {
			if f, ok := (<-v.host.events).(protocol.Failed); ok {
				if !strings.Contains(f.Message, want) {
					t.Errorf("%s, want %s", f.Message, want)
				}
				break
			}
		}
	}
}

// TestOwnPicturesAreNotDoubled imports own pictures twice, and half of them with others.
func TestOwnPicturesAreNotDoubled(t *testing.T) {
	v := newVisit(t, Memory{}, time.Hour)
	first := records(4, 2)
	both := append(slices.Clone(first[2*record:]), records(3, 7)...)
	for _, c := range []struct {
		name string
		b    []byte
		want string
	}{
		{"my-pictures.bin", first, "from my-pictures.bin: 4 new."},
		{"my-pictures (1).bin", first, "0 new, 4 there already"},
		{"of a friend", both, "3 new, 2 there already"},
		{"halves.bin", append(both, both...), "0 new, 10 there already"},
	} {
		v.Bring(c.name, len(c.b), bytes.NewReader(c.b))
		if n := next[protocol.Notice](v); !strings.Contains(n.Text, c.want) {
			t.Errorf("%s: %q, want %q", c.name, n.Text, c.want)
		}
	}
	v.say(protocol.Add{Task: cifar10.Task, Picture: make([]byte, cifar10.Task.Pixels()), Class: 9})
	s := next[protocol.Stored](v)
	for ; len(s.Mine) < 8; s = next[protocol.Stored](v) {
	}
	if s.Mine[7].Class != 9 {
		t.Errorf("%d own pictures", len(s.Mine))
	}
}

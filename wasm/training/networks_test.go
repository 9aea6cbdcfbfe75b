package training

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"tenfold/nn/evaluate"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
)

// TestRunsKeepTheirNetworks ends two runs: both networks are there on the next visit, can be recalled,
// compared and removed.
func TestRunsKeepTheirNetworks(t *testing.T) {
	store := withData(100)
	v := newVisit(t, store, time.Hour)
	var names []string
	var files [][]byte
	for i, seed := range []uint64{3, 4} {
		job := asked
		job.Epochs, job.Seed = 1, seed
		v.say(protocol.Begin{Run: uint64(i + 1), Job: job})
		for {
			w := next[protocol.Weights](v)
			if w.Kind == "last" {
				files = append(files, w.File)
				break
			}
		}
		names = append(names, next[protocol.Finished](v).Network)
	}
	if e := next[protocol.Stored](v); !slices.Equal(e.Networks, names) {
		t.Errorf("%q are stored, want %q", e.Networks, names)
	}
	v.end()

	v = newVisit(t, store, time.Hour)
	if e := next[protocol.Stored](v); !slices.Equal(e.Networks, names) {
		t.Errorf("on the next visit %q are stored, want %q", e.Networks, names)
	}
	for i, name := range names {
		v.say(protocol.Recall{Kind: name})
		if w := next[protocol.Weights](v); w.Kind != name || !bytes.Equal(w.File, files[i]) {
			t.Errorf("%s came back with %d bytes", w.Kind, len(w.File))
		}
	}
	v.say(protocol.Evaluate{ID: 1, What: task.TestSet, Model: files[0], Stored: names[1]})
	e := next[protocol.Evaluated](v)
	data := set(t, store["test_batch.bin"])
	var want []*evaluate.Result
	for _, file := range files {
		m, err := opened(file)
		if err != nil {
			t.Fatal(err)
		}
		r, err := evaluate.Run(t.Context(), m, data, nil)
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, r)
	}
	if c := e.Comparison; c == nil || *c != evaluate.Compare(want[1], want[0]) || c.Both+c.OnlyFirst+c.OnlySecond+c.Neither != 100 {
		t.Errorf("%+v", c)
	}
	if e.Seen == 0 || e.BesideSeen == 0 {
		t.Errorf("they were trained on %d and %d of the pictures", e.Seen, e.BesideSeen)
	}
	v.say(protocol.Forget{What: names[0]})
	if e := next[protocol.Stored](v); !slices.Equal(e.Networks, names[1:]) {
		t.Errorf("%q are left", e.Networks)
	}
	v.say(protocol.Evaluate{ID: 2, What: task.TestSet, Model: files[0], Stored: names[0]})
	for {
		if f, ok := (<-v.host.events).(protocol.Failed); ok {
			if f.ID != 2 || !strings.Contains(f.Message, "no such weights are saved") {
				t.Errorf("%+v", f)
			}
			break
		}
	}
	if _, ok := store["test_batch.bin"]; !ok {
		t.Error("the pictures are gone")
	}
}

// TestNetworksOfOtherClasses cannot be compared.
func TestNetworksOfOtherClasses(t *testing.T) {
	v := newVisit(t, withData(20), time.Hour)
	m, file := net(t, 1)
	m.Classes = slices.Clone(m.Classes)
	m.Classes[0] = "something else"
	other, err := encoded(m)
	if err != nil {
		t.Fatal(err)
	}
	v.say(protocol.Evaluate{ID: 3, What: task.TestSet, Model: file, Beside: other})
	for {
		if f, ok := (<-v.host.events).(protocol.Failed); ok {
			if f.ID != 3 || f.Message != "the two networks tell different classes apart, so they cannot be compared" {
				t.Errorf("%+v", f)
			}
			return
		}
	}
}

// TestFewNetworks checks that the oldest go when there are too many, or they are too large.
func TestFewNetworks(t *testing.T) {
	for _, q := range []struct{ files, size, want int }{{30, 10, maxNetworks}, {4, maxNetworkBytes / 2, 2}, {2, maxNetworkBytes + 1, 1}} {
		store := sizes{Memory{}, q.size}
		s := New(&host{}, store, time.Hour)
		last := ""
		for range q.files {
			name, err := s.keepNetwork([]byte("x"))
			if err != nil {
				t.Fatal(err)
			}
			for name == last { // they are named by the millisecond
				time.Sleep(time.Millisecond)
				if name, err = s.keepNetwork([]byte("x")); err != nil {
					t.Fatal(err)
				}
			}
			last = name
		}
		names, _, err := s.networks()
		if err != nil || len(names) != q.want || names[len(names)-1] != last {
			t.Errorf("%d of %d bytes each: %d are kept, want %d (%v)", q.files, q.size, len(names), q.want, err)
		}
	}
}

// sizes is a store whose files are taken for so large.
type sizes struct {
	Memory
	size int
}

// Size implements Store.
func (s sizes) Size(name string) (int, error) {
	if _, err := s.Memory.Size(name); err != nil {
		return 0, err
	}
	return s.size, nil
}

package training

import (
	"bytes"
	"sync/atomic"
	"testing"
	"time"

	"tenfold/nn/project"
	"tenfold/wasm/protocol"
)

// counting is a store that counts what is written.
type counting struct {
	Memory
	writes *atomic.Int64
}

func (c counting) Write(name string, b []byte) error {
	c.writes.Add(1)
	return c.Memory.Write(name, b)
}

// TestFilmIsKeptNowAndThen records fifty pictures, one after the other as they come from a camera: the page
// hears of each, little is written, and all are there a while later without anything else being done.
func TestFilmIsKeptNowAndThen(t *testing.T) {
	store := counting{Memory{}, &atomic.Int64{}}
	v := newVisit(t, store, time.Hour)
	next[protocol.Projects](v)
	v.say(protocol.ChangeProject{Op: protocol.NewProject, Name: "Film"})
	id := next[protocol.Projects](v).Using
	before, began := store.writes.Load(), time.Now()
	const n = 50
	for i := range n {
		v.say(protocol.Keep{Film: true, Project: id, Class: 0, Side: 8, Pixels: bytes.Repeat([]byte{byte(i)}, 3*8*8)})
		if e := next[protocol.Projects](v); e.List[0].Pictures() != i+1 {
			t.Fatalf("after picture %d there are %d", i, e.List[0].Pictures())
		}
	}
	saves := int64(time.Since(began)/filmEvery) + 1
	if wrote := store.writes.Load() - before; wrote > 2*saves { // a shard and the list each time
		t.Errorf("%d files were written for %d pictures, want at most %d", wrote, n, 2*saves)
	}
	kept := func() int {
		done := make(chan int)
		v.do(func() {
			p, err := project.Open(store, id)
			if err != nil {
				t.Error(err)
			}
			done <- len(p.Pictures)
		})
		return <-done
	}
	for deadline := time.Now().Add(30 * time.Second); kept() != n; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%d of %d pictures are kept", kept(), n)
		}
	}
	// One that is not of a film is kept at once, and so is a film that goes elsewhere.
	v.say(protocol.Keep{Film: true, Project: id, Class: 1, Side: 8, Pixels: bytes.Repeat([]byte{200}, 3*8*8)})
	next[protocol.Projects](v)
	v.say(protocol.Keep{Project: id, Class: 1, Side: 8, Pixels: bytes.Repeat([]byte{201}, 3*8*8)})
	next[protocol.Projects](v)
	if kept() != n+2 {
		t.Errorf("%d of %d pictures are kept", kept(), n+2)
	}
	v.say(protocol.Keep{Film: true, Project: id, Class: 1, Side: 8, Pixels: bytes.Repeat([]byte{202}, 3*8*8)})
	v.say(protocol.ChangeProject{Op: protocol.DeleteProject, Project: id})
	for len(next[protocol.Projects](v).List) > 0 {
	}
	time.Sleep(filmEvery + 100*time.Millisecond)
	done := make(chan int)
	v.do(func() { done <- len(store.Memory) })
	if left := <-done; left != 0 {
		t.Errorf("%d files of a project that was deleted", left)
	}
}

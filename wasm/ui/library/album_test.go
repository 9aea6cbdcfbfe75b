package library_test

import (
	"bytes"
	"testing"
	"time"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/library"
)

// worker is a library's host: it notes what the worker is told.
type worker struct {
	testing.TB
	told [][]byte
}

func (w *worker) StartTrainer()          {}
func (w *worker) SendTrainer(m []byte)   { w.told = append(w.told, m) }
func (w *worker) Awake(bool)             {}
func (w *worker) Persist()               {}
func (w *worker) Remember(_, _ string)   {}
func (w *worker) Recall(_ string) string { return "" }
func (w *worker) asked() (index [][]int) {
	w.Helper()
	for _, m := range w.told {
		c, err := protocol.DecodeCommand(m)
		if err != nil {
			w.Fatal(err)
		}
		if l, ok := c.(protocol.Look); ok {
			index = append(index, l.Index)
		}
	}
	w.told = nil
	return index
}

// open returns a library whose worker has pictures of a task.
func open(t *testing.T, of task.Task) (*library.Library, *worker) {
	w := &worker{TB: t}
	l := library.New(w, nil, func(string, []byte) {})
	l.Now = time.Unix(100, 0)
	say(t, l, protocol.Ready{})
	say(t, l, protocol.Stored{Task: of, Test: 1000})
	return l, w
}

func say(t *testing.T, l *library.Library, e protocol.Event) {
	t.Helper()
	b, err := protocol.Encode(e)
	if err != nil {
		t.Fatal(err)
	}
	l.Receive(b)
}

var small = task.Task{Classes: []string{"a", "b"}, Input: task.Shape{2, 3, 1}, Scale: 1}

// TestAlbumAsksOnce has the worker answer without a picture, with one of a wrong size, and with
// none at all: none is asked for again by itself, and each is once the user asks.
func TestAlbumAsksOnce(t *testing.T) {
	l, w := open(t, small)
	want := func(n int) {
		t.Helper()
		for range 5 {
			l.WantPhotos(task.TestSet, []int{0, 1, 2})
		}
		got := w.asked()
		if n == 0 && len(got) > 0 || n > 0 && (len(got) != 1 || len(got[0]) != n) {
			t.Fatalf("asked for %v, want %d", got, n)
		}
	}
	want(3)
	say(t, l, protocol.Looked{What: task.TestSet, Index: []int{0, 1, 2}, Pictures: []protocol.Labelled{{Picture: []byte{1, 2, 3, 4, 5, 6}}, {Picture: []byte{1}}}})
	want(0)
	l.Again()
	want(2)
	l.Again() // they are on their way
	want(0)
	say(t, l, protocol.Failed{Message: "there is no such picture"})
	want(0)
	l.Now = l.Now.Add(time.Minute)
	l.Again()
	want(2)
	if l.Photo(task.TestSet, 0) == nil || l.Photo(task.TestSet, 1) != nil {
		t.Error("other pictures are there than came")
	}
}

// TestAlbumAsksAgainForASurvey that was not answered.
func TestAlbumAsksAgainForASurvey(t *testing.T) {
	l, w := open(t, small)
	surveys := func() int {
		n := len(w.told)
		w.told = nil
		return n
	}
	l.WantSurvey(task.Mine)
	l.WantSurvey(task.Mine)
	l.Again()
	l.WantSurvey(task.Mine)
	if n := surveys(); n != 1 {
		t.Errorf("asked %d times", n)
	}
	l.Now = l.Now.Add(time.Minute)
	l.Again()
	l.WantSurvey(task.Mine)
	if n := surveys(); n != 1 {
		t.Errorf("asked %d times again", n)
	}
}

// TestAlbumIsBounded by bytes, but keeps what is shown at once however large it is.
func TestAlbumIsBounded(t *testing.T) {
	for side, most := range map[int]int{32: 4096, 128: 300} {
		of := small
		of.Input = task.Shape{side, side, 3}
		l, _ := open(t, of)
		n := 0
		for first := 0; first < 4800; first += 100 {
			e := protocol.Looked{What: task.TestSet}
			for i := range 100 {
				e.Index = append(e.Index, first+i)
			}
			for range 100 { // the bytes are not looked at
				e.Pictures = append(e.Pictures, protocol.Labelled{Picture: bytes.Repeat([]byte{1}, of.Pixels())})
			}
			if side == 128 && first >= 400 {
				break
			}
			say(t, l, e)
			n = first + 100
		}
		kept := 0
		for i := range n {
			if l.Photo(task.TestSet, i) != nil {
				kept++
			}
		}
		if kept != most || l.Photo(task.TestSet, n-1) == nil {
			t.Errorf("of %d pictures of side %d, %d are kept, want %d and the last among them", n, side, kept, most)
		}
	}
}

// TestHas counts the pictures of each set, and none of a set that does not exist.
func TestHas(t *testing.T) {
	l, _ := open(t, small)
	say(t, l, protocol.Stored{Task: small, Test: 1000, Train: 50, Mine: []protocol.Labelled{{}, {}}})
	for what, want := range map[string]int{task.TestSet: 1000, task.TrainSet: 50, task.Mine: 2, "held-out": 0, "": 0} {
		if n := l.Has(what); n != want {
			t.Errorf("%d pictures of %q, want %d", n, what, want)
		}
	}
}

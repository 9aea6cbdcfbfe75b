package training

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"tenfold/nn/checkpoint"
	"tenfold/nn/cifar10"
	"tenfold/nn/model"
	"tenfold/nn/task"
	"tenfold/nn/train"
	"tenfold/wasm/protocol"
)

// host is a browser of two cores whose workers are at hand.
type host struct {
	events  chan protocol.Event
	yield   func()
	server  map[string][]byte
	model   []byte
	recipe  task.Recipe
	loses   int // the step in which a helper is lost; 0 for none
	helpers int
}

func (h *host) Send(e protocol.Event) {
	b, err := protocol.Encode(e) // as it travels
	if err != nil {
		panic(err)
	}
	if e, err = protocol.DecodeEvent(b); err != nil {
		panic(err)
	}
	h.events <- e
}

func (h *host) Yield() {
	if h.yield != nil {
		h.yield()
	}
}
func (h *host) Cores() int { return 1 }
func (h *host) Dismiss()   {}
func (h *host) Fetch(name string) (io.ReadCloser, int, error) {
	b, ok := h.server[name]
	if !ok {
		return nil, 0, errors.New("404")
	}
	return io.NopCloser(bytes.NewReader(b)), len(b), nil
}

func (h *host) Gather(n int, file []byte, recipe task.Recipe, _ train.Exchanged) (all []train.Helper, err error) {
	h.model, h.recipe = file, recipe
	for range n {
		a, err := h.Replace(0)
		if err != nil {
			return nil, err
		}
		all = append(all, a)
	}
	return all, nil
}

func (h *host) Replace(int) (train.Helper, error) {
	f, err := checkpoint.Decode(h.model)
	if err != nil {
		return nil, err
	}
	m, err := model.Open(f)
	if err != nil {
		return nil, err
	}
	h.helpers++
	return &helper{Local: &train.Local{Assistant: train.NewAssistant(m, h.recipe)}, host: h}, nil
}

// helper is one that is lost once, in the step that its host names. It does not say how fast
// it is, so that shares stay alike.
type helper struct {
	*train.Local
	host *host
	step int
	next int
}

func (h *helper) Start(s train.Share) error {
	h.next = s.Step
	return h.Local.Start(s)
}

func (h *helper) Early(weights [][]float32) error {
	h.step = h.next
	return h.Local.Early(weights)
}

func (h *helper) Finish() (train.Outcome, [][]float32, error) {
	if h.host.loses == h.step && h.step > 0 {
		h.host.loses = 0
		return train.Outcome{}, nil, errors.New("gone")
	}
	o, grads, err := h.Local.Finish()
	o.Busy = 0
	return o, grads, err
}

// visit is a page's talk with a session.
type visit struct {
	*testing.T
	*Session
	host *host
	end  func()
}

func newVisit(t *testing.T, store Store, every time.Duration) *visit {
	h := &host{events: make(chan protocol.Event, 100000)}
	ctx, cancel := context.WithCancel(context.Background())
	v := &visit{T: t, Session: New(h, store, every), host: h}
	done := make(chan bool)
	go func() { v.Session.Run(ctx); close(done) }()
	v.end = func() { cancel(); v.Post(nil); <-done }
	t.Cleanup(func() { cancel() })
	next[protocol.Ready](v)
	return v
}

func (v *visit) say(c protocol.Command) {
	v.Helper()
	b, err := protocol.Encode(c)
	if err != nil {
		v.Fatal(err)
	}
	v.Post(b)
}

// next waits for the next event of a kind; others are passed over.
func next[E protocol.Event](v *visit) E {
	v.Helper()
	for {
		select {
		case e := <-v.host.events:
			if e, ok := e.(E); ok {
				return e
			}
			if f, ok := e.(protocol.Failed); ok {
				v.Fatalf("%s", f.Message)
			}
		case <-time.After(time.Minute):
			var none E
			v.Fatalf("no %T", none)
		}
	}
}

// records makes n pictures in the official layout whose classes can be told apart.
func records(n, seed int) []byte {
	var out []byte
	for i := range n {
		pixels := make([]byte, cifar10.Task.Pixels())
		class := i % 10
		for p := range pixels {
			pixels[p] = byte((p*(class+1)/7 + i*13 + seed*31) % 60)
			if p/96/3 == class { // a light band
				pixels[p] += 150
			}
		}
		b, err := cifar10.Record(pixels, class)
		if err != nil {
			panic(err)
		}
		out = append(out, b...)
	}
	return out
}

func withData(n int) Memory { return Memory{"test_batch.bin": records(n, 1)} }

var asked = task.Job{
	Recipe: task.Recipe{Epochs: 2, Batch: 16, Rate: 2e-3, Decay: 0.9, Seed: 3},
	Data:   task.TestSet, From: task.Random, HoldOut: 0.2, Workers: 1,
}

func (v *visit) weights() []float32 {
	v.Helper()
	for {
		w := next[protocol.Weights](v)
		if w.Kind != "last" {
			continue
		}
		return floats(v.T, w.File)
	}
}

func floats(t *testing.T, file []byte) (all []float32) {
	t.Helper()
	f, err := checkpoint.Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range f.Tensors {
		all = append(all, x.Data...)
	}
	return all
}

// undisturbed are the weights that a job comes to.
func undisturbed(t *testing.T, j task.Job) []float32 {
	v := newVisit(t, withData(100), time.Hour)
	v.say(protocol.Begin{Run: 1, Job: j})
	return v.weights()
}

func TestARun(t *testing.T) {
	v := newVisit(t, withData(100), time.Hour)
	v.say(protocol.Begin{Run: 7, Job: asked})
	began := next[protocol.Began](v)
	if began.Trained != 80 || began.HeldOut != 20 || began.Run != 7 || began.Before.Accuracy > 0.5 {
		t.Errorf("%+v", began)
	}
	p := next[protocol.Training](v)
	if p.State != protocol.Running || p.Epochs != 2 || p.Steps != 5 || p.Workers != 1 {
		t.Errorf("%+v", p)
	}
	for epoch := 1; epoch <= 2; epoch++ {
		e := next[protocol.EpochDone](v)
		sum := 0
		for i, row := range e.Confusion {
			for j, n := range row {
				sum += n
				if i != j && n > 0 && len(e.Mistakes) == 0 {
					t.Error("mistakes, but none is shown")
				}
			}
		}
		if e.Epoch.Epoch != epoch || sum != 20 {
			t.Errorf("%+v: %d pictures", e.Epoch, sum)
		}
		for i, m := range e.Mistakes {
			if m.True == m.Class || len(m.Picture) != cifar10.Task.Pixels() || i > 0 && m.Score > e.Mistakes[i-1].Score {
				t.Errorf("mistake %d: %d for %d, %g", i, m.Class, m.True, m.Score)
			}
		}
	}
	end := next[protocol.Finished](v)
	if end.Stopped || end.Why != "" || end.After.Loss >= end.Before.Loss || end.Best.Epoch == 0 {
		t.Errorf("%+v", end)
	}
	if s := next[protocol.Stored](v); !s.Saved || s.Kept {
		t.Errorf("%+v", s)
	}
	v.say(protocol.Recall{Kind: "best"})
	if w := next[protocol.Weights](v); w.Kind != "best" || len(w.File) < 4*cifar10.Task.Pixels() {
		t.Errorf("%s: %d bytes", w.Kind, len(w.File))
	}
}

// TestAnInterruptedRunGoesOnExactly ends the worker in mid-epoch, once with the newest
// checkpoint damaged, and lets another take over.
func TestAnInterruptedRunGoesOnExactly(t *testing.T) {
	job := asked
	job.Flip, job.Shift = true, 2
	want := undisturbed(t, job)
	for _, damage := range []bool{false, true} {
		store := withData(100)
		v := newVisit(t, store, 0) // a checkpoint after each step
		steps := 0
		v.host.yield = func() {
			if v.Session.job != nil && v.Session.job.run.Progress().Step > 0 {
				if steps++; steps == 8 {
					v.say(protocol.Pause{})
				}
			}
		}
		v.say(protocol.Begin{Run: 1, Job: job})
		for next[protocol.Training](v).State != protocol.Paused {
		}
		v.end()
		if damage {
			newest := v.kept.names[v.kept.turn%2]
			store[newest][100] ^= 1
		}
		w := newVisit(t, store, time.Hour)
		r := next[protocol.Resumable](w)
		if r.Epoch+r.Step == 0 || r.Job.Seed != 3 || r.Job.Shift != 2 || r.Unix == 0 {
			t.Errorf("%+v", r)
		}
		w.say(protocol.Resume{Run: 2})
		if b := next[protocol.Began](w); b.Run != 2 || b.Trained != 80 {
			t.Errorf("%+v", b)
		}
		if !slices.Equal(w.weights(), want) {
			t.Errorf("damaged %v: the resumed run came to other weights", damage)
		}
		next[protocol.Finished](w)
		w.end()
		if _, _, err := w.stored(); err == nil {
			t.Error("a run that has ended can be resumed")
		}
	}
}

// TestPausedWhileMeasured pauses a run while its network is being measured, and resumes what
// was stored then in another visit.
func TestPausedWhileMeasured(t *testing.T) {
	store := withData(1000)
	v := newVisit(t, store, time.Hour)
	yields := 0
	var then Memory
	v.host.yield = func() {
		if v.Session.job == nil {
			return
		}
		switch yields++; yields {
		case 1:
			v.say(protocol.Pause{})
		case 2:
			then = maps.Clone(store)
		}
	}
	v.say(protocol.Begin{Run: 1, Job: asked})
	for next[protocol.Training](v).State != protocol.Paused {
	}
	next[protocol.Began](v)
	v.end()
	w := newVisit(t, then, time.Hour)
	next[protocol.Resumable](w)
	w.say(protocol.Resume{Run: 2})
	if b := next[protocol.Began](w); b.Before.Loss == 0 {
		t.Errorf("%+v", b)
	}
}

func TestPauseStepStop(t *testing.T) {
	job := asked
	job.Epochs = 1000
	v := newVisit(t, withData(100), time.Hour)
	v.say(protocol.Begin{Run: 1, Job: job})
	next[protocol.Began](v)
	v.say(protocol.Pause{})
	var at protocol.Training
	for at = next[protocol.Training](v); at.State != protocol.Paused; at = next[protocol.Training](v) {
	}
	v.say(protocol.StepOnce{})
	for after := next[protocol.Training](v); ; after = next[protocol.Training](v) {
		if after.State == protocol.Paused {
			if d := (after.Epoch-at.Epoch)*at.Steps + after.Step - at.Step; d != 1 {
				t.Errorf("one step went from %d/%d to %d/%d", at.Epoch, at.Step, after.Epoch, after.Step)
			}
			break
		}
	}
	v.say(protocol.Continue{})
	next[protocol.EpochDone](v)
	v.say(protocol.Stop{})
	if e := next[protocol.Finished](v); !e.Stopped || e.Why != "" || e.After.Loss == 0 {
		t.Errorf("%+v", e)
	}
}

// TestStopMeasures stops a run: while it is measured once more, which takes a while on a slow
// phone, the page hears that the worker lives.
func TestStopMeasures(t *testing.T) {
	job := asked
	job.Epochs = 1000
	v := newVisit(t, withData(2000), time.Hour)
	v.silence = time.Millisecond
	v.say(protocol.Begin{Run: 1, Job: job})
	next[protocol.Began](v)
	next[protocol.EpochDone](v)
	v.say(protocol.Stop{})
	heard := false
	for {
		switch e := next[protocol.Event](v).(type) {
		case protocol.Training:
			heard = heard || e.State == protocol.Preparing
		case protocol.Finished:
			if !heard || !e.Stopped || e.After.Loss == 0 {
				t.Errorf("it was heard of: %v; %+v", heard, e)
			}
			return
		}
	}
}

func TestALossThatIsNoNumber(t *testing.T) {
	job := asked
	job.Rate, job.Optimizer = 1e30, task.SGD
	v := newVisit(t, withData(100), time.Hour)
	v.say(protocol.Begin{Run: 1, Job: job})
	for _, w := range v.weights() {
		if math.IsNaN(float64(w)) || math.IsInf(float64(w), 0) {
			t.Fatal("the weights that are left are no numbers")
		}
	}
	if e := next[protocol.Finished](v); !strings.Contains(e.Why, "rate") || !strings.Contains(e.Why, "started from") {
		t.Errorf("%+v", e)
	}
}

func TestRunsThatCannotBe(t *testing.T) {
	for want, set := range map[string]func(*task.Job){
		"batch":           func(j *task.Job) { j.Batch = 1000 },
		"no pictures":     func(j *task.Job) { j.Data = task.TrainSet },
		"held out":        func(j *task.Job) { j.HoldOut = 0 },
		"0 to below 1":    func(j *task.Job) { j.HoldOut = 1 },
		"saved":           func(j *task.Job) { j.From = task.Saved },
		"safetensors":     func(j *task.Job) { j.From = task.Given },
		"of yours":        func(j *task.Job) { j.Data = task.Mine },
		"optimiser":       func(j *task.Job) { j.Optimizer = "lion" },
		"pictures are 0":  nil,
		"want more":       func(j *task.Job) { j.Limit = 1 },
		"want numbers of": func(j *task.Job) { j.Rate = math.Inf(1) },
	} {
		if set == nil {
			continue
		}
		j := asked
		set(&j)
		v := newVisit(t, withData(100), time.Hour)
		v.say(protocol.Begin{Run: 1, Job: j, Model: []byte("no model here")})
		if e := next[protocol.Finished](v); !e.Stopped || !strings.Contains(e.Why, want) {
			t.Errorf("%s: %+v", want, e)
		}
	}
}

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

// TestGuest trains in a second page beside one whose run was left: the pictures are there,
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
	if err != nil || slices.Contains(names, "run-0") && guest.Memory["run-0"] == nil || !slices.Contains(names, mine) || !slices.Contains(names, "test_batch.bin") {
		t.Errorf("%v %v", names, err)
	}
}

// TestALostHelper trains with one helper, which is lost in the seventh step: what comes
// out is what two workers come to that nothing befalls, to the last bit, since their shares
// are alike. One worker alone
// comes to nearly the same: rounding differs, and at a kink that decides.
func TestALostHelper(t *testing.T) {
	j := asked
	j.Workers = 2
	want := undisturbed(t, j)
	v := newVisit(t, withData(100), time.Hour)
	v.host.loses = 6
	v.say(protocol.Begin{Run: 1, Job: j})
	if n := next[protocol.Notice](v); !strings.Contains(n.Text, "took its place") {
		t.Errorf("%+v", n)
	}
	got := v.weights()
	if !slices.Equal(got, want) {
		t.Error("the helper's loss changed the weights")
	}
	far := 0
	for i, alone := range undisturbed(t, asked) {
		if d := math.Abs(float64(got[i] - alone)); d > 1e-4 {
			far++
			if d > 5e-3 {
				t.Fatalf("weight %d is %g, and %g with one worker", i, got[i], alone)
			}
		}
	}
	if far > len(want)/50 {
		t.Errorf("%d of %d weights differ by more than 1e-4 from those of one worker", far, len(want))
	}
	if v.host.helpers != 2 {
		t.Errorf("%d helpers", v.host.helpers)
	}
}

// TestTeaching trains on three own pictures of a kind that the network has not seen,
// with a replay.
func TestTeaching(t *testing.T) {
	store := withData(200)
	v := newVisit(t, store, time.Hour)
	long := asked
	long.Epochs = 4
	v.say(protocol.Begin{Run: 1, Job: long})
	before := next[protocol.Finished](v)
	for i := range 3 {
		pixels := make([]byte, cifar10.Task.Pixels())
		for p := range pixels {
			pixels[p] = byte(p / 3 % 32 / (i + 2) % 2 * 200) // upright stripes, which no class has
		}
		v.say(protocol.Add{Task: cifar10.Task, Picture: pixels, Class: 4})
	}
	v.say(protocol.Begin{Run: 2, Job: task.Job{
		Recipe: task.Recipe{Epochs: 6, Batch: 16, Rate: 2e-3, Decay: 0.9, Seed: 3, DenseOnly: true},
		Data:   task.Mine, From: task.Saved, Workers: 1,
	}})
	e := next[protocol.Finished](v)
	if e.Stopped || e.MineBefore > 0.4 || e.MineAfter < 0.99 {
		t.Errorf("own pictures: %g before, %g after (%s)", e.MineBefore, e.MineAfter, e.Why)
	}
	t.Logf("accuracy %.2f, and %.2f after teaching", before.After.Accuracy, e.After.Accuracy)
}

func TestKeeper(t *testing.T) {
	store := Memory{}
	k := newKeeper(store, [2]string{"a", "b"})
	if _, _, err := k.load(); err == nil {
		t.Error("something is kept")
	}
	for i := range 5 {
		if err := k.save([]byte{byte(i)}); err != nil {
			t.Fatal(err)
		}
		if b, damaged, err := newKeeper(store, k.names).load(); err != nil || damaged || b[0] != byte(i) {
			t.Errorf("%d: %v %v %v", i, b, damaged, err)
		}
	}
	store[k.names[k.turn%2]] = []byte("cut")
	k = newKeeper(store, k.names)
	if b, damaged, err := k.load(); err != nil || !damaged || b[0] != 3 {
		t.Errorf("%v %v %v", b, damaged, err)
	}
	if err := k.save([]byte{9}); err != nil { // takes the place of the damaged one
		t.Fatal(err)
	}
	if b, damaged, err := k.load(); err != nil || damaged || b[0] != 9 {
		t.Errorf("%v %v %v", b, damaged, err)
	}
}

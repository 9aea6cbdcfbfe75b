package training

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"tenfold/nn/checkpoint"
	"tenfold/nn/cifar10"
	"tenfold/nn/evaluate"
	"tenfold/nn/model"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
)

// lastWeights waits for the network that a run or a teaching ends with.
func (v *visit) lastWeights() []byte {
	v.Helper()
	for {
		if w := next[protocol.Weights](v); w.Kind == "last" {
			return w.File
		}
	}
}

func opens(t *testing.T, file []byte) *model.Network {
	t.Helper()
	m, err := opened(file)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestTeach teaches a network that was trained here five pictures that it gets wrong, with
// stored pictures at hand and without: they are right then, and a network that was taught can
// be taught on.
func TestTeach(t *testing.T) {
	v := newVisit(t, withData(200), time.Hour)
	long := asked
	long.Epochs = 4
	v.say(protocol.Begin{Run: 1, Job: long})
	trained := v.lastWeights()
	if m := opens(t, trained); m.Moments != nil {
		t.Error("a network whose layers were trained says what its features were before")
	}
	for _, store := range []Memory{withData(200), {}} {
		v := newVisit(t, store, time.Hour)
		v.say(protocol.Teach{ID: 1, Model: trained})
		if f := nextFailed(v); f.ID != 1 {
			t.Errorf("nothing to teach: %+v", f)
		}
		for i := range 5 {
			pixels := make([]byte, cifar10.Task.Pixels())
			for p := range pixels {
				pixels[p] = byte(p / 3 % 32 / (i + 2) % 2 * 200) // upright stripes, which no class has
			}
			v.say(protocol.Add{Task: cifar10.Task, Picture: pixels, Class: (i + 4) % 10})
		}
		v.say(protocol.Teach{ID: 2, Run: 9, Model: trained})
		taught := v.lastWeights()
		e := next[protocol.Taught](v)
		if e.ID != 2 || e.Pictures != 5 || e.After != 5 || e.Before == 5 {
			t.Errorf("%+v", e)
		}
		// Of the 200 stored pictures 160 were trained on.
		if with := len(store["test_batch.bin"]) > 0; e.Drawn == with || with && (e.Others != 40 || e.OthersAfter < e.OthersBefore-4) || !with && e.Others != doodlesTest {
			t.Errorf("with pictures: %v; %+v", with, e)
		}
		m := opens(t, taught)
		for i := range 5 {
			if !m.Seen().Has(task.Mine, i) {
				t.Errorf("own picture %d is not among those that were trained on", i)
			}
		}
		if len(m.Measured) > 0 || !m.Seen().Has(task.TestSet, trainedPicture(opens(t, trained))) {
			t.Errorf("after teaching it was measured as %v", m.Measured)
		}
		v.say(protocol.Teach{ID: 3, Model: taught})
		if e := next[protocol.Taught](v); e.Before != 5 || e.After != 5 {
			t.Errorf("taught once more: %+v", e)
		}
		if got, err := v.store.Read(lastFile); err != nil || len(got) == 0 {
			t.Errorf("it is not kept: %v", err)
		}
	}
}

func trainedPicture(m *model.Network) int {
	for i := range 200 {
		if m.Seen().Has(task.TestSet, i) {
			return i
		}
	}
	return -1
}

func nextFailed(v *visit) protocol.Failed {
	for e := range v.host.events {
		if f, ok := e.(protocol.Failed); ok {
			return f
		}
	}
	panic("unreachable")
}

// TestWhatWasMeasured trains on a part of the test set: the network says its results, on
// what, and which pictures it was trained on, and an evaluation counts those.
func TestWhatWasMeasured(t *testing.T) {
	v := newVisit(t, withData(100), time.Hour)
	job := asked
	job.L2 = 0.01
	v.say(protocol.Begin{Run: 1, Job: job})
	began := next[protocol.Began](v)
	if began.On != task.Validation || began.HeldOut != 20 {
		t.Errorf("%+v", began)
	}
	file := v.lastWeights()
	done := next[protocol.Finished](v)
	m := opens(t, file)
	var set cifar10.Set
	if err := set.Add("test_batch.bin", records(100, 1)); err != nil {
		t.Fatal(err)
	}
	rest, held := evaluate.Split(&set, 0.2, job.Seed)
	plain, err := evaluate.Run(t.Context(), m, held, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(m.Measured) != 1 || m.Measured[0].On != task.Validation || m.Measured[0].Pictures != 20 || m.Measured[0].Accuracy != plain.Accuracy || math.Abs(m.Measured[0].Loss-plain.Loss) > 1e-5 || m.Measured[0].Unix == 0 {
		t.Errorf("measured %+v, want %+v on 20 pictures", m.Measured, plain.Metrics)
	}
	if done.After.Accuracy != plain.Accuracy || done.After.Loss < plain.Loss+0.1 {
		t.Errorf("the run ends with %+v; without the penalty it is %+v", done.After, plain.Metrics)
	}
	for i := range 100 {
		if want := slices.Contains(rest.Index, i); m.Seen().Has(task.TestSet, i) != want {
			t.Fatalf("picture %d was trained on: %v", i, want)
		}
	}
	for name, c := range map[string]struct {
		ask  protocol.Evaluate
		seen int
	}{
		"test set":   {protocol.Evaluate{ID: 1, What: task.TestSet, Model: file}, 80},
		"validation": {protocol.Evaluate{ID: 2, Job: &job, Model: file}, 0},
		"another":    {protocol.Evaluate{ID: 3, Job: &task.Job{Recipe: task.Recipe{Seed: job.Seed + 1}, Data: task.TestSet, HoldOut: 0.2}, Model: file}, overlap(t, &set, rest.Index, job.Seed+1)},
		"the other":  {protocol.Evaluate{ID: 4, What: task.TestSet, Model: untrained(t), Beside: file}, 0},
	} {
		v.say(c.ask)
		e := next[protocol.Evaluated](v)
		if e.Seen != c.seen || name == "the other" && e.BesideSeen != 80 {
			t.Errorf("%s: trained on %d and %d of them, want %d", name, e.Seen, e.BesideSeen, c.seen)
		}
	}
}

// TestTemperature fits the temperature on what is held out, if that is enough.
func TestTemperature(t *testing.T) {
	for pictures, fits := range map[int]bool{100: false, 600: true} {
		v := newVisit(t, withData(pictures), time.Hour)
		v.say(protocol.Begin{Run: 1, Job: asked})
		next[protocol.Began](v)
		if m := opens(t, v.lastWeights()); (m.Temperature != 0) != fits {
			t.Errorf("%d of %d pictures are held out: temperature %g", pictures/5, pictures, m.Temperature)
		}
	}
}

// overlap returns how many pictures that another seed holds out are among some.
func overlap(t *testing.T, set *cifar10.Set, some []int, seed uint64) (n int) {
	t.Helper()
	_, held := evaluate.Split(set, 0.2, seed)
	for _, i := range held.Index {
		if slices.Contains(some, i) {
			n++
		}
	}
	if n == 0 || n == held.Len() {
		t.Fatalf("%d of %d", n, held.Len())
	}
	return n
}

func untrained(t *testing.T) []byte {
	t.Helper()
	m := model.Tutorial()
	if err := m.Init(8); err != nil {
		t.Fatal(err)
	}
	f, err := m.File()
	if err != nil {
		t.Fatal(err)
	}
	b, err := f.Encode(checkpoint.F16)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestJoin restarts the page next to a session: before a run, in it, and after it.
func TestJoin(t *testing.T) {
	v := newVisit(t, withData(100), time.Hour)
	greeted := func() {
		t.Helper()
		v.say(protocol.Join{})
		next[protocol.Ready](v)
		if s := next[protocol.Stored](v); s.Test != 100 {
			t.Errorf("%+v", s)
		}
	}
	next[protocol.Stored](v)
	greeted()
	long := asked
	long.Epochs = 1000
	v.say(protocol.Begin{Run: 5, Job: long})
	next[protocol.EpochDone](v)
	v.say(protocol.Pause{})
	for next[protocol.Training](v).State != protocol.Paused {
	}
	greeted()
	if b := next[protocol.Began](v); b.Run != 5 || len(b.History) == 0 || b.Job != long {
		t.Errorf("%+v", b)
	}
	if p := next[protocol.Training](v); p.State != protocol.Paused {
		t.Errorf("%+v", p)
	}
	v.say(protocol.Stop{})
	ended := next[protocol.Finished](v)
	greeted()
	next[protocol.Began](v)
	if e := next[protocol.Finished](v); e != ended {
		t.Errorf("%+v, was %+v", e, ended)
	}
}

// TestBroken lets something go wrong in a run that should not: the page hears that it ended,
// and the last checkpoint is offered.
func TestBroken(t *testing.T) {
	v := newVisit(t, withData(100), time.Millisecond)
	long := asked
	long.Epochs = 1000
	v.say(protocol.Begin{Run: 5, Job: long})
	next[protocol.Training](v)
	v.do(func() { panic("by the test") })
	if f := nextFailed(v); !strings.HasPrefix(f.Message, "training: by the test") {
		t.Errorf("%+v", f)
	}
	if e := next[protocol.Finished](v); e.Run != 5 || !e.Stopped || e.Why == "" {
		t.Errorf("%+v", e)
	}
	if r := next[protocol.Resumable](v); r.Job != long {
		t.Errorf("%+v", r)
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

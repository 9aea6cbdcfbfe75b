package training

import (
	"maps"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"tenfold/nn/cifar10"
	"tenfold/nn/keras"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
)

func TestARun(t *testing.T) {
	v := newVisit(t, withData(100), time.Hour)
	v.say(protocol.Begin{Run: 7, Job: asked})
	began := next[protocol.Began](v)
	if began.Trained != 80 || began.HeldOut != 20 || began.Run != 7 || began.Before.Accuracy > 0.5 {
		t.Errorf("%+v", began)
	}
	want, _ := net(t, 1)
	want.Name = "Tutorial CNN, trained here"
	if began.Summary != want.Summary() {
		t.Errorf("the run's network is\n%s", began.Summary)
	}
	code, err := keras.Read(began.Code, cifar10.Task, task.TutorialRecipe)
	if err != nil {
		t.Fatal(err)
	}
	recipe := asked.Recipe
	recipe.Optimizer = task.Adamax
	code.Network.Name = want.Name
	if code.Network.Summary() != want.Summary() || code.Recipe != recipe || code.HoldOut != asked.HoldOut {
		t.Errorf("the run's code says %+v, %g held out, for %+v\n%s", code.Recipe, code.HoldOut, recipe, began.Code)
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

// TestALostHelper trains with one helper, which is lost in the seventh step: the result
// is that of two workers without a loss, to the last bit, since their shares are alike. One worker
// alone has nearly the same result: rounding differs, and at a kink that decides.
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

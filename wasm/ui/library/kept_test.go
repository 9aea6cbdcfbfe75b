package library

import (
	"encoding/json"
	"math"
	"testing"

	"tenfold/nn/cifar10"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
)

// memory is a host that only remembers.
type memory map[string]string

func (memory) StartTrainer()             {}
func (memory) SendTrainer([]byte)        {}
func (memory) Awake(bool)                {}
func (m memory) Persist()                { m["persists"] += "1" }
func (m memory) Remember(name, t string) { m[name] = t }
func (m memory) Recall(name string) string {
	return m[name]
}

func opened(m memory) *Library { return New(m, nil, func(string, []byte) {}) }

// run has a run that ends after an epoch.
func (l *Library) run(loss float64) {
	if err := l.Begin([]byte{1}, "Pretrained"); err != nil {
		panic(err)
	}
	id := l.Run.ID
	l.Run.Classes = []string{"a", "b"}
	l.runEvent(protocol.Began{Run: id, Job: task.FineTuning, Before: task.Metrics{Loss: 1, Accuracy: 0.5}, Trained: 80, HeldOut: 20, Summary: "layers", Code: "model = 1"})
	for i := range 10 {
		l.runEvent(protocol.Training{Run: id, State: protocol.Running, Epoch: 1, Step: i + 1, Steps: 10, Batch: task.Metrics{Loss: 0.5, Accuracy: 0.6}, Mean: task.Metrics{Loss: loss}})
	}
	l.runEvent(protocol.EpochDone{Run: id, Epoch: task.Epoch{Epoch: 1, Train: task.Metrics{Loss: loss, Accuracy: 0.4}, Val: task.Metrics{Loss: loss, Accuracy: 0.25}}, Confusion: [][]int{{1, 2}, {3, 4}}})
	l.runEvent(protocol.Finished{Run: id, Before: task.Metrics{Loss: 1, Accuracy: 0.5}, After: task.Metrics{Loss: loss, Accuracy: 0.25}})
}

// TestKeepsWithoutNaN ends runs whose loss is not a number: they are kept, without it, and so
// are those before; the run on the page is left as it is.
func TestKeepsWithoutNaN(t *testing.T) {
	m := memory{}
	l := opened(m)
	l.run(0.7)
	for _, loss := range []float64{math.NaN(), math.Inf(1)} {
		l.run(loss)
		if got := l.Run.Epochs[0].Val.Loss; !(got == loss || math.IsNaN(got) && math.IsNaN(loss)) {
			t.Errorf("the loss on the page became %g", got)
		}
	}
	k := opened(m)
	if len(k.Runs) != 2 || len(k.Run.Epochs) != 1 || len(k.Runs[1].Epochs) != 1 {
		t.Fatalf("%d runs, the last with %d epochs", len(k.Runs), len(k.Run.Epochs))
	}
	if v := k.Run.Epochs[0].Val; v.Loss != 0 || v.Accuracy != 0.25 {
		t.Errorf("kept %+v", v)
	}
	if v := k.Runs[1].Epochs[0].Val; v.Loss != 0.7 {
		t.Errorf("of the first run %+v is kept", v)
	}
	if len(k.Run.Curve.Points) != 10 || k.Run.Matrix[1][0] != 3 || k.Run.From != "Pretrained" || k.Run.Began.Summary != "layers" || k.Run.Began.Code != "model = 1" {
		t.Errorf("%+v", k.Run)
	}
}

// TestDeletesRuns removes a run before, then the last one.
func TestDeletesRuns(t *testing.T) {
	m := memory{}
	l := opened(m)
	for _, loss := range []float64{0.1, 0.2, 0.3} {
		l.run(loss)
	}
	l.Delete(0)
	l.Delete(5)
	if k := opened(m); len(k.Runs) != 1 || k.Run.Finished.After.Loss != 0.3 || k.Runs[0].Finished.After.Loss != 0.1 {
		t.Errorf("%d runs are left", len(k.Runs)+1)
	}
	l.DeleteLast()
	if k := opened(m); k.Run.Finished.After.Loss != 0.1 || len(k.Runs) != 0 {
		t.Errorf("the last run is still there")
	}
}

// TestBeginsWithTheNetworkInUse tells the worker of a file, and keeps saying what it is.
func TestBeginsWithTheNetworkInUse(t *testing.T) {
	l := opened(memory{})
	l.Job.From = InUse
	if err := l.Begin([]byte{7}, "Last epoch"); err != nil {
		t.Fatal(err)
	}
	c, err := protocol.DecodeCommand(l.pending)
	if err != nil {
		t.Fatal(err)
	}
	begin := c.(protocol.Begin)
	if begin.Job.From != task.Given || len(begin.Model) != 1 || l.Job.From != InUse {
		t.Errorf("the worker starts from %q, the settings say %q", begin.Job.From, l.Job.From)
	}
	l.runEvent(protocol.Began{Run: l.Run.ID, Job: begin.Job, Trained: 1})
	if l.Job.From != InUse || l.Run.From != "Last epoch" {
		t.Errorf("then they say %q, and it began with %q", l.Job.From, l.Run.From)
	}
}

// FuzzRestore restores anything as the runs of earlier visits: what it accepts can be shown,
// and is kept as it is.
func FuzzRestore(f *testing.F) {
	m := memory{}
	opened(m).run(0.5)
	f.Add(m[runsName])
	f.Add(`[{"Began":{"Trained":1,"Job":{"epochs":-5}},"Finished":{}}]`)
	f.Add(`[{"Began":{"Trained":1,"Job":{"epochs":2,"batch":1}},"Finished":{"After":{"accuracy":1e300}},"Matrix":[[1],[2,3]],"Classes":["a"],"Epochs":[{"epoch":-1},{"epoch":3},{"epoch":2}]}]`)
	f.Add(`{"a":[]}`)
	f.Add(`[null,1,"x",{}]`)
	f.Fuzz(func(t *testing.T, text string) {
		m := memory{runsName: text}
		l := opened(m)
		for _, r := range append([]Run{l.Run}, l.Runs...) {
			job, began := r.Job()
			if !began {
				continue
			}
			if job.Epochs < 1 || job.Epochs > maxEpochs || len(r.Curve.Points) > maxPoints || r.Finished == nil {
				t.Fatalf("%+v", r)
			}
			for i, e := range r.Epochs {
				if e.Epoch < 1 || i > 0 && e.Epoch <= r.Epochs[i-1].Epoch || e.Val.Accuracy > 1 {
					t.Fatalf("%+v", r.Epochs)
				}
			}
			if r.Matrix != nil && len(r.Matrix) != len(r.Classes) {
				t.Fatalf("%d classes, a matrix of %d", len(r.Classes), len(r.Matrix))
			}
		}
		l.save()
		before, _ := json.Marshal(append([]Run{l.Run}, l.Runs...))
		k := opened(m)
		k.Run.ID = l.Run.ID
		after, _ := json.Marshal(append([]Run{k.Run}, k.Runs...))
		if l.Run.ended() && len(l.Run.Curve.Points) <= keepPoints && len(l.Runs) == 0 && string(before) != string(after) {
			t.Fatalf("%s\nbecame\n%s", before, after)
		}
	})
}

// TestAsksOnceToKeep asks the browser to keep what is stored when the first thing is that nobody could
// fetch again, and not at each further one: Firefox asks the user.
func TestAsksOnceToKeep(t *testing.T) {
	m := memory{}
	l := opened(m)
	l.Fetch("test_batch.bin")
	if m["persists"] != "" {
		t.Error("asked for what the server has")
	}
	l.Add(cifar10.Task, make([]byte, cifar10.Task.Pixels()), 3)
	l.Add(cifar10.Task, make([]byte, cifar10.Task.Pixels()), 4)
	l.run(1)
	if n := len(m["persists"]); n != 1 {
		t.Errorf("asked %d times", n)
	}
}

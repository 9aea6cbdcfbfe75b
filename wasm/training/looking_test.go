package training

import (
	"math"
	"strings"
	"testing"
	"time"

	"tenfold/nn/checkpoint"
	"tenfold/nn/cifar10"
	"tenfold/nn/evaluate"
	"tenfold/nn/explain"
	"tenfold/nn/model"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
)

// net returns the tutorial's network with weights that are drawn from seed, and its file.
func net(t *testing.T, seed uint64) (*model.Network, []byte) {
	t.Helper()
	m := model.Tutorial()
	if err := m.Init(seed); err != nil {
		t.Fatal(err)
	}
	f, err := m.File()
	if err != nil {
		t.Fatal(err)
	}
	b, err := f.Encode(checkpoint.F32)
	if err != nil {
		t.Fatal(err)
	}
	return m, b
}

func set(t *testing.T, b []byte) *cifar10.Set {
	t.Helper()
	s := &cifar10.Set{}
	if err := s.Add("test", b); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSurveyAndLook(t *testing.T) {
	store := withData(40)
	v := newVisit(t, store, time.Hour)
	data := set(t, store["test_batch.bin"])
	v.say(protocol.Survey{What: task.TestSet})
	e := next[protocol.Surveyed](v)
	if len(e.Labels) != 40 || e.Labels[13] != 3 || len(e.Means) != 10 {
		t.Fatalf("%d labels, %d means", len(e.Labels), len(e.Means))
	}
	for p := range cifar10.Task.Pixels() {
		sum := 0
		for _, i := range []int{4, 14, 24, 34} {
			b, _ := data.Picture(i)
			sum += int(b[p])
		}
		if math.Abs(float64(e.Means[4][p])-float64(sum)/4) > 0.5 {
			t.Fatalf("the mean of byte %d is %d, want %g", p, e.Means[4][p], float64(sum)/4)
		}
	}
	v.say(protocol.Look{ID: 3, What: task.TestSet, Index: []int{39, 0}})
	l := next[protocol.Looked](v)
	if want, _ := data.Picture(39); len(l.Pictures) != 2 || string(l.Pictures[0].Picture) != string(want) || l.Pictures[0].Class != 9 || l.ID != 3 {
		t.Errorf("%+v", l.Index)
	}
	v.say(protocol.Look{ID: 4, What: task.TestSet, Index: []int{7, 40, -1, 8}}) // two of them are not there
	l = next[protocol.Looked](v)
	for i, want := range []int{7, -1, -1, 8} {
		var pixels []byte
		if want >= 0 {
			pixels, _ = data.Picture(want)
		}
		if len(l.Pictures) != 4 || string(l.Pictures[i].Picture) != string(pixels) || l.ID != 4 {
			t.Errorf("place %d of %v is not picture %d", i, l.Index, want)
		}
	}
	v.say(protocol.Survey{What: task.Mine})
	if e := next[protocol.Surveyed](v); len(e.Labels) != 0 {
		t.Errorf("%d own pictures", len(e.Labels))
	}
	v.say(protocol.Look{What: task.TestSet, Index: []int{40}})
	for {
		if f, ok := (<-v.host.events).(protocol.Failed); ok {
			if !strings.Contains(f.Message, "no picture 40") {
				t.Error(f.Message)
			}
			break
		}
	}
}

// TestEvaluate compares what the page is told with package evaluate.
func TestEvaluate(t *testing.T) {
	store := withData(200)
	v := newVisit(t, store, time.Hour)
	m, file := net(t, 1)
	other, beside := net(t, 2)
	data := set(t, store["test_batch.bin"])
	want, err := evaluate.Run(t.Context(), m, data, nil)
	if err != nil {
		t.Fatal(err)
	}
	second, err := evaluate.Run(t.Context(), other, data, nil)
	if err != nil {
		t.Fatal(err)
	}
	v.say(protocol.Evaluate{ID: 5, What: task.TestSet, Model: file, Beside: beside})
	e := next[protocol.Evaluated](v)
	if e.ID != 5 || e.Report.Accuracy != want.Accuracy || math.Abs(e.Report.Loss-want.Loss) > 1e-6 || e.Report.Top2 != want.Top(2) || len(e.True) != 200 || e.Index != nil {
		t.Errorf("%+v", e.Report)
	}
	for i, p := range want.Predictions {
		if int(e.True[i]) != p.True || int(e.Class[i]) != p.Class || e.Score[i] != p.Score {
			t.Fatalf("picture %d: %d for %d, %g; want %+v", i, e.Class[i], e.True[i], e.Score[i], p)
		}
	}
	if c := e.Comparison; c == nil || *c != evaluate.Compare(second, want) {
		t.Errorf("%+v", c)
	}
	for i, p := range second.Predictions {
		if int(e.Beside[i]) != p.Class {
			t.Fatalf("picture %d: %d by the second model, want %d", i, e.Beside[i], p.Class)
		}
	}
	several, err := evaluate.RunViews(t.Context(), m, data, task.ShiftViews, nil)
	if err != nil {
		t.Fatal(err)
	}
	v.say(protocol.Evaluate{ID: 9, What: task.TestSet, Views: task.ShiftViews, Model: file})
	if got := next[protocol.Evaluated](v); math.Abs(got.Report.Loss-several.Loss) > 1e-6 || got.Report.Loss == e.Report.Loss {
		t.Errorf("in six views the loss is %g, want %g; in one it is %g", got.Report.Loss, several.Loss, e.Report.Loss)
	}
	job := asked
	v.say(protocol.Evaluate{ID: 6, Job: &job, Model: file})
	e = next[protocol.Evaluated](v)
	_, held := evaluate.Split(data, job.HoldOut, job.Seed)
	if len(e.Index) != 40 || e.Index[7] != held.Index[7] || e.What != task.TestSet || e.Comparison != nil {
		t.Errorf("%v of %s", e.Index, e.What)
	}
	for id, c := range map[uint64]protocol.Evaluate{7: {What: task.Mine, Model: file}, 8: {What: task.TestSet, Model: []byte("none")}} {
		c.ID = id
		v.say(c)
		for {
			if f, ok := (<-v.host.events).(protocol.Failed); ok {
				if f.ID != id {
					t.Errorf("%+v", f)
				}
				break
			}
		}
	}
}

// TestOtherNetworks evaluates ResNet-20 and Tenfold from their files, and looks for the pictures
// that excite a map of theirs most.
func TestOtherNetworks(t *testing.T) {
	store := withData(60)
	data := set(t, store["test_batch.bin"])
	for _, m := range []*model.Network{model.ResNet20(), model.Tenfold()} {
		v := newVisit(t, store, time.Hour)
		if err := m.Init(1); err != nil {
			t.Fatal(err)
		}
		f, err := m.File()
		if err != nil {
			t.Fatal(err)
		}
		file, err := f.Encode(checkpoint.F32)
		if err != nil {
			t.Fatal(err)
		}
		want, err := evaluate.Run(t.Context(), m, data, nil)
		if err != nil {
			t.Fatal(err)
		}
		_, beside := net(t, 2)
		v.say(protocol.Evaluate{ID: 5, What: task.TestSet, Model: file, Beside: beside})
		e := next[protocol.Evaluated](v)
		if e.ID != 5 || e.Report.Accuracy != want.Accuracy || math.Abs(e.Report.Loss-want.Loss) > 1e-6 || len(e.Class) != 60 || e.Comparison == nil {
			t.Errorf("%s: %+v", m.Name, e.Report)
		}
		const layer, channel = 8, 5
		v.say(protocol.Excite{ID: 6, What: task.TestSet, Layer: layer, Channel: channel, Model: file})
		x := next[protocol.Excited](v)
		most := math.Inf(-1)
		tr, in := m.Trace(1), make([]float32, m.Pixels())
		for i := range data.Len() {
			pixels, _ := data.Picture(i)
			m.Normalize(in, pixels)
			value, err := explain.Excitement(tr, in, explain.Target{Layer: layer, Channel: channel})
			if err != nil {
				t.Fatal(err)
			}
			most = max(most, value[0])
		}
		if len(x.Values) != excited || math.Abs(x.Values[0]-most) > 1e-5*math.Abs(most)+1e-6 {
			t.Errorf("%s: %v, the most is %g", m.Name, x.Values, most)
		}
	}
}

// TestACancelledMeasurement ends one by Cancel and one by a newer one.
func TestACancelledMeasurement(t *testing.T) {
	v := newVisit(t, withData(1000), time.Hour)
	_, file := net(t, 1)
	v.host.yield = func() {
		if m := v.Session.measure; m != nil && m.id == 1 {
			v.say(protocol.Cancel{ID: 1})
		} else if m != nil && m.id == 2 {
			v.say(protocol.Excite{ID: 3, What: task.TestSet, Layer: 8, Channel: 4, Model: file})
		}
	}
	for id := range uint64(2) {
		v.say(protocol.Evaluate{ID: id + 1, What: task.TestSet, Model: file})
		if c := next[protocol.Cancelled](v); c.ID != id+1 {
			t.Errorf("%+v", c)
		}
	}
	if e := next[protocol.Excited](v); e.ID != 3 {
		t.Errorf("%+v", e)
	}
}

func TestExcite(t *testing.T) {
	store := withData(120)
	v := newVisit(t, store, time.Hour)
	m, file := net(t, 1)
	data := set(t, store["test_batch.bin"])
	v.say(protocol.Excite{ID: 1, What: task.TestSet, Layer: 8, Channel: 4, Model: file})
	e := next[protocol.Excited](v)
	x := make([]float32, 120*cifar10.Task.Pixels())
	if _, err := evaluate.Batch(x, data, m, 0, 120); err != nil {
		t.Fatal(err)
	}
	values, err := explain.Excitement(m.Trace(120), x, explain.Target{Layer: 8, Channel: 4})
	if err != nil {
		t.Fatal(err)
	}
	above := 0
	for _, v := range values {
		if v > e.Values[8]+1e-6 {
			above++
		}
	}
	if len(e.Pictures) != 9 || above > 8 {
		t.Errorf("%d pictures; %d excite it more than the ninth", len(e.Pictures), above)
	}
	for i := range 8 {
		if e.Values[i] < e.Values[i+1] {
			t.Errorf("%v is not in order", e.Values)
		}
	}
}

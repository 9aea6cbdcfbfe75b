package evaluate_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"tenfold/nn/cifar10"
	"tenfold/nn/model"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/app/apptest"
)

// evaluated returns a result on 200 pictures: of each class 15 are right, and the rest are taken for
// the next class.
func evaluated(id uint64) protocol.Evaluated {
	e := protocol.Evaluated{ID: id, What: task.TestSet, Report: task.Evaluation{
		Metrics: task.Metrics{Loss: 0.6845, Accuracy: 0.75}, Pictures: 200, Top2: 0.9, ECE: 0.043, ECEAfter: 0.012, Temperature: 1.21,
	}}
	for i := range 10 {
		row := make([]int, 10)
		row[i], row[(i+1)%10] = 15, 5
		e.Report.Confusion = append(e.Report.Confusion, row)
		e.Report.Classes = append(e.Report.Classes, task.ClassMetrics{Precision: 0.75, Recall: 0.75, F1: 0.75, Support: 20})
		e.Report.Bins = append(e.Report.Bins, task.Bin{Pictures: 20, Confidence: 0.05 + 0.1*float64(i), Accuracy: 0.09 * float64(i)})
	}
	for i := range 200 {
		class := i % 10
		if i >= 150 {
			class = (class + 1) % 10
		}
		e.True, e.Class, e.Score = append(e.True, byte(i%10)), append(e.Class, byte(class)), append(e.Score, float32(i%50)/50)
	}
	return e
}

// open opens the view with 200 test pictures.
func open(t *testing.T, w, h float64, dark bool) *apptest.Browser {
	t.Helper()
	b := apptest.Open(t, w, h, dark)
	b.Do("view-evaluate")
	b.Trains(200)
	return b
}

// started presses Evaluate, and returns what the worker was asked.
func started(b *apptest.Browser) protocol.Evaluate {
	b.Helper()
	apptest.Asks[protocol.Evaluate](b)
	b.Press("evaluate-start")
	all := apptest.Asks[protocol.Evaluate](b)
	if len(all) != 1 {
		b.Fatalf("%d evaluations are asked for", len(all))
	}
	return all[0]
}

// done opens the view and evaluates.
func done(t *testing.T, w, h float64, dark bool) *apptest.Browser {
	t.Helper()
	b := open(t, w, h, dark)
	b.Says(evaluated(started(b).ID))
	b.Album(200)
	return b
}

// says fails unless the leaf of an ID says something.
func says(b *apptest.Browser, id, want string) {
	b.Helper()
	if got := b.Text(id); !strings.Contains(got, want) {
		b.Errorf("%s says %q, want %q", id, got, want)
	}
}

// network is the file of a network that differs from the one that the page opens with.
func networkOf(t *testing.T, name string, measured ...task.Measurement) []byte {
	t.Helper()
	m := model.Tutorial()
	if err := m.Init(7); err != nil {
		t.Fatal(err)
	}
	m.Name, m.Measured = name, measured
	return apptest.File32(t, m)
}

// use takes a network into use.
func use(b *apptest.Browser, kind string, file []byte) {
	b.Helper()
	b.Desk().Use(kind, file)
	b.Until(kind+" is in use", func() bool { return bytes.Equal(b.Desk().Network.File, file) })
}

func TestProgress(t *testing.T) {
	b := open(t, 1280, 800, false)
	says(b, "evaluate-status", "ready to evaluate")
	c := started(b)
	if c.What != task.TestSet || c.Job != nil || !bytes.Equal(c.Model, b.Desk().Network.Shipped) || len(c.Beside) != 0 {
		t.Errorf("asked for %q with %d and %d bytes", c.What, len(c.Model), len(c.Beside))
	}
	if s := b.Text("evaluate-status"); s != "evaluating" {
		t.Errorf("%q", s)
	}
	b.Says(protocol.Measuring{ID: c.ID, Done: 100, Total: 200, PicturesPerSec: 812})
	if s := b.Text("evaluate-status"); s != "evaluating 100 of 200, 812 pictures/s" {
		t.Errorf("%q", s)
	}
	if f := b.Leaf("evaluate-progress"); f.Share != 0.5 {
		t.Errorf("the bar is at %g", f.Share)
	}
	if f := b.Leaf("evaluate-mine"); !strings.Contains(f.Disabled, "Cancel it first") {
		t.Errorf("while it goes on: %q", f.Disabled)
	}
	b.Says(evaluated(c.ID + 5)) // of another one
	if b.Has("evaluate-result") {
		t.Error("the result of another evaluation counts")
	}
	for range 3 { // it is asked once
		b.Panels()
	}
	if again := apptest.Asks[protocol.Evaluate](b); len(again) != 0 {
		t.Errorf("asked %d times more", len(again))
	}
	b.Says(evaluated(c.ID))
	says(b, "evaluate-status", "done: Tutorial CNN on 200 pictures (test set)")
}

// TestEvaluateView looks at the figures, at a cell's pictures, and in each order.
func TestEvaluateView(t *testing.T) {
	b := done(t, 1280, 800, false)
	for id, want := range map[string]string{
		"evaluate-status":      "done: Tutorial CNN on 200 pictures (test set)",
		"evaluate-result":      "accuracy 75.0%, loss 0.684, top-2 accuracy 90.0%, expected calibration error 4.3%, with the temperature 1.21 1.2%",
		"evaluate-classes":     "cat precision 75.0% recall 75.0% F1 0.750 support 20",
		"evaluate-confusion":   "airplane taken for automobile (5)",
		"evaluate-ece":         "Calibration error (ECE): 4.3%; after temperature scaling (T = 1.21): 1.2%",
		"evaluate-reliability": "confidence 95.0%: accuracy 81.0%, 20 pictures",
	} {
		says(b, id, want)
	}
	if got, want := b.Text("evaluate-result"), "accuracy 75.0%"; !strings.HasPrefix(got, want) {
		t.Errorf("%q", got)
	}
	if n := strings.Count(b.Text("evaluate-shown"), ";"); n != 15 {
		t.Errorf("%d pictures are shown at first", n+1)
	}
	b.Press("evaluate-matrix-3-4") // cats taken for deer
	shown := b.Text("evaluate-shown")
	if strings.Count(shown, "pred deer") != 5 || strings.Count(shown, "true cat") != 5 {
		t.Errorf("%q", shown)
	}
	if b.Leaf("evaluate-true").Value != "cat" || b.Leaf("evaluate-predicted").Value != "deer" || !b.Leaf("evaluate-matrix-3-4").Selected {
		t.Error("the selects do not say which cell was pressed")
	}
	b.Press("evaluate-all")
	if b.Leaf("evaluate-true").Value != "" || b.Leaf("evaluate-all").Disabled == "" {
		t.Error("all are not shown again")
	}
	b.Set("evaluate-predicted", "dog")
	b.Album(200)
	for _, q := range strings.Split(b.Text("evaluate-shown"), "; ") {
		if !strings.Contains(q, "pred dog") {
			t.Errorf("a picture %q", q)
		}
	}
	b.Set("evaluate-predicted", "")
	b.Press("evaluate-mistakes")
	shown = b.Text("evaluate-shown")
	if !strings.HasPrefix(shown, "199 pred airplane score 98.0% true truck") || strings.Count(shown, ";") != 15 {
		t.Errorf("%q", shown)
	}
	b.Key("n")
	if again := b.Text("evaluate-shown"); again == shown || strings.Count(again, ";") != 15 {
		t.Errorf("More shows %q", again)
	}
	b.Press("evaluate-doubts")
	if s := b.Text("evaluate-shown"); !strings.HasPrefix(s, "0 pred airplane score 0.0% true airplane") {
		t.Errorf("%q", s)
	}
}

// TestPictures looks at a picture that was taken for another.
func TestPictures(t *testing.T) {
	b := done(t, 1280, 800, false)
	b.Press("evaluate-mistakes")
	b.Album(200)
	f := b.Leaf("evaluate-picture-0")
	if f.Name != "Picture 199: predicted airplane (98.0%), true: truck, × wrong" {
		t.Errorf("%q", f.Name)
	}
	if b.Desk().Library.Photo(task.TestSet, 199) == nil {
		t.Error("its pixels were not asked for")
	}
	b.Press("evaluate-doubts")
	if f := b.Leaf("evaluate-picture-0"); strings.Contains(f.Name, "wrong") {
		t.Errorf("%q", f.Name)
	}
	b.Press("evaluate-changed")
	if !strings.Contains(b.Words(), "Compare with another network") {
		t.Error("it does not say why nothing changed")
	}
	if f := b.Leaf("evaluate-grid-png"); f.Disabled == "" {
		t.Error("no pictures can be downloaded")
	}
}

// TestRandom draws other pictures after each evaluation and with each Shuffle.
func TestRandom(t *testing.T) {
	b := done(t, 1280, 800, false)
	seen := map[string]bool{b.Text("evaluate-shown"): true}
	b.Press("evaluate-more")
	seen[b.Text("evaluate-shown")] = true
	b.Later(time.Second)
	b.Says(evaluated(started(b).ID))
	seen[b.Text("evaluate-shown")] = true
	if len(seen) != 3 {
		t.Errorf("%d draws of three differ", len(seen))
	}
}

// TestCounts looks at what the cells of the matrix say: none is not as nothing measured.
func TestCounts(t *testing.T) {
	b := open(t, 1280, 800, false)
	c := started(b)
	e := evaluated(c.ID)
	e.Report.Confusion[9] = make([]int, 10) // there is no truck
	e.Report.Confusion[0][0], e.Report.Confusion[0][1] = 999, 1
	b.Says(e)
	cells := func() []string {
		all := b.Leaf("evaluate-matrix").Cells()
		if all[1][0] != "airplane" || all[0][10] != "truck" {
			t.Fatalf("%q", all)
		}
		return []string{all[1][1], all[1][2], all[1][3], all[2][2], all[10][10]}
	}
	if got := cells(); !slices.Equal(got, []string{">99", "<1", "0", "75", ""}) {
		t.Errorf("shares %q", got)
	}
	b.Press("evaluate-counts")
	if got := cells(); !slices.Equal(got, []string{"999", "1", "0", "15", "0"}) {
		t.Errorf("counts %q", got)
	}
}

func TestSaved(t *testing.T) {
	b := done(t, 1280, 800, false)
	for _, id := range []string{"evaluate-csv", "evaluate-matrix-png", "evaluate-grid-png"} {
		b.Press(id)
	}
	if len(b.Saved) != 3 {
		t.Fatalf("%d files", len(b.Saved))
	}
	if s := string(b.Saved[0].Content); !strings.HasPrefix(s, "picture,true,predicted,score\n0,airplane,airplane,0.000000\n") || strings.Count(s, "\n") != 201 {
		t.Errorf("%.80q", s)
	}
	for i, name := range []string{"predictions.csv", "confusion.png", "predictions.png"} {
		if f := b.Saved[i]; f.Name != name || i > 0 && !bytes.HasPrefix(f.Content, []byte("\x89PNG")) || len(f.Content) < 4000 {
			t.Errorf("%s has %d bytes", f.Name, len(f.Content))
		}
	}
}

// TestCompared compares a network that was trained here with the pretrained one.
func TestCompared(t *testing.T) {
	b := done(t, 1280, 800, false)
	says(b, "evaluate-comparison", "Choose a network to compare with")
	use(b, "last", networkOf(t, "Mine"))
	says(b, "evaluate-of", "These figures are of Tutorial CNN (pretrained)")
	c := started(b)
	if !bytes.Equal(c.Beside, b.Desk().Network.Shipped) || bytes.Equal(c.Model, b.Desk().Network.Shipped) {
		t.Fatalf("%d and %d bytes", len(c.Model), len(c.Beside))
	}
	e := evaluated(c.ID)
	e.Comparison = &task.Comparison{First: task.Metrics{Accuracy: 0.77}, Second: task.Metrics{Accuracy: 0.79}, OnlyFirst: 30, OnlySecond: 60, Differ: 120, P: 0.002}
	e.Beside = bytes.Repeat([]byte{3}, 200)
	b.Says(e)
	for _, want := range []string{"Tutorial CNN 77.0%, this network 79.0%", "They differ on 120 pictures", "unlikely to be chance (McNemar's test, p = 0.002)"} {
		says(b, "evaluate-comparison", want)
	}
	if b.Has("evaluate-of") {
		t.Error("the figures are those of the network in use")
	}
	b.Press("evaluate-changed")
	if s := b.Text("evaluate-shown"); strings.Count(s, "other cat") != 16 || strings.Contains(s, "pred cat") {
		t.Errorf("%q", s)
	}
	for p, want := range map[float64]string{0.32: "can easily be chance (McNemar's test, p = 0.32)", 0.0002: "almost never chance (McNemar's test, p < 0.001)"} {
		e.ID = started(b).ID
		e.Comparison.P = p
		b.Says(e)
		says(b, "evaluate-comparison", want)
	}
	for name, seen := range map[string][2]int{"This network": {799, 50}, "Tutorial CNN": {0, 50}} {
		e.ID, e.Seen, e.BesideSeen = started(b).ID, seen[0], seen[1]
		b.Says(e)
		s := b.Text("evaluate-comparison")
		if !strings.Contains(s, name+" was trained on ") || strings.Contains(s, "McNemar") || strings.Contains(s, "chance") {
			t.Errorf("on pictures that it was trained on: %q", s)
		}
		if said := strings.HasPrefix(b.Text("evaluate-result"), "This network was trained on 799 of these pictures"); said != (seen[0] > 0) {
			t.Errorf("%q", b.Text("evaluate-result"))
		}
	}
}

// TestCancel gives an evaluation up, and one fails: what was there before stays.
func TestCancel(t *testing.T) {
	b := done(t, 1280, 800, false)
	id := started(b).ID
	b.Press("evaluate-stop")
	if c := apptest.Asks[protocol.Cancel](b); len(c) != 1 || c[0].ID != id {
		t.Errorf("%+v", c)
	}
	if f := b.Leaf("evaluate-stop"); f.Disabled == "" {
		t.Error("it can be cancelled twice")
	}
	b.Says(protocol.Cancelled{ID: id})
	if s := b.Text("evaluate-status"); !strings.HasPrefix(s, "done") || !strings.HasSuffix(s, "cancelled") {
		t.Errorf("%q", s)
	}
	id = started(b).ID
	b.Says(protocol.Failed{ID: id, Message: "training: no such pictures"})
	if s := b.Text("evaluate-status"); !strings.HasPrefix(s, "done") || !strings.HasSuffix(s, "failed: no such pictures") {
		t.Errorf("%q", s)
	}
	if again := apptest.Asks[protocol.Evaluate](b); len(again) != 0 || !b.Has("evaluate-start") {
		t.Errorf("one that failed is asked %d times again", len(again))
	}
}

// TestTheWorkerDies asks once more, unless the user gave up.
func TestTheWorkerDies(t *testing.T) {
	b := open(t, 1280, 800, false)
	first := started(b)
	b.TrainerDied("test")
	b.Trains(200)
	again := apptest.Asks[protocol.Evaluate](b)
	if len(again) != 1 || again[0].ID == first.ID || !bytes.Equal(again[0].Model, first.Model) {
		t.Fatalf("%d evaluations", len(again))
	}
	b.Says(evaluated(first.ID))
	if b.Has("evaluate-result") {
		t.Error("the answer of the worker that died counts")
	}
	b.Press("evaluate-stop")
	b.TrainerDied("test")
	b.Trains(200)
	if n := len(apptest.Asks[protocol.Evaluate](b)); n != 0 || !b.Has("evaluate-start") {
		t.Errorf("%d evaluations after it was given up", n)
	}
}

// TestWhatIsMissing looks at what the view says where there is nothing to evaluate on.
func TestWhatIsMissing(t *testing.T) {
	b := apptest.Open(t, 1280, 800, false)
	b.Do("view-evaluate")
	if f := b.Leaf("evaluate-start"); f.Disabled == "" {
		t.Error("it can start before the pictures are there")
	}
	b.Trains(0)
	if f := b.Leaf("evaluate-start"); !strings.Contains(f.Disabled, "no test pictures") {
		t.Errorf("%q", f.Disabled)
	}
	says(b, "evaluate-status", "There are no test pictures here yet.")
	b.Press("evaluate-doodles-test") // which are always there
	if f := b.Leaf("evaluate-start"); f.Disabled != "" || b.Text("evaluate-status") != "ready to evaluate" {
		t.Errorf("on doodles: %q", f.Disabled)
	}
	b.Press("evaluate-test")
	says(b, "train-fetch-test", "30.7 MB")
	b.Press("train-fetch-test")
	if c := apptest.Asks[protocol.Fetch](b); len(c) != 1 || !slices.Equal(c[0].Names, task.TestFiles) {
		t.Errorf("%+v", c)
	}
	b.Says(protocol.Stored{Task: cifar10.Task, Coming: "test_batch.bin", Done: 1e6, Total: 4e6})
	if !strings.Contains(b.Words(), "test_batch.bin: 1.0 MB of 4.0 MB") {
		t.Errorf("while it comes:\n%s", b.Words())
	}
	b.Says(protocol.Stored{Task: cifar10.Task, Test: 200})
	if f := b.Leaf("evaluate-start"); f.Disabled != "" || b.Text("evaluate-status") != "ready to evaluate" {
		t.Errorf("with pictures: %q", f.Disabled)
	}
	b.Press("evaluate-mine")
	says(b, "evaluate-status", "no pictures of your own")
	b.Press("evaluate-classify")
	if b.Desk().View != "classify" {
		t.Errorf("the button leads to %s", b.Desk().View)
	}
	b.Do("view-evaluate")
	b.Says(protocol.Stored{Task: cifar10.Task, Test: 200, Mine: []protocol.Labelled{{Picture: apptest.Plain(1), Class: 1}}})
	if c := started(b); c.What != task.Mine {
		t.Errorf("%q is evaluated", c.What)
	}
}

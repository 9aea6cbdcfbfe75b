package train_test

import (
	"math"
	"strings"
	"testing"

	"tenfold/nn/cifar10"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/app/apptest"
)

// TestRunsAreCompared trains twice, lays the curves over each other, opens the page again,
// and deletes both.
func TestRunsAreCompared(t *testing.T) {
	b := open(t, 1280, 800, false)
	if !b.Has("train-runs-empty") {
		t.Error("it is not said what will be there")
	}
	trained(t, b)
	b.Set("train-rate", "0.002")
	b.Set("train-epochs", "5")
	trained(t, b)
	if strings.Contains(b.Text("train-chart-accuracy"), "run 2") || b.Has("train-compare") {
		t.Error("a run is shown that was not chosen")
	}
	b.Press("train-run-1-show")
	if s := b.Text("train-chart-accuracy"); !strings.Contains(s, "run 2 75.1%") {
		t.Errorf("the curves are %q", s)
	}
	table := ""
	for _, row := range b.Leaf("train-compare").Cells() {
		table += strings.Join(row, "|") + "\n"
	}
	for _, want := range []string{"Setting|run 1|run 2\n", "Epochs|5|3\n", "Learning rate|0.002|0.0005\n", "Accuracy after|77.7%|75.1%\n", "Measured on|validation, 2,000 pictures|validation, 2,000 pictures\n"} {
		if !strings.Contains(table, want) {
			t.Errorf("%q is not in\n%s", want, table)
		}
	}
	if strings.Contains(table, "Batch") {
		t.Error("a setting that is the same is compared")
	}

	c := apptest.OpenWith(t, 1280, 800, false, apptest.Network(t, 1), b.Memory)
	c.Press("view-train")
	c.Trains(10000)
	if s := c.Text("train-result"); !strings.HasPrefix(s, "Validation, 2,000 pictures: 71.2% before, 77.7% after") {
		t.Errorf("after a reload the result is %q", s)
	}
	if !strings.Contains(c.Text("train-chart-accuracy"), "validation 77.7%") || !c.Has("train-matrix") || c.Has("train-memory") || c.Leaf("train-csv").Disabled != "" {
		t.Errorf("after a reload the curves are %q", c.Text("train-chart-accuracy"))
	}
	c.Press("train-run-1-show")
	c.Press("train-run-0-delete")
	if c.Has("train-result") || c.Has("train-run-1-show") || !strings.Contains(c.Text("train-chart-accuracy"), "run 1 75.1%") {
		t.Errorf("the last run is still there, or the chosen one is not: %q", c.Text("train-chart-accuracy"))
	}
	c.Press("train-run-0-delete")
	if !c.Has("train-runs-empty") {
		t.Error("a run is left")
	}
	d := apptest.OpenWith(t, 1280, 800, false, apptest.Network(t, 1), b.Memory)
	d.Press("view-train")
	if !d.Has("train-runs-empty") {
		t.Error("deleted runs are back")
	}
}

// TestDivergedRun ends a run whose loss is not a number: its curves can be drawn and it is there
// after a reload.
func TestDivergedRun(t *testing.T) {
	b := open(t, 1280, 800, false)
	begin := begun(t, b)
	nan := task.Metrics{Loss: math.NaN(), Accuracy: 0.1}
	b.Says(protocol.Training{Run: begin.Run, State: protocol.Running, Epoch: 1, Epochs: 3, Step: 3, Steps: 250, Batch: nan, Mean: nan})
	b.Says(protocol.EpochDone{Run: begin.Run, Epoch: task.Epoch{Epoch: 1, Rate: 1000, Train: nan, Val: nan}, Confusion: confusion(10)})
	b.Says(protocol.Finished{Run: begin.Run, Before: task.Metrics{Loss: 0.7, Accuracy: 0.7}, After: nan, Stopped: true, Why: "the loss is no number any more"})
	b.Render()
	for _, id := range []string{"train-png", "train-report", "train-csv"} {
		b.Press(id)
	}
	c := apptest.OpenWith(t, 1280, 800, false, apptest.Network(t, 1), b.Memory)
	c.Press("view-train")
	if s := c.Text("train-result"); !strings.Contains(s, "70.0% before, 10.0% after") {
		t.Errorf("the result is %q", s)
	}
	c.Render()
}

// TestMistakes shows the confusion matrix and what the last validation got wrong.
func TestMistakes(t *testing.T) {
	b := open(t, 1280, 800, false)
	begin := begun(t, b)
	epoch(b, begin, 1)
	cells := b.Leaf("train-matrix").Cells()
	if len(cells) != 11 || cells[1][0] != "airplane" {
		t.Errorf("%v", cells)
	}
	if s := b.Words(); !strings.Contains(s, "predicted cat") || !strings.Contains(s, "true: airplane") {
		t.Error("the mistakes are not named")
	}
}

func TestTeaching(t *testing.T) {
	b := open(t, 1280, 800, false)
	b.Press("train-teach")
	teach, ok := b.Asked().(protocol.Teach)
	if !ok || string(teach.Model) != string(b.Desk().Network.File) || b.Leaf("train-teach").Disabled == "" || b.Leaf("train-start").Disabled == "" {
		t.Errorf("%T", b.Asked())
	}
	if b.Text("train-status") != "teaching" {
		t.Errorf("status %q", b.Text("train-status"))
	}
	b.Says(protocol.Failed{ID: teach.ID, Message: "no room"})
	if s := b.Twin().Status; !strings.HasPrefix(s, "No room") || b.Leaf("train-teach").Disabled != "" {
		t.Errorf("status %q", s)
	}
	b.Press("train-teach")
	teach = b.Asked().(protocol.Teach)
	b.Says(protocol.Taught{ID: teach.ID, Pictures: 5, Before: 1, After: 5, Others: 2000, OthersBefore: 1542, OthersAfter: 1540})
	const want = "5 of 5 of your pictures are now right (1 before). On 2,000 other pictures: 77.1% before, 77.0% after."
	if s := b.Twin().Status; s != want || b.Text("train-result") != want || b.Text("train-status") != "taught" {
		t.Errorf("status %q, training %q, result %q", s, b.Text("train-status"), b.Text("train-result"))
	}
	b.Press("train-export")
	if d := b.Saved; len(d) != 1 || len(d[0].Content) != 1+cifar10.Task.Pixels() || d[0].Content[0] != 2 {
		t.Errorf("%d files", len(d))
	}
	b.Press("mine-0")
	if d, ok := b.Asked().(protocol.Drop); !ok || d.Index != 0 {
		t.Errorf("%T", b.Asked())
	}
}

// TestOtherTasks has data of few and of many classes, of names of any length and script, of
// grey pictures that are not square.
func TestOtherTasks(t *testing.T) {
	for _, n := range []int{2, 37, 100} {
		of := task.Task{Input: task.Shape{6, 9, 1}, Scale: 1}
		for i := range n {
			of.Classes = append(of.Classes, strings.Repeat("длинное имя ", i%4)+strings.Repeat("x", i+1))
		}
		for _, w := range []float64{360, 1280} {
			b := open(t, w, 800, false)
			b.Says(protocol.Stored{Task: of, Test: 300, Mine: []protocol.Labelled{{Picture: make([]byte, 54), Class: n - 1}}})
			begin := begun(t, b)
			b.Says(protocol.EpochDone{Run: begin.Run, Epoch: task.Epoch{Epoch: 1}, Confusion: confusion(n), Mistakes: []protocol.Mistake{{Picture: make([]byte, 54), True: n - 1, Class: 0}}})
			if cells := b.Leaf("train-matrix").Cells(); len(cells) != n+1 {
				t.Errorf("%d classes: a matrix of %d", n, len(cells)-1)
			}
			if s := b.Text("mine-0"); !strings.Contains(s, of.Classes[n-1]) {
				t.Errorf("my picture is called %q", s)
			}
			fits(t, b)
			b.Resize(w, 800, 1)
			b.Render()
		}
	}
}

// TestBeforeAnything opens the view before a worker has answered.
func TestBeforeAnything(t *testing.T) {
	b := apptest.Open(t, 1280, 800, false)
	b.Press("view-train")
	if s := b.Text("train-status"); s != "loading the part of the page that trains" || b.Leaf("train-start").Disabled == "" {
		t.Errorf("status %q", s)
	}
	b.Render()
}

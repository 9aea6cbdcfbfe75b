package evaluate_test

import (
	"strings"
	"testing"

	"tenfold/nn/model"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/app/apptest"
)

// report returns an evaluation of 100 pictures, ten of each class, in which every fifth bird is
// taken for a cat.
func report() *task.Evaluation {
	e := &task.Evaluation{Metrics: task.Metrics{Loss: 0.5, Accuracy: 0.98}, Pictures: 100, Top2: 1, Temperature: 1.1, Bins: []task.Bin{{Pictures: 100, Confidence: 0.9, Accuracy: 0.98}}}
	for i := range 10 {
		row := make([]int, 10)
		row[i] = 10
		e.Confusion, e.Classes = append(e.Confusion, row), append(e.Classes, task.ClassMetrics{Precision: 1, Recall: 1, F1: 1, Support: 10})
	}
	e.Confusion[2][2], e.Confusion[2][3] = 8, 2
	return e
}

// TestBrought shows what the file of a network says about it, without any data, until something is
// evaluated here.
func TestBrought(t *testing.T) {
	m := model.Tutorial()
	if err := m.Init(1); err != nil {
		t.Fatal(err)
	}
	m.Report = report()
	b := apptest.OpenWith(t, 1280, 800, false, apptest.File32(t, m), map[string]string{})
	b.Says(protocol.Ready{})
	b.Press("view-evaluate")
	if s := b.Text("evaluate-status"); s != "Tutorial CNN on 100 pictures of the test set, as its file says" {
		t.Errorf("the status is %q", s)
	}
	if s := b.Text("evaluate-result"); !strings.Contains(s, "98.0%") {
		t.Errorf("it came to %q", s)
	}
	if s := b.Text("evaluate-confusion"); !strings.Contains(s, "bird") || !strings.Contains(s, "cat") {
		t.Errorf("confused are %q", s)
	}
	if b.Leaf("evaluate-csv").Disabled == "" || b.Leaf("evaluate-more").Disabled == "" {
		t.Error("there are single predictions")
	}
	b.Shot("evaluate-brought")
	use(b, task.Given, apptest.Network(t, 3))
	if b.Has("evaluate-result") {
		t.Error("it is shown of a network whose file does not say it")
	}
}

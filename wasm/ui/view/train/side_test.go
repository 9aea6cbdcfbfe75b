package train_test

import (
	"testing"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/app/apptest"
)

// TestPictureSize has a network learn a project from random weights on larger pictures. Only there is the
// size a setting.
func TestPictureSize(t *testing.T) {
	b := apptest.Open(t, 1280, 800, false)
	b.Settled()
	b.Press("view-train")
	b.Trains(1000)
	b.Says(protocol.Projects{List: []task.Project{{ID: "abc", Name: "Pets", Classes: []task.ProjectClass{{Name: "Miezi", Pictures: 20}, {Name: "Bello", Pictures: 20}}}}, Using: "abc"})
	b.Set("train-data", protocol.ProjectData("abc"))
	if b.Has("train-side") {
		t.Error("a network that is there is offered another size")
	}
	b.Set("train-from", task.Random)
	b.Set("train-side", "64")
	b.Set("train-side", "48") // which is not offered
	b.Set("train-side", "64")
	b.Shot("train-picture-size")
	b.Trained = nil
	b.Press("train-start")
	if c := apptest.Asks[protocol.Begin](b); len(c) != 1 || c[0].Job.Side != 64 || c[0].Job.Data != protocol.ProjectData("abc") {
		t.Errorf("%+v", c)
	}
}

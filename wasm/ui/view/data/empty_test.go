package data_test

import (
	"slices"
	"strings"
	"testing"

	"tenfold/nn/cifar10"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/app/apptest"
)

// TestEmptyData has no pictures: it is said what will be there, and what brings it is here.
func TestEmptyData(t *testing.T) {
	b := open(t, 1280, 800, false, 0)
	if s := b.Text("data-status"); !strings.Contains(s, "none here yet") {
		t.Errorf("%q", s)
	}
	if s := b.Text("train-fetch-test"); !strings.Contains(s, "30.7 MB") {
		t.Errorf("%q", s)
	}
	b.Press("data-look-doodles")
	if b.Leaf("data-doodles").Pressed != true || len(apptest.Asks[protocol.Survey](b)) != 1 {
		t.Error("the drawings that are always here are not shown")
	}
	b.Press("data-test")
	b.Press("data-bring")
	if b.Desk().View != "data" || !slices.Contains(b.Called, "choose data") {
		t.Error("the button does not open the file chooser")
	}
	b.Press("data-train")
	b.Press("train-fetch-train")
	if f := apptest.Asks[protocol.Fetch](b); len(f) != 1 || !slices.Equal(f[0].Names, task.TrainFiles) {
		t.Errorf("%+v", f)
	}
	b.Says(protocol.Stored{Task: cifar10.Task, Coming: "data_batch_1.bin", Done: 12340000, Total: 30730000})
	if s := b.Text("data-coming"); !strings.Contains(s, "12.3 MB of 30.7 MB") || b.Leaf("data-coming").Share < 0.4 || b.Leaf("data-coming").Share > 0.41 {
		t.Errorf("%q", s)
	}
	if b.Has("data-bring") || b.Has("train-fetch-test") {
		t.Error("another file can be chosen while one is read")
	}
	b.Says(protocol.Stored{Task: cifar10.Task, Coming: "data_batch_1.bin", Done: 12340000})
	if s := b.Text("data-coming"); !strings.Contains(s, "12.3 MB so far") {
		t.Errorf("%q", s)
	}
	b.Says(protocol.Stored{Task: cifar10.Task})
	b.Desk().Library.Run.Active = true
	b.Says(protocol.Notice{})
	if why := b.Leaf("data-bring").Disabled; why == "" || !strings.Contains(b.Words(), ": "+why) {
		t.Errorf("while a run goes on it is not said why nothing can be brought: %q", why)
	}
	b.Desk().Library.Run.Active = false
	b.Press("data-mine")
	if s := b.Text("data-empty"); !strings.Contains(s, "Your own pictures") || b.Has("data-bring") {
		t.Errorf("%q", s)
	}
	b.Press("data-draw")
	if b.Desk().View != "classify" {
		t.Error("the button does not lead to Classify")
	}
	b.Trains(20)
	b.Press("view-data")
	b.Press("data-test")
	b.Album(20)
	if s := b.Text("data-status"); !strings.Contains(s, "20 pictures") {
		t.Errorf("what was brought is not seen: %q", s)
	}
	b.Desk().Library.Served = nil
	b.Press("data-train")
	if b.Has("train-fetch-train") || !strings.Contains(b.Words(), "server does not have them") {
		t.Error("it is not said that the server has none")
	}
}

package app_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"image"
	"image/color"
	"image/png"
	"slices"
	"strings"
	"testing"

	"tenfold/nn/cifar10"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/app/apptest"
	"tenfold/wasm/ui/library"
	"tenfold/wasm/ui/subject"
)

// TestBringBack restores in a new page what an old one has left: a drawing and a picture over
// it, the settings, the tool, the network in use and a run under way.
func TestBringBack(t *testing.T) {
	b := apptest.Open(t, 1280, 800, false)
	p := b.Desk()
	line(b, 0.2, 0.8)
	p.Subject.SetColor(color.RGBA{200, 40, 40, 255})
	p.Subject.Width = subject.Brushes[2]
	p.Library.Job.Epochs = 7
	b.File("mine.safetensors", apptest.Network(t, 2))
	b.Until("it is in use", func() bool { return p.Network.Using == task.Given })
	b.Show(image.NewRGBA(image.Rect(0, 0, 60, 40)), "a picture")
	p.Subject.Picture.Zoom(1.25, 0.5, 0.5)
	p.Subject.Cropped()
	b.Press("view-model")
	kept, err := json.Marshal(b.Revision().Kept)
	if err != nil {
		t.Fatal(err)
	}

	c := apptest.Open(t, 1280, 800, false)
	q := c.Desk()
	c.BringBack("panic: by the test\n\ngoroutine 1", kept, b.DrawingPixels(), p.Subject.Picture.Image.Pix, b.NetworkFile(), true)
	if s := c.Twin().Status; !strings.Contains(s, "started again") {
		t.Errorf("status %q", s)
	}
	c.Until("the network is in use", func() bool { return q.Network.Using == task.Given })
	if !bytes.Equal(q.Pixels(), p.Pixels()) || q.Subject.Mode != subject.Showing || q.Subject.Picture.Name != "a picture" || q.View != "model" {
		t.Errorf("mode %v, view %s", q.Subject.Mode, q.View)
	}
	if q.Library.Job != p.Library.Job || q.Subject.Color != p.Subject.Color || q.Subject.Width != p.Subject.Width || q.Subject.Tool != p.Subject.Tool || !bytes.Equal(c.NetworkFile(), b.NetworkFile()) {
		t.Errorf("settings %+v", q.Library.Job)
	}
	if len(q.Faults) != 1 || q.Faults[0].What != "panic: by the test" {
		t.Errorf("%+v", q.Faults)
	}
	q.Subject.Draw()
	p.Subject.Draw()
	if !bytes.Equal(q.Pixels(), p.Pixels()) {
		t.Error("the drawing is another")
	}
	if q.Subject.Pad.Undo(); bytes.Equal(q.Subject.Pad.Image.Pix, p.Subject.Pad.Image.Pix) {
		t.Error("what was brought back cannot be taken back")
	}
	if _, ok := c.Asked().(protocol.Join); !ok {
		t.Fatalf("the worker that trains was told %T", c.Asked())
	}
	c.Says(protocol.Ready{})
	c.Says(protocol.Stored{Task: cifar10.Task, Test: 100})
	c.Says(protocol.Began{Run: 12, Job: task.Tutorial, Trained: 80, HeldOut: 20, History: []task.Epoch{{Epoch: 1}}})
	c.Says(protocol.Training{Run: 12, State: protocol.Running, Epoch: 2, Epochs: 10, Step: 3, Steps: 5})
	if r := q.Library.Run; !r.Active || r.State.Step != 3 || len(r.Epochs) != 1 {
		t.Errorf("the run is %+v", r)
	}

	r := apptest.Open(t, 1280, 800, false)
	opened := slices.Clone(r.Desk().Pixels())
	r.BringBack("why", []byte("{"), nil, []byte{1}, nil, false)
	if !bytes.Equal(r.Desk().Pixels(), opened) || r.Desk().View != "classify" || r.Desk().Library.Run.Active {
		t.Error("what cannot be read has changed the page")
	}
}

// TestDrawingIsBroughtBack loads the page anew: what was drawn is there again, and what the page opens
// with where nothing was.
func TestDrawingIsBroughtBack(t *testing.T) {
	b := apptest.Open(t, 1280, 800, false)
	opened := slices.Clone(b.Desk().Subject.Pad.Image.Pix)
	if b.Drawing() != nil {
		t.Error("what the page opens with is taken for a person's drawing")
	}
	b.Do("clear")
	if b.Drawing() != nil {
		t.Error("an empty pad is taken for a drawing")
	}
	line(b, 0.2, 0.8)
	b.Settled()
	c := apptest.Open(t, 1280, 800, false)
	c.BringDrawing(b.Drawing())
	if got := c.Desk().Subject; got.Opening || !bytes.Equal(got.Pad.Image.Pix, b.Desk().Subject.Pad.Image.Pix) {
		t.Error("another drawing is brought back")
	}
	if c.Settled(); c.Twin().Prediction != b.Twin().Prediction {
		t.Errorf("%q was %q", c.Twin().Prediction, b.Twin().Prediction)
	}
	if c.Do("undo"); !c.Desk().Subject.Empty() {
		t.Error("what was brought back cannot be taken back")
	}
	for _, file := range [][]byte{nil, []byte("damaged"), apptest.Plain(1)} {
		d := apptest.Open(t, 1280, 800, false)
		if d.BringDrawing(file); !d.Desk().Subject.Opening || !bytes.Equal(d.Desk().Subject.Pad.Image.Pix, opened) {
			t.Errorf("%d bytes that are no drawing have changed the pad", len(file))
		}
	}
}

// TestFault tells of what a callback ended with, and goes on.
func TestFault(t *testing.T) {
	b := apptest.Open(t, 1280, 800, false)
	for range 9 {
		b.Fault(errors.New("by the test"), "goroutine 7")
	}
	if s := b.Twin().Status; !strings.Contains(s, "by the test") || !strings.Contains(s, "report") || len(b.Desk().Faults) != 5 {
		t.Errorf("status %q, %d faults", s, len(b.Desk().Faults))
	}
	b.Press("close")
	if b.Has("close") || b.Twin().Status != "Ready." {
		t.Error("the message stays")
	}
}

// TestTakingANewVersion pauses a run, which keeps it, before the page is left, and hands
// the picture over that is shown. The drawing is kept as when the page is loaded anew.
func TestTakingANewVersion(t *testing.T) {
	b := apptest.Open(t, 1280, 800, false)
	l := b.Desk().Library
	b.Trains(10000)
	b.Show(image.NewRGBA(image.Rect(0, 0, 60, 40)), "a picture")
	if b.Has("update") {
		t.Error("a new version is offered that is not there")
	}
	if err := l.Begin(b.Desk().Network.Shipped, ""); err != nil {
		t.Fatal(err)
	}
	b.Says(protocol.Began{Run: l.Run.ID, Job: l.Job, Trained: 8000, HeldOut: 2000})
	at := protocol.Training{Run: l.Run.ID, State: protocol.Running, Epoch: 1, Epochs: 3, Step: 1, Steps: 250}
	b.Says(at)
	b.Updated()
	b.Press("update")
	if _, ok := b.Asked().(protocol.Pause); !ok || b.Picture != nil {
		t.Fatalf("the run is not paused first: %T", b.Asked())
	}
	b.Says(at) // on its way before
	if b.Picture != nil {
		t.Error("the page was left before the run was kept")
	}
	at.State = protocol.Paused
	b.Says(at)
	if img, err := png.Decode(bytes.NewReader(b.Picture)); err != nil || img.Bounds() != b.Desk().Subject.Picture.Image.Bounds() {
		t.Errorf("the picture: %v", err)
	}
	if !b.Resumes {
		t.Error("the new version does not know of the run")
	}
	c := apptest.Open(t, 1280, 800, false)
	c.Updated()
	c.Press("later")
	if c.Has("update") {
		t.Error("a new version that was put off is offered again")
	}
	d := apptest.Open(t, 1280, 800, false)
	d.Updated()
	d.Press("update")
	if !slices.Contains(d.Called, "update") || len(d.Picture) > 0 || d.Resumes {
		t.Error("without a run the version is not taken at once")
	}
	d.GoOn() // as the new version is told
	d.Says(protocol.Ready{})
	d.Says(protocol.Resumable{Job: l.Job})
	if _, ok := d.Asked().(protocol.Resume); !ok {
		t.Errorf("the run does not go on: %T", d.Asked())
	}
}

func TestKeepingAll(t *testing.T) {
	b := apptest.Open(t, 1280, 800, false)
	if b.Has("offline") {
		t.Error("a browser that keeps nothing is asked to keep all")
	}
	b.Keeps()
	b.Press("offline")
	if !slices.Contains(b.Called, "keep all") || b.Leaf("offline").Disabled == "" {
		t.Errorf("%v", b.Called)
	}
	b.KeptAll(errors.New("no room"))
	if s := b.Twin().Status; !strings.Contains(s, "No room") || b.Leaf("offline").Disabled != "" {
		t.Errorf("%q", s)
	}
	b.Key("o")
	b.KeptAll(nil)
	if s := b.Twin().Status; !strings.Contains(s, "Ready for offline use") {
		t.Errorf("%q", s)
	}
}

// TestRunsAreKept ends a run, and opens the page again: it is there.
func TestRunsAreKept(t *testing.T) {
	b := apptest.Open(t, 1280, 800, false)
	l := b.Desk().Library
	b.Trains(10000)
	confusion := make([][]int, 10)
	for i := range confusion {
		confusion[i] = make([]int, 10)
	}
	confusion[1][0] = 3
	for i := range 3 {
		if err := l.Begin(b.Desk().Network.Shipped, ""); err != nil {
			t.Fatal(err)
		}
		b.Says(protocol.Began{Run: l.Run.ID, Job: l.Job, Trained: 8000, HeldOut: 2000, On: task.Validation})
		for k := range 900 {
			b.Says(protocol.Training{Run: l.Run.ID, State: protocol.Running, Epoch: 1, Epochs: 1, Step: k + 1, Steps: 1000, Batch: task.Metrics{Loss: 1, Accuracy: 0.5}})
		}
		b.Says(protocol.EpochDone{Run: l.Run.ID, Epoch: task.Epoch{Epoch: 1, Val: task.Metrics{Accuracy: 0.1 * float64(i)}}, Confusion: confusion})
		b.Says(protocol.Finished{Run: l.Run.ID, After: task.Metrics{Accuracy: 0.1 * float64(i), Loss: 1}})
	}
	c := apptest.OpenWith(t, 1280, 800, false, apptest.Network(t, 1), b.Memory)
	m := c.Desk().Library
	if len(m.Runs) != 2 || m.Run.Finished == nil || m.Run.Finished.After.Accuracy != 0.2 || m.Runs[1].Finished.After.Accuracy != 0 {
		t.Fatalf("%d runs, the last %+v", len(m.Runs)+1, m.Run.Finished)
	}
	if n := len(m.Run.Curve.Points); n < 100 || n > 250 || m.Run.Matrix[1][0] != 3 || m.Run.Active {
		t.Errorf("%d points, matrix %v", n, m.Run.Matrix)
	}
	m.Delete(0)
	if d := apptest.OpenWith(t, 1280, 800, false, apptest.Network(t, 1), c.Memory).Desk().Library; len(d.Runs) != 1 || d.Runs[0].Finished.After.Accuracy != 0 {
		t.Errorf("%d runs are left", len(d.Runs)+1)
	}
	e := apptest.OpenWith(t, 1280, 800, false, apptest.Network(t, 1), map[string]string{"runs": "[{"})
	if len(e.Desk().Library.Runs) != 0 {
		t.Error("what cannot be read is taken for a run")
	}
}

// TestBringBackKeepsTheChoice brings back a page whose user has chosen to start from the
// pretrained network while another is in use: that the other comes into use again changes no
// setting.
func TestBringBackKeepsTheChoice(t *testing.T) {
	b := apptest.Open(t, 1280, 800, false)
	p := b.Desk()
	b.File("mine.safetensors", apptest.Network(t, 2))
	b.Until("it is in use", func() bool { return p.Network.Using == task.Given })
	p.Library.Job.From = task.TutorialCNN
	kept, err := json.Marshal(b.Revision().Kept)
	if err != nil {
		t.Fatal(err)
	}
	c := apptest.Open(t, 1280, 800, false)
	q := c.Desk()
	c.BringBack("why", kept, b.DrawingPixels(), nil, b.NetworkFile(), false)
	c.Until("the network is in use", func() bool { return q.Network.Using == task.Given })
	if l := q.Library; l.Job.From != task.TutorialCNN || !bytes.Equal(l.Given, b.NetworkFile()) || l.GivenName != "mine.safetensors" {
		t.Errorf("it starts from %q; the file is %q with %d bytes", l.Job.From, l.GivenName, len(l.Given))
	}
	q.Use("last", apptest.Network(t, 3)) // what comes into use later does count
	c.Until("another network is in use", func() bool { return q.Network.Using == "last" })
	if q.Library.Job.From != library.InUse {
		t.Errorf("it starts from %q", q.Library.Job.From)
	}
}

// TestTwinListsOnce lists the leaves again only when the layouts have changed; the status is
// always new.
func TestTwinListsOnce(t *testing.T) {
	b := apptest.Open(t, 1280, 800, false)
	one, two := b.Twin(), b.Twin()
	if &one.Leaves[0] != &two.Leaves[0] || &one.Fixed[0] != &two.Fixed[0] {
		t.Error("the leaves are listed again although nothing has changed")
	}
	if n := testing.AllocsPerRun(20, func() { b.Twin() }); n > 60 {
		t.Errorf("%g allocations for a twin that has not changed, which has %d leaves", n, len(one.Leaves)+len(one.Fixed))
	}
	_ = append(one.Fixed, one.Leaves...) // is a copy
	if three := b.Twin(); three.Fixed[len(three.Fixed)-1] != two.Fixed[len(two.Fixed)-1] {
		t.Error("who appends to the leaves changes them")
	}
	b.Problem("by the test")
	if next := b.Twin(); next.Revision == one.Revision || next.Status != "by the test" || len(next.Fixed) <= len(one.Fixed) {
		t.Errorf("after a message the twin is of revision %d with the status %q", next.Revision, next.Status)
	}
	b.Press("view-train")
	if next := b.Twin(); !b.Has("train-start") || !strings.HasPrefix(next.Title, "Train") {
		t.Errorf("in another view the title is %q", next.Title)
	}
}

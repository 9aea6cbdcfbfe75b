package page

import (
	"bytes"
	"encoding/json"
	"errors"
	"image"
	"strings"
	"testing"

	"tenfold/nn/cifar10"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
)

// TestBringBack takes up in a new page what an old one has left: a drawing and a picture over
// it, the settings, the tool, the network in use and a run that goes on.
func TestBringBack(t *testing.T) {
	p, b := newPage(t, 1280, 800, false)
	p.Do("clear")
	stroke(p, 1, [2]float64{120, 300}, [2]float64{300, 420})
	p.Do("colour-red")
	p.Do("brush-large")
	p.SetField("train-epochs", "7")
	p.File("mine.safetensors", otherModel(t))
	b.until("it is in use", func() bool { return p.train.using == task.Given })
	p.Show(image.NewRGBA(image.Rect(0, 0, 60, 40)), "a picture")
	p.Do("zoom-in")
	p.Do("view-model")
	kept, err := json.Marshal(p.Revision().Kept)
	if err != nil {
		t.Fatal(err)
	}

	q, c := newPage(t, 1280, 800, false)
	q.BringBack("panic: by the test\n\ngoroutine 1", kept, p.DrawingPixels(), p.picture.Image.Pix, p.NetworkFile(), true)
	c.until("the network is in use", func() bool { return q.train.using == task.Given })
	if !bytes.Equal(q.Pixels(), p.Pixels()) || q.mode != Showing || q.picture.Name != "a picture" || q.view != "model" {
		t.Errorf("mode %v, view %s", q.mode, q.view)
	}
	if q.train.job != p.train.job || q.color != p.color || q.width != p.width || q.tool != p.tool || !bytes.Equal(q.NetworkFile(), p.NetworkFile()) {
		t.Errorf("settings %+v", q.train.job)
	}
	if s := q.Twin().Status; !strings.Contains(s, "started again") {
		t.Errorf("status %q", s)
	}
	q.Examined(goodBrowser)
	if s := q.findingsText(); !strings.Contains(s, "Fault: panic: by the test\n") || !strings.Contains(s, "goroutine 1") {
		t.Errorf("the report is\n%s", s)
	}
	q.Do("draw")
	p.Do("draw")
	if !bytes.Equal(q.Pixels(), p.Pixels()) {
		t.Error("the drawing is another")
	}
	if q.Do("undo"); bytes.Equal(q.Pixels(), p.Pixels()) {
		t.Error("what was brought back cannot be taken back")
	}
	if _, ok := c.asked().(protocol.Join); !ok {
		t.Fatalf("the worker that trains was told %T", c.asked())
	}
	c.says(protocol.Ready{})
	c.says(protocol.Stored{Task: cifar10.Task, Test: 100})
	c.says(protocol.Began{Run: 12, Job: task.Tutorial, Trained: 80, HeldOut: 20, History: []task.Epoch{{Epoch: 1}}})
	c.says(protocol.Training{Run: 12, State: protocol.Running, Epoch: 2, Epochs: 10, Step: 3, Steps: 5})
	if s := q.Twin().Train; !strings.HasPrefix(s, "epoch 2/10 step 3/5") || !q.train.active {
		t.Errorf("the run is %q", s)
	}

	r, _ := newPage(t, 1280, 800, false)
	opened := r.Pixels()
	r.BringBack("why", []byte("{"), nil, []byte{1}, nil, false)
	if !bytes.Equal(r.Pixels(), opened) || r.view != "classify" || r.train.active {
		t.Error("what cannot be read has changed the page")
	}
}

// TestFault tells of what a callback ended with, and goes on.
func TestFault(t *testing.T) {
	p, _ := newPage(t, 1280, 800, false)
	for range 9 {
		p.Fault(errors.New("by the test"), "goroutine 7")
	}
	if s := p.Twin().Status; !strings.Contains(s, "by the test") || !strings.Contains(s, "report") || len(p.faults) != 5 {
		t.Errorf("status %q, %d faults", s, len(p.faults))
	}
	p.Examined(goodBrowser)
	if s := p.findingsText(); !strings.Contains(s, "Faults: by the test") || !strings.Contains(s, "goroutine 7") {
		t.Errorf("the report is\n%s", s)
	}
}

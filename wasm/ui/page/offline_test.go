package page

import (
	"bytes"
	"errors"
	"image/png"
	"slices"
	"strings"
	"testing"

	"tenfold/wasm/protocol"
)

// shows says whether the twin has a button.
func shows(p *Page, id string) bool {
	return slices.ContainsFunc(p.Twin().Actions, func(a TwinAction) bool { return a.ID == id && a.Enabled })
}

// TestTakingANewVersion pauses a run, which keeps it, before the page is left, and hands
// the picture over.
func TestTakingANewVersion(t *testing.T) {
	p, b := newTrainPage(t)
	if shows(p, "update") {
		t.Error("a new version is offered that is not there")
	}
	p.Do("train-start")
	b.says(protocol.Began{Run: p.train.run, Job: p.train.job, Trained: 8000, HeldOut: 2000})
	at := protocol.Training{Run: p.train.run, State: protocol.Running, Epoch: 1, Epochs: 3, Step: 1, Steps: 250}
	b.says(at)
	p.Updated()
	if s := p.toast(); !strings.Contains(s, "new version") || !shows(p, "update") {
		t.Errorf("%q", s)
	}
	p.Do("update")
	if _, ok := b.asked().(protocol.Pause); !ok || b.kept != nil {
		t.Fatalf("the run is not paused first: %T", b.asked())
	}
	b.says(at) // on its way before
	if b.kept != nil {
		t.Error("the page was left before the run was kept")
	}
	at.State = protocol.Paused
	b.says(at)
	if img, err := png.Decode(bytes.NewReader(b.kept)); err != nil || img.Bounds() != p.pad.Image.Bounds() {
		t.Errorf("the picture: %v", err)
	}
	if !b.run {
		t.Error("the new version does not know of the run")
	}
	q, c := newPage(t, 1280, 800, false)
	q.Updated()
	q.Do("later")
	if s := q.toast(); s != "" || !shows(q, "update") {
		t.Errorf("%q", s)
	}
	q.Do("update")
	if c.kept == nil || c.run {
		t.Error("without a run the version is not taken at once")
	}
	q.GoOn() // as the new version is told
	c.says(protocol.Ready{})
	c.says(protocol.Resumable{Job: p.train.job})
	if _, ok := c.asked().(protocol.Resume); !ok {
		t.Errorf("the run does not go on: %T", c.asked())
	}
}

func TestKeepingAll(t *testing.T) {
	p, b := newPage(t, 1280, 800, false)
	if shows(p, "offline") {
		t.Error("a browser that keeps nothing is asked to keep all")
	}
	p.Keeps()
	p.Do("offline")
	if !slices.Contains(b.called, "keep all") || shows(p, "offline") {
		t.Errorf("%v", b.called)
	}
	p.KeptAll(errors.New("no room"))
	if !strings.Contains(p.problem, "No room") || !shows(p, "offline") {
		t.Errorf("%q", p.problem)
	}
	p.Do("offline")
	p.KeptAll(nil)
	if !strings.Contains(p.problem, "Everything is kept") {
		t.Errorf("%q", p.problem)
	}
	render(p)
}

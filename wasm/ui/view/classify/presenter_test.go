package classify_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/app/apptest"
	"tenfold/wasm/ui/network"
)

func keptOf(t *testing.T, b *apptest.Browser) []byte {
	t.Helper()
	kept, err := json.Marshal(b.Revision().Kept)
	if err != nil {
		t.Fatal(err)
	}
	return kept
}

// TestPresenter puts both networks side by side, and starts over in the middle of a run.
func TestPresenter(t *testing.T) {
	b := apptest.Open(t, 1280, 800, false)
	if b.Has("reset") || b.HasKey("x") {
		t.Fatal("one can start over outside of the mode")
	}
	b.Key("p")
	if s := b.Text("present-tuned"); s != "No fine-tuned network yet. Train one or load your last one to compare." {
		t.Errorf("without another network it says %q", s)
	}
	if b.Has("train-last") {
		t.Error("a last run is offered, and there was none")
	}
	shipped := slices.Clone(b.Probs())
	tune(b)
	n := b.Desk().Network
	if slices.Equal(n.Probs, n.Beside) || !slices.Equal(n.Beside, shipped) {
		t.Fatalf("the two networks say %v and %v", n.Beside, n.Probs)
	}
	for _, id := range []string{"present-pretrained", "present-tuned"} {
		if !slices.Contains(n.Task().Classes, b.Text(id)) || !strings.HasSuffix(b.Text(id+"-share"), "%") || !strings.Contains(b.Text(id+"-bars-3"), "cat ") {
			t.Errorf("%s says %q, %q", id, b.Text(id), b.Text(id+"-share"))
		}
	}
	b.Trains(10000)
	b.Desk().Library.Begin(b.NetworkFile(), "")
	b.Trained = nil
	run := b.Desk().Library.Run.ID
	b.Key("x")
	if c := b.Asked(); c != (protocol.Stop{}) {
		t.Errorf("the worker was told %T", c)
	}
	b.Until("the pretrained network is in use", func() bool { return n.Using == network.Opening })
	if b.Desk().Library.Run.Active || !b.Desk().Subject.Empty() || b.Desk().View != "classify" || b.Lit {
		t.Error("after x a run goes on, or the pad is not empty")
	}
	b.Says(protocol.Weights{Run: run, Kind: "last", File: apptest.Network(t, 2)})
	if n.Using != network.Opening {
		t.Error("the run that was stopped took the network over")
	}
	b.Key("ctrl+z")
	if b.Desk().Subject.Empty() {
		t.Error("the drawing is gone")
	}
	b.Press("present-stop")
	if b.Desk().Presenting || b.Has("reset") {
		t.Error("one cannot leave the mode")
	}
	b.Key("p")
	b.Press("present-train")
	if b.Desk().View != "train" {
		t.Errorf("Train one leads to %s", b.Desk().View)
	}
}

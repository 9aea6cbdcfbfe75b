package evaluate_test

import (
	"bytes"
	"strings"
	"testing"

	"tenfold/nn/cifar10"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/app/apptest"
	"tenfold/wasm/ui/network"
)

// kept are the names of the networks that two runs have ended with, the newer one first.
var kept = []string{protocol.RunNetwork + "2.safetensors", protocol.RunNetwork + "1.safetensors"}

// withRuns opens the view after two runs whose networks are kept.
func withRuns(t *testing.T) *apptest.Browser {
	t.Helper()
	b := open(t, 1280, 800, false)
	l := b.Desk().Library
	for i, name := range []string{kept[1], kept[0]} {
		if err := l.Begin(b.Desk().Network.Shipped, "Tutorial CNN"); err != nil {
			t.Fatal(err)
		}
		id := l.Run.ID
		b.Says(protocol.Began{Run: id, Job: task.FineTuning, Trained: 160, HeldOut: 40, On: task.Validation})
		b.Says(protocol.Finished{Run: id, Before: task.Metrics{Accuracy: 0.7}, After: task.Metrics{Accuracy: 0.75 + 0.01*float64(i)}, Network: name})
	}
	stored(b, kept...)
	return b
}

// stored tells the page which networks the worker has.
func stored(b *apptest.Browser, names ...string) {
	b.Helper()
	b.Says(protocol.Stored{Task: cifar10.Task, Test: 200, Kept: true, Networks: names})
}

// against returns what can be compared with.
func against(b *apptest.Browser) (all []string) {
	b.Helper()
	for _, o := range b.Leaf("evaluate-beside").Options {
		all = append(all, o.Label)
	}
	return all
}

// TestTwoRuns compares the networks of two runs: the one in use is an earlier run's, which the worker is
// asked for, and the other one the worker has too.
func TestTwoRuns(t *testing.T) {
	b := withRuns(t)
	if got, want := strings.Join(against(b), "|"), "Nothing|Tenfold|Run 1, 76.0%|Run 2, 75.0%"; got != want {
		t.Errorf("it can be compared with %s, want %s", got, want)
	}
	b.Set("network", kept[1])
	if c, ok := b.Asked().(protocol.Recall); !ok || c.Kind != kept[1] {
		t.Fatalf("the worker is asked %+v", b.Asked())
	}
	older := networkOf(t, "Older")
	b.Says(protocol.Weights{Kind: kept[1], File: older})
	b.Until("the network of run 2 is in use", func() bool { return b.Desk().Network.Using == kept[1] })
	if b.Leaf("network").Value != kept[1] || b.Desk().Library.Last != nil {
		t.Error("it is taken for the last run's")
	}
	b.Set("evaluate-beside", kept[0])
	c := started(b)
	if !bytes.Equal(c.Model, older) || c.Stored != kept[0] || len(c.Beside) > 0 {
		t.Fatalf("asked for %q beside %d bytes", c.Stored, len(c.Model))
	}
	e := evaluated(c.ID)
	e.Beside = bytes.Repeat([]byte{3}, 200)
	e.Comparison = &task.Comparison{First: task.Metrics{Accuracy: 0.1}, Second: task.Metrics{Accuracy: 0.75}, Both: 15, OnlyFirst: 5, OnlySecond: 135, Neither: 45, Differ: 180, P: 1e-9}
	b.Says(e)
	says(b, "evaluate-comparison", "Run 1 10.0%, this network 75.0%. They differ on 180 pictures. A difference this size is almost never chance (McNemar's test, p < 0.001).")
	for id, want := range map[string]string{"evaluate-both": "15", "evaluate-only-this": "135", "evaluate-only-other": "5", "evaluate-neither": "45"} {
		if got := b.Leaf(id).Name; !strings.HasSuffix(got, ": "+want) {
			t.Errorf("%s says %q, want %s", id, got, want)
		}
	}
	b.Press("evaluate-only-other")
	if s := b.Text("evaluate-shown"); strings.Count(s, "true cat other cat") != 5 || strings.Count(s, "true") != 5 {
		t.Errorf("only the other is right on %q", s)
	}
	b.Press("evaluate-neither")
	if s := b.Text("evaluate-shown"); strings.Count(s, "true") != 16 || strings.Contains(s, "true cat") {
		t.Errorf("both are wrong on %q", s)
	}
	b.Press("evaluate-only-this")
	b.Album(200)
	if s := b.Text("evaluate-shown"); strings.Count(s, "other cat") != 16 || strings.Contains(s, "true cat") {
		t.Errorf("only this is right on %q", s)
	}
	if s := b.Leaf("evaluate-picture-0").Name; !strings.HasSuffix(s, ", other: cat") {
		t.Errorf("a picture is called %q", s)
	}
	b.Press("evaluate-picture-0")
	if b.Desk().View != "classify" || b.Desk().Subject.Truth == "" || b.Desk().Subject.Truth == "cat" {
		t.Errorf("a picture opens in %s as %q", b.Desk().View, b.Desk().Subject.Truth)
	}
	b.Do("view-evaluate")
	b.Press("evaluate-only-this") // again: all
	if b.Leaf("evaluate-all").Disabled == "" || b.Leaf("evaluate-only-this").Pressed {
		t.Error("a side that is pressed twice is still chosen")
	}
}

// TestWhatToCompareWith follows the choice through what is in use and what is kept.
func TestWhatToCompareWith(t *testing.T) {
	b := withRuns(t)
	if c := started(b); len(c.Beside) > 0 || c.Stored != "" {
		t.Error("the network that the page opens with is compared with itself")
	}
	b.Press("evaluate-stop")
	b.Says(protocol.Cancelled{ID: apptest.Asks[protocol.Cancel](b)[0].ID})
	b.Set("evaluate-beside", kept[1])
	stored(b, kept[0]) // the older one had to go
	if got := strings.Join(against(b), "|"); strings.Contains(got, "Run 2") || b.Leaf("evaluate-beside").Value != "alone" {
		t.Errorf("what is gone can be compared with: %s, %s", got, b.Leaf("evaluate-beside").Value)
	}
	stored(b, kept...)
	b.Desk().Library.Delete(0)
	if c := apptest.Asks[protocol.Forget](b); len(c) != 1 || c[0].What != kept[1] {
		t.Errorf("a run that is deleted leaves its network: %+v", c)
	}
	if got := strings.Join(against(b), "|"); strings.Contains(got, "Run 2") {
		t.Errorf("the network of a run that was deleted can be compared with: %s", got)
	}
	b.Set("evaluate-beside", "tenfold") // which is fetched first
	apptest.Asks[protocol.Evaluate](b)
	b.Press("evaluate-start")
	if c := apptest.Asks[protocol.Evaluate](b); len(c) != 0 {
		t.Error("it begins before the other network is there")
	}
	other := networkOf(t, "Tenfold")
	b.Fetched("tenfold", other, nil)
	b.Panels()
	if c := apptest.Asks[protocol.Evaluate](b); len(c) != 1 || !bytes.Equal(c[0].Beside, other) {
		t.Errorf("%d evaluations", len(c))
	}
	if network.Opening == "tenfold" {
		t.Error("the test says nothing")
	}
}

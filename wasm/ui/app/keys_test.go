package app_test

import (
	"image"
	"slices"
	"testing"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/app"
	"tenfold/wasm/ui/app/apptest"
	"tenfold/wasm/ui/words"
)

// states are put on the page, so that each key has something to do somewhere.
var states = map[string]func(b *apptest.Browser){
	"opened":     func(*apptest.Browser) {},
	"offline":    func(b *apptest.Browser) { b.Keeps() },
	"a message":  func(b *apptest.Browser) { b.Problem("Something.") },
	"presenting": func(b *apptest.Browser) { b.Press("present") },
	"a picture":  func(b *apptest.Browser) { b.Show(image.NewRGBA(image.Rect(0, 0, 64, 48)), "photo") },
	"the camera": func(b *apptest.Browser) { b.Desk().Subject.Film(); b.Frame(image.NewRGBA(image.Rect(0, 0, 64, 48))) },
	"pictures": func(b *apptest.Browser) {
		b.Trains(200)
		b.Album(200)
	},
	"a run": func(b *apptest.Browser) {
		b.Trains(200)
		l := b.Desk().Library
		b.Desk().Report(l.Begin(nil, ""))
		b.Says(protocol.Began{Run: l.Run.ID, Job: task.FineTuning, Trained: 160, HeldOut: 40})
		b.Says(protocol.Training{Run: l.Run.ID, State: protocol.Running, Epoch: 1, Epochs: 3, Step: 1, Steps: 5})
	},
}

// where says in which views a state is looked at; the others are looked at in all of them.
var where = map[string][]string{
	"offline": {"classify"}, "a message": {"classify"}, "presenting": {"classify", "train"}, "a picture": {"classify"}, "the camera": {"classify"}, "a run": {"train"},
}

// keysOf gathers the keys that leaves have in a view.
func keysOf(t *testing.T, view string, bring func(*apptest.Browser)) (fixed, own map[string]bool) {
	t.Helper()
	b := apptest.Open(t, 1280, 800, false)
	b.Address("#" + view)
	bring(b)
	b.Address("#" + view)
	fixed, own = map[string]bool{}, map[string]bool{}
	gather := func() {
		twin := b.Twin()
		for _, f := range twin.Fixed {
			fixed[f.Key] = true
		}
		for _, f := range twin.Leaves {
			own[f.Key] = true
		}
	}
	gather()
	if view == "data" {
		b.Album(200)
		gather()
		b.Do("data-all")
		gather()
	}
	b.Quiet()
	gather()
	delete(fixed, "")
	delete(own, "")
	return fixed, own
}

// TestKeys compares the keys that Help lists with those that leaves have: each of a leaf is
// listed, and each that is listed does something in its view.
func TestKeys(t *testing.T) {
	has := map[string]map[string]bool{"": {}}
	for _, view := range app.Views() {
		has[view] = map[string]bool{}
		for name, bring := range states {
			if in, ok := where[name]; ok && !slices.Contains(in, view) {
				continue
			}
			fixed, own := keysOf(t, view, bring)
			for key := range fixed {
				has[""][key] = true
			}
			for key := range own {
				has[view][key] = true
			}
		}
	}
	listed := func(view, key string) bool {
		return slices.ContainsFunc(words.Keys, func(k words.Key) bool { return k.Key == key && (k.View == view || k.View == "") })
	}
	for view, keys := range has {
		for key := range keys {
			if !listed(view, key) {
				t.Errorf("Help does not list %q of %q", key, view)
			}
		}
	}
	for _, k := range words.Keys {
		if !has[k.View][k.Key] {
			t.Errorf("Help lists %q in %q, where nothing has it", k.Key, k.View)
		}
		if k.Cap == "" || k.Does == "" {
			t.Errorf("%q in %q says nothing", k.Key, k.View)
		}
	}
}

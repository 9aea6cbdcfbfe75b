package app_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"tenfold/nn/model"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/app"
	"tenfold/wasm/ui/app/apptest"
	"tenfold/wasm/ui/network"
	"tenfold/wasm/ui/words"
)

// another returns a pretrained network that the page does not open with.
func another(t *testing.T) string {
	t.Helper()
	for _, name := range network.Pretrained {
		if name != network.Opening {
			return name
		}
	}
	was := network.Pretrained
	network.Pretrained = append(slices.Clone(was), "tenfold")
	t.Cleanup(func() { network.Pretrained = was })
	return "tenfold"
}

// asked says how often the browser was asked for something.
func asked(b *apptest.Browser, what string) (n int) {
	for _, c := range b.Called {
		if c == what {
			n++
		}
	}
	return n
}

// TestPretrained changes to another network that comes with the page, which is fetched when it
// is first needed, and back.
func TestPretrained(t *testing.T) {
	name := another(t)
	b := apptest.Open(t, 1280, 800, false)
	n := b.Desk().Network
	b.Set("network", name)
	b.Set("network", name)
	if asked(b, "network "+name) != 1 || n.Using != network.Opening {
		t.Fatalf("%v, in use %s", b.Called, n.Using)
	}
	b.Fetched(name, nil, errors.New("404"))
	if s := b.Twin().Status; !strings.Contains(s, words.Network.Kinds[name]) || !strings.Contains(s, "404") {
		t.Errorf("it could not be fetched: %q", s)
	}
	file := apptest.Network(t, 5)
	b.Set("network", name)
	b.Set("network", network.Opening) // before it is there
	b.Fetched(name, file, nil)
	b.Quiet()
	if n.Using != network.Opening {
		t.Errorf("%s took the place of the one that was chosen after it", n.Using)
	}
	b.Set("network", name)
	b.Until("it is in use", func() bool { return n.Using == name && n.Beside != nil })
	if !bytes.Equal(n.File, file) || asked(b, "network "+name) != 2 {
		t.Errorf("it was fetched %d times", asked(b, "network "+name))
	}
	b.Set("network", network.Opening)
	b.Until("the first is back", func() bool { return n.Using == network.Opening && n.Beside == nil })
}

// TestTrainFromAnother begins runs with another network that comes with the page, and with
// random weights of each that is listed.
func TestTrainFromAnother(t *testing.T) {
	name := another(t)
	b := apptest.Open(t, 1280, 800, false)
	b.Trains(10000)
	b.Press("view-train")
	b.Set("train-from", name)
	b.Press("train-start")
	if len(apptest.Asks[protocol.Begin](b)) != 0 {
		t.Fatal("a run began without its network")
	}
	file := apptest.Network(t, 5)
	b.Fetched(name, file, nil)
	if c := apptest.Asks[protocol.Begin](b); len(c) != 1 || !bytes.Equal(c[0].Model, file) || c[0].Job.From != name {
		t.Fatalf("%d runs began", len(c))
	}
	var names []string
	for i, m := range model.Networks {
		names = append(names, m.Name)
		b.Says(protocol.Finished{Run: b.Desk().Library.Run.ID, Stopped: true})
		value := task.Random
		if m.Name != task.TutorialCNN {
			value += ":" + m.Name
		}
		b.Set("train-from", value)
		if v := b.Leaf("train-from").Value; v != value {
			t.Errorf("%s: the choice is %q", m.Name, v)
		}
		b.Press("train-start")
		if c := apptest.Asks[protocol.Begin](b); len(c) != 1 || c[0].Job.From != task.Random || len(c[0].Model) != 0 || i > 0 && c[0].Job.Network != m.Name {
			t.Errorf("%s: %+v", m.Name, c)
		}
	}
	for i, a := range words.Network.Architectures {
		if i >= len(names) || a.Name != names[i] || a.Title != model.Networks[i].New().Name {
			t.Errorf("the page lists %v, package model %s", words.Network.Architectures, names)
			break
		}
	}
}

// TestTheNetworkIsNamed looks for the network in use in every view, on every screen, inside of the window.
func TestTheNetworkIsNamed(t *testing.T) {
	for _, w := range []float64{320, 390, 768, 1280} {
		b := apptest.Open(t, w, 844, false)
		for _, v := range app.Views() {
			b.Press(app.ButtonOf(v))
			l := b.Leaf("network")
			if l.Value != network.Opening || l.Rect.X < 0 || l.Rect.W < 72 || l.Rect.X+l.Rect.W > w || l.Rect.Y > 44 {
				t.Errorf("%g units wide, in %s: the network is %q at %v", w, v, l.Value, l.Rect)
			}
		}
	}
}

package help_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/app/apptest"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// sections are Help's, by their IDs.
var sections = []string{"start", "glossary", "keys", "tutorial", "models", "browser", "credits"}

// open opens the page at Help's first section.
func open(t *testing.T, w, h float64, dark bool) *apptest.Browser {
	t.Helper()
	b := apptest.Open(t, w, h, dark)
	b.Press("diagnosis")
	return b
}

// says fails the test unless the view says all of something.
func says(t *testing.T, b *apptest.Browser, want ...string) {
	t.Helper()
	text := b.Words()
	for _, w := range want {
		if !strings.Contains(text, w) {
			t.Errorf("no %q in\n%s", w, text)
		}
	}
}

// TestSections goes through the table of contents: each part names itself in the address, and
// its address leads back to it.
func TestSections(t *testing.T) {
	b := open(t, 1280, 800, false)
	if b.Hash != "help" {
		t.Errorf("the address is %q", b.Hash)
	}
	for i, s := range sections {
		b.Press("help-" + s)
		want := "help"
		if i > 0 {
			want += "?section=" + s
		}
		if b.Hash != want || !b.Leaf("help-"+s).Pressed {
			t.Errorf("%s: the address is %q, pressed %v", s, b.Hash, b.Leaf("help-"+s).Pressed)
		}
		text := b.Words()
		b.Press("view-data")
		b.Address("#" + want)
		if i > 0 && b.Words() != text {
			t.Errorf("the address %q leads to\n%s", want, b.Words())
		}
	}
	b.Address("#help?section=nothing")
	if m := b.Desk().Message; !strings.Contains(m, "no section \"nothing\"") {
		t.Errorf("an unknown section: %q", m)
	}
	b.Address("#help?section=glossary&search=softmax")
	says(t, b, "Turns the last layer's numbers into probabilities")
	if b.Has("help-go-data") || b.Leaf("help-search").Value != "softmax" {
		t.Errorf("the address searches for %q", b.Leaf("help-search").Value)
	}
}

// TestClose leads back to where one was, also when Help was reached by its address.
func TestClose(t *testing.T) {
	b := open(t, 1280, 800, false)
	b.Press("about-close")
	if v := b.Desk().View; v != "classify" {
		t.Errorf("closing leads to %q", v)
	}
	b.Press("view-data")
	b.Address("#help?section=keys")
	b.Key("Escape")
	if v := b.Desk().View; v != "data" {
		t.Errorf("Escape leads to %q", v)
	}
}

// TestHonest checks that Help says what is known of the networks, and no more: nothing
// that is true of the tutorial's alone if another one ships.
func TestHonest(t *testing.T) {
	b := open(t, 1280, 800, false)
	says(t, b, "guesses which of ten things", "only these ten classes: airplane, automobile", "always picks one", "50,000 small photographs", "right on 77.0% of 10,000", "40.7% of 182 drawings", "No server sees them")
	measured, err := os.ReadFile("../../../../MEASUREMENTS.md")
	if err != nil || !strings.Contains(string(measured), "| **182** | **74, 40.7%** | **138, 75.8%** |") {
		t.Errorf("MEASUREMENTS.md does not say where the figures of drawings are from (%v)", err)
	}
	b = apptest.OpenWith(t, 1280, 800, false, tiny(t, []string{"ring", "Müllwagen", "猫"}, task.Shape{6, 9, 1}), map[string]string{})
	b.Press("diagnosis")
	says(t, b, "guesses which of three things", "only these three classes: ring, Müllwagen, 猫.")
	for _, not := range []string{"50,000", "40.7%", "77.0%"} {
		if strings.Contains(b.Words(), not) {
			t.Errorf("%q is said of another network", not)
		}
	}
	b.Press("help-models")
	says(t, b, "9 × 6 pixels, grey", "x/2 + 1", "ring, Müllwagen, 猫", "Its file does not say.", "Not measured.")
}

// TestGlossary finds terms by typing, in any case, also by other words for them.
func TestGlossary(t *testing.T) {
	b := open(t, 1280, 800, false)
	b.Press("help-glossary")
	for _, topic := range words.Glossary {
		for _, term := range topic.Terms {
			says(t, b, term.Term, term.Says)
		}
	}
	all := len(b.Twin().Leaves)
	for typed, want := range map[string]string{"SOFTMAX": "Softmax", "filter": "Kernel (filter)", "optimizer": "Optimiser", " ece ": "ECE", "weights": "Parameters"} {
		b.Set("help-search", typed)
		says(t, b, want)
		if n := len(b.Twin().Leaves); n >= all {
			t.Errorf("%q: %d of %d leaves are left", typed, n, all)
		}
	}
	b.Set("help-search", "test ")
	if v := b.Leaf("help-search").Value; v != "test " {
		t.Errorf("while one types, the field says %q", v)
	}
	b.Set("help-search", "qqq")
	says(t, b, `No term has "qqq" in it.`)
	b.Press("help-clear")
	if n := len(b.Twin().Leaves); n != all || b.Hash != "help?section=glossary" {
		t.Errorf("%d of %d leaves are back, the address is %q", n, all, b.Hash)
	}
}

// TestTutorial goes to the view of each step.
func TestTutorial(t *testing.T) {
	b := open(t, 1280, 800, false)
	for _, s := range words.Help.TutorialSteps {
		b.Press("help-tutorial")
		says(t, b, s.Name, s.Code)
		b.Press("help-go-" + s.ID)
		if v := b.Desk().View; v != s.View {
			t.Errorf("%s leads to %q, want %q", s.ID, v, s.View)
		}
		b.Key("?")
	}
}

// TestModelCards shows the pretrained network's card, and beside it that of another one with
// what its run, or its file, says.
func TestModelCards(t *testing.T) {
	b := open(t, 1280, 800, false)
	b.Press("help-models")
	says(t, b, "Tutorial CNN", "1,084,234 parameters in 19 layers", "32 × 32 pixels, red, green and blue", "x/255 - 0.5", "accuracy 77.0% on 10,000 pictures", "best of three random seeds", "takes a cat for a dog", "It is the network in use.")
	b.Trains(10000)
	job := task.FineTuning
	job.Shift = 2
	d := b.Desk()
	if err := d.Library.Begin(nil, ""); err != nil {
		t.Fatal(err)
	}
	b.Says(protocol.Began{Run: d.Library.Run.ID, Job: job, Before: task.Metrics{Accuracy: 0.77}, Trained: 8000, HeldOut: 2000})
	b.Says(protocol.Weights{Run: d.Library.Run.ID, Kind: "last", File: apptest.Network(t, 2)})
	b.Until("the run's network is in use", func() bool { return d.Network.Using == "last" })
	says(t, b, "Network in use", "Tutorial CNN, pretrained", "Test set, 8,000 pictures", "Fine-tuned from the Tutorial CNN: 3 epochs; Adamax, learning rate 0.0005 times 0.9 per epoch, batch size 32", "no dropout, random horizontal flip, random shift by up to 2 pixels")
	job.Schedule, job.Optimizer, job.Smoothing, job.Strange = task.Triangular, task.Muon, 0.1, 0.06
	b.Says(protocol.Began{Run: d.Library.Run.ID, Job: job, Before: task.Metrics{Accuracy: 0.77}, Trained: 8000, HeldOut: 2000})
	says(t, b, "Muon, learning rate 0.0005 (triangle), batch size 32", "labels smoothed by 0.1, strange pictures (share 0.06)")
	d.Use(task.Given, apptest.Network(t, 3))
	b.Until("the file is in use", func() bool { return d.Network.Using == task.Given })
	says(t, b, "Its file does not say.")
}

// TestCredits names whom the page owes something, with safe links.
func TestCredits(t *testing.T) {
	b := open(t, 1280, 800, false)
	b.Press("help-credits")
	says(t, b, "BSD 3-Clause", "Krizhevsky", "Gorgonia", "Ebitengine", "Go fonts", "Your first CNN on CIFAR-10")
	links := 0
	for _, f := range b.Twin().Leaves {
		if f.Role == widget.RoleLink {
			links++
			if !strings.HasPrefix(f.Value, "https://") {
				t.Errorf("%s leads to %q", f.ID, f.Value)
			}
		}
	}
	if links != len(words.Help.Credited) {
		t.Errorf("%d links, want %d", links, len(words.Help.Credited))
	}
}

// TestBeforeTheNetwork opens Help before any worker has said anything.
func TestBeforeTheNetwork(t *testing.T) {
	b := open(t, 1280, 800, false)
	b.Deaf = true
	b.WorkerDied("a test")
	b.Desk().Network.Loaded = nil
	for _, s := range sections {
		b.Press("help-" + s)
		b.Render()
	}
}

// TestTour is started from Help, shows each of its views, and ends.
func TestTour(t *testing.T) {
	b := open(t, 1280, 800, false)
	b.Press("help-tour")
	for i, s := range words.Tour.Steps {
		if v := b.Desk().View; v != s.View {
			t.Errorf("step %d shows %q, want %q", i+1, v, s.View)
		}
		if got, want := b.Text("tour-step"), fmt.Sprintf("Step %d of 4", i+1); !strings.HasPrefix(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
		b.Press("tour-next")
	}
	if b.Has("tour-next") || b.Desk().Tour != 0 {
		t.Error("the tour does not end")
	}
}

// tiny returns the file of a network with other classes and other pictures.
func tiny(t *testing.T, classes []string, input task.Shape) []byte {
	t.Helper()
	m, err := model.New(input, layer.Flatten{}, layer.Dense{Units: len(classes)}, layer.Activation{Function: "softmax"})
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Init(1); err != nil {
		t.Fatal(err)
	}
	m.Name, m.Task = "Other", task.Task{Classes: classes, Input: input, Scale: 0.5, Shift: 1}
	return apptest.File32(t, m)
}

// TestSizes lays Help out in all windows: nothing leaves its card, overlaps, or is too small
// to press.
func TestSizes(t *testing.T) {
	for _, size := range [][2]float64{{320, 568}, {360, 740}, {390, 844}, {768, 1024}, {1024, 768}, {1280, 800}, {1366, 625}, {1920, 1080}, {2560, 1440}} {
		b := open(t, size[0], size[1], false)
		b.Examined(lacking)
		b.Fault(fmt.Errorf("index out of range"), "main.go:1\nmain.go:2")
		checkSizes(t, b, fmt.Sprintf("%gx%g", size[0], size[1]))
	}
}

// TestManyClasses does the same with a hundred classes of long names, and in presenter mode.
func TestManyClasses(t *testing.T) {
	var classes []string
	for i := range 100 {
		classes = append(classes, fmt.Sprintf("%d %s", i, strings.Repeat("Donaudampfschiff", 6)))
	}
	file := tiny(t, classes, task.Shape{6, 9, 1})
	for _, w := range []float64{320, 1280} {
		b := apptest.OpenWith(t, w, 800, false, file, map[string]string{})
		b.Press("diagnosis")
		b.Desk().Presenting = true
		b.Resize(w+1, 800, 1)
		checkSizes(t, b, fmt.Sprintf("%g wide, a hundred classes", w))
	}
}

// checkSizes goes through the sections and looks at all leaves.
func checkSizes(t *testing.T, b *apptest.Browser, where string) {
	t.Helper()
	for _, s := range sections {
		b.Press("help-" + s)
		twin := b.Twin()
		for i, f := range twin.Leaves {
			pressed := f.Do != nil || f.Set != nil || f.Role == widget.RoleLink
			if pressed && (f.Rect.W < 43.9 || f.Rect.H < 43.9) {
				t.Errorf("%s, %s: %s is %gx%g", where, s, f.ID, f.Rect.W, f.Rect.H)
			}
			if f.Rect.X < 0 || f.Rect.X+f.Rect.W > twin.Content.W+0.5 {
				t.Errorf("%s, %s: %q lies at %v", where, s, f.ID+f.Name, f.Rect)
			}
			for _, g := range twin.Leaves[:i] {
				x := min(f.Rect.X+f.Rect.W, g.Rect.X+g.Rect.W) - max(f.Rect.X, g.Rect.X)
				y := min(f.Rect.Y+f.Rect.H, g.Rect.Y+g.Rect.H) - max(f.Rect.Y, g.Rect.Y)
				if x > 0.5 && y > 0.5 {
					t.Errorf("%s, %s: %q overlaps %q", where, s, f.ID+f.Name, g.ID+g.Name)
				}
			}
		}
		for _, p := range b.Panels() {
			if p.Rect.H > 2600 {
				t.Errorf("%s, %s: the panel %q is %g high, which takes much memory", where, s, p.Name, p.Rect.H)
			}
		}
		b.Render()
	}
}

// TestFirstGlance checks that the contents and the tour's button need no scrolling on a laptop.
func TestFirstGlance(t *testing.T) {
	for _, size := range [][2]float64{{1280, 800}, {1366, 625}} {
		b := open(t, size[0], size[1], false)
		b.Examined(lacking)
		for _, id := range []string{"help-credits", "help-tour", "about-copy", "about-close", "about-status"} {
			if f := b.Leaf(id); f.Rect.Y+f.Rect.H > size[1]/b.Twin().Zoom {
				t.Errorf("%v: %s ends at %g", size, id, f.Rect.Y+f.Rect.H)
			}
		}
	}
}

// TestShots paints Help to look at.
func TestShots(t *testing.T) {
	for name, c := range map[string]struct {
		w, h float64
		dark bool
	}{"phone": {390, 844, true}, "tablet": {768, 1024, false}, "laptop": {1280, 800, false}, "large": {1920, 1080, true}} {
		b := open(t, c.w, c.h, c.dark)
		b.Examined(lacking)
		for _, s := range sections {
			b.Press("help-" + s)
			b.Shot("help-" + s + "-" + name)
		}
	}
}

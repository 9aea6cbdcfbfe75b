package app_test

import (
	"math"
	"testing"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/app"
	"tenfold/wasm/ui/app/apptest"
	"tenfold/wasm/ui/paint"
)

// TestAMoveLaysNothingOut moves the mouse over the page: nothing is laid out, and only
// what looks different under it is painted again.
func TestAMoveLaysNothingOut(t *testing.T) {
	b := apptest.Open(t, 1280, 800, false)
	b.Panels()
	revision := b.Twin().Revision
	tab := b.Leaf("view-train").Rect.Center()
	move := func(x, y float64) { b.Pointer(app.Pointer{ID: 1, Phase: app.Move, X: x, Y: y}) }
	key := func() any {
		for _, p := range b.Panels() {
			if p.Rect.Y == 0 {
				return p.Key
			}
		}
		return nil
	}
	before := key()
	if move(tab.X, tab.Y); key() == before || b.Cursor() != "pointer" {
		t.Error("a tab looks the same under the pointer")
	}
	if move(640, 700); key() != before || b.Cursor() != "" {
		t.Error("a tab looks as if the pointer were still there")
	}
	if allocs := testing.AllocsPerRun(100, func() { move(640, 600); move(641, 601) }); allocs > 4 {
		t.Errorf("two moves allocate %g times", allocs)
	}
	b.Leave()
	if b.Twin().Revision != revision {
		t.Error("moves have laid the page out")
	}
}

// TestPageKeys presses keys of the whole page.
func TestPageKeys(t *testing.T) {
	b := apptest.Open(t, 1280, 800, false)
	for _, c := range []struct {
		key  string
		want func() bool
	}{
		{"t", func() bool { return b.Desk().Theme.Dark }},
		{"p", func() bool { return b.Desk().Presenting }},
		{"?", func() bool { return b.Desk().View == "help" && b.Called[len(b.Called)-1] == "examine" }},
	} {
		if !b.HasKey(c.key) {
			t.Errorf("%q does nothing", c.key)
		}
		b.Key(c.key)
		if !c.want() {
			t.Errorf("%q has not done what it should", c.key)
		}
	}
	if b.HasKey("") || b.HasKey("F5") || b.HasKey("ctrl+r") {
		t.Error("a key of the browser's is taken")
	}
	b.Key("?")
	if b.Desk().View != "classify" {
		t.Error("the second press does not lead back")
	}
}

// TestAddresses goes to views by the address.
func TestAddresses(t *testing.T) {
	b := apptest.Open(t, 1280, 800, false)
	b.Address("#train")
	if b.Desk().View != "train" || b.Twin().Title != "Train – Tenfold" {
		t.Errorf("%s, %q", b.Desk().View, b.Twin().Title)
	}
	b.Press("view-data")
	if b.Hash != "data" {
		t.Errorf("the address is %q", b.Hash)
	}
	b.Address("") // back to where the page was opened
	if b.Desk().View != "classify" {
		t.Errorf("back, the view is %s", b.Desk().View)
	}
	b.Address("#elsewhere")
	if b.Desk().View != "classify" {
		t.Error("an address that leads nowhere leads somewhere")
	}
}

// TestSecondFinger takes back what the first finger has drawn, and presses nothing.
func TestSecondFinger(t *testing.T) {
	b := apptest.Open(t, 390, 844, false)
	at := b.Leaf("view-train").Rect.Center()
	b.Pointer(app.Pointer{ID: 1, Phase: app.Down, X: at.X, Y: at.Y})
	b.Pointer(app.Pointer{ID: 2, Phase: app.Down, X: at.X, Y: at.Y - 200})
	b.Pointer(app.Pointer{ID: 1, Phase: app.Up, X: at.X, Y: at.Y})
	b.Pointer(app.Pointer{ID: 2, Phase: app.Up, X: at.X, Y: at.Y - 200})
	if b.Desk().View != "classify" {
		t.Error("two fingers press a button")
	}
	b.Stroke(1, at, paint.Point{X: at.X, Y: at.Y - 100}) // away from it
	if b.Desk().View != "classify" {
		t.Error("a finger that was moved away presses a button")
	}
}

// TestFits lays every view out in windows of many sizes: nothing leaves its panel or the
// window's width, and what is pressed is large enough.
func TestFits(t *testing.T) {
	for _, size := range [][2]float64{{320, 568}, {360, 740}, {390, 844}, {768, 1024}, {844, 390}, {900, 700}, {1024, 768}, {1280, 800}, {1366, 625}, {1920, 1080}, {2560, 1440}, {3840, 2160}} {
		b := apptest.Open(t, size[0], size[1], false)
		b.Trains(200)
		for _, id := range app.Views() {
			b.Press(app.ButtonOf(id))
			b.Quiet()
			w := b.Twin()
			for _, f := range append(w.Fixed, w.Leaves...) {
				if f.Rect.X < -0.5 || f.Rect.X+f.Rect.W > size[0]/w.Zoom+0.5 {
					t.Errorf("%v, %s: %q lies at %v", size, id, f.ID, f.Rect)
				}
				if (f.Do != nil || f.Set != nil) && (f.Rect.W < 39.9 || f.Rect.H < 43.9) && f.Clip.W == 0 {
					t.Errorf("%v, %s: %q is only %v", size, id, f.ID, f.Rect)
				}
			}
		}
	}
}

// TestAMessageHidesNothing shows a message in every view: what lies under it can be scrolled above it.
func TestAMessageHidesNothing(t *testing.T) {
	for _, size := range [][2]float64{{390, 844}, {1280, 800}} {
		b := apptest.Open(t, size[0], size[1], false)
		b.Trains(200)
		for _, view := range app.Views() {
			b.Press(app.ButtonOf(view))
			b.Quiet()
			b.Problem("Something that is said for a while.")
			message := b.Leaf("close").Rect
			b.Wheel(10, size[1]/2, 1e5)
			for _, f := range b.Twin().Leaves {
				if (f.Do != nil || f.Set != nil) && f.Clip.W == 0 && f.Rect.Y+f.Rect.H > message.Y {
					t.Errorf("%v, %s: %s lies at %v, under the message at %v", size, view, f.ID, f.Rect, message)
				}
			}
			b.Press("close")
		}
	}
}

// TestTheFocusStays checks that what has the focus keeps it while something appears above it.
func TestTheFocusStays(t *testing.T) {
	b := apptest.Open(t, 390, 844, false)
	b.Press("view-train")
	b.Trains(200)
	b.Reveal("train-epochs")
	before, height := b.Leaf("train-epochs").Rect.Y, b.Leaf("train-epochs").Rect.Y-b.Leaf("train-start").Rect.Y
	b.Says(protocol.Resumable{Job: task.FineTuning, Epoch: 1})
	if grown := b.Leaf("train-epochs").Rect.Y - b.Leaf("train-start").Rect.Y; grown == height && !b.Has("train-resume") {
		t.Fatal("nothing has come above it: this test shows nothing")
	}
	if after := b.Leaf("train-epochs").Rect.Y; math.Abs(after-before) > 0.5 {
		t.Errorf("it lay at %g and lies at %g", before, after)
	}
	b.Press("view-data")
	b.Press("view-train")
	if y := b.Leaf("train-start").Rect.Y; y < 0 {
		t.Error("the view is not shown from its top")
	}
}

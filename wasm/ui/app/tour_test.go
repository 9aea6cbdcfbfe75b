package app_test

import (
	"fmt"
	"testing"

	"tenfold/wasm/ui/app/apptest"
	"tenfold/wasm/ui/desk"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/words"
)

// visit opens the page on a first visit.
func visit(t *testing.T, w, h float64) *apptest.Browser {
	t.Helper()
	return apptest.OpenWith(t, w, h, false, apptest.Network(t, 1), map[string]string{"tour": ""})
}

// TestTourOffered offers the tour on the first visit alone, and takes no for an answer.
func TestTourOffered(t *testing.T) {
	b := visit(t, 1280, 800)
	if b.Desk().Tour != desk.TourOffered || b.Memory["tour"] == "" {
		t.Fatalf("the tour is at %d, %q is kept", b.Desk().Tour, b.Memory["tour"])
	}
	b.Press("tour-skip")
	if b.Has("tour-start") || b.Has("tour-skip") {
		t.Error("no is not taken for an answer")
	}
	if again := apptest.OpenWith(t, 1280, 800, false, apptest.Network(t, 1), b.Memory); again.Has("tour-start") {
		t.Error("it is offered on the second visit")
	}
}

// TestTourSteps takes the offer and goes through the steps, with a message meanwhile.
func TestTourSteps(t *testing.T) {
	b := visit(t, 390, 844)
	b.Press("tour-start")
	for i, s := range words.Tour.Steps {
		if d := b.Desk(); d.Tour != i+1 || d.View != s.View {
			t.Errorf("step %d is at %d in %s", i+1, d.Tour, d.View)
		}
		b.Problem("Something else.")
		if m, c := b.Leaf("close").Rect, b.Leaf("tour-next").Rect; m.Y+m.H > c.Y {
			t.Errorf("step %d: the message at %v covers the tour at %v", i+1, m, c)
		}
		b.Press("close")
		b.Press("tour-next")
	}
	if b.Desk().Tour != 0 || b.Has("tour-next") {
		t.Error("the tour does not end")
	}
	b = visit(t, 1280, 800)
	b.Press("tour-start")
	b.Press("tour-skip")
	if b.Desk().Tour != 0 {
		t.Error("it cannot be left")
	}
	b.Desk().Tour = 1
	b.Press("present")
	if b.Has("tour-next") {
		t.Error("it is in the way of who presents")
	}
}

// TestTourCoversNothing checks that what can be pressed can be scrolled clear of the tour, and
// that its own buttons are whole.
func TestTourCoversNothing(t *testing.T) {
	for _, size := range [][2]float64{{320, 568}, {390, 844}, {768, 1024}, {1280, 800}, {1366, 625}, {1920, 1080}} {
		b := visit(t, size[0], size[1])
		for step := range len(words.Tour.Steps) + 1 {
			where := fmt.Sprintf("%gx%g, step %d", size[0], size[1], step)
			b.Shot(fmt.Sprintf("tour-%d-%g", step, size[0]))
			id := "tour-start"
			if step > 0 {
				id = "tour-next"
			}
			if r := b.Leaf(id).Rect; r.W < theme.Touch-0.1 || r.H < theme.Touch-0.1 {
				t.Errorf("%s: %s is %gx%g", where, id, r.W, r.H)
			}
			for _, p := range b.Panels() {
				if p.Name[2:] == "tour" {
					if c := b.Twin().Content; c.Y+c.H > p.Rect.Y {
						t.Errorf("%s: the view's room ends at %g, the tour begins at %g", where, c.Y+c.H, p.Rect.Y)
					}
					if p.Rect.H > 0.4*size[1] {
						t.Errorf("%s: the tour is %g high", where, p.Rect.H)
					}
				}
			}
			b.Press(id)
		}
	}
}

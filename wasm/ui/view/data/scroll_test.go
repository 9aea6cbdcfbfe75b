package data_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/app/apptest"
)

// TestScrolling scrolls through 50,000 pictures: each time only those that come into sight are
// asked for and laid out.
func TestScrolling(t *testing.T) {
	b := open(t, 1280, 800, false, 50000)
	b.Press("data-all")
	cells := func() (n int) {
		for _, f := range b.Twin().Leaves {
			if strings.HasPrefix(f.ID, "data-cell-") {
				n++
			}
		}
		return n
	}
	answer := func() (asked []int) {
		for _, l := range apptest.Asks[protocol.Look](b) {
			if len(l.Index) > 150 {
				t.Fatalf("%d pictures at once", len(l.Index))
			}
			e := protocol.Looked{What: l.What, Index: l.Index}
			for _, i := range l.Index {
				e.Pictures = append(e.Pictures, protocol.Labelled{Picture: apptest.Plain(i), Class: i % 10})
			}
			asked = append(asked, l.Index...)
			b.Says(e)
		}
		return asked
	}
	if n := len(answer()); n < 30 {
		t.Errorf("%d pictures are asked for at first", n)
	}
	grid := b.Leaf("data-shown").Rect.Center()
	steps := 0
	for range 300 {
		b.Wheel(grid.X, grid.Y, 2500)
		if n := cells(); n < 20 || n > 120 {
			t.Fatalf("%d pictures are laid out", n)
		}
		if len(answer()) > 0 {
			steps++
		}
	}
	if b.Leaf("data-shown").Value == "" || steps < 250 {
		t.Errorf("%d of 300 steps have brought new pictures", steps)
	}
	b.Wheel(grid.X, grid.Y, 1e9)
	answer()
	if s := shown(b); s[len(s)-1] != "49999 truck" {
		t.Errorf("at the end %q are shown", s)
	}
	if !strings.Contains(b.Text("data-status"), "of 50,000 of all classes in order") {
		t.Errorf("%q", b.Text("data-status"))
	}
	for _, f := range b.Twin().Leaves { // the last page is there, picture by picture
		if strings.HasPrefix(f.ID, "data-cell-") && b.Desk().Library.Photo(task.TestSet, number(t, f.ID)) == nil {
			t.Errorf("%s was not asked for", f.ID)
		}
	}
}

func number(t *testing.T, id string) (n int) {
	t.Helper()
	if _, err := fmt.Sscanf(id, "data-cell-%d", &n); err != nil {
		t.Fatal(err)
	}
	return n
}

// TestPages goes through the pictures with the keys, and to a place of them.
func TestPages(t *testing.T) {
	b := open(t, 1280, 800, false, 10000)
	if b.HasKey("PageDown") {
		t.Error("a few pictures can be scrolled")
	}
	b.Key("a")
	b.Album(10000)
	first := shown(b)
	b.Key("PageUp")
	if !slices.Equal(shown(b), first) {
		t.Error("before the first page there is another")
	}
	b.Key("PageDown")
	b.Album(10000)
	second := shown(b)
	if slices.Equal(second, first) || !slices.ContainsFunc(second, func(s string) bool { return slices.Contains(first, s) }) {
		t.Errorf("after %q comes %q: a row of the page before must be seen", first, second)
	}
	b.Key("PageUp")
	if !slices.Equal(shown(b), first) {
		t.Errorf("back again it is %q", shown(b))
	}
	b.Set("data-place", "5001")
	b.Album(10000)
	if !slices.Contains(shown(b), "5000 airplane") {
		t.Errorf("at 5,001 is %q", shown(b))
	}
	b.Set("data-place", "10000")
	b.Album(10000)
	if !slices.Contains(shown(b), "9999 truck") {
		t.Errorf("at the end is %q", shown(b))
	}
	for range 3 {
		b.Key("ArrowRight") // from the first picture, which was enlarged
	}
	if !slices.Contains(shown(b), "3 cat") || !strings.HasPrefix(b.Text("data-picture"), "Picture 3 ") {
		t.Errorf("%q is enlarged, %q are shown", b.Text("data-picture"), shown(b))
	}
	b.Key("n")
	b.Album(10000)
	if len(shown(b)) != 16 {
		t.Error("Shuffle does not go back to a few")
	}
}

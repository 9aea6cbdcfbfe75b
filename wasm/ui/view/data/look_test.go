package data_test

import (
	"fmt"
	"strings"
	"testing"

	"tenfold/nn/cifar10"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/app/apptest"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
)

var sizes = [][2]float64{{320, 568}, {360, 740}, {390, 844}, {844, 390}, {768, 1024}, {900, 700}, {1024, 768}, {1280, 800}, {1366, 625}, {1920, 1080}, {2560, 1440}, {2560, 1080}}

// fits looks whether what the view shows lies in its panel, what can be pressed is large enough,
// and nothing lies on something else.
func fits(t *testing.T, b *apptest.Browser) {
	t.Helper()
	where := fmt.Sprintf("%gx%g", b.W, b.H)
	panels := map[string]paint.Rect{}
	for _, p := range b.Panels() {
		panels[p.Name] = p.Rect
	}
	twin := b.Twin()
	var placed []*widget.Leaf
	for _, f := range twin.Leaves {
		r := f.Rect
		if f.Clip.W > 0 {
			continue // it is scrolled
		}
		if r.X < 0 || r.X+r.W > b.W/twin.Zoom+0.5 {
			t.Errorf("%s: %s %q reaches from %g to %g", where, f.ID, f.Name, r.X, r.X+r.W)
		}
		if (f.Do != nil || f.Set != nil) && (r.W < theme.Touch-0.5 || r.H < theme.Touch-0.5) {
			t.Errorf("%s: %s is %g x %g", where, f.ID, r.W, r.H)
		}
		if f.ID == "data-shown" { // lies below the pictures
			continue
		}
		for _, g := range placed {
			o := g.Rect
			if w, h := min(r.X+r.W, o.X+o.W)-max(r.X, o.X), min(r.Y+r.H, o.Y+o.H)-max(r.Y, o.Y); w > 1 && h > 1 {
				t.Errorf("%s: %s %q lies on %s %q", where, f.ID, f.Name, g.ID, g.Name)
			}
		}
		placed = append(placed, f)
	}
	for name, p := range panels {
		if strings.Contains(name, "data-") && (p.X < 0 || p.X+p.W > b.W/twin.Zoom+0.5) {
			t.Errorf("%s: the panel %s reaches from %g to %g", where, name, p.X, p.X+p.W)
		}
		for _, f := range placed {
			if c := f.Rect.Center(); p.Contains(c) && strings.Contains(name, "data-") && (f.Rect.X < p.X-0.5 || f.Rect.X+f.Rect.W > p.X+p.W+0.5 || f.Rect.Y < p.Y-0.5 || f.Rect.Y+f.Rect.H > p.Y+p.H+0.5) {
				t.Errorf("%s: %s %q sticks out of %s", where, f.ID, f.Name, name)
			}
		}
	}
}

// TestFits lays the view out in windows of all sizes, in all states.
func TestFits(t *testing.T) {
	for _, size := range sizes {
		b := apptest.Open(t, size[0], size[1], false)
		b.Do("view-data")
		fits(t, b) // before the worker has said anything
		b.Trains(0)
		fits(t, b)
		b.Says(protocol.Stored{Task: cifar10.Task, Coming: "test_batch.bin", Done: 3e6, Total: 30730000})
		fits(t, b)
		b.Trains(10000)
		fits(t, b) // before the survey
		b.Album(10000)
		says(b)
		fits(t, b)
		b.Render()
		b.Do("data-all")
		b.Album(10000)
		fits(t, b)
		b.Trains(10000, protocol.Labelled{Picture: apptest.Plain(3), Class: 3}, protocol.Labelled{Picture: apptest.Plain(4), Class: 4})
		b.Do("data-random")
		b.Do("data-mine")
		b.Album(2)
		fits(t, b)
		b.Do("data-remove")
		b.Trains(10000, protocol.Labelled{Picture: apptest.Plain(3), Class: 3})
		b.Album(1)
		fits(t, b)
	}
}

// TestSeenWithoutScrolling wants what matters in sight on a laptop.
func TestSeenWithoutScrolling(t *testing.T) {
	for _, size := range [][2]float64{{1280, 800}, {1366, 625}, {1024, 768}, {1920, 1080}} {
		b := open(t, size[0], size[1], false, 10000)
		says(b)
		for _, id := range []string{"data-test", "data-train", "data-mine", "data-class-any", "data-class-airplane", "data-random", "data-all", "data-cell-0", "data-cell-15", "data-picture", "data-prev", "data-next", "data-verdict", "data-classify"} {
			if r := b.Leaf(id).Rect; (r.Y+r.H)*b.Twin().Zoom > size[1] {
				t.Errorf("%gx%g: %s ends at %g", size[0], size[1], id, r.Y+r.H)
			}
		}
	}
}

// TestShots saves the view for a person to look at.
func TestShots(t *testing.T) {
	for name, size := range map[string][2]float64{"phone": {390, 844}, "tablet": {768, 1024}, "laptop": {1280, 800}, "low": {1366, 625}, "large": {1920, 1080}} {
		for _, dark := range []bool{false, true} {
			b := apptest.Open(t, size[0], size[1], dark)
			if dark {
				name += "-dark"
			}
			b.Do("view-data")
			b.Trains(0)
			if name == "phone" || name == "laptop-dark" {
				b.Shot("data-empty-" + name)
				b.Says(protocol.Stored{Task: cifar10.Task, Coming: "test_batch.bin", Done: 12e6, Total: 30730000})
				b.Shot("data-busy-" + name)
			}
			real(b, 10000)
			says(b)
			b.Shot("data-" + name)
			b.Do("data-all")
			real(b, 10000)
			b.Set("data-place", "4000")
			real(b, 10000)
			b.Do("data-class-ship")
			real(b, 10000)
			b.Key("ArrowRight")
			says(b)
			b.PressAt("data-picture", 0.4, 0.6)
			if name == "phone-dark" || name == "laptop" {
				b.Shot("data-all-" + name)
				var own []protocol.Labelled
				for i := range 5 {
					own = append(own, protocol.Labelled{Picture: scene(40 + i), Class: i})
				}
				b.Trains(10000, own...)
				b.Do("data-class-any")
				b.Do("data-random")
				b.Do("data-mine")
				real(b, 5, own...)
				b.Do("data-remove")
				b.Trained = nil
				real(b, 4, own[:4]...)
				says(b)
				b.Shot("data-mine-" + name)
			}
		}
	}
}

// real brings n test pictures that look like pictures.
func real(b *apptest.Browser, n int, own ...protocol.Labelled) {
	b.Helper()
	b.Says(protocol.Ready{})
	b.Says(protocol.Stored{Task: cifar10.Task, Test: 10000, Kept: true, Mine: own})
	for range 4 {
		sent := b.Trained
		b.Trained = nil
		for _, m := range sent {
			c, err := protocol.DecodeCommand(m)
			if err != nil {
				b.Fatal(err)
			}
			switch c := c.(type) {
			case protocol.Survey:
				e := protocol.Surveyed{What: c.What}
				for i := range n {
					e.Labels = append(e.Labels, byte(i*i%97%10))
				}
				for i := range 10 {
					e.Means = append(e.Means, scene(i))
				}
				b.Says(e)
			case protocol.Look:
				e := protocol.Looked{What: c.What, Index: c.Index}
				for _, i := range c.Index {
					e.Pictures = append(e.Pictures, protocol.Labelled{Picture: scene(i)})
				}
				b.Says(e)
			}
		}
	}
}

// scene is a picture of a sky, a ground and something round.
func scene(i int) (all []byte) {
	cx, cy, side := 8+i*7%17, 10+i*5%13, 4+i*3%6
	for y := range 32 {
		for x := range 32 {
			r, g, b := 120+i*31%60+y, 160+i*17%50, 230-2*y
			if y > 18+i%7 {
				r, g, b = 70+i*13%80, 110+i*29%60+x, 60+3*(y%4)
			}
			if dx, dy := x-cx, y-cy; dx*dx+dy*dy*2 < side*side {
				r, g, b = i*67%230+x-y, i*41%230, 250-i*53%230
			}
			for _, v := range []int{r, g, b} {
				all = append(all, byte(max(min(v, 255), 0)))
			}
		}
	}
	return all
}

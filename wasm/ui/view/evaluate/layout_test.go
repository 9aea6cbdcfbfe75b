package evaluate_test

import (
	"bytes"
	"fmt"
	"image/png"
	"slices"
	"strings"
	"testing"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/app"
	"tenfold/wasm/ui/app/apptest"
	"tenfold/wasm/ui/network"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
)

// states are the view empty, busy and with results.
var states = map[string]func(t *testing.T, w, h float64, dark bool) *apptest.Browser{
	"empty": func(t *testing.T, w, h float64, dark bool) *apptest.Browser {
		b := apptest.Open(t, w, h, dark)
		b.Do("view-evaluate")
		b.Trains(0)
		return b
	},
	"busy": func(t *testing.T, w, h float64, dark bool) *apptest.Browser {
		b := open(t, w, h, dark)
		b.Says(protocol.Measuring{ID: started(b).ID, Done: 120, Total: 200, PicturesPerSec: 812})
		return b
	},
	"compared": func(t *testing.T, w, h float64, dark bool) *apptest.Browser {
		b := done(t, w, h, dark)
		use(b, "last", networkOf(t, "Tutorial CNN, tuned"))
		e := evaluated(started(b).ID)
		e.Beside = bytes.Repeat([]byte{3}, 200)
		e.Comparison = &task.Comparison{First: task.Metrics{Accuracy: 0.77}, Second: task.Metrics{Accuracy: 0.79}, Both: 7045, OnlyFirst: 655, OnlySecond: 855, Neither: 1445, Differ: 158, P: 0.32}
		b.Says(e)
		b.Press("evaluate-changed")
		b.Album(200)
		b.Press("evaluate-held-out")
		use(b, network.Opening, b.Desk().Network.Shipped)
		b.Says(protocol.Notice{})
		return b
	},
	"full": func(t *testing.T, w, h float64, dark bool) *apptest.Browser {
		b := done(t, w, h, dark)
		b.Press("evaluate-mistakes")
		b.Album(200)
		return b
	},
}

// TestLayout lays the view out in windows of many sizes: nothing leaves its panel, nothing
// overlaps, and what is pressed is large enough.
func TestLayout(t *testing.T) {
	sizes := [][2]float64{{320, 568}, {360, 740}, {390, 844}, {768, 1024}, {844, 390}, {1024, 768}, {1280, 800}, {1366, 625}, {1920, 1080}, {2560, 1440}}
	for name, make := range states {
		for _, size := range sizes {
			t.Run(fmt.Sprintf("%s-%g", name, size[0]), func(t *testing.T) {
				b := make(t, size[0], size[1], false)
				tidy(b)
			})
		}
	}
}

// tidy looks at the leaves of the window that is there, and of a high one, in which all panels
// are seen.
func tidy(b *apptest.Browser) {
	b.Helper()
	leaves := b.Twin().Leaves
	for k, f := range leaves {
		at := f.Rect
		if f.Clip.W > 0 {
			continue // in a Scroll
		}
		if (f.Do != nil || f.Set != nil) && (at.W < theme.Touch || at.H < theme.Touch) {
			b.Errorf("%s is %gx%g units", f.ID, at.W, at.H)
		}
		for _, g := range leaves[:k] {
			if g.Clip.W == 0 && overlap(at, g.Rect) {
				b.Errorf("%s %q overlaps %s %q", f.ID, f.Name, g.ID, g.Name)
			}
		}
	}
	b.Resize(b.W, 6000, 1)
	panels := b.Panels()
	for _, f := range b.Twin().Leaves {
		if !slices.ContainsFunc(panels, func(p app.Panel) bool { return f.Clip.W > 0 || within(f.Rect, p.Rect) }) {
			b.Errorf("%s %q at %v is in no panel", f.ID, f.Name, f.Rect)
		}
	}
	b.Resize(b.W, b.H, 1)
}

func overlap(a, b paint.Rect) bool {
	const slack = 0.5
	return a.X < b.X+b.W-slack && b.X < a.X+a.W-slack && a.Y < b.Y+b.H-slack && b.Y < a.Y+a.H-slack
}

func within(a, b paint.Rect) bool {
	const slack = 0.5
	return a.X >= b.X-slack && a.X+a.W <= b.X+b.W+slack && a.Y >= b.Y-slack && a.Y+a.H <= b.Y+b.H+slack
}

// TestWithoutScrolling checks that Evaluate, the accuracy and the matrix are seen at once on a
// laptop, and the pictures of a cell that is pressed.
func TestWithoutScrolling(t *testing.T) {
	for _, size := range [][2]float64{{1280, 800}, {1366, 625}} {
		b := done(t, size[0], size[1], false)
		for _, id := range []string{"evaluate-start", "evaluate-result", "evaluate-matrix", "evaluate-true", "evaluate-picture-2"} {
			if f := b.Leaf(id); f.Rect.Y+f.Rect.H > size[1] {
				t.Errorf("%gx%g: %s ends at %g", size[0], size[1], id, f.Rect.Y+f.Rect.H)
			}
		}
	}
	for _, size := range [][2]float64{{390, 844}, {360, 740}, {320, 568}} {
		b := done(t, size[0], size[1], false)
		if f := b.Leaf("evaluate-start"); f.Rect.Y+f.Rect.H > size[1]-56 {
			t.Errorf("on a phone Evaluate ends at %g", f.Rect.Y+f.Rect.H)
		}
	}
}

// TestOtherTasks shows 2 and 100 classes with names of any script, and a task that is not that
// of the pictures.
func TestOtherTasks(t *testing.T) {
	for _, n := range []int{2, 20, 100} {
		classes := make([]string, n)
		for i := range classes {
			classes[i] = fmt.Sprintf("класс номер %d 猫 with a very long name indeed", i)
		}
		for _, size := range [][2]float64{{390, 844}, {1280, 800}} {
			b := apptest.Open(t, size[0], size[1], false)
			b.Do("view-evaluate")
			of := task.Task{Classes: classes, Input: task.Shape{5, 7, 1}, Scale: 1}
			b.Says(protocol.Ready{})
			b.Says(protocol.Stored{Task: of, Test: 30})
			if f := b.Leaf("evaluate-start"); !strings.Contains(f.Disabled, "knows other classes") {
				t.Errorf("the network of ten classes on %d: %q", n, f.Disabled)
			}
			b.Desk().Network.Loaded.Task = of
			b.Says(protocol.Stored{Task: of, Test: 30})
			e := protocol.Evaluated{ID: started(b).ID, What: task.TestSet, Report: task.Evaluation{Pictures: 30}}
			for i := range n {
				e.Report.Confusion = append(e.Report.Confusion, make([]int, n))
				e.Report.Confusion[i][i] = 3
				e.Report.Classes = append(e.Report.Classes, task.ClassMetrics{Support: 3})
			}
			for i := range 30 {
				e.True, e.Class, e.Score = append(e.True, byte(i%n)), append(e.Class, byte(n-1)), append(e.Score, 0.5)
			}
			b.Says(e)
			b.Album(30)
			tidy(b)
			b.Render()
			if l := b.Leaf("evaluate-true"); len(l.Options) != n+1 {
				t.Errorf("%d options for %d classes", len(l.Options), n)
			}
			b.Press("evaluate-matrix-png")
		}
	}
}

// TestShots keeps screenshots to look at.
func TestShots(t *testing.T) {
	for name, make := range states {
		for size, at := range map[string][2]float64{"phone": {390, 844}, "tablet": {768, 1024}, "laptop": {1280, 800}, "large": {1920, 1080}} {
			b := make(t, at[0], at[1], size == "laptop" && name == "busy")
			b.Shot("evaluate-" + name + "-" + size)
		}
	}
	b := states["full"](t, 1280, 800, true)
	b.Press("evaluate-matrix-3-4")
	b.Shot("evaluate-dark-laptop")
	b.Press("evaluate-all")
	b.Album(200)
	for _, id := range []string{"evaluate-matrix-png", "evaluate-grid-png"} {
		b.Press(id)
		img, err := png.Decode(bytes.NewReader(b.Saved[len(b.Saved)-1].Content))
		if err != nil {
			t.Fatal(err)
		}
		apptest.Save(t, img, "../../../../artifacts/"+id+".png")
	}
}

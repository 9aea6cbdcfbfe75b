package train_test

import (
	"fmt"
	"image"
	"image/draw"
	"math"
	"slices"
	"testing"

	"tenfold/nn/cifar10"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/app"
	"tenfold/wasm/ui/app/apptest"
	"tenfold/wasm/ui/theme"
)

// open opens the Train view with test pictures.
func open(t testing.TB, w, h float64, dark bool) *apptest.Browser {
	b := apptest.Open(t, w, h, dark)
	b.Press("view-train")
	b.Trains(10000, protocol.Labelled{Picture: apptest.Plain(3), Class: 2})
	return b
}

// begun presses Start, and has the worker say that the run began.
func begun(t testing.TB, b *apptest.Browser) protocol.Begin {
	t.Helper()
	b.Press("train-start")
	begin, ok := b.Asked().(protocol.Begin)
	if !ok {
		t.Fatalf("Start says %T", b.Asked())
	}
	b.Says(protocol.Began{Run: begin.Run, Job: begin.Job, Before: task.Metrics{Loss: 0.7, Accuracy: 0.712}, Trained: 8000, HeldOut: 2000, On: task.Validation, Summary: "conv2d (Conv2D)\n", Code: "x = layer(x) if 1 < 2 else x\n"})
	return begin
}

// epoch plays an epoch of a run.
func epoch(b *apptest.Browser, begin protocol.Begin, e int) {
	for s := 5; s <= 250; s += 5 {
		x := float64(e-1) + float64(s)/250
		b.Says(protocol.Training{Run: begin.Run, State: protocol.Running, Epoch: e, Epochs: begin.Job.Epochs, Step: s, Steps: 250, Workers: 2, Memory: 134e6,
			Mean: task.Metrics{Loss: 0.9 * math.Exp(-x/4), Accuracy: 0.7 + 0.05*x}, Batch: task.Metrics{Loss: 0.9*math.Exp(-x/4) + 0.1*math.Sin(40*x), Accuracy: 0.7 + 0.05*x + 0.06*math.Sin(31*x)}, PicturesPerSec: 1412, Left: 180})
	}
	b.Says(protocol.EpochDone{Run: begin.Run, Epoch: task.Epoch{Epoch: e, Rate: begin.Job.Rate * math.Pow(begin.Job.Decay, float64(e-1)), Train: task.Metrics{Loss: 0.9 * math.Exp(-float64(e)/4), Accuracy: 0.7 + 0.05*float64(e)}, Val: task.Metrics{Loss: 0.7 - 0.03*float64(e), Accuracy: 0.712 + 0.013*float64(e)}, Seconds: 14},
		Confusion: confusion(10), Mistakes: mistakes()})
}

func confusion(n int) [][]int {
	all := make([][]int, n)
	for i := range all {
		all[i] = make([]int, n)
		for j := range all[i] {
			all[i][j] = (i*7 + j*3) % 9
		}
		all[i][i] = 150 + 3*i
	}
	return all
}

func mistakes() (all []protocol.Mistake) {
	for i := range 12 {
		all = append(all, protocol.Mistake{Picture: apptest.Plain(i), True: i % 10, Class: (i + 3) % 10, Score: 0.6})
	}
	return all
}

// trained plays a whole run.
func trained(t testing.TB, b *apptest.Browser) {
	begin := begun(t, b)
	for e := 1; e <= begin.Job.Epochs; e++ {
		epoch(b, begin, e)
	}
	b.Says(protocol.Stored{Task: cifar10.Task, Test: 10000, Kept: true, Saved: true, Mine: []protocol.Labelled{{Picture: apptest.Plain(3), Class: 2}, {Picture: apptest.Plain(5), Class: 6}}})
	b.Says(protocol.Finished{Run: begin.Run, Before: task.Metrics{Loss: 0.7, Accuracy: 0.712}, After: task.Metrics{Loss: 0.7 - 0.03*float64(begin.Job.Epochs), Accuracy: 0.712 + 0.013*float64(begin.Job.Epochs)}})
}

// states are the view as it can be, from empty to full.
var states = map[string]func(t testing.TB, b *apptest.Browser){
	"empty": func(t testing.TB, b *apptest.Browser) { b.Says(protocol.Stored{Task: cifar10.Task}) },
	"busy": func(t testing.TB, b *apptest.Browser) {
		begin := begun(t, b)
		epoch(b, begin, 1)
		b.Says(protocol.Training{Run: begin.Run, State: protocol.Running, Epoch: 2, Epochs: 3, Step: 55, Steps: 250, Workers: 2, Memory: 134e6, Mean: task.Metrics{Loss: 0.6, Accuracy: 0.78}, Batch: task.Metrics{Loss: 0.6, Accuracy: 0.78}, PicturesPerSec: 1412, Left: 180})
	},
	"full": func(t testing.TB, b *apptest.Browser) {
		trained(t, b)
		b.Set("train-rate", "0.002")
		b.Set("train-epochs", "5")
		trained(t, b)
		b.Press("train-run-1-show")
	},
	"advanced": func(t testing.TB, b *apptest.Browser) {
		b.Press("train-more")
		b.Set("train-rate", "fast")
		b.Says(protocol.Stored{Task: cifar10.Task, Test: 10000, Train: 50000, Coming: "data_batch_3.bin", Done: 12e6, Total: 30730000})
	},
}

// TestLooks saves the view in all its states, to look at.
func TestLooks(t *testing.T) {
	for name, state := range states {
		for _, size := range []struct {
			name string
			w, h float64
			dark bool
		}{{"phone", 390, 844, false}, {"tablet", 768, 1024, true}, {"laptop", 1280, 800, false}, {"small", 1366, 625, true}, {"large", 1920, 1080, name == "busy"}} {
			b := open(t, size.w, size.h, size.dark)
			state(t, b)
			if b.Has("close") {
				b.Press("close")
			}
			b.Wheel(600, 300, -5000)
			b.Shot("train-" + name + "-" + size.name)
			if size.name == "phone" {
				shotAll(b, "train-"+name+"-phone-all")
			}
		}
	}
}

// shotAll saves the whole of a page that scrolls, in strips side by side.
func shotAll(b *apptest.Browser, name string) {
	const strips, strip = 4, 1200
	w, h := b.W, b.H
	b.H = strips * strip
	b.Resize(w, b.H, 1)
	all := b.Render()
	b.H = h
	b.Resize(w, h, 1)
	beside := image.NewRGBA(image.Rect(0, 0, strips*int(w), strip))
	for i := range strips {
		draw.Draw(beside, image.Rect(i*int(w), 0, (i+1)*int(w), strip), all, image.Pt(0, i*strip), draw.Src)
	}
	apptest.Save(b, beside, "../../../../artifacts/"+name+".png")
}

// TestFits lays the view out in windows of many sizes: nothing leaves its panel or lies over
// something else, and what is pressed is large enough.
func TestFits(t *testing.T) {
	for name, state := range states {
		for _, size := range [][2]float64{{320, 568}, {360, 740}, {390, 844}, {768, 1024}, {1024, 768}, {1280, 800}, {1366, 625}, {1920, 1080}, {2560, 1440}} {
			t.Run(fmt.Sprintf("%s-%.0f", name, size[0]), func(t *testing.T) {
				b := open(t, size[0], size[1], false)
				state(t, b)
				fits(t, b)
			})
		}
	}
}

func fits(t *testing.T, b *apptest.Browser) {
	t.Helper()
	b.Resize(b.W, 7000, 1) // so that all panels are in sight
	panels, leaves := b.Panels(), b.Twin().Leaves
	const slack = 0.51
	if len(leaves) < 30 {
		t.Errorf("only %d leaves", len(leaves))
	}
	for k, f := range leaves {
		inside := slices.ContainsFunc(panels, func(p app.Panel) bool {
			return f.Rect.X >= p.Rect.X-slack && f.Rect.Y >= p.Rect.Y-slack && f.Rect.X+f.Rect.W <= p.Rect.X+p.Rect.W+slack && f.Rect.Y+f.Rect.H <= p.Rect.Y+p.Rect.H+slack
		})
		if !inside {
			t.Errorf("%q %q leaves its panel: %v", f.ID, f.Name, f.Rect)
		}
		if (f.Do != nil || f.Set != nil) && (f.Rect.W < theme.Touch-slack || f.Rect.H < theme.Touch-slack) {
			t.Errorf("%q is too small to press: %v", f.ID, f.Rect)
		}
		for _, g := range leaves[:k] {
			if f.Rect.X < g.Rect.X+g.Rect.W-slack && g.Rect.X < f.Rect.X+f.Rect.W-slack && f.Rect.Y < g.Rect.Y+g.Rect.H-slack && g.Rect.Y < f.Rect.Y+f.Rect.H-slack {
				t.Errorf("%q %q lies over %q %q", f.ID, f.Name, g.ID, g.Name)
			}
		}
	}
}

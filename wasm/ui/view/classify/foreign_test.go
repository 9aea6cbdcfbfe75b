package classify_test

import (
	"fmt"
	"image"
	"math"
	"slices"
	"strings"
	"testing"

	"tenfold/nn/checkpoint"
	"tenfold/nn/cifar10"
	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/picture"
	"tenfold/nn/task"
	"tenfold/wasm/ui/app/apptest"
	"tenfold/wasm/ui/desk"
	"tenfold/wasm/ui/network"
	"tenfold/wasm/ui/pad"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/view/classify"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// TestOtherTasks uses networks that tell other things apart, of pictures of other shapes.
func TestOtherTasks(t *testing.T) {
	long := []string{"猫", "σκύλος", "a class with a name that is far too long for its place beside a bar"}
	for name, c := range map[string]struct {
		classes []string
		in      task.Shape
		intro   string
	}{
		"two":      {[]string{"so", "nicht so"}, task.Shape{28, 28, 1}, "which of two things"},
		"portrait": {cifar10.Task.Classes, task.Shape{64, 48, 1}, "which of ten things"},
		"scripts":  {long, task.Shape{16, 20, 3}, "which of three things"},
		"twelve":   {apptest.Classes(12), cifar10.Task.Input, "which of twelve things"},
		"hundred":  {apptest.Classes(100), cifar10.Task.Input, "which of 100 things"},
	} {
		t.Run(name, func(t *testing.T) {
			b := apptest.Open(t, 1280, 800, false)
			b.Trains(10000)
			conv := layer.Conv2D{Filters: 4, KernelSize: [2]int{3, 3}, Padding: layer.Same, Activation: "relu"}
			b.File(name+".safetensors", apptest.Classifier(t, c.in, c.classes, append([]layer.Layer{conv}, apptest.Dense(len(c.classes))...)...))
			b.Until("it is in use", func() bool { return b.Desk().Network.Using == task.Given && b.Desk().Network.Settled() })
			b.Do("view-classify")
			sum := 0.0
			for _, v := range b.Probs() {
				sum += v
			}
			if got := len(b.Desk().Pixels()); got != c.in.Size() || len(b.Probs()) != len(c.classes) || math.Abs(sum-1) > 1e-5 {
				t.Errorf("%d bytes go in; %d probabilities come out, %g together", got, len(b.Probs()), sum)
			}
			if s := b.Text("answer-class"); !slices.Contains(c.classes, s) {
				t.Errorf("the answer is %q", s)
			}
			if !strings.Contains(b.Text("intro"), c.intro) || strings.Contains(b.Text("answer-honest"), "photographs") {
				t.Errorf("it says %q and %q", b.Text("intro"), b.Text("answer-honest"))
			}
			if got := strings.Count(b.Words(), "\nlabel-"); got != len(c.classes) {
				t.Errorf("%d bars", got)
			}
			top := b.Leaf("label-" + b.Text("answer-class"))
			if top.Disabled != words.Classify.NoTeach {
				t.Errorf("a picture can be saved: %q", top.Disabled)
			}
			if want := fmt.Sprintf("%d × %d pixels", c.in[1], c.in[0]); !strings.HasPrefix(b.Text("sees-size"), want) {
				t.Errorf("it sees %q", b.Text("sees-size"))
			}
			v := classify.New(b.Desk())
			for _, presenting := range []bool{false, true} {
				b.Desk().Presenting = presenting
				for _, size := range sizes {
					b.W, b.H = size[0], size[1]
					b.Resize(size[0], size[1], 1)
					check(b, v, fmt.Sprint(name, " ", size, " ", presenting))
				}
				b.Resize(1280, 800, 1)
				b.W, b.H = 1280, 800
				b.Render()
			}
			b.Desk().Presenting = false
			b.Show(image.NewRGBA(image.Rect(0, 0, 60, 40)), "a picture")
			b.Settled()
			b.Render()
			b.Set("network", network.Opening)
			b.Until("the pretrained network is back", func() bool { return b.Desk().Network.Using == network.Opening && b.Desk().Network.Settled() })
			if len(b.Desk().Pixels()) != cifar10.Task.Pixels() || len(b.Probs()) != 10 || b.Leaf("label-cat").Disabled != "" {
				t.Errorf("back again, %d bytes go in and %d probabilities come out", len(b.Desk().Pixels()), len(b.Probs()))
			}
		})
	}
}

// TestBeforeTheWorker lays the view out before the worker has answered.
func TestBeforeTheWorker(t *testing.T) {
	d := desk.New(&apptest.Browser{TB: t}, nil, nil)
	v := classify.New(d)
	for _, presenting := range []bool{false, true} {
		d.Presenting = presenting
		for _, size := range sizes {
			l := widget.Lay(v.Tree(size[0], size[1]), paint.Rect{W: size[0], H: size[1]}, 1)
			for i := range l.Panels {
				g := &l.Panels[i]
				g.Paint(paint.NewCanvas(g.Rect.W, g.Rect.H, 1), d.Theme, "", paint.Point{})
			}
			if l.Err != nil {
				t.Error(l.Err)
			}
		}
	}
	v.Update()
	v.Move(d.Now)
}

// TestSamplesAreRecognised shows every sample drawing to the pretrained network.
func TestSamplesAreRecognised(t *testing.T) {
	f, err := checkpoint.Decode(pretrained(t))
	if err != nil {
		t.Fatal(err)
	}
	m, err := model.Open(f)
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range pad.Samples {
		if s.Class != cifar10.Task.Classes[i] {
			t.Errorf("sample %d is a %s, want a %s", i, s.Class, cifar10.Task.Classes[i])
		}
		p := pad.New()
		p.Add(pad.Group(s.Marks()))
		pixels := picture.Shrink(p.Image, cifar10.Task.Input)
		x := make([]float32, len(pixels))
		m.Normalize(x, pixels)
		_, probs := m.Predictor(1).Predict(x)
		if top := model.Top(probs); top != i {
			t.Errorf("the drawing of a %s is taken for a %s (%.2f; its own class %.2f)", s.Class, m.Classes[top], probs[top], probs[i])
		}
	}
}

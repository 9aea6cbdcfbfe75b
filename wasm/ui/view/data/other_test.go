package data_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/app/apptest"
)

// others are data sets of other tasks.
var others = map[string]task.Task{
	"two":      {Classes: []string{"so", "nicht so"}, Input: task.Shape{28, 28, 1}, Scale: 1},
	"portrait": {Classes: []string{"猫", "any", "a class with a name that is far too long for its place beside a bar"}, Input: task.Shape{64, 48, 3}, Scale: 1. / 128, Shift: -1},
	"strip":    {Classes: []string{"a", "b"}, Input: task.Shape{4, 400, 1}, Scale: 1},
	"dot":      {Classes: []string{"a", "b"}, Input: task.Shape{1, 1, 3}, Scale: 1},
	"hundred":  {Classes: apptest.Classes(100), Input: task.Shape{32, 32, 3}, Scale: 1},
	"large":    {Classes: apptest.Classes(30), Input: task.Shape{150, 256, 3}, Scale: 1},
}

// brings gives the page n pictures of a task; of the last class there is none.
func brings(b *apptest.Browser, of task.Task, n int) {
	b.Helper()
	b.Says(protocol.Ready{})
	b.Says(protocol.Stored{Task: of, Test: n})
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
				e := protocol.Surveyed{What: c.What, Means: make([][]byte, len(of.Classes))}
				for i := range n {
					e.Labels = append(e.Labels, byte(i%(len(of.Classes)-1)))
				}
				for i := range len(of.Classes) - 1 {
					e.Means[i] = pixels(of, i)
				}
				b.Says(e)
			case protocol.Look:
				e := protocol.Looked{What: c.What, Index: c.Index}
				for _, i := range c.Index {
					e.Pictures = append(e.Pictures, protocol.Labelled{Picture: pixels(of, i)})
				}
				b.Says(e)
			}
		}
	}
}

func pixels(of task.Task, i int) []byte { return bytes.Repeat([]byte{byte(i*37 + 20)}, of.Pixels()) }

// TestOtherTasks shows data sets of other tasks, which the network in use may not fit.
func TestOtherTasks(t *testing.T) {
	for name, of := range others {
		t.Run(name, func(t *testing.T) {
			b := apptest.Open(t, 1280, 800, false)
			b.Press("view-data")
			b.Render() // before the worker has answered there is no task
			brings(b, of, 120)
			for _, class := range of.Classes {
				id := "data-class-" + class
				if class == "any" {
					id = "data-class-1-any"
				}
				b.Do(id)
				if !b.Leaf(id).Pressed {
					t.Errorf("%s cannot be chosen", class)
				}
			}
			if s := b.Words(); !strings.Contains(s, "There are no pictures of this class") {
				t.Error("it is not said that the last class is empty")
			}
			if b.Leaf("data-random").Disabled == "" {
				t.Error("Shuffle does not say why it cannot be pressed")
			}
			b.Do("data-class-any")
			brings(b, of, 120)
			says(b)
			if s := b.Text("data-verdict"); !strings.Contains(s, "knows other classes") {
				t.Errorf("%q", s)
			}
			want := fmt.Sprintf("%d × %d pixels", of.Input[1], of.Input[0])
			if s := b.Text("data-pixel"); !strings.Contains(s, want) {
				t.Errorf("%q, want %q", s, want)
			}
			h, w := of.Input[0], of.Input[1]
			b.PressAt("data-picture", (float64(w/2)+0.5)/float64(w), (float64(h/2)+0.5)/float64(h))
			if s := b.Text("data-pixel"); !strings.HasPrefix(s, fmt.Sprintf("pixel %d, %d: ", of.Input[1]/2, of.Input[0]/2)) || strings.Contains(s, "brightness") != (of.Input[2] == 1) {
				t.Errorf("%q", s)
			}
			r := b.Leaf("data-picture").Rect
			if ratio := r.W / r.H * float64(of.Input[0]) / float64(of.Input[1]); ratio < 0.95 || ratio > 1.05 {
				t.Errorf("the picture is %g x %g", r.W, r.H)
			}
			for _, size := range sizes {
				b.W, b.H = size[0], size[1]
				b.Resize(b.W, b.H, 1)
				fits(t, b)
				b.Do("data-all")
				brings(b, of, 120)
				fits(t, b)
				b.Do("data-random")
				brings(b, of, 120)
			}
			b.Shot("data-other-" + name)
		})
	}
}

package classes_test

import (
	"image"
	"image/color"
	"slices"
	"testing"
	"time"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/app"
	"tenfold/wasm/ui/app/apptest"
)

// frame is a picture of the camera of one colour.
func frame(c uint8) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, 160, 120))
	for i := range 160 * 120 {
		img.Set(i%160, i/160, color.RGBA{c, uint8(i), 90, 255})
	}
	return img
}

// TestRecord puts the camera's pictures into a class, after a delay, as many a second as were asked for.
func TestRecord(t *testing.T) {
	b := opened(t, 1280, 800, false, pets(20, 20, 20))
	b.Press("class-camera")
	if !slices.Contains(b.Called, "camera") {
		t.Fatal("the camera was not asked for")
	}
	b.Frame(frame(1))
	if b.Leaf("class-record").Disabled == "" {
		t.Error("it can be recorded into no class")
	}
	b.Press("class-list-1")
	b.Set("class-rate", "2")
	b.Set("class-delay", "x")
	if b.Leaf("class-record").Disabled == "" || b.Leaf("class-delay").Invalid == "" {
		t.Error("a delay that is none is taken")
	}
	b.Set("class-delay", "1")
	b.Trained = nil
	b.Press("class-record")
	keeps := func(want int) {
		t.Helper()
		all := apptest.Asks[protocol.Keep](b)
		if len(all) != want {
			t.Errorf("%d pictures are kept, want %d", len(all), want)
		}
		for _, k := range all {
			if k.Project != id || k.Class != 0 || k.Side != 96 || len(k.Pixels) != 3*96*96 {
				t.Errorf("%+v", k.Side)
			}
		}
	}
	b.Later(400 * time.Millisecond)
	b.Frame(frame(2))
	keeps(0)
	if got := b.Text("class-recorded"); got != "Recording begins in 1 s." {
		t.Error(got)
	}
	for i := range 20 { // two seconds of a camera with ten pictures a second
		b.Later(100 * time.Millisecond)
		b.Frame(frame(uint8(10 + i)))
	}
	keeps(3)
	if got := b.Text("class-recorded"); got != "3 pictures recorded." {
		t.Error(got)
	}
	b.Press("class-record")
	b.Later(time.Second)
	b.Frame(frame(99))
	keeps(0)
	b.Shot("classes-camera")
	b.Press("class-record")
	b.Press("class-list-2") // another class ends it
	b.Later(2 * time.Second)
	b.Frame(frame(100))
	keeps(0)
	b.Press("class-camera")
	if b.Has("class-preview") {
		t.Error("the camera is still on")
	}
}

// TestHold records while the button is held, and goes on where it was only pressed.
func TestHold(t *testing.T) {
	b := opened(t, 1280, 800, false, pets(20, 20, 20))
	b.Press("class-camera")
	b.Press("class-list-1")
	b.Frame(frame(1))
	b.Reveal("class-record")
	r := b.Leaf("class-record").Rect
	at := func(phase app.Phase) { b.Pointer(app.Pointer{Phase: phase, X: r.X + 5, Y: r.Y + 5}) }
	b.Trained = nil
	at(app.Down)
	for i := range 10 {
		b.Later(100 * time.Millisecond)
		b.Frame(frame(uint8(10 + i)))
	}
	at(app.Up)
	if n := len(apptest.Asks[protocol.Keep](b)); n != 6 || b.Leaf("class-record").Pressed {
		t.Errorf("%d pictures were kept in a second, and it still records: %v", n, b.Leaf("class-record").Pressed)
	}
	b.Later(time.Second)
	b.Frame(frame(50))
	if n := len(apptest.Asks[protocol.Keep](b)); n != 0 {
		t.Errorf("%d pictures were kept after the button was let go", n)
	}
	at(app.Down)
	b.Later(100 * time.Millisecond)
	at(app.Up)
	if !b.Leaf("class-record").Pressed {
		t.Error("a short press does not record")
	}
	at(app.Down)
	at(app.Up)
	if b.Leaf("class-record").Pressed {
		t.Error("a second one does not end it")
	}
}

// TestLens takes the camera of the other side, whose picture is mirrored.
func TestLens(t *testing.T) {
	b := opened(t, 1280, 800, false, pets(20, 20, 20))
	b.Press("class-camera")
	if !b.Rear {
		t.Error("the first camera does not look away from the person")
	}
	half := func() *image.RGBA {
		img := image.NewRGBA(image.Rect(0, 0, 160, 120))
		for i := range img.Pix {
			img.Pix[i] = 255
			if i%4 < 3 && i/4%160 < 80 {
				img.Pix[i] = 0
			}
		}
		return img
	}
	b.Frame(half())
	seen := func() bool { return b.Desk().Subject.Picture.Pixels(task.Shape{32, 32, 3})[0] == 0 } // dark on the left
	if !seen() {
		t.Error("the rear camera's picture is turned around")
	}
	b.Set("class-lens", "front")
	b.Frame(half())
	if b.Rear || seen() || b.Leaf("class-mirrored").Value != "true" {
		t.Error("the front camera's picture is not as in a mirror")
	}
	b.Set("class-mirrored", "false")
	b.Frame(half())
	if !seen() {
		t.Error("it is turned around, and it was said not to")
	}
}

// TestLive says what the network makes of the camera's picture, if it knows the project's classes.
func TestLive(t *testing.T) {
	e := pets(20, 20, 20)
	b := opened(t, 1280, 800, false, e)
	b.Press("class-camera")
	b.Frame(frame(1))
	if b.Has("class-live-0") {
		t.Error("a network of other classes answers")
	}
	p := &e.List[0]
	p.Classes = nil
	for i, name := range b.Desk().Network.Task().Classes {
		p.Classes = append(p.Classes, task.ProjectClass{Name: name, Colour: i, Pictures: 20})
	}
	b.Says(e)
	b.Frame(frame(2))
	b.Until("it has answered", func() bool { return b.Has("class-live-2") })
	if b.Has("class-live-3") || b.Leaf("class-live-0").Value == "" {
		t.Error(b.Words())
	}
	b.Shot("classes-live")
}

// TestCameraHasCompany looks that the camera's button does not stand alone in a row.
func TestCameraHasCompany(t *testing.T) {
	for _, w := range []float64{320, 390, 768, 1024, 1280, 1440, 1920} {
		b := opened(t, w, 900, false, pets(5, 5, 5))
		camera, beside := b.Leaf("class-camera").Rect, 0
		for _, id := range []string{"project-bring", "project-folder", "class-keep"} {
			if b.Leaf(id).Rect.Y == camera.Y {
				beside++
			}
		}
		if beside == 0 {
			t.Errorf("%g units wide, the camera stands alone", w)
		}
	}
}

package data_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/app"
	"tenfold/wasm/ui/app/apptest"
	"tenfold/wasm/ui/widget"
)

// open opens the Data view with n test pictures whose classes go round.
func open(t *testing.T, w, h float64, dark bool, n int, own ...protocol.Labelled) *apptest.Browser {
	t.Helper()
	b := apptest.Open(t, w, h, dark)
	b.Press("view-data")
	b.Trains(n, own...)
	b.Album(n)
	return b
}

// says waits until the network has said what the enlarged picture is.
func says(b *apptest.Browser) {
	b.Helper()
	b.Until("the network says what it is", func() bool { return strings.Contains(b.Text("data-picture"), "network says") })
}

// shown are the pictures that are shown: "12 cat".
func shown(b *apptest.Browser) []string {
	b.Helper()
	return strings.Split(b.Leaf("data-shown").Value, ", ")
}

func TestDataView(t *testing.T) {
	b := open(t, 1280, 800, false, 50000)
	if s := b.Text("data-status"); !strings.Contains(s, "50,000 pictures of 32 × 32 pixels") || !strings.Contains(s, "16 drawn at random of all classes") {
		t.Errorf("%q", s)
	}
	if s := b.Text("data-class-cat"); s != "cat 5,000" {
		t.Errorf("%q", s)
	}
	first := shown(b)
	if len(first) != 16 {
		t.Errorf("%d pictures: %q", len(first), first)
	}
	b.Press("data-random")
	b.Album(50000)
	if slices.Equal(shown(b), first) {
		t.Error("after Shuffle the same pictures are shown")
	}
	b.Press("data-class-cat")
	b.Album(50000)
	for _, q := range shown(b) {
		if !strings.HasSuffix(q, " cat") {
			t.Errorf("a picture of: %s", q)
		}
	}
	if !b.Leaf("data-class-cat").Pressed || b.Leaf("data-class-any").Pressed || !strings.Contains(b.Text("data-status"), "16 drawn at random of the class cat") {
		t.Errorf("%q", b.Text("data-status"))
	}
	b.Press("data-next")
	b.Album(50000)
	says(b)
	if s := b.Text("data-picture"); !strings.Contains(s, ": cat. The network says") || strings.Count(s, "%") != 3 {
		t.Errorf("%q", s)
	}
	if s := b.Text("data-verdict"); !strings.HasPrefix(s, "Right: ") && !strings.HasPrefix(s, "× Wrong: ") || strings.HasPrefix(s, "Right") != (s == "Right: the network says cat.") {
		t.Errorf("%q", s)
	}
	var at int
	if _, err := fmt.Sscanf(shown(b)[1], "%d cat", &at); err != nil {
		t.Fatal(err)
	}
	b.Press("data-classify")
	d := b.Desk()
	if d.View != "classify" || d.Subject.Truth != "cat" || d.Pixels()[0] != apptest.Plain(at)[0] {
		t.Errorf("%s shows a %q", d.View, d.Subject.Truth)
	}
	b.Settled()
}

// TestDrawDiffersAfterLoading opens the page at two times: it draws other pictures, and at the
// same time the same.
func TestDrawDiffersAfterLoading(t *testing.T) {
	draw := func(wait time.Duration) []string {
		b := apptest.Open(t, 1280, 800, false)
		b.Later(wait)
		b.Press("view-data")
		b.Trains(1000)
		b.Album(1000)
		return shown(b)
	}
	one := draw(time.Second)
	if again := draw(time.Second); !slices.Equal(one, again) {
		t.Error("the draw does not depend on the clock alone")
	}
	if other := draw(2 * time.Second); slices.Equal(one, other) {
		t.Error("each visit shows the same pictures")
	}
}

// TestClassifyNeedsNoTrainer opens the page and looks at it: the worker that keeps the
// pictures, which is large, is not loaded for that.
func TestClassifyNeedsNoTrainer(t *testing.T) {
	b := apptest.Open(t, 1280, 800, false)
	b.Render()
	b.Twin()
	if slices.Contains(b.Called, "trainer") {
		t.Error("the worker that trains was started")
	}
}

// TestPixels looks at the pixels of the enlarged picture with a mouse and a finger.
func TestPixels(t *testing.T) {
	b := open(t, 1280, 800, false, 20)
	says(b)
	if s := b.Text("data-pixel"); !strings.Contains(s, "32 × 32 pixels") {
		t.Errorf("%q", s)
	}
	if s := b.Text("data-scaling"); s != "x/255 - 0.5 goes into the network" {
		t.Errorf("%q", s)
	}
	hover := func(x, y float64) {
		r := b.Leaf("data-picture").Rect
		b.Pointer(app.Pointer{ID: 9, Phase: app.Move, X: r.X + r.W*(x+0.5)/32, Y: r.Y + r.H*(y+0.5)/32})
	}
	hover(3, 5)
	px := apptest.Plain(number(t, current(b)))
	want := fmt.Sprintf("pixel 3, 5: red %d, green %d, blue %d", px[0], px[1], px[2])
	if s := b.Text("data-pixel"); s != want {
		t.Errorf("%q, want %q", s, want)
	}
	want = fmt.Sprintf("x/255 - 0.5 goes into the network: here %.2f, ", float64(px[0])/255-0.5)
	if s := b.Text("data-scaling"); !strings.HasPrefix(s, want) {
		t.Errorf("%q, want %q", s, want)
	}
	hover(31, 31)
	if s := b.Text("data-pixel"); !strings.HasPrefix(s, "pixel 31, 31: ") {
		t.Errorf("%q", s)
	}
	b.Leave()
	if s := b.Text("data-pixel"); strings.HasPrefix(s, "pixel") {
		t.Errorf("the pointer is gone: %q", s)
	}
	b.PressAt("data-picture", 0.01, 0.99)
	if s := b.Text("data-pixel"); !strings.HasPrefix(s, "pixel 0, 31: ") {
		t.Errorf("%q", s)
	}
}

// TestPixelsByKeyboard walks over the pixels of the enlarged picture: the document says the values
// of each.
func TestPixelsByKeyboard(t *testing.T) {
	b := open(t, 1280, 800, false, 20)
	says(b)
	f := b.Leaf("data-picture")
	if f.Steer == nil || !strings.Contains(f.Title, "arrow keys") || b.Leaf("data-pixel").Role != widget.RoleLive {
		t.Fatalf("%+v", f)
	}
	px := apptest.Plain(number(t, current(b)))
	press := func(want string, keys ...string) {
		t.Helper()
		for _, k := range keys {
			if !b.Steers("data-picture", k) {
				t.Errorf("%s does nothing", k)
			}
			b.Steer("data-picture", k)
		}
		want += fmt.Sprintf(": red %d, green %d, blue %d", px[0], px[1], px[2])
		if s := b.Text("data-pixel"); s != want {
			t.Errorf("after %v: %q, want %q", keys, s, want)
		}
	}
	press("pixel 16, 16", "ArrowUp") // begins in the middle
	press("pixel 17, 15", "ArrowUp", "ArrowRight")
	press("pixel 15, 17", "ArrowLeft", "ArrowLeft", "ArrowDown", "ArrowDown")
	for range 40 {
		b.Steer("data-picture", "ArrowLeft")
		b.Steer("data-picture", "ArrowDown")
	}
	press("pixel 0, 31", "ArrowLeft")
	if s := b.Text("data-scaling"); !strings.Contains(s, "here ") {
		t.Errorf("%q", s)
	}
	if b.Steers("data-picture", "x") || b.Steers("data-label", "ArrowUp") || b.Steers("", "ArrowUp") {
		t.Error("something else is steered")
	}
	before := current(b)
	b.Steer("data-picture", "x")
	b.Render()
	if current(b) != before {
		t.Error("the arrows go to another picture")
	}
}

// current is the ID of the cell whose picture is enlarged, with the picture's number.
func current(b *apptest.Browser) string {
	b.Helper()
	for _, q := range shown(b) {
		i, _, _ := strings.Cut(q, " ")
		if strings.HasPrefix(b.Text("data-picture"), "Picture "+i+" ") {
			return "data-cell-" + i
		}
	}
	b.Fatal("no picture that is shown is enlarged")
	return ""
}

// TestAsksOnce gives no answer, or one without a picture: nothing is asked in a loop.
func TestAsksOnce(t *testing.T) {
	b := apptest.Open(t, 1280, 800, false)
	b.Press("view-data")
	b.Trains(200)
	surveys, looks := 0, 0
	for range 30 {
		sent := b.Trained
		b.Trained = nil
		for _, m := range sent {
			c, err := protocol.DecodeCommand(m)
			if err != nil {
				t.Fatal(err)
			}
			switch c := c.(type) {
			case protocol.Survey:
				surveys++
				b.Says(protocol.Surveyed{What: c.What, Labels: make([]byte, 200)})
			case protocol.Look:
				looks++
				b.Says(protocol.Looked{What: c.What, Index: c.Index}) // without pictures
			}
		}
		b.Says(protocol.Notice{})
		b.Render()
	}
	if surveys != 1 || looks != 1 {
		t.Errorf("%d surveys and %d looks", surveys, looks)
	}
	b.Press("view-train")
	b.Press("view-data")
	if n := len(apptest.Asks[protocol.Look](b)); n != 1 {
		t.Errorf("back in the view it asks %d times", n)
	}
}

// TestWorkersDie ends each worker while it is waited for.
func TestWorkersDie(t *testing.T) {
	b := open(t, 1280, 800, false, 20)
	b.Deaf = true
	b.Press("data-next")
	b.Album(20)
	b.WorkerDied("test")
	says(b)
	b.TrainerDied("test")
	b.Render()
	b.Trains(20)
	b.Album(20)
	says(b)
	b.Settled()
}

// TestNetworkChanges asks the network that has come into use, and not one beside it.
func TestNetworkChanges(t *testing.T) {
	b := open(t, 1280, 800, false, 20)
	says(b)
	before := b.Text("data-picture")
	b.Desk().Use("last", apptest.Network(t, 7))
	b.Until("it is in use", func() bool { return b.Desk().Network.Using == "last" })
	says(b)
	b.Until("it is asked", func() bool {
		return b.Text("data-picture") != before && strings.Contains(b.Text("data-picture"), "says")
	})
}

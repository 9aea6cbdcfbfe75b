package data_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tenfold/nn/cifar10"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/app"
	"tenfold/wasm/ui/app/apptest"
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

// TestMyPictures looks at the person's own pictures, deletes one and puts it back.
func TestMyPictures(t *testing.T) {
	own := []protocol.Labelled{{Picture: apptest.Plain(0), Class: 0}, {Picture: apptest.Plain(1), Class: 1}}
	b := open(t, 1280, 800, false, 20, own...)
	if b.Has("data-remove") {
		t.Error("a test picture can be deleted")
	}
	b.Press("data-mine")
	b.Album(2)
	if s := b.Text("data-status"); !strings.HasSuffix(s, "; all 2 of all classes") {
		t.Errorf("%q", s)
	}
	b.Press("data-next")
	b.Album(2)
	var at int
	if _, err := fmt.Sscanf(b.Text("data-picture"), "Picture %d", &at); err != nil {
		t.Fatal(err)
	}
	b.Press("data-remove")
	if d := apptest.Asks[protocol.Drop](b); len(d) != 1 || d[0].Index != at {
		t.Errorf("%+v", d)
	}
	b.Do("data-remove")
	if d := apptest.Asks[protocol.Drop](b); len(d) != 0 {
		t.Error("a second press deletes another picture")
	}
	b.Trains(20, own[1-at])
	if !b.Has("data-picture") || b.Leaf("data-remove").Disabled == "" {
		t.Error("before it is known what is left, it is not shown what there was, or can be deleted")
	}
	if l := apptest.Asks[protocol.Look](b); len(l) != 0 {
		t.Errorf("pictures are asked for by the numbers of before: %+v", l)
	}
	b.Desk().Library.Forget()
	b.Says(protocol.Notice{})
	b.Album(1)
	if s := b.Text("data-picture"); !strings.HasPrefix(s, "Picture 0 ") {
		t.Errorf("the one that is left is not enlarged: %q", s)
	}
	b.Press("data-restore")
	if a := apptest.Asks[protocol.Add](b); len(a) != 1 || a[0].Class != at || !slices.Equal(a[0].Picture, own[at].Picture) {
		t.Errorf("%d pictures are put back", len(a))
	}
	if b.Has("data-restore") {
		t.Error("it can be put back twice")
	}
	b.Trains(20, own...)
	b.Album(2)
	b.Press("data-remove")
	b.Says(protocol.Failed{Message: "no"})
	if b.Leaf("data-remove").Disabled != "" {
		t.Error("after an error no picture can be deleted")
	}
	b.Press("data-remove")
	b.Trains(20)
	if !b.Has("data-restore") {
		t.Error("the last one cannot be put back")
	}
}

// TestEmptyData has no pictures: it is said what will be there, and what brings it is here.
func TestEmptyData(t *testing.T) {
	b := open(t, 1280, 800, false, 0)
	if s := b.Text("data-status"); !strings.Contains(s, "none here yet") {
		t.Errorf("%q", s)
	}
	if s := b.Text("train-fetch-test"); !strings.Contains(s, "30.7 MB") {
		t.Errorf("%q", s)
	}
	b.Press("data-bring")
	if b.Desk().View != "data" || !slices.Contains(b.Called, "choose data") {
		t.Error("the button does not open the file chooser")
	}
	b.Press("data-train")
	b.Press("train-fetch-train")
	if f := apptest.Asks[protocol.Fetch](b); len(f) != 1 || !slices.Equal(f[0].Names, task.TrainFiles) {
		t.Errorf("%+v", f)
	}
	b.Says(protocol.Stored{Task: cifar10.Task, Coming: "data_batch_1.bin", Done: 12340000, Total: 30730000})
	if s := b.Text("data-coming"); !strings.Contains(s, "12.3 MB of 30.7 MB") || b.Leaf("data-coming").Share < 0.4 || b.Leaf("data-coming").Share > 0.41 {
		t.Errorf("%q", s)
	}
	if b.Has("data-bring") || b.Has("train-fetch-test") {
		t.Error("another file can be chosen while one is read")
	}
	b.Says(protocol.Stored{Task: cifar10.Task, Coming: "data_batch_1.bin", Done: 12340000})
	if s := b.Text("data-coming"); !strings.Contains(s, "12.3 MB so far") {
		t.Errorf("%q", s)
	}
	b.Says(protocol.Stored{Task: cifar10.Task})
	b.Desk().Library.Run.Active = true
	b.Says(protocol.Notice{})
	if why := b.Leaf("data-bring").Disabled; why == "" || !strings.Contains(b.Words(), ": "+why) {
		t.Errorf("while a run goes on it is not said why nothing can be brought: %q", why)
	}
	b.Desk().Library.Run.Active = false
	b.Press("data-mine")
	if s := b.Text("data-empty"); !strings.Contains(s, "Your own pictures") || b.Has("data-bring") {
		t.Errorf("%q", s)
	}
	b.Press("data-draw")
	if b.Desk().View != "classify" {
		t.Error("the button does not lead to Classify")
	}
	b.Trains(20)
	b.Press("view-data")
	b.Press("data-test")
	b.Album(20)
	if s := b.Text("data-status"); !strings.Contains(s, "20 pictures") {
		t.Errorf("what was brought is not seen: %q", s)
	}
	b.Desk().Library.Served = false
	b.Press("data-train")
	if b.Has("train-fetch-train") || !strings.Contains(b.Words(), "server does not have them") {
		t.Error("it is not said that the server has none")
	}
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

package classify_test

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"slices"
	"strings"
	"testing"
	"time"

	"tenfold/nn/cifar10"
	"tenfold/nn/model"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/app"
	"tenfold/wasm/ui/app/apptest"
	"tenfold/wasm/ui/network"
	"tenfold/wasm/ui/pad"
	"tenfold/wasm/ui/subject"
)

func TestDrawingChangesTheAnswer(t *testing.T) {
	b := apptest.Open(t, 1280, 800, false)
	before, prediction := pixels(b), b.Twin().Prediction
	b.Stroke(1, on(b, 0.2, 0.4, 0.6, 0.6, 0.7, 0.2)...)
	b.Settled()
	if bytes.Equal(before, pixels(b)) || b.Twin().Prediction == prediction {
		t.Error("a stroke changed nothing")
	}
	if c := b.Desk().Subject.Pad.Image.RGBAAt(600, 20); c != pad.Paper {
		t.Errorf("the opening sample did not make room: %v", c)
	}
	b.Key("ctrl+z") // the stroke
	b.Key("ctrl+z") // the sample's making room
	b.Settled()
	if !bytes.Equal(before, pixels(b)) || b.Twin().Prediction != prediction {
		t.Error("undo did not bring the sample back")
	}
	b.Key("ctrl+shift+z")
	b.Do("redo")
	b.Settled()
	if bytes.Equal(before, pixels(b)) {
		t.Error("redo changed nothing")
	}
}

// TestNewestPictureWins draws on while an answer is under way.
func TestNewestPictureWins(t *testing.T) {
	b := apptest.Open(t, 1280, 800, false)
	first := b.Answers()
	point(b, 1, app.Down, 0.1, 0.5)
	for i := range 50 {
		point(b, 1, app.Move, 0.1+float64(i)*0.01, 0.5)
		b.Tick(b.Now())
	}
	point(b, 1, app.Up, 0.59, 0.5)
	b.Settled()
	if n := b.Answers() - first; n != 2 {
		t.Errorf("%d answers to one stroke, want those to the first and the newest picture", n)
	}
}

// TestEmpty clears the pad: there is no answer, and the page says what to do.
func TestEmpty(t *testing.T) {
	b := apptest.Open(t, 1280, 800, false)
	if b.Has("answer-empty") || b.Text("answer-class") == "Draw something" || !b.Has("label-ship") {
		t.Fatalf("opened with a drawing, the page says\n%s", b.Words())
	}
	b.Key("Delete")
	b.Settled()
	if b.Text("answer-class") != "Draw something" || !b.Has("answer-empty") || b.Has("label-ship") || b.Has("answer-share") || b.Text("pad") != "Drawing pad Empty" {
		t.Errorf("with an empty pad the page says\n%s", b.Words())
	}
	if why := b.Leaf("clear").Disabled; why == "" {
		t.Error("an empty pad can be cleared")
	}
	b.Key("ctrl+z")
	b.Settled()
	if !b.Has("label-ship") {
		t.Error("there is no answer to what was brought back")
	}
}

// TestTools uses everything, by button, by key and by pointer.
func TestTools(t *testing.T) {
	b := apptest.Open(t, 1280, 800, false)
	s := b.Desk().Subject
	asked := func(what string) func() bool { return func() bool { return slices.Contains(b.Called, what) } }
	for _, c := range []struct {
		do, key string
		want    func() bool
	}{
		{"brush-large", "3", func() bool { return s.Width == subject.Brushes[2] }},
		{"eraser", "e", func() bool { return s.Ink() == pad.Paper }},
		{"colour-red", "", func() bool { return s.Ink() == color.RGBA{200, 40, 40, 255} }},
		{"fill", "f", func() bool { return s.Tool == subject.Fill }},
		{"brush-small", "1", func() bool { return s.Tool == subject.Brush && s.Width == subject.Brushes[0] }},
		{"brush-medium", "2", func() bool { return s.Width == subject.Brushes[1] }},
		{"colour-any", "", asked("colour")},
		{"choose", "u", asked("choose")},
		{"paste", "", asked("paste")},
		{"camera", "c", asked("camera")},
		{"random", "r", asked("random")},
		{"sample", "s", func() bool { return s.Sample == (subject.OpeningSample+1)%len(pad.Samples) }},
		{"clear", "Delete", func() bool { return s.Empty() }},
	} {
		if got := b.Leaf(c.do).Key; got != c.key {
			t.Errorf("the key of %s is %q", c.do, got)
		}
		if b.Press(c.do); !c.want() {
			t.Errorf("%s did nothing", c.do)
		}
	}
	frame := image.NewRGBA(image.Rect(0, 0, 32, 32))
	b.Do("camera")
	b.Do("sample")
	if b.Frame(frame); s.Mode != subject.Drawing {
		t.Error("the camera came after one had gone back to the drawing")
	}
	b.Do("camera")
	b.Frame(frame)
	if b.Leaf("camera").Disabled == "" {
		t.Error("the camera can be started twice")
	}
	b.Key("Enter")
	if s.Mode != subject.Showing || !slices.Contains(b.Called, "stop camera") {
		t.Error("the photo was not taken")
	}
	b.Do("draw")
	b.Do("camera")
	s.Stroke(pad.Point{X: 0.2, Y: 0.2})
	s.EndStroke(false)
	if b.Frame(frame); s.Mode != subject.Drawing {
		t.Error("the camera came after a stroke was begun")
	}
	b.Do("camera")
	b.Frame(frame)
	b.Called = nil
	if b.Do("view-train"); s.Mode != subject.Showing || !slices.Contains(b.Called, "stop camera") {
		t.Error("the camera stays on in another view, or its picture is lost")
	}
	b.Do("view-classify")
	for key, want := range map[string]string{"+": "zoom-in", "-": "zoom-out", "w": "fit", "q": "crop", "d": "draw", "=": "zoom-in"} {
		if !b.HasKey(key) {
			t.Errorf("%q does not mean %s", key, want)
		}
	}
	b.ShowTest(cifar10.Task, make([]byte, 3072), 3)
	b.Settled()
	if !strings.Contains(b.Text("hint"), "cat") || !strings.Contains(b.Twin().Details, "of the class cat") {
		t.Errorf("a test picture's class is not told: %q", b.Text("hint"))
	}
	b.ShowTest(cifar10.Task, nil, 3)
	if b.Desk().Message == "" {
		t.Error("an empty test picture was taken")
	}
	b.Do("close")
	if b.Press("sample-cat"); s.Sample != 3 || s.Mode != subject.Drawing {
		t.Errorf("sample %d", s.Sample)
	}
	b.Settled()
	b.Do("fill")
	b.Do("colour-green")
	b.Stroke(1, on(b, 0.02, 0.02)...)
	if c := s.Pad.Image.RGBAAt(10, 10); c != (color.RGBA{70, 130, 60, 255}) {
		t.Errorf("filled with green the corner is %v", c)
	}
	was := b.Answers()
	if b.Settled(); b.Answers() == was {
		t.Error("what was filled is not asked about")
	}
	b.Desk().Library.Served = nil
	b.Do("theme")
	if b.Has("random") {
		t.Error("there are random pictures without a server that has them")
	}
}

func TestBarsGlide(t *testing.T) {
	b := apptest.Open(t, 1280, 800, false)
	b.Desk().Calm = false
	b.Later(time.Second)
	for b.Later(time.Second) == 0 {
	}
	painted := func() any {
		for _, p := range b.Panels() {
			if strings.HasSuffix(p.Name, " answer") {
				return p.Key
			}
		}
		return nil
	}
	b.Do("sample")
	b.Settled()
	start := painted()
	if b.Later(60*time.Millisecond) != 0 {
		t.Error("half of the time on, the bars rest")
	}
	half := painted()
	if b.Later(60*time.Millisecond) != 0 {
		t.Error("the end is not shown")
	}
	end := painted()
	if half == start || end == half || painted() == nil {
		t.Error("the bars have not moved, or have arrived at once")
	}
	if b.Later(0) != app.Forever || painted() != end {
		t.Error("the bars have not arrived")
	}
}

func TestTheAnswerInWords(t *testing.T) {
	b := apptest.Open(t, 1280, 800, false)
	n := b.Desk().Network
	say := func(ship float64) {
		n.Probs, n.Millis = []float64{0.05, 0, 0, 0, 0, 0, 0, 0, ship, 0.011}, 1.3
		b.Resize(1280, 801, 1) // lays it out
		b.Resize(1280, 800, 1)
	}
	say(0.912)
	if w := b.Twin(); w.Prediction != "ship 91.2%, airplane 5.0%, truck 1.1%" || !strings.HasPrefix(w.Details, "very sure. 1.3 ms in your browser. Tutorial CNN, test accuracy 77.0%") {
		t.Errorf("%+v", w)
	}
	for id, want := range map[string]string{
		"answer-class": "ship", "answer-share": "91.2%", "answer-sure": "very sure", "answer-timing": "1.3 ms in your browser. Nothing leaves your computer.",
		"label-truck": "truck 1.1%", "answer-wrong": "Wrong? Click the correct class to save it as an example.",
		"answer-honest": "It knows only these ten classes and always picks one, even if none of them fits. It was trained on small photographs, so drawings can mislead it.",
		"intro":         "Draw or upload a picture; a small neural network, running in your browser, guesses which of ten things it is.",
		"sees-size":     "32 × 32 pixels, three colours each", "sees-formula": "A value x from 0 to 255 goes in as x/255 - 0.5.",
		"network-1": "19 layers, 1,084,234 parameters", "network-2": "Test accuracy 77.0% (10,000 pictures)",
	} {
		if got := b.Text(id); got != want {
			t.Errorf("%s says %q, want %q", id, got, want)
		}
	}
	for p, want := range map[float64]string{0.89: "fairly sure", 0.6: "fairly sure", 0.5: "not sure"} {
		if say(p); b.Text("answer-sure") != want {
			t.Errorf("at %g: %q", p, b.Text("answer-sure"))
		}
	}
	if say(1); b.Text("answer-share") != ">99.9%" || b.Text("label-ship") != "ship >99.9%" {
		t.Errorf("%q", b.Text("label-ship"))
	}
}

// TestMarks compares with the pretrained network, and goes back.
func TestMarks(t *testing.T) {
	b := apptest.Open(t, 1280, 800, false)
	if b.Has("answer-marks") {
		t.Error("there are marks without another network")
	}
	shipped := slices.Clone(b.Probs())
	tune(b)
	if s := b.Text("answer-marks"); !strings.HasPrefix(s, "Black marks: pretrained Tutorial CNN (") || !slices.Equal(b.Desk().Network.Beside, shipped) {
		t.Errorf("%q", s)
	}
	if d := b.Twin().Details; !strings.Contains(d, "Pretrained Tutorial CNN: ") {
		t.Errorf("details %q", d)
	}
	if b.Do("theme"); !strings.HasPrefix(b.Text("answer-marks"), "White marks") {
		t.Error("in the dark the marks are said to be black")
	}
	b.Set("network", network.Opening)
	b.Until("the pretrained network is back", func() bool { return b.Desk().Network.Using == network.Opening && b.Desk().Network.Settled() })
	if b.Has("answer-marks") {
		t.Error("there are marks still")
	}
}

func TestLabelsAndTeaching(t *testing.T) {
	b := apptest.Open(t, 1280, 800, false)
	b.Trains(10000, protocol.Labelled{Picture: make([]byte, cifar10.Task.Pixels()), Class: 2})
	b.Press("label-cat")
	add, ok := b.Asked().(protocol.Add)
	if !ok || add.Class != 3 || !bytes.Equal(add.Picture, pixels(b)) || b.Desk().View != "classify" {
		t.Errorf("%T of class %d", b.Asked(), add.Class)
	}
	if s := b.Twin().Status; s != `Saved as "cat" (2 pictures). Press Teach to train on them.` {
		t.Errorf("status %q", s)
	}
	b.Do("close")
	b.Press("teach")
	teach, ok := b.Asked().(protocol.Teach)
	if !ok || !bytes.Equal(teach.Model, b.NetworkFile()) || b.Leaf("teach").Disabled == "" {
		t.Errorf("%T", b.Asked())
	}
	b.Says(protocol.Failed{ID: teach.ID, Message: "no room"})
	if s := b.Twin().Status; !strings.HasPrefix(s, "No room") || b.Leaf("teach").Disabled != "" {
		t.Errorf("status %q", s)
	}
	b.Do("close")
	b.Press("teach")
	teach = b.Asked().(protocol.Teach)
	b.Says(protocol.Taught{ID: teach.ID, Pictures: 5, Before: 1, After: 5, Others: 2000, OthersBefore: 1542, OthersAfter: 1540})
	const want = "5 of 5 of your pictures are now right (1 before). On 2,000 other pictures: 77.1% before, 77.0% after."
	if s := b.Twin().Status; s != want || b.Text("taught") != want {
		t.Errorf("status %q, text %q", s, b.Text("taught"))
	}
	b.Says(protocol.Stored{Task: cifar10.Task, Test: 10000})
	if b.Has("teach") {
		t.Error("there is something to teach without own pictures")
	}
}

// TestKeepsWhatWasOnThePad restores in a new page the drawing, the tool and the picture.
func TestKeepsWhatWasOnThePad(t *testing.T) {
	b := apptest.Open(t, 1280, 800, false)
	b.Do("clear")
	b.Stroke(1, on(b, 0.2, 0.3, 0.6, 0.7)...)
	b.Do("colour-red")
	b.Do("brush-large")
	b.Show(image.NewRGBA(image.Rect(0, 0, 60, 40)), "a picture")
	b.Do("zoom-in")
	kept := keptOf(t, b)
	c := apptest.Open(t, 1280, 800, false)
	c.BringBack("by the test", kept, b.DrawingPixels(), b.Desk().Subject.Picture.Image.Pix, nil, false)
	c.Settled()
	if c.Text("pad") != "Drawing pad Picture: a picture" || !bytes.Equal(pixels(b), pixels(c)) {
		t.Errorf("the pad is %q", c.Text("pad"))
	}
	b.Do("draw")
	c.Do("draw")
	if !bytes.Equal(pixels(b), pixels(c)) || !c.Leaf("brush-large").Pressed || !c.Leaf("colour-red").Pressed {
		t.Error("the drawing or the tool is another")
	}
	if c.Do("undo"); bytes.Equal(pixels(b), pixels(c)) {
		t.Error("what was brought back cannot be taken back")
	}
}

// TestNoneOfThese classifies with a network that knows when it knows nothing: a mild word next
// to the bars says so, as long as the probabilities are its own.
func TestNoneOfThese(t *testing.T) {
	m := model.Tutorial()
	if err := m.Init(1); err != nil {
		t.Fatal(err)
	}
	m.Doubt = 0.9
	b := apptest.OpenWith(t, 1280, 800, false, apptest.File32(t, m), map[string]string{})
	if s := b.Text("answer-sure"); s != "none of these?" {
		t.Errorf("it is %q", s)
	}
	if s := b.Text("answer-none"); s != "This doesn't look like any of the ten classes." || !strings.Contains(b.Twin().Details, s) {
		t.Errorf("%q; details %q", s, b.Twin().Details)
	}
	b.Leaf("label-cat") // the bars stay
	b.Shot("classify-none")
	if err := errors.Join(b.Desk().Network.Temper(2), b.Desk().Network.Again()); err != nil {
		t.Fatal(err)
	}
	b.Settled()
	if b.Has("answer-none") {
		t.Error("it is said at a temperature that the doubt does not belong to")
	}
	if err := b.Desk().Network.Temper(0); err != nil {
		t.Fatal(err)
	}
	m.Doubt = 0.01
	b.Desk().Use(task.Given, apptest.File32(t, m))
	b.Until("another is in use", func() bool { return b.Desk().Network.Using == task.Given })
	if b.Has("answer-none") || b.Text("answer-sure") != "not sure" {
		t.Errorf("without a doubt it is %q", b.Text("answer-sure"))
	}
}

package page

import (
	"bytes"
	"context"
	"flag"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tenfold/nn/checkpoint"
	"tenfold/nn/cifar10"
	"tenfold/nn/model"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/session"
	"tenfold/wasm/ui/pad"
	"tenfold/wasm/ui/paint"
)

// browser is the page's host in tests: it carries messages to a real session.
type browser struct {
	testing.TB
	page     *Page
	session  *session.Session
	events   chan []byte
	stop     context.CancelFunc
	restarts int
	deaf     bool // drops what the page sends
	called   []string

	trained   [][]byte // what the page has sent to the worker that trains
	downloads []download
	kept      []byte // the picture that a new version comes back to
	run       bool   // and whether to a run
	copied    string
	hash      string
	awake     bool
}

type download struct {
	name    string
	content []byte
}

func (b *browser) Send(m []byte) {
	if !b.deaf {
		b.session.Post(m)
	}
}

func (b *browser) Restart() {
	b.restarts++
	b.deaf = false
	b.start()
}

func (b *browser) start() {
	if b.stop != nil {
		b.stop()
	}
	events := make(chan []byte, 64)
	b.events = events
	b.session = session.New(func(e protocol.Event) {
		m, err := protocol.Encode(e)
		if err != nil {
			panic(err)
		}
		events <- m
	}, func() {})
	ctx, cancel := context.WithCancel(context.Background())
	b.stop = cancel
	go b.session.Run(ctx)
}

func (b *browser) ChooseFile()          { b.called = append(b.called, "choose") }
func (b *browser) Paste()               { b.called = append(b.called, "paste") }
func (b *browser) StartCamera()         { b.called = append(b.called, "camera") }
func (b *browser) StopCamera()          { b.called = append(b.called, "stop camera") }
func (b *browser) PickColor(color.RGBA) { b.called = append(b.called, "colour") }
func (b *browser) RandomPicture()       { b.called = append(b.called, "random") }
func (b *browser) SaveTheme(dark bool)  { b.called = append(b.called, "theme") }
func (b *browser) Examine()             { b.called = append(b.called, "examine") }
func (b *browser) Copy(text string)     { b.copied = text }
func (b *browser) KeepAll()             { b.called = append(b.called, "keep all") }
func (b *browser) TakeUpdate(p []byte, run bool) {
	b.called, b.kept, b.run = append(b.called, "update"), p, run
}

func (b *browser) StartTrainer()        { b.called = append(b.called, "trainer") }
func (b *browser) SendTrainer(m []byte) { b.trained = append(b.trained, m) }
func (b *browser) ChooseData()          { b.called = append(b.called, "choose data") }
func (b *browser) Download(name, _ string, c []byte) {
	b.downloads = append(b.downloads, download{name, c})
}
func (b *browser) SetAddress(hash string) { b.hash = hash }
func (b *browser) Awake(on bool)          { b.awake = on }
func (b *browser) Persist()               { b.called = append(b.called, "persist") }

// answer waits until the page has the answer to its newest picture.
func (b *browser) answer() {
	b.Helper()
	b.page.refresh()
	for deadline := time.After(20 * time.Second); b.page.answers == 0 || b.page.link.awaiting || b.page.link.waiting; {
		select {
		case m := <-b.events:
			b.page.Message(m, b.page.now)
		case <-deadline:
			b.Fatalf("no answer; status %q", b.page.Twin().Status)
		}
	}
}

// testModel is a model file: the tutorial's network with random weights.
func testModel(t testing.TB) []byte { return modelFile(t, 1) }

// otherModel is another one.
func otherModel(t testing.TB) []byte { return modelFile(t, 2) }

func modelFile(t testing.TB, seed uint64) []byte {
	t.Helper()
	m := model.Tutorial()
	if err := m.Init(seed); err != nil {
		t.Fatal(err)
	}
	m.Measured = []task.Measurement{{On: task.TestSet, Pictures: 10000, Metrics: task.Metrics{Accuracy: 0.77}}}
	f, err := m.File()
	if err != nil {
		t.Fatal(err)
	}
	b, err := f.Encode(checkpoint.F16)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// newPage returns a page of w x h that has its first answer.
func newPage(t testing.TB, w, h float64, dark bool) (*Page, *browser) {
	t.Helper()
	b := &browser{TB: t}
	b.start()
	t.Cleanup(func() { b.stop() })
	p := New(b, testModel(t), dark, true, true)
	b.page = p
	p.Resize(w, h, 1)
	p.Tick(time.Unix(0, 0))
	b.answer()
	p.link.loaded.Name = "Tutorial CNN"
	p.millis = 1.3
	p.Tick(time.Unix(1, 0))
	return p, b
}

// render paints the whole page.
func render(p *Page) *image.RGBA {
	all := paint.NewCanvas(p.w, p.h, p.Scale())
	all.Clear(p.Background())
	for _, panel := range p.Panels() {
		c := paint.NewCanvas(panel.Rect.W, panel.Rect.H, p.Scale())
		panel.Paint(c)
		at := image.Pt(int(panel.Rect.X*p.Scale()+0.5), int(panel.Rect.Y*p.Scale()+0.5))
		draw.Draw(all.Image, c.Image.Rect.Add(at), c.Image, image.Point{}, draw.Over)
	}
	return all.Image
}

// update writes the golden pictures anew: go test ./wasm/ui/page -update. Look at
// them before they are committed.
var update = flag.Bool("update", false, "write the golden pictures anew")

// TestLooks compares whole pages with golden pictures.
func TestLooks(t *testing.T) {
	answer := []float64{0.004, 0.011, 0.002, 0.001, 0.003, 0.001, 0.002, 0.003, 0.912, 0.061}
	for _, c := range []struct {
		name string
		w, h float64
		dark bool
		set  func(p *Page)
	}{
		{"laptop-light", 1280, 800, false, func(*Page) {}},
		{"laptop-dark-picture", 1280, 800, true, func(p *Page) {
			img := image.NewRGBA(image.Rect(0, 0, 300, 200))
			for i := range img.Pix {
				img.Pix[i] = []byte{byte(i / 4 % 300 / 2), byte(i / 1200), 160, 255}[i%4]
			}
			p.Show(img, "a picture")
			p.picture.Fit()
			p.cropped()
		}},
		{"phone-light", 360, 740, false, func(p *Page) { p.Problem("This file is not a picture the browser can open. Try a JPEG or PNG.") }},
		{"phone-dark-scrolled", 360, 740, true, func(p *Page) { p.Wheel(10, 700, 620) }},
		{"tablet-light", 768, 1024, false, func(*Page) {}},
		{"train-laptop-light", 1280, 800, false, func(p *Page) { p.Do("view-train"); busy(p) }},
		{"train-laptop-dark-empty", 1280, 800, true, func(p *Page) { p.Do("view-train") }},
		{"train-phone-light", 360, 740, false, func(p *Page) { p.Do("view-train"); busy(p) }},
		{"about-laptop-light", 1280, 800, false, func(p *Page) { p.Do("diagnosis"); p.Examined(plainBrowser) }},
		{"about-phone-dark", 360, 740, true, func(p *Page) { p.Do("diagnosis"); p.Examined(goodBrowser) }},
		{"present-laptop-light", 1280, 800, false, func(p *Page) { p.Do("present") }},
		{"present-laptop-dark-tuned", 1280, 800, true, func(p *Page) { p.Do("present"); p.use("best", otherModel(t)) }},
		{"train-phone-dark-scrolled", 360, 740, true, func(p *Page) { p.Do("view-train"); busy(p); p.Panels(); p.Wheel(10, 700, 1500) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, b := newPage(t, c.w, c.h, c.dark)
			p.Panels()
			c.set(p)
			b.answer()
			b.until("what was offered is in use", func() bool { return len(p.link.offers) == 0 })
			for p.train.using != task.Shipped && !p.compare { // until the second network has answered too
				p.again()
				b.answer()
			}
			p.probs, p.shown, p.before, p.millis = answer, answer, []float64{0.03, 0.02, 0, 0, 0, 0, 0, 0, 0.21, 0.74}, 1.3
			compareGolden(t, render(p), filepath.Join("testdata", c.name+".png"))
		})
	}
	for _, c := range []struct {
		name, page string
		w, h       float64
		dark       bool
	}{
		{"data-laptop-light", "data", 1280, 800, false}, {"data-all-laptop-dark", "data-all", 1280, 800, true}, {"data-phone-dark", "data", 360, 740, true},
		{"data-laptop-empty", "data-empty", 1280, 800, false},
		{"evaluate-laptop-light", "evaluate", 1280, 800, false}, {"evaluate-phone-light", "evaluate", 360, 740, false}, {"evaluate-laptop-dark-empty", "evaluate-empty", 1280, 800, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, _ := lookPages[c.page](t, c.w, c.h, c.dark)
			compareGolden(t, render(p), filepath.Join("testdata", c.name+".png"))
		})
	}
}

// compareGolden compares with a picture file. A few levels of difference come from
// processors that fuse a multiplication with an addition.
func compareGolden(t *testing.T, got *image.RGBA, path string) {
	t.Helper()
	if *update {
		save(t, got, path)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	want, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	if want.Bounds() != got.Bounds() {
		t.Fatalf("%v, want %v", got.Bounds(), want.Bounds())
	}
	far := 0
	for i := 0; i < len(got.Pix); i += 4 {
		x, y := i/4%got.Rect.Dx(), i/4/got.Rect.Dx()
		r, g, b, _ := want.At(x, y).RGBA()
		d := func(a byte, b uint32) int { return max(int(a)-int(b>>8), int(b>>8)-int(a)) }
		if max(d(got.Pix[i], r), d(got.Pix[i+1], g), d(got.Pix[i+2], b)) > 8 {
			far++
		}
	}
	if far > 20 {
		now := filepath.Join("..", "..", "..", "artifacts", "now-"+filepath.Base(path))
		save(t, got, now)
		t.Errorf("%d pixels differ from %s; see %s", far, path, now)
	}
}

func save(t *testing.T, img image.Image, path string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
}

// stroke draws with a pointer, in CSS pixels.
func stroke(p *Page, id int, pts ...[2]float64) {
	for i, q := range pts {
		phase := Move
		if i == 0 {
			phase = Down
		}
		p.Pointer(Pointer{ID: id, Phase: phase, X: q[0], Y: q[1]})
	}
	last := pts[len(pts)-1]
	p.Pointer(Pointer{ID: id, Phase: Up, X: last[0], Y: last[1]})
}

func TestDrawingChangesTheAnswer(t *testing.T) {
	p, b := newPage(t, 1280, 800, false)
	before, prediction := append([]byte{}, p.Pixels()...), p.Twin().Prediction
	stroke(p, 1, [2]float64{100, 300}, [2]float64{300, 400}, [2]float64{350, 200})
	b.answer()
	if bytes.Equal(before, p.Pixels()) || p.Twin().Prediction == prediction {
		t.Error("a stroke changed nothing")
	}
	if c := p.pad.Image.RGBAAt(600, 20); c != pad.Paper {
		t.Errorf("the opening sample did not make room: %v", c)
	}
	p.Key("ctrl+z") // the stroke
	p.Key("ctrl+z") // the sample's making room
	b.answer()
	if !bytes.Equal(before, p.Pixels()) || p.Twin().Prediction != prediction {
		t.Error("undo did not bring the sample back")
	}
	p.Key("ctrl+Z")
	p.Do("redo")
	b.answer()
	if bytes.Equal(before, p.Pixels()) {
		t.Error("redo changed nothing")
	}
}

// TestNewestPictureWins draws on while an answer is under way.
func TestNewestPictureWins(t *testing.T) {
	p, b := newPage(t, 1280, 800, false)
	first := p.link.id
	p.Pointer(Pointer{ID: 1, Phase: Down, X: 100, Y: 300})
	for i := range 50 {
		p.Pointer(Pointer{ID: 1, Phase: Move, X: 100 + float64(i)*5, Y: 300})
		p.Tick(p.now)
	}
	p.Pointer(Pointer{ID: 1, Phase: Up, X: 345, Y: 300})
	b.answer()
	if n := p.link.id - first; n != 2 {
		t.Errorf("%d pictures were sent for one stroke, want the first and the newest", n)
	}
	old, err := protocol.Encode(protocol.Classified{ID: first, Probs: make([]float32, 10)})
	if err != nil {
		t.Fatal(err)
	}
	probs := p.Probs()
	p.Message(old, p.now)
	if !slices.Equal(p.Probs(), probs) {
		t.Error("the answer to an old picture was taken")
	}
}

// TestADeadWorkerIsBroughtBack loses a question, and waits.
func TestADeadWorkerIsBroughtBack(t *testing.T) {
	p, b := newPage(t, 1280, 800, false)
	b.deaf = true
	stroke(p, 1, [2]float64{100, 300}, [2]float64{300, 400})
	p.Tick(p.now)
	pixels := append([]byte{}, p.Pixels()...)
	if wait := p.Tick(p.now.Add(patience / 2)); b.restarts != 0 || wait > patience {
		t.Fatal("restarted too soon")
	}
	p.Tick(p.now.Add(patience))
	if s := p.Twin().Status; b.restarts != 1 || !strings.Contains(s, "started again") {
		t.Fatalf("%d restarts, status %q", b.restarts, s)
	}
	b.answer()
	if !bytes.Equal(pixels, p.Pixels()) || p.Twin().Status != "Ready." {
		t.Errorf("status %q", p.Twin().Status)
	}
	p.WorkerDied("killed")
	b.answer()
	for range maxRestarts + 1 {
		p.WorkerDied("no memory")
	}
	if s := p.Twin().Status; !strings.Contains(s, "reload the page") || b.restarts != 2+maxRestarts {
		t.Errorf("after %d restarts the status is %q", b.restarts, s)
	}
}

func TestPictureIsMovedAndZoomed(t *testing.T) {
	p, b := newPage(t, 1280, 800, false)
	img := image.NewRGBA(image.Rect(0, 0, 200, 100))
	draw.Draw(img, image.Rect(0, 0, 100, 100), image.NewUniform(color.RGBA{255, 0, 0, 255}), image.Point{}, draw.Src)
	draw.Draw(img, image.Rect(100, 0, 200, 100), image.NewUniform(color.RGBA{0, 0, 255, 255}), image.Point{}, draw.Src)
	p.Show(img, "two halves")
	b.answer()
	left := func() []byte { return p.Pixels()[:3] }
	right := func() []byte { return p.Pixels()[31*3 : 32*3] }
	if !bytes.Equal(left(), []byte{255, 0, 0}) || !bytes.Equal(right(), []byte{0, 0, 255}) {
		t.Fatalf("the middle square begins %v and ends %v", left(), right())
	}
	stroke(p, 1, [2]float64{100, 300}, [2]float64{800, 300}) // to the right: the left part comes into sight
	if !bytes.Equal(right(), []byte{255, 0, 0}) {
		t.Errorf("moved, it ends %v", right())
	}
	p.Do("fit")
	if grey := byte(128); !bytes.Equal(left(), []byte{grey, grey, grey}) {
		t.Errorf("whole, it begins %v", left())
	}
	p.Do("crop")
	for range 30 {
		p.Wheel(300, 300, -500)
	}
	if p.picture.Side < 7.9 || p.picture.Side > 8.1 {
		t.Errorf("zoomed in to %g pixels", p.picture.Side)
	}
	p.Do("draw")
	b.answer()
	if p.mode != Drawing || p.pad.Empty() {
		t.Error("the drawing is gone")
	}
}

// TestTwoFingersZoom pinches a picture, and does not draw with two fingers.
func TestTwoFingersZoom(t *testing.T) {
	p, _ := newPage(t, 360, 740, false)
	marks := p.pad.Revision()
	p.Pointer(Pointer{ID: 1, Phase: Down, X: 100, Y: 300})
	p.Pointer(Pointer{ID: 2, Phase: Down, X: 200, Y: 300})
	p.Pointer(Pointer{ID: 2, Phase: Up, X: 200, Y: 300})
	p.Pointer(Pointer{ID: 1, Phase: Up, X: 100, Y: 300})
	if p.pad.Revision() == marks {
		t.Fatal("the first finger drew nothing")
	}
	p.Show(image.NewRGBA(image.Rect(0, 0, 400, 400)), "x")
	p.Pointer(Pointer{ID: 1, Phase: Down, X: 150, Y: 300})
	p.Pointer(Pointer{ID: 2, Phase: Down, X: 210, Y: 300})
	p.Pointer(Pointer{ID: 2, Phase: Move, X: 270, Y: 300})
	if got := p.picture.Side; math.Abs(got-200) > 1 {
		t.Errorf("pinched to twice the size, the square is %g pixels of 400", got)
	}
}

// TestActions does everything that can be done, by button, by key and by pointer.
func TestActions(t *testing.T) {
	p, b := newPage(t, 1280, 800, false)
	ids := map[string]bool{}
	for _, a := range actions {
		if ids[a.ID] || a.Label == "" || a.Icon != "" && paint.Icons[a.Icon] == nil {
			t.Errorf("action %q: twice, without a label, or without its icon", a.ID)
		}
		ids[a.ID] = true
	}
	for _, c := range []struct {
		do   string
		want func() bool
	}{
		{"brush-large", func() bool { return p.width == brushes[2].width }},
		{"eraser", func() bool { return p.ink() == pad.Paper }},
		{"colour-red", func() bool { return p.ink() == palette[3].color }},
		{"fill", func() bool { return p.tool == "fill" }},
		{"brush-small", func() bool { return p.tool == "brush" }},
		{"colour-any", func() bool { return slices.Contains(b.called, "colour") }},
		{"choose", func() bool { return slices.Contains(b.called, "choose") }},
		{"paste", func() bool { return slices.Contains(b.called, "paste") }},
		{"camera", func() bool { return slices.Contains(b.called, "camera") }},
		{"random", func() bool { return slices.Contains(b.called, "random") }},
		{"theme", func() bool { return p.theme.Dark && slices.Contains(b.called, "theme") }},
		{"sample", func() bool { return p.sample == (openingSample+1)%10 }},
		{"clear", func() bool { return p.Pixels()[0] == 255 }},
	} {
		p.Do(c.do)
		if !c.want() {
			t.Errorf("%s did nothing", c.do)
		}
	}
	frame := image.NewRGBA(image.Rect(0, 0, 32, 32))
	p.Do("camera")
	p.Do("sample")
	if p.Frame(frame); p.mode != Drawing {
		t.Error("the camera came after one had gone back to the drawing")
	}
	p.Do("camera")
	p.Frame(frame)
	p.Do("snap")
	if p.mode != Showing || !slices.Contains(b.called, "stop camera") {
		t.Error("the picture was not taken")
	}
	p.ShowTest(cifar10.Task, make([]byte, 3072), 3)
	if !strings.Contains(p.Twin().Details, "cat") {
		t.Errorf("a test picture's class is not told: %q", p.Twin().Details)
	}
	p.ShowTest(cifar10.Task, nil, 3)
	if p.problem == "" {
		t.Error("an empty test picture was taken")
	}
	before := p.sample
	for _, panel := range p.Panels() { // a press on the fourth sample's picture
		for _, part := range panel.parts {
			if part.action.ID == "sample-cat" {
				c := part.Center()
				stroke(p, 1, [2]float64{c.X, c.Y})
			}
		}
	}
	if p.sample != 3 || before == 3 {
		t.Errorf("sample %d", p.sample)
	}
}

// TestPanelsFit looks that no panel or button leaves the window's width or lies on
// another, and that what is pressed is large enough.
func TestPanelsFit(t *testing.T) {
	for _, size := range [][2]float64{{360, 740}, {414, 896}, {768, 1024}, {900, 700}, {1024, 768}, {1280, 800}, {1920, 1080}, {2560, 1440}, {3840, 2160}} {
		for _, mode := range []Mode{Drawing, Showing, Filming} {
			p, _ := newPage(t, size[0], size[1], false)
			if mode != Drawing {
				p.Show(image.NewRGBA(image.Rect(0, 0, 10, 10)), "x")
				p.mode = mode
			}
			checkPanels(t, p, size)
		}
		p, _ := newPage(t, size[0], size[1], false)
		p.Do("view-train")
		for _, state := range []func(){
			func() {},
			func() { busy(p) },
			func() { p.train.rare, p.train.active = true, false },
			func() { p.train.offer = &protocol.Resumable{} },
		} {
			state()
			checkPanels(t, p, size)
		}
		for _, open := range lookPages {
			p, _ := open(t, size[0], size[1], false)
			checkPanels(t, p, size)
		}
	}
}

// busy puts a run into the page, in its second epoch.
func busy(p *Page) {
	t := &p.train
	own := make([]protocol.Labelled, 7)
	for i := range own {
		own[i] = protocol.Labelled{Picture: bytes.Repeat([]byte{byte(30 * i)}, 3072), Class: i}
	}
	t.stored = &protocol.Stored{Task: cifar10.Task, Test: 10000, Train: 50000, Mine: own, Bytes: 184_000_000, Kept: true, Saved: true}
	p.begin()
	t.began = protocol.Began{Run: t.run, Job: t.job, Before: task.Metrics{Loss: 0.71, Accuracy: 0.76}, Trained: 8000, HeldOut: 2000}
	for i := range 60 {
		t.state = protocol.Training{Run: t.run, State: protocol.Running, Epoch: 1 + i/40, Epochs: 3, Step: 5 * (i%40 + 1), Steps: 200, PicturesPerSec: 812, Left: 21, Workers: 2,
			Mean: task.Metrics{Loss: 0.68, Accuracy: 0.774}, Batch: task.Metrics{Loss: 0.8 - 0.004*float64(i) + 0.1*math.Sin(float64(i)), Accuracy: 0.7 + 0.002*float64(i)}}
		t.curve.add(t.state)
	}
	t.epochs = []task.Epoch{{Epoch: 1, Rate: 1e-3, Train: task.Metrics{Loss: 0.7, Accuracy: 0.76}, Val: task.Metrics{Loss: 0.66, Accuracy: 0.78}, Seconds: 9}}
	for i := range 10 {
		row := make([]int, 10)
		for j := range row {
			row[j] = 4 + (i*7+j*3)%9
		}
		row[i] = 150
		t.matrix = append(t.matrix, row)
		t.mistakes = append(t.mistakes, protocol.Mistake{Picture: bytes.Repeat([]byte{byte(20 * i), 90, 120}, 1024), True: i, Class: (i + 3) % 10, Score: 0.9})
	}
}

func checkPanels(t *testing.T, p *Page, size [2]float64) {
	t.Helper()
	var all []paint.Rect
	for _, panel := range p.Panels() {
		r := panel.Rect
		if r.X < -0.01 || r.X+r.W > p.w+0.01 {
			t.Errorf("%v: %s lies at %v", size, panel.Name, r)
		}
		if panel.Name != "top" && panel.Name != "tabs" && panel.Name != "toast" {
			for _, o := range all {
				if r.X < o.X+o.W-1 && o.X < r.X+r.W-1 && r.Y < o.Y+o.H-1 && o.Y < r.Y+r.H-1 {
					t.Errorf("%v: %s at %v overlaps %v", size, panel.Name, r, o)
				}
			}
			all = append(all, r)
		}
		for _, part := range panel.parts {
			if part.X < r.X || part.X+part.W > r.X+r.W+0.01 || part.Y < r.Y || part.Y+part.H > r.Y+r.H+0.01 {
				t.Errorf("%v: %s leaves its panel %s: %v in %v", size, part.action.ID, panel.Name, part.Rect, r)
			}
			if part.H < 43.9 || part.W < 40 {
				t.Errorf("%v: %s is only %v", size, part.action.ID, part.Rect)
			}
		}
	}
}

func TestBarsGlide(t *testing.T) {
	p, b := newPage(t, 1280, 800, false)
	p.calm = false
	p.Do("clear")
	b.answer()
	start := p.shown
	p.Tick(p.now.Add(barTime / 2))
	if slices.Equal(p.shown, start) || slices.Equal(p.shown, p.probs) {
		t.Error("half of the time on, the bars have not moved or have arrived")
	}
	if p.Tick(p.now.Add(barTime)) != Forever || !slices.Equal(p.shown, p.probs) {
		t.Error("the bars have not arrived")
	}
}

func TestTheTwinSaysTheAnswer(t *testing.T) {
	p, _ := newPage(t, 1280, 800, false)
	p.probs = []float64{0.05, 0, 0, 0, 0, 0, 0, 0, 0.912, 0.011}
	w := p.Twin()
	if w.Prediction != "ship 91.2%, airplane 5.0%, truck 1.1%" || !strings.HasPrefix(w.Details, "probably. 1.3 ms in your browser. Tutorial CNN, 77.0%") {
		t.Errorf("%+v", w)
	}
	p.probs[8] = 0.5
	if d := p.Twin().Details; !strings.HasPrefix(d, "not sure") {
		t.Errorf("at 50 %%: %q", d)
	}
}

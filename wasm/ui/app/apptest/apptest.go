// Package apptest opens the page in tests: a browser that remembers what it was asked, a real
// worker that classifies, and a worker that trains whose part a test plays.
package apptest

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tenfold/nn/checkpoint"
	"tenfold/nn/cifar10"
	"tenfold/nn/model"
	"tenfold/nn/task"
	"tenfold/wasm/drafting"
	"tenfold/wasm/protocol"
	"tenfold/wasm/session"
	"tenfold/wasm/ui/app"
	"tenfold/wasm/ui/desk"
	"tenfold/wasm/ui/network"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/widget"
)

// The page of the tests opens with the tutorial's network, as it does with tenfold -model tutorial.
func init() { network.Opening = task.TutorialCNN }

// Browser is the page's host.
type Browser struct {
	testing.TB
	*app.App

	W, H     float64
	Called   []string // what was asked of it, in words: "choose", "camera", …
	Rear     bool     // the camera that was asked for last
	Sent     [][]byte // what was sent to the worker that classifies
	Trained  [][]byte // and to the one that trains
	Restarts int
	Deaf     bool // drops what is sent to the worker that classifies
	Saved    []File
	Copied   string
	Hash     string
	Lit      bool              // the screen is kept on
	Memory   map[string]string // for later visits
	Picture  []byte            // that a new version comes back to
	Resumes  bool              // and whether to a run
	Roomed   []desk.RoomAsk    // what was asked of the server of a room

	session *session.Session
	drafter *drafting.Session // nil before it is first needed
	events  chan func()       // what workers say
	stop    context.CancelFunc
	now     time.Time
}

// File is one that was given to the user.
type File struct {
	Name    string
	Content []byte
}

// Open opens the page in a window of w x h CSS pixels, and waits for its first answer.
func Open(t testing.TB, w, h float64, dark bool) *Browser {
	t.Helper()
	return OpenWith(t, w, h, dark, Network(t, 1), map[string]string{})
}

// Served is what the server of a page has.
var Served = map[string]int{task.TestSet: 10000, task.TrainSet: 50000}

// OpenWith opens the page with a pretrained network and what earlier visits have left.
func OpenWith(t testing.TB, w, h float64, dark bool, pretrained []byte, memory map[string]string) *Browser {
	t.Helper()
	if _, ok := memory["tour"]; !ok { // "" is for tests of a first visit
		memory["tour"] = "offered"
	}
	b := &Browser{TB: t, W: w, H: h, Memory: memory, now: time.Unix(1, 0)}
	b.start()
	t.Cleanup(func() { b.stop() })
	b.App = app.New(b, pretrained, dark, true, Served)
	b.Resize(w, h, 1)
	b.Tick(b.now)
	b.Settled()
	return b
}

// Network returns the file of the tutorial's network with random weights, which differ with seed.
func Network(t testing.TB, seed uint64) []byte {
	t.Helper()
	m := model.Tutorial()
	if err := m.Init(seed); err != nil {
		t.Fatal(err)
	}
	m.Name = "Tutorial CNN"
	m.Measured = []task.Measurement{{On: task.TestSet, Pictures: 10000, Metrics: task.Metrics{Accuracy: 0.77}}}
	return File32(t, m)
}

// File32 returns a model's file.
func File32(t testing.TB, m *model.Sequential) []byte {
	t.Helper()
	f, err := m.File()
	if err != nil {
		t.Fatal(err)
	}
	b, err := f.Encode(checkpoint.F32)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Settled hands the worker's messages to the page until the newest picture is answered and
// nothing is asked any more.
func (b *Browser) Settled() {
	b.Helper()
	b.Tick(b.now)
	b.Until("the page is settled", b.App.Settled)
}

// Until hands the worker's messages to the page until something is so.
func (b *Browser) Until(what string, so func() bool) {
	b.Helper()
	b.Tick(b.now)
	for deadline := time.After(20 * time.Second); !so(); {
		select {
		case say := <-b.events:
			say()
		case <-deadline:
			b.Fatalf("it is not so that %s; status %q", what, b.Twin().Status)
		}
	}
}

// Quiet hands the worker's messages to the page until none has come for a while.
func (b *Browser) Quiet() {
	b.Tick(b.now)
	for {
		select {
		case say := <-b.events:
			say()
		case <-time.After(60 * time.Millisecond):
			return
		}
	}
}

// Says hands the page a message of the worker that trains.
func (b *Browser) Says(e protocol.Event) {
	b.Helper()
	m, err := protocol.Encode(e)
	if err != nil {
		b.Fatal(err)
	}
	b.TrainerMessage(m, b.now)
}

// Trains starts the worker that trains, with the given number of test pictures and with
// drawings, which it always has.
func (b *Browser) Trains(test int, own ...protocol.Labelled) {
	b.Helper()
	b.Says(protocol.Ready{})
	b.Says(protocol.Stored{Task: cifar10.Task, Test: test, Doodles: 50000, DoodlesTest: 2000, Kept: true, Mine: own})
}

// Asks returns the commands of a kind that were sent to the worker that trains since the last
// call of Asks, and drops all others.
func Asks[C protocol.Command](b *Browser) (all []C) {
	b.Helper()
	for _, m := range b.Trained {
		c, err := protocol.DecodeCommand(m)
		if err != nil {
			b.Fatal(err)
		}
		if c, ok := c.(C); ok {
			all = append(all, c)
		}
	}
	b.Trained = nil
	return all
}

// Asked returns the last command to the worker that trains, nil if there is none.
func (b *Browser) Asked() protocol.Command {
	b.Helper()
	if len(b.Trained) == 0 {
		return nil
	}
	c, err := protocol.DecodeCommand(b.Trained[len(b.Trained)-1])
	if err != nil {
		b.Fatal(err)
	}
	return c
}

// Album answers what the page asks about a part of n pictures whose classes go round, until it
// has no more questions.
func (b *Browser) Album(n int) {
	b.Helper()
	labels := make([]byte, n)
	means := make([][]byte, 10)
	for i := range labels {
		labels[i] = byte(i % 10)
	}
	for i := range means {
		means[i] = Plain(i)
	}
	for range 6 {
		b.Panels()
		sent := b.Trained
		b.Trained = nil
		for _, m := range sent {
			c, err := protocol.DecodeCommand(m)
			if err != nil {
				b.Fatal(err)
			}
			switch c := c.(type) {
			case protocol.Survey:
				b.Says(protocol.Surveyed{What: c.What, Labels: labels, Means: means})
			case protocol.Look:
				e := protocol.Looked{ID: c.ID, What: c.What, Index: c.Index}
				for _, i := range c.Index {
					e.Pictures = append(e.Pictures, protocol.Labelled{Picture: Plain(i), Class: i % 10})
				}
				b.Says(e)
			}
		}
	}
}

// Plain returns a picture of one colour that tells its number.
func Plain(i int) []byte {
	return bytes.Repeat([]byte{byte(40 + i*37%200), byte(40 + i*91%200), byte(40 + i*13%200)}, cifar10.Task.Pixels()/3)
}

// Leaf returns the leaf of an ID; the test fails without.
func (b *Browser) Leaf(id string) *widget.Leaf {
	b.Helper()
	t := b.Twin()
	for _, f := range append(t.Fixed, t.Leaves...) {
		if f.ID == id {
			return f
		}
		for i := range f.Children {
			if f.Children[i].ID == id {
				return &f.Children[i]
			}
		}
	}
	b.Fatalf("there is no %q in\n%s", id, b.Words())
	return nil
}

// Has reports whether there is a leaf of an ID.
func (b *Browser) Has(id string) bool {
	return strings.Contains("\n"+b.Words(), "\n"+id+": ")
}

// Text returns what the leaf of an ID says: its name and its value.
func (b *Browser) Text(id string) string {
	b.Helper()
	f := b.Leaf(id)
	return strings.TrimSpace(f.Name + " " + f.Value)
}

// Set gives a field, a choice or a slider a value; the test fails where that cannot be.
func (b *Browser) Set(id, value string) {
	b.Helper()
	if f := b.Leaf(id); f.Set == nil || f.Disabled != "" {
		b.Fatalf("%s cannot be set: %s", id, f.Disabled)
	}
	b.App.Set(id, value)
}

// Press presses the middle of a leaf with a pointer, after scrolling it into sight.
func (b *Browser) Press(id string) {
	b.Helper()
	b.PressAt(id, 0.5, 0.5)
}

// PressAt presses a place of a leaf, in shares of its size.
func (b *Browser) PressAt(id string, x, y float64) {
	b.Helper()
	b.Leaf(id)
	b.Reveal(id)
	f := b.Leaf(id)
	if f.Disabled != "" {
		b.Fatalf("%s is disabled: %s", id, f.Disabled)
	}
	z := b.Twin().Zoom
	b.Stroke(1, paint.Point{X: (f.Rect.X + x*f.Rect.W) * z, Y: (f.Rect.Y + y*f.Rect.H) * z})
}

// Stroke moves a pressed pointer over places, in CSS pixels.
func (b *Browser) Stroke(id int, pts ...paint.Point) {
	for i, q := range pts {
		phase := app.Move
		if i == 0 {
			phase = app.Down
		}
		b.Pointer(app.Pointer{ID: id, Phase: phase, X: q.X, Y: q.Y})
	}
	last := pts[len(pts)-1]
	b.Pointer(app.Pointer{ID: id, Phase: app.Up, X: last.X, Y: last.Y})
}

// Render paints the whole page.
func (b *Browser) Render() *image.RGBA {
	b.Helper()
	if err := b.Err(); err != nil {
		b.Error(err)
	}
	w, h := b.W, b.H
	all := paint.NewCanvas(w, h, 1)
	all.Clear(b.Background())
	for _, panel := range b.Panels() {
		c := paint.NewCanvas(panel.Rect.W, panel.Rect.H, b.Scale())
		panel.Paint(c)
		at := image.Pt(int(panel.Rect.X*b.Scale()+0.5), int(panel.Rect.Y*b.Scale()+0.5))
		draw.Draw(all.Image, c.Image.Rect.Add(at), c.Image, image.Point{}, draw.Over)
	}
	return all.Image
}

// Shot saves the whole page as artifacts/NAME.png, to look at.
func (b *Browser) Shot(name string) {
	b.Helper()
	Save(b, b.Render(), filepath.Join(root(b), "artifacts", name+".png"))
}

// Save writes a picture.
func Save(t testing.TB, img image.Image, path string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// root returns the folder of go.mod.
func root(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			t.Fatal("no go.mod above the test")
		}
		dir = filepath.Dir(dir)
	}
}

// Later moves the clock on.
func (b *Browser) Later(d time.Duration) time.Duration {
	b.now = b.now.Add(d)
	return b.Tick(b.now)
}

// Now returns the page's time.
func (b *Browser) Now() time.Time { return b.now }

func (b *Browser) start() {
	if b.stop != nil {
		b.stop()
	}
	if b.events == nil {
		b.events = make(chan func(), 256)
	}
	ctx, cancel := context.WithCancel(context.Background())
	b.stop = cancel
	b.session = session.New(b.says(ctx, func(m []byte) { b.Message(m, b.now) }), func() {})
	go b.session.Run(ctx)
}

// says is how a worker speaks to the page, as long as it lives.
func (b *Browser) says(ctx context.Context, take func(m []byte)) func(protocol.Event) {
	return func(e protocol.Event) {
		m, err := protocol.Encode(e)
		if err != nil {
			panic(err)
		}
		b.events <- func() {
			if ctx.Err() == nil {
				take(m)
			}
		}
	}
}

// What follows implements desk.Host.

func (b *Browser) Send(m []byte) {
	b.Sent = append(b.Sent, m)
	if !b.Deaf {
		b.session.Post(m)
	}
}

func (b *Browser) Restart() {
	b.Restarts++
	b.Deaf = false
	b.start()
}

func (b *Browser) StartDrafter() {
	ctx, cancel := context.WithCancel(context.Background())
	b.Cleanup(cancel)
	b.drafter = drafting.New(b.says(ctx, func(m []byte) { b.DrafterMessage(m, b.now) }))
	go b.drafter.Run(ctx)
}

func (b *Browser) SendDrafter(m []byte) { b.drafter.Post(m) }

func (b *Browser) ask(what string)            { b.Called = append(b.Called, what) }
func (b *Browser) ChooseFile()                { b.ask("choose") }
func (b *Browser) ChoosePictures(folder bool) { b.ask(fmt.Sprint("choose pictures ", folder)) }
func (b *Browser) ChooseData()                { b.ask("choose data") }
func (b *Browser) ShowFile(i int)             { b.ask(fmt.Sprint("file ", i)) }
func (b *Browser) Paste()                     { b.ask("paste") }
func (b *Browser) StartCamera(rear bool) {
	b.ask("camera")
	b.Rear = rear
}
func (b *Browser) StopCamera()                 { b.ask("stop camera") }
func (b *Browser) PickColor(color.RGBA)        { b.ask("colour") }
func (b *Browser) RandomPicture()              { b.ask("random") }
func (b *Browser) SaveTheme(bool)              { b.ask("theme") }
func (b *Browser) FetchKit()                   { b.ask("kit") }
func (b *Browser) Room(q desk.RoomAsk)         { b.Roomed = append(b.Roomed, q) }
func (b *Browser) LeaveRoom()                  { b.ask("leave room") }
func (b *Browser) FetchNetwork(name string)    { b.ask("network " + name) }
func (b *Browser) Examine()                    { b.ask("examine") }
func (b *Browser) KeepAll()                    { b.ask("keep all") }
func (b *Browser) StartTrainer()               { b.ask("trainer") }
func (b *Browser) Persist()                    { b.ask("persist") }
func (b *Browser) Copy(text string)            { b.Copied = text }
func (b *Browser) SendTrainer(m []byte)        { b.Trained = append(b.Trained, m) }
func (b *Browser) Awake(on bool)               { b.Lit = on }
func (b *Browser) SetAddress(h string, _ bool) { b.Hash = h }
func (b *Browser) Remember(name, text string) {
	if b.Memory == nil {
		b.Memory = map[string]string{}
	}
	b.Memory[name] = text
}

func (b *Browser) Recall(name string) string { return b.Memory[name] }
func (b *Browser) Download(name, _ string, c []byte) {
	b.Saved = append(b.Saved, File{name, c})
}
func (b *Browser) TakeUpdate(p []byte, run bool) {
	b.ask("update")
	b.Picture, b.Resumes = p, run
}

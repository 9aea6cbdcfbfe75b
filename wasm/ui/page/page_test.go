package page

import (
	"context"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"tenfold/nn/checkpoint"
	"tenfold/nn/model"
	"tenfold/wasm/protocol"
	"tenfold/wasm/session"
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

// answer waits until the page has the answer to its newest picture.
func (b *browser) answer() {
	b.Helper()
	for deadline := time.After(20 * time.Second); b.page.answers == 0 || b.page.link.awaiting || b.page.link.waiting; {
		select {
		case m := <-b.events:
			b.page.Message(m)
		case <-deadline:
			b.Fatalf("no answer; status %q", b.page.Twin().Status)
		}
	}
}

// testModel is a model file: the tutorial's network with random weights.
func testModel(t testing.TB) []byte {
	t.Helper()
	m := model.Tutorial()
	if err := m.Init(1); err != nil {
		t.Fatal(err)
	}
	m.Accuracy = 0.77
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

func TestLook(t *testing.T) {
	p, _ := newPage(t, 1280, 800, false)
	save(t, render(p), "/tmp/look-laptop.png")
	p, _ = newPage(t, 360, 740, true)
	save(t, render(p), "/tmp/look-phone.png")
}

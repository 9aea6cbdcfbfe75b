package classify_test

import (
	"fmt"
	"image"
	"math"
	"os"
	"strings"
	"testing"

	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/app/apptest"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/view"
	"tenfold/wasm/ui/view/classify"
	"tenfold/wasm/ui/widget"
)

// pretrained returns the network that the page ships with.
func pretrained(t testing.TB) []byte {
	t.Helper()
	b, err := os.ReadFile("../../../../web/model/tutorial.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// photo returns a picture with something to see everywhere.
func photo(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			i := img.PixOffset(x, y)
			dx, dy := x-w/2, y-h/2
			img.Pix[i], img.Pix[i+1], img.Pix[i+2], img.Pix[i+3] = byte(90+120*x/w), byte(130+60*y/h), byte(210-80*y/h), 255
			if dx*dx+dy*dy < h*h/9 {
				img.Pix[i], img.Pix[i+1], img.Pix[i+2] = 150, 100, 60
			}
		}
	}
	return img
}

// states are what the view can be in, by name.
var states = map[string]func(b *apptest.Browser){
	"drawing": func(*apptest.Browser) {},
	"empty":   func(b *apptest.Browser) { b.Do("clear") },
	"picture": func(b *apptest.Browser) { b.Show(photo(300, 200), "a picture"); b.Settled() },
	"truth":   func(b *apptest.Browser) { b.ShowTest(b.Desk().Network.Task(), apptest.Plain(3), 3); b.Settled() },
	"camera":  func(b *apptest.Browser) { b.Do("camera"); b.Frame(photo(320, 240)); b.Settled() },
	"own": func(b *apptest.Browser) {
		b.Do("label-cat")
		b.Trains(10000, protocol.Labelled{Picture: apptest.Plain(1), Class: 2})
		b.Do("teach")
		teach := b.Asked().(protocol.Teach)
		b.Says(protocol.Taught{ID: teach.ID, Pictures: 5, Before: 1, After: 5, Others: 2000, OthersBefore: 1542, OthersAfter: 1540})
		b.Do("close")
	},
	"tuned":            func(b *apptest.Browser) { tune(b) },
	"presenting":       func(b *apptest.Browser) { b.Do("present") },
	"presenting-tuned": func(b *apptest.Browser) { b.Do("present"); tune(b) },
	"presenting-empty": func(b *apptest.Browser) { b.Do("present"); b.Do("clear") },
}

// tune puts another network to use.
func tune(b *apptest.Browser) {
	b.Helper()
	b.Desk().Use("best", apptest.Network(b, 2))
	b.Until("both networks have answered", func() bool { n := b.Desk().Network; return n.Using == "best" && n.Settled() && n.Beside != nil })
}

var sizes = [][2]float64{{320, 568}, {360, 740}, {390, 844}, {414, 896}, {568, 320}, {667, 375}, {844, 390}, {932, 430}, {768, 1024}, {900, 700}, {1024, 600}, {1024, 768}, {1280, 800}, {1366, 625}, {1920, 1080}, {2560, 1440}, {3840, 2160}}

// TestFits looks in all sizes and states that nothing leaves its panel or the window, that no
// panels or leaves overlap, and that what can be pressed is large enough.
func TestFits(t *testing.T) {
	for name, set := range states {
		t.Run(name, func(t *testing.T) {
			b := apptest.Open(t, 1280, 800, false)
			set(b)
			v := classify.New(b.Desk())
			for _, size := range sizes {
				b.W, b.H = size[0], size[1]
				b.Resize(size[0], size[1], 1)
				check(b, v, fmt.Sprint(name, " ", size))
			}
		})
	}
}

func check(b *apptest.Browser, v *classify.View, where string) {
	b.Helper()
	zoom := b.Twin().Zoom
	w, h, gap, bars := b.W/zoom, b.H/zoom, 16.0, float64(theme.TopBar)
	if w < view.Narrow {
		gap, bars = 12, 2*theme.TopBar
	}
	area := paint.Rect{X: gap, Y: theme.TopBar + gap, W: w - 2*gap, H: h - bars - 2*gap}
	layout := widget.Lay(v.Tree(area.W, area.H), area, b.Scale())
	if layout.Err != nil {
		b.Errorf("%s: %v", where, layout.Err)
	}
	if w >= 1200 && layout.Height > area.H+1 && !strings.Contains(where, "own") {
		b.Logf("%s: %g units high, %g there", where, layout.Height, area.H)
	}
	if q := layout.Find("pad").Rect; math.Abs(q.W-q.H) > 1 || q.W < 170 {
		b.Errorf("%s: the pad is %v", where, q)
	}
	for i, g := range layout.Panels {
		r := g.Rect
		if r.X < -0.01 || r.X+r.W > w+0.01 {
			b.Errorf("%s: %s lies at %v", where, g.Name, r)
		}
		for _, o := range layout.Panels[:i] {
			if q := o.Rect; r.X < q.X+q.W-1 && q.X < r.X+r.W-1 && r.Y < q.Y+q.H-1 && q.Y < r.Y+r.H-1 {
				b.Errorf("%s: %s at %v overlaps %s at %v", where, g.Name, r, o.Name, q)
			}
		}
		for k, f := range g.Leaves {
			q := f.Rect
			if f.Clip.W > 0 {
				continue // a Scroll hides a part
			}
			if q.X < r.X-0.01 || q.X+q.W > r.X+r.W+0.01 || q.Y < r.Y-0.01 || q.Y+q.H > r.Y+r.H+0.01 {
				b.Errorf("%s: %q leaves its panel %s: %v in %v", where, f.ID, g.Name, q, r)
			}
			if (f.Do != nil || f.Set != nil || f.Pointer != nil) && (q.H < 43.9 || q.W < 40) {
				b.Errorf("%s: %q is only %v", where, f.ID, q)
			}
			for _, o := range g.Leaves[:k] {
				if p := o.Rect; o.Clip.W <= 0 && q.X < p.X+p.W-1 && p.X < q.X+q.W-1 && q.Y < p.Y+p.H-1 && p.Y < q.Y+q.H-1 {
					b.Errorf("%s: %q at %v overlaps %q at %v", where, f.ID, q, o.ID, p)
				}
			}
		}
	}
}

// TestScreens paints the view to look at: go test -run Screens -v, with SCREENS=1.
func TestScreens(t *testing.T) {
	if os.Getenv("SCREENS") == "" {
		t.Skip("SCREENS is not set: it only paints pictures for a person to look at")
	}
	for name, set := range states {
		for _, size := range [][2]float64{{390, 844}, {844, 390}, {768, 1024}, {1280, 800}, {1366, 625}, {1920, 1080}} {
			dark := name == "picture" || name == "tuned" || name == "presenting"
			b := apptest.OpenWith(t, size[0], size[1], dark, pretrained(t), map[string]string{})
			b.Render()
			set(b)
			b.Shot(fmt.Sprintf("classify-%s-%.0f", name, size[0]))
		}
	}
}

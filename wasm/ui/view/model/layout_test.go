package model_test

import (
	"fmt"
	"testing"

	"tenfold/wasm/ui/app/apptest"
	"tenfold/wasm/ui/paint"
)

var sizes = [][2]float64{{320, 568}, {360, 740}, {390, 844}, {768, 1024}, {1024, 768}, {1280, 800}, {1366, 625}, {1920, 1080}, {2560, 1440}, {844, 390}}

// check looks at how the view is laid out: nothing overlaps, is too small to be pressed, or
// lies outside of its panel.
func check(b *apptest.Browser, what string) {
	b.Helper()
	panels := b.Panels()
	t := b.Twin()
	right := b.W / t.Zoom
	over := func(p, q paint.Rect) bool {
		const slack = 0.6
		return p.X+slack < q.X+q.W && q.X+slack < p.X+p.W && p.Y+slack < q.Y+q.H && q.Y+slack < p.Y+p.H
	}
	for i := range panels {
		for k := range panels[:i] {
			if p, q := panels[i], panels[k]; p.Name[0] == 'a' && q.Name[0] == 'a' && over(p.Rect, q.Rect) {
				b.Errorf("%s at %gx%g: %s covers %s", what, b.W, b.H, p.Name, q.Name)
			}
		}
	}
	for i, f := range t.Leaves {
		if f.Rect.X < -0.5 || f.Rect.X+f.Rect.W > right+0.5 {
			b.Errorf("%s at %gx%g: %q lies from %.0f to %.0f of %.0f", what, b.W, b.H, f.ID+f.Name, f.Rect.X, f.Rect.X+f.Rect.W, right)
		}
		if (f.Do != nil || f.Set != nil) && (f.Rect.W < 43.5 || f.Rect.H < 43.5) && f.ID != "model-maps" {
			b.Errorf("%s at %gx%g: %s is %.0f x %.0f", what, b.W, b.H, f.ID, f.Rect.W, f.Rect.H)
		}
		for _, g := range t.Leaves[:i] {
			if f.Clip == g.Clip && f.Rect.H > 0 && g.Rect.H > 0 && over(f.Rect, g.Rect) {
				b.Errorf("%s at %gx%g: %q %v covers %q %v", what, b.W, b.H, f.ID+": "+f.Name, f.Rect, g.ID+": "+g.Name, g.Rect)
			}
		}
	}
}

// TestLayout looks at every kind of layer in every size, also with nothing drawn and while the
// network is loading.
func TestLayout(t *testing.T) {
	b := inModel(t, 1280, 800, false)
	all := func(what string) {
		for _, s := range sizes {
			b.Resize(s[0], s[1], 1)
			b.W, b.H = s[0], s[1]
			check(b, what)
		}
		b.Render()
	}
	for _, l := range []int{0, 1, 2, 4, 5, 12, 13, 18} {
		b.Set("model-layer", fmt.Sprint(l))
		all(fmt.Sprint("before the answer, layer ", l))
		quiet(b)
		all(fmt.Sprint("layer ", l))
	}
	b.Desk().Subject.Pad.Clear()
	b.Desk().Subject.Drawn()
	b.Set("model-layer", "0")
	all("empty")
	b.WorkerDied("test")
	all("loading")
}

// TestSeenAtOnce checks that in a laptop's window the picture, the network, the layer and the
// number are seen without scrolling.
func TestSeenAtOnce(t *testing.T) {
	for _, s := range [][2]float64{{1280, 800}, {1366, 625}, {1920, 1080}} {
		b := inModel(t, s[0], s[1], false)
		for _, id := range []string{"model-draw", "model-cam", "model-blend", "model-net-0", "model-layer", "model-next", "model-maps", "model-filter", "model-place", "model-right", "model-products"} {
			f := b.Leaf(id)
			if bottom := (f.Rect.Y + f.Rect.H) * b.Twin().Zoom; bottom > s[1] {
				t.Errorf("%gx%g: %s ends at %.0f", s[0], s[1], id, bottom)
			}
		}
	}
}

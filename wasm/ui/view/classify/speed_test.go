package classify_test

import (
	"math"
	"strings"
	"testing"

	"tenfold/wasm/ui/app"
	"tenfold/wasm/ui/app/apptest"
	"tenfold/wasm/ui/paint"
)

// TestAMoveLaysOutNothing moves the mouse over the page without a button.
func TestAMoveLaysOutNothing(t *testing.T) {
	b := apptest.Open(t, 1280, 800, false)
	was := b.Twin().Revision
	i := 0
	allocs := testing.AllocsPerRun(500, func() {
		i++
		b.Pointer(app.Pointer{ID: 1, Phase: app.Move, X: float64(i * 37 % 1280), Y: float64(i * 53 % 800)})
	})
	if now := b.Twin().Revision; now != was {
		t.Errorf("the page was laid out %d times", now-was)
	}
	if allocs > 8 {
		t.Errorf("%g allocations a move", allocs)
	}
}

// TestAStrokePaintsThePad looks which panels a move of a pen repaints before there is an answer.
func TestAStrokePaintsThePad(t *testing.T) {
	b := apptest.Open(t, 1280, 800, false)
	point(b, 1, app.Down, 0.2, 0.2)
	point(b, 1, app.Move, 0.3, 0.3)
	keys := map[string]any{}
	for _, p := range b.Panels() {
		keys[p.Name] = p.Key
	}
	point(b, 1, app.Move, 0.4, 0.5)
	var changed []string
	for _, p := range b.Panels() {
		if keys[p.Name] != p.Key {
			changed = append(changed, p.Name[2:])
		}
	}
	if got := strings.Join(changed, ", "); got != "pad, sees" && got != "sees, pad" {
		t.Errorf("a move paints %s, want the pad and what the network sees", got)
	}
}

// BenchmarkStroke is a move of a pen: it is taken, the page is laid out, and the pad is painted.
func BenchmarkStroke(b *testing.B) {
	p := apptest.Open(b, 1280, 800, false)
	r := p.Leaf("pad").Rect
	p.Deaf = true
	at := func(i int) (x, y float64) {
		t := float64(i) * 0.02
		return r.X + r.W*(0.5+0.3*math.Cos(t)), r.Y + r.H*(0.5+0.3*math.Sin(t))
	}
	x, y := at(0)
	p.Pointer(app.Pointer{ID: 1, Phase: app.Down, X: x, Y: y})
	c := paint.NewCanvas(r.W, r.H, 1)
	for i := 0; b.Loop(); i++ {
		x, y := at(i)
		p.Pointer(app.Pointer{ID: 1, Phase: app.Move, X: x, Y: y})
		for _, panel := range p.Panels() {
			if panel.Name == "a pad" {
				panel.Paint(c)
			}
		}
	}
}

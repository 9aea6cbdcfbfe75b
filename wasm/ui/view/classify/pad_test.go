package classify_test

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"math"
	"slices"
	"testing"

	"tenfold/wasm/ui/app"
	"tenfold/wasm/ui/app/apptest"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/subject"
)

// on are places of the pad in CSS pixels, of shares of its side: x, y, x, y, …
func on(b *apptest.Browser, xy ...float64) (pts []paint.Point) {
	b.Helper()
	r, z := b.Leaf("pad").Rect, b.Twin().Zoom
	for i := 0; i+1 < len(xy); i += 2 {
		pts = append(pts, paint.Point{X: (r.X + r.W*xy[i]) * z, Y: (r.Y + r.H*xy[i+1]) * z})
	}
	return pts
}

// point does one thing with a pointer, at a share of the pad's side.
func point(b *apptest.Browser, id int, phase app.Phase, x, y float64) {
	b.Helper()
	q := on(b, x, y)[0]
	b.Pointer(app.Pointer{ID: id, Phase: phase, X: q.X, Y: q.Y})
}

func pixels(b *apptest.Browser) []byte { return slices.Clone(b.Desk().Pixels()) }

func TestPictureIsMovedAndZoomed(t *testing.T) {
	b := apptest.Open(t, 1280, 800, false)
	img := image.NewRGBA(image.Rect(0, 0, 200, 100))
	draw.Draw(img, image.Rect(0, 0, 100, 100), image.NewUniform(color.RGBA{255, 0, 0, 255}), image.Point{}, draw.Src)
	draw.Draw(img, image.Rect(100, 0, 200, 100), image.NewUniform(color.RGBA{0, 0, 255, 255}), image.Point{}, draw.Src)
	b.Show(img, "two halves")
	b.Settled()
	left := func() []byte { return pixels(b)[:3] }
	right := func() []byte { return pixels(b)[31*3 : 32*3] }
	if !bytes.Equal(left(), []byte{255, 0, 0}) || !bytes.Equal(right(), []byte{0, 0, 255}) {
		t.Fatalf("the middle square begins %v and ends %v", left(), right())
	}
	b.Stroke(1, on(b, 0.2, 0.5, 0.9, 0.5)...) // to the right: the left part comes into sight
	if !bytes.Equal(right(), []byte{255, 0, 0}) {
		t.Errorf("moved, it ends %v", right())
	}
	b.Do("fit")
	if grey := byte(128); !bytes.Equal(left(), []byte{grey, grey, grey}) {
		t.Errorf("whole, it begins %v", left())
	}
	b.Do("crop")
	if side := b.Desk().Subject.Picture.Side; side != 100 {
		t.Errorf("the largest square is %g", side)
	}
	for range 30 {
		q := on(b, 0.5, 0.5)[0]
		b.Wheel(q.X, q.Y, -500)
	}
	if side := b.Desk().Subject.Picture.Side; side < 7.9 || side > 8.1 {
		t.Errorf("zoomed in to %g pixels", side)
	}
	b.Do("draw")
	b.Settled()
	if s := b.Desk().Subject; s.Mode != subject.Drawing || s.Pad.Empty() {
		t.Error("the drawing is gone")
	}
}

// TestLostPartIsShown crops a picture: what the network does not see is there, and darker.
func TestLostPartIsShown(t *testing.T) {
	b := apptest.Open(t, 1280, 800, false)
	img := image.NewRGBA(image.Rect(0, 0, 200, 100))
	draw.Draw(img, img.Rect, image.NewUniform(color.RGBA{200, 0, 0, 255}), image.Point{}, draw.Src)
	b.Show(img, "red")
	b.Settled()
	at := func(x, y float64) color.RGBA {
		q := on(b, x, y)[0]
		return b.Render().RGBAAt(int(q.X), int(q.Y))
	}
	if c := at(0.5, 0.5); c != (color.RGBA{200, 0, 0, 255}) {
		t.Errorf("what the network sees is %v", c)
	}
	if c := at(0.1, 0.5); c.R < 60 || c.R > 150 || c.G != 0 {
		t.Errorf("what is lost is %v, want a darker red", c)
	}
	b.Do("fit")
	if c := at(0.1, 0.5); c != (color.RGBA{200, 0, 0, 255}) {
		t.Errorf("when all is seen, the edge is %v", c)
	}
	x, y := b.Desk().Subject.Picture.X, b.Desk().Subject.Picture.Y
	b.Do("crop")
	q := on(b, 0.75, 0.5)[0] // the crop's right edge stays where it is
	b.Wheel(q.X, q.Y, -400)
	if p := b.Desk().Subject.Picture; math.Abs(p.X+p.Side/2-(x+50)) > 0.5 || p.Y != y {
		t.Errorf("zoomed around its right edge %g the square ends at %g", x+50, p.X+p.Side/2)
	}
}

// TestTwoFingers pinches a picture, and does not draw with two fingers.
func TestTwoFingers(t *testing.T) {
	b := apptest.Open(t, 360, 740, false)
	before := pixels(b)
	point(b, 1, app.Down, 0.3, 0.5)
	point(b, 1, app.Move, 0.4, 0.5)
	if bytes.Equal(before, pixels(b)) {
		t.Fatal("the first finger drew nothing")
	}
	point(b, 2, app.Down, 0.6, 0.5)
	point(b, 2, app.Move, 0.7, 0.5)
	point(b, 2, app.Up, 0.7, 0.5)
	point(b, 1, app.Move, 0.5, 0.5)
	point(b, 1, app.Up, 0.3, 0.5)
	if !bytes.Equal(before, pixels(b)) || !b.Desk().Subject.Opening {
		t.Error("two fingers have changed the drawing that the page opened with")
	}
	b.Stroke(1, on(b, 0.2, 0.2, 0.4, 0.4)...)
	one := pixels(b)
	point(b, 1, app.Down, 0.7, 0.7)
	point(b, 2, app.Down, 0.8, 0.8)
	point(b, 2, app.Up, 0.8, 0.8)
	point(b, 1, app.Up, 0.7, 0.7)
	for i, v := range pixels(b) { // a stroke that is drawn again has slightly different edges
		if d := int(v) - int(one[i]); d < -16 || d > 16 {
			t.Fatalf("two fingers have changed a drawing: %d, %d before", v, one[i])
		}
	}
	b.Show(image.NewRGBA(image.Rect(0, 0, 400, 400)), "x")
	r, z := b.Leaf("pad").Rect, b.Twin().Zoom
	x, y := (r.X+r.W/2)*z, (r.Y+r.H/2)*z
	b.Pointer(app.Pointer{ID: 1, Phase: app.Down, X: x - 30, Y: y})
	b.Pointer(app.Pointer{ID: 2, Phase: app.Down, X: x + 30, Y: y})
	b.Pointer(app.Pointer{ID: 2, Phase: app.Move, X: x + 90, Y: y})
	if got := b.Desk().Subject.Picture.Side; math.Abs(got-200) > 1 {
		t.Errorf("pinched to twice the size, the square is %g pixels of 400", got)
	}
}

// TestAwayWhileDrawing leaves the view by a key while the button is held: the stroke ends.
func TestAwayWhileDrawing(t *testing.T) {
	b := apptest.Open(t, 1280, 800, false)
	places := on(b, 0.2, 0.2, 0.3, 0.2, 0.5, 0.6, 0.9, 0.9)
	move := func(phase app.Phase, q paint.Point) { b.Pointer(app.Pointer{ID: 1, Phase: phase, X: q.X, Y: q.Y}) }
	move(app.Down, places[0])
	move(app.Move, places[1])
	b.Key("?")
	marks := b.Desk().Subject.Pad.Revision()
	move(app.Move, places[2]) // natively an infinite point paints nothing, in WebAssembly a quarter of the pad
	if b.Desk().Subject.Pad.Revision() != marks {
		t.Error("the stroke goes on in another view")
	}
	b.Do("view-classify")
	move(app.Move, places[3])
	move(app.Up, places[3])
	dark, pix := 0, b.Desk().Subject.Pad.Image.Pix
	for i := 0; i < len(pix); i += 4 {
		if pix[i] < 128 {
			dark++
		}
	}
	if share := float64(4*dark) / float64(len(pix)); share == 0 || share > 0.02 {
		t.Errorf("%.1f%% of the pad are dark, want a short stroke", 100*share)
	}
}

// TestPen draws with a pen while the hand that holds it rests on the pad, before and after it.
func TestPen(t *testing.T) {
	b := apptest.Open(t, 1024, 768, false)
	pen := func(phase app.Phase, u, v float64) {
		r, z := b.Leaf("pad").Rect, b.Twin().Zoom
		b.Pointer(app.Pointer{ID: 9, Phase: phase, X: (r.X + u*r.W) * z, Y: (r.Y + v*r.H) * z, Pen: true})
	}
	stroke := func() {
		pen(app.Down, 0.2, 0.2)
		pen(app.Move, 0.5, 0.3)
	}
	stroke()
	pen(app.Up, 0.5, 0.3)
	want := pixels(b)
	b.Key("ctrl+z")
	point(b, 1, app.Down, 0.8, 0.8) // the hand comes first
	stroke()
	point(b, 2, app.Down, 0.9, 0.7) // and moves
	point(b, 2, app.Move, 0.9, 0.6)
	point(b, 2, app.Up, 0.9, 0.6)
	pen(app.Up, 0.5, 0.3)
	point(b, 1, app.Up, 0.8, 0.8)
	if !bytes.Equal(pixels(b), want) {
		t.Error("a hand that rests on the pad changes what the pen draws")
	}
	point(b, 3, app.Down, 0.2, 0.8) // without the pen it draws
	point(b, 3, app.Move, 0.4, 0.8)
	point(b, 3, app.Up, 0.4, 0.8)
	if bytes.Equal(pixels(b), want) {
		t.Error("after the pen a finger draws nothing")
	}
}

// Package pad is the drawing pad: a list of marks and the picture that they make.
// Every mark can be undone.
package pad

import (
	"bytes"
	"image"
	"image/color"
	"math"
	"math/bits"
)

// Side is the pad's width and height in its own pixels: 20 for each one that the
// network sees.
const Side = 640

// Paper is the colour of an empty pad.
var Paper = color.RGBA{255, 255, 255, 255}

// Point is a place on the pad, 0 to 1 in both directions.
type Point struct{ X, Y float64 }

// Mark is one thing that was done to the picture.
type Mark interface{ draw(img *image.RGBA) }

// Stroke is a brush's way through points. Width is a share of the pad's side.
type Stroke struct {
	Points []Point
	Width  float64
	Color  color.RGBA
}

// Fill replaces the colour around a point as far as it reaches.
type Fill struct {
	At    Point
	Color color.RGBA
}

// Area is a filled polygon.
type Area struct {
	Points []Point
	Color  color.RGBA
}

// Group is several marks that are done and undone as one.
type Group []Mark

func (g Group) draw(img *image.RGBA) {
	for _, m := range g {
		m.draw(img)
	}
}

// Pixels are the whole pad's, RGBA: a drawing of which no marks are known.
type Pixels []byte

func (p Pixels) draw(img *image.RGBA) { copy(img.Pix, p) }

// Wipe makes the whole pad one colour.
type Wipe struct{ Color color.RGBA }

// every is how many marks lie between two snapshots of late.
const every = 12

// Pad is a drawing.
type Pad struct {
	Image *image.RGBA // Side x Side; changes with the marks

	marks     []Mark
	done      int // marks[done:] are undone
	snapshots map[int]*image.RGBA
	open      *Stroke // is being drawn; not yet in marks
	revision  int

	blank   bool // what Blank said
	blankAt int  // of which revision, plus one
}

// New returns an empty pad.
func New() *Pad {
	p := &Pad{snapshots: map[int]*image.RGBA{}}
	p.Image = image.NewRGBA(image.Rect(0, 0, Side, Side))
	Wipe{Paper}.draw(p.Image)
	p.snapshots[0] = clone(p.Image)
	return p
}

// Revision changes whenever the picture does.
func (p *Pad) Revision() int { return p.revision }

// Empty reports whether nothing is drawn.
func (p *Pad) Empty() bool { return p.done == 0 && p.open == nil }

// Blank reports whether the pad shows nothing: nothing was drawn, or all of it is wiped
// away. It checks once a revision.
func (p *Pad) Blank() bool {
	if p.blankAt != p.revision+1 {
		p.blank, p.blankAt = bytes.Equal(p.Image.Pix, p.snapshots[0].Pix), p.revision+1
	}
	return p.blank
}

// Add makes marks, and forgets what was undone.
func (p *Pad) Add(marks ...Mark) {
	p.End()
	for _, m := range marks {
		p.forget()
		m.draw(p.Image)
		p.marks = append(p.marks, m)
		p.done++
		if p.done%every == 0 {
			p.snapshots[p.done] = clone(p.Image)
			p.thin()
		}
	}
	p.revision++
}

// thin drops snapshots, the more the older they are, so that their number grows with the
// logarithm of that of the marks: 1.6 MB each.
func (p *Pad) thin() {
	for n := range p.snapshots {
		age := (p.done - n) / every
		if between := 1 << bits.Len(uint(age/4)); n/every%between != 0 {
			delete(p.snapshots, n)
		}
	}
}

func (p *Pad) forget() {
	p.marks = p.marks[:p.done]
	for n := range p.snapshots {
		if n > p.done {
			delete(p.snapshots, n)
		}
	}
}

// Begin starts a stroke, Extend leads it on, and End makes a mark of it.
func (p *Pad) Begin(at Point, width float64, col color.RGBA) {
	p.End()
	p.open = &Stroke{Width: width, Color: col}
	p.Extend(at)
}

// Extend leads the open stroke to a point. What is drawn of it stays as it is: the
// way to the middle between the last two points; End draws the rest.
func (p *Pad) Extend(at Point) {
	if p.open == nil {
		return
	}
	p.open.Points = append(p.open.Points, at)
	p.open.piece(p.Image, len(p.open.Points)-1)
	p.revision++
}

// End ends the open stroke, if there is one.
func (p *Pad) End() {
	if s := p.open; s != nil {
		p.open = nil
		p.Add(*s)
	}
}

// CanUndo and CanRedo say whether there is something to undo or redo.
func (p *Pad) CanUndo() bool { return p.done > 0 || p.open != nil }
func (p *Pad) CanRedo() bool { return p.done < len(p.marks) }

// Undo takes the last mark back.
func (p *Pad) Undo() {
	p.End()
	if p.done > 0 {
		p.done--
		p.replay()
	}
}

// Redo makes the mark that was undone last again.
func (p *Pad) Redo() {
	if p.CanRedo() {
		p.done++
		p.replay()
	}
}

// Clear wipes the pad, which can be undone.
func (p *Pad) Clear() { p.Add(Wipe{Paper}) }

// replay draws the marks on the nearest snapshot.
func (p *Pad) replay() {
	from := p.done
	for p.snapshots[from] == nil {
		from--
	}
	copy(p.Image.Pix, p.snapshots[from].Pix)
	for _, m := range p.marks[from:p.done] {
		m.draw(p.Image)
	}
	p.revision++
}

func clone(img *image.RGBA) *image.RGBA {
	c := image.NewRGBA(img.Rect)
	copy(c.Pix, img.Pix)
	return c
}

func (w Wipe) draw(img *image.RGBA) {
	for i := 0; i < len(img.Pix); i += 4 {
		setPixel(img.Pix[i:i+4], w.Color)
	}
}

func setPixel(px []byte, c color.RGBA) { px[0], px[1], px[2], px[3] = c.R, c.G, c.B, 255 }

// draw draws the stroke as a smooth curve: through the middles between the points,
// with the points as handles.
func (s Stroke) draw(img *image.RGBA) {
	if len(s.Points) == 2 { // a straight line needs no joint
		capsule(img, s.Points[0], s.Points[1], s.radius(), s.Color)
		return
	}
	for i := range s.Points {
		s.piece(img, i)
	}
	if n := len(s.Points); n > 1 {
		capsule(img, middle(s.Points[n-2], s.Points[n-1]), s.Points[n-1], s.radius(), s.Color)
	}
}

// piece draws what point i adds to the stroke: the way from the middle before the
// last point to the one behind it.
func (s Stroke) piece(img *image.RGBA, i int) {
	switch pts := s.Points; i {
	case 0:
		capsule(img, pts[0], pts[0], s.radius(), s.Color)
	case 1:
		capsule(img, pts[0], middle(pts[0], pts[1]), s.radius(), s.Color)
	default:
		curve(img, middle(pts[i-2], pts[i-1]), pts[i-1], middle(pts[i-1], pts[i]), s.radius(), s.Color)
	}
}

func (s Stroke) radius() float64 { return max(s.Width*Side/2, 0.75) }

func middle(a, b Point) Point { return Point{(a.X + b.X) / 2, (a.Y + b.Y) / 2} }

// curve draws a quadratic Bézier curve in pieces of a few pixels.
func curve(img *image.RGBA, a, handle, b Point, r float64, col color.RGBA) {
	length := math.Hypot(a.X-handle.X, a.Y-handle.Y) + math.Hypot(handle.X-b.X, handle.Y-b.Y)
	n := int(min(math.Ceil(length*Side/6), 1000)) + 1 // a thousand pieces cross the pad ten times
	prev := a
	for i := 1; i <= n; i++ {
		t := float64(i) / float64(n)
		u := 1 - t
		q := Point{u*u*a.X + 2*u*t*handle.X + t*t*b.X, u*u*a.Y + 2*u*t*handle.Y + t*t*b.Y}
		capsule(img, prev, q, r, col)
		prev = q
	}
}

// capsule draws a line from a to b with round ends and smooth edges: a pixel
// takes the colour by how far its middle lies inside.
func capsule(img *image.RGBA, a, b Point, r float64, col color.RGBA) {
	ax, ay, bx, by := a.X*Side, a.Y*Side, b.X*Side, b.Y*Side
	dx, dy := bx-ax, by-ay
	l2 := dx*dx + dy*dy
	x0, x1 := bound(min(ax, bx)-r), bound(max(ax, bx)+r+1)
	y0, y1 := bound(min(ay, by)-r), bound(max(ay, by)+r+1)
	for y := y0; y < y1; y++ {
		for x := x0; x < x1; x++ {
			px, py := float64(x)+0.5-ax, float64(y)+0.5-ay
			t := 0.0
			if l2 > 0 {
				t = min(max((px*dx+py*dy)/l2, 0), 1)
			}
			ex, ey := px-t*dx, py-t*dy
			d2 := ex*ex + ey*ey
			if d2 >= (r+0.5)*(r+0.5) {
				continue
			}
			pix := img.Pix[y*img.Stride+4*x:]
			if d2 <= (r-0.5)*(r-0.5) {
				setPixel(pix, col)
				continue
			}
			blend(pix, col, r+0.5-math.Sqrt(d2))
		}
	}
}

func bound(v float64) int { return min(max(int(math.Floor(v)), 0), Side) }

func blend(px []byte, c color.RGBA, a float64) {
	a = min(max(a, 0), 1)
	mix := func(old, new byte) byte { return byte(math.Round(float64(old) + (float64(new)-float64(old))*a)) }
	px[0], px[1], px[2], px[3] = mix(px[0], c.R), mix(px[1], c.G), mix(px[2], c.B), 255
}

// draw fills the polygon line by line; a pixel's row is cut in four for smooth
// edges.
func (a Area) draw(img *image.RGBA) {
	const cuts = 4
	cover := make([]float64, Side)
	for y := range Side {
		clear(cover)
		used := false
		for cut := range cuts {
			xs := a.crossings((float64(y) + (float64(cut)+0.5)/cuts) / Side)
			for i := 0; i+1 < len(xs); i += 2 {
				used = span(cover, xs[i]*Side, xs[i+1]*Side, 1.0/cuts) || used
			}
		}
		if !used {
			continue
		}
		for x, c := range cover {
			if c > 0 {
				blend(img.Pix[y*img.Stride+4*x:], a.Color, c)
			}
		}
	}
}

// crossings returns where the outline crosses a line, from left to right.
func (a Area) crossings(y float64) []float64 {
	var xs []float64
	for i, p := range a.Points {
		q := a.Points[(i+1)%len(a.Points)]
		if (p.Y <= y) != (q.Y <= y) {
			x := p.X + (y-p.Y)/(q.Y-p.Y)*(q.X-p.X)
			at := len(xs)
			for at > 0 && xs[at-1] > x {
				at--
			}
			xs = append(xs, 0)
			copy(xs[at+1:], xs[at:])
			xs[at] = x
		}
	}
	return xs
}

// span adds weight to the pixels from x0 to x1, by the share that is covered.
func span(cover []float64, x0, x1, weight float64) bool {
	x0, x1 = max(x0, 0), min(x1, Side)
	for x := int(x0); x < Side && float64(x) < x1; x++ {
		cover[x] += weight * (min(x1, float64(x+1)) - max(x0, float64(x)))
	}
	return x0 < x1
}

// tolerance is how far a colour may be from the one that Fill started on: smooth
// edges belong to the area.
const tolerance = 48

func (f Fill) draw(img *image.RGBA) {
	x, y := int(f.At.X*Side), int(f.At.Y*Side)
	if x < 0 || y < 0 || x >= Side || y >= Side {
		return
	}
	start := img.RGBAAt(x, y)
	seen := make([]bool, Side*Side)
	todo := []int{y*Side + x}
	seen[todo[0]] = true
	for len(todo) > 0 {
		i := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		px := img.Pix[i/Side*img.Stride+i%Side*4:]
		if !near(px, start) {
			continue
		}
		setPixel(px, f.Color)
		for _, n := range [4]int{i - 1, i + 1, i - Side, i + Side} {
			sameRow := n/Side == i/Side
			if n >= 0 && n < Side*Side && (sameRow || n%Side == i%Side) && !seen[n] {
				seen[n] = true
				todo = append(todo, n)
			}
		}
	}
}

func near(px []byte, c color.RGBA) bool {
	d := func(a, b byte) int { return max(int(a)-int(b), int(b)-int(a)) }
	return max(d(px[0], c.R), d(px[1], c.G), d(px[2], c.B)) <= tolerance
}

// Package paint draws on an image in ordinary Go: shapes, text and pictures, in
// units that the canvas scales to pixels. It knows nothing of windows, so what it
// draws can be compared in tests.
package paint

import (
	"image"
	"image/color"
	"math"

	"golang.org/x/image/draw"
	"golang.org/x/image/vector"
)

// Rect is a rectangle in units.
type Rect struct{ X, Y, W, H float64 }

// Point is a place in units.
type Point struct{ X, Y float64 }

// Contains says whether p lies in r.
func (r Rect) Contains(p Point) bool {
	return p.X >= r.X && p.X < r.X+r.W && p.Y >= r.Y && p.Y < r.Y+r.H
}

// Inset returns r made smaller by d on each side.
func (r Rect) Inset(d float64) Rect { return Rect{r.X + d, r.Y + d, r.W - 2*d, r.H - 2*d} }

// Center is the middle of r.
func (r Rect) Center() Point { return Point{r.X + r.W/2, r.Y + r.H/2} }

// Canvas is an image with a scale.
type Canvas struct {
	Image  *image.RGBA
	Scale  float64 // pixels a unit
	raster vector.Rasterizer
}

// NewCanvas returns a canvas of w x h units.
func NewCanvas(w, h, scale float64) *Canvas {
	return &Canvas{Image: image.NewRGBA(image.Rect(0, 0, int(math.Ceil(w*scale)), int(math.Ceil(h*scale)))), Scale: scale}
}

// Clear fills the canvas.
func (c *Canvas) Clear(col color.RGBA) {
	draw.Draw(c.Image, c.Image.Bounds(), image.NewUniform(col), image.Point{}, draw.Src)
}

// path collects an outline in pixels, and the box around it.
type path struct {
	ops                    []segment
	minX, minY, maxX, maxY float64
}

// segment is a move (n 1), a line (n 2) or a cubic curve (n 4) to its last point.
type segment struct {
	n int
	p [3]Point
}

func newPath() *path {
	return &path{minX: math.Inf(1), minY: math.Inf(1), maxX: math.Inf(-1), maxY: math.Inf(-1)}
}

func (p *path) add(n int, pts ...Point) {
	s := segment{n: n}
	for i, q := range pts {
		s.p[i] = q
		p.minX, p.maxX = min(p.minX, q.X), max(p.maxX, q.X)
		p.minY, p.maxY = min(p.minY, q.Y), max(p.maxY, q.Y)
	}
	p.ops = append(p.ops, s)
}

func (p *path) move(q Point)        { p.add(1, q) }
func (p *path) line(q Point)        { p.add(2, q) }
func (p *path) curve(a, b, q Point) { p.add(4, a, b, q) }

// fill paints the path, in pixels, with a colour.
func (c *Canvas) fill(p *path, col color.Color) {
	box := image.Rect(int(math.Floor(p.minX)), int(math.Floor(p.minY)), int(math.Ceil(p.maxX)), int(math.Ceil(p.maxY)))
	box = box.Intersect(c.Image.Bounds())
	if box.Empty() {
		return
	}
	z := &c.raster
	z.Reset(box.Dx(), box.Dy())
	at := func(q Point) (float32, float32) {
		return float32(q.X - float64(box.Min.X)), float32(q.Y - float64(box.Min.Y))
	}
	for _, s := range p.ops {
		switch s.n {
		case 1:
			z.ClosePath()
			z.MoveTo(at(s.p[0]))
		case 2:
			z.LineTo(at(s.p[0]))
		case 4:
			bx, by := at(s.p[0])
			cx, cy := at(s.p[1])
			dx, dy := at(s.p[2])
			z.CubeTo(bx, by, cx, cy, dx, dy)
		}
	}
	z.ClosePath()
	z.Draw(c.Image, box, image.NewUniform(col), image.Point{})
}

// round is how far a curve's handles lie out for a quarter of a circle.
const round = 0.5522847498

// Box fills a rectangle with round corners.
func (c *Canvas) Box(r Rect, radius float64, col color.Color) {
	p := newPath()
	c.outline(p, r, radius, false)
	c.fill(p, col)
}

// Frame draws the outline of a rectangle with round corners, width inside of r.
func (c *Canvas) Frame(r Rect, radius, width float64, col color.Color) {
	p := newPath()
	c.outline(p, r, radius, false)
	c.outline(p, r.Inset(width), max(radius-width, 0), true)
	c.fill(p, col)
}

// outline adds a rectangle's outline, clockwise or, to cut a hole, the other way.
func (c *Canvas) outline(p *path, r Rect, radius float64, hole bool) {
	s := c.Scale
	x0, y0, x1, y1 := r.X*s, r.Y*s, (r.X+r.W)*s, (r.Y+r.H)*s
	q := min(radius*s, (x1-x0)/2, (y1-y0)/2)
	k := q * (1 - round)
	pts := []Point{
		{x0 + q, y0}, {x1 - q, y0}, {x1 - k, y0}, {x1, y0 + k}, {x1, y0 + q},
		{x1, y1 - q}, {x1, y1 - k}, {x1 - k, y1}, {x1 - q, y1},
		{x0 + q, y1}, {x0 + k, y1}, {x0, y1 - k}, {x0, y1 - q},
		{x0, y0 + q}, {x0, y0 + k}, {x0 + k, y0}, {x0 + q, y0},
	}
	if hole {
		for i, j := 0, len(pts)-1; i < j; i, j = i+1, j-1 {
			pts[i], pts[j] = pts[j], pts[i]
		}
		p.move(pts[0])
		for i := 0; i+4 < len(pts); i += 4 {
			p.curve(pts[i+1], pts[i+2], pts[i+3])
			p.line(pts[i+4])
		}
		return
	}
	p.move(pts[0])
	for i := 0; i+4 < len(pts); i += 4 {
		p.line(pts[i+1])
		p.curve(pts[i+2], pts[i+3], pts[i+4])
	}
}

// Disc fills a circle.
func (c *Canvas) Disc(at Point, radius float64, col color.Color) {
	c.Box(Rect{at.X - radius, at.Y - radius, 2 * radius, 2 * radius}, radius, col)
}

// Polygon fills a polygon.
func (c *Canvas) Polygon(pts []Point, col color.Color) {
	p := newPath()
	for i, q := range pts {
		q = Point{q.X * c.Scale, q.Y * c.Scale}
		if i == 0 {
			p.move(q)
		} else {
			p.line(q)
		}
	}
	c.fill(p, col)
}

// Line draws a line through the points with round joints and ends.
func (c *Canvas) Line(pts []Point, width float64, col color.Color) {
	p := newPath()
	r := width / 2 * c.Scale
	for i, q := range pts {
		q = Point{q.X * c.Scale, q.Y * c.Scale}
		c.outline(p, Rect{(q.X - r) / c.Scale, (q.Y - r) / c.Scale, 2 * r / c.Scale, 2 * r / c.Scale}, width, false)
		if i > 0 {
			bar(p, Point{pts[i-1].X * c.Scale, pts[i-1].Y * c.Scale}, q, r)
		}
	}
	c.fill(p, col)
}

// bar adds the rectangle of half-width r around a line, clockwise.
func bar(p *path, a, b Point, r float64) {
	dx, dy := b.X-a.X, b.Y-a.Y
	l := math.Hypot(dx, dy)
	if l == 0 {
		return
	}
	nx, ny := -dy/l*r, dx/l*r
	p.move(Point{a.X - nx, a.Y - ny})
	p.line(Point{b.X - nx, b.Y - ny})
	p.line(Point{b.X + nx, b.Y + ny})
	p.line(Point{a.X + nx, a.Y + ny})
}

// Picture draws src into r: smoothly, or each pixel as a crisp square.
func (c *Canvas) Picture(r Rect, src image.Image, from image.Rectangle, smooth bool) {
	to := image.Rect(c.px(r.X), c.px(r.Y), c.px(r.X+r.W), c.px(r.Y+r.H))
	var scaler draw.Scaler = draw.NearestNeighbor
	if smooth {
		scaler = draw.ApproxBiLinear
	}
	scaler.Scale(c.Image, to, src, from, draw.Over, nil)
}

func (c *Canvas) px(v float64) int { return int(math.Round(v * c.Scale)) }

// Within runs f with the canvas cut down to r.
func (c *Canvas) Within(r Rect, f func()) {
	whole := c.Image
	cut := image.Rect(c.px(r.X), c.px(r.Y), c.px(r.X+r.W), c.px(r.Y+r.H))
	c.Image = whole.SubImage(cut).(*image.RGBA)
	f()
	c.Image = whole
}

// RoundCorners paints col over what lies outside of the round corners of r.
func (c *Canvas) RoundCorners(r Rect, radius float64, col color.Color) {
	p := newPath()
	c.outline(p, r.Inset(-1), 0, false)
	c.outline(p, r, radius, true)
	c.fill(p, col)
}

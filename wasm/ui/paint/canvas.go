// Package paint draws on an image in ordinary Go: shapes, text and pictures, in
// units that the canvas scales to pixels. It knows nothing about windows, so what it
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

// Contains reports whether p lies in r.
func (r Rect) Contains(p Point) bool {
	return p.X >= r.X && p.X < r.X+r.W && p.Y >= r.Y && p.Y < r.Y+r.H
}

// Inset returns r made smaller by d on each side.
func (r Rect) Inset(d float64) Rect { return Rect{r.X + d, r.Y + d, r.W - 2*d, r.H - 2*d} }

// Center returns the middle of r.
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

// Box fills a rectangle with round corners. Its edges lie on whole pixels.
func (c *Canvas) Box(r Rect, radius float64, col color.RGBA) {
	b := c.bounds(r)
	q := c.corner(b, radius)
	n := int(math.Ceil(q))
	c.solid(image.Rect(b.Min.X+n, b.Min.Y, b.Max.X-n, b.Max.Y), col)
	c.solid(image.Rect(b.Min.X, b.Min.Y+n, b.Min.X+n, b.Max.Y-n), col)
	c.solid(image.Rect(b.Max.X-n, b.Min.Y+n, b.Max.X, b.Max.Y-n), col)
	c.corners(b, n, func(x, y, dx, dy float64) float64 { return inside(dx, dy, q) }, col)
}

// Frame draws the outline of a rectangle with round corners, width inside of r.
func (c *Canvas) Frame(r Rect, radius, width float64, col color.RGBA) {
	b := c.bounds(r)
	q := c.corner(b, radius)
	w := max(int(math.Round(width*c.Scale)), 1)
	n := max(int(math.Ceil(q)), w)
	c.solid(image.Rect(b.Min.X+n, b.Min.Y, b.Max.X-n, b.Min.Y+w), col)
	c.solid(image.Rect(b.Min.X+n, b.Max.Y-w, b.Max.X-n, b.Max.Y), col)
	c.solid(image.Rect(b.Min.X, b.Min.Y+n, b.Min.X+w, b.Max.Y-n), col)
	c.solid(image.Rect(b.Max.X-w, b.Min.Y+n, b.Max.X, b.Max.Y-n), col)
	c.corners(b, n, func(x, y, dx, dy float64) float64 {
		if q < 1 {
			if x < float64(w) || y < float64(w) {
				return 1
			}
			return 0
		}
		return inside(dx, dy, q) - inside(dx, dy, q-float64(w))
	}, col)
}

// RoundCorners paints col over what lies outside of the round corners of r.
func (c *Canvas) RoundCorners(r Rect, radius float64, col color.RGBA) {
	b := c.bounds(r)
	q := c.corner(b, radius)
	c.corners(b, int(math.Ceil(q)), func(x, y, dx, dy float64) float64 { return 1 - inside(dx, dy, q) }, col)
}

// bounds is r in whole pixels.
func (c *Canvas) bounds(r Rect) image.Rectangle {
	return image.Rect(c.px(r.X), c.px(r.Y), c.px(r.X+r.W), c.px(r.Y+r.H))
}

// corner returns a corner's radius in pixels, as far as there is room.
func (c *Canvas) corner(b image.Rectangle, radius float64) float64 {
	return max(min(radius*c.Scale, float64(b.Dx())/2, float64(b.Dy())/2), 0)
}

// inside returns how much of a pixel, whose middle lies dx, dy from a circle's, is in
// the circle.
func inside(dx, dy, radius float64) float64 {
	return min(max(radius+0.5-math.Sqrt(dx*dx+dy*dy), 0), 1)
}

// solid fills a part of the canvas.
func (c *Canvas) solid(b image.Rectangle, col color.RGBA) {
	if !b.Empty() {
		draw.Draw(c.Image, b, image.NewUniform(col), image.Point{}, draw.Over)
	}
}

// corners blends col into the four squares of n pixels in the corners of b. cover
// is given a pixel's place from the corner, and from the middle of the corner's
// circle, and says how much of it is covered.
func (c *Canvas) corners(b image.Rectangle, n int, cover func(x, y, dx, dy float64) float64, col color.RGBA) {
	q := float64(n)
	for j := range n {
		for i := range n {
			x, y := float64(i)+0.5, float64(j)+0.5
			a := cover(x, y, q-x, q-y)
			if a <= 0 {
				continue
			}
			c.blend(b.Min.X+i, b.Min.Y+j, col, a)
			c.blend(b.Max.X-1-i, b.Min.Y+j, col, a)
			c.blend(b.Min.X+i, b.Max.Y-1-j, col, a)
			c.blend(b.Max.X-1-i, b.Max.Y-1-j, col, a)
		}
	}
}

// blend mixes a share of an opaque colour into a pixel.
func (c *Canvas) blend(x, y int, col color.RGBA, share float64) {
	if !(image.Point{X: x, Y: y}).In(c.Image.Rect) {
		return
	}
	px := c.Image.Pix[c.Image.PixOffset(x, y):][:4]
	for k, v := range [4]uint8{col.R, col.G, col.B, col.A} {
		px[k] = uint8(float64(px[k]) + (float64(v)-float64(px[k]))*share + 0.5)
	}
}

// Disc fills a circle.
func (c *Canvas) Disc(at Point, radius float64, col color.RGBA) {
	p := newPath()
	circle(p, Point{at.X * c.Scale, at.Y * c.Scale}, radius*c.Scale)
	c.fill(p, col)
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
		circle(p, q, r)
		if i > 0 {
			bar(p, Point{pts[i-1].X * c.Scale, pts[i-1].Y * c.Scale}, q, r)
		}
	}
	c.fill(p, col)
}

// round is how far a curve's handles lie out for a quarter of a circle.
const round = 0.5522847498

// circle adds a circle, clockwise.
func circle(p *path, at Point, r float64) {
	x, y, k := at.X, at.Y, r*round
	p.move(Point{x + r, y})
	p.curve(Point{x + r, y + k}, Point{x + k, y + r}, Point{x, y + r})
	p.curve(Point{x - k, y + r}, Point{x - r, y + k}, Point{x - r, y})
	p.curve(Point{x - r, y - k}, Point{x - k, y - r}, Point{x, y - r})
	p.curve(Point{x + k, y - r}, Point{x + r, y - k}, Point{x + r, y})
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

// Picture draws src, which is opaque, into r: smoothly, or each pixel as a crisp square.
func (c *Canvas) Picture(r Rect, src image.Image, from image.Rectangle, smooth bool) {
	to := image.Rect(c.px(r.X), c.px(r.Y), c.px(r.X+r.W), c.px(r.Y+r.H))
	var scaler draw.Scaler = draw.NearestNeighbor
	if smooth {
		scaler = draw.ApproxBiLinear
	}
	scaler.Scale(c.Image, to, src, from, draw.Src, nil)
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

package doodles

import (
	"image"
	"image/draw"
	"math"

	"golang.org/x/image/vector"
)

// rgb is an opaque colour.
type rgb [3]float64 // 0 to 255

// point is a place, in units of a sketch or in pixels.
type point struct{ x, y float64 }

// nib is where a pen stands, and half the width of its line there, in pixels.
type nib struct{ x, y, r float64 }

// raster is a picture that is painted on, with memory that is used again for the next one.
type raster struct {
	w, h   int
	pix    []byte // [h,w,3]
	mask   []byte // [h,w]: how much of a pixel a line covers
	filler vector.Rasterizer
	alpha  image.Alpha
	grain  float64 // how much of a crayon's colour the paper's grain keeps away, 0 to 1
}

// start makes the raster ready for a picture of shape [h,w,3], which pix becomes.
func (a *raster) start(pix []byte, w, h int) {
	a.w, a.h, a.pix, a.grain = w, h, pix, 0
	if len(a.mask) < w*h {
		a.mask = make([]byte, w*h)
		a.alpha.Pix = make([]byte, w*h)
	}
}

// box returns the pixels around what lies between two corners, within the picture; it may be empty.
func (a *raster) box(x0, y0, x1, y1 float64) image.Rectangle {
	return image.Rectangle{
		image.Pt(max(int(math.Floor(x0)), 0), max(int(math.Floor(y0)), 0)),
		image.Pt(min(int(math.Ceil(x1)), a.w), min(int(math.Ceil(y1)), a.h)),
	}
}

// fill paints a polygon, which need not be convex, from its top in one colour to its bottom in
// another.
func (a *raster) fill(poly []point, top, bottom rgb) {
	x0, y0, x1, y1 := bounds(poly)
	b := a.box(x0, y0, x1, y1)
	if b.Empty() || len(poly) < 3 {
		return
	}
	w, h := b.Dx(), b.Dy()
	a.filler.Reset(w, h)
	for i, p := range poly {
		x, y := float32(p.x-float64(b.Min.X)), float32(p.y-float64(b.Min.Y))
		if i == 0 {
			a.filler.MoveTo(x, y)
		} else {
			a.filler.LineTo(x, y)
		}
	}
	a.filler.ClosePath()
	a.filler.DrawOp = draw.Src
	a.alpha.Pix, a.alpha.Stride, a.alpha.Rect = a.alpha.Pix[:w*h], w, image.Rect(0, 0, w, h)
	a.filler.Draw(&a.alpha, a.alpha.Rect, image.Opaque, image.Point{})
	for y := range h {
		share := min(max((float64(b.Min.Y+y)+0.5-y0)/(y1-y0), 0), 1)
		a.blend(b.Min.X, b.Min.Y+y, a.alpha.Pix[y*w:(y+1)*w], mix(top, bottom, share))
	}
	a.alpha.Pix = a.alpha.Pix[:cap(a.alpha.Pix)]
}

// stroke paints a line with round joints and ends.
func (a *raster) stroke(line []nib, c rgb) {
	if len(line) == 0 {
		return
	}
	x0, y0, x1, y1 := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, n := range line {
		x0, x1 = min(x0, n.x-n.r-0.5), max(x1, n.x+n.r+0.5)
		y0, y1 = min(y0, n.y-n.r-0.5), max(y1, n.y+n.r+0.5)
	}
	b := a.box(x0, y0, x1, y1)
	if b.Empty() {
		return
	}
	for y := b.Min.Y; y < b.Max.Y; y++ {
		clear(a.mask[y*a.w+b.Min.X : y*a.w+b.Max.X])
	}
	if len(line) == 1 {
		a.segment(line[0], line[0])
	}
	for i := 1; i < len(line); i++ {
		a.segment(line[i-1], line[i])
	}
	for y := b.Min.Y; y < b.Max.Y; y++ {
		a.blend(b.Min.X, y, a.mask[y*a.w+b.Min.X:y*a.w+b.Max.X], c)
	}
}

// segment adds to the mask what a straight piece of a line covers. A pixel's cover is taken from
// the distance of its middle to the line's; a line thinner than a pixel is paler.
func (a *raster) segment(p, q nib) {
	r := max(p.r, q.r) + 0.5
	b := a.box(min(p.x, q.x)-r, min(p.y, q.y)-r, max(p.x, q.x)+r, max(p.y, q.y)+r)
	dx, dy, dr := q.x-p.x, q.y-p.y, q.r-p.r
	inverse := 0.0
	if l := dx*dx + dy*dy; l > 0 {
		inverse = 1 / l
	}
	for y := b.Min.Y; y < b.Max.Y; y++ {
		ey := float64(y) + 0.5 - p.y
		row := a.mask[y*a.w : y*a.w+a.w]
		for x := b.Min.X; x < b.Max.X; x++ {
			if row[x] == 255 {
				continue
			}
			ex := float64(x) + 0.5 - p.x
			t := min(max((ex*dx+ey*dy)*inverse, 0), 1)
			ux, uy, r := ex-t*dx, ey-t*dy, p.r+t*dr
			d := ux*ux + uy*uy
			if d >= (r+0.5)*(r+0.5) {
				continue
			}
			cover := min(r+0.5-math.Sqrt(d), 2*r, 1)
			row[x] = max(row[x], byte(cover*255+0.5))
		}
	}
}

// blend mixes a colour into a row of pixels from x, y on, as far as cover says.
func (a *raster) blend(x, y int, cover []byte, c rgb) {
	row := a.pix[(y*a.w+x)*3:]
	red, green, blue := int(c[0]+0.5), int(c[1]+0.5), int(c[2]+0.5)
	for i, v := range cover {
		if v == 0 {
			continue
		}
		s := int(v)
		if a.grain > 0 {
			s = int(float64(s) * (1 - a.grain*speck(x+i, y)))
		}
		px := row[i*3 : i*3+3 : i*3+3]
		px[0] = byte((int(px[0])*(255-s) + red*s + 127) / 255)
		px[1] = byte((int(px[1])*(255-s) + green*s + 127) / 255)
		px[2] = byte((int(px[2])*(255-s) + blue*s + 127) / 255)
	}
}

// speck returns the paper's grain at a pixel, 0 to 1.
func speck(x, y int) float64 {
	h := uint32(x)*0x9e3779b1 ^ uint32(y)*0x85ebca6b
	h ^= h >> 15
	h *= 0x2c1b3c6d
	return float64(h>>16&0xff) / 255
}

// mix returns the colour between two.
func mix(a, b rgb, share float64) rgb {
	for i := range a {
		a[i] += (b[i] - a[i]) * share
	}
	return a
}

// bounds returns the corners of the box around points.
func bounds(pts []point) (x0, y0, x1, y1 float64) {
	x0, y0, x1, y1 = math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, p := range pts {
		x0, x1 = min(x0, p.x), max(x1, p.x)
		y0, y1 = min(y0, p.y), max(y1, p.y)
	}
	return x0, y0, x1, y1
}

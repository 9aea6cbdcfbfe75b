// Package picture turns a picture of any size into the 32x32 pixels that the
// network sees.
package picture

import (
	"image"
	"image/color"
	"math"

	"tenfold/nn/spec"
)

// MaxSide is the longest side of a picture that the page keeps; larger ones are
// made smaller when they are decoded.
const MaxSide = 1024

// Around is what lies outside of a picture that is shown whole: the middle grey,
// which the network gets as 0.
var Around = color.RGBA{128, 128, 128, 255}

// Picture is a picture and the square of it that the network sees.
type Picture struct {
	Image *image.RGBA
	Name  string
	X, Y  float64 // the square's middle, in pixels
	Side  float64 // the square's side, in pixels
}

// New returns a picture with the largest square in its middle chosen.
func New(img *image.RGBA, name string) *Picture {
	p := &Picture{Image: img, Name: name}
	p.Fill()
	return p
}

func (p *Picture) size() (w, h float64) {
	return float64(p.Image.Rect.Dx()), float64(p.Image.Rect.Dy())
}

// Fill chooses the largest square in the middle.
func (p *Picture) Fill() {
	w, h := p.size()
	p.X, p.Y, p.Side = w/2, h/2, min(w, h)
}

// Fit chooses a square around the whole picture.
func (p *Picture) Fit() {
	w, h := p.size()
	p.X, p.Y, p.Side = w/2, h/2, max(w, h)
}

// Zoom makes the square smaller by a factor, around the point x, y of the square,
// 0 to 1 in both directions, which stays where it is.
func (p *Picture) Zoom(factor, x, y float64) {
	w, h := p.size()
	side := min(max(p.Side/factor, min(8, min(w, h))), max(w, h))
	p.X += (x - 0.5) * (p.Side - side)
	p.Y += (y - 0.5) * (p.Side - side)
	p.Side = side
	p.clamp()
}

// Move moves the picture under the square by a share of the square's side.
func (p *Picture) Move(dx, dy float64) {
	p.X -= dx * p.Side
	p.Y -= dy * p.Side
	p.clamp()
}

// clamp keeps the square on the picture; where it is larger, the picture in its
// middle.
func (p *Picture) clamp() {
	w, h := p.size()
	p.X, p.Y = clamp(p.X, p.Side, w), clamp(p.Y, p.Side, h)
}

func clamp(v, side, size float64) float64 {
	if side >= size {
		return size / 2
	}
	return min(max(v, side/2), size-side/2)
}

// Pixels returns what the network sees, [32,32,3]: the mean colour of each cell
// of the square.
func (p *Picture) Pixels() []byte {
	out := make([]byte, 0, spec.Pixels)
	cell := p.Side / spec.Side
	x0, y0 := p.X-p.Side/2, p.Y-p.Side/2
	for j := range spec.Side {
		for i := range spec.Side {
			c := mean(p.Image, x0+float64(i)*cell, y0+float64(j)*cell, cell)
			out = append(out, c.R, c.G, c.B)
		}
	}
	return out
}

// Shrink returns the 32x32 pixels of a whole square picture.
func Shrink(img *image.RGBA) []byte { return New(img, "").Pixels() }

// mean is the mean colour of a square of the picture; what lies outside of it is
// grey, and what is transparent is white.
func mean(img *image.RGBA, x, y, side float64) color.RGBA {
	var r, g, b, sum float64
	w, h := img.Rect.Dx(), img.Rect.Dy()
	for py := int(math.Floor(y)); float64(py) < y+side; py++ {
		wy := min(float64(py+1), y+side) - max(float64(py), y)
		for px := int(math.Floor(x)); float64(px) < x+side; px++ {
			weight := wy * (min(float64(px+1), x+side) - max(float64(px), x))
			sum += weight
			if px < 0 || py < 0 || px >= w || py >= h {
				r, g, b = r+weight*float64(Around.R), g+weight*float64(Around.G), b+weight*float64(Around.B)
				continue
			}
			q := img.Pix[py*img.Stride+4*px:]
			white := float64(255 - q[3]) // the colours are multiplied by alpha already
			r += weight * (float64(q[0]) + white)
			g += weight * (float64(q[1]) + white)
			b += weight * (float64(q[2]) + white)
		}
	}
	to := func(v float64) byte { return byte(math.Round(min(v/sum, 255))) }
	return color.RGBA{to(r), to(g), to(b), 255}
}

// Enlarge returns 32x32 RGB bytes as an image.
func Enlarge(pixels []byte) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, spec.Side, spec.Side))
	for i := range spec.Side * spec.Side {
		copy(img.Pix[4*i:], pixels[3*i:3*i+3])
		img.Pix[4*i+3] = 255
	}
	return img
}

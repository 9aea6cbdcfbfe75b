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

// Within is the size of a drawing that can have any: its longer side is MaxSide, and its
// shape that of w and h, of which 0 is not known.
func Within(w, h int) (int, int) {
	if w < 1 || h < 1 {
		return MaxSide, MaxSide
	}
	k := float64(MaxSide) / float64(max(w, h))
	return max(int(float64(w)*k+0.5), 1), max(int(float64(h)*k+0.5), 1)
}

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
// of the square. What lies outside of the picture is grey, and what is transparent
// is white.
func (p *Picture) Pixels() []byte {
	out := make([]byte, 0, spec.Pixels)
	w, h := p.size()
	xs := spans(p.X-p.Side/2, p.Side/spec.Side, int(w))
	ys := spans(p.Y-p.Side/2, p.Side/spec.Side, int(h))
	for _, y := range ys {
		for _, x := range xs {
			out = append(out, p.mean(x, y)...)
		}
	}
	return out
}

// Shrink returns the 32x32 pixels of a whole square picture.
func Shrink(img *image.RGBA) []byte { return New(img, "").Pixels() }

// span is the part of a row or column of pixels that a cell covers: from the first
// one on, each with its share of the cell.
type span struct {
	first int
	share []float32
}

// spans returns the 32 cells that begin at start, each size pixels wide, over n
// pixels.
func spans(start, size float64, n int) [spec.Side]span {
	var cells [spec.Side]span
	for i := range cells {
		from := start + float64(i)*size
		to := from + size
		s := span{first: min(max(int(math.Floor(from)), 0), n)}
		for px := s.first; px < n && float64(px) < to; px++ {
			share := float32((min(to, float64(px+1)) - max(from, float64(px))) / size)
			s.share = append(s.share, max(share, 0))
		}
		cells[i] = s
	}
	return cells
}

// mean is the mean colour of a cell.
func (p *Picture) mean(x, y span) []byte {
	var r, g, b, in float32
	for j, wy := range y.share {
		row := p.Image.Pix[(y.first+j)*p.Image.Stride+4*x.first:][:4*len(x.share)]
		for i, wx := range x.share {
			q := row[4*i : 4*i+4]
			w := wx * wy
			white := float32(255 - q[3]) // the colours are multiplied by alpha already
			r += w * (float32(q[0]) + white)
			g += w * (float32(q[1]) + white)
			b += w * (float32(q[2]) + white)
			in += w
		}
	}
	out := 1 - in
	to := func(v float32, around uint8) byte { return byte(min(max(v+out*float32(around)+0.5, 0), 255)) }
	return []byte{to(r, Around.R), to(g, Around.G), to(b, Around.B)}
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

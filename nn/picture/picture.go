// Package picture turns a picture of any size into the pixels that the network sees.
package picture

import (
	"image"
	"image/color"
	"math"

	"tenfold/nn/task"
)

// MaxSide is the longest side of a picture that the page keeps; larger ones are
// made smaller when they are decoded.
const MaxSide = 1024

// Within returns the size for a drawing that can have any: its longer side is MaxSide, and
// its shape that of w and h, where 0 means not known.
func Within(w, h int) (int, int) {
	if w < 1 || h < 1 {
		return MaxSide, MaxSide
	}
	k := float64(MaxSide) / float64(max(w, h))
	return max(int(float64(w)*k+0.5), 1), max(int(float64(h)*k+0.5), 1)
}

// middleGrey is what lies outside of a picture that is shown whole, unless that is a drawing: the
// network gets it as 0.
var middleGrey = color.RGBA{128, 128, 128, 255}

// Picture is a picture and the square of it that the network sees, or the part of it that
// has the shape of the network's input.
type Picture struct {
	Image *image.RGBA
	Name  string
	X, Y  float64 // the square's middle, in pixels
	Side  float64 // the square's side, in pixels

	around color.RGBA // what lies outside of it
	line   float64    // the width of a drawing's lines, in pixels; 0 for none
}

// New returns a picture with the largest square in its middle chosen.
func New(img *image.RGBA, name string) *Picture {
	p := &Picture{Image: img, Name: name, around: middleGrey}
	p.Fill()
	return p
}

// Open returns a picture that the user has brought: of a drawing on a plain ground the square
// around what is drawn is chosen, of any other the largest in the middle.
func Open(img *image.RGBA, name string) *Picture {
	p := New(img, name)
	p.Draw()
	return p
}

// Around returns the colour of what lies outside of the picture.
func (p *Picture) Around() color.RGBA { return p.around }

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

// Pixels returns what the network sees, bytes of the shape in, [h,w,c]: the mean colour of
// each cell of the square, or where c is 1 its brightness (luma of ITU-R BT.601). What lies
// outside of the picture is grey, or a drawing's ground, and what is transparent is white.
func (p *Picture) Pixels(in task.Shape) []byte {
	rows, columns, grey := in[0], in[1], in[2] == 1
	out := make([]byte, 0, in.Size())
	w, h := p.size()
	cell := p.Side / float64(max(rows, columns))
	xs := spans(p.X-cell*float64(columns)/2, cell, columns, int(w))
	ys := spans(p.Y-cell*float64(rows)/2, cell, rows, int(h))
	gain, ground := p.gain(cell), [3]float32{float32(p.around.R), float32(p.around.G), float32(p.around.B)}
	for _, y := range ys {
		for _, x := range xs {
			r, g, b := p.mean(x, y)
			if gain > 1 {
				r, g, b = ground[0]+gain*(r-ground[0]), ground[1]+gain*(g-ground[1]), ground[2]+gain*(b-ground[2])
			}
			if grey {
				out = append(out, round(0.299*r+0.587*g+0.114*b))
			} else {
				out = append(out, round(r), round(g), round(b))
			}
		}
	}
	return out
}

func round(v float32) byte { return byte(min(max(v+0.5, 0), 255)) }

// Shrink returns the pixels of a whole square picture.
func Shrink(img *image.RGBA, in task.Shape) []byte { return New(img, "").Pixels(in) }

// span is the part of a row or column of pixels that a cell covers: from the first
// one on, each with its share of the cell.
type span struct {
	first int
	share []float32
	whole bool // it covers all of each
}

// spans returns the cells that begin at start, each size pixels wide, over n pixels.
func spans(start, size float64, count, n int) []span {
	cells := make([]span, count)
	for i := range cells {
		from := start + float64(i)*size
		to := from + size
		s := span{first: min(max(int(math.Floor(from)), 0), n)}
		s.whole = from == math.Floor(from) && to == math.Floor(to) && from >= 0 && int(to) <= n
		for px := s.first; px < n && float64(px) < to; px++ {
			share := float32((min(to, float64(px+1)) - max(from, float64(px))) / size)
			s.share = append(s.share, max(share, 0))
		}
		cells[i] = s
	}
	return cells
}

// mean returns the mean colour of a cell.
func (p *Picture) mean(x, y span) (r, g, b float32) {
	if x.whole && y.whole {
		return p.sum(x, y)
	}
	var in float32
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
	return r + out*float32(p.around.R), g + out*float32(p.around.G), b + out*float32(p.around.B)
}

// sum returns the mean of a cell that covers whole pixels, which takes a third of the time.
func (p *Picture) sum(x, y span) (r, g, b float32) {
	var red, green, blue, white uint32
	for j := range y.share {
		row := p.Image.Pix[(y.first+j)*p.Image.Stride+4*x.first:][:4*len(x.share)]
		for ; len(row) >= 4; row = row[4:] {
			red, green, blue, white = red+uint32(row[0]), green+uint32(row[1]), blue+uint32(row[2]), white+uint32(255-row[3])
		}
	}
	n := float32(len(x.share) * len(y.share))
	return float32(red+white) / n, float32(green+white) / n, float32(blue+white) / n
}

// Enlarge returns bytes of the shape in, [h,w,1] or [h,w,3], as an image; as an empty one
// what has another shape.
func Enlarge(pixels []byte, in task.Shape) *image.RGBA {
	if len(in) != 3 || len(pixels) != in.Size() {
		return image.NewRGBA(image.Rect(0, 0, 1, 1))
	}
	h, w, c := in[0], in[1], in[2]
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range h * w {
		at := img.Pix[4*i : 4*i+4]
		for k := range 3 {
			at[k] = pixels[c*i+min(k, c-1)]
		}
		at[3] = 255
	}
	return img
}

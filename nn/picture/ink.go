package picture

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
)

// What makes a drawing: nearly all of its edge has one colour, and what stands out from that is
// small enough to be looked at more closely.
const (
	plain    = 0.95 // of the pixels at the edge are like the one in their middle
	alike    = 28   // the most that a channel of them differs
	stands   = 48   // the least that a channel of what is drawn differs
	fills    = 0.86 // how much of the square the drawing is to fill
	closer   = 0.9  // a square that is not smaller by this is left as it is
	smallest = 64   // pixels of the longer side: smaller pictures are as the network sees them already
	closest  = 0.35 // how small it can be, as a share of the picture's longer side
)

// Lines that are thin in what the network sees are faint. They are made stronger, up to this
// many cells' worth of ink, and by at most this factor.
const (
	lineWidth = 0.8
	mostGain  = 2.5
)

// stretch is how many pixels of a row are looked at together.
const stretch = 32

// ink is what is drawn on a plain ground.
type ink struct {
	ground color.RGBA
	box    image.Rectangle // around it
	width  float64         // of its lines, in pixels; larger where areas are filled
}

// found looks for a drawing on a plain ground.
func found(img *image.RGBA) (k ink, ok bool) {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	if max(w, h) < smallest {
		return k, false
	}
	k.ground, ok = edge(img, w, h)
	if !ok {
		return k, false
	}
	area, crossings := 0, 0
	x0, y0, x1, y1 := w, h, -1, -1
	paper := binary.LittleEndian.Uint32([]byte{k.ground.R, k.ground.G, k.ground.B, 255}) // which most pixels are
	blank := bytes.Repeat([]byte{k.ground.R, k.ground.G, k.ground.B, 255}, stretch)
	above, inked := make([]bool, w), make([]bool, w/stretch+1) // what is ink in the row before, and in which stretches there is some
	for y := range h {
		row, before := img.Pix[y*img.Stride:][:4*w], false
		for from := 0; from < w; from += stretch {
			to, some := min(from+stretch, w), false
			if !inked[from/stretch] && !before && bytes.Equal(row[4*from:4*to], blank[:4*(to-from)]) {
				continue
			}
			for x := from; x < to; x++ {
				is := binary.LittleEndian.Uint32(row[4*x:]) != paper && differs(row[4*x:4*x+4], k.ground, stands)
				if is != before {
					crossings++
				}
				if is != above[x] {
					crossings++
				}
				before, above[x] = is, is
				if is {
					area++
					x0, x1, y0, y1, some = min(x0, x), max(x1, x), min(y0, y), y, true
				}
			}
			inked[from/stretch] = some
		}
	}
	if area == 0 {
		return k, false
	}
	k.box = image.Rect(x0, y0, x1+1, y1+1)
	// A line of some length has two sides, each of which a grid of rows and columns crosses
	// 4/π times a pixel on average.
	k.width = float64(area) / float64(max(crossings, 1)) * 8 / 3.14159
	return k, true
}

// edge returns the colour of a picture's edge, if that is plain.
func edge(img *image.RGBA, w, h int) (color.RGBA, bool) {
	at := func(x, y int) []byte { return img.Pix[y*img.Stride+4*x:][:4] }
	var all [][]byte
	for x := range w {
		all = append(all, at(x, 0), at(x, h-1))
	}
	for y := range h {
		all = append(all, at(0, y), at(w-1, y))
	}
	// Its most frequent colour, by the four highest bits of each channel.
	counts := map[[3]byte]int{}
	var often [3]byte
	for _, p := range all {
		r, g, b := onWhite(p)
		c := [3]byte{r >> 4, g >> 4, b >> 4}
		if counts[c]++; counts[c] > counts[often] {
			often = c
		}
	}
	var sum [3]int
	n := 0
	for _, p := range all {
		r, g, b := onWhite(p)
		if [3]byte{r >> 4, g >> 4, b >> 4} == often {
			sum[0], sum[1], sum[2], n = sum[0]+int(r), sum[1]+int(g), sum[2]+int(b), n+1
		}
	}
	ground := color.RGBA{byte(sum[0] / n), byte(sum[1] / n), byte(sum[2] / n), 255}
	like := 0
	for _, p := range all {
		if !differs(p, ground, alike) {
			like++
		}
	}
	return ground, float64(like) >= plain*float64(len(all))
}

// onWhite returns a pixel's colour on white paper.
func onWhite(p []byte) (r, g, b byte) {
	white := 255 - p[3]
	return p[0] + white, p[1] + white, p[2] + white
}

// differs reports whether a channel of a pixel differs from a colour by more than so much.
func differs(p []byte, c color.RGBA, by int) bool {
	r, g, b := onWhite(p)
	off := func(a, b byte) int { return max(int(a)-int(b), int(b)-int(a)) }
	return off(r, c.R) > by || off(g, c.G) > by || off(b, c.B) > by
}

// Draw chooses the square around a drawing on a plain ground, if the picture is one: what is
// small is seen closely, and what lies outside of the picture is ground. It says whether.
func (p *Picture) Draw() bool {
	k, ok := found(p.Image)
	if !ok {
		return false
	}
	p.around, p.line = k.ground, k.width
	w, h := p.size()
	whole := max(w, h)
	p.X, p.Y, p.Side = w/2, h/2, whole
	if side := float64(max(k.box.Dx(), k.box.Dy())) / fills; side < closer*whole {
		p.X, p.Y = float64(k.box.Min.X+k.box.Max.X)/2, float64(k.box.Min.Y+k.box.Max.Y)/2
		p.Side = max(side, closest*whole, min(8, w, h))
		p.clamp()
	}
	return true
}

// gain is by how much what stands out from the ground is made stronger in cells of a size.
func (p *Picture) gain(cell float64) float32 {
	if p.line == 0 {
		return 1
	}
	return float32(min(max(lineWidth*cell/p.line, 1), mostGain))
}

package model

import (
	"image"

	"tenfold/wasm/protocol"
)

// heatSide is the longer side of a heat map's picture, in pixels.
const heatSide = 128

// blended returns the heat map over the picture: a share of it, and the rest of the picture.
func blended(seen *image.RGBA, e *protocol.Explained, share float64) *image.RGBA {
	most := float32(1e-9)
	for _, v := range e.Values {
		most = max(most, v)
	}
	size := seen.Rect.Size()
	fw, fh := within(heatSide, size.X, size.Y)
	w, h := max(int(fw), 1), max(int(fh), 1)
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			v := bilinear(e, (float64(y)+0.5)/float64(h), (float64(x)+0.5)/float64(w)) / float64(most)
			col := ramp[uint8(min(max(v, 0), 1)*255)]
			px := seen.Pix[seen.PixOffset(x*size.X/w, y*size.Y/h):]
			out := img.Pix[4*(y*w+x):]
			for k, m := range [3]uint8{col.R, col.G, col.B} {
				out[k] = uint8(float64(px[k])*(1-share) + float64(m)*share + 0.5)
			}
			out[3] = 255
		}
	}
	return img
}

// bilinear returns a map's value at a place, 0 to 1 in both directions.
func bilinear(e *protocol.Explained, y, x float64) float64 {
	fy, fx := min(max(y*float64(e.H)-0.5, 0), float64(e.H-1)), min(max(x*float64(e.W)-0.5, 0), float64(e.W-1))
	y0, x0 := int(fy), int(fx)
	y1, x1 := min(y0+1, e.H-1), min(x0+1, e.W-1)
	at := func(y, x int) float64 { return float64(e.Values[y*e.W+x]) }
	ty, tx := fy-float64(y0), fx-float64(x0)
	return (at(y0, x0)*(1-tx)+at(y0, x1)*tx)*(1-ty) + (at(y1, x0)*(1-tx)+at(y1, x1)*tx)*ty
}

package augment

import "tenfold/nn/task"

func checkZoom(r *task.Recipe) error {
	return between("a zoom of", r.Zoom, 0, 0.9)
}

// crop cuts a part out of a picture, whose sides are 1-Recipe.Zoom to 1 of the
// picture's, and enlarges it to the picture's size. It keeps the ratio of its
// sides. Source: Szegedy et al. 2014, https://arxiv.org/abs/1409.4842, section
// 6.
func crop(p *Picture) {
	side := 1 - float32(p.Recipe.Zoom*p.Float64())
	enlarge(p.Spare(), p.Pixels, p.Shape, side, p.Float32(), p.Float32())
	p.Take()
}

// enlarge writes to dst the part of a picture of shape [h,w,c] whose sides are
// the share side of its own. top and left say where it lies in the range of
// possible places, 0 to 1. Between pixels it is linear, and their centres are
// where Keras' Resizing and TensorFlow have them.
func enlarge(dst, pixels []byte, shape task.Shape, side, top, left float32) {
	h, w, c := shape[0], shape[1], shape[2]
	for y := range h {
		y0, y1, fy := source(y, h, side, top)
		for x := range w {
			x0, x1, fx := source(x, w, side, left)
			for k := range c {
				at := func(y, x int) float32 { return float32(pixels[(y*w+x)*c+k]) }
				upper := at(y0, x0) + fx*(at(y0, x1)-at(y0, x0))
				lower := at(y1, x0) + fx*(at(y1, x1)-at(y1, x0))
				dst[(y*w+x)*c+k] = clip(upper + fy*(lower-upper))
			}
		}
	}
}

// source returns the two of n places between which the at-th comes from, and how far it is from
// the first.
func source(at, n int, side, shift float32) (first, second int, part float32) {
	v := (float32(at)+0.5)*side + shift*(1-side)*float32(n) - 0.5
	v = min(max(v, 0), float32(n-1))
	first = int(v)
	return first, min(first+1, n-1), v - float32(first)
}

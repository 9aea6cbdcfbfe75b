package sketch

import (
	"math"
	"math/rand/v2"
	"slices"

	"tenfold/nn/task"
)

// look takes a photograph in, enlarged, and a little out of true, as a drawing is.
func (a *Artist) look(pixels []byte, shape task.Shape, rng *rand.Rand) {
	a.h, a.w, a.c = shape[0], shape[1], shape[2]
	a.H, a.W = enlarged*a.h, enlarged*a.w
	n := a.H * a.W
	a.rgb = slices.Grow(a.rgb[:0], 3*n)[:3*n]
	for _, p := range []*[]float32{&a.grey, &a.a, &a.b, &a.m} {
		*p = slices.Grow((*p)[:0], n)[:n]
	}
	a.region = slices.Grow(a.region[:0], n)[:n]
	a.front = slices.Grow(a.front[:0], n)[:n]

	// Slow waves move the outlines as an unsteady hand does.
	size := float64(min(a.H, a.W))
	wave := func() (amplitude, fx, fy, phase float64) {
		return size * between(rng, 0, 0.02), between(rng, -3, 3) * 2 * math.Pi / float64(a.W), between(rng, -3, 3) * 2 * math.Pi / float64(a.H), between(rng, 0, 2*math.Pi)
	}
	ax, fx, gx, px := wave()
	ay, fy, gy, py := wave()
	for y := range a.H {
		for x := range a.W {
			u := float64(x) + ax*math.Sin(fx*float64(x)+gx*float64(y)+px)
			v := float64(y) + ay*math.Sin(fy*float64(x)+gy*float64(y)+py)
			a.sample(a.rgb[3*(y*a.W+x):][:3], pixels, (u+0.5)/enlarged-0.5, (v+0.5)/enlarged-0.5)
		}
	}
	a.luminance()
}

// sample is the photograph between its pixels.
func (a *Artist) sample(to []float32, pixels []byte, x, y float64) {
	x, y = min(max(x, 0), float64(a.w-1)), min(max(y, 0), float64(a.h-1))
	x0, y0 := int(x), int(y)
	x1, y1 := min(x0+1, a.w-1), min(y0+1, a.h-1)
	dx, dy := float32(x-float64(x0)), float32(y-float64(y0))
	for k := range to {
		c := min(k, a.c-1)
		at := func(x, y int) float32 { return float32(pixels[(y*a.w+x)*a.c+c]) }
		top := at(x0, y0) + (at(x1, y0)-at(x0, y0))*dx
		low := at(x0, y1) + (at(x1, y1)-at(x0, y1))*dx
		to[k] = top + (low-top)*dy
	}
}

// luminance is Rec. 601's, as in most programs that find edges.
func (a *Artist) luminance() {
	for i := range a.grey {
		p := a.rgb[3*i:]
		a.grey[i] = 0.299*p[0] + 0.587*p[1] + 0.114*p[2]
	}
}

// reduce writes the drawing at the photograph's size: the mean of the pixels that one covers.
func (a *Artist) reduce(dst []byte) {
	const area = enlarged * enlarged
	for y := range a.h {
		for x := range a.w {
			var sum [3]float32
			for v := range enlarged {
				row := a.rgb[3*((y*enlarged+v)*a.W+x*enlarged):][:3*enlarged]
				for u := range enlarged {
					sum[0] += row[3*u]
					sum[1] += row[3*u+1]
					sum[2] += row[3*u+2]
				}
			}
			to := dst[(y*a.w+x)*a.c:][:a.c]
			if a.c == 1 {
				to[0] = level((0.299*sum[0] + 0.587*sum[1] + 0.114*sum[2]) / area)
				continue
			}
			for k := range to {
				to[k] = level(sum[k] / area)
			}
		}
	}
}

func level(v float32) byte { return byte(min(max(v, 0), 255) + 0.5) }

// blur blurs src into dst by a box of 2r+1 pixels, twice, which comes near a Gaussian of
// r·0.82+0.4 pixels. Both are [H,W] with channels after each other pixel by pixel.
func (a *Artist) blur(dst, src []float32, channels, r int) {
	if r <= 0 {
		copy(dst, src)
		return
	}
	in := src
	for range 2 {
		for y := range a.H {
			a.box(dst[y*a.W*channels:], in[y*a.W*channels:], a.W, channels, channels, r)
		}
		for x := range a.W {
			a.box(dst[x*channels:], dst[x*channels:], a.H, a.W*channels, channels, r)
		}
		in = dst
	}
}

// box is the running mean of 2r+1 of n neighbours that are stride apart; the outermost are
// repeated. dst and src may be the same.
func (a *Artist) box(dst, src []float32, n, stride, channels, r int) {
	var line [enlarged * task.MaxSide]float32
	for c := range channels {
		for i := range n {
			line[i] = src[i*stride+c]
		}
		sum := float32(0)
		for i := -r; i <= r; i++ {
			sum += line[min(max(i, 0), n-1)]
		}
		for i := range n {
			dst[i*stride+c] = sum / float32(2*r+1)
			sum += line[min(i+r+1, n-1)] - line[max(i-r, 0)]
		}
	}
}

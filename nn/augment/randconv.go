package augment

import (
	"math"

	"tenfold/nn/task"
)

func checkRandConv(r *task.Recipe) error {
	return between("a random convolution of a share of", r.RandConv, 0, 1)
}

// centre is the grey around which a random convolution works.
const centre = 127.5

// randConv puts a share of the pictures through a convolution of 1x1 or 3x3 with random
// weights, which changes colours and textures and keeps shapes, and mixes the outcome with
// the picture. The paper draws one for each batch and from 1x1 to 7x7, for pictures of 224
// pixels; here each picture has its own, so that a batch's statistics are those of the
// mixture and do not depend on how it is split over workers. What does not fit into a byte is
// clipped. Source: Xu et al. 2020, https://arxiv.org/abs/2007.13003, section 3, RC_mix.
func randConv(p *Picture) {
	if p.Float64() >= p.Recipe.RandConv {
		return
	}
	c, size := p.Shape[2], 1+2*p.IntN(2)
	kernel := p.scratch(0, size*size*c*c)
	deviation := 1 / math.Sqrt(float64(size*size*c))
	for i := range kernel {
		kernel[i] = float32(p.NormFloat64() * deviation)
	}
	convolve(p.Spare(), p.Pixels, p.Shape, kernel, size, p.Float32(), p.scratch(1, c))
	p.Take()
}

// convolve writes to dst a picture of shape [h,w,c], of which keep stays and the rest is its
// convolution with a kernel [size,size,c,c] around grey. sum: [c] is scratch.
func convolve(dst, pixels []byte, shape task.Shape, kernel []float32, size int, keep float32, sum []float32) {
	h, w, c := shape[0], shape[1], shape[2]
	for y := range h {
		for x := range w {
			clear(sum)
			for ky := range size {
				for kx := range size {
					yy, xx := y+ky-size/2, x+kx-size/2
					if yy < 0 || yy >= h || xx < 0 || xx >= w {
						continue // it is grey there
					}
					taps := kernel[(ky*size+kx)*c*c:]
					for i, v := range pixels[(yy*w+xx)*c:][:c] {
						v := float32(v) - centre
						for o, t := range taps[i*c:][:c] {
							sum[o] += v * t
						}
					}
				}
			}
			at := (y*w + x) * c
			for o, v := range sum {
				dst[at+o] = clip(keep*float32(pixels[at+o]) + (1-keep)*(v+centre))
			}
		}
	}
}

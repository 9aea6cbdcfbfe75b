package augment

import (
	"tenfold/nn/doodles"
	"tenfold/nn/task"
)

func checkStrange(r *task.Recipe) error {
	return between("strange pictures as a share of", r.Strange, 0, 1)
}

// strange replaces a share of the pictures with pictures of none of the
// classes, so that a network learns to be sure of nothing there: drawings of
// other things, patterns, and the picture itself in pieces. Source: Hendrycks,
// Mazeika, Dietterich 2019, https://arxiv.org/abs/1812.04606, whose strange
// pictures are those of another data set.
func strange(p *Picture) {
	if p.Float64() >= p.Recipe.Strange {
		return
	}
	p.drawn = true
	switch v := p.Float64(); {
	case v < 0.6:
		doodles.DrawOther(p.Pixels, p.Shape, p.Uint64())
	case v < 0.85:
		doodles.Texture(p.Pixels, p.Shape, p.Uint64())
	default:
		scramble(p)
	}
}

func strangeLabel(p *Picture, l task.Label) task.Label {
	l.None = p.Float64() < p.Recipe.Strange
	return l
}

// pieces is in how many parts a side is cut.
const pieces = 4

// scramble puts the pieces of a picture in another order. What is left over at the right and the
// bottom stays.
func scramble(p *Picture) {
	h, w, c := p.Shape[0]/pieces, p.Shape[1]/pieces, p.Shape[2]
	copy(p.Spare(), p.Pixels)
	row := p.Shape[1] * c
	for i, j := range p.Perm(pieces * pieces) {
		from, to := (i/pieces*h)*row+i%pieces*w*c, (j/pieces*h)*row+j%pieces*w*c
		for y := range h {
			copy(p.Spare()[to+y*row:to+y*row+w*c], p.Pixels[from+y*row:])
		}
	}
	p.Take()
}

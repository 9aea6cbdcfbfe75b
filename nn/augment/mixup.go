package augment

import (
	"math"
	"slices"

	"tenfold/nn/task"
)

func checkMixup(r *task.Recipe) error {
	return between("mixup's alpha of", r.Mixup, 0, 1)
}

// mixup mixes a picture with another of its batch, which was changed as it was.
// The label has both classes, each by its share. Source: Zhang et al. 2017,
// https://arxiv.org/abs/1710.09412.
func mixup(p *Picture) {
	other, part := partner(p)
	b := p.batch
	b.render(&b.other, other, before(b))
	blend(p.Pixels, b.other.Pixels, part)
}

func mixedLabel(p *Picture, l task.Label) task.Label {
	other, part := partner(p)
	with := p.batch.label(&p.batch.other, other, before(p.batch))
	l.Other, l.Part, l.None = with.Class, part, l.None || with.None
	return l
}

// before returns how many augmentations come before the mixing.
func before(b *Batch) int {
	return slices.IndexFunc(b.asked, func(a Augmentation) bool { return a.Name == "mixup" })
}

// partner draws the place in the batch of the picture that is mixed in, and how much of it, in
// 255ths: at most half. The paper's share may be more, which is then a mixture of the two the
// other way round.
func partner(p *Picture) (other int, part byte) {
	other = p.IntN(p.batch.Len())
	share := beta(p, p.Recipe.Mixup)
	return other, byte(math.Round(255 * min(share, 1-share)))
}

// beta draws from the beta distribution whose parameters are both a, of at most 1. Source:
// Jöhnk 1964, https://doi.org/10.1007/BF02613706.
func beta(p *Picture, a float64) float64 {
	for {
		x, y := math.Pow(p.Float64(), 1/a), math.Pow(p.Float64(), 1/a)
		if x+y <= 1 && x+y > 0 {
			return x / (x + y)
		}
	}
}

// blend mixes other into pixels, part of it in 255ths.
func blend(pixels, other []byte, part byte) {
	keep := 255 - int(part)
	for i, v := range pixels {
		pixels[i] = byte((int(v)*keep + int(other[i])*int(part) + 127) / 255)
	}
}

package augment

import (
	"fmt"

	"tenfold/nn/task"
)

func checkCutout(r *task.Recipe) error {
	if r.Cutout < 0 || r.Cutout > task.MaxSide {
		return fmt.Errorf("a cutout of %d pixels: want 0 to %d", r.Cutout, task.MaxSide)
	}
	return nil
}

// cutout makes a square of Recipe.Cutout pixels grey, whose centre is anywhere in the picture.
// Source: DeVries, Taylor 2017, https://arxiv.org/abs/1708.04552.
func cutout(p *Picture) {
	n := p.Recipe.Cutout
	cut(p.Pixels, p.Shape, p.IntN(p.Shape[0])-n/2, p.IntN(p.Shape[1])-n/2, n, grey(p.batch.task))
}

// cut makes a square of side n grey, of which a part may lie outside of the picture.
func cut(pixels []byte, shape task.Shape, top, left, n int, grey byte) {
	h, w, c := shape[0], shape[1], shape[2]
	from, to := max(left, 0)*c, min(left+n, w)*c
	for y := max(top, 0); y < min(top+n, h); y++ {
		row := pixels[y*w*c : (y+1)*w*c]
		for i := from; i < to; i++ {
			row[i] = grey
		}
	}
}

package train

import (
	"math"
	"math/rand/v2"

	"tenfold/nn/task"
)

// MaxShift is the largest shift of a picture in pixels.
const MaxShift = 8

// batch is one step's pictures as evaluate.Data, mirrored, moved and cut into as the recipe
// says. How a picture is changed follows from the seed, the step and its place in the
// batch, so that a run that is resumed, or split over workers, changes it alike.
type batch struct {
	*Run
	step  int // of the run
	order []int
	moved []byte
}

// Len implements evaluate.Data.
func (b *batch) Len() int { return len(b.order) }

// Picture implements evaluate.Data. The next call overwrites the pixels.
func (b *batch) Picture(i int) ([]byte, int) {
	pixels, label := b.data.Picture(b.order[i])
	if !b.Recipe.Flip && b.Recipe.Shift == 0 && b.Recipe.Cutout == 0 || len(b.Model.Input) != 3 || len(pixels) != b.Model.Input.Size() {
		return pixels, label
	}
	rng := rand.New(rand.NewPCG(b.Recipe.Seed^0x666c6970, uint64(b.step)<<20|uint64(i)))
	flip := b.Recipe.Flip && rng.IntN(2) == 1
	if b.Recipe.Flip && b.Recipe.Alternate {
		flip = b.alternates(i)
	}
	dx, dy := rng.IntN(2*b.Recipe.Shift+1)-b.Recipe.Shift, rng.IntN(2*b.Recipe.Shift+1)-b.Recipe.Shift
	edge := repeat
	if b.Recipe.Reflect {
		edge = reflect
	}
	b.moved = move(b.moved[:0], pixels, b.Model.Input, flip, dx, dy, edge)
	if n := b.Recipe.Cutout; n > 0 {
		h, w := b.Model.Input[0], b.Model.Input[1]
		cut(b.moved, b.Model.Input, rng.IntN(h)-n/2, rng.IntN(w)-n/2, n, grey(b.Model.Task))
	}
	return b.moved, label
}

// alternates says whether the i-th picture is mirrored in this epoch: in the first one half
// of the pictures are, drawn by their numbers, and in each one after that those that were not
// in the one before. Source: K. Jordan 2024, https://arxiv.org/abs/2404.00498, section 3.6.
func (b *batch) alternates(i int) bool {
	first := rand.New(rand.NewPCG(b.Recipe.Seed^0x666c6970, 1<<63|uint64(b.order[i]))).IntN(2)
	return (first+b.running.Epoch)%2 == 1
}

// move appends a picture of shape [h,w,c], mirrored if flip says so and then moved by
// dx, dy pixels; edge says where what comes in at an edge is taken from.
func move(dst, pixels []byte, shape task.Shape, flip bool, dx, dy int, edge func(at, n int) int) []byte {
	h, w, c := shape[0], shape[1], shape[2]
	for y := range h {
		row := edge(y-dy, h) * w
		for x := range w {
			from := edge(x-dx, w)
			if flip {
				from = w - 1 - from
			}
			at := (row + from) * c
			dst = append(dst, pixels[at:at+c]...)
		}
	}
	return dst
}

// repeat is the place among n that is nearest to at.
func repeat(at, n int) int { return min(max(at, 0), n-1) }

// reflect is the place among n that at is mirrored to, the one at the edge not doubled.
func reflect(at, n int) int {
	if at < 0 {
		at = -at
	}
	if at >= n {
		at = 2*(n-1) - at
	}
	return repeat(at, n) // of pictures that are smaller than the shift
}

// cut makes a square of side n grey, of which a part may lie outside of the picture. Source:
// DeVries, Taylor 2017, https://arxiv.org/abs/1708.04552.
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

// grey is the byte that goes into the network nearest to 0.
func grey(t task.Task) byte { return byte(min(max(math.Round(-t.Shift/t.Scale), 0), 255)) }

package train

import (
	"math/rand/v2"

	"tenfold/nn/task"
)

// MaxShift is the largest shift of a picture in pixels.
const MaxShift = 8

// batch is one step's pictures as evaluate.Data, flipped and shifted as the recipe
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
	if !b.Recipe.Flip && b.Recipe.Shift == 0 || len(b.Model.Input) != 3 || len(pixels) != b.Model.Input.Size() {
		return pixels, label
	}
	rng := rand.New(rand.NewPCG(b.Recipe.Seed^0x666c6970, uint64(b.step)<<20|uint64(i)))
	flip := b.Recipe.Flip && rng.IntN(2) == 1
	dx, dy := rng.IntN(2*b.Recipe.Shift+1)-b.Recipe.Shift, rng.IntN(2*b.Recipe.Shift+1)-b.Recipe.Shift
	b.moved = move(b.moved[:0], pixels, b.Model.Input, flip, dx, dy)
	return b.moved, label
}

// move appends a picture of shape [h,w,c], mirrored if flip says so and then moved by
// dx, dy pixels; what comes in at an edge repeats it.
func move(dst, pixels []byte, shape task.Shape, flip bool, dx, dy int) []byte {
	h, w, c := shape[0], shape[1], shape[2]
	for y := range h {
		row := min(max(y-dy, 0), h-1) * w
		for x := range w {
			from := min(max(x-dx, 0), w-1)
			if flip {
				from = w - 1 - from
			}
			at := (row + from) * c
			dst = append(dst, pixels[at:at+c]...)
		}
	}
	return dst
}

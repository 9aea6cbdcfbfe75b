package augment

import (
	"fmt"

	"tenfold/nn/task"
)

// MaxShift is the largest shift of a picture in pixels.
const MaxShift = 8

func checkShift(r *task.Recipe) error {
	if r.Shift < 0 || r.Shift > MaxShift {
		return fmt.Errorf("shifts by %d pixels: want 0 to %d", r.Shift, MaxShift)
	}
	return nil
}

// shift moves a picture by up to Recipe.Shift pixels each way.
func shift(p *Picture) {
	most := p.Recipe.Shift
	edge := Repeat
	if p.Recipe.Reflect {
		edge = Reflect
	}
	Move(p.Spare(), p.Pixels, p.Shape, p.IntN(2*most+1)-most, p.IntN(2*most+1)-most, edge)
	p.Take()
}

// Move writes a picture of shape [h,w,c] to dst, moved by dx, dy pixels; edge
// says which pixel fills a place that comes in at an edge.
func Move(dst, pixels []byte, shape task.Shape, dx, dy int, edge func(at, n int) int) {
	h, w, c := shape[0], shape[1], shape[2]
	for y := range h {
		row := pixels[edge(y-dy, h)*w*c:][:w*c]
		to := dst[y*w*c:][:w*c]
		inside := max(w-max(dx, -dx), 0) * c // that many bytes stay in the picture
		if dx >= 0 {
			copy(to[len(to)-inside:], row[:inside])
		} else {
			copy(to[:inside], row[len(row)-inside:])
		}
		for x := range w {
			if from := x - dx; from < 0 || from >= w {
				copy(to[x*c:x*c+c], row[edge(from, w)*c:][:c])
			}
		}
	}
}

// Repeat returns the place among n that is nearest to at.
func Repeat(at, n int) int { return min(max(at, 0), n-1) }

// Reflect returns the place among n that at is mirrored to, the one at the edge not doubled.
func Reflect(at, n int) int {
	if at < 0 {
		at = -at
	}
	if at >= n {
		at = 2*(n-1) - at
	}
	return Repeat(at, n) // of pictures that are smaller than the shift
}

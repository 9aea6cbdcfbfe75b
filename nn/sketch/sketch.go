// Package sketch makes drawings of photographs: lines where a picture has edges, flat colours
// within dark outlines, plain grounds. A network that is trained on them too learns what people
// draw without having seen a drawing by anybody.
//
// The lines are random binary thin edges, of S. Fan et al. 2022, https://arxiv.org/abs/2202.13164:
// how much is blurred and what counts as an edge is drawn again for each picture. Edges are looked
// for in an enlarged picture, since one pixel of 32 is a thick line.
package sketch

import (
	"math/rand/v2"

	"tenfold/nn/task"
)

// enlarged is how many times as wide and high a picture is while it is drawn.
const enlarged = 3

// Style is a way of drawing. It leaves the drawing in a.rgb.
type Style struct {
	Name string
	draw func(a *Artist, rng *rand.Rand)
	// share is how often the style is drawn, relative to the others' shares.
	share int
}

// Styles lists all ways. A new one adds a line.
var Styles = []Style{
	{"lines", lines, 6},
	{"lines on colours", linesOnColours, 4},
	{"flat colours", flatColours, 3},
	{"cartoon", cartoon, 6},
	{"cut out", cutOut, 3},
	{"outline", outline, 3},
	{"silhouette", silhouette, 2},
	{"pencil", pencil, 3},
}

// Artist draws. Its memory is used again; it is for one goroutine.
type Artist struct {
	h, w, c int       // the photograph's
	H, W    int       // enlarged
	rgb     []float32 // [H,W,3], 0 to 255
	photo   []float32 // a copy of that before it was changed
	grey    []float32 // [H,W], the luminance
	a, b, m []float32 // [H,W], what a style makes of it
	region  []uint8   // [H,W], which colour
	front   []bool    // [H,W], what is not ground
	stack   []int32
	palette [maxColours][3]float32
	colours int
}

// Draw draws a picture of a shape [h,w,c], one or three channels, in a style drawn by rng, or in
// the one that is named, over dst, of the same size. All that is random comes from rng.
func (a *Artist) Draw(dst, pixels []byte, shape task.Shape, rng *rand.Rand, name string) {
	a.look(pixels, shape, rng)
	style(rng, name).draw(a, rng)
	a.reduce(dst)
}

// style returns the one of a name, or one drawn by the styles' shares.
func style(rng *rand.Rand, name string) Style {
	all := 0
	for _, s := range Styles {
		if s.Name == name {
			return s
		}
		all += s.share
	}
	n := rng.IntN(all)
	for _, s := range Styles {
		if n -= s.share; n < 0 {
			return s
		}
	}
	panic("sketch: shares do not add up")
}

// between draws a number of [lo,hi).
func between(rng *rand.Rand, lo, hi float64) float64 { return lo + (hi-lo)*rng.Float64() }

// chance is true in p of all cases.
func chance(rng *rand.Rand, p float64) bool { return rng.Float64() < p }

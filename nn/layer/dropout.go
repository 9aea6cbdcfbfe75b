package layer

import (
	"fmt"

	"tenfold/nn/kernel"
	"tenfold/nn/task"
)

// Dropout sets a share of the elements to 0 in training and multiplies the
// others by 1/(1-rate); otherwise it changes nothing. Which elements is drawn
// from the seeds of layer and run, the layer's place, the training step and the
// picture's place in the batch, so a run that is resumed, or split over workers,
// drops the same ones.
//
// x and y: [n,...], of one shape. Source: Srivastava et al. 2014,
// https://jmlr.org/papers/v15/srivastava14a.html.
type Dropout struct {
	Rate float64 `json:"rate"` // 0 to below 1
	Seed uint64  `json:"seed,omitempty" keras:"None"`
}

// Output implements Layer.
func (d Dropout) Output(in ...task.Shape) (task.Shape, error) {
	if !(d.Rate >= 0 && d.Rate < 1) {
		return nil, fmt.Errorf("Dropout: rate %g: want 0 to below 1", d.Rate)
	}
	return in[0], nil
}

// Weights implements Layer.
func (Dropout) Weights(...task.Shape) []Weight { return nil }

// Op implements Layer.
func (d Dropout) Op(batch int, in ...task.Shape) Op {
	return &dropout{Dropout: d, size: in[0].Size(), batch: batch}
}

type dropout struct {
	Dropout
	size  int
	batch int
	scale []float32 // of each element; empty for what nothing is dropped from
	drawn Pass      // for which they are
}

func (o *dropout) Forward(pass Pass, y []float32, x, _ [][]float32) {
	if !o.drops(pass) {
		copy(y, x[0])
		return
	}
	o.Sample(pass, len(y)/o.size)
	kernel.Multiply(y, x[0], o.scale)
}

// drops reports whether anything is dropped, and notes if nothing is.
func (o *dropout) drops(pass Pass) bool {
	if pass.Dropout && o.Rate > 0 {
		return true
	}
	o.scale = o.scale[:0]
	return false
}

// Sample implements Sampler.
func (o *dropout) Sample(pass Pass, n int) {
	if !pass.Dropout || o.Rate == 0 || o.drawn == pass && len(o.scale) == n*o.size {
		return
	}
	if cap(o.scale) == 0 { // a predictor needs none
		o.scale = make([]float32, o.batch*o.size)
	}
	o.drawn, o.scale = pass, o.scale[:n*o.size]
	for i := range n {
		o.draw(picture(o.scale, i, o.size), pass.seed(o.Seed, i))
	}
}

// seed returns where a layer with its own seed begins to draw for the i-th picture of a pass.
func (p Pass) seed(own uint64, i int) uint64 {
	return splitmix(splitmix(p.Seed^own^uint64(p.Layer)<<56^uint64(p.Layer>>8)<<48) ^ p.Step<<20 ^ uint64(p.First+i))
}

// draw fills scale for one picture, two elements for each 64 random bits.
func (o *dropout) draw(scale []float32, seed uint64) {
	below := uint64(o.Rate * (1 << 32))
	scales := [2]float32{float32(1 / (1 - o.Rate)), 0}
	for ; len(scale) >= 4; scale = scale[4:] { // two at a time, so that neither waits for the other
		a, b, four := splitmix(seed+golden), splitmix(seed+twice), scale[:4:4]
		four[0], four[1] = scales[(a>>32-below)>>63], scales[(a&(1<<32-1)-below)>>63]
		four[2], four[3] = scales[(b>>32-below)>>63], scales[(b&(1<<32-1)-below)>>63]
		seed += twice
	}
	for len(scale) > 0 {
		seed += golden
		bits := splitmix(seed)
		scale[0] = scales[(bits>>32-below)>>63] // a difference below 0 has the highest bit
		if len(scale) == 1 {
			return
		}
		scale[1] = scales[(bits&(1<<32-1)-below)>>63]
		scale = scale[2:]
	}
}

const (
	golden = 0x9e3779b97f4a7c15 // 2^64 divided by the golden ratio, and odd
	twice  = golden << 1 & (1<<64 - 1)
)

// splitmix returns the function that the generator SplitMix64 puts its counter through, which
// grows by golden. math/rand/v2's PCG took four times as long in WebAssembly, a twelfth of
// a training step. Source: Steele et al. 2014, https://doi.org/10.1145/2660193.2660195.
func splitmix(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

func (o *dropout) Grad(_ int, g, dy []float32, _ [][]float32, _ []float32, _ [][]float32) {
	if len(o.scale) == 0 {
		copy(g, dy)
		return
	}
	kernel.Multiply(g, dy, o.scale)
}

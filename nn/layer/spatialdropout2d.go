package layer

import (
	"fmt"

	"tenfold/nn/kernel"
	"tenfold/nn/task"
)

// SpatialDropout2D is Dropout of whole channels. x and y: [n,h,w,c], of one shape.
// Source: Tompson et al. 2014, https://arxiv.org/abs/1411.4280.
type SpatialDropout2D struct {
	Rate float64 `json:"rate"` // 0 to below 1
	Seed uint64  `json:"seed,omitempty" keras:"None"`
}

// Output implements Layer.
func (d SpatialDropout2D) Output(in ...task.Shape) (task.Shape, error) {
	if len(in[0]) != 3 {
		return nil, fmt.Errorf("SpatialDropout2D: input of shape %v: want height, width and channels", in[0])
	}
	if !(d.Rate >= 0 && d.Rate < 1) {
		return nil, fmt.Errorf("SpatialDropout2D: rate %g: want 0 to below 1", d.Rate)
	}
	return in[0], nil
}

// Weights implements Layer.
func (SpatialDropout2D) Weights(...task.Shape) []Weight { return nil }

// Op implements Layer.
func (d SpatialDropout2D) Op(batch int, in ...task.Shape) Op {
	o := &spatialDropout{size: in[0].Size(), zero: make([]float32, in[0][2])}
	o.dropout = dropout{Dropout: Dropout(d), size: in[0][2], batch: batch}
	return o
}

// spatialDropout draws a scale for each channel as Dropout does for each element.
type spatialDropout struct {
	dropout
	size int
	zero []float32
}

func (o *spatialDropout) Forward(pass Pass, y []float32, x, _ [][]float32) {
	if !o.drops(pass) {
		copy(y, x[0])
		return
	}
	o.Sample(pass, len(y)/o.size)
	o.scaled(y, x[0])
}

func (o *spatialDropout) Grad(_ int, g, dy []float32, _ [][]float32, _ []float32, _ [][]float32) {
	if len(o.scale) == 0 {
		copy(g, dy)
		return
	}
	o.scaled(g, dy)
}

func (o *spatialDropout) scaled(y, x []float32) {
	for i := range len(y) / o.size {
		kernel.Affine(picture(y, i, o.size), picture(x, i, o.size), picture(o.scale, i, o.dropout.size), o.zero, 1)
	}
}

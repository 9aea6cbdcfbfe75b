package layer

import (
	"fmt"
	"math"

	"tenfold/nn/kernel"
	"tenfold/nn/task"
)

// GaussianNoise adds normally distributed numbers where elements are dropped too, in
// training; otherwise it changes nothing. They are drawn as Dropout draws.
// x and y: [n,...], of one shape.
// Source: https://keras.io/api/layers/regularization_layers/gaussian_noise/.
type GaussianNoise struct {
	Stddev float64 `json:"stddev"` // 0 or more
	Seed   uint64  `json:"seed,omitempty" keras:"None"`
}

// Output implements Layer.
func (g GaussianNoise) Output(in ...task.Shape) (task.Shape, error) {
	if !(g.Stddev >= 0) || g.Stddev-g.Stddev != 0 {
		return nil, fmt.Errorf("GaussianNoise: stddev %g: want a number of 0 or more", g.Stddev)
	}
	return in[0], nil
}

// Weights implements Layer.
func (GaussianNoise) Weights(...task.Shape) []Weight { return nil }

// Op implements Layer.
func (g GaussianNoise) Op(batch int, in ...task.Shape) Op {
	return &gaussianNoise{GaussianNoise: g, size: in[0].Size(), batch: batch}
}

type gaussianNoise struct {
	GaussianNoise
	size, batch int
	noise       []float32
	drawn       Pass // for which it is
}

func (o *gaussianNoise) Forward(pass Pass, y []float32, x, _ [][]float32) {
	copy(y, x[0])
	if pass.Dropout && o.Stddev > 0 {
		o.Sample(pass, len(y)/o.size)
		kernel.Add(y, o.noise)
	}
}

// Sample implements Sampler, two numbers at a time. Source: Box and Muller 1958,
// https://doi.org/10.1214/aoms/1177706645.
func (o *gaussianNoise) Sample(pass Pass, n int) {
	if !pass.Dropout || o.Stddev == 0 || o.drawn == pass && len(o.noise) == n*o.size {
		return
	}
	if cap(o.noise) == 0 {
		o.noise = make([]float32, o.batch*o.size)
	}
	o.drawn, o.noise = pass, o.noise[:n*o.size]
	for i := range n {
		seed := pass.seed(o.Seed, i)
		for noise := picture(o.noise, i, o.size); len(noise) > 0; noise = noise[min(2, len(noise)):] {
			seed += golden
			bits := splitmix(seed)
			far := math.Sqrt(-2*math.Log((float64(bits>>32)+1)/(1<<32))) * o.Stddev
			sin, cos := math.Sincos(2 * math.Pi * float64(bits&(1<<32-1)) / (1 << 32))
			noise[0] = float32(far * cos)
			if len(noise) > 1 {
				noise[1] = float32(far * sin)
			}
		}
	}
}

func (o *gaussianNoise) Grad(_ int, g, dy []float32, _ [][]float32, _ []float32, _ [][]float32) {
	copy(g, dy)
}

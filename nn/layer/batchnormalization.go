package layer

import (
	"fmt"
	"math"

	"tenfold/nn/kernel"
	"tenfold/nn/task"
)

// BatchNormalization makes each channel's mean over a batch 0 and its variance 1:
//
//	y = gamma * (x - mean)/sqrt(variance + epsilon) + beta
//
// In training mean and variance, which is not corrected for the sample's size, are those of
// the batch, or of a worker's share of it; otherwise the moving ones, which after each step
// are momentum times what they were plus 1-momentum times the batch's. x and y: [n,...,c], of
// one shape, all weights: [c].
// Source: https://keras.io/api/layers/normalization_layers/batch_normalization/;
// Ioffe, Szegedy 2015, https://arxiv.org/abs/1502.03167.
type BatchNormalization struct {
	Axis     int     `json:"axis,omitempty" keras:"-1"`       // 0 means -1; no other than the last
	Momentum float64 `json:"momentum,omitempty" keras:"0.99"` // of the moving statistics; 0 means 0.99
	Epsilon  float64 `json:"epsilon,omitempty" keras:"0.001"` // 0 means 0.001
	NoCenter Not     `json:"center,omitzero" keras:"True"`    // center=False: no beta
	NoScale  Not     `json:"scale,omitzero" keras:"True"`     // scale=False: no gamma
	// "" means Zeros for beta and the moving mean, and Ones for gamma and the variance.
	BetaInitializer           Initializer `json:"beta_initializer,omitempty" keras:"'zeros'"`
	GammaInitializer          Initializer `json:"gamma_initializer,omitempty" keras:"'ones'"`
	MovingMeanInitializer     Initializer `json:"moving_mean_initializer,omitempty" keras:"'zeros'"`
	MovingVarianceInitializer Initializer `json:"moving_variance_initializer,omitempty" keras:"'ones'"`
}

// Output implements Layer.
func (b BatchNormalization) Output(in ...task.Shape) (task.Shape, error) {
	if !(b.Momentum >= 0 && b.Momentum <= 1) {
		return nil, fmt.Errorf("BatchNormalization: momentum %g: want 0 to 1", b.Momentum)
	}
	return in[0], normalizes("BatchNormalization", in[0], b.Axis, b.Epsilon)
}

// Weights implements Layer.
func (b BatchNormalization) Weights(in ...task.Shape) []Weight {
	c := task.Shape{in[0][len(in[0])-1]}
	return append(scaling(in[0], b.NoScale, b.NoCenter, b.GammaInitializer, b.BetaInitializer),
		Weight{Name: "moving_mean", Shape: c, Initializer: b.MovingMeanInitializer.or(Zeros), NonTrainable: true},
		Weight{Name: "moving_variance", Shape: c, Initializer: b.MovingVarianceInitializer.or(Ones), NonTrainable: true})
}

type batchNorm struct {
	epilogue            // a rectifier
	c           int     // channels
	gamma, beta int     // where in the weights; -1 for none
	mean        int     // where the moving mean is; the variance is behind it
	momentum    float32 // of the moving statistics
	epsilon     float64
	batch       bool        // the last Forward used the batch's statistics
	seen        [][]float32 // their mean and variance

	center       []float32    // the mean that the last Forward used
	inv          []float64    // and 1/sqrt(variance+epsilon)
	scale, shift []float32    // y = x*scale + shift
	a, b         []float32    // dx = dy*scale + x*a + b
	sums         [2][]float64 // of dy, and of dy*(x-mean)
	parts        []normPart
	run          struct{ g, dy, x, y []float32 }

	fwd, means, variances, gradSums, inputGrad *kernel.Loop
}

// normPart is what a part of the batch adds to sums.
type normPart struct {
	picture [2][]float32
	all     [2][]float64
}

// Op implements Layer.
func (b BatchNormalization) Op(batch int, in ...task.Shape) Op {
	c := in[0][len(in[0])-1]
	row := func() []float32 { return make([]float32, c) }
	o := &batchNorm{
		epilogue: epilogue{size: in[0].Size(), slope: 1}, c: c, momentum: float32(or(b.Momentum, 0.99)), epsilon: or(b.Epsilon, 1e-3),
		seen: [][]float32{row(), row()}, center: row(), inv: make([]float64, c), scale: row(), shift: row(), a: row(), b: row(),
		sums: [2][]float64{make([]float64, c), make([]float64, c)},
	}
	o.gamma, o.beta = places(b.NoScale, b.NoCenter)
	o.mean = max(o.gamma, o.beta) + 1
	for range min(shards, batch) {
		o.parts = append(o.parts, normPart{[2][]float32{row(), row()}, [2][]float64{make([]float64, c), make([]float64, c)}})
	}
	o.fwd = kernel.NewLoop(func(_, i int) {
		kernel.Affine(picture(o.run.y, i, o.size), picture(o.run.x, i, o.size), o.scale, o.shift, o.slope)
	})
	o.means = o.summing(func(p *normPart, i int) { kernel.AddRows(p.picture[0], picture(o.run.x, i, o.size)) })
	o.variances = o.summing(func(p *normPart, i int) { kernel.AddSquares(p.picture[0], picture(o.run.x, i, o.size), o.center) })
	o.gradSums = o.summing(func(p *normPart, i int) {
		dz := o.gradient(i, o.run.dy, o.run.y)
		kernel.AddRows(p.picture[0], dz)
		kernel.AddCentred(p.picture[1], dz, picture(o.run.x, i, o.size), o.center)
	})
	o.inputGrad = kernel.NewLoop(func(_, i int) {
		kernel.Blend(picture(o.run.g, i, o.size), o.gradient(i, o.run.dy, o.run.y), picture(o.run.x, i, o.size), o.scale, o.a, o.b)
	})
	return o
}

// summing returns a loop over parts of the batch, to each of whose two sums add adds those of a
// picture. The parts are as many on any number of cores.
func (o *batchNorm) summing(add func(p *normPart, i int)) *kernel.Loop {
	return kernel.NewLoop(func(_, part int) {
		p := &o.parts[part]
		clear(p.all[0])
		clear(p.all[1])
		from, to := shard(part, len(o.parts), len(o.run.x)/o.size)
		for i := from; i < to; i++ {
			clear(p.picture[0])
			clear(p.picture[1])
			add(p, i)
			for k, sum := range p.all {
				for c, v := range p.picture[k] {
					sum[c] += float64(v)
				}
			}
		}
	})
}

// add runs a summing loop and leaves all parts' sums in sums.
func (o *batchNorm) add(l *kernel.Loop) {
	l.Run(len(o.parts))
	for k, sum := range o.sums {
		clear(sum)
		for _, p := range o.parts {
			for c, v := range p.all[k] {
				sum[c] += v
			}
		}
	}
}

// Absorb implements Absorber for rectifiers.
func (o *batchNorm) Absorb(next Op, _ bool) bool { return o.absorb(next) }

func (o *batchNorm) Forward(pass Pass, y []float32, x, w [][]float32) {
	o.known = false
	o.run.x, o.run.y = x[0], y
	if o.batch = pass.Training; o.batch {
		o.observe(w)
	} else {
		o.moving(o.scale, o.shift, w)
	}
	o.fwd.Run(len(y) / o.size)
}

// moving computes scale and shift from the moving statistics.
func (o *batchNorm) moving(scale, shift []float32, w [][]float32) {
	for c, v := range w[o.mean+1] {
		o.channel(scale, shift, w, c, float64(w[o.mean][c]), float64(v))
	}
}

// observe works them out from the statistics of the batch.
func (o *batchNorm) observe(w [][]float32) {
	n := float64(len(o.run.x) / o.c)
	o.add(o.means)
	for c, s := range o.sums[0] {
		o.center[c] = float32(s / n)
	}
	o.add(o.variances)
	for c, s := range o.sums[0] {
		o.seen[0][c], o.seen[1][c] = o.center[c], float32(s/n)
		o.channel(o.scale, o.shift, w, c, float64(o.center[c]), s/n)
	}
}

func (o *batchNorm) channel(scale, shift []float32, w [][]float32, c int, mean, variance float64) {
	o.center[c], o.inv[c] = float32(mean), 1/math.Sqrt(variance+o.epsilon)
	s, b := o.inv[c], 0.0
	if gamma := optional(w, o.gamma); gamma != nil {
		s *= float64(gamma[c])
	}
	if beta := optional(w, o.beta); beta != nil {
		b = float64(beta[c])
	}
	scale[c], shift[c] = float32(s), float32(b-mean*s)
}

// Observed implements Observer.
func (o *batchNorm) Observed() (momentum float32, seen [][]float32) {
	if !o.batch {
		return 0, nil
	}
	return o.momentum, o.seen
}

func (o *batchNorm) Grad(i int, g, dy []float32, x [][]float32, y []float32, _ [][]float32) {
	o.run.g, o.run.dy, o.run.x, o.run.y = g, dy, x[0], y
	o.begin(dy)
	if !o.known && (i > 0 || o.batch) {
		o.add(o.gradSums)
		o.known = true
	}
	switch i - 1 {
	case -1:
		o.blend(float64(len(dy) / o.c))
		o.inputGrad.Run(len(dy) / o.size)
	case o.gamma:
		for c, s := range o.sums[1] {
			g[c] = float32(s * o.inv[c])
		}
	case o.beta:
		for c, s := range o.sums[0] {
			g[c] = float32(s)
		}
	}
}

// blend computes dx = dy*scale + x*a + b: with h = (x-mean)*inv,
// dx = scale*(dy - mean(dy) - h*mean(dy*h)), and without the means where mean and variance
// do not depend on x.
func (o *batchNorm) blend(n float64) {
	clear(o.a)
	clear(o.b)
	if !o.batch {
		return
	}
	for c, inv := range o.inv {
		a := -float64(o.scale[c]) * inv * inv * o.sums[1][c] / n
		o.a[c], o.b[c] = float32(a), float32(-float64(o.scale[c])*o.sums[0][c]/n-a*float64(o.center[c]))
	}
}

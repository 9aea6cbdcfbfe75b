package train

import (
	"fmt"
	"math"

	"gorgonia.org/gorgonia"

	"tenfold/nn/kernel"
	"tenfold/nn/task"
)

// clipping bounds gradients before they are used, as Keras' optimisers do: the norm of each
// weight's, that of all together, or each number. 0 bounds nothing. Source:
// https://keras.io/api/optimizers/; Pascanu et al. 2012, https://arxiv.org/abs/1211.5063.
type clipping struct {
	norm, global, value float64

	scale float32   // of the step's gradients, for global
	sums  []float64 // of the squares in each block of a weight
	loop  *kernel.Loop
}

// checkClipping reports what is wrong with a recipe's clipping.
func checkClipping(r task.Recipe) error {
	asked := 0
	for _, v := range []float64{r.ClipNorm, r.GlobalClipNorm, r.ClipValue} {
		if !(v >= 0) || math.IsInf(v, 0) {
			return fmt.Errorf("train: gradients clipped at %g: want a number of 0 or more", v)
		}
		if v > 0 {
			asked++
		}
	}
	if asked > 1 {
		return fmt.Errorf("train: gradients clipped at the norm %g, the norm of all %g and the value %g: want one of them", r.ClipNorm, r.GlobalClipNorm, r.ClipValue)
	}
	return nil
}

// bound returns what gradients of this norm are multiplied with so that it is at most most.
func bound(norm, most float64) float32 {
	if norm <= most {
		return 1
	}
	return float32(most / norm)
}

// measure looks at all gradients of a step before it is taken in parts.
func (o *Optimizer) measure(weights []gorgonia.ValueGrad) error {
	o.clip.scale = 1
	if o.clip.global == 0 {
		return nil
	}
	squares := 0.0
	for _, v := range weights {
		if err := o.at(v); err != nil {
			return err
		}
		squares += o.squares()
	}
	o.clip.scale = bound(math.Sqrt(squares), o.clip.global)
	return nil
}

// squares returns the sum of the squares of a weight's gradient.
func (o *Optimizer) squares() float64 {
	n := o.blocks()
	if len(o.clip.sums) < n {
		o.clip.sums = make([]float64, n)
	}
	o.clip.loop.Run(n)
	sum := 0.0
	for _, s := range o.clip.sums[:n] {
		sum += s
	}
	return sum
}

// clipped bounds a part of a gradient, in place.
func (o *Optimizer) clipped(g []float32) {
	if o.run.scale != 1 {
		kernel.Mix(g, o.run.scale, g, 0)
	}
	if o.clip.value > 0 {
		kernel.Bound(g, float32(o.clip.value))
	}
}

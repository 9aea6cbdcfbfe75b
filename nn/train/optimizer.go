package train

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"gorgonia.org/gorgonia"

	"tenfold/nn/checkpoint"
	"tenfold/nn/graph"
	"tenfold/nn/kernel"
	"tenfold/nn/task"
)

// Optimizer is one of Keras' optimisers as a gorgonia.Solver that can be saved and
// resumed.
type Optimizer struct {
	Rate, Beta1, Beta2, Epsilon, Momentum float64
	Rho                                   float64 // of RMSprop
	Nesterov                              bool
	Decay                                 float64 // kernels shrink by Rate*Decay before each step

	rule
	name  string
	steps int
	slots map[string][][]float32 // by the weight's name, in the order of rule.slots
	loop  *kernel.Loop
	run   struct {
		w, g     []float32
		factored *factoredGrad // in the place of g
		block    int           // how many weights a core updates at once
		slots    [][]float32
		cut      [][][]float32 // a worker's part of them
		rate     float32
		keep     float32 // what of the weights the decay leaves
	}
}

// rule is how an optimiser updates weights.
type rule struct {
	slots []string // what it remembers of each weight
	// rate is the learning rate of a step that counts from 1, with the corrections
	// that are the same for all weights.
	rate   func(o *Optimizer, step int) float64
	update func(o *Optimizer, w, g []float32, slots [][]float32, rate float32)
}

// rules lists the optimisers by Keras' names; a new one adds a line.
var rules = map[string]rule{
	task.Adamax:  {[]string{"m", "u"}, adamaxRate, adamax},
	task.Adam:    {[]string{"m", "v"}, adamRate, adam},
	task.SGD:     {[]string{"velocity"}, plainRate, sgd},
	task.AdamW:   {[]string{"m", "v"}, adamRate, adam}, // and a decay of its own
	task.RMSprop: {[]string{"velocity"}, plainRate, rmsprop},
}

// Keras' Adamax: m = beta1*m + (1-beta1)*g; u = max(beta2*u, |g|);
// w -= rate/(1-beta1^t) * m/(u+epsilon). Source:
// https://keras.io/api/optimizers/adamax/; https://arxiv.org/abs/1412.6980, section 7.1.
func adamaxRate(o *Optimizer, step int) float64 { return o.Rate / (1 - power(o.Beta1, step)) }
func adamax(o *Optimizer, w, g []float32, s [][]float32, rate float32) {
	kernel.Adamax(w, s[0], s[1], g, rate, float32(o.Beta1), float32(o.Beta2), float32(o.Epsilon))
}

// Keras' Adam: m = beta1*m + (1-beta1)*g; v = beta2*v + (1-beta2)*g²;
// w -= rate*sqrt(1-beta2^t)/(1-beta1^t) * m/(sqrt(v)+epsilon). Source:
// https://keras.io/api/optimizers/adam/; https://arxiv.org/abs/1412.6980, section 2.
func adamRate(o *Optimizer, step int) float64 {
	return o.Rate * math.Sqrt(1-power(o.Beta2, step)) / (1 - power(o.Beta1, step))
}
func adam(o *Optimizer, w, g []float32, s [][]float32, rate float32) {
	kernel.Adam(w, s[0], s[1], g, rate, float32(o.Beta1), float32(o.Beta2), float32(o.Epsilon))
}

// Keras' SGD with momentum: v = momentum*v - rate*g; w += v, or with Nesterov's
// w += momentum*v - rate*g. Source: https://keras.io/api/optimizers/sgd/.
func plainRate(o *Optimizer, _ int) float64 { return o.Rate }
func sgd(o *Optimizer, w, g []float32, s [][]float32, rate float32) {
	if o.Nesterov {
		kernel.Nesterov(w, s[0], g, rate, float32(o.Momentum))
		return
	}
	kernel.Momentum(w, s[0], g, rate, float32(o.Momentum))
}

// Keras' RMSprop: v = rho*v + (1-rho)*g²; w -= rate*g/sqrt(v+epsilon). Source:
// https://keras.io/api/optimizers/rmsprop/.
func rmsprop(o *Optimizer, w, g []float32, s [][]float32, rate float32) {
	kernel.RMSprop(w, s[0], g, rate, float32(o.Rho), float32(o.Epsilon))
}

// adamWDecay is Keras' AdamW's. Source: https://keras.io/api/optimizers/adamw/;
// https://arxiv.org/abs/1711.05101.
const adamWDecay = 0.004

// power is b to the n-th, multiplied out: the bits are the same in every run.
func power(b float64, n int) float64 {
	p := 1.0
	for range n {
		if p *= b; p < 1e-300 {
			return 0
		}
	}
	return p
}

// NewOptimizer returns an optimiser by its name in package task, "" meaning Adamax,
// with Keras' defaults: beta1 0.9, beta2 0.999, rho 0.9, epsilon 1e-7; and momentum 0.9.
func NewOptimizer(name string, rate float64) (*Optimizer, error) {
	if name == "" {
		name = task.Adamax
	}
	r, ok := rules[name]
	if !ok {
		return nil, fmt.Errorf("train: no optimiser is called %q", name)
	}
	o := &Optimizer{Rate: rate, Beta1: 0.9, Beta2: 0.999, Epsilon: 1e-7, Momentum: 0.9, Rho: 0.9, rule: r, name: name, slots: map[string][][]float32{}}
	for range kernel.Workers() {
		o.run.cut = append(o.run.cut, make([][]float32, len(r.slots)))
	}
	if name == task.AdamW {
		o.Decay = adamWDecay
	}
	o.loop = kernel.NewLoop(o.block)
	return o, nil
}

// optimizer returns that of a recipe.
func optimizer(r task.Recipe) (*Optimizer, error) {
	o, err := NewOptimizer(r.Optimizer, r.Rate)
	if err != nil {
		return nil, err
	}
	o.Nesterov = r.Nesterov
	if r.Momentum > 0 {
		o.Momentum = r.Momentum
	}
	if r.WeightDecay > 0 {
		o.Decay = r.WeightDecay
	}
	return o, nil
}

// NewAdamax returns an Adamax.
func NewAdamax(rate float64) *Optimizer {
	o, err := NewOptimizer(task.Adamax, rate)
	if err != nil {
		panic(err) // it is in the table
	}
	return o
}

// updateBlock is how many weights a core updates at once, or a little less.
const updateBlock = 1 << 14

// SetRate sets the learning rate of the steps that follow.
func (o *Optimizer) SetRate(rate float64) { o.Rate = rate }

// Step implements gorgonia.Solver. Each weight must be a gorgonia.Namer with a
// name of its own.
func (o *Optimizer) Step(weights []gorgonia.ValueGrad) error {
	o.begin()
	return o.learn(weights)
}

// begin begins a step, whose weights may be updated in parts.
func (o *Optimizer) begin() {
	o.steps++
	o.run.rate = float32(o.rate(o, o.steps))
}

func (o *Optimizer) learn(weights []gorgonia.ValueGrad) error {
	for _, v := range weights {
		namer, ok := v.(gorgonia.Namer)
		if !ok {
			return fmt.Errorf("train: %s: a weight without a name: %T", o.name, v)
		}
		o.run.w = graph.Floats(v.Value())
		if p, ok := v.(*factoredGrad); ok {
			p.SetFactors(p.x, p.dy)
			o.run.factored, o.run.block = p, p.block()
		} else {
			grad, err := v.Grad()
			if err != nil {
				return fmt.Errorf("train: %s: %w", o.name, err)
			}
			o.run.g, o.run.factored, o.run.block = graph.Floats(grad), nil, updateBlock
		}
		s := o.slots[namer.Name()]
		for len(s) < len(o.rule.slots) {
			s = append(s, make([]float32, len(o.run.w)))
			o.slots[namer.Name()] = s
		}
		o.run.slots, o.run.keep = s, 1
		if k, ok := v.(interface{ Kernel() bool }); ok && k.Kernel() {
			o.run.keep = float32(1 - o.Rate*o.Decay)
		}
		o.loop.Run((len(o.run.w) + o.run.block - 1) / o.run.block)
	}
	return nil
}

func (o *Optimizer) block(worker, i int) {
	from, to := i*o.run.block, min((i+1)*o.run.block, len(o.run.w))
	var g []float32
	if p := o.run.factored; p != nil {
		g = p.gradient(worker, from, to)
	} else {
		g = o.run.g[from:to]
	}
	slots := o.run.cut[worker]
	for k, s := range o.run.slots {
		slots[k] = s[from:to]
	}
	w := o.run.w[from:to]
	if o.run.keep != 1 {
		kernel.Mix(w, o.run.keep, w, 0)
	}
	o.update(o, w, g, slots, o.run.rate)
}

// State returns what a resumed run needs beside the number of steps. The tensors share
// the optimiser's memory.
func (o *Optimizer) State() []checkpoint.Tensor {
	var all []checkpoint.Tensor
	for _, name := range slices.Sorted(maps.Keys(o.slots)) {
		for k, s := range o.slots[name] {
			all = append(all, checkpoint.Tensor{Name: o.tensor(k) + name, Shape: []int{len(s)}, Data: s})
		}
	}
	return all
}

// tensor is what the names of the k-th slot's tensors start with.
func (o *Optimizer) tensor(k int) string { return o.name + "/" + o.rule.slots[k] + "/" }

// Restore takes the state of an optimiser that made so many steps.
func (o *Optimizer) Restore(f *checkpoint.File, steps int) error {
	restored := map[string][][]float32{}
	for _, t := range f.Tensors {
		name, ok := strings.CutPrefix(t.Name, o.tensor(0))
		if !ok {
			continue
		}
		w, err := f.Tensor(name)
		if err != nil {
			return fmt.Errorf("train: %s: %w", o.name, err)
		}
		for k := range o.rule.slots {
			s, err := f.Tensor(o.tensor(k) + name)
			if err != nil {
				return fmt.Errorf("train: %s: %w", o.name, err)
			}
			if len(s.Data) != len(w.Data) {
				return fmt.Errorf("train: %s: %s has %d weights but %s of %d", o.name, name, len(w.Data), o.rule.slots[k], len(s.Data))
			}
			restored[name] = append(restored[name], s.Data)
		}
	}
	if steps > 0 && len(restored) == 0 {
		return fmt.Errorf("train: the file holds no state of %s", o.name)
	}
	o.slots, o.steps = restored, steps
	return nil
}

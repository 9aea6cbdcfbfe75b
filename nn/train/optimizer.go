package train

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"gorgonia.org/gorgonia"

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
	clip  clipping
	name  string
	steps int
	rates [2]float32               // of this step, of the rule and of that of convolutions
	slots map[string]([][]float32) // by the weight's name, in the order of its rule's
	loop  *kernel.Loop
	muon  *muon
	run   struct {
		name     string
		w, g     []float32
		factored *factoredGrad // in place of g
		block    int           // how many weights a core updates at once
		slots    [][]float32
		cut      [][][]float32 // a worker's part of them
		rate     float32
		keep     float32 // the share of the weights that the decay leaves
		scale    float32 // of the gradient
	}
}

// rule is how an optimiser updates weights.
type rule struct {
	slots []string // what it remembers of each weight
	// rate is the learning rate of a step that counts from 1, with the corrections
	// that are the same for all weights.
	rate   func(o *Optimizer, step int) float64
	update func(o *Optimizer, w, g []float32, slots [][]float32, rate float32)

	// convolutions, unless it is nil, is the rule for the kernels of convolutions, which are
	// updated as a whole: [rows,cols].
	convolutions *matrixRule
}

// matrixRule is how an optimiser updates a matrix.
type matrixRule struct {
	slots  []string
	rate   func(o *Optimizer, step int) float64
	update func(o *Optimizer, w, g []float32, rows, cols int, slots [][]float32, rate float32)
}

// rules lists the optimisers by Keras' names; a new one adds a line.
var rules = map[string]rule{
	task.Adamax:  {slots: []string{"m", "u"}, rate: adamaxRate, update: adamax},
	task.Adam:    {slots: []string{"m", "v"}, rate: adamRate, update: adam},
	task.SGD:     {slots: []string{"velocity"}, rate: plainRate, update: sgd},
	task.AdamW:   {slots: []string{"m", "v"}, rate: adamRate, update: adam}, // and its own decay
	task.RMSprop: {slots: []string{"velocity"}, rate: plainRate, update: rmsprop},
	task.Muon:    {slots: []string{"m", "v"}, rate: adamRate, update: adam, convolutions: &matrixRule{[]string{"momentum"}, plainRate, orthogonal}},
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

// Muon; see there.
func orthogonal(o *Optimizer, w, g []float32, rows, cols int, s [][]float32, rate float32) {
	o.muon.step(w, s[0], g, rows, cols, rate, float32(o.Momentum))
}

// usualDecay is that of Keras' AdamW and Muon. Sources: https://keras.io/api/optimizers/adamw/;
// https://arxiv.org/abs/1711.05101.
const usualDecay = 0.004

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
// with Keras' defaults: beta1 0.9, beta2 0.999, rho 0.9, epsilon 1e-7, Muon's momentum 0.95;
// and another momentum of 0.9.
func NewOptimizer(name string, rate float64) (*Optimizer, error) {
	if name == "" {
		name = task.Adamax
	}
	r, ok := rules[name]
	if !ok {
		return nil, fmt.Errorf("train: no optimiser is called %q; there are %s", name, strings.Join(slices.Sorted(maps.Keys(rules)), ", "))
	}
	o := &Optimizer{Rate: rate, Beta1: 0.9, Beta2: 0.999, Epsilon: 1e-7, Momentum: 0.9, Rho: 0.9, rule: r, name: name, slots: map[string][][]float32{}}
	for range kernel.Workers() {
		o.run.cut = append(o.run.cut, make([][]float32, len(r.slots)))
	}
	if name == task.AdamW || name == task.Muon {
		o.Decay = usualDecay
	}
	if r.convolutions != nil {
		o.Momentum, o.muon = 0.95, newMuon()
	}
	o.clip.scale = 1
	o.loop = kernel.NewLoop(o.block)
	o.clip.loop = kernel.NewLoop(func(worker, i int) { o.clip.sums[i] = kernel.Squares(o.gradient(worker, i)) })
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
	o.clip.norm, o.clip.global, o.clip.value = r.ClipNorm, r.GlobalClipNorm, r.ClipValue
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
	if err := o.measure(weights); err != nil {
		return err
	}
	return o.learn(weights)
}

// begin begins a step, whose weights may be updated in parts.
func (o *Optimizer) begin() {
	o.steps++
	o.rates[0] = float32(o.rate(o, o.steps))
	if c := o.convolutions; c != nil {
		o.rates[1] = float32(c.rate(o, o.steps))
	}
}

// at makes a weight and its gradient those that the loops work on.
func (o *Optimizer) at(v gorgonia.ValueGrad) error {
	namer, ok := v.(gorgonia.Namer)
	if !ok {
		return fmt.Errorf("train: %s: a weight without a name: %T", o.name, v)
	}
	o.run.name, o.run.w = namer.Name(), graph.Floats(v.Value())
	if p, ok := v.(*factoredGrad); ok {
		p.SetFactors(p.x, p.dy)
		o.run.factored, o.run.block = p, p.block()
		return nil
	}
	grad, err := v.Grad()
	if err != nil {
		return fmt.Errorf("train: %s: %w", o.name, err)
	}
	o.run.g, o.run.factored, o.run.block = graph.Floats(grad), nil, updateBlock
	return nil
}

// isKernel reports whether a weight is decayed: biases and normalisation's are not.
func isKernel(v gorgonia.ValueGrad) bool {
	k, ok := v.(interface{ Kernel() bool })
	return ok && k.Kernel()
}

// matrix returns the kernel of a convolution as a matrix. A depthwise one's is many small ones,
// which it is not.
func matrix(v gorgonia.ValueGrad, name string) (rows, cols int, ok bool) {
	s := v.Value().Shape()
	if len(s) != 4 || !isKernel(v) || strings.Contains(name, "depthwise") {
		return 0, 0, false
	}
	return s[0] * s[1] * s[2], s[3], true
}

func (o *Optimizer) learn(weights []gorgonia.ValueGrad) error {
	for _, v := range weights {
		if err := o.at(v); err != nil {
			return err
		}
		rows, cols, whole := 0, 0, false
		if o.convolutions != nil {
			rows, cols, whole = matrix(v, o.run.name)
		}
		slots := o.rule.slots
		if o.run.rate = o.rates[0]; whole {
			slots, o.run.rate = o.convolutions.slots, o.rates[1]
		}
		s := o.slots[o.run.name]
		for len(s) < len(slots) {
			s = append(s, make([]float32, len(o.run.w)))
			o.slots[o.run.name] = s
		}
		o.run.slots, o.run.keep, o.run.scale = s, 1, o.clip.scale
		if isKernel(v) {
			o.run.keep = float32(1 - o.Rate*o.Decay)
		}
		if o.clip.norm > 0 {
			o.run.scale = bound(math.Sqrt(o.squares()), o.clip.norm)
		}
		if whole {
			o.decay(o.run.w)
			o.clipped(o.run.g)
			o.convolutions.update(o, o.run.w, o.run.g, rows, cols, s, o.run.rate)
			continue
		}
		o.loop.Run(o.blocks())
	}
	return nil
}

// blocks returns how many blocks a weight has.
func (o *Optimizer) blocks() int { return (len(o.run.w) + o.run.block - 1) / o.run.block }

// gradient returns that of the i-th block, valid until the worker's next one.
func (o *Optimizer) gradient(worker, i int) []float32 {
	from, to := i*o.run.block, min((i+1)*o.run.block, len(o.run.w))
	if p := o.run.factored; p != nil {
		return p.gradient(worker, from, to)
	}
	return o.run.g[from:to]
}

// decay shrinks weights.
func (o *Optimizer) decay(w []float32) {
	if o.run.keep != 1 {
		kernel.Mix(w, o.run.keep, w, 0)
	}
}

func (o *Optimizer) block(worker, i int) {
	from := i * o.run.block
	g := o.gradient(worker, i)
	slots := o.run.cut[worker]
	for k := range slots {
		slots[k] = o.run.slots[k][from : from+len(g)]
	}
	w := o.run.w[from : from+len(g)]
	o.decay(w)
	o.clipped(g)
	o.update(o, w, g, slots, o.run.rate)
}

// Package explain shows why a model answers as it does: which places of a picture its
// answer rests on, which picture excites a filter most, and how one number of a convolution is
// computed. It needs no data and no training graph.
package explain

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"tenfold/nn/model"
	"tenfold/nn/task"
)

// Map is a number for each place of a picture, row by row.
type Map struct {
	H, W   int
	Values []float32
}

// GradCAM returns where the last convolution's output, after what follows place by place, speaks for
// a class: relu(Σ a[k] A[k]), where A[k] is a feature map and a[k] the mean over its
// places of the gradient of the class's logit. Source: Selvaraju et al. 2017,
// https://arxiv.org/abs/1610.02391.
func GradCAM(t *model.Trace, x []float32, class int) (Map, error) {
	at := lastPicture(t)
	if at < 0 {
		return Map{}, fmt.Errorf("explain: the model has no convolution")
	}
	logits := t.Logits()
	if n := t.Steps[logits].Out.Size(); class < 0 || class >= n {
		return Map{}, fmt.Errorf("explain: there is no class %d among %d", class, n)
	}
	t.Forward(x)
	if y := t.Y[logits]; slices.ContainsFunc(slices.Concat(y, t.Y[at]), func(v float32) bool { return v-v != 0 }) {
		return Map{}, fmt.Errorf("explain: the network's numbers are too large: some are infinite")
	}
	seed := make([]float32, len(t.Y[logits]))
	seed[class] = 1
	g := t.Back(logits, seed, at)
	shape := t.Steps[at].Out
	h, w, c := shape[0], shape[1], shape[2]
	weights := make([]float64, c)
	for i, v := range g {
		weights[i%c] += float64(v) / float64(h*w)
	}
	out := Map{h, w, make([]float32, h*w)}
	for p := range out.Values {
		sum := 0.0
		for k, a := range weights {
			sum += a * float64(t.Y[at][p*c+k])
		}
		out.Values[p] = float32(max(sum, 0))
	}
	return out, nil
}

// lastPicture returns the step after the last convolution, and what stands behind it alone, which
// still keeps its places: a rectifier, a batch normalisation, the sum with a shortcut.
func lastPicture(t *model.Trace) int {
	at := -1
	places := func(s task.Shape) int { return s[0] * s[1] }
	for i, s := range t.Steps {
		convolution := len(s.Out) == 3 && slices.ContainsFunc(s.Weights, func(w *model.Weight) bool { return w.Kernel() })
		// A single place, as squeeze and excitation leaves, says nothing about where.
		if convolution && (at < 0 || places(s.Out) > 1 || places(t.Steps[at].Out) == 1) {
			at = i
		}
	}
	for at >= 0 {
		reader, readers := 0, 0
		for i, s := range t.Steps {
			if slices.Contains(s.In, at) {
				reader, readers = i, readers+1
			}
		}
		if readers != 1 || !slices.Equal(t.Steps[reader].Out, t.Steps[at].Out) || t.Steps[reader].Softmax {
			break
		}
		at = reader
	}
	return at
}

// Occlusion returns how much less probable a class becomes when a square of size pixels of
// the task's middle grey covers a place: the square is moved by stride pixels, and each place gets the
// mean of the drops under all squares that cover it. Source: Zeiler, Fergus 2014,
// https://arxiv.org/abs/1311.2901.
func Occlusion(p *model.Predictor, of task.Task, x []float32, class, size, stride int) (Map, error) {
	in, grey := of.Input, of.Grey()
	h, w, c := in[0], in[1], in[2]
	if len(x) != in.Size() || size < 1 || stride < 1 || size > min(h, w) {
		return Map{}, fmt.Errorf("explain: squares of %d pixels every %d on a picture of %v", size, stride, in)
	}
	_, whole := p.Predict(x)
	if class < 0 || class >= len(whole) {
		return Map{}, fmt.Errorf("explain: there is no class %d among %d", class, len(whole))
	}
	places := func(n int) (at []int) {
		for v := 0; v < n-size; v += stride {
			at = append(at, v)
		}
		return append(at, n-size)
	}
	out := Map{h, w, make([]float32, h*w)}
	count := make([]float32, h*w)
	covered := make([]float32, len(x))
	for _, top := range places(h) {
		for _, left := range places(w) {
			copy(covered, x)
			for y := top; y < top+size; y++ {
				for i := (y*w + left) * c; i < (y*w+left+size)*c; i++ {
					covered[i] = grey
				}
			}
			_, probs := p.Predict(covered)
			for y := top; y < top+size; y++ {
				for i := y*w + left; i < y*w+left+size; i++ {
					out.Values[i] += whole[class] - probs[class]
					count[i]++
				}
			}
		}
	}
	for i, n := range count {
		out.Values[i] /= n
	}
	return out, nil
}

// Target is a filter of a layer, or a unit of one without places; of the last layer a
// class, whose logit counts.
type Target struct{ Layer, Channel int }

// at returns the step that a target belongs to.
func (g Target) at(t *model.Trace) (int, error) {
	layers := t.Layers()
	if g.Layer < 0 || g.Layer >= len(layers) {
		return 0, fmt.Errorf("explain: there is no layer %d among %d", g.Layer, len(layers))
	}
	step := t.Last(g.Layer)
	if t.Steps[step].Softmax {
		step = t.Logits()
	}
	out := t.Steps[step].Out
	if n := out[len(out)-1]; g.Channel < 0 || g.Channel >= n {
		return 0, fmt.Errorf("explain: there is no channel %d among the %d of %s", g.Channel, n, layers[g.Layer].Name)
	}
	return step, nil
}

// Excitement returns how much each of the pictures x: [n,h,w,c] excites a target: the mean
// over its places.
func Excitement(t *model.Trace, x []float32, g Target) ([]float64, error) {
	step, err := g.at(t)
	if err != nil {
		return nil, err
	}
	t.Forward(x)
	shape := t.Steps[step].Out
	c := shape[len(shape)-1]
	places := shape.Size() / c
	out := make([]float64, len(t.Y[step])/shape.Size())
	for i := range out {
		for p := range places {
			out[i] += float64(t.Y[step][(i*places+p)*c+g.Channel]) / float64(places)
		}
	}
	return out, nil
}

// Stimulus looks for the picture that excites a target most, by gradient ascent on its
// pixels. Source: Erhan et al. 2009, "Visualizing higher-layer features of a deep
// network".
type Stimulus struct {
	X         []float32 // the picture, normalised
	Iteration int
	Excited   float64 // how much it excites the target, before the last step

	target Target
	trace  *model.Trace
	step   int
	seed   []float32
	task   task.Task
}

// climb is how far a step moves a pixel in the root mean square, and faint how far those that
// it starts with are from grey, in shares of the range.
const (
	climb = 0.02
	faint = 0.02
)

// NewStimulus starts with faint noise that is drawn from seed.
func NewStimulus(m *model.Network, g Target, seed uint64) (*Stimulus, error) {
	s := &Stimulus{target: g, trace: m.Trace(1), task: m.Task, X: make([]float32, m.Input.Size())}
	var err error
	if s.step, err = g.at(s.trace); err != nil {
		return nil, err
	}
	shape := s.trace.Steps[s.step].Out
	c := shape[len(shape)-1]
	s.seed = make([]float32, shape.Size())
	for i := g.Channel; i < len(s.seed); i += c {
		s.seed[i] = float32(c) / float32(len(s.seed))
	}
	rng := rand.New(rand.NewPCG(seed, 3))
	low, high := s.task.Range()
	for i := range s.X {
		s.X[i] = s.task.Grey() + float32(rng.NormFloat64()*faint)*(high-low)
	}
	return s, nil
}

// Step climbs by one step along the gradient. Pixels stay in their range.
func (s *Stimulus) Step() error {
	excited, err := Excitement(s.trace, s.X, s.target)
	if err != nil {
		return err
	}
	s.Excited = excited[0]
	g := s.trace.Back(s.step, s.seed, -1)
	square := 0.0
	for _, v := range g {
		square += float64(v) * float64(v)
	}
	low, high := s.task.Range()
	span := float64(high - low)
	rate := float32(climb * span / (math.Sqrt(square/float64(len(g))) + 1e-8/span)) // the same on any scale
	for i, v := range g {
		s.X[i] = min(max(s.X[i]+rate*v, low), high)
	}
	s.Iteration++
	return nil
}

// Pixels returns the picture as bytes, [h,w,c].
func (s *Stimulus) Pixels() []byte { return s.task.Bytes(s.X) }

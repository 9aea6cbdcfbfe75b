// Package explain shows why a model answers as it does: which places of a picture its
// answer rests on, which picture excites a filter most, and how one number of a
// convolution comes about. It needs no data and no training graph.
package explain

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"tenfold/nn/layer"
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

// lastPicture is the step after the last convolution, and what stands behind it alone, which
// still keeps its places: a rectifier, a batch normalisation, the sum with a shortcut.
func lastPicture(t *model.Trace) int {
	at := -1
	for i, s := range t.Steps {
		if len(s.Out) == 3 && slices.ContainsFunc(s.Weights, func(w *model.Weight) bool { return w.Kernel() }) {
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

// Occlusion returns how much less probable a class becomes when a grey square of size
// pixels covers a place: the square is moved by stride pixels, and each place gets the
// mean of the drops under all squares that cover it. Source: Zeiler, Fergus 2014,
// https://arxiv.org/abs/1311.2901.
func Occlusion(p *model.Predictor, in task.Shape, x []float32, class, size, stride int) (Map, error) {
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
				clear(covered[(y*w+left)*c : (y*w+left+size)*c]) // 0 is the middle grey
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

// at is the step that a target belongs to.
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

// Excitement is how much each of the pictures x: [n,h,w,c] excites a target: the mean
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
}

// climb is how far a step moves a pixel in the root mean square, of a range of 1.
const climb = 0.02

// NewStimulus starts with faint noise that is drawn from seed.
func NewStimulus(m *model.Network, g Target, seed uint64) (*Stimulus, error) {
	s := &Stimulus{target: g, trace: m.Trace(1), X: make([]float32, m.Input.Size())}
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
	for i := range s.X {
		s.X[i] = float32(rng.NormFloat64() * 0.02)
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
	rate := float32(climb / (math.Sqrt(square/float64(len(g))) + 1e-8))
	for i, v := range g {
		s.X[i] = min(max(s.X[i]+rate*v, -0.5), 0.5)
	}
	s.Iteration++
	return nil
}

// Pixels is the picture as bytes, [h,w,c].
func (s *Stimulus) Pixels() []byte {
	out := make([]byte, len(s.X))
	for i, v := range s.X {
		out[i] = byte(min(max((v+0.5)*255+0.5, 0), 255))
	}
	return out
}

// Breakdown is how one number of a convolution comes about: the sum over rows, columns
// and channels of patch times kernel, and the bias.
type Breakdown struct {
	H, W, C       int
	Patch, Kernel []float32 // [h,w,c]; what lies outside of the picture is 0
	Bias, Sum     float32
}

// Convolution takes the number y,x of a filter of a layer apart, as the trace's last
// Forward computed it, before any activation.
func Convolution(t *model.Trace, m *model.Network, l, filter, y, x int) (Breakdown, error) {
	if l < 0 || l >= m.Len() {
		return Breakdown{}, fmt.Errorf("explain: there is no layer %d among %d", l, m.Len())
	}
	conv, ok := m.Layer(l).(layer.Conv2D)
	if !ok {
		return Breakdown{}, fmt.Errorf("explain: layer %d is no convolution", l)
	}
	step := t.First(l)
	in, out := m.LayerInput(l), t.Steps[step].Out
	if y < 0 || x < 0 || filter < 0 || y >= out[0] || x >= out[1] || filter >= out[2] {
		return Breakdown{}, fmt.Errorf("explain: there is no number %d,%d,%d in %v", y, x, filter, out)
	}
	top, left := conv.Corner(in, y, x)
	stepY, stepX := max(conv.Dilation[0], 1), max(conv.Dilation[1], 1)
	p := Breakdown{H: conv.KernelSize[0], W: conv.KernelSize[1], C: in[2]}
	input, weights := t.Input(step), t.Steps[step].Weights
	for ky := range p.H {
		for kx := range p.W {
			for c := range p.C {
				v := float32(0)
				if r, q := top+ky*stepY, left+kx*stepX; r >= 0 && q >= 0 && r < in[0] && q < in[1] {
					v = input[(r*in[1]+q)*in[2]+c]
				}
				p.Patch = append(p.Patch, v)
				p.Kernel = append(p.Kernel, weights[0].Data[((ky*p.W+kx)*p.C+c)*conv.Filters+filter])
			}
		}
	}
	if len(weights) > 1 {
		p.Bias = weights[1].Data[filter]
	}
	p.Sum = t.Y[step][(y*out[1]+x)*out[2]+filter]
	return p, nil
}

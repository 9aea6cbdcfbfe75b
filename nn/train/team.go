package train

import (
	"fmt"

	"tenfold/nn/evaluate"
	"tenfold/nn/graph"
	"tenfold/nn/kernel"
	"tenfold/nn/model"
	"tenfold/nn/spec"
)

// Helper computes gradients on a share of each batch somewhere else. It need not know
// the data, nor anything between two steps, so one that is lost can be replaced.
type Helper interface {
	// Start hands over the weights that learn and a share of the step's pictures, and
	// returns at once.
	Start(weights [][]float32, s Share) error
	// Finish waits for the gradients, in the order of the weights; they are valid
	// until the next Start.
	Finish() (Outcome, [][]float32, error)
}

// Share is a part of a step's batch. It implements evaluate.Data.
type Share struct {
	Step, First    int    // the step of the run, and the first picture's place in its batch
	Pixels, Labels []byte // [n,h,w,c] as the network sees them, and their classes
}

// Len implements evaluate.Data.
func (s Share) Len() int { return len(s.Labels) }

// Picture implements evaluate.Data.
func (s Share) Picture(i int) ([]byte, int) {
	n := len(s.Pixels) / len(s.Labels)
	return s.Pixels[i*n : (i+1)*n], int(s.Labels[i])
}

// Assistant is the other side of a Helper.
type Assistant struct {
	engine
	weights [][]float32
	grads   [][]float32
}

// NewAssistant returns an assistant for a run's model and recipe.
func NewAssistant(m *model.Sequential, recipe spec.Recipe) (*Assistant, error) {
	a := &Assistant{engine: engine{m, recipe, map[int]*graph.Graph{}}}
	g, err := a.graph(1)
	if err != nil {
		return nil, err
	}
	a.weights = values(g.Weights())
	return a, nil
}

// Weights are those that learn, for the caller to overwrite before Gradients.
func (a *Assistant) Weights() [][]float32 { return a.weights }

// Gradients computes the gradients on a share. They are valid until the next call.
func (a *Assistant) Gradients(s Share) (Outcome, [][]float32, error) {
	o, weights, err := a.pass(s, s.Step, s.First)
	if err != nil {
		return o, nil, err
	}
	a.grads, err = gradients(a.grads[:0], weights)
	return o, a.grads, err
}

func values(weights []graph.Weight) (all [][]float32) {
	for _, w := range weights {
		all = append(all, w.Data)
	}
	return all
}

func gradients(dst [][]float32, weights []graph.Weight) ([][]float32, error) {
	for _, w := range weights {
		v, err := w.Grad()
		if err != nil {
			return nil, err
		}
		dst = append(dst, v.Data().([]float32))
	}
	return dst, nil
}

// Lost is the error of a step in which a helper did not do its part. The run stands
// before that step; without the helper, or with another in its place, it can be made.
type Lost struct {
	Helper int // its place in Run.Helpers
	Err    error
}

func (l *Lost) Error() string { return fmt.Sprintf("train: helper %d: %v", l.Helper, l.Err) }
func (l *Lost) Unwrap() error { return l.Err }

// together computes the gradients of a batch, of which the helpers do their shares.
func (r *Run) together(whole *batch) (Outcome, []graph.Weight, error) {
	parts := min(len(r.Helpers)+1, whole.Len())
	bound := func(part int) int { return part * whole.Len() / parts }
	for i := 1; i < parts; i++ {
		if err := r.Helpers[i-1].Start(r.learning, whole.share(bound(i), bound(i+1))); err != nil {
			return Outcome{}, nil, &Lost{i - 1, err}
		}
	}
	sum, weights, err := r.pass(whole.share(0, bound(1)), r.running.Steps, 0)
	if err != nil {
		return sum, nil, err
	}
	if r.grads, err = gradients(r.grads[:0], weights); err != nil {
		return sum, nil, err
	}
	n := float32(whole.Len())
	own := float32(sum.Pictures) / n
	sum.Loss *= float64(sum.Pictures)
	var lost error
	for i := 1; i < parts; i++ { // all are waited for, so that none still works at the next step
		o, grads, err := r.Helpers[i-1].Finish()
		if err == nil && len(grads) != len(r.grads) {
			err = fmt.Errorf("%d gradients, want %d", len(grads), len(r.grads))
		}
		if err != nil {
			lost = &Lost{i - 1, err}
			continue
		}
		for k, g := range r.grads {
			kernel.Mix(g, own, grads[k], float32(o.Pictures)/n)
		}
		own = 1
		sum.Loss += o.Loss * float64(o.Pictures)
		sum.Right += o.Right
		sum.Pictures += o.Pictures
	}
	sum.Loss /= float64(sum.Pictures)
	return sum, weights, lost
}

// share copies a part of the batch, so that it can be handed over.
func (b *batch) share(from, to int) Share {
	s := Share{Step: b.running.Steps, First: from}
	for i := from; i < to; i++ {
		pixels, label := b.Picture(i)
		s.Pixels, s.Labels = append(s.Pixels, pixels...), append(s.Labels, byte(label))
	}
	return s
}

var _ evaluate.Data = Share{}

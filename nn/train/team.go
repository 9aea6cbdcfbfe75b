package train

import (
	"errors"
	"fmt"
	"slices"

	"tenfold/nn/evaluate"
	"tenfold/nn/graph"
	"tenfold/nn/kernel"
	"tenfold/nn/model"
	"tenfold/nn/spec"
)

// Helper computes the stem of a share of each batch somewhere else: most of the arithmetic
// and few of the weights (see graph.NewStem). It need not know the data, nor anything
// between two steps, so one that is lost can be replaced. A step is Start, Features, and,
// unless the stem's weights are fixed, Back and Finish; a Start in the place of Back or
// Finish gives the share up.
type Helper interface {
	// Start hands over the stem's weights and a share of the step's pictures, and
	// returns at once.
	Start(weights [][]float32, s Share) error
	// Features waits for what the stem makes of the share, [n,features], and writes it
	// into y.
	Features(y []float32) error
	// Back hands over the gradient of the step's loss with respect to the features, and
	// returns at once.
	Back(gradient []float32) error
	// Finish waits for the gradients, in the order of the weights; they are valid
	// until the next Start.
	Finish() ([][]float32, error)
}

// Exchanged is how many numbers a step exchanges with each helper at most: the stem's
// weights, and as many gradients; features, and as many gradients.
type Exchanged struct{ Weights, Features int }

// Exchanges says how much a team that trains a model exchanges.
func Exchanges(m *model.Sequential, recipe spec.Recipe) Exchanged {
	e := newEngine(m, recipe)
	x := Exchanged{Features: graph.Features(m) * recipe.Batch}
	for _, w := range e.stemWeights() {
		x.Weights += len(w)
	}
	return x
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

// part is a share of a share.
func (s Share) part(from, to int) Share {
	n := len(s.Pixels) / len(s.Labels)
	return Share{s.Step, s.First + from, s.Pixels[from*n : to*n], s.Labels[from:to]}
}

// Assistant is the other side of a Helper.
type Assistant struct {
	engine
	weights [][]float32
	grads   [][]float32
}

// NewAssistant returns an assistant for a run's model and recipe.
func NewAssistant(m *model.Sequential, recipe spec.Recipe) (*Assistant, error) {
	a := &Assistant{engine: newEngine(m, recipe)}
	if _, err := a.graph(sharedStem, 1); err != nil {
		return nil, err
	}
	a.weights = a.stemWeights()
	return a, nil
}

// Weights are the stem's that learn, for the caller to overwrite before Gradients.
func (a *Assistant) Weights() [][]float32 { return a.weights }

// Gradients runs the stem on a share. exchange is given its features and returns their
// gradient, or an error that ends the share. The gradients of the weights are valid until
// the next call.
func (a *Assistant) Gradients(s Share, exchange graph.Exchange) ([][]float32, error) {
	_, weights, err := a.share(sharedStem, s, exchange)
	if err != nil {
		return nil, err
	}
	a.grads, err = gradients(a.grads[:0], weights)
	return a.grads, err
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

// together computes the gradients of a batch. Each helper does the stem of its share, and
// the leader that of its own, and the head of all.
func (r *Run) together(b *batch) (o Outcome, weights []graph.Weight, err error) {
	if err := r.free(whole); err != nil {
		return o, nil, err
	}
	t := r.next
	if r.next = nil; t == nil || t.whole.Step != r.running.Steps || !slices.Equal(t.team, r.Helpers) {
		if t, err = r.start(b.share()); err != nil {
			return o, nil, err
		}
	}
	s := t.whole
	penalties, weights, err := r.share(stem, s.part(0, t.bounds[1]), t.exchange)
	if err != nil {
		return o, nil, err
	}
	if err := t.gather(weights); err != nil {
		return o, nil, err
	}
	t.outcome.Loss += penalties
	g, err := r.graph(head, s.Len())
	if err != nil {
		return o, nil, err
	}
	return t.outcome, append(weights[:len(weights):len(weights)], g.Weights()...), nil
}

// start gives each helper its share of a batch.
func (r *Run) start(s Share) (*teamwork, error) {
	t := &teamwork{Run: r, team: slices.Clone(r.Helpers), whole: s, bounds: bounds(s.Len(), min(len(r.Helpers)+1, s.Len()))}
	for i := range t.helpers() {
		if err := r.Helpers[i].Start(r.stem, s.part(t.bounds[i+1], t.bounds[i+2])); err != nil {
			return nil, &Lost{i, err}
		}
	}
	return t, nil
}

// startNext has the helpers begin with a step of this epoch, if there is one, while the
// leader still updates the head. The stem's weights are those of that step already. What
// goes wrong shows when the step is made.
func (r *Run) startNext(step int) {
	if step < r.Steps() {
		r.next, _ = r.start(r.batch(step).share())
	}
}

// lead is how many pictures' stems the head takes the time of, by 32 pictures of a batch.
// The leader, whose it is, has so many pictures less than each of the others.
const lead = 3

// bounds divides n pictures among parts: the i-th has those from the i-th bound to the next.
func bounds(n, parts int) []int {
	own := max((n-lead*n*(parts-1)/32)/parts, 1)
	all := []int{0}
	for i := range parts {
		all = append(all, own+i*(n-own)/max(parts-1, 1))
	}
	all[parts] = n
	return all
}

// teamwork is one step of a team.
type teamwork struct {
	*Run
	team    []Helper
	whole   Share
	bounds  []int
	outcome Outcome
	lost    error
}

// helpers is how many have a share.
func (t *teamwork) helpers() int { return len(t.bounds) - 2 }

// exchange takes the leader's own features, gets the helpers', runs the head on all, and
// gives each helper its part of the gradient as soon as it is known.
func (t *teamwork) exchange(own []float32) ([]float32, error) {
	g, err := t.graph(head, t.whole.Len())
	if err != nil {
		return nil, err
	}
	x, _ := g.Batch()
	features := len(x) / t.whole.Len()
	copy(x, own)
	for i := range t.helpers() {
		part := x[t.bounds[i+1]*features : t.bounds[i+2]*features]
		if err := t.Helpers[i].Features(part); err != nil {
			t.lost = errors.Join(t.lost, &Lost{i, err})
		}
	}
	if t.lost != nil {
		return nil, t.lost
	}
	var gradient []float32
	t.back = func(all []float32) {
		gradient = all[:t.bounds[1]*features]
		for i := range t.helpers() {
			if err := t.Helpers[i].Back(all[t.bounds[i+1]*features : t.bounds[i+2]*features]); err != nil {
				t.lost = errors.Join(t.lost, &Lost{i, err})
			}
		}
	}
	labels := make([]int, t.whole.Len())
	for i, l := range t.whole.Labels {
		labels[i] = int(l)
	}
	t.outcome, err = t.learn(g, labels, t.whole.Step)
	return gradient, errors.Join(err, t.lost)
}

// gather adds the helpers' gradients to the leader's, always in the same order.
func (t *teamwork) gather(weights []graph.Weight) error {
	if len(weights) == 0 {
		return nil
	}
	sum, err := gradients(nil, weights)
	if err != nil {
		return err
	}
	for i := range t.helpers() { // all are waited for, so that none still works at the next step
		grads, err := t.Helpers[i].Finish()
		if err == nil && len(grads) != len(sum) {
			err = fmt.Errorf("%d gradients, want %d", len(grads), len(sum))
		}
		if err != nil {
			t.lost = errors.Join(t.lost, &Lost{i, err})
			continue
		}
		for k, g := range sum {
			kernel.Mix(g, 1, grads[k], 1)
		}
	}
	return t.lost
}

// share copies the batch, so that it can be handed over.
func (b *batch) share() Share {
	s := Share{Step: b.step}
	for i := range b.Len() {
		pixels, label := b.Picture(i)
		s.Pixels, s.Labels = append(s.Pixels, pixels...), append(s.Labels, byte(label))
	}
	return s
}

var _ evaluate.Data = Share{}

package train

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"tenfold/nn/graph"
	"tenfold/nn/kernel"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// Helper computes the gradients of a share of each batch somewhere else. It need not know
// the data, nor anything between two steps, so one that is lost can be replaced. A step is
// Start, Early, Rest, Factors and Finish, the first three of which return at once. The next
// Start may come before Finish, so that the share is there when it is its turn, but not before
// the factors; Early instead of another call gives up the share under way.
type Helper interface {
	// Start passes on a share of a step's pictures.
	Start(s Share) error
	// Early passes on the early weights, with which the helper begins.
	Early(weights [][]float32) error
	// Rest passes on the other weights, if there are any.
	Rest(weights [][]float32) error
	// Factors waits until the share is taken, and for the factors of each factored kernel's
	// gradient, x [n,in] and dy [n,out], if there are any, which it writes there.
	Factors(x, dy [][]float32) error
	// Finish waits for the outcome, with how long the helper was busy, and for the gradients
	// of the other weights in their order, with what was seen for each of the moving weights
	// behind them, times the share's part of the batch; they are valid until the next Early.
	Finish() (Outcome, [][]float32, error)
}

// Exchanged is how many numbers a step exchanges with each helper at most.
type Exchanged struct {
	Early, Rest int // weights
	Share       int // four integers, and bytes: LabelBytes and each pixel's value for a picture
	Factors     int
	Gradients   int   // and the four numbers of an Outcome
	Each        []int // the lengths of the gradients, and of what is seen
}

// Exchanges says how much a team that trains a model exchanges.
func Exchanges(m *model.Network, recipe task.Recipe) Exchanged {
	e := newEngine(m, recipe, true)
	x := Exchanged{Gradients: 4, Share: 4 + (recipe.Batch*(LabelBytes+m.Input.Size())+3)/4}
	for i, w := range e.plan.Weights {
		if i < e.plan.Early {
			x.Early += len(w.Data)
		} else {
			x.Rest += len(w.Data)
		}
		if !e.hasFactors(i) {
			x.Gradients += len(w.Data)
			x.Each = append(x.Each, len(w.Data))
		}
	}
	for _, w := range e.plan.Moving {
		x.Gradients += len(w.Data)
		x.Each = append(x.Each, len(w.Data))
	}
	for _, f := range e.plan.Factored {
		x.Factors += recipe.Batch * (f.In + f.Out)
	}
	return x
}

// LabelBytes is how many bytes a picture's label takes in a Share.
const LabelBytes = 3

// noClass, in place of a label's other class, says that the picture shows none.
const noClass = 255

// Share is a part of a step's batch. It implements evaluate.Data.
type Share struct {
	Step      int    // of the run
	First, Of int    // the first picture's place in its batch, and how many are in that
	Pixels    []byte // [n,h,w,c] as the network sees them
	Labels    []byte // [n,LabelBytes]: a class, another one, and how much of it, in 255ths
}

// Len implements evaluate.Data.
func (s Share) Len() int { return len(s.Labels) / LabelBytes }

// Picture implements evaluate.Data.
func (s Share) Picture(i int) ([]byte, int) {
	n := len(s.Pixels) / s.Len()
	return s.Pixels[i*n : (i+1)*n], s.Label(i).Class
}

// Label returns what the i-th picture is to be taken for.
func (s Share) Label(i int) task.Label {
	l := s.Labels[i*LabelBytes:]
	if l[1] == noClass {
		return task.Label{Class: int(l[0]), None: true}
	}
	return task.Label{Class: int(l[0]), Other: int(l[1]), Part: l[2]}
}

// part returns a share of a share.
func (s Share) part(from, to int) Share {
	n := len(s.Pixels) / s.Len()
	return Share{s.Step, s.First + from, s.Of, s.Pixels[from*n : to*n], s.Labels[from*LabelBytes : to*LabelBytes]}
}

// Assistant is the other side of a Helper.
type Assistant struct {
	engine
	share ready
	err   error // of Prepare
	grads [][]float32
}

// NewAssistant returns an assistant for a run's model and recipe.
func NewAssistant(m *model.Network, recipe task.Recipe) *Assistant {
	return &Assistant{engine: newEngine(m, recipe, true)}
}

// Prepare does what can be done with a share while its weights are not there. An error is
// Gradients' to return. The share's memory is free again.
func (a *Assistant) Prepare(s Share) { a.share, a.err = a.prepare(s, s.Step, s.First, s.Of) }

// Weights returns those that learn, for the caller to overwrite: the early ones before
// Gradients, the others when it is asked for them.
func (a *Assistant) Weights() (early, rest [][]float32) { return a.weights() }

// Factored returns how many kernels' gradients are handed out as factors.
func (a *Assistant) Factored() int { return len(a.plan.Factored) }

// Gradients runs the network on the share that was prepared. It calls await when it needs
// the weights that are not early, and factors as graph.Link has it. An error of await ends
// the share. The gradients are those of the weights without factors, and behind them what was
// seen for the moving weights, as Helper.Finish has it. All are valid until the next call.
func (a *Assistant) Gradients(await func() error, factors func(i int, x, dy []float32)) (Outcome, [][]float32, error) {
	if a.err != nil {
		return Outcome{}, nil, a.err
	}
	a.await, a.factors = await, factors
	o, weights, err := a.share.pass()
	if err == nil {
		a.observe(a.share)
		if a.grads, err = a.unfactored(a.grads[:0], weights); err == nil {
			a.grads = append(a.grads, a.seen...)
		}
	}
	return o, a.grads, err
}

// hasFactors reports whether the gradient of the i-th weight leaves a share's graph as factors.
func (e *engine) hasFactors(i int) bool {
	return slices.ContainsFunc(e.plan.Factored, func(f graph.Factored) bool { return f.Index == i })
}

// unfactored appends the gradients that are in a share's graph.
func (e *engine) unfactored(dst [][]float32, weights []graph.Weight) ([][]float32, error) {
	for i, w := range weights {
		if e.hasFactors(i) {
			continue
		}
		v, err := w.Grad()
		if err != nil {
			return nil, err
		}
		dst = append(dst, graph.Floats(v))
	}
	return dst, nil
}

// Lost is the error of a step in which a helper did not do its part. The run stands
// before that step; without the helper, or with another one instead, it can be made.
type Lost struct {
	Helper int // its place in Run.Helpers
	Err    error
}

func (l *Lost) Error() string { return fmt.Sprintf("train: helper %d: %v", l.Helper, l.Err) }
func (l *Lost) Unwrap() error { return l.Err }

// together computes the gradients of a batch: each of its share.
func (r *Run) together(b *batch) (o Outcome, weights []graph.Weight, err error) {
	t := r.next
	if r.next = nil; t == nil || t.lost != nil || t.whole.Step != b.Step || !slices.Equal(t.team, r.Helpers) {
		if t, err = r.divide(b); err != nil {
			return o, nil, err
		}
		t.early()
		t.rest()
	}
	if t.lost != nil {
		return o, nil, t.lost
	}
	if o, weights, err = t.pass(); err != nil {
		return o, nil, err
	}
	if err = t.collect(); err == nil && r.running.Step+1 < r.Steps() {
		// While the others still work. They have taken their shares.
		r.next, err = r.divide(r.batch(r.running.Step + 1))
	}
	if err == nil {
		err = t.gather(&o, weights)
	}
	if err != nil {
		r.next = nil
		return o, nil, err
	}
	r.balance.took(nil, t.bounds[1], t.passed.Seconds())
	r.balance.stepped(t.passed + t.waited)
	return o, weights, nil
}

// teamwork is one step of a team.
type teamwork struct {
	*Run
	team   []Helper
	whole  Share
	bounds []int
	mine   ready
	passed time.Duration // in the leader's share
	waited time.Duration // for helpers
	lost   error
}

// divide divides a batch among the leader and the helpers.
func (r *Run) divide(b *batch) (t *teamwork, err error) {
	whole := shared(b, r.shares[1]) // the helpers may still look at the other one
	r.shares = [2]Share{whole, r.shares[0]}
	t = &teamwork{Run: r, team: slices.Clone(r.Helpers), whole: whole, bounds: r.balance.bounds(b.Len(), r.Helpers[:min(len(r.Helpers), b.Len()-1)])}
	t.each(func(h Helper, i int) error { return h.Start(t.share(i)) })
	s := t.share(0)
	t.mine, err = r.prepare(s, s.Step, s.First, s.Of)
	return t, err
}

// share returns the share of the leader, 0, or of a helper, counted from 1.
func (t *teamwork) share(i int) Share { return t.whole.part(t.bounds[i], t.bounds[i+1]) }

// each does something with each helper that has a share, unless one is lost already.
func (t *teamwork) each(do func(h Helper, i int) error) {
	if t.lost != nil {
		return
	}
	for i := range len(t.bounds) - 2 {
		if err := do(t.team[i], i+1); err != nil {
			t.lost = errors.Join(t.lost, &Lost{i, err})
			t.balance.forget(t.team[i])
		}
	}
}

// early gives each helper the early weights.
func (t *teamwork) early() {
	early, _ := t.weights()
	t.each(func(h Helper, _ int) error { return h.Early(early) })
}

// rest gives each helper the other weights.
func (t *teamwork) rest() {
	if _, rest := t.weights(); len(rest) > 0 {
		t.each(func(h Helper, _ int) error { return h.Rest(rest) })
	}
}

// pass computes the leader's share.
func (t *teamwork) pass() (Outcome, []graph.Weight, error) {
	t.factors = func(i int, x, dy []float32) {
		p := t.factored[i]
		p.collect(t.whole.Len())
		toX, toDY := p.of(0, t.bounds[1])
		copy(toX, x)
		copy(toDY, dy)
	}
	start := time.Now()
	defer func() { t.passed = time.Since(start) }()
	return t.mine.pass()
}

// collect waits for the helpers' factors.
func (t *teamwork) collect() error {
	t.each(func(h Helper, i int) error {
		var xs, dys [][]float32
		for _, p := range t.factored {
			x, dy := p.of(t.bounds[i], t.bounds[i+1])
			xs, dys = append(xs, x), append(dys, dy)
		}
		start := time.Now()
		defer func() { t.waited += time.Since(start) }()
		return h.Factors(xs, dys)
	})
	return t.lost
}

// gather adds the helpers' gradients, what they have seen and their outcomes to the leader's,
// always in the same order.
func (t *teamwork) gather(o *Outcome, weights []graph.Weight) error {
	sum, err := t.unfactored(nil, weights)
	if err != nil {
		return err
	}
	t.observe(t.mine)
	sum = append(sum, t.seen...)
	t.each(func(h Helper, i int) error {
		start := time.Now()
		p, grads, err := h.Finish()
		t.waited += time.Since(start)
		if err != nil {
			return err
		}
		if len(grads) != len(sum) {
			return fmt.Errorf("%d gradients, want %d", len(grads), len(sum))
		}
		o.add(p)
		t.balance.took(h, t.bounds[i+1]-t.bounds[i], p.Busy)
		for k, g := range sum {
			kernel.Add(g, grads[k])
		}
		return nil
	})
	return t.lost
}

// shared copies a batch, so that it can be passed on, into the memory of an old one.
func shared(b *batch, old Share) Share {
	s := Share{Step: b.Step, Of: b.Len(), Labels: old.Labels[:0], Pixels: old.Pixels[:0]}
	for i := range b.Len() {
		pixels, _ := b.Picture(i)
		s.Pixels, s.Labels = append(s.Pixels, pixels...), labelBytes(s.Labels, b.Label(i))
	}
	return s
}

// labelBytes appends a label as it stands in a Share.
func labelBytes(to []byte, l task.Label) []byte {
	other := byte(l.Other)
	if l.None {
		other = noClass
	}
	return append(to, byte(l.Class), other, l.Part)
}

var _ lesson = Share{}

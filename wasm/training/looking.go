package training

import (
	"context"
	"fmt"
	"slices"
	"time"

	"tenfold/nn/checkpoint"
	"tenfold/nn/cifar10"
	"tenfold/nn/evaluate"
	"tenfold/nn/explain"
	"tenfold/nn/model"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
)

// measurement is an Evaluate or an Excite under way. The newest is the only one.
type measurement struct {
	id     uint64
	cancel context.CancelFunc
}

// meant is how many pictures the means of drawings are made of: all of them would have to be
// drawn otherwise.
const meant = 2000

// shown returns the pictures of a part as they are shown.
func (s *Session) shown(what string) (evaluate.Data, error) {
	one, err := s.projects.part(what)
	if err != nil {
		return nil, err
	}
	if one != nil {
		return looked{one}, nil
	}
	return s.data.data(what)
}

// survey describes a part of the data.
func (s *Session) survey(what string) error {
	set, err := s.shown(what)
	if err != nil {
		return err
	}
	if own, ok := set.(looked); ok { // all of which would have to be decoded for their means
		e := protocol.Surveyed{What: what, Means: make([][]byte, len(own.Classes))}
		for i := range own.Len() {
			e.Labels = append(e.Labels, byte(own.Label(i)))
		}
		s.host.Send(e)
		return nil
	}
	classes, size := len(cifar10.Task.Classes), cifar10.Task.Pixels()
	e := protocol.Surveyed{What: what, Means: make([][]byte, classes)}
	sums, counts := make([]int, classes*size), make([]int, classes)
	_, drawn := set.(evaluate.Labelled)
	for i := range set.Len() {
		if drawn && i >= meant {
			e.Labels = append(e.Labels, byte(evaluate.Label(set, i)))
			continue
		}
		pixels, label := set.Picture(i)
		e.Labels = append(e.Labels, byte(label))
		counts[label]++
		for p, v := range pixels {
			sums[label*size+p] += int(v)
		}
	}
	for c, n := range counts {
		for p := 0; n > 0 && p < size; p++ {
			e.Means[c] = append(e.Means[c], byte((sums[c*size+p]+n/2)/n))
		}
	}
	s.host.Send(e)
	return nil
}

// look sends pictures. One of several that is not there, because it was deleted meanwhile, is
// empty: the others come all the same.
func (s *Session) look(c protocol.Look) error {
	set, err := s.shown(c.What)
	if err != nil {
		return err
	}
	e := protocol.Looked{ID: c.ID, What: c.What, Index: c.Index}
	there := func(i int) bool { return i >= 0 && i < set.Len() }
	if len(c.Index) > 0 && !slices.ContainsFunc(c.Index, there) {
		return fmt.Errorf("training: there is no picture %d among %d", c.Index[0], set.Len())
	}
	for _, i := range c.Index {
		var p protocol.Labelled
		if there(i) {
			p.Picture, p.Class = set.Picture(i)
		}
		e.Pictures = append(e.Pictures, p)
	}
	s.host.Send(e)
	return nil
}

// measuring takes a measurement under way, in place of an older one.
func (s *Session) measuring(id uint64) context.Context {
	s.cease(0)
	ctx, cancel := context.WithCancel(context.Background())
	s.measure = &measurement{id, cancel}
	return ctx
}

// cease ends the measurement that has an ID, or any for 0.
func (s *Session) cease(id uint64) {
	if m := s.measure; m != nil && (id == 0 || m.id == id) {
		m.cancel()
		s.measure = nil
		s.host.Send(protocol.Cancelled{ID: m.id})
	}
}

// count returns a function that tells the page how far a measurement is, and lets the
// browser in. already is what was done before.
func (s *Session) count(id uint64, already, total int) func(done int) {
	start, told := time.Now(), time.Time{}
	return func(done int) {
		if now := time.Now(); now.Sub(told) > tellEvery/2 {
			told = now
			s.host.Send(protocol.Measuring{ID: id, Done: already + done, Total: total, PicturesPerSec: float64(done) / now.Sub(start).Seconds()})
		}
		s.attend()
	}
}

// subject returns what an Evaluate measures on: pictures, the part that they are of, and
// their numbers in it, nil for all in order.
func (s *Session) subject(c protocol.Evaluate, in task.Shape) (data evaluate.Data, what string, index []int, err error) {
	if c.Job == nil {
		set, err := s.part(c.What, in)
		if err == nil && set.Len() == 0 {
			err = fmt.Errorf("training: there are no such pictures here: bring them in the Train view")
		}
		return set, c.What, nil, err
	}
	_, held, err := s.sets(*c.Job, in)
	if err != nil {
		return nil, "", nil, err
	}
	if c.Job.Data == task.Doodles && c.Job.HoldOut == 0 {
		return held, task.DoodlesTest, nil, nil
	}
	sub, ok := held.(evaluate.Subset)
	if !ok {
		return held, task.TestSet, nil, nil
	}
	what = task.TestSet
	if c.Job.Data != task.TestSet && c.Job.Data != task.Mine {
		what = c.Job.Data
	}
	return sub, what, sub.Index, nil
}

// evaluate measures a model, and perhaps a second one.
func (s *Session) evaluate(c protocol.Evaluate) error {
	ctx := s.measuring(c.ID)
	first, err := opened(c.Model)
	if err != nil {
		return err
	}
	data, what, index, err := s.subject(c, first.Input)
	if err != nil {
		return err
	}
	models := [][]byte{c.Model}
	switch {
	case len(c.Beside) > 0:
		models = append(models, c.Beside)
	case c.Stored != "":
		file, err := s.weights(c.Stored)
		if err != nil {
			return err
		}
		models = append(models, file)
	}
	var results []*evaluate.Result
	var seen []int
	for i, file := range models {
		m, err := opened(file)
		if err != nil {
			return err
		}
		if i > 0 && !slices.Equal(m.Classes, first.Classes) {
			return fmt.Errorf("training: the two networks tell different classes apart, so they cannot be compared")
		}
		of := data
		if !slices.Equal(m.Input, first.Input) {
			if of, _, _, err = s.subject(c, m.Input); err != nil {
				return err
			}
		}
		seen = append(seen, s.trainedOn(m, what, index, data.Len()))
		r, err := evaluate.RunViews(ctx, m, of, c.Views, s.count(c.ID, i*data.Len(), len(models)*data.Len()))
		if err != nil {
			return err // the page knows of a cancelled one
		}
		results = append(results, r)
	}
	s.measure = nil
	e := protocol.Evaluated{ID: c.ID, What: what, Index: index, Report: evaluate.Report(results[0], data, 1), Seen: seen[0]}
	for _, p := range results[0].Predictions {
		e.True, e.Class, e.Score = append(e.True, byte(p.True)), append(e.Class, byte(p.Class)), append(e.Score, p.Score)
	}
	if len(results) > 1 {
		comparison := evaluate.Compare(results[1], results[0])
		e.Comparison, e.BesideSeen = &comparison, seen[1]
		for _, p := range results[1].Predictions {
			e.Beside = append(e.Beside, byte(p.Class))
		}
	}
	s.host.Send(e)
	return nil
}

// trainedOn returns how many of n pictures of a part a model was trained on. index are their
// numbers in it, nil for all in order.
func (s *Session) trainedOn(m *model.Network, part string, index []int, n int) (count int) {
	for i := range n {
		if index != nil {
			i = index[i]
		}
		if m.Seen().Has(s.projects.known(part, i)) {
			count++
		}
	}
	return count
}

func opened(file []byte) (*model.Network, error) {
	f, err := checkpoint.Decode(file)
	if err != nil {
		return nil, err
	}
	return model.Open(f)
}

// How many pictures are looked at in one go for Excite, and how many are shown.
const (
	exciteBatch = 50
	excited     = 9
)

// excite looks for the pictures that excite a filter most.
func (s *Session) excite(c protocol.Excite) error {
	ctx := s.measuring(c.ID)
	m, err := opened(c.Model)
	if err != nil {
		return err
	}
	set, err := s.part(c.What, m.Input)
	if err != nil {
		return err
	}
	values, err := s.excitement(ctx, c, m, set)
	if err != nil || len(values) == 0 {
		return err
	}
	s.measure = nil
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case values[a] > values[b]:
			return -1
		case values[a] < values[b]:
			return 1
		}
		return 0
	})
	e := protocol.Excited{ID: c.ID, Layer: c.Layer, Channel: c.Channel}
	for _, i := range order[:min(excited, len(order))] {
		pixels, label := set.Picture(i)
		e.Values, e.Pictures = append(e.Values, values[i]), append(e.Pictures, protocol.Labelled{Picture: pixels, Class: label})
	}
	s.host.Send(e)
	return nil
}

func (s *Session) excitement(ctx context.Context, c protocol.Excite, m *model.Network, set evaluate.Data) ([]float64, error) {
	t := m.Trace(exciteBatch)
	size := m.Input.Size()
	x := make([]float32, exciteBatch*size)
	tell := s.count(c.ID, 0, set.Len())
	var values []float64
	for from := 0; from < set.Len(); from += exciteBatch {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		to := min(from+exciteBatch, set.Len())
		if _, err := evaluate.Batch(x, set, m, from, to); err != nil {
			return nil, err
		}
		v, err := explain.Excitement(t, x[:(to-from)*size], explain.Target{Layer: c.Layer, Channel: c.Channel})
		if err != nil {
			return nil, err
		}
		values = append(values, v...)
		tell(to)
	}
	return values, nil
}

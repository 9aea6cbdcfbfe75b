package training

import (
	"context"
	"fmt"
	"strings"

	"tenfold/nn/cifar10"
	"tenfold/nn/evaluate"
	"tenfold/nn/model"
	"tenfold/nn/task"
	"tenfold/nn/teach"
	"tenfold/wasm/protocol"
)

// Other pictures are looked at when a model is taught: to know what is ordinary if its file
// does not say, and to measure what it costs. There are as many of them, within limits, as take
// this many multiplications.
const (
	leastWitnesses = 400
	mostWitnesses  = 2000
	witnessing     = 30_000_000_000
)

// witnesses returns how many pictures a model is shown.
func witnesses(m *model.Network) int {
	each := 1
	for _, l := range m.Describe().Layers {
		each += l.MultiplyAdds
	}
	return min(max(witnessing/each, leastWitnesses), mostWitnesses)
}

// teach makes a model right on the user's own pictures.
func (s *Session) teach(c protocol.Teach) error {
	ctx := s.measuring(c.ID)
	m, err := opened(c.Model)
	if err == nil {
		err = m.Fits(cifar10.Task)
	}
	if err != nil {
		return err
	}
	own, err := s.data.part(task.Mine)
	if err != nil {
		return err
	}
	if own.Len() == 0 {
		return fmt.Errorf("training: there are no pictures of yours yet: say in Classify what a picture is")
	}
	others, part, err := s.others(m)
	if err != nil {
		return err
	}
	if m.Moments == nil && others.Len() > 0 {
		if m.Moments, err = teach.Moments(ctx, m, others, s.count(c.ID, 0, others.Len())); err != nil {
			return err
		}
	}
	e := protocol.Taught{ID: c.ID, Others: others.Len(), Drawn: part == task.DoodlesTest}
	if e.OthersBefore, err = s.rightOn(ctx, c.ID, m, others); err != nil {
		return err
	}
	r, err := teach.Teach(m, own)
	if err != nil {
		return err
	}
	e.Pictures, e.Before, e.After = r.Pictures, r.Before, r.After
	if e.OthersAfter, err = s.rightOn(ctx, c.ID, m, others); err != nil {
		return err
	}
	s.measure = nil
	m.Name = strings.TrimSuffix(m.Name, tuned) + tuned
	m.Measured, m.Report = nil, nil
	seen := m.Seen().Clone()
	s.data.see(seen, task.Job{Data: task.Mine}, own)
	m.SetSeen(seen)
	file, err := encoded(m)
	if err != nil {
		return err
	}
	s.host.Send(protocol.Weights{Run: c.Run, Kind: "last", File: file})
	s.report(s.store.Write(lastFile, file))
	s.host.Send(e)
	return s.tell()
}

// others are some pictures that a model was not trained on, and the part that they are of: the
// test set, the training set, or else drawings, which are always there.
func (s *Session) others(m *model.Network) (sub evaluate.Subset, part string, err error) {
	most := witnesses(m)
	for _, part = range []string{task.TestSet, task.TrainSet, task.DoodlesTest} {
		set, err := s.data.data(part)
		if err != nil {
			return sub, part, err
		}
		sub = evaluate.Subset{Data: set}
		for i := range set.Len() {
			if !m.Seen().Has(part, i) {
				sub.Index = append(sub.Index, i)
			}
		}
		if all := sub.Index; len(all) > most { // spread over all of them
			sub.Index = nil
			for i := range most {
				sub.Index = append(sub.Index, all[i*len(all)/most])
			}
		}
		if sub.Len() > 0 {
			break
		}
	}
	return sub, part, nil
}

// rightOn returns how many pictures a model gets right.
func (s *Session) rightOn(ctx context.Context, id uint64, m *model.Network, data evaluate.Subset) (int, error) {
	if data.Len() == 0 {
		return 0, nil
	}
	r, err := evaluate.Run(ctx, m, data, s.count(id, 0, data.Len()))
	if err != nil {
		return 0, err
	}
	n := 0
	for i := range r.Confusion {
		n += r.Confusion[i][i]
	}
	return n, nil
}

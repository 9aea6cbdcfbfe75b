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

// witnesses is how many stored pictures, at most, are looked at when a model is taught: to
// know what is ordinary where its file does not say, and to measure what it costs.
const witnesses = 2000

// teach makes a model right on the person's own pictures.
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
	others, err := s.others(m)
	if err != nil {
		return err
	}
	if m.Moments == nil && others.Len() > 0 {
		if m.Moments, err = teach.Moments(ctx, m, others, s.count(c.ID, 0, others.Len())); err != nil {
			return err
		}
	}
	e := protocol.Taught{ID: c.ID, Others: others.Len()}
	if e.OthersBefore, err = s.rightOn(ctx, c.ID, m, others); err != nil {
		return err
	}
	r, err := teach.Teach(m, own)
	if err != nil {
		return err
	}
	e.Pictures, e.Before, e.After, e.Careful = r.Pictures, r.Before, r.After, r.Careful
	if e.OthersAfter, err = s.rightOn(ctx, c.ID, m, others); err != nil {
		return err
	}
	s.measure = nil
	m.Name, m.Measured = strings.TrimSuffix(m.Name, tuned)+tuned, nil
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

// others are some stored pictures that a model was not trained on: of the test set, or else
// of the training set.
func (s *Session) others(m *model.Network) (evaluate.Subset, error) {
	for _, part := range []string{task.TestSet, task.TrainSet} {
		set, err := s.data.part(part)
		if err != nil {
			return evaluate.Subset{}, err
		}
		sub := evaluate.Subset{Data: set}
		for i := range set.Len() {
			if !m.Seen().Has(part, i) {
				sub.Index = append(sub.Index, i)
			}
		}
		if all := sub.Index; len(all) > witnesses { // spread over all of them
			sub.Index = nil
			for i := range witnesses {
				sub.Index = append(sub.Index, all[i*len(all)/witnesses])
			}
		}
		if sub.Len() > 0 {
			return sub, nil
		}
	}
	return evaluate.Subset{}, nil
}

// rightOn is how many pictures a model gets right.
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

package training

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"math"
	"slices"
	"strings"

	"tenfold/nn/evaluate"
	"tenfold/nn/model"
	"tenfold/nn/project"
	"tenfold/nn/task"
	"tenfold/nn/transfer"
	"tenfold/wasm/protocol"
)

// extracting are the features that a network makes of pictures, kept from one Learn to the next.
type extracting struct {
	network   uint64 // what it is up to its head
	extractor *transfer.Extractor
}

// of returns an extractor for a model's file.
func (x *extracting) of(file []byte) (*model.Network, *transfer.Extractor, error) {
	m, err := opened(file)
	if err != nil {
		return nil, nil, err
	}
	trunk, err := m.Trunk()
	if err != nil {
		return nil, nil, err
	}
	sum := fnv.New64a()
	fmt.Fprint(sum, trunk.Summary(), m.Scale, m.Shift)
	var b []byte
	for _, w := range trunk.Weights() {
		b = b[:0]
		for _, v := range w.Data {
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
		}
		sum.Write(b)
	}
	if x.extractor == nil || x.network != sum.Sum64() {
		e, err := transfer.NewExtractor(m)
		if err != nil {
			return nil, nil, err
		}
		*x = extracting{sum.Sum64(), e}
	}
	return m, x.extractor, nil
}

// enough is how many pictures must be held out for a temperature and a doubt to be fitted to them.
const enough = 30

// learn gives a network a head for the classes of a project.
func (s *Session) learn(c protocol.Learn) error {
	ctx := s.measuring(c.ID)
	one, err := s.projects.of(c.Project)
	if err == nil {
		err = s.occupied()
	}
	if err == nil {
		err = one.Ready()
	}
	if err != nil {
		return err
	}
	m, extractor, err := s.extracting.of(c.Model)
	if err != nil {
		return err
	}
	defer s.study()()
	n := len(one.Pictures)
	tell := s.count(c.ID, 0, 3*n)
	data, err := s.projects.data(one, m.Input, func(done int) error {
		tell(done)
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	rest, held := split(data, c.HoldOut, c.Seed)
	sums := make([]uint64, rest.Len())
	for i, at := range rest.Index {
		sums[i] = data.Of[at].Sum
	}
	features, err := extractor.Read(ctx, rest, sums, transfer.Changed(rest.Len(), c.Mirror), func(done int) { tell(n + done) })
	if err != nil {
		return err
	}
	of := one.Task(m.Input)
	head, err := transfer.Fit(m, features, of, func() error {
		tell(n + rest.Len())
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	name, _, _ := strings.Cut(m.Name, onto)
	head.Name = name + onto + one.Name
	seen := task.Seen{}
	for _, at := range rest.Index {
		seen.Add(knownOf(one, data.Of[at]))
	}
	head.SetSeen(seen)
	r, err := evaluate.Run(ctx, head, held, func(done int) { tell(2*n + done) })
	if err != nil {
		return err
	}
	e := protocol.Learned{ID: c.ID, Project: one.ID, Trained: rest.Len(), Index: held.Index}
	if held.Len() >= enough {
		head.Temperature = r.Temperature()
		head.Doubt = evaluate.Doubt(0.05, head.Temperature, r)
		e.Doubt = head.Doubt
	}
	e.Report = evaluate.Report(r, held, c.Seed)
	head.Measured = []task.Measurement{{On: task.Validation, Pictures: held.Len(), Metrics: r.Metrics}}
	for _, p := range r.Predictions {
		e.True, e.Class, e.Score = append(e.True, byte(p.True)), append(e.Class, byte(p.Class)), append(e.Score, p.Score)
	}
	s.measure = nil
	file, err := encoded(head)
	if err != nil {
		return err
	}
	s.host.Send(protocol.Weights{Run: c.Run, Kind: "last", File: file})
	s.report(s.store.Write(lastFile, file))
	s.host.Send(e)
	return s.tell()
}

// most is how many pictures a Find finds.
const most = 500

// find looks for pictures that may be wrong where they are.
func (s *Session) find(c protocol.Find) error {
	one, err := s.projects.of(c.Project)
	if err != nil {
		return err
	}
	e := protocol.Found{ID: c.ID, Project: one.ID, How: c.How}
	switch c.How {
	case protocol.Alike:
		e.Index = alike(one)
	case protocol.Disagreeing:
		if e.Index, err = s.disagreeing(c, one); err != nil {
			return err
		}
	default:
		return fmt.Errorf("training: nothing is found as %q", c.How)
	}
	s.host.Send(e)
	return nil
}

// alike returns the pictures of a project that look like another one, those that look alike side by side.
func alike(one *project.Project) (index []int) {
	had := map[int]bool{}
	for _, pair := range one.Twins(most) {
		for _, i := range []int{pair[1], pair[0]} {
			if !had[i] {
				had[i] = true
				index = append(index, i)
			}
		}
	}
	return index
}

// disagreeing returns the pictures of a project that a model takes for another class, the surest first.
func (s *Session) disagreeing(c protocol.Find, one *project.Project) (index []int, err error) {
	ctx := s.measuring(c.ID)
	defer s.study()()
	m, err := opened(c.Model)
	if err == nil {
		err = m.Fits(one.Task(m.Input))
	}
	if err != nil {
		return nil, err
	}
	total := 2 * len(one.Pictures)
	tell := s.count(c.ID, 0, total)
	data, err := s.projects.data(one, m.Input, func(done int) error {
		tell(done)
		return ctx.Err()
	})
	if err != nil {
		return nil, err
	}
	if data.Len() == 0 {
		return nil, nil
	}
	r, err := evaluate.Run(ctx, m, data, func(done int) { tell(data.Len() + done) })
	if err != nil {
		return nil, err
	}
	s.measure = nil
	for i, p := range r.Predictions {
		if p.Class != p.True {
			index = append(index, i)
		}
	}
	slices.SortStableFunc(index, func(a, b int) int { return cmp.Compare(r.Predictions[b].Score, r.Predictions[a].Score) })
	return index[:min(len(index), most)], nil
}

// onto is between the name of a network and that of the project whose classes it has learned.
const onto = " on "

var _ evaluate.Data = (*project.Data)(nil)

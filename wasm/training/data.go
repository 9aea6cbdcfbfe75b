package training

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"

	"tenfold/nn/cifar10"
	"tenfold/nn/cifar10/archive"
	"tenfold/nn/doodles"
	"tenfold/nn/evaluate"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
)

// record is the size of a picture in the official layout.
var record = 1 + cifar10.Task.Pixels()

// official are the files of a part of CIFAR-10.
func official(part string) []string {
	switch part {
	case task.TestSet:
		return cifar10.TestFiles
	case task.TrainSet:
		return cifar10.TrainFiles
	}
	return nil
}

// doodlesTest is how many drawings a run on drawings is validated on: as many as are made in two
// seconds.
const doodlesTest = 2000

// pictures is what there is to train on.
type pictures struct {
	store    Store
	drawn    map[string]evaluate.Data // the parts that are not stored but drawn
	sets     map[string]*cifar10.Set  // by part; read when first used
	projects *projects
	small    small
}

// part returns a part of CIFAR-10, or the person's own pictures, an empty one where it is not stored.
func (p *pictures) part(name string) (*cifar10.Set, error) {
	if name == task.Mine {
		return p.mine()
	}
	if s := p.sets[name]; s != nil {
		return s, nil
	}
	s := &cifar10.Set{}
	s.Grow(p.count(name))
	for _, f := range official(name) {
		b, err := p.store.Read(f)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil {
			err = s.Add(f, b)
		}
		if err != nil {
			return nil, err
		}
	}
	p.sets[name] = s
	return s, nil
}

// data returns a part, stored or drawn.
func (p *pictures) data(name string) (evaluate.Data, error) {
	if name != task.Doodles && name != task.DoodlesTest {
		return p.part(name)
	}
	if p.drawn == nil {
		train, test := doodles.Load()
		p.drawn = map[string]evaluate.Data{task.Doodles: train, task.DoodlesTest: evaluate.Head(test, doodlesTest)}
	}
	return p.drawn[name], nil
}

// count returns how many pictures of a part are stored.
func (p *pictures) count(part string) int {
	if part == task.Mine {
		if one, _ := p.own(); one != nil {
			return len(one.Pictures)
		}
		return 0
	}
	n := 0
	for _, f := range official(part) {
		if size, err := p.store.Size(f); err == nil {
			n += size / record
		}
	}
	return n
}

// stored describes all of it.
func (p *pictures) stored() (protocol.Stored, error) {
	out := protocol.Stored{Task: cifar10.Task, Test: p.count(task.TestSet), Train: p.count(task.TrainSet), Doodles: doodles.TrainLen, DoodlesTest: doodlesTest, Kept: p.store.Kept()}
	out.Bytes = record * (out.Test + out.Train)
	own, err := p.mine()
	if err != nil {
		return out, err
	}
	for i := range own.Len() {
		b, label := own.Picture(i)
		out.Mine = append(out.Mine, protocol.Labelled{Picture: b, Class: label})
	}
	if one, _ := p.own(); one != nil {
		out.Bytes += one.Bytes()
	}
	return out, nil
}

// add stores the content of a file by its name, official or of own pictures.
func (p *pictures) add(name string, b []byte) error {
	var check cifar10.Set
	if err := check.Add(name, b); err != nil {
		return err
	}
	part := partOf(name)
	if part == task.Mine {
		_, err := p.keep(&check)
		return err
	}
	delete(p.sets, part)
	return p.store.Write(name, b)
}

// forget removes a part.
func (p *pictures) forget(part string) error {
	if part == task.Mine {
		if one, err := p.own(); one == nil {
			return err
		} else {
			return p.projects.remove(one)
		}
	}
	delete(p.sets, part)
	var all error
	for _, f := range official(part) {
		all = errors.Join(all, p.store.Remove(f))
	}
	return all
}

// partOf returns the part that a file belongs to; a file that is not official holds own
// pictures.
func partOf(name string) string {
	for _, part := range []string{task.TestSet, task.TrainSet} {
		if slices.Contains(official(part), name) {
			return part
		}
	}
	return task.Mine
}

// fetched stores a file that the server sends by its official name: what there is to fetch is the
// server's to say.
func (p *pictures) fetched(name string, r io.Reader) error {
	const most = 64 << 20 // twice an official file
	b, err := io.ReadAll(io.LimitReader(r, most))
	if err != nil {
		return err
	}
	if len(b) == 0 || len(b) == most || len(b)%record != 0 {
		return fmt.Errorf("training: the server's %s has %d bytes, want %d", name, len(b), cifar10.FileSize)
	}
	return p.add(name, b)
}

// brought is what came of a file that the person has chosen.
type brought struct{ official, mine, known int }

// bring reads a file that the user has chosen, whatever it is called: official files and own
// pictures in the same layout, also in an archive.
func (p *pictures) bring(name string, size int, r io.Reader) (n brought, err error) {
	if size == 0 {
		size = -1 // not known
	}
	err = archive.Read(name, int64(size), r, func(found archive.Pictures) error {
		file, err := p.place(found)
		if err != nil {
			return err
		}
		if file != ownName {
			n.official++
			return p.add(file, found.Records)
		}
		added, err := p.fresh(found)
		n.mine += added
		if err == nil {
			n.known += len(found.Records)/record - added
		}
		return err
	})
	return n, err
}

// place returns the file that pictures go into. A training batch whose number cannot be known goes
// into the one that has the same classes in the same order, or into the first that is free.
func (p *pictures) place(found archive.Pictures) (string, error) {
	if name := found.File(); name != "" {
		return name, nil
	}
	if !found.Train {
		return ownName, nil
	}
	for _, name := range cifar10.TrainFiles {
		b, err := p.store.Read(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return "", err
		}
		if sameClasses(b, found.Records) {
			return name, nil
		}
	}
	name := archive.Free(func(name string) bool { _, err := p.store.Size(name); return err == nil })
	if name == "" {
		return "", fmt.Errorf("training: the file %s is a sixth training batch, which CIFAR-10 does not have. Delete the data first, if this is what you want", found.From)
	}
	return name, nil
}

// sameClasses reports whether records have the same classes in the same order.
func sameClasses(a, b []byte) bool {
	if len(a) != len(b) {
		return false
	}
	for i := 0; i < len(a); i += record {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// fresh keeps those of the pictures that the person does not have yet, and says how many.
func (p *pictures) fresh(found archive.Pictures) (added int, err error) {
	if n := len(found.Records) / record; n > maxMine {
		return 0, fmt.Errorf("training: the file %s holds %d pictures and is not one of CIFAR-10's six files, which have %d; of your own there may be %d", found.From, n, cifar10.PerFile, maxMine)
	}
	var s cifar10.Set
	if err := s.Add(found.From, found.Records); err != nil {
		return 0, err
	}
	return p.keep(&s)
}

// For a job on the user's own pictures: how many stored ones go with them, so that
// the rest is not forgotten, and what share of an epoch the own ones make up at most.
const (
	replay   = 2000
	ownShare = 0.25
)

// sets returns what a job trains on and what it is validated on.
func (p *pictures) of(job task.Job) (train, held evaluate.Data, err error) {
	test, err := p.part(task.TestSet)
	if err != nil {
		return nil, nil, err
	}
	if job.Data == task.Mine {
		return p.ofMine(job, test)
	}
	data, err := p.data(job.Data)
	if err != nil {
		return nil, nil, err
	}
	if data.Len() == 0 {
		return nil, nil, fmt.Errorf("training: there are no pictures of the %s set here: take them from the server, or choose a file", job.Data)
	}
	if job.Limit > 0 {
		data = evaluate.Head(data, job.Limit)
	}
	if !(job.HoldOut >= 0 && job.HoldOut < 1) {
		return nil, nil, fmt.Errorf("training: %g of the pictures held out: want 0 to below 1", job.HoldOut)
	}
	if job.HoldOut > 0 {
		rest, held := evaluate.Split(data, job.HoldOut, job.Seed)
		if rest.Len() == 0 || held.Len() == 0 {
			return nil, nil, fmt.Errorf("training: of %d pictures %d are held out and %d are left: want more pictures, or another share", data.Len(), held.Len(), rest.Len())
		}
		return rest, held, nil
	}
	if job.Data == task.Doodles {
		held, err := p.data(task.DoodlesTest)
		return data, held, err
	}
	if job.Data == task.TestSet || test.Len() == 0 {
		return nil, nil, fmt.Errorf("training: nothing is held out to measure on: hold a share out, or bring the test set too")
	}
	return data, test, nil
}

// ofMine joins the user's pictures, each often enough to count, with a replay of stored
// ones. It measures on the test set without those that are replayed, or, if there is none, on the
// user's pictures.
func (p *pictures) ofMine(job task.Job, test *cifar10.Set) (train, held evaluate.Data, err error) {
	own, err := p.part(task.Mine)
	if err != nil {
		return nil, nil, err
	}
	if own.Len() == 0 {
		return nil, nil, fmt.Errorf("training: there are no pictures of yours yet: say in Classify what a picture is")
	}
	var old evaluate.Subset
	held = own
	if stored, err := p.part(task.TrainSet); err != nil {
		return nil, nil, err
	} else if stored.Len() > 0 {
		_, old = evaluate.Split(stored, share(replay, stored.Len()), job.Seed)
		if test.Len() > 0 {
			held = test
		}
	} else if test.Len() > 0 {
		var rest evaluate.Subset
		rest, old = evaluate.Split(test, min(share(replay, test.Len()), 0.5), job.Seed)
		held = rest
	}
	times := 1
	if old.Data != nil {
		times = min(max(int(ownShare/(1-ownShare)*float64(old.Len())/float64(own.Len())), 1), 40)
	}
	return mixed{own, times, old}, held, nil
}

// on returns what a job is validated on.
func (p *pictures) on(job task.Job) string {
	switch {
	case job.Data == task.Mine && p.count(task.TestSet) == 0:
		return task.Mine
	case job.Data != task.Mine && job.HoldOut > 0:
		return task.Validation
	case job.Data == task.Doodles:
		return task.DoodlesTest
	}
	return task.TestSet
}

// see notes which pictures a job trains on, of those that of has returned.
func (p *pictures) see(seen task.Seen, job task.Job, trained evaluate.Data) {
	mark := func(part string, data evaluate.Data) {
		for i := range data.Len() {
			if s, ok := data.(evaluate.Subset); ok {
				i = s.Index[i]
			}
			seen.Add(p.projects.known(part, i))
		}
	}
	m, ok := trained.(mixed)
	if !ok {
		mark(job.Data, trained)
		return
	}
	mark(task.Mine, m.own)
	if m.old.Data != nil {
		part := task.TestSet
		if p.count(task.TrainSet) > 0 {
			part = task.TrainSet
		}
		mark(part, m.old)
	}
}

func share(part, whole int) float64 { return min(float64(part)/float64(whole), 1) }

// mixed are own pictures, each several times, and then others.
type mixed struct {
	own   evaluate.Data
	times int
	old   evaluate.Subset
}

// Len implements evaluate.Data.
func (m mixed) Len() int { return m.own.Len()*m.times + m.old.Len() }

// Picture implements evaluate.Data.
func (m mixed) Picture(i int) ([]byte, int) {
	if n := m.own.Len() * m.times; i >= n {
		return m.old.Picture(i - n)
	}
	return m.own.Picture(i % m.own.Len())
}

// measured evaluates, and lets the browser in meanwhile.
func (s *Session) measured(ctx context.Context, j *job, data evaluate.Data) (*evaluate.Result, error) {
	return evaluate.Run(ctx, j.run.Model, data, func(done int) {
		s.attend()
		s.progress(j, protocol.Validating)
	})
}

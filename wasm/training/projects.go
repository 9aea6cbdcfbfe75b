package training

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"tenfold/nn/evaluate"
	"tenfold/nn/project"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
)

// usingFile holds the ID of the project in use.
const usingFile = "using-project"

// projects are the user's own data sets.
type projects struct {
	store Store
	all   map[string]*project.Project // by ID; nil before they were read
	order []string                    // their IDs
	using string
	ready map[string]*ready // pictures as a network takes them in, by project
}

// ready are the pictures of a project in a state.
type ready struct {
	state project.State
	data  *project.Data
}

// open reads those that are kept, when they are first needed.
func (p *projects) open() error {
	if p.all != nil {
		return nil
	}
	p.all, p.ready = map[string]*project.Project{}, map[string]*ready{}
	ids, all := project.List(p.store)
	all = errors.Join(all, project.Collect(p.store))
	for _, id := range ids {
		one, err := project.Open(p.store, id)
		if err != nil {
			all = errors.Join(all, err)
			continue
		}
		p.put(one)
	}
	all = errors.Join(all, p.moveIn())
	b, err := p.store.Read(usingFile)
	if err == nil && p.all[string(b)] != nil {
		p.using = string(b)
	} else {
		p.using = p.first()
	}
	return all
}

// first is the project that is in use where the person has chosen none: one of their own classes.
func (p *projects) first() string {
	for _, id := range p.order {
		if id != ownID {
			return id
		}
	}
	return ""
}

func (p *projects) put(one *project.Project) {
	if one.ID == ownID {
		one.Most = maxMine
	}
	p.all[one.ID] = one
	p.order = append(p.order, one.ID)
}

// use makes a project the one in use.
func (p *projects) use(id string) error {
	p.using = id
	return p.store.Write(usingFile, []byte(id))
}

// of returns the project of an ID.
func (p *projects) of(id string) (*project.Project, error) {
	if err := p.open(); err != nil {
		return nil, err
	}
	if one := p.all[id]; one != nil {
		return one, nil
	}
	return nil, errors.New("training: there is no such project any more")
}

// kept is how the pictures of a project are shown, whatever their size.
var kept = task.Shape{project.MaxSide, project.MaxSide, 3}

// part returns the project that a part of the data is of, nil if it is of none.
func (p *projects) part(name string) (*project.Project, error) {
	id, ok := strings.CutPrefix(name, protocol.ProjectPart)
	if !ok {
		return nil, nil
	}
	return p.of(id)
}

// data returns the pictures of a project, for a network with input shape in.
func (p *projects) data(one *project.Project, in task.Shape, tell func(done int) error) (*project.Data, error) {
	r := p.ready[one.ID]
	if r != nil && same(r.state, one.State) && r.data.Input.String() == in.String() {
		return r.data, nil
	}
	d, state, err := one.Data(in, tell)
	if err != nil {
		return nil, err
	}
	p.ready[one.ID] = &ready{state, d}
	return d, nil
}

// same reports whether two states have the same pictures: their slices are never written into.
func same(a, b project.State) bool {
	return len(a.Pictures) == len(b.Pictures) && (len(a.Pictures) == 0 || &a.Pictures[0] == &b.Pictures[0])
}

// part returns a part of the data, for a network with the given input shape.
func (s *Session) part(name string, in task.Shape) (evaluate.Data, error) {
	one, err := s.projects.part(name)
	if err != nil {
		return nil, err
	}
	if one != nil {
		return s.projects.data(one, in, s.living())
	}
	return s.data.data(name)
}

// sets returns what a job trains on and what it is validated on, for a network with the given input
// shape.
func (s *Session) sets(job task.Job, in task.Shape) (train, held evaluate.Data, err error) {
	one, err := s.projects.part(job.Data)
	if err != nil {
		return nil, nil, err
	}
	if one == nil {
		return s.data.of(job)
	}
	if err := one.Ready(); err != nil {
		return nil, nil, err
	}
	if !(job.HoldOut > 0 && job.HoldOut < 1) {
		return nil, nil, errors.New("training: nothing is held out to measure on: hold a share of your pictures out")
	}
	if err := s.occupied(); err != nil {
		return nil, nil, err
	}
	data, err := s.projects.data(one, in, s.living())
	if err != nil {
		return nil, nil, err
	}
	rest, aside := split(data, job.HoldOut, job.Seed)
	return rest, aside, nil
}

// split returns the pictures of a project to learn from and those held out, both in Learn and in a
// run.
func split(data *project.Data, share float64, seed uint64) (rest, held evaluate.Subset) {
	a, b := data.Split(share, seed)
	return evaluate.Subset{Data: data, Index: a}, evaluate.Subset{Data: data, Index: b}
}

// living tells the page every second that this worker lives, while it makes pictures ready.
func (s *Session) living() func(done int) error {
	told := time.Now()
	return func(int) error {
		if now := time.Now(); now.Sub(told) > time.Second {
			told = now
			s.host.Send(protocol.Training{State: protocol.Preparing})
		}
		return nil
	}
}

// looked are the pictures of a project as they are shown. It implements evaluate.Data, and is decoded
// one picture at a time.
type looked struct{ *project.Project }

// Len implements evaluate.Data.
func (l looked) Len() int { return len(l.Pictures) }

// Label implements evaluate.Labelled.
func (l looked) Label(i int) int { return l.Pictures[i].Class }

// Picture implements evaluate.Data. One that is damaged is grey.
func (l looked) Picture(i int) ([]byte, int) {
	pixels, err := l.Shown(i)
	if err != nil {
		pixels = make([]byte, kept.Size())
		for i := range pixels {
			pixels[i] = 128
		}
	}
	return pixels, l.Pictures[i].Class
}

var _ evaluate.Labelled = looked{}

// tellProjects says which projects there are.
func (s *Session) tellProjects() error {
	err := s.projects.open()
	e := protocol.Projects{Using: s.projects.using}
	for _, id := range s.projects.order {
		one := s.projects.all[id]
		t := task.Project{ID: id, Name: one.Name, Fixed: one.Fixed, Bytes: one.Bytes(), CanUndo: one.CanUndo(), Order: one.Order}
		counts := one.Counts()
		for i, c := range one.Classes {
			t.Classes = append(t.Classes, task.ProjectClass{Name: c.Name, Colour: c.Colour, Pictures: counts[i]})
		}
		if why := one.Ready(); why != nil {
			t.Why = plain(why)
		}
		e.List = append(e.List, t)
	}
	s.host.Send(e)
	return err
}

// occupied returns an error while something is under way that a change of a project would disturb.
func (s *Session) occupied() error {
	switch {
	case s.importing != nil:
		return errors.New("training: pictures are being brought in; cancel that, or wait until they are there")
	case s.studying:
		return errors.New("training: your classes are being worked on; cancel that, or wait until it is done")
	}
	return nil
}

// study says that the pictures of a project are worked on, until it is called again.
func (s *Session) study() (done func()) {
	s.studying = true
	return func() { s.studying = false }
}

// filmEvery is how often a project is kept while a film comes into it: each time its list and its last
// shard are written anew.
const filmEvery = 2 * time.Second

// adding is what has come into a project picture by picture.
type adding struct {
	to     *project.Project // what was added to it is not kept yet; nil if all is
	untold bool             // and the page does not know of it
	kept   time.Time        // when it was kept last
	waking bool             // something will come when it is time
}

// settle tells of what was added to a project, when there is nothing else to do, and keeps it: at once, or
// of a film now and then.
func (s *Session) settle() {
	a := &s.adding
	if a.to == nil || len(s.inbox) > 0 {
		return
	}
	p := a.to
	if s.projects.all[p.ID] != p { // it was deleted
		a.to = nil
		return
	}
	wait := filmEvery - time.Since(a.kept)
	if s.film != p.ID || wait <= 0 {
		a.to, a.kept = nil, time.Now()
		s.report(p.Save())
	} else if !a.waking {
		a.waking = true
		time.AfterFunc(wait, func() { s.do(func() { a.waking = false }) })
	}
	if a.untold {
		a.untold = false
		s.report(s.tellOf(p.ID))
	}
}

// changeProject carries out a change, keeps it and tells of it.
func (s *Session) changeProject(c protocol.ChangeProject) error {
	if err := s.occupied(); err != nil {
		return err
	}
	s.film = ""
	err := s.projects.open()
	if err == nil {
		err = s.change(c)
	}
	return errors.Join(err, s.tellOf(c.Project))
}

// tellOf says which projects there are after one has changed, and what the person's own pictures are
// if it is those.
func (s *Session) tellOf(id string) error {
	err := s.tellProjects()
	if id == ownID {
		err = errors.Join(err, s.tell())
	}
	return err
}

func (s *Session) change(c protocol.ChangeProject) error {
	p := &s.projects
	if c.Op == protocol.NewProject {
		one, err := project.New(p.store, c.Name, "", "")
		if err != nil {
			return err
		}
		p.put(one)
		return errors.Join(one.Save(), p.use(one.ID))
	}
	one, err := p.of(c.Project)
	if err != nil {
		return err
	}
	switch c.Op {
	case protocol.UseProject:
		return p.use(one.ID)
	case protocol.DeleteProject:
		return p.remove(one)
	case protocol.RenameProject:
		err = one.Rename(c.Name)
	case protocol.UndoProject:
		one.Undo()
	case protocol.AddClass:
		err = one.AddClass(c.Name)
	case protocol.RenameClass:
		err = one.RenameClass(c.Class, c.Name)
	case protocol.ColourClass:
		err = one.Colour(c.Class, c.Into)
	case protocol.MergeClass:
		err = one.Merge(c.Class, c.Into)
	case protocol.DeleteClass:
		err = one.DeleteClass(c.Class)
	case protocol.MovePictures:
		err = one.Move(c.Into, c.Index...)
	case protocol.RemovePictures:
		err = one.Remove(c.Index...)
	default:
		err = fmt.Errorf("training: no change is called %q", c.Op)
	}
	if err != nil {
		return err
	}
	return one.Save()
}

// remove deletes a project. One that cannot be stays.
func (p *projects) remove(one *project.Project) error {
	err := one.Delete()
	if err != nil {
		return err
	}
	delete(p.all, one.ID)
	delete(p.ready, one.ID)
	for i, id := range p.order {
		if id == one.ID {
			p.order = append(p.order[:i:i], p.order[i+1:]...)
			break
		}
	}
	if p.using == one.ID {
		if p.using = p.first(); p.using != "" {
			return p.use(p.using)
		}
		return p.store.Remove(usingFile)
	}
	return err
}

// keepPicture puts a picture into a project.
func (s *Session) keepPicture(c protocol.Keep) error {
	if err := s.occupied(); err != nil {
		return err
	}
	one, err := s.projects.of(c.Project)
	if err != nil {
		return err
	}
	on := c.Film && s.film == one.ID // it belongs to the one before
	if !c.Film {
		s.film = ""
	}
	if !on {
		one.Begin()
	}
	add := one.Add
	if c.Film {
		add = func(class int, pixels []byte, side int) (bool, error) { return one.Go(class, pixels, side, on) }
	}
	added, err := add(c.Class, c.Pixels, c.Side)
	if !on && !added {
		one.Undo()
	} else if c.Film {
		s.film = one.ID
	}
	switch {
	case err != nil:
		return errors.Join(err, s.tellOf(one.ID))
	case !added && !c.Film:
		s.host.Send(protocol.Notice{Text: fmt.Sprintf("This picture is in %q already.", one.Classes[c.Class].Name)})
	case added:
		if p := s.adding.to; p != nil && p != one {
			err = p.Save()
		}
		s.adding.to, s.adding.untold = one, true
		return err
	}
	return nil
}

// Source is a file that the user has chosen. Its path, with the folders that were chosen with it,
// says its class.
type Source struct {
	Path string
	Size int
	Open io.Reader
}

var errCancelled = errors.New("training: cancelled")

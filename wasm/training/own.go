package training

import (
	"errors"
	"fmt"
	"io/fs"

	"tenfold/nn/cifar10"
	"tenfold/nn/project"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
)

// The person's own pictures of CIFAR-10's classes, task.Mine, are a project of this ID and name, which
// there is from the first picture on. It is taught and trained on as CIFAR-10's pictures are.
const (
	ownID   = "mine"
	ownName = "My pictures"
)

// formerFile is where earlier versions kept them, in CIFAR-10's layout.
const formerFile = "my-pictures.bin"

// maxMine is how many there may be: the page has all of them in memory.
const maxMine = 2000

// small are the person's own pictures in a state of their project, as networks for CIFAR-10 take them
// in.
type small struct {
	state project.State
	set   *cifar10.Set
	each  map[int][]byte // by their serial numbers
}

// own is the project of the person's own pictures, nil if there are none.
func (p *pictures) own() (*project.Project, error) {
	err := p.projects.open()
	return p.projects.all[ownID], err
}

// mine are the person's own pictures.
func (p *pictures) mine() (*cifar10.Set, error) {
	one, err := p.own()
	if one == nil {
		return &cifar10.Set{}, err
	}
	if p.small.set != nil && same(p.small.state, one.State) {
		return p.small.set, nil
	}
	next := small{state: one.State, set: &cifar10.Set{}, each: map[int][]byte{}}
	next.set.Grow(len(one.Pictures))
	for _, q := range one.Pictures {
		pixels := p.small.each[q.Serial]
		if pixels == nil {
			if pixels, err = one.Prepared(q, cifar10.Task.Input); err != nil {
				return nil, err
			}
		}
		b, err := cifar10.Record(pixels, q.Class)
		if err == nil {
			err = next.set.Add(ownName, b)
		}
		if err != nil {
			return nil, err
		}
		next.each[q.Serial] = pixels
	}
	p.small = next
	return next.set, nil
}

// keep puts pictures to the person's own ones, and says how many of them were not there. They stay in
// memory where they cannot be stored, which is the error.
func (p *pictures) keep(s *cifar10.Set) (added int, err error) {
	one, err := p.own()
	if err != nil {
		return 0, err
	}
	if one == nil {
		if one, err = p.projects.newOwn(); err != nil {
			return 0, err
		}
	}
	one.Begin()
	if added, err = join(one, s); added == 0 {
		one.Undo()
	}
	return added, errors.Join(err, one.Save())
}

// join puts pictures into a project of their classes, and says how many of them were not there.
func join(one *project.Project, s *cifar10.Set) (added int, err error) {
	for i := range s.Len() {
		pixels, label := s.Picture(i)
		fresh, err := one.Add(label, pixels, cifar10.Side)
		if err != nil {
			return added, err
		}
		if fresh {
			added++
		}
	}
	return added, nil
}

// drop removes one of them.
func (p *pictures) drop(i int) error {
	one, err := p.own()
	if err != nil {
		return err
	}
	if one == nil || i < 0 || i >= len(one.Pictures) {
		return fmt.Errorf("training: there is no own picture %d", i)
	}
	return errors.Join(one.Remove(i), one.Save())
}

// newOwn begins the project of the person's own pictures.
func (p *projects) newOwn() (*project.Project, error) {
	ids, err := project.List(p.store)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		if id == ownID { // it could not be opened, and is not written over
			return nil, fmt.Errorf("training: %q is damaged, so nothing can be added to it", ownName)
		}
	}
	one, err := project.NewFixed(p.store, ownID, ownName, cifar10.Task.Classes...)
	if err == nil {
		p.put(one)
	}
	return one, err
}

// moveIn brings what an earlier version has kept into the project of the person's own pictures. Its file
// goes when all is stored.
func (p *projects) moveIn() error {
	b, err := p.store.Read(formerFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var s cifar10.Set
	if err == nil && len(b) > 0 {
		err = s.Add(formerFile, b)
	}
	if err != nil {
		return err
	}
	one := p.all[ownID]
	if one == nil && s.Len() > 0 {
		if one, err = p.newOwn(); err != nil {
			return err
		}
	}
	if one != nil {
		if _, err = join(one, &s); err == nil {
			err = one.Save()
		}
	}
	if err != nil {
		return err
	}
	_ = p.store.Remove(formerFile) // if it stays, it is looked through once more: what is there is not added twice
	return nil
}

// known is by which part and number a picture of a part is known again, however many others come and go.
func (p *projects) known(part string, i int) (of string, serial int) {
	one := p.all[ownID]
	if part != task.Mine {
		one, _ = p.part(part)
	}
	if one == nil || i >= len(one.Pictures) {
		return part, i
	}
	return knownOf(one, one.Pictures[i])
}

// knownOf is the same of a picture of a project. The person's own ones have numbers from 0 on, as in
// earlier versions.
func knownOf(one *project.Project, q project.Picture) (of string, serial int) {
	if one.ID == ownID {
		return task.Mine, q.Serial - 1
	}
	return protocol.ProjectData(one.ID), q.Serial
}

package library

import (
	"strings"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
)

// Projects are the user's own data sets, as the worker that trains keeps them.
type Projects struct {
	Known bool // the worker has said which there are
	List  []task.Project
	Using string // the ID of the one in use; "" for none
	Into  int    // the class that files go into which lie in no folder, -1 for none

	unknown []func() // what is done when it is known which there are
}

// Project returns the one in use, nil if there is none.
func (p *Projects) Project() *task.Project { return p.Named(p.Using) }

// Named returns the one of an ID, nil if there is none.
func (p *Projects) Named(id string) *task.Project { return p.named(id) }

func (p Projects) named(id string) *task.Project {
	for i := range p.List {
		if p.List[i].ID == id {
			return &p.List[i]
		}
	}
	return nil
}

// TaskOf returns the task of a part of the data, for a network with the given input shape.
func (l *Library) TaskOf(what string, in task.Shape) task.Task {
	id, ok := strings.CutPrefix(what, protocol.ProjectPart)
	if !ok {
		return l.Task()
	}
	t := task.Task{Input: in, Scale: task.Scale, Shift: task.Shift}
	if p := l.Named(id); p != nil {
		for _, c := range p.Classes {
			t.Classes = append(t.Classes, c.Name)
		}
	}
	return t
}

// WhenKnown does something when it is known which projects there are.
func (l *Library) WhenKnown(do func()) {
	l.Need()
	if l.Known {
		do()
	} else {
		l.unknown = append(l.unknown, do)
	}
}

// Bring runs an import once the projects are known; id is that of the question.
func (l *Library) Bring(id uint64, do func()) {
	l.WhenKnown(func() {
		l.asked[id] = true
		do()
	})
	l.told = l.Now
}

// Change changes a project.
func (l *Library) Change(c protocol.ChangeProject) {
	l.Tell(c)
	l.persist()
}

// KeepIn puts a picture, a square of task.ProjectSide pixels each way, into a class of the project in
// use; film says that it is one of a film, whose pictures Undo takes back together.
func (l *Library) KeepIn(class int, pixels []byte, film bool) {
	if p := l.Project(); p != nil {
		l.Tell(protocol.Keep{Project: p.ID, Class: class, Side: task.ProjectSide, Pixels: pixels, Film: film})
		l.persist()
	}
}

// Learn gives a network a head for the classes of the project in use; id is that of the question.
func (l *Library) Learn(id uint64, c protocol.Learn) {
	c.ID, c.Run = id, l.Run.ID
	l.Ask(id, c)
	l.persist()
}

// hear takes what the worker says of the projects.
func (l *Library) hear(e protocol.Projects) {
	for _, old := range l.List {
		what := protocol.ProjectData(old.ID)
		now := Projects{List: e.List}.named(old.ID)
		if now == nil || now.Order != old.Order {
			l.forget(what)
		} else {
			l.again(what) // the pictures that were there have the same numbers
		}
	}
	l.Known, l.List, l.Using = true, e.List, e.Using
	l.Revision++
	for _, do := range l.unknown {
		do()
	}
	l.unknown = nil
}

// Shape returns that of a picture of a part, as it is shown.
func (l *Library) Shape(what string) task.Shape {
	if strings.HasPrefix(what, protocol.ProjectPart) {
		return task.Shape{task.ProjectSide, task.ProjectSide, 3}
	}
	return l.Task().Input
}

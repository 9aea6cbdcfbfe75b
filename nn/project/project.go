// Package project holds data sets of a person's own: classes with names, and pictures of them.
package project

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tenfold/nn/task"
)

// Limits of a project.
const (
	MaxPictures = task.ProjectPictures
	MaxSide     = task.ProjectSide
	maxName     = 60 // characters of a class's or the project's name
	maxUndo     = 20 // changes that can be taken back
	Colours     = 12 // classes that can be told apart by colour; from then on they repeat
	newName     = "Class %d"
)

// Project is a data set of a person's own. Its changes are kept when Save is called; those of Add
// are also kept on the way.
type Project struct {
	ID string
	State
	// Order changes whenever the numbers of pictures do.
	Order int
	// Most is how many pictures there may be, 0 for MaxPictures.
	Most int

	undo []State
	pack pack

	serial       int // of the picture that was added last
	film, rolled int // the one of the film under way, and how many of it there are
}

// State is what a change of a project makes another one of. Its slices are never written into.
type State struct {
	Name     string    `json:"name"`
	Classes  []Class   `json:"classes"`
	Pictures []Picture `json:"pictures"`
	Fixed    bool      `json:"fixed,omitempty"` // its name and its classes stay as they are
}

// Class is a class of a project.
type Class struct {
	Name   string `json:"name"`
	Colour int    `json:"colour"` // below Colours
}

// Picture is a picture that is kept, where its file lies in the pack, and what it looks like.
type Picture struct {
	Class int    `json:"c"`
	Shard int    `json:"s"`
	At    int    `json:"a"` // bytes
	Size  int    `json:"n"` // bytes
	Sum   uint64 `json:"h"` // of its pixels
	// Serial is a number that no other picture of the project has had, and Film that of the first of
	// those of a film that go together, 0 for none.
	Serial int    `json:"i"`
	Film   int    `json:"f,omitempty"`
	Look   uint64 `json:"l"` // see look
}

// New returns a project with a name and classes, which files will keep.
func New(files Files, name string, classes ...string) (*Project, error) {
	return create(files, fmt.Sprintf("%016x", rand.Uint64()), name, classes)
}

// NewFixed returns a project of an ID whose name and classes stay as they are.
func NewFixed(files Files, id, name string, classes ...string) (*Project, error) {
	p, err := create(files, id, name, classes)
	if err == nil {
		p.Fixed = true
	}
	return p, err
}

func create(files Files, id, name string, classes []string) (*Project, error) {
	p := &Project{ID: id, pack: pack{files: files, id: id}}
	var err error
	if p.Name, err = readable(name); err != nil {
		return nil, err
	}
	for _, c := range classes {
		if err := p.AddClass(c); err != nil {
			return nil, err
		}
	}
	p.undo = nil
	return p, nil
}

// Names are those of the classes.
func (p *Project) Names() []string {
	names := make([]string, len(p.Classes))
	for i, c := range p.Classes {
		names[i] = c.Name
	}
	return names
}

// Counts are how many pictures each class has.
func (p State) Counts() []int {
	n := make([]int, len(p.Classes))
	for _, q := range p.Pictures {
		n[q.Class]++
	}
	return n
}

// readable is a name as it is kept: without what is not seen, at most maxName characters.
func readable(name string) (string, error) {
	name = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case r == utf8.RuneError || !unicode.IsGraphic(r) && r != '\u200d' && r != '\u200c': // joiners are a part of emoji and of some scripts
			return -1
		}
		return r
	}, name)
	name = strings.Join(strings.Fields(name), " ")
	if r := []rune(name); len(r) > maxName {
		name = strings.TrimSpace(string(r[:maxName]))
	}
	if strings.Trim(name, "\u200d\u200c") == "" {
		return "", errors.New("project: a name is wanted")
	}
	return name, nil
}

// named is a class's name as it is kept; but is the class that may have it already, -1 for none.
func (p *Project) named(name string, but int) (string, error) {
	name, err := readable(name)
	if err != nil {
		return "", err
	}
	for i, c := range p.Classes {
		if i != but && strings.EqualFold(c.Name, name) {
			return "", fmt.Errorf("project: two classes cannot both be called %q; to join them, merge them", c.Name)
		}
	}
	return name, nil
}

// Class is the number of the class of a name, -1 if there is none.
func (p *Project) Class(name string) int {
	name, err := readable(name)
	if err != nil {
		return -1
	}
	return slices.IndexFunc(p.Classes, func(c Class) bool { return strings.EqualFold(c.Name, name) })
}

// remember puts the present state among those that Undo brings back.
func (p *Project) remember() {
	p.undo = append(p.undo, p.State)
	p.undo = p.undo[max(len(p.undo)-maxUndo, 0):]
}

// CanUndo says whether there is a change that can be taken back.
func (p *Project) CanUndo() bool { return len(p.undo) > 0 }

// Undo takes the last change back.
func (p *Project) Undo() {
	if n := len(p.undo); n > 0 {
		p.State, p.undo = p.undo[n-1], p.undo[:n-1]
		p.Pictures = slices.Clip(p.Pictures) // what is added next is another than what was there
		p.Order++
	}
}

// free says whether the project's name and classes may be changed.
func (p *Project) free() error {
	if p.Fixed {
		return fmt.Errorf("project: %q and its classes stay as they are; copy it into a new project to change them", p.Name)
	}
	return nil
}

// Rename gives the project another name.
func (p *Project) Rename(name string) error {
	name, err := readable(name)
	if err = errors.Join(p.free(), err); err != nil {
		return err
	}
	p.remember()
	p.Name = name
	return nil
}

// AddClass adds a class; without a name it gets a number.
func (p *Project) AddClass(name string) error {
	if err := p.free(); err != nil {
		return err
	}
	if len(p.Classes) == task.MaxClasses {
		return fmt.Errorf("project: there are %d classes already: no more can be told apart", task.MaxClasses)
	}
	if name == "" {
		for i := len(p.Classes) + 1; name == "" || p.Class(name) >= 0; i++ {
			name = fmt.Sprintf(newName, i)
		}
	}
	name, err := p.named(name, -1)
	if err != nil {
		return err
	}
	p.remember()
	p.Classes = append(slices.Clone(p.Classes), Class{name, p.colour()})
	return nil
}

// colour is the one that the fewest classes have.
func (p *Project) colour() int {
	var n [Colours]int
	for _, c := range p.Classes {
		n[c.Colour%Colours]++
	}
	return slices.Index(n[:], slices.Min(n[:]))
}

// has says whether there is a class of a number.
func (p *Project) has(class int) error {
	if class < 0 || class >= len(p.Classes) {
		return fmt.Errorf("project: there is no class %d", class)
	}
	return nil
}

// RenameClass gives a class another name.
func (p *Project) RenameClass(class int, name string) error {
	if err := errors.Join(p.free(), p.has(class)); err != nil {
		return err
	}
	name, err := p.named(name, class)
	if err != nil {
		return err
	}
	if name == p.Classes[class].Name {
		return nil
	}
	p.remember()
	p.Classes = slices.Clone(p.Classes)
	p.Classes[class].Name = name
	return nil
}

// Colour gives a class another colour.
func (p *Project) Colour(class, colour int) error {
	if err := errors.Join(p.free(), p.has(class)); err != nil {
		return err
	}
	if colour < 0 || colour >= Colours {
		return fmt.Errorf("project: there is no colour %d", colour)
	}
	p.remember()
	p.Classes = slices.Clone(p.Classes)
	p.Classes[class].Colour = colour
	return nil
}

// Merge gives the pictures of a class to another one, and deletes it.
func (p *Project) Merge(class, into int) error {
	if err := errors.Join(p.free(), p.has(class), p.has(into)); err != nil {
		return err
	}
	if class == into {
		return errors.New("project: a class cannot be merged into itself")
	}
	return p.dissolve(class, func(q *Picture) bool {
		q.Class = into
		return true
	})
}

// DeleteClass deletes a class with its pictures.
func (p *Project) DeleteClass(class int) error {
	if err := errors.Join(p.free(), p.has(class)); err != nil {
		return err
	}
	return p.dissolve(class, func(*Picture) bool { return false })
}

// dissolve deletes a class. keep says whether a picture of it stays, and in which class.
func (p *Project) dissolve(class int, keep func(*Picture) bool) error {
	p.remember()
	p.Classes = slices.Delete(slices.Clone(p.Classes), class, class+1)
	var pictures []Picture
	for _, q := range p.Pictures {
		if q.Class == class && !keep(&q) {
			continue
		}
		if q.Class > class {
			q.Class--
		}
		pictures = append(pictures, q)
	}
	p.Pictures = pictures
	p.Order++
	return nil
}

// Move puts pictures into a class.
func (p *Project) Move(class int, pictures ...int) error {
	if err := errors.Join(p.has(class), p.hold(pictures)); err != nil {
		return err
	}
	p.remember()
	p.Pictures = slices.Clone(p.Pictures)
	for _, i := range pictures {
		p.Pictures[i].Class = class
	}
	return nil
}

// Remove deletes pictures.
func (p *Project) Remove(pictures ...int) error {
	if err := p.hold(pictures); err != nil {
		return err
	}
	p.remember()
	var rest []Picture
	for i, q := range p.Pictures {
		if !slices.Contains(pictures, i) {
			rest = append(rest, q)
		}
	}
	p.Pictures = rest
	p.Order++
	return nil
}

// hold says whether there are pictures of these numbers.
func (p *Project) hold(pictures []int) error {
	for _, i := range pictures {
		if i < 0 || i >= len(p.Pictures) {
			return fmt.Errorf("project: there is no picture %d", i)
		}
	}
	return nil
}

// Ready says why nothing can be learned from the project yet, or nil: each class needs so many
// pictures.
func (p *Project) Ready() error {
	if len(p.Classes) < 2 {
		return errors.New("project: two classes at least are wanted, so that there is something to tell apart")
	}
	for i, n := range p.Counts() {
		if n < Least {
			return fmt.Errorf("project: %q needs at least %d pictures; it has %s", p.Classes[i].Name, Least, few(n))
		}
	}
	return nil
}

// Least is how many pictures a class needs, of which some are held out.
const Least = 5

// few is how many pictures there are, fewer than Least.
func few(n int) string {
	if n == 0 {
		return "none"
	}
	return fmt.Sprint(n)
}

func pictures(n int) string {
	switch n {
	case 0:
		return "no pictures"
	case 1:
		return "1 picture"
	}
	return fmt.Sprintf("%d pictures", n)
}

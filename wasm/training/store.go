package training

import (
	"errors"
	"io/fs"
	"maps"
	"slices"
)

// Store keeps files under plain names between visits: the browser's private file
// system, or memory if there is none.
type Store interface {
	// Names lists the files.
	Names() ([]string, error)
	// Read returns a file's content, or an error that is fs.ErrNotExist.
	Read(name string) ([]byte, error)
	// Write replaces a file's content. It keeps no part of b.
	Write(name string, b []byte) error
	// Remove removes a file, if there is one.
	Remove(name string) error
	// Size is a file's size in bytes, or an error that is fs.ErrNotExist.
	Size(name string) (int, error)
	// Kept says whether the files outlive the page.
	Kept() bool
}

// Memory is a Store that does not outlive the page.
type Memory map[string][]byte

// Names implements Store.
func (m Memory) Names() ([]string, error) { return slices.Sorted(maps.Keys(m)), nil }

// Read implements Store.
func (m Memory) Read(name string) ([]byte, error) {
	if b, ok := m[name]; ok {
		return slices.Clone(b), nil
	}
	return nil, fs.ErrNotExist
}

// Write implements Store.
func (m Memory) Write(name string, b []byte) error {
	m[name] = slices.Clone(b)
	return nil
}

// Remove implements Store.
func (m Memory) Remove(name string) error {
	delete(m, name)
	return nil
}

// Size implements Store.
func (m Memory) Size(name string) (int, error) {
	if b, ok := m[name]; ok {
		return len(b), nil
	}
	return 0, fs.ErrNotExist
}

// Kept implements Store.
func (m Memory) Kept() bool { return false }

// Guest is the Store of a page while another one is open, which keeps what it does:
// what is kept is read, except the other's run, and what is new stays in memory.
type Guest struct {
	Memory
	kept Store
}

// NewGuest returns a guest in a store that is another page's.
func NewGuest(kept Store) Guest { return Guest{Memory{}, kept} }

// Names implements Store.
func (g Guest) Names() ([]string, error) {
	names, err := g.kept.Names()
	names = slices.DeleteFunc(names, isRun)
	own, _ := g.Memory.Names() // memory has no errors
	names = append(names, own...)
	slices.Sort(names)
	return slices.Compact(names), err
}

// Read implements Store.
func (g Guest) Read(name string) ([]byte, error) {
	if b, err := g.Memory.Read(name); err == nil || isRun(name) {
		return b, err
	}
	return g.kept.Read(name)
}

// Size implements Store.
func (g Guest) Size(name string) (int, error) {
	if n, err := g.Memory.Size(name); err == nil || isRun(name) {
		return n, err
	}
	return g.kept.Size(name)
}

// Remove implements Store. What is the other page's stays.
func (g Guest) Remove(name string) error {
	g.Memory.Remove(name)
	if _, err := g.Size(name); err == nil {
		return errors.New("training: another tab of this page keeps these. Remove them there, or close it and reload this one")
	}
	return nil
}

func isRun(name string) bool { return slices.Contains(runFiles[:], name) }

// ErrFull is the error of a Store that has no room left.
var ErrFull = errors.New("the browser has no room left for this page's files")

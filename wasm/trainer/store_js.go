package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"syscall/js"

	"tenfold/wasm/browser"
	"tenfold/wasm/training"
)

// store is the browser's private file system, https://fs.task.whatwg.org. Its
// synchronous half, which is for workers alone, is the one that most browsers have.
type store struct {
	dir    js.Value
	sizes  map[string]int
	parts  []string // what was not written to its end
	handle js.Value // of the file that was written last
}

// tidy removes what was not written to its end.
func (s *store) tidy() {
	for _, name := range s.parts {
		browser.Await(s.dir, "removeEntry", name) // it is no loss if it stays
	}
	s.parts = nil
}

// part ends the name of a file that is not written to its end.
const part = ".part"

func openStore() (*store, error) {
	storage := js.Global().Get("navigator").Get("storage")
	if !storage.Truthy() || storage.Get("getDirectory").IsUndefined() {
		return nil, errors.New("it does so over https and on localhost only")
	}
	root, err := browser.Await(storage, "getDirectory")
	if err != nil {
		return nil, err
	}
	if handle := js.Global().Get("FileSystemFileHandle"); handle.Truthy() {
		methods := handle.Get("prototype")
		if methods.Get("createSyncAccessHandle").IsUndefined() && methods.Get("createWritable").IsUndefined() {
			return nil, errors.New("it cannot write them")
		}
	}
	s := &store{sizes: map[string]int{}}
	create := map[string]any{"create": true}
	if s.dir, err = browser.Await(root, "getDirectoryHandle", "tenfold", create); err != nil {
		return nil, err
	}
	return s, s.list()
}

// list reads the files' sizes.
func (s *store) list() error {
	entries := s.dir.Call("values")
	for {
		next, err := browser.Await(entries, "next")
		if err != nil {
			return err
		}
		if next.Get("done").Bool() {
			return nil
		}
		name := next.Get("value").Get("name").String()
		if strings.HasSuffix(name, part) {
			s.parts = append(s.parts, name)
			continue
		}
		file, err := browser.Await(next.Get("value"), "getFile")
		if err != nil {
			return err
		}
		s.sizes[name] = file.Get("size").Int()
	}
}

// Names implements training.Store.
func (s *store) Names() ([]string, error) { return slices.Sorted(maps.Keys(s.sizes)), nil }

// Size implements training.Store.
func (s *store) Size(name string) (int, error) {
	if n, ok := s.sizes[name]; ok {
		return n, nil
	}
	return 0, fs.ErrNotExist
}

// Kept implements training.Store.
func (s *store) Kept() bool { return true }

// Read implements training.Store.
func (s *store) Read(name string) ([]byte, error) {
	if _, ok := s.sizes[name]; !ok {
		return nil, fs.ErrNotExist
	}
	handle, err := browser.Await(s.dir, "getFileHandle", name)
	if err != nil {
		return nil, named(err)
	}
	file, err := browser.Await(handle, "getFile")
	if err != nil {
		return nil, named(err)
	}
	buffer, err := browser.Await(file, "arrayBuffer")
	if err != nil {
		return nil, named(err)
	}
	return browser.Bytes(buffer), nil
}

// Write implements training.Store: it writes a new file and puts it in place of the
// old one. A browser that cannot rename writes into the file itself.
func (s *store) Write(name string, b []byte) error {
	err := s.fill(name+part, b)
	if err == nil {
		// WebKit wants the folder too: https://github.com/whatwg/fs/issues/10.
		_, err = browser.Await(s.handle, "move", s.dir, name)
	}
	if err != nil && !errors.Is(named(err), training.ErrFull) {
		err = s.fill(name, b)
	}
	if err != nil {
		browser.Await(s.dir, "removeEntry", name+part) // what there is of it
		return named(err)
	}
	s.sizes[name] = len(b)
	return nil
}

// fill writes a file's content. The file's handle is kept.
func (s *store) fill(name string, b []byte) (err error) {
	if s.handle, err = browser.Await(s.dir, "getFileHandle", name, map[string]any{"create": true}); err != nil {
		return err
	}
	if s.handle.Get("createSyncAccessHandle").IsUndefined() {
		stream, err := browser.Await(s.handle, "createWritable")
		if err == nil {
			_, err = browser.Await(stream, "write", browser.Array(b))
		}
		if err == nil {
			_, err = browser.Await(stream, "close")
		}
		return err
	}
	access, err := browser.Await(s.handle, "createSyncAccessHandle")
	if err != nil {
		return err
	}
	defer access.Call("close")
	written := 0
	err = browser.Try(func() {
		access.Call("truncate", 0)
		written = access.Call("write", browser.Array(b)).Int()
		access.Call("flush")
	})
	if err == nil && written != len(b) {
		err = training.ErrFull
	}
	return err
}

// Remove implements training.Store.
func (s *store) Remove(name string) error {
	if _, ok := s.sizes[name]; !ok {
		return nil
	}
	if _, err := browser.Await(s.dir, "removeEntry", name); err != nil {
		return named(err)
	}
	delete(s.sizes, name)
	return nil
}

// named gives the browser's errors the names that package training knows.
func named(err error) error {
	var e browser.Error
	if errors.As(err, &e) {
		switch e.Name {
		case "QuotaExceededError":
			return training.ErrFull
		case "NotFoundError":
			return fs.ErrNotExist
		}
	}
	return fmt.Errorf("the browser's storage: %w", err)
}

// Package archive reads CIFAR-10's official files: from a folder, from the
// archives that they are published in, and from what people have turned them
// into.
package archive

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"tenfold/nn/cifar10"
)

// Load reads the training and the test set from path: a folder with the official
// files, a folder that holds cifar-10-batches-bin, or an archive, as Read knows it.
func Load(path string) (train, test *cifar10.Set, err error) {
	files, err := open(path)
	if err != nil {
		return nil, nil, err
	}
	if train, err = read(files, cifar10.TrainFiles); err != nil {
		return nil, nil, err
	}
	if test, err = read(files, cifar10.TestFiles); err != nil {
		return nil, nil, err
	}
	return train, test, nil
}

// LoadTest reads the test set alone.
func LoadTest(path string) (*cifar10.Set, error) {
	files, err := open(path)
	if err != nil {
		return nil, err
	}
	return read(files, cifar10.TestFiles)
}

// files returns the content of an official file by its name.
type files func(name string) ([]byte, error)

func open(path string) (files, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("cifar10: %w; `make data` fetches the data set", err)
	}
	if !info.IsDir() {
		return openArchive(path)
	}
	if inner := filepath.Join(path, cifar10.Folder); isDir(inner) {
		path = inner
	}
	return func(name string) ([]byte, error) {
		b, err := os.ReadFile(filepath.Join(path, name))
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("cifar10: %s is not in %s; `make data` fetches the data set", name, path)
		}
		return b, err
	}, nil
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

func openArchive(path string) (files, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("cifar10: %w", err)
	}
	defer f.Close()
	found := map[string][]byte{}
	err = Unpack(f, func(name string, b []byte) error {
		found[name] = b
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("cifar10: %w", err)
	}
	return func(name string) ([]byte, error) {
		b, ok := found[name]
		if !ok {
			return nil, fmt.Errorf("cifar10: %s is not in %s", name, path)
		}
		return b, nil
	}, nil
}

// Unpack calls file with each official file that an archive holds, as Read
// finds it, by its official name; a training batch whose number cannot be known
// gets the first that is free.
func Unpack(f *os.File, file func(name string, b []byte) error) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	had := map[string]bool{}
	return Read(f.Name(), info.Size(), f, func(p Pictures) error {
		name := p.File()
		if p.Train && name == "" {
			name = Free(func(name string) bool { return had[name] })
		}
		if name == "" {
			return nil // somebody's own
		}
		had[name] = true
		return file(name, p.Records)
	})
}

// Free returns the first name of a training batch that is missing, "" if there
// is none.
func Free(has func(name string) bool) string {
	for _, name := range cifar10.TrainFiles {
		if !has(name) {
			return name
		}
	}
	return ""
}

// read joins official files into one set.
func read(open files, names []string) (*cifar10.Set, error) {
	s := &cifar10.Set{}
	s.Grow(len(names) * cifar10.PerFile)
	for _, name := range names {
		b, err := open(name)
		if err != nil {
			return nil, err
		}
		if len(b) != cifar10.FileSize {
			return nil, fmt.Errorf("cifar10: %s: %d bytes, want %d (%d records of %d)", name, len(b), cifar10.FileSize, cifar10.PerFile, cifar10.FileSize/cifar10.PerFile)
		}
		if err := s.Add(name, b); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// Package archive reads CIFAR-10's official files, from a folder or from the archive that
// they are published in.
package archive

import (
	"archive/tar"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"tenfold/nn/cifar10"
)

// Load reads the training and the test set from path: a folder with the official
// files, a folder that holds cifar-10-batches-bin, or the official archive.
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
		return nil, fmt.Errorf("cifar10: %s: %w", path, err)
	}
	return func(name string) ([]byte, error) {
		b, ok := found[name]
		if !ok {
			return nil, fmt.Errorf("cifar10: %s is not in %s", name, path)
		}
		return b, nil
	}, nil
}

// Unpack reads the official .tar.gz and hands over each official file in it, by
// its name without folders. Other files are passed over; an official one of a
// wrong size, one that comes twice, or a path that leads out of the archive's own
// folder is an error.
func Unpack(r io.Reader, file func(name string, b []byte) error) error {
	zr, err := gzip.NewReader(r)
	if err != nil {
		return fmt.Errorf("not a .tar.gz: %w", err)
	}
	wanted := map[string]bool{}
	for _, n := range append(append([]string{}, cifar10.TrainFiles...), cifar10.TestFiles...) {
		wanted[n] = true
	}
	tr := tar.NewReader(zr)
	for {
		h, err := tr.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("archive cut short or damaged: %w", err)
		}
		if !fs.ValidPath(path.Clean(strings.TrimSuffix(h.Name, "/"))) {
			return fmt.Errorf("archive holds the path %q, which leads outside", h.Name)
		}
		name := path.Base(h.Name)
		if h.Typeflag != tar.TypeReg || (!strings.HasSuffix(name, ".bin")) {
			continue
		}
		if !wanted[name] {
			return fmt.Errorf("archive holds %q twice, or it is no file of CIFAR-10", h.Name)
		}
		wanted[name] = false
		if h.Size != cifar10.FileSize {
			return fmt.Errorf("%s: %d bytes, want %d (%d records of %d)", name, h.Size, cifar10.FileSize, cifar10.PerFile, cifar10.FileSize/cifar10.PerFile)
		}
		b := make([]byte, h.Size)
		if _, err := io.ReadFull(tr, b); err != nil {
			return fmt.Errorf("%s: archive cut short or damaged: %w", name, err)
		}
		if err := file(name, b); err != nil {
			return err
		}
	}
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

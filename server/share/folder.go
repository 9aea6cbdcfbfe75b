package share

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"

	"tenfold/nn/checkpoint"
	"tenfold/nn/project"
)

// The names of the files in the folder begin with prefix; those under way end in partial. All others are
// left alone.
const (
	prefix  = "tenfold-"
	ending  = ".zip"
	partial = ".part"
)

// Limits of what is put up.
const (
	MaxBytes = 100 << 20          // of a project
	maxTotal = 2 << 30            // bytes of all
	maxFiles = 100                // projects
	lasts    = 7 * 24 * time.Hour // from one lesson to the next
)

// folder is where projects lie, each in a file that is called by its code.
type folder struct {
	root   *os.Root
	create func(name string) (file, error)
	now    func() time.Time
}

// file is one that is written and read again.
type file interface {
	io.ReadWriteCloser
	io.ReaderAt
	Sync() error
}

// Entry is a project that was put up.
type Entry struct {
	Code string `json:"code"`
	project.Summary
	Bytes int64     `json:"bytes"`
	Until time.Time `json:"until"`
}

// openFolder opens a folder, which is made if there is none.
func openFolder(dir string) (*folder, error) {
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	f := &folder{root: root, now: time.Now}
	f.create = func(name string) (file, error) {
		return root.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	}
	_, done, err := f.temporary() // where nothing can be written, that is told at once
	if err != nil {
		return nil, err
	}
	done()
	f.sweep()
	return f, nil
}

func fileName(code string) string { return prefix + code + ending }

// info looks at a project's file. A link is none, wherever it leads.
func (f *folder) info(code string) (fs.FileInfo, error) {
	info, err := f.root.Lstat(fileName(code))
	if err == nil && (!info.Mode().IsRegular() || f.now().Sub(info.ModTime()) > lasts) {
		err = fs.ErrNotExist
	}
	return info, err
}

// open opens a project.
func (f *folder) open(code string) (*os.File, fs.FileInfo, error) {
	info, err := f.info(code)
	if err != nil {
		return nil, nil, err
	}
	out, err := f.root.Open(fileName(code))
	return out, info, err
}

// files are those of the folder that are of this program.
func (f *folder) files() ([]fs.FileInfo, error) {
	dir, err := f.root.Open(".")
	if err != nil {
		return nil, err
	}
	defer dir.Close()
	all, err := dir.Readdir(-1)
	return slices.DeleteFunc(all, func(i fs.FileInfo) bool {
		name, ours := strings.CutPrefix(i.Name(), prefix)
		code, whole := strings.CutSuffix(name, ending)
		return !ours || !i.Mode().IsRegular() || !(whole && typed(code, codeLength) == code || strings.HasSuffix(name, partial))
	}), err
}

// sweep removes what is too old, and what was left under way.
func (f *folder) sweep() {
	all, err := f.files()
	if err != nil {
		return // it is tried again
	}
	for _, i := range all {
		age := f.now().Sub(i.ModTime())
		if age > lasts || strings.HasSuffix(i.Name(), partial) && age > time.Hour {
			_ = f.root.Remove(i.Name())
		}
	}
}

// list are the projects, the newest first.
func (f *folder) list() ([]Entry, error) {
	all, err := f.files()
	entries := []Entry{}
	for _, i := range all {
		code, whole := strings.CutSuffix(strings.TrimPrefix(i.Name(), prefix), ending)
		if !whole || f.now().Sub(i.ModTime()) > lasts {
			continue
		}
		in, err := f.root.Open(i.Name())
		if err != nil {
			continue // removed meanwhile
		}
		e := Entry{Code: code, Bytes: i.Size(), Until: i.ModTime().Add(lasts)}
		if e.Summary, err = project.Summarize(in, i.Size()); err == nil {
			entries = append(entries, e)
		}
		in.Close()
	}
	slices.SortFunc(entries, func(a, b Entry) int { return cmp.Or(b.Until.Compare(a.Until), cmp.Compare(a.Code, b.Code)) })
	return entries, err
}

// Why a project cannot be put up, beside what is wrong with itself.
var (
	errFull = errors.New("there is no room for it")
	errDisk = errors.New("it cannot be kept")
)

// room says why there is none for so many bytes more.
func (f *folder) room(size int64) error {
	all, err := f.files()
	if err != nil {
		return fmt.Errorf("%w: %w", errDisk, err)
	}
	total := size
	for _, i := range all {
		total += i.Size()
	}
	switch {
	case len(all) >= maxFiles:
		return fmt.Errorf("%w: %d projects are put up: delete one", errFull, len(all))
	case total > maxTotal:
		return fmt.Errorf("%w: all projects together may have %d MB: delete one", errFull, maxTotal>>20)
	}
	return nil
}

// put keeps a project, of so many bytes, and returns what it is. What comes of it is there as a whole or
// not at all.
func (f *folder) put(size int64, body io.Reader, tell func() error) (Entry, error) {
	if err := f.room(size); err != nil {
		return Entry{}, err
	}
	came, done, err := f.temporary()
	if err != nil {
		return Entry{}, err
	}
	defer done()
	n, err := io.Copy(writer{came}, body)
	if err == nil && n != size {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return Entry{}, err
	}
	copied, done, err := f.temporary()
	if err != nil {
		return Entry{}, err
	}
	defer done()
	var e Entry
	if e.Summary, err = project.Repack(writer{copied}, came, size, sound, tell); err != nil {
		return e, err
	}
	if err := errors.Join(copied.Sync(), copied.Close()); err != nil {
		return e, fmt.Errorf("%w: %w", errDisk, err)
	}
	for e.Code == "" || f.taken(e.Code) {
		e.Code = random(codeLength)
	}
	if err := f.root.Rename(copied.name, fileName(e.Code)); err != nil {
		return e, fmt.Errorf("%w: %w", errDisk, err)
	}
	f.settle()
	info, err := f.info(e.Code)
	if err != nil {
		return e, fmt.Errorf("%w: %w", errDisk, err)
	}
	e.Bytes, e.Until = info.Size(), info.ModTime().Add(lasts)
	return e, nil
}

// sound says what is wrong with a network's file. Whether its layers fit is seen by who opens it.
func sound(b []byte) error {
	_, err := checkpoint.Decode(b)
	return err
}

// taken says whether there is something of a code's name, whatever it is.
func (f *folder) taken(code string) bool {
	_, err := f.root.Lstat(fileName(code))
	return err == nil
}

// settle has the disk keep the folder's list of names, where a system knows how.
func (f *folder) settle() {
	if runtime.GOOS == "windows" {
		return
	}
	if dir, err := f.root.Open("."); err == nil {
		_ = dir.Sync()
		dir.Close()
	}
}

// remove deletes a project.
func (f *folder) remove(code string) error {
	if _, err := f.info(code); err != nil {
		return err
	}
	return f.root.Remove(fileName(code))
}

// scratch is a file that is under way.
type scratch struct {
	file
	name string
}

// temporary makes a file, which done removes, unless it has got another name.
func (f *folder) temporary() (s scratch, done func(), err error) {
	s.name = prefix + random(keyLength) + partial
	if s.file, err = f.create(s.name); err != nil {
		return s, nil, fmt.Errorf("%w: %w", errDisk, err)
	}
	return s, func() {
		s.Close()
		_ = f.root.Remove(s.name)
	}, nil
}

// writer says of its errors that they are the disk's.
type writer struct{ io.Writer }

// Write implements io.Writer.
func (w writer) Write(b []byte) (int, error) {
	n, err := w.Writer.Write(b)
	if err != nil {
		err = fmt.Errorf("%w: %w", errDisk, err)
	}
	return n, err
}

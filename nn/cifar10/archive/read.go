package archive

import (
	"archive/tar"
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"tenfold/nn/cifar10"
	"tenfold/nn/filename"
)

// Pictures are records in the official layout that were found in a file.
type Pictures struct {
	cifar10.Batch
	From    string // the name of the file that they were in, as it can be shown
	Records []byte
}

// Limits of what is read.
const (
	headBytes = 64 << 10
	maxFile   = 64 << 20  // twice an official file
	maxAll    = 1 << 30   // of all files in an archive, unpacked: six times the data set
	maxZip    = 256 << 20 // of one that cannot be read from its end
	maxFiles  = 100_000   // in an archive
	maxDepth  = 4         // of archives in archives: .zip, .gz, .tar and the file
)

// ErrNone is the error of a file that holds no pictures of CIFAR-10; it follows
// the file's name.
var ErrNone = errors.New("is not a CIFAR-10 file")

// Read calls take with all pictures in CIFAR-10's layouts that a file holds:
// the binary version's records, a batch of the Python version, or archives of
// these, .tar, .zip and gzip. It tells what a file is by its content, whatever
// its name; the name is for errors, and for a part of an official file, whose
// content does not tell which it is. In an archive other files are skipped, and
// paths mean nothing, as nothing is written to them; a file without pictures is
// an error that says what it is. size is that of the file, -1 if it is not
// known. If r is an io.ReaderAt, a .zip need not be in memory.
func Read(name string, size int64, r io.Reader, take func(Pictures) error) error {
	rd := &reader{take: take, left: maxAll}
	err := rd.file(name, size, r, 0)
	if err != nil && !errors.As(err, new(said)) {
		return said{fmt.Errorf("the file %s %w", filename.Show(name), err)}
	}
	return err
}

// said is an error that names its file already, or that take returned.
type said struct{ error }

func (s said) Unwrap() error { return s.error }

// reader reads one file and what is in it.
type reader struct {
	take  func(Pictures) error
	left  int64 // bytes that may still be unpacked
	files int   // that were looked into
}

// file reads a file that lies depth archives deep. Its errors follow the file's
// name.
func (rd *reader) file(name string, size int64, r io.Reader, depth int) error {
	b := bufio.NewReaderSize(r, headBytes)
	head, err := b.Peek(headBytes)
	if len(head) == 0 {
		if err == nil || err == io.EOF {
			return errors.New("is empty")
		}
		return damaged(err)
	}
	packed := bytes.HasPrefix(head, []byte{0x1f, 0x8b}) || bytes.HasPrefix(head, []byte("PK\x03\x04")) || isTar(head)
	switch {
	case packed && depth == maxDepth:
		return fmt.Errorf("is an archive in %d archives: unpack it, and choose what is in it", depth)
	case head[0] == 0x1f && packed:
		return rd.gzip(name, b, depth)
	case head[0] == 'P' && packed:
		return rd.zip(size, r, b, depth)
	case packed:
		return rd.tar(b, depth)
	}
	if words := stranger(head); words != "" {
		return errors.New(words)
	}
	return rd.plain(name, size, head, b)
}

func damaged(err error) error { return fmt.Errorf("is cut short or damaged: %w", err) }

// isTar reports whether a tar file begins like this: its first header has the sum of its own bytes,
// where those of the sum count as blanks.
func isTar(head []byte) bool {
	if len(head) < 512 {
		return false
	}
	sum := 0
	for i, v := range head[:512] {
		if i >= 148 && i < 156 {
			v = ' '
		}
		sum += int(v)
	}
	want, err := strconv.ParseInt(string(bytes.Trim(head[148:156], " \x00")), 8, 64)
	return err == nil && int(want) == sum
}

func (rd *reader) gzip(name string, r io.Reader, depth int) error {
	z, err := gzip.NewReader(r)
	if err != nil {
		return damaged(err)
	}
	return rd.file(name, -1, &bounded{z, &rd.left}, depth+1)
}

func (rd *reader) tar(r io.Reader, depth int) error {
	t, in := tar.NewReader(r), &inside{reader: rd, depth: depth}
	for {
		h, err := t.Next()
		switch {
		case err == io.EOF:
			return in.err()
		case err != nil:
			return damaged(err)
		case h.Typeflag != tar.TypeReg:
			continue
		}
		if err := in.file(h.Name, h.Size, t); err != nil {
			return err
		}
	}
}

// zip reads an archive whose contents stand at its end: from r, if that can be read from
// anywhere, and else from b, which is r from its beginning.
func (rd *reader) zip(size int64, r io.Reader, b io.Reader, depth int) error {
	at, ok := r.(io.ReaderAt)
	if !ok || size < 0 {
		all, err := io.ReadAll(io.LimitReader(b, maxZip+1))
		if err != nil {
			return damaged(err)
		}
		if len(all) > maxZip {
			return fmt.Errorf("is a .zip of over %d MB in another archive: unpack it, and choose what is in it", maxZip>>20)
		}
		at, size = bytes.NewReader(all), int64(len(all))
	}
	z, err := zip.NewReader(at, size)
	if err != nil {
		return damaged(err)
	}
	in := &inside{reader: rd, depth: depth}
	for _, f := range z.File {
		if f.FileInfo().IsDir() {
			continue
		}
		content, err := f.Open()
		if err != nil {
			return damaged(err)
		}
		err = in.file(f.Name, int64(f.UncompressedSize64), &bounded{content, &rd.left})
		content.Close()
		if err != nil {
			return err
		}
	}
	return in.err()
}

// inside reads the files of an archive.
type inside struct {
	*reader
	depth int
	found bool
	other error // of the first file that is not CIFAR-10's and shows what the user has
}

// file takes a file of the archive. Only errors that end the reading are returned.
func (in *inside) file(name string, size int64, r io.Reader) error {
	if in.files++; in.files > maxFiles {
		return fmt.Errorf("holds over %d files", maxFiles)
	}
	err := in.reader.file(name, size, r, in.depth+1)
	switch {
	case err == nil:
		in.found = true
	case errors.As(err, new(said)), errors.Is(err, errTooMuch):
		return err
	case errors.Is(err, io.ErrUnexpectedEOF), errors.As(err, new(*cut)):
		return fmt.Errorf("holds %s, which %w", filename.Show(name), err)
	case in.other == nil && !errors.Is(err, ErrNone) && !errors.Is(err, errNames) && err.Error() != aPage:
		in.other = fmt.Errorf("holds no CIFAR-10 file: %s in it %w", filename.Show(name), err)
	}
	return nil
}

// err returns the error for an archive that holds nothing.
func (in *inside) err() error {
	switch {
	case in.found:
		return nil
	case in.other != nil:
		return in.other
	}
	return errors.New("holds no CIFAR-10 file")
}

// errTooMuch is the error for an archive that unpacks to too much.
var errTooMuch = fmt.Errorf("unpacks to over %d MB", maxAll>>20)

// bounded reads no more than what rd has left.
type bounded struct {
	io.Reader
	left *int64
}

func (b *bounded) Read(p []byte) (int, error) {
	if *b.left <= 0 {
		return 0, errTooMuch
	}
	n, err := b.Reader.Read(p[:min(int64(len(p)), *b.left)])
	*b.left -= int64(n)
	return n, err
}

// cut is the error of a file in CIFAR-10's layout that lacks its end.
type cut struct{ bytes int }

func (c *cut) Error() string {
	return fmt.Sprintf("is cut short: it has %d bytes, want %d (%d records of %d); get it again", c.bytes, cifar10.FileSize, cifar10.PerFile, cifar10.FileSize/cifar10.PerFile)
}

// plain reads a file that is no archive.
func (rd *reader) plain(name string, size int64, head []byte, r io.Reader) error {
	const record = cifar10.FileSize / cifar10.PerFile
	pickle := head[0] == 0x80 && len(head) > 1 && head[1] <= 5
	if !pickle && !labels(head) {
		if hundred(head, size) {
			return errHundred
		}
		return fmt.Errorf("%w: it does not begin as one. Want test_batch.bin, data_batch_1.bin to data_batch_5.bin, or an archive of these", ErrNone)
	}
	b, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return damaged(err)
	}
	if len(b) > maxFile {
		return fmt.Errorf("is too large: it has over %d MB, and a file of CIFAR-10 has %d", maxFile>>20, cifar10.FileSize>>20)
	}
	if pickle {
		if b, err = pythonBatch(b); err != nil {
			return err
		}
	}
	switch {
	case len(b)%record == 0 && labels(b):
	case hundred(b, int64(len(b))):
		return errHundred
	case len(b) > 100*record && labels(b):
		return &cut{len(b)}
	default:
		return fmt.Errorf("%w: its %d bytes are not records of %d, a picture with its class. Want test_batch.bin, data_batch_1.bin to data_batch_5.bin, or an archive of these", ErrNone, len(b), record)
	}
	batch := cifar10.Identify(b)
	if batch == (cifar10.Batch{}) && len(b) < cifar10.FileSize {
		batch = named(name)
	}
	if err := rd.take(Pictures{batch, filename.Show(name), b}); err != nil {
		return said{err}
	}
	return nil
}

// named returns the official file of a name. It is used only for a part of one,
// whose content does not tell.
func named(name string) (b cifar10.Batch) {
	name = strings.ToLower(name[strings.LastIndexAny(name, `/\\`)+1:])
	b.Test = slices.Contains(cifar10.TestFiles, name)
	b.Number = slices.Index(cifar10.TrainFiles, name) + 1
	b.Train = b.Number > 0
	return b
}

// labels reports whether each record of b begins with a class.
func labels(b []byte) bool {
	for ; len(b) > 0; b = b[min(cifar10.FileSize/cifar10.PerFile, len(b)):] {
		if int(b[0]) >= len(cifar10.Task.Classes) {
			return false
		}
	}
	return true
}

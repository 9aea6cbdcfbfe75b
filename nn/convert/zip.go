package convert

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
)

// What an archive may unpack to, so that a small one cannot take all memory:
// weights hardly compress, and zeros, of which a small one can hold many, have
// their own limit.
const (
	maxPart   = 1 << 30 // bytes of one of its files
	maxText   = 1 << 24 // bytes of one that is JSON
	packs     = 64      // how many times its size all of them together have
	leastRoom = 1 << 26 // or this
)

// archive is a .zip file that is read.
type archive struct {
	*zip.Reader
	left int64 // bytes that may still be unpacked
}

// isZip reports whether a file is a .zip.
func isZip(b []byte) bool { return bytes.HasPrefix(b, []byte("PK\x03\x04")) }

func unzip(b []byte) (*archive, error) {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, fmt.Errorf("convert: the .zip file is damaged, or cut short: %w", err)
	}
	return &archive{z, max(int64(len(b))*packs, leastRoom)}, nil
}

// find returns the file of a name, in any folder, the least deep if there are
// several; nil if there is none.
func (a *archive) find(name string) *zip.File {
	var found *zip.File
	for _, f := range a.File {
		if path.Base(f.Name) == name && !hidden(f.Name) && (found == nil || strings.Count(f.Name, "/") < strings.Count(found.Name, "/")) {
			found = f
		}
	}
	return found
}

// hidden reports whether a file is one that systems add to archives.
func hidden(name string) bool {
	return strings.HasPrefix(name, "__MACOSX/") || strings.HasPrefix(path.Base(name), ".")
}

// beside returns the file of a name in the folder of another.
func (a *archive) beside(f *zip.File, name string) *zip.File {
	want := path.Join(path.Dir(f.Name), name)
	i := slices.IndexFunc(a.File, func(f *zip.File) bool { return path.Clean(f.Name) == want })
	if i < 0 {
		return nil
	}
	return a.File[i]
}

// read unpacks a file of up to most bytes.
func (a *archive) read(f *zip.File, most int64) ([]byte, error) {
	if size := f.UncompressedSize64; size > uint64(most) || size > uint64(a.left) {
		return nil, fmt.Errorf("convert: %.80q in the archive unpacks to %d bytes: want at most %d", f.Name, size, min(most, a.left))
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("convert: %.80q in the archive cannot be read: %w", f.Name, err)
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, int64(f.UncompressedSize64)))
	if err != nil {
		return nil, fmt.Errorf("convert: %.80q in the archive is damaged: %w", f.Name, err)
	}
	a.left -= int64(len(b))
	return b, nil
}

// member is a file to put into an archive.
type member struct {
	name string
	data []byte
}

// zipped puts files into a .zip as they are, without packing them.
func zipped(files ...member) ([]byte, error) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range files {
		part, err := w.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Store})
		if err == nil {
			_, err = part.Write(f.data)
		}
		if err != nil {
			return nil, fmt.Errorf("convert: %w", err)
		}
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("convert: %w", err)
	}
	return out.Bytes(), nil
}

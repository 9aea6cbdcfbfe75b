package project

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image/png"
	"io"
	"path"
	"strings"

	"tenfold/nn/filename"
)

// Limits of an archive that Repack takes, which is no larger than Archive writes it.
const (
	maxDirectory = 8 << 20  // bytes
	maxPNG       = 64 << 10 // bytes
	passedOn     = "network"
)

// Summary is what an archive holds.
type Summary struct {
	Name     string `json:"name"`
	Classes  int    `json:"classes"`
	Pictures int    `json:"pictures"`
	Network  bool   `json:"network"`
}

// Repack reads a project's archive, of so many bytes, and writes it anew: what is in the copy was read
// and understood, and nothing else comes through. What is not as Archive writes it is an error. sound says
// what is wrong with the file of a network; tell is called before each file, and its error ends it.
func Repack(out io.Writer, in io.ReaderAt, size int64, sound func(network []byte) error, tell func() error) (Summary, error) {
	z, err := strictly(in, size)
	if err != nil {
		return Summary{}, err
	}
	r, err := sorted(z)
	if err != nil {
		return Summary{}, err
	}
	using := ""
	if r.network != nil {
		using = passedOn
	}
	w := writer{zip.NewWriter(out)}
	a, err := w.begin(r.State, r.counts, using)
	if err != nil {
		return Summary{}, err
	}
	n := make([]int, len(r.Classes))
	for _, f := range r.pictures {
		if err := tell(); err != nil {
			return Summary{}, err
		}
		b, err := redrawn(f.File)
		if err != nil {
			return Summary{}, err
		}
		n[f.class]++
		if err := w.picture(a.Classes[f.class], n[f.class], b); err != nil {
			return Summary{}, err
		}
	}
	if r.network != nil {
		b, err := whole(r.network, maxNetwork)
		if err == nil {
			if err = sound(b); err != nil {
				err = wrong(r.network, "is no network: "+err.Error())
			}
		}
		if err = errors.Join(err, tell()); err != nil {
			return Summary{}, err
		}
		if err := w.put(networkName(using), zip.Store, b); err != nil {
			return Summary{}, err
		}
	}
	return r.summary(), w.end()
}

// Summarize says what is in an archive.
func Summarize(in io.ReaderAt, size int64) (Summary, error) {
	z, err := strictly(in, size)
	if err != nil {
		return Summary{}, err
	}
	r, err := sorted(z)
	return r.summary(), err
}

// strictly opens a .zip that is nothing but one, as a program of package zip writes it. How many files it
// may have follows from how large its list is.
func strictly(in io.ReaderAt, size int64) (*zip.Reader, error) {
	const tail = 22 // bytes. Source: the end record of APPNOTE 4.3.16, https://pkware.com/appnote.
	var b [tail]byte
	if size < tail {
		return nil, errors.New("project: is no .zip")
	}
	if _, err := in.ReadAt(b[:], size-tail); err != nil {
		return nil, fmt.Errorf("project: %w", err)
	}
	files, length, at := binary.LittleEndian.Uint16(b[10:]), int64(binary.LittleEndian.Uint32(b[12:])), int64(binary.LittleEndian.Uint32(b[16:]))
	switch {
	case string(b[:4]) != "PK\x05\x06":
		return nil, errors.New("project: is no .zip, or there is something behind it")
	case files == 0xffff, length > maxDirectory && length < size:
		return nil, errors.New("project: has too many files")
	case at+length != size-tail:
		return nil, errors.New("project: is no .zip, or there is something else in it")
	}
	z, err := zip.NewReader(in, size)
	if err != nil {
		return nil, fmt.Errorf("project: is a damaged .zip: %w", err)
	}
	if z.Comment != "" {
		return nil, errors.New("project: has a comment, which none of a project's has")
	}
	return z, nil
}

// parts are the files of an archive by what they are.
type parts struct {
	State
	counts   []int
	pictures []classFile
	network  *zip.File // nil if there is none
}

type classFile struct {
	*zip.File
	class int
}

func (r parts) summary() Summary {
	return Summary{Name: r.Name, Classes: len(r.Classes), Pictures: len(r.pictures), Network: r.network != nil}
}

// sorted finds the files of an archive, which has no others.
func sorted(z *zip.Reader) (r parts, err error) {
	a, err := aboutOf(z)
	if err != nil {
		return r, err
	}
	folders, err := r.classes(a)
	if err != nil {
		return r, err
	}
	had := map[string]bool{}
	for _, f := range z.File {
		class, picture := folders[path.Dir(f.Name)]
		switch {
		case had[f.Name]:
			return r, wrong(f, "is there twice")
		case f.Flags&1 != 0:
			return r, wrong(f, "is encrypted")
		case !f.Mode().IsRegular():
			return r, wrong(f, "is no plain file")
		case f.Name == aboutFile, f.Name == readmeFile:
		case picture && path.Ext(f.Name) == ".png":
			r.pictures = append(r.pictures, classFile{f, class})
			r.counts[class]++
		case a.Using != "" && f.Name == networkName(a.Using):
			r.network = f
		default:
			return r, wrong(f, "is no part of a project")
		}
		had[f.Name] = true
	}
	if a.Using != "" && r.network == nil {
		return r, errors.New("project: its network is missing")
	}
	if len(r.pictures) > MaxPictures {
		return r, fmt.Errorf("project: has %d pictures: want at most %d", len(r.pictures), MaxPictures)
	}
	return r, nil
}

// classes takes the name and the classes of a project, and returns the class of each folder.
func (r *parts) classes(a about) (map[string]int, error) {
	p, err := New(nil, a.Name)
	if err != nil {
		return nil, err
	}
	folders := map[string]int{}
	for i, c := range a.Classes {
		if err := p.AddClass(c.Name); err != nil {
			return nil, err
		}
		if _, twice := folders[classFolder+c.Folder]; twice || c.Folder == "" {
			return nil, fmt.Errorf("project: the folder %q is none of one class", filename.Show(c.Folder))
		}
		folders[classFolder+c.Folder] = i
		if c.Colour >= 0 && c.Colour < Colours {
			p.Classes[i].Colour = c.Colour
		}
	}
	r.State, r.counts = p.State, make([]int, len(p.Classes))
	return folders, nil
}

// redrawn is the picture of a file, as the file that a project would keep of it.
func redrawn(f *zip.File) ([]byte, error) {
	b, err := whole(f, maxPNG)
	if err != nil {
		return nil, err
	}
	c, err := png.DecodeConfig(bytes.NewReader(b))
	switch {
	case err != nil:
		return nil, wrong(f, "is no PNG")
	case c.Width != c.Height || c.Width > MaxSide:
		return nil, wrong(f, fmt.Sprintf("has %dx%d pixels: want a square of at most %dx%[3]d", c.Width, c.Height, MaxSide))
	}
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		return nil, wrong(f, "is damaged: "+err.Error())
	}
	return encoded(rgba(img))
}

// whole unpacks a file that may have so many bytes.
func whole(f *zip.File, most int64) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, wrong(f, "cannot be unpacked: "+err.Error())
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, most+1)) // whatever size it claims to have
	switch {
	case int64(len(b)) > most:
		return nil, wrong(f, fmt.Sprintf("is larger than %d kB", most>>10))
	case err != nil:
		return nil, wrong(f, "is damaged: "+err.Error())
	}
	return b, nil
}

// wrong is what is wrong with a file.
func wrong(f *zip.File, why string) error {
	return fmt.Errorf("project: %s %s", filename.Show(strings.ReplaceAll(f.Name, `\`, "/")), why)
}

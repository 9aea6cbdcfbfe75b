package project

import (
	"archive/zip"
	"errors"
	"fmt"
	"image"
	"io"
	"path"
	"slices"
	"strings"

	"tenfold/nn/filename"
	"tenfold/nn/picture"
)

// Decoder decodes a picture's file. Its longer side may be made smaller on the way.
type Decoder func(b []byte) (*image.RGBA, error)

// Import brings pictures into a project. What cannot be read is skipped, and said.
type Import struct {
	Project *Project
	Decode  Decoder
	Class   int               // of what lies in no folder; -1 if there is none for it
	Told    func() error      // is called before each row of a table, and ends the import by an error; nil for nothing
	labels  map[string]string // the class of each file that a table names
	Whole   bool              // the pictures are squares that were chosen already

	Added, Known int // pictures, and those that were there already
	Skipped      []Skipped
	More         int // how many are skipped beside those that are listed
	unsaved      int
}

// Skipped is a file that was not taken, and why.
type Skipped struct{ Name, Why string }

// Limits of what is imported.
const (
	maxListed  = 200      // files that are skipped
	maxPicture = 64 << 20 // bytes
	maxFiles   = 100000   // in an archive
	saveEvery  = 200      // pictures
)

// skip notes that a file was not taken.
func (im *Import) skip(name, why string) {
	if len(im.Skipped) < maxListed {
		im.Skipped = append(im.Skipped, Skipped{filename.Show(name), why})
	} else {
		im.More++
	}
}

// Picture takes a file of a picture, whose path says its class: the folder that it lies in. An
// error is one of keeping it, which ends the import.
func (im *Import) Picture(name string, b []byte) error {
	if hidden(name) {
		return nil
	}
	if IsTable(name) {
		return im.table(name, b)
	}
	switch kind := picture.KindOf(b[:min(len(b), picture.HeadBytes)], len(b), maxPicture); {
	case kind == picture.Vector:
		im.skip(name, "is a vector graphic: open it in Classify and keep it from there")
		return nil
	case kind == picture.Unknown, kind == picture.WebPage, kind == picture.Weights, kind == picture.Manifest, kind == picture.Project, kind == picture.Data:
		im.skip(name, "is no picture")
		return nil
	case picture.Cut(b):
		im.skip(name, "is cut short")
		return nil
	}
	img, err := im.Decode(b)
	if err != nil {
		im.skip(name, plain(err))
		return nil
	}
	class, err := im.class(name)
	if err != nil {
		im.skip(name, plain(err))
		return nil
	}
	pixels, side := Square(img)
	if im.Whole {
		side = max(min(MaxSide, img.Rect.Dx(), img.Rect.Dy()), 1)
		pixels = picture.Shrink(img, shape(side))
	}
	return im.Add(class, pixels, side)
}

// Add takes pixels into a class, as Project.Add, and saves now and then.
func (im *Import) Add(class int, pixels []byte, side int) error {
	added, err := im.Project.Add(class, pixels, side)
	switch {
	case err != nil:
		return err
	case !added:
		im.Known++
		return nil
	}
	im.Added++
	if im.unsaved++; im.unsaved >= saveEvery {
		im.unsaved = 0
		return im.Project.Save()
	}
	return nil
}

// class is that of a file: of the folder that it lies in, or the import's own.
func (im *Import) class(name string) (int, error) {
	name = path.Clean("/" + strings.ReplaceAll(name, `\`, "/"))
	if class, ok := im.labelled(name); ok {
		return im.named(class)
	}
	folder := path.Base(path.Dir(name))
	if folder == "/" || folder == "." {
		if im.Class < 0 {
			return 0, errors.New("project: is in no folder: choose a class first")
		}
		return im.Class, nil
	}
	return im.named(folder)
}

// named is the class of a name, a new one if there is none of it.
func (im *Import) named(name string) (int, error) {
	p := im.Project
	if at := p.Class(name); at >= 0 {
		return at, nil
	}
	if p.Fixed {
		return 0, fmt.Errorf("project: is of %q, which is none of the classes of %q", filename.Show(name), p.Name)
	}
	undo := p.undo
	err := p.AddClass(name)
	p.undo = undo // the whole import is taken back at once
	return len(p.Classes) - 1, err
}

// Zip takes the pictures of an archive. told is called before each file; its error ends it.
func (im *Import) Zip(name string, z *zip.Reader, told func(done, total int) error) error {
	if len(z.File) > maxFiles {
		im.skip(name, fmt.Sprintf("holds %d files: want at most %d", len(z.File), maxFiles))
		return nil
	}
	files := slices.Clone(z.File)
	slices.SortStableFunc(files, func(a, b *zip.File) int { return TablesFirst(a.Name, b.Name) })
	for i, f := range files {
		if err := told(i, len(z.File)); err != nil {
			return err
		}
		if f.FileInfo().IsDir() {
			continue
		}
		at := f.Name
		if im.Class < 0 { // what lies in no folder of it is of a class that is called as the archive is
			at = strings.TrimSuffix(path.Base(name), path.Ext(name)) + "/" + at
		}
		if err := im.zipped(f, at); err != nil {
			return err
		}
	}
	return nil
}

// hidden says whether a file is one that systems put beside others.
func hidden(name string) bool {
	for _, part := range strings.Split(name, "/") {
		switch {
		case part == "__MACOSX", strings.HasPrefix(part, "._"), part == ".DS_Store", strings.EqualFold(part, "thumbs.db"), strings.EqualFold(part, "desktop.ini"):
			return true
		}
	}
	return false
}

// zipped takes a file of an archive, by the name whose folder says its class.
func (im *Import) zipped(f *zip.File, name string) error {
	if f.Flags&1 != 0 {
		im.skip(name, "is encrypted")
		return nil
	}
	r, err := f.Open()
	if err != nil {
		im.skip(name, "cannot be unpacked: "+err.Error())
		return nil
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, maxPicture+1)) // whatever size it claims to have
	switch {
	case len(b) > maxPicture:
		im.skip(name, fmt.Sprintf("is larger than %d MB", maxPicture>>20))
		return nil
	case err != nil:
		im.skip(name, "is damaged: "+err.Error())
		return nil
	case strings.HasPrefix(string(b[:min(len(b), 4)]), "PK\x03\x04"):
		im.skip(name, "is an archive in an archive: unpack it first")
		return nil
	}
	return im.Picture(name, b)
}

// maxDecoded is how many pixels a picture may have that DecodeFile decodes.
const maxDecoded = 64 << 20

// DecodeFile is a Decoder of the formats that package image knows: which those are is for the program
// to import.
func DecodeFile(b []byte) (*image.RGBA, error) {
	c, _, err := image.DecodeConfig(strings.NewReader(string(b)))
	if err != nil {
		return nil, errors.New("project: cannot be decoded")
	}
	if c.Width < 1 || c.Height < 1 || c.Width > maxDecoded/c.Height {
		return nil, fmt.Errorf("project: has %dx%d pixels, which is too many", c.Width, c.Height)
	}
	img, _, err := image.Decode(strings.NewReader(string(b)))
	if err != nil {
		return nil, errors.New("project: is damaged")
	}
	return rgba(img), nil
}

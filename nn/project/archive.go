package project

import (
	"archive/zip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"strings"
	"unicode"
)

// The files of a project's archive, a .zip: about, notes and networks, and the pictures of each
// class in a folder of its own, as any program reads them.
const (
	aboutFile   = "project.json"
	readmeFile  = "README.txt"
	classFolder = "classes/"
	networkFile = "networks/"
)

// format is the version of the archive's layout.
const format = 1

// about is what an archive says of the project.
type about struct {
	Format  int          `json:"tenfold_project"`
	Name    string       `json:"name"`
	Classes []classAbout `json:"classes"`
	Using   string       `json:"network,omitempty"` // in Networks
}

type classAbout struct {
	Class
	Folder string `json:"folder"`
}

// Kept is what goes along with a project in its archive.
type Kept struct {
	Networks map[string][]byte // files by name, as safetensors
	Using    string            // the one of them that was in use, "" for none
}

// Limits of an archive that is opened.
const (
	maxNetwork = 64 << 20 // bytes
	maxAbout   = 1 << 20
)

// reserved are names that Windows keeps for itself.
var reserved = []string{"con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "lpt1", "lpt2", "lpt3"}

// folder is a class's name as that of a folder on any system.
func folder(name string, had map[string]bool) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || unicode.IsControl(r) {
			return '_'
		}
		return r
	}, name)
	name = strings.Trim(name, ". ")
	if name == "" || slices.Contains(reserved, strings.ToLower(name)) {
		name = "_" + name
	}
	unique := name
	for i := 2; had[strings.ToLower(unique)]; i++ {
		unique = fmt.Sprintf("%s (%d)", name, i)
	}
	had[strings.ToLower(unique)] = true
	return unique
}

// writer writes an archive.
type writer struct{ *zip.Writer }

func (w writer) put(name string, method uint16, b []byte) error {
	out, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: method})
	if err == nil {
		_, err = out.Write(b)
	}
	if err != nil {
		return fmt.Errorf("project: %w", err)
	}
	return nil
}

// begin writes what an archive says of a project whose classes have so many pictures, and returns it.
func (w writer) begin(state State, counts []int, using string) (about, error) {
	a := about{Format: format, Name: state.Name, Using: using}
	had := map[string]bool{}
	for _, c := range state.Classes {
		a.Classes = append(a.Classes, classAbout{c, folder(c.Name, had)})
	}
	b, err := json.MarshalIndent(a, "", "  ")
	if err != nil {
		return a, fmt.Errorf("project: %w", err)
	}
	return a, errors.Join(w.put(aboutFile, zip.Deflate, b), w.put(readmeFile, zip.Deflate, []byte(state.readme(a, counts))))
}

// picture writes the n-th picture of a class.
func (w writer) picture(class classAbout, n int, b []byte) error {
	return w.put(fmt.Sprintf("%s%s/%05d.png", classFolder, class.Folder, n), zip.Store, b)
}

// end ends the archive.
func (w writer) end() error {
	if err := w.Close(); err != nil {
		return fmt.Errorf("project: %w", err)
	}
	return nil
}

// Archive writes the project as it is now, and what goes along, as a .zip. It returns how many
// pictures are lost, which are not in it. tell, unless nil, hears how many are written; what it
// changes of the project is not among them.
func (p *Project) Archive(out io.Writer, kept Kept, tell func(done int) error) (lost int, err error) {
	state := p.State
	w := writer{zip.NewWriter(out)}
	a, err := w.begin(state, state.Counts(), kept.Using)
	if err != nil {
		return 0, err
	}
	n := make([]int, len(state.Classes))
	for i, q := range state.Pictures {
		b, err := p.pack.read(q)
		if err != nil {
			lost++
			continue
		}
		n[q.Class]++
		if err := w.picture(a.Classes[q.Class], n[q.Class], b); err != nil {
			return lost, err
		}
		if tell != nil {
			if err := tell(i + 1); err != nil {
				return lost, err
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(kept.Networks)) {
		if err := w.put(networkName(name), zip.Store, kept.Networks[name]); err != nil {
			return lost, err
		}
	}
	return lost, w.end()
}

// networkName is a network's file in an archive.
func networkName(name string) string { return networkFile + name + ".safetensors" }

// readme says what is in the archive.
func (p State) readme(a about, counts []int) string {
	var s strings.Builder
	fmt.Fprintf(&s, "%s\n\nA project of Tenfold: pictures in classes, and the networks that were trained on them.\nTo go on with it, choose or drop this .zip in Tenfold's Classes view.\n\n", p.Name)
	for i, n := range counts {
		fmt.Fprintf(&s, "%s%s/  %s of %q\n", classFolder, a.Classes[i].Folder, pictures(n), a.Classes[i].Name)
	}
	fmt.Fprintf(&s, "%s  networks, as safetensors (https://github.com/huggingface/safetensors)\n%s  names and colours of the classes\n", networkFile, aboutFile)
	return s.String()
}

// IsArchive says whether a .zip is a project's own, of whatever version.
func IsArchive(z *zip.Reader) bool {
	_, err := aboutOf(z)
	return err == nil || errors.Is(err, errLater)
}

var errLater = errors.New("project: the .zip is of a later version of Tenfold; open it with that")

// aboutOf reads what an archive says of its project.
func aboutOf(z *zip.Reader) (about, error) {
	var a about
	b, err := part(z, aboutFile, maxAbout)
	if err != nil {
		return a, err
	}
	if err := json.Unmarshal(b, &a); err != nil || a.Format < 1 {
		return a, fmt.Errorf("project: %s in the .zip is not a project's", aboutFile)
	}
	if a.Format > format {
		return a, errLater
	}
	return a, nil
}

// part reads a file of an archive that may have so many bytes.
func part(z *zip.Reader, name string, most int64) ([]byte, error) {
	f, err := z.Open(name)
	if err != nil {
		return nil, fmt.Errorf("project: the .zip has no %s", name)
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, most+1))
	if err != nil {
		return nil, fmt.Errorf("project: %s in the .zip is damaged: %w", name, err)
	}
	if int64(len(b)) > most {
		return nil, fmt.Errorf("project: %s in the .zip is larger than %d MB", name, most>>20)
	}
	return b, nil
}

// FromArchive reads a project's own .zip into a new project of files. What it brings along is
// returned beside, and what of it could not be read. brought is called before each picture with how
// many files are done; its error ends it.
func FromArchive(files Files, z *zip.Reader, decode Decoder, brought func(done, total int) error) (p *Project, kept Kept, skipped []Skipped, err error) {
	a, err := aboutOf(z)
	if err != nil {
		return nil, kept, nil, err
	}
	if p, err = New(files, a.Name); err != nil {
		p, err = New(files, "Project")
	}
	if err != nil {
		return nil, kept, nil, err
	}
	folders := map[string]int{}
	for _, c := range a.Classes {
		if err := p.AddClass(c.Name); err != nil {
			skipped = append(skipped, Skipped{c.Name, plain(err)})
			continue
		}
		at := len(p.Classes) - 1
		if c.Colour >= 0 && c.Colour < Colours {
			p.Classes[at].Colour = c.Colour
		}
		folders[classFolder+c.Folder] = at
	}
	p.undo = nil
	im := Import{Project: p, Decode: decode, Class: -1, Whole: true}
	for i, f := range z.File {
		if err := brought(i, len(z.File)); err != nil {
			return p, kept, append(skipped, im.Skipped...), errors.Join(err, p.Save())
		}
		name := path.Clean(strings.ReplaceAll(f.Name, `\`, "/"))
		class, picture := folders[path.Dir(name)]
		if !picture || f.FileInfo().IsDir() {
			continue
		}
		im.Class = class
		if err := im.zipped(f, path.Base(name)); err != nil {
			return p, kept, append(skipped, im.Skipped...), errors.Join(err, p.Save())
		}
	}
	skipped = append(skipped, im.Skipped...)
	if name := networkName(a.Using); a.Using != "" {
		b, err := part(z, name, maxNetwork)
		if err != nil {
			skipped = append(skipped, Skipped{name, plain(err)})
		} else {
			kept.Networks, kept.Using = map[string][]byte{a.Using: b}, a.Using
		}
	}
	return p, kept, skipped, p.Save()
}

// plain is an error without the name of this package.
func plain(err error) string { return strings.TrimPrefix(err.Error(), "project: ") }

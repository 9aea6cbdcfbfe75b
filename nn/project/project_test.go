package project

import (
	"archive/zip"
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"tenfold/nn/task"
)

// memory keeps files. One that is full refuses to write.
type memory struct {
	files map[string][]byte
	full  bool
}

var errFull = errors.New("no room")

func newMemory() *memory                   { return &memory{files: map[string][]byte{}} }
func (m *memory) Names() ([]string, error) { return slices.Sorted(maps.Keys(m.files)), nil }
func (m *memory) Remove(name string) error { delete(m.files, name); return nil }
func (m *memory) Read(name string) ([]byte, error) {
	if b, ok := m.files[name]; ok {
		return slices.Clone(b), nil
	}
	return nil, fs.ErrNotExist
}
func (m *memory) Write(name string, b []byte) error {
	if m.full {
		return errFull
	}
	m.files[name] = slices.Clone(b)
	return nil
}

// noise is a picture that differs with its seed.
func noise(seed uint64, side int) []byte {
	rng := rand.New(rand.NewPCG(seed, 0))
	b := make([]byte, 3*side*side)
	for i := range b {
		b[i] = byte(rng.Uint32())
	}
	return b
}

// some is a project of two classes with n pictures each.
func some(t testing.TB, files Files, n int) *Project {
	t.Helper()
	p, err := New(files, "Pets", "cat", "dog")
	if err != nil {
		t.Fatal(err)
	}
	for i := range 2 * n {
		if added, err := p.Add(i%2, noise(uint64(i), 8+i%60), 8+i%60); err != nil || !added {
			t.Fatal(added, err)
		}
	}
	if err := p.Save(); err != nil {
		t.Fatal(err)
	}
	return p
}

func images(t testing.TB, p *Project) (all []string) {
	t.Helper()
	for i := range p.Pictures {
		img, err := p.Image(i)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, string(img.Pix))
	}
	return all
}

// TestKept keeps more pictures than a shard holds, and opens them again.
func TestKept(t *testing.T) {
	files := newMemory()
	p := some(t, files, 150)
	want := images(t, p)
	if p.pack.last == 0 {
		t.Fatal("all fits into one shard: the test shows nothing")
	}
	again, err := Open(files, p.ID)
	if err != nil || again.Name != "Pets" || !slices.Equal(again.Names(), []string{"cat", "dog"}) || !slices.Equal(images(t, again), want) {
		t.Errorf("%v, %v, %d pictures", err, again.Names(), len(again.Pictures))
	}
	if added, err := again.Add(0, noise(0, 8), 8); added || err != nil {
		t.Error("a picture that is there was added once more")
	}
	if added, err := again.Add(1, noise(0, 8), 8); !added || err != nil {
		t.Error("it is not added to another class", err)
	}
	if err := again.Save(); err != nil {
		t.Fatal(err)
	}
	if third, err := Open(files, p.ID); err != nil || len(third.Pictures) != 301 || images(t, third)[300] != want[0] {
		t.Error("what was added after opening is not kept", err)
	}
	if ids, err := List(files); err != nil || !slices.Equal(ids, []string{p.ID}) {
		t.Error(ids, err)
	}
	if err := again.Delete(); err != nil || len(files.files) != 0 {
		t.Error("something is left of a project that was deleted", err, len(files.files))
	}
}

// TestChanges makes all changes and takes them back.
func TestChanges(t *testing.T) {
	p := some(t, newMemory(), 6)
	state := func() string {
		s := p.Name
		for i, c := range p.Classes {
			s += " " + c.Name + string(rune('0'+p.Counts()[i]))
		}
		return s
	}
	for _, c := range []struct {
		do   func() error
		want string
	}{
		{func() error { return p.AddClass("") }, "Pets cat6 dog6 Class 30"},
		{func() error { return p.Move(2, 0, 1, 2) }, "Pets cat4 dog5 Class 33"},
		{func() error { return p.RenameClass(2, " big\n bird ") }, "Pets cat4 dog5 big bird3"},
		{func() error { return p.Merge(0, 2) }, "Pets dog5 big bird7"},
		{func() error { return p.Remove(11, 0) }, "Pets dog4 big bird6"},
		{func() error { return p.DeleteClass(0) }, "Pets big bird6"},
		{func() error { return p.Rename("Zoo") }, "Zoo big bird6"},
		{func() error { return p.Colour(0, 7) }, "Zoo big bird6"},
	} {
		if err := c.do(); err != nil || state() != c.want {
			t.Errorf("%v, %q, want %q", err, state(), c.want)
		}
	}
	for p.CanUndo() {
		p.Undo()
	}
	if state() != "Pets cat6 dog6" {
		t.Errorf("all taken back: %q", state())
	}
	if p.Classes[0].Colour == p.Classes[1].Colour {
		t.Error("two classes have one colour")
	}
}

// TestRefused makes changes that cannot be.
func TestRefused(t *testing.T) {
	p := some(t, newMemory(), 1)
	for want, err := range map[string]error{
		`two classes cannot both be called "dog"`: p.RenameClass(0, "DOG"),
		"a name is wanted":                        p.RenameClass(0, " \u200d\x00"),
		"there is no class 2":                     p.Move(2, 0),
		"there is no picture 9":                   p.Remove(9),
		"merged into itself":                      p.Merge(1, 1),
		"there is no colour 12":                   p.Colour(0, 12),
		"needs at least 5 pictures; it has 1":     p.Ready(),
		"no square":                               errorOf(p.Add(0, make([]byte, 10), 96)),
		"there is no class -1":                    errorOf(p.Add(-1, nil, 1)),
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
	for len(p.Classes) < task.MaxClasses {
		if err := p.AddClass(""); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.AddClass(""); err == nil {
		t.Error("a 101st class was added")
	}
}

func errorOf(_ bool, err error) error { return err }

// TestFull keeps what was there when there is no room for more.
func TestFull(t *testing.T) {
	files := newMemory()
	p := some(t, files, 20)
	files.full = true
	for i := range 200 {
		if _, err := p.Add(0, noise(uint64(1000+i), 90), 90); err != nil {
			break
		}
	}
	if err := p.Save(); !errors.Is(err, errFull) {
		t.Fatal(err)
	}
	files.full = false
	again, err := Open(files, p.ID)
	if err != nil || len(again.Pictures) != 40 {
		t.Errorf("%v, %d pictures, want 40", err, len(again.Pictures))
	}
	images(t, again)
}

// archived is a project's .zip.
func archived(t testing.TB, p *Project, kept Kept) *zip.Reader {
	t.Helper()
	var b bytes.Buffer
	if lost, err := p.Archive(&b, kept, nil); err != nil || lost > 0 {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func never(int, int) error { return nil }

// TestArchive hands a project on.
func TestArchive(t *testing.T) {
	p := some(t, newMemory(), 20)
	for i, name := range []string{"猫/犬", "CON"} {
		if err := p.RenameClass(i, name); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.AddClass("empty"); err != nil {
		t.Fatal(err)
	}
	z := archived(t, p, Kept{Networks: map[string][]byte{"one": {1, 2, 3}}, Using: "one"})
	var names []string
	for _, f := range z.File {
		names = append(names, f.Name)
	}
	for _, want := range []string{"project.json", "README.txt", "classes/猫_犬/00001.png", "classes/_CON/00020.png", "networks/one.safetensors"} {
		if !slices.Contains(names, want) {
			t.Errorf("there is no %s in %v", want, names[:5])
		}
	}
	if names[0] != "project.json" {
		t.Error("its first file does not say what it is")
	}
	q, kept, skipped, err := FromArchive(newMemory(), z, DecodeFile, never)
	if err != nil || len(skipped) > 0 || q.Name != p.Name || !slices.Equal(q.Classes, p.Classes) || kept.Using != "one" || !bytes.Equal(kept.Networks["one"], []byte{1, 2, 3}) {
		t.Fatal(err, skipped, q.Classes, kept)
	}
	want, got := images(t, p), images(t, q)
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Error("the pictures are others")
	}
	if q.ID == p.ID {
		t.Error("two projects have one ID")
	}
}

// file is one of an archive.
type file struct {
	name string
	b    []byte
}

func packed(t testing.TB, files ...file) *zip.Reader {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range files {
		out, err := w.Create(f.name)
		if err != nil {
			t.Fatal(err)
		}
		out.Write(f.b)
	}
	w.Close()
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// pngOf is a file of one colour.
func pngOf(t testing.TB, c color.Color, w, h int) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range w * h {
		img.Set(i%w, i/w, c)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestImport takes pictures out of an archive as people make them, and says what is none.
func TestImport(t *testing.T) {
	red, blue := pngOf(t, color.RGBA{255, 0, 0, 255}, 200, 100), pngOf(t, color.RGBA{0, 0, 255, 255}, 20, 30)
	var photo bytes.Buffer
	jpeg.Encode(&photo, image.NewRGBA(image.Rect(0, 0, 50, 50)), nil)
	p, err := New(newMemory(), "x")
	if err != nil {
		t.Fatal(err)
	}
	im := &Import{Project: p, Decode: DecodeFile, Class: -1}
	z := packed(t, file{"pets/cats/1.png", red}, file{"pets/cats/2.jpg", photo.Bytes()}, file{"pets/Dogs\\3.png", blue}, file{"pets/cats/again.png", red},
		file{"../../etc/passwd/4.png", blue}, file{"top.png", red},
		file{"pets/cats/notes.txt", []byte("hello")}, file{"pets/notes/more.txt", []byte("hello")}, file{"pets/.DS_Store", []byte("x")}, file{"pets/cats/cut.png", red[:len(red)/2]}, file{"__MACOSX/pets/._1.png", red}, file{"pets/inner.zip", []byte("PK\x03\x04....")},
		file{"pets/cats/vector.svg", []byte("<svg xmlns='http://www.w3.org/2000/svg'/>")})
	if err := im.Zip("zoo.zip", z, never); err != nil {
		t.Fatal(err)
	}
	if want := []string{"cats", "Dogs", "passwd", "zoo"}; !slices.Equal(p.Names(), want) || !slices.Equal(p.Counts(), []int{2, 1, 1, 1}) || im.Added != 5 || im.Known != 1 {
		t.Errorf("%v %v, %d added, %d known", p.Names(), p.Counts(), im.Added, im.Known)
	}
	var why []string
	for _, s := range im.Skipped {
		why = append(why, s.Name+" "+s.Why)
	}
	if want := []string{"notes.txt is no picture", "more.txt is no picture", "cut.png is cut short", "inner.zip is an archive in an archive: unpack it first", "vector.svg is a vector graphic: open it in Classify and keep it from there"}; !slices.Equal(why, want) {
		t.Errorf("skipped %q", why)
	}
	if _, side := Square(mustDecode(t, red)); side != MaxSide {
		t.Error("the square has", side)
	}
	if img, _ := p.Image(2); img.Rect.Dx() != 20 {
		t.Error("a small picture does not stay as small as it is")
	}
	img, err := p.Image(0)
	if err != nil || img.RGBAAt(50, 50) != (color.RGBA{255, 0, 0, 255}) {
		t.Error(err, img.RGBAAt(50, 50))
	}
}

func mustDecode(t testing.TB, b []byte) *image.RGBA {
	t.Helper()
	img, err := DecodeFile(b)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// zeros are as many as are asked for.
type zeros struct{}

func (zeros) Read(b []byte) (int, error) { clear(b); return len(b), nil }

// TestBombs takes no more than a picture may have, whatever an archive unpacks to.
func TestBombs(t *testing.T) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := range 3 {
		out, _ := w.Create(string(rune('a'+i)) + "/bomb.png")
		io.Copy(out, io.LimitReader(zeros{}, maxPicture*2))
	}
	// A picture that claims to be huge.
	huge := pngOf(t, color.Black, 1, 1)
	copy(huge[16:], []byte{0, 1, 0, 0, 0, 1, 0, 0})
	out, _ := w.Create("a/huge.png")
	out.Write(huge)
	w.Close()
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	p, _ := New(newMemory(), "x")
	im := &Import{Project: p, Decode: DecodeFile, Class: -1}
	if err := im.Zip("x.zip", z, never); err != nil || im.Added != 0 || len(im.Skipped) != 4 {
		t.Error(err, im.Added, im.Skipped)
	}
}

// TestTwins finds pictures that look alike.
func TestTwins(t *testing.T) {
	p := some(t, newMemory(), 10)
	near := noise(4, 12) // that of picture 4
	for i := range near {
		near[i] = byte(min(int(near[i])+3, 255))
	}
	if err := errorOf(p.Add(1, near, 12)); err != nil {
		t.Fatal(err)
	}
	if pairs := p.Twins(10); !slices.Equal(pairs, [][2]int{{20, 4}}) {
		t.Error(pairs)
	}
}

// TestDamaged opens what is left of a project's files, and hands that on.
func TestDamaged(t *testing.T) {
	files := newMemory()
	p := some(t, files, 150)
	var short []byte
	for _, q := range p.Pictures {
		if q.Shard == p.pack.last {
			short = files.files[p.pack.name(q.Shard)][:q.At+q.Size] // its first picture is whole
			files.files[p.pack.name(q.Shard)] = short
			break
		}
	}
	whole := 0
	for _, q := range p.Pictures {
		if q.Shard < p.pack.last {
			whole++
		}
	}
	again, err := Open(files, p.ID)
	if err != nil || len(again.Pictures) != whole+1 {
		t.Fatalf("%v, %d pictures, want %d", err, len(again.Pictures), whole+1)
	}
	had := images(t, again)
	if err := errorOf(again.Add(0, noise(9999, 40), 40)); err != nil {
		t.Fatal(err)
	}
	if got := images(t, again); !slices.Equal(got[:len(had)], had) {
		t.Error("what comes new takes the place of something")
	}
	files.files[again.pack.name(0)] = nil // lost while it is open
	again.pack.content = nil
	if lost, err := again.Archive(io.Discard, Kept{}, nil); err != nil || lost == 0 {
		t.Errorf("%v, %d are lost", err, lost)
	}
	files.files[prefix+p.ID] = []byte("{")
	if _, err := Open(files, p.ID); err == nil || !strings.Contains(err.Error(), "damaged") {
		t.Error(err)
	}
}

// TestUndoAndAdd takes a picture back and adds another in its place: it is not taken for the one before.
func TestUndoAndAdd(t *testing.T) {
	p := some(t, newMemory(), 4)
	one := func(seed uint64) *Data {
		t.Helper()
		p.Begin()
		if err := errorOf(p.Add(0, noise(seed, 20), 20)); err != nil {
			t.Fatal(err)
		}
		d, _, err := p.Data(task.Shape{8, 8, 3}, nil)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	_, before, err := p.Data(task.Shape{8, 8, 3}, nil)
	if err != nil {
		t.Fatal(err)
	}
	first, state := one(1001), p.State
	p.Undo()
	second := one(1002)
	if len(before.Pictures) != 8 || len(state.Pictures) != 9 || state.Pictures[8].Sum == p.Pictures[8].Sum {
		t.Error("an earlier state was written into")
	}
	if a, _ := first.Picture(8); bytes.Equal(a, second.Pixels[8*192:]) {
		t.Error("the picture is the one that was taken back")
	}
	if p.Pictures[8].Serial == state.Pictures[8].Serial {
		t.Error("two pictures have had one serial number")
	}
}

// TestSplit sets the same pictures aside whatever others come, and frames of a film together.
func TestSplit(t *testing.T) {
	p := some(t, newMemory(), 20)
	split := func() map[int]bool {
		d, _, err := p.Data(task.Shape{8, 8, 3}, nil)
		if err != nil {
			t.Fatal(err)
		}
		_, held := d.Split(0.2, 1)
		out := map[int]bool{}
		for _, i := range held {
			out[d.Of[i].Serial] = true
		}
		return out
	}
	first := split()
	if len(first) != 8 {
		t.Errorf("%d are held out of 40", len(first))
	}
	for i := range 20 {
		if err := errorOf(p.Add(i%2, noise(uint64(500+i), 30), 30)); err != nil {
			t.Fatal(err)
		}
	}
	still := 0
	for serial := range split() {
		if first[serial] {
			still++
		}
	}
	if still < 5 {
		t.Errorf("%d of 8 are still held out", still)
	}
	film, err := New(newMemory(), "film", "a", "b")
	if err != nil {
		t.Fatal(err)
	}
	for i := range 200 {
		if err := errorOf(film.Go(i/100, noise(uint64(i), 10), 10, i%100 > 0)); err != nil {
			t.Fatal(err)
		}
	}
	d, _, err := film.Data(task.Shape{8, 8, 3}, nil)
	if err != nil {
		t.Fatal(err)
	}
	_, held := d.Split(0.2, 1)
	films := map[int]int{}
	for _, i := range held {
		films[d.Of[i].Film]++
	}
	if len(held) != 40 || len(films) != 4 {
		t.Errorf("%d frames of %d films are held out", len(held), len(films))
	}
}

// TestComesBackAsItWas saves pictures that would be cropped if they were uploaded, and opens them.
func TestComesBackAsItWas(t *testing.T) {
	p := some(t, newMemory(), 1)
	pixels := bytes.Repeat([]byte{255}, 3*96*96)
	for y := 40; y < 56; y++ {
		for x := 40; x < 56; x++ {
			copy(pixels[3*(96*y+x):], []byte{200, 0, 0})
		}
	}
	if err := errorOf(p.Add(0, pixels, 96)); err != nil {
		t.Fatal(err)
	}
	q, _, _, err := FromArchive(newMemory(), archived(t, p, Kept{}), DecodeFile, never)
	if err != nil {
		t.Fatal(err)
	}
	sums := func(p *Project) (all []uint64) {
		for _, k := range p.Pictures {
			all = append(all, k.Sum)
		}
		slices.Sort(all)
		return all
	}
	if !slices.Equal(sums(p), sums(q)) {
		t.Error("they are others")
	}
}

// FuzzFromArchive opens what is perhaps a project's archive.
func FuzzFromArchive(f *testing.F) {
	p := some(f, newMemory(), 3)
	var b bytes.Buffer
	if _, err := p.Archive(&b, Kept{Networks: map[string][]byte{"one": {1}}, Using: "one"}, nil); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Fuzz(func(t *testing.T, b []byte) { open(t, b) })
}

// open opens what is perhaps a project's archive, and looks that all that it took can be used.
func open(t *testing.T, b []byte) {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil || !IsArchive(z) {
		return
	}
	q, _, _, err := FromArchive(newMemory(), z, DecodeFile, never)
	if err != nil {
		return
	}
	for i := range q.Pictures {
		if _, err := q.Image(i); err != nil {
			t.Error(err)
		}
	}
	if _, err := q.Archive(io.Discard, Kept{}, nil); err != nil {
		t.Error(err)
	}
}

// cut is files of which no more can be removed after some.
type cut struct {
	*memory
	left int
}

func (c *cut) Remove(name string) error {
	if c.left--; c.left < 0 {
		return errors.New("the page is gone")
	}
	return c.memory.Remove(name)
}

// TestCollect cuts the deletion of a project off at each of its files: either it is there as it was, or what is
// left of it is collected, and nothing of another project.
func TestCollect(t *testing.T) {
	for removed := range 5 {
		files := &cut{&memory{files: map[string][]byte{"using-project": []byte("x")}}, removed}
		var ids []string
		for range 2 {
			p, err := New(files, "Pets", "cat")
			if err != nil {
				t.Fatal(err)
			}
			for i := range 200 { // several shards
				if _, err := p.Add(0, noise(uint64(i), 64), 64); err != nil {
					t.Fatal(err)
				}
			}
			if err := p.Save(); err != nil {
				t.Fatal(err)
			}
			ids = append(ids, p.ID)
		}
		p, err := Open(files, ids[0])
		if err != nil {
			t.Fatal(err)
		}
		err = p.Delete()
		files.left = 100
		if err := Collect(files); err != nil {
			t.Fatal(err)
		}
		there, _ := List(files)
		if gone := !slices.Contains(there, ids[0]); gone != (err == nil) || gone != (removed > 0) {
			t.Errorf("%d files removed: gone %v, %v", removed, gone, err)
		}
		of := map[string]int{}
		for name := range files.files {
			for _, id := range ids {
				if strings.HasPrefix(name, prefix+id) {
					of[id]++
				}
			}
		}
		if other, err := Open(files, ids[1]); err != nil || len(other.Pictures) != 200 || of[ids[1]] < 3 || len(files.files) != 1+of[ids[0]]+of[ids[1]] {
			t.Errorf("%d files removed: the other project has %d files, %v", removed, of[ids[1]], err)
		}
		if n := of[ids[0]]; removed == 0 && n != of[ids[1]] || removed > 0 && n != 0 {
			t.Errorf("%d files removed: %d are left", removed, n)
		}
	}
}

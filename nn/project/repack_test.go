package project

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image/color"
	"io"
	"slices"
	"strings"
	"testing"
)

// sound takes a network for one that has a number in it.
func sound(b []byte) error {
	if !bytes.ContainsAny(b, "123") {
		return errors.New("no number")
	}
	return nil
}

func going() error { return nil }

// repacked is what comes of an archive.
func repacked(b []byte) ([]byte, Summary, error) {
	var out bytes.Buffer
	s, err := Repack(&out, bytes.NewReader(b), int64(len(b)), sound, going)
	return out.Bytes(), s, err
}

// given is an archive with a network.
func given(t testing.TB, p *Project) []byte {
	t.Helper()
	var b bytes.Buffer
	if _, err := p.Archive(&b, Kept{Networks: map[string][]byte{"one": []byte("123")}, Using: "one"}, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestRepack writes an archive anew: it opens as the first one does, and a copy of the copy is the copy.
func TestRepack(t *testing.T) {
	p := some(t, newMemory(), 20)
	for i, name := range []string{"猫/犬", "CON"} {
		if err := p.RenameClass(i, name); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.AddClass("empty"); err != nil {
		t.Fatal(err)
	}
	b, s, err := repacked(given(t, p))
	if err != nil || s != (Summary{"Pets", 3, 40, true}) {
		t.Fatal(err, s)
	}
	if again, err := Summarize(bytes.NewReader(b), int64(len(b))); err != nil || again != s {
		t.Error(err, again)
	}
	if again, _, err := repacked(b); err != nil || !bytes.Equal(again, b) {
		t.Error("a copy of the copy is another", err)
	}
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	q, kept, skipped, err := FromArchive(newMemory(), z, DecodeFile, never)
	if err != nil || len(skipped) > 0 || !slices.Equal(q.Classes, p.Classes) || string(kept.Networks[kept.Using]) != "123" {
		t.Fatal(err, skipped, q.Classes, kept)
	}
	want, got := images(t, p), images(t, q)
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Error("the pictures are others")
	}
	bare := *p
	bare.Pictures = nil
	if _, s, err := repacked(given(t, &bare)); err != nil || s.Pictures != 0 || s.Classes != 3 || !s.Network {
		t.Error("without pictures:", err, s)
	}
}

// entry is a file of an archive that is made by hand.
type entry struct {
	zip.FileHeader
	b []byte
}

func made(t testing.TB, entries ...entry) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, e := range entries {
		out, err := w.CreateHeader(&e.FileHeader)
		if err != nil {
			t.Fatal(err)
		}
		out.Write(e.b)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// chunk is a part of a PNG file, of a type and its bytes.
func chunk(content string) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(content)-4))
	b = append(b, content...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE([]byte(content)))
}

func named(name string, b []byte) entry {
	return entry{zip.FileHeader{Name: name, Method: zip.Deflate}, b}
}

// TestRepackRefuses what is not as a project's archive is written.
func TestRepackRefuses(t *testing.T) {
	const text = `{"tenfold_project":1,"name":"x","classes":[{"name":"a","folder":"a"},{"name":"b","folder":"b"}],"network":"n"}`
	about, network := named(aboutFile, []byte(text)), named("networks/n.safetensors", []byte("1"))
	square := pngOf(t, color.White, 9, 9)
	picture := named("classes/a/1.png", square)
	sealed, link := picture, picture
	sealed.Flags = 1
	link.SetMode(0o777 | 1<<27) // fs.ModeSymlink
	huge := slices.Concat(square[:8], chunk("IHDR\x00\x01\x00\x00\x00\x01\x00\x00\x08\x02\x00\x00\x00"), square[33:])
	good := made(t, about, picture, network)
	if _, s, err := repacked(good); err != nil || s.Pictures != 1 {
		t.Fatal(err, s)
	}
	commented := slices.Clone(good)
	commented[len(commented)-2] = 3
	many := []entry{about, network}
	for range 70000 {
		many = append(many, entry{zip.FileHeader{Name: "classes/a/1.png"}, nil})
	}
	for name, c := range map[string]struct {
		b    []byte
		want string
	}{
		"nothing":                 {nil, "is no .zip"},
		"text":                    {[]byte(strings.Repeat("hello ", 100)), "is no .zip"},
		"cut short":               {good[:len(good)-5], "is no .zip"},
		"something before it":     {append([]byte("MZ\x90"), good...), "something else in it"},
		"something behind it":     {append(slices.Clone(good), "<script>"...), "is no .zip"},
		"a comment":               {append(commented, "abc"...), "is no .zip"},
		"of something else":       {made(t, picture), "has no project.json"},
		"a program beside it":     {made(t, about, picture, network, named("setup.exe", []byte("MZ"))), "setup.exe is no part of a project"},
		"a path upwards":          {made(t, about, network, named("classes/a/../../../etc/1.png", square)), "is no part of a project"},
		"an absolute path":        {made(t, about, network, named("/classes/a/1.png", square)), "is no part of a project"},
		"backslashes":             {made(t, about, network, named(`classes\a\1.png`, square)), "is no part of a project"},
		"a folder of no class":    {made(t, about, network, named("classes/c/1.png", square)), "is no part of a project"},
		"a folder":                {made(t, about, network, named("classes/a/", nil)), "is no plain file"},
		"a link":                  {made(t, about, network, link), "is no plain file"},
		"encrypted":               {made(t, about, network, sealed), "is encrypted"},
		"a file twice":            {made(t, about, picture, picture, network), "is there twice"},
		"a page called a picture": {made(t, about, network, named("classes/a/1.png", []byte("<html>"))), "is no PNG"},
		"a huge picture":          {made(t, about, network, named("classes/a/1.png", huge)), "want a square of at most 96x96"},
		"an oblong picture":       {made(t, about, network, named("classes/a/1.png", pngOf(t, color.White, 9, 8))), "want a square"},
		"a picture cut short":     {made(t, about, network, named("classes/a/1.png", square[:len(square)-20])), "is damaged"},
		"a bomb":                  {made(t, about, network, named("classes/a/1.png", make([]byte, 100<<20))), "is larger than 64 kB"},
		"a bomb of an about":      {made(t, named(aboutFile, make([]byte, 2<<20))), "is larger than 1 MB"},
		"a network that is none":  {made(t, about, named("networks/n.safetensors", []byte("x"))), "is no network: no number"},
		"another network":         {made(t, about, network, named("networks/m.safetensors", []byte("1"))), "is no part of a project"},
		"no network":              {made(t, about), "network is missing"},
		"a later version":         {made(t, named(aboutFile, []byte(strings.Replace(text, ":1", ":2", 1)))), "later version"},
		"two classes of one name": {made(t, named(aboutFile, []byte(strings.ReplaceAll(text, `"name":"b"`, `"name":"A"`)))), "cannot both be called"},
		"two classes of a folder": {made(t, named(aboutFile, []byte(strings.ReplaceAll(text, `"folder":"b"`, `"folder":"a"`)))), "none of one class"},
		"no name":                 {made(t, named(aboutFile, []byte(strings.ReplaceAll(text, `"x"`, `"\u0000"`)))), "a name is wanted"},
		"seventy thousand files":  {made(t, many...), "too many files"},
	} {
		if _, _, err := repacked(c.b); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
	// What is hidden in a picture's file is not in the copy.
	told := slices.Concat(square[:33], chunk("tEXtComment\x00SECRET"), square[33:])
	if b, _, err := repacked(made(t, about, network, entry{zip.FileHeader{Name: "classes/a/1.png"}, told})); err != nil || bytes.Contains(b, []byte("SECRET")) {
		t.Error("a text in a picture comes through, or the picture does not:", err)
	}
	stop := errors.New("stop")
	if _, err := Repack(io.Discard, bytes.NewReader(good), int64(len(good)), sound, func() error { return stop }); !errors.Is(err, stop) {
		t.Error("it is not ended:", err)
	}
}

// FuzzRepack writes anew what is perhaps a project's archive: what comes of it is one.
func FuzzRepack(f *testing.F) {
	f.Add(given(f, some(f, newMemory(), 3)))
	f.Fuzz(func(t *testing.T, b []byte) { again(t, b) })
}

// again writes an archive anew, twice.
func again(t *testing.T, b []byte) {
	out, s, err := repacked(b)
	if err != nil {
		return
	}
	if again, s2, err := repacked(out); err != nil || s != s2 || !bytes.Equal(again, out) {
		t.Errorf("%v, %v and %v", err, s, s2)
	}
}

// FuzzParts opens archives whose files are anything, under any names: the sums in a .zip stop what
// changes its bytes.
func FuzzParts(f *testing.F) {
	const text = `{"tenfold_project":1,"name":"x","classes":[{"name":"a","colour":3,"folder":"a"},{"name":"b","folder":"b"}],"network":"n"}`
	f.Add([]byte(text), "classes/a/1.png", pngOf(f, color.White, 9, 9), "networks/n.safetensors", []byte("1"))
	f.Fuzz(func(t *testing.T, about []byte, name string, picture []byte, other string, network []byte) {
		b := made(t, named(aboutFile, about), named(name, picture), named(other, network))
		again(t, b)
		open(t, b)
	})
}

package hdf5

import (
	"os"
	"slices"
	"strings"
	"testing"
)

func file(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func opened(t testing.TB, name string) *File {
	t.Helper()
	f, err := Read(file(t, name))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// TestAttributes reads strings and numbers attached to the root.
func TestAttributes(t *testing.T) {
	root := opened(t, "kinds.h5").Root
	for name, want := range map[string][]string{
		"fixed": {"conv2d", "dense_1"}, "variable": {"héllo", "", "猫"}, "one": {"a single string"},
		"cut": {"part0", "part1", "part2", "part3", "part4", "part5"}, "absent": nil, "empty": nil,
	} {
		if got := root.Strings(name); !slices.Equal(got, want) {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	for name, want := range map[string][]float64{"numbers": {1, -2, 3}, "true": {1}} {
		i := slices.IndexFunc(root.Attributes, func(a Attribute) bool { return a.Name == name })
		if i < 0 || !slices.Equal(root.Attributes[i].Numbers, want) {
			t.Errorf("%s is %v", name, root.Attributes)
		}
	}
}

// TestNumbers reads arrays of all kinds of numbers, packed in all ways.
func TestNumbers(t *testing.T) {
	root := opened(t, "kinds.h5").Root
	arrays := 0
	for _, group := range []string{"types", "packed"} {
		for _, c := range root.Find(group).Children {
			d := c.Dataset
			x, err := d.Read()
			if err != nil {
				t.Errorf("%s: %v", c.Name, err)
				continue
			}
			arrays++
			first := float32(0)
			if group == "types" && !strings.Contains(c.Name, "u4") {
				first = -20
			}
			for i, v := range x {
				if v != first+float32(i) {
					t.Errorf("%s: number %d is %g, want %g", c.Name, i, v, first+float32(i))
					break
				}
			}
			if c.Name != "large" && !slices.Equal(d.Shape, []int{5, 7, 3}) {
				t.Errorf("%s has shape %v", c.Name, d.Shape)
			}
		}
	}
	if arrays != 13 {
		t.Errorf("%d arrays", arrays)
	}
	if n := len(root.Find("a/b/c").Children); n != 40 {
		t.Errorf("%d groups in a/b/c", n)
	}
	for path, want := range map[string][]float32{"scalar": {1.5}, "unwritten": {0, 0, 0, 0}, "none": {}} {
		if x, err := root.Find(path).Read(); err != nil || !slices.Equal(x, want) {
			t.Errorf("%s is %v (%v)", path, x, err)
		}
	}
	if _, err := root.Find("text").Read(); err == nil {
		t.Error("strings are read as numbers")
	}
}

// TestNew reads a file of the newest kind, and checks what cannot be read of such files.
func TestNew(t *testing.T) {
	f := opened(t, "latest.h5")
	if x, err := f.Root.Find("group/x").Read(); err != nil || !slices.Equal(x, []float32{0, 1, 2, 3, 4, 5}) || f.Root.Strings("name")[0] != "new" {
		t.Errorf("%v (%v)", x, err)
	}
	for name, want := range map[string]string{"trees.h5": "an array that can grow along several axes", "many.h5": "a group in a fractal heap"} {
		if _, err := Read(file(t, name)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestIndexes reads chunks by each index that files of the newest kind have for them.
func TestIndexes(t *testing.T) {
	root := opened(t, "indexes.h5").Root
	kinds := map[byte]int{}
	var all []Child
	for _, o := range []*Object{root, root.Find("a"), root.Find("b"), opened(t, "kept.h5").Root} {
		for _, c := range o.Children {
			if c.Dataset != nil {
				all = append(all, c)
			}
		}
	}
	for _, c := range all {
		x, err := c.Read()
		if err != nil {
			t.Errorf("%s: %v", c.Name, err)
			continue
		}
		kinds[c.index.kind]++
		n := 1
		for _, d := range c.Shape {
			n *= d
		}
		for i, v := range x {
			want := float32(i)
			if c.Name == "unwritten" {
				want = 0
			}
			if v != want || len(x) != n {
				t.Errorf("%s: number %d of %d is %g, want %g", c.Name, i, len(x), v, want)
				break
			}
		}
	}
	if kinds[isSingle] != 2 || kinds[isImplicit] != 1 || kinds[isFixed] < 7 || kinds[isExtensible] != 4 {
		t.Errorf("of each kind there are %v", kinds)
	}
}

// TestDamaged reads a file that is cut off anywhere, or has another byte anywhere.
func TestDamaged(t *testing.T) {
	for _, name := range []string{"kinds.h5", "indexes.h5"} {
		mangled(t, file(t, name))
	}
	for _, name := range []string{"kinds.h5", "latest.h5"} { // superblocks 0 and 3
		if _, err := Read(file(t, name)[:len(file(t, name))-1]); err == nil || !strings.Contains(err.Error(), "hdf5: the file is cut short: it has ") {
			t.Errorf("%s without its last byte: %v", name, err)
		}
	}
	if _, err := Read([]byte("hello")); err == nil || err.Error() != "hdf5: this is not an HDF5 file" {
		t.Errorf("%v", err)
	}
}

// mangled reads a file without its end, and with other bytes.
func mangled(t *testing.T, whole []byte) {
	t.Helper()
	all := func(b []byte) {
		f, err := Read(b)
		if err != nil {
			return
		}
		walk(f.Root)
	}
	step := max(1, len(whole)/3000)
	for n := 0; n < len(whole); n += 101 * step / 8 {
		all(whole[:n])
	}
	for n := 0; n < len(whole); n += 61 * step / 8 {
		b := slices.Clone(whole)
		b[n] ^= 0xff
		all(b)
	}
}

// walk reads all that is in a group.
func walk(o *Object) {
	if o.Dataset != nil {
		o.Read()
	}
	o.Strings("cut")
	for _, c := range o.Children {
		walk(c.Object)
	}
}

func FuzzRead(f *testing.F) {
	for _, name := range []string{"kinds.h5", "latest.h5", "kept.h5", "many.h5", "indexes.h5", "trees.h5"} {
		f.Add(file(f, name))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if f, err := Read(b); err == nil {
			walk(f.Root)
		}
	})
}

package hdf5

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// tree returns one with all that can be written.
func tree() *Object {
	rng := rand.New(rand.NewPCG(1, 2))
	root := &Object{}
	root.SetString("model_config", strings.Repeat(`{"class_name": "Sequential"}`, 9000)) // more than a header may have
	root.SetString("empty", "")
	root.SetString("other", "héllo 猫")
	root.SetStrings("names", []string{"conv2d", "", "dense_1", "é"})
	root.SetStrings("none", nil)
	var many []string
	for i := range 4000 {
		many = append(many, fmt.Sprintf("a_layer_with_a_long_name_%d", i))
	}
	root.SetStrings("cut", many)
	root.Attributes = append(root.Attributes, Attribute{Name: "number", Numbers: []float64{1.5}, Scalar: true}, Attribute{Name: "numbers", Numbers: []float64{1, -2, 3e100}})
	for _, shape := range [][]int{{}, {1}, {7}, {3, 3, 3, 16}, {0, 4}, {2, 1, 5}} {
		n := 1
		for _, d := range shape {
			n *= d
		}
		x := make([]float32, n)
		for i := range x {
			x[i] = math.Float32frombits(rng.Uint32())
		}
		root.Put(fmt.Sprintf("arrays/a%v", shape), shape, x)
	}
	for _, n := range []int{0, 1, 8, 9, 255, 256, 257, 3000} { // one node, several, and several levels of them
		g := root.Group(fmt.Sprintf("groups/of_%d", n))
		for i := range n {
			g.Put(fmt.Sprintf("x%d", i), []int{1}, []float32{float32(i)})
		}
	}
	deep := root.Group("model_weights/conv2d/conv2d")
	deep.SetString("who", "it is the kernel's")
	deep.Put("kernel:0", []int{2, 2}, []float32{1, 2, 3, 4})
	return root
}

// TestWrite reads what is written.
func TestWrite(t *testing.T) {
	root := tree()
	b, err := Write(root)
	if err != nil {
		t.Fatal(err)
	}
	f, err := Read(b)
	if err != nil {
		t.Fatal(err)
	}
	alike(t, "", f.Root, root)
	again, err := Write(f.Root)
	if err != nil || !slices.Equal(again, b) {
		t.Errorf("what was read is written otherwise: %v", err)
	}
	if got, want := len(f.Root.Strings("cut")), 4000; got != want {
		t.Errorf("%d texts of a long list, want %d", got, want)
	}
}

// alike compares two trees.
func alike(t *testing.T, path string, got, want *Object) {
	t.Helper()
	for i, a := range want.Attributes {
		if len(a.Strings) == 0 {
			a.Strings = nil
		}
		g := got.Attributes[i]
		if len(g.Numbers) == 0 {
			g.Numbers = nil
		}
		if !reflect.DeepEqual(g, a) {
			t.Errorf("%s: the attribute %q is %.100v, want %.100v", path, a.Name, g, a)
		}
	}
	if len(got.Attributes) != len(want.Attributes) || len(got.Children) != len(want.Children) || (got.Dataset == nil) != (want.Dataset == nil) {
		t.Fatalf("%s: %d attributes and %d children, want %d and %d", path, len(got.Attributes), len(got.Children), len(want.Attributes), len(want.Children))
	}
	if want.Dataset != nil {
		x, err := got.Read()
		if err != nil || !slices.Equal(got.Shape, want.Shape) || !slices.Equal(bits(x), bits(want.values)) {
			t.Errorf("%s: shape %v, want %v (%v)", path, got.Shape, want.Shape, err)
		}
	}
	for _, c := range want.Children {
		if g := got.Find(c.Name); g == nil {
			t.Errorf("%s/%s is not there", path, c.Name)
		} else {
			alike(t, path+"/"+c.Name, g, c.Object)
		}
	}
}

func bits(x []float32) []uint32 {
	all := make([]uint32, len(x))
	for i, v := range x {
		all[i] = math.Float32bits(v)
	}
	return all
}

// TestPython lets h5py read all of what is written.
func TestPython(t *testing.T) {
	python := withH5py(t)
	root := tree()
	b, err := Write(root)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "written.h5")
	if err := os.WriteFile(path, b, 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(python, "testdata/walk.py", path).Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, err.(*exec.ExitError).Stderr)
	}
	var found map[string]struct {
		Attributes map[string]any
		Shape      []int
		Type       string
		Bits       []uint32
		Children   []string
	}
	if err := json.Unmarshal(out, &found); err != nil {
		t.Fatal(err)
	}
	count := 0
	var look func(name string, o *Object)
	look = func(name string, o *Object) {
		count++
		got, ok := found[name]
		if !ok {
			t.Fatalf("h5py finds no %s", name)
		}
		if len(got.Attributes) != len(o.Attributes) {
			t.Errorf("%s has %d attributes, want %d", name, len(got.Attributes), len(o.Attributes))
		}
		for _, a := range o.Attributes {
			var want any
			switch {
			case a.Scalar && len(a.Strings) == 1:
				want = a.Strings[0]
			case a.Scalar:
				want = a.Numbers[0]
			default:
				list := []any{}
				for _, s := range a.Strings {
					list = append(list, s)
				}
				for _, v := range a.Numbers {
					list = append(list, v)
				}
				want = list
			}
			if !reflect.DeepEqual(got.Attributes[a.Name], want) {
				t.Errorf("%s: the attribute %s is %.100v, want %.100v", name, a.Name, got.Attributes[a.Name], want)
			}
		}
		if o.Dataset != nil && (!slices.Equal(got.Shape, o.Shape) || got.Type != "<f4" || !slices.Equal(got.Bits, bits(o.values))) {
			t.Errorf("%s has shape %v of %s, want %v, or other numbers", name, got.Shape, got.Type, o.Shape)
		}
		var children []string
		for _, c := range o.Children {
			children = append(children, c.Name)
			look(strings.TrimPrefix(name+"/"+c.Name, "//"), c.Object)
		}
		slices.Sort(children)
		if !slices.Equal(got.Children, children) {
			t.Errorf("%s has the children %.100v, want %.100v", name, got.Children, children)
		}
	}
	look("/", root)
	if count != len(found) {
		t.Errorf("h5py finds %d objects, want %d", len(found), count)
	}
}

// withH5py returns a Python that has h5py.
func withH5py(t testing.TB) string {
	for _, python := range []string{"/usr/bin/python3", "python3"} {
		if exec.Command(python, "-c", "import h5py").Run() == nil {
			return python
		}
	}
	t.Skip("SKIPPED: no Python with h5py is installed (Debian: apt-get install python3-h5py), and it is what checks the HDF5 files that go out to Keras")
	return ""
}

// TestUnwritable says what does not fit into a file.
func TestUnwritable(t *testing.T) {
	twice, path, wrong, long := &Object{}, &Object{}, &Object{}, &Object{}
	twice.Put("a", []int{1}, []float32{1})
	twice.Put("a", []int{1}, []float32{1})
	path.Children = []Child{{"a/b", &Object{}}}
	wrong.Put("a", []int{3}, []float32{1})
	long.Attributes = []Attribute{{Name: "a", Numbers: make([]float64, 9000)}}
	for want, root := range map[string]*Object{
		`a group has an object of the name "a"`:   twice,
		`a group has an object of the name "a/b"`: path,
		`1 numbers of an array of shape [3]`:      wrong,
		`the attribute "a" has 72000 bytes`:       long,
	} {
		if _, err := Write(root); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

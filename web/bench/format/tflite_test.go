package format

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	flatbuffers "github.com/google/flatbuffers/go"

	"tenfold/nn/model"
	"tenfold/nn/task"
)

// table reads a table's fields by their numbers in the schema.
type table struct{ flatbuffers.Table }

func root(file []byte) table {
	return table{flatbuffers.Table{Bytes: file, Pos: flatbuffers.GetUOffsetT(file)}}
}

func (t table) at(field int) flatbuffers.UOffsetT {
	return flatbuffers.UOffsetT(t.Offset(flatbuffers.VOffsetT(4 + 2*field)))
}

func (t table) integer(field int) int {
	if o := t.at(field); o != 0 {
		return int(t.GetInt32(t.Pos + o))
	}
	return 0
}

func (t table) byte(field int) int {
	if o := t.at(field); o != 0 {
		return int(t.GetByte(t.Pos + o))
	}
	return 0
}

func (t table) float(field int) float32 {
	if o := t.at(field); o != 0 {
		return t.GetFloat32(t.Pos + o)
	}
	return 0
}

func (t table) text(field int) string { return string(t.ByteVector(t.at(field) + t.Pos)) }

func (t table) integers(field int) []int {
	o := t.at(field)
	if o == 0 {
		return nil
	}
	var all []int
	start := t.Vector(o)
	for i := range t.VectorLen(o) {
		all = append(all, int(t.GetInt32(start+flatbuffers.UOffsetT(4*i))))
	}
	return all
}

func (t table) tables(field int) []table {
	o := t.at(field)
	if o == 0 {
		return nil
	}
	var all []table
	start := t.Vector(o)
	for i := range t.VectorLen(o) {
		all = append(all, table{flatbuffers.Table{Bytes: t.Bytes, Pos: t.Indirect(start + flatbuffers.UOffsetT(4*i))}})
	}
	return all
}

func (t table) table(field int) table {
	return table{flatbuffers.Table{Bytes: t.Bytes, Pos: t.Indirect(t.Pos + t.at(field))}}
}

// read is a file that has been read back.
type read struct {
	t                           *testing.T
	codes                       []int
	tensors, operators, buffers []table
}

func readTFLite(t *testing.T, file []byte) read {
	t.Helper()
	if string(file[4:8]) != "TFL3" {
		t.Fatalf("the file is a %q", file[4:8])
	}
	m := root(file)
	graph := m.tables(2)[0]
	r := read{t: t, tensors: graph.tables(0), operators: graph.tables(3), buffers: m.tables(4)}
	if m.integer(0) != 3 || r.buffers[0].at(0) != 0 {
		t.Errorf("schema %d, and the first buffer must be empty", m.integer(0))
	}
	for _, c := range m.tables(1) {
		r.codes = append(r.codes, c.integer(3))
	}
	there := map[int]bool{}
	for _, x := range graph.integers(1) {
		there[x] = true
	}
	for i, x := range r.tensors {
		dims, data := task.Shape(x.integers(0)), r.data(i)
		if data == nil {
			continue
		}
		there[i] = true
		if len(data) != 4*dims.Size() {
			t.Errorf("%s: %d bytes for %v", x.text(3), len(data), dims)
		}
		b := r.buffers[x.integer(2)]
		if at := b.Vector(b.at(0)); at%16 != 0 {
			t.Errorf("%s lies at %d, no multiple of 16", x.text(3), at)
		}
	}
	for i, o := range r.operators {
		for _, x := range o.integers(1) {
			if !there[x] {
				t.Errorf("operator %d takes in tensor %d, which nothing before it puts out", i, x)
			}
		}
		there[o.integers(2)[0]] = true
	}
	if last := r.operators[len(r.operators)-1].integers(2); !slices.Equal(graph.integers(2), last) {
		t.Errorf("the graph puts out %v, its last operator %v", graph.integers(2), last)
	}
	return r
}

// data returns a tensor's bytes, nil if it is none that is constant.
func (r read) data(tensor int) []byte {
	b := r.buffers[r.tensors[tensor].integer(2)]
	if b.at(0) == 0 {
		return nil
	}
	return b.ByteVector(b.Pos + b.at(0))
}

// constant returns a tensor by its name.
func (r read) constant(name string) ([]float32, []int) {
	for i, x := range r.tensors {
		if x.text(3) != name {
			continue
		}
		var v []float32
		for b := r.data(i); len(b) > 0; b = b[4:] {
			v = append(v, math.Float32frombits(binary.LittleEndian.Uint32(b)))
		}
		return v, x.integers(0)
	}
	r.t.Fatalf("there is no tensor %q", name)
	return nil, nil
}

// line returns the operators' numbers, those that end with a rectifier with an r.
func (r read) line() string {
	fused := map[int]int{conv2D: 3, maxPool2D: 5, fullyConnected: 0, addition: 0, multiplication: 0} // the field
	var all []string
	for _, o := range r.operators {
		code := r.codes[o.integer(0)]
		text := fmt.Sprint(code)
		if field, ok := fused[code]; ok && o.table(4).byte(field) == 1 {
			text += "r"
		}
		all = append(all, text)
	}
	return strings.Join(all, " ")
}

func TestTFLite(t *testing.T) {
	for _, c := range []struct {
		net  *model.Network
		line string
	}{
		{model.Tutorial(), "3r 98 3 98 17 3 98 3 98 17 22 9 98 9 98 25"},
		{model.Tenfold(), "3r 3 17 18 0r 3r 3 17 18 0r 3r 3 17 18 0r 3r 40 9 25"},
	} {
		m := drawn(t, c.net)
		file, err := TFLite(m, 32)
		if err != nil {
			t.Fatal(err)
		}
		r := readTFLite(t, file)
		if got := r.line(); got != c.line {
			t.Errorf("%s: operators %s, want %s", m.Name, got, c.line)
		}
		if in, out := r.tensors[0].integers(0), r.tensors[r.operators[len(r.operators)-1].integers(2)[0]].integers(0); fmt.Sprint(in, out) != "[32 32 32 3] [32 10]" {
			t.Errorf("%s: %v becomes %v", m.Name, in, out)
		}
	}
	if _, err := TFLite(drawn(t, model.ResNet20()), 1); err != nil {
		t.Error(err)
	}
}

// TestTFLiteSettings looks for single weights and settings where the schema has them.
func TestTFLiteSettings(t *testing.T) {
	m := drawn(t, model.Tutorial())
	file, err := TFLite(m, 1)
	if err != nil {
		t.Fatal(err)
	}
	r := readTFLite(t, file)
	for _, w := range m.Weights() {
		switch w.Path {
		case "conv2d_1/kernel": // HWIO to OHWI
			got, dims := r.constant(w.Path)
			y, x, in, out := 2, 1, 5, 9
			if want := w.Data[((y*3+x)*16+in)*32+out]; got[((out*3+y)*3+x)*16+in] != want || !slices.Equal(dims, []int{32, 3, 3, 16}) {
				t.Errorf("%s %v: want %g", w.Path, dims, want)
			}
		case "dense/kernel":
			got, dims := r.constant(w.Path)
			if want := w.Data[700*256+33]; got[33*4096+700] != want || !slices.Equal(dims, []int{256, 4096}) {
				t.Errorf("%s %v: want %g", w.Path, dims, want)
			}
		}
	}
	for i, o := range r.operators {
		with := o.table(4)
		switch r.codes[o.integer(0)] {
		case conv2D:
			if o.byte(3) != 1 || with.byte(0) != 0 || with.integer(1) != 1 || with.integer(2) != 1 || with.integer(4) != 1 || with.integer(5) != 1 {
				t.Errorf("operator %d: settings of table %d", i, o.byte(3))
			}
		case maxPool2D:
			if o.byte(3) != 5 || with.byte(0) != 1 || with.integer(1) != 2 || with.integer(2) != 2 || with.integer(3) != 2 || with.integer(4) != 2 {
				t.Errorf("operator %d: settings of table %d", i, o.byte(3))
			}
		case leakyReLU:
			if o.byte(3) != 75 || with.float(0) != 0.1 {
				t.Errorf("operator %d: table %d, slope %g", i, o.byte(3), with.float(0))
			}
		case softmax:
			if o.byte(3) != 9 || with.float(0) != 1 {
				t.Errorf("operator %d: table %d, beta %g", i, o.byte(3), with.float(0))
			}
		}
	}
}

// Package checkpoint reads and writes named tensors of float32 in the
// safetensors format, https://github.com/huggingface/safetensors#format: eight
// bytes with the length of a JSON header, the header, the tensors' bytes.
package checkpoint

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/x448/float16"
)

// Tensor is a named tensor. Its values are row-major.
type Tensor struct {
	Name  string
	Shape []int
	Data  []float32
}

// File is the content of a safetensors file.
type File struct {
	Tensors  []Tensor
	Metadata map[string]string
}

// Precision is how a tensor's values are written.
type Precision string

const (
	F32 Precision = "F32"
	F16 Precision = "F16" // half the bytes, 11 significant bits, at most 65504
)

// maxHeader bounds the header's length: a header is a few kilobytes.
const maxHeader = 16 << 20

type entry struct {
	DType   Precision `json:"dtype"`
	Shape   []int     `json:"shape"`
	Offsets [2]int    `json:"data_offsets"`
}

func (p Precision) size() int {
	switch p {
	case F32:
		return 4
	case F16:
		return 2
	}
	return 0
}

// Encode returns the file's bytes. The same file gives the same bytes.
func (f *File) Encode(p Precision) ([]byte, error) {
	header := map[string]any{}
	if len(f.Metadata) > 0 {
		header["__metadata__"] = f.Metadata
	}
	at := 0
	for _, t := range f.Tensors {
		n := len(t.Data) * p.size()
		shape := t.Shape
		if shape == nil {
			shape = []int{}
		}
		if header[t.Name] != nil || t.Name == "__metadata__" {
			return nil, fmt.Errorf("checkpoint: two tensors are called %q", t.Name)
		}
		header[t.Name] = entry{p, shape, [2]int{at, at + n}}
		at += n
	}
	head, err := json.Marshal(header)
	if err != nil {
		return nil, fmt.Errorf("checkpoint: %w", err)
	}
	for len(head)%8 != 0 { // so that the tensors are aligned
		head = append(head, ' ')
	}
	out := binary.LittleEndian.AppendUint64(make([]byte, 0, 8+len(head)+at), uint64(len(head)))
	out = append(out, head...)
	for _, t := range f.Tensors {
		out = appendValues(out, t.Data, p)
	}
	return out, nil
}

func appendValues(out []byte, data []float32, p Precision) []byte {
	for _, v := range data {
		if p == F16 {
			out = binary.LittleEndian.AppendUint16(out, float16.Fromfloat32(v).Bits())
		} else {
			out = binary.LittleEndian.AppendUint32(out, math.Float32bits(v))
		}
	}
	return out
}

// Decode reads a file's bytes. Anything that the format does not allow is an
// error that says where.
func Decode(b []byte) (*File, error) {
	if len(b) < 8 {
		return nil, fmt.Errorf("checkpoint: %d bytes: too short for a safetensors file", len(b))
	}
	n := binary.LittleEndian.Uint64(b)
	if n > maxHeader || n > uint64(len(b)-8) {
		return nil, fmt.Errorf("checkpoint: the header claims %d bytes of %d: not a safetensors file, or cut short", n, len(b)-8)
	}
	header, err := members(b[8 : 8+n])
	if err != nil {
		return nil, fmt.Errorf("checkpoint: header: %w", err)
	}
	f := &File{}
	if m, ok := header["__metadata__"]; ok {
		if err := json.Unmarshal(m, &f.Metadata); err != nil {
			return nil, fmt.Errorf("checkpoint: metadata: %w", err)
		}
		delete(header, "__metadata__")
	}
	return f, f.decodeTensors(header, b[8+n:])
}

func (f *File) decodeTensors(header map[string]json.RawMessage, data []byte) error {
	type named struct {
		name string
		entry
	}
	var entries []named
	for name, raw := range header {
		e := named{name: name}
		if err := json.Unmarshal(raw, &e.entry); err != nil {
			return fmt.Errorf("checkpoint: tensor %q: %w", name, err)
		}
		entries = append(entries, e)
	}
	slices.SortFunc(entries, func(a, b named) int {
		if a.Offsets != b.Offsets {
			return slices.Compare(a.Offsets[:], b.Offsets[:])
		}
		return strings.Compare(a.name, b.name)
	})
	at := 0
	for _, e := range entries {
		count, err := e.count(len(data))
		if err != nil {
			return fmt.Errorf("checkpoint: tensor %q: %w", e.name, err)
		}
		size := count * e.DType.size()
		if e.Offsets != [2]int{at, at + size} || at+size > len(data) {
			return fmt.Errorf("checkpoint: tensor %q: lies at bytes %v, want %v of %d", e.name, e.Offsets, [2]int{at, at + size}, len(data))
		}
		f.Tensors = append(f.Tensors, Tensor{e.name, e.Shape, values(data[at:at+size], e.DType)})
		at += size
	}
	if at != len(data) {
		return fmt.Errorf("checkpoint: %d bytes behind the last tensor", len(data)-at)
	}
	return nil
}

// count returns how many elements a tensor has, of which no more than limit can
// be real.
func (e entry) count(limit int) (int, error) {
	if e.DType.size() == 0 {
		return 0, fmt.Errorf("type %q: want F32 or F16", e.DType)
	}
	n := 1
	for _, d := range e.Shape {
		if d < 0 || d > 0 && n > limit/d {
			return 0, fmt.Errorf("shape %v does not fit into %d bytes", e.Shape, limit)
		}
		n *= d
	}
	return n, nil
}

func values(b []byte, p Precision) []float32 {
	out := make([]float32, len(b)/p.size())
	if p == F16 {
		table := halves()
		for i := 0; i < len(out); i += piece {
			n := min(piece, len(out)-i)
			lookUp(out[i:i+n], b[2*i:2*(i+n)], table)
		}
		return out
	}
	for i := range out {
		out[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
	}
	return out
}

// piece is how many elements are read in one go. Browsers run a function that is called
// for the first time as it comes and compile it well while it is called again: one long
// loop would never be.
const piece = 1 << 12

// halves are the values of all IEEE 754 binary16, by their bits. A look into a table
// costs a third of working one out, in a browser that has not compiled the loop well yet.
var halves = sync.OnceValue(func() *[1 << 16]float32 {
	table := new([1 << 16]float32)
	for i := range table {
		table[i] = half(uint16(i))
	}
	return table
})

//go:noinline
func lookUp(dst []float32, b []byte, table *[1 << 16]float32) {
	for i := range dst {
		dst[i] = table[binary.LittleEndian.Uint16(b[2*i:])]
	}
}

// half returns the value of an IEEE 754 binary16. Its exponent and mantissa are put
// where float32 has them and the exponents' biases, 15 and 127, are made up for by a
// product, which is right for subnormal numbers too. The library that Encode uses
// takes ten times as long, which a page that opens has to wait for.
func half(bits uint16) float32 {
	v := math.Float32frombits(uint32(bits&0x7fff)<<13) * 0x1p112
	if bits&0x7c00 == 0x7c00 { // infinite or not a number
		v = math.Float32frombits(uint32(bits&0x7fff)<<13 | 0xff<<23)
	}
	return math.Float32frombits(math.Float32bits(v) | uint32(bits&0x8000)<<16)
}

// Tensor returns the tensor called name, or an error.
func (f *File) Tensor(name string) (Tensor, error) {
	for _, t := range f.Tensors {
		if t.Name == name {
			return t, nil
		}
	}
	return Tensor{}, fmt.Errorf("checkpoint: no tensor is called %q", name)
}

// WriteFile writes f to path by way of a new file that is renamed, so that at
// any time path holds either what it held before or all of f.
func (f *File) WriteFile(path string, p Precision) error {
	b, err := f.Encode(p)
	if err != nil {
		return err
	}
	return Replace(path, func(w io.Writer) error {
		_, err := w.Write(b)
		return err
	})
}

// ReadFile reads the file at path.
func ReadFile(path string) (*File, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("checkpoint: %w", err)
	}
	f, err := Decode(b)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return f, nil
}

// Replace writes a file as write says, and puts it in the place of path only
// when all of it is on the disk.
func Replace(path string, write func(io.Writer) error) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("checkpoint: %w", err)
	}
	defer os.Remove(tmp.Name()) // fails once it is renamed
	if err := write(tmp); err != nil {
		tmp.Close()
		return err
	}
	if err := tmp.Sync(); err != nil {
		tmp.Close()
		return fmt.Errorf("checkpoint: %w", err)
	}
	if err := tmp.Close(); err != nil {
		return fmt.Errorf("checkpoint: %w", err)
	}
	if err := os.Chmod(tmp.Name(), 0o644); err != nil {
		return fmt.Errorf("checkpoint: %w", err)
	}
	if err := os.Rename(tmp.Name(), path); err != nil {
		return fmt.Errorf("checkpoint: %w", err)
	}
	return nil
}

// members returns the members of a JSON object, none of which may come twice: of two tensors
// of one name nobody knows which is meant.
func members(b []byte) (map[string]json.RawMessage, error) {
	var all map[string]json.RawMessage
	if err := json.Unmarshal(b, &all); err != nil {
		return nil, err
	}
	d := json.NewDecoder(bytes.NewReader(b))
	if _, err := d.Token(); err != nil { // the brace
		return nil, err
	}
	seen := map[string]bool{}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return nil, err
		}
		key, ok := name.(string)
		if !ok || seen[key] {
			return nil, fmt.Errorf("%q comes twice", name)
		}
		seen[key] = true
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return nil, err
		}
	}
	return all, nil
}

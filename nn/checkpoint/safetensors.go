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

	"github.com/x448/float16"
)

// Tensor is a named tensor. Its values are row-major.
type Tensor struct {
	Name  string
	Shape []int
	Data  []float32
	Type  Precision // as which the values stood in the file that was read; "" for one that was not
}

// File is the content of a safetensors file.
type File struct {
	Tensors  []Tensor
	Metadata map[string]string
}

// maxHeader bounds the header's length: a header is a few kilobytes.
const maxHeader = 16 << 20

type entry struct {
	DType   Precision `json:"dtype"`
	Shape   []int     `json:"shape"`
	Offsets [2]int    `json:"data_offsets"`
}

// Encode returns the file's bytes, in F32 or F16. The same file gives the same bytes.
func (f *File) Encode(p Precision) ([]byte, error) {
	if p != F32 && p != F16 {
		return nil, fmt.Errorf("checkpoint: type %q is only read: want F32 or F16", p)
	}
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
	if n := len(entries); n > 0 && entries[n-1].Offsets[1] > len(data) {
		return fmt.Errorf("checkpoint: the file is cut short: it has %d bytes of weights of %d; download or save it again", len(data), entries[n-1].Offsets[1])
	}
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
		f.Tensors = append(f.Tensors, Tensor{e.name, e.Shape, values(data[at:at+size], e.DType), e.DType})
		at += size
	}
	if at != len(data) {
		return fmt.Errorf("checkpoint: %d bytes behind the last tensor", len(data)-at)
	}
	return nil
}

// count returns how many elements a tensor has, and an error if more than
// limit.
func (e entry) count(limit int) (int, error) {
	if e.DType.size() == 0 {
		return 0, fmt.Errorf("type %.20q: want %s", e.DType, known())
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

// Replace writes a file as write says, and puts it in place of path only
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

// members returns the members of a JSON object, none of which may appear twice:
// of two tensors with one name, nobody knows which is meant.
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

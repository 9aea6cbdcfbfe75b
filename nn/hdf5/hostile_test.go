package hdf5

import (
	"bytes"
	"encoding/binary"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// TestLoops reads files whose trees, groups, headers and texts lead back to themselves, or are many
// more than the file has room for.
func TestLoops(t *testing.T) {
	root := &Object{}
	root.SetString("text", strings.Repeat("x", 1<<16))
	for _, name := range []string{"a", "b", "c", "d", "e", "f", "g", "h", "i"} {
		root.Put("group/"+name, []int{2}, []float32{1, 2})
	}
	whole, err := Write(root)
	if err != nil {
		t.Fatal(err)
	}
	// of are the places of a signature.
	of := func(b []byte, tag string) (all []int) {
		for at := 0; ; {
			i := bytes.Index(b[at:], []byte(tag))
			if i < 0 {
				return all
			}
			all, at = append(all, at+i), at+i+1
		}
	}
	put := func(b []byte, at int, v uint64) { binary.LittleEndian.PutUint64(b[at:], v) }
	for name, change := range map[string]func(b []byte) []byte{
		"a tree whose nodes are itself": func(b []byte) []byte {
			for _, at := range of(b, "TREE") {
				b[at+5] = 1 // its level
				binary.LittleEndian.PutUint16(b[at+6:], 32)
				for k := range 32 {
					put(b, at+24+16*k+8, uint64(at))
				}
			}
			return b
		},
		"groups that are in one another": func(b []byte) []byte {
			header := binary.LittleEndian.Uint64(b[64:])
			for _, at := range of(b, "SNOD") {
				binary.LittleEndian.PutUint16(b[at+6:], 8)
				for k := range 8 {
					put(b, at+8+40*k+8, header)
				}
			}
			return b
		},
		"one group, many times": func(b []byte) []byte {
			nodes := of(b, "SNOD")
			last := nodes[len(nodes)-1] // the root's
			group := binary.LittleEndian.Uint64(b[last+16:])
			for _, at := range nodes[:len(nodes)-1] { // each object in it is a data set of the same header
				binary.LittleEndian.PutUint16(b[at+6:], 8)
			}
			binary.LittleEndian.PutUint16(b[last+6:], 65535)
			put(b, last+16, group)
			return b
		},
		"a header that goes on in itself": func(b []byte) []byte {
			header := binary.LittleEndian.Uint64(b[64:])
			message := headed(isContinuation, binary.LittleEndian.AppendUint64(binary.LittleEndian.AppendUint64(nil, header+16), 48))
			copy(b[header+16:], message)
			return b
		},
		"a text in itself": func(b []byte) []byte {
			at := of(b, "GCOL")[0]
			put(b, at+8, 1<<63)
			put(b, at+24, 1<<63)
			return b
		},
		"an array of 2^63": func(b []byte) []byte {
			for _, at := range of(b, "\x01\x00\x18\x00\x00\x00\x00\x00\x01\x01") {
				put(b, at+16, 1<<63)
			}
			for _, at := range of(b, "\x01\x00\x10\x00\x00\x00\x00\x00\x01\x01") {
				put(b, at+16, 1<<63)
			}
			return b
		},
	} {
		b := change(slices.Clone(whole))
		if bytes.Equal(b, whole) {
			t.Errorf("%s: nothing has changed", name)
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		f, err := Read(b)
		if err == nil {
			walk(f.Root)
		}
		runtime.ReadMemStats(&after)
		if err == nil {
			t.Errorf("%s: it is read", name)
		}
		if got := after.TotalAlloc - before.TotalAlloc; got > 256<<20 {
			t.Errorf("%s: %d bytes of memory", name, got)
		}
	}
}

// TestManyTexts reads an attribute whose texts are all the same long one.
func TestManyTexts(t *testing.T) {
	root := &Object{}
	root.SetString("long", strings.Repeat("x", 1<<20))
	b, err := Write(root)
	if err != nil {
		t.Fatal(err)
	}
	// The one text becomes a list of as many as a message has room for.
	at := bytes.Index(b, []byte("long\x00\x00\x00\x00"))
	reference := slices.Clone(b[at+8+16+8 : at+8+16+8+16])
	const count = 4000
	message := []byte{1, 0, 5, 0, byte(len(variableType)), 0, 16, 0}
	message = append(append(message, "long\x00\x00\x00\x00"...), variableType...)
	shape, _ := space([]int{count})
	message = append(append(message, shape...), bytes.Repeat(reference, count)...)
	body := append(headed(isSymbolTable, b[at-32:at-16]), headed(isAttribute, message)...)
	header := binary.LittleEndian.AppendUint16(nil, 1)
	header = binary.LittleEndian.AppendUint16(header, 2)
	header = binary.LittleEndian.AppendUint32(header, 1)
	header = binary.LittleEndian.AppendUint32(header, uint32(len(body)))
	header = append(append(header, 0, 0, 0, 0), body...)
	binary.LittleEndian.PutUint64(b[64:], uint64(len(b)))
	b = append(b, header...)
	if _, err := Read(b); err == nil || !strings.Contains(err.Error(), "larger than all of it") {
		t.Errorf("%v", err)
	}
}

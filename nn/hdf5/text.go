package hdf5

import (
	"encoding/binary"
	"strings"
)

// texts reads strings of fixed or of variable length.
func (f *File) texts(t datatype, data []byte, count int) ([]string, error) {
	all := make([]string, 0, min(count, 1<<12))
	for i := range count {
		b := data[i*t.size:][:t.size]
		if t.class == isVariable {
			if !t.text {
				return nil, nil // sequences of numbers, which nobody asks for
			}
			n := uint64(binary.LittleEndian.Uint32(b))
			address := (&reader{f: &File{b: b[4:], offsets: f.offsets}, end: uint64(len(b) - 4)}).offset()
			var err error
			if b, err = f.heap(address, binary.LittleEndian.Uint32(b[4+f.offsets:]), n); err != nil {
				return nil, err
			}
		}
		text, _, _ := strings.Cut(string(b), "\x00")
		all = append(all, strings.ToValidUTF8(text, "�"))
	}
	return all, nil
}

// heap reads an object of a global heap. See section III.E.
func (f *File) heap(address uint64, index uint32, size uint64) ([]byte, error) {
	if size == 0 {
		return nil, nil
	}
	all, ok := f.heaps[address]
	if !ok {
		var err error
		if all, err = f.collection(address); err != nil {
			return nil, err
		}
		f.heaps[address] = all
	}
	b, ok := all[index]
	if !ok {
		return nil, damaged("a string is not in its heap")
	}
	b = b[:min(uint64(len(b)), size)]
	return b, f.spend(len(b))
}

// collection returns the objects of a global heap, by their numbers.
func (f *File) collection(address uint64) (map[uint32][]byte, error) {
	r, err := f.tagged(address, "GCOL")
	if err != nil {
		return nil, err
	}
	r.skip(4)
	whole := r.length()
	if c := f.to(address, whole); !c.bad {
		r.end = c.end
	}
	all := map[uint32][]byte{}
	for r.rest() > 0 {
		at := uint32(r.number(2))
		r.skip(2 + 4)
		n := r.length()
		if at == 0 || n > r.rest() {
			break
		}
		b := r.bytes((n + 7) &^ 7)
		if r.bad {
			break
		}
		if err := f.spend(16); err != nil {
			return nil, err
		}
		all[at] = b[:n]
	}
	return all, nil
}

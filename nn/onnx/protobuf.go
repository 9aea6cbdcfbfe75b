package onnx

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// The wire format of protocol buffers: a message is a row of fields, each a tag, which is the
// field's number and how its value is written, and the value. Groups, which ONNX has none of, are
// not read. Source: https://protobuf.dev/programming-guides/encoding/.

// How a field's value is written.
const (
	varint  = 0
	fixed64 = 1
	counted = 2 // bytes behind their number: a string, a message, numbers packed together
	fixed32 = 5
)

// field is one of a message's.
type field struct {
	number uint64
	wire   uint64
	v      uint64 // of a number
	b      []byte // of what is counted, in the file's memory; of a number of fixed size too
}

// fields calls each with a message's fields, in their order.
func fields(b []byte, each func(f field) error) error {
	for len(b) > 0 {
		f, size, err := next(b)
		if err != nil {
			return err
		}
		if err := each(f); err != nil {
			return err
		}
		b = b[size:]
	}
	return nil
}

// next returns a message's first field, and how many bytes it takes.
func next(b []byte) (f field, size int, err error) {
	tag, n := binary.Uvarint(b)
	if n <= 0 || tag>>3 == 0 || tag>>3 >= 1<<29 {
		return f, 0, damaged("a field's tag cannot be read, with %d bytes to go: it may be cut short", len(b))
	}
	f.number, f.wire = tag>>3, tag&7
	rest := b[n:]
	length := uint64(0)
	switch f.wire {
	case varint:
		v, n := binary.Uvarint(rest)
		if n <= 0 {
			return f, 0, damaged("field %d ends too early", f.number)
		}
		f.v, length = v, uint64(n)
	case fixed64:
		length = 8
	case fixed32:
		length = 4
	case counted:
		v, m := binary.Uvarint(rest)
		if m <= 0 {
			return f, 0, damaged("field %d ends too early", f.number)
		}
		n, rest, length = n+m, rest[m:], v
	default:
		return f, 0, damaged("field %d is written in way %d, which there is none of", f.number, f.wire)
	}
	if length > uint64(len(rest)) {
		return f, 0, damaged("field %d has %d bytes, and %d are there: it may be cut short; download or save it again", f.number, length, len(rest))
	}
	f.b = rest[:length:length]
	switch f.wire {
	case fixed64:
		f.v = binary.LittleEndian.Uint64(f.b)
	case fixed32:
		f.v = uint64(binary.LittleEndian.Uint32(f.b))
	}
	return f, n + int(length), nil
}

// damaged says that a file is not as it should be.
func damaged(format string, args ...any) error {
	return fmt.Errorf("onnx: the file is damaged: "+format, args...)
}

// errKind says that a field's value is written in another way than the format has it.
var errKind = errors.New("onnx: the file is damaged: a field is written in another way than ONNX has it")

// whole returns a field's integer.
func (f field) whole() (int64, error) {
	if f.wire != varint {
		return 0, errKind
	}
	return int64(f.v), nil
}

// real returns a field's number of 32 bits.
func (f field) real() (float32, error) {
	if f.wire != fixed32 {
		return 0, errKind
	}
	return math.Float32frombits(uint32(f.v)), nil
}

// bytes returns a field's, in the file's memory.
func (f field) bytes() ([]byte, error) {
	if f.wire != counted {
		return nil, errKind
	}
	return f.b, nil
}

// text returns a field's string.
func (f field) text() (string, error) {
	b, err := f.bytes()
	return string(b), err
}

// wholes adds a field's integers to those before, which are one, or many packed together.
func (f field) wholes(all []int64) ([]int64, error) {
	if f.wire == varint {
		return append(all, int64(f.v)), nil
	}
	b, err := f.bytes()
	if err != nil {
		return nil, err
	}
	for len(b) > 0 {
		v, n := binary.Uvarint(b)
		if n <= 0 {
			return nil, damaged("integers that are packed together end too early")
		}
		all, b = append(all, int64(v)), b[n:]
	}
	return all, nil
}

// packed adds the bytes of a field's numbers of fixed size to those before, which are one, or many
// packed together. The first are in the file's memory.
func (f field) packed(all []byte, wire uint64) ([]byte, error) {
	if f.wire != wire && f.wire != counted {
		return nil, errKind
	}
	if all == nil {
		return f.b, nil
	}
	return append(all, f.b...), nil
}

// appendNumber writes a field with an integer. It is called in many places, like appendBytes; inlined
// they would make the programs of the page larger.
//
//go:noinline
func appendNumber(b []byte, number int, v int64) []byte {
	return binary.AppendUvarint(binary.AppendUvarint(b, uint64(number)<<3|varint), uint64(v))
}

// appendReal writes a field with a number of 32 bits.
func appendReal(b []byte, number int, v float32) []byte {
	return binary.LittleEndian.AppendUint32(binary.AppendUvarint(b, uint64(number)<<3|fixed32), math.Float32bits(v))
}

// appendBytes writes a field with a message, a string or bytes.
//
//go:noinline
func appendBytes[B string | []byte](b []byte, number int, v B) []byte {
	b = binary.AppendUvarint(b, uint64(number)<<3|counted)
	return append(binary.AppendUvarint(b, uint64(len(v))), v...)
}

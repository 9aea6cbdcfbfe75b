package checkpoint

import (
	"encoding/binary"
	"fmt"
	"math"
	"strings"
	"sync"
)

// Precision is how a tensor's values are written.
type Precision string

const (
	F32 Precision = "F32"
	F16 Precision = "F16" // half the bytes, 11 significant bits, at most 65504
)

// precision is a type of the format that can be read.
type precision struct {
	name  Precision
	bytes int
	whole bool                   // whole numbers
	value func(b []byte) float32 // of one element; nil for F16, which has a table
}

// precisions are all that can be read; a new one adds a line. Those of 8 bits
// that have a fraction (F8_E4M3, F8_E5M2) are useless without their scales,
// which are stored elsewhere.
var precisions = []precision{
	{F32, 4, false, func(b []byte) float32 { return math.Float32frombits(binary.LittleEndian.Uint32(b)) }},
	{F16, 2, false, nil},
	{"BF16", 2, false, func(b []byte) float32 { return math.Float32frombits(uint32(binary.LittleEndian.Uint16(b)) << 16) }},
	{"F64", 8, false, func(b []byte) float32 { return float32(math.Float64frombits(binary.LittleEndian.Uint64(b))) }},
	{"I8", 1, true, func(b []byte) float32 { return float32(int8(b[0])) }},
	{"U8", 1, true, func(b []byte) float32 { return float32(b[0]) }},
	{"BOOL", 1, true, func(b []byte) float32 { return float32(b[0]) }},
	{"I16", 2, true, func(b []byte) float32 { return float32(int16(binary.LittleEndian.Uint16(b))) }},
	{"U16", 2, true, func(b []byte) float32 { return float32(binary.LittleEndian.Uint16(b)) }},
	{"I32", 4, true, func(b []byte) float32 { return float32(int32(binary.LittleEndian.Uint32(b))) }},
	{"U32", 4, true, func(b []byte) float32 { return float32(binary.LittleEndian.Uint32(b)) }},
	{"I64", 8, true, func(b []byte) float32 { return float32(int64(binary.LittleEndian.Uint64(b))) }},
	{"U64", 8, true, func(b []byte) float32 { return float32(binary.LittleEndian.Uint64(b)) }},
}

// find returns the type of a name, nil if it cannot be read.
func (p Precision) find() *precision {
	for i := range precisions {
		if precisions[i].name == p {
			return &precisions[i]
		}
	}
	return nil
}

// size returns the bytes of an element, 0 for a type that cannot be read.
func (p Precision) size() int {
	if k := p.find(); k != nil {
		return k.bytes
	}
	return 0
}

// Whole reports whether the values are whole numbers, which cannot be weights:
// those of a quantised network are useless without its scales.
func (p Precision) Whole() bool {
	k := p.find()
	return k != nil && k.whole
}

// known lists the types that can be read.
func known() string {
	var names []string
	for _, k := range precisions {
		names = append(names, string(k.name))
	}
	return strings.Join(names[:len(names)-1], ", ") + " or " + names[len(names)-1]
}

// values returns the numbers in a tensor's bytes, whose type can be read. What
// does not fit float32 becomes infinite.
func values(b []byte, p Precision) []float32 {
	k := p.find()
	out := make([]float32, len(b)/k.bytes)
	for i := 0; i < len(out); i += piece {
		n := min(piece, len(out)-i)
		if k.value == nil {
			lookUp(out[i:i+n], b[2*i:2*(i+n)], halves())
		} else {
			read(out[i:i+n], b[k.bytes*i:], k)
		}
	}
	return out
}

//go:noinline
func read(dst []float32, b []byte, k *precision) {
	for i := range dst {
		dst[i] = k.value(b[k.bytes*i:])
	}
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

// Values returns the numbers in a tensor's bytes, row-major and little-endian,
// for other formats with the same types. What does not fit float32 becomes
// infinite.
func Values(b []byte, p Precision) ([]float32, error) {
	if size := p.size(); size == 0 || len(b)%size != 0 {
		return nil, fmt.Errorf("checkpoint: %d bytes are not numbers of type %q", len(b), p)
	}
	return values(b, p), nil
}

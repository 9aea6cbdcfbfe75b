package hdf5

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"io"
	"math"
)

// Dataset is an array of numbers.
type Dataset struct {
	Shape   []int
	f       *File
	typ     datatype
	filters []int
	inside  []byte    // of a compact one
	address uint64    // of a contiguous one's data, or of a chunked one's tree
	size    uint64    // of a contiguous one
	chunk   []int     // nil for one that is not chunked
	index   *index    // of chunks that are not in a tree of version 1
	most    []int     // the largest sizes of the axes, -1 for any; nil for those of Shape
	values  []float32 // of one that is to be written
}

// datatype is what a number or a string is like. See section IV.A.2.d.
type datatype struct {
	class  int
	size   int // bytes
	big    bool
	signed bool
	base   *datatype // of what is of variable length
	text   bool      // which is a string
}

// Classes of datatypes.
const (
	isWhole    = 0
	isFloat    = 1
	isText     = 3
	isOther    = -1
	isEnum     = 8
	isVariable = 9
)

func (r *reader) datatype(depth int) (datatype, error) {
	head := r.byte()
	bits := r.number(3)
	t := datatype{class: int(head & 15), size: int(r.number(4)), big: bits&1 != 0}
	if r.bad || depth > 4 || t.size < 1 || t.size > 1<<20 {
		return t, damaged("a type")
	}
	switch t.class {
	case isWhole:
		t.signed = bits&8 != 0
		if t.size > 8 {
			return t, unknown("whole numbers of %d bytes", t.size)
		}
	case isFloat:
		if t.size != 2 && t.size != 4 && t.size != 8 || bits&0x40 != 0 {
			return t, unknown("numbers of %d bytes", t.size)
		}
	case isText:
		t.big = false
	case isEnum: // numpy's bool
		base, err := r.datatype(depth + 1)
		base.size = t.size
		return base, err
	case isVariable:
		t.text = bits&15 == 1
		base, err := r.datatype(depth + 1)
		t.base = &base
		if t.size != 4+r.f.offsets+4 {
			return t, damaged("a type of variable length")
		}
		return t, err
	default:
		t.class = isOther
	}
	return t, nil
}

// number returns the value of one that begins b.
func (t datatype) number(b []byte) float64 {
	var v uint64
	for i := range t.size {
		k := i
		if !t.big {
			k = t.size - 1 - i
		}
		v = v<<8 | uint64(b[k])
	}
	switch {
	case t.class == isFloat && t.size == 2:
		return float64(half(uint16(v)))
	case t.class == isFloat && t.size == 4:
		return float64(math.Float32frombits(uint32(v)))
	case t.class == isFloat:
		return math.Float64frombits(v)
	case t.signed:
		shift := 64 - 8*t.size
		return float64(int64(v<<shift) >> shift)
	}
	return float64(v)
}

// half returns a number of 16 bits.
func half(v uint16) float32 {
	sign, exponent, fraction := uint32(v>>15)<<31, uint32(v>>10&31), uint32(v&1023)
	switch exponent {
	case 0:
		f := float32(fraction) / (1 << 24)
		return math.Float32frombits(math.Float32bits(f) | sign)
	case 31:
		return math.Float32frombits(sign | 0xff<<23 | fraction<<13)
	}
	return math.Float32frombits(sign | (exponent+112)<<23 | fraction<<13)
}

// dataspace reads a shape: of a single value one without axes, of none nil. See section IV.A.2.b.
func (r *reader) dataspace() ([]int, error) {
	shape, _, err := r.growing()
	return shape, err
}

// growing is dataspace with the largest sizes, -1 for any; nil where they are the present ones.
func (r *reader) growing() (shape, most []int, err error) {
	version, rank, flags := r.byte(), int(r.byte()), r.byte()
	null := false
	switch version {
	case 1:
		r.skip(5)
	case 2:
		null = r.byte() == 2
	default:
		return nil, nil, unknown("a dataspace of version %d", version)
	}
	if rank > maxRank {
		return nil, nil, unknown("an array of %d axes", rank)
	}
	if null {
		return nil, nil, nil
	}
	shape = []int{}
	for range rank {
		n := r.length()
		if n > maxNumbers {
			return nil, nil, damaged("an array with an axis of %d", n)
		}
		shape = append(shape, int(n))
	}
	for k := 0; k < rank && flags&1 != 0; k++ {
		n := int(min(r.length(), maxNumbers+1))
		if n > maxNumbers {
			n = -1
		}
		most = append(most, n)
	}
	if r.bad {
		return nil, nil, damaged("a dataspace")
	}
	return shape, most, nil
}

// room returns how many numbers of size bytes a file may unpack to: weights hardly pack at all, and zeros
// alone, of which a small file can hold many, have their own limit.
func (f *File) room(size int) int {
	const times, least = 64, 1 << 26
	return max(times*len(f.b), least) / size
}

// elements returns how many a shape has.
func elements(shape []int) (int, error) {
	n := 1
	for _, d := range shape {
		if d > 0 && n > maxNumbers/d {
			return 0, damaged("an array of shape %v", shape)
		}
		n *= d
	}
	return n, nil
}

// layout reads where the data are. See section IV.A.2.i.
func (r *reader) layout(d *Dataset) error {
	version := r.byte()
	if version < 3 {
		return unknown("data laid out as in version %d", version)
	}
	switch class := r.byte(); class {
	case 0:
		d.inside = r.bytes(r.number(2))
	case 1:
		d.address, d.size = r.offset(), r.length()
	case 2:
		if version > 3 {
			if err := r.layout4(d); err != nil {
				return err
			}
			break
		}
		rank := int(r.byte())
		d.address = r.offset()
		if rank < 2 || rank > maxRank+1 {
			return damaged("chunks of %d axes", rank)
		}
		for range rank {
			d.chunk = append(d.chunk, int(r.number(4)))
		}
	default:
		return unknown("data laid out as class %d", class)
	}
	if r.bad {
		return damaged("where data are")
	}
	return nil
}

// Filters of chunks.
const (
	deflate    = 1
	shuffle    = 2
	fletcher32 = 3
)

// filters reads what chunks went through. See section IV.A.2.l.
func (r *reader) filters() ([]int, error) {
	version, count := r.byte(), int(r.byte())
	if version == 1 {
		r.skip(6)
	}
	var all []int
	for range count {
		id, name := int(r.number(2)), uint64(0)
		if version == 1 || id >= 256 {
			name = r.number(2)
		}
		r.skip(2)
		values := r.number(2)
		if version == 1 {
			name = (name + 7) &^ 7
			values += values & 1
		}
		r.bytes(name)
		r.bytes(4 * values)
		if id != deflate && id != shuffle && id != fletcher32 {
			return nil, unknown("data packed by filter %d", id)
		}
		all = append(all, id)
	}
	if r.bad {
		return nil, damaged("how data are packed")
	}
	return all, nil
}

// check reports an error if what an object has of a data set is not valid.
func (d *Dataset) check() error {
	if d.typ.size == 0 {
		return damaged("an array without a type")
	}
	if _, err := elements(d.Shape); err != nil {
		return err
	}
	if d.chunk != nil && len(d.chunk) != len(d.Shape)+1 {
		return damaged("chunks of %d axes of an array of %d", len(d.chunk)-1, len(d.Shape))
	}
	return nil
}

// Whole reports whether the numbers are whole ones.
func (d *Dataset) Whole() bool { return d.typ.class == isWhole }

// Read returns the numbers in the order of the last axis.
func (d *Dataset) Read() ([]float32, error) {
	if d.f == nil {
		return d.values, nil
	}
	if d.typ.class != isFloat && d.typ.class != isWhole {
		return nil, unknown("an array of what are no numbers")
	}
	n, err := elements(d.Shape)
	if err != nil {
		return nil, err
	}
	if d.chunk != nil {
		return d.chunks(n)
	}
	b := d.inside
	if b == nil {
		if d.f.none(d.address) { // nothing was ever written
			if n > d.f.room(4) {
				return nil, damaged("an array of shape %v in a file of %d bytes", d.Shape, len(d.f.b))
			}
			return make([]float32, n), nil
		}
		r := d.f.to(d.address, d.size)
		if b = r.bytes(r.rest()); r.bad {
			return nil, damaged("an array outside of the file")
		}
	}
	if len(b) < n*d.typ.size {
		return nil, damaged("an array of shape %v has %d bytes", d.Shape, len(b))
	}
	out := make([]float32, n)
	d.typ.all(out, b)
	return out, nil
}

// all reads numbers that follow one another.
func (t datatype) all(out []float32, b []byte) {
	if t.class == isFloat && t.size == 4 && !t.big {
		for i := range out {
			out[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
		}
		return
	}
	for i := range out {
		out[i] = float32(t.number(b[i*t.size:]))
	}
}

// chunks reads an array that lies in pieces.
func (d *Dataset) chunks(n int) ([]float32, error) {
	rank := len(d.Shape)
	per := 1
	for _, c := range d.chunk[:rank] {
		if c < 1 || per > maxNumbers/c {
			return nil, damaged("chunks of %v", d.chunk)
		}
		per *= c
	}
	if most := d.f.room(d.typ.size); d.chunk[rank] != d.typ.size || n > most || per > most {
		return nil, damaged("chunks of %v in a file of %d bytes", d.chunk, len(d.f.b))
	}
	out := make([]float32, n)
	if d.f.none(d.address) {
		return out, nil
	}
	places := 1 // for chunks: of more than there are, some are the same one again
	for k, c := range d.chunk[:rank] {
		places *= (d.Shape[k] + c - 1) / c
	}
	piece := make([]float32, per)
	visit := func(at []int, address, size, mask uint64) error {
		if places--; places < 0 {
			return damaged("an array has more chunks than it has room for")
		}
		r := d.f.to(address, size)
		b := r.bytes(r.rest())
		if r.bad {
			return damaged("a chunk outside of the file")
		}
		b, err := d.unpack(b, mask, per*d.typ.size)
		if err != nil {
			return err
		}
		d.typ.all(piece, b)
		d.put(out, piece, at)
		return nil
	}
	if d.index != nil {
		return out, d.each(per, visit)
	}
	err := d.f.tree(d.address, 1, rank+1, 0, func(child uint64, key *reader) error {
		size, mask := key.number(4), key.number(4)
		var at []int
		for k := range rank {
			o := key.number(8)
			if o >= uint64(max(d.Shape[k], 1)) || o%uint64(d.chunk[k]) != 0 {
				return damaged("a chunk outside of its array")
			}
			at = append(at, int(o))
		}
		return visit(at, child, size, mask)
	})
	return out, err
}

// put copies a chunk to its place; what of it lies outside of the array is left out.
func (d *Dataset) put(out, piece []float32, at []int) {
	rank := len(d.Shape)
	if rank == 0 {
		copy(out, piece)
		return
	}
	last := rank - 1
	run := min(d.chunk[last], d.Shape[last]-at[last])
	place := make([]int, rank) // in the chunk
	for from := 0; from < len(piece); from += d.chunk[last] {
		to, inside := 0, true
		for k := range rank {
			p := at[k] + place[k]
			inside = inside && p < d.Shape[k]
			to = to*d.Shape[k] + p
		}
		if inside {
			copy(out[to:to+run], piece[from:])
		}
		for k := last - 1; k >= 0; k-- {
			if place[k]++; place[k] < d.chunk[k] {
				break
			}
			place[k] = 0
		}
	}
}

// unpack undoes the filters, the last one first, except those that the chunk left out.
func (d *Dataset) unpack(b []byte, mask uint64, size int) ([]byte, error) {
	for i := len(d.filters) - 1; i >= 0; i-- {
		if mask>>i&1 != 0 {
			continue
		}
		switch d.filters[i] {
		case fletcher32:
			if len(b) < 4 {
				return nil, damaged("a chunk")
			}
			b = b[:len(b)-4]
		case deflate:
			z, err := zlib.NewReader(bytes.NewReader(b))
			if err != nil {
				return nil, damaged("a chunk: %v", err)
			}
			if b, err = io.ReadAll(io.LimitReader(z, int64(size)+8)); err != nil {
				return nil, damaged("a chunk: %v", err)
			}
		case shuffle:
			b = unshuffled(b, d.typ.size)
		}
	}
	if len(b) < size {
		return nil, damaged("a chunk of %d bytes: want %d", len(b), size)
	}
	return b, nil
}

// unshuffled puts the bytes of each number back together.
func unshuffled(b []byte, size int) []byte {
	n := len(b) / size
	out := make([]byte, len(b))
	for i := range n {
		for k := range size {
			out[i*size+k] = b[k*n+i]
		}
	}
	copy(out[n*size:], b[n*size:])
	return out
}

// Package hdf5 reads what Keras writes into HDF5 files, and writes such files: groups,
// attributes, and data sets of numbers. Write says how they are written.
//
// What is read: superblocks 0 to 3, object headers 1 and 2, groups as symbol tables and as links, contiguous,
// compact and chunked data with deflate, shuffle and checksums, numbers of 8 to 64 bits in either
// byte order, and strings of fixed and of variable length. Groups and attributes in fractal heaps,
// which h5py writes only when it is told to, are refused.
// Source: https://docs.hdfgroup.org/hdf5/develop/_f_m_t3.html, the HDF5 File Format Specification
// 3.0, whose section numbers the functions give.
package hdf5

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Signature begins a file.
const Signature = "\x89HDF\r\n\x1a\n"

// What a file may have, so that a few bytes cannot take long or all memory.
const (
	maxObjects  = 100000
	maxDepth    = 32      // of groups, and of trees
	maxMessages = 10000   // of an object
	maxNumbers  = 1 << 28 // of a data set
	maxRank     = 8
	maxName     = 1 << 12 // bytes
)

// File is a file that is read. Its bytes must not be changed.
type File struct {
	b       []byte
	base    uint64
	offsets int // bytes of an address
	lengths int // and of a length
	objects int // that were read
	spent   int // bytes of headers and texts that were read, some of them more than once
	heaps   map[uint64]map[uint32][]byte
	Root    *Object
}

// Object is a group or a data set.
type Object struct {
	Attributes []Attribute // in the file's order
	Children   []Child     // of a group, by name
	*Dataset               // nil for a group
}

// Child is an object in a group.
type Child struct {
	Name string
	*Object
}

// Attribute is a value attached to an object: strings, or numbers.
type Attribute struct {
	Name    string
	Strings []string
	Numbers []float64
	Scalar  bool // it is one value, not a list of them
}

// damaged returns the error for a file that is not as it should be.
func damaged(format string, args ...any) error {
	return fmt.Errorf("hdf5: the file is damaged: "+format, args...)
}

// unknown returns the error for a file that has what is not read here.
func unknown(format string, args ...any) error {
	return fmt.Errorf("hdf5: the file has "+format+", which cannot be read here", args...)
}

// spend notes that n bytes are taken out of the file. What is asked for again and again, by objects
// that say they are made of the same bytes, is an error when it adds up to many times the file.
func (f *File) spend(n int) error {
	const times, least = 16, 1 << 20
	if f.spent += n; f.spent > times*len(f.b)+least {
		return damaged("its parts say that they are larger than all of it")
	}
	return nil
}

// Read reads a file, all but the numbers of its data sets. See section II.
func Read(b []byte) (*File, error) {
	f := &File{b: b, heaps: map[uint64]map[uint32][]byte{}}
	at := uint64(0)
	for !bytes.HasPrefix(b[min(at, uint64(len(b))):], []byte(Signature)) {
		if at = max(2*at, 512); at >= uint64(len(b)) {
			return nil, errors.New("hdf5: this is not an HDF5 file")
		}
	}
	r := f.from(at + uint64(len(Signature)))
	version := r.byte()
	var root, end uint64
	switch version {
	case 0, 1:
		r.skip(4)
		f.offsets, f.lengths = int(r.byte()), int(r.byte())
		r.skip(1 + 2 + 2 + 4)
		if version == 1 {
			r.skip(4)
		}
	case 2, 3:
		f.offsets, f.lengths = int(r.byte()), int(r.byte())
		r.skip(1)
	default:
		return nil, unknown("a superblock of version %d", version)
	}
	if r.bad || !slices.Contains([]int{2, 4, 8}, f.offsets) || !slices.Contains([]int{2, 4, 8}, f.lengths) {
		return nil, damaged("its superblock")
	}
	f.base = r.offset()
	if version < 2 {
		r.skip(f.offsets) // free space
		end = r.offset()
		r.skip(2 * f.offsets) // driver; the root's name
		root = r.offset()
	} else {
		r.skip(f.offsets) // extension
		end = r.offset()
		root = r.offset()
	}
	if r.bad {
		return nil, damaged("its superblock ends too early")
	}
	if !f.none(end) && end > uint64(len(b)) {
		return nil, fmt.Errorf("hdf5: the file is cut short: it has %d bytes of %d; download or save it again", len(b), end)
	}
	if at > 0 && f.base == 0 {
		f.base = at
	}
	var err error
	f.Root, err = f.object(root, 0, map[uint64]bool{})
	return f, err
}

// Find returns the object of a path with slashes; nil if there is none.
func (o *Object) Find(path string) *Object {
	for name := range strings.SplitSeq(path, "/") {
		if name == "" {
			continue
		}
		if o == nil {
			return nil
		}
		i := slices.IndexFunc(o.Children, func(c Child) bool { return c.Name == name })
		if i < 0 {
			return nil
		}
		o = o.Children[i].Object
	}
	return o
}

// Strings returns those of an attribute; nil if there is none. A long list may be cut into attributes
// whose names end in 0, 1, …, as Keras does.
func (o *Object) Strings(name string) []string {
	var all []string
	for _, a := range o.Attributes {
		if a.Name == name {
			return a.Strings
		}
	}
	for i := 0; ; i++ {
		k := slices.IndexFunc(o.Attributes, func(a Attribute) bool { return a.Name == fmt.Sprint(name, i) })
		if k < 0 {
			return all
		}
		all = append(all, o.Attributes[k].Strings...)
	}
}

// reader reads numbers from a place on. What is asked of it behind the end is 0, and bad says so.
type reader struct {
	f   *File
	at  uint64
	end uint64
	bad bool
}

// from reads from an address that counts from the file's beginning.
func (f *File) from(at uint64) *reader { return &reader{f: f, at: at, end: uint64(len(f.b))} }

// to reads from an address of the file's own, of at most size bytes.
func (f *File) to(address, size uint64) *reader {
	at := f.base + address
	r := &reader{f: f, at: at, end: uint64(len(f.b))}
	if at < f.base || at > r.end || size > r.end-at {
		r.bad = true
		return r
	}
	r.end = at + size
	return r
}

// rest returns how many bytes are left.
func (r *reader) rest() uint64 {
	if r.bad || r.at > r.end {
		return 0
	}
	return r.end - r.at
}

func (r *reader) bytes(n uint64) []byte {
	if r.bad || n > r.rest() {
		r.bad = true
		return nil
	}
	b := r.f.b[r.at : r.at+n]
	r.at += n
	return b
}

func (r *reader) skip(n int) { r.bytes(uint64(n)) }

func (r *reader) byte() byte {
	if b := r.bytes(1); b != nil {
		return b[0]
	}
	return 0
}

// number reads one of n bytes.
func (r *reader) number(n int) uint64 {
	var b [8]byte
	copy(b[:], r.bytes(uint64(n)))
	return binary.LittleEndian.Uint64(b[:])
}

func (r *reader) offset() uint64 { return r.number(r.f.offsets) }
func (r *reader) length() uint64 { return r.number(r.f.lengths) }

// none reports whether an address stands for nothing.
func (f *File) none(address uint64) bool { return address == ^uint64(0)>>(64-8*f.offsets) }

// tagged reads from where a signature of four letters stands.
func (f *File) tagged(address uint64, tag string) (*reader, error) {
	r := f.to(address, 0)
	r.end = uint64(len(f.b))
	if r.bad || string(r.bytes(4)) != tag {
		return nil, damaged("no %s at %d", tag, address)
	}
	return r, nil
}

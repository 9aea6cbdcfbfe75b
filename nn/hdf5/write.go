package hdf5

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strings"
)

// Write returns the bytes of a file with a tree of groups and data sets below root: superblock 0,
// object headers of version 1 and groups with symbol tables, which every HDF5 library opens, and
// arrays in one piece. A scalar text is of variable length, the texts of a list are of one fixed
// length, and all numbers become 32-bit ones, those of attributes 64-bit ones. The same tree gives
// the same bytes. What does not fit into the format is an error.
// Source: the HDF5 File Format Specification 3.0, sections II to IV.
func Write(root *Object) ([]byte, error) {
	w := &writer{}
	w.out = make([]byte, superblock, superblock+w.size(root))
	if err := w.heap(root); err != nil {
		return nil, err
	}
	at, err := w.object(root, 0)
	if err != nil {
		return nil, err
	}
	head := append([]byte(Signature), 0, 0, 0, 0, 0, 8, 8, 0)
	head = binary.LittleEndian.AppendUint16(head, leafK)
	head = binary.LittleEndian.AppendUint16(head, treeK)
	head = binary.LittleEndian.AppendUint32(head, 0)
	for _, address := range []uint64{0, nowhere, uint64(len(w.out)), nowhere} { // base, free space, end, driver
		head = binary.LittleEndian.AppendUint64(head, address)
	}
	copy(w.out, w.entry(head, 0, at))
	return w.out, nil
}

const (
	superblock = 96 // bytes, the root's entry included
	nowhere    = ^uint64(0)
	leafK      = 4  // half of the entries of a symbol table's node
	treeK      = 16 // half of the children of a tree's node
	entrySize  = 40 // bytes
	treeSize   = 24 + (2*treeK)*8 + (2*treeK+1)*8
)

// writer makes a file.
type writer struct {
	out     []byte
	strings uint64 // where the heap of texts is
	text    uint16 // the number of the last one that an attribute has
}

// written is where an object lies: its header, and a group's tree and names.
type written struct {
	header, tree, heap uint64
	group              bool
}

// size is about how many bytes the arrays take.
func (w *writer) size(o *Object) int {
	n := 1024
	if o.Dataset != nil {
		n += 4 * len(o.values)
	}
	for _, c := range o.Children {
		n += w.size(c.Object)
	}
	return n
}

func (w *writer) align() {
	for len(w.out)%8 != 0 {
		w.out = append(w.out, 0)
	}
}

func (w *writer) u16(v int)    { w.out = binary.LittleEndian.AppendUint16(w.out, uint16(v)) }
func (w *writer) u32(v int)    { w.out = binary.LittleEndian.AppendUint32(w.out, uint32(v)) }
func (w *writer) u64(v uint64) { w.out = binary.LittleEndian.AppendUint64(w.out, v) }

// texts returns all scalar ones of a tree, in the order in which objects are written.
func texts(o *Object, all []string) []string {
	for _, c := range ordered(o) {
		all = texts(c.Object, all)
	}
	for _, a := range o.Attributes {
		if a.Scalar && len(a.Strings) == 1 {
			all = append(all, a.Strings[0])
		}
	}
	return all
}

// ordered returns a group's children by their names' bytes, which the trees are sorted by.
func ordered(o *Object) []Child {
	return slices.SortedFunc(slices.Values(o.Children), func(a, b Child) int { return cmp.Compare(a.Name, b.Name) })
}

// heap writes the texts of variable length. See section III.E.
func (w *writer) heap(root *Object) error {
	all := texts(root, nil)
	if len(all) == 0 {
		return nil
	}
	if len(all) >= 1<<16-1 {
		return fmt.Errorf("hdf5: %d texts: want at most %d", len(all), 1<<16-2)
	}
	const head = 16 // bytes, of the heap and of each object
	size := head
	for _, s := range all {
		size += head + (len(s)+7)&^7
	}
	whole := max(size+head, 4096)
	w.strings = uint64(len(w.out))
	w.out = append(w.out, "GCOL\x01\x00\x00\x00"...)
	w.u64(uint64(whole))
	for i, s := range all {
		w.u16(i + 1)
		w.u16(1)
		w.u32(0)
		w.u64(uint64(len(s)))
		w.out = append(w.out, s...)
		w.align()
	}
	w.u64(0) // what is free
	w.u64(uint64(whole - size))
	w.out = append(w.out, make([]byte, whole-size-head)...)
	return nil
}

// object writes an object, and before it what lies in it.
func (w *writer) object(o *Object, depth int) (written, error) {
	if depth > maxDepth {
		return written{}, fmt.Errorf("hdf5: groups lie in one another more than %d deep", maxDepth)
	}
	at := written{group: o.Dataset == nil}
	var all [][]byte
	var err error
	if at.group {
		if at.tree, at.heap, err = w.table(o, depth); err != nil {
			return at, err
		}
		all = append(all, headed(isSymbolTable, binary.LittleEndian.AppendUint64(binary.LittleEndian.AppendUint64(nil, at.tree), at.heap)))
	} else if all, err = w.array(o.Dataset); err != nil {
		return at, err
	}
	for _, a := range o.Attributes {
		m, err := w.attribute(a)
		if err != nil {
			return at, err
		}
		all = append(all, headed(isAttribute, m))
	}
	if len(all) >= 1<<16 {
		return at, fmt.Errorf("hdf5: %d attributes of one object", len(o.Attributes))
	}
	w.align()
	at.header = uint64(len(w.out))
	body := bytes.Join(all, nil)
	w.u16(1) // version
	w.u16(len(all))
	w.u32(1) // links to it
	w.u32(len(body))
	w.u32(0)
	w.out = append(w.out, body...)
	return at, nil
}

// headed returns a message of an object's header. See section IV.A.1.a.
func headed(kind int, data []byte) []byte {
	size := (len(data) + 7) &^ 7
	m := binary.LittleEndian.AppendUint16(nil, uint16(kind))
	m = binary.LittleEndian.AppendUint16(m, uint16(size))
	m = append(m, 0, 0, 0, 0)
	return append(append(m, data...), make([]byte, size-len(data))...)
}

// table writes a group's children: a tree of nodes, sorted by name, and a heap of names. See
// sections III.A.1, III.B and III.D.
func (w *writer) table(o *Object, depth int) (tree, heap uint64, err error) {
	children := ordered(o)
	names, at := make([]byte, 8), make([]uint64, len(children)) // at 0 an empty one
	all := make([]written, len(children))
	for i, c := range children {
		if c.Name == "" || strings.ContainsAny(c.Name, "/\x00") || c.Name == "." || i > 0 && c.Name == children[i-1].Name {
			return 0, 0, fmt.Errorf("hdf5: a group has an object of the name %.80q, which is empty, a path, or there twice", c.Name)
		}
		if all[i], err = w.object(c.Object, depth+1); err != nil {
			return 0, 0, err
		}
		at[i] = uint64(len(names))
		names = append(names, c.Name...)
		names = append(names, make([]byte, 8-len(c.Name)%8)...)
	}
	w.align()
	heap = uint64(len(w.out))
	w.out = append(w.out, "HEAP\x00\x00\x00\x00"...)
	w.u64(uint64(len(names)))
	w.u64(1) // nothing is free
	w.u64(heap + 32)
	w.out = append(w.out, names...)

	var below, last []uint64 // nodes, and the last name in each
	for from := 0; from < len(all); from += 2 * leafK {
		to := min(from+2*leafK, len(all))
		below, last = append(below, uint64(len(w.out))), append(last, at[to-1])
		w.out = append(w.out, "SNOD\x01\x00"...)
		w.u16(to - from)
		for i := from; i < to; i++ {
			w.out = w.entry(w.out, at[i], all[i])
		}
		w.out = append(w.out, make([]byte, (from+2*leafK-to)*entrySize)...)
	}
	for level := 0; ; level++ {
		if below, last = w.level(level, below, last); len(below) == 1 {
			return below[0], heap, nil
		}
	}
}

// level writes the nodes of a tree that lie above others, at least one.
func (w *writer) level(level int, children, names []uint64) (nodes, last []uint64) {
	first := uint64(0) // the name before a node
	count := max((len(children)+2*treeK-1)/(2*treeK), 1)
	base := uint64(len(w.out))
	for i := range count {
		from, to := i*2*treeK, min((i+1)*2*treeK, len(children))
		at := len(w.out)
		nodes = append(nodes, uint64(at))
		w.out = append(w.out, "TREE\x00"...)
		w.out = append(w.out, byte(level))
		w.u16(to - from)
		left, right := nowhere, nowhere
		if i > 0 {
			left = base + uint64((i-1)*treeSize)
		}
		if i < count-1 {
			right = base + uint64((i+1)*treeSize)
		}
		w.u64(left)
		w.u64(right)
		w.u64(first)
		for k := from; k < to; k++ {
			w.u64(children[k])
			w.u64(names[k])
			first = names[k]
		}
		w.out = append(w.out, make([]byte, at+treeSize-len(w.out))...)
		last = append(last, first)
	}
	return nodes, last
}

// entry appends a line of a symbol table. See section III.C.
func (w *writer) entry(b []byte, name uint64, at written) []byte {
	b = binary.LittleEndian.AppendUint64(b, name)
	b = binary.LittleEndian.AppendUint64(b, at.header)
	var kept uint64 // says that a group's tree and heap follow
	if at.group {
		kept = 1
	}
	b = binary.LittleEndian.AppendUint64(b, kept)
	b = binary.LittleEndian.AppendUint64(b, at.tree)
	return binary.LittleEndian.AppendUint64(b, at.heap)
}

// space returns a message of a shape. See section IV.A.2.b.
func space(shape []int) ([]byte, error) {
	if len(shape) > maxRank {
		return nil, fmt.Errorf("hdf5: an array of %d axes: want at most %d", len(shape), maxRank)
	}
	b := []byte{1, byte(len(shape)), 0, 0, 0, 0, 0, 0}
	for _, n := range shape {
		if n < 0 {
			return nil, fmt.Errorf("hdf5: an array of shape %v", shape)
		}
		b = binary.LittleEndian.AppendUint64(b, uint64(n))
	}
	return b, nil
}

// Types of what is written. See section IV.A.2.d.
var (
	float32Type  = []byte{0x11, 0x20, 31, 0, 4, 0, 0, 0, 0, 0, 32, 0, 23, 8, 0, 23, 127, 0, 0, 0}
	int64Type    = []byte{0x10, 8, 0, 0, 8, 0, 0, 0, 0, 0, 64, 0}
	float64Type  = []byte{0x11, 0x20, 63, 0, 8, 0, 0, 0, 0, 0, 64, 0, 52, 11, 0, 52, 0xff, 3, 0, 0}
	variableType = []byte{0x19, 1, 1, 0, 16, 0, 0, 0, 0x13, 0x10, 0, 0, 1, 0, 0, 0}
)

// fixedType returns that of texts of n bytes, which zeros fill up.
func fixedType(n int) []byte {
	return binary.LittleEndian.AppendUint32([]byte{0x13, 0x11, 0, 0}, uint32(n))
}

// array writes the numbers of a data set, and returns the messages of its header.
func (w *writer) array(d *Dataset) ([][]byte, error) {
	values, err := d.Read()
	if err != nil {
		return nil, err
	}
	n, err := elements(d.Shape)
	if err != nil {
		return nil, err
	}
	if n != len(values) {
		return nil, fmt.Errorf("hdf5: %d numbers of an array of shape %v", len(values), d.Shape)
	}
	shape, err := space(d.Shape)
	if err != nil {
		return nil, err
	}
	w.align()
	at := uint64(len(w.out))
	if n == 0 {
		at = nowhere
	}
	typ := float32Type
	if d.Whole() {
		typ = int64Type
	}
	for _, v := range values {
		if d.Whole() {
			w.u64(uint64(int64(v)))
		} else {
			w.u32(int(math.Float32bits(v)))
		}
	}
	layout := binary.LittleEndian.AppendUint64([]byte{3, 1}, at)
	layout = binary.LittleEndian.AppendUint64(layout, uint64(len(w.out))-min(at, uint64(len(w.out))))
	const isFill = 0x05
	return [][]byte{
		headed(isDataspace, shape), headed(isType, typ),
		headed(isFill, []byte{2, 2, 0, 0}), // none, room for the data is made late
		headed(isLayout, layout),
	}, nil
}

// attribute returns the message of one, of version 1. See section IV.A.2.m.
func (w *writer) attribute(a Attribute) ([]byte, error) {
	var typ, data []byte
	shape := []int{}
	switch {
	case a.Scalar && len(a.Strings) == 1:
		w.text++
		typ = variableType
		data = binary.LittleEndian.AppendUint32(nil, uint32(len(a.Strings[0])))
		data = binary.LittleEndian.AppendUint64(data, w.strings)
		data = binary.LittleEndian.AppendUint32(data, uint32(w.text))
	case len(a.Strings) > 0:
		n := width(a.Strings)
		typ, shape = fixedType(n), []int{len(a.Strings)}
		for _, s := range a.Strings {
			data = append(append(data, s...), make([]byte, n-len(s))...)
		}
	default:
		typ = float64Type
		if !a.Scalar || len(a.Numbers) != 1 {
			shape = []int{len(a.Numbers)}
		}
		for _, v := range a.Numbers {
			data = binary.LittleEndian.AppendUint64(data, math.Float64bits(v))
		}
	}
	form, err := space(shape)
	if err != nil {
		return nil, err
	}
	if strings.Contains(a.Name, "\x00") || a.Name == "" {
		return nil, fmt.Errorf("hdf5: an attribute of the name %.80q", a.Name)
	}
	name := append([]byte(a.Name), 0)
	m := []byte{1, 0}
	for _, part := range [][]byte{name, typ, form} {
		m = binary.LittleEndian.AppendUint16(m, uint16(len(part)))
	}
	for _, part := range [][]byte{name, typ, form} {
		m = append(append(m, part...), make([]byte, -len(part)&7)...)
	}
	if m = append(m, data...); len(m) > 1<<16-8 || len(name) > 1<<15 {
		return nil, fmt.Errorf("hdf5: the attribute %.80q has %d bytes, which is too much for one", a.Name, len(data))
	}
	return m, nil
}

package hdf5

import (
	"cmp"
	"slices"
	"strings"
)

// message is one of an object header's.
type message struct {
	kind int
	r    *reader // over its data
}

// Kinds of messages.
const (
	isDataspace    = 0x01
	isLinkInfo     = 0x02
	isType         = 0x03
	isLink         = 0x06
	isLayout       = 0x08
	isFilters      = 0x0b
	isAttribute    = 0x0c
	isContinuation = 0x10
	isSymbolTable  = 0x11
	isAttributes   = 0x15
)

// object reads the object whose header stands at an address. See section IV.
func (f *File) object(address uint64, depth int, above map[uint64]bool) (*Object, error) {
	if f.objects++; f.objects > maxObjects {
		return nil, damaged("more than %d objects", maxObjects)
	}
	if depth > maxDepth || above[address] {
		return nil, damaged("groups that lie in one another")
	}
	above[address] = true
	defer delete(above, address)
	all, err := f.messages(address)
	if err != nil {
		return nil, err
	}
	o, d := &Object{}, &Dataset{f: f}
	for _, m := range all {
		var err error
		switch m.kind {
		case isDataspace:
			d.Shape, d.most, err = m.r.growing()
		case isType:
			d.typ, err = m.r.datatype(0)
		case isLayout:
			err = m.r.layout(d)
			o.Dataset = d
		case isFilters:
			d.filters, err = m.r.filters()
		case isAttribute:
			var a Attribute
			if a, err = m.r.attribute(); err == nil {
				o.Attributes = append(o.Attributes, a)
			}
		case isAttributes:
			m.r.skip(1)
			flags := m.r.byte()
			if flags&1 != 0 {
				m.r.skip(2)
			}
			if heap := m.r.offset(); !m.r.bad && !f.none(heap) {
				err = unknown("attributes in a fractal heap")
			}
		case isLinkInfo:
			m.r.skip(1)
			flags := m.r.byte()
			if flags&1 != 0 {
				m.r.skip(8)
			}
			if heap := m.r.offset(); !m.r.bad && !f.none(heap) {
				err = unknown("a group in a fractal heap")
			}
		case isLink:
			err = f.link(m.r, o, depth, above)
		case isSymbolTable:
			err = f.symbols(m.r, o, depth, above)
		}
		if err != nil {
			return nil, err
		}
	}
	if o.Dataset != nil {
		if err := d.check(); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(o.Children, func(a, b Child) int { return cmp.Compare(a.Name, b.Name) })
	return o, nil
}

// messages reads an object header with its continuations.
func (f *File) messages(address uint64) ([]message, error) {
	r := f.to(address, 0)
	r.end = uint64(len(f.b))
	if r.bad {
		return nil, damaged("an object outside of the file")
	}
	if r.rest() >= 4 && string(f.b[r.at:r.at+4]) == "OHDR" {
		return f.messages2(r)
	}
	if version := r.byte(); version != 1 {
		return nil, damaged("an object header of version %d", version)
	}
	r.skip(1)
	r.number(2)
	r.skip(4)
	size := r.number(4)
	r.skip(4)
	blocks := []*reader{f.to(r.at-f.base, size)}
	var all []message
	for len(blocks) > 0 {
		b := blocks[0]
		blocks = blocks[1:]
		for b.rest() >= 8 {
			kind, size := int(b.number(2)), b.number(2)
			b.skip(4)
			m := message{kind, f.to(b.at-f.base, size)}
			b.bytes(size)
			var err error
			if all, blocks, err = gathered(f, all, blocks, m, false); err != nil {
				return nil, err
			}
		}
		if b.bad {
			return nil, damaged("an object header ends too early")
		}
	}
	return all, nil
}

// messages2 reads a header of version 2.
func (f *File) messages2(r *reader) ([]message, error) {
	r.skip(4 + 1)
	flags := r.byte()
	if flags&0x20 != 0 {
		r.skip(16)
	}
	if flags&0x10 != 0 {
		r.skip(4)
	}
	size := r.number(1 << (flags & 3))
	blocks := []*reader{f.to(r.at-f.base, size)}
	var all []message
	for len(blocks) > 0 {
		b := blocks[0]
		blocks = blocks[1:]
		for b.rest() >= 4 {
			kind, size := int(b.byte()), b.number(2)
			b.skip(1)
			if flags&4 != 0 {
				b.skip(2)
			}
			m := message{kind, f.to(b.at-f.base, size)}
			b.bytes(size)
			var err error
			if all, blocks, err = gathered(f, all, blocks, m, true); err != nil {
				return nil, err
			}
		}
		if b.bad {
			return nil, damaged("an object header ends too early")
		}
	}
	return all, nil
}

// gathered adds a message, or the block that one says goes on.
func gathered(f *File, all []message, blocks []*reader, m message, second bool) ([]message, []*reader, error) {
	if len(all)+len(blocks) > maxMessages {
		return nil, nil, damaged("more than %d messages of an object", maxMessages)
	}
	if err := f.spend(int(m.r.rest()) + 8); err != nil {
		return nil, nil, err
	}
	if m.kind != isContinuation {
		return append(all, m), blocks, nil
	}
	address, size := m.r.offset(), m.r.length()
	b := f.to(address, size)
	if second {
		if string(b.bytes(4)) != "OCHK" || size < 8 {
			return nil, nil, damaged("an object header's continuation")
		}
		b.end -= 4 // its checksum
	}
	if b.bad || m.r.bad {
		return nil, nil, damaged("an object header's continuation")
	}
	return all, append(blocks, b), nil
}

// link reads a link message. Soft and external ones are left out.
func (f *File) link(r *reader, o *Object, depth int, above map[uint64]bool) error {
	r.skip(1)
	flags := r.byte()
	kind := byte(0)
	if flags&8 != 0 {
		kind = r.byte()
	}
	if flags&4 != 0 {
		r.skip(8)
	}
	if flags&0x10 != 0 {
		r.skip(1)
	}
	name := string(r.bytes(min(r.number(1<<(flags&3)), maxName)))
	if kind != 0 {
		return nil
	}
	address := r.offset()
	if r.bad {
		return damaged("a link")
	}
	return f.child(o, name, address, depth, above)
}

func (f *File) child(o *Object, name string, address uint64, depth int, above map[uint64]bool) error {
	c, err := f.object(address, depth+1, above)
	if err == nil {
		o.Children = append(o.Children, Child{strings.ToValidUTF8(name, "�"), c})
	}
	return err
}

// symbols reads a group's symbol table: a tree of nodes, and a heap of names.
func (f *File) symbols(r *reader, o *Object, depth int, above map[uint64]bool) error {
	tree, heap := r.offset(), r.offset()
	h, err := f.tagged(heap, "HEAP")
	if err != nil || r.bad {
		return damaged("a group's names")
	}
	h.skip(4)
	size := h.length()
	h.length()
	names := f.to(h.offset(), size)
	if names.bad || h.bad {
		return damaged("a group's names")
	}
	text := f.b[names.at:names.end]
	return f.tree(tree, 0, 0, 0, func(child uint64, _ *reader) error {
		n, err := f.tagged(child, "SNOD")
		if err != nil {
			return err
		}
		n.skip(2)
		for range n.number(2) {
			if err := f.spend(entrySize); err != nil {
				return err
			}
			at, address := n.offset(), n.offset()
			n.skip(4 + 4 + 16)
			if n.bad || at >= uint64(len(text)) {
				return damaged("a group's table")
			}
			name, _, _ := strings.Cut(string(text[at:min(at+maxName, uint64(len(text)))]), "\x00")
			if err := f.child(o, name, address, depth, above); err != nil {
				return err
			}
		}
		return nil
	})
}

// tree walks a tree of version 1 and calls visit for each of its leaves, with the key before it.
// See section III.A.1.
func (f *File) tree(address uint64, kind byte, rank, depth int, visit func(child uint64, key *reader) error) error {
	if depth > maxDepth {
		return damaged("a tree that is too deep")
	}
	r, err := f.tagged(address, "TREE")
	if err != nil {
		return err
	}
	if r.byte() != kind {
		return damaged("a tree of another kind")
	}
	level, used := r.byte(), int(r.number(2))
	r.skip(2 * f.offsets)
	key := uint64(f.lengths)
	if kind == 1 {
		key = uint64(8 + 8*rank)
	}
	for range used {
		k := f.to(r.at-f.base, key)
		r.bytes(key)
		child := r.offset()
		if r.bad || k.bad {
			return damaged("a tree ends too early")
		}
		if f.objects++; f.objects > maxObjects {
			return damaged("more than %d objects", maxObjects)
		}
		if level > 0 {
			err = f.tree(child, kind, rank, depth+1, visit)
		} else {
			err = visit(child, k)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// attribute reads an attribute message. See section IV.A.2.m.
func (r *reader) attribute() (Attribute, error) {
	version := r.byte()
	r.skip(1)
	name, typ, space := r.number(2), r.number(2), r.number(2)
	if version == 3 {
		r.skip(1)
	}
	padded := func(n uint64) uint64 {
		if version == 1 {
			return (n + 7) &^ 7
		}
		return n
	}
	part := func(n uint64) *reader {
		p := r.f.to(r.at-r.f.base, min(n, r.rest()))
		r.bytes(padded(n))
		return p
	}
	var a Attribute
	n := part(name)
	text, _, _ := strings.Cut(string(n.bytes(n.rest())), "\x00")
	a.Name = strings.ToValidUTF8(text, "�")
	t, err := part(typ).datatype(0)
	if err != nil {
		return a, err
	}
	shape, err := part(space).dataspace()
	if err != nil {
		return a, err
	}
	if r.bad {
		return a, damaged("an attribute")
	}
	count, err := elements(shape)
	if err != nil {
		return a, err
	}
	if shape == nil { // a null dataspace
		return a, nil
	}
	a.Scalar = len(shape) == 0
	data := r.bytes(r.rest())
	if uint64(count)*uint64(t.size) > uint64(len(data)) {
		return a, damaged("the attribute %.40q ends too early", a.Name)
	}
	switch t.class {
	case isText, isVariable:
		a.Strings, err = r.f.texts(t, data, count)
	case isWhole, isFloat:
		a.Numbers = make([]float64, count)
		for i := range a.Numbers {
			a.Numbers[i] = t.number(data[i*t.size:])
		}
	}
	return a, err
}

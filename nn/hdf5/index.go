package hdf5

import mathbits "math/bits"

// index says where the chunks of an array lie, as layouts of version 4 have it. See section IV.A.2.i and
// appendix C of version 3 of the format.
type index struct {
	kind     byte
	whole    bool   // chunks that are cut off by an edge of the array went through no filters
	size     uint64 // of a single chunk that went through filters
	mask     uint64 // of those filters that it left out
	filtered bool   // it did
}

// Kinds of indexes.
const (
	isSingle     = 1
	isImplicit   = 2
	isFixed      = 3
	isExtensible = 4
	isTree       = 5
)

// layout4 reads where chunks are.
func (r *reader) layout4(d *Dataset) error {
	flags, rank, width := r.byte(), int(r.byte()), int(r.byte())
	if rank < 2 || rank > maxRank+1 || width < 1 || width > 8 {
		return damaged("chunks of %d axes", rank)
	}
	for range rank {
		n := r.number(width)
		if n > maxNumbers {
			return damaged("chunks with an axis of %d", n)
		}
		d.chunk = append(d.chunk, int(n))
	}
	d.index = &index{kind: r.byte(), whole: flags&1 != 0}
	switch d.index.kind {
	case isSingle:
		if d.index.filtered = flags&2 != 0; d.index.filtered {
			d.index.size, d.index.mask = r.length(), r.number(4)
		}
	case isImplicit:
	case isFixed:
		r.skip(1)
	case isExtensible:
		r.skip(5)
	case isTree:
		return unknown("an array that can grow along several axes: write it without maxshape, or without libver=\"latest\"")
	default:
		return unknown("chunks with an index of kind %d", d.index.kind)
	}
	d.address = r.offset()
	return nil
}

// each calls visit for each chunk: where it begins in the array, its address, how many bytes it has, and
// which filters it left out.
func (d *Dataset) each(per int, visit func(at []int, address, size, mask uint64) error) error {
	raw := uint64(per * d.typ.size)
	rank := len(d.Shape)
	counts, first := make([]int, rank), 0 // of chunks along each axis, as far as the array may grow; the axis without limit
	for k := range rank {
		n := d.Shape[k]
		switch {
		case k >= len(d.most):
		case d.most[k] < 0:
			first = k
		default:
			n = max(n, d.most[k])
		}
		counts[k] = (n + d.chunk[k] - 1) / d.chunk[k]
	}
	visited := func(number, address, size, mask uint64) error {
		if d.f.none(address) {
			return nil
		}
		at, left := make([]int, rank), number
		order := make([]int, 0, rank) // the axes, the slowest first
		if d.index.kind == isExtensible {
			order = append(order, first)
		}
		for k := range rank {
			if d.index.kind != isExtensible || k != first {
				order = append(order, k)
			}
		}
		edge := false
		for i := rank - 1; i >= 0; i-- {
			k := order[i]
			n := uint64(max(counts[k], 1))
			place := left % n
			if i == 0 {
				place = left
			}
			left /= n
			if place >= n {
				return damaged("a chunk outside of its array")
			}
			at[k] = int(place) * d.chunk[k]
			if at[k] >= max(d.Shape[k], 1) {
				return nil // which the array has lost
			}
			edge = edge || at[k]+d.chunk[k] > d.Shape[k]
		}
		if edge && d.index.whole {
			mask = ^uint64(0)
		}
		return visit(at, address, size, mask)
	}
	switch d.index.kind {
	case isSingle:
		size, mask := raw, uint64(0)
		if d.index.filtered {
			size, mask = d.index.size, d.index.mask
		}
		return visited(0, d.address, size, mask)
	case isImplicit:
		all := uint64(1)
		for _, n := range counts {
			all *= uint64(max(n, 1))
		}
		for i := range all {
			if err := d.f.spend(8); err != nil {
				return err
			}
			if err := visited(i, d.address+i*raw, raw, 0); err != nil {
				return err
			}
		}
		return nil
	case isFixed:
		return d.fixed(raw, visited)
	}
	return d.extensible(raw, visited)
}

// list is a row of an index's elements.
type list struct {
	d        *Dataset
	filtered bool
	element  int // bytes
	raw      uint64
	next     uint64 // number of the next chunk
	visit    func(number, address, size, mask uint64) error
}

// list reads how an index has its elements.
func (d *Dataset) list(r *reader, raw uint64, visit func(number, address, size, mask uint64) error) (*list, error) {
	if r.byte() != 0 {
		return nil, unknown("an index of chunks of a later version")
	}
	l := &list{d: d, filtered: r.byte() == 1, raw: raw, visit: visit}
	l.element = int(r.byte())
	if least := d.f.offsets; l.element < least || l.filtered && (l.element < least+5 || l.element > least+12) {
		return nil, damaged("an index of chunks")
	}
	return l, nil
}

// read visits the chunks of n elements.
func (l *list) read(r *reader, n uint64) error {
	for range n {
		if err := l.d.f.spend(l.element); err != nil {
			return err
		}
		address, size, mask := r.offset(), l.raw, uint64(0)
		if l.filtered {
			size, mask = r.number(l.element-l.d.f.offsets-4), r.number(4)
		} else {
			r.skip(l.element - l.d.f.offsets)
		}
		if r.bad {
			return damaged("an index of chunks ends too early")
		}
		if err := l.visit(l.next, address, size, mask); err != nil {
			return err
		}
		l.next++
	}
	return nil
}

// pages visits the chunks of n elements that lie in pages of so many, each with a checksum; bitmap says
// which of them there are, from bit p on.
func (l *list) pages(r *reader, n, each uint64, bitmap []byte, p uint64) error {
	for ; n > 0; p++ {
		here := min(n, each)
		if p/8 < uint64(len(bitmap)) && bitmap[p/8]&(0x80>>(p%8)) != 0 {
			if err := l.read(r, here); err != nil {
				return err
			}
			r.skip(4)
		} else {
			if err := l.d.f.spend(8); err != nil {
				return err
			}
			r.bytes(here*uint64(l.element) + 4)
			l.next += here
		}
		n -= here
	}
	return nil
}

// bitmap is that of so many pages.
func bitmap(r *reader, pages uint64) []byte { return r.bytes((pages + 7) / 8) }

// fixed reads a fixed array: a header and one block.
func (d *Dataset) fixed(raw uint64, visit func(number, address, size, mask uint64) error) error {
	h, err := d.f.tagged(d.address, "FAHD")
	if err != nil {
		return err
	}
	l, err := d.list(h, raw, visit)
	if err != nil {
		return err
	}
	page, n := h.byte(), h.length()
	block := h.offset()
	if h.bad || page > 32 || n > maxNumbers {
		return damaged("an index of chunks")
	}
	if d.f.none(block) {
		return nil
	}
	r, err := d.f.tagged(block, "FADB")
	if err != nil {
		return err
	}
	r.skip(2 + d.f.offsets)
	if each := uint64(1) << page; n > each {
		present := bitmap(r, (n+each-1)/each)
		r.skip(4)
		return l.pages(r, n, each, present, 0)
	}
	return l.read(r, n)
}

// extensible reads an extensible array: a header, a block with the first elements and the addresses of
// further ones, and of blocks with the addresses of more.
func (d *Dataset) extensible(raw uint64, visit func(number, address, size, mask uint64) error) error {
	h, err := d.f.tagged(d.address, "EAHD")
	if err != nil {
		return err
	}
	l, err := d.list(h, raw, visit)
	if err != nil {
		return err
	}
	var s [5]uint64 // bits of a number, elements in the index block, in the least block, least addresses, bits of a page
	for i := range s {
		s[i] = uint64(h.byte())
	}
	for range 4 {
		h.length()
	}
	n, _ := h.length(), h.length() // as many as have been set, and as there is room for
	at := h.offset()
	if h.bad || s[0] > 64 || s[4] > 32 || s[2] == 0 || mathbits.OnesCount64(s[2]) != 1 || s[3] < 2 || mathbits.OnesCount64(s[3]) != 1 || n > maxNumbers {
		return damaged("an index of chunks")
	}
	if d.f.none(at) {
		return nil
	}
	r, err := d.f.tagged(at, "EAIB")
	if err != nil {
		return err
	}
	r.skip(2 + d.f.offsets)
	if err := l.read(r, s[1]); err != nil {
		return err
	}
	direct := 2 * mathbits.Len64(s[3]-1) // levels whose blocks are named in the index block
	for level := 0; l.next < n; level++ {
		blocks, size := uint64(1)<<(level/2), s[2]<<((level+1)/2)
		if level > 2*32 {
			return damaged("an index of chunks")
		}
		from, present := r, []byte(nil)
		pages := uint64(0)
		if each := uint64(1) << s[4]; size > each {
			pages = size / each
		}
		if level >= direct {
			super := r.offset()
			if d.f.none(super) {
				l.next += blocks * size
				continue
			}
			if from, err = d.f.tagged(super, "EASB"); err != nil {
				return err
			}
			from.skip(2 + d.f.offsets + int(s[0]+7)/8)
			present = from.bytes(blocks * ((pages + 7) / 8))
		}
		for k := uint64(0); k < blocks && l.next < n; k++ {
			block := from.offset()
			if from.bad || r.bad {
				return damaged("an index of chunks ends too early")
			}
			if d.f.none(block) {
				l.next += size
				continue
			}
			b, err := d.f.tagged(block, "EADB")
			if err != nil {
				return err
			}
			b.skip(2 + d.f.offsets + int(s[0]+7)/8)
			if pages > 0 {
				b.skip(4)
				err = l.pages(b, size, 1<<s[4], present, k*pages)
			} else {
				err = l.read(b, size)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

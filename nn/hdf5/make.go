package hdf5

import (
	"fmt"
	"strings"
)

// NewDataset returns an array to be written, as numbers of 32 bits. It keeps values.
func NewDataset(shape []int, values []float32) *Object {
	return &Object{Dataset: &Dataset{Shape: shape, typ: datatype{class: isFloat, size: 4}, values: values}}
}

// Group returns the group of a path with slashes, and makes what is missing of it.
func (o *Object) Group(path string) *Object {
	for name := range strings.SplitSeq(path, "/") {
		if name == "" {
			continue
		}
		next := o.Find(name)
		if next == nil {
			next = &Object{}
			o.Children = append(o.Children, Child{name, next})
		}
		o = next
	}
	return o
}

// Put puts an array at a path with slashes. It keeps values.
func (o *Object) Put(path string, shape []int, values []float32) {
	at := strings.LastIndexByte(path, '/')
	g := o.Group(path[:max(at, 0)])
	g.Children = append(g.Children, Child{path[at+1:], NewDataset(shape, values)})
}

// PutWhole puts one whole number of 64 bits, up to 2^24 either way, at a path with slashes.
func (o *Object) PutWhole(path string, value int) {
	o.Put(path, []int{}, []float32{float32(value)})
	d := o.Find(path).Dataset
	d.typ = datatype{class: isWhole, size: 8, signed: true}
}

// SetString sets an attribute to a text of any length.
func (o *Object) SetString(name, text string) {
	o.Attributes = append(o.Attributes, Attribute{Name: name, Strings: []string{text}, Scalar: true})
}

// headerLimit is the most bytes that Keras writes into one attribute, HDF5_OBJECT_HEADER_LIMIT.
const headerLimit = 64512

// SetStrings sets an attribute to a list of texts. One that is longer than an object's header may be
// is cut into attributes whose names end in 0, 1, …, as Keras does; Strings puts them together.
// Source: save_attributes_to_hdf5_group in
// https://github.com/keras-team/keras/blob/v3.8.0/keras/src/legacy/saving/legacy_h5_format.py.
func (o *Object) SetStrings(name string, all []string) {
	size, pieces := width(all), 1
	for pieces < len(all) && (len(all)+pieces-1)/pieces*size > headerLimit {
		pieces++
	}
	if pieces == 1 {
		o.Attributes = append(o.Attributes, Attribute{Name: name, Strings: all})
		return
	}
	least, longer := len(all)/pieces, len(all)%pieces // as numpy.array_split cuts
	for i := range pieces {
		n := least
		if i < longer {
			n++
		}
		o.Attributes = append(o.Attributes, Attribute{Name: fmt.Sprint(name, i), Strings: all[:n]})
		all = all[n:]
	}
}

// width returns the bytes of the longest of a list's texts: all of them take that many.
func width(all []string) int {
	n := 1
	for _, s := range all {
		n = max(n, len(s))
	}
	return n
}

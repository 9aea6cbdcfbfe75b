package convert

import (
	"cmp"
	"slices"
	"strings"

	"tenfold/nn/hdf5"
)

// tensor is an array of a file that holds weights alone.
type tensor struct {
	name  string // what of its layer it is: "kernel", or a number
	full  string // as the file calls it
	shape []int
	read  func() ([]float32, error)
}

// part is what a file has for one layer.
type part struct {
	name    string // the layer's, with those of the models that it lies in
	tensors []tensor
}

// parts are all layers with weights in a file.
type parts struct {
	all     []*part
	ordered bool // they stand in the order of the model's layers
	torch   bool // some are named as PyTorch names them
	at      map[string]*part
}

// maxParts is the most that a file may have: more than any network's layers.
const maxParts = 4000

// short returns a part's name without those of the models that it lies in.
func (p *part) short() string {
	return p.name[strings.LastIndexAny(p.name, "/")+1:]
}

// add adds an array of an HDF5 file to the part of its layer.
func (s *parts) add(owner, name string, o *hdf5.Object) {
	p := s.of(owner)
	p.tensors = append(p.tensors, h5tensor(strings.TrimSuffix(name, ":0"), owner, o))
}

// of returns the part of a layer, a new one if there is none.
func (s *parts) of(owner string) *part {
	p := s.at[owner]
	if p == nil {
		if s.at == nil {
			s.at = map[string]*part{}
		}
		p = &part{name: owner}
		s.at[owner] = p
		s.all = append(s.all, p)
	}
	return p
}

// h5tensor returns an array of an HDF5 file.
func h5tensor(name, owner string, o *hdf5.Object) tensor {
	full := owner + "/" + name
	return tensor{name, full, o.Shape, func() ([]float32, error) { return values(o, full) }}
}

// sort sorts parts whose order says nothing by name, numbers by value.
func (s *parts) sort() {
	if !s.ordered {
		slices.SortStableFunc(s.all, func(a, b *part) int { return natural(a.name, b.name) })
	}
}

// natural compares names, with numbers in them by value: conv2d, conv2d_2,
// conv2d_10.
func natural(a, b string) int {
	for a != "" && b != "" {
		n, m := digits(a), digits(b)
		if n > 0 && m > 0 {
			x, y := strings.TrimLeft(a[:n], "0"), strings.TrimLeft(b[:m], "0")
			if c := cmp.Or(cmp.Compare(len(x), len(y)), cmp.Compare(x, y)); c != 0 {
				return c
			}
			a, b = a[n:], b[m:]
			continue
		}
		if a[0] != b[0] {
			return cmp.Compare(a[0], b[0])
		}
		a, b = a[1:], b[1:]
	}
	return cmp.Compare(len(a), len(b))
}

// digits returns how many digits a name begins with.
func digits(s string) int {
	return len(s) - len(strings.TrimLeft(s, "0123456789"))
}

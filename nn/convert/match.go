package convert

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"tenfold/nn/keras"
	"tenfold/nn/layer"
	"tenfold/nn/model"
)

// alone opens a file of weights alone, written by from, as a network like at.
func alone(at *model.Network, from string, s *parts) (*model.Network, error) {
	if at == nil {
		return nil, fmt.Errorf("convert: the file has weights alone, from %s: open the network that they belong to first, and then this file; or save the whole model, with model.save(\"model.keras\")", from)
	}
	text, err := at.Architecture()
	if err != nil {
		return nil, err
	}
	net, err := model.Designed(text)
	if err != nil {
		return nil, err
	}
	net.Task, net.Name = at.Task, at.Name
	order, names := keras.Order(net)
	own := make([]string, net.Len())
	for i, n := range net.Nodes() {
		own[i] = n.Name
	}
	return net, match(net, s, order, own, names)
}

// matchPlaced gives the network of a config the weights of a file's parts.
func matchPlaced(net *model.Network, s *parts, placed []keras.Placed) error {
	names, order := make([]string, net.Len()), []int{}
	for _, p := range placed {
		if p.Node >= 0 {
			names[p.Node], order = p.Name, append(order, p.Node)
		}
	}
	return match(net, s, order, names)
}

// match gives a network the weights of a file's parts. names are what its
// layers may be called there, by node; order is the order in which they may
// stand there. Where all names of one list agree they say which is which, and
// otherwise the order among layers of a kind, or unique shapes. What is
// missing, superfluous or ambiguous is an error that names it.
func match(net *model.Network, s *parts, order []int, names ...[]string) error {
	if len(s.all) > maxParts {
		return fmt.Errorf("convert: the file has weights of %d layers: want at most %d", len(s.all), maxParts)
	}
	s.sort()
	var want []int // nodes with weights
	for _, i := range order {
		if len(net.Nodes()[i].Weights) > 0 {
			want = append(want, i)
		}
	}
	layouts := []bool{false}
	if s.torch {
		if err := joined(net); err != nil {
			return err
		}
		layouts = []bool{true, false}
	}
	var first error
	for _, torch := range layouts {
		m := &matcher{net: net, parts: s, want: want, torch: torch}
		all, err := m.all(names)
		if err == nil {
			return take(all)
		}
		if first == nil {
			first = err
		}
	}
	return first
}

// matcher finds out which part of a file belongs to which layer.
type matcher struct {
	net   *model.Network
	parts *parts
	want  []int
	torch bool
}

func (m *matcher) all(names [][]string) ([]taken, error) {
	var found [][]taken
	for _, of := range names {
		if all := m.byName(of); all != nil && !slices.ContainsFunc(found, func(f []taken) bool { return same(f, all) }) {
			found = append(found, all)
		}
	}
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1 && m.parts.ordered:
		return m.byOrder()
	case len(found) > 1:
		return nil, errors.New("convert: the names in the file fit the network in two ways, since Keras numbers the layers of networks with several paths in an order of its own: save the whole model, with model.save(\"model.keras\")")
	}
	return m.byOrder()
}

// same reports whether two ways give all weights the same tensors.
func same(a, b []taken) bool {
	of := map[*model.Weight]string{}
	for _, t := range a {
		of[t.weight] = t.tensor.full
	}
	return len(a) == len(b) && !slices.ContainsFunc(b, func(t taken) bool { return of[t.weight] != t.tensor.full })
}

// byName returns what fits if every layer's name is that of one part and no
// part is left, else nil.
func (m *matcher) byName(names []string) []taken {
	if len(m.parts.all) != len(m.want) {
		return nil
	}
	all := []taken{}
	for _, i := range m.want {
		var p *part
		for _, q := range m.parts.all {
			if q.short() == names[i] || q.name == names[i] {
				if p != nil {
					return nil
				}
				p = q
			}
		}
		if p == nil {
			return nil
		}
		f := fitting(m.net, i, p, m.torch)
		if f == nil {
			return nil
		}
		all = append(all, f...)
	}
	return all
}

// byOrder returns what fits if the parts of each kind stand in the order of the
// layers of that kind, or have shapes that say which is which.
func (m *matcher) byOrder() ([]taken, error) {
	kinds := map[string][]*part{}
	for _, p := range m.parts.all {
		k := kindOfPart(p)
		kinds[k] = append(kinds[k], p)
	}
	wanted := map[string][]int{}
	var order []string
	for _, i := range m.want {
		k := kindOf(m.net.Nodes()[i])
		if wanted[k] == nil {
			order = append(order, k)
		}
		wanted[k] = append(wanted[k], i)
	}
	var all []taken
	for _, k := range order {
		found, err := m.ofKind(wanted[k], kinds[k])
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
		delete(kinds, k)
	}
	for _, p := range m.parts.all {
		if slices.ContainsFunc(kinds[kindOfPart(p)], func(q *part) bool { return q == p }) {
			return nil, fmt.Errorf("convert: the file has weights of %.80q (%s), for which the network has no layer: open the network that they belong to first", p.name, p.shapes())
		}
	}
	return all, nil
}

// ofKind gives the layers of one kind their parts.
func (m *matcher) ofKind(want []int, have []*part) ([]taken, error) {
	if len(want) != len(have) {
		for _, i := range want {
			if !slices.ContainsFunc(have, func(p *part) bool { return fitting(m.net, i, p, m.torch) != nil }) {
				return nil, m.missing(i, have)
			}
		}
		return nil, fmt.Errorf("convert: the network has %d layers like %s, the file weights of %d (%s): open the network that they belong to first", len(want), m.net.Nodes()[want[0]].Name, len(have), list(have))
	}
	var all []taken
	for k, i := range want {
		f := fitting(m.net, i, have[k], m.torch)
		if f == nil {
			return m.byShape(want, have)
		}
		all = append(all, f...)
	}
	return all, m.numbered(want, have)
}

// numbered returns an error if the order of the parts' names may not be that of
// the layers: two that could be mistaken for each other differ in more than
// numbers.
func (m *matcher) numbered(want []int, have []*part) error {
	if m.parts.ordered {
		return nil
	}
	for k, i := range want {
		for _, p := range have[:k] {
			q := have[k]
			a, b := stem(p.name), stem(q.name)
			if a != b && strings.Count(a, "/") == strings.Count(b, "/") && fitting(m.net, i, p, m.torch) != nil {
				return fmt.Errorf("convert: the weights of both %.80q and %.80q in the file fit the layer %q, and neither has its name: name them as Summary does, or save the whole model, with model.save(\"model.keras\")", p.name, q.name, m.net.Nodes()[i].Name)
			}
		}
	}
	return nil
}

// stem returns a name without its numbers.
func stem(name string) string {
	return strings.Map(func(c rune) rune {
		if c >= '0' && c <= '9' || c == '_' {
			return -1
		}
		return c
	}, name)
}

// byShape gives layers of one kind the only parts that fit them.
func (m *matcher) byShape(want []int, have []*part) ([]taken, error) {
	var all []taken
	used := map[*part]bool{}
	for _, i := range want {
		var fit []*part
		for _, p := range have {
			if fitting(m.net, i, p, m.torch) != nil {
				fit = append(fit, p)
			}
		}
		n := m.net.Nodes()[i]
		switch {
		case len(fit) == 0:
			return nil, m.missing(i, have)
		case len(fit) > 1:
			return nil, fmt.Errorf("convert: the layers stand in another order in the file, and the weights of %s fit the layer %q: name them as Summary does, or save the whole model, with model.save(\"model.keras\")", list(fit), n.Name)
		case used[fit[0]]:
			return nil, fmt.Errorf("convert: the weights of %.80q in the file fit the layer %q and another one: open the network that they belong to first", fit[0].name, n.Name)
		}
		used[fit[0]] = true
		all = append(all, fitting(m.net, i, fit[0], m.torch)...)
	}
	return all, nil
}

// missing returns the error that a file has nothing for a layer.
func (m *matcher) missing(i int, have []*part) error {
	n := m.net.Nodes()[i]
	class, _ := layer.Class(n.Layer)
	var shapes []string
	for _, w := range n.Weights {
		shapes = append(shapes, fmt.Sprint(w.Name, " ", []int(w.Shape)))
	}
	there := "has none of such layers"
	if len(have) > 0 {
		there = "has those of " + list(have)
	}
	return fmt.Errorf("convert: no weights in the file fit the layer %q (%s: %s); it %s: open the network that they belong to first", n.Name, class, strings.Join(shapes, ", "), there)
}

// list names some parts with their shapes.
func list(all []*part) string {
	const most = 6
	var names []string
	for _, p := range all[:min(len(all), most)] {
		names = append(names, fmt.Sprintf("%.60q (%s)", p.name, p.shapes()))
	}
	text := strings.Join(names, ", ")
	if len(all) > most {
		text += fmt.Sprintf(" and %d others", len(all)-most)
	}
	return text
}

// shapes returns the shapes of a part's tensors, in words.
func (p *part) shapes() string {
	var all []string
	for _, t := range p.tensors[:min(len(p.tensors), 6)] {
		if t.name != counted {
			all = append(all, fmt.Sprint(t.shape))
		}
	}
	return strings.Join(all, ", ")
}

// Kinds of layers with weights, as far as tensors show them.
const (
	isConvolution   = "convolution"
	isMatrix        = "dense"
	isNormalization = "normalization"
	isOtherKind     = "other"
)

// kindOf returns the kind of a layer.
func kindOf(n model.Node) string {
	switch n.Layer.(type) {
	case layer.Conv2D, layer.DepthwiseConv2D, layer.SeparableConv2D:
		return isConvolution
	case layer.Dense:
		return isMatrix
	case layer.BatchNormalization, layer.LayerNormalization:
		return isNormalization
	}
	return isOtherKind
}

// kindOfPart returns the kind of the layer whose tensors a part has.
func kindOfPart(p *part) string {
	most, names := 0, 0
	for _, t := range p.tensors {
		if t.name == counted {
			continue
		}
		most = max(most, len(t.shape))
		names++
		if t.name == "alpha" {
			return isOtherKind
		}
	}
	switch {
	case most == 4:
		return isConvolution
	case most == 2:
		return isMatrix
	case most == 1 && names > 1 || names == 1 && slices.Contains([]string{"gamma", "beta", "scale"}, p.tensors[0].name):
		return isNormalization
	}
	return isOtherKind
}

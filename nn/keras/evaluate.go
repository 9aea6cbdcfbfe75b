package keras

import (
	"slices"
	"strings"
)

// value evaluates an expression.
func (r *reader) value(x *node, s *scope) (any, error) {
	if err := r.step(x.line); err != nil {
		return nil, err
	}
	switch x.op {
	case constant:
		if x.text == "f" {
			if s, ok := r.formatted(x.num.(string), func(name string) (any, bool) { return s.get(name) }); ok {
				return s, r.spend(len(s)/8, x.line)
			}
			return unknown{what: x.num.(string), line: x.line}, nil
		}
		return x.num, nil
	case identifier:
		if v, ok := s.get(x.text); ok {
			return v, nil
		}
		if counts(x.text) {
			if n, ok := r.assumed(x.text, x.line); ok {
				return n, nil
			}
		}
		return path(x.text), nil
	case attribute:
		of, err := r.value(x.kids[0], s)
		if err != nil {
			return nil, err
		}
		if err := r.spend(len(x.text), x.line); err != nil {
			return nil, err
		}
		return r.attribute(of, x.text, x.line), nil
	case call:
		return r.call(x, s)
	case index:
		return r.index(x, s)
	case tuple, listing:
		return r.list(x, s)
	case mapping:
		d := &dictionary{}
		for i := 0; i < len(x.kids); i += 2 {
			if x.kids[i] == nil { // **
				v, err := r.value(x.kids[i+1], s)
				if err != nil {
					return nil, err
				}
				more, ok := v.(*dictionary)
				if !ok {
					return unknown{what: describe(v), line: x.line}, nil
				}
				if err := r.spend(len(more.keys), x.line); err != nil {
					return nil, err
				}
				d.merge(more)
				continue
			}
			key, err := r.value(x.kids[i], s)
			if err != nil {
				return nil, err
			}
			v, err := r.value(x.kids[i+1], s)
			if err != nil {
				return nil, err
			}
			d.set(key, v)
		}
		return d, nil
	case unary:
		v, err := r.value(x.kids[0], s)
		if err != nil {
			return nil, err
		}
		return signed(x.text, v, x.line)
	case binary:
		return r.binary(x, s)
	case choice:
		test, err := r.value(x.kids[0], s)
		if err != nil {
			return nil, err
		}
		switch yes, known := truth(test); {
		case !known:
			return unknown{what: "an if", line: x.line}, nil
		case yes:
			return r.value(x.kids[1], s)
		}
		return r.value(x.kids[2], s)
	case every:
		return r.every(x, s)
	case walrus:
		v, err := r.value(x.kids[1], s)
		if err != nil {
			return nil, err
		}
		return v, r.bind(x.kids[0], v, s)
	case chained:
		a, err := r.value(x.kids[0], s)
		for i, sign := range x.signs {
			if err != nil {
				return nil, err
			}
			b, err := r.value(x.kids[i+1], s)
			if err != nil {
				return nil, err
			}
			v, err := r.operate(sign, a, b, x.line)
			if err != nil {
				return nil, err
			}
			if yes, known := truth(v); !known || !yes {
				return v, nil
			}
			a = b
		}
		return true, err
	case anonymous:
		f := *x.def
		f.scope = s
		return &f, nil
	}
	return unknown{what: "this", line: x.line}, nil
}

func (r *reader) list(x *node, s *scope) (any, error) {
	list := &sequence{tuple: x.op == tuple}
	for _, kid := range x.kids {
		star := kid.op == unary && kid.text == "*"
		if star {
			kid = kid.kids[0]
		}
		v, err := r.value(kid, s)
		if err != nil {
			return nil, err
		}
		items := []any{v}
		if more, ok := listed(v); star && ok {
			items = more
		}
		if err := r.extend(list, items, kid.line); err != nil {
			return nil, err
		}
	}
	if x.text == "{" { // a set
		list.items = distinct(list.items)
	}
	return list, nil
}

// every returns a list made of another one.
func (r *reader) every(x *node, s *scope) (any, error) {
	over, err := r.value(x.kids[2], s)
	if err != nil {
		return nil, err
	}
	items, ok := listed(over)
	if !ok {
		return unknown{what: "a list", line: x.line}, nil
	}
	inner, list, entries := &scope{vars: map[string]any{}, up: s}, &sequence{}, &dictionary{}
	for _, item := range items {
		if err := r.bind(x.kids[1], item, inner); err != nil {
			return nil, err
		}
		if x.kids[3] != nil {
			test, err := r.value(x.kids[3], inner)
			if err != nil {
				return nil, err
			}
			if yes, known := truth(test); !known {
				return unknown{what: "a list", line: x.line}, nil
			} else if !yes {
				continue
			}
		}
		v, err := r.value(x.kids[0], inner)
		if err != nil {
			return nil, err
		}
		of := []any{v}
		switch pair, is := v.(*sequence); {
		case x.text == "{" && is && len(pair.items) == 2:
			entries.set(pair.items[0], pair.items[1])
			continue
		case x.text == "+" && is:
			of = pair.items
		case x.text == "+":
			return unknown{what: "a list", line: x.line}, nil
		}
		if err := r.extend(list, of, x.line); err != nil {
			return nil, err
		}
	}
	if x.text == "{" {
		return entries, nil
	}
	return list, nil
}

func (r *reader) attribute(of any, name string, line int) any {
	switch of := of.(type) {
	case path:
		if n, ok := r.counted(name, undefined(of) != "", line); ok {
			return n
		}
		if len(of) > 1000 {
			return unknown{what: cut(string(of)), line: line}
		}
		return of + "." + path(name)
	case unknown:
		if n, ok := r.counted(name, true, line); ok {
			return n
		}
		u := of
		u.what, u.line = clip(of.what+"."+name), line
		return u
	case *space:
		v := of.find(name)
		if f, is := v.(*function); is && len(f.params) > 0 && f.params[0].name == "cls" { // a method of the class
			return bound(f, of)
		}
		if _, ok := of.vars[name]; ok || v != nil {
			return v
		}
		return unknown{what: of.name + "." + name, line: line}
	case *object:
		return of.attribute(name, line)
	case *tensor:
		if name == "shape" || name == "_keras_shape" {
			return r.shapeOf(of, line)
		}
	case *functional:
		switch name {
		case "input", "inputs":
			return of.in
		case "output", "outputs":
			return of.out
		}
	case *sequential:
		if slices.Contains([]string{"input", "inputs", "output", "outputs"}, name) {
			in, out, err := r.tensorsOf(of)
			if err == nil && strings.HasPrefix(name, "out") {
				return out
			} else if err == nil {
				return in
			}
		}
	}
	return method{of, name}
}

func (r *reader) index(x *node, s *scope) (any, error) {
	of, err := r.value(x.kids[0], s)
	if err != nil {
		return nil, err
	}
	if u, ok := of.(unknown); ok {
		u.line = x.line
		if x.kids[1].op != slice && strings.HasSuffix(u.what, ".shape") {
			at, err := r.value(x.kids[1], s)
			if err != nil {
				return nil, err
			}
			switch i, ok := whole(at); {
			case !ok:
			case i == 0 && u.count > 0:
				return int64(u.count), nil
			case u.hot && (i == 1 || i == -1):
				return int64(u.classes), nil
			case u.pictures && i >= 1 && i <= len(r.input):
				return int64(r.input[i-1]), nil
			case u.pictures && i == -1:
				return int64(r.input[len(r.input)-1]), nil
			}
		}
		u.count = 0
		if x.kids[1].op != slice {
			u.pictures, u.hot = false, false
		}
		return u, nil
	}
	if x.kids[1].op == slice {
		return r.part(of, x, s)
	}
	at, err := r.value(x.kids[1], s)
	if err != nil {
		return nil, err
	}
	if d, ok := of.(*dictionary); ok {
		if v, ok := d.get(at); ok {
			return v, nil
		}
		return unknown{what: "an entry", line: x.line}, nil
	}
	items, ok := listed(of)
	i, number := whole(at)
	if !ok || !number {
		return unknown{what: describe(of) + "[…]", line: x.line}, nil
	}
	if i < 0 {
		i += len(items)
	}
	if i < 0 || i >= len(items) {
		return nil, wrong(x.line, "there is no number %d of %d", i, len(items))
	}
	return items[i], nil
}

// part is a slice of a list.
func (r *reader) part(of any, x *node, s *scope) (v any, err error) {
	items, ok := listed(of)
	if !ok {
		return unknown{what: describe(of) + "[…]", line: x.line}, nil
	}
	bounds := []int{0, len(items), 1}
	for k, kid := range x.kids[1].kids {
		if kid == nil {
			continue
		}
		v, err := r.value(kid, s)
		if err != nil {
			return nil, err
		}
		n, ok := whole(v)
		if !ok && v != nil {
			return unknown{what: describe(of) + "[…]", line: x.line}, nil
		}
		if v == nil {
			continue
		}
		if n < 0 && k < 2 {
			n += len(items)
		}
		bounds[k] = n
	}
	from, to, step := max(bounds[0], 0), min(bounds[1], len(items)), bounds[2]
	out := &sequence{}
	if l, ok := of.(*sequence); ok {
		out.tuple = l.tuple
	}
	if err := r.spend(len(items), x.line); err != nil {
		return nil, err
	}
	defer func() {
		if _, text := of.(string); text && err == nil {
			if list, ok := v.(*sequence); ok {
				var b strings.Builder
				for _, c := range list.items {
					b.WriteString(c.(string))
				}
				v = b.String()
			}
		}
	}()
	switch {
	case step == -1 && x.kids[1].kids[0] == nil && x.kids[1].kids[1] == nil:
		for i := range items {
			out.items = append(out.items, items[len(items)-1-i])
		}
	case step < 1:
		return unknown{what: describe(of) + "[…]", line: x.line}, nil
	default:
		for i := from; i < to; i += step {
			out.items = append(out.items, items[i])
		}
	}
	return out, nil
}

// counted returns how many a value stands for, if it is as long as a data set.
func counted(v any) int {
	if u, ok := v.(unknown); ok {
		return u.count
	}
	return 0
}

// shapeOf returns a tensor's shape: a tuple of None for the batch and of numbers.
func (r *reader) shapeOf(t *tensor, line int) any {
	out := t.out
	if t.layer == nil {
		if out = t.shape; out == nil {
			out = r.input
		}
	}
	if out == nil {
		return unknown{what: "shape", line: line}
	}
	s := &sequence{items: []any{nil}, tuple: true}
	for _, n := range out {
		s.items = append(s.items, int64(n))
	}
	return s
}

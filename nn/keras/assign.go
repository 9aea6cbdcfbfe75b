package keras

import (
	"slices"
	"strings"
)

// listed returns the items of what a loop can go over.
func listed(v any) ([]any, bool) {
	switch v := v.(type) {
	case *sequence:
		return v.items, true
	case string:
		if len(v) > maxItems {
			return nil, false
		}
		var all []any
		for _, c := range v {
			all = append(all, string(c))
		}
		return all, true
	case *dictionary:
		return v.keys, true
	}
	return nil, false
}

func (r *reader) assign(st statement, s *scope) error {
	v, err := r.value(st.value, s)
	if err != nil {
		return err
	}
	if st.text != "=" {
		target := st.targets[len(st.targets)-1]
		old, err := r.value(target, s)
		if err != nil {
			return err
		}
		if list, ok := old.(*sequence); ok && st.text == "+=" && !list.tuple { // in its place
			if more, ok := v.(*sequence); ok {
				return r.extend(list, more.items, st.line)
			}
		}
		if v, err = r.operate(strings.TrimSuffix(st.text, "="), old, v, st.line); err != nil {
			return err
		}
		return r.bind(target, v, s)
	}
	for _, target := range st.targets {
		if err := r.bind(target, v, s); err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) extend(list *sequence, items []any, line int) error {
	if len(list.items)+len(items) > maxItems {
		return wrong(line, "a list of more than %d", maxItems)
	}
	list.items = append(list.items, items...)
	return r.spend(len(items), line)
}

// bind gives a target its value. What is not a name is left alone: the parts of what is not
// known, and those of a callback.
func (r *reader) bind(target *node, v any, s *scope) error {
	switch target.op {
	case identifier:
		if t, ok := v.(*tensor); ok && t == nil {
			v = nil
		}
		s.set(target.text, v)
	case tuple, listing:
		items, ok := listed(v)
		if !ok && !ofNetwork(v) { // a function's result that is not followed
			if _, is := v.(unknown); !is {
				v = unknown{what: describe(v), line: target.line}
			}
		}
		if star := slices.IndexFunc(target.kids, func(x *node) bool { return x.op == unary && x.text == "*" }); star >= 0 && ok && len(items) >= len(target.kids)-1 {
			rest := len(items) - len(target.kids) + 1
			items = slices.Concat(items[:star], []any{&sequence{items: slices.Clone(items[star:][:rest])}}, items[star+rest:])
		}
		if u, is := v.(unknown); is {
			items, ok = make([]any, len(target.kids)), true
			for i := range items {
				items[i] = u
			}
		}
		if !ok || len(items) != len(target.kids) {
			return wrong(target.line, "%d names for %s", len(target.kids), describe(v))
		}
		for i, kid := range target.kids {
			if err := r.bind(kid, items[i], s); err != nil {
				return err
			}
		}
	case unary:
		return r.bind(target.kids[0], v, s)
	case index:
		of, err := r.value(target.kids[0], s)
		if err != nil {
			return err
		}
		if target.kids[1].op == slice || target.kids[1].op == tuple {
			return nil
		}
		at, err := r.value(target.kids[1], s)
		if err != nil {
			return err
		}
		switch of := of.(type) {
		case *dictionary:
			if len(of.keys) >= maxItems {
				return wrong(target.line, "a dictionary of more than %d", maxItems)
			}
			of.set(at, v)
		case *sequence:
			i, number := whole(at)
			if i < 0 {
				i += len(of.items)
			}
			if number && i >= 0 && i < len(of.items) {
				of.items[i] = v
			}
		}
	case attribute:
		if of, err := r.value(target.kids[0], s); err != nil {
			return err
		} else if c, ok := of.(*space); ok {
			c.vars[target.text] = v
		} else if o, ok := of.(*object); ok {
			o.vars[target.text] = v
		}
		if target.text == "trainable" {
			r.note(target.line, "trainable is left out: all layers are trained")
		}
	}
	return nil
}

package keras

import (
	"slices"
	"strconv"
	"strings"
)

// method follows a method of a value's.
func (r *reader) method(m method, args []given, line int) (any, error) {
	switch of := m.of.(type) {
	case *sequential:
		switch m.name {
		case "add":
			v, _ := argument(args, 0, "layer")
			return nil, r.stack(of, v, line)
		case "pop":
			if n := len(of.rows); n > 0 {
				of.rows = of.rows[:n-1]
			}
			return nil, nil
		}
		return r.trained(of, m.name, args, line)
	case *functional:
		return r.trained(of, m.name, args, line)
	case *object:
		return r.ofObject(of, m.name, args, line)
	case *sequence:
		v, _ := argument(args, 0)
		switch items, ok := listed(v); {
		case of.tuple:
		case m.name == "append":
			return nil, r.extend(of, []any{v}, line)
		case m.name == "extend" && ok:
			return nil, r.extend(of, items, line)
		case m.name == "reverse":
			slices.Reverse(of.items)
			return nil, r.spend(len(of.items), line)
		case m.name == "clear":
			of.items = nil
			return nil, nil
		case m.name == "insert" && len(args) > 1:
			at, ok := whole(v)
			if !ok {
				break
			}
			if at < 0 {
				at = max(at+len(of.items), 0)
			}
			of.items = slices.Insert(of.items, min(at, len(of.items)), args[1].value)
			return nil, r.extend(of, nil, line)
		case m.name == "pop":
			at, ok := whole(v)
			if len(args) == 0 {
				at, ok = -1, true
			}
			if at < 0 {
				at += len(of.items)
			}
			if !ok {
				break
			}
			if at < 0 || at >= len(of.items) {
				return nil, wrong(line, "pop: there is no number %d of %d", at, len(of.items))
			}
			out := of.items[at]
			of.items = slices.Delete(slices.Clone(of.items), at, at+1)
			return out, r.spend(len(of.items), line)
		}
		switch m.name {
		case "index", "count":
			n := int64(0)
			for i, item := range of.items {
				if plain(item) && same(item, v) {
					if n++; m.name == "index" {
						return int64(i), nil
					}
				}
			}
			if m.name == "count" {
				return n, r.spend(len(of.items), line)
			}
			return nil, wrong(line, "index: %s is not in the list", describe(v))
		case "sum", "max", "min", "prod": // of an array of numpy's
			if v, ok, err := r.python(m.name, []given{{value: of}}, line); ok || err != nil {
				return v, err
			}
		case "tolist":
			return of, nil
		case "as_list", "copy":
			return &sequence{items: slices.Clone(of.items)}, r.spend(len(of.items), line)
		}
	case *tensor:
		if m.name == "get_shape" && of != nil {
			return r.shapeOf(of, line), nil
		}
	case string:
		switch m.name {
		case "lower":
			return strings.ToLower(of), r.spend(len(of)/8, line)
		case "upper":
			return strings.ToUpper(of), r.spend(len(of)/8, line)
		case "strip":
			return strings.TrimSpace(of), r.spend(len(of)/8, line)
		case "split":
			separator, ok := argument(args, 0, "sep")
			by, text := separator.(string)
			if len(args) > 1 || ok && (!text || by == "") {
				break
			}
			list, parts := &sequence{}, strings.Fields(of)
			if ok {
				parts = strings.Split(of, by)
			}
			for _, p := range parts {
				list.items = append(list.items, p)
			}
			if len(parts) > maxItems {
				return nil, wrong(line, "a list of more than %d", maxItems)
			}
			return list, r.spend(len(of)/8, line)
		case "format":
			next := 0
			if s, ok := r.formatted(of, func(name string) (any, bool) {
				if name == "" {
					name = strconv.Itoa(next)
					next++
				}
				if i, err := strconv.Atoi(name); err == nil {
					return argument(args, i)
				}
				return argument(args, -1, name)
			}); ok {
				return s, r.spend(len(s)/8, line)
			}
		}
	case *dictionary:
		if err := r.spend(4*len(of.keys), line); err != nil {
			return nil, err
		}
		key, _ := argument(args, 0)
		var second any
		if len(args) > 1 {
			second = args[1].value
		}
		switch m.name {
		case "items":
			list := &sequence{}
			for i, k := range of.keys {
				list.items = append(list.items, &sequence{items: []any{k, of.values[i]}, tuple: true})
			}
			return list, nil
		case "keys":
			return &sequence{items: slices.Clone(of.keys)}, nil
		case "values":
			return &sequence{items: slices.Clone(of.values)}, nil
		case "copy":
			d := &dictionary{}
			d.merge(of)
			return d, nil
		case "update":
			for _, a := range args {
				if more, ok := a.value.(*dictionary); ok && a.name == "" {
					of.merge(more)
				} else if a.name != "" {
					of.set(a.name, a.value)
				}
			}
			return nil, nil
		case "get", "pop", "setdefault":
			v, ok := of.get(key)
			if !ok {
				v = second
			}
			switch {
			case m.name == "pop":
				*of = *of.without(key)
			case m.name == "setdefault" && !ok:
				of.set(key, v)
			}
			return v, nil
		}
	case *made:
		switch m.name {
		case "build", "get_config", "set_weights", "get_weights":
			return unknown{what: m.name, line: line}, nil
		}
	}
	return unknown{what: m.name, line: line}, nil
}

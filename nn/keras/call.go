package keras

import (
	"slices"
	"strings"
)

// call follows a call.
func (r *reader) call(x *node, s *scope) (any, error) {
	callee, err := r.value(x.kids[0], s)
	if err != nil {
		return nil, err
	}
	args, err := r.arguments(x, s)
	if err != nil {
		return nil, err
	}
	v, err := r.called(callee, args, x.line)
	return v, located(err, x.line)
}

func (r *reader) arguments(x *node, s *scope) ([]given, error) {
	var plain, byName []given
	for _, a := range x.args {
		v, err := r.value(a.value, s)
		if err != nil {
			return nil, err
		}
		switch {
		case a.stars == "*":
			items, ok := listed(v)
			if !ok {
				items = []any{unknown{what: describe(v), line: x.line}}
			}
			for _, item := range items {
				plain = append(plain, given{value: item})
			}
		case a.stars == "**":
			d, ok := v.(*dictionary)
			if !ok {
				byName = append(byName, given{"**", v})
				break
			}
			for i, k := range d.keys {
				if name, ok := k.(string); ok {
					byName = append(byName, given{name, d.values[i]})
				}
			}
		case a.name != "":
			byName = append(byName, given{a.name, v})
		default:
			plain = append(plain, given{value: v})
		}
	}
	if len(plain)+len(byName) > maxItems {
		return nil, wrong(x.line, "more than %d arguments", maxItems)
	}
	return append(plain, byName...), r.spend(len(plain)+len(byName), x.line)
}

func (r *reader) called(callee any, args []given, line int) (any, error) {
	for _, a := range args {
		if items, ok := listed(a.value); ok {
			if err := r.spend(len(items), line); err != nil {
				return nil, err
			}
		}
	}
	switch f := callee.(type) {
	case *function:
		return r.apply(f, args, line)
	case method:
		return r.method(f, args, line)
	case *made:
		return r.applied(f, args, line)
	case *sequential:
		if data(args) {
			return unknown{what: "what the model says", line: line}, nil
		}
		return r.inlined(f, args, line)
	case *functional:
		if data(args) {
			return unknown{what: "what the model says", line: line}, nil
		}
		v, _ := argument(args, 0, "inputs")
		in, err := inputs(v, line)
		if err != nil {
			return nil, err
		}
		return r.nested(f, in, line)
	case *object:
		if data(args) {
			return unknown{what: "what the model says", line: line}, nil
		}
		return r.invoke(f, args, line)
	case *space:
		if f.kind != "" {
			return r.instance(f, args, line)
		}
		if tensors(args) {
			return nil, wrong(line, "%s is not among the layers here", f.name)
		}
		return unknown{what: f.name, line: line, count: longest(args), batch: batched(f.name, args)}, nil
	case *named: // a callback, a metric
		return unknown{what: f.name, line: line}, nil
	case path:
		if v, ok, err := r.builtin(f, args, line); ok || err != nil {
			return v, err
		}
		if tensors(args) {
			return nil, wrong(line, "%s", noLayer(string(f)))
		}
		if name := f.last(); (name == "compile" || name == "fit") && r.missing.undefined == "" {
			r.missing = unknown{line: line, undefined: strings.TrimSuffix(string(f), "."+name)}
		}
		if u, ok := blamed(f, args); ok {
			return u, nil
		}
		return unknown{what: string(f), undefined: undefined(f), line: line, count: longest(args), batch: batched(f.last(), args)}, nil
	case unknown:
		if tensors(args) {
			return nil, wrong(line, "%s is not among the layers here", unknown.name(f))
		}
		if last := path(f.what).last(); (last == "compile" || last == "fit") && r.missing.undefined == "" {
			r.missing = f
		}
		n := batched(path(f.what).last(), args)
		u := unknown{what: clip(f.what + "()"), undefined: f.undefined, line: line, count: max(f.count, longest(args)), batch: max(n, f.batch), classes: f.classes, hot: f.hot}
		u.pictures = f.pictures && slices.Contains([]string{"astype", "copy"}, path(f.what).last())
		if path(f.what).last() == "max" && f.classes > 0 {
			return int64(f.classes - 1), nil
		}
		return u, nil
	}
	return nil, wrong(line, "%s cannot be called", describe(callee))
}

// name returns the last part of the name of what is not known.
func (u unknown) name() string {
	return path(strings.TrimSuffix(u.what, "()")).last()
}

// data reports whether a model is called on pictures, of which nothing is known.
func data(args []given) bool {
	v, _ := argument(args, 0, "inputs")
	switch v.(type) {
	case unknown, path, method, *named:
		return true
	}
	return false
}

// tensors reports whether a layer's output is among the arguments: then what is called is a layer.
func tensors(args []given) bool {
	return slices.ContainsFunc(args, func(a given) bool { t, ok := a.value.(*tensor); return ok && t != nil })
}

// longest returns how many pictures the result of a call stands for: as many as go in.
func longest(args []given) int {
	most := 0
	for _, a := range args {
		most = max(most, counted(a.value))
	}
	return most
}

// batched returns the size of the batches that a call makes of a data set; 0 if it does not.
func batched(name string, args []given) int {
	place := -1
	if name == "batch" {
		place = 0
	}
	v, _ := argument(args, place, "batch_size")
	n, _ := whole(v)
	return max(n, 0)
}

// argument returns the one of a name, or of a place; place -1 is none.
func argument(args []given, place int, names ...string) (any, bool) {
	for _, a := range args {
		if slices.Contains(names, a.name) {
			return a.value, true
		}
	}
	if place >= 0 && place < len(args) && args[place].name == "" {
		return args[place].value, true
	}
	return nil, false
}

package keras

import (
	"slices"
)

// apply calls a function of the code's.
func (r *reader) apply(f *function, args []given, line int) (any, error) {
	if r.calls++; r.calls > maxCalls {
		return nil, wrong(line, "%s calls itself, or functions call one another too deep", f.name)
	}
	defer func() { r.calls-- }()
	s := &scope{vars: map[string]any{}, up: f.scope}
	if err := r.pass(f, args, s, line); err != nil {
		return nil, err
	}
	if f.value != nil {
		return r.value(f.value, s)
	}
	_, v, err := r.block(f.body, s)
	return v, err
}

// given is an argument of a call.
type given struct {
	name  string
	value any
}

// pass gives a function's parameters their values.
func (r *reader) pass(f *function, args []given, s *scope, line int) error {
	next := 0
	for _, p := range f.params {
		if p.stars != "" {
			var rest []any
			if p.stars == "*" {
				for ; next < len(args) && args[next].name == ""; next++ {
					rest = append(rest, args[next].value)
				}
				s.vars[p.name] = &sequence{items: rest, tuple: true}
			} else {
				more := &dictionary{}
				if err := r.spend(8*len(args), line); err != nil {
					return err
				}
				for _, a := range args {
					if a.name != "" && !slices.ContainsFunc(f.params, func(q param) bool { return q.name == a.name && q.stars == "" }) {
						more.set(a.name, a.value)
					}
				}
				s.vars[p.name] = more
			}
			continue
		}
		if next < len(args) && args[next].name == "" {
			s.vars[p.name] = args[next].value
			next++
			continue
		}
		found := false
		for _, a := range args {
			if a.name == p.name {
				s.vars[p.name], found = a.value, true
			}
		}
		if found {
			continue
		}
		if p.def == nil {
			return wrong(line, "%s needs its %s", f.name, p.name)
		}
		v, err := r.value(p.def, f.scope)
		if err != nil {
			return err
		}
		s.vars[p.name] = v
	}
	if next < len(args) && args[next].name == "" {
		return wrong(line, "%s takes %d arguments", f.name, len(f.params))
	}
	for _, a := range args {
		if a.name == "**" {
			return wrong(line, "%s: %s, which ** stands before, is not known from the code", f.name, describe(a.value))
		}
		if a.name != "" && !slices.ContainsFunc(f.params, func(q param) bool { return q.stars == "**" || q.name == a.name }) {
			return wrong(line, "%s has no argument %s", f.name, a.name)
		}
	}
	return nil
}

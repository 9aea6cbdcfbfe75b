package keras

import (
	"slices"
)

func (r *reader) when(st statement, s *scope) (flow, any, error) {
	v, err := r.value(st.value, s)
	if err != nil {
		return onward, nil, err
	}
	yes, known := truth(v)
	switch {
	case !known:
		if builds(st.body) || builds(st.orElse) {
			return onward, nil, wrong(st.line, "what this if depends on is not known from the code%s", because(v))
		}
		return r.forget(st, s)
	case yes:
		return r.block(st.body, s)
	}
	return r.block(st.orElse, s)
}

func (r *reader) loop(st statement, s *scope) (flow, any, error) {
	over, err := r.value(st.value, s)
	if err != nil {
		return onward, nil, err
	}
	items, ok := listed(over)
	if !ok {
		if builds(st.body) {
			return onward, nil, wrong(st.line, "what this loop goes over is not known from the code%s", because(over))
		}
		return r.forget(st, s)
	}
	for _, item := range items {
		if err := r.bind(st.targets[0], item, s); err != nil {
			return onward, nil, err
		}
		how, v, err := r.block(st.body, s)
		if err != nil || how == returned {
			return how, v, err
		}
		if how == broken {
			return onward, nil, nil
		}
	}
	return r.block(st.orElse, s)
}

func (r *reader) loopWhile(st statement, s *scope) (flow, any, error) {
	for {
		v, err := r.value(st.value, s)
		if err != nil {
			return onward, nil, err
		}
		switch yes, known := truth(v); {
		case !known:
			if builds(st.body) {
				return onward, nil, wrong(st.line, "how long this loop goes on is not known from the code%s", because(v))
			}
			return r.forget(st, s)
		case !yes:
			return r.block(st.orElse, s)
		}
		if err := r.step(st.line); err != nil {
			return onward, nil, err
		}
		how, v, err := r.block(st.body, s)
		if err != nil || how == returned {
			return how, v, err
		}
		if how == broken {
			return onward, nil, nil
		}
	}
}

// forget makes what a statement may assign or return, of which nobody knows whether it is followed,
// what is not known. Models stay: what else they may be is not read here.
func (r *reader) forget(st statement, s *scope) (how flow, v any, err error) {
	for _, st := range slices.Concat([]statement{{targets: st.targets}}, st.body, st.orElse) {
		for _, t := range st.targets {
			r.lose(t, st.line, s)
		}
		if st.verb == gives && r.calls > 0 {
			how, v = returned, unknown{what: "what is returned", line: st.line}
		}
		if len(st.body)+len(st.orElse) > 0 && st.verb != klass {
			if h, w, _ := r.forget(st, s); h == returned {
				how, v = h, w
			}
		}
	}
	return how, v, nil
}

// lose makes the names of a target what is not known.
func (r *reader) lose(target *node, line int, s *scope) {
	switch target.op {
	case identifier:
		switch v, _ := s.get(target.text); v.(type) {
		case *sequential, *functional, *object:
		default:
			s.set(target.text, unknown{what: target.text, line: line})
		}
	case tuple, listing:
		for _, kid := range target.kids {
			r.lose(kid, line, s)
		}
	}
}

// builds reports whether statements may build or train a network.
func builds(all []statement) bool {
	for _, s := range all {
		nodes := append([]*node{s.value}, s.targets...)
		if slices.ContainsFunc(nodes, calls) || builds(s.body) || builds(s.orElse) {
			return true
		}
	}
	return false
}

// calls reports whether an expression calls something that builds or trains a network.
func calls(x *node) bool {
	if x == nil {
		return false
	}
	if x.op == call {
		name := x.kids[0].text
		if _, ok := classOf(path(name)); ok || slices.Contains([]string{"add", "append", "extend", "compile", "fit", "Sequential", "Model"}, name) {
			return true
		}
	}
	return slices.ContainsFunc(x.kids, calls) || slices.ContainsFunc(x.args, func(a arg) bool { return calls(a.value) })
}

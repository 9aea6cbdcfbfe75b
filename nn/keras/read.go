package keras

import (
	"errors"
	"slices"
	"strings"

	"tenfold/nn/task"
)

// reader follows a program.
type reader struct {
	input   task.Shape
	recipe  task.Recipe
	trains  bool
	holdOut float64
	seed    int // -1 where the code says none
	flip    bool
	shift   float64 // of a picture's side; 0 for none
	reflect bool
	warmUp  float64 // in steps; 0 where the code says nothing of it
	decay   float64 // after each step; 0 likewise
	notes   []Note

	global  *scope
	steps   int
	calls   int
	tensors int
	models  []any // as they were made
	chosen  any   // the one that is compiled or trained
}

// What a program may take, so that a few lines cannot take a long time.
const (
	maxSteps = 200000
	maxCalls = 50
	maxItems = 10000 // of a list
)

// scope holds the names of a function, or of the program.
type scope struct {
	vars map[string]any
	up   *scope
	// outer are the names that global and nonlocal say, with the scopes that hold them.
	outer map[string]*scope
}

// set gives a name its value.
func (s *scope) set(name string, v any) {
	if o := s.outer[name]; o != nil {
		s = o
	}
	s.vars[name] = v
}

func (s *scope) get(name string) (any, bool) {
	for ; s != nil; s = s.up {
		if v, ok := s.vars[name]; ok {
			return v, true
		}
	}
	return nil, false
}

// flow is how a block ended.
type flow int

const (
	onward flow = iota
	returned
	broken
	continued
)

// program follows statements. Where they build no model, the functions that nobody has called are
// called: what a student was asked to write is often one.
func (r *reader) program(all []statement) error {
	r.global = &scope{vars: map[string]any{"__name__": "__main__"}}
	if how, v, err := r.block(all, r.global); err != nil {
		return err
	} else if how == returned { // what stands in a function, without its first line
		r.result(v)
	}
	for _, s := range all {
		if len(r.models) > 0 {
			return nil
		}
		if s.verb == klass {
			if err := r.instantiate(s); err != nil {
				return err
			}
		}
		if s.verb != define {
			continue
		}
		f, ok := r.global.vars[s.def.name].(*function)
		if !ok || len(f.params) > 0 && f.params[0].def == nil && f.params[0].stars == "" {
			continue
		}
		v, err := r.apply(f, nil, s.line)
		if err != nil {
			return err
		}
		r.result(v)
	}
	return nil
}

// result takes what a function gave back for the program's model, if it is one.
func (r *reader) result(v any) {
	switch of := v.(type) {
	case *sequential, *functional:
		r.models = append(r.models, v)
	case *object:
		if of.of.kind == "Model" && !slices.Contains(r.models, v) {
			r.models = append(r.models, v)
		}
	}
}

func (r *reader) note(line int, text string) {
	for _, n := range r.notes {
		if n.Text == text {
			return
		}
	}
	r.notes = append(r.notes, Note{line, text})
}

func (r *reader) step(line int) error {
	if r.steps++; r.steps > maxSteps {
		return wrong(line, "this goes on for too long to be a network")
	}
	return nil
}

// spend counts what handling n items takes.
func (r *reader) spend(n, line int) error {
	r.steps += n / 8
	return r.step(line)
}

// block follows statements until one ends it. v is what it returns.
func (r *reader) block(all []statement, s *scope) (how flow, v any, err error) {
	for _, st := range all {
		if err := r.step(st.line); err != nil {
			return onward, nil, err
		}
		if how, v, err = r.statement(st, s); err != nil || how != onward {
			return how, v, err
		}
	}
	return onward, nil, nil
}

func (r *reader) statement(st statement, s *scope) (how flow, v any, err error) {
	switch st.verb {
	case evaluate:
		_, err = r.value(st.value, s)
	case assign:
		err = r.assign(st, s)
	case imports:
		for _, n := range st.names {
			s.set(n[0], path(n[1]))
		}
	case define:
		f := *st.def
		f.scope = s
		s.set(f.name, &f)
	case klass:
		err = r.class(st, s)
	case outer:
		if s.outer == nil {
			s.outer = map[string]*scope{}
		}
		for _, n := range st.names {
			s.outer[n[0]] = r.global
			for at := s.up; st.text == "nonlocal" && at != nil; at = at.up {
				if _, ok := at.vars[n[0]]; ok {
					s.outer[n[0]] = at
					break
				}
			}
			if s.outer[n[0]] == s {
				delete(s.outer, n[0])
			}
		}
	case loopWhile:
		return r.loopWhile(st, s)
	case gives:
		if st.value != nil {
			v, err = r.value(st.value, s)
		}
		return returned, v, err
	case when:
		return r.when(st, s)
	case loop:
		return r.loop(st, s)
	case within:
		return r.block(st.body, s)
	case breaks:
		return broken, nil, nil
	case continues:
		return continued, nil, nil
	case leftOut:
		for _, n := range st.names {
			s.vars[n[0]] = path(n[1])
		}
	}
	return onward, nil, err
}

func (r *reader) when(st statement, s *scope) (flow, any, error) {
	v, err := r.value(st.value, s)
	if err != nil {
		return onward, nil, err
	}
	yes, known := truth(v)
	switch {
	case !known:
		if builds(st.body) || builds(st.orElse) {
			return onward, nil, wrong(st.line, "what this if depends on is not known from the code")
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
			return onward, nil, wrong(st.line, "what this loop goes over is not known from the code")
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
				return onward, nil, wrong(st.line, "how long this loop goes on is not known from the code")
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

// builds says whether statements may build or train a network.
func builds(all []statement) bool {
	for _, s := range all {
		nodes := append([]*node{s.value}, s.targets...)
		if slices.ContainsFunc(nodes, calls) || builds(s.body) || builds(s.orElse) {
			return true
		}
	}
	return false
}

// calls says whether an expression calls something that builds or trains a network.
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

// listed are the items of what a loop can go over.
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

// bind gives a target its value. What is no name is left alone: the parts of what is not known,
// and a callback's own.
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

// located gives an error without a line one.
func located(err error, line int) error {
	var e *Error
	if err == nil || errors.As(err, &e) {
		return err
	}
	return wrong(line, "%s", err.Error())
}

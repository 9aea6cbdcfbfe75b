package keras

import (
	"errors"
	"slices"

	"tenfold/nn/task"
)

// reader follows a program.
type reader struct {
	input     task.Shape
	classes   int // of the task; 0 where that is not known
	recipe    task.Recipe
	trains    bool
	holdOut   float64
	seed      int // -1 where the code says none
	flip      bool
	shift     float64 // of a picture's side; 0 for none
	reflect   bool
	loss      int     // the line that says one; 0 for none
	logits    bool    // which takes logits
	fitted    any     // the model that has been trained last
	scheduled bool    // then, with a LearningRateScheduler
	fits      int     // how many times the model has been trained since it was compiled
	warmUp    float64 // in steps; 0 where the code says nothing of it
	decay     float64 // after each step; 0 likewise
	notes     []Note

	global  *scope
	steps   int
	calls   int
	tensors int
	models  []any   // as they were made
	chosen  any     // the one that is compiled or trained
	missing unknown // what is compiled or trained without being known
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
		if !ok {
			continue
		}
		args, ok := r.pasted(f)
		if !ok {
			continue
		}
		v, err := r.apply(f, args, s.line)
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

// located gives an error without a line one.
func located(err error, line int) error {
	var e *Error
	if err == nil || errors.As(err, &e) {
		return err
	}
	return wrong(line, "%s", err.Error())
}

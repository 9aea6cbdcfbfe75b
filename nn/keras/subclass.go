package keras

import (
	"maps"
	"slices"
	"strings"

	"tenfold/nn/task"
)

// object is an instance of one of the code's classes that is derived from keras.Model or
// keras.layers.Layer: its layers are made in __init__, and call says how they follow one another.
type object struct {
	of    *space
	vars  map[string]any
	line  int
	shape task.Shape // that build says, of pictures
	built *functional
}

// class defines one of the code's.
func (r *reader) class(st statement, s *scope) error {
	if schedules[st.text] != nil { // one of Script's
		s.set(st.text, path(st.text))
		return nil
	}
	c := &space{name: st.text, line: st.line}
	for _, kid := range st.value.kids {
		v, err := r.value(kid, s)
		if err != nil {
			return err
		}
		switch v := v.(type) {
		case *space:
			c.up, c.kind = v, v.kind
		case path:
			if torch(v) {
				return wrong(st.line, "%s is a network of PyTorch's. %s", st.text, ofTorch)
			}
			if name := v.last(); name == "Model" || name == "Layer" {
				c.kind = name
			}
		}
	}
	inner := &scope{vars: map[string]any{}, up: s}
	if _, _, err := r.block(st.body, inner); err != nil {
		return err
	}
	c.vars = inner.vars
	if c.kind == "Model" && c.find("train_step") != nil {
		r.note(st.line, "train_step is left out")
	}
	s.set(st.text, c)
	return nil
}

// find returns a class's own of a name, or that of the class that it is derived from; nil if there is none.
func (c *space) find(name string) any {
	for depth := 0; c != nil && depth < maxCalls; depth++ {
		if v, ok := c.vars[name]; ok {
			return v
		}
		c = c.up
	}
	return nil
}

// bound returns a function of a class as a method of what its first parameter stands for.
func bound(f *function, of any) *function {
	g := *f
	g.params, g.scope = f.params[1:], &scope{vars: map[string]any{f.params[0].name: of}, up: f.scope}
	return &g
}

// attribute returns what a dot makes of an object.
func (o *object) attribute(name string, line int) any {
	if v, ok := o.vars[name]; ok {
		return v
	}
	switch v := o.of.find(name).(type) {
	case nil:
		return method{o, name}
	case *function:
		if len(v.params) > 0 && v.params[0].name == "self" {
			return bound(v, o)
		}
		return v
	default:
		return v
	}
}

// instance calls a class that is derived from Keras' Model or Layer.
func (r *reader) instance(c *space, args []given, line int) (any, error) {
	o := &object{of: c, vars: map[string]any{}, line: line}
	if c.find("call") == nil {
		return nil, wrong(c.line, "the class %s has no call, which says how its layers follow one another", c.name)
	}
	if f, ok := o.attribute("__init__", line).(*function); ok {
		if _, err := r.apply(f, args, line); err != nil {
			return nil, err
		}
	}
	if c.kind == "Model" {
		r.models = append(r.models, o)
	}
	return o, nil
}

// invoke calls an object on layers' outputs. Training is what counts, so training is True.
func (r *reader) invoke(o *object, args []given, line int) (any, error) {
	f, ok := o.of.find("call").(*function)
	if !ok || len(f.params) == 0 {
		return nil, wrong(line, "call of %s is no function of self", o.of.name)
	}
	args = slices.DeleteFunc(slices.Clone(args), func(a given) bool { return a.name == "training" || a.name == "mask" })
	for _, p := range f.params[1:] {
		switch {
		case p.name == "training":
			args = append(args, given{"training", true})
		case p.name == "mask" && p.def == nil:
			args = append(args, given{"mask", nil})
		}
	}
	r.models = slices.DeleteFunc(r.models, func(m any) bool { return m == any(o) })
	v, err := r.apply(bound(f, o), args, line)
	if err != nil {
		return nil, err
	}
	if t, ok := v.(*tensor); ok && t != nil {
		return t, nil
	}
	if _, ok := v.(unknown); ok {
		return nil, wrong(f.line, "what call of %s gives back is not known from the code", o.of.name)
	}
	return nil, wrong(f.line, "call of %s gives back %s: want a layer's output", o.of.name, describe(v))
}

// modelOf returns an object as a separate model, over the pictures.
func (r *reader) modelOf(o *object) (*functional, error) {
	if o.built != nil {
		return o.built, nil
	}
	free(o, map[any]bool{})
	in := &tensor{number: -1, line: o.line, shape: o.shape}
	v, err := r.invoke(o, []given{{value: in}}, o.line)
	if err != nil {
		return nil, err
	}
	o.built = &functional{in: in, out: v.(*tensor), line: o.line}
	return o.built, nil
}

// free makes the layers that a value holds as if nobody had called them, as a model made to look
// into an object did. What was seen already is skipped.
func free(v any, seen map[any]bool) {
	var inside []any
	switch v := v.(type) {
	case *made:
		v.used = false
	case *sequential:
		v.used = false
	case *functional:
		v.used = false
	case *object:
		inside = slices.Collect(maps.Values(v.vars))
	case *sequence:
		inside = v.items
	case *dictionary:
		inside = v.values
	default:
		return
	}
	if seen[v] {
		return
	}
	seen[v] = true
	for _, item := range inside {
		free(item, seen)
	}
}

// ofObject follows a method that an object has from Keras.
func (r *reader) ofObject(o *object, name string, args []given, line int) (any, error) {
	switch name {
	case "build":
		v, _ := argument(args, 0, "input_shape")
		if s, ok := shaped(v); ok {
			o.shape = s
		}
		return nil, nil
	case "add_loss", "add_metric", "add_weight":
		return unknown{what: name, line: line}, nil
	}
	if o.of.kind != "Model" {
		return unknown{what: name, line: line}, nil
	}
	return r.trained(o, name, args, line)
}

// ofTorch says what to do with code of PyTorch's.
const ofTorch = "Keras' code is read here: write its layers as Keras calls them, nn.Conv2d(3, 16, 3) as Conv2D(16, 3), or save it with torch.onnx.export and open that file"

// torch reports whether a path is one of PyTorch's layers.
func torch(p path) bool {
	rest, ok := strings.CutPrefix(string(p), "torch.nn.")
	if !ok {
		rest, ok = strings.CutPrefix(string(p), "nn.")
	}
	rest = rest[strings.LastIndex(rest, ".")+1:]
	return ok && rest != "" && rest[0] >= 'A' && rest[0] <= 'Z'
}

// instantiate makes an object of each of a program's classes if nothing else builds a model: only
// the class may have been pasted.
func (r *reader) instantiate(st statement) error {
	c, ok := r.global.vars[st.text].(*space)
	if !ok || c.kind != "Model" || c.find("call") == nil {
		return nil
	}
	if f, ok := c.find("__init__").(*function); ok {
		for _, p := range f.params[min(1, len(f.params)):] {
			if p.def == nil && p.stars == "" {
				return wrong(st.line, "the class %s is never made: add a line such as model = %[1]s(…), with its %s", c.name, p.name)
			}
		}
	}
	_, err := r.instance(c, nil, st.line)
	return err
}

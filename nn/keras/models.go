package keras

import (
	"errors"
	"slices"

	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// sequential reads Sequential(layers).
func (r *reader) sequential(args []given, line int) (any, error) {
	m := &sequential{line: line}
	r.models = append(r.models, m)
	v, _ := argument(args, 0, "layers")
	if v == nil {
		return m, nil
	}
	items, ok := listed(v)
	if !ok {
		return nil, wrong(line, "Sequential: %s: want a list of layers", describe(v))
	}
	for _, item := range items {
		if err := r.stack(m, item, line); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// stack adds the argument of add to a model.
func (r *reader) stack(m *sequential, v any, line int) error {
	switch v := v.(type) {
	case *made:
		if v.used && weighs(v) {
			return wrong(line, "a layer that is used twice shares its weights, which is not supported here")
		}
		v.used = true
		if m.shape == nil && len(m.rows) == 0 {
			m.shape = v.shape
		}
		m.rows = append(m.rows, v)
		return nil
	case *tensor:
		if v != nil && v.layer == nil { // keras.Input
			m.shape = v.shape
			return nil
		}
	case *sequential:
		if v == m {
			break
		}
		if v.used && r.chosen != any(v) && slices.ContainsFunc(v.rows, weighs) {
			return wrong(line, "a model that is used twice shares its weights, which is not supported here")
		}
		if v.used = true; len(m.rows)+len(v.rows) > maxItems {
			return wrong(line, "more than %d layers", maxItems)
		}
		if m.shape == nil && len(m.rows) == 0 {
			m.shape = v.shape
		}
		m.rows = append(m.rows, v.rows...)
		r.models = slices.DeleteFunc(r.models, func(o any) bool { return o == any(v) })
		return nil
	case *functional:
		if m.shape == nil && len(m.rows) == 0 {
			m.shape = v.in.shape
		}
		m.rows = append(m.rows, &made{line: line, model: v})
		r.models = slices.DeleteFunc(r.models, func(o any) bool { return o == any(v) })
		return nil
	case *object:
		m.rows = append(m.rows, &made{line: line, object: v})
		r.models = slices.DeleteFunc(r.models, func(o any) bool { return o == any(v) })
		return nil
	case *space:
		return wrong(line, "%s is not among the layers here", v.name)
	case unknown:
		return wrong(v.line, "%s is not among the layers here", v.name())
	case path:
		return wrong(line, "%s", noLayer(string(v)))
	}
	return wrong(line, "add: %s: want a layer", describe(v))
}

// pictures reads Input(shape).
func (r *reader) pictures(name string, args []given, line int) (any, error) {
	v, ok := argument(args, 0, "shape", "input_shape", "batch_shape", "batch_input_shape")
	s, shape := shaped(v)
	if ok && !shape {
		if _, is := v.(*sequence); is && !vague(v) {
			return nil, wrong(line, "%s: want height, width and channels", name)
		}
	}
	return &tensor{number: -1, line: line, shape: s}, nil
}

// tensor returns what a layer makes of others.
func (r *reader) tensor(l layer.Layer, in []*tensor, line int) (*tensor, error) {
	r.tensors++
	if r.tensors > maxItems {
		return nil, wrong(line, "more than %d layers", maxItems)
	}
	t := &tensor{number: r.tensors, layer: l, in: in, line: line}
	var shapes []task.Shape
	for _, i := range in {
		s := i.out
		if i.layer == nil {
			if s = i.shape; s == nil {
				s = r.input
			}
		}
		if s == nil {
			return t, nil
		}
		shapes = append(shapes, s)
	}
	t.out, _ = layer.Output(l, shapes...) // what does not fit is an error where the network is built
	return t, nil
}

// weighs reports whether a row of layers has weights, which are shared where it is used twice.
func weighs(m *made) bool {
	if m.model != nil || m.object != nil {
		return true
	}
	return slices.ContainsFunc(m.layers, func(l layer.Layer) bool {
		for _, s := range []task.Shape{{64, 64, 4}, {64}} {
			in := []task.Shape{s}
			if _, ok := l.(layer.Merger); ok {
				in = append(in, s)
			}
			if _, err := layer.Output(l, in...); err == nil {
				return len(l.Weights(in...)) > 0
			}
		}
		return true
	})
}

// nested returns a functional model that is called on a layer's output: its layers stand in the
// place of the call.
func (r *reader) nested(m *functional, in []*tensor, line int) (*tensor, error) {
	if m.used {
		return nil, wrong(line, "a model that is used twice shares its weights, which is not supported here")
	}
	if len(in) != 1 {
		return nil, wrong(line, "a model of 1 input is called on %d", len(in))
	}
	m.used = true
	r.models = slices.DeleteFunc(r.models, func(o any) bool { return o == any(m) })
	all, err := between(m.in, m.out)
	if err != nil {
		return nil, err
	}
	at := map[*tensor]*tensor{m.in: in[0]}
	for _, t := range all {
		var from []*tensor
		for _, i := range t.in {
			from = append(from, at[i])
		}
		if at[t], err = r.tensor(t.layer, from, t.line); err != nil {
			return nil, err
		}
	}
	return at[m.out], nil
}

// applied reads Conv2D(...)(x).
func (r *reader) applied(m *made, args []given, line int) (any, error) {
	v, _ := argument(args, 0, "inputs")
	if m.used && weighs(m) {
		return nil, wrong(line, "a layer that is used twice shares its weights, which is not supported here")
	}
	in, err := inputs(v, line)
	if err != nil {
		return nil, err
	}
	if len(in) == 1 && in[0].layer == nil && in[0].shape == nil {
		in[0].shape = m.shape
	}
	m.used = true
	return r.chain(m, in)
}

// chain calls a row of layers.
func (r *reader) chain(m *made, in []*tensor) (*tensor, error) {
	if m.model != nil {
		return r.nested(m.model, in, m.line)
	}
	if m.object != nil {
		var all []given
		for _, t := range in {
			all = append(all, given{value: t})
		}
		v, err := r.invoke(m.object, all, m.line)
		if err != nil {
			return nil, err
		}
		return v.(*tensor), nil
	}
	for _, l := range m.layers {
		t, err := r.tensor(l, in, m.line)
		if err != nil {
			return nil, err
		}
		in = []*tensor{t}
	}
	return in[0], nil
}

// inputs returns what a layer is called on.
func inputs(v any, line int) ([]*tensor, error) {
	switch v := v.(type) {
	case *tensor:
		if v != nil {
			return []*tensor{v}, nil
		}
	case *sequence:
		var all []*tensor
		for _, item := range v.items {
			t, ok := item.(*tensor)
			if !ok || t == nil {
				return nil, wrong(line, "%s: want a layer's output", describe(item))
			}
			all = append(all, t)
		}
		if len(all) > 0 {
			return all, nil
		}
	case unknown:
		return nil, wrong(line, "%s is not known from the code%s: want a layer's output", cut(v.what), because(v))
	}
	return nil, wrong(line, "%s: want a layer's output", describe(v))
}

// tensorList reports whether the first argument is a list of layers' outputs.
func tensorList(args []given) bool {
	v, _ := argument(args, 0, "inputs")
	list, ok := v.(*sequence)
	return ok && slices.ContainsFunc(list.items, func(item any) bool { t, ok := item.(*tensor); return ok && t != nil })
}

// mergedList reads layers.add([x, y]).
func (r *reader) mergedList(class string, args []given, line int) (any, error) {
	v, _ := argument(args, 0, "inputs", "values", "tensors")
	axis, ok := argument(args, 1, "axis")
	if t, is := v.(*tensor); is && class != "Concatenate" { // tf.add(x, y)
		v, axis, ok = &sequence{items: []any{t, axis}}, nil, false
	}
	in, err := inputs(v, line)
	if err != nil {
		return nil, err
	}
	if class != "Concatenate" || !ok {
		return r.merged(class, in, line)
	}
	n, ok := whole(axis)
	if !ok {
		return nil, wrong(line, "Concatenate: axis: %s: want a whole number", describe(axis))
	}
	l, err := layer.With(class, map[string]any{"axis": n})
	if err != nil {
		return nil, wrong(line, "%s", err.Error())
	}
	return r.tensor(l, in, line)
}

func (r *reader) merged(class string, in []*tensor, line int) (any, error) {
	l, err := layer.With(class, nil)
	if err != nil {
		return nil, err
	}
	return r.tensor(l, in, line)
}

// inlined reads a Sequential that is called on a tensor.
func (r *reader) inlined(m *sequential, args []given, line int) (any, error) {
	v, _ := argument(args, 0, "inputs")
	in, err := inputs(v, line)
	if err != nil {
		return nil, err
	}
	if m.used && r.chosen != any(m) && slices.ContainsFunc(m.rows, weighs) {
		return nil, wrong(line, "a model that is used twice shares its weights, which is not supported here")
	}
	m.used = true
	for _, row := range m.rows {
		t, err := r.chain(row, in)
		if err != nil {
			return nil, err
		}
		in = []*tensor{t}
	}
	r.models = slices.DeleteFunc(r.models, func(o any) bool { return o == any(m) })
	return in[0], nil
}

// functional reads Model(inputs, outputs).
func (r *reader) functional(args []given, line int) (any, error) {
	from, _ := argument(args, 0, "inputs", "input")
	to, _ := argument(args, 1, "outputs", "output")
	in, err := inputs(from, line)
	var out []*tensor
	if err == nil {
		out, err = inputs(to, line)
	}
	begins := len(in) == 1 && slices.ContainsFunc(r.models, func(m any) bool {
		switch m := m.(type) {
		case *sequential:
			return m.in == in[0]
		case *functional:
			return m.in == in[0]
		}
		return false
	})
	if (r.chosen != nil || err != nil && begins) && (err != nil || len(in) != 1 || len(out) != 1) { // one to look inside the trained one
		return unknown{what: "a model", line: line}, nil
	}
	if err != nil {
		return nil, err
	}
	if len(in) != 1 || len(out) != 1 {
		return nil, wrong(line, "a model of %d inputs and %d outputs: want one of each", len(in), len(out))
	}
	if in[0].layer != nil {
		return nil, wrong(line, "a model that begins within another one is not read")
	}
	m := &functional{in: in[0], out: out[0], line: line}
	r.models = append(r.models, m)
	return m, nil
}

// tensorsOf returns a sequential model as a functional one.
func (r *reader) tensorsOf(m *sequential) (in, out *tensor, err error) {
	if m.out != nil && m.counted == len(m.rows) {
		return m.in, m.out, nil
	}
	in = &tensor{number: -1, line: m.line, shape: m.shape}
	out = in
	defer func() { m.in, m.out, m.counted = in, out, len(m.rows) }()
	for _, row := range m.rows {
		if out, err = r.chain(row, []*tensor{out}); err != nil {
			return nil, nil, err
		}
	}
	return in, out, nil
}

// network builds the model that the code trains, or else the last one that it makes.
func (r *reader) network() (*model.Network, []int, error) {
	m := r.chosen
	if m == nil && len(r.models) > 0 {
		m = r.models[len(r.models)-1]
	}
	var in, out *tensor
	switch m := m.(type) {
	case *functional:
		in, out = m.in, m.out
	case *object:
		f, err := r.modelOf(m)
		if err != nil {
			return nil, nil, err
		}
		in, out = f.in, f.out
	case *sequential:
		var err error
		if in, out, err = r.tensorsOf(m); err != nil {
			return nil, nil, err
		}
		if in == out {
			return nil, nil, wrong(m.line, "the model has no layers")
		}
	default:
		if m := r.missing; m.undefined != "" {
			return nil, nil, wrong(m.line, "%s is not defined in the code, from which the model comes that is trained: add the lines that define it", cut(m.undefined))
		}
		return nil, nil, wrong(0, "the code makes no model: want Sequential() or Model(inputs, outputs)")
	}
	shape := in.shape
	if shape == nil {
		shape = r.input
	}
	return build(shape, in, out)
}

// between lists the tensors that lead from one to another, in the order in which they were made.
func between(in, out *tensor) ([]*tensor, error) {
	var all []*tensor
	seen := map[*tensor]bool{in: true}
	for next := []*tensor{out}; len(next) > 0; {
		t := next[len(next)-1]
		next = next[:len(next)-1]
		if seen[t] {
			continue
		}
		if t.layer == nil {
			return nil, wrong(t.line, "the model has another input than that which it is given")
		}
		seen[t] = true
		all = append(all, t)
		next = append(next, t.in...)
	}
	slices.SortFunc(all, func(a, b *tensor) int { return a.number - b.number })
	return all, nil
}

// build makes the network between two tensors.
func build(shape task.Shape, in, out *tensor) (*model.Network, []int, error) {
	all, err := between(in, out)
	if err != nil {
		return nil, nil, err
	}
	f := model.NewFunctional(shape)
	at, lines := map[*tensor]int{in: model.Input}, []int{}
	for _, t := range all {
		var from []int
		for _, i := range t.in {
			from = append(from, at[i])
		}
		at[t] = f.Add(t.layer, from...)
		if err := f.Err(); err != nil {
			return nil, nil, wrong(t.line, "%s", errors.Unwrap(err).Error()) // the line says which layer
		}
		lines = append(lines, t.line)
	}
	net, err := f.Empty()
	if err != nil {
		return nil, nil, wrong(0, "%s", err.Error())
	}
	return net, lines, nil
}

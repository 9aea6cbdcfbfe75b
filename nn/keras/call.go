package keras

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"tenfold/nn/layer"
	"tenfold/nn/task"
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
			return nil, wrong(line, "%s is not among the layers here", f.last())
		}
		return unknown{what: string(f), line: line, count: longest(args), batch: batched(f.last(), args)}, nil
	case unknown:
		if tensors(args) {
			return nil, wrong(line, "%s is not among the layers here", unknown.name(f))
		}
		n := batched(path(f.what).last(), args)
		u := unknown{what: clip(f.what + "()"), line: line, count: max(f.count, longest(args)), batch: max(n, f.batch), classes: f.classes, hot: f.hot}
		u.pictures = f.pictures && slices.Contains([]string{"astype", "copy"}, path(f.what).last())
		if path(f.what).last() == "max" && f.classes > 0 {
			return int64(f.classes - 1), nil
		}
		return u, nil
	}
	return nil, wrong(line, "%s cannot be called", describe(callee))
}

// name is the end of what is not known.
func (u unknown) name() string {
	return path(strings.TrimSuffix(u.what, "()")).last()
}

// data says whether a model is called on pictures, of which nothing is known.
func data(args []given) bool {
	v, _ := argument(args, 0, "inputs")
	switch v.(type) {
	case unknown, path, method, *named:
		return true
	}
	return false
}

// tensors says whether a layer's output is among the arguments: then what is called is a layer.
func tensors(args []given) bool {
	return slices.ContainsFunc(args, func(a given) bool { t, ok := a.value.(*tensor); return ok && t != nil })
}

// longest is how many pictures the result of a call stands for: as many as go in.
func longest(args []given) int {
	most := 0
	for _, a := range args {
		most = max(most, counted(a.value))
	}
	return most
}

// batched is the size of the batches that a call makes of a data set; 0 if it does not.
func batched(name string, args []given) int {
	place := -1
	if name == "batch" {
		place = 0
	}
	v, _ := argument(args, place, "batch_size")
	n, _ := whole(v)
	return max(n, 0)
}

// argument is the one of a name, or of a place; place -1 is none.
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

// builtin follows a call of what has a path: Python's functions, Keras' classes.
func (r *reader) builtin(p path, args []given, line int) (v any, ok bool, err error) {
	name := p.last()
	if torch(p) {
		return nil, false, wrong(line, "%s is PyTorch's. %s", p, ofTorch)
	}
	if p == path(name) || strings.HasPrefix(string(p), "math.") || strings.HasPrefix(string(p), "np.") || strings.HasPrefix(string(p), "numpy.") || strings.Contains(string(p), "tf.") || strings.Contains(string(p), ".math.") {
		if v, ok, err := r.python(name, args, line); ok || err != nil {
			return v, ok, err
		}
	}
	switch name {
	case "Sequential":
		v, err := r.sequential(args, line)
		return v, true, err
	case "Model", "Functional":
		v, err := r.functional(args, line)
		return v, true, err
	case "Input", "InputLayer":
		v, err := r.pictures(name, args, line)
		return v, true, err
	case "load_data":
		classes, pictures := 0, strings.Contains(string(p), "cifar")
		switch {
		case strings.Contains(string(p), "cifar100"):
			classes = 100
		case pictures, strings.Contains(string(p), "mnist"):
			classes = 10
		}
		part := func(n int) any {
			return &sequence{items: []any{unknown{what: "the pictures", line: line, count: n, pictures: pictures}, unknown{what: "their classes", line: line, count: n, classes: classes}}, tuple: true}
		}
		return &sequence{items: []any{part(50000), part(10000)}, tuple: true}, true, nil
	case "set_random_seed", "set_seed":
		v, _ := argument(args, 0, "seed")
		if n, ok := whole(v); ok && n >= 0 && strings.Contains(string(p), ".") {
			r.seed = n
		}
		return nil, true, nil
	case "image_data_format":
		return "channels_last", true, nil
	case "exists", "isfile", "isdir": // no model has been saved yet
		if strings.HasPrefix(string(p), "os.") {
			return false, true, nil
		}
	case "int_shape", "shape":
		v, _ := argument(args, 0, "x")
		if t, ok := v.(*tensor); ok && t != nil {
			return r.shapeOf(t, line), true, nil
		}
	case "to_categorical", "one_hot", "get_dummies", "unique", "max", "amax":
		v, _ := argument(args, 0, "y", "x", "indices")
		u, ok := v.(unknown)
		if !ok {
			break
		}
		u.what, u.line, u.pictures = name, line, false
		switch {
		case u.classes > 0 && name == "unique":
			u.count = u.classes
		case u.classes > 0 && (name == "max" || name == "amax"):
			return int64(u.classes - 1), true, nil
		case name == "unique":
			u.count = 0
		case name != "max" && name != "amax":
			u.hot = u.classes > 0
			if n, ok := argument(args, 1, "num_classes", "nb_classes", "depth"); ok {
				n, _ := whole(n)
				u.classes, u.hot = max(n, 0), n > 0
			}
		}
		return u, true, nil
	}
	if ok, err := r.changes(name, args, line); ok || err != nil {
		v, _ := argument(args, -1, "input_shape", "batch_input_shape")
		s, _ := shaped(v)
		return &made{line: line, shape: s}, ok, err
	}
	if class, ok := classOf(p); ok {
		v, err := r.layer(class, args, line)
		return v, true, err
	}
	if class, ok := merging[name]; ok && (tensorList(args) || tensors(args) && len(args) > 1) {
		t, err := r.mergedList(class, args, line)
		return t, true, err
	}
	if f := functionOf(p); f != "" && tensors(args) {
		t, _ := argument(args, 0, "x")
		if x, ok := t.(*tensor); ok {
			v, err := r.tensor(layer.Activation{Function: f}, []*tensor{x}, line)
			return v, true, err
		}
	}
	if n, ok, err := known(name, args, line); ok || err != nil {
		return n, ok, err
	}
	return nil, false, nil
}

// merging are the functions of Keras that stand for layers which take in several.
var merging = map[string]string{"add": "Add", "multiply": "Multiply", "concatenate": "Concatenate", "concat": "Concatenate"}

// python follows one of Python's own functions, or numpy's of a number.
func (r *reader) python(name string, args []given, line int) (any, bool, error) {
	first, _ := argument(args, 0)
	switch name {
	case "range":
		v, err := ranged(args, line)
		if list, ok := v.(*sequence); ok && err == nil {
			err = r.spend(len(list.items), line)
		}
		return v, true, err
	case "print", "display":
		return nil, true, nil
	case "len":
		if items, ok := listed(first); ok {
			return int64(len(items)), true, nil
		}
		if n := counted(first); n > 0 {
			return int64(n), true, nil
		}
	case "list", "tuple", "sorted", "reversed":
		if len(args) == 0 {
			return &sequence{tuple: name == "tuple"}, true, nil
		}
		if items, ok := listed(first); ok && name != "sorted" {
			items = slices.Clone(items)
			if name == "reversed" {
				slices.Reverse(items)
			}
			return &sequence{items: items, tuple: name == "tuple"}, true, nil
		}
	case "dict":
		d := &dictionary{}
		for _, a := range args {
			more, is := a.value.(*dictionary)
			pairs, ok := listed(a.value)
			switch {
			case a.name != "":
				d.set(a.name, a.value)
			case is:
				d.merge(more)
			case ok:
				for _, item := range pairs {
					pair, ok := listed(item)
					if !ok || len(pair) != 2 {
						return nil, false, nil
					}
					d.set(pair[0], pair[1])
				}
			default:
				return nil, false, nil
			}
		}
		return d, true, nil
	case "sum":
		items, ok := listed(first)
		var total any = int64(0)
		if len(args) > 1 {
			total = args[1].value
		}
		for i := 0; ok && i < len(items); i++ {
			var err error
			if total, err = r.operate("+", total, items[i], line); err != nil {
				return nil, false, err
			}
		}
		return total, ok, nil
	case "str":
		switch v := first.(type) {
		case string:
			return v, true, nil
		case int64:
			return strconv.FormatInt(v, 10), true, nil
		}
	case "isinstance":
		if len(args) == 2 {
			if kind, ok := args[1].value.(path); ok && plain(first) && first != nil {
				_, isInt := first.(int64)
				_, isFloat := first.(float64)
				_, isText := first.(string)
				_, isBool := first.(bool)
				if is, ok := map[path]bool{"int": isInt || isBool, "float": isFloat, "str": isText, "bool": isBool, "list": false, "tuple": false, "dict": false}[kind]; ok {
					return is, true, nil
				}
			}
			if list, ok := first.(*sequence); ok {
				switch args[1].value {
				case path("list"):
					return !list.tuple, true, nil
				case path("tuple"):
					return list.tuple, true, nil
				}
			}
		}
	case "enumerate":
		if items, ok := listed(first); ok {
			from, _ := argument(args, 1, "start")
			n, _ := whole(from)
			list := &sequence{}
			for i, item := range items {
				list.items = append(list.items, &sequence{items: []any{int64(i + n), item}, tuple: true})
			}
			return list, true, nil
		}
	case "zip":
		return zipped(args)
	case "max", "min":
		return extreme(name, args)
	}
	if f, ok := functions[name]; ok && len(args) > 0 {
		if v, ok := real(first); ok {
			var w float64
			if len(args) > 1 {
				if w, ok = real(args[1].value); !ok {
					return nil, false, nil
				}
			}
			out := f(v, w)
			if math.IsInf(out, 0) || math.IsNaN(out) {
				return nil, false, nil
			}
			if n, isWhole := first.(int64); name == "abs" && isWhole && n > math.MinInt64 {
				return max(n, -n), true, nil
			}
			if slices.Contains([]string{"int", "ceil", "floor", "round"}, name) && out == math.Trunc(out) && math.Abs(out) <= 1<<53 {
				return int64(out), true, nil
			}
			return out, true, nil
		}
	}
	return nil, false, nil
}

// functions are those of numbers.
var functions = map[string]func(v, w float64) float64{
	"int":   func(v, _ float64) float64 { return math.Trunc(v) },
	"float": func(v, _ float64) float64 { return v },
	"abs":   func(v, _ float64) float64 { return math.Abs(v) },
	"ceil":  func(v, _ float64) float64 { return math.Ceil(v) },
	"floor": func(v, _ float64) float64 { return math.Floor(v) },
	"exp":   func(v, _ float64) float64 { return math.Exp(v) },
	"sqrt":  func(v, _ float64) float64 { return math.Sqrt(v) },
	"cos":   func(v, _ float64) float64 { return math.Cos(v) },
	"sin":   func(v, _ float64) float64 { return math.Sin(v) },
	"pow":   math.Pow,
	"power": math.Pow,
	"round": func(v, places float64) float64 {
		scale := math.Pow(10, places)
		return math.RoundToEven(v*scale) / scale
	},
}

func ranged(args []given, line int) (any, error) {
	bounds := []int{0, 0, 1}
	for i, a := range args {
		n, ok := whole(a.value)
		if !ok {
			return unknown{what: "range", line: line}, nil
		}
		if i > 2 {
			return nil, wrong(line, "range takes three numbers at most")
		}
		bounds[i] = n
	}
	if len(args) == 1 {
		bounds[0], bounds[1] = 0, bounds[0]
	}
	from, to, step := bounds[0], bounds[1], bounds[2]
	if step == 0 || len(args) == 0 {
		return nil, wrong(line, "range wants a number, and steps other than 0")
	}
	list := &sequence{}
	for i := from; step > 0 && i < to || step < 0 && i > to; i += step {
		if len(list.items) == maxItems {
			return nil, wrong(line, "a range of more than %d", maxItems)
		}
		list.items = append(list.items, int64(i))
	}
	return list, nil
}

func zipped(args []given) (any, bool, error) {
	out := &sequence{}
	var columns [][]any
	for _, a := range args {
		items, ok := listed(a.value)
		if !ok {
			return nil, false, nil
		}
		columns = append(columns, items)
	}
	for i := 0; len(args) > 0; i++ {
		row := &sequence{tuple: true}
		for _, items := range columns {
			if i >= len(items) {
				return out, true, nil
			}
			row.items = append(row.items, items[i])
		}
		out.items = append(out.items, row)
	}
	return out, true, nil
}

func extreme(name string, args []given) (any, bool, error) {
	var items []any
	for _, a := range args {
		items = append(items, a.value)
	}
	if len(items) == 1 {
		items, _ = listed(items[0])
	}
	var best any
	for _, item := range items {
		v, ok := real(item)
		if !ok {
			return nil, false, nil
		}
		if b, _ := real(best); best == nil || name == "max" && v > b || name == "min" && v < b {
			best = item
		}
	}
	return best, best != nil, nil
}

// vague says whether a list has parts of which nothing is known.
func vague(v any) bool {
	items, _ := listed(v)
	return slices.ContainsFunc(items, func(v any) bool {
		switch v.(type) {
		case unknown, path, method:
			return true
		}
		return false
	})
}

// shaped reads a shape: a tuple of numbers, without the None of the batch if it has one.
func shaped(v any) (task.Shape, bool) {
	items, ok := listed(v)
	if !ok {
		return nil, false
	}
	var s task.Shape
	for i, item := range items {
		n, ok := whole(item)
		if item == nil && i == 0 {
			continue
		}
		if !ok || n < 1 || n > 1<<16 {
			return nil, false
		}
		s = append(s, n)
	}
	return s, len(s) > 0
}

package keras

import (
	"fmt"
	"slices"
	"strings"
)

// countNames are what code calls the number of classes, in small letters, and listNames their list. Only
// a part of a notebook may have been pasted: where such a name is not defined, it stands for the task's.
var (
	countNames = []string{"num_classes", "n_classes", "nb_classes", "no_classes", "numclasses", "nclasses", "num_class", "n_class", "number_of_classes", "class_count", "num_labels", "n_labels"}
	listNames  = []string{"class_names", "classnames", "classes", "labels", "label_names", "class_labels", "categories"}
)

func counts(name string) bool { return slices.Contains(countNames, strings.ToLower(name)) }
func lists(name string) bool  { return slices.Contains(listNames, strings.ToLower(name)) }

// assumed is the number of classes in the place of what the code says nothing of.
func (r *reader) assumed(what string, line int) (int64, bool) {
	if r.classes == 0 {
		return 0, false
	}
	r.note(line, fmt.Sprintf("%s is not known from the code: %d is taken, the number of classes of the pictures", cut(what), r.classes))
	return int64(r.classes), true
}

// undefined is the name that a value comes from, if nobody gave it a value; "" if it is known, or
// comes from elsewhere.
func undefined(v any) string {
	switch v := v.(type) {
	case path:
		if !strings.Contains(string(v), ".") && !slices.Contains(ofPython, string(v)) && !slices.Contains(others, string(v)) {
			return string(v)
		}
	case unknown:
		return v.undefined
	}
	return ""
}

// unclear says why a value is not known, with a value that its name could have; "" if it is known.
func unclear(v any, example string) string {
	if name := undefined(v); name != "" {
		return fmt.Sprintf("%s is not defined in the code: add a line like %[1]s = %s", cut(name), example)
	}
	if _, ok := v.(*sequence); ok {
		for _, item := range v.(*sequence).items {
			if s := unclear(item, example); s != "" {
				return s
			}
		}
	}
	switch v := v.(type) {
	case unknown:
		return cut(v.what) + " is not known from the code"
	case path:
		return cut(string(v)) + " is not known from the code"
	}
	return ""
}

// notNumber says what is wrong with a value that should be a number.
func notNumber(v any, example string) string {
	if s := unclear(v, example); s != "" {
		return s
	}
	return describe(v) + ": want a number"
}

// noLayer says that what is called on layers' outputs, or added to a model, is no layer.
func noLayer(name string) string {
	if !strings.Contains(name, ".") && name == strings.ToLower(name) {
		return fmt.Sprintf("%s is not defined in the code, and not among the layers here: add the lines that define it", cut(name))
	}
	return cut(path(name).last()) + " is not among the layers here"
}

// pasted are arguments for a function that the code defines and nobody calls, where it is plain what they
// are; ok is false where it is not.
func (r *reader) pasted(f *function) (args []given, ok bool) {
	for _, p := range f.params {
		switch {
		case p.def != nil || p.stars != "":
		case counts(p.name) && r.classes > 0:
			args = append(args, given{p.name, int64(r.classes)})
		case p.name == "input_shape" || p.name == "image_shape" || p.name == "shape":
			s := &sequence{tuple: true}
			for _, n := range r.input {
				s.items = append(s.items, int64(n))
			}
			args = append(args, given{p.name, s})
		default:
			return nil, false
		}
	}
	return args, true
}

// counted is the number of classes where an attribute of what is not known says it: ds_info.num_classes.
func (r *reader) counted(name string, is bool, line int) (any, bool) {
	if !is || !counts(name) {
		return nil, false
	}
	return r.assumed(name, line)
}

// because names what a value that is not known comes from, where nobody defines it.
func because(v any) string {
	if name := undefined(v); name != "" {
		return ": " + cut(name) + " is not defined in it"
	}
	return ""
}

// blamed is what a call of a function of Python's comes to where one of its arguments is not known: that is
// at fault, not the function.
func blamed(f path, args []given) (unknown, bool) {
	if !slices.Contains(ofPython, f.last()) {
		return unknown{}, false
	}
	for _, a := range args {
		switch v := a.value.(type) {
		case unknown:
			v.pictures, v.hot, v.classes = false, false, 0
			return v, true
		case path:
			return unknown{what: string(v), undefined: undefined(v)}, true
		}
	}
	return unknown{}, false
}

// ofPython are functions whose result is known where their arguments are.
var ofPython = []string{"int", "float", "str", "bool", "len", "abs", "min", "max", "sum", "round", "range", "list", "tuple", "sorted", "reversed", "enumerate", "zip", "pow", "ceil", "floor", "sqrt", "exp", "log", "log2", "log10", "prod", "divmod"}

// others are further functions of Python's, which nobody has to define.
var others = []string{"open", "input", "type", "hasattr", "getattr", "setattr", "isinstance", "issubclass", "super", "map", "filter", "set", "frozenset", "dict", "next", "iter", "id", "vars", "globals", "locals", "any", "all", "hash", "chr", "ord", "hex", "bin", "repr", "format", "complex", "bytes", "object", "callable", "print", "eval", "exec", "slice"}

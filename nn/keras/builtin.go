package keras

import (
	"strings"

	"tenfold/nn/layer"
	"tenfold/nn/task"
)

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
		return &sequence{items: []any{part(task.Pictures(task.TrainFiles)), part(task.Pictures(task.TestFiles))}, tuple: true}, true, nil
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
	if strings.HasSuffix(string(p), "layers.Identity") {
		return &made{line: line}, true, nil
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

// merging are the functions of Keras that stand for layers with several inputs.
var merging = map[string]string{"add": "Add", "multiply": "Multiply", "concatenate": "Concatenate", "concat": "Concatenate"}

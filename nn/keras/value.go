package keras

import (
	"fmt"
	"slices"
	"strings"

	"tenfold/nn/layer"
	"tenfold/nn/task"
)

// The value of an expression is nil, a bool, an int64, a float64, a string, or one of these.
type (
	// sequence is a list or a tuple.
	sequence struct {
		items []any
		tuple bool
		array bool // numpy's, which operators work on one by one
	}
	// dictionary has its entries in the order in which they were made.
	dictionary struct {
		keys, values []any
		at           map[any]int
	}
	// path is a name that the code imports, or nobody gave a value: "keras.layers.Conv2D".
	path string
	// unknown is a value that depends on what is not known. If it is as long as a data set, count
	// is how many; if it comes in batches, batch is their size.
	unknown struct {
		what string
		line int
		// undefined is the name that it comes from, where nobody gave that a value.
		undefined string
		count     int
		batch     int
		// classes are how many the labels of a data set tell apart; pictures says that it is one of them.
		classes  int
		hot      bool // a column for each of them
		pictures bool
	}
	// space is what a class of the code's holds: its constants and functions.
	space struct {
		name string
		line int
		vars map[string]any
		up   *space // which it is derived from, if that is the code's too
		kind string // Model or Layer, if it is derived from Keras'
	}
	// method is what a dot makes of a value.
	method struct {
		of   any
		name string
	}
	// made is a layer, or a row of them: a Conv2D with another layer as its activation.
	made struct {
		layers []layer.Layer
		line   int
		shape  task.Shape // input_shape
		used   bool
		model  *functional // instead of layers
		object *object     // likewise
	}
	// tensor is a layer's output, or with a layer of nil the pictures.
	tensor struct {
		number int // in the order in which they were made
		layer  layer.Layer
		in     []*tensor
		line   int
		shape  task.Shape // of pictures
		out    task.Shape // nil if it is not known, or the layer does not fit
	}
	// sequential is a model as rows of layers.
	sequential struct {
		rows  []*made
		shape task.Shape
		line  int
		used  bool

		in, out *tensor // of so many rows, where somebody asked
		counted int
	}
	// functional is a model between tensors.
	functional struct {
		in, out *tensor
		line    int
		used    bool
	}
	// named is an optimiser, a loss, a schedule, an initializer, a regularizer or a callback: what has
	// a name and arguments.
	named struct {
		name string
		args map[string]any
		line int
	}
)

// last returns the end of a path.
func (p path) last() string {
	s := string(p)
	return s[strings.LastIndex(s, ".")+1:]
}

// describe names a value in an error.
func describe(v any) string {
	switch v := v.(type) {
	case nil:
		return "None"
	case bool:
		return map[bool]string{true: "True", false: "False"}[v]
	case string:
		return fmt.Sprintf("%q", cut(v))
	case int64, float64:
		return fmt.Sprint(v)
	case *sequence:
		return "a list"
	case *dictionary:
		return "a dictionary"
	case *space:
		return "the class " + v.name
	case path:
		return cut(string(v))
	case unknown:
		return cut(v.what)
	case method:
		return cut(v.name)
	case *made:
		return "a layer"
	case *tensor:
		return "a layer's output"
	case *sequential, *functional:
		return "a model"
	case *object:
		return "a " + v.of.name
	case *named:
		return v.name
	case *function:
		return "the function " + v.name
	}
	return "that"
}

// truth is Python's of a value; known is false if nobody knows.
func truth(v any) (yes, known bool) {
	switch v := v.(type) {
	case nil:
		return false, true
	case bool:
		return v, true
	case int64:
		return v != 0, true
	case float64:
		return v != 0, true
	case string:
		return v != "", true
	case *sequence:
		return len(v.items) > 0, true
	case *dictionary:
		return len(v.keys) > 0, true
	case unknown, path, method:
		return false, false
	}
	return true, true
}

// real returns a number's value.
func real(v any) (float64, bool) {
	switch v := v.(type) {
	case int64:
		return float64(v), true
	case float64:
		return v, true
	case bool:
		if v {
			return 1, true
		}
		return 0, true
	}
	return 0, false
}

// whole returns a whole number's.
func whole(v any) (int, bool) {
	switch v := v.(type) {
	case int64:
		return int(v), int64(int(v)) == v
	case float64:
		return int(v), v == float64(int(v)) && v > -1e15 && v < 1e15
	}
	return 0, false
}

// keyed returns a key as a dictionary compares it: 1 and 1.0 are one.
func keyed(k any) any {
	if v, ok := real(k); ok {
		return v
	}
	if l, ok := k.(*sequence); ok && l.tuple && !slices.ContainsFunc(l.items, func(v any) bool { return !plain(v) }) {
		return fmt.Sprintf("%#v", l.items)
	}
	return k
}

func (d *dictionary) get(k any) (any, bool) {
	i, ok := d.at[keyed(k)]
	if !ok {
		return nil, false
	}
	return d.values[i], true
}

func (d *dictionary) set(k, v any) {
	if i, ok := d.at[keyed(k)]; ok {
		d.values[i] = v
		return
	}
	if d.at == nil {
		d.at = map[any]int{}
	}
	d.at[keyed(k)] = len(d.keys)
	d.keys, d.values = append(d.keys, k), append(d.values, v)
}

func (d *dictionary) merge(from *dictionary) {
	for i, k := range from.keys {
		d.set(k, from.values[i])
	}
}

func (d *dictionary) without(k any) *dictionary {
	out := &dictionary{}
	for i, have := range d.keys {
		if keyed(have) != keyed(k) {
			out.set(have, d.values[i])
		}
	}
	return out
}

// vague reports whether a list has parts of which nothing is known.
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

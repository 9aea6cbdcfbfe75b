package layer

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// Kind is what an argument of a layer takes.
type Kind string

const (
	Whole       Kind = "whole"  // a whole number
	Number      Kind = "number" // any
	Flag        Kind = "flag"   // True or False
	Pair        Kind = "pair"   // two whole numbers: of height and width
	Margins     Kind = "margins"
	Axes        Kind = "axes"  // whole numbers
	Sizes       Kind = "sizes" // of axes, one of which may be -1
	Function    Kind = "function"
	Borders     Kind = "padding"
	FirstValues Kind = "initializer"
	Regularizer Kind = "regularizer" // the L2 of the penalty
)

// Argument is one of those that a class of layers takes, as Keras calls it.
type Argument struct {
	Name    string
	Kind    Kind
	Default string // as Python writes it; "" if it must be given

	key    string // in a model's JSON
	turned bool   // which holds the contrary
	field  int
}

// kinds are those of the fields' types.
var kinds = map[reflect.Type]Kind{
	reflect.TypeFor[int]():         Whole,
	reflect.TypeFor[uint64]():      Whole,
	reflect.TypeFor[float32]():     Number,
	reflect.TypeFor[float64]():     Number,
	reflect.TypeFor[bool]():        Flag,
	reflect.TypeFor[Not]():         Flag,
	reflect.TypeFor[[2]int]():      Pair,
	reflect.TypeFor[[2][2]int]():   Margins,
	reflect.TypeFor[[]int]():       Axes,
	reflect.TypeFor[string]():      Function,
	reflect.TypeFor[Padding]():     Borders,
	reflect.TypeFor[Initializer](): FirstValues,
}

// renamed are those that a model's JSON calls otherwise than Keras does.
var renamed = map[string]string{"no_bias": "use_bias", "kernel_regularizer_l2": "kernel_regularizer"}

// Arguments lists the arguments of a class of layers, in the order of a layer's fields, which is
// Keras' without those of its arguments that are not supported. It returns nil if there is no such
// class.
func Arguments(class string) []Argument {
	var all []Argument
	for _, c := range classes {
		if c.name != class {
			continue
		}
		for i := range c.typ.NumField() {
			f := c.typ.Field(i)
			key, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			a := Argument{Name: key, Kind: kinds[f.Type], Default: f.Tag.Get("keras"), key: key, turned: key == "no_bias", field: i}
			if name, ok := renamed[key]; ok {
				a.Name = name
			}
			if key == "kernel_regularizer_l2" {
				a.Kind = Regularizer
			}
			if key == "target_shape" {
				a.Kind = Sizes
			}
			if class == "LeakyReLU" {
				a.Name = "negative_slope" // since Keras 3
			}
			all = append(all, a)
		}
	}
	return all
}

// Given returns the arguments of l that are not Keras' defaults, by their names, as Go's values:
// int, float64, bool, string, [2]int, [2][2]int or []int.
func Given(l Layer) map[string]any {
	class, _ := Class(l)
	v, all := reflect.ValueOf(l), map[string]any{}
	for _, a := range Arguments(class) {
		f := v.Field(a.field)
		if f.IsZero() && a.Default != "" && class != "LeakyReLU" { // whose slope may be 0
			continue
		}
		switch x := f.Interface().(type) {
		case Not:
			all[a.Name] = !bool(x)
		case bool:
			all[a.Name] = x != a.turned
		case Padding:
			all[a.Name] = string(x)
		case Initializer:
			all[a.Name] = string(x)
		case float32:
			// The number that was written, 0.1, not the nearest to it.
			b, _ := json.Marshal(x)
			var w float64
			json.Unmarshal(b, &w)
			all[a.Name] = w
		case uint64:
			all[a.Name] = int(x)
		default:
			all[a.Name] = x
		}
	}
	return all
}

// With returns the layer of a class with the given arguments, values as Given returns them; the
// others are Keras' defaults. An error names the argument.
func With(class string, given map[string]any) (Layer, error) {
	args, config := Arguments(class), map[string]any{}
	for _, a := range args {
		v, ok := given[a.Name]
		switch {
		case !ok && a.Default == "":
			return nil, fmt.Errorf("%s needs its %s", class, a.Name)
		case !ok && class == "LeakyReLU":
			v = json.Number(a.Default)
		case !ok:
			continue
		}
		if b, isBool := v.(bool); isBool && a.turned {
			v = !b
		}
		if zero(v) && a.Default != "" && a.Default != "0.0" && a.Default != "None" && class != "LeakyReLU" {
			return nil, fmt.Errorf("%s: %s=0 is not supported here", class, a.Name)
		}
		config[a.key] = v
	}
	for name := range given {
		if !has(args, name) {
			return nil, fmt.Errorf("%s has no argument %s here", class, name)
		}
	}
	b, err := json.Marshal(config)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", class, err)
	}
	l, err := Decode(Config{class, bytes.TrimSpace(b)})
	if err != nil {
		return nil, fmt.Errorf("%s: its arguments cannot be read: %w", class, err)
	}
	return l, nil
}

// zero reports whether v is a 0, which in a layer's field stands for the default.
func zero(v any) bool {
	switch v := v.(type) {
	case int:
		return v == 0
	case float64:
		return v == 0
	case [2][2]int:
		return v == [2][2]int{}
	}
	return false
}

func has(args []Argument, name string) bool {
	for _, a := range args {
		if a.Name == name {
			return true
		}
	}
	return false
}

// Initializers returns the names of all but that with a number.
func Initializers() []string {
	var names []string
	for name := range initializers {
		names = append(names, string(name))
	}
	slices.Sort(names)
	return names
}

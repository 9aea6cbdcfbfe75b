package keras

import (
	"math"
	"slices"
	"strconv"
)

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
		switch v := first.(type) {
		case path:
			if lists(v.last()) {
				n, ok := r.assumed("len("+string(v)+")", line)
				return n, ok, nil
			}
		case unknown:
			if lists(v.name()) {
				n, ok := r.assumed("len("+v.what+")", line)
				return n, ok, nil
			}
		}
	case "any", "all":
		if items, ok := listed(first); ok {
			for _, item := range items {
				yes, known := truth(item)
				if !known {
					return nil, false, nil
				}
				if yes == (name == "any") {
					return yes, true, nil
				}
			}
			return name == "all", true, r.spend(len(items), line)
		}
	case "sorted":
		if items, ok := listed(first); ok {
			return r.sorted(items, args, line)
		}
	case "divmod":
		if len(args) == 2 {
			q, err := r.operate("//", first, args[1].value, line)
			if err != nil {
				return nil, false, err
			}
			m, err := r.operate("%", first, args[1].value, line)
			return &sequence{items: []any{q, m}, tuple: true}, err == nil, err
		}
	case "pow":
		if len(args) == 3 {
			return modular(args)
		}
	case "prod":
		items, ok := listed(first)
		var product any = int64(1)
		for i := 0; ok && i < len(items); i++ {
			var err error
			if product, err = r.operate("*", product, items[i], line); err != nil {
				return nil, false, err
			}
		}
		_, number := real(product)
		return product, ok && number, nil
	case "int", "float":
		if s, ok := first.(string); ok && len(args) == 1 {
			return numeric(name, s)
		}
		if name == "int" && len(args) > 1 { // int("ff", 16)
			return nil, false, nil
		}
	case "array", "asarray":
		if items, ok := listed(first); ok {
			if _, text := first.(string); !text {
				return &sequence{items: slices.Clone(items), array: true}, true, r.spend(len(items), line)
			}
		}
	case "list", "tuple", "reversed", "set":
		if len(args) == 0 {
			return &sequence{tuple: name == "tuple"}, true, nil
		}
		if items, ok := listed(first); ok {
			items = slices.Clone(items)
			if name == "set" {
				items = distinct(items)
			}
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
	"log2":  func(v, _ float64) float64 { return math.Log2(v) },
	"log10": func(v, _ float64) float64 { return math.Log10(v) },
	"round": rounded,
}

func ranged(args []given, line int) (any, error) {
	bounds := []int{0, 0, 1}
	for i, a := range args {
		n, ok := whole(a.value)
		if !ok {
			if u, ok := blamed("range", args); ok {
				return u, nil
			}
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

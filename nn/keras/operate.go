package keras

import (
	"math"
	"strings"
)

func signed(sign string, v any, line int) (any, error) {
	if sign == "not" {
		yes, known := truth(v)
		if !known {
			return unknown{what: "not", line: line}, nil
		}
		return !yes, nil
	}
	switch v := v.(type) {
	case int64:
		if sign == "-" {
			return -v, nil
		}
		if sign == "~" {
			return ^v, nil
		}
		return v, nil
	case float64:
		if sign == "-" {
			return -v, nil
		}
		return v, nil
	case bool:
		n, _ := real(v)
		return signed(sign, int64(n), line)
	case unknown, path, method:
		return unknown{what: describe(v), line: line, count: counted(v), undefined: undefined(v)}, nil
	}
	if !ofNetwork(v) {
		return unknown{what: describe(v), line: line}, nil
	}
	return nil, wrong(line, "%s has no %s", describe(v), sign)
}

func (r *reader) binary(x *node, s *scope) (any, error) {
	a, err := r.value(x.kids[0], s)
	if err != nil {
		return nil, err
	}
	if x.text == "and" || x.text == "or" {
		yes, known := truth(a)
		if known && yes == (x.text == "or") {
			return a, nil
		}
		b, err := r.value(x.kids[1], s)
		if err != nil || known {
			return b, err
		}
		return unknown{what: x.text, line: x.line}, nil
	}
	b, err := r.value(x.kids[1], s)
	if err != nil {
		return nil, err
	}
	return r.operate(x.text, a, b, x.line)
}

// operate evaluates an operator.
func (r *reader) operate(sign string, a, b any, line int) (any, error) {
	switch sign {
	case "is":
		sign = "=="
	case "is not":
		sign = "!="
	}
	for _, v := range []any{a, b} {
		switch v.(type) {
		case unknown, path, method:
			if (sign == "==" || sign == "!=") && (a == nil || b == nil) { // a data set is not None
				return sign == "!=", nil
			}
			u := unknown{what: describe(v), line: line, count: max(counted(a), counted(b)), undefined: undefined(v)}
			if w, ok := v.(unknown); ok { // a data set that is divided by 255
				u.pictures, u.classes, u.hot = w.pictures, w.classes, w.hot
			}
			return u, nil
		}
	}
	if arrays(a, b) {
		return r.eachOf(sign, a, b, line)
	}
	switch sign {
	case "==", "!=":
		return same(a, b) == (sign == "=="), nil
	case "in", "not in":
		if text, ok := b.(string); ok {
			part, is := a.(string)
			if err := r.spend(len(text)/8, line); err != nil {
				return nil, err
			}
			return is && strings.Contains(text, part) == (sign == "in"), nil
		}
		items, ok := listed(b)
		if err := r.spend(len(items), line); err != nil {
			return nil, err
		}
		if d, is := b.(*dictionary); is {
			_, found := d.get(a)
			return found == (sign == "in"), nil
		}
		if !ok {
			break
		}
		found := false
		for _, item := range items {
			found = found || same(a, item)
		}
		return found == (sign == "in"), nil
	}
	if i, ok := a.(int64); ok {
		if j, ok := b.(int64); ok {
			return wholes(sign, i, j, line)
		}
	}
	if v, ok := real(a); ok {
		if w, ok := real(b); ok {
			return numbers(sign, v, w, line)
		}
	}
	if s, ok := a.(string); ok {
		if t, ok := b.(string); ok && sign == "+" && len(s)+len(t) <= MaxCode {
			return s + t, r.spend((len(s)+len(t))/8, line)
		}
		if t, ok := b.(string); ok && (sign == "<" || sign == ">" || sign == "<=" || sign == ">=") {
			return numbers(sign, float64(strings.Compare(s, t)), 0, line)
		}
		if sign == "%" {
			if text, ok := percent(s, b); ok {
				return text, r.spend(len(text)/8, line)
			}
			return unknown{what: cut(s), line: line}, nil
		}
	}
	if _, ok := a.(int64); ok && sign == "*" { // 3 * [16]
		if _, ok := b.(*sequence); ok {
			a, b = b, a
		}
	}
	if l, ok := a.(*sequence); ok {
		if m, ok := b.(*sequence); ok && sign == "+" {
			out := &sequence{tuple: l.tuple}
			if err := r.extend(out, l.items, line); err != nil {
				return nil, err
			}
			return out, r.extend(out, m.items, line)
		}
		if n, ok := b.(int64); ok && sign == "*" {
			out := &sequence{tuple: l.tuple}
			for range min(n, maxItems) {
				if err := r.extend(out, l.items, line); err != nil {
					return nil, err
				}
			}
			return out, nil
		}
	}
	if t, ok := a.(*tensor); ok && (sign == "+" || sign == "*") { // x + y of layers' outputs
		if u, ok := b.(*tensor); ok {
			return r.merged(map[string]string{"+": "Add", "*": "Multiply"}[sign], []*tensor{t, u}, line)
		}
	}
	if !ofNetwork(a) && !ofNetwork(b) { // of data, or text
		return unknown{what: describe(a) + " " + sign + " " + describe(b), line: line}, nil
	}
	return nil, wrong(line, "%s %s %s is not among what is read here", describe(a), sign, describe(b))
}

// ofNetwork reports whether a value is a part of a network: what is done with it matters.
func ofNetwork(v any) bool {
	switch v.(type) {
	case *made, *tensor, *sequential, *functional, *object:
		return true
	}
	return false
}

// clip shortens the name of something that is not known.
func clip(s string) string {
	if len(s) <= 1000 {
		return s
	}
	last := s[strings.LastIndex(s, ".")+1:]
	if len(last) > 100 {
		return cut(s)
	}
	return cut(s) + "." + last
}

// same is Python's ==.
func same(a, b any) bool {
	if v, ok := real(a); ok {
		if w, ok := real(b); ok {
			return v == w
		}
	}
	if l, ok := a.(*sequence); ok {
		m, ok := b.(*sequence)
		if !ok || len(l.items) != len(m.items) || l.tuple != m.tuple {
			return false
		}
		for i, v := range l.items {
			if w := m.items[i]; !plain(v) || !plain(w) || !same(v, w) {
				return l == m
			}
		}
		return true
	}
	return plain(a) && plain(b) && a == b
}

// plain reports whether a value is one that == compares.
func plain(v any) bool {
	switch v.(type) {
	case nil, bool, int64, float64, string:
		return true
	}
	return false
}

// wholes is Python's arithmetic of two whole numbers.
func wholes(sign string, a, b int64, line int) (any, error) {
	switch sign {
	case "+", "-", "*":
		f, _ := numbers(sign, float64(a), float64(b), line)
		if v, ok := f.(float64); ok && math.Abs(v) > 1<<53 {
			return v, nil
		}
		return map[string]int64{"+": a + b, "-": a - b, "*": a * b}[sign], nil
	case "//", "%":
		if b == 0 {
			return nil, wrong(line, "a division by 0")
		}
		q := int64(math.Floor(float64(a) / float64(b)))
		if sign == "//" {
			return q, nil
		}
		return a - q*b, nil
	case "**":
		if v := math.Pow(float64(a), float64(b)); b >= 0 && math.Abs(v) <= 1<<53 {
			return int64(v), nil
		}
	case "<<":
		if v := math.Ldexp(float64(a), int(min(b, 1<<20))); b >= 0 && math.Abs(v) <= 1<<53 {
			return int64(v), nil
		}
	case ">>":
		return a >> min(max(b, 0), 63), nil
	case "&", "|", "^":
		return map[string]int64{"&": a & b, "|": a | b, "^": a ^ b}[sign], nil
	}
	return numbers(sign, float64(a), float64(b), line)
}

// numbers returns that of two numbers.
func numbers(sign string, a, b float64, line int) (any, error) {
	finite := func(v float64) (any, error) {
		if math.IsInf(v, 0) || math.IsNaN(v) {
			return nil, wrong(line, "a number that is too large")
		}
		return v, nil
	}
	switch sign {
	case "+":
		return finite(a + b)
	case "-":
		return finite(a - b)
	case "*":
		return finite(a * b)
	case "**":
		return finite(math.Pow(a, b))
	case "<":
		return a < b, nil
	case "<=":
		return a <= b, nil
	case ">":
		return a > b, nil
	case ">=":
		return a >= b, nil
	case "/", "//", "%":
		if b == 0 {
			return nil, wrong(line, "a division by 0")
		}
		switch q := math.Floor(a / b); sign {
		case "//":
			return q, nil
		case "%":
			return finite(a - q*b)
		}
		return finite(a / b)
	}
	return nil, wrong(line, "%s is not among what is read here", sign)
}

// arrays says whether one of two values is an array of numpy's.
func arrays(a, b any) bool {
	l, first := a.(*sequence)
	m, second := b.(*sequence)
	return first && l.array || second && m.array
}

// eachOf works an operator out for each item of an array, and the other value or its item.
func (r *reader) eachOf(sign string, a, b any, line int) (any, error) {
	l, first := a.(*sequence)
	m, second := b.(*sequence)
	if sign == "in" || sign == "not in" || first && second && len(l.items) != len(m.items) {
		return unknown{what: "an array", line: line}, nil
	}
	n := 0
	if first {
		n = len(l.items)
	} else {
		n = len(m.items)
	}
	out := &sequence{array: true}
	for i := range n {
		v, w := a, b
		if first {
			v = l.items[i]
		}
		if second {
			w = m.items[i]
		}
		if arrays(v, w) { // of more axes
			return unknown{what: "an array", line: line}, nil
		}
		x, err := r.operate(sign, v, w, line)
		if err != nil {
			return nil, err
		}
		out.items = append(out.items, x)
	}
	return out, r.spend(8*n, line)
}

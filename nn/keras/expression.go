package keras

import (
	"math"
	"strconv"
	"strings"
)

// expressions reads one or several with commas between, which are a tuple.
func (p *parser) expressions() (*node, error) {
	line := p.peek().line
	x, err := p.starred()
	if err != nil || !p.is(symbol, ",") {
		return x, err
	}
	t := &node{op: tuple, line: line, kids: []*node{x}}
	for p.took(symbol, ",") {
		if p.ends() {
			break
		}
		x, err := p.starred()
		if err != nil {
			return nil, err
		}
		t.kids = append(t.kids, x)
	}
	return t, nil
}

// ends reports whether no expression can follow.
func (p *parser) ends() bool {
	t := p.peek()
	return t.kind == newline || t.kind == end || t.kind == symbol && strings.Contains(")]}=:;", t.text)
}

// starred reads an expression with a star before it, of a tuple's parts.
func (p *parser) starred() (*node, error) {
	if !p.is(symbol, "*") {
		return p.expression()
	}
	line := p.peek().line
	p.at++
	x, err := p.expression()
	return &node{op: unary, text: "*", line: line, kids: []*node{x}}, err
}

// expression reads one.
func (p *parser) expression() (*node, error) {
	if err := p.deeper(); err != nil {
		return nil, err
	}
	defer func() { p.depth-- }()
	line := p.peek().line
	if p.took(name, "yield") || p.took(name, "await") { // of a generator of data
		p.took(name, "from")
		x := &node{op: tuple, line: line}
		if !p.ends() {
			var err error
			if x, err = p.expressions(); err != nil {
				return nil, err
			}
		}
		return &node{op: index, line: line, kids: []*node{{op: identifier, text: "yield", line: line}, x}}, nil
	}
	if p.took(name, "lambda") {
		f := &function{name: "lambda", line: line}
		var err error
		if f.params, err = p.params(":"); err != nil {
			return nil, err
		}
		p.at++ // the colon
		f.value, err = p.expression()
		return &node{op: anonymous, line: line, def: f}, err
	}
	x, err := p.binary(0)
	if err != nil {
		return nil, err
	}
	if x.op == identifier && p.took(symbol, ":=") {
		y, err := p.expression()
		return &node{op: walrus, line: line, kids: []*node{x, y}}, err
	}
	if !p.took(name, "if") {
		return x, nil
	}
	test, err := p.binary(0)
	if err != nil {
		return nil, err
	}
	if err := p.want(name, "else"); err != nil {
		return nil, err
	}
	other, err := p.expression()
	return &node{op: choice, line: line, kids: []*node{test, x, other}}, err
}

// operators are those with two sides, from the loosest to the closest.
var operators = [][]string{
	{"or"}, {"and"}, {"in", "not in", "is", "is not", "==", "!=", "<", "<=", ">", ">="},
	{"|"}, {"^"}, {"&"}, {"<<", ">>"}, {"+", "-"}, {"*", "/", "//", "%", "@"},
}

// negation is the level of not, between and and the comparisons.
const negation = 2

func (p *parser) binary(level int) (*node, error) {
	if level == len(operators) {
		return p.signed()
	}
	if level == negation && p.is(name, "not") {
		if err := p.deeper(); err != nil {
			return nil, err
		}
		defer func() { p.depth-- }()
		line := p.peek().line
		p.at++
		x, err := p.binary(level)
		return &node{op: unary, text: "not", line: line, kids: []*node{x}}, err
	}
	x, err := p.binary(level + 1)
	if err != nil {
		return nil, err
	}
	comparing := false
	for n := 0; ; n++ {
		line := p.peek().line
		if n > maxChain {
			return nil, wrong(line, "more than %d operators follow one another", maxChain)
		}
		sign := p.operator(level)
		if sign == "" {
			return x, nil
		}
		y, err := p.binary(level + 1)
		if err != nil {
			return nil, err
		}
		switch {
		case level == negation && x.op == chained:
			x.kids, x.signs = append(x.kids, y), append(x.signs, sign)
		case level == negation && x.op == binary && comparing:
			x = &node{op: chained, line: line, kids: append(x.kids, y), signs: []string{x.text, sign}}
		default:
			x = &node{op: binary, text: sign, line: line, kids: []*node{x, y}}
		}
		comparing = true
	}
}

// operator takes an operator of a level.
func (p *parser) operator(level int) string {
	t := p.peek()
	if t.kind != symbol && t.kind != name {
		return ""
	}
	next := ""
	if p.at+1 < len(p.tokens) && p.tokens[p.at+1].kind == name {
		next = p.tokens[p.at+1].text
	}
	for _, sign := range operators[level] {
		switch {
		case t.text == "not" && next == "in" && sign == "not in", t.text == "is" && next == "not" && sign == "is not":
			p.at += 2
			return sign
		}
	}
	for _, sign := range operators[level] {
		if t.text == sign {
			p.at++
			return sign
		}
	}
	return ""
}

func (p *parser) signed() (*node, error) {
	t := p.peek()
	if t.kind == symbol && (t.text == "-" || t.text == "+" || t.text == "~") {
		if err := p.deeper(); err != nil {
			return nil, err
		}
		defer func() { p.depth-- }()
		p.at++
		x, err := p.signed()
		return &node{op: unary, text: t.text, line: t.line, kids: []*node{x}}, err
	}
	x, err := p.postfix()
	if err != nil || !p.took(symbol, "**") {
		return x, err
	}
	if err := p.deeper(); err != nil {
		return nil, err
	}
	defer func() { p.depth-- }()
	y, err := p.signed()
	return &node{op: binary, text: "**", line: t.line, kids: []*node{x, y}}, err
}

// postfix reads an atom with what follows it: calls, attributes, indices.
func (p *parser) postfix() (*node, error) {
	x, err := p.atom()
	for n := 0; err == nil; n++ {
		line := p.peek().line
		if n > maxChain {
			return nil, wrong(line, "more than %d dots or brackets follow one another", maxChain)
		}
		switch {
		case p.took(symbol, "("):
			x = &node{op: call, line: line, kids: []*node{x}}
			x.args, err = p.arguments()
		case p.took(symbol, "."):
			x = &node{op: attribute, text: p.peek().text, line: line, kids: []*node{x}}
			err = p.want(name, "")
		case p.took(symbol, "["):
			var i *node
			if i, err = p.subscripts(); err == nil {
				x = &node{op: index, line: line, kids: []*node{x, i}}
				err = p.want(symbol, "]")
			}
		default:
			return x, nil
		}
	}
	return nil, err
}

func (p *parser) arguments() ([]arg, error) {
	var all []arg
	for !p.took(symbol, ")") {
		var a arg
		for _, stars := range []string{"**", "*"} {
			if a.stars == "" && p.took(symbol, stars) {
				a.stars = stars
			}
		}
		if p.is(name, "") && p.tokens[p.at+1].kind == symbol && p.tokens[p.at+1].text == "=" {
			a.name = p.peek().text
			p.at += 2
		}
		var err error
		if a.value, err = p.expression(); err != nil {
			return nil, err
		}
		if p.word("for") {
			if a.value, err = p.every(a.value); err != nil {
				return nil, err
			}
		}
		all = append(all, a)
		if !p.took(symbol, ",") && !p.is(symbol, ")") {
			return nil, p.want(symbol, ")")
		}
	}
	return all, nil
}

// subscripts reads what stands in the brackets of an index.
func (p *parser) subscripts() (*node, error) {
	line := p.peek().line
	var all []*node
	for !p.is(symbol, "]") {
		s := &node{op: slice, line: p.peek().line, kids: make([]*node, 3)}
		n := 0
		for ; n < 3; n++ {
			if !p.is(symbol, ":") && !p.is(symbol, ",") && !p.is(symbol, "]") {
				var err error
				if s.kids[n], err = p.starred(); err != nil {
					return nil, err
				}
			}
			if !p.took(symbol, ":") {
				break
			}
		}
		if n == 0 {
			s = s.kids[0]
		}
		if s == nil {
			return nil, wrong(line, "an index is missing")
		}
		all = append(all, s)
		if !p.took(symbol, ",") {
			break
		}
	}
	switch len(all) {
	case 0:
		return nil, wrong(line, "an index is missing")
	case 1:
		return all[0], nil
	}
	return &node{op: tuple, line: line, kids: all}, nil
}

func (p *parser) atom() (*node, error) {
	t := p.peek()
	switch {
	case t.kind == number:
		p.at++
		v, err := numeral(t)
		return &node{op: constant, num: v, line: t.line}, err
	case t.kind == text:
		x := &node{op: constant, line: t.line}
		s := ""
		for p.is(text, "") {
			if s += p.peek().text; p.peek().format {
				x.text = "f"
			}
			p.at++
		}
		x.num = s
		return x, nil
	case t.kind == name:
		p.at++
		if v, ok := map[string]any{"True": true, "False": false, "None": nil}[t.text]; ok {
			return &node{op: constant, num: v, line: t.line}, nil
		}
		if reserved[t.text] {
			return nil, wrong(t.line, "%s stands where a value should", t.text)
		}
		return &node{op: identifier, text: t.text, line: t.line}, nil
	case p.took(symbol, "..."):
		return &node{op: identifier, text: "...", line: t.line}, nil
	case p.took(symbol, "("):
		return p.brackets(t, ")", tuple)
	case p.took(symbol, "["):
		return p.brackets(t, "]", listing)
	case p.took(symbol, "{"):
		return p.braces(t)
	}
	return nil, wrong(t.line, "%v stands where a value should", t)
}

// reserved are words that cannot be names.
var reserved = map[string]bool{
	"and": true, "as": true, "assert": true, "async": true, "await": true, "break": true, "class": true, "continue": true, "def": true,
	"del": true, "elif": true, "else": true, "except": true, "finally": true, "for": true, "from": true, "global": true, "if": true,
	"import": true, "in": true, "is": true, "lambda": true, "nonlocal": true, "not": true, "or": true, "pass": true, "raise": true,
	"return": true, "try": true, "while": true, "with": true, "yield": true,
}

// numeral returns a number's value, of type int64 or float64.
func numeral(t token) (any, error) {
	s := strings.ReplaceAll(t.text, "_", "")
	if v, err := strconv.ParseInt(s, 0, 64); err == nil {
		return v, nil
	}
	if v, err := strconv.ParseInt(s, 10, 64); err == nil { // 007
		return v, nil
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsInf(v, 0) || math.IsNaN(v) {
		return nil, wrong(t.line, "%s is not a number", cut(t.text))
	}
	return v, nil
}

// brackets reads a tuple, a list or an expression in brackets.
func (p *parser) brackets(t token, closing string, what op) (*node, error) {
	x := &node{op: what, line: t.line}
	comma := false
	for !p.is(symbol, closing) {
		y, err := p.starred()
		if err != nil {
			return nil, err
		}
		if p.word("for") && len(x.kids) == 0 {
			if y, err = p.every(y); err != nil {
				return nil, err
			}
			return y, p.want(symbol, closing)
		}
		x.kids = append(x.kids, y)
		if comma = p.took(symbol, ","); !comma {
			break
		}
	}
	if err := p.want(symbol, closing); err != nil {
		return nil, err
	}
	if what == tuple && len(x.kids) == 1 && !comma {
		return x.kids[0], nil
	}
	return x, nil
}

// braces reads a dictionary, or a set, which is read as a list.
func (p *parser) braces(t token) (*node, error) {
	x := &node{op: mapping, line: t.line}
	for !p.is(symbol, "}") {
		if p.took(symbol, "**") {
			y, err := p.expression()
			if err != nil {
				return nil, err
			}
			x.kids = append(x.kids, nil, y)
			if !p.took(symbol, ",") {
				break
			}
			continue
		}
		key, err := p.starred()
		if err != nil {
			return nil, err
		}
		x.kids = append(x.kids, key)
		if p.took(symbol, ":") {
			value, err := p.expression()
			if err != nil {
				return nil, err
			}
			x.kids = append(x.kids, value)
		} else {
			x.op = listing
		}
		if p.word("for") { // a dictionary of all of something
			of := key
			if x.op == mapping {
				of = &node{op: tuple, line: t.line, kids: x.kids[len(x.kids)-2:]}
			}
			y, err := p.every(of)
			if err != nil {
				return nil, err
			}
			if x.op == mapping {
				y.text = "{"
			}
			return y, p.want(symbol, "}")
		}
		if !p.took(symbol, ",") {
			break
		}
	}
	if x.op == mapping && len(x.kids)%2 == 1 {
		return nil, wrong(t.line, "a dictionary's value is missing")
	}
	if x.op == listing {
		x.text = "{"
	}
	return x, p.want(symbol, "}")
}

// every reads the rest of a comprehension.
func (p *parser) every(x *node) (*node, error) {
	line := p.peek().line
	p.at++ // for
	target, err := p.targets()
	if err != nil {
		return nil, err
	}
	if err := p.want(name, "in"); err != nil {
		return nil, err
	}
	over, err := p.binary(0)
	if err != nil {
		return nil, err
	}
	var test *node
	for p.took(name, "if") {
		more, err := p.binary(0)
		if err != nil {
			return nil, err
		}
		if test == nil {
			test = more
		} else {
			test = &node{op: binary, text: "and", line: line, kids: []*node{test, more}}
		}
	}
	if p.word("for") {
		if err := p.deeper(); err != nil {
			return nil, err
		}
		defer func() { p.depth-- }()
		if x, err = p.every(x); err != nil {
			return nil, err
		}
		return &node{op: every, text: "+", line: line, kids: []*node{x, target, over, test}}, nil
	}
	return &node{op: every, line: line, kids: []*node{x, target, over, test}}, nil
}

package keras

import "strings"

// The syntax tree of what is read of Python: enough of it for what builds and trains a network.

// maxDepth is how deep expressions and blocks may lie in one another.
const maxDepth = 100

// maxChain is how many operators, or calls and attributes, may follow one another.
const maxChain = 1000

// parser makes a tree of tokens.
type parser struct {
	tokens []token
	at     int
	depth  int
}

// parse returns the statements of code. An error is an *Error.
func parse(code string) ([]statement, error) {
	tokens, err := lex(code)
	if err != nil {
		return nil, err
	}
	p := &parser{tokens: tokens}
	var all []statement
	for !p.is(end, "") {
		if p.is(indent, "") || p.is(dedent, "") { // pieces of a notebook, each with its own
			p.at++
			continue
		}
		s, err := p.statement()
		if err != nil {
			return nil, err
		}
		all = append(all, s...)
	}
	return all, nil
}

func (p *parser) peek() token { return p.tokens[p.at] }

func (p *parser) is(k kind, s string) bool {
	t := p.peek()
	return t.kind == k && (s == "" || t.text == s)
}

// word reports whether a keyword comes next.
func (p *parser) word(s string) bool { return p.is(name, s) }

// took takes a token if it comes next.
func (p *parser) took(k kind, s string) bool {
	if !p.is(k, s) {
		return false
	}
	if k != end {
		p.at++
	}
	return true
}

func (p *parser) want(k kind, s string) error {
	if p.took(k, s) {
		return nil
	}
	if s == "" {
		s = map[kind]string{newline: "the end of the line", name: "a name", indent: "an indented block"}[k]
	}
	return wrong(p.peek().line, "%v stands where %s should", p.peek(), s)
}

// deeper guards against what lies too deep.
func (p *parser) deeper() error {
	if p.depth++; p.depth > maxDepth {
		return wrong(p.peek().line, "more than %d brackets or blocks lie in one another", maxDepth)
	}
	return nil
}

// statement reads a line of statements, or one that has a block.
func (p *parser) statement() ([]statement, error) {
	if err := p.deeper(); err != nil {
		return nil, err
	}
	defer func() { p.depth-- }()
	t := p.peek()
	if t.kind == name {
		if read, ok := compound[t.text]; ok {
			p.at++
			s, err := read(p, t)
			return []statement{s}, err
		}
	}
	if next := p.tokens[min(p.at+1, len(p.tokens)-1)].kind; p.word("match") && (next == name || next == text || next == number) {
		return nil, wrong(t.line, "match is not read here: write if and elif")
	}
	if p.took(symbol, "@") { // a decorator changes nothing that is read
		p.skipLine()
		return nil, nil
	}
	var all []statement
	for {
		s, err := p.simple()
		if err != nil {
			return nil, err
		}
		all = append(all, s)
		if !p.took(symbol, ";") {
			break
		}
		if p.is(newline, "") {
			break
		}
	}
	if p.is(end, "") || p.is(dedent, "") {
		return all, nil
	}
	return all, p.want(newline, "")
}

// compound lists the statements that have a block.
var compound map[string]func(*parser, token) (statement, error)

func init() {
	compound = map[string]func(*parser, token) (statement, error){
		"def": (*parser).def, "if": (*parser).branch, "for": (*parser).loop,
		"class": (*parser).class, "async": (*parser).skipped, "while": (*parser).loopWhile,
		"with": (*parser).with, "try": (*parser).try,
	}
}

// block reads what stands behind a colon.
func (p *parser) block() ([]statement, error) {
	if err := p.want(symbol, ":"); err != nil {
		return nil, err
	}
	if !p.took(newline, "") { // on the same line
		return p.statement()
	}
	if err := p.want(indent, ""); err != nil {
		return nil, err
	}
	var all []statement
	for !p.took(dedent, "") && !p.is(end, "") {
		s, err := p.statement()
		if err != nil {
			return nil, err
		}
		all = append(all, s...)
	}
	return all, nil
}

// skipLine takes all tokens up to the line's end.
func (p *parser) skipLine() {
	for !p.is(newline, "") && !p.is(end, "") {
		p.at++
	}
	p.took(newline, "")
}

// skipBlock takes a line and the block under it, as tokens.
func (p *parser) skipBlock() {
	p.skipLine()
	if !p.took(indent, "") {
		return
	}
	for level := 1; level > 0 && !p.is(end, ""); p.at++ {
		if p.is(indent, "") {
			level++
		} else if p.is(dedent, "") {
			level--
		}
	}
}

func (p *parser) skipped(t token) (statement, error) {
	s := statement{verb: leftOut, line: t.line, text: t.text}
	if p.is(name, "") {
		s.names = [][2]string{{p.peek().text, p.peek().text}}
	}
	p.skipBlock()
	return s, nil
}

func (p *parser) def(t token) (statement, error) {
	f := &function{name: p.peek().text, line: t.line}
	if err := p.want(name, ""); err != nil {
		return statement{}, err
	}
	if err := p.want(symbol, "("); err != nil {
		return statement{}, err
	}
	var err error
	if f.params, err = p.params(")"); err != nil {
		return statement{}, err
	}
	p.at++ // the bracket
	if p.took(symbol, "->") {
		if _, err := p.expression(); err != nil {
			return statement{}, err
		}
	}
	f.body, err = p.block()
	return statement{verb: define, line: t.line, def: f}, err
}

// params reads the parameters of a function, up to a bracket or colon that it leaves.
func (p *parser) params(until string) ([]param, error) {
	var all []param
	for !p.is(symbol, until) {
		var q param
		if p.took(symbol, "/") {
			p.took(symbol, ",")
			continue
		}
		for _, stars := range []string{"**", "*"} {
			if q.stars == "" && p.took(symbol, stars) {
				q.stars = stars
			}
		}
		if q.stars == "*" && p.took(symbol, ",") {
			continue
		}
		q.name = p.peek().text
		if err := p.want(name, ""); err != nil {
			return nil, err
		}
		if until == ")" && p.took(symbol, ":") { // a type
			if _, err := p.expression(); err != nil {
				return nil, err
			}
		}
		if p.took(symbol, "=") {
			var err error
			if q.def, err = p.expression(); err != nil {
				return nil, err
			}
		}
		all = append(all, q)
		if !p.took(symbol, ",") && !p.is(symbol, until) {
			return nil, p.want(symbol, until)
		}
	}
	return all, nil
}

func (p *parser) branch(t token) (statement, error) {
	s := statement{verb: when, line: t.line}
	var err error
	if s.value, err = p.expression(); err != nil {
		return s, err
	}
	if s.body, err = p.block(); err != nil {
		return s, err
	}
	switch t := p.peek(); {
	case p.took(name, "elif"):
		if err := p.deeper(); err != nil {
			return s, err
		}
		defer func() { p.depth-- }()
		other, err := p.branch(t)
		s.orElse = []statement{other}
		return s, err
	case p.took(name, "else"):
		s.orElse, err = p.block()
	}
	return s, err
}

func (p *parser) loop(t token) (statement, error) {
	s := statement{verb: loop, line: t.line}
	target, err := p.targets()
	if err != nil {
		return s, err
	}
	s.targets = []*node{target}
	if err := p.want(name, "in"); err != nil {
		return s, err
	}
	if s.value, err = p.expressions(); err != nil {
		return s, err
	}
	if s.body, err = p.block(); err != nil {
		return s, err
	}
	if p.took(name, "else") {
		s.orElse, err = p.block()
	}
	return s, err
}

func (p *parser) loopWhile(t token) (statement, error) {
	s := statement{verb: loopWhile, line: t.line}
	var err error
	if s.value, err = p.expression(); err != nil {
		return s, err
	}
	if s.body, err = p.block(); err != nil || !p.took(name, "else") {
		return s, err
	}
	s.orElse, err = p.block()
	return s, err
}

// targets reads what a for loop assigns to.
func (p *parser) targets() (*node, error) {
	line := p.peek().line
	var all []*node
	for {
		x, err := p.postfix()
		if err != nil {
			return nil, err
		}
		all = append(all, x)
		if !p.took(symbol, ",") {
			break
		}
	}
	if len(all) == 1 {
		return all[0], nil
	}
	return &node{op: tuple, line: line, kids: all}, nil
}

func (p *parser) with(t token) (statement, error) {
	for open := 0; !p.is(newline, "") && !p.is(end, "") && (open > 0 || !p.is(symbol, ":")); p.at++ {
		switch t := p.peek(); {
		case t.kind == symbol && strings.Contains("([{", t.text):
			open++
		case t.kind == symbol && strings.Contains(")]}", t.text):
			open--
		}
	}
	body, err := p.block()
	return statement{verb: within, line: t.line, body: body}, err
}

func (p *parser) try(t token) (statement, error) {
	s := statement{verb: within, line: t.line}
	var err error
	if s.body, err = p.block(); err != nil {
		return s, err
	}
	for p.word("except") || p.word("else") || p.word("finally") {
		p.skipBlock()
	}
	return s, nil
}

// simple reads a statement without a block.
func (p *parser) simple() (statement, error) {
	t := p.peek()
	s := statement{line: t.line}
	var err error
	switch {
	case p.took(name, "import"):
		return p.imports(s)
	case p.took(name, "from"):
		return p.from(s)
	case p.took(name, "return"):
		s.verb = gives
		if !p.is(newline, "") && !p.is(end, "") && !p.is(symbol, ";") {
			s.value, err = p.expressions()
		}
		return s, err
	case p.took(name, "break"):
		s.verb = breaks
		return s, nil
	case p.took(name, "continue"):
		s.verb = continues
		return s, nil
	}
	if p.word("global") || p.word("nonlocal") {
		s.verb, s.text = outer, p.peek().text
		p.at++
		for {
			n := p.peek().text
			if err := p.want(name, ""); err != nil {
				return s, err
			}
			if s.names = append(s.names, [2]string{n}); !p.took(symbol, ",") {
				return s, nil
			}
		}
	}
	for _, w := range []string{"pass", "del", "assert", "raise"} {
		if p.took(name, w) {
			for !p.is(newline, "") && !p.is(end, "") && !p.is(symbol, ";") {
				p.at++
			}
			s.verb = leftOut
			return s, nil
		}
	}
	if s.value, err = p.expressions(); err != nil {
		return s, err
	}
	if p.took(symbol, ":") { // a type
		if _, err = p.expression(); err != nil {
			return s, err
		}
		if !p.is(symbol, "=") {
			s.verb = leftOut
			return s, nil
		}
	}
	for p.peek().kind == symbol {
		sign := p.peek().text
		if sign != "=" && (len(sign) < 2 || sign[len(sign)-1] != '=' || sign == "==" || sign == "!=" || sign == "<=" || sign == ">=" || sign == ":=") {
			break
		}
		p.at++
		s.verb, s.text, s.targets = assign, sign, append(s.targets, s.value)
		if s.value, err = p.expressions(); err != nil {
			return s, err
		}
		if sign != "=" {
			break
		}
	}
	return s, nil
}

// class reads one of the code's: of what it holds, constants and functions are followed.
func (p *parser) class(t token) (statement, error) {
	s := statement{verb: klass, line: t.line, text: p.peek().text, value: &node{op: tuple, line: t.line}}
	if err := p.want(name, ""); err != nil {
		return s, err
	}
	if p.took(symbol, "(") {
		bases, err := p.arguments()
		if err != nil {
			return s, err
		}
		for _, a := range bases {
			if a.name == "" && a.stars == "" {
				s.value.kids = append(s.value.kids, a.value)
			}
		}
	}
	var err error
	s.body, err = p.block()
	return s, err
}

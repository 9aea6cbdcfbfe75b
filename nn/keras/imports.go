package keras

// The syntax tree of what is read of Python: enough of it for what builds and trains a network.

// path reads a name with dots.
func (p *parser) path() (string, error) {
	s := ""
	for p.took(symbol, ".") || p.took(symbol, "...") { // of the code's own package
	}
	for {
		if p.word("import") && s == "" {
			return s, nil
		}
		s += p.peek().text
		if err := p.want(name, ""); err != nil {
			return s, err
		}
		if !p.took(symbol, ".") {
			return s, nil
		}
		s += "."
	}
}

// alias reads what follows a path: as and another name.
func (p *parser) alias(of string) (string, error) {
	if !p.took(name, "as") {
		return of, nil
	}
	s := p.peek().text
	return s, p.want(name, "")
}

func (p *parser) imports(s statement) (statement, error) {
	s.verb = imports
	for {
		path, err := p.path()
		if err != nil {
			return s, err
		}
		as, err := p.alias("")
		if err != nil {
			return s, err
		}
		if as != "" {
			s.names = append(s.names, [2]string{as, path})
		}
		if !p.took(symbol, ",") {
			return s, nil
		}
	}
}

func (p *parser) from(s statement) (statement, error) {
	s.verb = imports
	path, err := p.path()
	if err != nil {
		return s, err
	}
	if err := p.want(name, "import"); err != nil {
		return s, err
	}
	if p.took(symbol, "*") {
		return s, nil
	}
	bracket := p.took(symbol, "(")
	for !bracket || !p.is(symbol, ")") {
		what := p.peek().text
		if err := p.want(name, ""); err != nil {
			return s, err
		}
		as, err := p.alias(what)
		if err != nil {
			return s, err
		}
		s.names = append(s.names, [2]string{as, path + "." + what})
		if !p.took(symbol, ",") {
			break
		}
	}
	if bracket {
		return s, p.want(symbol, ")")
	}
	return s, nil
}

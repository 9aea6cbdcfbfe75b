package keras

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// kind is a token's.
type kind int

const (
	end     kind = iota // of the code
	newline             // ends a statement
	indent
	dedent
	name
	number
	text // a string; its token holds what is in the quotes
	symbol
)

// token is a piece of code.
type token struct {
	kind   kind
	text   string
	line   int
	format bool // of a string: it is an f-string
}

// String names the token in an error.
func (t token) String() string {
	switch t.kind {
	case end:
		return "the end"
	case newline:
		return "the end of the line"
	case indent, dedent:
		return "another indentation"
	case text:
		return fmt.Sprintf("%q", cut(t.text))
	}
	return cut(t.text)
}

// cut shortens what an error quotes.
func cut(s string) string {
	const most = 40
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most]) + "…"
}

// lexer cuts code into tokens.
type lexer struct {
	code   string
	at     int
	line   int
	open   int   // brackets that are open
	levels []int // widths of the indentations around
	out    []token
}

// symbols are those of more than one character, longest first.
var symbols = []string{"**=", "//=", ">>=", "<<=", "...", "**", "//", "==", "!=", "<=", ">=", "+=", "-=", "*=", "/=", "%=", "|=", "&=", "^=", "->", ":=", "<<", ">>"}

// typed are characters that word processors and web pages put in place of plain ones.
var typed = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u00a0", " ", "\ufeff", "", "\u200b", "", "−", "-")

// quotes are the plain and the typographic ones that may end what one of them begins.
var quotes = map[string]string{`"`: `"`, "'": "'", "“": `”“"`, "”": `”“"`, "„": `”“"`, "‘": "’‘'", "’": "’‘'", "‚": "’‘'"}

// lex cuts code into tokens. A notebook's magics and shell commands are left out, as are a
// console's prompts.
func lex(code string) ([]token, error) {
	l := &lexer{code: undressed(typed.Replace(code)) + "\n", line: 1, levels: []int{0}}
	for l.at < len(l.code) {
		if err := l.next(); err != nil {
			return nil, err
		}
	}
	if l.open > 0 {
		return nil, wrong(l.line-1, "a bracket is not closed")
	}
	l.ends()
	for range l.levels[1:] {
		l.add(dedent, "")
	}
	l.add(end, "")
	return l.out, nil
}

func (l *lexer) add(k kind, s string) { l.out = append(l.out, token{kind: k, text: s, line: l.line}) }

// fresh reports whether the next token begins a statement.
func (l *lexer) fresh() bool {
	if len(l.out) == 0 {
		return true
	}
	k := l.out[len(l.out)-1].kind
	return k == newline || k == indent || k == dedent
}

// ends ends a statement, if one has begun.
func (l *lexer) ends() {
	if !l.fresh() {
		l.add(newline, "")
	}
}

// next reads what comes next.
func (l *lexer) next() error {
	rest := l.code[l.at:]
	if l.open == 0 && (l.at == 0 || l.code[l.at-1] == '\n') && l.fresh() {
		if skip := strings.Index(rest, "\n"); l.beside(rest[:skip]) {
			l.at += skip + 1
			l.line++
			return nil
		}
		if err := l.indentation(); err != nil {
			return err
		}
		rest = l.code[l.at:]
	}
	switch c, size := utf8.DecodeRuneInString(rest); {
	case c == '\n':
		if l.open == 0 {
			l.ends()
		}
		l.line++
		l.at++
	case c == ' ' || c == '\t' || c == '\f':
		l.at++
	case c == '#':
		l.at += strings.Index(rest, "\n")
	case strings.HasPrefix(rest, "\\\n"):
		l.line++
		l.at += 2
	case strings.ContainsRune("([{", c):
		l.open++
		l.add(symbol, rest[:1])
		l.at++
	case strings.ContainsRune(")]}", c):
		if l.open == 0 {
			return wrong(l.line, "a %c closes nothing", c)
		}
		l.open--
		l.add(symbol, rest[:1])
		l.at++
	case c >= '0' && c <= '9' || c == '.' && len(rest) > 1 && rest[1] >= '0' && rest[1] <= '9':
		l.number(rest)
	case c == '_' || unicode.IsLetter(c):
		return l.word(rest)
	case quotes[string(c)] != "":
		return l.quoted("", rest)
	case c == utf8.RuneError && size == 1:
		return wrong(l.line, "the code is not UTF-8")
	default:
		for _, s := range symbols {
			if strings.HasPrefix(rest, s) {
				l.add(symbol, s)
				l.at += len(s)
				return nil
			}
		}
		if !strings.ContainsRune("+-*/%=<>.,:;@|&^~", c) {
			return wrong(l.line, "%q is not Python", c)
		}
		l.add(symbol, rest[:1])
		l.at++
	}
	return nil
}

// beside reports whether a line is not part of the program: a notebook's magic, or a shell
// command.
func (l *lexer) beside(line string) bool {
	line = strings.TrimSpace(line)
	return strings.HasPrefix(line, "%") || strings.HasPrefix(line, "!")
}

// indentation reads the spaces before a statement. An empty line has none.
func (l *lexer) indentation() error {
	for _, prompt := range []string{">>> ", "... "} {
		if strings.HasPrefix(l.code[l.at:], prompt) {
			l.at += len(prompt)
		}
	}
	from, width := l.at, 0
	for ; l.at < len(l.code); l.at++ {
		switch l.code[l.at] {
		case ' ':
			width++
			continue
		case '\t':
			width += 8 - width%8
			continue
		}
		break
	}
	if c := l.code[l.at]; c == '\n' || c == '#' || l.beside(l.code[from:][:strings.Index(l.code[from:], "\n")]) {
		return nil
	}
	if len(l.out) == 0 && len(l.levels) == 1 {
		l.levels[0] = width // a piece from within a function
	}
	switch top := l.levels[len(l.levels)-1]; {
	case width > top:
		l.levels = append(l.levels, width)
		l.add(indent, "")
	case width < top:
		for len(l.levels) > 1 && l.levels[len(l.levels)-1] > width {
			l.levels = l.levels[:len(l.levels)-1]
			l.add(dedent, "")
		}
		if len(l.levels) == 1 && width < l.levels[0] {
			l.levels[0] = width
		}
		if l.levels[len(l.levels)-1] != width {
			return wrong(l.line, "the indentation is that of no line before")
		}
	}
	return nil
}

func (l *lexer) number(rest string) {
	n := 0
	for ; n < len(rest); n++ {
		c := rest[n]
		sign := (c == '+' || c == '-') && n > 0 && (rest[n-1] == 'e' || rest[n-1] == 'E') && !strings.HasPrefix(rest, "0x")
		if !sign && c != '.' && c != '_' && (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') {
			break
		}
	}
	l.add(number, rest[:n])
	l.at += n
}

func (l *lexer) word(rest string) error {
	n := strings.IndexFunc(rest, func(c rune) bool { return c != '_' && !unicode.IsLetter(c) && !unicode.IsDigit(c) })
	if c, _ := utf8.DecodeRuneInString(rest[n:]); n <= 2 && quotes[string(c)] != "" {
		return l.quoted(strings.ToLower(rest[:n]), rest)
	}
	l.add(name, rest[:n])
	l.at += n
	return nil
}

// escapes are those of strings that matter to what is read.
var escapes = strings.NewReplacer(`\\`, `\`, `\'`, `'`, `\"`, `"`, `\n`, "\n", `\t`, "\t", "\\\n", "")

// quoted reads a string with its prefix.
func (l *lexer) quoted(prefix, rest string) error {
	from := len(prefix)
	c, _ := utf8.DecodeRuneInString(rest[from:])
	quote := string(c)
	ends := quotes[quote]
	long := strings.HasPrefix(rest[from:], strings.Repeat(quote, 3))
	if long {
		quote = strings.Repeat(quote, 3)
	}
	from += len(quote)
	to, after := from, 0
	format := strings.Contains(prefix, "f")
	for braces := 0; ; to++ {
		if to >= len(rest) || !long && rest[to] == '\n' {
			return wrong(l.line, "a string is not closed")
		}
		c, size := utf8.DecodeRuneInString(rest[to:])
		closes := strings.ContainsRune(ends, c)
		if long {
			closes, size = strings.HasPrefix(rest[to:], quote), len(quote)
		}
		switch {
		case format && c == '{':
			braces++
		case format && c == '}' && braces > 0:
			braces--
		}
		switch {
		case closes && format && braces%2 == 1 && !long: // within an f-string's braces, as since Python 3.12
			if skip := strings.IndexAny(rest[to+size:], quote+"\n"); skip >= 0 && rest[to+size+skip] != '\n' && strings.ContainsAny(rest[to+size+skip+1:][:strings.Index(rest[to+size+skip+1:], "\n")], "}") {
				to += size + skip
				continue
			}
			after = size
		case closes:
			after = size
		case rest[to] == '\\' && to+1 < len(rest):
			to++
			continue
		default:
			continue
		}
		break
	}
	s := rest[from:to]
	if !strings.Contains(prefix, "r") {
		s = escapes.Replace(s)
	}
	l.add(text, s)
	l.out[len(l.out)-1].format = format
	l.line += strings.Count(rest[:to], "\n")
	l.at += to + after
	return nil
}

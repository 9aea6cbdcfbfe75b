package words

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Capital begins with a capital letter, Small with a small one.
func Capital(s string) string { return first(s, unicode.ToUpper) }
func Small(s string) string   { return first(s, unicode.ToLower) }

func first(s string, change func(rune) rune) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 || r == utf8.RuneError {
		return s
	}
	return string(change(r)) + s[n:]
}

// Sentence returns a message, of an error for example, as a sentence; "" stays "".
func Sentence(s string) string {
	s = Capital(s)
	if s == "" || strings.ContainsRune(".!?…。", last(s)) {
		return s
	}
	return s + "."
}

func last(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

package words

import (
	"unicode"
	"unicode/utf8"
)

// Sentence is a text that begins with a capital letter, if it begins with one that has such.
func Sentence(s string) string { return first(s, unicode.ToUpper) }

// Lower is a text that begins with a small letter, if it begins with one that has such.
func Lower(s string) string { return first(s, unicode.ToLower) }

func first(s string, change func(rune) rune) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 || r == utf8.RuneError {
		return s
	}
	return string(change(r)) + s[n:]
}

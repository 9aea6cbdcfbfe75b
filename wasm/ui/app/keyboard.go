package app

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Stroke is a key that is pressed, as in KeyboardEvent.
type Stroke struct {
	Key   string // what it types
	Code  string // its place, named after the keyboard of the United States: "KeyZ", "Digit1"
	Ctrl  bool   // or the command key
	Shift bool
}

// KeyOf returns a pressed key as leaves have it, "" where it does nothing now. Letters mean the same in
// every state of the keyboard. A key of another script, and a digit that is typed with Shift, as on
// a French keyboard, are taken by their place.
func (a *App) KeyOf(s Stroke) string {
	key := s.Key
	if letter, size := utf8.DecodeRuneInString(key); size == len(key) && unicode.IsLetter(letter) {
		key = strings.ToLower(key)
	}
	if named := s.named(key); a.HasKey(named) {
		return named
	}
	if place := s.place(); place != "" {
		if named := s.named(place); a.HasKey(named) {
			return named
		}
	}
	return ""
}

// named returns a key with the one that is held with it.
func (s Stroke) named(key string) string {
	switch {
	case s.Ctrl && s.Shift:
		return "ctrl+shift+" + key
	case s.Ctrl:
		return "ctrl+" + key
	}
	return key
}

// place returns what a key's place stands for, or "" where what it types counts.
func (s Stroke) place() string {
	if letter, ok := strings.CutPrefix(s.Code, "Key"); ok {
		if typed, _ := utf8.DecodeRuneInString(s.Key); typed > unicode.MaxASCII && !unicode.Is(unicode.Latin, typed) {
			return strings.ToLower(letter)
		}
	}
	if digit, ok := strings.CutPrefix(s.Code, "Digit"); ok && !s.Shift {
		return digit
	}
	return ""
}

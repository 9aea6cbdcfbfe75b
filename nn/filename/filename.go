// Package filename writes the names of files for people: whatever bytes a name has, it
// cannot break a message.
package filename

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// most is how many characters of a name are shown: enough for what cameras and browsers give,
// and short enough for a line of a message on a phone.
const most = 40

// Show returns a name as it is shown: without its folders, at most 40 characters, a longer one
// with "…" in its middle so that its ending stays, and a "\ufffd" for each byte that is no
// UTF-8 and each character that is not seen or turns the text around. A name of nothing is
// "a file without a name".
func Show(name string) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	all := characters(name)
	if n := len(all); n > most {
		all = append(append(all[:most*2/3:most*2/3], "…"), all[n-most/3:]...)
	}
	if s := strings.TrimSpace(strings.Join(all, "")); s != "" {
		return s
	}
	return "a file without a name"
}

// maxMarks is how many marks on one letter are shown: more would reach over other lines.
const maxMarks = 4

// characters splits a name into what a reader takes for characters: a letter with its marks,
// an emoji with its colour, a family that is joined, a flag. That is a part of what
// https://unicode.org/reports/tr29 asks for, which no name is so strange as to miss.
func characters(name string) (all []string) {
	joined, half, marks := false, false, 0
	for _, r := range name {
		seen := r != utf8.RuneError && unicode.IsGraphic(r) && (r == ' ' || !unicode.IsSpace(r))
		flag := r >= 0x1f1e6 && r <= 0x1f1ff // half of one
		mark := unicode.Is(unicode.M, r)
		tied := len(all) > 0 && (mark || r == zeroWidthJoiner || r >= 0x1f3fb && r <= 0x1f3ff || seen && (joined || flag && half))
		switch last := len(all) - 1; {
		case tied:
			if marks++; len(all[last]) < 64 && (!mark || marks <= maxMarks) {
				all[last] += string(r)
			}
		case seen:
			all, marks = append(all, string(r)), 0
		default:
			all, marks = append(all, string(utf8.RuneError)), 0
		}
		joined, half = tied && r == zeroWidthJoiner, flag && !half
	}
	return all
}

// zeroWidthJoiner makes one emoji of two.
const zeroWidthJoiner = '\u200d'

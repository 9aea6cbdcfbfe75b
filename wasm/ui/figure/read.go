package figure

import (
	"strconv"
	"strings"
	"unicode"
)

// Plain returns a number as the user has typed it, in ASCII and without spaces at its ends: digits
// of any script, a decimal comma or the mark of that script, any minus.
func Plain(text string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case ',', '，', '．', '٫':
			return '.'
		case '−', '－':
			return '-'
		case '％', '٪':
			return '%'
		}
		if r > unicode.MaxASCII && unicode.IsDigit(r) {
			return digit(r)
		}
		return r
	}, strings.TrimSpace(text))
}

// digit returns a digit of any script in ASCII: in Unicode's table each run begins with a 0.
func digit(r rune) rune {
	for _, run := range unicode.Nd.R16 {
		if lo, hi := rune(run.Lo), rune(run.Hi); lo <= r && r <= hi {
			return '0' + (r-lo)%10
		}
	}
	for _, run := range unicode.Nd.R32 {
		if lo, hi := rune(run.Lo), rune(run.Hi); lo <= r && r <= hi {
			return '0' + (r-lo)%10
		}
	}
	return r
}

// Read returns the number that a text says.
func Read(text string) (float64, error) { return strconv.ParseFloat(Plain(text), 64) }

// ReadShare returns the share of 0 to 1 that a text says. A person who types 20 or 20% means a fifth.
func ReadShare(text string) (float64, error) {
	number, percent := strings.CutSuffix(Plain(text), "%")
	f, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
	if percent || f > 1 {
		f /= 100
	}
	return f, err
}

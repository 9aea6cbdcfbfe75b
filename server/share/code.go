package share

import (
	"crypto/rand"
	"crypto/subtle"
	"math/big"
	"strings"
)

// letters are what codes and keys are made of: none is taken for another, aloud or on a projector, and
// without vowels they spell no word.
const letters = "346789CDFGHJKMNPQRTVWXY"

// Lengths of a project's code and of the teacher's key, in letters: 148 million and 78 thousand million
// there are of them.
const (
	codeLength = 6
	keyLength  = 8
)

// random is a word of n letters.
func random(n int) string {
	b := make([]byte, n)
	for i := range b {
		k, err := rand.Int(rand.Reader, big.NewInt(int64(len(letters))))
		if err != nil {
			panic(err) // crypto/rand ends the program itself before it fails
		}
		b[i] = letters[k.Int64()]
	}
	return string(b)
}

// typed is a code or a key as a person has typed it, "" if it can be none of n letters.
func typed(text string, n int) string {
	if len(text) > 4*n {
		return ""
	}
	text = strings.ToUpper(strings.NewReplacer(" ", "", "-", "").Replace(text))
	if len(text) != n || strings.Trim(text, letters) != "" {
		return ""
	}
	return text
}

// same compares in a time that does not tell how much is the same.
func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

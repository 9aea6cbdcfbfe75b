package relax

import (
	"bytes"
	"testing"
)

// program returns a module of the given sections: [id, content...].
func program(sections ...[]byte) []byte {
	p := bytes.Clone(header)
	for _, s := range sections {
		p = append(append(p, s[0], byte(len(s)-1)), s[1:]...)
	}
	return p
}

func TestRewrite(t *testing.T) {
	pair := []byte{0xfd, 0xe6, 1, 1, 0x20, 7, 0xfd, 0xe4, 1, 1}
	relaxed := []byte{0x20, 7, 0xfd, 0x85, 2, 1, 1, 1, 1, 1}
	mulAlone := []byte{0xfd, 0xe6, 1, 1, 0x21, 7, 0xfd, 0xe4, 1, 1}
	farLocal := []byte{0xfd, 0xe6, 1, 1, 0x20, 0x87, 1, 0xfd, 0xe4, 1, 1}
	for name, c := range map[string]struct {
		code, want []byte
		count      int
	}{
		"none":                    {[]byte{codeID, 1, 2, 3}, []byte{codeID, 1, 2, 3}, 0},
		"one":                     {append([]byte{codeID, 9}, pair...), append([]byte{codeID, 9}, relaxed...), 1},
		"two":                     {append(append([]byte{codeID}, pair...), pair...), append(append([]byte{codeID}, relaxed...), relaxed...), 2},
		"a product that is kept":  {append([]byte{codeID}, mulAlone...), append([]byte{codeID}, mulAlone...), 0},
		"a local of two bytes":    {append([]byte{codeID}, farLocal...), append([]byte{codeID}, farLocal...), 0},
		"cut at the end":          {append([]byte{codeID}, pair[:8]...), append([]byte{codeID}, pair[:8]...), 0},
		"mul before the real one": {append([]byte{codeID, 0xfd, 0xe6, 1, 1}, pair...), append([]byte{codeID, 0xfd, 0xe6, 1, 1}, relaxed...), 1},
		"data":                    {append([]byte{11}, pair...), append([]byte{11}, pair...), 0},
	} {
		in := program([]byte{1, 5}, c.code, []byte{0})
		before := bytes.Clone(in)
		got, count, err := Rewrite(in)
		if err != nil || count != c.count || !bytes.Equal(got, program([]byte{1, 5}, c.want, []byte{0})) {
			t.Errorf("%s: %x with %d changes (%v)", name, got, count, err)
		}
		if !bytes.Equal(in, before) {
			t.Errorf("%s: the program itself was changed", name)
		}
	}
}

func FuzzRewrite(f *testing.F) {
	f.Add([]byte{})
	f.Add(program([]byte{codeID, 0xfd, 0xe6, 1, 1, 0x20, 7, 0xfd, 0xe4, 1, 1}))
	f.Add(append(bytes.Clone(header), codeID, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1))
	f.Fuzz(func(t *testing.T, p []byte) {
		got, count, err := Rewrite(p)
		if err == nil && (len(got) != len(p) || count == 0 && !bytes.Equal(got, p)) {
			t.Errorf("%x became %x with %d changes", p, got, count)
		}
	})
}

package filename

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestShow(t *testing.T) {
	for name, want := range map[string]string{
		"test_batch.bin":                "test_batch.bin",
		"猫の写真.bin":                      "猫の写真.bin",
		"cifar/../x/data_batch_1.bin":   "data_batch_1.bin",
		`C:\Users\me\cat.jpg`:           "cat.jpg",
		"":                              "a file without a name",
		"/":                             "a file without a name",
		" \t":                           "\ufffd",
		"a\xffb\xfe.bin":                "a\ufffdb\ufffd.bin",
		"line\nbreak\x00\x1b[31m.png":   "line\ufffdbreak\ufffd\ufffd[31m.png",
		"photo\u202egnp.exe":            "photo\ufffdgnp.exe",
		"\u2066x\u2069\ufeff\u200b.jpg": "\ufffdx\ufffd\ufffd\ufffd.jpg",
		"a\u2028b":                      "a\ufffdb",
		"e\u0301te\u0301.png":           "e\u0301te\u0301.png",
		"👨‍👩‍👧 👍🏽 🇩🇪🇫🇷.png":                  "👨‍👩‍👧 👍🏽 🇩🇪🇫🇷.png",
		strings.Repeat("a", 40):              strings.Repeat("a", 40),
		strings.Repeat("a", 60) + ".tar.gz":  strings.Repeat("a", 26) + "…" + "aaaaaa.tar.gz",
		strings.Repeat("🇩🇪", 41):             strings.Repeat("🇩🇪", 26) + "…" + strings.Repeat("🇩🇪", 13),
		strings.Repeat("e\u0301", 41):        strings.Repeat("e\u0301", 26) + "…" + strings.Repeat("e\u0301", 13),
		"Z" + strings.Repeat("\u0334", 1000): "Z" + strings.Repeat("\u0334", maxMarks),
	} {
		if got := Show(name); got != want {
			t.Errorf("%q is shown as %q, want %q", name, got, want)
		}
	}
}

func FuzzShow(f *testing.F) {
	f.Add("猫の写真.bin")
	f.Add("a\xff\u202e\u0301👨\u200d👩.png")
	f.Fuzz(func(t *testing.T, name string) {
		s := Show(name)
		if !utf8.ValidString(s) || s == "" || len(s) > 64*(most+1) {
			t.Errorf("%q is shown as %q", name, s)
		}
		for _, r := range s {
			if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' {
				t.Errorf("%q is shown as %q, with %U", name, s, r)
			}
		}
		if again := Show(s); !strings.ContainsAny(s, "…") && again != s {
			t.Errorf("%q is shown as %q, and that as %q", name, s, again)
		}
	})
}

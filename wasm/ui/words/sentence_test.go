package words

import "testing"

func TestCapital(t *testing.T) {
	for text, want := range map[string][2]string{
		"":            {"", ""},
		"a file":      {"A file", "a file"},
		"Ärger":       {"Ärger", "ärger"},
		"éte.png":     {"Éte.png", "éte.png"},
		"猫の写真.bin is": {"猫の写真.bin is", "猫の写真.bin is"},
		"\xff is":     {"\xff is", "\xff is"},
		"3 pictures":  {"3 pictures", "3 pictures"},
	} {
		if got := [2]string{Capital(text), Small(text)}; got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

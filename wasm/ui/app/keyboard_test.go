package app_test

import (
	"testing"

	"tenfold/wasm/ui/app"
	"tenfold/wasm/ui/app/apptest"
	"tenfold/wasm/ui/pad"
)

// TestKeyboards presses keys on the keyboards that people have, in every state of these.
func TestKeyboards(t *testing.T) {
	b := apptest.Open(t, 1280, 800, false)
	s := b.Desk().Subject
	for range 2 {
		s.Pad.Add(pad.Fill{Color: s.Color})
	}
	s.Pad.Undo() // so that there is something to undo and something to redo
	s.Drawn()
	for name, c := range map[string]struct {
		app.Stroke
		want string
	}{
		"undo":                          {app.Stroke{Key: "z", Code: "KeyZ", Ctrl: true}, "ctrl+z"},
		"undo, capitals locked":         {app.Stroke{Key: "Z", Code: "KeyZ", Ctrl: true}, "ctrl+z"},
		"undo, German":                  {app.Stroke{Key: "z", Code: "KeyY", Ctrl: true}, "ctrl+z"},
		"undo, French":                  {app.Stroke{Key: "z", Code: "KeyW", Ctrl: true}, "ctrl+z"},
		"undo, Cyrillic":                {app.Stroke{Key: "я", Code: "KeyZ", Ctrl: true}, "ctrl+z"},
		"undo, Greek":                   {app.Stroke{Key: "ζ", Code: "KeyZ", Ctrl: true}, "ctrl+z"},
		"undo, Hebrew":                  {app.Stroke{Key: "ז", Code: "KeyZ", Ctrl: true}, "ctrl+z"},
		"undo, Arabic":                  {app.Stroke{Key: "ئ", Code: "KeyZ", Ctrl: true}, "ctrl+z"},
		"redo":                          {app.Stroke{Key: "y", Code: "KeyY", Ctrl: true}, "ctrl+y"},
		"redo, Linux":                   {app.Stroke{Key: "Z", Code: "KeyZ", Ctrl: true, Shift: true}, "ctrl+shift+z"},
		"redo, macOS":                   {app.Stroke{Key: "z", Code: "KeyZ", Ctrl: true, Shift: true}, "ctrl+shift+z"},
		"redo, Cyrillic":                {app.Stroke{Key: "Я", Code: "KeyZ", Ctrl: true, Shift: true}, "ctrl+shift+z"},
		"redo, Cyrillic, as on Windows": {app.Stroke{Key: "н", Code: "KeyY", Ctrl: true}, "ctrl+y"},
		"sample":                        {app.Stroke{Key: "s", Code: "KeyS"}, "s"},
		"sample, capitals locked":       {app.Stroke{Key: "S", Code: "KeyS"}, "s"},
		"sample, Cyrillic":              {app.Stroke{Key: "ы", Code: "KeyS"}, "s"},
		"a brush":                       {app.Stroke{Key: "2", Code: "Digit2"}, "2"},
		"a brush, French":               {app.Stroke{Key: "é", Code: "Digit2"}, "2"},
		"a brush, keypad":               {app.Stroke{Key: "2", Code: "Numpad2"}, "2"},
		"not a brush":                   {app.Stroke{Key: "@", Code: "Digit2", Shift: true}, ""},
		"help":                          {app.Stroke{Key: "?", Code: "Slash", Shift: true}, "?"},
		"help, Cyrillic":                {app.Stroke{Key: "?", Code: "Digit7", Shift: true}, "?"},
		"nothing, in Swedish":           {app.Stroke{Key: "å", Code: "BracketLeft"}, ""},
		"nothing, in Turkish":           {app.Stroke{Key: "ş", Code: "KeyS"}, ""},
		"a word that is put together":   {app.Stroke{Key: "Process", Code: "KeyS"}, ""},
		"the browser's own":             {app.Stroke{Key: "r", Code: "KeyR", Ctrl: true}, ""},
		"the browser's own, shifted":    {app.Stroke{Key: "T", Code: "KeyT", Ctrl: true, Shift: true}, ""},
	} {
		if got := b.KeyOf(c.Stroke); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

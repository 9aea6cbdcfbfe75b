package words_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"tenfold/wasm/ui/words"
)

// TestAll checks that another language can reach every variable of texts, and that no text is
// empty: a field without one would be seen on the page as a hole.
func TestAll(t *testing.T) {
	all := words.All()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok || g.Tok != token.VAR {
				continue
			}
			for _, s := range g.Specs {
				for _, name := range s.(*ast.ValueSpec).Names {
					if found++; all[name.Name] == nil && name.Name != "Form" {
						t.Errorf("%s: All does not list %s", file, name.Name)
					}
				}
			}
		}
	}
	if found != len(all)+1 {
		t.Errorf("%d variables, and All lists %d", found, len(all))
	}
	for name, p := range all {
		empty(t, name, reflect.ValueOf(p).Elem())
	}
}

func empty(t *testing.T, name string, v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		if v.String() == "" {
			t.Errorf("%s is empty", name)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.Tag.Get("words") != "id" {
				empty(t, name+"."+f.Name, v.Field(i))
			}
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			empty(t, name, v.Index(i))
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			empty(t, name+" "+k.String(), v.MapIndex(k))
		}
	}
}

// TestSentence begins and ends what a worker or the browser says, in any script.
func TestSentence(t *testing.T) {
	for from, want := range map[string]string{
		"": "", "no room": "No room.", "Done.": "Done.", "wait …": "Wait …", "über": "Über.", "猫": "猫.", "\xff": "\xff.", "why?": "Why?",
	} {
		if got := words.Sentence(from); got != want {
			t.Errorf("%q becomes %q, want %q", from, got, want)
		}
	}
	if s := words.Small("Ärger"); s != "ärger" {
		t.Error(s)
	}
}

// TestForms counts things in a language with three forms.
func TestForms(t *testing.T) {
	was := words.Form
	t.Cleanup(func() { words.Form = was })
	words.Form = func(n int) int { return min(n-1, 2) }
	three := words.Noun{"%s odin", "%s dva", "%s mnogo"}
	for n, want := range map[int]string{1: "%s odin", 2: "%s dva", 7: "%s mnogo"} {
		if got := three.For(n); got != want {
			t.Errorf("%d: %q", n, got)
		}
	}
	if got := words.Nouns.Core.For(7); got != "%s cores" {
		t.Errorf("a form that a noun does not have: %q", got)
	}
}

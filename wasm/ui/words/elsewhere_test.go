package words_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// noTexts are literals that read as texts and are none, each file's with the reason.
var noTexts = map[string][]string{
	"app/actions.go":           {"Backspace", "Delete"},                                                                                                // keys, as KeyboardEvent.key has them
	"app/keyboard.go":          {"Key", "Digit"},                                                                                                       // places of keys, as KeyboardEvent.code has them
	"glyph_js.go":              {"%d %.2fpx %s"},                                                                                                       // a font of CSS
	"figure/figure.go":         {"%.1f MB", " MB", "2006-01-02 15:04"},                                                                                 // figures are the same everywhere
	"picture/kind.go":          {"\x00\x00\x00\fJXL ", "MATLAB ", "version https://git-lfs", "Rar!", "<!doctype html"},                                 // how files begin
	"picture/vector.go":        {` width="%d" height="%d"`, ` viewBox="%s"`},                                                                           // attributes of SVG
	"view/model/unit.go":       {"Dropout", "SpatialDropout2D", "GaussianNoise", "LeakyReLU", "ReLU", "Activation", "Rescaling", "BatchNormalization"}, // Keras' classes
	"view/build/build.go":      {"Conv2D"},                                                                                                             // one of Keras' classes
	"view/classify/tools.go":   {"Delete"},                                                                                                             // a key
	"view/data/one.go":         {"ArrowLeft", "ArrowRight"},                                                                                            // keys
	"flat_js.go":               {"rgb(%d %d %d)"},                                                                                                      // a colour of CSS
	"host_js.go":               {"(prefers-color-scheme: dark)"},                                                                                       // a query of CSS
	"main.go":                  {"ui: this program runs in a browser; `make run` builds and serves it"},                                                // for a developer's terminal
	"main_js.go":               {"(prefers-reduced-motion: reduce)"},                                                                                   // a query of CSS
	"twin_js.go":               {"body > canvas", "input text", "input checkbox", "input range"},                                                       // elements
	"diagnosis_js.go":          {"body > canvas"},                                                                                                      // a selector
	"view/help/diagnosis.go":   {"SwiftShader", "Software", "Basic Render"},                                                                            // what browsers call their renderers
	"view/help/start.go":       {"Tutorial CNN"},                                                                                                       // the network's name in its file
	"view/model/numbercard.go": {"ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"},                                                                    // keys
	"view/train/train.go":      {"train?"},                                                                                                             // an address
	"widget/widget.go":         {"loose ", "widget: two leaves have the ID %q"},                                                                        // a panel's name; a programmer's mistake
}

// verbs are what fmt replaces, and tags are markup.
var (
	verbs = regexp.MustCompile(`%[#+\-0-9.\[\]]*[a-zA-Z%]`)
	tags  = regexp.MustCompile(`<[^>]*>`)
)

// text is what reads as something for people: two words apart, a word with a space at an end, a
// capital letter at the beginning, or the end of a sentence.
var text = regexp.MustCompile(`\pL{2,},? +\pL|\pL,? +\pL{2,}|^ +\pL{2,}|\pL{2,} +$|^\P{L}*\p{Lu}\p{Ll}|\pL{2,} ?[.…!?]$`)

// reads reports whether a literal reads as something for people.
func reads(s string) bool {
	return text.MatchString(verbs.ReplaceAllString(tags.ReplaceAllString(s, ""), ""))
}

// strays returns the literals of a file that read as texts, with their lines. What is compared with,
// looked up or pressed, and what a program panics with, is not shown to anybody.
func strays(file string, fset *token.FileSet, f *ast.File) (all []string) {
	silent := map[ast.Expr]bool{}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec, *ast.Field: // a tag
			if f, ok := n.(*ast.Field); ok && f.Tag != nil {
				silent[f.Tag] = true
			}
			_, isImport := n.(*ast.ImportSpec)
			return !isImport
		case *ast.CaseClause:
			for _, e := range n.List {
				silent[e] = true
			}
		case *ast.BinaryExpr:
			if n.Op == token.EQL || n.Op == token.NEQ {
				silent[n.X], silent[n.Y] = true, true
			}
		case *ast.IndexExpr:
			silent[n.Index] = true
		case *ast.ValueSpec: // styles of CSS
			if strings.HasSuffix(n.Names[0].Name, "Style") {
				return false
			}
		case *ast.KeyValueExpr: // the key of a map, or what a widget's looks depend on, or its key
			silent[n.Key] = true
			if id, ok := n.Key.(*ast.Ident); ok && (id.Name == "Key" || id.Name == "ID") {
				return false
			}
		case *ast.CallExpr:
			switch name(n.Fun) {
			case "panic", "MustCompile":
				return false
			case "Get", "Set", "Call", "Contains", "HasPrefix", "HasSuffix": // names of JavaScript; what is looked for
				for _, e := range n.Args {
					if name(n.Fun) == "Get" || e == n.Args[0] || strings.HasPrefix(name(n.Fun), "Has") || name(n.Fun) == "Contains" {
						silent[e] = true
					}
				}
			}
		case *ast.BasicLit:
			if n.Kind != token.STRING || silent[n] {
				return true
			}
			if s, err := strconv.Unquote(n.Value); err == nil && reads(s) && !slices.Contains(noTexts[file], s) {
				all = append(all, fmt.Sprintf("%s:%d: %q", file, fset.Position(n.Pos()).Line, s))
			}
		}
		return true
	})
	return all
}

// name returns what a call names last.
func name(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

// TestReads shows the detector texts, and what only looks like one.
func TestReads(t *testing.T) {
	for text, want := range map[string]bool{
		"Start over": true, "Help": true, "no answer": true, "the file %s": true, "%d of %d are right": true, ". Reload the page.": true, "<h2>Curves</h2>": true, "Loading …": true, " in your browser": true, "Teaching …": true,
		"train-start": false, "ctrl+z": false, "%s: %s\n": false, "application/octet-stream": false, "my-pictures.bin": false, "<tr><th scope=\"row\">%s</th></tr>\n": false, "#%d %d": false, "": false, "%d. %s": false,
	} {
		if reads(text) != want {
			t.Errorf("%q: %v", text, !want)
		}
	}
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "a.go", `package a
func f(s string) widget.Node {
	if s == "Not shown" || m["Nor this"] { panic("Nor that") }
	switch s { case "Nor here": }
	e.Set("textContent", "Shown in the document")
	return widget.Button{ID: "Not an ID", Key: "Page Up", Label: "Shown on a button", Long: "Shown " + "as a tooltip"}
}`, 0)
	if err != nil {
		t.Fatal(err)
	}
	if got := strays("a.go", fset, f); len(got) != 4 {
		t.Errorf("%d of 4 texts are found: %q", len(got), got)
	}
}

// TestNoTextElsewhere reads the page's source: what it says to people stands here.
func TestNoTextElsewhere(t *testing.T) {
	fset, files := token.NewFileSet(), 0
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.HasPrefix(path, "../words/") || strings.HasPrefix(path, "../app/apptest/") {
			return err
		}
		f, err := parser.ParseFile(fset, path, nil, 0)
		if err != nil {
			return err
		}
		files++
		for _, s := range strays(filepath.ToSlash(strings.TrimPrefix(path, "../")), fset, f) {
			t.Errorf("%s: a text for people belongs into package words", s)
		}
		return nil
	})
	if err != nil || files < 100 {
		t.Fatalf("%d files: %v", files, err)
	}
}

// quoted are strings of JavaScript, and comment is what follows //, but in an address.
var (
	quoted  = regexp.MustCompile("\"[^\"\\n]*\"|`[^`\\n]*`")
	comment = regexp.MustCompile(`(?m)(^|[\s;{}])//.*$`)
	hole    = regexp.MustCompile(`\$\{[^}]*\}`)
)

// noTextsOfScripts are strings of the scripts that read as texts and are none.
var noTextsOfScripts = []string{
	"use strict", "no WebAssembly", "no WebAssembly SIMD", // what ends a script, when the user has been told
	"${url} is not of this page",                         // a programmer's mistake, or an attack
	"Content-Type", "Content-Encoding", "Content-Length", // headers
	"body > canvas", "${url}: ${response.status}", "sw.js?", "sw.js?${workerProgram}",
}

// TestNoTextInThePage reads the page's own files: they have their texts from here too.
func TestNoTextInThePage(t *testing.T) {
	for _, file := range []string{"page.js", "sw.js", "worker.js"} {
		code := comment.ReplaceAllString(read(t, file), "$1")
		for _, s := range quoted.FindAllString(code, -1) {
			s = s[1 : len(s)-1]
			if reads(hole.ReplaceAllString(s, "")) && !slices.Contains(noTextsOfScripts, s) {
				t.Errorf("%s: %q belongs into words.Page", file, s)
			}
		}
	}
	for _, file := range []string{"index.html", "404.html"} {
		html := regexp.MustCompile(`(?s)<!--.*?-->|\{\{.*?\}\}|<script.*?</script>`).ReplaceAllString(read(t, file), "")
		for _, s := range regexp.MustCompile(`(?:aria-label|title|alt|placeholder)="[^"]*\pL[^"]*"|name="description" content="[^"]*\pL[^"]*"`).FindAllString(html, -1) {
			t.Errorf("%s: %s belongs into words.Page", file, s)
		}
		if s := strings.TrimSpace(tags.ReplaceAllString(html, "")); regexp.MustCompile(`\pL`).MatchString(s) {
			t.Errorf("%s: %q belongs into words.Page", file, s)
		}
	}
}

// read returns one of the page's own files.
func read(t *testing.T, file string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("../../../web", file))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

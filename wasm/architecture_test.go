// Package wasm_test asks the Go tool whether the arrows of CONTRIBUTING.md hold.
package wasm_test

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// deps returns the packages that a package is built of, for a system.
func deps(t *testing.T, goos, goarch, pkg string) []string {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps", pkg)
	cmd.Env = append(os.Environ(), "GOOS="+goos, "GOARCH="+goarch)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list -deps %s: %v", pkg, err)
	}
	return strings.Fields(string(out))
}

func TestArrows(t *testing.T) {
	const gorgonia, ebiten = "gorgonia.org/", "github.com/hajimehoshi/ebiten"
	for _, c := range []struct {
		pkg       string
		forbidden []string // prefixes of packages
	}{
		{"tenfold/wasm/ui", []string{gorgonia, "tenfold/nn/kernel", "tenfold/nn/layer", "tenfold/nn/model", "tenfold/nn/train", "net/http"}},
		{"tenfold/wasm/ui/app", []string{gorgonia, ebiten, "tenfold/nn/kernel", "tenfold/nn/model", "tenfold/nn/cifar10", "tenfold/nn/evaluate", "tenfold/nn/explain"}},
		{"tenfold/wasm/ui/widget", []string{"tenfold/nn", "tenfold/wasm/protocol", "tenfold/wasm/ui/desk"}},
		{"tenfold/wasm/ui/network", []string{"tenfold/wasm/ui/widget", "tenfold/wasm/ui/paint", "tenfold/wasm/ui/library"}},
		{"tenfold/wasm/ui/library", []string{"tenfold/wasm/ui/widget", "tenfold/wasm/ui/paint", "tenfold/wasm/ui/network"}},
		{"tenfold/wasm/ui/subject", []string{"tenfold/wasm/ui/widget", "tenfold/wasm/ui/network", "tenfold/wasm/ui/library", "tenfold/wasm/protocol"}},
		{"tenfold/wasm/ui/desk", []string{"tenfold/wasm/ui/widget", "tenfold/wasm/ui/view", "tenfold/wasm/ui/app"}},
		{"tenfold/wasm/worker", []string{gorgonia, ebiten, "tenfold/nn/graph", "tenfold/nn/train", "net/http", "image", "tenfold/nn/keras", "tenfold/nn/convert"}},
		{"tenfold/wasm/drafter", []string{gorgonia, ebiten, "tenfold/nn/graph", "tenfold/nn/train", "net/http", "tenfold/wasm/ui"}},
		{"tenfold/wasm/classifier", []string{gorgonia, ebiten, "tenfold/nn/graph", "tenfold/nn/train", "net/http", "tenfold/wasm/ui", "tenfold/wasm/protocol"}},
		{"tenfold/wasm/session", []string{gorgonia, ebiten, "tenfold/wasm/ui"}},
		{"tenfold/wasm/training", []string{ebiten, "tenfold/wasm/ui", "net/http"}},
		{"tenfold/wasm/trainer", []string{ebiten, "tenfold/wasm/ui", "net/http"}},
		{"tenfold/wasm/protocol", []string{gorgonia, "tenfold/nn/model", "tenfold/nn/layer"}},
		{"tenfold/nn/task", []string{"tenfold/nn/kernel", "tenfold/wasm", "tenfold/nn/model"}},
		{"tenfold/nn/kernel", []string{"tenfold/nn/layer", "tenfold/nn/model", "tenfold/wasm"}},
		{"tenfold/nn/layer", []string{gorgonia, "tenfold/nn/model", "tenfold/nn/graph"}},
		{"tenfold/nn/model", []string{gorgonia, "tenfold/nn/graph", "tenfold/nn/train"}},
		{"tenfold/nn/augment", []string{gorgonia, "tenfold/nn/kernel", "tenfold/nn/model", "tenfold/wasm"}},
		{"tenfold/nn/evaluate", []string{gorgonia, "tenfold/nn/train"}},
		{"tenfold/nn/explain", []string{gorgonia, "tenfold/nn/train", "tenfold/nn/evaluate"}},
		{"tenfold/nn/train", []string{"tenfold/wasm", ebiten}},
		{"tenfold/server", []string{gorgonia, ebiten, "tenfold/nn/kernel", "tenfold/nn/model"}},
	} {
		for _, d := range deps(t, "js", "wasm", c.pkg) {
			for _, f := range c.forbidden {
				if d == f || strings.HasPrefix(d, strings.TrimSuffix(f, "/")+"/") {
					t.Errorf("%s is built with %s", c.pkg, d)
				}
			}
		}
	}
}

// TestViewsKnowNoView checks that each view can be read, moved and deleted by itself: only the
// app knows which there are.
func TestViewsKnowNoView(t *testing.T) {
	const views = "tenfold/wasm/ui/view/"
	folders, err := os.ReadDir("ui/view")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range folders {
		if !f.IsDir() {
			continue
		}
		for _, d := range deps(t, "js", "wasm", views+f.Name()) {
			if name, ok := strings.CutPrefix(d, views); ok && name != f.Name() || d == "tenfold/wasm/ui/app" {
				t.Errorf("%s is built with %s", f.Name(), d)
			}
		}
	}
}

// TestPlainGo checks that the packages that must run anywhere call no browser
// themselves.
func TestPlainGo(t *testing.T) {
	for _, pkg := range []string{"./ui/app/...", "./ui/view/...", "./ui/desk", "./ui/library", "./ui/network", "./ui/subject", "./ui/ask", "./ui/drafts", "./ui/part", "./ui/figure", "./ui/widget", "./ui/words", "./ui/paint", "./ui/pad", "./ui/theme", "./drafting", "./session", "./training", "./protocol", "../nn/..."} {
		cmd := exec.Command("go", "list", "-f", "{{.ImportPath}} {{.Imports}}", pkg)
		cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("go list %s: %v", pkg, err)
		}
		for _, line := range strings.Split(string(out), "\n") {
			if strings.Contains(line, "syscall/js") {
				t.Errorf("calls the browser: %s", line)
			}
		}
	}
}

// TestTheTaskIsAValue checks that ten classes, 32x32 pixels and the sizes of CIFAR-10 are written
// nowhere but in package cifar10, next to the names of its files, in what draws the samples and in
// the words that describe the data set.
func TestTheTaskIsAValue(t *testing.T) {
	constant := regexp.MustCompile(`\[10\]|\b307[23]\b|\b[15]0_?000\b|\b32 ?[*x×] ?32\b|\b32, ?32, ?3\b|\bDense\(10\b|"airplane"`)
	spelled := regexp.MustCompile(`(?i)\b(the|these|its|of|into) (ten|10) (classes|things)|\b(10|50),000\b`)
	limit := regexp.MustCompile(`(?i)\bmax\w*\s+=`) // of something else
	describe := map[string]bool{                    // what it is that comes from elsewhere
		"ui/words/data.go": true, "ui/words/glossary.go": true, "ui/words/help.go": true, "../nn/keras/script.go": true,
	}
	own := map[string]bool{ // sizes of their own, or next to the files that they belong to
		"../nn/doodles/doodles.go": true, "../nn/task/job.go": true, "ui/app/apptest/apptest.go": true,
	}
	for _, root := range []string{".", "../nn"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
				return err
			case strings.HasPrefix(path, "../nn/cifar10/"), path == "ui/pad/samples.go", describe[path], own[path]:
				return nil
			}
			b, err := os.ReadFile(path)
			for i, line := range strings.Split(string(b), "\n") {
				code, _, _ := strings.Cut(line, "//")
				if strings.HasPrefix(path, "ui/words/") {
					if spelled.MatchString(code) {
						t.Errorf("%s:%d: %s: ask the task", path, i+1, strings.TrimSpace(line))
					}
					continue
				}
				if constant.MatchString(code) && !limit.MatchString(code) || spelled.MatchString(code) {
					t.Errorf("%s:%d: %s: ask the task", path, i+1, strings.TrimSpace(line))
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestBoundaries checks that no callback and no goroutine of the programs for the browser is
// without a boundary, behind which it could fail without ending the program.
func TestBoundaries(t *testing.T) {
	may := map[string]int{"ui/flat_js.go": 1} // a frame, whose failure ends the program as it does under Ebitengine
	for _, folder := range []string{"ui", "classifier", "drafter", "trainer", "worker", "team"} {
		files, err := filepath.Glob(folder + "/*_js.go")
		if err != nil || len(files) == 0 {
			t.Fatal(files, err)
		}
		for _, file := range files {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if n := strings.Count(string(b), "js.FuncOf(") + strings.Count(string(b), "go func("); n != may[file] {
				t.Errorf("%s: %d callbacks or goroutines without a boundary, want %d: use browser.Func and browser.Go", file, n, may[file])
			}
		}
	}
}

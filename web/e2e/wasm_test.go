package e2e

import (
	"context"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tenfold/web/chromium"
	"tenfold/web/relax"
)

// wasmPackages are the packages whose own tests must pass in a browser too.
var wasmPackages = []string{
	"nn/kernel", "nn/layer", "nn/model", "nn/graph", "nn/train", "nn/evaluate", "nn/checkpoint", "nn/cifar10",
	"nn/augment", "nn/design", "nn/explain", "nn/filename", "nn/internal/numeric", "nn/project", "nn/teach",
	"wasm/protocol", "wasm/session",
}

// nativeAlone says of the other packages of nn why their tests do not run in a browser.
var nativeAlone = map[string]string{
	"nn/bench": "it times", "nn/cmd/tenfold-bench": "a program of the terminal", "nn/cmd/tenfold-train": "a program of the terminal",
	"nn/cifar10/archive": "its tests read files", "nn/convert": "its tests read files", "nn/hdf5": "its tests read files", "nn/keras": "its tests read files",
	"nn/onnx": "its tests read files", "nn/picture": "its tests read files", "nn/task": "its tests read files", "nn/transfer": "its tests read files",
	"nn/doodles": "thousands of drawings, which TestRecognises has the page make", "nn/sketch": "thousands of drawings",
}

// TestEveryPackageIsTested looks that each package of nn that has tests is in one of the lists.
func TestEveryPackageIsTested(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{if or .TestGoFiles .XTestGoFiles}}{{.ImportPath}}{{end}}`, "tenfold/nn/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, pkg := range strings.Fields(string(out)) {
		pkg = strings.TrimPrefix(pkg, "tenfold/")
		if slices.Contains(wasmPackages, pkg) == (nativeAlone[pkg] != "") {
			t.Errorf("%s is in none or in both of wasmPackages and nativeAlone", pkg)
		}
	}
}

// relaxedPackages are those whose tests must also pass in a program that was
// rewritten for relaxed SIMD.
var relaxedPackages = wasmPackages[:6]

// TestPackagesInBrowser runs the packages' tests as WebAssembly in the browser.
func TestPackagesInBrowser(t *testing.T) {
	t.Parallel()
	if browser == nil {
		t.Skip(missing)
	}
	for _, pkg := range wasmPackages {
		t.Run(path.Base(pkg), func(t *testing.T) {
			program := filepath.Join(t.TempDir(), "test.wasm")
			build := exec.Command("go", "test", "-c", "-o", program, "tenfold/"+pkg)
			build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
			if out, err := build.CombinedOutput(); err != nil {
				t.Fatalf("go test -c: %v\n%s", err, out)
			}
			runTests(t, program)
			if slices.Contains(relaxedPackages, pkg) {
				t.Run("relaxed", func(t *testing.T) {
					rewrite(t, program)
					if out := runTests(t, program); pkg == "nn/kernel" && !strings.Contains(out, "wasm_relaxed_simd") {
						t.Error("the rewritten program does not fuse")
					}
				})
			}
		})
	}
}

// runTests runs a test program in the browser.
func runTests(t *testing.T, program string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	out, err := chromium.Run(ctx, browser, program, "-test.v", "-test.short")
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	t.Log(out)
	return out
}

// rewrite makes a program use relaxed SIMD.
func rewrite(t *testing.T, program string) {
	t.Helper()
	b, err := os.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	b, n, err := relax.Rewrite(b)
	if err != nil || n == 0 {
		t.Fatalf("%d multiply-adds rewritten (%v)", n, err)
	}
	if err := os.WriteFile(program, b, 0o644); err != nil {
		t.Fatal(err)
	}
}

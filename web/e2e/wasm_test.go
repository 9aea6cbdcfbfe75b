package e2e

import (
	"context"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"testing"
	"time"

	"tenfold/web/chromium"
)

// wasmPackages are the packages whose own tests must pass in a browser too.
var wasmPackages = []string{
	"nn/kernel", "nn/layer", "nn/model", "nn/graph", "nn/train", "nn/evaluate", "nn/checkpoint", "nn/cifar10",
	"wasm/protocol", "wasm/session",
}

// TestPackagesInBrowser runs the packages' tests as WebAssembly in the browser.
func TestPackagesInBrowser(t *testing.T) {
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
			ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
			defer cancel()
			out, err := chromium.Run(ctx, browser, program, "-test.v", "-test.short")
			if err != nil {
				t.Errorf("%v\n%s", err, out)
			}
			t.Log(out)
		})
	}
}

package task

import (
	"os"
	"runtime"
	"strings"
	"testing"
)

func TestVectors(t *testing.T) {
	for arch, want := range map[string]string{"amd64": "with SIMD", "arm64": "with SIMD", "wasm": "with SIMD", "386": "without SIMD, which Go does not have for 386"} {
		if got := vectors(true, arch); got != want {
			t.Errorf("%s: %q, want %q", arch, got, want)
		}
		if got := vectors(false, arch); got != "without SIMD" {
			t.Errorf("%s without the experiment: %q", arch, got)
		}
	}
	if runtime.GOOS == "js" {
		return // a browser has no files
	}
	b, err := os.ReadFile("../kernel/vector.go")
	if err != nil {
		t.Fatal(err)
	}
	if line, _, _ := strings.Cut(string(b), "\n"); line != "//go:build goexperiment.simd && (amd64 || arm64 || wasm)" {
		t.Errorf("the kernels have vectors where %s", line)
	}
}

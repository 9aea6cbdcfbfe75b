package task

import (
	"runtime"
	"runtime/debug"
	"strings"
)

// Version says what the program was built from: its version or commit, Go, and whether
// with SIMD.
func Version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	set := map[string]string{}
	for _, s := range info.Settings {
		set[s.Key] = s.Value
	}
	what := info.Main.Version
	if commit := set["vcs.revision"]; commit != "" {
		what += ", commit " + commit
		if set["vcs.modified"] == "true" {
			what += " with changes"
		}
	}
	experiment := strings.Contains(set["GOEXPERIMENT"], "simd") || strings.Contains(info.GoVersion, "X:simd")
	return what + ", " + info.GoVersion + ", " + vectors(experiment, runtime.GOARCH)
}

// vectors reports whether a program for a kind of processor was built with SIMD: see
// nn/kernel/vector.go.
func vectors(experiment bool, arch string) string {
	switch {
	case !experiment:
		return "without SIMD"
	case arch == "amd64" || arch == "arm64" || arch == "wasm":
		return "with SIMD"
	}
	return "without SIMD, which Go does not have for " + arch
}

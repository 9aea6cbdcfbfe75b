package task

import (
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
	simd := "without SIMD"
	if strings.Contains(set["GOEXPERIMENT"], "simd") || strings.Contains(info.GoVersion, "X:simd") {
		simd = "with SIMD"
	}
	return what + ", " + info.GoVersion + ", " + simd
}

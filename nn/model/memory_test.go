package model

import (
	"runtime"
	"strings"
	"testing"

	"tenfold/nn/checkpoint"
)

// TestOpenTakesNoMemoryForWhatIsNotThere opens a few bytes that describe a network of gigabytes.
func TestOpenTakesNoMemoryForWhatIsNotThere(t *testing.T) {
	for name, arch := range map[string]string{
		"weights":     `{"input":[32,32,3],"layers":[{"class_name":"Flatten","config":{}},{"class_name":"Dense","config":{"units":80000}}]}`,
		"activations": `{"input":[4096,4096,3],"layers":[{"class_name":"Flatten","config":{}}]}`,
	} {
		f := &checkpoint.File{Metadata: map[string]string{"architecture": arch, "classes": "[]"}}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		m, err := Open(f)
		runtime.ReadMemStats(&after)
		if err == nil {
			t.Errorf("%s: a model of %d outputs", name, m.Output().Size())
		}
		if n := after.TotalAlloc - before.TotalAlloc; n > 1<<20 {
			t.Errorf("%s: %d bytes were allocated (%v)", name, n, err)
		}
		if !strings.HasPrefix(err.Error(), "model: ") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

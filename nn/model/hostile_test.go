package model

import (
	"runtime"
	"slices"
	"strings"
	"testing"

	"tenfold/nn/checkpoint"
)

// hostile are architectures that no honest file has, by what is said of them.
func hostile() map[string]string {
	layers := func(input string, layers ...string) string {
		return `{"input":` + input + `,"layers":[` + strings.Join(layers, ",") + `]}`
	}
	of := func(class, config string, inputs ...string) string {
		s := `{"class_name":"` + class + `","config":` + config
		if len(inputs) > 0 {
			s += `,"inputs":["` + strings.Join(inputs, `","`) + `"]`
		}
		return s + "}"
	}
	flatten := of("Flatten", "{}")
	pad := of("ZeroPadding2D", `{"padding":[[1024,1024],[1024,1024]]}`)
	many := of("Add", "{}", slices.Repeat([]string{"input"}, maxInputs+1)...)
	wide := []string{of("Conv2D", `{"filters":200,"kernel_size":[1,1]}`)} // 13 million numbers each, of few weights
	for range 10 {
		wide = append(wide, of("ReLU", "{}"))
	}
	return map[string]string{
		`model: layer 1: its input "flatten" is not one of the 0 layers`:      layers("[2,2,1]", of("Add", "{}", "input", "flatten"), flatten),
		`model: layer 2: its input "add" is not one of the 1 layers`:          layers("[2,2,1]", flatten, of("Add", "{}", "flatten", "add")),
		`model: layer 2: its input "conv" is not one`:                         layers("[2,2,1]", flatten, of("Flatten", "{}", "conv")),
		"it has 1 inputs: want at least 2":                                    layers("[2,2,1]", of("Add", "{}")),
		"Flatten: it has 2 inputs: want 1":                                    layers("[2,2,1]", of("Flatten", "{}", "input", "input")),
		"(None, 2, 2, 1) and (None, 4): want as many axes":                    layers("[2,2,1]", flatten, of("Add", "{}", "input", "flatten")),
		"and (None, 4, 4, 1): want the same sizes, or 1":                      layers("[2,2,1]", of("ZeroPadding2D", "{}"), of("Add", "{}", "input", "zero_padding2d")),
		"layer 1 (flatten): nothing uses its output":                          layers("[2,2,1]", flatten, of("Flatten", "{}", "input")),
		"have 4001 inputs: want at most 4000":                                 layers("[2,2,1]", many),
		"padding of 4611686018427387904":                                      layers("[2,2,1]", of("ZeroPadding2D", `{"padding":[[4611686018427387904,0],[0,0]]}`)),
		"at most 16777216 elements":                                           layers("[2,2,1]", pad, pad, pad),
		"have 144179200 output numbers for a picture: want at most 134217728": layers("[256,256,1]", wide...),
		"depth_multiplier 4611686018427387904":                                layers("[2,2,4]", of("DepthwiseConv2D", `{"kernel_size":[1,1],"depth_multiplier":4611686018427387904}`)),
		"model: input: shape (None, 4611686018427387904, 4, 4)":               layers("[4611686018427387904,4,4]", flatten),
		"model: input: shape (None, -1, 4, 4): want positive":                 layers("[-1,4,4]", of("ZeroPadding2D", "{}")),
		"BatchNormalization: input without axes":                              layers("[]", of("BatchNormalization", "{}")),
		"shared axis 9":                                                       layers("[2,2,4]", of("PReLU", `{"shared_axes":[9]}`)),
		"SeparableConv2D: Conv2D: 0 filters":                                  layers("[2,2,4]", of("SeparableConv2D", `{"kernel_size":[1,1]}`)),
	}
}

// TestHostileFiles opens them: each is refused for the reason that it deserves, before it
// has taken memory.
func TestHostileFiles(t *testing.T) {
	for want, arch := range hostile() {
		f := &checkpoint.File{Metadata: map[string]string{"architecture": arch, "classes": `["a","b"]`}}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := Open(f)
		runtime.ReadMemStats(&after)
		if err == nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "model: ") {
			t.Errorf("%.200s: error %v, want it to say %q", arch, err, want)
		}
		if n := after.TotalAlloc - before.TotalAlloc; n > 4<<20 {
			t.Errorf("%.200s: %d bytes were allocated (%v)", arch, n, err)
		}
	}
}

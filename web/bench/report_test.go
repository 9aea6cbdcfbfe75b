package main

import (
	"bytes"
	"encoding/json"
	"image/png"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"tenfold/nn/bench"
)

// sample returns a report in which all was measured: pictures/s that make each ratio a round
// number.
func sample() *report {
	r := &report{CPU: "a processor", Cores: 2, Browser: "Chrome/1", Rounds: 3}
	speeds := map[string]map[string]float64{
		b32:       {plain1: 1800, relaxed1: 2200, litert1: 1000, ort1: 900},
		training:  {plain1: 400, relaxed1: 450, relaxedAll: 1500, ortTraining1: 100, nativeAll: 1800, torchAll: 900},
		second32:  {relaxed1: 360, litert1: 200, ort1: 150},
		second128: {relaxed1: 100, relaxedAll: 180, nativeAll: 500, torchAll: 200},
	}
	for _, w := range workloads {
		for _, c := range rows() {
			if v, ok := speeds[w.name][c.name]; ok {
				r.Results = append(r.Results, result{Name: c.name, Where: "browser", Threads: c.threads, Workload: w.name, Median: v, Min: v, Max: v, Mean: v})
			}
		}
	}
	conv := bench.Layer{Name: "conv2d_3", Micros: 1, GFlops: 110, BackMicros: 1, BackGFlops: 80, In: 64, Out: 128}
	roof := bench.Layer{Name: bench.Roof, Micros: 1, GFlops: 50}
	r.Layers = []layers{{relaxed1, second, []bench.Layer{conv, roof}}, {relaxed1, tutorial, []bench.Layer{conv, roof}}}
	r.Second = &memory{second, 128, 24, bench.Heap{Memory: 5e8}}
	return r
}

// TestRatios computes the ratios of a report in which each is its target.
func TestRatios(t *testing.T) {
	r := sample()
	r.conclude()
	want := map[string][2]float64{ // value and target
		"inference, batch 32, relaxed SIMD / LiteRT.js, 1 thread":                           {2.2, 2.2},
		"inference, batch 32, SIMD / LiteRT.js, 1 thread":                                   {1.8, 1.8},
		"training, relaxed SIMD / onnxruntime-web 1.19/training, 1 thread":                  {4.5, 4.5},
		"second network, inference, batch 32, relaxed SIMD / LiteRT.js, 1 thread":           {1.8, 1.8},
		"second network, native training, batch 128, all cores / PyTorch":                   {2.5, 2.5},
		"second network, training, batch 128, all cores / the tutorial's (target 180/1500)": {0.12, 0.12},
		"conv2d of 64 to 128 channels of " + relaxed1 + ", forward / practical roof":        {2.2, 2.2},
		"conv2d of 64 to 128 channels of " + relaxed1 + ", both gradients / practical roof": {1.6, 1.6},
		"gigabytes of a worker that trains the second network, batch 128":                   {0.5, 1},
		"conv2d_3 of " + relaxed1 + ", forward / practical roof":                            {2.2, 0.75},
	}
	for name, v := range want {
		i := slices.IndexFunc(r.Ratios, func(r ratio) bool { return r.Name == name })
		if i < 0 {
			t.Errorf("there is no ratio %q", name)
			continue
		}
		if got := r.Ratios[i]; got.Value != v[0] || got.Target != v[1] || !got.Met {
			t.Errorf("%+v, want %v", got, v)
		}
	}
}

// TestRatiosOfParts leaves results out one by one: what they are in is left out as well, and
// the better of two peers is none if one of them was not measured.
func TestRatiosOfParts(t *testing.T) {
	all := sample()
	all.conclude()
	for i, left := range all.Results {
		r := sample()
		r.Results = slices.Delete(r.Results, i, i+1)
		r.conclude()
		if len(r.Ratios) >= len(all.Ratios) {
			t.Errorf("without %s of %s there are %d ratios, as with it", left.Workload, left.Name, len(r.Ratios))
		}
		for _, v := range r.Ratios {
			if v.Value != v.Value || v.Value <= 0 || v.Value > 1e4 {
				t.Errorf("without %s of %s: %+v", left.Workload, left.Name, v)
			}
		}
	}
}

func TestPrint(t *testing.T) {
	r := sample()
	r.conclude()
	r.Ratios = append(r.Ratios, ratio{Name: "a ratio that is missed", Value: 1, Target: 2})
	var b bytes.Buffer
	r.print(&b)
	for _, want := range []string{
		"\nthe tutorial's network ", "\nthe second network ", "360 (360-360)", "missed\n", ">= 2.20",
		"trains the tenfold network at batch 128: 500 MB",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
}

// TestWrite reads back what is written, and looks at the chart for both networks' bars.
func TestWrite(t *testing.T) {
	dir, r := filepath.Join(t.TempDir(), "new"), sample()
	r.conclude()
	if err := r.write(dir); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(dir, "bench.json"))
	if err != nil {
		t.Fatal(err)
	}
	var read report
	if err := json.Unmarshal(b, &read); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(&read, r) {
		t.Errorf("%+v\nbecame %+v", r, &read)
	}
	f, err := os.Open(filepath.Join(dir, "bench.png"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	image, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	size := image.Bounds()
	blue := [2]int{}
	for y := size.Min.Y; y < size.Max.Y; y++ {
		for x := size.Min.X; x < size.Max.X; x++ {
			if r, g, b, _ := image.At(x, y).RGBA(); r>>8 == 0 && g>>8 == 0x72 && b>>8 == 0xb2 {
				blue[2*(y-size.Min.Y)/size.Dy()]++
			}
		}
	}
	if blue[0] < 1000 || blue[1] < 1000 {
		t.Errorf("%v blue pixels in the upper and the lower half of %v", blue, size)
	}
}

// TestDocumented looks in the README for each field of bench.json.
func TestDocumented(t *testing.T) {
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	var look func(of reflect.Type)
	look = func(of reflect.Type) {
		for of.Kind() == reflect.Pointer || of.Kind() == reflect.Slice {
			of = of.Elem()
		}
		if of.Kind() != reflect.Struct {
			return
		}
		for i := range of.NumField() {
			f := of.Field(i)
			if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" {
				seen++
				if !strings.Contains(string(text), "`"+name+"`") {
					t.Errorf("README.md does not say what %s of a %s is", name, of.Name())
				}
			}
			look(f.Type)
		}
	}
	look(reflect.TypeFor[report]())
	if seen < 30 {
		t.Errorf("%d fields", seen)
	}
}

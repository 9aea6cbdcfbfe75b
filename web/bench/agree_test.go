package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tenfold/nn/bench"
	"tenfold/nn/kernel"
	"tenfold/nn/model"
)

func TestAgree(t *testing.T) {
	says := func(name string, probs []float32, gradients map[string]float64) *contender {
		c := &contender{row: row{name: name, can: []string{"infer", "train"}}, network: tutorial}
		c.ask = func(r bench.Request) (bench.Answer, error) {
			switch r.Do {
			case "probs":
				return bench.Answer{Probs: probs}, nil
			case "gradients":
				return bench.Answer{Gradients: gradients}, nil
			}
			return bench.Answer{Kernel: "x"}, nil
		}
		return c
	}
	probs, norms := []float32{0.7, 0.3}, map[string]float64{"a": 2}
	for _, c := range []struct {
		name  string
		other *contender
		want  string
	}{
		{"the same", says("b", []float32{0.70005, 0.29995}, map[string]float64{"a": 2.01}), ""},
		{"another probability", says("b", []float32{0.7002, 0.2998}, norms), "differ by"},
		{"no number", says("b", []float32{0.7, nan()}, norms), "differ by"},
		{"too few", says("b", probs[:1], norms), "1 probabilities, want 2"},
		{"another gradient", says("b", probs, map[string]float64{"a": 2.03}), "the gradient of a is 2.03 long, want 2"},
		{"no gradient", says("b", probs, nil), "0 gradients, want 1"},
		{"another's gradient", says("b", probs, map[string]float64{"c": 2}), "the gradient of c"},
	} {
		err := agree([]*contender{says("a", probs, norms), c.other}, &report{})
		if (c.want == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
	same := []float32{0.5, 0.5}
	if err := agree([]*contender{says("a", same, norms), says("b", same, norms)}, &report{}); err == nil || !strings.Contains(err.Error(), "says nothing") {
		t.Errorf("answers that are all alike: %v", err)
	}
}

func nan() float32 { var zero float32; return zero / zero }

// TestPyTorchAgrees has PyTorch, where it is installed, run both networks from the files that
// the bench writes, and compares them with ours.
func TestPyTorchAgrees(t *testing.T) {
	with := python("python3")
	if with == "" {
		t.Skip("no Python here has torch: the agreement is checked by the bench where one does (Debian: apt-get install python3-torch)")
	}
	t.Chdir("../..")
	dir := t.TempDir()
	shipped, err := os.ReadFile("web/model/tutorial.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	drawn, err := initialised(model.Tenfold())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "pictures.bin"), appendFloats(nil, pictures()), 0o644); err != nil {
		t.Fatal(err)
	}
	for network, file := range map[string][]byte{tutorial: shipped, second: drawn} {
		if err := convert(dir, network, file); err != nil {
			t.Fatal(err)
		}
		b, err := bench.New(file, pictures(), nil, largest(network))
		if err != nil {
			t.Fatal(err)
		}
		ours := &contender{row: row{name: "ours", can: []string{"train"}}, network: network}
		ours.ask = func(r bench.Request) (bench.Answer, error) { return b.Ask(r), nil }
		s := starter{tab: t.Context(), dir: dir, python: with}
		r := row{name: "PyTorch", threads: 1, can: []string{"train"}}
		theirs, err := pytorch(s, r, network)
		if err != nil {
			t.Fatal(err)
		}
		theirs.row, theirs.network = r, network
		if err := agree([]*contender{ours, theirs}, &report{}); err != nil {
			t.Error(err)
		}
		compareDirect(t, b, theirs)
		for _, do := range []string{"infer", "train"} {
			a, err := theirs.put(bench.Request{Do: do, Batch: 32, Times: 2})
			if err != nil || !(a.Median > 0) {
				t.Errorf("%s: %+v, %v", do, a, err)
			}
		}
		if _, err := theirs.put(bench.Request{Do: "sing"}); err == nil {
			t.Error("PyTorch sings")
		}
	}
}

// compareDirect compares gradients more closely, without Winograd's transforms, which round
// differently.
func compareDirect(t *testing.T, b *bench.Bench, theirs *contender) {
	t.Helper()
	request := bench.Request{Do: "gradients", Batch: agreed}
	want, err := theirs.put(request)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(kernel.Variants, func(v kernel.Variant) bool { return strings.HasSuffix(v.Name, "direct") })
	if i < 0 { // without SIMD nothing is transformed
		i = slices.IndexFunc(kernel.Variants, func(v kernel.Variant) bool { return v.Name == "go" })
	}
	defer kernel.Use(&kernel.Variants[i])()
	if err := parallel("Tenfold, "+kernel.Variants[i].Name, b.Ask(request).Gradients, want.Gradients, 1e-3); err != nil {
		t.Error(err)
	}
}

// TestLocked looks for the peers' versions in the lock file.
func TestLocked(t *testing.T) {
	var wanted struct {
		Dependencies map[string]string `json:"dependencies"`
	}
	var locked struct {
		Packages map[string]struct {
			Version string `json:"version"`
		} `json:"packages"`
	}
	for name, v := range map[string]any{"package.json": &wanted, "package-lock.json": &locked} {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(b, v); err != nil {
			t.Fatal(err)
		}
	}
	for name, version := range wanted.Dependencies {
		if got := locked.Packages["node_modules/"+name].Version; got == "" || !strings.HasSuffix(version, got) {
			t.Errorf("%s is locked at %q, package.json has %q", name, got, version)
		}
	}
	if len(wanted.Dependencies) == 0 {
		t.Error("there are no peers")
	}
}

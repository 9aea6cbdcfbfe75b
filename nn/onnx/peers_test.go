package onnx

import (
	"encoding/binary"
	"encoding/json"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"tenfold/nn/model"
)

// writtenTo writes networks into a folder, with pictures and their sizes.
func writtenTo(t *testing.T, dir string, nets map[string]*model.Network) (files []string) {
	t.Helper()
	for name, net := range nets {
		stem := filepath.Join(dir, name)
		var x []byte
		for _, v := range pictures(net.Input) {
			x = binary.LittleEndian.AppendUint32(x, math.Float32bits(v))
		}
		sizes, err := json.Marshal(append([]int{8}, net.Input...))
		if err != nil {
			t.Fatal(err)
		}
		for ending, b := range map[string][]byte{".onnx": encoded(t, net), ".x": x, ".json": sizes} {
			if err := os.WriteFile(stem+ending, b, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		files = append(files, stem+".onnx")
	}
	return files
}

// compare compares a peer's outputs with our networks'.
func compare(t *testing.T, dir string, nets map[string]*model.Network) {
	t.Helper()
	worst := 0.0
	for name, net := range nets {
		b, err := os.ReadFile(filepath.Join(dir, name+".y"))
		if err != nil {
			t.Errorf("%s: there are no answers", name)
			continue
		}
		y := make([]float32, len(b)/4)
		for i := range y {
			y[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
		}
		d := apart(y, answers(net, pictures(net.Input)))
		if d > 1e-5 {
			t.Errorf("%s: answers differ by %g", name, d)
		}
		worst = max(worst, d)
	}
	t.Logf("the answers of %d networks differ by %.1g at most", len(nets), worst)
}

// TestChecker lets ONNX' own checker look at what is written and, where it has an evaluator, run it.
func TestChecker(t *testing.T) {
	python := with("onnx")
	if python == "" {
		t.Skip("SKIPPED: no python3 has onnx, whose checker looks at the files that go out (Debian: apt-get install python3-onnx)")
	}
	dir, nets := t.TempDir(), networks(t)
	out, err := exec.Command(python, append([]string{"testdata/check.py"}, writtenTo(t, dir, nets)...)...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	switch said := strings.TrimSpace(string(out)); said {
	case "evaluated":
		compare(t, dir, nets)
	case "checked":
		t.Log("this onnx has no evaluator, as it has from 1.13 on: the files were checked alone")
	default:
		t.Error(said)
	}
}

// TestRuntime lets ONNX Runtime do what is written.
func TestRuntime(t *testing.T) {
	const bench = "../../web/bench"
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("SKIPPED: node is not installed, in which ONNX Runtime runs the files that go out: https://nodejs.org")
	}
	if _, err := os.Stat(bench + "/node_modules/onnxruntime-node"); err != nil {
		t.Skip("SKIPPED: ONNX Runtime is not installed: npm ci --ignore-scripts --prefix web/bench")
	}
	where, err := filepath.Abs(bench)
	if err != nil {
		t.Fatal(err)
	}
	dir, nets := t.TempDir(), networks(t)
	writtenTo(t, dir, nets)
	var all []map[string]any
	for name, net := range nets {
		all = append(all, map[string]any{"name": name, "dims": append([]int{8}, net.Input...)})
	}
	text, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("node", "testdata/run.mjs", where, dir)
	cmd.Stdin = strings.NewReader(string(text))
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if len(out) > 0 {
		t.Errorf("%s", out)
	}
	compare(t, dir, nets)
}

package main

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tenfold/nn/convert"
	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// TestConvert writes a network in each format and reads it, with what explains it beside it.
func TestConvert(t *testing.T) {
	dir := t.TempDir()
	m := model.Slim()
	if err := m.Init(4); err != nil {
		t.Fatal(err)
	}
	b, err := convert.Safetensors.Save(m, nil)
	if err != nil {
		t.Fatal(err)
	}
	in := filepath.Join(dir, "in.safetensors")
	if err := os.WriteFile(in, b, 0o644); err != nil {
		t.Fatal(err)
	}
	run := func(args ...string) error { return runConvert(t.Context(), args) }
	for _, c := range []struct {
		out     string
		flags   []string
		written []string
	}{
		{"a.keras", nil, []string{"a.keras", "a.keras.README.md", "a.keras.picture.png"}},
		{"b.h5", []string{"-bare", "-recipe", "slim"}, []string{"b.h5"}},
		{"c.hdf5", nil, []string{"c.hdf5", "c.hdf5.README.md", "c.hdf5.picture.png"}},
		{"d.tfjs.zip", nil, []string{"d.tfjs.zip"}},
		{"e.h5.zip", nil, []string{"e.h5.zip"}},
		{"f.tfjs.zip", []string{"-bare"}, []string{"f.tfjs.zip"}},
	} {
		before := listed(t, dir)
		if err := run(append(c.flags, in, filepath.Join(dir, c.out))...); err != nil {
			t.Fatalf("%s: %v", c.out, err)
		}
		var more []string
		for _, name := range listed(t, dir) {
			if !slices.Contains(before, name) {
				more = append(more, name)
			}
		}
		slices.Sort(c.written)
		if !slices.Equal(more, c.written) {
			t.Errorf("%s: %q are written, want %q", c.out, more, c.written)
		}
		got, err := openModel(filepath.Join(dir, c.out), nil)
		if err != nil || got.Summary() != m.Summary() {
			t.Errorf("%s: %v", c.out, err)
		}
	}
	for want, args := range map[string][]string{
		"has the name of no format: want one that ends in .safetensors, .keras": {in, filepath.Join(dir, "x.txt")},
		`no recipe is called "none"`: {"-recipe", "none", in, filepath.Join(dir, "x.h5")},
		"no such file":               {filepath.Join(dir, "none.h5"), filepath.Join(dir, "x.h5")},
	} {
		if err := run(args...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", args, err, want)
		}
	}
	// A checkpoint of weights alone needs its network.
	saved := filepath.Join("../../convert/testdata", "save_weights2.h5")
	if err := run(saved, filepath.Join(dir, "x.h5")); err == nil || !strings.Contains(err.Error(), "weights alone") {
		t.Errorf("%v", err)
	}
	if err := run("-like", "../../convert/testdata/keras3.keras", saved, filepath.Join(dir, "x.h5")); err != nil {
		t.Error(err)
	}
	// What is trained can be taken from any of them, and so can the weights.
	for _, name := range []string{"a.keras", "d.tfjs.zip", "e.h5.zip"} {
		if got, short, err := network(filepath.Join(dir, name)); err != nil || short != name[:1] || got.Summary() != m.Summary() {
			t.Errorf("%s: %q, %v", name, short, err)
		}
		f, err := parseTrain([]string{"-from", filepath.Join(dir, name), "-network", "slim"})
		if err != nil {
			t.Fatal(err)
		}
		got, short, err := f.model()
		if err != nil || short != name[:1] || !slices.Equal(got.Weights()[0].Data, m.Weights()[0].Data) {
			t.Errorf("%s: %q, %v", name, short, err)
		}
		if f, err = parseTrain([]string{"-from", filepath.Join(dir, name), "-network", "tutorial"}); err != nil {
			t.Fatal(err)
		}
		if _, _, err = f.model(); err == nil || !strings.Contains(err.Error(), "holds another network than -network tutorial") {
			t.Errorf("%v", err)
		}
	}
}

func listed(t *testing.T, dir string) []string {
	t.Helper()
	all, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range all {
		names = append(names, f.Name())
	}
	return names
}

// TestModelJSON reads a model of TensorFlow.js that lies unpacked in a folder.
func TestModelJSON(t *testing.T) {
	dir := t.TempDir()
	m := model.Slim()
	if err := m.Init(4); err != nil {
		t.Fatal(err)
	}
	f, err := convert.Of("x.tfjs.zip")
	if err != nil {
		t.Fatal(err)
	}
	b, err := f.Save(m, nil)
	if err != nil {
		t.Fatal(err)
	}
	unzipped(t, b, dir)
	got, err := openModel(filepath.Join(dir, "model.json"), nil)
	if err != nil || got.Summary() != m.Summary() {
		t.Fatal(err)
	}
	if got, _, err = network(filepath.Join(dir, "model.json")); err != nil || got.Summary() != m.Summary() {
		t.Error(err)
	}
}

// TestExample draws a picture for tasks of all sizes.
func TestExample(t *testing.T) {
	for _, shape := range []task.Shape{{32, 32, 3}, {8, 8, 3}, {28, 28, 1}, {1, 512, 1}, {7, 300, 3}, {512, 512, 3}} {
		pix := drawing(task.Task{Input: shape}, 3, 1)
		if len(pix) != shape.Size() {
			t.Errorf("%v: %d bytes", shape, len(pix))
		}
		if slices.Max(pix) == slices.Min(pix) && shape[0] > 1 {
			t.Errorf("%v: it is blank", shape)
		}
	}
	m, err := openModel("../../../web/model/tenfold.safetensors", nil)
	if err != nil {
		t.Fatal(err)
	}
	x := make([]float32, m.Pixels())
	m.Normalize(x, example(m))
	if _, probs := m.Predictor(1).Predict(x); slices.Max(probs) < 0.9 {
		t.Errorf("the network says %v of its example", probs)
	}
	m.Task = task.Task{}
	if example(m) != nil {
		t.Error("an example of no task")
	}
}

// unzipped unpacks an archive into a folder.
func unzipped(t *testing.T, b []byte, dir string) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(dir, z); err != nil {
		t.Fatal(err)
	}
}

// TestSingleOutput says what is the matter with a network that answers yes or no, wherever it is asked of.
func TestSingleOutput(t *testing.T) {
	dir := t.TempDir()
	m, err := model.New(task.Shape{8, 8, 3}, layer.Flatten{}, layer.Dense{Units: 1, Activation: "sigmoid"})
	if err != nil {
		t.Fatal(err)
	}
	m.Classes = []string{"class 1"}
	if err := m.Init(1); err != nil {
		t.Fatal(err)
	}
	b, err := convert.Safetensors.Save(m, nil)
	if err != nil {
		t.Fatal(err)
	}
	in := filepath.Join(dir, "bin.safetensors")
	if err := os.WriteFile(in, b, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := runConvert(t.Context(), []string{in, filepath.Join(dir, "bin.h5")}); err != nil {
		t.Errorf("convert: %v", err)
	}
	const want = "it has a single output, as networks that answer yes or no with a sigmoid have; here each class has one of its own: let it end in Dense(2, activation='softmax')"
	from := filepath.Join(dir, "bin.h5")
	for name, err := range map[string]error{
		"evaluate": runEvaluate(t.Context(), []string{"-model", from}),
		"train":    runTrain(t.Context(), []string{"-from", from, "-out", filepath.Join(dir, "run")}),
	} {
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), from) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := runConvert(t.Context(), []string{in, filepath.Join(dir, "x.weights.h5")}); err == nil || !strings.Contains(err.Error(), "weights alone") {
		t.Errorf("a name that Keras keeps: %v", err)
	}
}

package main

import (
	"path/filepath"
	"slices"
	"testing"

	"tenfold/nn/checkpoint"
	"tenfold/nn/convert"
	"tenfold/nn/task"
)

// TestStateGoesOn trains, writes the checkpoint for Keras, and trains on from
// that:
// the optimiser's state is carried over bit for bit, so the result is that of
// the checkpoint itself.
func TestStateGoesOn(t *testing.T) {
	dir := t.TempDir()
	trained := func(out string, flags ...string) map[string][]float32 {
		t.Helper()
		out = filepath.Join(dir, out)
		if err := runTrain(t.Context(), append(flags, "-data", task.Doodles, "-out", out, "-limit", "64", "-test", "30", "-epochs", "1", "-optimizer", "adam", "-batch", "32", "-rate", "0.001", "-schedule", "constant", "-warm-up", "0")); err != nil {
			t.Fatal(err)
		}
		f, err := checkpoint.ReadFile(filepath.Join(out, last))
		if err != nil {
			t.Fatal(err)
		}
		all := map[string][]float32{}
		for _, tensor := range f.Tensors {
			all[tensor.Name] = tensor.Data
		}
		return all
	}
	first := trained("first", "-network", "slim")
	from := filepath.Join(dir, "first", last)
	recipe := func(path string) task.Recipe {
		t.Helper()
		f, err := parseTrain([]string{"-network", path})
		if err != nil {
			t.Fatal(err)
		}
		return f.recipe
	}
	if r := recipe(from); r.Optimizer != task.Adam || r.Rate != 0.001 || r.Epochs != 1 || r.Schedule != task.Constant || r.Flip != task.SlimRecipe.Flip {
		t.Errorf("the recipe of a run's checkpoint is read as %+v", r)
	}
	want := trained("again", "-from", from)
	for _, name := range []string{"x.h5", "x.keras"} {
		to := filepath.Join(dir, name)
		if err := runConvert(t.Context(), []string{"-bare", from, to}); err != nil {
			t.Fatal(err)
		}
		b, err := readModel(to)
		if err != nil {
			t.Fatal(err)
		}
		o, err := convert.Open(b, nil)
		if err != nil {
			t.Fatal(err)
		}
		s := o.State()
		if s == nil || s.Optimizer() != task.Adam || s.Steps != 2 || s.Recipe.Rate != 0.001 {
			t.Fatalf("%s: %+v", name, s)
		}
		if r := recipe(to); r.Optimizer != task.Adam || r.Rate != 0.001 || r.Schedule != task.Constant || r.Epochs != task.TutorialRecipe.Epochs {
			t.Errorf("%s: the recipe is read as %+v", name, r)
		}
		for _, tensor := range s.Tensors {
			if !slices.Equal(tensor.Data, first[tensor.Name]) {
				t.Errorf("%s: %s differs", name, tensor.Name)
			}
		}
		for tensor, got := range trained(name+".run", "-from", to) {
			if !slices.Equal(got, want[tensor]) {
				t.Errorf("%s: trained on from it, %s is another than from the checkpoint", name, tensor)
			}
		}
	}
	cold := trained("cold", "-from", filepath.Join(dir, "first", "epoch-01.safetensors"))
	if slices.Equal(cold["conv2d/kernel"], want["conv2d/kernel"]) {
		t.Error("the state makes no difference")
	}
}

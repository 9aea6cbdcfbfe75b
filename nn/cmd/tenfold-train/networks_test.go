package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"tenfold/nn/checkpoint"
	"tenfold/nn/cifar10"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

func TestNetworks(t *testing.T) {
	var out bytes.Buffer
	if err := listNetworks(&out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"tutorial   1,084,234", "tenfold     992,362     90,", "resnet20     274,442", "multiply-adds"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, &out)
		}
	}
	for _, n := range model.Networks {
		m, short, err := network(n.Name)
		if err != nil || short != n.Name || m.Fits(cifar10.Task) != nil {
			t.Errorf("%s: %q, %v", n.Name, short, err)
		}
	}
}

// TestRecipes checks that each recipe can train the network of its name, and that flags change
// that of the network.
func TestRecipes(t *testing.T) {
	for _, r := range task.Recipes {
		f, err := parseTrain([]string{"-network", r.Name, "-seed", "7"})
		if err != nil {
			t.Fatal(err)
		}
		want := r.Recipe
		if want.Seed = 7; f.recipe != want || !f.chosen {
			t.Errorf("%s: %+v, want %+v", r.Name, f.recipe, want)
		}
		if _, _, err := network(r.Name); err != nil {
			t.Error(err)
		}
	}
	f, err := parseTrain([]string{"-epochs", "3", "-recipe", "tenfold", "-network", "resnet20"})
	want := task.TenfoldRecipe
	if want.Epochs = 3; err != nil || f.recipe != want {
		t.Errorf("%v: %+v, want %+v", err, f.recipe, want)
	}
	if f, err := parseTrain([]string{"-network", "not there.safetensors"}); err != nil || f.recipe != task.TutorialRecipe {
		t.Errorf("%v: %+v", err, f)
	}
}

// TestEverySettingHasAFlag checks that flags set each field of a recipe.
func TestEverySettingHasAFlag(t *testing.T) {
	var r task.Recipe
	fs := flag.NewFlagSet("", flag.ContinueOnError)
	recipeFlags(fs, &r)
	fs.VisitAll(func(f *flag.Flag) {
		if f.Usage == "" || f.Value.Set("1") != nil && f.Value.Set("true") != nil {
			t.Errorf("-%s takes neither a number nor a word, or is not explained", f.Name)
		}
	})
	for v, i := reflect.ValueOf(r), 0; i < v.NumField(); i++ {
		if v.Field(i).IsZero() {
			t.Errorf("no flag sets %s", v.Type().Field(i).Name)
		}
	}
}

// TestWrongNames asks for what is not there.
func TestWrongNames(t *testing.T) {
	text := filepath.Join(t.TempDir(), "text.safetensors")
	if err := os.WriteFile(text, []byte("hello"), 0o644); err != nil {
		t.Fatal(err)
	}
	for want, args := range map[string][]string{
		`no network is called "resnet": there are tutorial, tenfold, slim, resnet20, and files that end in .py, .ipynb, .json, .safetensors, `: {"-network", "resnet"},
		`no recipe is called "resnet": there are tutorial, tenfold, slim, resnet20`:                                                            {"-recipe", "resnet"},
		"none.safetensors": {"-network", "none.safetensors"},
		"this is not a file of a network that can be read here": {"-network", text},
	} {
		if err := runTrain(t.Context(), args); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", args, err, want)
		}
	}
	if err := runSummary(t.Context(), []string{"-network", "resnet"}); err == nil {
		t.Error("a summary of no network")
	}
}

// TestArchitecture takes a network out of a file that has learned, and nothing else.
func TestArchitecture(t *testing.T) {
	m := model.Tenfold()
	if err := m.Init(5); err != nil {
		t.Fatal(err)
	}
	m.Name, m.Temperature, m.Measured = "Mine", 2, []task.Measurement{{On: task.TestSet, Pictures: 1}}
	m.Seen().Add(task.TestSet, 3)
	f, err := m.File()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "my network.safetensors")
	if err := f.WriteFile(path, checkpoint.F32); err != nil {
		t.Fatal(err)
	}
	got, short, err := network(path)
	if err != nil || short != "my network" || got.Name != "Mine" {
		t.Fatalf("%q, %v", short, err)
	}
	if err := got.Init(5); err != nil {
		t.Fatal(err)
	}
	if got.Temperature != 0 || got.Measured != nil || got.Seen().Has(task.TestSet, 3) || got.Summary() != m.Summary() {
		t.Errorf("%+v", got.Describe())
	}
}

// code writes Keras code into a file.
func code(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "mine.py")
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestRescaled: what a Rescaling in front takes in are bytes, and they are not scaled before it.
func TestRescaled(t *testing.T) {
	m, _, err := network(code(t, "model = Sequential([Input((32, 32, 3)), layers.Rescaling(1./255), Flatten(), Dense(10, 'softmax')])"))
	if err != nil || m.Scale != 1 || m.Shift != 0 || m.Fits(cifar10.Task) != nil {
		t.Errorf("%+v (%v)", m, err)
	}
}

// TestScript prints code with the share that is held out, and of a network for other pictures than
// CIFAR-10's the network alone.
func TestScript(t *testing.T) {
	const end = "Flatten(), Dense(10, 'softmax')])\nmodel.compile('sgd', 'categorical_crossentropy')\nmodel.fit(x, y, validation_split=0.1)"
	path := code(t, "model = Sequential([Input((32, 32, 3)), "+end)
	text, err := script(path, "")
	if err != nil || !strings.Contains(text, "validation_split=0.1,") || !strings.Contains(text, "optimizers.SGD(") {
		t.Errorf("%v\n%s", err, text)
	}
	if f := (&trainFlags{network: path}); f.held() != 0.1 {
		t.Errorf("it is trained with a share of %g held out", f.held())
	}
	for _, shape := range []string{"(28, 28)", "(28, 28, 1)", "(180, 180, 3)"} {
		text, err := script(code(t, "model = Sequential([Input("+shape+"), "+end), "")
		if err != nil || strings.Contains(text, "cifar10") || !strings.Contains(text, "Input(shape="+shape+")") {
			t.Errorf("%s: %v\n%s", shape, err, text)
		}
	}
	if text, err := script(code(t, "model = Sequential([Input((32, 32, 3)), Flatten(), Dense(1, 'sigmoid')])"), ""); err != nil || strings.Contains(text, "cifar10") {
		t.Errorf("a single output: %v\n%s", err, text)
	}
}

// TestOtherFiles takes the network of a notebook and of Keras' JSON, and says what other files are.
func TestOtherFiles(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for name, text := range map[string]string{
		"p.ipynb": `{"cells": [{"cell_type": "code", "source": ["model = Sequential([Flatten(), Dense(NUM_CLASSES, 'softmax')])"]}], "nbformat": 4}`,
		"m.json":  `{"class_name": "Sequential", "config": {"name": "mine", "layers": [{"class_name": "InputLayer", "config": {"batch_shape": [null, 32, 32, 3]}}, {"class_name": "Flatten", "config": {}}, {"class_name": "Dense", "config": {"units": 10, "activation": "softmax"}}]}, "keras_version": "3.8.0"}`,
	} {
		m, _, err := network(file(name, text))
		if err != nil || m.Len() != 2 || m.Fits(cifar10.Task) != nil {
			t.Errorf("%s: %+v (%v)", name, m, err)
		}
	}
	if f, err := parseTrain([]string{"-network", file("q.ipynb", `{"cells": [{"cell_type": "code", "source": ["model = Sequential([Flatten(), Dense(10)])\n", "model.compile('sgd')"]}]}`)}); err != nil || f.recipe.Optimizer != task.SGD {
		t.Errorf("%+v (%v)", f, err)
	}
	for name, c := range map[string][2]string{
		"a.csv":  {"epoch,loss\n1,2\n", "a.csv: a table (.csv), in which there is no network"},
		"a.yaml": {"class_name: Sequential\nconfig:\n  name: x\n", "in YAML"},
		"b.json": {"{}", "model: no layers"},
	} {
		if _, _, err := network(file(name, c[0])); err == nil || !strings.Contains(err.Error(), c[1]) {
			t.Errorf("%s: %v, want %s", name, err, c[1])
		}
	}
}

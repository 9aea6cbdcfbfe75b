package app_test

import (
	"bytes"
	"encoding/json"
	"image"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"tenfold/nn/checkpoint"
	"tenfold/nn/cifar10"
	"tenfold/nn/layer"
	"tenfold/nn/task"
	"tenfold/wasm/ui/app"
	"tenfold/wasm/ui/app/apptest"
	"tenfold/wasm/ui/network"
)

// foreign are files of weights that cannot be used, and what is said of each.
func foreign(t *testing.T) map[string]struct {
	file []byte
	want string
} {
	good := apptest.Network(t, 1)
	f, err := checkpoint.Decode(good)
	if err != nil {
		t.Fatal(err)
	}
	f.Tensors[3].Data[7] = float32(math.NaN())
	nan, err := f.Encode(checkpoint.F32)
	if err != nil {
		t.Fatal(err)
	}
	arch, _ := json.Marshal(map[string]any{"input": []int{32, 32, 3}, "layers": []any{
		map[string]any{"class_name": "Flatten", "config": map[string]any{}},
		map[string]any{"class_name": "Dense", "config": map[string]any{"units": 80000}},
		map[string]any{"class_name": "Dense", "config": map[string]any{"units": 2}},
	}})
	huge, err := (&checkpoint.File{Metadata: map[string]string{"architecture": string(arch), "classes": `["a","b"]`}}).Encode(checkpoint.F32)
	if err != nil {
		t.Fatal(err)
	}
	type bad = struct {
		file []byte
		want string
	}
	return map[string]bad{
		"F8":              {bytes.ReplaceAll(good, []byte(`"F32"`), []byte(`"F8_"`)), "want F32, F16, BF16, F64"},
		"cut":             {good[:len(good)/2], "is cut short"},
		"cut in its head": {good[:100], "cut short"},
		"HTML":            {[]byte("<!DOCTYPE html><title>404</title>"), "this is a web page"},
		"empty":           {nil, "the file is empty"},
		"flat":            {apptest.Classifier(t, task.Shape{3072}, cifar10.Task.Classes, layer.Dense{Units: 10, Activation: "softmax"}), "(None, 3072)"},
		"four channels":   {apptest.Classifier(t, task.Shape{8, 8, 4}, apptest.Classes(3), apptest.Dense(3)...), "4 channels"},
		"one class":       {apptest.Classifier(t, cifar10.Task.Input, apptest.Classes(1), apptest.Dense(1)...), "a single output"},
		"101 classes":     {apptest.Classifier(t, cifar10.Task.Input, apptest.Classes(101), apptest.Dense(101)...), "101 classes"},
		"the same twice":  {apptest.Classifier(t, cifar10.Task.Input, []string{"a", "a"}, apptest.Dense(2)...), `called "a"`},
		"nameless":        {apptest.Classifier(t, cifar10.Task.Input, []string{"a", " "}, apptest.Dense(2)...), "no readable name"},
		"sigmoid":         {apptest.Classifier(t, cifar10.Task.Input, apptest.Classes(2), layer.Flatten{}, layer.Dense{Units: 2}, layer.Activation{Function: "sigmoid"}), "ends in sigmoid"},
		"a lone softmax":  {apptest.Classifier(t, task.Shape{1, 1, 3}, apptest.Classes(3), layer.Flatten{}, layer.Activation{Function: "softmax"}), "no weights"},
		"NaN":             {nan, "conv2d_1/bias is damaged: number 7 of it is NaN"},
		"whole numbers":   {bytes.ReplaceAll(good, []byte(`"F32"`), []byte(`"I32"`)), "of whole numbers (I32)"},
		"tiny and huge":   {huge, "no tensor is called"},
	}
}

// TestForeignFiles brings files of weights that cannot be used: each is refused in words, and
// nothing has changed, even after the worker has died.
func TestForeignFiles(t *testing.T) {
	b := apptest.Open(t, 1280, 800, false)
	d := b.Desk()
	shipped, probs, job := d.Network.File, slices.Clone(b.Probs()), d.Library.Job
	for name, c := range foreign(t) {
		b.File(name+".safetensors", c.file)
		b.Until(name+" is refused", func() bool { return strings.Contains(b.Twin().Status, "cannot be used") })
		if s := b.Twin().Status; !strings.HasPrefix(s, "The file "+name+".safetensors cannot be used: ") || !strings.Contains(s, c.want) {
			t.Errorf("%s: the status is %q, want it to say %q", name, s, c.want)
		}
		b.WorkerDied("test")
		b.Settled()
		if !bytes.Equal(d.Network.File, shipped) || !slices.Equal(b.Probs(), probs) || d.Library.Job != job || d.Network.Using != network.Opening || d.Library.Given != nil {
			t.Errorf("%s has changed something", name)
		}
		b.Problem("")
	}
}

// TestOtherTasks uses networks that tell other things apart, of pictures of other shapes: all
// views show them.
func TestOtherTasks(t *testing.T) {
	conv := layer.Conv2D{Filters: 4, KernelSize: [2]int{3, 3}, Padding: layer.Same, Activation: "relu"}
	scripts := []string{"猫", "σκύλος", "a class with a name that is far too long for its place beside a bar"}
	for name, c := range map[string]struct {
		classes []string
		in      task.Shape
		layers  []layer.Layer
	}{
		"two":      {[]string{"so", "nicht so"}, task.Shape{28, 28, 1}, append([]layer.Layer{conv}, apptest.Dense(2)...)},
		"portrait": {cifar10.Task.Classes, task.Shape{64, 48, 1}, append([]layer.Layer{conv}, apptest.Dense(10)...)},
		"scripts":  {scripts, task.Shape{16, 20, 3}, append([]layer.Layer{conv}, apptest.Dense(3)...)},
		"twelve":   {apptest.Classes(12), cifar10.Task.Input, apptest.Dense(12)},
		"hundred":  {apptest.Classes(100), cifar10.Task.Input, append([]layer.Layer{conv}, apptest.Dense(100)...)},
		"logits":   {cifar10.Task.Classes, cifar10.Task.Input, []layer.Layer{conv, layer.Flatten{}, layer.Dense{Units: 10}}},
	} {
		t.Run(name, func(t *testing.T) {
			b := apptest.Open(t, 1280, 800, false)
			d := b.Desk()
			b.Press("view-model") // may show a layer that the other does not have
			b.Trains(200)
			b.File(name+".safetensors", apptest.Classifier(t, c.in, c.classes, c.layers...))
			b.Until("it is in use and has answered", func() bool { return d.Network.Using == task.Given && d.Network.Settled() })
			sum := 0.0
			for _, v := range b.Probs() {
				sum += v
			}
			if got := len(d.Pixels()); got != c.in.Size() || len(b.Probs()) != len(c.classes) || math.Abs(sum-1) > 1e-5 {
				t.Errorf("%d bytes go in; %d probabilities come out, %g together", got, len(b.Probs()), sum)
			}
			if s := b.Twin().Prediction; !slices.ContainsFunc(c.classes, func(name string) bool { return strings.HasPrefix(s, name+" ") }) {
				t.Errorf("the prediction is %q", s)
			}
			for _, size := range [][2]float64{{1280, 800}, {390, 844}} {
				b.W, b.H = size[0], size[1]
				b.Resize(size[0], size[1], 1)
				for _, v := range app.Views() {
					b.Press(app.ButtonOf(v))
					b.Quiet()
					b.Render()
				}
				b.Press("present")
				b.Render()
				b.Press("present")
			}
			if s := b.Twin().Status; strings.Contains(s, "worker says") {
				t.Error(s)
			}
			b.Resize(1280, 800, 1)
			b.Show(image.NewRGBA(image.Rect(0, 0, 60, 40)), "a picture")
			b.Settled()
			b.Set("network", network.Opening)
			b.Until("the pretrained network is back", func() bool { return d.Network.Using == network.Opening && d.Network.Settled() })
			if len(d.Pixels()) != cifar10.Task.Pixels() || len(b.Probs()) != 10 {
				t.Errorf("back again, %d bytes go in and %d probabilities come out", len(d.Pixels()), len(b.Probs()))
			}
		})
	}
}

// TestKerasFiles opens what Keras has saved: the network comes into use, and is kept as a file of our own.
func TestKerasFiles(t *testing.T) {
	b := apptest.Open(t, 1280, 800, false)
	for _, name := range []string{"keras20.h5", "keras2.h5", "keras3.keras"} {
		file, err := os.ReadFile("../../../nn/convert/testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		before := b.Desk().Network.File
		b.File(name, file)
		b.Until(name+" is asked about", func() bool { return b.Desk().Asking != nil })
		if !bytes.Equal(b.Desk().Network.File, before) || b.Desk().Library.GivenName == name {
			t.Errorf("%s is in use before its task is known", name)
		}
		b.Press("train-task-use")
		b.Until(name+" is in use", func() bool {
			n := b.Desk().Network
			return n.Using == task.Given && len(n.Task().Classes) == 3 && b.Desk().Library.GivenName == name
		})
		if f, err := checkpoint.Decode(b.Desk().Network.File); err != nil || f.Metadata["architecture"] == "" {
			t.Errorf("%s is kept as %v (%v)", name, f, err)
		}
	}
	weights, err := os.ReadFile("../../../nn/convert/testdata/weights.h5")
	if err != nil {
		t.Fatal(err)
	}
	b.File("weights.h5", weights)
	b.Until("it is refused", func() bool { return strings.Contains(b.Desk().Message, "open the network that they belong to first") })
}

package convert

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"tenfold/nn/checkpoint"
	"tenfold/nn/cifar10"
	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

func fixture(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestKeras opens files as several versions of Keras write them, and compares what their networks
// say of a picture with what numpy worked out.
func TestKeras(t *testing.T) {
	var want struct {
		Picture                 []int
		Keras20, Keras2, Keras3 []float64
	}
	if err := json.Unmarshal(fixture(t, "want.json"), &want); err != nil {
		t.Fatal(err)
	}
	for name, probs := range map[string][]float64{"keras20.h5": want.Keras20, "keras2.h5": want.Keras2, "keras3.h5": want.Keras3, "keras3.keras": want.Keras3, "keras3_names.keras": want.Keras3,
		"nested_frozen.h5": want.Keras2, "nested_learning.h5": want.Keras2, "nested.keras": want.Keras3, "nested_names.keras": want.Keras3} {
		net, err := opened(fixture(t, name), nil)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if err := net.Classifies(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		pixels := make([]byte, len(want.Picture))
		for i, p := range want.Picture {
			pixels[i] = byte(p)
		}
		x := make([]float32, len(pixels))
		net.Normalize(x, pixels)
		_, got := net.Predictor(1).Predict(x)
		for i := range probs {
			if math.Abs(float64(got[i])-probs[i]) > 1e-5 {
				t.Errorf("%s says %v, want %v", name, got, probs)
				break
			}
		}
		// It is saved as a file of ours, and is the same network.
		f, err := net.File()
		if err != nil {
			t.Fatal(err)
		}
		b, err := f.Encode(checkpoint.F32)
		if err != nil {
			t.Fatal(err)
		}
		again, err := opened(b, nil)
		if err != nil || again.Summary() != net.Summary() || !slices.Equal(again.Classes, []string{"class 1", "class 2", "class 3"}) {
			t.Errorf("%s as our own file: %v\n%s", name, err, again.Summary())
		}
	}
}

// TestLeftOut opens a file with a layer that does nothing in a trained network, and says that it is left out.
func TestLeftOut(t *testing.T) {
	net, err := model.New(task.Shape{8, 8, 3}, layer.Dropout{Rate: 0.5}, layer.Flatten{}, layer.Dense{Units: 3})
	if err != nil {
		t.Fatal(err)
	}
	if err := net.Init(1); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"x.keras", "x.h5", "x.tfjs.zip"} {
		b, err := format(t, name).Save(net, nil)
		if err != nil {
			t.Fatal(err)
		}
		o, err := Open(bytes.ReplaceAll(b, []byte(`"class_name":"Dropout"`), []byte(`"class_name":"MixUp"  `)), nil)
		if name != "x.h5" { // in the others the config is packed, or has a checksum
			if o, err = Open(b, nil); err != nil || len(o.LeftOut()) != 0 {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if err != nil || o.Len() != 2 || !slices.Equal(o.LeftOut(), []string{`the layer "dropout" (MixUp) is left out, which does nothing in a trained network`}) {
			t.Errorf("%s: %q (%v)", name, o.LeftOut(), err)
		}
	}
}

// TestRefused says why a file is not opened.
func TestRefused(t *testing.T) {
	damaged := slices.Clone(fixture(t, "keras2.h5"))
	at := strings.Index(string(damaged), `"Conv2D"`)
	copy(damaged[at:], `"Conv3D"`)
	for name, c := range map[string]struct {
		b    []byte
		want string
	}{
		"weights alone": {fixture(t, "weights.h5"), "the file has weights alone, from save_weights"},
		"another layer": {damaged, `layer "conv2d": Conv3D is not among the layers here`},
		"no file":       {[]byte("hello"), ""},
	} {
		if _, err := opened(c.b, nil); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

// TestGuess guesses what a file does not say, and says what that is.
func TestGuess(t *testing.T) {
	for name, c := range map[string]struct {
		shape   task.Shape
		classes int
		first   layer.Layer
		told    task.Task
		want    task.Task
		unsaid  task.Unsaid
	}{
		"CIFAR-10's":    {task.Shape{32, 32, 3}, 10, layer.Flatten{}, task.Task{}, cifar10.Task, task.Unsaid{Classes: true, Scaling: true}},
		"three":         {task.Shape{8, 8, 1}, 3, layer.Flatten{}, task.Task{}, task.Task{Classes: []string{"class 1", "class 2", "class 3"}, Scale: task.Scale, Shift: task.Shift}, task.Unsaid{Classes: true, Scaling: true}},
		"rescaled":      {task.Shape{8, 8, 1}, 2, layer.Rescaling{Scale: 1. / 255}, task.Task{}, task.Task{Classes: []string{"class 1", "class 2"}, Scale: 1}, task.Unsaid{Classes: true, Scaling: true}},
		"0 to 1":        {task.Shape{8, 8, 1}, 2, layer.Rescaling{Scale: 2, Offset: -1}, task.Task{}, task.Task{Classes: []string{"class 1", "class 2"}, Scale: 1. / 255}, task.Unsaid{Classes: true, Scaling: true}},
		"classes alone": {task.Shape{8, 8, 1}, 2, layer.Flatten{}, task.Task{Classes: []string{"a", "b"}}, task.Task{Classes: []string{"a", "b"}, Scale: task.Scale, Shift: task.Shift}, task.Unsaid{Scaling: true}},
		"all is told":   {task.Shape{8, 8, 1}, 2, layer.Flatten{}, task.Task{Classes: []string{"a", "b"}, Scale: 2, Shift: 1}, task.Task{Classes: []string{"a", "b"}, Scale: 2, Shift: 1}, task.Unsaid{}},
	} {
		net, err := model.New(c.shape, c.first, layer.Flatten{}, layer.Dense{Units: c.classes, Activation: "softmax"})
		if err != nil {
			t.Fatal(err)
		}
		c.told.Input, c.want.Input = c.shape, c.shape
		net.Task = c.told
		if u := Guess(net); u != c.unsaid || net.Fits(c.want) != nil || net.Scale != c.want.Scale || net.Shift != c.want.Shift {
			t.Errorf("%s: the task is %+v, want %+v; not said are %+v, want %+v", name, net.Task, c.want, u, c.unsaid)
		}
	}
}

// TestUnsaid checks what is said of files that do not say their task, and of
// those that do.
func TestUnsaid(t *testing.T) {
	all := task.Unsaid{Classes: true, Scaling: true}
	for _, name := range []string{"keras20.h5", "keras2.h5", "keras3.h5", "keras3.keras"} {
		o, err := Open(fixture(t, name), nil)
		if err != nil || o.Unsaid != all {
			t.Fatalf("%s: %+v (%v)", name, o, err)
		}
		o.Classes, o.Scale, o.Shift = []string{"x", "y", "z"}, 1, 0
		for _, f := range Formats {
			b, err := f.Save(o.Network, nil)
			if err != nil {
				t.Fatal(err)
			}
			again, err := Open(b, nil)
			if err != nil || again.Unsaid.Any() || again.Fits(o.Task) != nil || again.Scale != 1 || again.Shift != 0 {
				t.Errorf("%s as %s: %+v (%v)", name, f.Name, again, err)
			}
		}
		// Weights alone are of a network whose task is known.
		if name != "keras3.keras" {
			continue
		}
		if w, err := Open(fixture(t, "save_weights2.h5"), o.Network); err != nil || w.Unsaid.Any() || w.Fits(o.Task) != nil {
			t.Errorf("%+v (%v)", w, err)
		}
	}
}

// opened returns the network alone of what Open gives.
func opened(b []byte, at *model.Network) (*model.Network, error) {
	o, err := Open(b, at)
	if err != nil {
		return nil, err
	}
	return o.Network, nil
}

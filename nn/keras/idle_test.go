package keras

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"tenfold/nn/cifar10"
	"tenfold/nn/layer"
	"tenfold/nn/task"
)

// front is a model whose first layer is of a class with a config.
func front(class, config string) []byte {
	return fmt.Appendf(nil, `{"class_name": "Sequential", "config": {"layers": [{"class_name": "InputLayer", "config": {"batch_shape": [null, 8, 8, 3]}},
		{"class_name": %q, "config": {"name": "first"%s}}, {"class_name": "Flatten", "config": {"name": "flat"}}, {"class_name": "Dense", "config": {"name": "last", "units": 3}}]}}`, class, config)
}

// TestIdle leaves out of a trained model the layers that do nothing in it, and of code, with a note.
func TestIdle(t *testing.T) {
	for _, class := range idle {
		net, placed, err := Config(front(class, `, "factor": 0.2, "seed": null`))
		if err != nil || net.Len() != 2 || placed[0] != (Placed{"first", class, -1, ""}) || !Idle(class) {
			t.Errorf("%s: %v", class, err)
		}
		s, err := Read("model = Sequential([layers."+class+"('horizontal'), Flatten(), Dense(10)])", cifar10.Task, task.Recipe{})
		if class == "RandomTranslation" {
			continue
		}
		if err != nil || s.Network.Len() != 2 || (len(s.Notes) == 1) == (class == "RandomFlip" || class == "Identity") {
			t.Errorf("%s: %+v (%v)", class, s, err)
		}
	}
	if s, err := Read("model = Sequential([layers.Resizing(96, 96), Flatten(), Dense(10, kernel_initializer=keras.initializers.Constant(0.1))])", cifar10.Task, task.Recipe{}); err != nil || len(s.Notes) != 1 || s.Notes[0].Text != "Resizing is left out: the pictures have the size that the network takes in" {
		t.Errorf("%+v (%v)", s, err)
	}
}

// TestNormalization takes one with single numbers for a Rescaling, and says what to do about others.
func TestNormalization(t *testing.T) {
	net, _, err := Config(front("Normalization", `, "axis": null, "mean": [[120.0]], "variance": [[4096.0]], "invert": false`))
	if err != nil {
		t.Fatal(err)
	}
	r, ok := net.Layer(0).(layer.Rescaling)
	if !ok || r.Scale != 1./64 || math.Abs(r.Offset+1.875) > 1e-9 || net.Scale != 1 || net.Shift != 0 {
		t.Errorf("%+v, bytes become numbers by %g and %g", r, net.Scale, net.Shift)
	}
	for config, want := range map[string]string{
		`Normalization, "axis": [-1], "mean": [1, 2, 3], "variance": [1, 2, 3]`: "keras.Sequential([keras.Input(shape), *model.layers[1:]])",
		`Normalization, "mean": null, "variance": null`:                         "say its mean and deviation where it is asked",
		`Normalization, "mean": 1, "variance": 0`:                               "say its mean and deviation where it is asked",
		`Resizing, "height": 64, "width": 48`:                                   "keras.Sequential([keras.Input((64, 48, 3)), *model.layers[1:]])",
		`Conv3D`:                                                                "Conv3D is not among the layers here: export the model as ONNX",
	} {
		class, rest, _ := strings.Cut(config, ",")
		if rest != "" {
			rest = "," + rest
		}
		if _, _, err := Config(front(class, rest)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", config, err, want)
		}
	}
}

package convert

import (
	"encoding/json"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"tenfold/nn/checkpoint"
	"tenfold/nn/cifar10"
	"tenfold/nn/model"
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
	for name, probs := range map[string][]float64{"keras20.h5": want.Keras20, "keras2.h5": want.Keras2, "keras3.h5": want.Keras3, "keras3.keras": want.Keras3, "keras3_names.keras": want.Keras3} {
		net, err := Open(fixture(t, name), nil)
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
		// It goes out as a file of ours, and is the same network.
		f, err := net.File()
		if err != nil {
			t.Fatal(err)
		}
		b, err := f.Encode(checkpoint.F32)
		if err != nil {
			t.Fatal(err)
		}
		again, err := Open(b, nil)
		if err != nil || again.Summary() != net.Summary() || !slices.Equal(again.Classes, []string{"class 0", "class 1", "class 2"}) {
			t.Errorf("%s as our own file: %v\n%s", name, err, again.Summary())
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
		if _, err := Open(c.b, nil); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

// TestGuess guesses what a file does not say.
func TestGuess(t *testing.T) {
	net := model.Tutorial()
	net.Task.Classes, net.Scale = nil, 3
	Guess(net)
	if !slices.Equal(net.Classes, cifar10.Task.Classes) || net.Scale != cifar10.Task.Scale || net.Fits(cifar10.Task) != nil {
		t.Errorf("the task is %+v", net.Task)
	}
}

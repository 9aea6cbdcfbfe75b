package format

import (
	"encoding/binary"
	"encoding/json"
	"math"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"tenfold/nn/model"
	"tenfold/nn/task"
)

func TestTorch(t *testing.T) {
	block := "conv2d max_pool2d batch_norm relu conv2d batch_norm relu "
	for _, c := range []struct {
		net  *model.Network
		want string
	}{
		{model.Tutorial(), "conv2d relu leaky_relu conv2d leaky_relu max_pool2d dropout conv2d leaky_relu conv2d leaky_relu max_pool2d dropout " +
			"flatten linear leaky_relu dropout linear leaky_relu softmax"},
		{model.Tenfold(), "conv2d batch_norm relu " + strings.Repeat(block, 3) + "mean linear softmax"},
	} {
		m := drawn(t, c.net)
		description, weights, err := Torch(m)
		if err != nil {
			t.Fatal(err)
		}
		var all []TorchOp
		if err := json.Unmarshal(description, &all); err != nil {
			t.Fatal(err)
		}
		var names []string
		at, learned := 0, 0
		for i, o := range all {
			names = append(names, o.Do)
			if !slices.Equal(o.In, []int{i - 1}) {
				t.Errorf("%s takes in %v", o.Name, o.In)
			}
			for _, w := range o.Weights {
				if w.At != at {
					t.Errorf("%s/%s begins at %d, want %d", o.Name, w.Name, w.At, at)
				}
				at += task.Shape(w.Shape).Size()
				if !w.Still {
					learned += task.Shape(w.Shape).Size()
				}
			}
		}
		if got := strings.Join(names, " "); got != c.want {
			t.Errorf("%s: %s\nwant %s", m.Name, got, c.want)
		}
		params := m.Describe().Params
		still := 0
		for _, w := range m.Weights() {
			if w.NonTrainable {
				still += w.Shape.Size()
			}
		}
		if at != params || len(weights) != 4*params || learned != params-still {
			t.Errorf("%s: %d weights in %d bytes, of which %d are trained; want %d and %d", m.Name, at, len(weights), learned, params, params-still)
		}
	}
	if _, _, err := Torch(drawn(t, model.ResNet20())); err == nil || !strings.Contains(err.Error(), "padding") {
		t.Errorf("%v: PyTorch pads both sides alike, a convolution of stride 2 does not", err)
	}
}

// TestTorchPlaces looks for a weight of a dense layer whose input is a flattened picture.
func TestTorchPlaces(t *testing.T) {
	m := drawn(t, model.Tutorial())
	description, weights, err := Torch(m)
	if err != nil {
		t.Fatal(err)
	}
	var all []TorchOp
	if err := json.Unmarshal(description, &all); err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(all, func(o TorchOp) bool { return o.Name == "dense" })
	w := all[i].Weights[0]
	y, x, c, out := 3, 6, 17, 100
	got := math.Float32frombits(binary.LittleEndian.Uint32(weights[4*(w.At+out*4096+c*64+y*8+x):]))
	k := slices.IndexFunc(m.Weights(), func(w *model.Weight) bool { return w.Path == "dense/kernel" })
	if want := m.Weights()[k].Data[((y*8+x)*64+c)*256+out]; got != want || !slices.Equal(w.Shape, []int{256, 4096}) {
		t.Errorf("%v: %g, want %g", w.Shape, got, want)
	}
}

// TestTorchHasAll looks in the script for a line for each function that is written.
func TestTorchHasAll(t *testing.T) {
	script, err := os.ReadFile("../page/pytorch.py")
	if err != nil {
		t.Fatal(err)
	}
	names := []string{"conv2d", "linear", "flatten", "max_pool2d", "avg_pool2d", "mean", "batch_norm", "leaky_relu", "dropout"}
	for _, f := range torchFunctions {
		names = append(names, f)
	}
	for _, name := range names {
		if !regexp.MustCompile(`(?m)^    "` + name + `": lambda`).Match(script) {
			t.Errorf("page/pytorch.py has no line for %q", name)
		}
	}
}

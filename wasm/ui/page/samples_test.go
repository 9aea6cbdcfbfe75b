package page

import (
	"os"
	"testing"

	"tenfold/nn/checkpoint"
	"tenfold/nn/cifar10"
	"tenfold/nn/model"
	"tenfold/wasm/ui/pad"
	"tenfold/wasm/ui/picture"
)

// TestSamplesAreRecognised shows every sample drawing to the shipped model.
func TestSamplesAreRecognised(t *testing.T) {
	b, err := os.ReadFile("../../../web/model/tutorial.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	f, err := checkpoint.Decode(b)
	if err != nil {
		t.Fatal(err)
	}
	m, err := model.Open(f)
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range pad.Samples {
		if s.Class != cifar10.Task.Classes[i] {
			t.Errorf("sample %d is a %s, want a %s", i, s.Class, cifar10.Task.Classes[i])
		}
		p := pad.New()
		p.Add(pad.Group(s.Marks()))
		pixels := picture.Shrink(p.Image, cifar10.Task.Input)
		x := make([]float32, len(pixels))
		m.Normalize(x, pixels)
		_, probs := m.Predictor(1).Predict(x)
		top := model.Top(probs)
		t.Logf("%-11s is taken for %-11s %.2f", s.Class, m.Classes[top], probs[top])
		if top != i {
			t.Errorf("the drawing of a %s is taken for a %s (%.2f; its own class %.2f)", s.Class, m.Classes[top], probs[top], probs[i])
		}
	}
}

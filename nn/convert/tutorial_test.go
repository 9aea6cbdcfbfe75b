package convert

import (
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"tenfold/nn/checkpoint"
	"tenfold/nn/model"
)

// TestTutorial opens the tutorial's network with the golden weights, as h5py writes it in the layouts of
// Keras 2 and 3, and compares its answers for eight pictures with those of
// TensorFlow.js.
func TestTutorial(t *testing.T) {
	python := withH5py()
	if python == "" {
		t.Skip("SKIPPED: no Python with h5py is installed (Debian: apt-get install python3-h5py), and it is what writes the files that Keras would")
	}
	dir := t.TempDir()
	if out, err := exec.Command(python, "testdata/tutorial.py", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	golden, err := checkpoint.ReadFile("../train/testdata/golden.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	want, err := golden.Tensor("softmax")
	if err != nil {
		t.Fatal(err)
	}
	const pictures = 8
	at := model.Tutorial()
	state := uint32(12345)
	draw := func() float64 {
		state = state*1664525 + 1013904223
		return float64(state) / (1 << 32)
	}
	for _, w := range at.Weights() { // which the script has drawn before
		for range w.Data {
			draw()
		}
	}
	x := make([]float32, pictures*at.Input.Size())
	for i := range x {
		x[i] = float32(draw() - 0.5)
	}
	worst := 0.0
	for _, name := range []string{"keras2.h5", "legacy.h5", "new.keras", "save_weights.h5", "new.weights.h5"} {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		o, err := Open(b, at)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if o.Fits(at.Task) != nil || o.Scale != at.Scale || o.Shift != at.Shift {
			t.Errorf("%s: the task is %+v", name, o.Task)
		}
		_, probs := o.Predictor(pictures).Predict(x)
		for i, p := range probs {
			worst = max(worst, math.Abs(float64(p-want.Data[i])))
		}
	}
	if worst > 1e-5 {
		t.Errorf("an answer is %g away", worst)
	}
	t.Logf("the answers are %.1g away at most", worst)
}

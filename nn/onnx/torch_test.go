package onnx

import (
	"encoding/json"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

func file(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// pictures are eight of a shape, channels last, as make_torch.py has them.
func pictures(s task.Shape) []float32 {
	n := s.Size()
	x := make([]float32, 8*n)
	for p := range 8 {
		for i := range n {
			x[p*n+i] = float32((i*i*31+i*17+p*101)%251)/255 - 0.5
		}
	}
	return x
}

// apart returns the most by which numbers differ.
func apart(a, b []float32) float64 {
	if len(a) != len(b) {
		return math.Inf(1)
	}
	most := 0.0
	for i := range a {
		if d := math.Abs(float64(a[i]) - float64(b[i])); !(d <= most) {
			most = d
		}
	}
	return most
}

// classNames returns the classes of a network's layers.
func classNames(net *model.Network) string {
	var all []string
	for _, n := range net.Nodes() {
		name, _ := layer.Class(n.Layer)
		if a, ok := n.Layer.(layer.Activation); ok {
			name = a.Function
		}
		all = append(all, name)
	}
	return strings.Join(all, " ")
}

// TestTorch reads what PyTorch exports, and compares what the networks say with what they say there.
func TestTorch(t *testing.T) {
	var want map[string][][]float32
	if err := json.Unmarshal(file(t, "torch.json"), &want); err != nil {
		t.Fatal(err)
	}
	for name, layers := range map[string]string{
		"tutorial": "Conv2D relu LeakyReLU Conv2D LeakyReLU MaxPooling2D Conv2D LeakyReLU Conv2D LeakyReLU MaxPooling2D Flatten Dense LeakyReLU Dense LeakyReLU softmax",
		"residual": "Conv2D relu ZeroPadding2D MaxPooling2D Conv2D relu Conv2D Add relu ZeroPadding2D Conv2D relu Conv2D Conv2D Add relu GlobalAveragePooling2D Dense",
		"mixed": "ZeroPadding2D Conv2D BatchNormalization gelu DepthwiseConv2D BatchNormalization gelu Conv2D silu GlobalAveragePooling2D Conv2D relu Conv2D sigmoid " +
			"ZeroPadding2D Conv2D PReLU Multiply Add hard_swish Concatenate BatchNormalization ReLU ZeroPadding2D AveragePooling2D Flatten Dense softmax",
	} {
		net, err := Read(file(t, "torch_"+name+".onnx"))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := classNames(net); got != layers {
			t.Errorf("%s: layers %s\nwant %s", name, got, layers)
		}
		_, probs := net.Predictor(8).Predict(pictures(net.Input))
		var all []float32
		for _, row := range want[name] {
			all = append(all, row...)
		}
		if d := apart(probs, all); d > 1e-5 {
			t.Errorf("%s: probabilities differ by %g", name, d)
		} else {
			t.Logf("%s: probabilities differ by %.1g at most", name, d)
		}
	}
}

// lacking are what networks of more_torch.py have that is not supported here, and what is said of
// it.
var lacking = map[string]string{
	"activation_tanh_gelu": "a GELU by tanh is not among the layers here",
	"activation_celu":      "Celu is not among the layers here: train the network with ELU in its place",
	"activation_softsign":  "Div of several layers' outputs is not among the layers here",
	"mean_without_pads":    "a mean in which pads do not count",
	"groups":               "a convolution in 2 groups of 4 channels is not among the layers here",
	"upsample":             "", // depends on the version
	"transposed":           "ConvTranspose is not among the layers here: it makes pictures larger",
	"instance_norm":        "InstanceNormalization is not among the layers here: train",
	"group_norm":           "a GroupNormalization is not among the layers here: train",
}

// TestMoreTorch lets PyTorch export many small networks in several versions of the operators.
func TestMoreTorch(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: PyTorch exports for half a minute: go test without -short runs this")
	}
	python := with("torch")
	if python == "" {
		t.Skip("SKIPPED: no python3 has torch, which exports the networks (Debian: apt-get install python3-torch)")
	}
	dir := t.TempDir()
	if out, err := exec.Command(python, "testdata/more_torch.py", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	b, err := os.ReadFile(filepath.Join(dir, "want.json"))
	if err != nil {
		t.Fatal(err)
	}
	var want map[string][]float32
	if err := json.Unmarshal(b, &want); err != nil {
		t.Fatal(err)
	}
	worst, opened := 0.0, 0
	for name, y := range want {
		b, err := os.ReadFile(filepath.Join(dir, name+".onnx"))
		if err != nil {
			t.Fatal(err)
		}
		kind, _, _ := strings.Cut(name, "-")
		why, lacks := lacking[kind]
		net, err := Read(b)
		if lacks {
			if err == nil || !strings.Contains(err.Error(), why) {
				t.Errorf("%s: %v, want %s", name, err, why)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		d := apart(answers(net, pictures(net.Input)), y)
		if d > 1e-5 {
			t.Errorf("%s: answers differ by %g: %s", name, d, classNames(net))
		}
		worst, opened = max(worst, d), opened+1
	}
	if opened < 100 {
		t.Errorf("only %d networks were opened", opened)
	}
	t.Logf("the answers of %d networks differ by %.1g at most", opened, worst)
}

// with returns a Python that has a package, or "".
func with(name string) string {
	for _, p := range []string{"python3", "/usr/bin/python3"} {
		if exec.Command(p, "-c", "import "+name).Run() == nil {
			return p
		}
	}
	return ""
}

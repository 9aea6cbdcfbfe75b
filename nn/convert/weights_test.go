package convert

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"

	"tenfold/nn/checkpoint"
	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// answers returns what the fixtures' networks say of one picture, as numpy works it out.
func answers(t testing.TB) (pixels []byte, want map[string][]float64) {
	t.Helper()
	var all struct {
		Picture                 []int
		Keras20, Keras2, Keras3 []float64
	}
	if err := json.Unmarshal(fixture(t, "want.json"), &all); err != nil {
		t.Fatal(err)
	}
	for _, p := range all.Picture {
		pixels = append(pixels, byte(p))
	}
	return pixels, map[string][]float64{"keras20": all.Keras20, "keras2": all.Keras2, "keras3": all.Keras3}
}

// says fails unless a network says of pixels what it should, within 1e-5.
func says(t testing.TB, name string, net *model.Network, pixels []byte, want []float64) {
	t.Helper()
	x := make([]float32, len(pixels))
	net.Normalize(x, pixels)
	_, got := net.Predictor(1).Predict(x)
	for i := range want {
		if len(got) != len(want) || math.Abs(float64(got[i])-want[i]) > 1e-5 {
			t.Errorf("%s says %v, want %v", name, got, want)
			return
		}
	}
}

// empty returns a network like that of the fixtures with two paths, whose weights are 0.
func empty(t testing.TB) *model.Network {
	t.Helper()
	net, err := opened(fixture(t, "keras3.keras"), nil)
	if err != nil {
		t.Fatal(err)
	}
	return net
}

// TestWeightsAlone opens weights alone for a given network, as several tools
// write them.
func TestWeightsAlone(t *testing.T) {
	pixels, want := answers(t)
	at := empty(t)
	for _, w := range at.Weights() {
		clear(w.Data)
	}
	for _, name := range []string{"save_weights2.h5", "save_weights3.h5", "keras3.weights.h5", "colons.safetensors", "dots.safetensors", "torch.safetensors"} {
		net, err := opened(fixture(t, name), at)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		says(t, name, net, pixels, want["keras3"])
		if _, err := opened(fixture(t, name), nil); err == nil || !strings.Contains(err.Error(), "the file has weights alone, from ") {
			t.Errorf("%s without a network: %v", name, err)
		}
	}
	if slices.ContainsFunc(at.Weights()[0].Data, func(v float32) bool { return v != 0 }) {
		t.Error("the network at hand has changed")
	}
	// A network whose output is logits takes the same weights.
	nodes := at.Nodes()
	f := model.NewFunctional(at.Input)
	for _, n := range nodes {
		if d, ok := n.Layer.(layer.Dense); ok {
			d.Activation = ""
			n.Layer = d
		}
		f.Add(n.Layer, n.In...)
	}
	logits, err := f.Network()
	if err != nil {
		t.Fatal(err)
	}
	logits.Task = at.Task
	net, err := opened(fixture(t, "save_weights2.h5"), logits)
	if err != nil {
		t.Fatal(err)
	}
	says(t, "the network with logits", net, pixels, want["keras3"])
}

// TestConfigAndWeights joins a config and weights that Keras saved separately.
func TestConfigAndWeights(t *testing.T) {
	pixels, want := answers(t)
	z, err := unzip(fixture(t, "keras3.keras"))
	if err != nil {
		t.Fatal(err)
	}
	config, err := z.read(z.find("config.json"), maxText)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"save_weights2.h5", "save_weights3.h5"} {
		b, err := Together(map[string][]byte{"model.json": config, name: fixture(t, name)})
		if err != nil {
			t.Fatal(err)
		}
		net, err := opened(b, nil)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		says(t, name, net, pixels, want["keras3"])
	}
	unpacked, err := z.read(z.find("model.weights.h5"), maxPart)
	if err != nil {
		t.Fatal(err)
	}
	b, err := Together(map[string][]byte{"config.json": config, "metadata.json": []byte("{}"), "model.weights.h5": unpacked})
	if err != nil {
		t.Fatal(err)
	}
	net, err := opened(b, nil)
	if err != nil {
		t.Fatal(err)
	}
	says(t, "an unpacked .keras file", net, pixels, want["keras3"])
}

// named returns a network's weights as safetensors, under the names that rename gives them.
func named(t testing.TB, net *model.Network, rename func(path string) string) []byte {
	t.Helper()
	f := &checkpoint.File{}
	for _, w := range net.Weights() {
		if name := rename(w.Path); name != "" {
			f.Tensors = append(f.Tensors, checkpoint.Tensor{Name: name, Shape: w.Shape, Data: w.Data})
		}
	}
	b, err := f.Encode(checkpoint.F32)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// three returns a network of three convolutions, the last two of one shape.
func three(t testing.TB) *model.Network {
	conv := func(n int) layer.Conv2D {
		return layer.Conv2D{Filters: n, KernelSize: [2]int{3, 3}, Padding: layer.Same}
	}
	net, err := model.New(task.Shape{8, 8, 3}, layer.Rescaling{Scale: 1. / 255}, conv(4), conv(4), conv(4), layer.GlobalAveragePooling2D{}, layer.Dense{Units: 3})
	if err != nil {
		t.Fatal(err)
	}
	if err := net.Init(3); err != nil {
		t.Fatal(err)
	}
	Guess(net)
	return net
}

// TestMatching gives weights to layers by their names, and otherwise by order and shape, and says
// what it cannot tell.
func TestMatching(t *testing.T) {
	net := three(t)
	swap := func(pairs ...string) func(string) string { return strings.NewReplacer(pairs...).Replace }
	for name, c := range map[string]struct {
		rename func(string) string
		want   string // of the error; "" for none
	}{
		"its own names":       {func(s string) string { return s }, ""},
		"within a model":      {func(s string) string { return "functional_1/" + s + ":0" }, ""},
		"other numbers":       {swap("conv2d_1/", "conv2d_10/", "conv2d_2/", "conv2d_11/", "conv2d/", "conv2d_9/", "dense/", "dense_4/"), ""},
		"names in a scope":    {swap("conv2d_1/", "net.block2.conv/", "conv2d_2/", "net.block3.conv/", "conv2d/", "net.block1.conv/", "dense/", "net.head/"), ""},
		"names of one's own":  {swap("conv2d_1/", "middle/", "conv2d_2/", "last/", "conv2d/", "first/", "dense/", "head/"), `fit the layer "conv2d_2"`},
		"a layer is missing":  {func(s string) string { return map[bool]string{true: s}[!strings.HasPrefix(s, "conv2d_2")] }, `the network has 3 layers like conv2d, the file weights of 2`},
		"a head is missing":   {func(s string) string { return map[bool]string{true: s}[!strings.HasPrefix(s, "dense")] }, `no weights in the file fit the layer "dense" (Dense: kernel [4 3], bias [3]); it has none of such layers`},
		"a bias is missing":   {func(s string) string { return map[bool]string{true: s}[s != "conv2d/bias"] }, `no weights in the file fit the layer "conv2d"`},
		"a kernel is missing": {func(s string) string { return map[bool]string{true: s}[s != "dense/kernel"] }, "want"},
	} {
		got, err := opened(named(t, net, c.rename), net)
		if c.want != "" {
			if err == nil || c.want != "want" && !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s: %v, want %s", name, err, c.want)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		identical(t, name, got, net)
	}
	// A layer too many.
	f, _ := net.File()
	f.Metadata = nil
	f.Tensors = append(f.Tensors, checkpoint.Tensor{Name: "normalization/mean", Shape: []int{1, 1, 3}, Data: make([]float32, 3)})
	b, err := f.Encode(checkpoint.F32)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := opened(b, net); err == nil || !strings.Contains(err.Error(), `the file has weights of "normalization" ([1 1 3]), for which the network has no layer`) {
		t.Errorf("a layer too many: %v", err)
	}
}

// TestShapes: layers in another order are told apart by shapes that no two have.
func TestShapes(t *testing.T) {
	conv := func(n int) layer.Conv2D { return layer.Conv2D{Filters: n, KernelSize: [2]int{3, 3}} }
	net, err := model.New(task.Shape{8, 8, 3}, conv(4), conv(5), layer.BatchNormalization{}, layer.PReLU{SharedAxes: []int{1, 2}}, layer.Flatten{}, layer.Dense{Units: 6}, layer.Dense{Units: 3})
	if err != nil {
		t.Fatal(err)
	}
	net.Init(1)
	Guess(net)
	got, err := opened(named(t, net, strings.NewReplacer("conv2d_1/", "a/", "conv2d/", "b/", "dense_1/", "c/", "dense/", "d/").Replace), net)
	if err != nil {
		t.Fatal(err)
	}
	identical(t, "another order", got, net)
}

// TestTorch turns PyTorch's axes: of depthwise kernels, and of what lies behind a flattened picture.
func TestTorch(t *testing.T) {
	net, err := model.New(task.Shape{4, 5, 3},
		layer.DepthwiseConv2D{KernelSize: [2]int{2, 3}, DepthMultiplier: 2}, layer.PReLU{SharedAxes: []int{1, 2}}, layer.Flatten{},
		layer.BatchNormalization{}, layer.Dropout{Rate: 0.5}, layer.Dense{Units: 7, Activation: "relu"}, layer.Dense{Units: 7})
	if err != nil {
		t.Fatal(err)
	}
	net.Init(1)
	for i, w := range net.Weights() {
		for k := range w.Data {
			w.Data[k] = float32(1000*i + k)
		}
	}
	Guess(net)
	const h, w, c = 3, 3, 6  // of the flattened picture
	chw := func(i int) int { // the place in ours of what is i-th in PyTorch's
		k, y, x := i/(h*w), i/w%h, i%w
		return (y*w+x)*c + k
	}
	f := &checkpoint.File{}
	add := func(name string, of string, shape []int, at func(i int) int) {
		for _, w := range net.Weights() {
			if w.Path == of {
				x := make([]float32, len(w.Data))
				for i := range x {
					x[i] = w.Data[at(i)]
				}
				f.Tensors = append(f.Tensors, checkpoint.Tensor{Name: name, Shape: shape, Data: x})
			}
		}
	}
	plain := func(i int) int { return i }
	add("features.0.weight", "depthwise_conv2d/kernel", []int{6, 1, 2, 3}, func(i int) int { return i%6*6 + i/6 })
	add("features.0.bias", "depthwise_conv2d/bias", []int{6}, plain)
	add("features.1.weight", "p_re_lu/alpha", []int{6}, plain)
	for ours, theirs := range map[string]string{"gamma": "weight", "beta": "bias", "moving_mean": "running_mean", "moving_variance": "running_var"} {
		add("features.3."+theirs, "batch_normalization/"+ours, []int{54}, chw)
	}
	add("classifier.0.weight", "dense/kernel", []int{7, 54}, func(i int) int { return chw(i%54)*7 + i/54 })
	add("classifier.0.bias", "dense/bias", []int{7}, plain)
	add("classifier.2.weight", "dense_1/kernel", []int{7, 7}, func(i int) int { return i%7*7 + i/7 })
	add("classifier.2.bias", "dense_1/bias", []int{7}, plain)
	for _, p := range []checkpoint.Precision{checkpoint.F32, checkpoint.F16} {
		b, err := f.Encode(p)
		if err != nil {
			t.Fatal(err)
		}
		got, err := opened(b, net)
		if err != nil {
			t.Fatal(err)
		}
		if p == checkpoint.F32 {
			identical(t, "PyTorch's", got, net)
		}
	}
}

// identical fails unless two networks are alike to the bit.
func identical(t testing.TB, name string, got, want *model.Network) {
	t.Helper()
	if got.Summary() != want.Summary() {
		t.Fatalf("%s: it became\n%s\nof\n%s", name, got.Summary(), want.Summary())
	}
	for i, w := range want.Weights() {
		g := got.Weights()[i]
		for k, v := range w.Data {
			if len(g.Data) != len(w.Data) || math.Float32bits(g.Data[k]) != math.Float32bits(v) {
				t.Fatalf("%s: %s differs", name, w.Path)
			}
		}
	}
}

// TestTorchReshaped checks that weights behind a Reshape are not taken from a
// file of PyTorch's.
func TestTorchReshaped(t *testing.T) {
	net, err := model.New(task.Shape{4, 4, 3}, layer.Reshape{TargetShape: []int{2, 8, 3}}, layer.Flatten{}, layer.Dense{Units: 2})
	if err != nil {
		t.Fatal(err)
	}
	if err := joined(net); err == nil || !strings.Contains(err.Error(), `the layer "reshape" gives its input other axes`) {
		t.Errorf("%v", err)
	}
	net, err = model.New(task.Shape{4, 4, 3}, layer.Reshape{TargetShape: []int{-1}}, layer.Dense{Units: 2})
	if err != nil {
		t.Fatal(err)
	}
	if err := joined(net); err != nil || flattened(net, 1) == nil {
		t.Errorf("a Reshape to a row is no Flatten: %v", err)
	}
}

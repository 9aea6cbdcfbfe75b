package convert

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tenfold/nn/keras"
	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/model/modeltest"
)

// bench is where the peers are installed, TensorFlow.js among them.
const bench = "../../web/bench"

// tfPictures are numbers that go in.
type tfPictures struct {
	Shape   []int     `json:"shape"`
	Numbers []float32 `json:"numbers"`
}

// drawnPictures returns eight drawings in the shape of a network's input.
func drawnPictures(net *model.Network) tfPictures {
	const n = 8
	p := tfPictures{append([]int{n}, net.Input...), make([]float32, n*net.Input.Size())}
	rng := rand.New(rand.NewPCG(8, 8))
	for i := range p.Numbers {
		p.Numbers[i] = rng.Float32() - 0.5
	}
	return p
}

// answer returns a network's output, as probabilities if it has them.
func answer(net *model.Network, p tfPictures) []float32 {
	logits, probs := net.Predictor(8).Predict(p.Numbers)
	if net.Ending() == "softmax" {
		return probs
	}
	return logits
}

// TestTensorFlowJS lets TensorFlow.js load what is written for it and compares what it says of eight
// pictures, and opens what it saves of that, and of a model of its own.
func TestTensorFlowJS(t *testing.T) {
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("SKIPPED: node is not installed, and it is what runs TensorFlow.js: https://nodejs.org")
	}
	if _, err := os.Stat(filepath.Join(bench, "node_modules/@tensorflow/tfjs")); err != nil {
		t.Skip("SKIPPED: TensorFlow.js is not installed, and it is what checks the models that go out to it: npm ci --ignore-scripts --no-audit --no-fund --prefix web/bench")
	}
	nets := map[string]*model.Network{"tutorial": model.Tutorial(), "slim": model.Slim(), "resnet20": model.ResNet20()}
	for seed := uint64(0); len(nets) < 63; seed++ {
		net := modeltest.Random(rand.New(rand.NewPCG(seed, 6)), map[string]bool{})
		weights := 0
		for _, w := range net.Weights() {
			weights += w.Shape.Size()
		}
		if _, err := format(t, "model.tfjs.zip").Save(net, nil); err == nil && weights > 0 && weights < 1<<20 {
			nets[fmt.Sprint("random", seed)] = net
		}
	}
	root := t.TempDir()
	for name, net := range nets {
		if err := net.Init(7); err != nil {
			t.Fatal(err)
		}
		unusual(net)
		b, err := format(t, "model.tfjs.zip").Save(net, nil)
		if err != nil {
			t.Fatal(name, err)
		}
		unpacked(t, b, filepath.Join(root, name))
		writeJSON(t, filepath.Join(root, name, "pictures.json"), drawnPictures(net))
	}
	small, _ := model.New([]int{8, 8, 3}, model.Tutorial().Layer(0))
	if err := os.Mkdir(filepath.Join(root, "own"), 0o755); err != nil {
		t.Fatal(err)
	}
	writeJSON(t, filepath.Join(root, "own", "pictures.json"), drawnPictures(small))

	if out, err := exec.Command("node", "testdata/tfjs.cjs", bench, root).CombinedOutput(); err != nil {
		for name, net := range nets {
			if strings.Contains(string(out), name+" ") {
				t.Logf("%s is\n%s", name, keras.Define(net.Input, net.Nodes()))
			}
		}
		t.Fatalf("%v\n%s", err, out)
	}
	var worst float64
	for name, net := range nets {
		var got []float64
		readJSON(t, filepath.Join(root, name, "answers.json"), &got)
		worst = max(worst, near(t, name, got, answer(net, drawnPictures(net))))
		if slices.ContainsFunc(net.Nodes(), func(n model.Node) bool { s, ok := n.Layer.(layer.SeparableConv2D); return ok && s.DepthMultiplier > 1 }) {
			continue // TensorFlow.js does not save that
		}
		saved := openedFolder(t, filepath.Join(root, name, "saved"))
		if strings.Contains(net.Summary(), "Connected to") { // it lists such layers in an order of its own
			near(t, name+", saved", got, answer(saved, drawnPictures(saved)))
			continue
		}
		identical(t, name, saved, net)
	}
	var got []float64
	readJSON(t, filepath.Join(root, "own", "answers.json"), &got)
	own := openedFolder(t, filepath.Join(root, "own", "saved"))
	worst = max(worst, near(t, "own", got, answer(own, drawnPictures(small))))
	t.Logf("%d networks; the largest difference is %.2g", len(nets)+1, worst)
}

// format returns that of a file's name.
func format(t testing.TB, name string) Format {
	t.Helper()
	f, err := Of(name)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// unusual gives moving statistics and scales other values than their first ones.
func unusual(net *model.Network) {
	rng := rand.New(rand.NewPCG(4, 4))
	for _, w := range net.Weights() {
		if !w.Kernel() {
			for i := range w.Data {
				w.Data[i] = rng.Float32()/2 + 0.1
			}
		}
	}
}

// near fails if answers differ by more than 1e-5 of the largest, or of 1.
func near(t *testing.T, name string, got []float64, want []float32) float64 {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d numbers, want %d", name, len(got), len(want))
	}
	largest, worst := 1., 0.
	for _, v := range want {
		largest = max(largest, math.Abs(float64(v)))
	}
	for i, v := range want {
		worst = max(worst, math.Abs(got[i]-float64(v))/largest)
	}
	if !(worst <= 1e-5) {
		t.Errorf("%s: the answers differ by %g", name, worst)
	}
	return worst
}

// unpacked writes the files of an archive into a folder.
func unpacked(t *testing.T, b []byte, folder string) {
	t.Helper()
	z, err := unzip(b)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		data, err := z.read(f, maxPart)
		if err == nil {
			err = os.WriteFile(filepath.Join(folder, filepath.Base(f.Name)), data, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// openedFolder opens the files of a folder together.
func openedFolder(t *testing.T, folder string) *model.Network {
	t.Helper()
	all, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, f := range all {
		if files[f.Name()], err = os.ReadFile(filepath.Join(folder, f.Name())); err != nil {
			t.Fatal(err)
		}
	}
	b, err := Together(files)
	if err != nil {
		t.Fatal(err)
	}
	net, err := opened(b, nil)
	if err != nil {
		t.Fatal(err)
	}
	return net
}

func writeJSON(t *testing.T, path string, v any) {
	t.Helper()
	b, err := json.Marshal(v)
	if err == nil {
		err = os.WriteFile(path, b, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func readJSON(t *testing.T, path string, v any) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(b, v)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestQuantized reads weights that are kept as smaller numbers, in a folder of an archive.
func TestQuantized(t *testing.T) {
	net := three(t)
	saved, err := format(t, "model.tfjs.zip").Save(net, nil)
	if err != nil {
		t.Fatal(err)
	}
	z, err := unzip(saved)
	if err != nil {
		t.Fatal(err)
	}
	text, _ := z.read(z.File[0], maxPart)
	for kind, most := range map[string]float64{"uint8": 2. / 255, "uint16": 2. / 65535, "float16": 1e-3} {
		m, err := topology(text)
		if err != nil {
			t.Fatal(err)
		}
		var data []byte
		k := 0
		for _, w := range net.Weights() {
			q := &tfQuantity{Type: kind, Scale: most, Min: -1}
			for _, v := range w.Data {
				whole := math.Round((float64(v) + 1) / most)
				switch kind {
				case "uint8":
					data = append(data, byte(whole))
				case "uint16":
					data = binary.LittleEndian.AppendUint16(data, uint16(whole))
				default:
					data = binary.LittleEndian.AppendUint16(data, half(v))
				}
			}
			m.Manifest[0].Weights[k].Quantization = q
			k++
		}
		again, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		b, err := zipped(member{"my model/model.json", again}, member{"my model/" + tfShard, data}, member{"__MACOSX/model.json", nil})
		if err != nil {
			t.Fatal(err)
		}
		got, err := opened(b, nil)
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		for i, w := range got.Weights() {
			for k, v := range w.Data {
				if math.Abs(float64(v-net.Weights()[i].Data[k])) > most {
					t.Fatalf("%s: %s is %v, want %v", kind, w.Path, v, net.Weights()[i].Data[k])
				}
			}
		}
	}
}

// half returns a number below 2 in 16 bits, cut off.
func half(v float32) uint16 {
	bits := math.Float32bits(v)
	exponent := int(bits>>23&255) - 112
	if exponent <= 0 {
		return 0
	}
	return uint16(bits>>16&0x8000) | uint16(exponent<<10) | uint16(bits>>13&0x3ff)
}

// TestTogether says which of several files is missing or does not belong.
func TestTogether(t *testing.T) {
	b, err := format(t, "model.tfjs.zip").Save(three(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	z, err := unzip(b)
	if err != nil {
		t.Fatal(err)
	}
	text, _ := z.read(z.File[0], maxPart)
	data, _ := z.read(z.File[1], maxPart)
	if one, err := Together(map[string][]byte{"x.h5": data}); err != nil || !slices.Equal(one, data) {
		t.Errorf("a file alone: %v", err)
	}
	if _, err := opened(text, nil); err == nil || !strings.Contains(err.Error(), "without its weights: choose it together with its .bin files") {
		t.Errorf("model.json alone: %v", err)
	}
	graph := []byte(`{"format": "graph-model", "modelTopology": {"node": []}, "weightsManifest": []}`)
	for want, files := range map[string]map[string][]byte{
		`model.json has weights in "group1-shard1of1.bin" too`: {"model.json": text, "other.bin": data},
		"two models of TensorFlow.js":                          {"model.json": text, "model2.json": text},
		"several files that do not belong together":            {"a.h5": data, "b.h5": data},
		"a graph model of TensorFlow.js":                       {"model.json": graph, "a.bin": data},
	} {
		if _, err := Together(files); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

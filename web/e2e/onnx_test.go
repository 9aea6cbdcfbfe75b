package e2e

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"image/png"
	"math"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"testing"

	"tenfold/nn/checkpoint"
	"tenfold/nn/cifar10"
	"tenfold/nn/convert"
	"tenfold/nn/hdf5"
	"tenfold/nn/model"
)

// runtime is where npm puts ONNX Runtime Web.
const runtime = "../bench/node_modules/onnxruntime-web/dist"

// tutorialH5 is the tutorial's network, trained, as Keras' save_model has it: what only our own files say
// is not in it.
func tutorialH5(t *testing.T) ([]byte, *model.Network) {
	t.Helper()
	f, err := checkpoint.ReadFile("../model/tutorial.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	net, err := model.Open(f)
	if err != nil {
		t.Fatal(err)
	}
	h5, err := convert.Of("cifar.009.hdf5")
	if err != nil {
		t.Fatal(err)
	}
	b, err := h5.Save(net, nil)
	if err != nil {
		t.Fatal(err)
	}
	file, err := hdf5.Read(b)
	if err != nil {
		t.Fatal(err)
	}
	root := file.Root
	root.Attributes = slices.DeleteFunc(root.Attributes, func(a hdf5.Attribute) bool { return a.Name == "tenfold" })
	if b, err = hdf5.Write(root); err != nil {
		t.Fatal(err)
	}
	return b, net
}

// TestKerasToONNX is the way of a network through the page: an .h5 of the tutorial's that says nothing of
// its task is dropped, completed, classifies, trains on, and leaves as ONNX, which ONNX Runtime runs in
// the same browser with the same probabilities.
func TestKerasToONNX(t *testing.T) {
	if _, err := os.Stat(runtime + "/ort.wasm.min.mjs"); err != nil {
		t.Skip("SKIPPED: ONNX Runtime Web is not installed, in which the exported network runs: npm ci --ignore-scripts --no-audit --no-fund --prefix web/bench")
	}
	file, net := tutorialH5(t)
	p := fresh(t, small)
	p.settled()
	opening := p.answer()
	p.drop("", []string{"cifar.009.hdf5"}, file)
	p.wait(statusHas("cifar.009.hdf5 does not say all that is needed"))
	p.wait(`document.getElementById("train-task-use") !== null`)
	if got, want := eval[[]string](p, `document.getElementById("train-task-classes").value.split("\n")`), cifar10.Task.Classes; !slices.Equal(got, want) {
		t.Errorf("the guess is %q, want %q", got, want)
	}
	if got := eval[string](p, `document.getElementById("train-task-scaling").value`); got != "centred" {
		t.Errorf("the guess of the scaling is %q", got)
	}
	if p.answer() != opening {
		t.Error("the network in use is another one before the question is answered")
	}
	p.press("train-task-use")
	p.wait(statusHas("cifar.009.hdf5 is now in use"))
	p.alikeAnswer(net)

	// It trains on, for a few steps.
	p.click("view-train")
	for _, s := range [][2]string{{"train-data", "doodles"}, {"train-epochs", "1"}, {"train-rate", "0.0005"}, {"train-limit", "96"}, {"train-seed", "3"}} {
		p.set(s[0], s[1])
	}
	if from := eval[string](p, `document.getElementById("train-from").value`); from != "file" {
		t.Errorf("the run would begin with %q", from)
	}
	before := p.answer()
	p.press("train-start")
	p.waitLong(trainStatus("done"))
	p.press("train-last") // which may be in use already
	p.waitLong(fmt.Sprintf("tenfold.probs !== %q", before))

	// It leaves as ONNX, and says the same in ONNX Runtime as here.
	p.click("view-train")
	saved := p.gets(func() {
		eval[any](p, `{ const e = document.getElementById("weights-format"); e.value = ".onnx"; e.dispatchEvent(new Event("change")); }`)
	})
	_, onnx := unpacked(t, saved, ".onnx")
	_, picture := unpacked(t, saved, ".png")
	_, readme := unpacked(t, saved, "README.md")
	var expected, here []float64
	m := regexp.MustCompile(`const answer = (\[[^\]]*\])`).FindSubmatch(readme)
	if m == nil {
		t.Fatalf("the README has no answer:\n%s", readme)
	}
	if err := json.Unmarshal(m[1], &expected); err != nil {
		t.Fatal(err)
	}
	p.click("view-classify")
	p.settled()
	if err := json.Unmarshal([]byte(p.answer()), &here); err != nil {
		t.Fatal(err)
	}
	there := runs(t, onnx, pixelsOf(t, picture))
	for i := range expected {
		if math.Abs(there[i]-expected[i]) > 1e-5 || math.Abs(here[i]-expected[i]) > 1e-5 {
			t.Fatalf("ONNX Runtime says %v, the README %v, the page %v", there, expected, here)
		}
	}
	t.Logf("ONNX Runtime, README and page agree on %v", expected)

	// Of noise, of which the network is less sure, it says what the file's weights say natively, and no
	// longer what those of the .h5 do.
	trained, err := convert.Open(onnx, nil)
	if err != nil {
		t.Fatal(err)
	}
	noise, rng := make([]byte, net.Pixels()), rand.New(rand.NewPCG(1, 2))
	for i := range noise {
		noise[i] = byte(rng.IntN(256))
	}
	x := make([]float32, len(noise))
	net.Normalize(x, noise)
	_, want := trained.Predictor(1).Predict(x)
	_, untrained := net.Predictor(1).Predict(x)
	moved := 0.0
	for i, p := range runs(t, onnx, noise) {
		if math.Abs(p-float64(want[i])) > 1e-5 {
			t.Errorf("class %d of noise: ONNX Runtime says %v, natively it is %v", i, p, want[i])
		}
		moved = max(moved, math.Abs(p-float64(untrained[i])))
	}
	if t.Logf("of noise: %.3f; training has moved it by %.3f", want, moved); moved < 1e-3 {
		t.Errorf("training has moved the answer to noise by %g", moved)
	}
}

// alikeAnswer waits until the page says of its picture what a network says natively.
func (p *tab) alikeAnswer(net *model.Network) {
	p.Helper()
	p.click("view-train")
	saved := p.gets(func() {
		eval[any](p, `{ const e = document.getElementById("weights-format"); e.value = ".onnx"; e.dispatchEvent(new Event("change")); }`)
	})
	_, picture := unpacked(p.T, saved, ".png")
	x := make([]float32, net.Pixels())
	net.Normalize(x, pixelsOf(p.T, picture))
	_, want := net.Predictor(1).Predict(x)
	p.click("view-classify")
	p.settled()
	var got []float64
	if err := json.Unmarshal([]byte(p.answer()), &got); err != nil {
		p.Fatal(err)
	}
	for i := range want {
		if len(got) != len(want) || math.Abs(got[i]-float64(want[i])) > 1e-4 {
			p.Fatalf("the page says %v, natively it is %v", got, want)
		}
	}
}

// pixelsOf are the bytes of a PNG's red, green and blue.
func pixelsOf(t *testing.T, b []byte) []byte {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	var all []byte
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			r, g, b, _ := img.At(x, y).RGBA()
			all = append(all, byte(r>>8), byte(g>>8), byte(b>>8))
		}
	}
	return all
}

// runs lets ONNX Runtime Web run a network on a picture's bytes, in a tab of its own.
func runs(t *testing.T, onnx, pixels []byte) []float64 {
	t.Helper()
	mux := http.NewServeMux()
	mux.Handle("/ort/", http.StripPrefix("/ort/", http.FileServer(http.Dir(runtime))))
	mux.HandleFunc("/model.onnx", func(w http.ResponseWriter, _ *http.Request) { w.Write(onnx) })
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Write([]byte("<!DOCTYPE html><title>ONNX Runtime</title>"))
	})
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	p := visit(t, look{width: 400, height: 300, scale: 1, address: s.URL + "/"})
	return eval[[]float64](p, fmt.Sprintf(`(async () => {
		const ort = await import("/ort/ort.wasm.min.mjs");
		ort.env.wasm.numThreads = 1;
		ort.env.wasm.wasmPaths = new URL("/ort/", location.href).href;
		const session = await ort.InferenceSession.create("/model.onnx", { executionProviders: ["wasm"] });
		const bytes = Uint8Array.from(atob(%q), (c) => c.charCodeAt(0));
		const x = Float32Array.from(bytes, (b) => b / 255 - 0.5);
		const { [session.outputNames[0]]: y } = await session.run({ [session.inputNames[0]]: new ort.Tensor("float32", x, [1, 32, 32, 3]) });
		return [...y.data];
	})()`, base64.StdEncoding.EncodeToString(pixels)))
}

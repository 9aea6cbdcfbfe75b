package main

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"

	"tenfold/nn/checkpoint"
	"tenfold/nn/cifar10"
	"tenfold/nn/model"
	"tenfold/web/bench/format"
	"tenfold/web/relax"
)

// most is the largest batch that is measured.
const most = 256

// The networks that are measured, by the names that their files have.
const (
	tutorial = "tutorial"
	second   = "tenfold"
)

// prepare builds the programs and writes the networks, in each one's format, and the
// pictures.
func prepare(dir string) error {
	if _, err := os.Stat("web/bench/node_modules/@litertjs/core"); err != nil {
		return fmt.Errorf("the peers are not installed: run npm ci --ignore-scripts --prefix web/bench (make bench does)")
	}
	if err := build(dir); err != nil {
		return err
	}
	shipped, err := os.ReadFile("web/model/tutorial.safetensors")
	if err != nil {
		return err
	}
	drawn, err := initialised(model.Tenfold())
	if err != nil {
		return err
	}
	for name, file := range map[string][]byte{tutorial: shipped, second: drawn} {
		if err := convert(dir, name, file); err != nil {
			return err
		}
	}
	return os.WriteFile(filepath.Join(dir, "pictures.bin"), appendFloats(nil, pictures()), 0o644)
}

// build builds ours, natively and for the browser with and without relaxed SIMD.
func build(dir string) error {
	for name, b := range map[string]struct{ pkg, os, arch string }{
		"tenfold-bench": {"./nn/cmd/tenfold-bench", runtime.GOOS, runtime.GOARCH}, "plain.wasm": {"./wasm/bench", "js", "wasm"},
	} {
		cmd := exec.Command("go", "build", "-trimpath", "-o", filepath.Join(dir, name), b.pkg)
		cmd.Env = append(os.Environ(), "GOOS="+b.os, "GOARCH="+b.arch)
		cmd.Stderr = os.Stderr
		if err := cmd.Run(); err != nil {
			return fmt.Errorf("go build %s: %w", b.pkg, err)
		}
	}
	plain, err := os.ReadFile(filepath.Join(dir, "plain.wasm"))
	if err != nil {
		return err
	}
	relaxed, _, err := relax.Rewrite(plain)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "relaxed.wasm"), relaxed, 0o644)
}

// initialised returns the file of a network with weights that are drawn, those of its batch
// normalisations too: with a mean of 0 and a variance of 1 they would do nothing, and nobody
// could disagree about them.
func initialised(m *model.Network) ([]byte, error) {
	if err := m.Init(1); err != nil {
		return nil, err
	}
	rng := rand.New(rand.NewPCG(3, 4))
	ranges := map[string][2]float64{"gamma": {0.5, 2}, "beta": {-0.5, 0.5}, "moving_mean": {-0.3, 0.3}, "moving_variance": {0.2, 1.2}}
	for _, w := range m.Weights() {
		if r, ok := ranges[w.Name]; ok {
			for i := range w.Data {
				w.Data[i] = float32(r[0] + (r[1]-r[0])*rng.Float64())
			}
		}
	}
	f, err := m.File()
	if err != nil {
		return nil, err
	}
	return f.Encode(checkpoint.F32)
}

// convert writes a network in all formats that its peers read.
func convert(dir, name string, file []byte) error {
	f, err := checkpoint.Decode(file)
	if err != nil {
		return err
	}
	m, err := model.Open(f)
	if err != nil {
		return err
	}
	files := map[string][]byte{".safetensors": file, ".bin": nil}
	for _, w := range m.Weights() {
		files[".bin"] = appendFloats(files[".bin"], w.Data)
	}
	if files[".onnx"], err = format.ONNX(m); err != nil {
		return err
	}
	for _, w := range workloads {
		switch {
		case w.network != name:
		case w.do == "infer":
			if files[compiled(w.batch)], err = format.TFLite(m, w.batch); err != nil {
				return err
			}
		case name == tutorial: // ONNX Runtime has no gradient of batch normalisation for a CPU
			if files[".gradients.onnx"], err = format.ONNXTraining(m, w.batch, format.Training{}); err != nil {
				return err
			}
			if files[".step.onnx"], err = format.ONNXTraining(m, w.batch, format.Training{Step: true, Rate: 1e-3}); err != nil {
				return err
			}
		}
	}
	if files[".torch.json"], files[".torch.bin"], err = format.Torch(m); err != nil {
		return err
	}
	for suffix, b := range files {
		if err := os.WriteFile(filepath.Join(dir, name+suffix), b, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// compiled is how the name of a file for LiteRT ends, which is for one size of batch.
func compiled(batch int) string { return fmt.Sprintf(".%d.tflite", batch) }

// pictures are blotches: what a network trained on pictures tells apart.
func pictures() []float32 {
	rng := rand.New(rand.NewPCG(1, 2))
	x := make([]float32, most*cifar10.Task.Pixels())
	for i := range x {
		x[i] = float32(math.Sin(float64(i/96)*0.37+float64(i%3)) * 0.3 * rng.Float64())
	}
	return x
}

func appendFloats(b []byte, x []float32) []byte {
	for _, v := range x {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
	}
	return b
}

// Bench measures Tenfold beside its peers, with the same weights and pictures, in
// one headless Chromium and natively. All take turns, so that a drift of the machine
// hits all alike, and all must agree on what the pictures show before anything is
// timed.
//
//	npm ci --ignore-scripts --prefix web/bench && go run ./web/bench
//
// It prints tables, and writes bench.json and bench.png into the folder of -out.
package main

import (
	"context"
	"encoding/binary"
	"flag"
	"fmt"
	"log"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"

	"github.com/chromedp/chromedp"

	"tenfold/nn/bench"
	"tenfold/nn/checkpoint"
	"tenfold/nn/cifar10"
	"tenfold/nn/model"
	"tenfold/web/chromium"
	"tenfold/web/relax"
)

// most is the largest batch that is measured.
const most = 256

func main() {
	log.SetFlags(0)
	log.SetPrefix("bench: ")
	rounds := flag.Int("rounds", 9, "rounds, of which the median counts")
	millis := flag.Float64("millis", 800, "how long each is measured in a round, ms")
	heap := flag.Int("heap", 2000, "training steps over which memory is watched; 0 leaves that out")
	data := flag.String("data", os.Getenv("TENFOLD_DATA"), "folder of CIFAR-10, for the accuracy in each variant; without it that is left out")
	out := flag.String("out", "artifacts", "folder of bench.json and bench.png")
	only := flag.String("only", "", "measure only `what` matches this regular expression, \"contender: workload\" or \"page: loading\", and write nothing")
	flag.Parse()
	some, err := regexp.Compile(*only)
	if err != nil {
		log.Fatalf("-only: %v", err)
	}
	if err := run(some, *rounds, *millis, *heap, *data, *out); err != nil {
		log.Fatal(err)
	}
}

func run(only *regexp.Regexp, rounds int, millis float64, heap int, data, out string) error {
	dir, err := os.MkdirTemp("", "tenfold-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := prepare(dir); err != nil {
		return err
	}
	url, stopServer, err := serve(dir)
	if err != nil {
		return err
	}
	defer stopServer()
	browser, stop, err := chromium.Start()
	if err != nil {
		return err
	}
	defer stop()
	ctx, cancel := chromedp.NewContext(browser)
	defer cancel()
	r := &report{Cores: runtime.NumCPU(), CPU: cpu(), Rounds: rounds}
	if r.Browser, err = open(ctx, url); err != nil {
		return err
	}
	test := ""
	if data != "" {
		test = "test_batch.bin"
		b, err := os.ReadFile(filepath.Join(data, "cifar-10-batches-bin", test))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, test), b, 0o644); err != nil {
			return err
		}
	}
	all, err := contenders(ctx, only, dir, test)
	if err != nil {
		return err
	}
	if err := agree(all, r); err != nil {
		return err
	}
	if err := measure(all, only, rounds, millis, r); err != nil {
		return err
	}
	if only.String() == "" {
		if err := look(all, rounds, heap, test != "", r); err != nil {
			return err
		}
	}
	cancel() // the contenders end, so that nothing runs beside the page
	stop()
	if only.MatchString("page: loading") {
		if err := load(2*rounds+1, r); err != nil {
			return err
		}
	}
	r.conclude()
	r.print(os.Stdout)
	if only.String() != "" {
		return nil
	}
	return r.write(out)
}

// prepare builds the programs and writes the model, in each one's format, and the
// pictures.
func prepare(dir string) error {
	if _, err := os.Stat("web/bench/node_modules/onnxruntime-web"); err != nil {
		return fmt.Errorf("the peers are not installed: run npm ci --ignore-scripts --prefix web/bench (make bench does)")
	}
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
	file, err := os.ReadFile("web/model/tutorial.safetensors")
	if err != nil {
		return err
	}
	f, err := checkpoint.Decode(file)
	if err != nil {
		return err
	}
	m, err := model.Open(f)
	if err != nil {
		return err
	}
	var weights []byte
	for _, w := range m.Weights() {
		weights = appendFloats(weights, w.Data)
	}
	rng := rand.New(rand.NewPCG(1, 2))
	x := make([]float32, most*cifar10.Task.Pixels())
	for i := range x { // blotches: what a network trained on pictures tells apart
		x[i] = float32(math.Sin(float64(i/96)*0.37+float64(i%3)) * 0.3 * rng.Float64())
	}
	for name, b := range map[string][]byte{
		"relaxed.wasm": relaxed, "model.safetensors": file, "model.onnx": onnx(m), "weights.bin": weights, "pictures.bin": appendFloats(nil, x),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o644); err != nil {
			return err
		}
	}
	return nil
}

func appendFloats(b []byte, x []float32) []byte {
	for _, v := range x {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
	}
	return b
}

// open opens the page and returns the browser's version.
func open(tab context.Context, url string) (string, error) {
	if err := chromedp.Do(tab, chromedp.Navigate(url)); err != nil {
		return "", err
	}
	return chromedp.Run(tab, chromedp.Evaluate[string]("navigator.userAgent.match(/Chrome\\/[0-9.]+/)[0]"))
}

// The contenders' names.
const (
	plain1, plainAll     = "Tenfold, SIMD, 1 worker", "Tenfold, SIMD, all cores"
	plainApart           = "Tenfold, SIMD, workers apart" // as many, each with batches and weights of its own
	relaxed1, relaxedAll = "Tenfold, relaxed SIMD, 1 worker", "Tenfold, relaxed SIMD, all cores"
	ort1, ortAll         = "onnxruntime-web, 1 thread", "onnxruntime-web, all cores"
	tfjsWASM, tfjsCPU    = "TensorFlow.js, wasm", "TensorFlow.js, cpu"
	native1, nativeAll   = "Tenfold, native, 1 core", "Tenfold, native, all cores"
	ortn1, ortnAll       = "onnxruntime-node, 1 thread", "onnxruntime-node, all cores"
)

// contenders starts all that are to be measured, one after the other.
func contenders(tab context.Context, only *regexp.Regexp, dir, test string) ([]*contender, error) {
	cores := runtime.NumCPU()
	var all []*contender
	for _, b := range []struct {
		name, script string
		workers      int
		trains, slow bool
		settings
	}{
		{plain1, "tenfold.js", 1, true, false, settings{"program": "plain.wasm", "model": "model.safetensors", "test": test}},
		{plainAll, "tenfold.js", cores, true, false, settings{"program": "plain.wasm", "model": "model.safetensors"}},
		{plainApart, "tenfold.js", cores, true, false, settings{"program": "plain.wasm", "model": "model.safetensors", "apart": true}},
		{relaxed1, "tenfold.js", 1, true, false, settings{"program": "relaxed.wasm", "model": "model.safetensors", "test": test}},
		{relaxedAll, "tenfold.js", cores, true, false, settings{"program": "relaxed.wasm", "model": "model.safetensors"}},
		{ort1, "ort.js", 1, false, false, settings{"module": true, "threads": 1, "model": "model.onnx"}},
		{ortAll, "ort.js", 1, false, false, settings{"module": true, "threads": cores, "model": "model.onnx"}},
		{tfjsWASM, "tfjs.js", 1, false, false, settings{"module": true, "backend": "wasm", "model": "weights.bin"}},
		{tfjsCPU, "tfjs.js", 1, true, true, settings{"module": true, "backend": "cpu", "model": "weights.bin"}},
	} {
		if !timed(only, b.name) {
			continue
		}
		c, err := inBrowser(tab, b.name, b.script, b.workers, b.settings)
		if err != nil {
			return nil, err
		}
		c.trains, c.slow, c.apart = b.trains, b.slow, b.name == plainApart
		if b.script == "ort.js" {
			c.threads = b.settings["threads"].(int)
		}
		all = append(all, c)
	}
	file := func(name string) string { return filepath.Join(dir, name) }
	for _, n := range []struct {
		name    string
		threads int
		own     bool
	}{{native1, 1, true}, {nativeAll, cores, true}, {ortn1, 1, false}, {ortnAll, cores, false}} {
		if !timed(only, n.name) {
			continue
		}
		threads := strconv.Itoa(n.threads)
		program, args := "node", []string{"web/bench/page/ortnode.mjs", file("model.onnx"), file("pictures.bin"), threads}
		if n.own {
			program, args = file("tenfold-bench"), []string{"-model", file("model.safetensors"), "-pictures", file("pictures.bin")}
			if test != "" {
				args = append(args, "-test", file(test))
			}
		}
		c, err := inProcess(tab, n.name, n.threads, []string{"GOMAXPROCS=" + threads}, program, args...)
		if err != nil {
			return nil, err
		}
		c.trains = n.own
		all = append(all, c)
	}
	return all, nil
}

// timed says whether a contender is to be measured at anything.
func timed(only *regexp.Regexp, name string) bool {
	return slices.ContainsFunc(workloads, func(w workload) bool { return only.MatchString(name + ": " + w.name) })
}

// agree asks all what they make of the pictures and refuses to go on if they differ.
func agree(all []*contender, r *report) error {
	const bound = 1e-4
	var want []float32
	for _, c := range all {
		about, err := c.put(bench.Request{Do: "about"})
		if err != nil {
			return err
		}
		r.Versions = append(r.Versions, version{c.name, about.Kernel})
		a, err := c.put(bench.Request{Do: "probs", Batch: 32 / c.threads * c.threads})
		if err != nil {
			return err
		}
		if want == nil {
			want = a.Probs
		}
		if len(a.Probs) == 0 || len(a.Probs) != len(want) {
			return fmt.Errorf("%s answers with %d probabilities, want %d", c.name, len(a.Probs), len(want))
		}
		largest := 0.0
		for i, p := range a.Probs {
			largest = max(largest, math.Abs(float64(p-want[i])))
		}
		if !(largest <= bound) {
			return fmt.Errorf("%s and %s differ by %g in a probability: nothing is timed", c.name, all[0].name, largest)
		}
	}
	return nil
}

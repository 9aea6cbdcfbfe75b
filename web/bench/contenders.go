package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
)

// The contenders' names.
const (
	plain1, plainAll     = "Tenfold, SIMD, 1 worker", "Tenfold, SIMD, all cores"
	plainApart           = "Tenfold, SIMD, workers apart" // as many, each with its own batches and weights
	relaxed1, relaxedAll = "Tenfold, relaxed SIMD, 1 worker", "Tenfold, relaxed SIMD, all cores"
	litert1, litertAll   = "LiteRT.js, 1 thread", "LiteRT.js, all cores"
	ort1, ortAll         = "onnxruntime-web, 1 thread", "onnxruntime-web, all cores"
	ortTraining1         = "onnxruntime-web 1.19/training, 1 thread"
	tfjsWASM, tfjsCPU    = "TensorFlow.js, wasm", "TensorFlow.js, cpu"
	native1, nativeAll   = "Tenfold, native, 1 core", "Tenfold, native, all cores"
	ortn1, ortnAll       = "onnxruntime-node, 1 thread", "onnxruntime-node, all cores"
	torch1, torchAll     = "PyTorch, 1 thread", "PyTorch, all cores"
)

// row is a contender that can be started for each of some networks.
type row struct {
	name     string
	threads  int // or workers, of ours
	networks []string
	can      []string // of "infer" and "train"
	slow     bool
	start    func(s starter, r row, network string) (*contender, error)
}

// starter is what contenders are started with.
type starter struct {
	tab       context.Context
	dir, test string // test is a file's name, or ""
	python    string // that has PyTorch, or ""
}

// rows lists all that can be measured; a peer adds a line, and a script in page.
func rows() []row {
	one, both := []string{tutorial}, []string{tutorial, second}
	infers, trains, all := []string{"infer"}, []string{"train"}, []string{"infer", "train"}
	cores := runtime.NumCPU()
	return []row{
		{plain1, 1, both, all, false, ours("plain.wasm")},
		{plainAll, cores, both, all, false, ours("plain.wasm")},
		{plainApart, cores, one, trains, false, ours("plain.wasm")},
		{relaxed1, 1, both, all, false, ours("relaxed.wasm")},
		{relaxedAll, cores, both, all, false, ours("relaxed.wasm")},
		{litert1, 1, both, infers, false, litert},
		{litertAll, cores, both, infers, false, litert},
		{ort1, 1, both, infers, false, peer("ort.js", ".onnx", nil)},
		{ortAll, cores, both, infers, false, peer("ort.js", ".onnx", nil)},
		{ortTraining1, 1, one, trains, false, ortTraining},
		{tfjsWASM, 1, one, infers, false, peer("tfjs.js", ".bin", settings{"backend": "wasm"})},
		{tfjsCPU, 1, one, all, true, peer("tfjs.js", ".bin", settings{"backend": "cpu"})},
		{native1, 1, both, all, false, natively},
		{nativeAll, cores, both, all, false, natively},
		{ortn1, 1, one, infers, false, node},
		{ortnAll, cores, one, infers, false, node},
		{torch1, 1, both, all, false, pytorch},
		{torchAll, cores, both, all, false, pytorch},
	}
}

// contenders starts all that should be measured, one after the other.
func contenders(tab context.Context, f flags, dir, test string) ([]*contender, error) {
	s := starter{tab, dir, test, python(f.python)}
	var all []*contender
	for _, r := range rows() {
		for _, network := range r.networks {
			if !slices.ContainsFunc(workloads, func(w workload) bool { return r.does(w, network) && f.only.MatchString(r.name+": "+w.name) }) {
				continue
			}
			c, err := r.start(s, r, network)
			if err != nil {
				return nil, fmt.Errorf("%s, %s network: %w", r.name, network, err)
			}
			if c == nil {
				fmt.Fprintf(os.Stderr, "%s is left out: %s has no torch (Debian: apt-get install python3-torch; or -python)\n", r.name, f.python)
				continue
			}
			c.row, c.network = r, network
			all = append(all, c)
		}
	}
	return all, nil
}

// does reports whether the contender can do a workload of a network.
func (r row) does(w workload, network string) bool {
	return w.network == network && slices.Contains(r.can, w.do)
}

// apart reports whether each worker trains on its own batches.
func (r row) apart() bool { return r.name == plainApart }

// ours runs one of our programs in workers.
func ours(program string) func(s starter, r row, network string) (*contender, error) {
	return func(s starter, r row, network string) (*contender, error) {
		with := settings{"program": program, "model": network + ".safetensors", "apart": r.apart(), "batch": largest(network)}
		if r.threads == 1 && network == tutorial {
			with["test"] = s.test // of the shipped model
		}
		return inBrowser(s.tab, r.name+", "+network, "tenfold.js", r.threads, with)
	}
}

// largest returns the largest batch that a network is trained on, which a team must know before.
func largest(network string) int {
	n := 0
	for _, w := range workloads {
		if w.network == network && w.do == "train" {
			n = max(n, w.batch)
		}
	}
	return n
}

// peer runs a peer's script in a worker, over the network's file with a suffix.
func peer(script, suffix string, more settings) func(s starter, r row, network string) (*contender, error) {
	return func(s starter, r row, network string) (*contender, error) {
		with := settings{"module": true, "threads": r.threads, "model": network + suffix}
		for k, v := range more {
			with[k] = v
		}
		return inBrowser(s.tab, r.name+", "+network, script, 1, with)
	}
}

// litert has a model for each size of batch.
func litert(s starter, r row, network string) (*contender, error) {
	models := map[string]string{}
	for _, w := range workloads {
		if w.network == network && w.do == "infer" {
			models[strconv.Itoa(w.batch)] = network + compiled(w.batch)
		}
	}
	with := settings{"threads": r.threads, "model": network + compiled(agreed), "compiled": models}
	return inBrowser(s.tab, r.name+", "+network, "litert.js", 1, with)
}

// ortTraining has a model for a training step, and one for the gradients alone.
func ortTraining(s starter, r row, network string) (*contender, error) {
	return peer("orttraining.js", ".gradients.onnx", settings{"step": network + ".step.onnx", "batch": largest(network)})(s, r, network)
}

func natively(s starter, r row, network string) (*contender, error) {
	args := []string{"-model", s.file(network + ".safetensors"), "-pictures", s.file("pictures.bin"), "-batch", strconv.Itoa(largest(network))}
	if s.test != "" && network == tutorial {
		args = append(args, "-test", s.file(s.test))
	}
	return s.process(r, s.file("tenfold-bench"), args...)
}

func node(s starter, r row, network string) (*contender, error) {
	return s.process(r, "node", "web/bench/page/ortnode.mjs", s.file(network+".onnx"), s.file("pictures.bin"), strconv.Itoa(r.threads))
}

func pytorch(s starter, r row, network string) (*contender, error) {
	if s.python == "" {
		return nil, nil
	}
	return s.process(r, s.python, "web/bench/page/pytorch.py",
		s.file(network+".torch.json"), s.file(network+".torch.bin"), s.file("pictures.bin"), strconv.Itoa(r.threads))
}

func (s starter) file(name string) string { return filepath.Join(s.dir, name) }

func (s starter) process(r row, program string, args ...string) (*contender, error) {
	threads := strconv.Itoa(r.threads)
	return inProcess(s.tab, r.name, []string{"GOMAXPROCS=" + threads, "OMP_NUM_THREADS=" + threads}, program, args...)
}

// python returns a Python that has PyTorch: the one that is asked for, or, where another has
// been put before it, the system's; "" if neither has.
func python(asked string) string {
	for _, p := range []string{asked, "/usr/bin/python3"} {
		if exec.Command(p, "-c", "import torch").Run() == nil {
			return p
		}
	}
	return ""
}

// timed reports whether a contender should be measured at a workload.
func timed(only *regexp.Regexp, c *contender, w workload) bool {
	few := w.batch < c.threads && c.where == "browser" && w.do == "infer" // a worker would have no picture
	return c.does(w, c.network) && !few && only.MatchString(c.name+": "+w.name)
}

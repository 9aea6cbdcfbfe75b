package main

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"tenfold/nn/bench"
)

type workload struct {
	name  string
	do    string
	batch int
}

// workloads are what is timed, by the names that results have.
var workloads = []workload{
	{"inference, batch 1", "infer", 1},
	{"inference, batch 32", "infer", 32},
	{"inference, batch 256", "infer", most},
	{"training, batch 32", "train", 32},
}

// warm is for how many milliseconds each works before it is measured: for a while a browser
// still compiles, on the cores that it shares.
const warm = 2000

// measure times all contenders at all workloads, in turn. What counts in a round is the
// median of its calls: the first finds its data in no cache, and what else a machine does
// falls on some of the others.
func measure(all []*contender, only *regexp.Regexp, rounds int, millis float64, r *report) error {
	times := map[[2]string]int{} // how often fills millis
	rates, pace := map[[2]string][]float64{}, map[[2]string]float64{}
	for round := range rounds {
		for _, w := range workloads {
			for _, c := range all {
				key := [2]string{c.name, w.name}
				pictures := float64(w.batch)
				if c.apart {
					pictures *= float64(c.threads)
				}
				if w.do == "train" && !c.trains || w.do != "train" && c.apart || w.batch < c.threads && c.where == "browser" || c.slow && round > 0 || !only.MatchString(c.name+": "+w.name) {
					continue
				}
				if times[key] == 0 {
					a, err := c.put(bench.Request{Do: w.do, Batch: w.batch, Times: 1})
					if err != nil {
						return err
					}
					if !c.slow {
						if a, err = c.put(bench.Request{Do: w.do, Batch: w.batch, Times: max(int(warm/a.Median), 2)}); err != nil {
							return err
						}
					}
					times[key] = max(int(millis/a.Median), 1)
				}
				a, err := c.put(bench.Request{Do: w.do, Batch: w.batch, Times: times[key]})
				if err != nil {
					return err
				}
				rates[key] = append(rates[key], pictures/a.Median*1000)
				pace[key] += a.Mean / 1000 / pictures
			}
		}
		fmt.Fprintf(os.Stderr, "\rround %d of %d", round+1, rounds)
	}
	fmt.Fprintln(os.Stderr)
	for _, c := range all {
		for _, w := range workloads {
			key := [2]string{c.name, w.name}
			if v := rates[key]; len(v) > 0 {
				slices.Sort(v)
				r.Results = append(r.Results, result{c.name, c.where, c.threads, w.name, v[len(v)/2], v[0], v[len(v)-1], float64(len(v)) / pace[key]})
			}
		}
	}
	return nil
}

// look times the layers of ours with one core, measures the accuracy if there is the
// test set, and watches the memory of a worker
// that trains.
func look(all []*contender, rounds, heap int, test bool, r *report) error {
	for _, c := range all {
		if c.name != plain1 && c.name != relaxed1 && c.name != native1 {
			continue
		}
		a, err := c.put(bench.Request{Do: "layers", Batch: 32, Times: 3 * rounds})
		if err != nil {
			return err
		}
		r.Layers = append(r.Layers, layers{c.name, a.Layers})
		if test {
			a, err := c.put(bench.Request{Do: "test"})
			if err != nil {
				return err
			}
			r.Tests = append(r.Tests, tested{c.name, *a.Test})
		}
		if c.name == relaxed1 && heap > 0 {
			a, err := c.put(bench.Request{Do: "heap", Batch: 32, Times: heap})
			if err != nil {
				return err
			}
			r.Heap = &memory{heap, *a.Heap}
		}
	}
	return nil
}

// serve serves the page, the peers and what prepare has made, isolated, so that
// memory can be shared and the clock is fine.
func serve(dir string) (url string, stop func(), err error) {
	loader, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return "", nil, fmt.Errorf("go env: %w", err)
	}
	folders := []string{"web/bench/page", "web/bench", dir, filepath.Join(strings.TrimSpace(string(loader)), "lib", "wasm")}
	handler := http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		w.Header().Set("Cross-Origin-Opener-Policy", "same-origin")
		w.Header().Set("Cross-Origin-Embedder-Policy", "require-corp")
		w.Header().Set("Cross-Origin-Resource-Policy", "same-origin")
		if strings.HasSuffix(q.URL.Path, ".mjs") {
			w.Header().Set("Content-Type", "text/javascript")
		}
		for _, f := range folders {
			if _, err := os.Stat(filepath.Join(f, filepath.FromSlash(q.URL.Path))); err == nil {
				http.FileServer(http.Dir(f)).ServeHTTP(w, q)
				return
			}
		}
		http.NotFound(w, q)
	})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	go server.Serve(l)
	return "http://" + l.Addr().String() + "/", func() { server.Close() }, nil
}

// cpu names the processor.
func cpu() string {
	b, _ := os.ReadFile("/proc/cpuinfo") // elsewhere than on Linux it stays unnamed
	for line := range strings.Lines(string(b)) {
		if name, ok := strings.CutPrefix(line, "model name"); ok {
			return strings.Trim(name, " \t:\n")
		}
	}
	return "unknown"
}

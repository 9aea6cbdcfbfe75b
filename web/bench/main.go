// Bench measures Tenfold and its peers with the same weights and pictures, in
// one headless Chromium and natively. All take turns, so that a drift of the machine
// affects all alike, and all must agree on the answers before anything is timed.
//
//	npm ci --ignore-scripts --prefix web/bench && go run ./web/bench
//
// It prints tables, and writes bench.json and bench.png into the folder of -out.
package main

import (
	"context"
	"flag"
	"log"
	"os"
	"path/filepath"
	"regexp"
	"runtime"

	"github.com/chromedp/chromedp"

	"tenfold/web/chromium"
)

// settings of a run, as its flags have them.
type flags struct {
	rounds    int
	millis    float64
	heap      int
	data, out string
	python    string
	only      *regexp.Regexp
}

// all reports whether everything is measured.
func (f flags) all() bool { return f.only.String() == "" }

func main() {
	log.SetFlags(0)
	log.SetPrefix("bench: ")
	var f flags
	flag.IntVar(&f.rounds, "rounds", 9, "rounds, of which the median counts")
	flag.Float64Var(&f.millis, "millis", 800, "how long each is measured in a round, ms")
	flag.IntVar(&f.heap, "heap", 2000, "training steps over which memory is watched; 0 leaves that out")
	flag.StringVar(&f.data, "data", os.Getenv("TENFOLD_DATA"), "folder of CIFAR-10, for the accuracy in each variant; without it that is left out")
	flag.StringVar(&f.out, "out", "artifacts", "folder of bench.json and bench.png")
	flag.StringVar(&f.python, "python", "python3", "Python that has PyTorch; where it has none that is left out")
	only := flag.String("only", "", "measure only `what` matches this regular expression, \"contender: workload\", \"page: loading\", \"page: layers\" or \"page: memory\", and write nothing")
	flag.Parse()
	var err error
	if f.only, err = regexp.Compile(*only); err != nil {
		log.Fatalf("-only: %v", err)
	}
	if err := run(f); err != nil {
		log.Fatal(err)
	}
}

func run(f flags) error {
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
	r := &report{Cores: runtime.NumCPU(), CPU: cpu(), Rounds: f.rounds}
	if r.Browser, err = open(ctx, url); err != nil {
		return err
	}
	test := ""
	if f.data != "" {
		test = "test_batch.bin"
		b, err := os.ReadFile(filepath.Join(f.data, "cifar-10-batches-bin", test))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, test), b, 0o644); err != nil {
			return err
		}
	}
	all, err := contenders(ctx, f, dir, test)
	if err != nil {
		return err
	}
	if err := agree(all, r); err != nil {
		return err
	}
	if err := measure(all, f, r); err != nil {
		return err
	}
	if err := look(ctx, all, f, r); err != nil {
		return err
	}
	cancel() // the contenders end, so that nothing else runs
	stop()
	if f.only.MatchString("page: loading") {
		if err := load(2*f.rounds+1, r); err != nil {
			return err
		}
	}
	r.conclude()
	r.print(os.Stdout)
	if !f.all() {
		return nil
	}
	return r.write(f.out)
}

// open opens the page and returns the browser's version.
func open(tab context.Context, url string) (string, error) {
	if err := chromedp.Do(tab, chromedp.Navigate(url)); err != nil {
		return "", err
	}
	return chromedp.Run(tab, chromedp.Evaluate[string]("navigator.userAgent.match(/Chrome\\/[0-9.]+/)[0]"))
}

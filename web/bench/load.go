package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
	"slices"
	"strings"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// loading is how long the page takes to its first prediction with a cold cache, and
// the browser to fetch and compile the same programs and nothing else: medians, ms.
type loading struct {
	First   float64 `json:"first_prediction"`
	Compile float64 `json:"compile_streaming"`
	Brotli  int     `json:"bytes"` // over the wire before the first prediction
}

// load opens the page that bin/tenfold serves, so often as rounds says.
func load(browser context.Context, rounds int, r *report) error {
	server := exec.Command("bin/tenfold", "-addr", "127.0.0.1:0")
	out, err := server.StdoutPipe()
	if err != nil {
		return err
	}
	if err := server.Start(); err != nil {
		return fmt.Errorf("the page is not built: %w (make bench builds it)", err)
	}
	defer func() { server.Process.Kill(); server.Wait() }()
	line, err := bufio.NewReader(out).ReadString('\n')
	fields := strings.Fields(line)
	if err != nil || len(fields) < 4 {
		return fmt.Errorf("the server said %q: %w", line, err)
	}
	var first, compile []float64
	for range rounds {
		one, err := open1(browser, fields[3])
		if err != nil {
			return err
		}
		first, compile = append(first, one.First), append(compile, one.Compile)
		r.Loading = &loading{Brotli: one.Brotli}
	}
	slices.Sort(first)
	slices.Sort(compile)
	r.Loading.First, r.Loading.Compile = first[len(first)/2], compile[len(compile)/2]
	return nil
}

// open1 opens the page in a tab of its own, without a cache, and times the programs
// alone in another.
func open1(browser context.Context, url string) (one loading, err error) {
	const seen = `(async () => {
		for (;;) {
			const mark = performance.getEntriesByName("first-prediction")[0];
			const files = performance.getEntriesByType("resource").filter((r) => !r.name.includes("data/"));
			if (mark) return JSON.stringify({ first_prediction: mark.startTime, bytes: files.reduce((sum, r) => sum + r.encodedBodySize, 0),
				programs: files.map((r) => r.name).filter((n) => n.endsWith(".wasm")) });
			await new Promise((done) => setTimeout(done, 5));
		}
	})()`
	var page struct {
		loading
		Programs []string `json:"programs"`
	}
	text, err := inTab(browser, url, seen)
	if err == nil {
		err = json.Unmarshal([]byte(text), &page)
	}
	if err != nil {
		return one, err
	}
	// The worker fetches its program itself, so it is not among the page's files.
	compiling := `(async () => {
		const files = JSON.parse((await (await fetch("index.html")).text()).match(/id="files">([^<]*)</)[1]);
		const start = performance.now();
		const sizes = await Promise.all(["ui.wasm", "worker-relaxed.wasm"].map(async (n) => {
			await WebAssembly.compileStreaming(fetch(files[n].url));
			return performance.getEntriesByType("resource").find((r) => r.name.endsWith(files[n].url)).encodedBodySize;
		}));
		return JSON.stringify({ compile_streaming: performance.now() - start, bytes: sizes[1] });
	})()`
	text, err = inTab(browser, strings.TrimSuffix(url, "/")+"/404.html", compiling)
	if err == nil {
		err = json.Unmarshal([]byte(text), &one)
	}
	one.First, one.Brotli = page.First, page.Brotli+one.Brotli
	return one, err
}

// inTab evaluates a promise of a text in a page that is opened without a cache.
func inTab(browser context.Context, url, expression string) (string, error) {
	tab, closeTab := chromedp.NewContext(browser)
	defer closeTab()
	uncached := chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true})
		return err
	})
	if err := chromedp.Do(tab, uncached, chromedp.Navigate(url)); err != nil {
		return "", err
	}
	return chromedp.Run(tab, chromedp.Evaluate[string](expression, chromedp.EvalAwaitPromise))
}

package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
	"slices"
	"strconv"
	"strings"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"tenfold/web/chromium"
)

// loading is how long the page takes to its first prediction with a cold cache, and
// the browser to fetch and compile the same programs and nothing else: medians, ms.
type loading struct {
	First   float64 `json:"first_prediction"`
	Canvas  float64 `json:"canvas"` // until the canvas is there as well
	Compile float64 `json:"compile_streaming"`
	Brotli  int     `json:"bytes"` // over the wire until the canvas is there

	Slow []phases `json:"slow"` // on slower machines and connections
}

// load opens the page that bin/tenfold serves, so often as rounds says, in a browser that
// has done nothing else: what contenders leave behind costs the page a tenth.
func load(rounds int, r *report) error {
	browser, stop, err := chromium.Start()
	if err != nil {
		return err
	}
	defer stop()
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
	var first, canvas, compile []float64
	for range rounds {
		one, err := open1(browser, fields[3])
		if err != nil {
			return err
		}
		first, canvas, compile = append(first, one.First), append(canvas, one.Canvas), append(compile, one.Compile)
		r.Loading = &loading{Brotli: one.Brotli}
	}
	middle := func(ms []float64) float64 { slices.Sort(ms); return ms[len(ms)/2] }
	r.Loading.First, r.Loading.Canvas, r.Loading.Compile = middle(first), middle(canvas), middle(compile)
	for _, c := range circumstances {
		p, err := slowly(browser, fields[3], c, rounds/4+1)
		if err != nil {
			return err
		}
		r.Loading.Slow = append(r.Loading.Slow, p)
	}
	return nil
}

// open1 opens the page in its own tab, without a cache, and times the programs
// alone in another.
func open1(browser context.Context, url string) (one loading, err error) {
	// The page is ready when the canvas is; all that has come until then counts.
	const seen = `(async () => {
		for (;;) {
			const marks = ["first-prediction", "canvas"].map((name) => performance.getEntriesByName(name)[0]?.startTime);
			const files = performance.getEntriesByType("resource").filter((r) => !r.name.includes("data/"));
			if (marks[1]) return JSON.stringify({ first_prediction: marks[0], canvas: marks[1], bytes: files.reduce((sum, r) => sum + r.encodedBodySize, 0) });
			await new Promise((done) => setTimeout(done, 5));
		}
	})()`
	text, err := inTab(browser, url, seen)
	if err == nil {
		err = json.Unmarshal([]byte(text), &one)
	}
	if err != nil {
		return one, err
	}
	const compiling = `(async () => {
		const files = JSON.parse((await (await fetch("index.html")).text()).match(/id="files">([^<]*)</)[1]);
		const start = performance.now();
		await Promise.all(["ui.wasm", "worker-relaxed.wasm"].map((n) => WebAssembly.compileStreaming(fetch(files[n].url))));
		return String(performance.now() - start);
	})()`
	if text, err = inTab(browser, strings.TrimSuffix(url, "/")+"/404.html", compiling); err == nil {
		one.Compile, err = strconv.ParseFloat(text, 64)
	}
	return one, err
}

// fresh keeps the page from being kept for the next visit, which would not be cold.
const fresh = `ServiceWorkerContainer.prototype.register = () => new Promise(() => {});`

// inTab evaluates a promise of a text in a page that is opened without a cache, after some steps.
func inTab(browser context.Context, url, expression string, before ...chromedp.Action[chromedp.Void]) (string, error) {
	tab, closeTab := chromedp.NewContext(browser)
	defer closeTab()
	uncached := chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true})
		if err == nil {
			_, err = cdp.Call(ctx, t, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: fresh})
		}
		return err
	})
	if err := chromedp.Do(tab, append(append([]chromedp.Action[chromedp.Void]{uncached}, before...), chromedp.Navigate(url))...); err != nil {
		return "", err
	}
	return chromedp.Run(tab, chromedp.Evaluate[string](expression, chromedp.EvalAwaitPromise))
}

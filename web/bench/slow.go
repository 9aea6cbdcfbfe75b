package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"tenfold/web/chromium"
)

// condition is a processor or a connection that is slower than this machine's, as Chromium imitates it.
// The processor is that of the page's main thread; workers run at full speed.
type condition struct {
	name    string
	factor  float64 // how many times slower the processor is
	latency float64 // ms, until an answer begins
	bytes   float64 // per second; -1 for no limit
}

// conditions are measured in this order. The connections are those that developer tools call 4G and Fast 3G.
var conditions = []condition{
	{"as it is", 1, 0, -1},
	{"processor 4 times slower", 4, 0, -1},
	{"processor 6 times slower", 6, 0, -1},
	{"4G, 9 Mbit/s", 1, 85, 9e6 / 8},
	{"Fast 3G, 1.6 Mbit/s", 1, 150, 1.6e6 / 8},
}

// slow is how the page opens and follows the hand under a condition: medians, in ms after navigation.
type slow struct {
	Condition string  `json:"condition"`
	Worker    float64 `json:"worker"`           // the worker's program is here
	Network   float64 `json:"network"`          // and the network
	First     float64 `json:"first_prediction"` // an answer
	Page      float64 `json:"page"`             // the canvas program is here
	Canvas    float64 `json:"canvas"`           // one can draw on it
	Stroke    float64 `json:"stroke"`           // from a stroke's end to its answer
	Frames    float64 `json:"frames"`           // a second, while a stroke is drawn
}

// crawl opens the page under each condition, as often as rounds says.
func crawl(rounds int, r *report) error {
	browser, stop, err := chromium.Start()
	if err != nil {
		return err
	}
	defer stop()
	url, stopServer, err := served()
	if err != nil {
		return err
	}
	defer stopServer()
	for _, c := range conditions {
		var all []slow
		for range rounds {
			one, err := c.open(browser, url)
			if err != nil {
				return fmt.Errorf("%s: %w", c.name, err)
			}
			all = append(all, one)
		}
		middle := func(of func(slow) float64) float64 {
			var ms []float64
			for _, one := range all {
				ms = append(ms, of(one))
			}
			slices.Sort(ms)
			return ms[len(ms)/2]
		}
		r.Slow = append(r.Slow, slow{c.name,
			middle(func(s slow) float64 { return s.Worker }), middle(func(s slow) float64 { return s.Network }), middle(func(s slow) float64 { return s.First }),
			middle(func(s slow) float64 { return s.Page }), middle(func(s slow) float64 { return s.Canvas }), middle(func(s slow) float64 { return s.Stroke }), middle(func(s slow) float64 { return s.Frames }),
		})
	}
	return nil
}

// watching counts the frames that the page is given, and notes when a stroke ends and when its answer is there.
const watching = fresh + `
const frame = requestAnimationFrame;
globalThis.seen = { frames: 0, up: 0, answered: 0 };
globalThis.requestAnimationFrame = (f) => frame((t) => { seen.frames++; f(t); });
addEventListener("pointerup", () => { seen.up = performance.now(); }, true);
addEventListener("DOMContentLoaded", () => new MutationObserver(() => { seen.answered = performance.now(); })
	.observe(document.getElementById("prediction"), { childList: true, characterData: true, subtree: true }));`

// open opens the page in a tab of its own without a cache, and draws on it.
func (c condition) open(browser context.Context, url string) (one slow, err error) {
	tab, closeTab := chromedp.NewContext(browser)
	defer closeTab()
	slowed := chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true})
		if err == nil {
			_, err = cdp.Call(ctx, t, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: watching})
		}
		if err == nil {
			_, err = cdp.Call(ctx, t, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: c.factor})
		}
		if err == nil && c.bytes > 0 {
			_, err = cdp.Call(ctx, t, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
				MatchedNetworkConditions: []*network.Conditions{{Latency: c.latency, DownloadThroughput: c.bytes, UploadThroughput: c.bytes}}})
		}
		return err
	})
	const opened = `(async () => {
		const mark = (name) => performance.getEntriesByName(name)[0]?.startTime ?? 0;
		while (!mark("canvas")) await new Promise((done) => setTimeout(done, 20));
		await new Promise((done) => setTimeout(done, 1000));
		const here = (part) => Math.max(0, ...performance.getEntriesByType("resource").filter((r) => r.name.includes(part)).map((r) => r.responseEnd));
		return JSON.stringify({ worker: here("worker-relaxed"), network: here(".safetensors"), first_prediction: mark("first-prediction"), page: here("ui."), canvas: mark("canvas") });
	})()`
	if err := chromedp.Do(tab, slowed, chromedp.Navigate(url)); err != nil {
		return one, err
	}
	text, err := chromedp.Run(tab, chromedp.Evaluate[string](opened, chromedp.EvalAwaitPromise))
	if err == nil {
		err = json.Unmarshal([]byte(text), &one)
	}
	if err != nil {
		return one, err
	}
	if one.Stroke, err = strokes(tab); err != nil {
		return one, err
	}
	one.Frames, err = drawing(tab)
	return one, err
}

// Where on the page of a window of the browser's usual size the pad is.
const padX, padY = 60.0, 160.0

func mouse(tab context.Context, kind input.DispatchMouseEventType, x, y float64) error {
	return chromedp.Do(tab, chromedp.MouseEvent(kind, x, y, chromedp.ButtonLeft))
}

// strokes returns the median of the times from the ends of five strokes to their answers, ms.
func strokes(tab context.Context) (float64, error) {
	var all []float64
	for i := range 5 {
		y := padY + 20*float64(i)
		if err := mouse(tab, input.DispatchMouseEventTypeMousePressed, padX, y); err != nil {
			return 0, err
		}
		for x := 40.0; x <= 200; x += 40 {
			if err := mouse(tab, input.DispatchMouseEventTypeMouseMoved, padX+x, y+x/4); err != nil {
				return 0, err
			}
		}
		if err := mouse(tab, input.DispatchMouseEventTypeMouseReleased, padX+200, y+50); err != nil {
			return 0, err
		}
		const answered = `(async () => {
			const { up } = seen;
			if (!up) throw new Error("the page has not seen the stroke");
			for (let end = performance.now() + 10000; performance.now() < end; await new Promise((done) => setTimeout(done, 20)))
				if (seen.answered > up && performance.now() > seen.answered + 400) return seen.answered - up;
			throw new Error("no answer to a stroke");
		})()`
		ms, err := chromedp.Run(tab, chromedp.Evaluate[float64](answered, chromedp.EvalAwaitPromise))
		if err != nil {
			return 0, err
		}
		all = append(all, ms)
	}
	slices.Sort(all)
	return all[len(all)/2], nil
}

// drawing returns how many frames a second the page shows while a stroke is drawn, over two seconds.
func drawing(tab context.Context) (float64, error) {
	if err := mouse(tab, input.DispatchMouseEventTypeMousePressed, padX, padY); err != nil {
		return 0, err
	}
	before, err := chromedp.Run(tab, chromedp.Evaluate[float64]("seen.frames"))
	if err != nil {
		return 0, err
	}
	began := time.Now()
	for i := 0; time.Since(began) < 2*time.Second; i++ {
		if err := mouse(tab, input.DispatchMouseEventTypeMouseMoved, padX+float64(i*7%300), padY+float64(i*3%300)); err != nil {
			return 0, err
		}
	}
	took := time.Since(began).Seconds()
	after, err := chromedp.Run(tab, chromedp.Evaluate[float64]("seen.frames"))
	if err == nil {
		err = mouse(tab, input.DispatchMouseEventTypeMouseReleased, padX, padY)
	}
	return (after - before) / took, err
}

// printSlow writes the table of the conditions.
func (r *report) printSlow(w io.Writer) {
	if len(r.Slow) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%-28s%10s%10s%10s%10s%10s%18s%10s\n", "opened cold, ms", "worker", "network", "answer", "page", "canvas", "stroke to answer", "frames/s")
	for _, s := range r.Slow {
		fmt.Fprintf(w, "%-28s%10.0f%10.0f%10.0f%10.0f%10.0f%18.0f%10.0f\n", s.Condition, s.Worker, s.Network, s.First, s.Page, s.Canvas, s.Stroke, s.Frames)
	}
}

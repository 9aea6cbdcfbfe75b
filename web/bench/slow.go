package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// circumstance is a processor that is slowed so many times, or a connection: its latency in ms, and
// what comes in a second, in bytes.
type circumstance struct {
	name              string
	times             float64
	latency, download float64
}

// circumstances are those in which people open the page. The connections are WebPageTest's.
var circumstances = []circumstance{
	{name: "slowed 1 time", times: 1},
	{name: "slowed 4 times", times: 4},
	{name: "slowed 6 times", times: 6},
	{"4G, 9 Mbit/s", 1, 170, 9e6 / 8},
	{"Fast 3G, 1.6 Mbit/s", 1, 150, 1.6e6 / 8},
}

// phases are when something was there after navigation, and how long an answer to a stroke takes
// then: medians, ms.
type phases struct {
	Name   string  `json:"name"`
	Worker float64 `json:"worker"` // the worker's program has come
	First  float64 `json:"first_prediction"`
	UI     float64 `json:"ui"`     // the page's program has come
	Runs   float64 `json:"runs"`   // it is compiled, and begins
	Canvas float64 `json:"canvas"` // it is painted
	Stroke float64 `json:"stroke"` // from a stroke to the answer
}

// times are the phases' own, for medians.
func (p *phases) times() []*float64 {
	return []*float64{&p.Worker, &p.First, &p.UI, &p.Runs, &p.Canvas, &p.Stroke}
}

// slowly opens the page in a circumstance so often as rounds says.
func slowly(browser context.Context, url string, c circumstance, rounds int) (phases, error) {
	var all []phases
	for range rounds {
		text, err := inTab(browser, url, phased, c.apply())
		if err != nil {
			return phases{}, fmt.Errorf("%s: %w", c.name, err)
		}
		var one phases
		if err := json.Unmarshal([]byte(text), &one); err != nil {
			return phases{}, err
		}
		all = append(all, one)
	}
	middle := phases{Name: c.name}
	for i, to := range middle.times() {
		var ms []float64
		for k := range all {
			ms = append(ms, *all[k].times()[i])
		}
		slices.Sort(ms)
		*to = ms[len(ms)/2]
	}
	return middle, nil
}

// apply slows a tab.
func (c circumstance) apply() chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: c.times})
		if err == nil && c.download > 0 {
			_, err = cdp.Call(ctx, t, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
				MatchedNetworkConditions: []*network.Conditions{{Latency: c.latency, DownloadThroughput: c.download, UploadThroughput: c.download}},
			})
		}
		return err
	})
}

// phased resolves to phases, as JSON. A stroke is drawn five times; the median counts.
const phased = `(async () => {
	const pause = (ms) => new Promise((done) => setTimeout(done, ms));
	const mark = (name) => performance.getEntriesByName(name)[0]?.startTime;
	const came = (name) => performance.getEntriesByType("resource").find((r) => r.name.includes("/" + name))?.responseEnd;
	while (!mark("canvas")) await pause(5);
	await pause(1000);
	const strokes = [], pad = document.getElementById("pad").getBoundingClientRect();
	for (let n = 0; n < 5; n++) {
		const before = tenfold.answers, from = performance.now();
		["pointerdown", "pointermove", "pointerup"].forEach((type, i) => document.querySelector("body > canvas").dispatchEvent(
			new PointerEvent(type, { bubbles: true, cancelable: true, pointerId: 1, pointerType: "mouse", clientX: pad.x + pad.width * (0.2 + 0.2 * i), clientY: pad.y + pad.height * (0.2 + 0.1 * n) })));
		while (tenfold.answers === before) await pause(2);
		strokes.push(performance.now() - from);
		await pause(500);
	}
	return JSON.stringify({ worker: came("worker-relaxed."), first_prediction: mark("first-prediction"), ui: came("ui."), runs: mark("canvas-begins"), canvas: mark("canvas"), stroke: strokes.sort((a, b) => a - b)[2] });
})()`

// printSlow writes the table of the circumstances.
func (l *loading) printSlow(w io.Writer) {
	fmt.Fprintf(w, "\n%-28s%16s%16s%16s%16s%16s%16s\n", "ms after navigation", "worker came", "first answer", "page came", "page begins", "canvas", "stroke: answer")
	for _, p := range l.Slow {
		fmt.Fprintf(w, "  %-26s", p.Name)
		for _, ms := range p.times() {
			fmt.Fprintf(w, "%16.0f", *ms)
		}
		fmt.Fprintln(w)
	}
}

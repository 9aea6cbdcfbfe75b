package page

import (
	"slices"
	"strings"
	"testing"

	"tenfold/nn/cifar10"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
)

// goodBrowser has everything, plainBrowser is one on a page over plain http.
var (
	goodBrowser = Browser{
		Agent: "Mozilla/5.0 (X11; Linux x86_64)", Canvas: "ANGLE (Intel, Mesa Intel(R) UHD Graphics 620)", Program: "worker-relaxed.wasm",
		Secure: true, Isolated: true, Files: true, Lasting: true, Service: true, Cores: 8, Device: 8, Memory: 61e6, Used: 34e6, Quota: 2.1e9,
	}
	plainBrowser = Browser{
		Agent: "Mozilla/5.0 (X11; Linux x86_64)", Canvas: "ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device))", Program: "worker.wasm",
		Camera: "This browser lets no page use one.", Cores: 1, Memory: 61e6,
	}
)

// TestDiagnosis opens it with its key, and looks what is said of browsers that lack
// something: each lack has a reason or a remedy, and nothing else has.
func TestDiagnosis(t *testing.T) {
	p, b := newPage(t, 1280, 800, false)
	p.Do("view-data")
	p.Key("?")
	if p.view != about || b.called[len(b.called)-1] != "examine" || p.findings != nil {
		t.Fatalf("view %s, %v", p.view, b.called)
	}
	p.SetMachine("", "v1 of today")
	p.all = offered
	p.Examined(goodBrowser)
	if s := twinText(p, "about-status"); s != "This browser has all that the page can use." {
		t.Errorf("%s:\n%s", s, p.findingsText())
	}
	p.Do("about-copy")
	for _, want := range []string{"Tenfold, 1970-01-01T", "Cross-origin isolated: yes", "Workers: 8 cores, 8 workers to train with\n", "Relaxed SIMD: yes", "34.0 MB used of 2100 MB, kept", "Program: v1 of today", "Browser: Mozilla"} {
		if !strings.Contains(b.copied, want) {
			t.Errorf("no %q in\n%s", want, b.copied)
		}
	}
	for name, c := range map[string]struct {
		change func(*Browser)
		want   string
	}{
		"Secure address":        {func(b *Browser) { b.Secure = false }, "https"},
		"Cross-origin isolated": {func(b *Browser) { b.Isolated = false }, "Cross-Origin-Embedder-Policy"},
		"Workers":               {func(b *Browser) { b.Cores = 1 }, "one core"},
		"Relaxed SIMD":          {func(b *Browser) { b.Program = "worker.wasm" }, "newer browser"},
		"Memory":                {func(b *Browser) { b.Device = 0.5 }, "Close other pages"},
		"Storage":               {func(b *Browser) { b.Files = false }, "private windows"},
		"Camera":                {func(b *Browser) { b.Camera = "This computer has none." }, "has none. Upload"},
		"Canvas":                {func(b *Browser) { b.Canvas = plainBrowser.Canvas }, "hardware acceleration"},
	} {
		browser := goodBrowser
		c.change(&browser)
		p.Examined(browser)
		for _, f := range p.findings {
			if f.label == name && !strings.Contains(f.fix, c.want) {
				t.Errorf("%s: %q does not say %q", name, f.fix, c.want)
			}
			if f.label != name && f.fix != "" && browser.Secure {
				t.Errorf("%s is missing, and of %s is said %q", name, f.label, f.fix)
			}
		}
	}
	p.all = absent
	p.Examined(goodBrowser)
	if s := p.findingsText(); !strings.Contains(s, "certificate") {
		t.Errorf("a browser that keeps nothing:\n%s", s)
	}
	p.Key("Escape")
	if p.view != "data" {
		t.Errorf("after Escape the view is %s", p.view)
	}
}

// TestPresenter puts both networks side by side, and starts over in the middle of a run.
func TestPresenter(t *testing.T) {
	p, b := newPage(t, 1280, 800, false)
	white := func() bool { return !slices.ContainsFunc(p.Pixels(), func(b byte) bool { return b < 250 }) }
	p.Key("x")
	if white() {
		t.Fatal("x starts over outside of the mode")
	}
	p.Key("p")
	if d := p.Twin().Details; !strings.Contains(d, "Fine-tuned: no answer") {
		t.Errorf("details %q", d)
	}
	p.use("best", otherModel(t))
	b.answer()
	for p.compare == false || p.link.awaiting {
		p.again()
		b.answer()
	}
	if slices.Equal(p.shippedAnswer().probs, p.tunedAnswer().probs) || !slices.Equal(p.shippedAnswer().probs, p.before) {
		t.Errorf("the two networks say %v and %v", p.shippedAnswer(), p.tunedAnswer())
	}
	p.Do("view-train")
	b.says(protocol.Ready{})
	b.says(protocol.Stored{Task: cifar10.Task, Test: 10000})
	if p.zoom != presenterZoom {
		t.Errorf("the Train view has zoom %g", p.zoom)
	}
	p.Do("train-start")
	p.Key("x")
	b.until("the shipped network is in use", func() bool { return p.train.using == task.Shipped })
	if p.train.active || !white() || p.view != "classify" || b.awake {
		t.Errorf("after x: active %v, %s in use, pad white %v, view %s, awake %v", p.train.active, p.train.using, white(), p.view, b.awake)
	}
	if c := b.asked(); c != (protocol.Stop{}) {
		t.Errorf("the worker was told %T", c)
	}
	b.says(protocol.Weights{Run: p.train.run - 1, Kind: "last", File: otherModel(t)})
	if p.train.using != task.Shipped {
		t.Error("the run that was stopped took the network over")
	}
	b.answer()
	p.Key("ctrl+z")
	if white() {
		t.Error("the drawing is gone")
	}
	p.Key("p")
	if p.presenting {
		t.Error("p does not leave the mode")
	}
}

package help_test

import (
	"errors"
	"strings"
	"testing"

	"tenfold/wasm/ui/desk"
)

// complete has everything, lacking is a browser on a page over plain http.
var (
	complete = desk.Browser{
		Agent: "Mozilla/5.0 (X11; Linux x86_64)", Canvas: "ANGLE (Intel, Mesa Intel(R) UHD Graphics 620)", Program: "worker-relaxed.wasm",
		Secure: true, Isolated: true, Files: true, Lasting: true, Service: true, Cores: 8, Device: 8, Memory: 61e6, Used: 34e6, Quota: 2.1e9,
	}
	lacking = desk.Browser{
		Agent: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/156.0.0.0 Safari/537.36", Canvas: "ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device))", Program: "worker.wasm",
		Camera: "This browser lets no page use one.", Cores: 1, Memory: 61e6,
	}
)

// TestDiagnosis opens it with its key, and checks what is said of browsers that lack
// something: each lack has a reason or a remedy, and nothing else has.
func TestDiagnosis(t *testing.T) {
	b := open(t, 1280, 800, false)
	b.Key("?")
	b.Press("view-data")
	b.Called = nil
	b.Key("?")
	d := b.Desk()
	if d.View != "help" || strings.Join(b.Called, " ") != "examine" {
		t.Fatalf("view %s, %v", d.View, b.Called)
	}
	if why := b.Leaf("about-copy").Disabled; b.Text("about-status") != "Checking this browser …" || why == "" {
		t.Errorf("%q; copying: %q", b.Text("about-status"), why)
	}
	b.SetMachine("", "v1 of today")
	b.Keeps()
	b.Examined(complete)
	if s := b.Text("about-status"); s != "This browser has everything that the page can use." {
		t.Errorf("%s:\n%s", s, b.Text("about-report"))
	}
	b.Press("about-copy")
	for _, want := range []string{"Tenfold, 1970-01-01T", "Cross-origin isolated: yes", "Workers: 8 cores, 8 workers to train with\n", "Relaxed SIMD: yes", "Memory: this page 61.0 MB, device 8 GB", "34.0 MB used of 2,100 MB, kept", "Offline use: visited files are cached\n", "Program: v1 of today", "Browser: Mozilla"} {
		if !strings.Contains(b.Copied, want) {
			t.Errorf("no %q in\n%s", want, b.Copied)
		}
	}
	for name, c := range map[string]struct {
		change func(*desk.Browser)
		want   string
	}{
		"Secure address":        {func(b *desk.Browser) { b.Secure = false }, "https"},
		"Cross-origin isolated": {func(b *desk.Browser) { b.Isolated = false }, "Cross-Origin-Embedder-Policy"},
		"Workers":               {func(b *desk.Browser) { b.Cores = 1 }, "one core"},
		"Relaxed SIMD":          {func(b *desk.Browser) { b.Program = "worker.wasm" }, "newer browser"},
		"Memory":                {func(b *desk.Browser) { b.Device = 0.5 }, "Close other pages"},
		"Storage":               {func(b *desk.Browser) { b.Files = false }, "private windows"},
		"Camera":                {func(b *desk.Browser) { b.Camera = "This computer has none." }, "has none. Upload"},
		"Canvas":                {func(b *desk.Browser) { b.Canvas = lacking.Canvas }, "hardware acceleration"},
	} {
		browser := complete
		c.change(&browser)
		b.Examined(browser)
		fixes := fixes(b.Text("about-report"))
		if !strings.Contains(fixes[name], c.want) {
			t.Errorf("%s: %q does not say %q", name, fixes[name], c.want)
		}
		delete(fixes, name)
		if len(fixes) > 0 && browser.Secure {
			t.Errorf("%s is missing, and there is also %v", name, fixes)
		}
	}
	flat := complete
	flat.Canvas = desk.Flat
	b.Examined(flat)
	if s := b.Text("about-report"); !strings.Contains(s, "without WebGL") || !strings.Contains(s, "works without it") {
		t.Errorf("without WebGL:\n%s", s)
	}
	b.Key("Escape")
	if d.View != "data" {
		t.Errorf("after Escape the view is %s", d.View)
	}
}

// fixes returns the remedies in a report, by what they are for.
func fixes(report string) map[string]string {
	all, last := map[string]string{}, ""
	for line := range strings.Lines(report) {
		if fix, ok := strings.CutPrefix(line, "  "); ok {
			all[last] += fix
			continue
		}
		last, _, _ = strings.Cut(line, ":")
	}
	return all
}

// TestOffline tells a service worker that is on its way from a certificate that the browser
// does not trust.
func TestOffline(t *testing.T) {
	b := open(t, 1280, 800, false)
	b.Press("help-browser")
	coming := complete
	coming.Installing = true
	b.Examined(coming)
	if s := b.Text("about-report"); strings.Contains(s, "certificate") || !strings.Contains(s, "being prepared") {
		t.Errorf("while it is installed:\n%s", s)
	}
	b.Keeps()
	if s := b.Text("about-report"); !strings.Contains(s, "Offline use: visited files are cached\n") {
		t.Errorf("when it is installed:\n%s", s)
	}
	b.KeptAll(nil)
	if s := b.Text("about-report"); !strings.Contains(s, "Offline use: all files are cached\n") {
		t.Errorf("when all is kept:\n%s", s)
	}
	b.Desk().Keeping = desk.Absent
	b.Examined(complete)
	if s := b.Text("about-report"); !strings.Contains(s, "certificate") {
		t.Errorf("a browser that keeps nothing:\n%s", s)
	}
	complete := complete
	complete.Service = false
	b.Examined(complete)
	if s := b.Text("about-report"); !strings.Contains(s, "no service workers") {
		t.Errorf("without service workers:\n%s", s)
	}
}

// TestFaults are in the report, in full, and in the view.
func TestFaults(t *testing.T) {
	b := open(t, 1280, 800, false)
	b.Examined(complete)
	b.Fault(errors.New("index out of range"), "page.go:17")
	b.Press("about-copy")
	if !strings.Contains(b.Copied, "Fault: index out of range\npage.go:17") {
		t.Errorf("the copy is\n%s", b.Copied)
	}
	b.Press("help-browser")
	says(t, b, "Faults, in full", "page.go:17")
}

// TestPresent is on and off by its button, which leads to Classify.
func TestPresent(t *testing.T) {
	b := open(t, 1280, 800, false)
	b.Press("about-present")
	if d := b.Desk(); !d.Presenting || d.View != "classify" {
		t.Errorf("presenting %v in %s", d.Presenting, d.View)
	}
	b.Press("diagnosis")
	b.Press("about-present")
	if d := b.Desk(); d.Presenting || d.View != "help" {
		t.Errorf("presenting %v in %s", d.Presenting, d.View)
	}
}

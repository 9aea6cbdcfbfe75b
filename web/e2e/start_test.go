package e2e

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"tenfold/wasm/ui/app"
	"tenfold/wasm/ui/network"

	"github.com/chromedp/cdproto/storage"
	"github.com/chromedp/chromedp"
)

// answering is the same page from a server that answers a file in another way.
func answering(t *testing.T, file string, answer func(w http.ResponseWriter, r *http.Request, proxy http.Handler)) string {
	t.Helper()
	proxy := proxied(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(path.Base(r.URL.Path), file) {
			answer(w, r, proxy)
			return
		}
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// TestStarts opens the page in browsers and from hosts that lack something: it works, or says
// why it does not, and goes on saying it.
func TestStarts(t *testing.T) {
	forbid := func(name string) string {
		return `Object.defineProperty(window, "` + name + `", { get() { throw new DOMException("Access is denied for this document.", "SecurityError"); } });`
	}
	retyped := func(kind string) func(http.ResponseWriter, *http.Request, http.Handler) {
		return func(w http.ResponseWriter, r *http.Request, proxy http.Handler) {
			all := httptest.NewRecorder()
			r.Header.Del("Accept-Encoding")
			proxy.ServeHTTP(all, r)
			w.Header().Set("Content-Type", kind)
			w.Write(all.Body.Bytes())
		}
	}
	for name, c := range map[string]struct {
		script, file string
		answer       func(http.ResponseWriter, *http.Request, http.Handler)
		want         string // in the status; "" where it works
	}{
		"cookies are blocked":    {script: forbid("localStorage") + forbid("sessionStorage")},
		"no WebAssembly":         {script: `delete globalThis.WebAssembly`, want: "no WebAssembly"},
		"another type":           {file: "ui.", answer: retyped("application/octet-stream")},
		"another for the worker": {file: "worker-relaxed.", answer: retyped("text/plain")},
		"a page for the program": {file: "ui.", answer: retyped("text/html; charset=utf-8"), want: "a page instead"},
		"no program":             {file: "ui.", answer: func(w http.ResponseWriter, r *http.Request, _ http.Handler) { http.NotFound(w, r) }, want: "404"},
		"no network":             {file: network.Opening + ".", answer: func(w http.ResponseWriter, r *http.Request, _ http.Handler) { http.NotFound(w, r) }, want: "404"},
		"no worker":              {file: "worker-relaxed.", answer: func(http.ResponseWriter, *http.Request, http.Handler) { panic(http.ErrAbortHandler) }, want: "could not start"},
		"an error at the start":  {script: `JSON.parse = () => { throw new Error("broken by the test"); }`, want: "broken by the test"},
	} {
		l := laptop
		l.script = noWebGL + c.script
		if c.file != "" {
			l.address = answering(t, c.file, c.answer)
		}
		p := visit(t, l)
		if c.want == "" {
			p.wait(`globalThis.tenfold && document.getElementById("loading").hidden && tenfold.answers > 0`)
			p.click("theme")
			p.changes(func() { p.click("sample") })
			continue
		}
		p.wait(statusHas(c.want))
		eval[any](p, `new Promise((done) => { let n = 0; const frame = () => ++n > 30 ? done() : requestAnimationFrame(frame); frame(); })`)
		if s, seen := p.text("status"), p.text("loading-text"); !strings.Contains(s, c.want) || s != seen || !strings.HasPrefix(s, "Tenfold could not start.") {
			t.Errorf("%s: the status is %q and one sees %q", name, s, seen)
		}
		p.shot("start-" + strings.ReplaceAll(name, " ", "-"))
	}
}

// TestNoWebGL uses every view in a browser without WebGL.
func TestNoWebGL(t *testing.T) {
	for name, l := range map[string]look{"laptop": laptop, "phone": {width: 390, height: 844, scale: 2, phone: true, dark: true}} {
		l.script = noWebGL
		p := open(t, l)
		p.changes(func() { p.click("sample") })
		p.shot("flat-" + name + "-classify")
		if name == "laptop" {
			p.changes(func() { p.click("clear") })
			p.changes(func() { p.stroke(120, 300, 300, 420, 420, 200) })
		}
		for _, view := range app.Views() { // Help is the last
			p.click(app.ButtonOf(view))
			p.shot("flat-" + name + "-" + view)
		}
		p.wait(`(document.getElementById("about-report")?.textContent ?? "").includes("without WebGL")`)
		p.shot("flat-" + name + "-about")
	}
}

// TestStorageFillsUp has the browser keep the page, leaves it no more room, and opens it again
// with a file that is not kept.
func TestStorageFillsUp(t *testing.T) {
	at, _ := server(t)
	p := keptPage(t, at)
	quota := 1.0
	p.do(call(storage.OverrideQuotaForOrigin, storage.OverrideQuotaForOriginParams{Origin: at, QuotaSize: &quota}))
	defer p.do(call(storage.OverrideQuotaForOrigin, storage.OverrideQuotaForOriginParams{Origin: at}))
	eval[any](p, `(async () => {
		const cache = await caches.open((await caches.keys())[0]);
		for (const request of await cache.keys()) if (/ui\.|worker-/.test(request.url)) await cache.delete(request);
	})()`)
	p.do(chromedp.Reload())
	p.survives(`globalThis.tenfold && document.getElementById("loading").hidden && tenfold.answers > 0`)
	p.click("view-train")
	p.waitLong(trainStatus("No training data yet"))
}

// TestCanvasIsTaken tells the page in the middle of a drawing that its canvas is lost.
func TestCanvasIsTaken(t *testing.T) {
	p := open(t, flat)
	p.changes(func() { p.click("clear") })
	p.changes(func() { p.stroke(120, 300, 300, 420, 420, 200) })
	p.settled()
	drawn := p.text("prediction")
	eval[any](p, `globalThis.still = true; document.querySelector("body > canvas").dispatchEvent(new Event("webglcontextlost"))`)
	p.wait(statusHas("started again"))
	p.wait(fmt.Sprintf(`document.getElementById("prediction").textContent === %q`, drawn))
	if !eval[bool](p, "!!globalThis.still") {
		t.Error("the page was loaded anew")
	}
}

// TestGestures presses what a browser allows in a person's own event alone, while the mouse
// moves: it is asked for in that event.
func TestGestures(t *testing.T) {
	l := laptop
	l.script = `globalThis.asked = [];
		for (const [owner, name] of [[HTMLInputElement.prototype, "click"], [Clipboard.prototype, "writeText"], [Clipboard.prototype, "read"]])
			owner[name] = async function () { asked.push((this.id ?? "") + name + " in " + globalThis.event?.type); throw new DOMException("", "NotAllowedError"); };`
	l.script += noWebGL
	p := open(t, l)
	want := func(text string, ask func()) {
		t.Helper()
		eval[any](p, `asked.length = 0`)
		ask()
		p.wait(`asked.length > 0`)
		if got := eval[string](p, `asked.join()`); got != text {
			t.Errorf("asked %q, want %q", got, text)
		}
	}
	for range 8 {
		want("uploadclick in pointerup", func() { p.stroke(82, 754, 82, 755, 83, 754) }) // Upload, on the canvas
	}
	want("click in pointerup", func() { p.stroke(520, 698, 521, 698) }) // any colour
	want("read in pointerup", func() { p.stroke(184, 754, 185, 754) })  // Paste
	want("uploadclick in keydown", func() { p.do(chromedp.KeyEvent("u")) })
	want("uploadclick in click", func() { p.click("choose") })
	p.click("view-train")
	want("datasetclick in click", func() { p.press("train-choose") })
	p.click("diagnosis")
	want("writeText in click", func() { p.press("about-copy") })
}

// TestSmallTextures opens long cards in a browser whose textures are smaller than these: it looks as
// with large ones. Where they are smaller than the window, WebGL is not used.
func TestSmallTextures(t *testing.T) {
	of := func(most int) (*tab, []byte) {
		l := laptop
		l.width, l.height = 500, 700
		l.script = fmt.Sprintf(`{ const get = WebGL2RenderingContext.prototype.getParameter;
			WebGL2RenderingContext.prototype.getParameter = function (what) { return what === this.MAX_TEXTURE_SIZE ? %d : get.call(this, what); }; }
			Object.defineProperties(screen, { width: { value: 500 }, height: { value: 700 } });`, most)
		p := open(t, l)
		p.wait(`document.getElementById("do-offline") !== null`) // what comes late at the top
		p.click("diagnosis")
		p.press("help-glossary")
		p.settled()
		eval[any](p, `document.querySelector("body > canvas").dispatchEvent(new WheelEvent("wheel", { deltaY: 1500, clientX: 250, clientY: 400, bubbles: true, cancelable: true }))`)
		p.shot(fmt.Sprintf("textures-%d", most))
		shown, err := os.ReadFile(filepath.Join(artifacts, fmt.Sprintf("textures-%d.png", most)))
		if err != nil {
			t.Fatal(err)
		}
		return p, shown
	}
	_, want := of(8192)
	if _, got := of(1024); !bytes.Equal(got, want) {
		t.Error("with small textures the page looks otherwise")
	}
	p, _ := of(512)
	p.wait(`(document.getElementById("about-report")?.textContent ?? "").includes("without WebGL")`)
}

package e2e

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tenfold/nn/task"
	"tenfold/wasm/ui/network"

	"github.com/chromedp/chromedp"
)

// keptPage opens the page of a server and waits until the browser keeps it.
func keptPage(t *testing.T, address string) *tab {
	t.Helper()
	l := laptop
	l.address, l.kept, l.script = address, true, noWebGL
	p := open(t, l)
	p.wait(`document.getElementById("do-offline") !== null && navigator.serviceWorker.controller !== null`)
	return p
}

// survives waits for a state as wait does, of a page that may load itself anew meanwhile.
func (p *tab) survives(expression string) {
	p.Helper()
	for deadline := time.Now().Add(patience); ; time.Sleep(100 * time.Millisecond) {
		ok, err := chromedp.Run(p.ctx, chromedp.Evaluate[bool]("Boolean("+expression+")"))
		if err == nil && ok {
			return
		}
		if time.Now().After(deadline) {
			p.Fatalf("waiting for %s: %v; %q", expression, err, p.text("loading-text"))
		}
	}
}

// asset is the address of a packed file, as a JavaScript expression.
func asset(name string) string {
	return fmt.Sprintf(`new URL(JSON.parse(document.getElementById("files").textContent)[%q].url, location).href`, name)
}

// server starts a server of the test's own.
func server(t *testing.T) (address string, stop func()) {
	t.Helper()
	if missing != "" {
		t.Skip(missing)
	}
	address, end, err := launch("-addr", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	stop = sync.OnceFunc(func() {
		end()
		if answer, err := http.Get(address); err == nil {
			answer.Body.Close()
			t.Error("the server goes on")
		}
	})
	t.Cleanup(stop)
	return address, stop
}

// TestOffline opens the page, brings pictures, stops the server, opens the page again,
// classifies, and trains on what was stored.
func TestOffline(t *testing.T) {
	set := testSet(t, 500)
	at, stop := server(t)
	p := keptPage(t, at)
	if n := eval[float64](p, `caches.keys().then((k) => k.length)`); n != 1 {
		t.Errorf("%g builds are kept", n)
	}
	if eval[bool](p, fmt.Sprintf(`caches.match(%s).then((r) => r !== undefined)`, asset("trainer.wasm"))) {
		t.Error("the program that trains is kept before it is used")
	}
	p.bring("test_batch.bin", set)
	p.wait(`document.getElementById("train-start")?.disabled === false`)
	for _, file := range []string{"trainer.wasm", task.TutorialCNN + ".safetensors"} { // and what it begins with
		eval[any](p, fmt.Sprintf(`(async () => { while (!(await caches.match(%s))) await new Promise((r) => setTimeout(r, 50)); })()`, asset(file)))
	}
	stop()
	p.reload()
	if s := p.text("prediction"); !strings.HasPrefix(s, "ship") {
		t.Errorf("offline the prediction is %q", s)
	}
	if !eval[bool](p, "crossOriginIsolated") {
		t.Error("offline the page is not isolated")
	}
	p.click("view-train")
	p.wait(`document.getElementById("train-start")?.disabled === false`)
	p.set("train-epochs", "1")
	p.press("train-start")
	p.waitLong(trainStatus("done"))
	p.shot("offline")
}

// TestOfflineWithoutTraining opens Train without a network in a browser that has never trained: it is
// not ready, says so and why, and is when there is a network again.
func TestOfflineWithoutTraining(t *testing.T) {
	at, stop := server(t)
	p := keptPage(t, at)
	stop()
	p.reload()
	p.click("view-train")
	p.wait(statusHas("cannot start"))
	p.shot("offline-without-training")
	if s := p.text("train-status"); !strings.Contains(s, "is not here") {
		t.Errorf("the status is %q", s)
	}
	if !eval[bool](p, `document.getElementById("train-start").disabled`) {
		t.Error("a run can be started without the program that trains")
	}
	p.click("view-classify")
	if s := p.text("prediction"); !strings.HasPrefix(s, "ship") {
		t.Errorf("offline the prediction is %q", s)
	}
	_, again, err := launch("-addr", strings.TrimPrefix(strings.TrimSuffix(at, "/"), "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(again)
	p.click("view-train")
	p.waitLong(trainStatus("No training data yet"))
}

// TestEverythingOffline has the browser keep all of a page that has shown nothing but
// Classify.
func TestEverythingOffline(t *testing.T) {
	at, stop := server(t)
	p := keptPage(t, at)
	p.click("offline")
	p.waitLong(statusHas("Ready for offline use"))
	stop()
	p.reload()
	p.click("view-train")
	p.wait(trainStatus("No training data yet"))
}

// TestDamagedCache damages what is kept of the page, a file at a time, and removes it all:
// each time the page opens again.
func TestDamagedCache(t *testing.T) {
	at, _ := server(t)
	p := keptPage(t, at)
	for _, name := range []string{"page.js", "ui.wasm", network.Opening + ".safetensors", "worker-relaxed.wasm"} {
		eval[any](p, fmt.Sprintf(`(async () => {
			const cache = await caches.open((await caches.keys())[0]);
			await cache.put(%s, new Response("damaged", { headers: (await cache.match(%[1]s)).headers }));
		})()`, asset(name)))
		p.do(chromedp.Reload())
		p.survives(`window.tenfold && document.getElementById("loading").hidden && tenfold.answers > 0`)
		if s := p.text("prediction"); !strings.HasPrefix(s, "ship") {
			t.Errorf("%s: the prediction is %q", name, s)
		}
	}
	eval[any](p, `caches.keys().then((all) => Promise.all(all.map((k) => caches.delete(k))))`)
	p.reload()
	eval[any](p, `navigator.serviceWorker.getRegistrations().then((all) => Promise.all(all.map((r) => r.unregister())))`)
	p.reload()
}

// newer serves a page as another build once it is told to.
func newer(t *testing.T) (address string, now *atomic.Bool) {
	t.Helper()
	at, _ := server(t)
	to, err := url.Parse(at)
	if err != nil {
		t.Fatal(err)
	}
	now = new(atomic.Bool)
	proxy := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(to)
		r.Out.Header.Set("Accept-Encoding", "identity")
		r.Out.Header.Del("If-None-Match")
	}}
	proxy.ModifyResponse = func(r *http.Response) error {
		path := r.Request.URL.Path
		if !now.Load() || path != "/" && path != "/sw.js" {
			return nil
		}
		b, err := io.ReadAll(r.Body)
		if err != nil {
			return err
		}
		if path == "/" {
			b = bytes.Replace(b, []byte("<html"), []byte("<html data-newer"), 1)
		} else {
			b = regexp.MustCompile(`const build = "[0-9a-f]+"`).ReplaceAll(b, []byte(`const build = "newer"`))
		}
		r.Body = io.NopCloser(bytes.NewReader(b))
		r.Header.Set("Content-Length", strconv.Itoa(len(b)))
		r.Header.Del("ETag")
		return nil
	}
	server := httptest.NewServer(proxy)
	t.Cleanup(server.Close)
	return server.URL, now
}

// TestNewVersion serves a new build while an old tab trains. The tab stays on the old one
// until the person takes the new one; then the run goes on, and the drawing and the picture are there.
func TestNewVersion(t *testing.T) {
	set := testSet(t, 1000)
	at, now := newer(t)
	p := keptPage(t, at)
	p.bring("test_batch.bin", set)
	p.wait(`document.getElementById("train-start")?.disabled === false`)
	p.set("train-workers", "1")
	p.set("train-epochs", "50")
	p.press("train-start")
	p.wait(trainStatus("epoch 1/50 step"))
	p.click("view-classify")
	p.changes(func() { p.stroke(120, 300, 300, 420, 420, 200) })
	p.settled()
	p.changes(func() { p.upload("sky.png", pngOf(testPicture(64, 64))) })
	p.click("view-train")
	now.Store(true)
	eval[any](p, `navigator.serviceWorker.getRegistration().then((r) => r.update())`)
	p.wait(`document.getElementById("do-update") !== null`)
	p.shot("offline-new-version")
	p.wait(trainStatus("epoch"))
	if eval[bool](p, `"newer" in document.documentElement.dataset`) {
		t.Error("the tab is on the new build already")
	}
	p.click("update")
	p.survives(`"newer" in document.documentElement.dataset && window.tenfold && document.getElementById("loading").hidden && tenfold.answers > 0`)
	p.waitLong(trainStatus("/50 step")) // it goes on by itself
	p.click("view-classify")
	if s := p.text("do-draw"); s == "" {
		t.Error("the picture is gone")
	}
	p.click("draw")
	p.shot("offline-taken-up")
	if ink := p.colour(420, 203); ink != "#18181c" { // the network goes on learning, so what it says is no sign
		t.Errorf("where the stroke ended, the pad is %s", ink)
	}
	if keys := eval[string](p, `caches.keys().then((k) => k.join())`); keys != "tenfold-newer" {
		t.Errorf("kept: %s", keys)
	}
	p.press("train-stop")
	p.wait(trainStatus("stopped"))
}

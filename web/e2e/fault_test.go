package e2e

import (
	"io/fs"
	"net/http"
	"net/http/httptest"
	"path"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"tenfold/web"
)

// TestTwoTabs trains in one tab and opens the page in another: the second reads what is
// there, trains in memory, and leaves the first one's run alone; when the first is closed
// and the second loaded anew, it keeps what it does.
func TestTwoTabs(t *testing.T) {
	p := ready(t, laptop, 400)
	p.set("train-epochs", "500")
	p.press("train-start")
	p.wait(trainStatus("epoch 1/500"))
	q := open(t, flat)
	q.click("view-train")
	q.wait(statusHas("open in another tab"))
	q.wait(`document.getElementById("train-start")?.disabled === false`) // the pictures are there
	if eval[bool](q, trainStatus("resume")) {
		t.Error("the run of the first tab is offered to the second")
	}
	q.set("train-epochs", "1")
	q.press("train-start")
	q.waitLong(trainStatus("done"))
	q.press("train-forget")
	q.wait(statusHas("tab of this page keeps these"))
	p.press("train-pause")
	p.waitLong(trainStatus("paused"))
	p.reload()
	p.click("view-train")
	p.wait(trainStatus("resume"))
	p.do(chromedp.Navigate("about:blank")) // the first one is closed
	q.reload()
	q.click("view-train")
	q.wait(trainStatus("resume"))
	if s := q.text("status"); strings.Contains(s, "another tab") {
		t.Errorf("alone, the page says %q", s)
	}
}

// TestTabCrashes crashes the tab in the middle of an epoch: in a new one the run goes on
// to the same network, to the last digit.
func TestTabCrashes(t *testing.T) {
	p := ready(t, laptop, 1000)
	p.short()
	p.press("train-start")
	p.waitLong(trainStatus("done"))
	p.settled()
	want := p.answer()
	p.press("train-revert")
	p.press("train-start")
	p.wait(trainStatus("epoch 1/2 step"))
	p.press("train-pause") // a checkpoint is written, as it is every ten seconds
	p.wait(trainStatus("paused"))
	p.press("train-pause")
	p.wait(trainStatus("epoch"))
	go chromedp.Do(p.ctx, call(page.Crash, cdp.Empty{})) // there is no answer from a tab that has crashed
	q := open(t, flat)
	q.click("view-train")
	q.waitLong(trainStatus("resume"))
	q.press("train-resume")
	q.waitLong(trainStatus("done"))
	q.click("view-train")
	q.settled()
	if got := q.answer(); got != want {
		t.Errorf("after the crash the network says %s, want %s", got, want)
	}
}

// interrupted is the same page from a server that stops in the middle of a file, as often
// as cuts says.
func interrupted(t *testing.T, file string, cuts *atomic.Int32) string {
	t.Helper()
	proxy := proxied(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != "GET" || !strings.Contains(path.Base(r.URL.Path), file) || cuts.Add(-1) < 0 {
			proxy.ServeHTTP(w, r)
			return
		}
		all := httptest.NewRecorder()
		proxy.ServeHTTP(all, r)
		for name, values := range all.Header() {
			w.Header()[name] = values
		}
		w.Header().Set("Content-Length", strconv.Itoa(all.Body.Len()))
		w.WriteHeader(all.Code)
		w.Write(all.Body.Bytes()[:all.Body.Len()/2])
		w.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// TestServerStopsInTheMiddle cuts the server off while the page loads, and while the data
// set comes: the page says so, and all is well when the server is back.
func TestServerStopsInTheMiddle(t *testing.T) {
	var cuts atomic.Int32
	cuts.Store(1)
	at := interrupted(t, "ui.", &cuts)
	p := visit(t, look{width: 1280, height: 800, scale: 1, address: at})
	p.wait(`document.getElementById("status").textContent.includes("could not start")`)
	p.reload()
	testSet(t, 1)
	var data atomic.Int32
	data.Store(1)
	q := open(t, look{width: 1280, height: 800, scale: 1, address: interrupted(t, "test_batch.bin", &data)})
	q.click("view-train")
	q.press("train-fetch")
	q.wait(statusHas("network error"))
	q.shot("fault-download")
	if !eval[bool](q, `document.getElementById("train-start")?.disabled === true`) {
		t.Error("half a data set can be trained on")
	}
	q.press("train-fetch")
	q.waitLong(`document.getElementById("train-start")?.disabled === false`)
}

// TestStaticHost serves the packed page as any static host does, in a folder of its own and
// without the headers: it classifies, keeps itself and trains.
func TestStaticHost(t *testing.T) {
	set := testSet(t, 300)
	if missing != "" {
		t.Skip(missing)
	}
	plain, err := fs.Sub(web.Dist(), ".")
	if err != nil {
		t.Fatal(err)
	}
	var outside atomic.Int32
	mux := http.NewServeMux()
	mux.Handle("/lessons/tenfold/", http.StripPrefix("/lessons/tenfold/", http.FileServerFS(plain)))
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/favicon.ico" {
			outside.Add(1)
			t.Errorf("the page asked for %s", r.URL.Path)
		}
		http.NotFound(w, r)
	})
	host := httptest.NewServer(mux)
	t.Cleanup(host.Close)
	p := keptPage(t, host.URL+"/lessons/tenfold/")
	if eval[bool](p, "crossOriginIsolated") {
		t.Error("the host sends the headers")
	}
	p.teach() // from what comes with the network alone
	p.click("view-train")
	if s := p.text("train-result"); strings.Contains(s, "other") {
		t.Errorf("without other pictures the result is %q", s)
	}
	p.bring("test_batch.bin", set)
	p.wait(`document.getElementById("train-start")?.disabled === false`)
	p.set("train-epochs", "1")
	p.set("train-workers", "2")
	p.press("train-start")
	p.waitLong(trainStatus("done"))
}

// TestTrustedTypes tries to put code into the page and into a worker.
func TestTrustedTypes(t *testing.T) {
	p := open(t, flat)
	for name, attempt := range map[string]string{
		"markup":           `document.body.insertAdjacentHTML("beforeend", "<b>x</b>")`,
		"a script":         `document.createElement("script").src = "page.js"`,
		"a worker":         `new Worker("worker.js")`,
		"another's policy": `trustedTypes.createPolicy("other", {createScriptURL: (u) => u})`,
		"eval":             `(0, eval)("1")`,
		"the policy":       `trustedTypes.createPolicy("tenfold", {createScriptURL: (u) => u})`,
	} {
		// Later, because what the test itself evaluates may do everything.
		if !eval[bool](p, `new Promise((done) => setTimeout(() => { try { `+attempt+`; done(false) } catch { done(true) } }))`) {
			t.Errorf("%s was let in", name)
		}
	}
}

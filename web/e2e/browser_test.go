// Package e2e tests the page in a real Chromium through its twin in the document,
// as a person with a screen reader would use it, and keeps screenshots for a
// person to look at.
package e2e

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"tenfold/web"
	"tenfold/web/chromium"
)

// artifacts is where screenshots are kept.
const artifacts = "../../artifacts"

// patience is how long a state may take to come; a test waits for states, and this
// only ends one that hangs.
const patience = 60 * time.Second

var (
	program string          // the server
	address string          // of the one that runs
	browser context.Context // nil without one
	missing string          // why there is none
)

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	if _, err := fs.Stat(web.Dist(), "index.html"); err != nil {
		missing = "the page is not packed: run `make build` first"
		return m.Run()
	}
	ctx, end, err := chromium.Start()
	if errors.Is(err, chromium.ErrMissing) {
		missing = err.Error()
		return m.Run()
	} else if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	browser = ctx
	defer end()
	stop, err := serve()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer stop()
	return m.Run()
}

// serve builds the server and starts it on a port of its own.
func serve() (stop func(), err error) {
	dir, err := os.MkdirTemp("", "tenfold-e2e-")
	if err != nil {
		return nil, err
	}
	program = filepath.Join(dir, "tenfold")
	if out, err := exec.Command("go", "build", "-o", program, "tenfold/server").CombinedOutput(); err != nil {
		return nil, fmt.Errorf("go build: %w\n%s", err, out)
	}
	args := []string{"-addr", "127.0.0.1:0"}
	if data := os.Getenv("TENFOLD_DATA"); data != "" {
		args = append(args, "-data", data)
	}
	var end func()
	address, end, err = launch(args...)
	return func() { end(); os.RemoveAll(dir) }, err
}

// launch starts the server and returns the first address that it prints.
func launch(args ...string) (url string, stop func(), err error) {
	return launchAndHear(nil, args...)
}

// launchAndHear is launch, and has heard, unless nil, take each line that is printed then.
func launchAndHear(heard func(line string), args ...string) (url string, stop func(), err error) {
	cmd := exec.Command(program, args...)
	cmd.Env = append(os.Environ(), "XDG_CONFIG_HOME="+filepath.Join(filepath.Dir(program), "config")) // where certificates are kept
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		return "", func() {}, err
	}
	if err := cmd.Start(); err != nil {
		return "", func() {}, err
	}
	stop = func() {
		cmd.Process.Signal(os.Interrupt)
		cmd.Wait()
	}
	lines := bufio.NewScanner(pipe)
	for lines.Scan() {
		if rest, ok := strings.CutPrefix(lines.Text(), "Tenfold is at "); ok {
			go func() {
				for lines.Scan() {
					if heard != nil {
						heard(lines.Text())
					}
				}
				io.Copy(io.Discard, pipe)
			}()
			return strings.Fields(rest)[0], stop, nil
		}
	}
	stop()
	return "", func() {}, fmt.Errorf("the server printed no address: %w", lines.Err())
}

// tab is a page in the browser.
type tab struct {
	*testing.T
	ctx context.Context
}

// look is how a tab looks at the page.
type look struct {
	width, height int64
	scale         float64
	phone, dark   bool
	script        string // runs before the page's own
	address       string // "" is the server's
	kept          bool   // the page comes from what the browser has kept of it
	apart         bool   // in a browser of its own, which shares nothing with the other tabs
}

var laptop = look{width: 1280, height: 800, scale: 1}

// flat is laptop without WebGL, which in software takes a core: for tests of what is computed.
var flat = look{width: 1280, height: 800, scale: 1, script: noWebGL}

// small is flat in a small window: for tests of answers, which painting would keep waiting.
var small = look{width: 400, height: 300, scale: 1, script: noWebGL}

// open opens the page in a new tab and waits until the canvas is there and has an
// answer.
func open(t *testing.T, l look) *tab {
	t.Helper()
	p := visit(t, l)
	p.wait(`document.getElementById("loading").hidden && tenfold.answers > 0`)
	return p
}

// visit opens the page in a new tab.
func visit(t *testing.T, l look) *tab {
	t.Helper()
	p := blank(t, l)
	p.navigate(cmp.Or(l.address, address))
	return p
}

func (p *tab) navigate(to string) {
	p.Helper()
	p.do(chromedp.Navigate(to))
}

// blank opens a new tab that shows nothing yet.
func blank(t *testing.T, l look) *tab {
	t.Helper()
	if missing != "" {
		t.Skip(missing)
	}
	var options []chromedp.ContextOption
	if l.apart {
		options = append(options, chromedp.WithNewBrowserContext())
	}
	ctx, cancel := chromedp.NewContext(browser, options...)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil { // without a deadline, which would close the tab
		t.Fatal(err)
	}
	p := &tab{t, ctx}
	p.do(call(network.SetBypassServiceWorker, network.SetBypassServiceWorkerParams{Bypass: !l.kept}))
	scheme := "light"
	if l.dark {
		scheme = "dark"
	}
	l.script = "try { localStorage.tour ??= 'no' } catch {};" + l.script // the tour has a test of its own
	if l.script != "" {
		p.do(call(page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: l.script}))
	}
	p.resize(l)
	p.scheme(scheme)
	return p
}

// scheme has the system be light or dark.
func (p *tab) scheme(name string) {
	p.Helper()
	p.do(call(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: name}}}))
}

// resize gives the tab a look's window, pixels and finger.
func (p *tab) resize(l look) {
	p.Helper()
	options := []chromedp.EmulateViewportOption{chromedp.EmulateScale(l.scale)}
	if l.phone {
		options = append(options, chromedp.EmulateMobile, chromedp.EmulateTouch)
	}
	p.do(chromedp.EmulateViewport(l.width, l.height, options...))
}

// call is a command of the browser's protocol as a step.
func call[P, R any](c cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, c, params)
		return err
	})
}

func (p *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	p.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		p.Fatal(err)
	}
}

// eval returns what a JavaScript expression, or the promise that it is, comes to.
func eval[T any](p *tab, expression string) T {
	p.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		p.Fatalf("%s: %v", expression, err)
	}
	return v
}

// wait waits until a JavaScript expression is true.
func (p *tab) wait(expression string) {
	p.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if _, err := chromedp.Run(ctx, chromedp.Poll[bool](expression, chromedp.WithPollingInterval(50*time.Millisecond), chromedp.WithPollingTimeout(patience))); err != nil {
		p.Fatalf("waiting for %s: %v; status %q", expression, err, p.text("status"))
	}
}

// text is the text of an element of the twin.
func (p *tab) text(id string) string {
	p.Helper()
	return eval[string](p, fmt.Sprintf(`document.getElementById(%q)?.textContent ?? ""`, id))
}

// click presses a button of the twin, in its view: that of the classify view where the present
// one has none of that ID.
func (p *tab) click(id string) {
	p.Helper()
	p.inView("do-"+id, "classify")
	eval[any](p, fmt.Sprintf("document.getElementById(%q).click()", "do-"+id))
}

// inView goes to a view where the present one has no element of an ID.
func (p *tab) inView(id, view string) {
	p.Helper()
	eval[any](p, fmt.Sprintf(`document.getElementById(%q) || document.getElementById("do-view-"+%q)?.click()`, id, view))
}

// changes runs f and waits until the prediction is another.
func (p *tab) changes(f func()) string {
	p.Helper()
	before := p.text("prediction")
	f()
	p.wait(fmt.Sprintf("document.getElementById('prediction').textContent !== %q", before))
	return p.text("prediction")
}

// shots keeps a screenshot in each theme.
func (p *tab) shots(name string) {
	p.Helper()
	for _, scheme := range []string{"light", "dark"} {
		p.shot(name + "-" + scheme)
		p.click("theme")
	}
}

// shot keeps a screenshot.
func (p *tab) shot(name string) {
	p.Helper()
	// Two frames, so that what was said in the twin is on the canvas too.
	eval[any](p, "new Promise(r => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(r, 300))))")
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	b, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.Fatal(err)
	}
	if err := os.MkdirAll(artifacts, 0o755); err != nil {
		p.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(artifacts, name+".png"), b, 0o644); err != nil {
		p.Fatal(err)
	}
}

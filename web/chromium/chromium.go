// Package chromium starts a headless Chromium for tests and measurements, and
// runs Go programs that were built for WebAssembly in it.
package chromium

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/chromedp/chromedp"
)

// ErrMissing says that there is no browser, and how to get one.
var ErrMissing = errors.New("no Chromium or Chrome on the PATH: on Debian and Ubuntu, apt-get install chromium; elsewhere https://www.google.com/chrome")

// Find returns the browser's path.
func Find() (string, error) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", ErrMissing
}

// flags make Chromium quiet, draw WebGL in software, and have a camera that shows
// a test picture.
var flags = map[string]any{
	"use-gl": "angle", "use-angle": "swiftshader", "enable-unsafe-swiftshader": true, "disable-quic": true,
	"disable-background-networking": true, "disable-component-update": true, "disable-sync": true,
	"use-fake-ui-for-media-stream": true, "use-fake-device-for-media-stream": true, "hide-scrollbars": true,
	"host-resolver-rules":   "MAP room.test 127.0.0.1", // a name of the network, which is not a secure context
	"disable-dev-shm-usage": true, "disable-background-timer-throttling": true, "disable-renderer-backgrounding": true,
}

// Start starts a browser; chromedp.NewContext opens tabs in it. stop ends it.
func Start() (browser context.Context, stop func(), err error) {
	path, err := Find()
	if err != nil {
		return nil, nil, err
	}
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(path), chromedp.Headless, chromedp.NoSandbox, chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck,
	}
	for name, value := range flags {
		options = append(options, chromedp.Flag(name, value))
	}
	allocator, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	browser, end := chromedp.NewContext(allocator)
	stop = func() { end(); cancel() }
	if err := chromedp.Do(browser); err != nil {
		stop()
		return nil, nil, fmt.Errorf("the browser does not start: %w", err)
	}
	return browser, stop, nil
}

// runner is the page that runs a program: it collects the output and the exit
// code.
const runner = `<!DOCTYPE html><meta charset="utf-8"><script src="wasm_exec.js"></script><script>
window.output = ""; window.code = null;
const decoder = new TextDecoder();
globalThis.fs.writeSync = (fd, buf) => { window.output += decoder.decode(buf, { stream: true }); return buf.length; };
// A browser has no files: every one is missing, which Go's testing expects to hear.
const missing = (...args) => args.at(-1)(Object.assign(new Error("no such file"), { code: "ENOENT" }));
Object.assign(globalThis.fs, { open: missing, stat: missing, lstat: missing, constants:
  { O_WRONLY: 1, O_RDWR: 2, O_CREAT: 64, O_EXCL: 128, O_TRUNC: 512, O_APPEND: 1024, O_DIRECTORY: 65536 } });
(async () => {
  const go = new Go();
  go.argv = JSON.parse(decodeURIComponent(location.hash.slice(1)));
  go.exit = (code) => { window.code = code; };
  const { instance } = await WebAssembly.instantiateStreaming(fetch("program.wasm"), go.importObject);
  await go.run(instance);
})().catch((error) => { window.output += "\n" + error; window.code = window.code || 2; });
</script>`

// Run runs the WebAssembly program at path in a new tab and returns what it
// printed. A program that exits with another code than 0 is an error.
func Run(ctx, browser context.Context, path string, args ...string) (string, error) {
	server, err := serve(path)
	if err != nil {
		return "", err
	}
	defer server.Close()
	tab, closeTab := chromedp.NewContext(browser)
	defer closeTab()
	if err := chromedp.Do(tab); err != nil {
		return "", err
	}
	stop := context.AfterFunc(ctx, closeTab)
	defer stop()
	var argv []string
	for _, a := range append([]string{filepath.Base(path)}, args...) {
		argv = append(argv, fmt.Sprintf("%q", a))
	}
	if err := chromedp.Do(tab, chromedp.Navigate(server.URL+"/#["+strings.Join(argv, ",")+"]")); err != nil {
		return "", err
	}
	code, err := chromedp.Run(tab, chromedp.Poll[float64]("window.code === null ? false : window.code + 1", chromedp.WithPollingTimeout(0))) // ctx says how long
	if err != nil {
		return "", errors.Join(err, ctx.Err())
	}
	output, err := chromedp.Run(tab, chromedp.Evaluate[string]("window.output"))
	if err == nil && code != 1 {
		err = fmt.Errorf("the program ended with %d", int(code)-1)
	}
	return output, err
}

// serve serves the runner, Go's loader and the program, isolated, so that the
// browser's clock is fine enough to measure with.
func serve(program string) (*httptest.Server, error) {
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, fmt.Errorf("go env: %w", err)
	}
	loader, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js"))
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	send := func(kind string, b []byte) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			w.Header().Set("Cross-Origin-Opener-Policy", "same-origin")
			w.Header().Set("Cross-Origin-Embedder-Policy", "require-corp")
			w.Write(b) // the browser may be gone; there is nobody to tell
		}
	}
	mux.HandleFunc("/", send("text/html", []byte(runner)))
	mux.HandleFunc("/wasm_exec.js", send("text/javascript", loader))
	mux.HandleFunc("/program.wasm", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/wasm")
		http.ServeFile(w, r, program)
	})
	return httptest.NewServer(mux), nil
}

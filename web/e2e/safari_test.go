package e2e

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// patched is the same page whose workers begin with a script, as if another browser ran them.
func patched(t *testing.T, script string) string {
	t.Helper()
	return answering(t, "worker.", func(w http.ResponseWriter, r *http.Request, proxy http.Handler) {
		if !strings.HasSuffix(r.URL.Path, ".js") {
			proxy.ServeHTTP(w, r)
			return
		}
		all := httptest.NewRecorder()
		r.Header.Del("Accept-Encoding")
		proxy.ServeHTTP(all, r)
		for name, values := range all.Header() {
			w.Header()[name] = values
		}
		w.Header().Del("Content-Length")
		fmt.Fprintf(w, "%s\n%s", script, all.Body)
	})
}

// TestOtherBrowsersStorage stores pictures and a run of two workers in browsers whose functions
// differ, where memory may be shared and where it may not, and finds them after a reload.
func TestOtherBrowsersStorage(t *testing.T) {
	t.Parallel()
	set := testSet(t, 300)
	for name, script := range map[string]string{
		// WebKit's move takes the folder and the name.
		"WebKit": `{ const move = FileSystemHandle.prototype.move ?? FileSystemFileHandle.prototype.move; FileSystemFileHandle.prototype.move = function (folder, name) {
			if (arguments.length < 2) throw new TypeError("Not enough arguments"); if (!(folder instanceof FileSystemDirectoryHandle)) throw new TypeError("Type error"); return move.call(this, folder, name); }; }`,
		"no move":               `FileSystemFileHandle.prototype.move = async () => { throw new TypeError("Not enough arguments"); }; delete globalThis.SharedArrayBuffer;`,
		"no synchronous access": `delete FileSystemFileHandle.prototype.createSyncAccessHandle; globalThis.SharedArrayBuffer = class { constructor() { throw new RangeError("not here"); } };`,
	} {
		t.Run(name, func(t *testing.T) {
			p := fresh(t, look{width: 1280, height: 800, scale: 1, script: noWebGL, address: patched(t, script)})
			p.bring("test_batch.bin", set)
			p.wait(`document.getElementById("train-start")?.disabled === false`)
			p.set("train-workers", "2")
			p.short()
			p.press("train-start")
			p.wait(trainStatus("epoch 1/2 step"))
			p.press("train-pause")
			p.wait(trainStatus("paused"))
			p.reload()
			p.click("view-train")
			p.wait(trainStatus("resume"))
			p.press("train-resume")
			p.waitLong(trainStatus("done"))
			if s := p.text("status"); s != "Ready." {
				t.Errorf("the status is %q", s)
			}
		})
	}
	p := fresh(t, look{width: 1280, height: 800, scale: 1, script: noWebGL, address: patched(t, `delete FileSystemFileHandle.prototype.createSyncAccessHandle; delete FileSystemFileHandle.prototype.createWritable;`)})
	p.bring("test_batch.bin", set)
	p.wait(statusHas("stay in memory"))
	p.wait(`document.getElementById("train-start")?.disabled === false`)
}

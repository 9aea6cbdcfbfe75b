package e2e

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image/jpeg"
	"strings"
)

// walk goes through the page as a person would who has come to draw and to train: it draws,
// brings pictures, trains with two workers, and after a reload without a network finds the drawing
// and goes on with the run, where the browser keeps files.
func (b *engine) walk() {
	b.Helper()
	at, stop := server(b.T)
	b.loaded(at)
	b.wait(`navigator.serviceWorker.controller`)
	if s := b.text("status"); strings.Contains(s, "new version") {
		b.Errorf("at the first visit the page says %q", s)
	}
	b.eval(`(() => { window.persists = 0; const asks = window.StorageManager?.prototype; if (asks) { asks.persisted = async () => false; asks.persist = async () => { window.persists++; return true; }; } })()`, nil)
	b.changes(func() { b.pointer(120, 300, 200, 380, 300, 240, 420, 330) })
	b.shot("drawn")
	drawn := b.text("prediction")
	b.chooser()
	b.changes(func() { b.choose("upload", "sky.png", pngOf(testPicture(64, 64))) })
	var picture bytes.Buffer
	if err := jpeg.Encode(&picture, testPicture(400, 300), nil); err != nil {
		b.Fatal(err)
	}
	b.choose("upload", "cut.jpg", picture.Bytes()[:picture.Len()/2])
	b.wait(statusHas("cut short"))
	b.pastes()
	b.diagnosed()
	for _, view := range []string{"data", "evaluate", "model", "build", "classes"} {
		b.press("do-view-" + view)
		b.wait(`!/Looking for|Reading the network/.test(document.getElementById("twin-view").textContent)`)
		b.shot(view)
	}
	var persists int
	if b.eval("window.persists", &persists); persists != 0 {
		b.Error("storage is asked for before there is anything worth keeping")
	}
	b.paused()
	if b.eval("window.StorageManager ? window.persists : 1", &persists); persists != 1 {
		b.Errorf("storage is asked for %d times", persists)
	}
	var keepsNone string
	b.await(`navigator.storage.getDirectory().then((d) => d.getDirectoryHandle("tenfold")).then(() => "")`, &keepsNone)
	b.await(fmt.Sprintf(`(async () => { while (!(await caches.match(%s))) await new Promise((r) => setTimeout(r, 50)); })()`, asset("trainer.wasm")), nil)
	stop()
	if keepsNone != "" {
		b.Logf("what is kept is not tried: a session that is driven keeps no files (%s). TestOtherBrowsersStorage stands in", keepsNone)
		b.press("train-pause")
		b.wait(trainStatus("done"))
	}
	b.reload()
	b.wait(fmt.Sprintf("document.getElementById('prediction').textContent === %q", drawn)) // it is brought back
	b.press("do-view-train")
	if keepsNone == "" {
		b.wait(trainStatus("resume"))
		b.press("train-resume")
		b.wait(trainStatus("done"))
	}
	b.shot("offline")
	b.Log(b.text("train-result"))
}

// chooser asks for the file chooser by key and by the mouse. It cannot be seen itself; whether the browser
// grants it can.
func (b *engine) chooser() {
	b.Helper()
	b.eval(`(() => { window.granted = []; HTMLInputElement.prototype.click = function () { granted.push(window.event?.type + (navigator.userActivation?.isActive ?? true)); }; })()`, nil)
	for n := range 8 {
		b.keys("u")
		b.wait(fmt.Sprintf("granted.length === %d", n+1))
	}
	b.clicks("do-choose")
	b.wait("granted.length === 9")
	var granted []string
	b.eval("granted", &granted)
	for _, g := range granted {
		if g != "keydowntrue" && g != "pointeruptrue" {
			b.Errorf("the chooser was asked for in %q", granted)
			return
		}
	}
}

// pastes copies a picture in the page, which a browser allows in a person's own event alone, and
// presses Ctrl+V.
func (b *engine) pastes() {
	b.Helper()
	b.eval(fmt.Sprintf(`(() => { window.copied = ""; HTMLInputElement.prototype.click = function () {
		const bytes = Uint8Array.from(atob(%q), (c) => c.charCodeAt(0));
		navigator.clipboard.write([new ClipboardItem({ "image/png": new Blob([bytes], { type: "image/png" }) })]).then(() => { window.copied = "copied"; }, (error) => { window.copied = String(error); });
	}; })()`, base64.StdEncoding.EncodeToString(pngOf(disc()))), nil)
	b.keys("u")
	b.wait("window.copied")
	var copied string
	if b.eval("copied", &copied); copied != "copied" {
		b.Logf("what is copied is not tried: %s", copied)
		return
	}
	b.changes(func() { b.keys(control, "v") })
}

// diagnosed looks that the diagnosis of a sound browser says so, and copies it by the mouse.
func (b *engine) diagnosed() {
	b.Helper()
	b.keys("?")
	b.wait(`(document.getElementById("about-status")?.textContent ?? "").includes("This browser")`)
	b.press("help-browser")
	report := b.text("twin")
	for _, want := range []string{"yes: workers share memory", "visited files are cached"} {
		if !strings.Contains(report, want) {
			b.Errorf("no %q in the diagnosis: %s", want, report)
		}
	}
	b.shot("diagnosis")
	b.clicks("about-copy")
	b.wait(statusHas("Copied."))
	b.keys("?")
}

// paused begins a run of two workers on doodles, which need no data set, and stops for a moment.
func (b *engine) paused() {
	b.Helper()
	b.press("do-view-train")
	b.wait(trainStatus("No training data"))
	b.press("train-doodles")
	b.press("train-more")
	for id, v := range map[string]string{"train-epochs": "1", "train-limit": "2000", "train-workers": "2"} {
		b.set(id, v)
	}
	b.press("train-start")
	b.wait(trainStatus("epoch 1/1 step"))
	b.press("train-pause")
	b.wait(trainStatus("paused"))
}

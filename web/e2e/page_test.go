package e2e

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"math"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	cdpnetwork "github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"tenfold/nn/checkpoint"
	"tenfold/nn/cifar10"
	"tenfold/nn/cifar10/archive"
	"tenfold/nn/model"
	"tenfold/nn/task"
	"tenfold/wasm/ui/app"
	"tenfold/wasm/ui/network"
)

// TestScreens keeps screenshots of the page for a person to look at.
func TestScreens(t *testing.T) {
	for name, size := range sizes {
		t.Run(name, func(t *testing.T) {
			p := open(t, size)
			p.shots(name)
			p.upload("wide.png", pngOf(testPicture(300, 160)))
			p.shots(name + "-picture")
			p.upload("text.png", []byte("this is no picture"))
			p.wait(statusHas("not a picture"))
			p.shot(name + "-error")
		})
	}
}

func statusHas(text string) string {
	return fmt.Sprintf("document.getElementById('status').textContent.includes(%q)", text)
}

// testPicture is a sky over a field with a light shape.
func testPicture(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{120, 170, 220, 255}
			if y > h*2/3 {
				c = color.RGBA{80, 120, 60, 255}
			}
			if dx, dy := x-w/2, y-h/2; dx*dx+4*dy*dy < h*h/6 {
				c = color.RGBA{230, 228, 220, 255}
			}
			img.SetRGBA(x, y, c)
		}
	}
	return img
}

func pngOf(img image.Image) []byte {
	var b bytes.Buffer
	e := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := e.Encode(&b, img); err != nil {
		panic(err) // a buffer takes everything
	}
	return b.Bytes()
}

// TestLastWish asks for the camera while a picture is still being opened: what was asked for
// last is shown.
func TestLastWish(t *testing.T) {
	l := flat
	l.script += `{ const decode = createImageBitmap; globalThis.createImageBitmap = async (...args) => { await new Promise((go) => { globalThis.decoded = go; }); return decode(...args); }; }`
	p := open(t, l)
	p.upload("late.png", pngOf(testPicture(64, 64)))
	p.wait("!!globalThis.decoded")
	p.click("camera")
	p.wait(`!!document.getElementById("do-snap")`)
	eval[any](p, "decoded()")
	time.Sleep(200 * time.Millisecond) // what would come, would come now
	if !eval[bool](p, `!!document.getElementById("do-snap")`) {
		t.Error("a picture that came late has ended the camera")
	}
}

// upload chooses a file with the twin's input.
func (p *tab) upload(name string, content []byte) {
	p.Helper()
	path := filepath.Join(p.TempDir(), name)
	if err := os.WriteFile(path, content, 0o644); err != nil {
		p.Fatal(err)
	}
	p.do(chromedp.SetUploadFiles("#upload", []string{path}))
}

// settled waits until the page is ready and its answer has not changed for three
// frames.
func (p *tab) settled() {
	p.Helper()
	eval[any](p, `new Promise((done) => {
		let last = "", same = 0;
		const look = () => {
			const now = document.getElementById("prediction").textContent + document.getElementById("status").textContent;
			same = now === last ? same + 1 : 0; last = now;
			same >= 3 && /^(Ready|Draw something)\.$/.test(document.getElementById("status").textContent) ? done() : setTimeout(look, 60);
		};
		look();
	})`)
}

func TestFirstPrediction(t *testing.T) {
	p := open(t, laptop)
	if s := p.text("prediction"); !regexp.MustCompile(`^ship >?\d+\.\d%, \w+ \d+\.\d%, \w+ \d+\.\d%$`).MatchString(s) {
		t.Errorf("the sample of a ship is %q", s)
	}
	p.wait(statusHas("Ready."))
	t.Logf("first prediction %.0f ms after navigation", eval[float64](p, `performance.getEntriesByName("first-prediction")[0].startTime`))
	if isolated := eval[bool](p, "crossOriginIsolated"); !isolated {
		t.Error("the page is not cross-origin isolated")
	}
}

// TestGreeting keeps the canvas program from starting: the worker answers all the same,
// in the words that the canvas will have.
func TestGreeting(t *testing.T) {
	want := open(t, laptop).text("prediction")
	for name, size := range map[string]look{"phone": {width: 360, height: 740, scale: 2, phone: true}, "laptop": laptop} {
		for _, dark := range []bool{false, true} {
			l := size
			l.dark = dark
			l.script = `WebAssembly.instantiate = () => new Promise(() => {})`
			p := visit(t, l)
			p.wait(`performance.getEntriesByName("first-prediction").length > 0`)
			if got := p.text("prediction"); got != want {
				t.Errorf("%q, and with the canvas %q", got, want)
			}
			p.shot(fmt.Sprintf("greeting-%s-%v", name, dark))
		}
	}
}

// TestLoadingShowsProgress collects what the page says before the canvas is there.
func TestLoadingShowsProgress(t *testing.T) {
	l := laptop
	l.script = `window.said = [];
		new MutationObserver(() => {
			const text = document.getElementById("loading-text"), bar = document.getElementById("loading-bar");
			if (text && bar && bar.value > 0) said.push([bar.value, text.textContent]);
		}).observe(document, { subtree: true, childList: true, characterData: true });`
	p := open(t, l)
	said := eval[[][]any](p, "said")
	last := 0.0
	for _, s := range said {
		value, text := s[0].(float64), s[1].(string)
		if value < last || value > 1 || !regexp.MustCompile(`^(Loading \d+\.\d of \d+\.\d MB(, about \d+ s left)?|Starting …)$`).MatchString(text) {
			t.Errorf("after %.2f the page says %.2f, %q", last, value, text)
		}
		last = value
	}
	if len(said) < 5 || last < 0.99 {
		t.Errorf("%d steps of progress, the last %.2f", len(said), last)
	}
	if !eval[bool](p, `document.getElementById("loading").hidden`) {
		t.Error("the loading screen stays")
	}
}

// TestLoadingTellsHowLong opens the page on a slow connection: it says how much longer that takes.
func TestLoadingTellsHowLong(t *testing.T) {
	l := flat
	l.script += `;window.said = [];
		new MutationObserver(() => said.push(document.getElementById("loading-text")?.textContent ?? "")).observe(document, { subtree: true, childList: true, characterData: true });`
	p := blank(t, l)
	p.do(call(cdpnetwork.SetCacheDisabled, cdpnetwork.SetCacheDisabledParams{CacheDisabled: true}),
		call(cdpnetwork.EmulateNetworkConditionsByRule, cdpnetwork.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: []*cdpnetwork.Conditions{{Latency: 100, DownloadThroughput: 4e5, UploadThroughput: 4e5}}}))
	p.navigate(address)
	p.waitLong(loaded)
	told := 0
	for _, text := range eval[[]string](p, "said") {
		if regexp.MustCompile(`^Loading \d+\.\d of \d+\.\d MB, about \d+ s left$`).MatchString(text) {
			told++
		}
	}
	if told < 3 {
		t.Errorf("how long it takes is said %d times", told)
	}
}

// TestNothingLeavesTheOrigin goes through all views and looks at all that the page has
// fetched.
func TestNothingLeavesTheOrigin(t *testing.T) {
	p := open(t, laptop)
	p.changes(func() { p.click("sample") })
	for _, view := range app.Views() { // Help is the last
		p.click(app.ButtonOf(view))
	}
	p.wait(`(document.getElementById("about-report")?.textContent ?? "").includes("Browser: ")`)
	p.wait(`performance.getEntriesByType("resource").some((e) => e.name.includes("trainer."))`)
	names := eval[[]string](p, `performance.getEntriesByType("resource").map(e => e.name)`)
	if len(names) < 6 {
		t.Errorf("only %d files were fetched", len(names))
	}
	for _, n := range names {
		if !strings.HasPrefix(n, address+"/") && !strings.HasPrefix(n, "blob:"+address) {
			t.Errorf("the page fetched %s", n)
		}
	}
}

func TestDrawingByMouse(t *testing.T) {
	p := open(t, laptop)
	p.changes(func() {
		p.do(chromedp.MouseEvent(input.DispatchMouseEventTypeMousePressed, 120, 300, chromedp.ButtonLeft), chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, 300, 420, chromedp.ButtonLeft),
			chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, 420, 200, chromedp.ButtonLeft), chromedp.MouseEvent(input.DispatchMouseEventTypeMouseReleased, 420, 200, chromedp.ButtonLeft))
	})
	p.shot("drawn-by-mouse")
	// A button that is released outside of the window must not stick.
	p.do(chromedp.MouseEvent(input.DispatchMouseEventTypeMousePressed, 200, 500, chromedp.ButtonLeft), chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, 2000, 500, chromedp.ButtonLeft), chromedp.MouseEvent(input.DispatchMouseEventTypeMouseReleased, 2000, 500, chromedp.ButtonLeft))
	p.settled()
	before := p.text("prediction")
	p.do(chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, 150, 150), chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, 450, 500))
	p.settled()
	if after := p.text("prediction"); after != before {
		t.Errorf("moving the mouse without a button drew: %q became %q", before, after)
	}
}

// TestReload loads the page anew, in the middle of a stroke too: what was drawn is there again, to be
// drawn on and taken back; an emptied pad makes room for what the page opens with.
func TestReload(t *testing.T) {
	p := open(t, flat)
	opened := p.text("prediction")
	p.changes(func() { p.stroke(120, 300, 300, 420, 420, 200) })
	p.changes(func() { p.click("colour-red"); p.stroke(200, 200, 300, 300, 350, 380) })
	p.settled()
	drawn := p.text("prediction")
	p.click("view-train") // whatever view is shown
	p.reload()
	p.click("view-classify")
	if got := p.drawing(drawn); got != drawn {
		t.Errorf("after a reload the drawing is taken for %q, before for %q", got, drawn)
	}
	p.shot("reloaded")
	p.changes(func() { p.stroke(150, 480, 400, 480) })
	p.do(chromedp.MouseEvent(input.DispatchMouseEventTypeMousePressed, 120, 250, chromedp.ButtonLeft), chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, 420, 260, chromedp.ButtonLeft))
	p.settled()
	drawn = p.text("prediction")
	p.reload()
	if got := p.drawing(drawn); got != drawn {
		t.Errorf("after a reload with the button down it is taken for %q, before for %q", got, drawn)
	}
	p.click("undo")
	p.wait(statusHas("Draw something"))
	p.reload()
	if got := p.drawing(opened); got != opened {
		t.Errorf("after a reload with an empty pad the page opens with %q, not with %q", got, opened)
	}
}

func TestDrawingByTouch(t *testing.T) {
	p := open(t, look{width: 360, height: 740, scale: 2, phone: true})
	touch := func(kind input.DispatchTouchEventType, at ...[2]float64) {
		pts := []*input.TouchPoint{}
		for _, q := range at {
			pts = append(pts, &input.TouchPoint{X: q[0], Y: q[1]})
		}
		p.do(call(input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: kind, TouchPoints: pts}))
	}
	p.changes(func() {
		touch("touchStart", [2]float64{80, 300})
		touch("touchMove", [2]float64{180, 380})
		touch("touchMove", [2]float64{280, 240})
		touch("touchEnd")
	})
	p.shot("drawn-by-touch")
	// A finger below the pad scrolls the page, and draws nothing.
	p.settled()
	before := p.text("prediction")
	touch("touchStart", [2]float64{10, 650})
	touch("touchMove", [2]float64{10, 300})
	touch("touchEnd")
	p.settled()
	p.shot("phone-scrolled")
	if p.text("prediction") != before {
		t.Error("scrolling changed the drawing")
	}
}

func TestButtonsAndKeys(t *testing.T) {
	p := open(t, small)
	ship := p.text("prediction")
	p.changes(func() { p.click("clear") })
	p.do(chromedp.KeyEvent("s"))
	p.wait(`document.getElementById("prediction").textContent.startsWith("truck")`)
	eval[any](p, `dispatchEvent(new KeyboardEvent("keydown", {key: "z", ctrlKey: true}))`)
	p.wait(`!document.getElementById("prediction").textContent.startsWith("truck")`)
	p.settled()
	if s := p.changes(func() { p.click("undo") }); s != ship {
		t.Errorf("undone to %q, it began as %q", s, ship)
	}
	p.click("theme")
	p.wait(`localStorage.getItem("theme") !== null`)
	p.click("theme")
}

// transfer drops or pastes a file as a person would, as far as a script may.
func (p *tab) transfer(event, kind, name string, content []byte) {
	p.Helper()
	eval[any](p, fmt.Sprintf(`(() => {
		const bytes = Uint8Array.from(atob(%q), c => c.charCodeAt(0));
		const data = new DataTransfer();
		data.items.add(new File([bytes], %q, {type: "image/png"}));
		const target = document.querySelector("body > canvas");
		target.dispatchEvent(new %s(%q, {bubbles: true, cancelable: true, dataTransfer: data, clipboardData: data}));
	})()`, base64.StdEncoding.EncodeToString(content), name, kind, event))
}

func TestDropAndPaste(t *testing.T) {
	p := open(t, small)
	p.changes(func() { p.transfer("drop", "DragEvent", "sky.png", pngOf(testPicture(64, 64))) })
	p.changes(func() {
		p.transfer("paste", "ClipboardEvent", "dark.png", pngOf(image.NewGray(image.Rect(0, 0, 40, 30))))
	})
	eval[any](p, `document.querySelector("body > canvas").dispatchEvent(new DragEvent("drop", {bubbles: true, cancelable: true, dataTransfer: new DataTransfer()}))`)
	p.wait(statusHas("not a file"))
	paste := func(text string) {
		t.Helper()
		eval[any](p, fmt.Sprintf(`(() => { const data = new DataTransfer(); if (%q) data.setData("text/plain", %[1]q); document.body.dispatchEvent(new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData: data })); })()`, text))
	}
	paste("hello")
	p.wait(statusHas("text, not a picture"))
	// Safari's event has no picture; its clipboard has.
	eval[any](p, fmt.Sprintf(`void (Clipboard.prototype.read = async () => [new ClipboardItem({ "image/png": new Blob([Uint8Array.from(atob(%q), (c) => c.charCodeAt(0))], { type: "image/png" }) })])`, base64.StdEncoding.EncodeToString(pngOf(disc()))))
	p.changes(func() { paste("") })
}

func TestOddFiles(t *testing.T) {
	p := open(t, small)
	var whole bytes.Buffer
	if err := jpeg.Encode(&whole, testPicture(400, 300), nil); err != nil {
		t.Fatal(err)
	}
	var animated bytes.Buffer
	frames := &gif.GIF{}
	for i := range 3 {
		frame := image.NewPaletted(image.Rect(0, 0, 20, 20), color.Palette{color.Black, color.RGBA{byte(80 * i), 200, 40, 255}})
		for j := range frame.Pix {
			frame.Pix[j] = byte(j / 20 % 2)
		}
		frames.Image, frames.Delay = append(frames.Image, frame), append(frames.Delay, 5)
	}
	if err := gif.EncodeAll(&animated, frames); err != nil {
		t.Fatal(err)
	}
	// Each is either shown, and then the answer changes, or refused in plain words.
	for _, c := range []struct {
		name    string
		content []byte
		want    string // in the status; "" where the picture must be shown
	}{
		{"text.txt", []byte("hello"), "Try a JPEG or PNG"},
		{"one.png", pngOf(image.NewRGBA(image.Rect(0, 0, 1, 1))), ""},
		{"html.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg" width="128" height="128"><rect width="64" height="128" fill="#dc1e1e"/><foreignObject x="10" y="10" width="100" height="40"><div xmlns="http://www.w3.org/1999/xhtml">label</div></foreignObject></svg>`), ""},
		{"tall.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg" width="100" height="300"><rect width="100" height="300" fill="#cde"/><circle cx="50" cy="150" r="40" fill="#dc1e1e"/></svg>`), ""},
		{"animated.gif", animated.Bytes(), ""},
		{"large.png", pngOf(image.NewGray(image.Rect(0, 0, 12000, 9000))), ""},
		{"drawing.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg"><rect width="100%" height="100%" fill="teal"/></svg>`), ""},
		{"empty.png", nil, "Try a JPEG or PNG"},
		{"huge.png", hugePNG(), "the limit is 150"},
		{"cut.jpg", whole.Bytes()[:whole.Len()/2], "cut short"},
		{"page.jpg", []byte("<!DOCTYPE html><title>404</title>"), "a web page, not a picture"},
		{"IMG_0001.HEIC", []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"), "Most Compatible"},
		{"vast.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg" width="4000000" height="2000000"><rect width="4000000" height="2000000" fill="#822"/></svg>`), ""},
	} {
		before := p.text("prediction")
		p.upload(c.name, c.content)
		if c.want != "" {
			p.wait(statusHas(c.want))
			if p.text("prediction") != before {
				t.Errorf("%s: the answer changed", c.name)
			}
			p.changes(func() { p.click("sample") }) // takes the message away
			p.settled()
			continue
		}
		p.wait(fmt.Sprintf("document.getElementById('prediction').textContent !== %q", before))
		t.Logf("%s: %s", c.name, p.text("prediction"))
	}
}

// hugePNG claims 20000 x 20000 pixels.
func hugePNG() []byte {
	b := pngOf(image.NewGray(image.Rect(0, 0, 1, 1)))
	copy(b[16:24], []byte{0, 0, 0x4e, 0x20, 0, 0, 0x4e, 0x20})
	binary.BigEndian.PutUint32(b[29:], crc32.ChecksumIEEE(b[12:29]))
	return b
}

func TestEXIFOrientation(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 64, 64))
	for y := range 64 {
		for x := range 64 {
			v := byte(20)
			if y < 32 {
				v = 235
			}
			img.SetRGBA(x, y, color.RGBA{v, v, v, 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	// APP1 with one entry: orientation (0x112) 3, turned by 180 degrees.
	exif := []byte("\xff\xe1\x00\x22Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x03\x00\x00\x00\x00\x00\x00")
	turned := append(append(append([]byte{}, b.Bytes()[:2]...), exif...), b.Bytes()[2:]...)
	p := open(t, small)
	upright := p.changes(func() { p.upload("upright.jpg", b.Bytes()) })
	other := p.changes(func() { p.upload("turned.jpg", turned) })
	if upright == other {
		t.Errorf("both are %q", upright)
	}
	draw := image.NewRGBA(image.Rect(0, 0, 64, 64)) // what it must look like, turned by hand
	for i := 0; i < len(img.Pix); i += 4 {
		copy(draw.Pix[len(img.Pix)-4-i:], img.Pix[i:i+4])
	}
	var c bytes.Buffer
	if err := jpeg.Encode(&c, draw, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	p.changes(func() { p.click("sample") })
	p.settled()
	if byHand := p.changes(func() { p.upload("byhand.jpg", c.Bytes()) }); byHand != other {
		t.Errorf("turned by its EXIF data it is %q, turned by hand %q", other, byHand)
	}
}

func TestCamera(t *testing.T) {
	p := open(t, laptop)
	p.click("camera")
	p.wait(`document.getElementById("do-snap") !== null`)
	p.changes(func() {}) // the test picture moves
	p.shot("camera")
	p.click("snap")
	p.wait(`document.getElementById("do-crop") !== null`)
	p.settled()
	p.click("draw")
	p.wait(`document.getElementById("do-clear") !== null`)
}

// TestCameraEnds asks for cameras that cannot be had, each with its words, and for one that is off
// again when one has pressed twice, has gone to another view, or has chosen something else meanwhile.
func TestCameraEnds(t *testing.T) {
	l := small
	l.script += `globalThis.streams = [];
		const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
		navigator.mediaDevices.getUserMedia = async (wish) => {
			if (globalThis.failing) throw new DOMException("it is so", globalThis.failing);
			const stream = await real(wish);
			streams.push(stream);
			await globalThis.allowed;
			return stream;
		};`
	p := open(t, l)
	for name, want := range map[string]string{"NotAllowedError": "not allowed for this page", "NotFoundError": "No camera was found", "NotReadableError": "in use by another", "UnknownError": "it is so"} {
		eval[any](p, fmt.Sprintf("failing = %q", name))
		p.click("camera")
		p.wait(statusHas(want))
	}
	const off = `streams.every((s) => s.getTracks().every((track) => track.readyState === "ended"))`
	eval[any](p, `failing = ""`)
	p.click("camera")
	p.click("camera")
	p.wait(`document.getElementById("do-snap") !== null && streams.length === 2 && streams[0].getTracks()[0].readyState === "ended"`)
	p.click("view-train")
	p.wait(off)
	p.click("view-classify")
	p.wait(`document.getElementById("do-crop") !== null`) // the last picture stays
	eval[any](p, `void (allowed = new Promise((resolve) => { globalThis.allow = resolve; }))`)
	p.click("camera")
	p.wait("streams.length === 3")
	p.changes(func() { p.click("sample") })
	eval[any](p, "allow()")
	p.wait(off)
	if eval[bool](p, `document.getElementById("do-snap") !== null`) {
		t.Error("a camera that came late has taken the drawing's place")
	}
}

// TestWorkerKilled ends the worker behind the page's back.
func TestWorkerKilled(t *testing.T) {
	p := open(t, small)
	before := p.text("prediction")
	eval[any](p, `tenfold.killWorker()`)
	p.click("sample")
	p.wait(statusHas("started again") + ` || !document.getElementById("prediction").textContent.startsWith("ship")`)
	p.wait(`document.getElementById("prediction").textContent.startsWith("truck")`)
	p.settled()
	if p.text("prediction") == before {
		t.Error("the new worker did not answer")
	}
}

// TestRandomTestPicture needs the server to have the data set.
func TestRandomTestPicture(t *testing.T) {
	p := open(t, laptop)
	if os.Getenv("TENFOLD_DATA") == "" {
		if eval[bool](p, `document.getElementById("do-random") !== null`) {
			t.Error("without the data set there is a button for it")
		}
		t.Skip("TENFOLD_DATA names no data set; `make data` fetches it, and `make test` then finds it")
	}
	p.changes(func() { p.click("random") })
	if d := p.text("details"); !strings.Contains(d, "test picture of the class") {
		t.Errorf("details %q", d)
	}
	p.shot("random-test-picture")
}

// TestNoRange takes test pictures and the test set through a proxy that knows no ranges, and answers
// with the whole file.
func TestNoRange(t *testing.T) {
	testSet(t, 1)
	l := small
	l.address = answering(t, "test_batch.bin", func(w http.ResponseWriter, r *http.Request, proxy http.Handler) {
		r.Header.Del("Range")
		proxy.ServeHTTP(w, r)
	})
	p := open(t, l)
	for range 2 {
		p.changes(func() { p.click("random") })
	}
	if s := p.text("details"); !strings.Contains(s, "of the class") {
		t.Errorf("of a test picture it says %q", s)
	}
	p.click("view-train")
	p.press("train-fetch")
	p.waitLong(`document.getElementById("train-start")?.disabled === false`)
}

// TestRealPictures uploads 200 pictures of the test set and compares the page's
// answer with the native one.
func TestRealPictures(t *testing.T) {
	dir := os.Getenv("TENFOLD_DATA")
	if dir == "" {
		t.Skip("TENFOLD_DATA names no data set; `make data` fetches it, and `make test` then finds it")
	}
	data, err := archive.LoadTest(dir)
	if err != nil {
		t.Fatal(err)
	}
	f, err := checkpoint.ReadFile("../model/" + network.Opening + ".safetensors")
	if err != nil {
		t.Fatal(err)
	}
	m, err := model.Open(f)
	if err != nil {
		t.Fatal(err)
	}
	native := m.Predictor(1)
	p := open(t, small)
	const n = 200
	right, rightNative, worst := 0, 0, 0.0
	for i := range n {
		pixels, label := data.Picture(i)
		img := image.NewRGBA(image.Rect(0, 0, cifar10.Side, cifar10.Side))
		for j := range cifar10.Side * cifar10.Side {
			copy(img.Pix[4*j:], append(pixels[3*j:3*j+3:3*j+3], 255))
		}
		x := make([]float32, len(pixels))
		m.Normalize(x, pixels)
		_, want := native.Predict(x)
		calibrate(want, m.Temperature)
		before := eval[int](p, "tenfold.answers")
		p.upload(fmt.Sprintf("%d.png", i), pngOf(img))
		p.wait(fmt.Sprintf("tenfold.answers > %d", before))
		var got []float64
		if err := json.Unmarshal([]byte(eval[string](p, "tenfold.probs")), &got); err != nil || len(got) != len(want) {
			t.Fatalf("probabilities %v (%v)", got, err)
		}
		probs := make([]float32, len(got))
		for c := range got {
			probs[c] = float32(got[c])
			worst = max(worst, math.Abs(got[c]-float64(want[c])))
		}
		if model.Top(probs) == label {
			right++
		}
		if model.Top(want) == label {
			rightNative++
		}
	}
	t.Logf("%d of %d right in the page, %d natively; largest difference of a probability %.2g", right, n, rightNative, worst)
	if worst > 1e-3 || right != rightNative {
		t.Errorf("the page differs from the native network by up to %g; %d right, natively %d", worst, right, rightNative)
	}
	all, ok := task.Measured(m.Measured, task.TestSet)
	if s := float64(right) / n; !ok || math.Abs(s-all.Accuracy) > 0.09 { // three standard deviations of 200 pictures
		t.Errorf("accuracy %g on %d pictures, %.4f on all", s, n, all.Accuracy)
	}
}

// calibrate divides the logits behind probabilities by a temperature.
func calibrate(probs []float32, temperature float64) {
	sum := 0.0
	for i, p := range probs {
		v := math.Pow(float64(p), 1/temperature)
		probs[i] = float32(v)
		sum += v
	}
	for i := range probs {
		probs[i] /= float32(sum)
	}
}

// TestNoSIMD opens the page in a browser whose WebAssembly has no SIMD: it says so.
func TestNoSIMD(t *testing.T) {
	l := laptop
	l.script = `WebAssembly.validate = () => false`
	p := visit(t, l)
	p.wait(statusHas("SIMD"))
	if s := p.text("status"); !strings.Contains(s, "Safari") {
		t.Errorf("status %q", s)
	}
	p.shot("no-simd")
}

// TestRelaxed opens the page with relaxed SIMD and, as far as it can tell, without.
func TestRelaxed(t *testing.T) {
	answers := map[string]string{}
	for program, script := range map[string]string{
		"worker-relaxed.wasm": "",
		"worker.wasm":         `const validate = WebAssembly.validate; WebAssembly.validate = (b) => b.length < 33 && validate(b)`,
	} {
		l := laptop
		l.script = script
		p := open(t, l)
		if got := eval[string](p, "tenfold.program"); got != program {
			t.Errorf("the page runs %s, want %s", got, program)
		}
		answers[program] = p.text("prediction")
	}
	if answers["worker.wasm"] != answers["worker-relaxed.wasm"] {
		t.Errorf("the two do not agree: %q", answers)
	}
}

// TestBack goes through views and back with the browser's own button, and loads the page anew.
func TestBack(t *testing.T) {
	p := open(t, flat)
	at := func(view string) {
		t.Helper()
		p.wait(fmt.Sprintf(`location.hash.split("?")[0] === %q && document.getElementById("do-view-%s")?.getAttribute("aria-pressed") === "true"`, "#"+view, view))
	}
	for _, view := range []string{"train", "model", "data"} {
		p.click("view-" + view)
		at(view)
	}
	eval[any](p, "history.back()")
	at("model")
	eval[any](p, "history.back()")
	at("train")
	eval[any](p, "history.forward()")
	at("model")
	p.reload()
	at("model")
}

// TestInputMethod types a class's name as people do whose script has more signs than a keyboard: what is
// composed is not taken before it is settled on.
func TestInputMethod(t *testing.T) {
	p := fresh(t, flat)
	p.click("view-classes")
	p.press("project-new")
	p.press("class-add")
	p.wait(`document.getElementById("class-name")?.disabled === false`)
	eval[any](p, `(() => { const name = document.getElementById("class-name"); name.focus(); name.select(); })()`)
	compose := func(text string) chromedp.Action[chromedp.Void] {
		n := int64(len([]rune(text)))
		return call(input.ImeSetComposition, input.ImeSetCompositionParams{Text: text, SelectionStart: n, SelectionEnd: n})
	}
	for _, text := range []string{"n", "ね", "ねこ"} {
		p.do(compose(text))
	}
	if got := eval[string](p, `document.getElementById("class-name").value`); got != "ねこ" {
		t.Errorf("while it is composed the field has %q", got)
	}
	p.do(call(input.InsertText, input.InsertTextParams{Text: "猫"}))
	eval[any](p, `document.getElementById("class-name").blur()`)
	p.wait(`document.getElementById("class-name").value === "猫" && document.body.textContent.includes("猫")`)
}

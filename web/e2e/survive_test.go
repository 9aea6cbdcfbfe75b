package e2e

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// saboteur lets each function of the browser throw: sabotage(name) takes hold of all that
// have a name, restore lets go, and hits counts what was thrown. spy only notes in noted
// what is called. It knows the page's own functions too, and those of its workers. The
// clipboard holds a picture.
const saboteur = `(() => {
	const owners = new Set([globalThis, URL]);
	for (const name of ["EventTarget", "Node", "Element", "HTMLElement", "HTMLInputElement", "HTMLTextAreaElement", "HTMLMediaElement", "HTMLCanvasElement", "Document",
		"CanvasRenderingContext2D", "WebGL2RenderingContext", "Blob", "Response", "Clipboard", "ClipboardItem", "MediaDevices", "MediaStream", "MediaStreamTrack", "History", "StorageManager", "ServiceWorkerContainer", "Event", "PointerEvent", "ImageBitmap"])
		owners.add(globalThis[name].prototype);
	const picture = new OffscreenCanvas(8, 8);
	picture.getContext("2d").fillRect(0, 0, 4, 8);
	Clipboard.prototype.read = async () => [new ClipboardItem({ "image/png": await picture.convertToBlob() })];
	const taken = [];
	let early;
	Object.assign(globalThis, { hits: 0, noted: new Set() });
	const replace = (owner, name, make) => {
		const was = Object.getOwnPropertyDescriptor(owner, name);
		if (typeof was?.value !== "function") return;
		taken.push([owner, was, name]);
		Object.defineProperty(owner, name, { ...was, value: make(was.value, name) });
	};
	const thrower = () => function () { hits++; throw new DOMException("thrown by the test", "InvalidStateError"); };
	globalThis.sabotage = (name) => owners.forEach((o) => replace(o, name, thrower));
	globalThis.sabotageEarly = (name) => { early = [name, thrower]; sabotage(name); };
	globalThis.spyEarly = (names) => { early = [names, spying]; spy(names); };
	const spying = (f, name) => /^[A-Z]/.test(name)
		? new Proxy(f, { construct(f, args) { noted.add(name); return Reflect.construct(f, args); } })
		: function (...args) { noted.add(name); return Reflect.apply(f, this, args); };
	globalThis.spy = (names) => { for (const name of names) owners.forEach((o) => replace(o, name, spying)); };
	globalThis.restore = () => { early = undefined; for (const [owner, was, name] of taken.splice(0).reverse()) Object.defineProperty(owner, name, was); };
	const own = (owner) => { owners.add(owner); for (const name of [early?.[0] ?? []].flat()) replace(owner, name, early[1]); return owner; };
	let page;
	Object.defineProperty(globalThis, "tenfold", { configurable: true, get: () => page, set(value) {
		page = value;
		for (const f of ["worker", "trainer", "drafter"]) { const was = page[f]; page[f] = () => own(was()); }
		for (const o of [page, page.visit, page.always]) own(o);
	} });
})();`

// workout makes scenes, rows of steps which together do all that calls the browser, and
// perform, which goes through one. What it needs itself is not to be sabotaged.
const workout = `(() => {
	const $ = document.getElementById.bind(document), query = document.querySelector.bind(document), press = HTMLElement.prototype.click, send = EventTarget.prototype.dispatchEvent, frame = requestAnimationFrame, later = setTimeout;
	const png = Uint8Array.from(atob(%q), (c) => c.charCodeAt(0)), svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><foreignObject/></svg>';
	const transfer = (name, content, type) => { const d = new DataTransfer(); d.items.add(new File([content], name, { type })); return d; };
	const drop = (...file) => { const dataTransfer = transfer(...file); return () => send.call(query("body > canvas"), new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer })); };
	const change = (id, value) => () => { const e = $(id); if (e) { e.value = value; send.call(e, new Event("change")); } };
	const on = (make, window) => () => send.call(window ? globalThis : query("body > canvas"), make());
	const button = (id) => () => { const b = $(id); if (b) press.call(b); };
	const tick = () => new Promise((done) => { frame(() => later(done, 0)); later(done, 100); });
	const until = (so) => async () => { for (let n = 0; n < patience && !so(); n++) await tick(); };
	const snap = until(() => $("do-snap"));
	globalThis.patience = 300; // for a slow camera, so that what a scene calls is called in it
	let foreign = 0x4e00; // each time a character that is painted for the first time
	globalThis.scenes = [
		[...["pointermove", "pointerdown", "pointermove", "pointerup"].map((type) => on(() => new PointerEvent(type, { bubbles: true, cancelable: true, clientX: 700, clientY: 28, pointerId: 1, pointerType: "mouse" }))),
			() => send.call($("do-theme"), new PointerEvent("pointermove", { bubbles: true, cancelable: true, clientX: 700, clientY: 28, pointerId: 1, pointerType: "mouse" })),
			on(() => new WheelEvent("wheel", { bubbles: true, cancelable: true, deltaY: 4, clientX: 5, clientY: 400 })), on(() => new KeyboardEvent("keydown", { key: "t", bubbles: true })),
			...["resize", "popstate", "visibilitychange"].map((type) => on(() => new Event(type), true))],
		...[["a.png", png, "image/png"], ["a.svg", svg, "image/svg+xml"], ["a.safetensors", '\x08\0\0\0\0\0\0\0{"a":1} ', ""], ["a.bin", new Uint8Array(2 * 3073), ""]].map((file) => [drop(...file)]),
		[button("do-view-train"), () => drop(String.fromCodePoint(foreign++) + ".png", png, "image/png")()],
		[button("do-view-train"), button("train-link"), button("train-weights"), button("train-choose"), button("do-view-model"), button("do-theme")],
		[button("do-diagnosis"), until(() => $("about-copy") && !$("about-copy").disabled), button("about-copy"), button("do-diagnosis")],
		[button("do-choose"), button("do-colour-any")], [button("do-paste")], [button("do-random")], [button("do-offline")],
		[button("do-camera"), snap, button("do-draw")], [button("do-camera"), snap, button("do-snap")],
		[button("do-view-classes"), until(() => $("project-new")), drop("a.png", png, "image/png")],
		[button("do-view-classify"), button("do-label-cat"), button("do-view-train"), until(() => $("train-export")?.disabled === false), change("train-data", "mine"), change("train-from", "tutorial"), button("train-start"), button("train-stop"), change("train-data", "test")],
	];
	globalThis.perform = async (scene, so) => {
		for (const step of scenes[scene]) {
			try { await step(); } catch {}
			for (let n = 0; n < 4; n++) await tick();
		}
		for (let n = 0; n < 60 && !so(); n++) await tick();
	};
})()`

// called are the functions of the browser that the page's program calls, by their names in
// its source, and the constructors.
func called(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("../../wasm/ui/*_js.go")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	var names []string
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`(?:Call\(|Await\([^"\n]*|Get\()"(\w+)"(?:\)\.New\()?`).FindAllSubmatch(b, -1) {
			if !strings.Contains(string(m[0]), "Get(") || strings.HasSuffix(string(m[0]), ".New(") {
				names = append(names, string(m[1]))
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// exempt are functions that this test cannot have called.
var exempt = map[string]string{
	"takeUpdate":       "a new version has to wait: TestNewVersion takes it",
	"getComputedStyle": "is asked where a system forces its colours, and tried: TestSystemsColours",
	"execCommand":      "is the way to copy where there is no clipboard: TestPlainHTTP copies",
	"persist":          "is asked for once in a visit: walk counts it",
	"select":           "goes before execCommand",
	"room":             "is asked once, when Classes is first opened, and tried: TestRoomShares",
	"leaveRoom":        "wants a server that shares, and is tried: TestRoomShares",
	"kit":              "wants a network that has learned a project: TestProject exports it",
	"fail":             "is called where the network does not come, as when model throws",
}

// TestSurvives lets each function that the page's program calls throw, in a step that calls
// it, or from the start: the page is there afterwards, by itself or when asked, with what was
// drawn; or it says why it cannot start.
func TestSurvives(t *testing.T) {
	l := laptop
	l.script = saboteur + noWebGL
	p := fresh(t, l)
	t.Log("kept: ", eval[string](p, `Promise.race([tenfold.kept().then(String, String), new Promise((done) => setTimeout(done, 20000, "not yet"))])`))
	p.wait(`!!document.getElementById("do-offline")`)
	p.click("view-train")
	p.wait(trainStatus("No training data yet")) // the worker is there
	p.click("view-build")
	p.wait(`document.getElementById("network-sum") !== null`) // and the one that drafts
	p.click("view-classify")
	p.changes(func() { p.click("clear") })
	p.changes(func() { p.stroke(120, 300, 300, 420, 420, 200) })
	p.changes(func() { p.click("clear") })
	p.changes(func() { p.click("undo") }) // so that it is seen as it will be
	p.settled()
	drawn := p.text("prediction")
	names := called(t)
	quoted, err := json.Marshal(names)
	if err != nil {
		t.Fatal(err)
	}
	eval[any](p, fmt.Sprintf(workout, base64.StdEncoding.EncodeToString(pngOf(testPicture(16, 16)))))
	at := eval[map[string]int](p, fmt.Sprintf(`(async () => {
		const at = {};
		spy(%s);
		for (const scene of scenes.keys()) {
			noted.clear();
			let n = 0;
			await perform(scene, () => ++n > 10);
			for (const name of noted) at[name] ??= scene;
			document.getElementById("do-view-classify").click();
			document.getElementById("do-draw")?.click();
		}
		restore();
		patience = 60;
		return at;
	})()`, quoted))
	var rest []string
	for _, name := range names {
		scene, ok := at[name]
		if exempt[name] != "" {
			continue
		}
		if !ok {
			rest = append(rest, name)
			continue
		}
		if !eval[bool](p, fmt.Sprintf(`(async () => {
			const thrown = hits;
			sabotage(%q);
			await perform(%d, () => hits > thrown);
			restore();
			return hits > thrown;
		})()`, name, scene)) {
			t.Errorf("%s was not called", name)
		}
		p.back()
		t.Logf("%s: %q", name, p.text("status"))
		p.drawing(drawn)
		p.changes(func() { p.click("clear") }) // the page goes on
		p.changes(func() { p.click("undo") })
		if got := p.drawing(drawn); got != drawn {
			t.Errorf("after %s has thrown, the drawing is taken for %q, before for %q", name, got, drawn)
		}
	}
	p.shot("survived")
	for _, gl := range []string{noWebGL, ""} {
		l.script = saboteur + gl + fmt.Sprintf("spyEarly(%s);", quoted)
		p := open(t, l)
		if gl != "" { // what WebGL alone adds is called at the start
			p.wear()
		}
		noted := eval[[]string](p, "[...noted]")
		rest = slices.DeleteFunc(rest, func(name string) bool {
			called := slices.Contains(noted, name)
			if called {
				sabotaged(t, name, gl)
			}
			return called
		})
	}
	if len(rest) > 0 {
		t.Errorf("nothing calls %s: add what does to the workout, or take it out", rest)
	}
}

// wear starts the worker that trains and loses the canvas.
func (p *tab) wear() {
	p.Helper()
	eval[any](p, `(async () => {
		document.getElementById("do-view-train")?.click();
		const wait = () => new Promise((done) => setTimeout(done, 30));
		await wait();
		document.querySelector("body > canvas")?.dispatchEvent(new Event("webglcontextlost"));
		for (let n = 0; n < 30 && !(tenfold.fault && document.getElementById("do-view-train")); n++) await wait();
	})()`)
}

// sabotaged opens the page where a function throws from the start.
func sabotaged(t *testing.T, name, gl string) {
	l := laptop
	l.script = saboteur + gl + fmt.Sprintf("sabotageEarly(%q);", name)
	p := visit(t, l)
	const end = `/could not start|cannot start/.test(document.getElementById("status").textContent) || !document.getElementById("fault").hidden || (document.getElementById("loading").hidden && tenfold.answers > 0)`
	p.wait(end)
	if gl != "" && eval[bool](p, `!!globalThis.tenfold?.shown`) {
		p.wear()
		p.wait(end)
	}
	if eval[int](p, "hits") == 0 {
		t.Errorf("%s was not called", name)
	}
	said := p.text("status")
	t.Logf("%s from the start: %q", name, said)
	eval[any](p, "restore()")
	if !strings.Contains(said, "cannot start") && !strings.Contains(said, "could not start") {
		p.back()
		p.wait(`!!document.getElementById("do-view-classify")`)
		p.click("view-classify")
		p.changes(func() { p.stroke(120, 300, 300, 420, 420, 200) })
	}
}

// back waits until the page's program goes on, and starts it again where it asks whether to.
func (p *tab) back() {
	p.Helper()
	p.wait(`!document.getElementById("fault").hidden || (document.getElementById("loading").hidden && tenfold.answers > 0)`)
	if eval[bool](p, `!document.getElementById("fault").hidden`) {
		if !strings.Contains(eval[string](p, `document.getElementById("fault-report").value`), "\n") {
			p.Error("there is no text to report")
		}
		eval[any](p, `document.getElementById("fault-again").click()`)
		p.wait(`!!document.getElementById("do-view-classify")`)
	}
}

// drawing goes back to the drawing, and waits until its prediction is as it should be, or
// for long.
func (p *tab) drawing(want string) string {
	p.Helper()
	eval[any](p, fmt.Sprintf(`new Promise((done) => {
		let n = 0;
		const look = () => {
			document.getElementById("do-view-classify")?.click();
			document.getElementById("do-draw")?.click();
			document.getElementById("prediction").textContent === %q || ++n > 200 ? done() : setTimeout(look, 50);
		};
		look();
	})`, want))
	return p.text("prediction")
}

// stroke draws with the mouse through points, x and y in turn.
func (p *tab) stroke(points ...float64) {
	p.Helper()
	mouse := func(kind input.DispatchMouseEventType, x, y float64) {
		p.do(chromedp.MouseEvent(kind, x, y, chromedp.ButtonLeft))
	}
	mouse(input.DispatchMouseEventTypeMousePressed, points[0], points[1])
	for i := 2; i < len(points); i += 2 {
		mouse(input.DispatchMouseEventTypeMouseMoved, points[i], points[i+1])
	}
	mouse(input.DispatchMouseEventTypeMouseReleased, points[len(points)-2], points[len(points)-1])
}

// noWebGL is a browser in which it is switched off.
const noWebGL = `{ const get = HTMLCanvasElement.prototype.getContext; HTMLCanvasElement.prototype.getContext = function (kind, ...rest) { return kind.startsWith("webgl") ? null : get.call(this, kind, ...rest); }; }`

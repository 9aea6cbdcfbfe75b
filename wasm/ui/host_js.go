package main

import (
	"fmt"
	"image/color"
	"io"
	"math/rand/v2"
	"syscall/js"
	"time"

	"tenfold/nn/cifar10"
	"tenfold/nn/task"
	"tenfold/wasm/browser"
	"tenfold/wasm/ui/app"
	"tenfold/wasm/ui/words"
)

// host is the browser as the page sees it. What happens in the browser waits in
// events until the next Update.
type host struct {
	page    *app.App // nil until it has had its first Update
	worker  js.Value
	trainer js.Value
	drafter js.Value
	events  []func(*app.App)
	after   func()     // asks for a frame, if one would show anything new
	canvas  string     // what draws it
	offered []js.Value // pictures that came together, one of which is shown
	camera  *camera
	films   int // counts what was asked of the camera
	wishes  int // counts the pictures that were asked for, wherever from: the last one is shown
	twin    twin
	kept    keptState
	served  map[string]int // see served
	up      js.Value       // a project to put up in the room
}

func newHost() *host {
	h := &host{}
	h.attach("worker", &h.worker, (*app.App).Message, (*app.App).WorkerDied) // without it the page cannot start
	return h
}

// post keeps an event for the next Update and asks for one.
func (h *host) post(event func(*app.App)) {
	h.events = append(h.events, event)
	wake()
}

// deliver hands the events to the page. One that fails does not cost the others.
func (h *host) deliver(p *app.App) {
	h.page = p
	p.At(time.Now())
	for len(h.events) > 0 {
		e := h.events[0]
		h.events = h.events[1:]
		browser.Guarded(func() { e(p) })
	}
	h.keep(p)
}

// problem tells the user, in plain words, what went wrong.
func (h *host) problem(text string) { h.post(func(p *app.App) { p.Problem(text) }) }

// startWorker starts a worker, replacing the present one. It tells the user if that fails.
func (h *host) startWorker(name string, worker *js.Value, message func(*app.App, []byte, time.Time), died func(*app.App, string)) {
	h.attempt(words.Browser.Refused.StartWorker, func() {
		if worker.Truthy() {
			worker.Call("stop")
		}
		h.attach(name, worker, message, died)
	})
}

// attach takes the worker of a name into use, see web/page.js, and starts to listen to it.
func (h *host) attach(name string, worker *js.Value, message func(*app.App, []byte, time.Time), died func(*app.App, string)) {
	*worker = tenfold().Call(name)
	mine := *worker
	mine.Call("listen", browser.Func(func(_ js.Value, args []js.Value) any {
		if !mine.Equal(*worker) {
			return nil // an old worker's last words
		}
		data := args[0]
		switch {
		case data.InstanceOf(js.Global().Get("ArrayBuffer")):
			b := browser.Bytes(data)
			h.now(func(p *app.App) { message(p, b, time.Now()) })
		case !data.Get("save").IsUndefined():
			h.attempt(words.Browser.Refused.Save, func() { give(data.Get("name").String(), data.Get("save")) })
		case !data.Get("up").IsUndefined():
			h.up = data.Get("up")
		case !data.Get("failed").IsUndefined():
			why := data.Get("failed").String()
			h.now(func(p *app.App) { died(p, why) })
		case !data.Get("exited").IsUndefined():
			h.now(func(p *app.App) { died(p, words.Network.Ended) })
		}
		return nil
	}))
}

// sendTo hands a message to a worker.
func (h *host) sendTo(worker js.Value, message []byte) {
	h.attempt(words.Browser.Refused.Send, func() { worker.Call("post", browser.Array(message).Get("buffer")) })
}

// now passes the page an event of a worker, or of the user. It does not wait for a frame,
// which in a hidden tab does not come: the worker gets the next picture and the twin the
// answer at once, and nothing piles up while the page is not seen. And what only a user
// may do, such as opening a file chooser or copying, a browser allows only in the event itself.
func (h *host) now(event func(*app.App)) {
	if h.page == nil {
		h.post(event)
		return
	}
	h.events = append(h.events, event)
	h.deliver(h.page)
	h.show(h.page)
	h.after()
}

// attempt asks the browser for something: to open a file chooser, say. That it refuses is
// told to the user in the words refused, which have a place for the error.
func (h *host) attempt(refused string, f func()) {
	if err := browser.Try(f); err != nil {
		h.problem(fmt.Sprintf(refused, err))
	}
}

// later is attempt for what takes a while.
func (h *host) later(refused string, f func()) { browser.Go(func() { h.attempt(refused, f) }) }

// fault takes what a callback ended with.
func (h *host) fault(err error, stack string) {
	h.post(func(p *app.App) { p.Fault(err, stack) })
}

// Send and Restart implement network.Worker.
func (h *host) Send(message []byte) { h.sendTo(h.worker, message) }
func (h *host) Restart() {
	h.startWorker("worker", &h.worker, (*app.App).Message, (*app.App).WorkerDied)
}

// StartDrafter and SendDrafter implement drafts.Host.
func (h *host) StartDrafter() {
	h.startWorker("drafter", &h.drafter, (*app.App).DrafterMessage, (*app.App).DrafterDied)
}
func (h *host) SendDrafter(message []byte) { h.sendTo(h.drafter, message) }

// ChooseFile implements app.Host.
func (h *host) ChooseFile() {
	h.attempt(words.Browser.Refused.Choose, func() { element("upload").Call("click") })
}

// Paste implements app.Host: it reads a picture from the clipboard.
func (h *host) Paste() {
	clipboard := js.Global().Get("navigator").Get("clipboard")
	if clipboard.IsUndefined() || clipboard.Get("read").IsUndefined() {
		h.problem(words.Browser.NoPaste)
		return
	}
	h.later(words.Browser.Refused.Paste, func() {
		items, err := browser.Await(clipboard, "read")
		if err != nil {
			h.problem(words.Browser.NoClipboard)
			return
		}
		for i := range items.Length() {
			types := items.Index(i).Get("types")
			for j := range types.Length() {
				kind := types.Index(j).String()
				if len(kind) < 6 || kind[:6] != "image/" {
					continue
				}
				if blob, err := browser.Await(items.Index(i), "getType", kind); err == nil {
					h.receive([]js.Value{blob})
					return
				}
			}
		}
		h.problem(words.Files.NoPicture)
	})
}

// PickColor implements app.Host with the browser's own colour chooser.
func (h *host) PickColor(now color.RGBA) {
	h.attempt(words.Browser.Refused.PickColor, func() { h.pickColor(now) })
}

func (h *host) pickColor(now color.RGBA) {
	input := js.Global().Get("document").Call("createElement", "input")
	input.Set("type", "color")
	input.Set("value", fmt.Sprintf("#%02x%02x%02x", now.R, now.G, now.B))
	picked := browser.Func(func(js.Value, []js.Value) any {
		var c color.RGBA
		if _, err := fmt.Sscanf(input.Get("value").String(), "#%02x%02x%02x", &c.R, &c.G, &c.B); err == nil {
			c.A = 255
			h.post(func(p *app.App) { p.SetColor(c) })
		}
		return nil
	})
	input.Call("addEventListener", "input", picked)
	input.Call("click")
}

const testSet = "data/test_batch.bin"

// served returns how many pictures of each of CIFAR-10's sets the server has: of the test set all or a
// part, and of the training set all or none.
func served() map[string]int {
	record := 1 + cifar10.Task.Pixels()
	all := map[string]int{}
	for what, files := range map[string][]string{task.TestSet: task.TestFiles, task.TrainSet: task.TrainFiles} {
		if v, err := browser.Await(tenfold(), "size", files[0]); err == nil && v.Int() >= record {
			all[what] = len(files) * (v.Int() / record)
		}
	}
	return all
}

// RandomPicture implements app.Host: it fetches one record of the test set.
func (h *host) RandomPicture() {
	records, record := h.served[task.TestSet], 1+cifar10.Task.Pixels()
	if records == 0 {
		return
	}
	last := h.wish()
	h.later(words.Browser.Refused.Fetch, func() {
		from := rand.IntN(records) * record
		headers := map[string]any{"Range": fmt.Sprintf("bytes=%d-%d", from, from+record-1)}
		r, err := browser.Await(js.Global(), "fetch", testSet, map[string]any{"headers": headers})
		var b []byte
		if err == nil {
			b, err = oneOf(r, record)
		}
		if err != nil {
			h.problem(fmt.Sprintf(words.Browser.NoTestPicture, err))
			return
		}
		var set cifar10.Set
		if err := set.Add(testSet, b); err != nil || set.Len() != 1 {
			h.problem(fmt.Sprintf(words.Browser.TestPictureBytes, len(b), record))
			return
		}
		pixels, label := set.Picture(0)
		last(func(p *app.App) { p.ShowTest(cifar10.Task, pixels, label) })
	})
}

// oneOf reads a record out of the server's answer to a request for one. Some proxies do not pass
// on that only a part was asked for: of the whole, one of the first hundred is taken.
func oneOf(r js.Value, record int) ([]byte, error) {
	switch status := r.Get("status").Int(); status {
	case 206:
		buffer, err := browser.Await(r, "arrayBuffer")
		if err != nil {
			return nil, err
		}
		return browser.Bytes(buffer), nil
	case 200:
		body := browser.NewStream(r.Get("body"))
		defer body.Close()
		if _, err := io.CopyN(io.Discard, body, int64(rand.IntN(100)*record)); err != nil {
			return nil, err
		}
		b := make([]byte, record)
		_, err := io.ReadFull(body, b)
		return b, err
	default:
		return nil, fmt.Errorf("%d", status)
	}
}

// FetchNetwork implements desk.Host.
func (h *host) FetchNetwork(name string) {
	browser.Go(func() {
		file, err := browser.Await(tenfold(), "network", name)
		var b []byte
		if err == nil {
			b = browser.Bytes(file)
		}
		h.now(func(p *app.App) { p.Fetched(name, b, err) })
	})
}

// SaveTheme implements app.Host.
func (h *host) SaveTheme(dark bool) {
	name := dress(dark)
	h.attempt(words.Browser.Refused.KeepTheme, func() { tenfold().Get("always").Call("set", "theme", name) })
}

// prefersDark returns the theme that was chosen last, or the system's.
func prefersDark() (dark bool) {
	dark = matches("(prefers-color-scheme: dark)")
	if v := tenfold().Get("always").Call("get", "theme"); v.Type() == js.TypeString {
		dark = v.String() == "dark"
	}
	dress(dark)
	return dark
}

// dress has which part of the document is seen, the fields that are typed into, follow a theme, and
// returns the theme's name.
func dress(dark bool) string {
	name := "light"
	if dark {
		name = "dark"
	}
	js.Global().Get("document").Get("documentElement").Get("dataset").Set("theme", name)
	return name
}

func matches(query string) bool { return js.Global().Call("matchMedia", query).Get("matches").Bool() }

func element(id string) js.Value { return js.Global().Get("document").Call("getElementById", id) }

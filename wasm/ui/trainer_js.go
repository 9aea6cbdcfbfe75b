package main

import (
	"syscall/js"
	"time"

	"tenfold/wasm/browser"
	"tenfold/wasm/ui/app"
	"tenfold/wasm/ui/words"
)

// StartTrainer implements app.Trainer.
func (h *host) StartTrainer() { h.attempt(words.Browser.Refused.StartWorker, h.startTrainer) }

func (h *host) startTrainer() {
	if h.trainer.Truthy() {
		h.trainer.Call("stop")
	}
	h.trainer = tenfold().Call("trainer")
	mine := h.trainer
	h.trainer.Call("listen", browser.Func(func(_ js.Value, args []js.Value) any {
		if !mine.Equal(h.trainer) {
			return nil // an old worker's last words
		}
		data := args[0]
		switch {
		case data.InstanceOf(js.Global().Get("ArrayBuffer")):
			b := browser.Bytes(data)
			h.now(func(p *app.App) { p.TrainerMessage(b, time.Now()) })
		case !data.Get("failed").IsUndefined():
			why := data.Get("failed").String()
			h.now(func(p *app.App) { p.TrainerDied(why) })
		case !data.Get("exited").IsUndefined():
			h.now(func(p *app.App) { p.TrainerDied(words.Network.Ended) })
		}
		return nil
	}))
}

// SendTrainer implements app.Trainer.
func (h *host) SendTrainer(message []byte) {
	h.attempt(words.Browser.Refused.Send, func() { h.trainer.Call("post", browser.Array(message).Get("buffer")) })
}

// ChooseData implements app.Trainer.
func (h *host) ChooseData() {
	h.attempt(words.Browser.Refused.Choose, func() { element("dataset").Call("click") })
}

// Download implements app.Trainer.
func (h *host) Download(name, kind string, content []byte) {
	h.attempt(words.Browser.Refused.Save, func() { h.download(name, kind, content) })
}

func (h *host) download(name, kind string, content []byte) {
	blob := js.Global().Get("Blob").New([]any{browser.Array(content)}, map[string]any{"type": kind})
	url := js.Global().Get("URL").Call("createObjectURL", blob)
	link := create("a")
	link.Set("href", url)
	link.Set("download", name)
	link.Call("click")
	time.AfterFunc(time.Minute, func() { js.Global().Get("URL").Call("revokeObjectURL", url) })
}

// SetAddress implements desk.Host.
func (h *host) SetAddress(hash string, visit bool) {
	how := "replaceState"
	if visit {
		how = "pushState"
	}
	h.attempt(words.Browser.Refused.Address, func() { js.Global().Get("history").Call(how, nil, "", "#"+hash) })
}

// Remember and Recall implement library.Host.
func (h *host) Remember(name, text string) {
	h.attempt(words.Browser.Refused.Remember, func() { tenfold().Get("always").Call("set", name, text) })
}

func (h *host) Recall(name string) (text string) {
	browser.Try(func() {
		if v := tenfold().Get("always").Call("get", name); v.Type() == js.TypeString {
			text = v.String()
		}
	})
	return text
}

// address tells the page what the address names.
func (h *host) address() {
	if hash := js.Global().Get("location").Get("hash").String(); hash != "" {
		h.post(func(p *app.App) { p.Address(hash) })
	}
}

// Awake implements app.Trainer. See web/page.js.
func (h *host) Awake(on bool) {
	h.attempt(words.Browser.Refused.Awake, func() { tenfold().Call("awake", on) })
}

// Persist implements app.Trainer.
func (h *host) Persist() {
	if storage := js.Global().Get("navigator").Get("storage"); storage.Truthy() && !storage.Get("persist").IsUndefined() {
		h.attempt(words.Browser.Refused.Persist, func() { storage.Call("persist") })
	}
}

// left tells the page of a run that an earlier visit has left.
func (h *host) left() {
	browser.Go(func() {
		if v, err := browser.Await(tenfold(), "left"); err == nil && v.Bool() {
			h.post((*app.App).Left)
		}
	})
}

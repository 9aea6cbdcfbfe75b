package main

import (
	"fmt"
	"syscall/js"
	"time"

	"tenfold/wasm/browser"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/app"
	"tenfold/wasm/ui/words"
)

// StartTrainer implements library.Host.
func (h *host) StartTrainer() {
	h.startWorker("trainer", &h.trainer, (*app.App).TrainerMessage, (*app.App).TrainerDied)
}

// SendTrainer implements library.Host.
func (h *host) SendTrainer(message []byte) { h.sendTo(h.trainer, message) }

// ChooseData implements library.Host.
func (h *host) ChooseData() {
	h.attempt(words.Browser.Refused.Choose, func() { element("dataset").Call("click") })
}

// ChoosePictures implements desk.Host.
func (h *host) ChoosePictures(folder bool) {
	id := "project-files"
	if folder {
		id = "project-folders"
	}
	h.attempt(words.Browser.Refused.Choose, func() { element(id).Call("click") })
}

// pictures hands files to the worker that trains, for the project in use, with the folders that they
// lie in.
func (h *host) pictures(files []js.Value) {
	all, paths := make([]any, len(files)), make([]any, len(files))
	for i, f := range files {
		all[i], paths[i] = f, nameOf(f)
		if name := f.Get("name"); name.Type() == js.TypeString {
			paths[i] = name
		}
		for _, at := range []string{"webkitRelativePath", "lies"} { // see web/page.js
			if p := f.Get(at); p.Type() == js.TypeString && p.String() != "" {
				paths[i] = p
			}
		}
	}
	h.post(func(p *app.App) {
		p.Brought(func(id uint64, project string, class int) {
			h.trainer.Call("import", map[string]any{"id": float64(id), "project": project, "class": class, "files": all, "paths": paths})
		})
	})
}

// Download implements library.Host.
func (h *host) Download(name, kind string, content []byte) {
	h.attempt(words.Browser.Refused.Save, func() { h.download(name, kind, content) })
}

func (h *host) download(name, kind string, content []byte) {
	give(name, js.Global().Get("Blob").New([]any{browser.Array(content)}, map[string]any{"type": kind}))
}

// give gives the user a blob as a file.
func give(name string, blob js.Value) {
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

// Awake implements library.Host. See web/page.js.
func (h *host) Awake(on bool) {
	h.attempt(words.Browser.Refused.Awake, func() { tenfold().Call("awake", on) })
}

// Persist implements library.Host.
func (h *host) Persist() {
	storage := js.Global().Get("navigator").Get("storage")
	if !storage.Truthy() || storage.Get("persist").IsUndefined() {
		return
	}
	h.later(words.Browser.Refused.Persist, func() {
		if kept, err := browser.Await(storage, "persisted"); err != nil || !kept.Truthy() {
			storage.Call("persist")
		}
	})
}

// left tells the page of a run that an earlier visit has left.
func (h *host) left() {
	browser.Go(func() {
		if v, err := browser.Await(tenfold(), "left"); err == nil && v.Bool() {
			h.post((*app.App).Left)
		}
	})
}

// FetchKit implements desk.Host.
func (h *host) FetchKit() {
	browser.Go(func() {
		names := make([]any, len(protocol.Kit))
		for i, n := range protocol.Kit {
			names[i] = n
		}
		files, err := browser.Await(tenfold(), "kit", names)
		if err != nil {
			err = fmt.Errorf(words.Browser.NoKit, err)
			h.post(func(p *app.App) { p.Kit(nil, err) })
			return
		}
		kit := map[string][]byte{}
		for i, n := range protocol.Kit {
			kit[n] = browser.Bytes(files.Index(i))
		}
		h.post(func(p *app.App) { p.Kit(kit, nil) })
	})
}

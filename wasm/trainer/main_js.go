// Trainer is the program of the page's training web worker: the browser's side of
// package training. web/worker.js loads it when it is first needed. The workers that
// help it run the same program.
package main

import (
	"context"
	"fmt"
	"io"
	"runtime/debug"
	"strconv"
	"syscall/js"
	"time"

	"tenfold/nn/task"
	"tenfold/nn/train"
	"tenfold/wasm/browser"
	"tenfold/wasm/protocol"
	"tenfold/wasm/team"
	"tenfold/wasm/training"
)

// saveEvery is the time between two checkpoints, which a crash can cost.
const saveEvery = 10 * time.Second

func main() {
	debug.SetGCPercent(25) // little is allocated in a step, and a phone's browser has little memory
	scope := js.Global()
	if first := scope.Get("first"); first.Truthy() && first.Get("assist").Truthy() {
		assist(scope)
		return
	}
	var early []js.Value // what comes before the store is open
	take := func(data js.Value) { early = append(early, data) }
	scope.Set("onmessage", browser.Func(func(_ js.Value, args []js.Value) any {
		take(args[0].Get("data"))
		return nil
	}))
	h := &host{turn: browser.Turn()}
	browser.Fault = func(err error, stack string) {
		h.Send(protocol.Failed{Message: fmt.Sprintf("training: %v\n%s", err, stack)})
	}
	store, why := open()
	s := training.New(h, store, saveEvery)
	take = func(data js.Value) {
		if file := data.Get("file"); file.Truthy() {
			s.Bring(file.Get("name").String(), file.Get("size").Int(), &lazy{file: file})
			return
		}
		if files := data.Get("import"); files.Truthy() {
			s.Import(uint64(files.Get("id").Float()), files.Get("project").String(), files.Get("class").Int(), sources(files))
			return
		}
		if lose := data.Get("lose"); lose.Truthy() { // for tests: a helper ends as if the browser were short of memory
			for _, w := range h.workers {
				w.Call("terminate")
			}
			return
		}
		s.Post(browser.Bytes(data))
	}
	for _, data := range early {
		take(data)
	}
	if why != "" {
		h.Send(protocol.Notice{Text: why})
	}
	s.Run(context.Background())
}

// open returns the browser's private file system, or what replaces it, and why.
func open() (training.Store, string) {
	store, err := openStore()
	if err != nil {
		return training.Memory{}, "This browser keeps no files for this page (" + err.Error() + "). Pictures and training stay in memory until the page is closed; download what you want to keep."
	}
	if !alone() {
		return training.NewGuest(store), "This page is open in another tab, which keeps what it does. What you do here stays in memory until this tab is closed: download it, or close the other tab and reload this one."
	}
	store.tidy()
	return store, ""
}

// alone reports whether no other page trains: https://w3c.github.io/web-locks. The lock ends
// with this worker. That of a worker in whose place this one is may take a moment to end.
func alone() bool {
	locks := js.Global().Get("navigator").Get("locks")
	if !locks.Truthy() {
		return true
	}
	controller := js.Global().Get("AbortController").New()
	time.AfterFunc(2*time.Second, func() { controller.Call("abort") })
	granted := make(chan bool, 2)
	hold := browser.Func(func(js.Value, []js.Value) any {
		granted <- true
		return js.Global().Get("Promise").New(browser.Func(func(js.Value, []js.Value) any { return nil })) // for as long as the worker lives
	})
	browser.Go(func() {
		browser.Await(locks, "request", "tenfold", map[string]any{"signal": controller.Get("signal")}, hold) // it returns when the request is given up
		granted <- false
	})
	return <-granted
}

// assist helps the worker that started this one.
func assist(scope js.Value) {
	setup := make(chan js.Value, 1)
	scope.Set("onmessage", browser.Func(func(_ js.Value, args []js.Value) any {
		setup <- args[0].Get("data")
		return nil
	}))
	scope.Call("postMessage", map[string]any{"started": true})
	team.Assist(scope, <-setup)
}

// sources are chosen files, which are read as they are needed.
func sources(files js.Value) []training.Source {
	all := make([]training.Source, files.Get("files").Length())
	for i := range all {
		file := files.Get("files").Index(i)
		all[i] = training.Source{Path: files.Get("paths").Index(i).String(), Size: file.Get("size").Int(), Open: &lazy{file: file}}
	}
	return all
}

// lazy opens a file when it is first read.
type lazy struct {
	file js.Value
	*browser.Stream
}

func (l *lazy) Read(b []byte) (int, error) {
	if l.Stream == nil {
		l.Stream = browser.NewStream(l.file.Call("stream"))
	}
	return l.Stream.Read(b)
}

// ReadAt implements io.ReaderAt: a .zip is read from its end.
func (l *lazy) ReadAt(b []byte, at int64) (int, error) {
	buffer, err := browser.Await(l.file.Call("slice", at, at+int64(len(b))), "arrayBuffer")
	if err != nil {
		return 0, err
	}
	n := copy(b, browser.Bytes(buffer))
	if n < len(b) {
		return n, io.EOF
	}
	return n, nil
}

// host implements training.Host.
type host struct {
	turn    func()
	workers []js.Value
	helpers []*team.Helper
	file    []byte
	recipe  task.Recipe
	memory  js.Value
	sizes   train.Exchanged
}

// Send implements training.Host.
func (h *host) Send(e protocol.Event) {
	b, err := protocol.Encode(e)
	if err != nil {
		panic(err) // every Event can be encoded
	}
	browser.Post(b)
}

// Yield implements training.Host.
func (h *host) Yield() { h.turn() }

// Cores implements training.Host.
func (h *host) Cores() int {
	return max(js.Global().Get("navigator").Get("hardwareConcurrency").Int(), 1)
}

// Fetch implements training.Host.
func (h *host) Fetch(name string) (io.ReadCloser, int, error) {
	r, err := browser.Await(js.Global(), "fetch", "data/"+name)
	if err != nil {
		return nil, 0, err
	}
	if !r.Get("ok").Bool() {
		return nil, 0, fmt.Errorf("the server answers %d", r.Get("status").Int())
	}
	size := 0
	if length := r.Get("headers").Call("get", "Content-Length"); length.Type() == js.TypeString {
		size, _ = strconv.Atoi(length.String()) // 0 means unknown
	}
	return browser.NewStream(r.Get("body")), size, nil
}

// Gather implements training.Host.
func (h *host) Gather(n int, file []byte, recipe task.Recipe, sizes train.Exchanged) ([]train.Helper, error) {
	h.Dismiss()
	h.file, h.recipe, h.sizes = file, recipe, sizes
	h.memory = team.Memory(n, sizes)
	started := make([]chan error, n)
	for i := range n { // all start at once
		h.workers, h.helpers = append(h.workers, js.Undefined()), append(h.helpers, nil)
		started[i] = make(chan error, 1)
		browser.Go(func() {
			err := fmt.Errorf("a worker could not start")
			defer func() { started[i] <- err }()
			if thrown := browser.Try(func() { err = h.start(i) }); thrown != nil {
				err = thrown
			}
		})
	}
	var all []train.Helper
	for i := range n {
		if err := <-started[i]; err != nil {
			return nil, err
		}
		all = append(all, h.helpers[i])
	}
	return all, nil
}

// start starts the i-th helper.
func (h *host) start(i int) error {
	scope := js.Global()
	worker := scope.Call("sibling") // see web/worker.js
	h.workers[i] = worker
	said := make(chan error, 1)
	tell := func(err error) {
		select {
		case said <- err:
		default:
		}
	}
	message := browser.Func(func(_ js.Value, args []js.Value) any {
		if failed := args[0].Get("data").Get("failed"); failed.Truthy() {
			tell(fmt.Errorf("%s", failed.String()))
		} else {
			tell(nil)
		}
		return nil
	})
	defer message.Release()
	failure := browser.Func(func(_ js.Value, args []js.Value) any {
		tell(fmt.Errorf("a worker could not start"))
		return nil
	})
	defer failure.Release()
	worker.Set("onmessage", message)
	worker.Set("onerror", failure)
	worker.Call("postMessage", map[string]any{"program": scope.Get("program"), "first": map[string]any{"assist": true}})
	var err error
	select {
	case err = <-said:
	case <-time.After(2 * team.Patience):
		err = fmt.Errorf("a worker did not start")
	}
	worker.Set("onerror", js.Null())
	if err != nil {
		return err
	}
	h.helpers[i] = team.New(worker, h.memory, i, h.sizes)
	return h.helpers[i].Setup(h.memory, h.file, h.recipe)
}

// Replace implements training.Host.
func (h *host) Replace(i int) (train.Helper, error) {
	h.workers[i].Call("terminate")
	h.helpers[i].Release()
	if err := h.start(i); err != nil {
		return nil, err
	}
	return h.helpers[i], nil
}

// Dismiss implements training.Host.
func (h *host) Dismiss() {
	for i, w := range h.workers {
		if w.Truthy() {
			w.Call("terminate")
		}
		if h.helpers[i] != nil {
			h.helpers[i].Release()
		}
	}
	h.workers, h.helpers = nil, nil
}

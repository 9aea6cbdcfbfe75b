// Bench answers the requests of web/bench in a worker. The first message holds the
// model, the pictures, the largest batch that is trained on and, for workers that train
// together, the ports between them;
// each further one is a request as JSON.
package main

import (
	"encoding/json"
	"syscall/js"
	"unsafe"

	"tenfold/nn/bench"
	"tenfold/nn/checkpoint"
	"tenfold/nn/model"
	"tenfold/nn/task"
	"tenfold/nn/train"
	"tenfold/wasm/browser"
	"tenfold/wasm/team"
)

func main() {
	messages := make(chan js.Value, 1)
	js.Global().Set("tenfold", js.FuncOf(func(_ js.Value, args []js.Value) any {
		messages <- args[0]
		return nil
	}))
	b, err := begin(<-messages)
	if err != nil {
		answer(bench.Answer{Error: err.Error()})
		return
	}
	answer(bench.Answer{})
	for m := range messages {
		var r bench.Request
		if err := json.Unmarshal([]byte(m.String()), &r); err != nil {
			answer(bench.Answer{Error: err.Error()})
			continue
		}
		a := b.Ask(r)
		if a.Heap != nil {
			a.Heap.Memory = uint64(js.Global().Call("memory").Int())
		}
		answer(a)
	}
}

func answer(a bench.Answer) {
	b, err := json.Marshal(a)
	if err != nil {
		panic(err) // every Answer can be encoded
	}
	js.Global().Call("postMessage", string(b))
}

// begin starts the bench. A worker that others help has their ports; one that helps has
// the port to the one that leads.
func begin(m js.Value) (*bench.Bench, error) {
	if port := m.Get("leader"); port.Truthy() {
		setup := make(chan js.Value, 1)
		port.Set("onmessage", js.FuncOf(func(_ js.Value, args []js.Value) any {
			setup <- args[0].Get("data")
			return nil
		}))
		go func() { team.Assist(port, <-setup) }()
	}
	file := browser.Bytes(m.Get("model"))
	batch := m.Get("batch").Int()
	helpers, err := gather(m.Get("helpers"), file, bench.Recipe(batch))
	if err != nil {
		return nil, err
	}
	x := browser.Bytes(m.Get("pictures"))
	var test []byte
	if t := m.Get("test"); t.Truthy() {
		test = browser.Bytes(t)
	}
	return bench.New(file, unsafe.Slice((*float32)(unsafe.Pointer(unsafe.SliceData(x))), len(x)/4), test, batch, helpers...)
}

func gather(list js.Value, file []byte, recipe task.Recipe) ([]train.Helper, error) {
	if !list.Truthy() {
		return nil, nil
	}
	f, err := checkpoint.Decode(file)
	if err != nil {
		return nil, err
	}
	m, err := model.Open(f)
	if err != nil {
		return nil, err
	}
	x := train.Exchanges(m, recipe)
	memory := team.Memory(list.Length(), x)
	var all []train.Helper
	for i := range list.Length() {
		h := team.New(list.Index(i), memory, i, x)
		if err := h.Setup(memory, file, recipe); err != nil {
			return nil, err
		}
		all = append(all, h)
	}
	return all, nil
}

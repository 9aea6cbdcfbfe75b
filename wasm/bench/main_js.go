// Bench answers the requests of web/bench in a worker. The first message holds the
// model, the pictures and, for a worker that trains together with others, its rank
// and the memory that they share; each further one is a request as JSON.
package main

import (
	"encoding/json"
	"syscall/js"
	"unsafe"

	"tenfold/nn/bench"
	"tenfold/nn/train"
	"tenfold/wasm/shared"
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
		answer(b.Ask(r))
	}
}

func answer(a bench.Answer) {
	b, err := json.Marshal(a)
	if err != nil {
		panic(err) // every Answer can be encoded
	}
	js.Global().Call("postMessage", string(b))
}

func begin(m js.Value) (*bench.Bench, error) {
	var peer *train.Peer
	if peers := m.Get("peers").Int(); peers > 1 {
		memory, err := shared.New(m.Get("memory"), peers)
		if err != nil {
			return nil, err
		}
		peer = &train.Peer{Rank: m.Get("rank").Int(), Size: peers, Memory: memory}
	}
	x := bytes(m.Get("pictures"))
	var test []byte
	if t := m.Get("test"); t.Truthy() {
		test = bytes(t)
	}
	return bench.New(bytes(m.Get("model")), unsafe.Slice((*float32)(unsafe.Pointer(unsafe.SliceData(x))), len(x)/4), test, peer)
}

func bytes(array js.Value) []byte {
	b := make([]byte, array.Length())
	js.CopyBytesToGo(b, array)
	return b
}

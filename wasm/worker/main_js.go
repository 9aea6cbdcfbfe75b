// Worker is the program of the page's classifying web worker: the browser's side
// of package session. web/worker.js loads it.
package main

import (
	"context"
	"fmt"
	"runtime/debug"
	"syscall/js"

	"tenfold/wasm/browser"
	"tenfold/wasm/protocol"
	"tenfold/wasm/session"
)

func main() {
	scope := js.Global()
	s := session.New(post, browser.Turn())
	browser.Fault = func(err error, stack string) {
		post(protocol.Failed{Message: fmt.Sprintf("worker: %v\n%s", err, stack)})
	}
	scope.Set("onmessage", browser.Func(func(_ js.Value, args []js.Value) any {
		s.Post(bytes(args[0].Get("data")))
		return nil
	}))
	start(scope, s)
	s.Run(context.Background())
}

// start answers before the page's own program runs: web/worker.js keeps the model
// and the picture that the page opens with in first. What goes wrong here the page
// hears when it loads the model itself.
func start(scope js.Value, s *session.Session) {
	first := scope.Get("first")
	if first.IsUndefined() {
		return
	}
	defer debug.SetGCPercent(debug.SetGCPercent(-1)) // nothing is worth collecting yet
	classes, probs, err := s.Start(bytes(first.Get("model")), bytes(first.Get("picture")))
	scope.Delete("first")
	if err != nil {
		return
	}
	answer := make([]any, len(classes))
	for i, class := range classes {
		answer[i] = []any{class, probs[i]}
	}
	scope.Call("postMessage", map[string]any{"first": answer})
}

func post(e protocol.Event) {
	b, err := protocol.Encode(e)
	if err != nil {
		panic(err) // every Event can be encoded
	}
	browser.Post(b)
}

// bytes copies a message's data, an ArrayBuffer; anything else is an empty
// message, which the session refuses.
func bytes(data js.Value) []byte {
	if !data.InstanceOf(js.Global().Get("ArrayBuffer")) {
		return nil
	}
	return browser.Bytes(data)
}

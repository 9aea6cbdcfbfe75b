// Drafter is the program of the web worker in which networks are written and converted: the
// browser's side of package drafting. web/worker.js loads it when it is first needed.
package main

import (
	"context"
	"fmt"
	"syscall/js"

	"tenfold/wasm/browser"
	"tenfold/wasm/drafting"
	"tenfold/wasm/protocol"
)

func main() {
	s := drafting.New(post)
	browser.Fault = func(err error, stack string) {
		post(protocol.Failed{Message: fmt.Sprintf("drafter: %v\n%s", err, stack)})
	}
	js.Global().Set("onmessage", browser.Func(func(_ js.Value, args []js.Value) any {
		s.Post(browser.Bytes(args[0].Get("data")))
		return nil
	}))
	s.Run(context.Background())
}

func post(e protocol.Event) {
	b, err := protocol.Encode(e)
	if err != nil {
		panic(err) // every Event can be encoded
	}
	browser.Post(b)
}

package team

import (
	"encoding/json"
	"fmt"
	"syscall/js"

	"tenfold/nn/checkpoint"
	"tenfold/nn/model"
	"tenfold/nn/spec"
	"tenfold/nn/train"
	"tenfold/wasm/browser"
)

// Assist helps the leader behind a port, whose first message was setup, until the
// worker is ended.
func Assist(port, setup js.Value) {
	a := &assistant{port: port, memory: setup.Get("memory"), at: setup.Get("at").Int(), messages: make(chan js.Value, 4)}
	port.Set("onmessage", js.FuncOf(func(_ js.Value, args []js.Value) any {
		a.messages <- args[0].Get("data")
		return nil
	}))
	if err := a.begin(setup); err != nil {
		a.fail(err)
		return
	}
	port.Call("postMessage", map[string]any{"ready": true})
	for m := range a.messages {
		if err := a.step(m); err != nil {
			a.fail(err)
		}
	}
}

type assistant struct {
	*train.Assistant
	port, memory js.Value
	at           int
	messages     chan js.Value
}

func (a *assistant) fail(err error) {
	a.port.Call("postMessage", map[string]any{"error": err.Error()})
}

func (a *assistant) begin(setup js.Value) error {
	var recipe spec.Recipe
	if err := json.Unmarshal([]byte(setup.Get("recipe").String()), &recipe); err != nil {
		return fmt.Errorf("team: the recipe: %w", err)
	}
	f, err := checkpoint.Decode(browser.Bytes(setup.Get("model")))
	if err != nil {
		return err
	}
	m, err := model.Open(f)
	if err != nil {
		return err
	}
	a.Assistant, err = train.NewAssistant(m, recipe)
	return err
}

func (a *assistant) step(m js.Value) error {
	if a.memory.IsNull() {
		read(m.Get("weights"), 0, a.Weights())
	} else {
		read(a.memory, 0, a.Weights())
	}
	share := train.Share{Step: m.Get("step").Int(), First: m.Get("first").Int(), Pixels: browser.Bytes(m.Get("pixels")), Labels: browser.Bytes(m.Get("labels"))}
	o, grads, err := a.Gradients(share)
	if err != nil {
		return err
	}
	answer := map[string]any{"loss": o.Loss, "right": o.Right, "pictures": o.Pictures}
	if !a.memory.IsNull() {
		write(a.memory, a.at, grads)
		a.port.Call("postMessage", answer)
		return nil
	}
	gradients := js.Global().Get("Uint8Array").New(size(grads))
	write(gradients, 0, grads)
	answer["gradients"] = gradients
	a.port.Call("postMessage", answer, []any{gradients.Get("buffer")})
	return nil
}

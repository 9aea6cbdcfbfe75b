package team

import (
	"encoding/json"
	"errors"
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
	a := &assistant{port: port, memory: setup.Get("memory"), at: setup.Get("at").Int(), weights: setup.Get("weights").Int(), messages: make(chan js.Value, 4)}
	port.Set("onmessage", js.FuncOf(func(_ js.Value, args []js.Value) any {
		a.messages <- args[0].Get("data")
		return nil
	}))
	if err := a.begin(setup); err != nil {
		a.fail(err)
		return
	}
	port.Call("postMessage", map[string]any{"ready": true})
	for {
		m := a.next
		if a.next = js.Undefined(); m.IsUndefined() {
			m = <-a.messages
		}
		a.turn = m.Get("turn").Int()
		if err := a.step(m); err != nil && !errors.Is(err, errGivenUp) {
			a.fail(err)
		}
	}
}

type assistant struct {
	*train.Assistant
	port, memory js.Value
	at, weights  int
	turn         int
	messages     chan js.Value
	next         js.Value // a step that came in the place of a gradient
	gradient     []float32
}

var errGivenUp = errors.New("team: the step was given up")

func (a *assistant) fail(err error) {
	a.port.Call("postMessage", map[string]any{"turn": a.turn, "error": err.Error()})
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
	receive(m, a.memory, 0, a.Weights()...)
	share := train.Share{Step: m.Get("step").Int(), First: m.Get("first").Int(), Pixels: browser.Bytes(m.Get("pixels")), Labels: browser.Bytes(m.Get("labels"))}
	grads, err := a.Gradients(share, a.exchange)
	if err != nil || len(grads) == 0 {
		return err
	}
	send(a.port, a.memory, a.at, a.turn, map[string]any{}, grads...)
	return nil
}

// exchange hands the features over and waits for their gradient, where one is wanted.
func (a *assistant) exchange(features []float32) ([]float32, error) {
	place := a.at + 4*a.weights
	send(a.port, a.memory, place, a.turn, map[string]any{"features": len(features)}, features)
	if len(a.Weights()) == 0 {
		return nil, nil
	}
	m := <-a.messages
	if !m.Get("gradient").Truthy() {
		a.next = m
		return nil, errGivenUp
	}
	if len(a.gradient) != len(features) {
		a.gradient = make([]float32, len(features))
	}
	receive(m, a.memory, place, a.gradient)
	return a.gradient, nil
}

// Package team lets workers train together. One leads: it has the data, the optimiser,
// the run, and the dense layers. At each step it hands every other worker the weights of the
// layers before those and a share of the batch, does its own share, and exchanges what comes
// out of them for its gradient (see train.Helper). Numbers lie in a SharedArrayBuffer where
// the page is cross-origin isolated and travel in the messages where it is not.
//
// The leader's first message is an object {recipe, model, memory, at, weights}: JSON, a
// safetensors file, the shared memory or null, where in it, in bytes, the worker's gradients
// and behind them its features belong, and how many weights there are; the weights
// lie at 0. The worker answers {ready}. A step is {turn, step, first, pixels, labels,
// numbers}, answered by {turn, features, numbers}; then, if there are weights that learn,
// {turn, gradient, numbers}, answered by {turn, numbers}. An error is {turn, error}. A step
// in the place of a gradient gives the one before up. numbers, which are weights, features,
// their gradient and the weights' gradients, are only there without shared memory.
package team

import (
	"encoding/json"
	"fmt"
	"syscall/js"
	"time"
	"unsafe"

	"tenfold/nn/spec"
	"tenfold/nn/train"
	"tenfold/wasm/browser"
)

// Patience is how long a worker may take for its share. A slow phone needs a second.
const Patience = 15 * time.Second

// Helper is a worker that helps. It implements train.Helper.
type Helper struct {
	port    js.Value
	answers chan js.Value
	listen  js.Func
	memory  js.Value // Uint8Array over the shared memory, or null
	lead    bool     // it writes the weights that all helpers share
	at      int      // of its gradients in the memory
	weights int
	turn    int // counts the steps: an answer to an earlier one is dropped
	grads   [][]float32
}

// Memory is what so many helpers share, or null where the page may not share memory.
func Memory(helpers int, x train.Exchanged) js.Value {
	if !js.Global().Get("crossOriginIsolated").Truthy() {
		return js.Null()
	}
	buffer := js.Global().Get("SharedArrayBuffer").New(4 * (x.Weights + helpers*(x.Weights+x.Features)))
	return js.Global().Get("Uint8Array").New(buffer)
}

// New returns the helper behind a port, a worker that runs a program that calls Assist,
// the place-th that shares memory.
func New(port, memory js.Value, place int, x train.Exchanged) *Helper {
	h := &Helper{port: port, answers: make(chan js.Value, 4), memory: memory, lead: place == 0, weights: x.Weights}
	h.at = 4 * (x.Weights + place*(x.Weights+x.Features))
	h.listen = js.FuncOf(func(_ js.Value, args []js.Value) any {
		select {
		case h.answers <- args[0].Get("data"):
		default: // it says more than it was asked
		}
		return nil
	})
	port.Set("onmessage", h.listen)
	return h
}

// Setup sends the first message and waits until the worker is ready.
func (h *Helper) Setup(file []byte, recipe spec.Recipe) error {
	text, err := json.Marshal(recipe)
	if err != nil {
		return fmt.Errorf("team: %w", err)
	}
	h.port.Call("postMessage", map[string]any{"recipe": string(text), "model": browser.Array(file), "memory": h.memory, "at": h.at, "weights": h.weights})
	_, err = h.answer()
	return err
}

// Release lets go of the worker, which goes on to live.
func (h *Helper) Release() {
	h.port.Set("onmessage", js.Null())
	h.listen.Release()
}

// Start implements train.Helper.
func (h *Helper) Start(weights [][]float32, s train.Share) error {
	if h.grads == nil {
		for _, w := range weights {
			h.grads = append(h.grads, make([]float32, len(w)))
		}
	}
	h.turn++
	message := map[string]any{"step": s.Step, "first": s.First, "pixels": browser.Array(s.Pixels), "labels": browser.Array(s.Labels)}
	if h.memory.IsNull() || h.lead {
		send(h.port, h.memory, 0, h.turn, message, weights...)
		return nil
	}
	message["turn"] = h.turn
	h.port.Call("postMessage", message)
	return nil
}

// Features implements train.Helper.
func (h *Helper) Features(y []float32) error {
	a, err := h.answer()
	if err != nil {
		return err
	}
	if n := a.Get("features"); n.Type() != js.TypeNumber || n.Int() != len(y) {
		return fmt.Errorf("team: %v features, want %d", n, len(y))
	}
	receive(a, h.memory, h.at+4*h.weights, y)
	return nil
}

// Back implements train.Helper.
func (h *Helper) Back(gradient []float32) error {
	send(h.port, h.memory, h.at+4*h.weights, h.turn, map[string]any{"gradient": true}, gradient)
	return nil
}

// Finish implements train.Helper.
func (h *Helper) Finish() ([][]float32, error) {
	a, err := h.answer()
	if err != nil {
		return nil, err
	}
	receive(a, h.memory, h.at, h.grads...)
	return h.grads, nil
}

// send sends a message of a turn with numbers, which lie at a place of the shared memory or
// travel in the message.
func send(port, memory js.Value, at, turn int, message map[string]any, numbers ...[]float32) {
	message["turn"] = turn
	if !memory.IsNull() {
		write(memory, at, numbers)
		port.Call("postMessage", message)
		return
	}
	bytes := js.Global().Get("Uint8Array").New(size(numbers))
	write(bytes, 0, numbers)
	message["numbers"] = bytes
	port.Call("postMessage", message, []any{bytes.Get("buffer")})
}

// receive reads the numbers of a message.
func receive(message, memory js.Value, at int, numbers ...[]float32) {
	if memory.IsNull() {
		memory, at = message.Get("numbers"), 0
	}
	read(memory, at, numbers)
}

// answer waits for the answer to what this turn was asked last.
func (h *Helper) answer() (js.Value, error) {
	late := time.NewTimer(Patience)
	defer late.Stop()
	for {
		select {
		case a := <-h.answers:
			if turn := a.Get("turn"); turn.Type() == js.TypeNumber && turn.Int() != h.turn {
				continue // to a step that was given up
			}
			if e := a.Get("error"); e.Truthy() {
				return a, fmt.Errorf("team: a worker says: %s", e.String())
			}
			return a, nil
		case <-late.C:
			return js.Undefined(), fmt.Errorf("team: a worker did not answer within %v", Patience)
		}
	}
}

// size is how many bytes vectors take.
func size(vectors [][]float32) int {
	n := 0
	for _, v := range vectors {
		n += 4 * len(v)
	}
	return n
}

// write copies vectors into a Uint8Array, from byte at on, one behind the other.
func write(to js.Value, at int, vectors [][]float32) {
	for _, v := range vectors {
		js.CopyBytesToJS(to.Call("subarray", at, at+4*len(v)), raw(v))
		at += 4 * len(v)
	}
}

// read is the way back.
func read(from js.Value, at int, vectors [][]float32) {
	for _, v := range vectors {
		js.CopyBytesToGo(raw(v), from.Call("subarray", at, at+4*len(v)))
		at += 4 * len(v)
	}
}

// raw is the memory of x.
func raw(x []float32) []byte {
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(x))), 4*len(x))
}

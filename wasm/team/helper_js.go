// Package team lets workers train together. One leads: it has the data, the optimiser
// and the run. At each step it hands every other worker the weights and a share of the
// batch, does its own share, and gathers the gradients. Weights and gradients lie in a
// SharedArrayBuffer where the page is cross-origin isolated and travel in the messages
// where it is not.
//
// The leader's first message is an object {recipe, model, memory, at}: JSON, a
// safetensors file, the shared memory or null, and where in it, in bytes, the worker's
// gradients belong; the weights lie at 0. The worker answers {ready}. Each message then
// is {step, first, pixels, labels, weights}, and each answer {loss, right, pictures,
// gradients} or {error}; weights and gradients only without shared memory.
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
	at      int
	grads   [][]float32
}

// Memory is what so many helpers of a model share, of which so many weights learn, or
// null where the page may not share memory.
func Memory(helpers, weights int) js.Value {
	if !js.Global().Get("crossOriginIsolated").Truthy() {
		return js.Null()
	}
	buffer := js.Global().Get("SharedArrayBuffer").New(4 * weights * (helpers + 1))
	return js.Global().Get("Uint8Array").New(buffer)
}

// New returns the helper behind a port, a worker that runs a program that calls Assist,
// the place-th that shares memory.
func New(port, memory js.Value, place, weights int) *Helper {
	h := &Helper{port: port, answers: make(chan js.Value, 4), memory: memory, lead: place == 0, at: 4 * weights * (place + 1)}
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
	h.port.Call("postMessage", map[string]any{"recipe": string(text), "model": browser.Array(file), "memory": h.memory, "at": h.at})
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
	message := map[string]any{"step": s.Step, "first": s.First, "pixels": browser.Array(s.Pixels), "labels": browser.Array(s.Labels)}
	if h.grads == nil {
		for _, w := range weights {
			h.grads = append(h.grads, make([]float32, len(w)))
		}
	}
	if h.memory.IsNull() {
		bytes := js.Global().Get("Uint8Array").New(size(weights))
		write(bytes, 0, weights)
		message["weights"] = bytes
		h.port.Call("postMessage", message, []any{bytes.Get("buffer")})
		return nil
	}
	if h.lead {
		write(h.memory, 0, weights)
	}
	h.port.Call("postMessage", message)
	return nil
}

// Finish implements train.Helper.
func (h *Helper) Finish() (train.Outcome, [][]float32, error) {
	a, err := h.answer()
	if err != nil {
		return train.Outcome{}, nil, err
	}
	from, at := h.memory, h.at
	if from.IsNull() {
		from, at = a.Get("gradients"), 0
	}
	read(from, at, h.grads)
	return train.Outcome{Loss: a.Get("loss").Float(), Right: a.Get("right").Int(), Pictures: a.Get("pictures").Int()}, h.grads, nil
}

func (h *Helper) answer() (js.Value, error) {
	late := time.NewTimer(Patience)
	defer late.Stop()
	select {
	case a := <-h.answers:
		if e := a.Get("error"); e.Truthy() {
			return a, fmt.Errorf("team: a worker says: %s", e.String())
		}
		return a, nil
	case <-late.C:
		return js.Undefined(), fmt.Errorf("team: a worker did not answer within %v", Patience)
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

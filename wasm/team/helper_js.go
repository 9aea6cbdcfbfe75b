// Package team lets workers train together. One leads: it has the data, the optimiser and
// the run. At each step it hands every other worker a share of the batch and the weights,
// does its own share, and gets their gradients (see train.Helper); those of a large dense
// layer travel as factors. Numbers lie in a SharedArrayBuffer where the page is cross-origin
// isolated and travel in the messages where it is not.
//
// The leader's first message is an object {recipe, model, memory, place}: JSON, a safetensors
// file, the shared memory or null, and which helper this is. The worker answers {ready}. A
// turn is the leader's share, early weights and other weights, and the worker's factors and
// gradients; the share may come while the turn before is under way. With shared memory they
// lie there (see line), and a worker that has waited for a while is told by {wake}; otherwise
// they are messages, {turn, kind, bytes, spent}, where spent is the memory of an earlier one,
// to be used again. An error is {turn, error}.
package team

import (
	"encoding/json"
	"fmt"
	"slices"
	"syscall/js"

	"tenfold/nn/task"
	"tenfold/nn/train"
	"tenfold/wasm/browser"
)

// Helper is a worker that helps. It implements train.Helper.
type Helper struct {
	*line
	room    int // bytes of a share at most
	place   int // the first helper writes the weights that all share
	next    int // counts the shares
	turn    int // of the share that is under way
	outcome [4]float32
	grads   [][]float32
	all     [][]byte // the memory of both
}

// New returns the place-th helper, behind a port: a worker that runs a program that calls
// Assist.
func New(port, memory js.Value, place int, x train.Exchanged) *Helper {
	h := &Helper{line: newLine(port, memory, place, x), place: place, room: 4 * x.Share}
	for _, n := range x.Each {
		h.grads = append(h.grads, make([]float32, n))
	}
	h.all = raw(append(slices.Clone(h.grads), h.outcome[:])...)
	return h
}

// Setup sends the first message and waits until the worker is ready.
func (h *Helper) Setup(memory js.Value, file []byte, recipe task.Recipe) error {
	text, err := json.Marshal(recipe)
	if err != nil {
		return fmt.Errorf("team: %w", err)
	}
	h.say(map[string]any{"recipe": string(text), "model": browser.Array(file), "memory": memory, "place": h.place})
	_, err = h.answer(0)
	return err
}

// Release lets go of the worker, which stays alive.
func (h *Helper) Release() {
	h.port.Set("onmessage", js.Null())
	h.listen.Release()
}

// Start implements train.Helper.
func (h *Helper) Start(s train.Share) error {
	head := []int32{int32(s.Step), int32(s.First), int32(s.Of), int32(s.Len())}
	if n := 4*len(head) + len(s.Labels) + len(s.Pixels); n > h.room {
		return fmt.Errorf("team: a share of %d bytes: this team was set up for batches whose shares take %d", n, h.room)
	}
	h.next++
	h.send(share, h.next, raw(head)[0], s.Labels, s.Pixels)
	return nil
}

// Early implements train.Helper.
func (h *Helper) Early(weights [][]float32) error {
	h.turn = h.next
	h.weights(early, weights)
	return nil
}

// Rest implements train.Helper.
func (h *Helper) Rest(weights [][]float32) error {
	h.weights(rest, weights)
	return nil
}

func (h *Helper) weights(kind int, weights [][]float32) {
	if h.shared() && h.place > 0 {
		weights = nil // they are there
	}
	h.send(kind, h.turn, raw(weights...)...)
}

// Factors implements train.Helper.
func (h *Helper) Factors(x, dy [][]float32) error {
	return h.receive(factors, h.turn, raw(append(slices.Clone(x), dy...)...)...)
}

// Finish implements train.Helper.
func (h *Helper) Finish() (train.Outcome, [][]float32, error) {
	err := h.receive(gradients, h.turn, h.all...)
	o := train.Outcome{Loss: float64(h.outcome[0]), Right: int(h.outcome[1]), Pictures: int(h.outcome[2]), Busy: float64(h.outcome[3])}
	return o, h.grads, err
}

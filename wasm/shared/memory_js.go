// Package shared is the memory that workers have in common, for training together:
// a SharedArrayBuffer, which a page has when it is cross-origin isolated.
package shared

import (
	"fmt"
	"syscall/js"
	"unsafe"
)

// head is the size in bytes of what lies before the slots: two int32, the number of
// peers that wait and the turn that they wait for.
const head = 64

// patience is how long a peer waits for the others, in ms.
const patience = 60_000

// Memory is one peer's view of the buffer. It implements train.Memory.
type Memory struct {
	peers   int
	slot    int // elements of a slot
	bytes   js.Value
	control js.Value
	atomics js.Value
}

// New returns a view of a SharedArrayBuffer that so many peers share.
func New(buffer js.Value, peers int) (*Memory, error) {
	m := &Memory{peers: peers, atomics: js.Global().Get("Atomics")}
	if !buffer.InstanceOf(js.Global().Get("SharedArrayBuffer")) {
		return nil, fmt.Errorf("shared: this is no SharedArrayBuffer")
	}
	m.slot = (buffer.Get("byteLength").Int() - head) / 4 / peers
	if m.slot < 1 {
		return nil, fmt.Errorf("shared: a buffer of %d bytes is too small for %d peers", buffer.Get("byteLength").Int(), peers)
	}
	m.bytes = js.Global().Get("Uint8Array").New(buffer)
	m.control = js.Global().Get("Int32Array").New(buffer, 0, 2)
	return m, nil
}

// Write implements train.Memory.
func (m *Memory) Write(slot, at int, x []float32) { js.CopyBytesToJS(m.view(slot, at, len(x)), raw(x)) }

// Read implements train.Memory.
func (m *Memory) Read(slot, at int, y []float32) { js.CopyBytesToGo(raw(y), m.view(slot, at, len(y))) }

func (m *Memory) view(slot, at, n int) js.Value {
	if at+n > m.slot {
		panic(fmt.Sprintf("shared: element %d of a slot of %d", at+n, m.slot))
	}
	from := head + 4*(slot*m.slot+at)
	return m.bytes.Call("subarray", from, from+4*n)
}

// raw is the memory of x.
func raw(x []float32) []byte {
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(x))), 4*len(x))
}

// Wait implements train.Memory. It blocks the worker.
func (m *Memory) Wait() error {
	turn := m.atomics.Call("load", m.control, 1).Int()
	if m.atomics.Call("add", m.control, 0, 1).Int()+1 == m.peers {
		m.atomics.Call("store", m.control, 0, 0)
		m.atomics.Call("add", m.control, 1, 1)
		m.atomics.Call("notify", m.control, 1)
		return nil
	}
	if m.atomics.Call("wait", m.control, 1, turn, patience).String() == "timed-out" {
		return fmt.Errorf("shared: the other workers did not come within %d s", patience/1000)
	}
	return nil
}

package team

import (
	"fmt"
	"syscall/js"
	"time"
	"unsafe"

	"tenfold/nn/train"
	"tenfold/wasm/browser"
)

// Patience is how long a worker may take for its share. A slow phone needs a second.
const Patience = 15 * time.Second

// line connects the leader with one worker. What they exchange travels in messages or, where
// the page is cross-origin isolated, lies in shared memory, next to flags that say which turn
// it is of. Whoever waits for a flag sleeps until it is set, which is sooner than the browser
// delivers a message: that took a third of a millisecond, five times in a step of 25.
type line struct {
	port     js.Value
	messages chan js.Value
	listen   js.Func
	memory   view          // nil where numbers travel in messages
	flags    js.Value      // Int32Array: the turn of the newest of each kind, and idle
	at       [kinds]int    // where in the memory they lie, in bytes
	waited   time.Duration // by this worker

	// Memory of messages, to be used again: what goes back with the next one, and what
	// has come back.
	spent, free js.Value
}

// The kinds of what is exchanged in a turn.
const (
	share     = iota // of a batch
	early            // weights
	rest             // the other weights
	factors          // of gradients
	gradients        // and the outcome
	kinds
)

// idle is the place, behind the kinds, of the flag of a worker that waits for a message.
const idle = kinds

// Memory returns the memory that helpers share, or null if the page may not share memory.
func Memory(helpers int, x train.Exchanged) js.Value {
	memory := js.Null()
	if shared := js.Global().Get("SharedArrayBuffer"); shared.Truthy() && js.Global().Get("crossOriginIsolated").Truthy() {
		browser.Try(func() { memory = shared.New(place(helpers, x)) }) // or messages do
	}
	return memory
}

// place returns where in the memory the part of the i-th helper begins, in bytes.
func place(i int, x train.Exchanged) int {
	return 4 * (x.Early + x.Rest + i*(kinds+1+x.Share+x.Factors+x.Gradients))
}

// newLine returns the i-th helper's line.
func newLine(port, memory js.Value, i int, x train.Exchanged) *line {
	l := &line{port: port, messages: make(chan js.Value, 8)}
	l.listen = browser.Func(func(_ js.Value, args []js.Value) any {
		select {
		case l.messages <- args[0].Get("data"):
		default: // it says more than it was asked
		}
		return nil
	})
	port.Set("onmessage", l.listen)
	if !memory.IsNull() {
		own := place(i, x)
		l.memory = kept(bytesOf(js.Global().Get("Uint8Array").New(memory)))
		l.flags = js.Global().Get("Int32Array").New(memory, own, kinds+1)
		own += 4 * (kinds + 1)
		l.at = [kinds]int{early: 0, rest: 4 * x.Early, share: own, factors: own + 4*x.Share, gradients: own + 4*(x.Share+x.Factors)}
	}
	return l
}

// shared reports whether numbers lie in shared memory.
func (l *line) shared() bool { return l.memory != nil }

// say sends a message.
func (l *line) say(message map[string]any, transfer ...any) {
	l.port.Call("postMessage", message, transfer)
}

// send sends parts of a turn's.
func (l *line) send(kind, turn int, parts ...[]byte) {
	if l.shared() {
		write(l.memory, l.at[kind], parts)
		atomics.Call("store", l.flags, kind, turn)
		atomics.Call("notify", l.flags, kind)
		if atomics.Call("exchange", l.flags, idle, 0).Int() == 1 {
			l.say(map[string]any{"wake": true})
		}
		return
	}
	n := 0
	for _, p := range parts {
		n += len(p)
	}
	buffer := js.Global().Get("ArrayBuffer")
	if l.free.Truthy() && l.free.Get("byteLength").Int() == n {
		buffer, l.free = l.free, js.Undefined()
	} else {
		buffer = buffer.New(n)
	}
	array := js.Global().Get("Uint8Array").New(buffer)
	write(bytesOf(array), 0, parts)
	message, transfer := map[string]any{"turn": turn, "kind": kind, "bytes": array}, []any{buffer}
	if l.spent.Truthy() {
		message["spent"], transfer = l.spent, append(transfer, l.spent)
		l.spent = js.Undefined()
	}
	l.say(message, transfer...)
}

// unpack reads a message.
func (l *line) unpack(message js.Value, parts ...[]byte) {
	if spent := message.Get("spent"); spent.Truthy() {
		l.free = spent
	}
	array := message.Get("bytes")
	read(bytesOf(array), 0, parts)
	l.spent = array.Get("buffer")
}

// flag returns the turn of the newest of a kind in the shared memory.
func (l *line) flag(kind int) int {
	return atomics.Call("load", l.flags, kind).Int()
}

// sleep waits up to 50 ms for a flag to change, and reports whether it did.
func (l *line) sleep(kind, was int) bool {
	atomics.Call("wait", l.flags, kind, was, 50)
	return l.flag(kind) != was
}

// wait waits until a flag is no longer what it was, or for another reason to look: when it
// takes longer than a moment, for a message, so that this worker can do something else.
func (l *line) wait(kind, was int) {
	start := time.Now()
	defer func() { l.waited += time.Since(start) }()
	if l.sleep(kind, was) {
		return
	}
	atomics.Call("store", l.flags, idle, 1)
	if l.flag(kind) == was {
		<-l.messages
	}
	atomics.Call("store", l.flags, idle, 0)
}

// message waits for a message.
func (l *line) message() js.Value {
	start := time.Now()
	defer func() { l.waited += time.Since(start) }()
	return <-l.messages
}

// receive waits for what a worker has made in a turn.
func (l *line) receive(kind, turn int, parts ...[]byte) error {
	if !l.shared() {
		m, err := l.answer(turn)
		if err == nil && m.Get("kind").Int() != kind {
			err = fmt.Errorf("team: a worker sends what is of kind %d, want %d", m.Get("kind").Int(), kind)
		}
		if err == nil {
			l.unpack(m, parts...)
		}
		return err
	}
	for start := time.Now(); ; {
		now := l.flag(kind)
		if now == turn {
			read(l.memory, l.at[kind], parts)
			return nil
		}
		if time.Since(start) > Patience {
			return errLate
		}
		if l.sleep(kind, now) {
			continue
		}
		select { // an error is a message, which comes while nothing runs here
		case m := <-l.messages:
			if err := errorOf(m); err != nil {
				return err
			}
		case <-time.After(time.Millisecond):
		}
	}
}

// answer waits for a message of a turn, or of no turn.
func (l *line) answer(turn int) (js.Value, error) {
	late := time.NewTimer(Patience)
	defer late.Stop()
	for {
		select {
		case m := <-l.messages:
			if t := m.Get("turn"); t.Type() == js.TypeNumber && t.Int() != turn {
				continue // of a step that was given up
			}
			return m, errorOf(m)
		case <-late.C:
			return js.Undefined(), errLate
		}
	}
}

var errLate = fmt.Errorf("team: a worker did not answer within %v", Patience)

func errorOf(message js.Value) error {
	if e := message.Get("error"); e.Truthy() {
		return fmt.Errorf("team: a worker says: %s", e.String())
	}
	return nil
}

var atomics = js.Global().Get("Atomics")

// view returns n bytes of a Uint8Array from byte at on.
type view func(at, n int) js.Value

func bytesOf(array js.Value) view {
	return func(at, n int) js.Value { return array.Call("subarray", at, at+n) }
}

// kept keeps what v returns: what is made again in each step is work for two garbage
// collectors.
func kept(v view) view {
	all := map[[2]int]js.Value{}
	return func(at, n int) js.Value {
		key := [2]int{at, n}
		if _, ok := all[key]; !ok {
			all[key] = v(at, n)
		}
		return all[key]
	}
}

// write copies parts, one behind the other.
func write(to view, at int, parts [][]byte) {
	for _, p := range parts {
		js.CopyBytesToJS(to(at, len(p)), p)
		at += len(p)
	}
}

// read is the way back.
func read(from view, at int, parts [][]byte) {
	for _, p := range parts {
		js.CopyBytesToGo(p, from(at, len(p)))
		at += len(p)
	}
}

// raw returns the memory of vectors.
func raw[T float32 | int32](vectors ...[]T) [][]byte {
	var all [][]byte
	for _, v := range vectors {
		all = append(all, unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(v))), 4*len(v)))
	}
	return all
}

// Package browser is what the programs need in addition to syscall/js.
package browser

import (
	"io"
	"syscall/js"
)

// Await calls a function that returns a promise, and waits for it. What the function
// throws is an error as well. It must run in a goroutine, or before the program's first
// event.
func Await(of js.Value, method string, args ...any) (js.Value, error) {
	var promise js.Value
	if err := Try(func() { promise = of.Call(method, args...) }); err != nil {
		return js.Undefined(), err
	}
	type outcome struct {
		value js.Value
		err   error
	}
	done := make(chan outcome, 1)
	fulfilled := Func(func(_ js.Value, args []js.Value) any {
		v := js.Undefined()
		if len(args) > 0 {
			v = args[0]
		}
		done <- outcome{value: v}
		return nil
	})
	defer fulfilled.Release()
	rejected := Func(func(_ js.Value, args []js.Value) any {
		done <- outcome{err: thrown(args[0])}
		return nil
	})
	defer rejected.Release()
	promise.Call("then", fulfilled, rejected)
	o := <-done
	return o.value, o.err
}

// Bytes copies an ArrayBuffer or a typed array of bytes.
func Bytes(v js.Value) []byte {
	if v.InstanceOf(js.Global().Get("ArrayBuffer")) {
		v = js.Global().Get("Uint8Array").New(v)
	}
	b := make([]byte, v.Get("byteLength").Int())
	js.CopyBytesToGo(b, v)
	return b
}

// Array copies bytes into a Uint8Array of their own.
func Array(b []byte) js.Value {
	array := js.Global().Get("Uint8Array").New(len(b))
	js.CopyBytesToJS(array, b)
	return array
}

// Stream reads a ReadableStream of bytes.
type Stream struct {
	reader js.Value
	left   js.Value // of the last chunk
	at     int
	err    error
}

// NewStream returns a reader of a ReadableStream.
func NewStream(stream js.Value) *Stream {
	return &Stream{reader: stream.Call("getReader"), left: js.Undefined()}
}

// Read implements io.Reader.
func (s *Stream) Read(b []byte) (int, error) {
	for s.err == nil && (s.left.IsUndefined() || s.at == s.left.Length()) {
		chunk, err := Await(s.reader, "read")
		switch {
		case err != nil:
			s.err = err
		case chunk.Get("done").Bool():
			s.err = io.EOF
		default:
			s.left, s.at = chunk.Get("value"), 0
		}
	}
	if s.err != nil {
		return 0, s.err
	}
	n := min(len(b), s.left.Length()-s.at)
	js.CopyBytesToGo(b[:n], s.left.Call("subarray", s.at, s.at+n))
	s.at += n
	return n, nil
}

// Close implements io.Closer.
func (s *Stream) Close() error {
	s.reader.Call("cancel")
	return nil
}

// Turn returns a function that waits for one turn of the browser's event loop. A
// message channel has no minimum delay, as timers have.
func Turn() func() {
	turn := make(chan struct{}, 1)
	channel := js.Global().Get("MessageChannel").New()
	channel.Get("port1").Set("onmessage", Func(func(js.Value, []js.Value) any {
		turn <- struct{}{}
		return nil
	}))
	return func() {
		channel.Get("port2").Call("postMessage", js.Null())
		<-turn
	}
}

// Post sends bytes to the page in a buffer that is transferred.
func Post(b []byte) {
	buffer := Array(b).Get("buffer")
	js.Global().Call("postMessage", buffer, []any{buffer})
}

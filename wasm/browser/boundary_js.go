package browser

import (
	"fmt"
	"runtime/debug"
	"strings"
	"syscall/js"
)

// Error is what the browser has thrown, or a promise was rejected with.
type Error struct{ Name, Text string }

func (e Error) Error() string { return e.Text }

// thrown describes whatever was thrown: it need not be an Error.
func thrown(v js.Value) Error {
	if v.Type() != js.TypeObject {
		return Error{"", js.Global().Call("String", v).String()}
	}
	return Error{v.Get("name").String(), js.Global().Call("String", v).String()}
}

// Try calls f and returns what the browser throws in it as an Error. Reading a property
// throws past it, and ends the program: what a browser may forbid to read is behind a
// function in web/page.js.
func Try(f func()) (err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case js.Error:
			err = thrown(r.Value)
		case *js.ValueError: // what should have the function is not there
			err = Error{"TypeError", r.Error()}
		case string:
			if !strings.HasPrefix(r, "syscall/js: Value.") { // the function is not there
				panic(r)
			}
			err = Error{"TypeError", r}
		default:
			panic(r)
		}
	}()
	f()
	return nil
}

// Fault is told what a callback or a goroutine of this package panicked with, and where.
// The program continues.
var Fault = func(err error, stack string) { println(err.Error() + "\n" + stack) }

// guard is the boundary: deferred, it hands a panic to Fault.
func guard() {
	if r := recover(); r != nil {
		err, ok := r.(error)
		if !ok {
			err = fmt.Errorf("%v", r)
		}
		Fault(err, string(debug.Stack()))
	}
}

// Func is js.FuncOf behind a boundary, so that a callback that fails does not end the
// program.
func Func(f func(this js.Value, args []js.Value) any) js.Func {
	return js.FuncOf(func(this js.Value, args []js.Value) (result any) {
		defer guard()
		return f(this, args)
	})
}

// Guarded runs f behind a boundary.
func Guarded(f func()) {
	defer guard()
	f()
}

// Go runs f in a goroutine behind a boundary.
func Go(f func()) { go Guarded(f) }

package browser

import "syscall/js"

// ProbeSide is the side of the canvas that Honest looks at.
const ProbeSide = 16

// Honest reports whether a canvas gives the pixels that are on it, by its context in two dimensions,
// which it writes over. Against being recognised, Firefox and others give invented ones unless the
// user allows it, and change those that they give a little.
func Honest(context js.Value) bool {
	const most = 8 // of 255, by which a byte may be off
	want := make([]byte, 4*ProbeSide*ProbeSide)
	for i := range want {
		if want[i] = byte(i * 37); i%4 == 3 {
			want[i] = 255
		}
	}
	bytes := js.Global().Get("Uint8ClampedArray").New(len(want))
	js.CopyBytesToJS(bytes, want)
	context.Call("putImageData", js.Global().Get("ImageData").New(bytes, ProbeSide, ProbeSide), 0, 0)
	got := Bytes(context.Call("getImageData", 0, 0, ProbeSide, ProbeSide).Get("data").Get("buffer"))
	off := 0
	for i := range want {
		off += max(int(want[i]), int(got[i])) - min(int(want[i]), int(got[i]))
	}
	return off <= most*len(want)
}

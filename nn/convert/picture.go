package convert

import (
	"bytes"
	"image/png"

	"tenfold/nn/picture"
	"tenfold/nn/task"
)

// pictureFile returns a picture as PNG: bytes of [h,w,1] or [h,w,3].
func pictureFile(pixels []byte, shape task.Shape) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, picture.Enlarge(pixels, shape)); err != nil {
		panic(err) // a buffer never fails
	}
	return b.Bytes()
}

package convert

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"

	"tenfold/nn/task"
)

// pictureFile is a picture as PNG: bytes of [h,w,1] or [h,w,3]. The package of Go's own would bring
// all of the page's pictures into the worker. Source: https://www.w3.org/TR/png-3/.
func pictureFile(pixels []byte, shape task.Shape) []byte {
	out := bytes.NewBufferString("\x89PNG\r\n\x1a\n")
	chunk := func(kind string, data []byte) {
		b := append([]byte(kind), data...)
		binary.Write(out, binary.BigEndian, uint32(len(data)))
		out.Write(b)
		binary.Write(out, binary.BigEndian, crc32.ChecksumIEEE(b))
	}
	const grey, colour = 0, 2
	kind := byte(colour)
	if shape[2] == 1 {
		kind = grey
	}
	size := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, uint32(shape[1])), uint32(shape[0]))
	chunk("IHDR", append(size, 8, kind, 0, 0, 0))
	var data bytes.Buffer
	z := zlib.NewWriter(&data)
	row := shape[1] * shape[2]
	for i := 0; i < len(pixels); i += row {
		z.Write([]byte{0}) // no filter
		z.Write(pixels[i : i+row])
	}
	z.Close() // to memory it cannot fail
	chunk("IDAT", data.Bytes())
	chunk("IEND", nil)
	return out.Bytes()
}

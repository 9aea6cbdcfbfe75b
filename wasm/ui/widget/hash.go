package widget

import (
	"encoding/binary"
	"hash/maphash"
	"math"
)

// writeFloats writes the bits of numbers, so that NaN is like itself.
func writeFloats(h *maphash.Hash, v ...float64) {
	var b [8]byte
	for _, x := range v {
		binary.LittleEndian.PutUint64(b[:], math.Float64bits(x))
		h.Write(b[:])
	}
}

// writeStrings writes texts with their lengths.
func writeStrings(h *maphash.Hash, all ...string) {
	for _, s := range all {
		writeFloats(h, float64(len(s)))
		h.WriteString(s)
	}
}

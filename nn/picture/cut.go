package picture

import (
	"bytes"
	"encoding/binary"
)

// Cut reports whether a file lacks its end: of JPEG, PNG, GIF and WebP, as far as their parts say
// how long they are. One browser refuses such a file, another shows what there is, a third
// shows white.
func Cut(b []byte) bool {
	switch {
	case bytes.HasPrefix(b, []byte("\xff\xd8\xff")):
		return cutJPEG(b[2:])
	case bytes.HasPrefix(b, []byte("\x89PNG\r\n\x1a\n")):
		return cutPNG(b[8:])
	case bytes.HasPrefix(b, []byte("GIF8")):
		return cutGIF(b)
	case len(b) >= 12 && bytes.HasPrefix(b, []byte("RIFF")) && string(b[8:12]) == "WEBP":
		return uint64(len(b)) < 8+uint64(binary.LittleEndian.Uint32(b[4:]))
	}
	return false
}

// cutJPEG looks for the end of image, ITU-T T.81, annex B: from marker to marker, by the length
// of each segment, and between these through what is coded, in which a marker's byte is
// followed by 0 or is a restart.
func cutJPEG(b []byte) bool {
	const end, stuffed, first, last, temporary = 0xd9, 0, 0xd0, 0xd7, 1
	for {
		at := bytes.IndexByte(b, 0xff)
		if at < 0 || at+1 >= len(b) {
			return true
		}
		marker := b[at+1]
		switch {
		case marker == 0xff: // filling
			b = b[at+1:]
			continue
		case marker == end:
			return false
		case marker == stuffed, marker >= first && marker <= last, marker == temporary:
			b = b[at+2:]
			continue
		}
		b = b[at+2:]
		if len(b) < 2 {
			return true
		}
		n := int(binary.BigEndian.Uint16(b))
		if n > len(b) {
			return true
		}
		b = b[max(n, 2):]
	}
}

// cutPNG goes from chunk to chunk, each with a length, a name and a sum, to the last one.
func cutPNG(b []byte) bool {
	for len(b) >= 12 {
		n := uint64(binary.BigEndian.Uint32(b))
		if string(b[4:8]) == "IEND" {
			return false
		}
		if n+12 > uint64(len(b)) {
			return true
		}
		b = b[n+12:]
	}
	return true
}

// cutGIF looks for the end of the first picture, which is all that is shown: extensions and a
// picture are blocks with a length before each, up to one of none.
func cutGIF(b []byte) bool {
	table := func(flags byte) int {
		if flags&0x80 == 0 {
			return 0
		}
		return 3 << (flags&7 + 1)
	}
	const header, colours = 13, 10 // bytes, and where its flags are
	if len(b) < header {
		return true
	}
	at := header + table(b[colours])
	for at < len(b) {
		image := false
		switch b[at] {
		case 0x21: // an extension
			at += 2
		case 0x2c: // a picture
			if at+9 >= len(b) {
				return true
			}
			image = true
			at += 11 + table(b[at+9])
		default: // the trailer, or what no decoder reads on from
			return false
		}
		for {
			if at >= len(b) {
				return true
			}
			n := int(b[at])
			at += 1 + n
			if n == 0 {
				break
			}
		}
		if image {
			return false
		}
	}
	return true
}

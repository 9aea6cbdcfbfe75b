// Package convert opens networks from the files of other tools, and writes such files. Each format
// is a line of Formats and a file.
package convert

import (
	"bytes"
	"encoding/binary"
	"errors"
	"path"
	"strings"

	"tenfold/nn/model"
	"tenfold/nn/task"
)

// Known reports whether Open reads the file and it is another tool's: anything
// but this project's own networks.
func Known(b []byte) bool {
	if inner, err := inside(b); err == nil && inner != nil {
		return true
	}
	for _, f := range Formats {
		if f.known(b) {
			return f.Name != Safetensors.Name || !own(b)
		}
	}
	return false
}

// own reports whether a safetensors file holds a network, not weights alone.
func own(b []byte) bool {
	head := b[8:]
	if n := binary.LittleEndian.Uint64(b); n < uint64(len(head)) {
		head = head[:n]
	}
	return bytes.Contains(head, []byte(`"architecture"`))
}

// Opened is what a file holds.
type Opened struct {
	*model.Network
	Unsaid task.Unsaid // what the file does not say of the network's task, which is guessed; see Guess
	file   []byte
}

// Open opens a network from a file of any of the formats, or from a bundle of one. Where the file
// holds weights alone, they are those of a network like at, which is not changed; without one, at
// is nil, and that is an error. For any other file the error says what it seems
// to be.
func Open(b []byte, at *model.Network) (*Opened, error) {
	inner, err := inside(b)
	if err != nil {
		return nil, err
	}
	if inner != nil {
		b = inner
	}
	for _, f := range Formats {
		if f.known(b) {
			net, err := f.open(b, at)
			if err != nil {
				return nil, err
			}
			return &Opened{net, Guess(net), b}, nil
		}
	}
	return nil, Foreign(b)
}

// inside returns the one file of any of the formats in an archive that is not
// itself one of them: a bundle. It returns nil if there is none.
func inside(b []byte) ([]byte, error) {
	if !isZip(b) || isKeras(b) || isTensorFlowJS(b) {
		return nil, nil
	}
	z, err := unzip(b)
	if err != nil {
		return nil, err
	}
	at := -1
	for i, f := range z.File {
		if _, err := Of(path.Base(f.Name)); err != nil || hidden(f.Name) || strings.HasSuffix(f.Name, ".zip") {
			continue
		}
		if at >= 0 {
			return nil, errors.New("convert: the .zip file holds more than one model: unpack it, and choose one of them")
		}
		at = i
	}
	if at < 0 {
		return nil, nil
	}
	return z.read(z.File[at], maxPart)
}

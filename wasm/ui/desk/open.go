package desk

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/network"
	"tenfold/wasm/ui/words"
)

// Open classifies with the network of files that the user has chosen, if they are one: name is
// what they are called. Another tool's are converted first, and so are weights alone, which become
// those of a network like the one in use. What a file does not say of its task is asked for.
func (d *Desk) Open(name string, files map[string][]byte) error {
	d.Asking = nil // about another
	d.Say(fmt.Sprintf(words.Files.Opening, name))
	for _, b := range files {
		if len(files) == 1 && own(b) {
			return d.Network.Use(network.Offer{Kind: task.Given, Name: name, Model: b})
		}
	}
	id := d.Network.Serial()
	d.opening[id] = name
	return d.Drafts.Ask(protocol.Convert{ID: id, Files: files, At: d.Network.File})
}

// own reports whether a file is a network of the project's own: safetensors, a length of eight bytes and
// JSON, in which its layers stand.
func own(b []byte) bool {
	if len(b) < 9 || b[8] != '{' {
		return false
	}
	head := b[8:]
	if n := binary.LittleEndian.Uint64(b); n < uint64(len(head)) {
		head = head[:n]
	}
	return bytes.Contains(head, []byte("\"architecture\""))
}

// Drafted takes what the worker that drafts says of a file that is being opened.
func (d *Desk) Drafted(e protocol.Event) error {
	switch e := e.(type) {
	case protocol.Converted:
		if name, ok := d.opening[e.ID]; ok {
			delete(d.opening, e.ID)
			if d.Asking = nil; e.Unsaid.Any() {
				d.Asking = asking(name, e)
				d.Show("train")
				d.Say(fmt.Sprintf(words.Asking.Said, name))
				return nil
			}
			return d.Network.Use(network.Offer{Kind: task.Given, Name: name, Model: e.File})
		}
	case protocol.Failed:
		if name, ok := d.opening[e.ID]; ok {
			delete(d.opening, e.ID)
			return fmt.Errorf(words.Network.RefusedFile, name, network.Plain(e.Message))
		}
	}
	return nil
}

// DrafterDied is called when the worker that drafts has ended, and why. A file that it was opening is
// named.
func (d *Desk) DrafterDied(why string) error {
	d.Drafts.Died()
	var all error
	for _, name := range d.opening {
		all = errors.Join(all, fmt.Errorf(words.Network.RefusedFile, name, why))
	}
	clear(d.opening)
	return all
}

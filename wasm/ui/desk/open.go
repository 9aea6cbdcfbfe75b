package desk

import (
	"errors"
	"fmt"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/network"
	"tenfold/wasm/ui/words"
)

// Open classifies with the network of a file that the person has chosen, if it is one. Another
// tool's is converted first.
func (d *Desk) Open(name string, file []byte) error {
	d.Say(fmt.Sprintf(words.Files.Opening, name))
	if safetensors(file) {
		return d.Network.Use(network.Offer{Kind: task.Given, Name: name, Model: file})
	}
	id := d.Network.Serial()
	d.opening[id] = name
	return d.Drafts.Ask(protocol.Convert{ID: id, File: file})
}

// safetensors says whether a file is of the project's own format: a length of eight bytes, and JSON.
func safetensors(b []byte) bool { return len(b) > 8 && b[8] == '{' }

// Drafted takes what the worker that drafts says of a file that is being opened.
func (d *Desk) Drafted(e protocol.Event) error {
	switch e := e.(type) {
	case protocol.Converted:
		if name, ok := d.opening[e.ID]; ok {
			delete(d.opening, e.ID)
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

// DrafterDied tells that the worker that drafts has ended, and why. A file that it was opening is
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

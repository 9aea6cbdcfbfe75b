// Package drafts is the worker that writes and converts networks, as the page knows it: started
// with the first question, and again with the next one where it has died.
package drafts

import (
	"fmt"

	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/words"
)

// Host is what the page asks of the browser.
type Host interface {
	// StartDrafter starts the worker, replacing any present one.
	StartDrafter()
	// SendDrafter hands a message to it.
	SendDrafter(message []byte)
}

// Drafts is the state of the worker.
type Drafts struct {
	host    Host
	started bool
	ready   bool     // its program runs
	waiting [][]byte // what is sent when it does
}

// New returns the worker, which is not started yet.
func New(host Host) *Drafts { return &Drafts{host: host} }

// Ask sends a question as soon as there is somebody to answer it.
func (d *Drafts) Ask(c protocol.Command) error {
	b, err := protocol.Encode(c)
	if err != nil {
		return err
	}
	if d.ready {
		d.host.SendDrafter(b)
		return nil
	}
	d.waiting = append(d.waiting, b)
	if !d.started {
		d.started = true
		d.host.StartDrafter()
	}
	return nil
}

// Receive takes a worker's message and returns it, or nil where it is for nobody else.
func (d *Drafts) Receive(b []byte) (protocol.Event, error) {
	e, err := protocol.DecodeEvent(b)
	if err != nil {
		return nil, err
	}
	if _, ok := e.(protocol.Ready); ok {
		d.ready = true
		for _, m := range d.waiting {
			d.host.SendDrafter(m)
		}
		d.waiting = nil
		return nil, nil
	}
	if f, ok := e.(protocol.Failed); ok && f.ID == 0 {
		return nil, fmt.Errorf(words.Network.Says, f.Message)
	}
	return e, nil
}

// Died is called when the worker has ended. What it was asked is lost; the next question starts another.
func (d *Drafts) Died() { *d = Drafts{host: d.host} }

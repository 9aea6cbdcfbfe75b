// Package drafting is the worker in which networks are written, read from the files of other tools
// and written for them, without its browser. It keeps nothing between two messages. What it is
// built with is large, so the worker that classifies, which comes first, does without.
package drafting

import (
	"cmp"
	"context"
	"fmt"
	"runtime/debug"
	"slices"

	"tenfold/nn/checkpoint"
	"tenfold/nn/convert"
	"tenfold/nn/kernel"
	"tenfold/nn/model"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
)

// queue is how many messages may wait.
const queue = 256

// Session is the worker's state: what waits.
type Session struct {
	send  func(protocol.Event)
	inbox chan []byte
}

// New returns a session that sends events with send.
func New(send func(protocol.Event)) *Session {
	return &Session{send: send, inbox: make(chan []byte, queue)}
}

// Post queues a message from the page. It does not block; one that finds the queue full is
// refused.
func (s *Session) Post(b []byte) {
	select {
	case s.inbox <- b:
	default:
		s.send(protocol.Failed{Message: fmt.Sprintf("drafting: over %d messages wait: one was dropped", queue)})
	}
}

// Run says Ready and answers messages until ctx ends.
func (s *Session) Run(ctx context.Context) {
	s.send(protocol.Ready{Kernel: kernel.Best()})
	for {
		select {
		case <-ctx.Done():
			return
		case b := <-s.inbox:
			s.handle(b)
		}
	}
}

// handle answers a message. A panic becomes Failed, so that it does not cost the page its worker.
func (s *Session) handle(b []byte) {
	id := uint64(0)
	defer func() {
		if r := recover(); r != nil {
			s.send(protocol.Failed{ID: id, Message: fmt.Sprintf("drafting: %v\n%s", r, debug.Stack())})
		}
	}()
	c, err := protocol.DecodeCommand(b)
	var e protocol.Event
	if err == nil {
		switch c := c.(type) {
		case protocol.Design:
			id, e = c.ID, designed(c)
		case protocol.Weigh:
			id = c.ID
			e, err = weigh(c)
		case protocol.Convert:
			id = c.ID
			e, err = converted(c)
		case protocol.Export:
			id = c.ID
			e, err = exported(c)
		case protocol.ExportPage:
			id = c.ID
			e, err = paged(c)
		default:
			err = fmt.Errorf("drafting: no answer to %T", c)
		}
	}
	if err != nil {
		e = protocol.Failed{ID: id, Message: err.Error()}
	}
	s.send(e)
}

// converted answers a Convert.
func converted(c protocol.Convert) (protocol.Event, error) {
	file, err := convert.Together(c.Files)
	if err != nil {
		return nil, err
	}
	var at *model.Network
	if len(c.At) > 0 {
		if at, err = opened(c.At); err != nil {
			return nil, err
		}
	}
	net, err := convert.Open(file, at)
	if err != nil {
		return nil, err
	}
	if c.Task != nil {
		if err := cmp.Or(c.Task.Check(), outputs(net.Network, *c.Task)); err != nil {
			return nil, err
		}
		net.Task, net.Unsaid = *c.Task, task.Unsaid{}
	}
	if net.Task.Check() != nil { // what cannot be used is refused where it is used, and nobody asked
		net.Unsaid = task.Unsaid{}
	}
	file, err = convert.Safetensors.Save(net.Network, nil)
	if err != nil {
		return nil, err
	}
	return protocol.Converted{ID: c.ID, File: file, Task: net.Task, Unsaid: net.Unsaid}, nil
}

// outputs returns an error if a network does not fit its task.
func outputs(net *model.Network, t task.Task) error {
	if n := net.Output().Size(); n != len(t.Classes) {
		return fmt.Errorf("drafting: %d names of classes for %d outputs", len(t.Classes), n)
	}
	if !slices.Equal(net.Input, t.Input) {
		return fmt.Errorf("drafting: the network takes pictures of shape %v, not %v", net.Input, t.Input)
	}
	return nil
}

// exported answers an Export.
func exported(c protocol.Export) (protocol.Event, error) {
	net, err := convert.Open(c.Model, nil)
	if err != nil {
		return nil, err
	}
	f, err := convert.Of("model" + c.Ending)
	if err != nil {
		return nil, err
	}
	file, err := convert.Bundle(f, net.Network, net.State(), c.Picture)
	if err != nil {
		return nil, err
	}
	return protocol.Exported{ID: c.ID, File: file}, nil
}

// opened opens a model's file of our own.
func opened(file []byte) (*model.Network, error) {
	f, err := checkpoint.Decode(file)
	if err != nil {
		return nil, err
	}
	return model.Open(f)
}

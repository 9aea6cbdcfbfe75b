package page

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
)

// Worker is the page's way to a worker.
type Worker interface {
	// Send hands a message to the worker.
	Send(message []byte)
	// Restart ends the worker, if it still lives, and starts a new one.
	Restart()
}

// patience is how long the page waits for an answer before it takes the worker for
// dead. A slow phone needs 50 ms.
const patience = 8 * time.Second

// maxRestarts is how many workers may die before one has answered.
const maxRestarts = 3

// link keeps one picture under way to the worker: the newest wins, and the answer
// to an older one is dropped. It brings a worker that dies back.
type link struct {
	worker Worker
	model  []byte      // the one in use, which a new worker gets
	beside []byte      // the model to compare with; nil for none
	temper float64     // what the logits of the model in use are divided by; 0 for its own
	loaded *task.Model // nil until the worker has the model

	taken  func(offer) // hears which model is in use, before anything is asked of it
	offers []offer     // models that the worker has not said yet whether it takes
	offer  uint64      // how many there were

	id       uint64 // of the last Classify
	awaiting bool   // its answer
	asked    int    // its bytes
	since    time.Time
	pixels   []byte // the newest picture
	waiting  bool   // pixels are not sent yet
	restarts int    // since the last answer
	notice   string // what the person should know
}

// firstOffer is where the IDs of offers begin, so that none is that of a picture or a question.
const firstOffer = 1 << 40

// offer is a model that may come into use.
type offer struct {
	id    uint64
	kind  string // task.Shipped, "live", "last", "best" or task.Given
	name  string // of the file that it is from
	model []byte
	sent  bool
}

// ready says that the worker's program runs: it gets the model, if it did not start
// with it.
func (l *link) ready(model *task.Model, now time.Time) error {
	l.loaded, l.awaiting = model, false
	if model == nil {
		if err := l.send(protocol.Load{Model: l.model}, now); err != nil {
			return err
		}
	}
	if l.temper != 0 { // which a Load ends
		if err := l.send(protocol.Temper{Temperature: l.temper}, now); err != nil {
			return err
		}
	}
	if l.beside != nil {
		if err := l.send(protocol.Compare{Model: l.beside}, now); err != nil {
			return err
		}
	}
	return l.next(now)
}

// use offers the worker another model. Until it has loaded it the one before is in use.
func (l *link) use(o offer, now time.Time) error {
	l.offer++
	o.id = firstOffer + l.offer
	l.offers = append(l.offers, o)
	return l.offerAll(now)
}

// offerAll sends what is offered, if there is a worker that has a model.
func (l *link) offerAll(now time.Time) error {
	for i := range l.offers {
		if o := &l.offers[i]; l.loaded != nil && !o.sent {
			o.sent = true
			if err := l.send(protocol.Load{ID: o.id, Model: o.model}, now); err != nil {
				return err
			}
		}
	}
	return nil
}

// judged takes the offer that an ID belongs to from the list. The worker answers in order.
func (l *link) judged(id uint64) (offer, bool) {
	for i, o := range l.offers {
		if o.id == id && o.sent {
			l.offers = l.offers[i+1:]
			return o, true
		}
	}
	return offer{}, false
}

// compare classifies with a second model too, or with none.
func (l *link) compare(model []byte, now time.Time) error {
	l.beside = model
	if l.loaded == nil {
		return nil
	}
	return l.send(protocol.Compare{Model: model}, now)
}

// classify asks for a picture's classes, as soon as the worker is free.
func (l *link) classify(pixels []byte, now time.Time) error {
	l.pixels, l.waiting = pixels, true
	return l.next(now)
}

// next sends the newest picture if the worker is free.
func (l *link) next(now time.Time) error {
	if !l.waiting || l.loaded == nil || l.awaiting {
		return nil
	}
	if len(l.pixels) != l.loaded.Pixels() { // they were made for another network
		l.pixels, l.waiting = nil, false
		return nil
	}
	l.id++
	l.awaiting, l.waiting, l.asked = true, false, len(l.pixels)
	return l.send(protocol.Classify{ID: l.id, Pictures: l.pixels}, now)
}

func (l *link) send(c protocol.Command, now time.Time) error {
	b, err := protocol.Encode(c)
	if err != nil {
		return err
	}
	l.since = now
	l.worker.Send(b)
	return nil
}

// receive takes a worker's message and returns it: the answer to the newest picture,
// which has its ID, or whatever the link does not want for itself.
func (l *link) receive(b []byte, now time.Time) (protocol.Event, error) {
	e, err := protocol.DecodeEvent(b)
	if err != nil {
		return nil, err
	}
	switch e := e.(type) {
	case protocol.Ready:
		return nil, l.ready(e.Model, now)
	case protocol.Loaded:
		l.loaded = &e.Model
		l.waiting = l.pixels != nil
		if o, ok := l.judged(e.ID); ok {
			l.taken(o)
		}
		if err := l.offerAll(now); err != nil {
			return e, err
		}
		return e, l.next(now)
	case protocol.Classified:
		if e.ID > l.id {
			return e, nil // it answers a question beside the live picture
		}
		if !l.awaiting || e.ID != l.id {
			return nil, nil
		}
		l.awaiting, l.restarts, l.notice = false, 0, ""
		answered := e
		answered.ID = newest
		return answered, l.next(now)
	case protocol.Failed:
		message := plain(e.Message)
		if o, ok := l.judged(e.ID); ok {
			return e, fmt.Errorf("%s cannot be used: %s. The network in use stays", o.what(), message)
		}
		if e.ID == l.id && l.awaiting {
			l.awaiting = false
			if err := l.next(now); err != nil { // of what was drawn meanwhile
				return e, err
			}
			if l.loaded != nil && l.asked != l.loaded.Pixels() { // another network came first
				return e, nil
			}
		}
		return e, fmt.Errorf("the worker says: %s", message)
	}
	return e, nil
}

// what names an offer to the person.
func (o offer) what() string {
	if o.name != "" {
		return "the file " + o.name
	}
	return "the network"
}

// plain is a message of a worker without the names of packages and a panic's stack.
func plain(message string) string {
	message, _, _ = strings.Cut(message, "\n")
	for {
		name, rest, ok := strings.Cut(message, ": ")
		if !ok || !slices.Contains([]string{"session", "training", "model", "checkpoint", "layer", "explain", "evaluate"}, name) {
			return message
		}
		message = rest
	}
}

// newest is the ID of the answer to the newest picture.
const newest = 0

// died brings the worker back, unless it never lived.
func (l *link) died(why string, now time.Time) error {
	l.loaded, l.awaiting = nil, false
	l.waiting = l.pixels != nil                                                  // a new worker has not seen the last picture
	l.offers = slices.DeleteFunc(l.offers, func(o offer) bool { return o.sent }) // it may have died of one
	if l.restarts++; l.restarts > maxRestarts {
		l.notice = ""
		return fmt.Errorf("the part of the page that computes cannot start (%s); reload the page", why)
	}
	l.notice = "The worker stopped. It was started again; nothing is lost."
	l.since = now
	l.worker.Restart()
	return nil
}

// wait is how long it takes until watch has something to say.
func (l *link) wait(now time.Time) time.Duration {
	if l.awaiting {
		return max(l.since.Add(patience).Sub(now), 0) + time.Millisecond
	}
	return Forever
}

// watch looks whether an answer is overdue.
func (l *link) watch(now time.Time) error {
	if l.awaiting && now.Sub(l.since) > patience {
		return l.died("no answer", now)
	}
	return nil
}

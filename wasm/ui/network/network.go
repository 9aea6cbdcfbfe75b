// Package network is the network in use: the worker that runs it, the networks that may take
// its place, and what it says of the newest picture. It knows no view.
package network

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/words"
)

// Worker is the way to the worker that classifies.
type Worker interface {
	// Send hands a message to the worker.
	Send(message []byte)
	// Restart ends the worker, if it still lives, and starts a new one.
	Restart()
}

// Patience is how long the page waits for an answer before it takes the worker for
// dead. A slow phone needs 50 ms.
const Patience = 8 * time.Second

// MaxRestarts is how many workers may die before one has answered.
const MaxRestarts = 3

// Network keeps one picture under way to the worker: the newest wins, and the answer
// to an older one is dropped. It restarts a worker that dies.
type Network struct {
	Shipped []byte      // the file of the network that the page opens with
	File    []byte      // of the one in use, which a new worker gets
	Using   string      // which that is: one of Pretrained, "live", "last", "best", task.Given or the name of an earlier run's
	Loaded  *task.Model // what it is; nil until the worker has it
	Models  int         // counts the networks that were in use
	Notice  string      // what the user should know
	Now     time.Time   // is told before anything happens
	Answer

	worker Worker
	known  task.Task // of the network in use, also while another worker is being started
	beside []byte    // the network to compare with; nil for none
	temper float64   // what the logits of the one in use are divided by, as the user wants; 0 for its own

	taken  func(Offer) // hears which network has come into use, before anything is asked of it
	offers []Offer     // networks that the worker has neither accepted nor refused yet
	offer  uint64      // how many there were

	id       uint64 // of the last Classify
	awaiting bool   // its answer
	asked    int    // its bytes
	since    time.Time
	pixels   []byte // the newest picture
	waiting  bool   // pixels are not sent yet
	restarts int    // since the last answer

	serial uint64 // of questions other than the newest picture
}

// Answer is what the network in use says of the newest picture, by class.
type Answer struct {
	Probs   []float64 // nil before there is one
	Beside  []float64 // what the one that the page opens with says, where another one is in use; nil if none is
	Millis  float64   // how long it took
	Answers int       // how many have come since there was nothing to see, or another task
	Total   int       // how many have come at all
}

// firstQuestion is the first ID of questions other than the newest picture; pictures count from 1.
const firstQuestion = 1 << 32

// New returns the network that a worker has started with, or will: Opening.
// taken is told about those that replace it.
func New(worker Worker, file []byte, taken func(Offer)) *Network {
	return &Network{Shipped: file, File: file, Using: Opening, worker: worker, taken: taken, serial: firstQuestion}
}

// Task returns what the network in use tells apart, also while another worker is being started;
// without classes until there is one.
func (n *Network) Task() task.Task {
	if n.Loaded != nil {
		n.known = n.Loaded.Task
	}
	return n.known
}

// Class returns the name of a class, "" if there is none.
func (n *Network) Class(i int) string {
	if classes := n.Task().Classes; i >= 0 && i < len(classes) {
		return classes[i]
	}
	return ""
}

// Serial returns an ID that no question had before.
func (n *Network) Serial() uint64 {
	n.serial++
	return n.serial
}

// Side reports whether an ID is that of a question other than the newest picture: the view
// that asked it shows the result.
func Side(id uint64) bool { return id > firstQuestion && id < firstOffer }

// Nothing says that there is no picture: nothing is asked, and the answer is gone.
func (n *Network) Nothing() {
	n.pixels, n.waiting = nil, false
	n.id++ // an answer that is on its way is to none
	n.awaiting = false
	n.Answer = Answer{Total: n.Total}
}

// Tell sends a command to the worker, if it has a network.
func (n *Network) Tell(c protocol.Command) error {
	if n.Loaded == nil {
		return nil
	}
	return n.send(c)
}

// Temper divides the logits of the network in use by a temperature: 1 is as trained, and 0 its
// own, if its file has one.
func (n *Network) Temper(temperature float64) error {
	n.temper = temperature
	return n.Tell(protocol.Temper{Temperature: temperature})
}

// Temperature returns what the logits of the network in use are divided by, and whether that is its
// own; 1 leaves them.
func (n *Network) Temperature() (t float64, own bool) {
	if n.temper != 0 {
		return n.temper, false
	}
	if n.Loaded != nil && n.Loaded.Temperature != 0 {
		return n.Loaded.Temperature, true
	}
	return 1, false
}

// Again asks about the newest picture once more.
func (n *Network) Again() error {
	if n.pixels == nil {
		return nil
	}
	return n.Classify(n.pixels)
}

// Settled reports whether the newest picture is answered and no network is waited for.
func (n *Network) Settled() bool {
	return n.Loaded != nil && n.Answers > 0 && !n.awaiting && !n.waiting && len(n.offers) == 0
}

// Deciding reports whether the worker has yet to accept or refuse a network.
func (n *Network) Deciding() bool { return len(n.offers) > 0 }

// Slept says that nobody could be waited for, as the computer slept for a while.
func (n *Network) Slept(d time.Duration) { n.since = n.since.Add(d) }

// ready says that the worker's program runs: it gets the model, if it did not start
// with it.
func (n *Network) ready(model *task.Model) error {
	n.Loaded, n.awaiting = model, false
	if model == nil {
		if err := n.send(protocol.Load{Model: n.File}); err != nil {
			return err
		}
	}
	if n.temper != 0 { // which a Load ends
		if err := n.send(protocol.Temper{Temperature: n.temper}); err != nil {
			return err
		}
	}
	if n.beside != nil {
		if err := n.send(protocol.Compare{Model: n.beside}); err != nil {
			return err
		}
	}
	return n.next()
}

// Compare classifies with a second model too, or with none.
func (n *Network) Compare(model []byte) error {
	n.beside = model
	if n.Loaded == nil {
		return nil
	}
	return n.send(protocol.Compare{Model: model})
}

// Classify asks for a picture's classes, as soon as the worker is free.
func (n *Network) Classify(pixels []byte) error {
	n.pixels, n.waiting = pixels, true
	return n.next()
}

// next sends the newest picture if the worker is free.
func (n *Network) next() error {
	if !n.waiting || n.Loaded == nil || n.awaiting {
		return nil
	}
	if len(n.pixels) != n.Loaded.Pixels() { // they were made for another network
		n.pixels, n.waiting = nil, false
		return nil
	}
	n.id++
	n.awaiting, n.waiting, n.asked = true, false, len(n.pixels)
	return n.send(protocol.Classify{ID: n.id, Pictures: n.pixels})
}

func (n *Network) send(c protocol.Command) error {
	b, err := protocol.Encode(c)
	if err != nil {
		return err
	}
	n.since = n.Now
	n.worker.Send(b)
	return nil
}

// Receive takes a worker's message and returns it: the answer to the newest picture,
// which has its ID, or whatever the network does not want for itself.
func (n *Network) Receive(b []byte) (protocol.Event, error) {
	e, err := protocol.DecodeEvent(b)
	if err != nil {
		return nil, err
	}
	switch e := e.(type) {
	case protocol.Ready:
		return nil, n.ready(e.Model)
	case protocol.Loaded:
		n.Loaded = &e.Model
		n.waiting = n.pixels != nil
		n.Models++
		if len(n.Probs) != len(n.Task().Classes) {
			n.Answer = Answer{Total: n.Total}
		}
		if o, ok := n.judged(e.ID); ok {
			if err := n.take(o); err != nil {
				return e, err
			}
		}
		if err := n.offerAll(); err != nil {
			return e, err
		}
		return e, n.next()
	case protocol.Classified:
		if e.ID > n.id {
			return e, nil // it answers a question other than the live picture
		}
		if !n.awaiting || e.ID != n.id {
			return nil, nil
		}
		n.awaiting, n.restarts, n.Notice = false, 0, ""
		if len(e.Probs) != len(n.Task().Classes) {
			return nil, n.next()
		}
		n.Probs, n.Beside, n.Millis = wide(e.Probs), nil, e.Millis
		if len(e.Compared) == len(e.Probs) {
			n.Beside = wide(e.Compared)
		}
		n.Answers++
		n.Total++
		answered := e
		answered.ID = Newest
		return answered, n.next()
	case protocol.Failed:
		message := Plain(e.Message)
		if o, ok := n.judged(e.ID); ok {
			return e, o.refused(message)
		}
		if e.ID == n.id && n.awaiting {
			n.awaiting = false
			if err := n.next(); err != nil { // of what was drawn meanwhile
				return e, err
			}
			if n.Loaded != nil && n.asked != n.Loaded.Pixels() { // another network came first
				return e, nil
			}
		}
		return e, fmt.Errorf(words.Network.Says, message)
	}
	return e, nil
}

// Plain returns a message of a worker without the names of packages and a panic's stack.
func Plain(message string) string {
	message, _, _ = strings.Cut(message, "\n")
	for {
		name, rest, ok := strings.Cut(message, ": ")
		if !ok || !slices.Contains([]string{"session", "training", "drafting", "project", "transfer", "model", "checkpoint", "layer", "explain", "evaluate", "design", "convert", "hdf5", "keras"}, name) {
			return message
		}
		message = rest
	}
}

// Forever is longer than any page lives.
const Forever = time.Duration(math.MaxInt64)

func wide(v []float32) []float64 {
	w := make([]float64, len(v))
	for i := range v {
		w[i] = float64(v[i])
	}
	return w
}

// Newest is the ID of the answer to the newest picture, as Receive returns it.
const Newest = 0

// Died restarts the worker, unless it never lived.
func (n *Network) Died(why string) error {
	n.Loaded, n.awaiting = nil, false
	n.waiting = n.pixels != nil                                                  // a new worker has not seen the last picture
	n.offers = slices.DeleteFunc(n.offers, func(o Offer) bool { return o.sent }) // it may have died of one
	if n.restarts++; n.restarts > MaxRestarts {
		n.Notice = ""
		return fmt.Errorf(words.Network.CannotStart, why)
	}
	n.Notice = words.Network.Restarted
	n.since = n.Now
	n.worker.Restart()
	return nil
}

// Wait is how long it takes until watch has something to say.
func (n *Network) Wait() time.Duration {
	if n.awaiting {
		return max(n.since.Add(Patience).Sub(n.Now), 0) + time.Millisecond
	}
	return Forever
}

// Watch checks whether an answer is overdue. It reports whether the worker was taken for dead.
func (n *Network) Watch() (died bool, err error) {
	if n.awaiting && n.Now.Sub(n.since) > Patience {
		return true, n.Died(words.Network.Silent)
	}
	return false, nil
}

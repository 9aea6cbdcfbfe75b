// Package protocol is the conversation between the page and a worker.
//
// The page speaks in commands, the worker in events. A worker says Ready when its
// program runs, and which model it has, if it was given one to start with. If it has
// none the page answers with Load, and the worker with Loaded. From then on the page sends Classify, each with an ID of its own, and the worker answers
// each with Classified, Cancelled or Failed of that ID, in order. The page keeps
// at most one Classify of its live picture under way and sends the newest picture
// when the answer is there; it drops answers to an ID that it no longer waits for.
// Cancel ends the Classify of its ID between two pictures. Whatever a worker
// cannot read it answers with Failed of ID 0.
//
// A message is one byte with the protocol's version and then one CBOR item
// (RFC 8949) whose tag says which message it is. Each travels in a buffer of its
// own, which is transferred, not copied.
package protocol

import (
	"fmt"
	"reflect"

	"github.com/fxamacker/cbor/v2"

	"tenfold/nn/spec"
)

// Version is raised with each change that an older program could not read.
const Version = 2

// Command is a message from the page to a worker.
type Command interface{ command() }

// Event is a message from a worker to the page.
type Event interface{ event() }

// Load gives the worker a model, as safetensors.
type Load struct{ Model []byte }

// Describe asks for Loaded again.
type Describe struct{}

// Classify asks for the classes of one or more pictures of 32x32 RGB bytes,
// [n,32,32,3].
type Classify struct {
	ID       uint64
	Pictures []byte
}

// Cancel ends the Classify of its ID.
type Cancel struct{ ID uint64 }

// Fetch takes from the server what it has of CIFAR-10: the official files of these
// names.
type Fetch struct{ Names []string }

// Forget removes what is stored: spec.TestSet, spec.TrainSet or spec.Mine.
type Forget struct{ What string }

// Add puts a picture, 32x32 RGB bytes, to the person's own ones, with its class.
type Add struct {
	Picture []byte
	Class   int
}

// Drop removes one of the person's own pictures.
type Drop struct{ Index int }

// Begin starts a training run in place of the one that there is, if any. Model is the
// file of the weights that it starts from, where it is not random or saved.
type Begin struct {
	Run   uint64 // chosen by the page; the events of the run carry it
	Job   spec.Job
	Model []byte
}

// Resume takes up the run that the worker has offered with Resumable.
type Resume struct{ Run uint64 }

// Discard gives up the run that the worker has offered.
type Discard struct{}

// Pause, Continue, StepOnce and Stop steer the run.
type (
	Pause    struct{}
	Continue struct{}
	StepOnce struct{} // one batch, then pause
	Stop     struct{} // keeps the weights
)

// Recall asks for Weights that are stored: "best" or "last".
type Recall struct{ Kind string }

func (Load) command()     {}
func (Describe) command() {}
func (Classify) command() {}
func (Cancel) command()   {}
func (Fetch) command()    {}
func (Forget) command()   {}
func (Add) command()      {}
func (Drop) command()     {}
func (Begin) command()    {}
func (Resume) command()   {}
func (Discard) command()  {}
func (Pause) command()    {}
func (Continue) command() {}
func (StepOnce) command() {}
func (Stop) command()     {}
func (Recall) command()   {}

// Ready says that the worker's program runs, on which kernel, and describes the model
// that it started with, if any.
type Ready struct {
	Kernel string
	Model  *spec.Model
}

// Loaded describes the model that is in use.
type Loaded struct{ Model spec.Model }

// Classified answers a Classify. Probs are [n,classes]; Millis is the time that
// the network took for one picture, in milliseconds.
type Classified struct {
	ID     uint64
	Probs  []float32
	Millis float64
}

// Cancelled answers a Classify that Cancel ended.
type Cancelled struct{ ID uint64 }

// Failed says why a command could not be carried out. ID is that of the Classify,
// or 0.
type Failed struct {
	ID      uint64
	Message string
}

// Stored says what there is to train on, after each change, and what is on its way.
type Stored struct {
	Test, Train int // pictures of CIFAR-10
	Mine        []Labelled
	Bytes       int  // of all of it
	Kept        bool // the browser keeps it; otherwise it is gone when the page closes
	Saved       bool // there are weights of an earlier run
	Coming      string
	Done, Total int // bytes of what is coming; Total is 0 where it is not known
}

// Labelled is a picture, 32x32 RGB bytes, with its class.
type Labelled struct {
	Picture []byte
	Class   int
}

// Resumable offers to go on with a run that was cut off.
type Resumable struct {
	Job         spec.Job
	Epoch, Step int // complete epochs, and steps of the current one
	Unix        int64
}

// States of a run.
const (
	Preparing  = "preparing"
	Running    = "running"
	Validating = "validating"
	Paused     = "paused"
)

// Training says how a run goes, at most ten times a second.
type Training struct {
	Run            uint64
	State          string
	Epoch, Epochs  int // the current one, from 1
	Step, Steps    int
	Batch          spec.Metrics // of the last step
	Mean           spec.Metrics // over the epoch so far
	Rate           float64      // the learning rate
	PicturesPerSec float64
	Left           float64 // seconds
	Workers        int
}

// Mistake is a picture that the last validation got wrong.
type Mistake struct {
	Picture     []byte
	True, Class int
	Score       float64
}

// EpochDone follows each validation. Confusion counts by true and predicted class.
type EpochDone struct {
	Run       uint64
	Epoch     spec.Epoch
	Confusion [][]int
	Mistakes  []Mistake
}

// Began gives the metrics before a run, on what is held out, and on how many pictures.
type Began struct {
	Run              uint64
	Job              spec.Job
	Before           spec.Metrics
	Trained, HeldOut int
	History          []spec.Epoch // of a run that was resumed
}

// Finished ends a run. Why is empty if it was trained to its end.
type Finished struct {
	Run           uint64
	Before, After spec.Metrics
	Best          spec.Epoch
	Stopped       bool
	Why           string
	MineBefore    float64 // accuracy on the person's own pictures, where the run was on them
	MineAfter     float64
}

// Weights is a model's file: "live" while it trains, "best", "last" or "before".
type Weights struct {
	Run  uint64
	Kind string
	File []byte
}

// Notice tells the person something in plain words that is no failure of a command.
type Notice struct{ Text string }

func (Stored) event()     {}
func (Resumable) event()  {}
func (Training) event()   {}
func (EpochDone) event()  {}
func (Began) event()      {}
func (Finished) event()   {}
func (Weights) event()    {}
func (Notice) event()     {}
func (Ready) event()      {}
func (Loaded) event()     {}
func (Classified) event() {}
func (Cancelled) event()  {}
func (Failed) event()     {}

// messages lists the messages by their tags; a new one adds a line, and the tag
// of an old one is never used again. The tags lie in the range that the registry
// of CBOR leaves to the first comer.
var messages = map[uint64]any{
	55800: Load{},
	55801: Describe{},
	55802: Classify{},
	55803: Cancel{},
	55804: Fetch{},
	55805: Forget{},
	55806: Add{},
	55807: Drop{},
	55808: Begin{},
	55809: Resume{},
	55810: Discard{},
	55811: Pause{},
	55812: Continue{},
	55813: StepOnce{},
	55814: Stop{},
	55815: Recall{},
	55820: Ready{},
	55821: Loaded{},
	55822: Classified{},
	55823: Cancelled{},
	55824: Failed{},
	55825: Stored{},
	55826: Resumable{},
	55827: Training{},
	55828: EpochDone{},
	55829: Began{},
	55830: Finished{},
	55831: Weights{},
	55832: Notice{},
}

var encoder, decoder = modes()

func modes() (cbor.EncMode, cbor.DecMode) {
	tags := cbor.NewTagSet()
	for number, m := range messages {
		options := cbor.TagOptions{EncTag: cbor.EncTagRequired, DecTag: cbor.DecTagRequired}
		if err := tags.Add(options, reflect.TypeOf(m), number); err != nil {
			panic(err)
		}
	}
	enc, err := cbor.EncOptions{}.EncModeWithTags(tags)
	if err != nil {
		panic(err)
	}
	dec, err := cbor.DecOptions{DupMapKey: cbor.DupMapKeyEnforcedAPF, ExtraReturnErrors: cbor.ExtraDecErrorUnknownField, MaxNestedLevels: 8}.DecModeWithTags(tags)
	if err != nil {
		panic(err)
	}
	return enc, dec
}

// Encode returns the bytes of a Command or an Event.
func Encode(message any) ([]byte, error) {
	b, err := encoder.Marshal(message)
	if err != nil {
		return nil, fmt.Errorf("protocol: %w", err)
	}
	return append([]byte{Version}, b...), nil
}

// DecodeCommand reads a command.
func DecodeCommand(b []byte) (Command, error) { return decode[Command](b) }

// DecodeEvent reads an event.
func DecodeEvent(b []byte) (Event, error) { return decode[Event](b) }

func decode[T any](b []byte) (T, error) {
	var none T
	if len(b) == 0 {
		return none, fmt.Errorf("protocol: an empty message")
	}
	if b[0] != Version {
		return none, fmt.Errorf("protocol: the message is of version %d, this program of version %d: reload the page", b[0], Version)
	}
	var m any
	if err := decoder.Unmarshal(b[1:], &m); err != nil {
		return none, fmt.Errorf("protocol: %w", err)
	}
	t, ok := m.(T)
	if !ok {
		return none, fmt.Errorf("protocol: %T is not a message for this side", m)
	}
	return t, nil
}

// Package protocol is the conversation between the page and a worker.
//
// The page speaks in commands, the worker in events. A worker says Ready when its
// program runs, and which model it has, if it was given one to start with. If it has
// none the page answers with Load, and the worker with Loaded. From then on the page sends
// Classify, each with its own ID, and the worker answers each with Classified, Cancelled or Failed
// of that ID, in order. The page keeps at most one Classify of its live picture under way and sends
// the newest picture when the answer is there; it drops answers to an ID that it no longer waits
// for. Cancel ends the Classify of its ID between two pictures. A worker answers whatever
// it cannot read with Failed of ID 0.
//
// A message is one byte with the protocol's version and then one CBOR item
// (RFC 8949) whose tag says which message it is. Each travels in its own buffer,
// which is transferred, not copied.
package protocol

import (
	"fmt"
	"reflect"
	"sync"

	"github.com/fxamacker/cbor/v2"

	"tenfold/nn/task"
)

// Version is raised with each change that an older program could not read.
const Version = 8

// Command is a message from the page to a worker.
type Command interface{ command() }

// Event is a message from a worker to the page.
type Event interface{ event() }

// Load gives the worker a model, as safetensors. Loaded with the same ID says that it is in use from
// now on, Failed that it cannot be and the one before stays.
type Load struct {
	ID    uint64
	Model []byte
}

// Compare gives the worker a second model, as safetensors, which classifies along with
// the first; an empty one ends that, and one of another task is ignored.
type Compare struct{ Model []byte }

// Describe asks for Loaded again.
type Describe struct{}

// Classify asks for the classes of one or more pictures, bytes of the model's task:
// [n,h,w,c].
type Classify struct {
	ID       uint64
	Pictures []byte
}

// Cancel ends the Classify of its ID.
type Cancel struct{ ID uint64 }

func (Load) command()     {}
func (Compare) command()  {}
func (Describe) command() {}
func (Classify) command() {}
func (Cancel) command()   {}

// Ready says that the worker's program runs, on which kernel, and describes the model
// that it started with, if any.
type Ready struct {
	Kernel string
	Model  *task.Model
}

// Loaded describes the model that is in use, after Load, whose ID it carries, or Describe.
type Loaded struct {
	ID    uint64
	Model task.Model
}

// Classified answers a Classify. Probs are [n,classes], and Compared those of the model
// of Compare, if there is one; Millis is the time that
// the network took for one picture, in milliseconds.
type Classified struct {
	ID       uint64
	Probs    []float32
	Compared []float32
	Millis   float64
}

// Cancelled answers a Classify that Cancel ended.
type Cancelled struct{ ID uint64 }

// Failed says why a command could not be carried out. ID is that of the Classify,
// or 0.
type Failed struct {
	ID      uint64
	Message string
}

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
	55804: Compare{},
	55816: Fetch{},
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
	55833: Survey{},
	55834: Look{},
	55835: Evaluate{},
	55836: Excite{},
	55837: Inspect{},
	55838: TakeApart{},
	55839: Explain{},
	55840: Stimulate{},
	55841: Temper{},
	55842: Surveyed{},
	55843: Looked{},
	55844: Measuring{},
	55845: Evaluated{},
	55846: Excited{},
	55847: Inspected{},
	55848: TakenApart{},
	55849: Explained{},
	55850: Stimulated{},
	55851: Join{},
	55852: Teach{},
	55853: Taught{},
	55854: Design{},
	55855: Designed{},
	55856: Weigh{},
	55857: Weighed{},
	55858: Watch{},
	55859: Watched{},
	55860: Convert{},
	55861: Converted{},
	55862: ChangeProject{},
	55863: Keep{},
	55864: Learn{},
	55865: SaveProject{},
	55866: Projects{},
	55867: Importing{},
	55868: Learned{},
	55869: Saved{},
	55870: Opened{},
	55871: ExportPage{},
	55872: PageExported{},
	55873: Export{},
	55874: Exported{},
	55875: Find{},
	55876: Found{},
	55877: CopyProject{},
}

// modes are what messages are written and read with. They are made when the first
// message travels: the worker answers its first picture before that.
var modes = sync.OnceValues(func() (cbor.EncMode, cbor.DecMode) {
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
})

// Encode returns the bytes of a Command or an Event.
func Encode(message any) ([]byte, error) {
	encoder, _ := modes()
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
	_, decoder := modes()
	if err := decoder.Unmarshal(b[1:], &m); err != nil {
		return none, fmt.Errorf("protocol: %w", err)
	}
	t, ok := m.(T)
	if !ok {
		return none, fmt.Errorf("protocol: %T is not a message for this side", m)
	}
	return t, nil
}

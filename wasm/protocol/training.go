package protocol

import "tenfold/nn/task"

// The messages of the worker that trains. It says Ready, Stored and, if an earlier visit
// has left a run, Resumable. Begin or Resume starts a run: Began follows when its
// network has been measured, then Training, EpochDone and Weights as it goes, and
// Finished at its end, or at once with the reason if it cannot be. Whatever changes what
// is stored is followed by Stored. Events of a run carry the number that the page gave
// it, so that those of an old one can be dropped.

// Fetch takes from the server what it has of CIFAR-10: the official files of these
// names.
type Fetch struct{ Names []string }

// Forget removes what is stored: task.TestSet, task.TrainSet or task.Mine, or one of Stored's Networks.
type Forget struct{ What string }

// Add puts a picture, bytes of a task's shape, to the user's own ones, with its class in
// that task, which must be that of the data.
type Add struct {
	Task    task.Task
	Picture []byte
	Class   int
}

// Drop removes one of the user's own pictures.
type Drop struct{ Index int }

// Begin starts a training run, replacing the present one, if any. Model is the
// file of the weights that it starts from, where it is not random or saved.
type Begin struct {
	Run   uint64 // chosen by the page; the events of the run carry it
	Job   task.Job
	Model []byte
}

// Resume continues the run that the worker has offered with Resumable.
type Resume struct{ Run uint64 }

// Join is sent by a page that has restarted next to a worker that kept running: what the
// worker says at its start follows, and Began of the current or last run, with Finished if it has
// ended.
type Join struct{}

// Teach makes a model right on the user's own pictures and changes little else. Weights of
// the kind "last" and Taught follow, or Failed with the ID.
type Teach struct {
	ID    uint64
	Run   uint64 // that the weights carry
	Model []byte
}

// Watch has the worker look into the run as it trains, with Watched as often as costs at most three
// hundredths of the time; or not any more.
type Watch struct{ On bool }

// Discard gives up the run that the worker has offered.
type Discard struct{}

// Pause, Continue, StepOnce and Stop steer the run.
type (
	Pause    struct{}
	Continue struct{}
	StepOnce struct{} // one batch, then pause
	Stop     struct{} // keeps the weights
)

// RunNetwork is what the name of a network begins with that an earlier run has ended with.
const RunNetwork = "network-"

// Recall asks for Weights that are stored: "best" or "last", or one of Stored's Networks.
type Recall struct{ Kind string }

func (Fetch) command()    {}
func (Forget) command()   {}
func (Add) command()      {}
func (Drop) command()     {}
func (Begin) command()    {}
func (Resume) command()   {}
func (Join) command()     {}
func (Teach) command()    {}
func (Watch) command()    {}
func (Discard) command()  {}
func (Pause) command()    {}
func (Continue) command() {}
func (StepOnce) command() {}
func (Stop) command()     {}
func (Recall) command()   {}

// Stored says what there is to train on, after each change, and what is on its way.
type Stored struct {
	Task        task.Task // of all pictures
	Test, Train int       // pictures of CIFAR-10
	Mine        []Labelled

	// Drawings that are made when they are asked for, which takes no memory until then.
	Doodles, DoodlesTest int

	Bytes       int      // of all of it
	Kept        bool     // the browser keeps it; otherwise it is gone when the page closes
	Saved       bool     // there are weights of an earlier run
	Networks    []string // that runs have ended with, by Finished's Network
	Coming      string
	Done, Total int // bytes of what is coming; Total is 0 where it is not known
}

// Labelled is a picture, bytes of its task's shape, with its class.
type Labelled struct {
	Picture []byte
	Class   int
}

// Resumable offers to continue with a run that was cut off.
type Resumable struct {
	Job         task.Job
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

// Training says how a run goes, at most twice a second.
type Training struct {
	Run            uint64
	State          string
	Epoch, Epochs  int // the current one, from 1
	Step, Steps    int
	Batch          task.Metrics // of the last step
	Mean           task.Metrics // over the epoch so far
	Rate           float64      // the learning rate
	PicturesPerSec float64
	Left           float64 // seconds
	Workers        int
	Memory         uint64 // bytes that the worker has taken from the system
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
	Epoch     task.Epoch
	Confusion [][]int
	Mistakes  []Mistake
}

// Began gives the metrics before a run, and on how many pictures of what they are measured.
type Began struct {
	Run              uint64
	Job              task.Job
	Before           task.Metrics
	Trained, HeldOut int
	Params           int // of the network, and its multiply-adds for a picture
	MultiplyAdds     int
	Summary          string       // the network's layers, as Keras lists them
	Code             string       // network and recipe, as a script for Keras
	On               string       // what is held out: task.Validation, task.TestSet or task.Mine
	History          []task.Epoch // of a run that was resumed
}

// Finished ends a run. Why is empty if it was trained to its end.
type Finished struct {
	Run           uint64
	Before, After task.Metrics
	Best          task.Epoch
	Stopped       bool
	Why           string
	Network       string  // the name under which what it ended with is stored; "" if it is not
	MineBefore    float64 // accuracy on the user's own pictures, where the run was on them
	MineAfter     float64
}

// Weights is a model's file: "live" while it trains, "best", "last", or one of Stored's Networks.
type Weights struct {
	Run  uint64
	Kind string
	File []byte
}

// Taught ends a Teach. Others are stored pictures that the model was not trained on, or drawings
// if there are none, and how many of them it got right before and after.
type Taught struct {
	ID                                uint64
	Pictures, Before, After           int
	Drawn                             bool // the others are drawings that a program makes
	Others, OthersBefore, OthersAfter int
}

// Watched is what there is to see inside of a run. Pictures, with their classes, stay the same in a
// run; Class is what each is taken for, with Score. Share is the part of the time that looking has
// taken.
type Watched struct {
	Run      uint64
	Layers   []task.Insight
	Pictures []Labelled
	Class    []int
	Score    []float32
	Share    float64
}

// Notice tells the user something in plain words that is not a failure of a command.
type Notice struct{ Text string }

func (Stored) event()    {}
func (Resumable) event() {}
func (Training) event()  {}
func (EpochDone) event() {}
func (Began) event()     {}
func (Finished) event()  {}
func (Weights) event()   {}
func (Notice) event()    {}
func (Taught) event()    {}
func (Watched) event()   {}

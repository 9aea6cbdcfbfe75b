// Package library is the worker that trains and what it has: data sets, the user's own
// pictures, the current run and those before it. It knows no view.
package library

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/words"
)

// Host is what the library asks of the browser.
type Host interface {
	// StartTrainer starts the worker, replacing any present one.
	StartTrainer()
	// SendTrainer hands a message to it.
	SendTrainer(message []byte)
	// Awake asks that the screen stays on while the page is in front, or no longer.
	Awake(on bool)
	// Persist asks the browser to keep what is stored. It may say no.
	Persist()
	// Remember keeps a text for later visits, and Recall gives it back, "" if there is none.
	Remember(name, text string)
	Recall(name string) string
}

// Patience is how long the page waits for a word of a worker that trains. Its slowest step
// is shorter by far.
const Patience = 20 * time.Second

// MaxRestarts is how many workers may die before one has been heard.
const MaxRestarts = 3

// Forever is longer than any page lives.
const Forever = time.Duration(math.MaxInt64)

// Library is the state of the worker that trains, as far as the page knows it.
type Library struct {
	Now    time.Time      // is told before anything happens
	Served map[string]int // pictures of CIFAR-10's sets that the server has
	Album
	Projects

	Stored *protocol.Stored    // nil until the worker says it
	Offer  *protocol.Resumable // a run that was cut off; nil for none

	Job       task.Job // the settings of the next run
	Given     []byte   // the file to start from, if there is one
	GivenName string

	Run  Run   // the present run, or the last one
	Runs []Run // those before it that are kept, the newest first

	Last, Best []byte           // networks of runs; nil if there are none
	Taught     *protocol.Taught // the result of the last teaching
	teaching   uint64           // ID of the Teach under way; 0 for none

	host    Host
	kept    bool // the browser was asked to keep what is stored
	weights func(kind string, file []byte)
	started bool     // there is a worker
	ready   bool     // its program runs
	waiting []func() // what is sent when it is
	heard   time.Time
	told    time.Time       // when the worker was last told something
	asked   map[uint64]bool // questions under way, which it may be long silent about
	pending []byte          // the Begin that it has not confirmed yet
	lost    bool            // it has died since, and with it what it was told
	goOn    bool            // a run that an earlier version of the page was left in continues here
	joining bool            // it may be at one already, which the program before this one began
	deaths  int             // since it was last heard
}

// New returns a library whose worker is started when it is first needed. weights is told
// about networks that come from it.
func New(host Host, served map[string]int, weights func(kind string, file []byte)) *Library {
	l := &Library{host: host, Served: served, Job: task.FineTuning, weights: weights, asked: map[uint64]bool{}}
	l.Album = newAlbum(l)
	l.restore()
	return l
}

// Task returns that of the data sets; without classes until the worker that has them says it.
func (l *Library) Task() task.Task {
	if l.Stored != nil {
		return l.Stored.Task
	}
	return task.Task{}
}

// Class returns the name of a class of the data sets.
func (l *Library) Class(i int) string {
	if classes := l.Task().Classes; i >= 0 && i < len(classes) {
		return classes[i]
	}
	return fmt.Sprint(i)
}

// Own returns how many pictures the user has.
func (l *Library) Own() int {
	if l.Stored == nil {
		return 0
	}
	return len(l.Stored.Mine)
}

// Has returns how many pictures there are of a part of the data, as task.TestSet; 0 of any other.
func (l *Library) Has(what string) int {
	s := l.Stored
	if s == nil {
		return 0
	}
	switch what {
	case task.TestSet:
		return s.Test
	case task.TrainSet:
		return s.Train
	case task.Mine:
		return len(s.Mine)
	case task.Doodles:
		return s.Doodles
	case task.DoodlesTest:
		return s.DoodlesTest
	}
	if id, ok := strings.CutPrefix(what, protocol.ProjectPart); ok {
		if p := l.Named(id); p != nil {
			return p.Pictures()
		}
	}
	return 0
}

// Enough reports whether there is something to train on, as the settings are.
func (l *Library) Enough() bool {
	return l.Stored != nil && l.Stored.Coming == "" && l.Has(l.Job.Data) > 0
}

// HasWeights reports whether a network of a run is at hand or stored.
func (l *Library) HasWeights(file []byte) bool {
	return file != nil || l.Stored != nil && l.Stored.Saved
}

// Started reports whether there is a worker, and Ready whether its program runs.
func (l *Library) Started() bool { return l.started }
func (l *Library) Ready() bool   { return l.ready }

// Missing reports whether there is none though it was tried: without a network, say, its program
// may never have come.
func (l *Library) Missing() bool { return !l.started && l.deaths > MaxRestarts }

// Teaching reports whether the network is being taught.
func (l *Library) Teaching() bool { return l.teaching != 0 }

// Need starts the worker, if there is none.
func (l *Library) Need() {
	if !l.started {
		l.started = true
		l.host.StartTrainer()
	}
}

// Tell sends a command, when the worker is there.
func (l *Library) Tell(c protocol.Command) {
	b, err := protocol.Encode(c)
	if err != nil {
		panic(err) // our own messages can be written
	}
	l.WhenReady(func() { l.host.SendTrainer(b) })
	l.told = l.Now
}

// Ask sends a command that the worker may be silent about for long, whose answer has the ID.
func (l *Library) Ask(id uint64, c protocol.Command) {
	l.asked[id] = true
	l.Tell(c)
}

// WhenReady sends something to the worker, when it is there.
func (l *Library) WhenReady(send func()) {
	l.Need()
	if l.ready {
		send()
	} else {
		l.waiting = append(l.waiting, send)
	}
}

// Receive takes a message of the worker and returns it, for the views. text is what the user
// should know, "" for nothing.
func (l *Library) Receive(b []byte) (e protocol.Event, text string) {
	l.heard, l.deaths = l.Now, 0
	e, err := protocol.DecodeEvent(b)
	if err != nil {
		return nil, words.Sentence(err.Error())
	}
	switch e := e.(type) {
	case protocol.Ready:
		l.greeted()
	case protocol.Stored:
		l.store(&e)
	case protocol.Surveyed:
		l.survey(&e)
	case protocol.Looked:
		l.looked(e, l.Shape(e.What).Size())
	case protocol.Projects:
		l.hear(e)
	case protocol.Importing:
		if e.Done {
			delete(l.asked, e.ID)
		}
	case protocol.Learned:
		delete(l.asked, e.ID)
	case protocol.Found:
		delete(l.asked, e.ID)
	case protocol.Saved:
		delete(l.asked, e.ID)
	case protocol.Taught:
		if e.ID == l.teaching {
			l.teaching, l.Taught = 0, &e
		}
		delete(l.asked, e.ID)
	case protocol.Evaluated:
		delete(l.asked, e.ID)
	case protocol.Excited:
		delete(l.asked, e.ID)
	case protocol.Cancelled:
		delete(l.asked, e.ID)
	case protocol.Resumable:
		l.resumable(&e)
	case protocol.Notice:
		text = e.Text
	case protocol.Failed:
		delete(l.asked, e.ID)
		if e.ID == l.teaching {
			l.teaching = 0
		}
		message, _, _ := strings.Cut(e.Message, "\n")
		text = words.Sentence(message)
	case protocol.Weights:
		l.arrived(e)
	default:
		text = l.runEvent(e)
	}
	return e, text
}

// greeted continues where the previous worker was, now that a new one runs.
func (l *Library) greeted() {
	l.ready = true
	if l.lost && l.Run.Active && l.pending != nil { // there is nothing to resume yet
		l.host.SendTrainer(l.pending)
	}
	l.lost = false
	for _, send := range l.waiting {
		send()
	}
	l.waiting = nil
}

// store takes what there is to train on. What the page has of it is dropped if it is another.
func (l *Library) store(e *protocol.Stored) {
	old := l.Stored
	l.Stored = e
	switch {
	case old == nil || old.Test != e.Test || old.Train != e.Train:
		l.Forget()
	case !slices.EqualFunc(old.Mine, e.Mine, func(a, b protocol.Labelled) bool {
		return a.Class == b.Class && bytes.Equal(a.Picture, b.Picture)
	}):
		l.forget(task.Mine)
		l.Revision++
	}
}

// arrived takes a network of the worker's. The newest is classified with.
func (l *Library) arrived(e protocol.Weights) {
	switch {
	case IsRunNetwork(e.Kind): // it was asked for
	case e.Kind == "best":
		l.Best = e.File
	case e.Run != l.Run.ID:
		return
	}
	if e.Kind == "last" {
		l.Last, l.Best = e.File, nil
	}
	l.weights(e.Kind, e.File)
}

// Died is called when the worker has ended. It is started again, and a run continues from its
// last checkpoint. It returns what the user should know.
func (l *Library) Died(why string) string {
	l.ready, l.waiting, l.lost = false, nil, true
	l.Forget()
	l.teaching = 0
	clear(l.asked)
	if l.deaths++; l.deaths > MaxRestarts {
		l.started, l.Run.Active = false, false
		l.host.Awake(false)
		return fmt.Sprintf(words.Library.CannotStart, why)
	}
	l.heard, l.told = l.Now, l.Now
	if l.Run.Stopping { // it does not continue against the user's will; it is offered
		l.Run.Active, l.Run.Stopping = false, false
		l.host.Awake(false)
	}
	l.Run.State.State = protocol.Preparing
	l.host.StartTrainer()
	if l.Run.Active {
		return words.Library.Restarted
	}
	return ""
}

// Watch checks whether the worker has fallen silent. It returns when to look again, and what
// the user should know.
func (l *Library) Watch() (again time.Duration, text string) {
	since := l.heard
	if l.Run.Paused() || len(l.asked) > 0 { // it may have been silent until it was told something
		since = later(l.told, l.heard)
	}
	if len(l.asked) == 0 && (!l.Run.Active || l.Run.Paused() && !l.told.After(l.heard)) {
		return Forever, ""
	}
	if l.Now.Sub(since) > Patience {
		text = l.Died(words.Network.Silent)
		since = l.heard
	}
	return since.Add(Patience).Sub(l.Now) + time.Millisecond, text
}

// Slept says that nobody could be waited for, as the computer slept for a while.
func (l *Library) Slept(d time.Duration) { l.heard, l.told = l.heard.Add(d), l.told.Add(d) }

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

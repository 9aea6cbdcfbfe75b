// Package evaluate is the Evaluate view: how good the network in use is, on what, and where it
// is wrong.
package evaluate

import (
	"bytes"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/ask"
	"tenfold/wasm/ui/desk"
	"tenfold/wasm/ui/network"
	"tenfold/wasm/ui/view"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// heldOut is what the last run held out.
const heldOut = "held-out"

// parts are what there is to evaluate on.
var parts = [...]string{task.TestSet, heldOut, task.Mine, task.DoodlesTest}

// ways are how often a picture is looked at.
var ways = [...]string{task.OneView, task.MirrorView, task.ShiftViews}

// View is the view's state.
type View struct {
	desk   *desk.Desk
	corner widget.Cell // of the part of the matrix that is seen

	what     string // one of parts
	views    string // one of ways
	beside   string // which network to compare with, as network.Network.Using, or alone; "" for network.Opening
	starts   int    // counts the presses of Evaluate
	wanted   int    // counts the evaluations that the user has asked for
	asked    subject
	question ask.Question[int, protocol.Evaluated]
	progress protocol.Measuring
	stopping bool // the evaluation under way was cancelled
	toCancel uint64
	outcome  string // of an evaluation without a result, in words

	result *result // of the last evaluation that has one

	counts bool // the matrix says pictures, not shares
	pick   picking
}

// subject is what an evaluation is of.
type subject struct {
	what    string // one of parts
	views   string // one of ways
	name    string // of the network
	kind    string // as network.Network.Using
	file    []byte // of the network
	classes []string
	job     *task.Job // that holds out the pictures; nil for a whole part
	other   other
}

// result is the result of an evaluation.
type result struct {
	subject
	protocol.Evaluated
	brought bool // the network's file says it; single predictions are not known
}

// New returns the view as the page opens.
func New(d *desk.Desk) *View {
	return &View{desk: d, what: task.TestSet, pick: picking{order: byChance, truth: anyClass, said: anyClass}}
}

// start evaluates the network in use, as soon as the one to compare with is there.
func (v *View) start() {
	v.starts++
	this := v.starts
	v.find(func(o other) {
		if this == v.starts && v.why(v.what) == "" {
			v.begin(o)
		}
	})
}

// begin asks for an evaluation of the network in use.
func (v *View) begin(o other) {
	n := v.desk.Network
	v.asked = subject{what: v.what, views: v.views, name: n.Loaded.Name, kind: n.Using, file: n.File, classes: v.desk.Library.TaskOf(v.needs(v.what), n.Task().Input).Classes, other: o}
	if v.what == heldOut {
		job := v.desk.Library.Run.Began.Job
		v.asked.job = &job
	}
	v.wanted++
	v.progress, v.stopping, v.outcome = protocol.Measuring{}, false, ""
}

// cancel gives up the evaluation under way.
func (v *View) cancel() {
	v.stopping, v.toCancel = true, v.question.ID()
}

// busy reports whether an evaluation is under way.
func (v *View) busy() bool { return v.question.Pending() }

// Handle implements view.View.
func (v *View) Handle(event protocol.Event) {
	switch e := event.(type) {
	case protocol.Measuring:
		if v.busy() && e.ID == v.question.ID() {
			v.progress = e
		}
	case protocol.Evaluated:
		if v.question.Answered(e.ID, e) {
			v.result = &result{subject: v.asked, Evaluated: e}
			v.pick.truth, v.pick.said, v.pick.side = anyClass, anyClass, anySide
			v.pick.seed = uint64(v.desk.Now.UnixNano())
			v.repick()
		}
	case protocol.Cancelled:
		if v.question.Failed(e.ID, "") {
			v.outcome = words.Evaluate.Ceased
		}
	case protocol.Failed:
		if v.question.Failed(e.ID, network.Plain(e.Message)) {
			v.outcome = failed(v.question.Why())
		}
	case view.LibraryLost:
		if v.stopping {
			v.question.Failed(v.question.ID(), "")
			v.outcome = words.Evaluate.Ceased
		} else if v.busy() {
			v.question.Lost() // it is asked again
		}
	}
}

// Update implements view.View.
func (v *View) Update() (commands []protocol.Command) {
	if id := v.toCancel; id != 0 {
		v.toCancel = 0
		commands = append(commands, protocol.Cancel{ID: id})
	}
	if v.desk.View != desk.Evaluate {
		return commands
	}
	v.bring()
	if v.wanted > 0 {
		v.question.Want(v.wanted, func() uint64 {
			c := v.command()
			commands = append(commands, c)
			return c.ID
		})
	}
	if r := v.result; r != nil && !v.changed() {
		v.desk.Library.WantPhotos(r.What, v.numbers())
	}
	return commands
}

// command evaluates what was asked for.
func (v *View) command() protocol.Evaluate {
	a := &v.asked
	return protocol.Evaluate{ID: v.desk.Network.Serial(), What: a.what, Views: a.views, Job: a.job, Model: a.file, Beside: a.other.file, Stored: a.other.stored}
}

// bring shows what the file of the network in use says of it, as long as nothing was evaluated
// here.
func (v *View) bring() {
	n := v.desk.Network
	if n.Loaded == nil || v.busy() || v.result != nil && (!v.result.brought || v.result.inUse(n)) {
		return
	}
	v.result = nil
	if r := n.Loaded.Report; r != nil {
		v.result = &result{
			subject:   subject{what: task.TestSet, name: n.Loaded.Name, kind: n.Using, file: n.File, classes: n.Loaded.Classes},
			Evaluated: protocol.Evaluated{What: task.TestSet, Report: *r}, brought: true,
		}
		v.pick.truth, v.pick.said, v.pick.side = anyClass, anyClass, anySide
		v.repick()
	}
}

// inUse reports whether the network in use is the one that the result is of.
func (r *result) inUse(n *network.Network) bool { return bytes.Equal(r.file, n.File) }

package app

import (
	"time"

	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/desk"
	"tenfold/wasm/ui/network"
	"tenfold/wasm/ui/view"
)

// exchange is what the views and the workers say to each other.
type exchange struct {
	desk   *desk.Desk
	views  []entry
	settle func() // is called after something has happened
	asked  int    // the subject's changes when the network was asked
	seen   int    // and the network then
}

// ask sends the current picture to the network if either has changed since the last question.
// However often the subject changes between two frames, it is asked once: scaling a drawing takes time.
func (x *exchange) ask() {
	d := x.desk
	if d.Network.Task().Input == nil || d.Subject.Changes == x.asked && d.Network.Models == x.seen {
		return
	}
	x.asked, x.seen = d.Subject.Changes, d.Network.Models
	if pixels := d.Pixels(); pixels != nil {
		d.Report(d.Network.Classify(pixels))
		return
	}
	d.Network.Nothing()
	x.settle()
}

// tell sends what the views have to say.
func (x *exchange) tell() {
	for _, v := range x.views {
		for _, c := range v.View.Update() {
			x.send(c)
		}
	}
}

// send brings a view's command to the worker that it is for.
func (x *exchange) send(c protocol.Command) {
	d := x.desk
	switch c := c.(type) {
	case protocol.Classify, protocol.Inspect, protocol.TakeApart, protocol.Explain, protocol.Stimulate, protocol.Temper:
		d.Report(d.Network.Tell(c))
	case protocol.Design, protocol.Weigh, protocol.Convert, protocol.Export, protocol.ExportPage:
		d.Report(d.Drafts.Ask(c))
	case protocol.Evaluate:
		d.Library.Ask(c.ID, c)
	case protocol.Excite:
		d.Library.Ask(c.ID, c)
	case protocol.Cancel: // each ignores what it was not asked
		d.Report(d.Network.Tell(c))
		if d.Library.Started() {
			d.Library.Tell(c)
		}
	default:
		d.Library.Tell(c)
	}
}

// handle hands an event to all views.
func (x *exchange) handle(e protocol.Event) {
	if e == nil {
		return
	}
	for _, v := range x.views {
		v.View.Handle(e)
	}
}

// Message takes a message from the worker that classifies.
func (x *exchange) Message(b []byte, now time.Time) {
	x.At(now)
	e, err := x.desk.Network.Receive(b)
	if f, failed := e.(protocol.Failed); !failed || !network.Side(f.ID) {
		x.desk.Report(err)
	}
	x.ask() // what the subject is to a network is known when the network is
	x.handle(e)
	x.settle()
}

// WorkerDied is called when the worker that classifies has ended.
func (x *exchange) WorkerDied(why string) {
	x.desk.Report(x.desk.Network.Died(why))
	x.handle(view.Lost{})
	x.settle()
}

// TrainerMessage takes a message from the worker that trains.
func (x *exchange) TrainerMessage(b []byte, now time.Time) {
	x.At(now)
	e, text := x.desk.Library.Receive(b)
	if text != "" {
		x.desk.Say(text)
	}
	x.handle(e)
	x.settle()
}

// TrainerDied is called when the worker that trains has ended.
func (x *exchange) TrainerDied(why string) {
	if text := x.desk.Library.Died(why); text != "" {
		x.desk.Say(text)
	}
	x.handle(view.LibraryLost{})
	x.settle()
}

// DrafterMessage takes a message from the worker that drafts.
func (x *exchange) DrafterMessage(b []byte, now time.Time) {
	x.At(now)
	e, err := x.desk.Drafts.Receive(b)
	x.desk.Report(err)
	x.desk.Report(x.desk.Drafted(e))
	x.handle(e)
	x.settle()
}

// DrafterDied is called when the worker that drafts has ended.
func (x *exchange) DrafterDied(why string) {
	x.desk.Report(x.desk.DrafterDied(why))
	x.handle(view.DraftsLost{})
	x.settle()
}

// asleep is how long the page is left alone at most, unless the computer sleeps. A hidden
// tab has its turn once a minute.
const asleep = 3 * time.Minute

// At tells the time, before anything happens at it. While the computer slept nobody could
// be waited for; and a clock that was set back would have one wait too long.
func (x *exchange) At(now time.Time) {
	d := x.desk
	if gap := now.Sub(d.Now); !d.Now.IsZero() && (gap > asleep || gap < 0) {
		d.Network.Slept(gap)
		d.Library.Slept(gap)
	}
	d.At(now)
}

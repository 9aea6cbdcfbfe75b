// Package data is the Data view: what pictures there are, a few or all of them with their
// labels, and one of them enlarged, with what the network says of it.
package data

import (
	"slices"

	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/ask"
	"tenfold/wasm/ui/desk"
	"tenfold/wasm/ui/network"
	"tenfold/wasm/ui/part"
	"tenfold/wasm/ui/view"
)

// View is the view's state.
type View struct {
	desk *desk.Desk
	here bool // the view was shown at the last Update

	what    string  // the data set that is shown
	class   int     // the only class that is shown, -1 for all
	ordered bool    // all in order, not a few at random
	seed    uint64  // of what is drawn; from the clock, so that each visit draws others
	draws   uint64  // counts them
	at      int     // of what is in order, the place of the first one in sight
	above   float64 // how much of its row is hidden above, 0 to 1

	chosen   int                // the number of the picture that is enlarged; -1 for the first one shown
	pixel    point              // of it, under the pointer
	removing int                // how many own pictures there were when one was deleted; 0 for none
	removed  *protocol.Labelled // the one that was deleted last, which can be put back
	drop     *protocol.Drop     // to be sent
	says     ask.Question[question, answer]
	asked    question // what says was asked last

	classesAt float64 // how far the list of classes is scrolled

	album album // what Update has made of the library's
}

// New returns the view as the page opens.
func New(d *desk.Desk) *View {
	return &View{desk: d, what: part.Sets[0].What, class: -1, chosen: -1, pixel: nowhere}
}

// Handle implements view.View.
func (v *View) Handle(e protocol.Event) {
	switch e := e.(type) {
	case protocol.Stored:
		if len(e.Mine) < v.removing {
			v.removing = 0
		}
	case protocol.Classified:
		v.says.Answered(e.ID, answer{v.asked, e.Probs})
	case protocol.Failed:
		v.removing = 0
		v.says.Failed(e.ID, network.Plain(e.Message))
	case view.Lost:
		v.says.Lost()
	case view.LibraryLost:
		v.removing = 0
	}
}

// Update implements view.View.
func (v *View) Update() []protocol.Command {
	if v.desk.View != desk.Data {
		v.here = false
		v.says.Forget() // the network may have changed until the view is shown again
		return nil
	}
	l := v.desk.Library
	if !v.here {
		v.here = true
		l.Again()
	}
	if !slices.ContainsFunc(part.Sets, func(s part.Set) bool { return s.What == v.what }) {
		v.show(part.Sets[0].What)
	}
	if v.seed == 0 {
		v.seed = uint64(v.desk.Now.UnixNano())
	}
	if l.Has(v.what) > 0 { // else there is nothing to ask about
		l.WantSurvey(v.what)
	}
	v.gather()
	l.WantPhotos(v.what, v.wanted())
	v.unfold()
	all := v.askNetwork()
	if v.drop != nil {
		all = append(all, *v.drop)
		v.drop = nil
	}
	return all
}

// show goes to a data set.
func (v *View) show(what string) {
	v.what, v.chosen, v.pixel, v.removed = what, -1, nowhere, nil
	v.restart()
}

// only shows the pictures of one class, or of all for -1.
func (v *View) only(class int) {
	v.class, v.chosen, v.pixel = class, -1, nowhere
	v.restart()
}

// restart goes to the first picture.
func (v *View) restart() {
	v.at, v.above = 0, 0
	v.desk.Library.Again()
}

// shuffle draws other pictures.
func (v *View) shuffle() {
	v.ordered, v.chosen, v.pixel = false, -1, nowhere
	v.draws++
	v.restart()
}

// browse shows all in order, or a few again.
func (v *View) browse() {
	v.ordered, v.chosen, v.pixel = !v.ordered, -1, nowhere
	v.restart()
}

// Package build is the Build view: a network that the user puts together, layer by layer or as
// Keras code, its results, and the way to train it.
package build

import (
	"fmt"
	"net/url"
	"strings"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/ask"
	"tenfold/wasm/ui/desk"
	"tenfold/wasm/ui/network"
	"tenfold/wasm/ui/view"
	"tenfold/wasm/ui/words"
)

// View is the view's state.
type View struct {
	desk *desk.Desk

	network    string // of the design: a preset's name, or packed
	undo, redo []string
	shown      *protocol.Designed // as it was answered last; nil before
	layer      int                // the chosen one
	kind       string             // of layer to add
	typed      *string            // code that was not applied; nil for the network's own
	refused    string             // why the last change could not be made
	line       int                // of the code, from 1; 0 if it is not the code's
	wrong      map[string]string  // what was typed into arguments that do not take it
	notes      []string           // of the code that was applied
	recipe     *task.Recipe       // of the code that was applied
	holdOut    float64
	examined   bool // the browser was asked how many cores there are

	changes  []protocol.Design // that were asked for and are not answered; the first may be under way
	question ask.Question[key, protocol.Designed]
	weight   ask.Question[load, protocol.Weighed]
}

// key is what is asked about: the script depends on the recipe.
type key struct {
	network string
	recipe  task.Recipe
}

// load is what is weighed.
type load struct {
	network        string
	batch, workers int
}

// first is the network that the view opens with.
const first = task.TutorialCNN

// most is how many changes can be undone.
const most = 200

// New returns the view as the page opens.
func New(d *desk.Desk) *View {
	return &View{desk: d, network: first, kind: "Conv2D", wrong: map[string]string{}}
}

// Handle implements view.View.
func (v *View) Handle(e protocol.Event) {
	switch e := e.(type) {
	case protocol.Designed:
		if v.under(e.ID) {
			v.changed(e)
		} else if v.question.Answered(e.ID, e) && len(v.changes) == 0 {
			v.show(e)
		}
	case protocol.Weighed:
		v.weight.Answered(e.ID, e)
	case protocol.Failed:
		why := network.Plain(e.Message)
		v.weight.Failed(e.ID, why)
		if v.question.Failed(e.ID, why) || v.under(e.ID) {
			v.changes, v.refused, v.line = nil, why, 0
		}
	case view.DraftsLost:
		v.question.Lost()
		v.weight.Failed(v.weight.ID(), "") // it may have died of it
		if len(v.changes) > 0 {
			v.changes[0].ID = 0 // it is asked again
		}
	}
}

// under reports whether a change is under way with an ID.
func (v *View) under(id uint64) bool { return len(v.changes) > 0 && id != 0 && v.changes[0].ID == id }

// changed takes the answer to a change.
func (v *View) changed(e protocol.Designed) {
	c := v.changes[0]
	v.changes = v.changes[1:]
	if e.Refused != "" {
		v.refused, v.line = e.Refused, e.Line
		if c.Change.Op == protocol.SetArgument {
			v.wrong[c.Change.Argument] = c.Change.Value
		}
		return
	}
	if e.Network != v.network {
		v.remember()
		v.network, v.redo = e.Network, nil
	}
	switch {
	case c.Code != "":
		v.typed, v.notes, v.recipe, v.holdOut = nil, e.Notes, e.Recipe, e.HoldOut
	case c.Change.Op == protocol.InsertLayer:
		v.layer = c.Change.At + 1
	case c.Change.Op == protocol.MoveLayer:
		v.layer = c.Change.At + c.Change.By
	case c.Change.Op == protocol.DeleteLayer:
		v.layer = max(c.Change.At-1, 0)
	}
	v.show(e)
	v.addressed()
}

// show has an answer be what is seen.
func (v *View) show(e protocol.Designed) {
	if e.Refused != "" { // an address that cannot be read
		v.refused, v.line = e.Refused, e.Line
		if v.shown == nil && v.network != first {
			v.network = first
		}
		return
	}
	if v.network == protocol.NetworkInUse { // which will be another one
		v.network = e.Network
		v.addressed()
	}
	v.shown, v.refused, v.line = &e, "", 0
	clear(v.wrong)
	v.layer = min(v.layer, max(len(e.Layers)-1, 0))
}

// remember puts the network among those that Undo restores.
func (v *View) remember() {
	if v.undo = append(v.undo, v.network); len(v.undo) > most {
		v.undo = v.undo[1:]
	}
}

// Update implements view.View.
func (v *View) Update() []protocol.Command {
	if v.desk.View != "build" || v.network == protocol.NetworkInUse && v.desk.Network.Loaded == nil {
		return nil
	}
	if v.desk.Browser == nil && !v.examined {
		v.examined = true
		v.desk.Host.Examine() // for the number of cores
	}
	var all []protocol.Command
	recipe := v.desk.Library.Job.Recipe
	if len(v.changes) > 0 {
		if c := &v.changes[0]; c.ID == 0 {
			c.ID, c.Recipe = v.desk.Network.Serial(), recipe
			if c.Code == "" {
				c.Network, c.Model = v.network, v.model() // which the changes before have made
			}
			all = append(all, *c)
		}
		return all
	}
	v.question.Want(key{v.network, recipe}, func() uint64 {
		c := protocol.Design{ID: v.desk.Network.Serial(), Network: v.network, Model: v.model(), Recipe: recipe}
		all = append(all, c)
		return c.ID
	})
	if s := v.shown; s != nil && s.Why == "" && s.Network != "" && !v.desk.Library.Run.Running() {
		l := load{s.Network, recipe.Batch, v.workers()}
		v.weight.Want(l, func() uint64 {
			c := protocol.Weigh{ID: v.desk.Network.Serial(), Network: l.network, Batch: l.batch, Workers: l.workers}
			all = append(all, c)
			return c.ID
		})
	}
	return all
}

// model returns the file of the network in use, where that is the design.
func (v *View) model() []byte {
	if v.network == protocol.NetworkInUse {
		return v.desk.Network.File
	}
	return nil
}

// workers are as many as train.
func (v *View) workers() int {
	if n := v.desk.Library.Job.Workers; n > 0 {
		return n
	}
	if b := v.desk.Browser; b != nil && b.Cores > 0 {
		return b.Cores
	}
	return 1
}

// ask asks for a change, when those before it are made.
func (v *View) ask(c protocol.Design) {
	v.changes, v.refused, v.line = append(v.changes, c), "", 0
}

// edit asks for a change of the layers. What was typed as code, and not applied, is given up.
func (v *View) edit(c protocol.Change) {
	v.typed, v.notes = nil, nil
	v.ask(protocol.Design{Change: c})
}

// apply reads the code.
func (v *View) apply() {
	if v.typed != nil {
		v.ask(protocol.Design{Code: *v.typed})
	}
}

// goTo has another network be shown.
func (v *View) goTo(network string) {
	v.network, v.typed, v.notes, v.recipe = network, nil, nil, nil
	v.addressed()
}

// step goes from one list of networks to the other.
func (v *View) step(from, to *[]string) {
	n := len(*from)
	if n == 0 || len(v.changes) > 0 {
		return
	}
	last := (*from)[n-1]
	*from, *to = (*from)[:n-1], append(*to, v.network)
	v.goTo(last)
}

// Address implements view.Addressed.
func (v *View) Address() string {
	if v.network == first {
		return ""
	}
	return "network=" + url.QueryEscape(strings.TrimPrefix(v.network, task.DesignPrefix))
}

// Visit implements view.Addressed.
func (v *View) Visit(address string) error {
	values, err := url.ParseQuery(address)
	if err != nil {
		return fmt.Errorf(words.App.BadAddress, address)
	}
	name := values.Get("network")
	switch {
	case name == "":
		return nil // the one that is there stays
	case !preset(name):
		name = task.DesignPrefix + name
	}
	if name != v.network {
		v.remember()
		v.network, v.typed = name, nil
	}
	return nil
}

// preset reports whether a name is one of the list.
func preset(name string) bool {
	for _, p := range words.Build.Presets {
		if p.Name == name {
			return true
		}
	}
	return false
}

// addressed has the page's address name the network.
func (v *View) addressed() {
	if v.desk.View == "build" {
		at := v.Address()
		if at != "" {
			at = "?" + at
		}
		v.desk.Host.SetAddress("build"+at, false)
	}
}

// job returns that with which Train begins: the code's recipe if it has one, otherwise the settings that
// are there if they are of random weights, or else the tutorial's, on what pictures there are.
func (v *View) job() task.Job {
	l := v.desk.Library
	job := l.Job
	if job.From != task.Random {
		job = task.Tutorial
		switch {
		case l.Has(task.TrainSet) > 0:
		case l.Has(task.TestSet) > 0:
			job.Data, job.HoldOut = task.TestSet, task.FineTuning.HoldOut
		default:
			job = task.Doodling
		}
		job.Workers, job.Seed = l.Job.Workers, l.Job.Seed
	}
	if v.recipe != nil {
		job.Recipe = *v.recipe
		if v.holdOut > 0 {
			job.HoldOut = v.holdOut
		}
	}
	job.From, job.Network = task.Random, v.shown.Network
	return job
}

// train goes to Train with the network.
func (v *View) train() {
	d := v.desk
	d.Library.Job = v.job()
	d.Show("train")
}

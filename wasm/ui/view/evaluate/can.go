package evaluate

import (
	"slices"

	"tenfold/nn/task"
	"tenfold/wasm/ui/words"
)

// why returns why the network in use cannot be evaluated on a part, "" if it can.
func (v *View) why(what string) string {
	n, l := v.desk.Network, v.desk.Library
	switch {
	case v.busy():
		return words.Evaluate.Busy
	case n.Loaded == nil:
		return words.Evaluate.Loading
	case l.Missing():
		return words.Library.Missing
	case l.Stored == nil:
		return words.Evaluate.Finding
	case !v.desk.Suits(v.needs(what)):
		return words.Evaluate.OtherClasses
	case what == heldOut:
		return v.whyNotHeldOut()
	case l.Has(what) > 0:
		return ""
	case what == task.Mine:
		return words.Evaluate.NoMine
	}
	return words.Evaluate.NoTest
}

// whyNotHeldOut returns why what a run held out says nothing about the network in use.
func (v *View) whyNotHeldOut() string {
	l := v.desk.Library
	switch job, began := l.Run.Job(); {
	case !began || l.Run.Began.HeldOut == 0:
		return words.Evaluate.NoRun
	case !v.ofRun():
		return words.Evaluate.OtherRun
	case l.Has(job.Data) == 0:
		return words.Evaluate.Gone
	}
	return ""
}

// ofRun reports whether the network in use comes from the last run, as it was validated. One that
// was taught since, or comes from another run, has seen other pictures than those which the run
// held out; its file does not have the run's figure.
func (v *View) ofRun() bool {
	n, r := v.desk.Network, &v.desk.Library.Run
	if !slices.Contains([]string{"live", "last", "best"}, n.Using) {
		return false
	}
	m, ok := task.Measured(n.Loaded.Measured, r.Began.On)
	if !ok {
		return n.Using == "live" && r.Active && len(n.Loaded.Measured) == 0 // of the first epoch
	}
	if m.Pictures != r.Began.HeldOut {
		return false
	}
	if r.Finished != nil && m.Accuracy == r.Finished.After.Accuracy {
		return true
	}
	return slices.ContainsFunc(r.Epochs, func(e task.Epoch) bool { return e.Val.Accuracy == m.Accuracy })
}

// needs returns the data set that a part is made of.
func (v *View) needs(what string) string {
	if what == heldOut {
		return v.desk.Library.Run.Began.Job.Data
	}
	return what
}

package train

import (
	"fmt"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/library"
	"tenfold/wasm/ui/part"
	"tenfold/wasm/ui/words"
)

// steadyAfter is from how many steps on the time that is left is believed.
const steadyAfter = 20

// status returns the run in a line.
func (v *View) status() string {
	w, l := &words.Train, v.desk.Library
	r := &l.Run
	switch s := l.Stored; {
	case r.Active && (r.State.State == protocol.Preparing || r.Began.Trained == 0):
		return w.Preparing
	case r.Active:
		return v.going(r)
	case s != nil && s.Coming != "":
		return words.Small(v.coming())
	case l.Teaching():
		return w.Teaching
	case l.Taught != nil:
		return w.Taught
	case l.Offer != nil:
		return fmt.Sprintf(w.Offered, min(l.Offer.Epoch+1, l.Offer.Job.Epochs), l.Offer.Job.Epochs)
	case r.Finished != nil && r.ID > 0 && r.Finished.Stopped:
		return fmt.Sprintf(w.StoppedIn, r.State.Epoch, r.State.Epochs)
	case r.Finished != nil && r.ID > 0: // else it is an earlier visit's
		return fmt.Sprintf(w.Done, figure.Things(len(r.Epochs), words.Nouns.Epoch), figure.Duration(seconds(r)))
	case l.Missing():
		return words.Library.Missing
	case !l.Ready() && l.Started(), s == nil:
		return w.NotReady
	case !l.Enough() && l.Has(task.Doodles) > 0 && l.Served[task.TestSet] == 0:
		return w.NoData + w.NoDataDoodles
	case !l.Enough() && l.Served[task.TrainSet] > 0:
		return w.NoData + fmt.Sprintf(w.NoDataFrom, v.size(task.TestSet), v.size(task.TrainSet))
	case !l.Enough() && l.Served[task.TestSet] > 0:
		return w.NoData + fmt.Sprintf(w.NoDataStarter, figure.Count(l.Served[task.TestSet]), v.size(task.TestSet))
	case !l.Enough():
		return w.NoData
	}
	return w.Ready
}

// going returns the current run, as Keras would write it.
func (v *View) going(r *library.Run) string {
	w, s := &words.Train, r.State
	line := fmt.Sprintf(w.Going, s.Epoch, s.Epochs, s.Step, s.Steps)
	if s.Step > 0 {
		line += fmt.Sprintf(w.GoingTraining, figure.Score(s.Mean.Loss), figure.Percent(s.Mean.Accuracy))
	}
	if n := len(r.Epochs); n > 0 {
		line += fmt.Sprintf(w.GoingValidation, figure.Percent(r.Epochs[n-1].Val.Accuracy))
	}
	line += fmt.Sprintf(w.Speed, figure.Speed(s.PicturesPerSec))
	switch {
	case r.Stopping:
		return line + words.Small(w.Stopping)
	case s.State == protocol.Paused:
		return line + words.Small(w.Paused)
	case s.State == protocol.Validating:
		return line + w.Validating
	case !v.steady(s) || s.Left <= 0:
		return line + w.Estimating
	}
	return line + fmt.Sprintf(w.Left, figure.Duration(s.Left))
}

// steady reports whether a run has gone on long enough to tell how long it will take.
func (v *View) steady(s protocol.Training) bool {
	return v.moving.known && v.moving.run == s.Run && steps(s)-v.moving.first >= steadyAfter
}

// seconds returns those of a run's training.
func seconds(r *library.Run) (sum float64) {
	for _, e := range r.Epochs {
		sum += e.Seconds
	}
	return sum
}

// size returns that of what the server has of a set.
func (v *View) size(what string) string {
	for _, s := range part.Sets {
		if s.What == what {
			return figure.Megabytes(s.Bytes(v.desk))
		}
	}
	return ""
}

// heldOut returns what came of a run: "validation, 201 pictures: 81.1% before, 81.1% after".
func heldOut(r *library.Run) string {
	w, f := &words.Train, r.Finished
	if f == nil || f.After == (task.Metrics{}) {
		return ""
	}
	text := fmt.Sprintf(w.Result, words.Capital(heldOutPart(r)), figure.Count(r.Began.HeldOut), figure.Percent(f.Before.Accuracy), figure.Percent(f.After.Accuracy))
	if r.Began.Job.Data == task.Mine {
		text += fmt.Sprintf(w.ResultMine, figure.Percent(f.MineBefore), figure.Percent(f.MineAfter))
	}
	return text
}

// heldOutPart is what the pictures are that a run is measured on.
func heldOutPart(r *library.Run) string {
	switch r.Began.On {
	case task.TestSet:
		return words.Train.OnTest
	case task.Mine:
		return words.Train.OnMine
	case task.DoodlesTest:
		return words.Train.OnDoodles
	}
	return words.Train.OnValidation
}

// result is what came of the run or the teaching, and what it does not say.
func (v *View) result() string {
	w, l := &words.Train, v.desk.Library
	r := &l.Run
	if l.Taught != nil {
		return part.Taught(l.Taught)
	}
	if r.Active || r.Finished == nil || r.Began.Trained == 0 {
		return ""
	}
	text := heldOut(r)
	if text == "" {
		return w.ResultNone
	}
	if r.Began.Job.Data == task.TestSet {
		text += ". " + w.Unfair
	}
	return text
}

// headline returns the run in a word or two.
func (v *View) headline() string {
	w, l := &words.Train, v.desk.Library
	r := &l.Run
	switch {
	case r.Active && r.Stopping:
		return w.Stopping
	case r.Paused():
		return w.Paused
	case r.Active && r.State.Workers > 1:
		return fmt.Sprintf(w.Cores, figure.Things(r.State.Workers, words.Nouns.Core))
	case r.Active:
		return w.Training
	case l.Offer != nil:
		return w.Interrupted
	case r.Finished != nil && r.Began.Trained > 0 && r.Finished.Stopped:
		return w.Stopped
	case r.Finished != nil && r.Began.Trained > 0:
		return w.Trained
	}
	return w.Headline
}

// done returns the share of the run that is done.
func (v *View) done() float64 {
	l := v.desk.Library
	s := l.Run.State
	switch {
	case l.Run.Finished != nil && !l.Run.Finished.Stopped:
		return 1
	case s.Epochs == 0 || s.Steps == 0:
		return 0
	}
	return (float64(s.Epoch-1) + float64(s.Step)/float64(s.Steps)) / float64(s.Epochs)
}

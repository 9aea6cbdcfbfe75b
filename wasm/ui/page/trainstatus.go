package page

import (
	"fmt"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
)

// status is the run in a line.
func (t *trainer) status() string {
	s := t.state
	switch {
	case t.active && s.State == protocol.Preparing || t.active && t.began.Trained == 0:
		return "preparing: measuring the network before it is trained"
	case t.active:
		line := fmt.Sprintf("epoch %d/%d step %d/%d", s.Epoch, s.Epochs, s.Step, s.Steps)
		if s.Step > 0 {
			line += fmt.Sprintf(" loss %.3f accuracy %.3f", s.Mean.Loss, s.Mean.Accuracy)
		}
		if n := len(t.epochs); n > 0 {
			line += fmt.Sprintf(" val_accuracy %.3f", t.epochs[n-1].Val.Accuracy)
		}
		line += fmt.Sprintf(" %.0f pictures/s", s.PicturesPerSec)
		switch s.State {
		case protocol.Paused:
			return line + " paused"
		case protocol.Validating:
			return line + " validating"
		}
		return line + " " + left(s.Left)
	case t.stored != nil && t.stored.Coming != "":
		return t.coming()
	case t.teaching != 0:
		return "teaching"
	case t.taught != nil:
		return "taught; " + taughtWords(t.taught)
	case t.finished != nil && t.finished.Stopped:
		return "stopped; " + t.heldOut()
	case t.finished != nil:
		return "done; " + t.heldOut()
	case t.offer != nil:
		return fmt.Sprintf("a run was cut off in epoch %d/%d after step %d: resume it, or start another", t.offer.Epoch+1, t.offer.Job.Epochs, t.offer.Step)
	case !t.ready && t.started:
		return "loading the part of the page that trains"
	case t.stored != nil && !t.enough() && !t.served:
		return "bring pictures first: choose a file"
	case t.stored != nil && !t.enough():
		return "bring pictures first: take them from the server, or choose a file"
	}
	return "ready to train"
}

// memory says what the worker that leads has taken of the device's memory.
func (t *trainer) memory() string {
	if t.state.Memory == 0 {
		return ""
	}
	return fmt.Sprintf("the worker uses %.0f MB of memory", float64(t.state.Memory)/1e6)
}

func (t *trainer) coming() string {
	s := t.stored
	if s.Total > 0 {
		return fmt.Sprintf("reading %s: %.1f of %.1f MB", s.Coming, float64(s.Done)/1e6, float64(s.Total)/1e6)
	}
	return fmt.Sprintf("reading %s: %.1f MB", s.Coming, float64(s.Done)/1e6)
}

// left is how long it will take, in words.
func left(seconds float64) string {
	switch {
	case seconds <= 0:
		return ""
	case seconds < 90:
		return fmt.Sprintf("%.0f s left", seconds)
	case seconds < 90*60:
		return fmt.Sprintf("%.0f min left", seconds/60)
	}
	return fmt.Sprintf("%.1f h left", seconds/3600)
}

// heldOut is what came of the run: "validation, 201 pictures: 81.1% before, 81.1% after".
func (t *trainer) heldOut() string {
	f := t.finished
	if f == nil || f.After.Loss == 0 && f.Before.Loss == 0 {
		return ""
	}
	text := fmt.Sprintf("%s, %s pictures: %.1f%% before, %.1f%% after", onWords(t.began.On), thousands(t.began.HeldOut), 100*f.Before.Accuracy, 100*f.After.Accuracy)
	if t.began.Job.Data == task.Mine {
		text += fmt.Sprintf("; your pictures: %.1f%% before, %.1f%% after", 100*f.MineBefore, 100*f.MineAfter)
	}
	return text
}

// onWords names what was measured on.
func onWords(on string) string {
	switch on {
	case task.TestSet:
		return "test set"
	case task.Mine:
		return "your pictures"
	}
	return "validation"
}

// result is what came of the run, and what it does not say.
func (t *trainer) result() string {
	if t.taught != nil {
		return taughtWords(t.taught)
	}
	text := t.heldOut()
	if text != "" && t.began.Job.Data == task.TestSet {
		text += ". " + unfair
	}
	return text
}

// unfair is said where test pictures were trained on.
const unfair = "Part of the test set was used for training, so test accuracy is no longer a fair measure. Use validation accuracy."

// ran is the job of the present run, or the last one; before the first what is set.
func (t *trainer) ran() *task.Job {
	if t.began.Trained > 0 {
		return &t.began.Job
	}
	return &t.job
}

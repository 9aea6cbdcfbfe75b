package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"tenfold/nn/evaluate"
	"tenfold/nn/task"
	"tenfold/nn/train"
)

// progress is the callback that prints Keras' kind of line: a bar while an epoch
// runs, on a terminal only, and a line when it ends.
type progress struct {
	out      io.Writer
	terminal bool
	bar      *progressbar.ProgressBar
	start    time.Time
	first    int // pictures of the epoch that were done when this program started
}

func newProgress(out *os.File) *progress {
	return &progress{out: out, terminal: term.IsTerminal(int(out.Fd()))}
}

// Step moves the bar.
func (p *progress) Step(r *train.Run, s train.Progress) error {
	if p.start.IsZero() {
		p.start, p.first = time.Now(), s.Seen-r.Recipe.Batch
		fmt.Fprintf(p.out, "Epoch %d/%d\n", s.Epoch, s.Epochs)
		if p.terminal {
			p.bar = progressbar.NewOptions(s.Steps, progressbar.OptionSetWriter(p.out), progressbar.OptionSetWidth(30),
				progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionShowCount(),
				progressbar.OptionSetPredictTime(true), progressbar.OptionClearOnFinish())
		}
	}
	if p.bar == nil {
		return nil
	}
	p.bar.Describe(fmt.Sprintf("%5.0f pictures/s - loss: %.4f - accuracy: %.4f", p.speed(s.Seen), s.Loss, s.Accuracy))
	return p.bar.Set(s.Step)
}

// Epoch prints the epoch's line.
func (p *progress) Epoch(r *train.Run, e task.Epoch, _ *evaluate.Result) error {
	if p.bar != nil {
		p.bar.Finish()
	}
	fmt.Fprintf(p.out, "%d/%d - %.0fs - %.0f pictures/s - lr: %.5f - loss: %.4f - accuracy: %.4f - val_loss: %.4f - val_accuracy: %.4f\n",
		r.Steps(), r.Steps(), e.Seconds, float64(r.Pictures())/e.Seconds, e.Rate, e.Train.Loss, e.Train.Accuracy, e.Val.Loss, e.Val.Accuracy)
	p.start, p.bar = time.Time{}, nil
	return nil
}

func (p *progress) speed(seen int) float64 {
	return float64(seen-p.first) / max(time.Since(p.start).Seconds(), 1e-9)
}

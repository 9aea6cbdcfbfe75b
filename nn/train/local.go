package train

import (
	"errors"
	"time"
)

// Local is a Helper whose assistant runs in this program.
type Local struct {
	*Assistant
	next    Share
	rest    chan struct{} // the weights that are not early are there
	factors chan factor   // the last kernel's first, as they become known
	done    chan error
	outcome Outcome
	grads   [][]float32
}

var errGivenUp = errors.New("train: the share was given up")

// Start implements Helper.
func (l *Local) Start(s Share) error {
	l.next = s
	return nil
}

// factor are the factors of a kernel's gradient.
type factor struct{ x, dy []float32 }

// Early implements Helper.
func (l *Local) Early(weights [][]float32) error {
	l.Stop()
	own, _ := l.Weights()
	write(own, weights)
	l.Prepare(l.next)
	rest, factors, done := make(chan struct{}, 1), make(chan factor, l.Factored()), make(chan error, 1)
	l.rest, l.factors, l.done = rest, factors, done
	start, waited := time.Now(), time.Duration(0)
	await := func() error {
		from := time.Now()
		defer func() { waited += time.Since(from) }()
		if _, ok := <-rest; !ok {
			return errGivenUp
		}
		return nil
	}
	go func() {
		var err error
		l.outcome, l.grads, err = l.Gradients(await, func(_ int, x, dy []float32) {
			factors <- factor{x, dy}
		})
		l.outcome.Busy = (time.Since(start) - waited).Seconds()
		close(factors) // it may have failed before there were any
		done <- err
	}()
	return nil
}

// Stop gives up what is under way, and waits until the assistant has stopped.
func (l *Local) Stop() error {
	if l.done == nil {
		return nil
	}
	close(l.rest)
	err := <-l.done
	l.done = nil
	return err
}

// Rest implements Helper.
func (l *Local) Rest(weights [][]float32) error {
	_, own := l.Weights()
	write(own, weights)
	l.rest <- struct{}{}
	return nil
}

// Factors implements Helper.
func (l *Local) Factors(x, dy [][]float32) error {
	for i := len(x) - 1; i >= 0; i-- {
		f, ok := <-l.factors
		if !ok {
			return errors.Join(errors.New("train: no factors"), l.Stop())
		}
		copy(x[i], f.x)
		copy(dy[i], f.dy)
	}
	return nil
}

// Finish implements Helper.
func (l *Local) Finish() (Outcome, [][]float32, error) {
	err := l.Stop()
	return l.outcome, l.grads, err
}

// write copies vectors.
func write(dst, src [][]float32) {
	for i, v := range src {
		copy(dst[i], v)
	}
}

package train

import (
	"errors"
	"slices"
)

// Local is a Helper whose assistant runs in this program.
type Local struct {
	*Assistant
	features chan []float32
	back     chan []float32
	done     chan error
	grads    [][]float32
}

var errGivenUp = errors.New("train: the share was given up")

// Start implements Helper.
func (l *Local) Start(weights [][]float32, s Share) error {
	l.Rest()
	for i, w := range weights {
		copy(l.Weights()[i], w)
	}
	features, back, done := make(chan []float32, 1), make(chan []float32), make(chan error, 1)
	l.features, l.back, l.done = features, back, done
	go func() {
		var err error
		l.grads, err = l.Gradients(s, func(y []float32) ([]float32, error) {
			features <- slices.Clone(y) // the graph's memory may be used again
			if len(l.Weights()) == 0 {
				return nil, nil
			}
			g, ok := <-back
			if !ok {
				return nil, errGivenUp
			}
			return g, nil
		})
		close(features) // it may have failed before there were any
		done <- err
	}()
	return nil
}

// Rest gives up what is under way, and waits until the assistant has stopped.
func (l *Local) Rest() error {
	if l.done == nil {
		return nil
	}
	close(l.back)
	err := <-l.done
	l.done = nil
	return err
}

// Features implements Helper.
func (l *Local) Features(y []float32) error {
	all, ok := <-l.features
	if !ok {
		return errors.Join(errors.New("train: no features"), l.Rest())
	}
	copy(y, all)
	return nil
}

// Back implements Helper.
func (l *Local) Back(gradient []float32) error {
	l.back <- gradient
	return nil
}

// Finish implements Helper.
func (l *Local) Finish() ([][]float32, error) {
	err := l.Rest()
	return l.grads, err
}

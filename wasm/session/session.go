// Package session is the classifying worker without its browser: it takes
// commands in, sends events out, and owns the model. It runs natively in tests.
package session

import (
	"context"
	"fmt"
	"runtime/debug"
	"time"

	"tenfold/nn/checkpoint"
	"tenfold/nn/kernel"
	"tenfold/nn/model"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
)

// MaxPictures is how many pictures one Classify may hold.
const MaxPictures = 10000

// batch is how many pictures are classified before the worker checks whether it was told
// to stop.
const batch = 32

// queue is how many messages may wait; a page that keeps to the protocol never
// has more than a few.
const queue = 256

// Session is a worker's state.
type Session struct {
	send  func(protocol.Event)
	yield func()
	inbox chan []byte

	model     *model.Network
	one, many *model.Predictor
	beside    *model.Predictor   // of Compare; nil for none
	besides   *model.Sequential  // the second model
	postponed []protocol.Command // came while a Classify was under way

	trace         *model.Trace // of the model, made when first used; what follows is of its last run
	tracedPicture []byte
	tracedInput   []float32
	climbing      uint64  // the ID of the Stimulate under way; 0 for none
	temperature   float64 // what the model's logits are divided by instead of its own; 0 for that
}

// New returns a session that sends events with send. yield lets the browser
// deliver messages that have come meanwhile.
func New(send func(protocol.Event), yield func()) *Session {
	return &Session{send: send, yield: yield, inbox: make(chan []byte, queue)}
}

// Post queues a message from the page. It does not block; a message that
// finds the queue full is refused with Failed.
func (s *Session) Post(b []byte) {
	select {
	case s.inbox <- b:
	default:
		s.send(protocol.Failed{Message: fmt.Sprintf("session: over %d messages wait: one was dropped", queue)})
	}
}

// Start takes a model into use and returns the classes of a picture, bytes of the model's
// task, and how probable each is, before there is a page to talk to.
func (s *Session) Start(model, picture []byte) (classes []string, probs []float32, err error) {
	m, err := read(model)
	if err != nil {
		return nil, nil, err
	}
	if len(picture) != m.Pixels() {
		return nil, nil, fmt.Errorf("session: a picture of %d bytes: want %d", len(picture), m.Pixels())
	}
	s.take(m)
	return m.Classes, s.probs(s.one, s.divisor(), make([]float32, m.Pixels()), picture), nil
}

// Run says Ready and handles messages until ctx ends.
func (s *Session) Run(ctx context.Context) {
	ready := protocol.Ready{Kernel: kernel.Best()}
	if s.model != nil {
		described := s.model.Describe()
		ready.Model = &described
	}
	s.send(ready)
	for {
		if c, ok := s.waiting(); ok {
			s.handle(c)
			continue
		}
		select {
		case <-ctx.Done():
			return
		case b := <-s.inbox:
			if c, ok := s.decode(b); ok {
				s.handle(c)
			}
		}
	}
}

// waiting returns the next command that has come, if there is one.
func (s *Session) waiting() (protocol.Command, bool) {
	if len(s.postponed) > 0 {
		c := s.postponed[0]
		s.postponed = s.postponed[1:]
		return c, true
	}
	for {
		select {
		case b := <-s.inbox:
			if c, ok := s.decode(b); ok {
				return c, true
			}
		default:
			return nil, false
		}
	}
}

func (s *Session) decode(b []byte) (protocol.Command, bool) {
	c, err := protocol.DecodeCommand(b)
	if err != nil {
		s.send(protocol.Failed{Message: err.Error()})
	}
	return c, err == nil
}

// handle carries out one command. A panic becomes Failed, so that one bad picture
// does not cost the page its worker.
func (s *Session) handle(c protocol.Command) {
	id := idOf(c)
	defer func() {
		if r := recover(); r != nil {
			s.send(protocol.Failed{ID: id, Message: fmt.Sprintf("session: %v\n%s", r, debug.Stack())})
		}
	}()
	var err error
	switch c := c.(type) {
	case protocol.Load:
		err = s.load(c)
	case protocol.Compare:
		err = s.compare(c.Model)
	case protocol.Describe:
		err = s.describe(0)
	case protocol.Classify:
		err = s.classify(c)
	case protocol.Cancel: // a Classify has been answered already
		if c.ID == s.climbing {
			s.climbing = 0
		}
	case protocol.Inspect:
		err = s.inspect(c)
	case protocol.TakeApart:
		err = s.takeApart(c)
	case protocol.Explain:
		err = s.explain(c)
	case protocol.Stimulate:
		err = s.stimulate(c)
	case protocol.Temper:
		err = s.temper(c.Temperature)
	default:
		err = fmt.Errorf("session: no answer to %T", c)
	}
	if err != nil {
		s.send(protocol.Failed{ID: id, Message: err.Error()})
	}
}

// idOf returns the number of a command that has one, or 0.
func idOf(c protocol.Command) uint64 {
	switch c := c.(type) {
	case protocol.Load:
		return c.ID
	case protocol.Classify:
		return c.ID
	case protocol.Inspect:
		return c.ID
	case protocol.TakeApart:
		return c.ID
	case protocol.Explain:
		return c.ID
	case protocol.Stimulate:
		return c.ID
	}
	return 0
}

// load takes a model into use and describes it. On an error the old one stays.
func (s *Session) load(c protocol.Load) error {
	m, err := read(c.Model)
	if err != nil {
		return err
	}
	s.take(m)
	s.one.Predict(make([]float32, m.Pixels())) // the browser compiles on the first run, which takes ten times as long
	s.send(protocol.Loaded{ID: c.ID, Model: s.model.Describe()})
	return nil
}

func (s *Session) take(m *model.Network) {
	s.model, s.one, s.many, s.trace = m, m.Predictor(1), nil, nil
	s.temperature = 0 // it was for the model before
}

// comparable reports whether there is a second model for the same task.
func (s *Session) comparable() bool {
	return s.beside != nil && s.besides.Task.Fits(s.model.Task) == nil
}

// compare puts a second model to use, or gives it up.
func (s *Session) compare(b []byte) error {
	if len(b) == 0 {
		s.beside = nil
		return nil
	}
	m, err := read(b)
	if err != nil {
		return err
	}
	s.beside, s.besides = m.Predictor(1), m
	return nil
}

// read reads a model that tells classes of pictures apart.
func read(b []byte) (*model.Network, error) {
	f, err := checkpoint.Decode(b)
	if err != nil {
		return nil, err
	}
	m, err := model.Open(f)
	if err != nil {
		return nil, err
	}
	return m, m.Classifies()
}

func (s *Session) describe(id uint64) error {
	if s.model == nil {
		return errNoModel
	}
	s.send(protocol.Loaded{ID: id, Model: s.model.Describe()})
	return nil
}

var errNoModel = fmt.Errorf("session: no model is loaded yet")

func (s *Session) classify(c protocol.Classify) error {
	if s.model == nil {
		return errNoModel
	}
	size := s.model.Pixels()
	n := len(c.Pictures) / size
	switch {
	case n == 0 || len(c.Pictures)%size != 0:
		return fmt.Errorf("session: %d bytes of pictures: want a multiple of %d", len(c.Pictures), size)
	case n > MaxPictures:
		return fmt.Errorf("session: %d pictures at once: want at most %d", n, MaxPictures)
	}
	predictor := s.predictor(n)
	answer := protocol.Classified{ID: c.ID}
	x := make([]float32, min(n, batch)*size)
	beside := s.comparable()
	var spent time.Duration
	for left := c.Pictures; len(left) > 0; {
		if s.isCancelled(c.ID) {
			s.send(protocol.Cancelled{ID: c.ID})
			return nil
		}
		k := min(len(left), len(x))
		start := time.Now()
		answer.Probs = append(answer.Probs, s.probs(predictor, s.divisor(), x[:k], left[:k])...)
		spent += time.Since(start)
		if beside {
			answer.Compared = append(answer.Compared, s.probs(s.beside, s.besides.Temperature, x[:k], left[:k])...)
		}
		if left = left[k:]; len(left) > 0 {
			s.yield()
		}
	}
	answer.Millis = spent.Seconds() * 1000 / float64(n)
	s.send(answer)
	return nil
}

// probs classifies pictures by way of x, which is overwritten, with logits that are divided by
// a temperature; 0 leaves them.
func (s *Session) probs(p *model.Predictor, temperature float64, x []float32, pictures []byte) []float32 {
	s.model.Normalize(x, pictures)
	logits, probs := p.Predict(x)
	if temperature == 0 || temperature == 1 {
		return probs
	}
	for i, v := range logits {
		logits[i] = float32(float64(v) / temperature)
	}
	kernel.Softmax(probs, logits, s.model.Output().Size())
	return probs
}

// divisor returns what the model's logits are divided by.
func (s *Session) divisor() float64 {
	if s.temperature == 0 {
		return s.model.Temperature
	}
	return s.temperature
}

// temper sets the temperature of the model in use, or restores its own.
func (s *Session) temper(temperature float64) error {
	if s.model == nil {
		return errNoModel
	}
	if temperature != 0 && !(temperature >= task.MinTemperature && temperature <= task.MaxTemperature) {
		return fmt.Errorf("session: a temperature of %g: want %g to %g, or 0 for the model's own", temperature, task.MinTemperature, task.MaxTemperature)
	}
	s.temperature = temperature
	return nil
}

// predictor returns one that fits n pictures; the larger is made when first used.
func (s *Session) predictor(n int) *model.Predictor {
	if n == 1 {
		return s.one
	}
	if s.many == nil {
		s.many = s.model.Predictor(batch)
	}
	return s.many
}

// isCancelled reads what came meanwhile: a Cancel of id counts, other commands
// wait their turn.
func (s *Session) isCancelled(id uint64) bool {
	for {
		select {
		case b := <-s.inbox:
			c, ok := s.decode(b)
			if cancel, is := c.(protocol.Cancel); is && cancel.ID == id {
				return true
			} else if ok {
				s.postponed = append(s.postponed, c)
			}
		default:
			for i, c := range s.postponed {
				if cancel, is := c.(protocol.Cancel); is && cancel.ID == id {
					s.postponed = append(s.postponed[:i], s.postponed[i+1:]...)
					return true
				}
			}
			return false
		}
	}
}

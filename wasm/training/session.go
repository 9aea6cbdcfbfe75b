// Package training is the training worker without its browser: it takes commands in,
// sends events out, and owns the data, the run and what is stored of them. It runs
// natively in tests.
package training

import (
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"runtime/debug"
	"strings"
	"time"

	"tenfold/nn/cifar10"
	"tenfold/nn/filename"
	"tenfold/nn/kernel"
	"tenfold/nn/task"
	"tenfold/nn/train"
	"tenfold/wasm/protocol"
)

// Host is what the session asks of its browser.
type Host interface {
	// Send sends an event to the page.
	Send(protocol.Event)
	// Yield lets the browser deliver what has come meanwhile.
	Yield()
	// Fetch opens an official file on the server; size is 0 if it is not known.
	Fetch(name string) (body io.ReadCloser, size int, err error)
	// Decode decodes a picture's file, turned as its camera was held. It may come smaller, with
	// some hundred pixels a side at least if it has them.
	Decode(b []byte) (*image.RGBA, error)
	// Save gives the user a file of a name and a media type, with what write writes.
	Save(name, kind string, write func(io.Writer) error) error
	// PutUp gives the page a project's .zip to put up in a room, with what write writes.
	PutUp(write func(io.Writer) error) error
	// Cores is how many workers may compute at once.
	Cores() int
	// Gather starts n workers that help with a model, whose file this is, and exchange so
	// much. It takes the place of those of an earlier run.
	Gather(n int, file []byte, recipe task.Recipe, sizes train.Exchanged) ([]train.Helper, error)
	// Replace ends one of them and starts another.
	Replace(i int) (train.Helper, error)
	// Dismiss ends them all.
	Dismiss()
}

// queue is how many messages may wait.
const queue = 256

// Session is the worker's state.
type Session struct {
	host  Host
	store Store
	inbox chan func() // what must be done, in order

	data    pictures
	kept    *keeper // the run
	job     *job    // nil if there is none
	blind   bool    // the page does not want to look into the run
	quiet   bool    // the user knows that nothing can be stored
	saving  time.Duration
	silence time.Duration   // between two words of one that waits or measures
	arrival protocol.Stored // what is on its way
	measure *measurement    // nil if there is none

	projects   projects
	importing  *importing // nil if there is none
	studying   bool       // the pictures of a project are worked on
	adding     adding
	film       string // the project that the last picture of a film went into; "" where something else has come since
	extracting extracting

	last []protocol.Event // how the last run began and ended, for a page that restarts
}

// New returns a session. every is the time between two checkpoints.
func New(host Host, store Store, every time.Duration) *Session {
	s := &Session{
		host: host, store: store, inbox: make(chan func(), queue), saving: every, silence: 5 * time.Second,
		data: pictures{store: store, sets: map[string]*cifar10.Set{}}, projects: projects{store: store}, kept: newKeeper(store, runFiles),
	}
	s.data.projects = &s.projects
	return s
}

// Post queues a message from the page. It does not block.
func (s *Session) Post(b []byte) {
	s.do(func() {
		c, err := protocol.DecodeCommand(b)
		if err == nil {
			err = s.handle(c)
		}
		s.report(err)
	})
}

// Bring reads a file of size bytes that the user has chosen.
func (s *Session) Bring(name string, size int, r io.Reader) {
	s.do(func() { s.report(s.bring(name, size, r)) })
}

func (s *Session) do(f func()) {
	select {
	case s.inbox <- f:
	default:
		s.host.Send(protocol.Failed{Message: fmt.Sprintf("training: over %d messages wait: one was dropped", queue)})
	}
}

// report tells the page of an error, if it is one. One of the store is told once.
func (s *Session) report(err error) {
	switch {
	case err == nil || errors.Is(err, context.Canceled):
	case errors.Is(err, ErrFull):
		s.complain("There is no room left in the browser's storage. What is new stays in memory until the page is closed; download what you want to keep.")
	default:
		s.host.Send(protocol.Failed{Message: strings.TrimPrefix(err.Error(), "training: ")})
	}
}

// complain says that nothing can be stored, once.
func (s *Session) complain(text string) {
	if !s.quiet {
		s.quiet = true
		s.host.Send(protocol.Notice{Text: text})
	}
}

// greet says Ready and what is stored.
func (s *Session) greet() error {
	s.host.Send(protocol.Ready{Kernel: kernel.Best()})
	return errors.Join(s.tell(), s.tellProjects())
}

// join tells a page that has restarted where this worker is.
func (s *Session) join() error {
	err := s.greet()
	switch j := s.job; {
	case j == nil && s.last != nil:
		for _, e := range s.last {
			s.host.Send(e)
		}
	case j == nil:
		s.offer()
	case j.state != "": // it has begun
		s.host.Send(j.began())
		j.told = time.Time{}
		s.progress(j, j.state)
	}
	return err
}

// Run says Ready and what is stored, and works until ctx ends.
func (s *Session) Run(ctx context.Context) {
	s.report(s.greet())
	s.offer()
	for {
		if s.job.busy() {
			s.host.Yield()
			s.attend()
			if s.job.busy() {
				s.guard(s.advance)
			}
			continue
		}
		select {
		case <-ctx.Done():
			return
		case f := <-s.inbox:
			s.guard(f)
			s.guard(s.settle)
		}
	}
}

// attend does what has come, without waiting for more.
func (s *Session) attend() {
	s.host.Yield()
	for {
		select {
		case f := <-s.inbox:
			s.guard(f)
			s.guard(s.settle)
		default:
			return
		}
	}
}

// guard runs f. A panic becomes Failed, so that it does not cost the page its worker.
func (s *Session) guard(f func()) {
	defer func() {
		if r := recover(); r != nil {
			s.host.Send(protocol.Failed{Message: fmt.Sprintf("training: %v\n%s", r, debug.Stack())})
			s.broken()
		}
	}()
	f()
}

// broken gives up what was under way when something went wrong that should not have: a run
// can be resumed from its last checkpoint.
func (s *Session) broken() {
	s.arrival = protocol.Stored{}
	s.cease(0)
	s.studying = false
	if j := s.job; j != nil {
		s.drop()
		s.host.Send(protocol.Finished{Run: j.id, Before: j.Before, After: j.Before, Best: j.Best, Stopped: true, Why: "training had to be given up; resume it from its last checkpoint"})
		s.offer()
	}
	s.report(s.tell())
}

func (s *Session) handle(c protocol.Command) error {
	switch c := c.(type) {
	case protocol.Fetch:
		return s.fetch(c.Names)
	case protocol.Forget:
		forget := s.data.forget
		if isNetwork(c.What) {
			forget = s.store.Remove
		}
		return s.ofOwn(c.What, func() error { return forget(c.What) })
	case protocol.Add:
		return s.add(c)
	case protocol.Drop:
		return s.ofOwn(task.Mine, func() error { return s.data.drop(c.Index) })
	case protocol.Begin:
		return s.begin(c)
	case protocol.Resume:
		return s.resume(c.Run)
	case protocol.Join:
		return s.join()
	case protocol.Discard:
		return s.kept.clear()
	case protocol.Watch:
		s.blind = !c.On
		return nil
	case protocol.Pause, protocol.Continue, protocol.StepOnce, protocol.Stop:
		return s.steer(c)
	case protocol.Recall:
		return s.recall(c.Kind)
	case protocol.Survey:
		return s.survey(c.What)
	case protocol.Look:
		return s.look(c)
	case protocol.Evaluate:
		return s.named(c.ID, s.evaluate(c))
	case protocol.ChangeProject:
		return s.changeProject(c)
	case protocol.CopyProject:
		return s.copyProject(c)
	case protocol.Keep:
		return s.keepPicture(c)
	case protocol.Learn:
		return s.named(c.ID, s.learn(c))
	case protocol.Find:
		return s.named(c.ID, s.find(c))
	case protocol.SaveProject:
		return s.named(c.ID, s.saveProject(c))
	case protocol.Teach:
		return s.named(c.ID, s.teach(c))
	case protocol.Excite:
		return s.named(c.ID, s.excite(c))
	case protocol.Cancel:
		if s.importing != nil && s.importing.id == c.ID {
			s.importing.cancel()
		}
		s.cease(c.ID)
		return nil
	}
	return fmt.Errorf("training: no answer to %T", c)
}

// named tells the page of an error of the command that has an ID.
func (s *Session) named(id uint64, err error) error {
	if err == nil || errors.Is(err, context.Canceled) {
		return nil
	}
	s.measure = nil
	s.host.Send(protocol.Failed{ID: id, Message: plain(err)})
	return nil
}

// tell says what is stored.
func (s *Session) tell() error {
	e, err := s.data.stored()
	_, none := s.store.Size(lastFile)
	e.Saved = none == nil
	var why error
	e.Networks, _, why = s.networks()
	e.Coming, e.Done, e.Total = s.arrival.Coming, s.arrival.Done, s.arrival.Total
	s.host.Send(e)
	return errors.Join(err, why)
}

func (s *Session) add(c protocol.Add) error {
	if err := c.Task.Fits(cifar10.Task); err != nil {
		return fmt.Errorf("training: the picture was not kept, because the network in use is made for something else: %w", err)
	}
	b, err := cifar10.Record(c.Picture, c.Class)
	if err != nil {
		return err
	}
	return s.ofOwn(task.Mine, func() error { return s.data.add(ownName, b) })
}

// ofOwn changes a part, and tells what there is then. The person's own pictures are a project, which
// cannot be changed while others come into it.
func (s *Session) ofOwn(part string, change func() error) error {
	own := part == task.Mine
	if own && s.importing != nil && s.importing.event.Project == ownID {
		return s.occupied()
	}
	err := errors.Join(change(), s.tell())
	if own {
		err = errors.Join(err, s.tellProjects())
	}
	return err
}

// fetch takes files from the server that are not stored yet.
func (s *Session) fetch(names []string) error {
	for _, name := range names {
		if _, err := s.store.Size(name); err == nil {
			continue
		}
		body, size, err := s.host.Fetch(name)
		if err != nil {
			return fmt.Errorf("training: %s could not be taken from the server: %w", name, err)
		}
		err = s.arrive(name, size, body, s.data.fetched)
		body.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

// bring reads a file that the user has chosen, and says what came of the user's pictures.
func (s *Session) bring(name string, size int, r io.Reader) error {
	var n brought
	err := s.arrive(filename.Show(name), size, r, func(_ string, r io.Reader) (err error) {
		n, err = s.data.bring(name, size, r)
		return err
	})
	if n.mine+n.known > 0 {
		text := fmt.Sprintf("Your own pictures, from %s: %d new.", filename.Show(name), n.mine)
		if n.known > 0 {
			text = fmt.Sprintf("Your own pictures, from %s: %d new, %d there already.", filename.Show(name), n.mine, n.known)
		}
		s.host.Send(protocol.Notice{Text: text})
		err = errors.Join(err, s.tellProjects())
	}
	return err
}

// arrive takes what a file holds, with progress. name is what it is called on the page.
func (s *Session) arrive(name string, size int, r io.Reader, take func(name string, r io.Reader) error) error {
	s.arrival = protocol.Stored{Coming: name, Total: size}
	err := take(name, s.counting(r))
	if errors.Is(err, ErrFull) {
		err = fmt.Errorf("training: %s does not fit: %w. Remove what is stored, or free some space on this device", name, errors.New(ErrFull.Error()))
	}
	s.arrival = protocol.Stored{}
	return errors.Join(err, s.tell())
}

// counting returns a reader that tells the page how far it is. What can be read from anywhere still
// can.
func (s *Session) counting(r io.Reader) io.Reader {
	c := &counted{Reader: r, session: s}
	if at, ok := r.(io.ReaderAt); ok {
		return struct {
			io.Reader
			io.ReaderAt
		}{c, countedAt{at, c}}
	}
	return c
}

// countedAt counts what is read from anywhere.
type countedAt struct {
	io.ReaderAt
	count *counted
}

// ReadAt implements io.ReaderAt.
func (c countedAt) ReadAt(b []byte, at int64) (int, error) {
	n, err := c.ReaderAt.ReadAt(b, at)
	c.count.add(n)
	return n, err
}

// counted tells the page how much has come, ten times a second.
type counted struct {
	io.Reader
	session *Session
	told    time.Time
}

func (c *counted) Read(b []byte) (int, error) {
	n, err := c.Reader.Read(b)
	c.add(n)
	return n, err
}

func (c *counted) add(n int) {
	s := c.session
	s.arrival.Done += n
	if now := time.Now(); now.Sub(c.told) > 100*time.Millisecond {
		c.told = now
		s.report(s.tell())
	}
}

package session

import (
	"context"
	"math"
	"strings"
	"testing"
	"time"

	"tenfold/nn/checkpoint"
	"tenfold/nn/cifar10"
	"tenfold/nn/kernel"
	"tenfold/nn/model"
	"tenfold/wasm/protocol"
)

// pipe is a running session and what it says.
type pipe struct {
	*testing.T
	*Session
	events chan protocol.Event
	yields int
	yield  func() // what happens in the browser between two batches
}

func newPipe(t *testing.T) *pipe {
	p := &pipe{T: t, events: make(chan protocol.Event, queue*2), yield: func() {}}
	p.Session = New(func(e protocol.Event) { p.events <- e }, func() { p.yields++; p.yield() })
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	go p.Session.Run(ctx)
	if r, ok := p.next().(protocol.Ready); !ok || r.Kernel != kernel.Best() {
		t.Fatalf("the first word is %+v", r)
	}
	return p
}

func (p *pipe) send(c protocol.Command) {
	p.Helper()
	b, err := protocol.Encode(c)
	if err != nil {
		p.Fatal(err)
	}
	p.Post(b)
}

func (p *pipe) next() protocol.Event {
	p.Helper()
	select {
	case e := <-p.events:
		return e
	case <-time.After(time.Minute):
		p.Fatal("no event")
		return nil
	}
}

func (p *pipe) fails(want string, id uint64) {
	p.Helper()
	if f, ok := p.next().(protocol.Failed); !ok || f.ID != id || !strings.Contains(f.Message, want) {
		p.Errorf("%+v, want Failed of %d that says %q", f, id, want)
	}
}

// tutorial returns the tutorial's network with random weights, and its file.
func tutorial(t *testing.T) (*model.Network, []byte) {
	t.Helper()
	m := model.Tutorial()
	if err := m.Init(1); err != nil {
		t.Fatal(err)
	}
	f, err := m.File()
	if err != nil {
		t.Fatal(err)
	}
	b, err := f.Encode(checkpoint.F32)
	if err != nil {
		t.Fatal(err)
	}
	return m, b
}

func pictures(n int) []byte {
	b := make([]byte, n*cifar10.Task.Pixels())
	for i := range b {
		b[i] = byte(i * i >> 3)
	}
	return b
}

func TestClassify(t *testing.T) {
	m, file := tutorial(t)
	p := newPipe(t)
	p.send(protocol.Load{Model: file})
	if l, ok := p.next().(protocol.Loaded); !ok || l.Model.Params != 1084234 || len(l.Model.Classes) != 10 {
		t.Fatalf("%+v", l)
	}
	for id, n := range []int{1, 2, 70} {
		b := pictures(n)
		p.send(protocol.Classify{ID: uint64(id), Pictures: b})
		c, ok := p.next().(protocol.Classified)
		x := make([]float32, len(b))
		m.Normalize(x, b)
		_, want := m.Predictor(n).Predict(x)
		if !ok || c.ID != uint64(id) || len(c.Probs) != len(want) || c.Millis <= 0 {
			t.Fatalf("%d pictures: %+v", n, c)
		}
		for i := range want {
			if math.Abs(float64(c.Probs[i]-want[i])) > 1e-5 {
				t.Fatalf("%d pictures: probability %d is %g, want %g", n, i, c.Probs[i], want[i])
			}
		}
	}
	if p.yields != 2 {
		t.Errorf("70 pictures yielded %d times, want 2", p.yields)
	}
	p.send(protocol.Describe{})
	if _, ok := p.next().(protocol.Loaded); !ok {
		t.Error("Describe was not answered")
	}
}

func TestBadInputIsAnsweredAndChangesNothing(t *testing.T) {
	_, file := tutorial(t)
	p := newPipe(t)
	p.send(protocol.Classify{ID: 1, Pictures: pictures(1)})
	p.fails("no model", 1)
	p.send(protocol.Describe{})
	p.fails("no model", 0)
	p.send(protocol.Load{Model: file[:1000]})
	p.fails("cut short", 0)
	p.Post([]byte("hello"))
	p.fails("version", 0)
	p.Post(nil)
	p.fails("empty", 0)
	p.send(protocol.Load{Model: file})
	p.next()
	p.send(protocol.Load{Model: []byte("no model at all")})
	p.fails("safetensors", 0)
	p.send(protocol.Classify{ID: 2})
	p.fails("0 bytes", 2)
	p.send(protocol.Classify{ID: 3, Pictures: make([]byte, 100)})
	p.fails("multiple of 3072", 3)
	p.send(protocol.Classify{ID: 4, Pictures: make([]byte, (MaxPictures+1)*cifar10.Task.Pixels())})
	p.fails("at most 10000", 4)
	p.send(protocol.Cancel{ID: 99})
	p.send(protocol.Classify{ID: 5, Pictures: pictures(1)})
	if c, ok := p.next().(protocol.Classified); !ok || c.ID != 5 {
		t.Errorf("after all that: %+v", c)
	}
}

func TestCancelBetweenBatches(t *testing.T) {
	_, file := tutorial(t)
	p := newPipe(t)
	p.send(protocol.Load{Model: file})
	p.next()
	p.yield = func() {
		if p.yields == 1 {
			p.send(protocol.Classify{ID: 2, Pictures: pictures(1)}) // waits its turn
			p.send(protocol.Cancel{ID: 1})
		}
	}
	p.send(protocol.Classify{ID: 1, Pictures: pictures(320)})
	if c, ok := p.next().(protocol.Cancelled); !ok || c.ID != 1 {
		t.Errorf("%+v, want Cancelled", c)
	}
	if c, ok := p.next().(protocol.Classified); !ok || c.ID != 2 {
		t.Errorf("%+v, want the one that waited", c)
	}
	if p.yields != 1 {
		t.Errorf("%d batches were classified after Cancel", p.yields-1)
	}
}

func TestAFullQueueRefuses(t *testing.T) {
	var failed int
	s := New(func(e protocol.Event) {
		if _, ok := e.(protocol.Failed); ok {
			failed++
		}
	}, func() {})
	for range queue + 3 {
		s.Post(nil)
	}
	if failed != 3 {
		t.Errorf("%d messages refused, want 3", failed)
	}
}

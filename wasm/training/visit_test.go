package training

import (
	"context"
	"testing"
	"time"

	"tenfold/nn/checkpoint"
	"tenfold/nn/cifar10"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
)

// visit is a page's talk with a session.
type visit struct {
	*testing.T
	*Session
	host *host
	end  func()
}

func newVisit(t *testing.T, store Store, every time.Duration) *visit {
	h := &host{events: make(chan protocol.Event, 100000)}
	ctx, cancel := context.WithCancel(context.Background())
	v := &visit{T: t, Session: New(h, store, every), host: h}
	done := make(chan bool)
	go func() { v.Session.Run(ctx); close(done) }()
	v.end = func() { cancel(); v.Post(nil); <-done }
	t.Cleanup(func() { cancel() })
	next[protocol.Ready](v)
	return v
}

func (v *visit) say(c protocol.Command) {
	v.Helper()
	b, err := protocol.Encode(c)
	if err != nil {
		v.Fatal(err)
	}
	v.Post(b)
}

// next waits for the next event of a kind and skips others.
func next[E protocol.Event](v *visit) E {
	v.Helper()
	for {
		select {
		case e := <-v.host.events:
			if e, ok := e.(E); ok {
				return e
			}
			if f, ok := e.(protocol.Failed); ok {
				v.Fatalf("%s", f.Message)
			}
		case <-time.After(time.Minute):
			var none E
			v.Fatalf("no %T", none)
		}
	}
}

// records makes n pictures in the official layout whose classes can be told apart.
func records(n, seed int) []byte {
	var out []byte
	for i := range n {
		pixels := make([]byte, cifar10.Task.Pixels())
		class := i % 10
		for p := range pixels {
			pixels[p] = byte((p*(class+1)/7 + i*13 + seed*31) % 60)
			if p/96/3 == class { // a light band
				pixels[p] += 150
			}
		}
		b, err := cifar10.Record(pixels, class)
		if err != nil {
			panic(err)
		}
		out = append(out, b...)
	}
	return out
}

func withData(n int) Memory { return Memory{"test_batch.bin": records(n, 1)} }

var asked = task.Job{
	Recipe: task.Recipe{Epochs: 2, Batch: 16, Rate: 2e-3, Decay: 0.9, Seed: 3},
	Data:   task.TestSet, From: task.Random, HoldOut: 0.2, Workers: 1,
}

func (v *visit) weights() []float32 {
	v.Helper()
	for {
		w := next[protocol.Weights](v)
		if w.Kind != "last" {
			continue
		}
		return floats(v.T, w.File)
	}
}

func floats(t *testing.T, file []byte) (all []float32) {
	t.Helper()
	f, err := checkpoint.Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range f.Tensors {
		all = append(all, x.Data...)
	}
	return all
}

// undisturbed returns the weights that a job ends with.
func undisturbed(t *testing.T, j task.Job) []float32 {
	v := newVisit(t, withData(100), time.Hour)
	v.say(protocol.Begin{Run: 1, Job: j})
	return v.weights()
}

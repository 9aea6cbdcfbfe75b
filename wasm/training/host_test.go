package training

import (
	"bytes"
	"errors"
	"image"
	_ "image/png"
	"io"

	"tenfold/nn/checkpoint"
	"tenfold/nn/model"
	"tenfold/nn/project"
	"tenfold/nn/task"
	"tenfold/nn/train"
	"tenfold/wasm/protocol"
)

// host is a browser of two cores whose workers are at hand.
type host struct {
	events  chan protocol.Event
	yield   func()
	server  map[string][]byte
	model   []byte
	recipe  task.Recipe
	loses   int // the step in which a helper is lost; 0 for none
	helpers int
	saved   map[string][]byte // files that the user got
	up      []byte            // to be put up in a room
}

func (h *host) Send(e protocol.Event) {
	b, err := protocol.Encode(e) // as it travels
	if err != nil {
		panic(err)
	}
	if e, err = protocol.DecodeEvent(b); err != nil {
		panic(err)
	}
	h.events <- e
}

func (h *host) Yield() {
	if h.yield != nil {
		h.yield()
	}
}

func (h *host) Cores() int { return 1 }

func (h *host) Dismiss() {}

func (h *host) Decode(b []byte) (*image.RGBA, error) { return project.DecodeFile(b) }

func (h *host) Save(name, _ string, write func(io.Writer) error) error {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return err
	}
	if h.saved == nil {
		h.saved = map[string][]byte{}
	}
	h.saved[name] = b.Bytes()
	return nil
}

func (h *host) PutUp(write func(io.Writer) error) error {
	var b bytes.Buffer
	err := write(&b)
	h.up = b.Bytes()
	return err
}

func (h *host) Fetch(name string) (io.ReadCloser, int, error) {
	b, ok := h.server[name]
	if !ok {
		return nil, 0, errors.New("404")
	}
	return io.NopCloser(bytes.NewReader(b)), len(b), nil
}

func (h *host) Gather(n int, file []byte, recipe task.Recipe, _ train.Exchanged) (all []train.Helper, err error) {
	h.model, h.recipe = file, recipe
	for range n {
		a, err := h.Replace(0)
		if err != nil {
			return nil, err
		}
		all = append(all, a)
	}
	return all, nil
}

func (h *host) Replace(int) (train.Helper, error) {
	f, err := checkpoint.Decode(h.model)
	if err != nil {
		return nil, err
	}
	m, err := model.Open(f)
	if err != nil {
		return nil, err
	}
	h.helpers++
	return &helper{Local: &train.Local{Assistant: train.NewAssistant(m, h.recipe)}, host: h}, nil
}

// helper is one that is lost once, in the step that its host names. It does not say how fast
// it is, so that shares stay alike.
type helper struct {
	*train.Local
	host *host
	step int
	next int
}

func (h *helper) Start(s train.Share) error {
	h.next = s.Step
	return h.Local.Start(s)
}

func (h *helper) Early(weights [][]float32) error {
	h.step = h.next
	return h.Local.Early(weights)
}

func (h *helper) Finish() (train.Outcome, [][]float32, error) {
	if h.host.loses == h.step && h.step > 0 {
		h.host.loses = 0
		return train.Outcome{}, nil, errors.New("gone")
	}
	o, grads, err := h.Local.Finish()
	o.Busy = 0
	return o, grads, err
}

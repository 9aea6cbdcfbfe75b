package team

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"syscall/js"
	"time"

	"tenfold/nn/checkpoint"
	"tenfold/nn/model"
	"tenfold/nn/task"
	"tenfold/nn/train"
	"tenfold/wasm/browser"
)

// Assist helps the leader behind a port, whose first message was setup, until the
// worker is ended.
func Assist(port, setup js.Value) {
	a := &assistant{}
	if err := a.begin(port, setup); err != nil {
		port.Call("postMessage", map[string]any{"error": err.Error()})
		return
	}
	a.say(map[string]any{"ready": true})
	for {
		a.next()
		if err := a.step(); err != nil && !errors.Is(err, errGivenUp) {
			a.say(map[string]any{"turn": a.turn, "error": err.Error()})
		}
	}
}

type assistant struct {
	*train.Assistant
	*line
	pixels int // a picture's
	turn   int
	share  train.Share // memory of the newest
	newest int         // its turn
	ahead  js.Value    // a message that came in place of the one that was waited for
	x, dy  [][]float32
	since  time.Time // it is the turn of what comes
}

var errGivenUp = errors.New("team: the step was given up")

func (a *assistant) begin(port, setup js.Value) error {
	var recipe task.Recipe
	if err := json.Unmarshal([]byte(setup.Get("recipe").String()), &recipe); err != nil {
		return fmt.Errorf("team: the recipe: %w", err)
	}
	f, err := checkpoint.Decode(browser.Bytes(setup.Get("model")))
	if err != nil {
		return err
	}
	m, err := model.Open(f)
	if err != nil {
		return err
	}
	a.Assistant, a.pixels = train.NewAssistant(m, recipe), m.Input.Size()
	a.since = time.Now()
	a.x, a.dy = make([][]float32, a.Factored()), make([][]float32, a.Factored())
	a.line = newLine(port, setup.Get("memory"), setup.Get("place").Int(), train.Exchanges(m, recipe))
	return nil
}

// next waits for a share and for the early weights of its turn.
func (a *assistant) next() {
	weights, _ := a.Weights()
	for {
		if !a.shared() {
			m := a.other()
			if m.Get("kind").Int() != early {
				continue // of a turn that was given up
			}
			a.unpack(m, raw(weights...)...)
			a.turn = m.Get("turn").Int()
			return
		}
		if now := a.flag(share); now != a.newest {
			a.take(now, func(parts ...[]byte) { read(a.memory, a.at[share], parts) })
			continue // if it was changed meanwhile, it is read again
		}
		if a.newest == a.turn {
			a.wait(share, a.newest)
			continue
		}
		if now := a.flag(early); now != a.newest {
			a.wait(early, now)
			continue
		}
		read(a.memory, a.at[early], raw(weights...))
		a.turn = a.newest
		return
	}
}

// other waits for a message that is not a share, and takes the shares that come before.
func (a *assistant) other() js.Value {
	if m := a.ahead; !m.IsUndefined() {
		a.ahead = js.Undefined()
		return m
	}
	for {
		m := a.message()
		if m.Get("kind").Int() != share {
			return m
		}
		a.take(m.Get("turn").Int(), func(parts ...[]byte) { a.unpack(m, parts...) })
	}
}

// take takes the share of a turn, whose beginning says how long it is.
func (a *assistant) take(turn int, read func(parts ...[]byte)) {
	var head [4]int32
	read(raw(head[:])...)
	n, s := int(head[3]), &a.share
	s.Step, s.First, s.Of = int(head[0]), int(head[1]), int(head[2])
	labels := n * train.LabelBytes
	s.Labels, s.Pixels = slices.Grow(s.Labels[:0], labels)[:labels], slices.Grow(s.Pixels[:0], n*a.pixels)[:n*a.pixels]
	read(append(raw(head[:]), s.Labels, s.Pixels)...)
	a.Prepare(*s)
	a.newest = turn
}

// step computes the newest share.
func (a *assistant) step() error {
	if a.Factored() == 0 { // there is nothing to say but that the share is taken
		a.send(factors, a.turn)
	}
	o, grads, err := a.Gradients(a.await, a.factors)
	if err != nil {
		return err
	}
	busy := time.Since(a.since) - a.waited
	a.since, a.waited = time.Now(), 0
	outcome := []float32{float32(o.Loss), float32(o.Right), float32(o.Pictures), float32(busy.Seconds())}
	a.send(gradients, a.turn, raw(append(slices.Clone(grads), outcome)...)...)
	return nil
}

// await waits for the weights that are not early.
func (a *assistant) await() error {
	_, weights := a.Weights()
	if !a.shared() {
		m := a.other()
		if m.Get("kind").Int() != rest || m.Get("turn").Int() != a.turn {
			a.ahead = m
			return errGivenUp
		}
		a.unpack(m, raw(weights...)...)
		return nil
	}
	for {
		now := a.flag(rest)
		switch {
		case now == a.turn:
			read(a.memory, a.at[rest], raw(weights...))
			return nil
		case a.flag(early) != a.turn:
			return errGivenUp
		}
		a.wait(rest, now)
	}
}

// factors collects the factors and sends them when they are complete.
func (a *assistant) factors(i int, x, dy []float32) {
	a.x[i], a.dy[i] = x, dy
	if i == 0 {
		a.send(factors, a.turn, raw(append(slices.Clone(a.x), a.dy...)...)...)
	}
}

package session

import (
	"bytes"
	"fmt"
	"slices"

	"tenfold/nn/explain"
	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
)

// Occlusion's grey square, in pixels.
const (
	greySide   = 8
	greyStride = 2
)

// traced runs the model in use on a picture and keeps all its layers' outputs. The last
// picture is not run again: the page asks about one layer after the other.
func (s *Session) traced(picture []byte) (t *model.Trace, x []float32, fresh bool, err error) {
	if s.model == nil {
		return nil, nil, false, errNoModel
	}
	if len(picture) != s.model.Pixels() {
		return nil, nil, false, fmt.Errorf("session: a picture of %d bytes: want %d", len(picture), s.model.Pixels())
	}
	if s.trace == nil {
		s.trace, s.tracedPicture = s.model.Trace(1), nil
	}
	if s.tracedPicture == nil || !bytes.Equal(picture, s.tracedPicture) {
		s.tracedInput = make([]float32, len(picture))
		s.model.Normalize(s.tracedInput, picture)
		s.trace.Forward(s.tracedInput)
		s.tracedPicture, fresh = bytes.Clone(picture), true
	}
	return s.trace, s.tracedInput, fresh, nil
}

// inspect sends a layer's output.
func (s *Session) inspect(c protocol.Inspect) error {
	t, _, fresh, err := s.traced(c.Picture)
	if err != nil {
		return err
	}
	if c.Layer < 0 || c.Layer >= s.model.Len() {
		return fmt.Errorf("session: there is no layer %d among %d", c.Layer, s.model.Len())
	}
	step := t.Last(c.Layer)
	e := inspected(t.Steps[step].Out, t.Y[step])
	e.ID, e.Layer = c.ID, c.Layer
	e.Filters, e.Side = filters(s.model, c.Layer)
	for l := range s.model.Len() {
		if !fresh {
			break
		}
		sum := 0.0
		for i := t.First(l); i <= t.Last(l); i++ {
			sum += t.Micros[i]
		}
		e.Micros = append(e.Micros, sum)
	}
	s.send(e)
	return nil
}

// inspected returns the maps of a layer's output.
func inspected(shape task.Shape, y []float32) protocol.Inspected {
	e := protocol.Inspected{H: 1, W: 1, C: shape[len(shape)-1]}
	if len(shape) == 3 {
		e.H, e.W = shape[0], shape[1]
	}
	e.Low, e.High, e.Unbounded = finite(y, 0, 1)
	e.Maps = make([]byte, len(y))
	for k := range e.C {
		low, high, _ := finite(y, k, e.C)
		for p := range e.H * e.W {
			// The differences are taken in float64: those of two float32 may be infinite.
			v := (float64(y[p*e.C+k]) - float64(e.Low)) / max(float64(e.High)-float64(e.Low), 1e-12)
			if v == v { // not a number is Low
				e.Maps[k*e.H*e.W+p] = byte(min(max(v, 0), 1)*255 + 0.5)
			}
		}
		e.Lows, e.Highs = append(e.Lows, low), append(e.Highs, high)
	}
	return e
}

// finite returns the least and the greatest of the numbers first, first+step, … of y that are
// neither infinite nor NaN, 0 if there are none, and how many there are.
func finite(y []float32, first, step int) (low, high float32, others int) {
	none := true
	for i := first; i < len(y); i += step {
		switch v := y[i]; {
		case v-v != 0:
			others++
		case none:
			low, high, none = v, v, false
		default:
			low, high = min(low, v), max(high, v)
		}
	}
	return low, high, others
}

// filters returns the kernels of a square convolution over the picture itself, each
// stretched to the whole range of bytes around the middle grey.
func filters(m *model.Network, l int) ([]byte, int) {
	conv, ok := m.Layer(l).(layer.Conv2D)
	if !ok || l > 0 || m.Input[2] != 3 || conv.KernelSize[0] != conv.KernelSize[1] {
		return nil, 0
	}
	w := m.Weights()[0].Data
	n := conv.KernelSize[0] * conv.KernelSize[1] * m.Input[2]
	out := make([]byte, 0, len(w))
	for f := range conv.Filters {
		most := float32(1e-12)
		for i := range n {
			v := w[i*conv.Filters+f]
			most = max(most, v, -v)
		}
		for i := range n {
			out = append(out, byte(127.5+127.5*w[i*conv.Filters+f]/most))
		}
	}
	return out, conv.KernelSize[0]
}

func (s *Session) takeApart(c protocol.TakeApart) error {
	t, _, _, err := s.traced(c.Picture)
	if err != nil {
		return err
	}
	p, err := explain.TakeApart(t, s.model, c.Layer, c.Filter, c.Y, c.X)
	if err != nil {
		return err
	}
	s.send(protocol.TakenApart{
		ID: c.ID, Layer: c.Layer, Filter: c.Filter, Y: c.Y, X: c.X,
		H: p.H, W: p.W, C: p.C, Patch: p.Patch, Kernel: p.Kernel, Bias: p.Bias, Sum: p.Sum,
		Out: p.Out, From: p.From, Channel: p.Channel, Top: p.Top, Left: p.Left, StepY: p.StepY, StepX: p.StepX, Terms: p.Terms,
	})
	return nil
}

func (s *Session) explain(c protocol.Explain) error {
	t, x, _, err := s.traced(c.Picture)
	if err != nil {
		return err
	}
	var m explain.Map
	switch c.Method {
	case protocol.GradCAM:
		m, err = explain.GradCAM(t, x, c.Class)
	case protocol.Occlusion:
		m, err = explain.Occlusion(s.one, s.model.Task, x, c.Class, greySide, greyStride)
	default:
		err = fmt.Errorf("session: there is no way to explain called %q", c.Method)
	}
	if err != nil {
		return err
	}
	s.send(protocol.Explained{ID: c.ID, Class: c.Class, Method: c.Method, H: m.H, W: m.W, Values: m.Values})
	return nil
}

// showEvery is after how many steps of a stimulus the page sees it, and other commands
// have their turn.
const showEvery = 4

// stimulate looks for the picture that excites a filter most.
func (s *Session) stimulate(c protocol.Stimulate) error {
	if s.model == nil {
		return errNoModel
	}
	st, err := explain.NewStimulus(s.model, explain.Target{Layer: c.Layer, Channel: c.Channel}, c.Seed)
	if err != nil {
		return err
	}
	s.climbing = c.ID
	for st.Iteration < c.Steps {
		if err := st.Step(); err != nil {
			return err
		}
		done := st.Iteration == c.Steps
		if !done && st.Iteration%showEvery != 0 {
			continue
		}
		s.send(protocol.Stimulated{ID: c.ID, Layer: c.Layer, Channel: c.Channel, Iteration: st.Iteration, Excited: st.Excited, Picture: st.Pixels(), Done: done})
		if done {
			break
		}
		s.attend()
		if s.climbing != c.ID {
			s.send(protocol.Cancelled{ID: c.ID})
			return nil
		}
	}
	s.climbing = 0
	return nil
}

// attend does what has come during a Stimulate. Another Stimulate ends it and waits for
// its turn.
func (s *Session) attend() {
	s.yield()
	for {
		c, ok := s.waiting()
		if !ok {
			return
		}
		if _, another := c.(protocol.Stimulate); another {
			s.climbing = 0
			s.postponed = slices.Insert(s.postponed, 0, c)
			return
		}
		s.handle(c)
	}
}

package session

import (
	"fmt"
	"slices"

	"tenfold/nn/explain"
	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/wasm/protocol"
)

// Occlusion's grey square, in pixels.
const (
	greySide   = 8
	greyStride = 2
)

// traced runs the model in use on a picture and keeps all that its layers put out.
func (s *Session) traced(picture []byte) (*model.Trace, []float32, error) {
	if s.model == nil {
		return nil, nil, errNoModel
	}
	if len(picture) != s.model.Pixels() {
		return nil, nil, fmt.Errorf("session: a picture of %d bytes: want %d", len(picture), s.model.Pixels())
	}
	if s.trace == nil {
		s.trace = s.model.Trace(1)
	}
	x := make([]float32, len(picture))
	s.model.Normalize(x, picture)
	s.trace.Forward(x)
	return s.trace, x, nil
}

// inspect sends what a layer puts out.
func (s *Session) inspect(c protocol.Inspect) error {
	t, _, err := s.traced(c.Picture)
	if err != nil {
		return err
	}
	if c.Layer < 0 || c.Layer >= s.model.Len() {
		return fmt.Errorf("session: there is no layer %d among %d", c.Layer, s.model.Len())
	}
	step := t.Last(c.Layer)
	shape, y := t.Steps[step].Out, t.Y[step]
	e := protocol.Inspected{ID: c.ID, Layer: c.Layer, H: 1, W: 1, C: shape[len(shape)-1], Low: slices.Min(y), High: slices.Max(y)}
	if len(shape) == 3 {
		e.H, e.W = shape[0], shape[1]
	}
	scale := 255 / max(e.High-e.Low, 1e-12)
	e.Maps = make([]byte, len(y))
	for k := range e.C {
		low, high := y[k], y[k]
		for p := range e.H * e.W {
			v := y[p*e.C+k]
			low, high = min(low, v), max(high, v)
			e.Maps[k*e.H*e.W+p] = byte((v-e.Low)*scale + 0.5)
		}
		e.Lows, e.Highs = append(e.Lows, low), append(e.Highs, high)
	}
	e.Filters, e.Side = filters(s.model, c.Layer)
	for l := range s.model.Len() {
		sum := 0.0
		for i := t.First(l); i <= t.Last(l); i++ {
			sum += t.Micros[i]
		}
		e.Micros = append(e.Micros, sum)
	}
	s.send(e)
	return nil
}

// filters are the kernels of a square convolution over the picture itself, each
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
	t, _, err := s.traced(c.Picture)
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
		Out: p.Out, Top: p.Top, Left: p.Left, StepY: p.StepY, StepX: p.StepX,
	})
	return nil
}

func (s *Session) explain(c protocol.Explain) error {
	t, x, err := s.traced(c.Picture)
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

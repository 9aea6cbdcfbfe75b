package session

import (
	"math"
	"slices"
	"testing"

	"tenfold/nn/checkpoint"
	"tenfold/nn/cifar10"
	"tenfold/nn/explain"
	"tenfold/nn/model"
	"tenfold/wasm/protocol"
)

func loaded(t *testing.T) (*pipe, *model.Network) {
	t.Helper()
	m, file := tutorial(t)
	p := newPipe(t)
	p.send(protocol.Load{Model: file})
	if _, ok := p.next().(protocol.Loaded); !ok {
		t.Fatal("no Loaded")
	}
	return p, m
}

// TestInspect compares the maps of each layer with the network's own evaluation.
func TestInspect(t *testing.T) {
	p, m := loaded(t)
	picture := pictures(1)
	x := make([]float32, cifar10.Task.Pixels())
	m.Normalize(x, picture)
	tr := m.Trace(1)
	tr.Forward(x)
	for l := range m.Len() {
		p.send(protocol.Inspect{ID: uint64(l), Picture: picture, Layer: l})
		e, ok := p.next().(protocol.Inspected)
		if !ok || e.Layer != l || e.ID != uint64(l) || e.Unbounded != 0 {
			t.Fatalf("layer %d: %+v", l, e)
		}
		if timed := len(e.Micros) == m.Len(); timed != (l == 0) || !timed && e.Micros != nil {
			t.Errorf("layer %d: %d times; the picture is run for the first layer alone", l, len(e.Micros))
		}
		y := tr.Y[tr.Last(l)]
		if len(y) != e.H*e.W*e.C || len(e.Maps) != len(y) || len(e.Lows) != e.C {
			t.Fatalf("layer %d: %d x %d x %d for %d numbers", l, e.H, e.W, e.C, len(y))
		}
		for i, want := range y {
			k, place := i%e.C, i/e.C
			got := e.Low + float32(e.Maps[k*e.H*e.W+place])/255*(e.High-e.Low)
			if math.Abs(float64(got-want)) > float64(e.High-e.Low)/255 || want < e.Lows[k] || want > e.Highs[k] {
				t.Fatalf("layer %d, channel %d, place %d: %g, want %g", l, k, place, got, want)
			}
		}
		if (len(e.Filters) == 16*27) != (l == 0) {
			t.Errorf("layer %d: %d bytes of filters", l, len(e.Filters))
		}
	}
	p.send(protocol.Inspect{ID: 9, Picture: picture, Layer: 40})
	p.fails("no layer 40", 9)
	p.send(protocol.Inspect{ID: 9, Picture: []byte{1}})
	p.fails("bytes", 9)
}

func TestTakeApartAndExplain(t *testing.T) {
	p, m := loaded(t)
	picture := pictures(1)
	p.send(protocol.TakeApart{ID: 1, Picture: picture, Layer: 2, Filter: 5, Y: 3, X: 31})
	a, ok := p.next().(protocol.TakenApart)
	if !ok || a.C != 16 || len(a.Patch) != 3*3*16 {
		t.Fatalf("%+v", a)
	}
	sum := float64(a.Bias)
	for i, v := range a.Patch {
		sum += float64(v) * float64(a.Kernel[i])
	}
	if math.Abs(sum-float64(a.Sum)) > 1e-5 {
		t.Errorf("the products sum to %g, the network says %g", sum, a.Sum)
	}
	x := make([]float32, cifar10.Task.Pixels())
	m.Normalize(x, picture)
	cam, err := explain.GradCAM(m.Trace(1), x, 4)
	if err != nil {
		t.Fatal(err)
	}
	grey, err := explain.Occlusion(m.Predictor(1), m.Task, x, 4, greySide, greyStride)
	if err != nil {
		t.Fatal(err)
	}
	for method, want := range map[string]explain.Map{protocol.GradCAM: cam, protocol.Occlusion: grey} {
		p.send(protocol.Explain{ID: 2, Picture: picture, Class: 4, Method: method})
		e, ok := p.next().(protocol.Explained)
		if !ok || e.Method != method || e.Class != 4 || e.H != want.H || len(e.Values) != len(want.Values) {
			t.Fatalf("%+v", e)
		}
		for i, v := range e.Values {
			if math.Abs(float64(v-want.Values[i])) > 1e-6 {
				t.Fatalf("%s, place %d: %g, want %g", method, i, v, want.Values[i])
			}
		}
	}
	p.send(protocol.Explain{ID: 3, Picture: picture, Class: 4, Method: "tea leaves"})
	p.fails("tea leaves", 3)
	p.send(protocol.Explain{ID: 4, Picture: picture, Class: 10, Method: protocol.GradCAM})
	p.fails("no class 10", 4)
}

// TestStimulate lets one climb to its end, and another be ended by a Classify's Cancel
// while pictures are still answered.
func TestStimulate(t *testing.T) {
	p, _ := loaded(t)
	p.send(protocol.Stimulate{ID: 1, Layer: 2, Channel: 3, Steps: 10, Seed: 1})
	var last protocol.Stimulated
	for n := 0; !last.Done; n++ {
		e, ok := p.next().(protocol.Stimulated)
		if !ok || n > 0 && e.Excited <= last.Excited || len(e.Picture) != cifar10.Task.Pixels() {
			t.Fatalf("%+v after %+v", e, last)
		}
		last = e
	}
	if last.Iteration != 10 {
		t.Errorf("%d steps", last.Iteration)
	}
	p.send(protocol.Stimulate{ID: 2, Layer: 2, Channel: 3, Steps: 100000, Seed: 1})
	for {
		if e, ok := p.next().(protocol.Stimulated); ok && e.ID == 2 {
			break
		}
	}
	p.send(protocol.Classify{ID: 8, Pictures: pictures(1)})
	p.send(protocol.Cancel{ID: 2})
	answered := false
	for {
		e := p.next()
		if c, ok := e.(protocol.Classified); ok && c.ID == 8 {
			answered = true
		}
		if c, ok := e.(protocol.Cancelled); ok && c.ID == 2 {
			break
		}
	}
	if !answered {
		t.Error("the picture was not answered meanwhile")
	}
	p.send(protocol.Stimulate{ID: 3, Layer: 2, Channel: 99, Steps: 1})
	p.fails("no channel 99", 3)
}

// TestStimulateAnother asks for one filter while another climbs: the first is given up
// before the second begins.
func TestStimulateAnother(t *testing.T) {
	p, _ := loaded(t)
	p.send(protocol.Stimulate{ID: 1, Layer: 2, Channel: 3, Steps: 100000, Seed: 1})
	p.next()
	p.send(protocol.Stimulate{ID: 2, Layer: 2, Channel: 4, Steps: 10, Seed: 1})
	var heard []uint64
	for {
		switch e := p.next().(type) {
		case protocol.Cancelled:
			heard = append(heard, e.ID)
		case protocol.Stimulated:
			if e.ID == 2 && len(heard) == 0 {
				t.Fatal("the second began before the first had ended")
			}
			if e.Done {
				if len(heard) != 1 || heard[0] != 1 {
					t.Errorf("cancelled: %v, want the first", heard)
				}
				return
			}
		default:
			t.Fatalf("%+v", e)
		}
	}
}

// TestTemper halves the logits' differences.
func TestTemper(t *testing.T) {
	p, _ := loaded(t)
	p.send(protocol.Classify{ID: 1, Pictures: pictures(1)})
	before := p.next().(protocol.Classified).Probs
	p.send(protocol.Temper{Temperature: 2})
	p.send(protocol.Classify{ID: 2, Pictures: pictures(1)})
	after := p.next().(protocol.Classified).Probs
	sum := 0.0
	for i := range after {
		sum += float64(after[i])
		if want := math.Sqrt(float64(before[i]) / float64(before[0])); math.Abs(float64(after[i])/float64(after[0])-want) > 1e-5*max(want, 1) {
			t.Errorf("class %d: %g for %g", i, after[i], before[i])
		}
	}
	if math.Abs(sum-1) > 1e-5 {
		t.Errorf("the probabilities sum to %g", sum)
	}
	for _, bad := range []float64{-1, 0.01, 21, math.NaN()} {
		p.send(protocol.Temper{Temperature: bad})
		p.fails("temperature of", 0)
	}
	p.send(protocol.Temper{}) // it has none of its own
	p.send(protocol.Classify{ID: 3, Pictures: pictures(1)})
	if own := p.next().(protocol.Classified).Probs; !slices.Equal(own, before) {
		t.Errorf("with its own %v, want %v", own, before)
	}
}

// TestOwnTemperature has a model whose file carries a temperature, and a second one with
// another: each is divided by its own, unless the page wants another for the first.
func TestOwnTemperature(t *testing.T) {
	m, plain := tutorial(t)
	file := func(temperature float64) []byte {
		m.Temperature = temperature
		f, err := m.File()
		if err != nil {
			t.Fatal(err)
		}
		b, err := f.Encode(checkpoint.F32)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	soft, softer := file(2), file(3)
	p := newPipe(t)
	id := uint64(0)
	load := func(b []byte, want float64) {
		t.Helper()
		p.send(protocol.Load{Model: b})
		if e := p.next().(protocol.Loaded); e.Model.Temperature != want {
			t.Errorf("the page hears of the temperature %g, want %g", e.Model.Temperature, want)
		}
	}
	answer := func() protocol.Classified {
		t.Helper()
		id++
		p.send(protocol.Classify{ID: id, Pictures: pictures(40)})
		return p.next().(protocol.Classified)
	}
	answers := map[float64][]float32{}
	load(plain, 0)
	for _, temperature := range []float64{1, 2, 3} {
		p.send(protocol.Temper{Temperature: temperature})
		answers[temperature] = answer().Probs
	}
	is := func(when string, got []float32, temperature float64) {
		t.Helper()
		for i, v := range got {
			if math.Abs(float64(v-answers[temperature][i])) > 1e-5 {
				t.Errorf("%s: probability %d is %g, with the temperature %g it is %g", when, i, v, temperature, answers[temperature][i])
				return
			}
		}
	}
	if slices.Equal(answers[1], answers[2]) || slices.Equal(answers[2], answers[3]) {
		t.Fatal("the temperature changes nothing")
	}
	load(soft, 2)
	is("as it is loaded", answer().Probs, 2)
	p.send(protocol.Temper{Temperature: 1})
	is("as trained", answer().Probs, 1)
	p.send(protocol.Temper{})
	is("its own again", answer().Probs, 2)
	p.send(protocol.Temper{Temperature: 1})
	p.send(protocol.Compare{Model: softer})
	e := answer()
	is("the first", e.Probs, 1)
	is("beside it", e.Compared, 3)
	load(softer, 3)
	is("another", answer().Probs, 3)

	_, probs, err := New(nil, nil).Start(soft, pictures(1))
	if err != nil {
		t.Fatal(err)
	}
	is("before there is a page", probs, 2)
}

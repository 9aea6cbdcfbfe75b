package session

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"tenfold/nn/checkpoint"
	"tenfold/nn/explain"
	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
)

// use loads a network that ends in a softmax over three classes, its weights drawn.
func use(t *testing.T, p *pipe, of task.Task, layers ...layer.Layer) *model.Network {
	t.Helper()
	m, err := model.New(of.Input, layers...)
	if err != nil {
		t.Fatal(err)
	}
	m.Task = of
	m.Classes = []string{"a", "b", "c"}
	if err := m.Init(1); err != nil {
		t.Fatal(err)
	}
	load(t, p, m)
	return m
}

func load(t *testing.T, p *pipe, m *model.Network) {
	t.Helper()
	f, err := m.File()
	if err != nil {
		t.Fatal(err)
	}
	b, err := f.Encode(checkpoint.F32)
	if err != nil {
		t.Fatal(err)
	}
	p.send(protocol.Load{Model: b})
	if e, ok := p.next().(protocol.Loaded); !ok || e.Model.Scale != m.Scale || e.Model.Shift != m.Shift {
		t.Fatalf("%+v", e)
	}
}

// TestOtherScaling has a network whose pixels are -1 to 1, and one whose pixels are bytes as
// they are, that are the same behind that: they say, cover and generate the same.
func TestOtherScaling(t *testing.T) {
	in := task.Shape{10, 9, 3}
	rest := []layer.Layer{
		layer.Conv2D{Filters: 4, KernelSize: [2]int{3, 3}, Padding: layer.Same}, layer.BatchNormalization{},
		layer.Activation{Function: "relu"}, layer.Flatten{}, layer.Dense{Units: 3, Activation: "softmax"},
	}
	picture := make([]byte, in.Size())
	for i := range picture {
		picture[i] = byte(i * 37)
	}
	p := newPipe(t)
	type said struct {
		probs, cam, covered []float32
		generated           []byte
	}
	all := map[string]said{}
	for name, of := range map[string]task.Task{"one": {Input: in, Scale: 2.0 / 255, Shift: -1}, "bytes": {Input: in, Scale: 1, Shift: 0}} {
		first := layer.Rescaling{Scale: 1}
		if name == "bytes" {
			first = layer.Rescaling{Scale: 2.0 / 255, Offset: -1}
		}
		m := use(t, p, of, append([]layer.Layer{first}, rest...)...)
		var s said
		p.send(protocol.Classify{ID: 1, Pictures: picture})
		s.probs = p.next().(protocol.Classified).Probs
		for method, to := range map[string]*[]float32{protocol.GradCAM: &s.cam, protocol.Occlusion: &s.covered} {
			p.send(protocol.Explain{ID: 2, Picture: picture, Class: 1, Method: method})
			*to = p.next().(protocol.Explained).Values
		}
		x := make([]float32, len(picture))
		m.Normalize(x, picture)
		want, err := explain.Occlusion(m.Predictor(1), of, x, 1, greySide, greyStride)
		if err != nil {
			t.Fatal(err)
		}
		for i, v := range want.Values {
			if math.Abs(float64(v-s.covered[i])) > 1e-6 {
				t.Fatalf("%s: place %d is %g, want %g", name, i, s.covered[i], v)
			}
		}
		p.send(protocol.Stimulate{ID: 3, Layer: 1, Channel: 2, Steps: 40, Seed: 1})
		for {
			e := p.next().(protocol.Stimulated)
			if s.generated = e.Picture; e.Done {
				break
			}
		}
		all[name] = s
	}
	a, b := all["one"], all["bytes"]
	for name, pair := range map[string][2][]float32{"probabilities": {a.probs, b.probs}, "Grad-CAM": {a.cam, b.cam}, "occlusion": {a.covered, b.covered}} {
		for i, v := range pair[0] {
			if math.Abs(float64(v-pair[1][i])) > 1e-5 {
				t.Errorf("%s: %g, and %g where bytes go in", name, v, pair[1][i])
			}
		}
	}
	far := 0 // from grey
	for i, v := range a.generated {
		if d := int(v) - int(b.generated[i]); d < -1 || d > 1 {
			t.Fatalf("byte %d of what is generated is %d, and %d where bytes go in", i, v, b.generated[i])
		}
		if v < 40 || v > 215 {
			far++
		}
	}
	if far == 0 {
		t.Error("gradient ascent does not use the whole range")
	}
}

// TestUnbounded has a network whose numbers are too large for a float32 on one picture: what is
// finite is shown, how much is not is said, and the next picture is answered.
func TestUnbounded(t *testing.T) {
	p := newPipe(t)
	of := task.Task{Input: task.Shape{10, 10, 1}, Scale: 1}
	m := use(t, p, of, layer.Conv2D{Filters: 2, KernelSize: [2]int{1, 1}}, layer.Rescaling{Scale: 1e20},
		layer.Flatten{}, layer.Dense{Units: 3, Activation: "softmax"})
	copy(m.Weights()[0].Data, []float32{1e18, -1})
	load(t, p, m)
	picture := make([]byte, 100)
	picture[3], picture[4], picture[5] = 1, 2, 200 // 1e38, 2e38, and infinite
	p.send(protocol.Inspect{ID: 1, Picture: picture, Layer: 1})
	e, ok := p.next().(protocol.Inspected)
	if !ok || e.Unbounded != 1 || math.Abs(float64(e.High)/2e38-1) > 1e-5 || e.Highs[0] != e.High || e.Lows[1] != e.Low || e.Low >= 0 {
		t.Fatalf("%+v", e)
	}
	if e.Maps[5] != 255 || e.Maps[4] != 255 || e.Maps[3] < 125 || e.Maps[3] > 130 || e.Maps[0] > 1 {
		t.Errorf("%v", e.Maps[:8])
	}
	p.send(protocol.Explain{ID: 2, Picture: picture, Class: 1, Method: protocol.GradCAM})
	p.fails("too large", 2)
	p.send(protocol.TakeApart{ID: 3, Picture: picture, Layer: 1, Filter: 0, Y: 0, X: 5})
	if a, ok := p.next().(protocol.TakenApart); !ok || !math.IsInf(float64(a.Out), 1) || a.Terms["scale"] != 1e20 {
		t.Errorf("%+v", a)
	}
	p.send(protocol.Inspect{ID: 4, Picture: make([]byte, 100), Layer: 1})
	if e, ok := p.next().(protocol.Inspected); !ok || e.Unbounded != 0 || bytes.ContainsFunc(e.Maps, func(r rune) bool { return r != 0 }) {
		t.Errorf("%+v", e)
	}
}

// TestLayersOfAResidualNetwork asks about each layer of ResNet-20 as the page does.
func TestLayersOfAResidualNetwork(t *testing.T) {
	p := newPipe(t)
	m := model.ResNet20()
	if err := m.Init(1); err != nil {
		t.Fatal(err)
	}
	load(t, p, m)
	picture := pictures(1)
	for l, n := range m.Nodes() {
		p.send(protocol.Inspect{ID: 1, Picture: picture, Layer: l})
		e, ok := p.next().(protocol.Inspected)
		if !ok || len(e.Maps) != n.Out.Size() {
			t.Fatalf("%s: %+v", n.Name, e)
		}
		p.send(protocol.TakeApart{ID: 2, Picture: picture, Layer: l, Filter: e.C - 1, Y: e.H - 1, X: e.W - 1})
		a, ok := p.next().(protocol.TakenApart)
		if !ok || len(a.Patch) != a.H*a.W*a.C {
			t.Fatalf("%s: %+v", n.Name, a)
		}
		if strings.HasPrefix(n.Name, "add") && (a.C != 2 || a.Patch[0]+a.Patch[1] != a.Out) || strings.HasPrefix(n.Name, "batch") && a.Terms["gamma"] != 1 {
			t.Errorf("%s: %+v", n.Name, a)
		}
	}
}

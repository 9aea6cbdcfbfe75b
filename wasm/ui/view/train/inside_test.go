package train_test

import (
	"fmt"
	"slices"
	"testing"

	"tenfold/nn/model"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/app/apptest"
)

// within returns what a worker says of the tutorial's network in the middle of a run.
func within(run uint64) protocol.Watched {
	e := protocol.Watched{Run: run, Share: 0.012}
	for i, l := range model.Tutorial().Describe().Layers {
		n := task.Insight{Layer: l.Name, Activations: task.Spread{Mean: 0.1 * float64(i), Deviation: 0.5}, Units: 32, Dead: i}
		if l.Params > 0 {
			n.Learns, n.Weights, n.Gradients = true, task.Spread{Mean: -0.0012, Deviation: 0.083}, task.Spread{Mean: 1.2e-6, Deviation: 0.00031}
		}
		e.Layers = append(e.Layers, n)
	}
	for i := range 16 {
		e.Pictures = append(e.Pictures, protocol.Labelled{Picture: apptest.Plain(i), Class: i % 10})
		e.Class, e.Score = append(e.Class, i*7%10), append(e.Score, 0.4+float32(i)/30)
	}
	return e
}

// TestInside shows what is seen of a run from within, and turns it off.
func TestInside(t *testing.T) {
	b := open(t, 1280, 800, false)
	begin := begun(t, b)
	epoch(b, begin, 1)
	b.Says(within(begin.Run + 1)) // of another run
	if b.Has("train-inside-share") {
		t.Error("another run is shown")
	}
	b.Says(within(begin.Run))
	rows := b.Leaf("train-inside").Cells()
	if len(rows) != 20 || !slices.Equal(rows[1], []string{"conv2d", "-0.0012 ± 0.083", "1e-06 ± 3e-04", "0 ± 0.5", "0%"}) || rows[2][1] != "" {
		t.Errorf("%d rows, %q, %q", len(rows), rows[1], rows[2])
	}
	b.Press("train-inside-show")
	if c := apptest.Asks[protocol.Watch](b); len(c) != 1 || c[0].On {
		t.Errorf("it asks %+v", c)
	}
	if b.Has("train-inside-share") {
		t.Error("it is still shown")
	}
	b.Press("train-inside-show")
	if c := apptest.Asks[protocol.Watch](b); len(c) != 1 || !c[0].On || !b.Has("train-inside-share") {
		t.Errorf("it asks %+v", c)
	}
	for name, size := range map[string][2]float64{"phone": {390, 844}, "tablet": {768, 1024}, "laptop": {1280, 800}, "large": {1920, 1080}} {
		b := open(t, size[0], size[1], name == "tablet" || name == "large")
		begin := begun(t, b)
		epoch(b, begin, 1)
		b.Says(within(begin.Run))
		b.Reveal("train-inside")
		b.Shot(fmt.Sprintf("train-inside-%s", name))
	}
}

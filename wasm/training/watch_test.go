package training

import (
	"testing"
	"time"

	"tenfold/nn/cifar10"
	"tenfold/wasm/protocol"
)

// TestWatched looks into a run, which costs little of its time and changes nothing of it.
func TestWatched(t *testing.T) {
	v := newVisit(t, withData(100), time.Hour)
	v.say(protocol.Begin{Run: 7, Job: asked})
	e := next[protocol.Watched](v)
	if e.Run != 7 || len(e.Layers) != 19 || len(e.Pictures) != watched || len(e.Class) != watched || len(e.Score) != watched || e.Share > mostShare+1e-9 {
		t.Fatalf("run %d, %d layers, %d pictures, %d classes, %g of the time", e.Run, len(e.Layers), len(e.Pictures), len(e.Class), e.Share)
	}
	if l := e.Layers[0]; !l.Learns || l.Weights.Deviation == 0 || l.Gradients.Deviation == 0 || l.Activations.Deviation == 0 || l.Units != 16 {
		t.Errorf("the first layer is %+v", l)
	}
	for i, p := range e.Pictures {
		if len(p.Picture) != cifar10.Task.Pixels() || e.Class[i] > 9 || e.Score[i] < 0.1 {
			t.Errorf("picture %d: %d bytes, class %d with %g", i, len(p.Picture), e.Class[i], e.Score[i])
		}
	}

	seeing := next[protocol.Finished](v)
	blind := newVisit(t, withData(100), time.Hour)
	blind.say(protocol.Watch{On: false})
	blind.say(protocol.Begin{Run: 7, Job: asked})
	if end := next[protocol.Finished](blind); end.After != seeing.After {
		t.Errorf("unseen a run comes to %+v, and seen to %+v", end.After, seeing.After)
	}
}

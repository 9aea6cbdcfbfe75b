package part_test

import (
	"testing"

	"tenfold/nn/cifar10"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/app/apptest"
	"tenfold/wasm/ui/part"
)

// TestGet offers what is missing, and the rest of a training set that has come in part;
// a part of the test set that was opened is enough.
func TestGet(t *testing.T) {
	b := apptest.Open(t, 1280, 800, false)
	b.Says(protocol.Ready{})
	for _, c := range []struct{ test, train, testButtons, trainButtons int }{
		{0, 0, 1, 1}, {200, 10000, 0, 1}, {10000, 49999, 0, 1}, {10000, 50000, 0, 0},
	} {
		b.Says(protocol.Stored{Task: cifar10.Task, Test: c.test, Train: c.train})
		test, train := part.Get(b.Desk(), task.TestSet), part.Get(b.Desk(), task.TrainSet)
		if len(test) != c.testButtons || len(train) != c.trainButtons {
			t.Errorf("with %d and %d pictures %d and %d buttons", c.test, c.train, len(test), len(train))
		}
	}
	b.Says(protocol.Stored{Task: cifar10.Task, Test: 10000, Train: 20000})
	b.Press("view-train")
	b.Press("train-fetch-train")
	if f, ok := b.Asked().(protocol.Fetch); !ok || len(f.Names) != 5 {
		t.Errorf("the worker is asked for %+v", b.Asked())
	}
	if n := len(part.Get(b.Desk(), task.Mine)) + len(part.Get(b.Desk(), "held-out")); n != 0 {
		t.Errorf("%d buttons for what no server has", n)
	}
}

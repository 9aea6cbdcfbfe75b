package evaluate_test

import (
	"strings"
	"testing"

	"tenfold/nn/task"
)

// TestViews evaluates in six views of each picture: the worker is asked for them, the result says
// so, and its temperature is not one of answers to a single view.
func TestViews(t *testing.T) {
	b := open(t, 1280, 800, false)
	if c := started(b); c.Views != task.OneView {
		t.Errorf("%q is asked for unless something is chosen", c.Views)
	} else {
		b.Says(evaluated(c.ID))
	}
	b.Set("evaluate-views", task.ShiftViews)
	c := started(b)
	if c.Views != task.ShiftViews {
		t.Fatalf("%q is asked for", c.Views)
	}
	b.Says(evaluated(c.ID))
	leaf := b.Leaf("evaluate-temper")
	if leaf.Disabled == "" || !strings.Contains(leaf.Disabled, "several views") {
		t.Errorf("the temperature of several views can be applied: %q", leaf.Disabled)
	}
	for name, size := range map[string][2]float64{"laptop": {1280, 800}, "phone": {390, 844}} {
		b.W, b.H = size[0], size[1]
		b.Resize(size[0], size[1], 1)
		b.Shot("evaluate-views-" + name)
	}
}

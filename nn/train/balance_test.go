package train

import (
	"slices"
	"testing"
	"time"
)

func TestSharesFollowTheSpeed(t *testing.T) {
	a, b := Helper(&Local{}), Helper(&Local{})
	for name, c := range map[string]struct {
		n       int
		helpers []Helper
		paces   map[Helper]float64 // ms a picture
		beside  float64            // ms
		want    []int
	}{
		"all new":                  {32, []Helper{a, b}, nil, 0, []int{0, 11, 21, 32}},
		"one new":                  {32, []Helper{a, b}, map[Helper]float64{nil: 1, a: 9}, 5, []int{0, 11, 21, 32}},
		"alike":                    {32, []Helper{a}, map[Helper]float64{nil: 1, a: 1}, 0, []int{0, 16, 32}},
		"a helper twice as fast":   {33, []Helper{a}, map[Helper]float64{nil: 2, a: 1}, 0, []int{0, 11, 33}},
		"a leader with other work": {32, []Helper{a}, map[Helper]float64{nil: 1, a: 1}, 4, []int{0, 14, 32}},
		"... and three workers":    {32, []Helper{a, b}, map[Helper]float64{nil: 1, a: 1, b: 2}, 3, []int{0, 11, 25, 32}},
		"a leader with no time":    {32, []Helper{a, b}, map[Helper]float64{nil: 1, a: 1, b: 1}, 1000, []int{0, 1, 16, 32}},
		"a helper that crawls":     {32, []Helper{a, b}, map[Helper]float64{nil: 1, a: 1000, b: 1}, 0, []int{0, 16, 17, 32}},
		"a picture each":           {3, []Helper{a, b}, map[Helper]float64{nil: 1, a: 1000, b: 0.001}, 10, []int{0, 1, 2, 3}},
		"alone":                    {5, nil, map[Helper]float64{nil: 1}, 10, []int{0, 5}},
	} {
		var bal balance
		for h, ms := range c.paces {
			for _, off := range []float64{1, 50, 1, 0.01, 1} { // two that are off
				bal.took(h, 7, 7*off*ms/1000)
			}
		}
		if c.beside > 0 {
			for _, off := range []float64{1, 9, 1} {
				bal.beside.add(off * c.beside / 1000)
			}
		}
		if got := bal.bounds(c.n, c.helpers); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
		if len(c.helpers) > 1 && len(c.paces) > 0 { // another in place of one that is lost
			bal.forget(c.helpers[1])
			if got := bal.bounds(32, c.helpers); !slices.Equal(got, []int{0, 11, 21, 32}) {
				t.Errorf("%s, then one is new: %v", name, got)
			}
		}
	}
}

// TestTheLeadersOtherWork measures what is neither its share nor waiting.
func TestTheLeadersOtherWork(t *testing.T) {
	var b balance
	b.stepped(time.Hour) // there is no step before it
	if b.beside.median() != 0 {
		t.Errorf("%+v", b.beside)
	}
	for range 3 {
		time.Sleep(20 * time.Millisecond)
		b.stepped(5 * time.Millisecond)
	}
	if s := b.beside.median(); s < 0.015 || s > 10 {
		t.Errorf("%g s beside, want 0.015", s)
	}
}

// TestATeamIsBalanced has a helper that says how slow it is, and looks at its shares.
func TestATeamIsBalanced(t *testing.T) {
	for name, c := range map[string]struct {
		busy float64 // s
		want int
	}{"slow": {1000, 1}, "fast": {1e-12, recipe.Batch - 1}} {
		r, err := NewRun(network(t, 5), recipe, stripes(10*recipe.Batch))
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		h := helper(t, network, recipe, never, "")
		h.busy = func(float64) float64 { return c.busy }
		r.Helpers = []Helper{h}
		for range 10 {
			if err := r.Step(); err != nil {
				t.Fatal(err)
			}
		}
		if first, last := h.shares[0], h.shares[len(h.shares)-1]; first != recipe.Batch/2 || last != c.want {
			t.Errorf("%s: from %d to %d pictures of %d, want %d", name, first, last, recipe.Batch, c.want)
		}
	}
}

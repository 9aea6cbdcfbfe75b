package train

import (
	"errors"
	"math"
	"slices"
	"testing"

	"tenfold/nn/evaluate"
)

// inProcess is a Helper whose assistant is at hand. It fails at the step called fails.
type inProcess struct {
	*Assistant
	share Share
	fails int
}

func (h *inProcess) Start(weights [][]float32, s Share) error {
	for i, w := range weights {
		copy(h.Weights()[i], w)
	}
	h.share = s
	return nil
}

func (h *inProcess) Finish() (Outcome, [][]float32, error) {
	if h.share.Step == h.fails {
		h.fails = -1
		return Outcome{}, nil, errors.New("gone")
	}
	return h.Gradients(h.share)
}

func helper(t *testing.T, fails int) *inProcess {
	t.Helper()
	a, err := NewAssistant(network(t, 9), recipe) // its own weights do not matter
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return &inProcess{Assistant: a, fails: fails}
}

// TestATeamTrainsAsOne trains with none to four helpers, also with batches that they
// cannot share evenly, a last one of fewer pictures than there are, and one that is
// lost.
func TestATeamTrainsAsOne(t *testing.T) {
	const pictures = 41 // 5 batches of 8, and one of 1
	recipe := recipe
	recipe.Flip, recipe.Shift = true, 1
	run := func(helpers, fails int) []float32 {
		r, err := NewRun(network(t, 5), recipe, stripes(pictures))
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		for range helpers {
			r.Helpers = append(r.Helpers, helper(t, fails))
		}
		for range 3 {
			for !r.EpochDone() {
				err := r.Step()
				var lost *Lost
				if errors.As(err, &lost) {
					r.Helpers[lost.Helper] = helper(t, -1)
				} else if err != nil {
					t.Fatal(err)
				}
			}
			if p := r.Progress(); p.Seen != pictures || p.Accuracy < 0.3 || p.Accuracy > 1 {
				t.Errorf("%d helpers: %+v", helpers, p)
			}
			r.EndEpoch(r.Progress().Metrics)
		}
		return append(weights(r.Model), float32(r.History[2].Train.Loss))
	}
	want := run(0, -1)
	for helpers := 1; helpers <= 4; helpers++ {
		for _, fails := range []int{-1, 7} {
			for i, got := range run(helpers, fails) {
				if math.Abs(float64(got-want[i])) > 1e-4 {
					t.Fatalf("%d helpers: weight %d is %g, want %g", helpers, i, got, want[i])
				}
			}
		}
	}
}

func TestAFailedStepChangesNothing(t *testing.T) {
	r := newRun(t)
	r.Helpers = []Helper{helper(t, 0)}
	before := weights(r.Model)
	if err := r.Step(); err == nil || !slices.Equal(before, weights(r.Model)) || r.Progress().Step != 0 {
		t.Errorf("%v, and the run stands at %+v", err, r.Progress())
	}
}

func TestSplitIsStratified(t *testing.T) {
	data := stripes(100) // 34, 33, 33
	rest, held := evaluate.Split(data, 0.2, 3)
	count := [3]int{}
	seen := map[int]bool{}
	for i := range held.Len() {
		_, l := held.Picture(i)
		count[l]++
		seen[held.Index[i]] = true
	}
	for _, i := range rest.Index {
		if seen[i] {
			t.Errorf("picture %d is in both parts", i)
		}
	}
	if count != [3]int{7, 7, 7} || rest.Len()+held.Len() != 100 {
		t.Errorf("held out %v, %d are left", count, rest.Len())
	}
	_, again := evaluate.Split(data, 0.2, 3)
	_, other := evaluate.Split(data, 0.2, 4)
	if !slices.Equal(again.Index, held.Index) || slices.Equal(other.Index, held.Index) {
		t.Error("the parts do not follow from the seed")
	}
}

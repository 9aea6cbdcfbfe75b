package evaluate

import (
	"math"
	"strings"
	"testing"

	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// ramps are pictures of 4x4 that are lighter in one corner than in the others.
type ramps int

func (d ramps) Len() int { return int(d) }
func (d ramps) Picture(i int) ([]byte, int) {
	b := make([]byte, 16)
	for p := range b {
		b[p] = byte(5*i + 11*(p%4) + 3*(p/4)*(p/4))
	}
	return b, i % 3
}

func looking(t *testing.T) *model.Network {
	t.Helper()
	m, err := model.New(task.Shape{4, 4, 1}, layer.Flatten{}, layer.Dense{Units: 3}, layer.Activation{Function: "softmax"})
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Init(4); err != nil {
		t.Fatal(err)
	}
	return m
}

// at returns what a picture shows at a place that may lie a pixel outside.
func at(pixels []byte, y, x int) byte {
	inside := func(v int) int {
		if v < 0 {
			return 1
		} else if v > 3 {
			return 2
		}
		return v
	}
	return pixels[inside(y)*4+inside(x)]
}

// TestViews compares the logits with the mean over pictures that are mirrored and moved one
// by one, and everything else with those logits.
func TestViews(t *testing.T) {
	m := looking(t)
	one := m.Predictor(1)
	logitsOf := func(pixels []byte) []float32 {
		x := make([]float32, 16)
		m.Normalize(x, pixels)
		l, _ := one.Predict(x)
		return l
	}
	const n = 103 // more than a batch
	data := ramps(n)
	for name, all := range map[string][][4]float64{ // mirror, dx, dy, weight
		"":              {{0, 0, 0, 1}},
		task.MirrorView: {{0, 0, 0, 0.5}, {1, 0, 0, 0.5}},
		task.ShiftViews: {{0, 0, 0, 0.25}, {1, 0, 0, 0.25}, {0, 1, 1, 0.125}, {1, 1, 1, 0.125}, {0, -1, -1, 0.125}, {1, -1, -1, 0.125}},
	} {
		if len(views) != 3 || len(views[name]) != len(all) {
			t.Fatalf("%q: views are not tested", name)
		}
		r, err := RunViews(t.Context(), m, data, name, nil)
		if err != nil {
			t.Fatal(err)
		}
		loss := 0.0
		for i := range n {
			pixels, label := data.Picture(i)
			want := make([]float64, 3)
			for _, v := range all {
				shown := make([]byte, 16)
				for p := range shown {
					y, x := p/4-int(v[2]), p%4-int(v[1])
					if v[0] == 1 {
						if x < 0 || x > 3 {
							x = map[int]int{-1: 1, 4: 2}[x]
						}
						x = 3 - x
					}
					shown[p] = at(pixels, y, x)
				}
				for c, l := range logitsOf(shown) {
					want[c] += v[3] * float64(l)
				}
			}
			sum := 0.0
			for c, w := range want {
				if got := float64(r.Logits[3*i+c]); math.Abs(got-w) > 1e-5 {
					t.Fatalf("%q, picture %d: logit %g, want %g", name, i, got, w)
				}
				sum += math.Exp(w)
			}
			p := r.Predictions[i]
			if score := math.Exp(want[p.Class]) / sum; math.Abs(score-float64(p.Score)) > 1e-5 || p.True != label {
				t.Fatalf("%q, picture %d: %+v, want score %g", name, i, p, score)
			}
			loss += math.Log(sum) - want[label]
		}
		if math.Abs(r.Loss-loss/n) > 1e-5 {
			t.Errorf("%q: loss %g, want %g", name, r.Loss, loss/n)
		}
	}
}

func TestViewsRefuse(t *testing.T) {
	if _, err := RunViews(t.Context(), looking(t), ramps(1), "five-crop", nil); err == nil || !strings.Contains(err.Error(), "there are mirror, shifts") {
		t.Errorf("%v", err)
	}
	m, err := model.New(task.Shape{16}, layer.Dense{Units: 3}, layer.Activation{Function: "softmax"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := RunViews(t.Context(), m, ramps(1), task.MirrorView, nil); err == nil || !strings.Contains(err.Error(), "not pictures") {
		t.Errorf("%v", err)
	}
}

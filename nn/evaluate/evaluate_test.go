package evaluate

import (
	"context"
	"errors"
	"math"
	"testing"

	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// toy is a data set of one-pixel pictures, grey value and class.
type toy [][2]int

func (d toy) Len() int { return len(d) }
func (d toy) Picture(i int) ([]byte, int) {
	return []byte{byte(d[i][0])}, d[i][1]
}

// threshold returns a network that says class 1 for pictures lighter than middle grey, with
// logits of -8 and 8 times the normalised value.
func threshold(t *testing.T) *model.Network {
	t.Helper()
	m, err := model.New(task.Shape{1, 1, 1}, layer.Flatten{}, layer.Dense{Units: 2}, layer.Activation{Function: "softmax"})
	if err != nil {
		t.Fatal(err)
	}
	copy(m.Weights()[0].Data, []float32{-8, 8})
	return m
}

func TestRun(t *testing.T) {
	var data toy
	for i := range 250 { // more than two batches, and a smaller last one
		grey := i * 255 / 249
		label := 0
		if grey > 100 { // the model draws the line at 127
			label = 1
		}
		data = append(data, [2]int{grey, label})
	}
	var heard []int
	r, err := Run(t.Context(), threshold(t), data, func(done int) { heard = append(heard, done) })
	if err != nil {
		t.Fatal(err)
	}
	wantConfusion, loss, right := NewConfusion(2), 0.0, 0
	for _, d := range data {
		v := float64(d[0])/255 - 0.5
		class := 0
		if v > 0 {
			class = 1
		}
		wantConfusion[d[1]][class]++
		if class == d[1] {
			right++
		}
		z := 16 * v // difference of the logits
		if d[1] == 1 {
			z = -z
		}
		loss += math.Log1p(math.Exp(z))
	}
	for i := range r.Confusion {
		for j := range r.Confusion[i] {
			if r.Confusion[i][j] != wantConfusion[i][j] {
				t.Errorf("confusion %v, want %v", r.Confusion, wantConfusion)
			}
		}
	}
	if math.Abs(r.Loss-loss/250) > 1e-5 || r.Accuracy != float64(right)/250 || len(r.Predictions) != 250 {
		t.Errorf("loss %g, want %g; accuracy %g, want %g", r.Loss, loss/250, r.Accuracy, float64(right)/250)
	}
	if len(heard) != 3 || heard[2] != 250 {
		t.Errorf("progress %v", heard)
	}
	c := wantConfusion
	if got, want := r.Confusion.Recall(1), float64(c[1][1])/float64(c[1][0]+c[1][1]); got != want {
		t.Errorf("recall %g, want %g", got, want)
	}
	if got, want := r.Confusion.Precision(0), float64(c[0][0])/float64(c[0][0]+c[1][0]); got != want {
		t.Errorf("precision %g, want %g", got, want)
	}
	if p := NewConfusion(2).Precision(0); p != 0 {
		t.Errorf("precision of nothing is %g", p)
	}
}

func TestRunRefuses(t *testing.T) {
	for name, data := range map[string]toy{"no pictures": {}, "a class too high": {{1, 2}}, "a class below 0": {{1, -1}}} {
		if _, err := Run(t.Context(), threshold(t), data, nil); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Run(ctx, threshold(t), toy{{1, 1}}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

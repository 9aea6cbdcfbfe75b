package evaluate

import (
	"math"
	"testing"
)

// answers returns a result whose pictures' most probable classes, of two, have these probabilities.
func answers(all ...float64) *Result {
	r := &Result{Confusion: NewConfusion(2)}
	for _, p := range all {
		r.Logits = append(r.Logits, float32(math.Log(p/(1-p))), 0)
		r.Predictions = append(r.Predictions, Prediction{})
	}
	return r
}

// TestDoubt checks that no more than a share of the pictures of any result are doubted, and that
// others are.
func TestDoubt(t *testing.T) {
	sure, other := answers(0.95, 0.9, 0.8, 0.7, 0.6005), answers(0.99, 0.85, 0.75, 0.65, 0.55)
	d := Doubt(0.2, 1, sure, other)
	if d != 0.65-0.001 && d != 0.65 {
		t.Errorf("the doubt is %g, want 0.65", d)
	}
	if a, b := sure.Doubted(d, 1), other.Doubted(d, 1); a != 0.2 || b != 0.2 {
		t.Errorf("%g and %g are doubted, want a fifth of each", a, b)
	}
	if v := answers(0.6, 0.5, 0.51).Doubted(d, 1); v != 1 {
		t.Errorf("%g of what is not known is doubted", v)
	}
	if v := answers(0.9).Doubted(d, 10); v != 1 { // which makes 0.555 of it
		t.Errorf("at a high temperature %g is doubted", v)
	}
}

// TestJoined checks that every picture is at its place.
func TestJoined(t *testing.T) {
	j := Joined{Head(squares(3), 2), squares(0), squares(2)}
	if j.Len() != 4 {
		t.Fatalf("%d pictures", j.Len())
	}
	for i, want := range []int{0, 1, 0, 1} {
		pixels, label := j.Picture(i)
		if int(pixels[0]) != want || label != want%2 || j.Label(i) != label {
			t.Errorf("picture %d is number %d of class %d", i, pixels[0], label)
		}
	}
}

// squares are pictures that show their number.
type squares int

func (s squares) Len() int                    { return int(s) }
func (s squares) Picture(i int) ([]byte, int) { return []byte{byte(i)}, i % 2 }

package task

import (
	"math"
	"testing"
)

// TestScalings looks at what black and white become.
func TestScalings(t *testing.T) {
	want := map[string][2]float64{"centred": {-0.5, 0.5}, "unit": {0, 1}, "signed": {-1, 1}, "bytes": {0, 255}, "standard": {-2, 1}}
	for _, s := range append(Scalings, Standard(170, 85)) {
		black, white := s.Shift, 255*s.Scale+s.Shift
		if w, ok := want[s.Name]; !ok || math.Abs(black-w[0]) > 1e-12 || math.Abs(white-w[1]) > 1e-12 {
			t.Errorf("%s: black is %g, white is %g, want %v", s.Name, black, white, w)
		}
		delete(want, s.Name)
	}
	if len(want) > 0 {
		t.Errorf("there is no %v", want)
	}
	if (Unsaid{}).Any() || !(Unsaid{Scaling: true}).Any() || !(Unsaid{Classes: true}).Any() {
		t.Error("what is asked")
	}
}

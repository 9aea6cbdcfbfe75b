package numeric

import (
	"math"
	"testing"
)

func TestSlope(t *testing.T) {
	x := float32(3)
	got := Slope(&x, 1.0/64, func() float64 { return float64(x) * float64(x) })
	if math.Abs(got-6) > 1e-9 || x != 3 {
		t.Errorf("the slope of the square at 3 is %g, and x %g afterwards", got, x)
	}
}

package model

import (
	"strings"
	"testing"

	"tenfold/wasm/ui/paint"
)

// TestFigures writes numbers into cells: nothing is "-.00" or "-0.00", and all of a square are
// written alike.
func TestFigures(t *testing.T) {
	c := paint.NewCanvas(1, 1, 1)
	values := []float32{-0.0004, -0.004, 0.5, -0.126}
	for w, want := range map[float64]string{80: "0.000 -0.004 0.500 -0.126", 34: "0.00 0.00 0.50 -0.13", 30: "0 0 .50 -.13", 12: "   "} {
		if got := strings.Join(figures(c, w, values), " "); got != want {
			t.Errorf("%g units: %q, want %q", w, got, want)
		}
	}
}

package figure

import (
	"math"
	"testing"
)

// TestRead reads numbers as people type them.
func TestRead(t *testing.T) {
	for text, want := range map[string]float64{
		"0.005": 0.005, " 0,005 ": 0.005, "５": 5, "０．２": 0.2, "٢٠": 20, "٠٫٥": 0.5, "۱۲": 12, "−1": -1, "1e-3": 1e-3, "१२": 12, "𝟙𝟚": 12, "𝟬": 0,
	} {
		if got, err := Read(text); err != nil || got != want {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
	for text, want := range map[string]float64{"0.2": 0.2, "20": 0.2, "20%": 0.2, "20 %": 0.2, "２０％": 0.2, "٢٠٪": 0.2, "1": 1, "0": 0, "0,5": 0.5, "0.5%": 0.005} {
		if got, err := ReadShare(text); err != nil || math.Abs(got-want) > 1e-12 {
			t.Errorf("%q as a share: %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "%", "a fifth", "1.2.3", "五"} {
		if got, err := ReadShare(text); err == nil {
			t.Errorf("%q is taken for %v", text, got)
		}
	}
}

package figure

import (
	"fmt"
	"math"
	"strconv"
)

// Scaling writes how a byte x becomes a number that goes into a network: "x/255 - 0.5".
func Scaling(scale, shift float64) string {
	s := "x"
	if n := 1 / scale; scale != 1 {
		if whole := math.Round(n); whole > 1 && math.Abs(n-whole) < 1e-6*whole {
			s = fmt.Sprintf("x/%.0f", whole)
		} else {
			s = strconv.FormatFloat(scale, 'g', 4, 64) + "x"
		}
	}
	switch by := strconv.FormatFloat(math.Abs(shift), 'g', 4, 64); {
	case shift < 0:
		s += " - " + by
	case shift > 0:
		s += " + " + by
	}
	return s
}

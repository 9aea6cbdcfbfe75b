package part

import (
	"fmt"
	"math"
	"strconv"

	"tenfold/nn/task"
)

// Scaling writes how a byte x becomes a number that goes into a network: "x/255 - 0.5".
func Scaling(t task.Task) string {
	s := "x"
	if n := 1 / t.Scale; t.Scale != 1 {
		if whole := math.Round(n); whole > 1 && math.Abs(n-whole) < 1e-6*whole {
			s = fmt.Sprintf("x/%.0f", whole)
		} else {
			s = strconv.FormatFloat(t.Scale, 'g', 4, 64) + "x"
		}
	}
	switch shift := strconv.FormatFloat(math.Abs(t.Shift), 'g', 4, 64); {
	case t.Shift < 0:
		s += " - " + shift
	case t.Shift > 0:
		s += " + " + shift
	}
	return s
}

// Package figure writes figures, one way everywhere on the page: "77.1%", "1,084,234",
// "0.882", "30.7 MB".
package figure

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"tenfold/wasm/ui/words"
)

// Percent writes a share of 0 to 1: "77.1%". Only 1 is "100%": what is less and would be
// rounded to it is ">99.9%".
func Percent(share float64) string {
	switch s := fmt.Sprintf("%.1f%%", 100*share); {
	case share == 1:
		return "100%"
	case s == "100.0%" && share < 1:
		return ">99.9%"
	default:
		return s
	}
}

// Chance writes a probability. None of a network's is "100%": it is a number that was rounded.
func Chance(p float64) string { return Percent(min(p, math.Nextafter(1, 0))) }

// Whole writes a share without decimals, where there is little room: "77%". Only 1 is "100%",
// and only 0 is "0%".
func Whole(share float64) string {
	switch s := fmt.Sprintf("%.0f%%", 100*share); {
	case s == "100%" && share < 1:
		return ">99%"
	case s == "0%" && share > 0:
		return "<1%"
	default:
		return s
	}
}

// Cell writes a share where "in percent" stands next to it: "77", ">99", "<1".
func Cell(share float64) string { return strings.TrimSuffix(Whole(share), "%") }

// Count writes a number of things: "1,084,234".
func Count(n int) string {
	if n < 0 {
		return "-" + Count(-n)
	}
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s,%03d", Count(n/1000), n%1000)
}

// Things writes a number of things: "1 core", "8 cores".
func Things(n int, of words.Noun) string { return fmt.Sprintf(of.For(n), Count(n)) }

// Moment writes a time as its clock says it, the same in every language: "2026-11-27 15:04".
func Moment(t time.Time) string { return t.Format("2006-01-02 15:04") }

// Duration returns a time in words.
func Duration(seconds float64) string {
	w := &words.Nouns
	switch {
	case seconds < 90:
		return fmt.Sprintf(w.Seconds, seconds)
	case seconds < 90*60:
		return fmt.Sprintf(w.Minutes, seconds/60)
	}
	return fmt.Sprintf(w.Hours, seconds/3600)
}

// Score writes a loss, a score or an F1: "0.882".
func Score(v float64) string { return fmt.Sprintf("%.3f", v) }

// Rate writes a learning rate, or another small setting: "0.005".
func Rate(v float64) string { return strconv.FormatFloat(v, 'g', 3, 64) }

// Speed writes how many there are in a second: "2,755".
func Speed(perSecond float64) string { return Count(int(math.Round(perSecond))) }

// Shape writes how many numbers there are along each axis: "32 × 32 × 16".
func Shape(axes []int) string {
	all := make([]string, len(axes))
	for i, n := range axes {
		all[i] = Count(n)
	}
	return strings.Join(all, " × ")
}

// Spelled writes a number of things as in a sentence: "ten", but "13".
func Spelled(n int) string {
	if all := words.Nouns.Numbers; n >= 0 && n < len(all) {
		return all[n]
	}
	return Count(n)
}

// Megabytes writes a size: "30.7 MB", "420 MB" from a hundred on.
func Megabytes(bytes float64) string {
	if mb := bytes / 1e6; mb < 99.95 {
		return fmt.Sprintf("%.1f MB", mb)
	}
	return Count(int(math.Round(bytes/1e6))) + " MB"
}

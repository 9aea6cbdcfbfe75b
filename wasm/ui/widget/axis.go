package widget

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// axis is a range with ticks at round values.
type axis struct {
	Span
	ticks  []float64
	labels []string
}

// newAxis widens a span to round values, with about the given number of ticks.
func newAxis(s Span, ticks float64, format func(float64) string) axis {
	step := roundStep((s.To - s.From) / ticks)
	s.From, s.To = math.Floor(s.From/step+1e-9)*step, math.Ceil(s.To/step-1e-9)*step
	return ticked(s, step, format)
}

// exactAxis leaves the span as it is.
func exactAxis(s Span, ticks float64, format func(float64) string) axis {
	return ticked(s, roundStep((s.To-s.From)/ticks), format)
}

func ticked(s Span, step float64, format func(float64) string) axis {
	a := axis{Span: s}
	for i := math.Ceil(s.From/step - 1e-9); i*step <= s.To+step*1e-9 && len(a.ticks) < 50; i++ {
		v := i * step
		if i == 0 {
			v = 0
		}
		label := format(v)
		if n := len(a.labels); n > 0 && a.labels[n-1] == label {
			continue // the format has fewer digits than there are ticks
		}
		a.ticks, a.labels = append(a.ticks, v), append(a.labels, label)
	}
	if !slices.ContainsFunc(a.labels, func(l string) bool { return !strings.HasSuffix(l, ".0%") && l != "100%" }) {
		for i, l := range a.labels {
			a.labels[i] = strings.Replace(l, ".0%", "%", 1)
		}
	}
	return a
}

// roundStep returns the least of 1, 2 and 5 times a power of ten that is not below v.
func roundStep(v float64) float64 {
	if !(v > 0) || math.IsInf(v, 0) {
		return 1
	}
	base := math.Pow(10, math.Floor(math.Log10(v)))
	for _, k := range []float64{1, 2, 5} {
		if base*k >= v*(1-1e-9) {
			return base * k
		}
	}
	return base * 10
}

// share returns where a value lies on the axis, 0 to 1.
func (a axis) share(v float64) float64 {
	return min(max((v-a.From)/(a.To-a.From), 0), 1)
}

// short returns a number in at most four digits.
func short(v float64) string {
	if a := math.Abs(v); v != 0 && (a < 1e-3 || a >= 1e6) {
		return strconv.FormatFloat(v, 'g', 3, 64)
	}
	return strconv.FormatFloat(math.Round(v*1e4)/1e4, 'f', -1, 64)
}

package classify

import (
	"math"
	"slices"
	"time"

	"tenfold/wasm/ui/desk"
)

// glideTime is how long the bars take to a new value.
const glideTime = 120 * time.Millisecond

// glide leads the bars to the newest answer.
type glide struct {
	from, shown []float64
	since       time.Time
}

// to begins to lead the bars to the answer that has come.
func (g *glide) to(d *desk.Desk) {
	probs := d.Network.Probs
	if d.Calm || d.View != name || len(g.shown) != len(probs) {
		g.shown = slices.Clone(probs)
		return
	}
	g.from, g.since = slices.Clone(g.shown), d.Now
}

// Move implements view.Moving.
func (v *View) Move(now time.Time) bool {
	g, probs := &v.glide, v.desk.Network.Probs
	if len(probs) == 0 || slices.Equal(g.shown, probs) {
		return false
	}
	t := float64(now.Sub(g.since)) / float64(glideTime)
	if t >= 1 || v.desk.Calm || len(g.from) != len(probs) {
		g.shown = slices.Clone(probs)
		return true // once more, so that the end is shown
	}
	t = 1 - math.Pow(1-max(t, 0), 3)
	for i := range g.shown {
		g.shown[i] = g.from[i] + (probs[i]-g.from[i])*t
	}
	return true
}

// bars returns the shares that the bars show: those of the answer, or on the way to them.
func (v *View) bars() []float64 {
	if probs := v.desk.Network.Probs; v.desk.Calm || len(v.glide.shown) != len(probs) {
		return probs
	}
	return v.glide.shown
}

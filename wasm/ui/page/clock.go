package page

import (
	"math"
	"slices"
	"time"
)

// Tick moves the clock. It says how long the page can be left alone until the next
// Tick, unless something happens: 0 while something moves by itself, and Forever if
// nothing is awaited.
func (p *Page) Tick(now time.Time) time.Duration {
	p.At(now)
	p.refresh()
	p.Report(p.link.watch(now))
	silent := p.watchTrainer(now)
	if p.moveBars() {
		return 0
	}
	return min(p.link.wait(now), silent)
}

// asleep is how long the page is left alone at most, unless the computer sleeps. A hidden
// tab has its turn once a minute.
const asleep = 3 * time.Minute

// At tells the time, before anything happens at it. While the computer slept nobody could
// be waited for; and a clock that was set back would have one wait too long.
func (p *Page) At(now time.Time) {
	if gap := now.Sub(p.now); !p.now.IsZero() && (gap > asleep || gap < 0) {
		for _, t := range []*time.Time{&p.link.since, &p.train.heard, &p.train.told, &p.glide} {
			*t = t.Add(gap)
		}
	}
	p.now = now
}

// Forever is longer than any page lives.
const Forever = time.Duration(math.MaxInt64)

// barTime is how long the bars take to a new value.
const barTime = 120 * time.Millisecond

func (p *Page) moveBars() bool {
	if slices.Equal(p.shown, p.probs) {
		return false
	}
	t := float64(p.now.Sub(p.glide)) / float64(barTime)
	if t >= 1 || p.calm || p.view != "classify" {
		p.shown = slices.Clone(p.probs)
		return false
	}
	t = 1 - math.Pow(1-max(t, 0), 3)
	p.shown = make([]float64, len(p.probs))
	for i := range p.shown {
		p.shown[i] = p.from[i] + (p.probs[i]-p.from[i])*t
	}
	return true
}

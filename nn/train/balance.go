package train

import (
	"math"
	"slices"
	"time"
)

// balance cuts batches so that a team's workers are all done at the same time. Cores
// differ, one that something else uses is slower for a while, and the leader has more to do
// than its share.
type balance struct {
	paces  map[Helper]*recent // seconds a picture; the leader's is that of nil
	beside recent             // seconds of a step in which the leader does something else
	last   time.Time          // when the newest step ended
}

// recent are the last measurements of something, of about two seconds. Who follows fewer is
// late for each burst of what else a machine does; their median bears it.
type recent struct {
	last [64]float64
	n    int
}

func (r *recent) add(v float64) {
	r.last[r.n%len(r.last)] = v
	r.n++
}

// median is 0 while so little was measured that one odd value would tell.
func (r *recent) median() float64 {
	if r == nil || r.n < 3 {
		return 0
	}
	all := r.last
	v := all[:min(r.n, len(all))]
	slices.Sort(v)
	return v[(len(v)-1)/2]
}

// took notes how long a worker took for the given number of pictures. 0 seconds means
// less than its clock can tell.
func (b *balance) took(h Helper, pictures int, seconds float64) {
	if seconds <= 0 {
		return
	}
	if b.paces == nil {
		b.paces = map[Helper]*recent{}
	}
	if b.paces[h] == nil {
		b.paces[h] = &recent{}
	}
	b.paces[h].add(seconds / float64(pictures))
}

// forget forgets a helper that is lost.
func (b *balance) forget(h Helper) { delete(b.paces, h) }

// stepped notes the end of a step that the leader was so long at its share, or waiting.
func (b *balance) stepped(share time.Duration) {
	now := time.Now()
	if !b.last.IsZero() {
		b.beside.add((now.Sub(b.last) - share).Seconds())
	}
	b.last = now
}

// bounds divides n pictures among the leader and fewer than n helpers: the i-th of them has
// those from the i-th bound to the next, at least one.
func (b *balance) bounds(n int, helpers []Helper) []int {
	speeds, all := make([]float64, len(helpers)+1), 0.0 // pictures a second
	for i := range speeds {
		var h Helper
		if i > 0 {
			h = helpers[i-1]
		}
		speeds[i] = 1 / b.paces[h].median()
		all += speeds[i]
	}
	beside := b.beside.median()
	if math.IsInf(all, 1) { // somebody is new: for now they count as alike
		beside, all = 0, float64(len(speeds))
		for i := range speeds {
			speeds[i] = 1
		}
	}
	until := (float64(n) + beside*speeds[0]) / all // when all are done
	own := max(until-beside, 0) * speeds[0]
	bounds, at := []int{0}, own
	for i := range speeds {
		left := len(speeds) - 1 - i
		bounds = append(bounds, min(max(int(math.Round(at)), bounds[i]+1), n-left))
		if left > 0 {
			at += (float64(n) - own) * speeds[i+1] / (all - speeds[0])
		}
	}
	return bounds
}

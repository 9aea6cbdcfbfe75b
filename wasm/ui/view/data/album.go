package data

import (
	"image"
	"math/rand/v2"
	"slices"

	"tenfold/nn/picture"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
)

// album is what is at hand of the library's pictures, ready to be painted. Update makes it.
type album struct {
	what   string             // the data set
	of     *protocol.Surveyed // nil before it is there
	in     task.Shape
	counts []int         // of each class
	means  []*image.RGBA // of each class; nil where there is none
	shown  []int         // the numbers of the pictures that are shown, or can be scrolled to
	by     selection
	photos map[int]*image.RGBA // of those in sight and around
}

// selection is what shown depends on.
type selection struct {
	of      *protocol.Surveyed
	class   int
	ordered bool
	draws   uint64
}

// few is how many pictures are drawn at random, as the tutorial shows them.
const few = 16

// At most so many pictures are in sight at once, with a row above and below, and so many
// before those are at hand.
const (
	mostInSight = 120
	behind      = 24
)

// gather brings the album up to date with the library.
func (v *View) gather() {
	l, a := v.desk.Library, &v.album
	of := l.Task()
	if s := l.Survey(v.what); s != a.of {
		if s == nil && v.stays() {
			return
		}
		*a = album{what: v.what, of: s, in: of.Input, counts: make([]int, len(of.Classes)), photos: map[int]*image.RGBA{}}
		if s == nil {
			return
		}
		for _, label := range s.Labels {
			if int(label) < len(a.counts) {
				a.counts[label]++
			}
		}
		a.means = make([]*image.RGBA, len(of.Classes))
		for i := range min(len(a.means), len(s.Means)) {
			a.means[i] = unfold(s.Means[i], of.Input)
		}
		if v.chosen >= len(s.Labels) {
			v.chosen = len(s.Labels) - 1
		}
	}
	if v.class >= len(of.Classes) {
		v.class = -1
	}
	if by := (selection{a.of, v.class, v.ordered, v.draws}); a.of != nil && by != a.by {
		a.by, a.shown = by, choose(a.of.Labels, by, v.seed)
	}
	v.at = max(min(v.at, len(a.shown)-1), 0)
}

// stays reports whether what there is of the set is shown until it is known what there is now:
// after one picture of many was deleted, nothing flickers.
func (v *View) stays() bool {
	l, a := v.desk.Library, &v.album
	return a.what == v.what && l.Has(v.what) > 0 && slices.Equal(a.in, l.Task().Input) && len(a.counts) == len(l.Task().Classes)
}

// choose returns the numbers of the pictures that a selection shows.
func choose(labels []byte, by selection, seed uint64) (shown []int) {
	for i, label := range labels {
		if by.class < 0 || int(label) == by.class {
			shown = append(shown, i)
		}
	}
	if by.ordered {
		return shown
	}
	rng := rand.New(rand.NewPCG(seed, by.draws))
	n := min(few, len(shown))
	for i := range n {
		j := i + rng.IntN(len(shown)-i)
		shown[i], shown[j] = shown[j], shown[i]
	}
	return shown[:n:n]
}

// wanted are the numbers of the pictures that may be in sight, and of the enlarged one. How
// many are in sight depends on the window: it is never more than this.
func (v *View) wanted() []int {
	a := &v.album
	if a.of == nil || a.of != v.desk.Library.Survey(v.what) { // its numbers are those of before
		return nil
	}
	to := min(v.at+mostInSight, len(a.shown))
	from := max(min(v.at, to-mostInSight)-behind, 0) // the last page begins before its last picture
	if !v.ordered {
		from, to = 0, len(a.shown)
	}
	want := append([]int(nil), a.shown[from:to]...)
	if i := v.current(); i >= 0 {
		want = append(want, i)
	}
	return want
}

// unfold makes images of the pictures that have come, and drops those out of sight.
func (v *View) unfold() {
	a := &v.album
	if a.of != v.desk.Library.Survey(v.what) {
		return
	}
	near := make(map[int]*image.RGBA, len(a.photos))
	for _, i := range v.wanted() {
		img := a.photos[i]
		if img == nil {
			img = unfold(v.desk.Library.Photo(v.what, i), a.in)
		}
		if img != nil {
			near[i] = img
		}
	}
	a.photos = near
}

// unfold makes an image of bytes; nil if they have another shape.
func unfold(pixels []byte, in task.Shape) *image.RGBA {
	if len(in) != 3 || len(pixels) == 0 || len(pixels) != in.Size() {
		return nil
	}
	return picture.Enlarge(pixels, in)
}

// label is the class of a picture of the set, -1 if that is not known.
func (v *View) label(i int) int {
	if s := v.album.of; s != nil && i >= 0 && i < len(s.Labels) {
		return int(s.Labels[i])
	}
	return -1
}

// className is what the class of a picture is called.
func (v *View) className(i int) string { return v.desk.Library.Class(v.label(i)) }

package data

import (
	"slices"

	"tenfold/nn/picture"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/desk"
)

// point is a pixel of a picture.
type point struct{ x, y int }

var nowhere = point{-1, -1}

// question is what the network is asked about: a picture of a survey, by a network.
type question struct {
	of     *protocol.Surveyed
	index  int
	models int
}

// answer is what the network says of a picture.
type answer struct {
	to    question
	probs []float32
}

// current is the number of the picture that is enlarged, -1 for none.
func (v *View) current() int {
	switch {
	case v.chosen >= 0:
		return v.chosen
	case len(v.album.shown) > 0:
		return v.album.shown[0]
	}
	return -1
}

// pixels are those of the enlarged picture, nil while they are on their way.
func (v *View) pixels() []byte { return v.desk.Library.Photo(v.what, v.current()) }

// enlarge shows a picture large.
func (v *View) enlarge(index int) {
	v.chosen, v.pixel = index, nowhere
	v.desk.Library.Again()
}

// beside enlarges the picture so many places on, round in a circle, and scrolls it into sight.
func (v *View) beside(step int, g gridding) {
	shown := v.album.shown
	if len(shown) == 0 {
		return
	}
	at := slices.Index(shown, v.current())
	if at < 0 {
		at = -step // to the first one
	}
	at = (at + step + len(shown)) % len(shown)
	v.enlarge(shown[at])
	if v.ordered {
		v.at, v.above = g.reveal(v.at, v.above, at)
	}
}

// askNetwork asks what the network in use says of the enlarged picture.
func (v *View) askNetwork() []protocol.Command {
	n := v.desk.Network
	pixels := v.pixels()
	if pixels == nil || n.Loaded == nil {
		return nil
	}
	if in := n.Task().Input; !slices.Equal(in, v.album.in) { // as Classify would show it
		if len(in) != 3 {
			return nil
		}
		pixels = picture.New(picture.Enlarge(pixels, v.album.in), "").Pixels(in)
	}
	var c protocol.Classify
	if about := v.about(); v.says.Want(about, func() uint64 {
		c = protocol.Classify{ID: n.Serial(), Pictures: pixels}
		return c.ID
	}) {
		v.asked = about
		return []protocol.Command{c}
	}
	return nil
}

func (v *View) about() question {
	return question{v.album.of, v.current(), v.desk.Network.Models}
}

// probs are what the network in use says of the enlarged picture, nil before it has.
func (v *View) probs() []float32 {
	if a := v.says.Answer(); a != nil && a.to == v.about() && len(a.probs) == len(v.desk.Network.Task().Classes) {
		return a.probs
	}
	return nil
}

// classify takes the enlarged picture to the Classify view.
func (v *View) classify() {
	d := v.desk
	err := d.Subject.ShowTest(d.Library.Task(), v.pixels(), v.label(v.current()))
	if d.Report(err); err == nil {
		d.Show(desk.Classify)
	}
}

// remove deletes the enlarged one of the person's own pictures. The next one takes its place.
func (v *View) remove() {
	l, i := v.desk.Library, v.current()
	v.removed = &protocol.Labelled{Picture: v.pixels(), Class: v.label(i)}
	v.chosen, v.pixel, v.removing = i, nowhere, l.Has(task.Mine)
	v.drop = &protocol.Drop{Index: i}
}

// putBack puts the picture that was deleted last back.
func (v *View) putBack() {
	l := v.desk.Library
	l.Add(l.Task(), v.removed.Picture, v.removed.Class)
	v.removed = nil
}

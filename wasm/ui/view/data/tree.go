package data

import (
	"fmt"

	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/part"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// Widths in units of the room from which on the cards lie beside each other.
const (
	twoColumns   = 600
	threeColumns = 860
)

const gap = 12.0

// Tree implements view.View.
func (v *View) Tree(w, h float64) widget.Node {
	switch {
	case v.nothing():
		return widget.Column{Gap: gap, Items: []widget.Node{v.bar(w, gridding{}), v.emptyCard(w, h)}}
	case w >= threeColumns:
		return v.wide(w, h)
	case w >= twoColumns:
		return v.medium(w, h)
	}
	return v.narrow(w, h)
}

// wide is the view on a laptop: classes, pictures, one picture.
func (v *View) wide(w, h float64) widget.Node {
	const bar = theme.Touch
	left, right := min(max(w*0.24, 240), 320), min(max(w*0.27, 300), 400)
	cards := h - bar - gap
	if cards < compactBelow {
		right = min(max(w*0.3, 300), 420)
	}
	middle := w - left - right - 2*theme.Gap
	g := v.gridding(middle-2*theme.Pad, cards)
	return widget.Column{Gap: gap, Items: []widget.Node{
		v.bar(w, g),
		widget.Stretch(widget.Row{Gap: theme.Gap, Items: []widget.Node{
			widget.Fixed(left, v.classesCard(0)),
			widget.Fixed(middle, v.gallery(g)),
			widget.Fixed(right, v.onePicture(right-2*theme.Pad, cards, g)),
		}},
		),
	}}
}

// medium is the view on a tablet: pictures and one of them, the classes below.
func (v *View) medium(w, h float64) widget.Node {
	right := min(w*0.42, 330)
	left := w - right - gap
	cards := max(h*0.66, 580)
	g := v.gridding(left-2*theme.Pad, cards)
	return widget.Column{Gap: gap, Items: []widget.Node{
		v.bar(w, g),
		widget.Row{Gap: gap, Items: []widget.Node{widget.Fixed(left, v.gallery(g)), widget.Fixed(right, v.onePicture(right-2*theme.Pad, cards, g))}},
		widget.Stretch(v.classesCard(0)),
	}}
}

// narrow is the view on a phone: the picture that is enlarged lies above those that one
// presses, small, so that one sees what pressing does.
func (v *View) narrow(w, h float64) widget.Node {
	in := w - 2*theme.Pad
	g := v.gridding(in, max(h*0.8, 400))
	return widget.Column{Gap: gap, Items: []widget.Node{
		v.bar(w, g),
		v.classSelect(),
		v.onePicture(in, 0, g),
		v.gallery(g),
		v.classesCard(classRows * theme.Touch),
	}}
}

// nothing reports whether there are no pictures to show, at all or not yet.
func (v *View) nothing() bool { return v.album.of == nil || len(v.album.of.Labels) == 0 }

// bar chooses the data set and says what is shown of it.
func (v *View) bar(w float64, g gridding) widget.Node {
	var sets []widget.Node
	for _, s := range part.Sets {
		b := widget.Button{ID: "data-" + s.What, Label: s.Name(), Toggle: true, Pressed: v.what == s.What, Do: func() { v.show(s.What) }}
		b.Long = fmt.Sprintf(words.Data.SetEmptyTip, s.Name())
		if n := v.desk.Library.Has(s.What); n > 0 {
			b.Long = fmt.Sprintf(words.Data.SetTip, s.Name(), figure.Things(n, words.Nouns.Picture))
		}
		sets = append(sets, b)
	}
	status := widget.Text{ID: "data-status", Text: v.status(g), Quiet: true, Live: true}
	row := widget.Row{Gap: theme.Grid, Wrap: true, Items: sets}
	var body widget.Node = widget.Column{Gap: theme.Grid, Items: []widget.Node{row, status}}
	if w >= threeColumns && len(sets) <= 5 {
		status.Align, status.Lines = paint.Right, 2
		for i := range sets {
			sets[i] = widget.Hug(sets[i])
		}
		body = widget.Row{Gap: theme.Grid, Items: append(sets, widget.Flex(1, status))}
	}
	return widget.Card{Name: "data-bar", Bare: true, Ground: widget.Flat, Body: body}
}

// status says what is shown.
func (v *View) status(g gridding) string {
	t, l, a := &words.Data, v.desk.Library, &v.album
	if s := l.Stored; s != nil && s.Coming != "" {
		return v.coming()
	}
	name := part.SetName(v.what)
	switch {
	case l.Stored != nil && l.Has(v.what) == 0:
		return fmt.Sprintf(t.NoneHere, name)
	case !l.Started():
		return t.NotRunning
	case a.of == nil:
		return t.Looking
	case len(a.of.Labels) == 0:
		return fmt.Sprintf(t.NoneHere, name)
	}
	of := t.OfAll
	if v.class >= 0 {
		of = fmt.Sprintf(t.OfClass, l.Class(v.class))
	}
	h, w := a.size()
	text := fmt.Sprintf(t.Status, name, figure.Things(len(a.of.Labels), words.Nouns.Picture), w, h)
	switch {
	case !v.ordered && len(a.shown) > 0 && len(a.shown) < few:
		return text + fmt.Sprintf(t.AllOf, figure.Count(len(a.shown)), of)
	case !v.ordered:
		return text + fmt.Sprintf(t.Drawn, figure.Count(len(a.shown)), of)
	}
	if g.n == 0 {
		return text + t.NoneToShow
	}
	from, until := g.seen(g.offset(v.at, v.above))
	return text + fmt.Sprintf(t.InOrder, figure.Count(from+1), figure.Count(until), figure.Count(g.n), of)
}

// coming is how far what is being read is.
func (v *View) coming() string {
	s := v.desk.Library.Stored
	done := figure.Megabytes(float64(s.Done))
	if s.Total > 0 {
		return fmt.Sprintf(words.Data.Coming, s.Coming, done, figure.Megabytes(float64(s.Total)))
	}
	return fmt.Sprintf(words.Data.ComingUnknown, s.Coming, done)
}

// size is that of a picture, in pixels.
func (a *album) size() (h, w int) {
	if len(a.in) != 3 {
		return 1, 1
	}
	return a.in[0], a.in[1]
}

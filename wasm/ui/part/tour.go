package part

import (
	"fmt"

	"tenfold/wasm/ui/desk"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// Tour returns the short tour's present step as a small card, or on a first visit a line that
// offers it; nil if there is neither. It belongs at the lower edge, in its own room.
func Tour(d *desk.Desk) widget.Node {
	t := &words.Tour
	switch {
	case d.Presenting || d.Tour == 0 || d.Tour > len(t.Steps):
		return nil
	case d.Tour == desk.TourOffered:
		return tourCard(widget.Text{ID: "tour-offer", Text: t.Offer},
			widget.Button{ID: "tour-start", Label: t.Start, Do: func() { StartTour(d) }},
			widget.Button{ID: "tour-skip", Label: t.Decline, Plain: true, Do: func() { d.Tour = 0 }})
	}
	step := t.Steps[d.Tour-1]
	next := widget.Button{ID: "tour-next", Label: t.Next, Primary: true, Do: func() { d.Tour++; showStep(d) }}
	buttons := []widget.Node{next, widget.Button{ID: "tour-skip", Label: t.Skip, Plain: true, Do: func() { d.Tour = 0 }}}
	if d.Tour == len(t.Steps) {
		next.Label, next.Do = t.Finish, func() { d.Tour = 0 }
		buttons = []widget.Node{next}
	}
	return tourCard(widget.Column{Items: []widget.Node{
		widget.Text{ID: "tour-step", Text: fmt.Sprintf(t.Of, d.Tour, len(t.Steps)) + ": " + step.Title, Size: theme.Small, Quiet: true},
		widget.Text{ID: "tour-says", Text: step.Says, Live: true},
	}}, buttons...)
}

// StartTour begins the tour, or begins it again.
func StartTour(d *desk.Desk) {
	d.Tour = 1
	showStep(d)
}

// showStep goes to the view that the present step speaks of.
func showStep(d *desk.Desk) { d.Show(words.Tour.Steps[d.Tour-1].View) }

// tourCard puts buttons beside the text, or below it on a phone.
func tourCard(says widget.Node, buttons ...widget.Node) widget.Node {
	press := widget.Row{Gap: theme.Grid}
	for _, b := range buttons {
		press.Items = append(press.Items, widget.Hug(b))
	}
	row := widget.Row{Gap: theme.Grid, Wrap: true, Items: []widget.Node{
		widget.Flex(1, widget.Column{Items: []widget.Node{says, widget.Space{W: tourLeast}}}), widget.Hug(press),
	}}
	return widget.Card{Name: "tour", Ground: widget.Inked, Bare: true, Body: widget.Column{Items: []widget.Node{
		widget.Space{H: theme.Grid}, widget.Row{Items: []widget.Node{widget.Space{W: 12}, widget.Flex(1, row), widget.Space{W: 6}}}, widget.Space{H: theme.Grid},
	}}}
}

// tourLeast is how wide what is said is at least, in units.
const tourLeast = 230

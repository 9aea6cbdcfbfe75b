package classify

import (
	"math"
	"slices"

	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/network"
	"tenfold/wasm/ui/part"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// Sizes of type for those who sit far from the screen.
const (
	farDisplay = 60
	farHeading = 32
	farBody    = 22
)

// presenter returns the view for a room: the pad, and what the pretrained network and the fine-tuned
// one make of the picture.
func (v *View) presenter(w, h float64) widget.Node {
	low := h < tall
	d := v.desk
	side := v.padSide(w*0.39, h)
	left := v.padColumn(side)
	used := side + gap
	if low {
		side = math.Floor(min(h-near-theme.Touch, w*0.36))
		left = widget.Row{Gap: gap, Top: true, Items: v.padAndTools(side)}
		used = side + toolColumn + 2*gap
	}
	each := math.Floor((w - used - gap) / 2)
	room := h - theme.Touch - gap
	using := answer{d.Network.Probs, v.bars()}
	opening := words.Network.Kinds[network.Opening]
	first, second := v.networkCard("present-pretrained", opening, using, each, room), v.noTuned()
	if d.Network.Using != network.Opening {
		first = v.networkCard("present-pretrained", opening, answer{d.Network.Beside, d.Network.Beside}, each, room)
		second = v.networkCard("present-tuned", part.NetworkName(d, d.Network.Using), using, each, room)
	}
	return widget.Row{Gap: gap, Top: true, Items: []widget.Node{
		widget.Fixed(used-gap, left),
		widget.Column{Gap: gap, Items: []widget.Node{
			widget.Stretch(widget.Row{Gap: gap, Items: []widget.Node{first, second}}),
			v.presenterButtons(),
		}},
	}}
}

// answer is what a network makes of the picture, and what its bars show on the way there.
type answer struct{ probs, shares []float64 }

// networkCard returns one network's answer, w units wide and h high, in words and as bars.
func (v *View) networkCard(id, title string, a answer, w, h float64) widget.Node {
	d, t := v.desk, &words.Classify
	items := []widget.Node{widget.Heading{Text: title, Size: farBody}}
	inner := w - 2*theme.Pad
	switch {
	case d.Subject.Empty():
		items = append(items, widget.Text{ID: id, Text: t.Empty, Size: farBody, Quiet: true})
	case len(a.probs) == 0:
		items = append(items, widget.Text{ID: id, Text: t.Looking, Size: farBody, Quiet: true})
	default:
		top := part.Order(a.probs)[0]
		class := d.Network.Class(top)
		size := float64(farDisplay)
		if h < tall-80 {
			size = 40
		}
		classes, _ := shownClasses(a.probs)
		classes = classes[:min(len(classes), mostBars)]
		rows := max(len(classes), 1)
		size = fitted(class, inner, size)
		left := h - 2*theme.Pad - 31 - 1.4*size - 45 - 4*8
		far := min(max(math.Floor(left/float64(rows)/2), theme.Note), farBody)
		items = append(items,
			widget.Heading{ID: id, Text: class, Size: size},
			widget.Row{Gap: 12, Items: []widget.Node{
				widget.Hug(widget.Text{ID: id + "-share", Text: figure.Chance(a.probs[top]), Size: farHeading, Mono: true}),
				widget.Text{ID: id + "-sure", Text: v.sure(a), Size: farBody, Quiet: true, Lines: 1},
			}},
			widget.Stretch(v.farBars(id, a, classes, far)),
		)
	}
	return widget.Card{Name: id, Body: widget.Column{Gap: 8, Items: items}}
}

// sure is how sure a network is.
func (v *View) sure(a answer) string {
	if d := v.desk; part.Doubted(d) && slices.Equal(a.probs, d.Network.Probs) {
		return words.Part.None
	}
	return part.Sure(slices.Max(a.probs))
}

// farBars returns a network's bars in large type.
func (v *View) farBars(id string, a answer, classes []int, size float64) widget.Node {
	top := part.Order(a.probs)
	all := widget.Bars{ID: id + "-bars", Size: size}
	for _, i := range classes {
		all.Rows = append(all.Rows, widget.Bar{
			Name: v.desk.Network.Class(i), Text: figure.Chance(a.probs[i]), Share: math.Round(a.shares[i]*1024) / 1024,
			Color: part.Tone(v.desk, i), Strong: slices.Contains(top[:min(3, len(top))], i) && a.probs[i] >= 0.005,
		})
	}
	return all
}

// noTuned stands in place of the fine-tuned network's answer.
func (v *View) noTuned() widget.Node {
	d, t := v.desk, &words.Classify
	buttons := []widget.Node{widget.Button{ID: "present-train", Label: t.TrainOne, Icon: "train", Primary: true, Do: func() { d.Show("train") }}}
	if d.Library.HasWeights(d.Library.Last) {
		buttons = append(buttons, widget.Button{ID: "train-last", Label: t.LoadLast, Do: func() { d.Recall("last") }})
	}
	return widget.Card{Name: "present-tuned", Body: widget.Column{Gap: 16, Items: []widget.Node{
		widget.Heading{Text: t.Tuned, Size: farBody},
		widget.Text{ID: "present-tuned", Text: t.NoTuned, Size: farBody, Quiet: true},
		widget.Row{Gap: 8, Wrap: true, Items: buttons},
	}}}
}

// presenterButtons belong to the mode.
func (v *View) presenterButtons() widget.Node {
	d, t := v.desk, &words.Classify
	return widget.Card{Name: "presenter", Ground: widget.Flat, Bare: true, Body: widget.Row{Gap: gap, Items: []widget.Node{
		widget.Button{ID: "reset", Label: t.StartOver, Long: t.StartOverLong, Key: "x", Do: d.Reset},
		widget.Button{ID: "present-stop", Label: t.StopPresenting, Long: t.StopsLong, Do: func() { d.Presenting = false }},
	}}}
}

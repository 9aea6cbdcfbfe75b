package classify

import (
	"fmt"
	"math"

	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// gap is between cards, and near between a card and what belongs to it.
const (
	gap  = theme.Gap
	near = 12
)

// bare returns a panel without a ground.
func bare(name string, n widget.Node) widget.Node {
	return widget.Card{Name: name, Ground: widget.Flat, Bare: true, Body: n}
}

// intro says what the page is.
func (v *View) intro(size float64) widget.Node {
	w := &words.Classify
	text := w.IntroEmpty
	if n := len(v.desk.Network.Task().Classes); n > 0 {
		text = fmt.Sprintf(w.Intro, figure.Spelled(n))
	}
	return bare("intro", widget.Text{ID: "intro", Text: text, Size: size, Quiet: true})
}

// introHeight is that of one line.
const introHeight = 22

// columns returns the view of a laptop: the pad with its tools, what the network sees, the answer.
func (v *View) columns(w, h float64) widget.Node {
	h -= introHeight + near
	side := v.padSide(w*0.42, h)
	mid := math.Floor(min(max((w-side)*0.4, 240), 320))
	right := w - side - mid - 2*gap
	return widget.Column{Gap: near, Items: []widget.Node{
		v.intro(theme.Body),
		widget.Stretch(widget.Row{Gap: gap, Top: true, Items: []widget.Node{
			widget.Fixed(side, v.padColumn(side)),
			widget.Fixed(mid, v.middleColumn(w, mid, h)),
			widget.Fixed(right, v.answerCard(right, theme.Display, true)),
		}}),
	}}
}

// padSide returns the side of the pad over its tools, at most so wide, in a room h units high.
func (v *View) padSide(most, h float64) float64 {
	side := math.Floor(min(h-near-toolsHeight(500), most))
	if toolsHeight(side) > toolsHeight(500) {
		side = min(side, h-near-toolsHeight(side))
	}
	return max(side, 240)
}

// padColumn returns the pad with its tools under it.
func (v *View) padColumn(side float64) widget.Node {
	return widget.Column{Gap: near, Items: []widget.Node{v.padNode(), v.toolsCard(side, true)}}
}

// middleColumn returns what the network sees, the samples and the network, as high as h if it can be.
func (v *View) middleColumn(all, w, h float64) widget.Node {
	inner := w - 2*theme.Pad
	_, samples := sampleGrid(w)
	rest := 2*gap + 112 + samples + 66 + 126 // all but the pixels
	side := max(min(inner, 256, h-rest), 128)
	return widget.Column{Gap: gap, Items: []widget.Node{v.sees(side), v.samples(w), widget.Stretch(v.network())}}
}

// toolColumn is the width of the tools beside the pad.
const toolColumn = 4*theme.Touch + 3*8

// lowColumns returns the view of a window with little height: the tools are beside the pad.
func (v *View) lowColumns(w, h float64) widget.Node {
	const mid, right = 284, 340
	three := w-toolColumn-mid-right-3*gap >= 380
	room := w - toolColumn - right - 2*gap
	if three {
		room -= mid + gap
	}
	side := math.Floor(min(h-near-theme.Touch, room))
	rest := w - side - toolColumn - 2*gap
	row := widget.Row{Gap: gap, Top: true, Items: v.padAndTools(side)}
	if !three {
		row.Items = append(row.Items, widget.Fixed(rest, v.answerCard(rest, 36, false)))
		return widget.Column{Gap: gap, Items: []widget.Node{row, v.intro(theme.Note), v.below(w)}}
	}
	rest -= mid + gap
	row.Items = append(row.Items,
		widget.Fixed(mid, widget.Column{Gap: near, Items: []widget.Node{v.intro(theme.Small), v.sees(160), v.samples(mid), widget.Stretch(v.network())}}),
		widget.Fixed(rest, v.answerCard(rest, 36, false)),
	)
	return row
}

// padAndTools returns the pad with the sources under it, and the tools beside it.
func (v *View) padAndTools(side float64) []widget.Node {
	return []widget.Node{
		widget.Fixed(side, widget.Column{Gap: near, Items: []widget.Node{v.padNode(), bare("sources", v.sources(side))}}),
		widget.Fixed(toolColumn, v.toolsCard(toolColumn, false)),
	}
}

// below returns what the network sees, the samples and the network side by side.
func (v *View) below(w float64) widget.Node {
	return widget.Row{Gap: gap, Items: []widget.Node{
		widget.Fixed(math.Floor(w*0.36), v.sees(min(math.Floor(w*0.36)-2*theme.Pad, 192))),
		widget.Column{Gap: gap, Items: []widget.Node{v.samples(w * 0.6), widget.Stretch(v.network())}},
	}}
}

// tablet has the pad and the answer side by side, all else below.
func (v *View) tablet(w, h float64) widget.Node {
	side := math.Floor(min(w*0.56, max(h-introHeight-near-toolsHeight(w*0.56), 240)))
	right := w - side - gap
	return widget.Column{Gap: near, Items: []widget.Node{
		v.intro(theme.Note),
		widget.Row{Gap: gap, Top: true, Items: []widget.Node{
			widget.Fixed(side, v.padColumn(side)),
			widget.Fixed(right, v.answerCard(right, 36, true)),
		}},
		v.below(w),
	}}
}

// onItsSide is the view of a phone on its side: the pad is as high as the room, or a little less
// where the tools are beside it then. So is the answer, and the bars scroll by themselves.
func (v *View) onItsSide(w, h float64) widget.Node {
	const right, liked = 192, 240 // the answer's
	side := math.Floor(min(max(h, 176), w-right-gap))
	room := w - toolColumn - 2*gap // for pad and answer, with the tools between them
	least := 0.9 * side
	beside := room-right >= least
	if beside {
		side = math.Floor(max(min(side, room-liked), least))
	}
	rest := w - side - gap
	pad := widget.Fixed(side, v.padNode())
	if beside {
		rest -= toolColumn + gap
		return widget.Column{Gap: near, Items: []widget.Node{
			widget.Row{Gap: gap, Top: true, Items: []widget.Node{pad, widget.Fixed(toolColumn, v.toolsCard(toolColumn, false)), widget.Fixed(rest, v.scrolled(rest, side))}},
			bare("sources", v.sources(w)),
			v.intro(theme.Note), v.notesCard(), v.below(w),
		}}
	}
	return widget.Column{Gap: near, Items: []widget.Node{
		widget.Row{Gap: gap, Top: true, Items: []widget.Node{pad, widget.Fixed(rest, v.scrolled(rest, side))}},
		v.toolsCard(w, true),
		v.intro(theme.Note), v.notesCard(), v.below(w),
	}}
}

// scrolled returns the answer where there is little height: h units.
func (v *View) scrolled(w, h float64) widget.Node {
	c := widget.Column{Gap: 4, Items: []widget.Node{v.headline(w-2*theme.Pad, theme.Title)}}
	switch bars := v.probabilities(); {
	case bars != nil:
		c.Items = append(c.Items, widget.Stretch(v.scrolling(bars, max(h-84, theme.Touch))))
	case v.desk.Subject.Empty():
		c.Items = append(c.Items, widget.Text{ID: "answer-empty", Text: words.Classify.EmptyMore, Size: theme.Small, Quiet: true, Lines: 5})
	}
	return widget.Card{Name: "answer", Body: c}
}

// notesCard returns the notes where the answer has no room for them.
func (v *View) notesCard() widget.Node {
	if v.desk.Subject.Empty() {
		return nil
	}
	return widget.Card{Name: "notes", Body: widget.Column{Gap: 8, Items: v.notes()}}
}

// phone has everything below each other: the answer in words above the pad, where the hand
// does not hide it, and what one presses before what one reads.
func (v *View) phone(w, h float64) widget.Node {
	side := math.Floor(min(w, max(h-introHeight*2-64-toolsHeight(w)-4*8, 240)))
	var items []widget.Node
	items = append(items,
		v.intro(theme.Small),
		bare("headline", level(54, v.headline(w, 34))),
	)
	if side < w-1 {
		items = append(items, widget.Row{Items: []widget.Node{widget.Space{}, widget.Fixed(side, v.padNode()), widget.Space{}}})
	} else {
		items = append(items, v.padNode())
	}
	items = append(items, v.toolsCard(w, true))
	return widget.Column{Gap: 8, Items: append(items,
		v.answerCard(w, 0, false), v.samples(w), v.network(), v.sees(min(w-2*theme.Pad, 256)),
	)}
}

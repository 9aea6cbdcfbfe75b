package train

import (
	"fmt"
	"math"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// inside is what is seen of a run from within.
type inside struct {
	*protocol.Watched // as it was told last; nil before
	pictures          []thumbnail
	off               bool
}

// watched takes what can be seen.
func (v *View) watched(e protocol.Watched) {
	all := make([][]byte, len(e.Pictures))
	for i, p := range e.Pictures {
		all[i] = p.Picture
	}
	v.inside.Watched, v.inside.pictures = &e, thumbnails(v.inside.pictures, all, v.desk.Library.TaskOf(v.desk.Library.Run.Began.Job.Data, v.desk.Network.Task().Input).Input)
}

// insideCard shows the layers of the network that is being trained, and what it takes pictures for;
// without the means where the page is narrow.
func (v *View) insideCard(narrow bool) widget.Node {
	w, in := &words.Train, &v.inside
	show := widget.Button{ID: "train-inside-show", Label: w.InsideShow, Long: w.InsideLong, Toggle: true, Pressed: !in.off, Do: func() {
		in.off = !in.off
		v.desk.Library.Tell(protocol.Watch{On: !in.off})
	}}
	card := widget.Card{Name: "train-inside", Title: w.Inside, Aside: show}
	switch {
	case in.off:
		card.Body = widget.Text{Text: w.InsideOff, Quiet: true}
	case in.Watched == nil:
		card.Body = widget.Text{Text: w.InsideEmpty, Quiet: true}
	default:
		card.Body = widget.Column{Gap: theme.Grid, Items: []widget.Node{
			widget.Text{ID: "train-inside-share", Text: fmt.Sprintf(w.InsideShare, figure.Percent(in.Share)), Size: theme.Small, Quiet: true},
			v.fixed(),
			insideTable(in.Layers, narrow),
		}}
	}
	return card
}

// fixed are pictures that stay the same, with what the network takes them for now.
func (v *View) fixed() widget.Node {
	l, in := v.desk.Library, &v.inside
	var all []widget.Node
	for i, p := range in.Pictures[:min(len(in.Pictures), len(in.pictures), len(in.Class), len(in.Score))] {
		says := l.Class(in.Class[i])
		tone := widget.Accent
		if in.Class[i] != p.Class {
			tone = widget.Warning
		}
		name := fmt.Sprintf(words.Train.InsidePicture, l.Class(p.Class), says, figure.Chance(float64(in.Score[i])))
		all = append(all, widget.Image{Name: name, Long: name, Picture: in.pictures[i].image, Framed: true, Frame: tone, Caption: says})
	}
	return widget.Grid{MinCell: 64, Gap: 8, Items: all}
}

// insideTable lists the layers.
func insideTable(layers []task.Insight, narrow bool) widget.Node {
	w := &words.Train
	t := widget.Table{ID: "train-inside", Name: w.Inside, Columns: []widget.TableColumn{
		{Title: w.InsideLayer}, {Title: w.InsideWeights, Mono: true, Align: paint.Right}, {Title: w.InsideGradients, Mono: true, Align: paint.Right},
		{Title: w.InsideOutput, Mono: true, Align: paint.Right}, {Title: w.InsideDead, Mono: true, Align: paint.Right},
	}}
	spread := func(s task.Spread) string {
		if narrow {
			return "±" + short(s.Deviation)
		}
		return short(s.Mean) + " ± " + short(s.Deviation)
	}
	for _, l := range layers {
		row := []string{l.Layer, "", "", spread(l.Activations), ""}
		if l.Learns {
			row[1], row[2] = spread(l.Weights), spread(l.Gradients)
		}
		if l.Units > 0 {
			row[4] = figure.Whole(float64(l.Dead) / float64(l.Units))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// short writes a number in three figures.
func short(v float64) string {
	if a := math.Abs(v); a != 0 && (a < 0.001 || a >= 1000) {
		return fmt.Sprintf("%.0e", v)
	}
	return fmt.Sprintf("%.3g", v)
}

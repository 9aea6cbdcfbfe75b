package data

import (
	"fmt"
	"math"

	"tenfold/nn/task"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/part"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// emptyCard says what will be there, and offers what brings it.
func (v *View) emptyCard(w, h float64) widget.Node {
	t, l := &words.Data, v.desk.Library
	card := widget.Card{Name: "data-empty", Title: part.SetName(v.what)}
	var items []widget.Node
	switch {
	case l.Stored == nil && !l.Started():
		items = append(items, widget.Text{Text: t.NotRunning})
	case l.Stored == nil || l.Has(v.what) > 0 && v.album.of == nil:
		items = append(items, widget.Text{Text: t.Looking, Quiet: true})
	default:
		items = append(items, widget.Text{ID: "data-empty", Text: v.emptyWords(), Size: theme.Body})
		if p := v.progress(); p != nil && v.what != task.Mine {
			items = append(items, p)
		} else {
			items = append(items, v.ways()...)
		}
	}
	card.Body = widget.Column{Gap: theme.Gap, Items: items}
	if h > 560 {
		card.Body = widget.Column{Gap: theme.Gap, Items: append([]widget.Node{places()}, items...)}
	}
	return centred(min(w, emptyWidth), card)
}

// emptyWidth is that of the card where there are no pictures, in units: lines that can be read.
const emptyWidth = 680

// places are the places of pictures, still empty.
func places() widget.Node {
	const columns, rows = 8, 2
	return widget.Custom{Aspect: 2. / columns, Key: "data-places", Paint: func(c *paint.Canvas, r paint.Rect, th *theme.Theme) {
		cell := r.W / columns
		for i := range columns * rows {
			at := paint.Rect{X: r.X + float64(i%columns)*cell, Y: r.Y + float64(i/columns)*cell, W: cell, H: cell}
			c.Box(at.Inset(cell*0.06), 6, theme.Mix(th.Soft, th.Class(i%10), 0.12))
		}
	}}
}

// emptyWords say what will be there.
func (v *View) emptyWords() string {
	t := &words.Data
	switch v.what {
	case task.TestSet:
		return t.EmptyTest
	case task.TrainSet:
		return t.EmptyTrain
	case task.Mine:
		return t.EmptyMine
	}
	return fmt.Sprintf(t.EmptyOther, part.SetName(v.what))
}

// progress is how far what is being read is, nil if nothing is.
func (v *View) progress() widget.Node {
	s := v.desk.Library.Stored
	if s == nil || s.Coming == "" {
		return nil
	}
	share := math.NaN()
	if s.Total > 0 {
		share = float64(s.Done) / float64(s.Total)
	}
	return widget.Progress{ID: "data-coming", Label: v.coming(), Share: share}
}

// ways are the buttons that fill the data set.
func (v *View) ways() (all []widget.Node) {
	d, t := v.desk, &words.Data
	if v.what == task.Mine {
		buttons := []widget.Node{widget.Hug(widget.Button{ID: "data-draw", Label: t.Draw, Long: t.DrawTip, Icon: "draw", Primary: true, Do: func() { d.Show("classify") }})}
		if v.removed != nil && v.removing == 0 {
			buttons = append(buttons, widget.Hug(v.undo()))
		}
		return []widget.Node{widget.Row{Gap: theme.Grid, Wrap: true, Items: append(buttons, widget.Space{})}}
	}
	buttons := part.Get(d, v.what)
	note := t.FromServer
	switch busy := part.Busy(d); {
	case busy != "":
		note = busy
	case len(buttons) == 0:
		note = t.FromFile
	}
	for i, b := range buttons {
		if b, ok := b.(widget.Button); ok {
			b.Primary = i == 0
			buttons[i] = widget.Hug(b)
		}
	}
	buttons = append(buttons, widget.Hug(widget.Button{ID: "data-bring", Label: t.Bring, Long: t.BringTip, Icon: "upload", Primary: len(buttons) == 0, Disabled: part.Busy(d), Do: d.Host.ChooseData}))
	if d.Library.Has(task.Doodles) > 0 {
		buttons = append(buttons, widget.Hug(widget.Button{ID: "data-look-doodles", Label: t.Doodles, Long: t.DoodlesTip, Do: func() { v.show(task.Doodles) }}))
	}
	all = []widget.Node{
		widget.Row{Gap: theme.Grid, Wrap: true, Items: append(buttons, widget.Space{})},
		widget.Text{Text: note, Quiet: true},
	}
	if note == t.FromFile {
		all = append(all, widget.Link{ID: "data-link", Label: t.DataSet, URL: dataSet})
	}
	return all
}

// dataSet is where CIFAR-10 is to be had.
const dataSet = "https://www.cs.toronto.edu/~kriz/cifar.html"

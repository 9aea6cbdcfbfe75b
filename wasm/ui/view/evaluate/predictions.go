package evaluate

import (
	"fmt"
	"strings"

	"tenfold/nn/picture"
	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// predictionsCard returns the tutorial's grid: pictures with what was predicted, the score, and the
// true class; wrong ones are marked.
func (v *View) predictionsCard() widget.Node {
	toggles := widget.Grid{MinCell: 140, Gap: 6}
	for _, order := range orders {
		toggles.Items = append(toggles.Items, widget.Button{
			ID: "evaluate-" + order, Label: words.Evaluate.Orders[order], Long: words.Evaluate.OrdersLong[order], Disabled: v.single(),
			Toggle: true, Pressed: v.pick.order == order, Do: func() { v.pick.order = order; v.repick() },
		})
	}
	selects := widget.Row{Gap: 6, Items: []widget.Node{
		v.cellSelect("evaluate-true", words.Evaluate.TrueClass, words.Evaluate.TrueIs, &v.pick.truth),
		v.cellSelect("evaluate-predicted", words.Evaluate.PredictedClass, words.Evaluate.PredictedIs, &v.pick.said),
	}}
	items := []widget.Node{toggles, selects}
	if v.single() == "" {
		items = append(items, v.shownLine())
	}
	switch note := v.note(); {
	case note != "":
		items = append(items, widget.Text{Text: note, Quiet: true})
	default:
		items = append(items, v.grid(106), widget.Text{Text: words.Evaluate.ScoresLong, Size: theme.Small, Quiet: true})
	}
	save := widget.Row{Gap: 6, Items: []widget.Node{
		widget.Button{ID: "evaluate-grid-png", Label: words.Evaluate.GridPNG, Long: words.Evaluate.GridPNGLong, Icon: "download", Disabled: v.note(), Do: v.saveGrid},
		widget.Button{ID: "evaluate-csv", Label: words.Evaluate.CSV, Long: words.Evaluate.CSVLong, Icon: "download", Disabled: v.single(), Do: v.saveCSV},
	}}
	return widget.Card{Name: "evaluate-inspect", Title: words.Evaluate.Predictions, Aside: v.moreButton(), Body: widget.Column{Gap: 8, Items: append(items, save)}}
}

// moreButton shows other pictures.
func (v *View) moreButton() widget.Node {
	b := widget.Button{ID: "evaluate-more", Label: words.Evaluate.More, Long: words.Evaluate.MoreLong, Icon: "random", Key: "n", Disabled: v.single(), Do: v.more}
	if v.pick.order == byChance || v.pick.order == byChange {
		b.Label = words.Evaluate.Shuffle
	}
	return b
}

// note returns what stands in place of the pictures, "" if there are some.
func (v *View) note() string {
	switch r := v.result; {
	case r == nil:
		return words.Evaluate.Empty
	case r.brought:
		return words.Evaluate.NoSingle
	case v.changed():
		return words.Evaluate.MineChanged
	case v.pick.order == byChange && r.Comparison == nil:
		return words.Evaluate.NothingChanged
	case len(v.pick.shown) == 0:
		return words.Evaluate.None
	}
	return ""
}

// shownLine says how many pictures there are, of one cell or of all; in the document it names
// those that are shown.
func (v *View) shownLine() widget.Node {
	all := widget.Button{ID: "evaluate-all", Label: words.Evaluate.ShowAll, Long: words.Evaluate.ShowAllLong, Do: func() {
		v.pick.truth, v.pick.said, v.pick.side = anyClass, anyClass, anySide
		v.repick()
	}}
	if v.pick.truth == anyClass && v.pick.said == anyClass && v.pick.side == anySide {
		all.Disabled = words.Evaluate.AllShown
	}
	shown := fmt.Sprintf(words.Evaluate.Shown, figure.Count(len(v.pick.shown)), figure.Things(v.pick.all, words.Nouns.Picture))
	return widget.Row{Gap: 6, Items: []widget.Node{widget.Flex(1, said("evaluate-shown", v.shownWords(), shown)), widget.Hug(all)}}
}

// said returns a line of small print that in the document has other words.
func said(id, document, shown string) widget.Node {
	return widget.Custom{ID: id, Name: document, Long: shown, H: 18, Key: shown, Paint: func(c *paint.Canvas, r paint.Rect, th *theme.Theme) {
		style := paint.Style{Size: theme.Small, Color: th.Quiet}
		c.Text(c.Fit(shown, r.W, style), paint.Point{X: r.X, Y: r.Y + 13}, style)
	}}
}

// grid returns the pictures that are shown.
func (v *View) grid(cell float64) widget.Node {
	g := widget.Grid{MinCell: cell, Gap: 8}
	for k, i := range v.pick.shown {
		g.Items = append(g.Items, v.picture(k, i))
	}
	return g
}

// picture returns the i-th picture of the result, the k-th that is shown.
func (v *View) picture(k, i int) widget.Node {
	r := v.result
	wrong := r.Class[i] != r.True[i]
	class, truth, score := r.className(int(r.Class[i])), r.className(int(r.True[i])), figure.Chance(float64(r.Score[i]))
	lines := []string{fmt.Sprintf(words.Evaluate.Predicted, class), fmt.Sprintf(words.Evaluate.Score, score), fmt.Sprintf(words.Evaluate.True, truth)}
	name := fmt.Sprintf(words.Evaluate.Picture, r.number(i), class, score, truth)
	if wrong {
		lines[1] += " " + words.Evaluate.Wrong
		name += ", " + words.Evaluate.Wrong
	}
	if r.beside(i) {
		says := fmt.Sprintf(words.Evaluate.Other, r.className(int(r.Beside[i])))
		lines = append(lines, says)
		name += ", " + says
	}
	node := widget.Image{ID: fmt.Sprintf("evaluate-picture-%d", k), Name: name, Framed: wrong, Frame: widget.Warning, Caption: strings.Join(lines, "\n"), Long: words.Evaluate.PictureLong}
	if b := v.desk.Library.Photo(r.What, r.number(i)); b != nil {
		node.Picture = picture.Enlarge(b, v.desk.Library.Shape(r.What))
		node.Version = [2]int{v.desk.Library.Revision, r.number(i)}
		node.Do = func() { v.open(i) }
	}
	return node
}

// open shows the i-th picture of the result in Classify, where the network in use answers it.
func (v *View) open(i int) {
	d, r := v.desk, v.result
	err := d.Subject.ShowTest(d.Library.TaskOf(r.What, d.Library.Shape(r.What)), d.Library.Photo(r.What, r.number(i)), int(r.True[i]))
	if d.Report(err); err == nil {
		d.Show("classify")
	}
}

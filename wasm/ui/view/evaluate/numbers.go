package evaluate

import (
	"fmt"
	"math"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/library"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/part"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// numbersCard chooses what to evaluate on and shows the result.
func (v *View) numbersCard() widget.Node {
	status := widget.Text{ID: "evaluate-status", Text: v.status(), Size: theme.Small, Quiet: true, Live: true}
	items := []widget.Node{v.choice(), v.waysChoice(), v.besideChoice(), v.buttons(), status}
	items = append(items, v.missing()...)
	if v.busy() {
		items = append(items, widget.Progress{ID: "evaluate-progress", Share: v.share()})
	}
	if v.result != nil {
		items = append(items, v.figures()...)
	} else {
		items = append(items, widget.Text{Text: words.Evaluate.Explain, Quiet: true})
	}
	return widget.Card{Name: "evaluate-numbers", Title: words.Evaluate.Numbers, Body: widget.Column{Gap: 10, Items: items}}
}

// choice returns what to evaluate on.
func (v *View) choice() widget.Node {
	row := widget.Grid{MinCell: 124, Gap: 6}
	for _, what := range parts {
		b := widget.Button{
			ID: "evaluate-" + what, Label: words.Evaluate.Parts[what], Long: words.Evaluate.PartsLong[what],
			Toggle: true, Pressed: v.what == what, Do: func() { v.what = what },
		}
		if v.busy() {
			b.Disabled = words.Evaluate.Busy
		}
		row.Items = append(row.Items, b)
	}
	if p := v.desk.Library.Project(); p != nil && p.Why == "" {
		what := protocol.ProjectData(p.ID)
		b := widget.Button{ID: "evaluate-project", Label: p.Name, Long: fmt.Sprintf(words.Evaluate.ProjectLong, p.Name), Toggle: true, Pressed: v.what == what, Do: func() { v.what = what }}
		if v.busy() {
			b.Disabled = words.Evaluate.Busy
		}
		row.Items = append(row.Items, b)
	}
	return row
}

// waysChoice is how often each picture is looked at.
func (v *View) waysChoice() widget.Node {
	s := widget.Select{ID: "evaluate-views", Label: words.Evaluate.Views, Long: words.Evaluate.ViewsLong, Value: v.views, Set: func(views string) { v.views = views }}
	for _, w := range ways {
		s.Options = append(s.Options, widget.Option{Value: w, Label: words.Evaluate.ViewsOf[w]})
	}
	if v.busy() {
		s.Disabled = words.Evaluate.Busy
	}
	return s
}

// buttons start an evaluation and give it up.
func (v *View) buttons() widget.Node {
	if v.busy() {
		b := widget.Button{ID: "evaluate-stop", Label: words.Evaluate.Cancel, Long: words.Evaluate.CancelLong, Icon: "stop", Do: v.cancel}
		if v.stopping {
			b.Disabled = words.Evaluate.Cancelling
		}
		return b
	}
	return widget.Button{ID: "evaluate-start", Label: words.Evaluate.Start, Long: words.Evaluate.StartLong, Icon: "start", Primary: true, Disabled: v.why(v.what), Do: v.start}
}

// missing says why nothing can be evaluated, and offers what is missing.
func (v *View) missing() (all []widget.Node) {
	l, why := v.desk.Library, v.why(v.what)
	if why == "" || v.busy() {
		return nil
	}
	if s := l.Stored; s != nil && s.Coming != "" && l.Has(v.needs(v.what)) == 0 {
		share, of := math.NaN(), ""
		if s.Total > 0 {
			share, of = float64(s.Done)/float64(s.Total), figure.Megabytes(float64(s.Total))
		}
		return []widget.Node{widget.Progress{Label: fmt.Sprintf(words.Evaluate.Coming, s.Coming, figure.Megabytes(float64(s.Done)), of), Share: share}}
	}
	if v.result != nil { // otherwise the status says it
		all = append(all, widget.Text{ID: "evaluate-why", Text: why})
	}
	if l.Stored == nil || !v.desk.Suits(v.needs(v.what)) {
		return all
	}
	switch need := v.needs(v.what); {
	case need == task.Mine && l.Own() == 0:
		all = append(all, widget.Button{ID: "evaluate-classify", Label: words.Evaluate.ToClassify, Long: words.Evaluate.ToClassifyLong, Icon: "draw", Do: func() { v.desk.Show("classify") }})
	case need != "" && l.Has(need) == 0:
		get := part.Get(v.desk, need)
		if len(get) == 0 {
			get = []widget.Node{widget.Button{ID: "evaluate-file", Label: words.Evaluate.OpenFile, Long: words.Evaluate.OpenFileLong, Icon: "upload", Disabled: part.Busy(v.desk), Do: v.desk.Host.ChooseData}}
		}
		all = append(all, get...)
	}
	return all
}

// share is how far the evaluation is.
func (v *View) share() float64 {
	if v.progress.Total == 0 {
		return math.NaN()
	}
	return float64(v.progress.Done) / float64(v.progress.Total)
}

// figures returns the results of the last evaluation.
func (v *View) figures() (all []widget.Node) {
	r := v.result
	e := &r.Report
	if !r.inUse(v.desk.Network) {
		all = append(all, widget.Text{ID: "evaluate-of", Text: fmt.Sprintf(words.Evaluate.Of, r.name, kindWords(r.kind)), Tone: widget.Warning})
	}
	accuracy := figure.Percent(e.Accuracy)
	all = append(all,
		widget.Custom{ID: "evaluate-result", Name: v.resultWords(), H: theme.Display + 8, Key: "accuracy " + accuracy, Paint: func(c *paint.Canvas, r paint.Rect, th *theme.Theme) {
			large := paint.Style{Size: theme.Display, Weight: paint.Bold, Color: th.Ink}
			base := paint.Point{X: r.X, Y: r.Y + theme.Display*0.86}
			c.Text(accuracy, base, large)
			base.X += c.TextWidth(accuracy, large) + 10
			c.Text(words.Evaluate.Accuracy, base, paint.Style{Size: theme.Body, Color: th.Quiet})
		}},
		widget.Table{Name: words.Evaluate.Numbers, Columns: []widget.TableColumn{{}, {Align: paint.Right}}, Rows: v.rows()},
	)
	if r.Seen > 0 {
		all = append(all, widget.Text{Text: seenWords(words.Evaluate.This, r.Seen), Tone: widget.Warning})
	}
	text := v.comparisonWords()
	if text == "" {
		text = words.Evaluate.Compare
	}
	all = append(all, widget.Text{ID: "evaluate-comparison", Text: text, Size: theme.Small, Quiet: r.Comparison == nil})
	return append(all, v.sides()...)
}

// rows returns the figures other than the accuracy.
func (v *View) rows() [][]string {
	r := v.result
	trained := words.Evaluate.TrainedNone
	if r.Seen > 0 {
		trained = figure.Count(r.Seen)
	}
	rows := [][]string{
		{words.Evaluate.On, figure.Count(r.Report.Pictures)},
		{words.Evaluate.Trained, trained},
		{words.Evaluate.Loss, figure.Score(r.Report.Loss)},
		{words.Evaluate.Top2, figure.Percent(r.Report.Top2)},
	}
	if r.views != task.OneView {
		rows = append(rows, []string{words.Evaluate.Views, words.Evaluate.ViewsOf[r.views]})
	}
	return rows
}

// kindWords says of which kind a network is.
func kindWords(kind string) string {
	if library.IsRunNetwork(kind) {
		return words.Evaluate.OfRun
	}
	return words.Evaluate.Kinds[kind]
}

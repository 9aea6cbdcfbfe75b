package evaluate

import (
	"fmt"

	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// classesCard are precision, recall, F1 and support of each class.
func (v *View) classesCard() widget.Node {
	card := widget.Card{Name: "evaluate-classes", Title: words.Evaluate.Classes}
	if v.result == nil {
		card.Body = widget.Text{Text: words.Evaluate.ClassesEmpty, Quiet: true}
		return card
	}
	t := widget.Table{Name: words.Evaluate.Classes}
	for i, title := range words.Evaluate.Columns {
		c := widget.TableColumn{Title: title, Align: paint.Right, Mono: true}
		if i == 0 {
			c = widget.TableColumn{Title: title}
		}
		t.Columns = append(t.Columns, c)
	}
	var precision, recall, f1 float64
	all := v.result.Report.Classes
	for i, m := range all {
		t.Rows = append(t.Rows, []string{v.result.className(i), figure.Percent(m.Precision), figure.Percent(m.Recall), figure.Score(m.F1), figure.Count(m.Support)})
		t.Dots = append(t.Dots, widget.Class(i))
		precision, recall, f1 = precision+m.Precision, recall+m.Recall, f1+m.F1
	}
	n := float64(max(len(all), 1))
	means := fmt.Sprintf(words.Evaluate.Means, figure.Percent(precision/n), figure.Percent(recall/n), figure.Score(f1/n))
	card.Body = widget.Column{Gap: 8, Items: []widget.Node{t, said("evaluate-classes", v.classesWords(), means), widget.Text{Text: words.Evaluate.ClassesLong, Size: theme.Small, Quiet: true}}}
	return card
}

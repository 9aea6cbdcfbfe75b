package train

import (
	"fmt"

	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// mostLines is how many of the classes' lines are seen at once.
const mostLines = 10

// asking returns the cards that ask for what a network's file does not say: one, or none.
func (v *View) asking() []widget.Node {
	w, d := &words.Asking, v.desk
	a := d.Asking
	if a == nil {
		return nil
	}
	var items []widget.Node
	if a.Unsaid.Classes {
		items = append(items, widget.Text{Text: w.ClassesHelp, Size: theme.Small, Quiet: true})
		code := widget.Code{ID: "train-task-classes", Name: w.Classes, Value: a.Classes, Lines: min(a.Lines(), mostLines), Set: func(text string) { a.Classes = text }}
		_, err := a.Names()
		if err != nil {
			code.Invalid = err.Error()
		}
		items = append(items, code)
		if err != nil {
			items = append(items, widget.Text{ID: "train-task-wrong", Text: words.Sentence(err.Error()), Size: theme.Small, Tone: widget.Warning, Live: true})
		}
	}
	if a.Unsaid.Scaling {
		s := widget.Select{ID: "train-task-scaling", Label: w.Scaling.Label, Long: w.Scaling.Label + ": " + w.Scaling.Help, Hint: w.Scaling.Help, Value: a.Scaling, Set: func(name string) { a.Scaling = name }}
		for _, o := range w.Scalings {
			s.Options = append(s.Options, widget.Option{Value: o.Name, Label: o.Title})
		}
		items = append(items, s)
	}
	if a.Unsaid.Scaling && a.Standard() {
		number := func(id string, of words.Setting, value *string, typed func() (float64, error)) widget.Node {
			n := widget.Number{ID: id, Label: of.Label, Long: of.Label + ": " + of.Help, Value: *value, Hint: of.Help, Set: func(text string) { *value = text }}
			if _, err := typed(); err != nil {
				n.Invalid = err.Error()
			}
			return n
		}
		items = append(items, widget.Grid{MinCell: 200, Gap: 8, Items: []widget.Node{
			number("train-task-mean", w.Mean, &a.Mean, a.MeanOf), number("train-task-deviation", w.Deviation, &a.Deviation, a.DeviationOf),
		}})
	}
	use := widget.Button{ID: "train-task-use", Label: w.Use, Long: w.UseLong, Primary: true, Do: func() { d.Report(d.Answer()) }}
	if _, err := a.Task(); err != nil {
		use.Disabled = words.Sentence(err.Error())
	}
	cancel := widget.Button{ID: "train-task-cancel", Label: w.Cancel, Long: w.CancelLong, Do: d.LeaveOut}
	items = append(items, widget.Row{Gap: theme.Grid, Items: []widget.Node{widget.Hug(use), widget.Hug(cancel)}})
	return []widget.Node{widget.Card{Name: "train-asking", Title: fmt.Sprintf(w.Title, a.Name), Body: widget.Column{Gap: 8, Items: items}}}
}

package train

import (
	"fmt"
	"time"

	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/library"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// last reports whether the run on the page has ended, so that it is the first of the list.
func (v *View) last() bool {
	r := &v.desk.Library.Run
	return !r.Active && r.Finished != nil && r.Began.Trained > 0
}

// number returns what the i-th of the runs that are kept is called.
func (v *View) number(i int) int {
	if v.last() {
		return i + 2
	}
	return i + 1
}

// runsCard lists the runs that have ended, and compares those that are chosen.
func (v *View) runsCard() widget.Node {
	w, l := &words.Train, v.desk.Library
	var rows []widget.Node
	if v.last() {
		rows = append(rows, v.runRow(0, &l.Run, 1, true))
	}
	for i := range l.Runs {
		n := v.number(i)
		rows = append(rows, v.runRow(n-1, &l.Runs[i], n, false))
	}
	if rows == nil {
		return widget.Card{Name: "train-runs", Title: w.Runs, Body: widget.Text{ID: "train-runs-empty", Text: w.RunsEmpty, Quiet: true}}
	}
	items := []widget.Node{widget.Column{Gap: 4, Items: rows}}
	if len(l.Runs) > 0 {
		items = append([]widget.Node{widget.Text{Text: w.RunsHint, Size: theme.Small, Quiet: true}}, items...)
	}
	if all := v.lines(); len(all) > 1 {
		items = append(items, v.comparison(all))
	}
	return widget.Card{Name: "train-runs", Title: w.Runs, Body: widget.Column{Gap: 8, Items: items}}
}

// runRow returns a run with its buttons. i counts from 0, and number from 1.
func (v *View) runRow(i int, r *library.Run, number int, present bool) widget.Node {
	w, l := &words.Train, v.desk.Library
	k := keyOf(r)
	shown := present || v.chosen[k]
	show := widget.Button{ID: fmt.Sprintf("train-run-%d-show", i), Label: fmt.Sprint(number), Long: fmt.Sprintf(w.ShowLong, number), Toggle: true, Pressed: shown, Do: func() {
		if v.chosen[k] = !v.chosen[k]; !v.chosen[k] {
			delete(v.chosen, k)
		}
	}}
	if present {
		show.Do = func() {}
		show.Long = w.LastRunName
	}
	remove := widget.Button{ID: fmt.Sprintf("train-run-%d-delete", i), Long: fmt.Sprintf(w.DeleteRun, number), Icon: "clear", Plain: true, Do: func() {
		delete(v.chosen, k)
		if present {
			l.DeleteLast()
			v.mistakes = nil
			return
		}
		for at := range l.Runs {
			if keyOf(&l.Runs[at]) == k {
				l.Delete(at)
				return
			}
		}
	}}
	tone := widget.Ink
	if v.chosen[k] && !present {
		tone = toneOf(number)
	}
	return widget.Row{Gap: 8, Items: []widget.Node{
		widget.Fixed(theme.Touch, show),
		widget.Column{Items: []widget.Node{
			widget.Text{Text: outcome(r), Weight: paint.Medium, Lines: 1, Tone: tone},
			widget.Text{Text: v.about(r), Size: theme.Small, Quiet: true, Lines: 2},
		}},
		widget.Fixed(theme.Touch, remove),
	}}
}

// outcome is the accuracy before and after a run, and what it was measured on.
func outcome(r *library.Run) string {
	if m, ok := r.Reached(); ok {
		return fmt.Sprintf(words.Train.Outcome, figure.Percent(r.Began.Before.Accuracy), figure.Percent(m.Accuracy), measuredOn(r))
	}
	return words.Train.NoFigure
}

// measuredOn is what a run was measured on, and on how many pictures.
func measuredOn(r *library.Run) string {
	return fmt.Sprintf(words.Train.MeasuredOn, heldOutPart(r), figure.Count(r.Began.HeldOut))
}

// about names a run by when and how it was.
func (v *View) about(r *library.Run) string {
	job := r.Began.Job
	text := ""
	if r.Unix > 0 {
		text = when(r.Unix) + ", "
	}
	for _, f := range fields() {
		if f.id == "train-data" {
			text += words.Small(f.says(&job))
		}
	}
	return text + ", " + figure.Things(len(r.Epochs), words.Nouns.Epoch) + ", " + started(r)
}

// when returns a time of day, as the user's clock says it.
func when(unix int64) string { return figure.Moment(time.Unix(unix, 0)) }

// started returns what a run began with.
func started(r *library.Run) string {
	if r.From != "" {
		return r.From
	}
	job := r.Began.Job
	for _, f := range fields() {
		if f.id == "train-from" {
			return f.says(&job)
		}
	}
	return ""
}

// setting is a run's value of a field in words.
func (f *field) of(r *library.Run) string {
	if f.id == "train-from" {
		return started(r)
	}
	job := r.Began.Job
	return f.says(&job)
}

// comparison returns a table of the results of runs, and of the settings that differ.
func (v *View) comparison(all []line) widget.Node {
	w := &words.Train
	t := widget.Table{ID: "train-compare", Name: w.Compare, Columns: []widget.TableColumn{{Title: w.Setting}}}
	var runs []*library.Run
	for _, n := range all {
		if n.run.Began.Trained == 0 {
			continue
		}
		title := fmt.Sprintf(w.RunCurve, max(n.number, 1))
		if n.number == 0 && !v.last() {
			title = w.Training
		}
		t.Columns = append(t.Columns, widget.TableColumn{Title: title, Align: paint.Right})
		runs = append(runs, n.run)
	}
	add := func(name string, always bool, of func(*library.Run) string) {
		row, same := []string{name}, true
		for _, r := range runs {
			row = append(row, of(r))
			same = same && row[len(row)-1] == row[1]
		}
		if always || !same {
			t.Rows = append(t.Rows, row)
		}
	}
	result := func(m func(*library.Run) (float64, bool), write func(float64) string) func(*library.Run) string {
		return func(r *library.Run) string {
			if value, ok := m(r); ok {
				return write(value)
			}
			return w.NoFigure
		}
	}
	add(w.Measured, true, measuredOn)
	add(w.Before, true, result(func(r *library.Run) (float64, bool) {
		return r.Began.Before.Accuracy, len(r.Began.History) == 0 || r.Finished != nil
	}, figure.Percent))
	add(w.After, true, result(func(r *library.Run) (float64, bool) {
		m, ok := r.Reached()
		return m.Accuracy, ok
	}, figure.Percent))
	add(w.BestEpoch, true, result(best, figure.Percent))
	add(w.Minimum, true, result(lowest, figure.Score))
	count := func(n func(*library.Run) int) func(*library.Run) string {
		return result(func(r *library.Run) (float64, bool) { return float64(n(r)), n(r) > 0 }, func(n float64) string { return figure.Count(int(n)) })
	}
	add(w.Params, true, count(func(r *library.Run) int { return r.Began.Params }))
	add(w.MultiplyAdds, true, count(func(r *library.Run) int { return r.Began.MultiplyAdds }))
	add(w.ReportTime, true, func(r *library.Run) string { return figure.Duration(seconds(r)) })
	for _, f := range fields() {
		add(f.words.Label, false, f.of)
	}
	return t
}

func best(r *library.Run) (v float64, ok bool) {
	for _, e := range r.Epochs {
		v, ok = max(v, e.Val.Accuracy), true
	}
	return v, ok
}

func lowest(r *library.Run) (v float64, ok bool) {
	for _, e := range r.Epochs {
		if x := e.Val.Loss; x > 0 && (!ok || x < v) {
			v, ok = x, true
		}
	}
	return v, ok
}

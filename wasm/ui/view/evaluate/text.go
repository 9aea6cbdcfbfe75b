package evaluate

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/part"
	"tenfold/wasm/ui/words"
)

// class is the name of a class of the result.
func (r *result) className(i int) string {
	if i >= 0 && i < len(r.classes) {
		return r.classes[i]
	}
	return words.Evaluate.Any
}

func failed(why string) string { return fmt.Sprintf(words.Evaluate.Failed, why) }

// status says how far an evaluation is.
func (v *View) status() string {
	switch p := v.progress; {
	case v.busy() && p.Total > 0:
		return fmt.Sprintf(words.Evaluate.EvaluatingOf, figure.Count(p.Done), figure.Count(p.Total), figure.Speed(p.PicturesPerSec))
	case v.busy():
		return words.Evaluate.Evaluating
	case v.result != nil:
		r := v.result
		text := fmt.Sprintf(words.Evaluate.Done, r.name, figure.Things(r.Report.Pictures, words.Nouns.Picture), cmp.Or(words.Evaluate.PartsNamed[r.what], part.Name(v.desk, r.what)))
		if r.brought {
			text = fmt.Sprintf(words.Evaluate.Brought, r.name, figure.Things(r.Report.Pictures, words.Nouns.Picture))
		}
		if v.outcome != "" {
			text += "; " + v.outcome
		}
		return text
	case v.outcome != "":
		return v.outcome
	}
	if why := v.why(v.what); why != "" {
		return why
	}
	return words.Evaluate.Ready
}

// resultWords returns the figures in words.
func (v *View) resultWords() string {
	e := &v.result.Report
	text := fmt.Sprintf(words.Evaluate.Figures, figure.Percent(e.Accuracy), figure.Score(e.Loss), figure.Percent(e.Top2), figure.Percent(e.ECE), e.Temperature, figure.Percent(e.ECEAfter))
	if n := v.result.Seen; n > 0 {
		return seenWords(words.Evaluate.This, n) + " " + text
	}
	return text
}

// seenWords says that a network was trained on what it was evaluated on.
func seenWords(who string, pictures int) string {
	return fmt.Sprintf(words.Evaluate.Seen, who, figure.Count(pictures))
}

// classesWords returns the measures of each class, in words.
func (v *View) classesWords() string {
	var all []string
	for i, m := range v.result.Report.Classes {
		all = append(all, fmt.Sprintf(words.Evaluate.ClassFigures, v.result.className(i), figure.Percent(m.Precision), figure.Percent(m.Recall), figure.Score(m.F1), figure.Count(m.Support)))
	}
	return strings.Join(all, "; ")
}

// confusedWords name the classes that are confused most often.
func (v *View) confusedWords() string {
	type cell struct{ row, col, n int }
	var all []cell
	for i, row := range v.result.Report.Confusion {
		for j, n := range row {
			if i != j && n > 0 {
				all = append(all, cell{i, j, n})
			}
		}
	}
	if len(all) == 0 {
		return words.Evaluate.NeverConfused
	}
	slices.SortStableFunc(all, func(a, b cell) int { return cmp.Compare(b.n, a.n) })
	var said []string
	for _, c := range all[:min(len(all), 3)] {
		said = append(said, fmt.Sprintf(words.Evaluate.TakenFor, v.result.className(c.row), v.result.className(c.col), figure.Count(c.n)))
	}
	return fmt.Sprintf(words.Evaluate.MostConfused, strings.Join(said, ", "))
}

// shownWords name the pictures that are shown.
func (v *View) shownWords() string {
	r := v.result
	var all []string
	for _, i := range v.pick.shown {
		text := fmt.Sprintf(words.Evaluate.ShownPicture, r.number(i), r.className(int(r.Class[i])), figure.Chance(float64(r.Score[i])), r.className(int(r.True[i])))
		if r.beside(i) {
			text += " " + fmt.Sprintf(words.Evaluate.ShownBeside, r.className(int(r.Beside[i])))
		}
		all = append(all, text)
	}
	return strings.Join(all, "; ")
}

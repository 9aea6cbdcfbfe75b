package page

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
)

// evaluation is the state of the Evaluate view.
type evaluation struct {
	what   string // task.TestSet, task.Mine, or heldOut
	id     uint64 // of what is under way; 0 for nothing
	goes   protocol.Measuring
	result *protocol.Evaluated
	of     string // what the result is of, in words
	using  string // the model that was measured

	counts   bool // the matrix says pictures, not shares
	tempered bool // the bars use the fitted temperature
	sort     string
	cell     [2]int // the true and the predicted class whose pictures are shown; -1 for any
	draws    uint64
}

// heldOut is what the last run held out.
const heldOut = "held-out"

var evaluateParts = []struct{ what, name string }{{task.TestSet, "Test set"}, {heldOut, "Validation"}, {task.Mine, "My pictures"}}

// Orders of the pictures that the Evaluate view shows.
const (
	byChance   = "random"
	byMistakes = "mistakes" // wrong ones, the most confident first
	byDoubts   = "doubts"   // right ones, the least confident first
	byChange   = "changed"  // those that the shipped network takes for another class
)

// canEvaluate says whether there is something to measure on.
func (p *Page) canEvaluate() bool {
	if p.evaluation.id != 0 {
		return false
	}
	t := &p.train
	switch p.evaluation.what {
	case heldOut:
		return t.began.HeldOut > 0
	case task.Mine:
		return t.own() > 0
	}
	return t.stored != nil && t.stored.Test > 0
}

// evaluate measures the model in use, and beside it the shipped one if that is another.
func (p *Page) evaluate() {
	e, t := &p.evaluation, &p.train
	p.serial++
	e.id, e.goes = p.serial, protocol.Measuring{}
	c := protocol.Evaluate{ID: e.id, What: e.what, Model: p.link.model}
	if e.what == heldOut {
		job := t.began.Job
		c.Job = &job
	}
	if t.using != task.Shipped {
		c.Beside = t.shipped
	}
	e.of, e.using = partName(e.what), p.link.loaded.Name
	if e.what == heldOut {
		e.of = "Validation"
	}
	p.tell(c)
}

// measured takes the worker's events about measurements.
func (p *Page) measured(event protocol.Event) {
	e := &p.evaluation
	switch m := event.(type) {
	case protocol.Measuring:
		if m.ID == e.id {
			e.goes = m
		}
		p.inside.measuring(m)
	case protocol.Evaluated:
		if m.ID == e.id {
			e.id, e.result, e.cell = 0, &m, [2]int{-1, -1}
		}
	case protocol.Cancelled:
		if m.ID == e.id {
			e.id = 0
		}
		p.inside.ceased(m.ID)
	case protocol.Excited:
		p.inside.excited(m)
	}
}

// picked are the places, in the result, of the pictures that are shown: of the chosen
// cell, in the chosen order.
func (e *evaluation) picked() []int {
	r := e.result
	if r == nil {
		return nil
	}
	var all []int
	for i := range r.True {
		wrong := r.True[i] != r.Class[i]
		if e.sort == byMistakes && !wrong || e.sort == byDoubts && wrong {
			continue
		}
		if e.sort == byChange && (len(r.Beside) == 0 || r.Beside[i] == r.Class[i]) {
			continue
		}
		if (e.cell[0] < 0 || int(r.True[i]) == e.cell[0]) && (e.cell[1] < 0 || int(r.Class[i]) == e.cell[1]) {
			all = append(all, i)
		}
	}
	up := func(a, b int) int {
		switch {
		case r.Score[a] < r.Score[b]:
			return -1
		case r.Score[a] > r.Score[b]:
			return 1
		}
		return 0
	}
	switch e.sort {
	case byMistakes:
		slices.SortStableFunc(all, func(a, b int) int { return up(b, a) })
	case byDoubts:
		slices.SortStableFunc(all, up)
	default:
		rng := rand.New(rand.NewPCG(e.draws, 2))
		rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		return all[:min(len(all), sixteen)]
	}
	if len(all) == 0 {
		return nil
	}
	from := int(e.draws) * sixteen % len(all)
	return all[from:min(from+sixteen, len(all))]
}

// number is the number, in its part, of the i-th picture of the result.
func (e *evaluation) number(i int) int {
	if len(e.result.Index) > 0 {
		return e.result.Index[i]
	}
	return i
}

// temper says whether the bars use the fitted temperature.
func (p *Page) temper(on bool) {
	e := &p.evaluation
	e.tempered = on
	t := 0.0 // the network's own
	if on && e.result != nil {
		t = e.result.Report.Temperature
	}
	p.link.temper = t
	p.tellLink(protocol.Temper{Temperature: t})
	p.again()
}

func hasResult(p *Page) bool { return p.evaluation.result != nil }

func sorted(id, label, long, sort string) *Action {
	return &Action{ID: id, Label: label, Long: long, Icon: "none", Enabled: hasResult, Pressed: func(p *Page) bool { return p.evaluation.sort == sort }, Do: func(p *Page) {
		p.evaluation.sort, p.evaluation.draws = sort, 0
	}}
}

// evaluateActions lists what can be done in the Evaluate view; a new one adds a line.
var evaluateActions = func() []*Action {
	var all []*Action
	for _, q := range evaluateParts {
		all = append(all, &Action{
			ID: "evaluate-" + q.what, Label: q.name, Long: "Evaluate on: " + q.name, Icon: "none", Pressed: func(p *Page) bool { return p.evaluation.what == q.what },
			Enabled: func(p *Page) bool { return p.evaluation.id == 0 },
			Do:      func(p *Page) { p.evaluation.what = q.what },
		})
	}
	return append(all,
		&Action{ID: "evaluate-start", Label: "Evaluate", Long: "Evaluate the network in use", Icon: "start", Enabled: (*Page).canEvaluate, Do: (*Page).evaluate},
		&Action{ID: "evaluate-stop", Label: "Cancel", Long: "Cancel the evaluation", Icon: "stop", Enabled: func(p *Page) bool { return p.evaluation.id != 0 }, Do: func(p *Page) { p.tell(protocol.Cancel{ID: p.evaluation.id}) }},
		&Action{ID: "evaluate-counts", Label: "Counts", Long: "Show pictures in place of shares in the matrix", Icon: "none", Enabled: hasResult, Pressed: func(p *Page) bool { return p.evaluation.counts }, Do: func(p *Page) { p.evaluation.counts = !p.evaluation.counts }},
		&Action{ID: "evaluate-matrix", Label: "Confusion matrix", Long: "Show the pictures of all cells", Enabled: hasResult, Do: (*Page).pressMatrix},
		&Action{ID: "evaluate-temper", Label: "Use it", Long: "Let the bars use the fitted temperature", Icon: "none", Enabled: hasResult, Pressed: func(p *Page) bool { return p.evaluation.tempered }, Do: func(p *Page) { p.temper(!p.evaluation.tempered) }},
		sorted("evaluate-random", "Random", "Show random pictures", byChance),
		sorted("evaluate-mistakes", "Mistakes", "Show the most confident mistakes", byMistakes),
		sorted("evaluate-doubts", "Doubts", "Show the least confident hits", byDoubts),
		sorted("evaluate-changed", "Changed", "Show what the shipped network takes for another class", byChange),
		&Action{ID: "evaluate-more", Label: "More", Long: "Show other pictures", Icon: "random", Key: "n", Enabled: hasResult, Do: func(p *Page) { p.evaluation.draws++ }},
		&Action{ID: "evaluate-matrix-png", Label: "Matrix", Long: "Download the matrix as a picture", Icon: "download", Enabled: hasResult, Do: func(p *Page) { p.host.Download("confusion.png", "image/png", encodePNG(p.matrixImage())) }},
		&Action{ID: "evaluate-grid-png", Label: "Grid", Long: "Download the pictures with their predictions as a picture", Icon: "download", Enabled: hasResult, Do: func(p *Page) { p.host.Download("predictions.png", "image/png", encodePNG(p.gridImage())) }},
		&Action{ID: "evaluate-csv", Label: "CSV", Long: "Download all predictions as CSV", Icon: "download", Enabled: hasResult, Do: func(p *Page) { p.host.Download("predictions.csv", "text/csv", p.predictionsCSV()) }},
	)
}()

// evaluateChoosers choose a cell of the matrix by its classes.
var evaluateChoosers = []*Chooser{cellChooser("evaluate-true", "True class", 0), cellChooser("evaluate-predicted", "Predicted class", 1)}

func cellChooser(id, label string, axis int) *Chooser {
	return &Chooser{
		ID: id, Label: label,
		options: func(p *Page) []Choice {
			if p.evaluation.result == nil {
				return nil
			}
			all := []Choice{{"", "any"}}
			for _, c := range p.data().Classes {
				all = append(all, Choice{c, c})
			}
			return all
		},
		get: func(p *Page) string {
			if c := p.evaluation.cell[axis]; c >= 0 {
				return p.dataClass(int(c))
			}
			return ""
		},
		set: func(p *Page, v string) {
			p.evaluation.cell[axis], p.evaluation.draws = slices.Index(p.data().Classes, v), 0
		},
	}
}

// predictionsCSV is what the native trainer writes too.
func (p *Page) predictionsCSV() []byte {
	r := p.evaluation.result
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Write([]string{"picture", "true", "predicted", "score"})
	for i := range r.True {
		w.Write([]string{strconv.Itoa(p.evaluation.number(i)), p.dataClass(int(r.True[i])), p.dataClass(int(r.Class[i])), strconv.FormatFloat(float64(r.Score[i]), 'f', 6, 32)})
	}
	w.Flush()
	return b.Bytes()
}

// evaluateStatus says how far an evaluation is.
func (p *Page) evaluateStatus() string {
	e := &p.evaluation
	switch {
	case p.view != "evaluate":
		return ""
	case e.id != 0 && e.goes.Total > 0:
		return fmt.Sprintf("evaluating %d of %d, %.0f pictures/s", e.goes.Done, e.goes.Total, e.goes.PicturesPerSec)
	case e.id != 0:
		return "evaluating"
	case e.result != nil:
		return fmt.Sprintf("done: %s on %s pictures (%s)", e.using, thousands(e.result.Report.Pictures), strings.ToLower(e.of))
	case !p.canEvaluate():
		return "bring pictures first, in the Train view"
	}
	return "ready to evaluate"
}

// evaluateResult are the numbers, in words.
func (p *Page) evaluateResult() string {
	r := p.evaluation.result
	if r == nil || p.view != "evaluate" {
		return ""
	}
	e := r.Report
	return strings.TrimSpace(seenWords("This network", r) + " " + fmt.Sprintf("accuracy %.4f, loss %.4f, top-2 accuracy %.4f, expected calibration error %.4f, with the temperature %.2f %.4f", e.Accuracy, e.Loss, e.Top2, e.ECE, e.Temperature, e.ECEAfter))
}

// evaluateClasses are the measures of each class, in words.
func (p *Page) evaluateClasses() string {
	r := p.evaluation.result
	if r == nil || p.view != "evaluate" {
		return ""
	}
	var all []string
	for i, m := range r.Report.Classes {
		all = append(all, fmt.Sprintf("%s precision %.3f recall %.3f F1 %.3f support %d", p.dataClass(int(i)), m.Precision, m.Recall, m.F1, m.Support))
	}
	return strings.Join(all, "; ")
}

// confusionWords is the matrix, in words: a row for each class.
func (p *Page) confusionWords() string {
	r := p.evaluation.result
	if r == nil || p.view != "evaluate" {
		return ""
	}
	var rows []string
	for i, row := range r.Report.Confusion {
		var cells []string
		for j, n := range row {
			if n > 0 {
				cells = append(cells, fmt.Sprintf("%s %d", p.dataClass(int(j)), n))
			}
		}
		rows = append(rows, p.dataClass(int(i))+" taken for "+strings.Join(cells, ", "))
	}
	return strings.Join(rows, "; ")
}

// shownWords names the pictures that are shown.
func (p *Page) shownWords() string {
	e := &p.evaluation
	if e.result == nil || p.view != "evaluate" {
		return ""
	}
	var all []string
	for _, i := range e.picked() {
		text := fmt.Sprintf("%d pred %s score %.3f true %s", e.number(i), p.dataClass(int(e.result.Class[i])), e.result.Score[i], p.dataClass(int(e.result.True[i])))
		if e.sort == byChange {
			text += " shipped " + p.dataClass(int(e.result.Beside[i]))
		}
		all = append(all, text)
	}
	return strings.Join(all, "; ")
}

// seenWords says that a network was trained on what it was evaluated on, if it was.
func seenWords(who string, r *protocol.Evaluated) string {
	if r.Seen == 0 {
		return ""
	}
	return fmt.Sprintf("%s was trained on %s of these pictures, so this says nothing about others.", who, thousands(r.Seen))
}

// comparisonWords sets the two models side by side.
func (p *Page) comparisonWords() string {
	r := p.evaluation.result
	if r == nil || r.Comparison == nil || p.view != "evaluate" {
		return ""
	}
	c := r.Comparison
	text := fmt.Sprintf("Shipped %.1f%%, this one %.1f%%. They differ on %s pictures: %d only the shipped one gets right, %d only this one. ", 100*c.First.Accuracy, 100*c.Second.Accuracy, thousands(c.Differ), c.OnlyFirst, c.OnlySecond)
	switch {
	case r.Seen > 0:
		return text + seenWords("This network", r)
	case r.BesideSeen > 0:
		return text + fmt.Sprintf("The shipped network was trained on %s of these pictures, so this says nothing about others.", thousands(r.BesideSeen))
	case c.P >= 0.05:
		return text + fmt.Sprintf("That may well be chance (McNemar's test: p = %.2f).", c.P)
	case c.P < 0.001:
		return text + "That is hardly chance (McNemar's test: p below 0.001)."
	}
	return text + fmt.Sprintf("That is unlikely to be chance (McNemar's test: p = %.3f).", c.P)
}

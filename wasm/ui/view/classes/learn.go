package classes

import (
	"fmt"
	"math"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// learnCard trains the network in use on the classes, and says what came of it.
func (v *View) learnCard() widget.Node {
	w, p := &words.Classes, v.project()
	learn := widget.Button{ID: "project-learn", Label: w.Learn, Long: w.LearnLong, Icon: "train", Primary: p.Why == "" && v.set == "", Disabled: v.stays(), Do: v.learn}
	held := widget.Number{ID: "project-hold-out", Label: w.HoldOut, Long: w.HoldOutLong, Value: v.share, Hint: "%", Disabled: v.stays(), Set: func(text string) { v.share = text }}
	if v.holdOut() == 0 {
		held.Invalid = w.BadShare
	}
	switch {
	case learn.Disabled != "":
	case p.Why != "":
		learn.Disabled = words.Sentence(p.Why)
	case held.Invalid != "":
		learn.Disabled = held.Invalid
	case v.desk.Network.Loaded == nil:
		learn.Disabled = words.Network.Loading
	case v.desk.Library.Run.Active:
		learn.Disabled = w.Running
	}
	items := []widget.Node{
		widget.Text{Text: w.LearnAbout, Quiet: true},
		widget.Grid{MinCell: 256, Gap: theme.Grid, Items: []widget.Node{held, widget.Checkbox{ID: "project-mirror", Label: w.Mirror, Long: w.MirrorLong, On: v.mirror, Disabled: v.stays(), Set: func(on bool) { v.mirror = on }}}},
		widget.Text{ID: "project-split", Text: v.split(p), Size: theme.Small, Quiet: true, Live: true},
	}
	if v.learned.Pending() {
		items = append(items, v.going("project-learning", w.Learning, v.learned.ID()))
	} else {
		items = append(items, widget.Row{Gap: theme.Grid, Wrap: true, Items: []widget.Node{widget.Hug(learn), widget.Hug(v.all())}})
	}
	if why := v.learned.Why(); why != "" {
		items = append(items, widget.Text{ID: "project-failed", Text: words.Sentence(why), Tone: widget.Warning, Live: true})
	}
	if l := v.learned.Answer(); l != nil && v.set == "" {
		items = append(items, v.result(l)...)
	}
	return widget.Card{Name: "classes-learn", Title: w.LearnTitle, Body: widget.Column{Gap: 12, Items: items}}
}

// split says how the pictures are shared out, or what is missing.
func (v *View) split(p *task.Project) string {
	w := &words.Classes
	if v.set != "" {
		return v.stays()
	}
	if p.Why != "" {
		return words.Sentence(p.Why)
	}
	held, fewest := 0, math.MaxInt
	for _, c := range p.Classes {
		held += int(v.holdOut()*float64(c.Pictures) + 0.5)
		fewest = min(fewest, c.Pictures)
	}
	text := fmt.Sprintf(w.Split, figure.Things(p.Pictures()-held, words.Nouns.Picture), figure.Count(held))
	if fewest < few {
		text += " " + w.Few
	}
	return text
}

// few is how many pictures of a class say little.
const few = 20

// all is the way to train every layer.
func (v *View) all() widget.Button {
	w, d := &words.Classes, v.desk
	b := widget.Button{ID: "project-train", Label: w.TrainAll, Long: w.TrainAllLong, Icon: "model", Do: func() {
		job := task.FineTuning
		job.Data, job.From, job.Workers, job.HoldOut = protocol.ProjectData(v.project().ID), "use", d.Library.Job.Workers, v.holdOut()
		job.Flip = v.mirror
		d.Library.Job = job
		d.Show("train")
	}}
	switch {
	case v.stays() != "":
		b.Disabled = v.stays()
	case v.project().Why != "":
		b.Disabled = words.Sentence(v.project().Why)
	case !v.desk.Owned():
		b.Disabled = w.NotLearned
	}
	return b
}

// result is what came of learning.
func (v *View) result(l *protocol.Learned) []widget.Node {
	w := &words.Classes
	right, n := 0, len(l.True)
	for k := range l.True {
		if l.True[k] == l.Class[k] {
			right++
		}
	}
	low, high := interval(right, n)
	text := fmt.Sprintf(w.Right, figure.Count(right), figure.Count(n), figure.Percent(float64(right)/float64(max(n, 1))))
	items := []widget.Node{
		widget.Text{ID: "project-result", Text: text, Size: theme.Heading, Live: true},
		widget.Text{ID: "project-interval", Text: fmt.Sprintf(w.Interval, figure.Whole(low), figure.Whole(high)), Quiet: true},
	}
	if n < 3*len(l.Report.Confusion) || n < 10 {
		items = append(items, widget.Text{ID: "project-little", Text: w.Little, Tone: widget.Warning})
	}
	items = append(items, widget.Text{ID: "project-trust", Text: trust(l), Size: theme.Small, Quiet: true}, v.matrix(l))
	title := w.Wrong
	if v.cell != nil {
		title = fmt.Sprintf(w.Cell, v.name(v.cell[0]), v.name(v.cell[1]))
	}
	wrong := v.wrong()
	if len(wrong) > 0 {
		g := widget.Grid{MinCell: 128, Gap: theme.Grid}
		for _, i := range wrong {
			g.Items = append(g.Items, v.cellOf(fmt.Sprint("project-wrong-", i), i, v.taken(l, i), func() { v.open(i) }))
		}
		items = append(items, widget.Text{Text: title}, g)
	} else if v.cell != nil {
		items = append(items, widget.Text{Text: title + " " + w.NoSuch, Quiet: true})
	}
	classify := widget.Button{ID: "project-try", Label: w.Try, Long: w.TryLong, Icon: "draw", Do: func() { v.desk.Show("classify") }}
	return append(items, widget.Row{Gap: theme.Grid, Wrap: true, Items: []widget.Node{widget.Hug(classify)}})
}

// trust is how far the percentages can be relied on.
func trust(l *protocol.Learned) string {
	w, sum := &words.Classes, 0.0
	for _, p := range l.Score {
		sum += float64(p)
	}
	text := fmt.Sprintf(w.Trust, figure.Percent(sum/float64(max(len(l.Score), 1))), figure.Percent(l.Report.Accuracy), figure.Percent(l.Report.ECE))
	if l.Doubt > 0 {
		return text + " " + fmt.Sprintf(w.Doubts, figure.Percent(l.Doubt))
	}
	return text + " " + w.NoDoubt
}

// taken is what a held-out picture is taken for.
func (v *View) taken(l *protocol.Learned, i int) string {
	for k, at := range l.Index {
		if at == i {
			return fmt.Sprintf("%s\n%s", v.name(int(l.True[k])), fmt.Sprintf(words.Classes.Taken, v.name(int(l.Class[k])), figure.Chance(float64(l.Score[k]))))
		}
	}
	return ""
}

// open shows a picture in its class, picked.
func (v *View) open(i int) {
	class := v.label(i)
	v.show(class)
	for at, k := range v.pictures() {
		if k == i {
			v.page = at / perPage
		}
	}
	v.picked[i] = true
}

// matrix is the confusion matrix of what was held out, whose cells show their pictures.
func (v *View) matrix(l *protocol.Learned) widget.Node {
	p := v.project()
	m := widget.Matrix{ID: "project-matrix", Name: words.Classes.Matrix, Measure: words.Classes.Measure, Press: func(row, col int) {
		v.cell = &[2]int{row, col}
	}, At: v.corner, Pan: func(at widget.Cell) { v.corner = at }}
	for _, c := range p.Classes {
		m.Classes = append(m.Classes, c.Name)
	}
	for _, row := range l.Report.Confusion {
		sum := 0
		for _, n := range row {
			sum += n
		}
		cells := make([]float64, len(row))
		for c, n := range row {
			cells[c] = math.NaN()
			if sum > 0 {
				cells[c] = float64(n) / float64(sum)
			}
		}
		m.Cells = append(m.Cells, cells)
	}
	if v.cell != nil {
		m.Selected = &widget.Cell{Row: v.cell[0], Col: v.cell[1]}
	}
	return m
}

// interval is in which shares nineteen of twenty such results lie. Source: Wilson 1927,
// https://doi.org/10.1080/01621459.1927.10502953.
func interval(right, n int) (low, high float64) {
	if n == 0 {
		return 0, 1
	}
	const z = 1.96
	share, k := float64(right)/float64(n), float64(n)
	middle := (share + z*z/(2*k)) / (1 + z*z/k)
	half := z / (1 + z*z/k) * math.Sqrt(share*(1-share)/k+z*z/(4*k*k))
	return max(middle-half, 0), min(middle+half, 1)
}

package train

import (
	"fmt"
	"math"
	"strconv"

	"tenfold/nn/task"
	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/library"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// line is a run that the charts show.
type line struct {
	run    *library.Run
	number int // in the list of runs, from 1; 0 for the present one
}

// trainingTone is the colour of what is measured in training.
var trainingTone = widget.Class(3)

// tones are those of the runs that are laid over the present one.
var tones = [...]widget.Tone{widget.Class(6), widget.Class(2), widget.Class(8), widget.Class(5), widget.Class(1), widget.Class(4)}

func toneOf(number int) widget.Tone { return tones[number%len(tones)] }

// lines returns the runs that the charts show: the present one, or the last, and the chosen ones.
func (v *View) lines() []line {
	l := v.desk.Library
	all := []line{{run: &l.Run}}
	if history := v.brought(); history != nil {
		r := &library.Run{Epochs: history}
		for _, e := range history {
			r.Curve.Points = append(r.Curve.Points, library.Point{X: float64(e.Epoch), Loss: e.Train.Loss, Accuracy: e.Train.Accuracy})
		}
		all[0].run = r
	}
	for i := range l.Runs {
		if v.chosen[keyOf(&l.Runs[i])] {
			all = append(all, line{&l.Runs[i], v.number(i)})
		}
	}
	return all
}

// brought is how the network in use was trained, as its file says, if there is no run to show.
func (v *View) brought() []task.Epoch {
	r, m := &v.desk.Library.Run, v.desk.Network.Loaded
	if m == nil || r.Active || len(r.Epochs) > 0 || len(r.Curve.Points) > 0 {
		return nil
	}
	return m.History
}

// charts are accuracy, loss and learning rate over the epochs.
func (v *View) charts(of []line) (accuracy, loss, rate widget.Chart) {
	w := &words.Train
	x := widget.Span{From: 0, To: v.epochs(of)}
	accuracy = widget.Chart{ID: "train-chart-accuracy", Title: w.Accuracy, X: x, Format: figure.Percent, Empty: w.CurvesEmpty, XTitle: w.EpochAxis}
	loss = widget.Chart{ID: "train-chart-loss", Title: w.Loss, X: x, Format: figure.Score}
	rate = widget.Chart{ID: "train-chart-rate", Title: w.LearningRate, X: x, Format: figure.Rate}
	for _, n := range of {
		r, name, tone := n.run, w.CurveValidation, widget.Accent
		if n.number > 0 {
			name, tone = fmt.Sprintf(w.RunCurve, n.number), toneOf(n.number)
		} else {
			accuracy.Series = append(accuracy.Series, widget.Series{Name: w.CurveTraining, Color: trainingTone, Points: training(r, func(p library.Point) float64 { return p.Accuracy })})
			loss.Series = append(loss.Series, widget.Series{Name: w.CurveTraining, Color: trainingTone, Points: training(r, func(p library.Point) float64 { return p.Loss })})
		}
		accuracy.Series = append(accuracy.Series, widget.Series{Name: name, Color: tone, Dots: true, Points: validation(r, func(m task.Metrics) float64 { return m.Accuracy })})
		loss.Series = append(loss.Series, widget.Series{Name: name, Color: tone, Dots: true, Points: validation(r, lossOf)})
		if n.number == 0 {
			name = w.CurveRate
			tone = widget.Quiet
		}
		rate.Series = append(rate.Series, widget.Series{Name: name, Color: tone, Points: rates(r)})
	}
	loss.Y = cut(loss.Series)
	return accuracy, loss, rate
}

// epochs returns those of the longest run; if there is none, of the settings.
func (v *View) epochs(of []line) (most float64) {
	for _, n := range of {
		job, began := n.run.Job()
		if !began && n.run.Active {
			job.Epochs = n.run.State.Epochs
		}
		most = max(most, float64(job.Epochs), float64(len(n.run.Epochs)))
	}
	if most == 0 {
		most = float64(v.desk.Library.Job.Epochs)
	}
	return max(most, 1)
}

func training(r *library.Run, of func(library.Point) float64) (xy []paint.Point) {
	for _, p := range r.Curve.Points {
		xy = append(xy, paint.Point{X: p.X, Y: of(p)})
	}
	return xy
}

// validation begins with what was measured before the run.
func validation(r *library.Run, of func(task.Metrics) float64) (xy []paint.Point) {
	if r.Began.Trained > 0 && len(r.Began.History) == 0 {
		xy = append(xy, paint.Point{X: 0, Y: of(r.Began.Before)})
	}
	for _, e := range r.Epochs {
		xy = append(xy, paint.Point{X: float64(e.Epoch), Y: of(e.Val)})
	}
	return xy
}

// lossOf returns a loss; one of 0 was no number when it was kept.
func lossOf(m task.Metrics) float64 {
	if m.Loss == 0 {
		return math.NaN()
	}
	return m.Loss
}

// mostLoss is the greatest loss that the axis makes room for: what lies above has diverged.
const mostLoss = 10

// cut returns the axis of losses, where some are so great that the others would be one line.
func cut(all []widget.Series) widget.Span {
	low, high, over := math.Inf(1), math.Inf(-1), false
	for _, s := range all {
		for _, p := range s.Points {
			if p.Y > mostLoss {
				over = true
			} else if p.Y >= 0 {
				low, high = min(low, p.Y), max(high, p.Y)
			}
		}
	}
	if !over || high < low {
		return widget.Span{}
	}
	return widget.Span{From: low, To: mostLoss}
}

// rates returns the learning rates of a run: where it changes after each epoch alone, all that it
// will have, a step an epoch, and otherwise those of the epochs that are done.
func rates(r *library.Run) (xy []paint.Point) {
	job, began := r.Job()
	if !began || job.Schedule != task.PerEpoch {
		for _, e := range r.Epochs {
			xy = append(xy, paint.Point{X: float64(e.Epoch), Y: e.Rate})
		}
		return xy
	}
	every := max(job.Epochs/500, 1)
	for e := 0; e < job.Epochs; e += every {
		y := job.Rate * math.Pow(job.Decay, float64(e))
		xy = append(xy, paint.Point{X: float64(e), Y: y}, paint.Point{X: float64(min(e+every, job.Epochs)), Y: y})
	}
	return xy
}

// lowerCharts is the height of the charts below the accuracy's, in units.
const lowerCharts = 136

// chartItems returns the accuracy, h units high, and the other charts side by side below.
func (v *View) chartItems(h float64) []widget.Node {
	accuracy, loss, rate := v.charts(v.lines())
	accuracy.H, loss.H, rate.H = h, lowerCharts, lowerCharts
	all := []widget.Node{accuracy, widget.Row{Gap: 24, Items: []widget.Node{loss, rate}}}
	if v.brought() != nil {
		text := widget.Text{ID: "train-brought", Text: fmt.Sprintf(words.Train.Brought, v.desk.Network.Loaded.Name), Size: theme.Small, Quiet: true}
		all = append([]widget.Node{text}, all...)
	}
	return all
}

// The size of the picture of the curves, in pixels.
const pngWidth, pngHeight = 960, 720

// chartPNG returns the curves as a picture, light on any page.
func (v *View) chartPNG() []byte {
	accuracy, loss, rate := v.charts(v.lines())
	accuracy.H, loss.H, rate.H = 300, 220, 110
	node := widget.Card{Name: "curves", Ground: widget.Flat, Body: widget.Column{Gap: 12, Items: []widget.Node{widget.Stretch(accuracy), loss, rate}}}
	l := widget.Lay(node, paint.Rect{W: pngWidth, H: pngHeight}, 1)
	c := paint.NewCanvas(pngWidth, pngHeight, 1)
	light := *theme.Light
	light.Paper = light.Panel
	l.Panels[0].Paint(c, &light, "", paint.Point{})
	return encodePNG(c.Image)
}

// figures writes a number for a table.
func figures(v float64) string { return strconv.FormatFloat(v, 'g', 6, 64) }

package page

import (
	"fmt"
	"image/color"
	"math"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
)

// curve is a run's training loss and accuracy, smoothed, over its epochs.
type curve struct {
	points []point
	loss   float64
	share  float64
	weight float64
}

// point is a place on a chart: x in epochs.
type point struct{ x, loss, accuracy float64 }

// maxPoints bounds the points of a curve; with more, every second one is dropped.
const maxPoints = 2000

// smoothing is how much of the mean a new step leaves.
const smoothing = 0.9

func (c *curve) add(e protocol.Training) {
	if e.Steps == 0 || e.Step == 0 || e.State != protocol.Running || math.IsNaN(e.Batch.Loss) {
		return
	}
	x := float64(e.Epoch-1) + float64(e.Step)/float64(e.Steps)
	if n := len(c.points); n > 0 && c.points[n-1].x >= x {
		return
	}
	c.loss = smoothing*c.loss + (1-smoothing)*e.Batch.Loss
	c.share = smoothing*c.share + (1-smoothing)*e.Batch.Accuracy
	c.weight = smoothing*c.weight + (1 - smoothing)
	c.points = append(c.points, point{x, c.loss / c.weight, c.share / c.weight})
	if len(c.points) > maxPoints {
		half := c.points[:0]
		for i := 1; i < len(c.points); i += 2 {
			half = append(half, c.points[i])
		}
		c.points = half
	}
}

// series is a line of a chart.
type series struct {
	name  string
	color color.RGBA
	xy    []paint.Point
	dots  bool // each point is marked
}

// chart is a picture of lines over epochs.
type chart struct {
	title    string
	lines    []series
	epochs   float64
	low, top float64 // of y
	format   string  // of a value of y
	at       float64 // the epoch under the pointer; NaN for none
}

// charts are the run's: accuracy, loss, learning rate.
func (t *trainer) charts(th *theme.Theme, at float64) []chart {
	job := t.ran()
	epochs := float64(max(job.Epochs, 1))
	if t.active || t.finished != nil || len(t.epochs) > 0 {
		epochs = float64(max(t.state.Epochs, len(t.epochs), 1))
	}
	training := func(of func(point) float64) []paint.Point {
		var xy []paint.Point
		for _, p := range t.curve.points {
			xy = append(xy, paint.Point{X: p.x, Y: of(p)})
		}
		return xy
	}
	validation := func(of func(task.Metrics) float64) []paint.Point {
		var xy []paint.Point
		if t.began.Trained > 0 && len(t.began.History) == 0 {
			xy = append(xy, paint.Point{X: 0, Y: of(t.began.Before)})
		}
		for _, e := range t.epochs {
			xy = append(xy, paint.Point{X: float64(e.Epoch), Y: of(e.Val)})
		}
		return xy
	}
	accuracy := chart{title: "Accuracy", epochs: epochs, low: 0, top: 1, format: "%.3f", at: at, lines: []series{
		{"training", th.Class(3), training(func(p point) float64 { return p.accuracy }), false},
		{"validation", th.Accent, validation(func(m task.Metrics) float64 { return m.Accuracy }), true},
	}}
	loss := chart{title: "Loss", epochs: epochs, low: 0, format: "%.3f", at: at, lines: []series{
		{"training", th.Class(3), training(func(p point) float64 { return p.loss }), false},
		{"validation", th.Accent, validation(func(m task.Metrics) float64 { return m.Loss }), true},
	}}
	for _, l := range loss.lines {
		for _, p := range l.xy {
			if p.Y < 10 {
				loss.top = max(loss.top, p.Y)
			}
		}
	}
	loss.top = max(math.Ceil(loss.top*2)/2, 1)
	rate := chart{title: "Learning rate", epochs: epochs, format: "%.2g", at: at, top: max(job.Rate, 1e-9)}
	var steps []paint.Point
	for e := range int(epochs) {
		y := job.Rate * math.Pow(job.Decay, float64(e))
		steps = append(steps, paint.Point{X: float64(e), Y: y}, paint.Point{X: float64(e + 1), Y: y})
	}
	rate.lines = []series{{"rate", th.Quiet, steps, false}}
	return []chart{accuracy, loss, rate}
}

// empty says whether no line has anything to show.
func (g *chart) empty() bool {
	for _, l := range g.lines {
		if len(l.xy) > 0 {
			return false
		}
	}
	return true
}

// plot is where the lines lie in a chart's rectangle.
func plot(r paint.Rect) paint.Rect {
	return paint.Rect{X: r.X + 40, Y: r.Y + 28, W: r.W - 40 - 12, H: r.H - 28 - 22}
}

// paint draws the chart into r.
func (g *chart) paint(c *paint.Canvas, r paint.Rect, th *theme.Theme) {
	in := plot(r)
	small := paint.Style{Size: theme.Small, Color: th.Quiet}
	c.Text(g.title, paint.Point{X: r.X, Y: r.Y + 14}, paint.Style{Size: theme.Note, Weight: paint.Medium, Color: th.Ink})
	g.legend(c, r, th)
	place := func(p paint.Point) paint.Point {
		y := (min(max(p.Y, g.low), g.top) - g.low) / (g.top - g.low)
		return paint.Point{X: in.X + in.W*min(p.X/g.epochs, 1), Y: in.Y + in.H*(1-y)}
	}
	lines := 4
	if in.H < 60 {
		lines = 2
	}
	for i := range lines + 1 {
		v := g.low + (g.top-g.low)*float64(i)/float64(lines)
		y := place(paint.Point{Y: v}).Y
		c.Box(paint.Rect{X: in.X, Y: y, W: in.W, H: 1}, 0, th.Line)
		text := small
		text.Align = paint.Right
		c.Text(short(v), paint.Point{X: in.X - 6, Y: y + 4}, text)
	}
	every := math.Ceil(g.epochs / 10)
	for e := 0.0; e <= g.epochs; e += every {
		label := fmt.Sprint(e)
		x := place(paint.Point{X: e}).X
		c.Text(label, paint.Point{X: x - c.TextWidth(label, small)/2, Y: in.Y + in.H + 16}, small)
	}
	for _, l := range g.lines {
		var pts []paint.Point
		for _, p := range l.xy {
			pts = append(pts, place(p))
		}
		if len(pts) > 1 {
			c.Line(pts, 2, l.color)
		}
		if l.dots {
			for _, p := range pts {
				c.Disc(p, 3.5, l.color)
			}
		}
	}
	if !math.IsNaN(g.at) && g.at >= 0 && g.at <= g.epochs {
		c.Box(paint.Rect{X: place(paint.Point{X: g.at}).X, Y: in.Y, W: 1, H: in.H}, 0, th.Quiet)
	}
}

// legend names the lines, with their values: under the pointer, or else the last ones.
func (g *chart) legend(c *paint.Canvas, r paint.Rect, th *theme.Theme) {
	x := r.X + r.W - 12
	for i := len(g.lines) - 1; i >= 0; i-- {
		l := g.lines[i]
		text := l.name
		if v, ok := l.value(g.at); ok {
			text += " " + fmt.Sprintf(g.format, v)
		}
		style := paint.Style{Size: theme.Small, Color: th.Ink}
		x -= c.TextWidth(text, style)
		c.Text(text, paint.Point{X: x, Y: r.Y + 14}, style)
		c.Box(paint.Rect{X: x - 16, Y: r.Y + 8, W: 12, H: 4}, 2, l.color)
		x -= 32
	}
}

// value is the line's at an epoch, or its last one for NaN.
func (l *series) value(at float64) (v float64, ok bool) {
	for _, p := range l.xy {
		if math.IsNaN(at) || p.X <= at || !ok {
			v, ok = p.Y, true
		}
	}
	return v, ok
}

func short(v float64) string {
	if v != 0 && math.Abs(v) < 0.01 {
		return fmt.Sprintf("%.1e", v)
	}
	return fmt.Sprintf("%.4g", v)
}

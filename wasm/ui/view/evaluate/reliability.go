package evaluate

import (
	"fmt"
	"math"
	"strings"

	"tenfold/nn/task"
	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// reliability returns a reliability diagram: for pictures of about equal confidence, how many of them
// are right. On the diagonal they are as often right as the network says.
func reliability(bins []task.Bin) widget.Node {
	var said []string
	for _, b := range bins {
		if b.Pictures > 0 {
			said = append(said, fmt.Sprintf(words.Evaluate.Bin, figure.Percent(b.Confidence), figure.Percent(b.Accuracy), figure.Things(b.Pictures, words.Nouns.Picture)))
		}
	}
	value := strings.Join(said, "; ")
	return widget.Custom{
		ID: "evaluate-reliability", Name: words.Evaluate.CalibrationAxis, Value: value, Role: widget.RoleImage, H: 230, MinW: 200, Key: "reliability " + value,
		Paint: func(c *paint.Canvas, r paint.Rect, th *theme.Theme) { paintReliability(c, r, th, bins) },
	}
}

// paintReliability paints bars of accuracy, a dot at each bar's mean confidence, the diagonal,
// and the numbers of pictures above.
func paintReliability(c *paint.Canvas, r paint.Rect, th *theme.Theme, bins []task.Bin) {
	const left, top, bottom = 44, 22, 40
	plot := paint.Rect{X: r.X + left, Y: r.Y + top, W: r.W - left - 20, H: r.H - top - bottom}
	if plot.W < 40 || plot.H < 40 || len(bins) == 0 {
		return
	}
	small := paint.Style{Size: theme.Small, Color: th.Quiet}
	right, middle := small, small
	right.Align, middle.Align = paint.Right, paint.Middle
	for i := range 5 {
		share := float64(i) / 4
		y, x := plot.Y+plot.H*(1-share), plot.X+plot.W*share
		c.Box(paint.Rect{X: plot.X, Y: math.Round(y), W: plot.W, H: 1}, 0, th.Line)
		c.Text(figure.Whole(share), paint.Point{X: plot.X - 8, Y: y + 4}, right)
		c.Text(figure.Whole(share), paint.Point{X: x, Y: plot.Y + plot.H + 16}, middle)
	}
	c.Text(words.Evaluate.CalibrationAxis, paint.Point{X: r.X + r.W/2, Y: plot.Y + plot.H + 34}, middle)
	w := plot.W / float64(len(bins))
	bar := theme.Mix(th.Accent, th.Panel, 0.45)
	for i, b := range bins {
		if b.Pictures == 0 {
			continue
		}
		h := plot.H * b.Accuracy
		x := plot.X + w*float64(i)
		c.Box(paint.Rect{X: x + 2, Y: plot.Y + plot.H - h, W: w - 4, H: h}, 0, bar)
		if text := figure.Count(b.Pictures); c.TextWidth(text, middle) < w+4 {
			c.Text(text, paint.Point{X: x + w/2, Y: r.Y + 12}, middle)
		}
	}
	c.Line([]paint.Point{{X: plot.X, Y: plot.Y + plot.H}, {X: plot.X + plot.W, Y: plot.Y}}, 1.5, th.Quiet)
	for _, b := range bins {
		if b.Pictures > 0 {
			at := paint.Point{X: plot.X + plot.W*b.Confidence, Y: plot.Y + plot.H*(1-b.Accuracy)}
			c.Disc(at, 5, th.Panel)
			c.Disc(at, 4, th.Accent)
		}
	}
}

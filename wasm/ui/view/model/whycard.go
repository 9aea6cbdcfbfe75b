package model

import (
	"fmt"
	"math"
	"strconv"

	"tenfold/nn/picture"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/pad"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/subject"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// whyCard returns the picture, on which one can draw, with the reasons for a class over it. side is
// the picture's longer side.
func (v *View) whyCard(side float64) widget.Node {
	w := words.Model
	legend := w.CAMLegend
	if v.method == protocol.Occlusion {
		legend = w.OcclusionLegend
	}
	draw := w.Draw
	switch s := v.desk.Subject; {
	case s.Empty():
		draw = w.Empty
	case s.Mode != subject.Drawing:
		draw = w.NoDraw
	}
	method := func(id, label, long, method string) widget.Node {
		return widget.Button{ID: id, Label: label, Long: long, Toggle: true, Pressed: v.method == method, Do: func() { v.method = method }}
	}
	t := v.desk.Network.Task()
	return widget.Card{Name: "model-why", Title: w.Why, Body: widget.Column{Gap: theme.Grid, Items: []widget.Node{
		v.easel(side),
		widget.Text{Text: draw, Size: theme.Small},
		ramped(legend),
		v.classes(),
		widget.Row{Gap: theme.Grid, Items: []widget.Node{
			method("model-cam", w.GradCAM, w.GradCAMLong, protocol.GradCAM),
			method("model-occlusion", w.Occlusion, w.OcclusionLong, protocol.Occlusion),
		}},
		widget.Slider{ID: "model-blend", Label: w.Blend, Value: math.Round(100 * v.blend), Max: 100, Step: 1, Text: figure.Whole(v.blend), Set: func(to float64) { v.blend = to / 100 }},
		widget.Text{ID: "model-reasons", Text: v.reasons(), Size: theme.Small, Quiet: true},
		widget.Text{Text: fmt.Sprintf(w.Pixels, figure.Shape(t.Input), figure.Scaling(t.Scale, t.Shift)), Size: theme.Small, Quiet: true},
	}}}
}

// ramped returns a legend behind a bar of the colours.
func ramped(text string) widget.Node {
	return widget.Custom{Name: text, H: 18, Key: text, Paint: func(c *paint.Canvas, r paint.Rect, th *theme.Theme) {
		style := paint.Style{Size: theme.Small, Color: th.Quiet}
		const bar = 28
		paintRamp(c, paint.Rect{X: r.X, Y: r.Y + 4, W: bar, H: 10})
		c.Text(c.Fit(text, r.W-bar-6, style), paint.Point{X: r.X + bar + 6, Y: r.Y + 13}, style)
	}}
}

// classes choose the class whose reasons are shown.
func (v *View) classes() widget.Node {
	w, n := words.Model, v.desk.Network
	names := n.Task().Classes
	s := widget.Select{ID: "model-why", Long: w.ClassLabel, Value: strconv.Itoa(max(v.class, -1)), Set: func(value string) {
		if c, err := strconv.Atoi(value); err == nil {
			v.class = min(max(c, -1), len(n.Task().Classes)-1)
		}
	}}
	first := w.MostProbable
	if c := v.explained(); v.class < 0 && c >= 0 {
		first += ": " + n.Class(c)
	}
	s.Options = []widget.Option{{Value: "-1", Label: first}}
	for i, name := range names {
		s.Options = append(s.Options, widget.Option{Value: strconv.Itoa(i), Label: name})
	}
	next := widget.Button{ID: "model-class", Long: w.ExplainNext, Icon: "right", Do: func() {
		v.class = (v.explained() + 1) % max(len(names), 1)
	}}
	return widget.Row{Gap: theme.Grid, Items: []widget.Node{s, widget.Fixed(theme.Touch, next)}}
}

// heat returns what can be shown over the picture, nil for nothing.
func (v *View) heat() *protocol.Explained {
	e := v.why.Answer()
	if e == nil || e.H < 1 || e.W < 1 || len(e.Values) != e.H*e.W || v.desk.Subject.Empty() || e.Class >= len(v.desk.Network.Task().Classes) {
		return nil
	}
	return e
}

// reasons say where the reasons for a class lie.
func (v *View) reasons() string {
	w, e := words.Model, v.heat()
	if e == nil {
		switch why := v.why.Why(); {
		case v.desk.Subject.Empty():
			return ""
		case why != "" && v.method == protocol.GradCAM:
			return fmt.Sprintf(w.NoReasons, why) + " " + w.TryOcclusion
		case why != "":
			return fmt.Sprintf(w.NoReasons, why)
		}
		return w.Looking
	}
	at := 0
	for i, x := range e.Values {
		if x > e.Values[at] {
			at = i
		}
	}
	return fmt.Sprintf(w.Reasons, v.desk.Network.Class(e.Class), w.Methods[e.Method], e.Values[at], at/e.W+1, at%e.W+1, e.H, e.W)
}

// easel returns the picture as the network sees it; drawing works here as on the pad.
func (v *View) easel(side float64) widget.Node {
	d := v.desk
	in, pixels, heat := d.Network.Task().Input, d.Pixels(), v.heat()
	rows, columns := 1, 1
	if len(in) == 3 {
		rows, columns = in[0], in[1]
	}
	w, h := pressable(side, columns, rows)
	type key struct {
		moment
		heat  *protocol.Explained
		blend float64
	}
	n := widget.Custom{ID: "model-draw", Name: words.Model.Drawing, Long: words.Model.Draw, Role: widget.RoleImage, H: h, Key: key{v.moment(), heat, v.blend}, Paint: func(c *paint.Canvas, r paint.Rect, th *theme.Theme) {
		c.Box(r, 0, pad.Paper)
		if pixels != nil {
			img := picture.Enlarge(pixels, in)
			if heat != nil {
				img = blended(img, heat, v.blend)
			}
			c.Picture(r, img, img.Rect, false)
		}
		c.Frame(r, 0, 1, th.Line)
	}}
	if d.Subject.Mode == subject.Drawing {
		n.Pointer = v.drawer(rows, columns)
	} else {
		n.Long = words.Model.NoDraw
	}
	return widget.Row{Items: []widget.Node{widget.Space{}, widget.Fixed(w, n), widget.Space{}}}
}

// drawer draws on the pad. A picture that is not square is its middle.
func (v *View) drawer(rows, columns int) func(phase widget.Phase, x, y float64) bool {
	s := v.desk.Subject
	longer := float64(max(rows, columns))
	return func(phase widget.Phase, x, y float64) bool {
		at := pad.Point{X: 0.5 + (x-0.5)*float64(columns)/longer, Y: 0.5 + (y-0.5)*float64(rows)/longer}
		switch {
		case phase == widget.Down:
			v.drawing = s.Stroke(at)
		case !v.drawing: // the pad was filled
		case phase == widget.Drag:
			s.Extend(at)
		case phase == widget.Up || phase == widget.Cancel:
			v.drawing = false
			s.EndStroke(phase == widget.Cancel)
		}
		return true
	}
}

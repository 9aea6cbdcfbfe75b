package classify

import (
	"fmt"
	"image/color"

	"tenfold/nn/task"
	"tenfold/wasm/ui/pad"
	"tenfold/wasm/ui/subject"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// palette are the colours at hand, by what follows "colour-" in their IDs.
var palette = [...]struct {
	id    string
	color color.RGBA
}{
	{"black", color.RGBA{24, 24, 28, 255}}, {"grey", color.RGBA{128, 132, 140, 255}}, {"white", color.RGBA{255, 255, 255, 255}},
	{"red", color.RGBA{200, 40, 40, 255}}, {"orange", color.RGBA{232, 140, 40, 255}}, {"brown", color.RGBA{120, 82, 50, 255}},
	{"yellow", color.RGBA{240, 205, 70, 255}}, {"green", color.RGBA{70, 130, 60, 255}}, {"blue", color.RGBA{50, 90, 180, 255}},
	{"sky", color.RGBA{150, 200, 235, 255}},
}

// brush tells of each of subject.Brushes what follows "brush-" in its ID, its key, and the
// radius of its disc.
var brush = [...]struct {
	id, key string
	dot     float64
}{{"small", "1", 3}, {"medium", "2", 6}, {"large", "3", 10}}

// tools returns the pad's tools and colours, or what can be done with a picture, w units wide.
// They have the same height for all subjects, so that nothing jumps.
func (v *View) tools(w float64) widget.Node {
	const gap = 8
	marks, colours := v.drawTools(), v.colours()
	first, high := evenly(marks, w, gap)
	second, low := evenly(colours, w, 4)
	if v.desk.Subject.Mode != subject.Drawing {
		row := v.pictureTools()
		first = widget.Row{Gap: gap, Items: row}
		size := float64(theme.Note)
		if w < 300 {
			size = theme.Small
			first = widget.Grid{Columns: 2, Gap: gap, Items: row}
		}
		second = widget.Text{ID: "hint", Text: v.hint(), Quiet: true, Size: size}
		if s := v.desk.Subject; s.Mode == subject.Showing && s.Of > 1 {
			next := widget.Button{ID: "next-file", Label: fmt.Sprintf(words.Files.Next, s.At+1, s.Of), Long: fmt.Sprintf(words.Files.NextLong, s.Of), Key: "n", Do: func() { v.desk.Host.ShowFile(s.At + 1) }}
			second = widget.Row{Gap: gap, Items: []widget.Node{second, widget.Hug(next)}}
		}
		return level(high+gap+low, widget.Column{Gap: gap, Items: []widget.Node{first, second}})
	}
	return widget.Column{Gap: gap, Items: []widget.Node{level(high, first), level(low, second)}}
}

// level gives a node at least a height.
func level(h float64, n widget.Node) widget.Node {
	return widget.Stack{Items: []widget.Node{widget.Space{H: h}, n}}
}

// evenly puts things that are theme.Touch wide at least into rows of the same length, and
// returns their height.
func evenly(items []widget.Node, w, gap float64) (widget.Node, float64) {
	n := len(items)
	if float64(n)*theme.Touch <= w {
		gap = min(gap, (w-float64(n)*theme.Touch)/float64(n-1))
	}
	per := min(max(int((w+gap+0.01)/(theme.Touch+gap)), 1), n)
	lines := (n + per - 1) / per
	per = (n + lines - 1) / lines
	return widget.Grid{Columns: per, Gap: gap, Items: items}, rows(n, per, gap)
}

// rows returns the height of n things, per in a row.
func rows(n, per int, gap float64) float64 {
	lines := float64((n + per - 1) / per)
	return lines*theme.Touch + (lines-1)*gap
}

// drawTools returns the brushes, the eraser, the fill, and the way back.
func (v *View) drawTools() (all []widget.Node) {
	s, w := v.desk.Subject, &words.Classify
	for i, b := range brush {
		all = append(all, widget.Button{
			ID: "brush-" + b.id, Long: w.Brushes[i], Dot: b.dot, Key: b.key, Toggle: true,
			Pressed: s.Width == subject.Brushes[i] && s.Tool != subject.Fill,
			Do: func() {
				s.Width = subject.Brushes[i]
				if s.Tool == subject.Fill {
					s.Tool = subject.Brush
				}
			},
		})
	}
	toggle := func(tool, long, key string) {
		all = append(all, widget.Button{ID: tool, Long: long, Icon: tool, Key: key, Toggle: true, Pressed: s.Tool == tool, Do: func() {
			if s.Tool == tool {
				s.Tool = subject.Brush
			} else {
				s.Tool = tool
			}
		}})
	}
	toggle(subject.Eraser, w.Eraser, "e")
	toggle(subject.Fill, w.Fill, "f")
	change := func(id, long, key string, can bool, why string, do func(*pad.Pad)) {
		b := widget.Button{ID: id, Long: long, Icon: id, Key: key, Do: func() { do(s.Pad); s.Drawn() }}
		if !can {
			b.Disabled = why
		}
		all = append(all, b)
	}
	change("undo", w.Undo, "ctrl+z", s.Pad.CanUndo(), w.NoUndo, (*pad.Pad).Undo)
	change("redo", w.Redo, "ctrl+y", s.Pad.CanRedo(), w.NoRedo, (*pad.Pad).Redo)
	change("clear", w.Clear, "Delete", !s.Empty(), w.NoClear, (*pad.Pad).Clear)
	return all
}

// colours returns the palette and the button for any other colour.
func (v *View) colours() (all []widget.Node) {
	s, w := v.desk.Subject, &words.Classify
	other := s.Tool != subject.Eraser
	for _, c := range palette {
		pressed := s.Color == c.color && s.Tool != subject.Eraser
		other = other && !pressed
		all = append(all, widget.Swatch{ID: "colour-" + c.id, Name: fmt.Sprintf(w.Color, w.Colors[c.id]), Color: c.color, Pressed: pressed, Do: func() { s.SetColor(c.color) }})
	}
	return append(all, widget.Button{ID: "colour-any", Long: w.AnyColor, Icon: "colour", Toggle: true, Pressed: other, Do: func() { v.desk.Host.PickColor(s.Color) }})
}

// pictureTools returns what can be done with a picture or the camera.
func (v *View) pictureTools() []widget.Node {
	s, w := v.desk.Subject, &words.Classify
	draw := widget.Button{ID: "draw", Label: w.Draw, Long: w.DrawLong, Icon: "draw", Key: "d", Do: s.Draw}
	if s.Mode == subject.Filming {
		return []widget.Node{
			widget.Button{ID: "snap", Label: w.Snap, Long: w.SnapLong, Icon: "snap", Key: "Enter", Primary: true, Do: s.Snap},
			draw,
			widget.Button{ID: "lens", Label: w.Turn, Long: w.TurnLong, Icon: "redo", Do: func() { s.Lens(!s.Rear) }},
			widget.Button{ID: "mirrored", Label: w.Mirrored, Long: w.MirroredLong, Toggle: true, Pressed: s.Mirrored, Do: func() { s.Mirrored = !s.Mirrored }},
		}
	}
	return []widget.Node{
		draw,
		widget.Button{ID: "zoom-out", Label: w.Out, Long: w.OutLong, Icon: "out", Key: "-", Do: func() { v.zoom(1 / 1.25) }},
		widget.Button{ID: "zoom-in", Label: w.In, Long: w.InLong, Icon: "in", Key: "+", Do: func() { v.zoom(1.25) }},
		widget.Button{ID: "fit", Label: w.Fit, Long: w.FitLong, Icon: "whole", Key: "w", Do: func() { s.Picture.Fit(); s.Cropped() }},
		widget.Button{ID: "crop", Label: w.Crop, Long: w.CropLong, Icon: "square", Key: "q", Do: func() { s.Picture.Fill(); s.Cropped() }},
	}
}

// hint stands in place of the colours where there is no drawing.
func (v *View) hint() string {
	s, w := v.desk.Subject, &words.Classify
	switch {
	case s.Mode == subject.Filming:
		return w.HintCamera
	case s.Truth != "":
		return fmt.Sprintf(w.HintTruth, s.Truth)
	}
	return w.HintPicture
}

// sources returns where a picture can come from.
func (v *View) sources(w float64) widget.Node {
	d, t := v.desk, &words.Classify
	camera := widget.Button{ID: "camera", Label: t.Camera, Long: t.CameraLong, Icon: "camera", Key: "c", Do: d.Subject.Film}
	if d.Subject.Mode == subject.Filming {
		camera.Disabled = t.CameraOn
	}
	all := []widget.Node{
		widget.Button{ID: "choose", Label: t.Choose, Long: t.ChooseLong, Icon: "upload", Key: "u", Do: d.Host.ChooseFile},
		widget.Button{ID: "paste", Label: t.Paste, Long: t.PasteLong, Icon: "paste", Do: d.Host.Paste},
		camera,
		widget.Button{ID: "sample", Label: t.Sample, Long: t.SampleLong, Icon: "sample", Key: "s", Do: func() { d.Subject.ShowSample((d.Subject.Sample + 1) % len(pad.Samples)) }},
	}
	if d.Library.Served[task.TestSet] > 0 {
		all = append(all, widget.Button{ID: "random", Label: t.Random, Long: t.RandomLong, Icon: "random", Key: "r", Do: d.Host.RandomPicture})
	}
	switch each := (w+6)/float64(len(all)) - 6; {
	case each < 62:
		return widget.Grid{Columns: 3, Gap: 8, Items: all}
	case each < 88: // words come before icons
		for i := range all {
			b := all[i].(widget.Button)
			b.Icon = ""
			all[i] = b
		}
	}
	return widget.Grid{Columns: len(all), Gap: 6, Items: all}
}

// toolsCard holds the tools, w units wide, and the sources unless they stand elsewhere.
func (v *View) toolsCard(w float64, sources bool) widget.Node {
	c := widget.Column{Gap: 8, Items: []widget.Node{v.tools(w)}}
	if sources {
		c.Items = append(c.Items, v.sources(w))
	}
	return bare("tools", c)
}

// toolsHeight returns that of the tools with the sources in rows under the pad.
func toolsHeight(w float64) float64 {
	_, tools := evenly(make([]widget.Node, 8), w, 8)
	_, colours := evenly(make([]widget.Node, len(palette)+1), w, 4)
	return tools + colours + theme.Touch + 16
}

package model

import (
	"fmt"

	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// incoming is a channel of a layer that the number is made of, or of the picture, and the part
// of it that goes in.
type incoming struct {
	from, channel int
	top, left     int
	rows, columns int
	several       bool   // it is one of several
	sign          string // behind it, if it is
}

// parts returns what the number that is taken apart is made of, as far as that has places: one, or
// one of each layer that meets in this one, if there are not too many.
func (v *View) parts(a *protocol.TakenApart) (all []incoming) {
	layer, channel := v.chosen()
	if a == nil {
		return nil
	}
	l, out := v.current(), v.current().Output
	if l.Class != "Add" && l.Class != "Multiply" {
		from := v.inputOf(layer, a.From)
		if len(v.output(from)) != 3 || v.explainer(l.Class) == nil {
			return nil
		}
		return []incoming{{
			from: from, channel: a.Channel + v.inputChannel(a), top: a.Top, left: a.Left,
			rows: (a.H-1)*max(a.StepY, 1) + 1, columns: (a.W-1)*max(a.StepX, 1) + 1,
		}}
	}
	in := v.inputs(layer)
	const most = 3
	for k, from := range in {
		of := v.output(from)
		if len(of) != 3 || len(in) > most {
			return nil
		}
		at := func(i, axis int) int { // an axis of 1 is repeated
			if of[axis] == 1 && out[axis] > 1 {
				return 0
			}
			return i
		}
		p := incoming{from: from, channel: at(channel, 2), top: at(a.Y, 0), left: at(a.X, 1), rows: 1, columns: 1, several: true, sign: "+"}
		if l.Class == "Multiply" {
			p.sign = "×"
		}
		if k == len(in)-1 {
			p.sign = "="
		}
		all = append(all, p)
	}
	return all
}

// comesIn returns a channel of the input, with the part that the number is made of, and behind it
// the sign of what is done with it.
func (v *View) comesIn(a *protocol.TakenApart, p incoming, side float64) widget.Node {
	in := v.output(p.from)
	img, version := v.inputImage(p.from, p.channel)
	name := v.channelName(p.from, p.channel, in[2])
	switch {
	case p.several && p.from >= 0:
		name = v.layers()[p.from].Name
	case p.from >= 0:
		name = fmt.Sprintf(words.Model.InputMap, p.channel+1, v.layers()[p.from].Name)
	}
	w, h := within(side, in[1], in[0])
	type key struct {
		version any
		p       incoming
		a       *protocol.TakenApart
	}
	wide := w
	if p.several {
		wide = side + signGap
	}
	node := widget.Custom{Name: words.Model.Window, Role: widget.RoleImage, H: h, Key: key{version, p, a}, Paint: func(cv *paint.Canvas, r paint.Rect, th *theme.Theme) {
		if p.several {
			cv.Text(p.sign, paint.Point{X: r.X + side + signGap/2, Y: r.Y + side/2 + 5}, paint.Style{Size: theme.Body, Color: th.Ink, Align: paint.Middle})
			r.W = w
		}
		if img == nil {
			cv.Box(r, 4, th.Soft)
			return
		}
		cv.Picture(r, img, img.Rect, false)
		cw, ch := r.W/float64(in[1]), r.H/float64(in[0])
		mark(cv, paint.Rect{X: r.X + cw*float64(p.left), Y: r.Y + ch*float64(p.top), W: cw * float64(p.columns), H: ch * float64(p.rows)}, r, th)
	}}
	return captioned(name, wide, node)
}

package model

import (
	"fmt"
	"image"
	"strconv"
	"strings"

	"tenfold/nn/picture"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// numberCard returns one map enlarged, on which a place can be chosen, and how the number there
// is computed. w is the width inside, h how high a map may be.
func (v *View) numberCard(w, h float64) widget.Node {
	texts := words.Model
	l, a := v.current(), v.taken()
	items := []widget.Node{v.mapSelect()}
	if pictures(l) {
		items = append(items, v.places(a, w, h)...)
	}
	switch {
	case v.desk.Subject.Empty():
		items = append(items, widget.Text{Text: texts.Empty})
	case a == nil && v.apart.Why() != "":
		items = append(items, widget.Text{ID: "model-products", Text: fmt.Sprintf(texts.CannotShow, v.apart.Why())})
	case a == nil:
		items = append(items, widget.Text{Text: texts.Apart, Quiet: true})
	default:
		items = append(items, v.explanation(a, w)...)
	}
	return widget.Card{Name: "model-number", Title: texts.How, Body: widget.Column{Gap: 10, Items: items}}
}

// taken returns the chosen number taken apart, as far as it is known.
func (v *View) taken() *protocol.TakenApart {
	a := v.apart.Answer()
	layer, channel := v.chosen()
	if a == nil || a.Layer != layer || a.Filter != channel || v.desk.Subject.Empty() || v.desk.Network.Loaded == nil {
		return nil
	}
	size := a.H * a.W * a.C
	if len(a.Patch) != size || a.Kernel != nil && len(a.Kernel) != size || size == 0 {
		return nil
	}
	return a
}

// listed is how many maps or units are listed; of more the number is typed.
const listed = 512

// mapSelect chooses a map or unit.
func (v *View) mapSelect() widget.Node {
	layer, channel := v.chosen()
	if n := channels(v.current()); n > listed {
		label := fmt.Sprintf(words.Model.Typed, figure.Count(n))
		return widget.Number{ID: "model-filter", Label: label, Value: strconv.Itoa(channel + 1), Set: func(value string) {
			if k, err := strconv.Atoi(strings.TrimSpace(value)); err == nil {
				v.choose(layer, min(max(k, 1), n)-1)
			}
		}}
	}
	s := widget.Select{ID: "model-filter", Long: words.Model.MapLabel, Value: strconv.Itoa(channel), Set: func(value string) {
		if k, err := strconv.Atoi(value); err == nil {
			v.choose(layer, k)
		}
	}}
	for k := range channels(v.current()) {
		s.Options = append(s.Options, widget.Option{Value: strconv.Itoa(k), Label: v.mapName(layer, k)})
	}
	return s
}

// places returns the input, with the part that is looked at, the map, with the place that it
// makes, and the arrows: beside them where there is room, else below.
func (v *View) places(a *protocol.TakenApart, w, h float64) []widget.Node {
	layer, channel := v.chosen()
	parts := v.parts(a)
	gap, between := float64(theme.Grid), float64(theme.Grid)
	if len(parts) > 1 {
		gap, between = signGap, 0 // the signs stand between them
	}
	n := float64(len(parts) + 1)
	side := min(h, (w-gap*(n-1))/n)
	items := []widget.Node{}
	for _, p := range parts {
		items = append(items, v.comesIn(a, p, side))
	}
	name := v.mapName(layer, channel)
	if len(parts) > 1 { // the same map of each
		name = v.current().Name
	}
	items = append(items, v.mapPicture(name, side))
	note := ""
	if s := v.of(layer); s != nil && channel < len(s.Lows) {
		note = fmt.Sprintf(words.Model.MapRange, score(float64(s.Lows[channel])), score(float64(s.Highs[channel])))
	}
	arrows := v.arrows()
	below := widget.Node(widget.Row{Gap: 6, Items: append(arrows, widget.Space{})})
	const square = 2*theme.Touch + 6
	if side >= square && w >= n*side+square+n*gap {
		at := widget.Grid{Columns: 2, Gap: 6, Items: arrows}
		items = append(items, widget.Fixed(square, widget.Column{Items: []widget.Node{widget.Space{H: 21}, at}}))
		below = nil
	}
	return []widget.Node{widget.Column{Gap: 4, Items: []widget.Node{
		widget.Row{Gap: between, Top: true, Items: items},
		widget.Text{Text: note, Size: theme.Small, Quiet: true},
	}}, below}
}

// mapPicture returns the chosen map, on which a place can be pressed.
func (v *View) mapPicture(name string, side float64) widget.Node {
	layer, channel := v.chosen()
	s, out, spot := v.of(layer), v.current().Output, v.spot()
	pw, ph := pressable(side, out[1], out[0])
	type key struct {
		s       *seen
		channel int
		spot    [2]int
	}
	m := widget.Custom{
		ID: "model-place", Name: words.Model.PlaceLong, Value: fmt.Sprintf("%d, %d", spot[0]+1, spot[1]+1), Role: widget.RoleImage, H: ph, Key: key{s, channel, spot},
		Pointer: func(phase widget.Phase, x, y float64) bool {
			if phase == widget.Down || phase == widget.Drag {
				v.pick(x, y)
			}
			return true
		},
		Paint: func(c *paint.Canvas, r paint.Rect, th *theme.Theme) {
			if s == nil {
				c.Box(r, 4, th.Soft)
				return
			}
			img := mapImage(s.Inspected, channel)
			c.Picture(r, img, img.Rect, false)
			cw, ch := r.W/float64(s.W), r.H/float64(s.H)
			at := paint.Rect{X: r.X + cw*float64(spot[1]), Y: r.Y + ch*float64(spot[0]), W: cw, H: ch}
			mark(c, at, r, th)
		},
	}
	return captioned(name, pw, m)
}

// captioned returns a picture below its name.
func captioned(name string, w float64, n widget.Node) widget.Node {
	return widget.Column{Gap: 4, Items: []widget.Node{
		widget.Text{Text: name, Size: theme.Small, Quiet: true, Lines: 1},
		widget.Row{Items: []widget.Node{widget.Fixed(w, n), widget.Space{}}},
	}}
}

// mark frames a place of a picture, at least so large that it is seen.
func mark(c *paint.Canvas, at, in paint.Rect, th *theme.Theme) {
	if grow := 6 - min(at.W, at.H); grow > 0 {
		at = at.Inset(-grow / 2)
	}
	c.Within(in.Inset(-3), func() {
		c.Frame(at.Inset(-2.5), 2, 1.5, th.Panel)
		c.Frame(at.Inset(-1), 2, 2, th.Accent)
	})
}

// inputChannel is which of the channels of the window is shown.
func (v *View) inputChannel(a *protocol.TakenApart) int {
	return min(max(v.input, 0), a.C-1)
}

// inputImage returns a channel of a layer's output, or of the picture, and what that depends on;
// nil while it is not at hand.
func (v *View) inputImage(from, channel int) (*image.RGBA, any) {
	if from >= 0 {
		if s := v.of(from); s != nil && channel < s.C {
			return mapImage(s.Inspected, channel), s
		}
		return nil, nil
	}
	in, pixels := v.output(thePicture), v.desk.Pixels()
	if len(in) != 3 || pixels == nil || channel >= in[2] {
		return nil, nil
	}
	img := picture.Enlarge(pixels, in)
	for i := 0; in[2] == 3 && i < len(img.Pix); i += 4 { // the one colour alone
		for k := range 3 {
			if k != channel {
				img.Pix[i+k] = 0
			}
		}
	}
	return img, v.moment()
}

// arrows go from the place to its neighbours.
func (v *View) arrows() []widget.Node {
	w := words.Model
	var all []widget.Node
	for _, k := range []struct {
		id, long, icon, key string
		dy, dx              int
	}{
		{"model-left", w.Left, "left", "ArrowLeft", 0, -1},
		{"model-right", w.Right, "right", "ArrowRight", 0, 1},
		{"model-up", w.Up, "up", "ArrowUp", -1, 0},
		{"model-down", w.Down, "down", "ArrowDown", 1, 0},
	} {
		all = append(all, widget.Hug(widget.Button{ID: k.id, Long: k.long, Icon: k.icon, Key: k.key, Do: func() { v.step(k.dy, k.dx) }}))
	}
	return all
}

// nextChannel shows the products with another channel of the input.
func (v *View) nextChannel(a *protocol.TakenApart) widget.Node {
	w := words.Model
	next := widget.Button{ID: "model-input", Label: w.NextChannel, Long: w.NextChannelLong, Key: "i", Do: func() { v.input = (v.inputChannel(a) + 1) % a.C }}
	switch {
	case v.current().Class == "DepthwiseConv2D":
		next.Disabled = w.OwnChannel
	case a.C < 2:
		next.Disabled = w.OneChannel
	}
	return next
}

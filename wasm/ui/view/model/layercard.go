package model

import (
	"fmt"
	"image"
	"image/draw"
	"math"
	"strconv"
	"strings"

	"tenfold/nn/picture"
	"tenfold/nn/task"
	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// layerCard returns the chosen layer: what it does, and its maps. w is the width inside, h how high
// the maps may be.
func (v *View) layerCard(w, h float64) widget.Node {
	texts := words.Model
	layer, _ := v.chosen()
	l, s := v.current(), v.of(layer)
	items := []widget.Node{
		v.layerSelect(),
		v.neighbours(),
		widget.Text{ID: "model-kind", Text: kind(l), Size: theme.Small, Quiet: true},
		widget.Text{ID: "model-paths", Text: v.paths(layer), Size: theme.Small},
	}
	switch {
	case s == nil && v.desk.Subject.Empty():
		items = append(items, widget.Text{ID: "model-layer-maps", Text: texts.Empty})
	case s == nil:
		text := texts.Looking
		if why := v.maps.Why(); why != "" {
			text = fmt.Sprintf(texts.CannotShow, why)
		}
		items = append(items, widget.Text{ID: "model-layer-maps", Text: text})
	default:
		low, high := score(float64(s.Low)), score(float64(s.High))
		text := fmt.Sprintf(texts.Units, l.Name, figure.Count(s.C), low, high)
		if s.H*s.W > 1 || pictures(l) {
			text = fmt.Sprintf(texts.Maps, l.Name, figure.Count(s.C), s.H, s.W, low, high)
		}
		if s.Unbounded > 0 {
			text += ". " + fmt.Sprintf(texts.Unbounded, figure.Count(s.Unbounded))
		}
		filters, side := v.filters(s, w)
		if filters != nil {
			h -= side + 40
		}
		items = append(items, widget.Text{ID: "model-layer-maps", Text: text}, colourBar(low, high), v.mapsGrid(s, w, max(h, 96)))
		if filters != nil {
			items = append(items, filters)
		}
	}
	return widget.Card{Name: "model-layer", Title: fmt.Sprintf(texts.LayerTitle, layer+1, len(v.layers())), Body: widget.Column{Gap: 10, Items: items}}
}

// paths say a layer's input and what reads it.
func (v *View) paths(layer int) string {
	w := words.Model
	out := w.ReadByAnswer
	if all := v.readers(layer); len(all) > 0 {
		out = fmt.Sprintf(w.ReadBy, v.names(all))
	}
	return fmt.Sprintf(w.TakesIn, v.names(v.inputs(layer))) + ". " + out + "."
}

// named is how many layers are named in a row.
const named = 6

// names returns those of layers, or of the picture.
func (v *View) names(layers []int) string {
	w, all := words.Model, v.layers()
	var names []string
	for _, k := range layers[:min(named, len(layers))] {
		name := w.ThePicture
		if k >= 0 && k < len(all) {
			name = all[k].Name
		}
		names = append(names, name)
	}
	text := strings.Join(names, ", ")
	if more := len(layers) - len(names); more > 0 {
		text += fmt.Sprintf(w.AndMore, more)
	}
	return text
}

// kind explains a kind of layer.
func kind(l task.Layer) string {
	w := words.Model
	name := l.Class
	if name == "Activation" && w.Kinds[l.Activation] != "" {
		name = l.Activation
	}
	if text := w.Kinds[name]; text != "" {
		return text
	}
	return fmt.Sprintf(w.Unknown, l.Class, l.Name, figure.Shape(l.Output), figure.Count(l.Params))
}

func (v *View) layerSelect() widget.Node {
	w := words.Model
	layer, _ := v.chosen()
	s := widget.Select{ID: "model-layer", Long: w.Layer, Value: strconv.Itoa(layer), Set: func(value string) {
		if n, err := strconv.Atoi(value); err == nil {
			v.choose(n, 0)
		}
	}}
	for i, l := range v.layers() {
		s.Options = append(s.Options, widget.Option{Value: strconv.Itoa(i), Label: l.Name})
	}
	return s
}

// neighbours returns the buttons to the layers before and after.
func (v *View) neighbours() widget.Node {
	w := words.Model
	layer, _ := v.chosen()
	previous := widget.Button{ID: "model-prev", Label: w.Previous, Long: w.PreviousLong, Key: "PageUp", Do: func() { v.choose(layer-1, 0) }}
	next := widget.Button{ID: "model-next", Label: w.Next, Long: w.NextLong, Key: "PageDown", Do: func() { v.choose(layer+1, 0) }}
	if layer == 0 {
		previous.Disabled = w.First
	}
	if layer+1 >= len(v.layers()) {
		next.Disabled = w.Last
	}
	return widget.Row{Gap: theme.Grid, Items: []widget.Node{previous, next}}
}

// colourBar returns what the colours of maps mean.
func colourBar(low, high string) widget.Node {
	return widget.Custom{Name: fmt.Sprintf(words.Model.Scale, low, high), Role: widget.RoleImage, H: 18, Key: low + " " + high, Paint: func(c *paint.Canvas, r paint.Rect, th *theme.Theme) {
		style := paint.Style{Size: theme.Small, Color: th.Quiet, Weight: paint.Mono}
		y := r.Y + r.H/2 + 4
		a, b := c.TextWidth(low, style)+8, c.TextWidth(high, style)+8
		c.Text(low, paint.Point{X: r.X, Y: y}, style)
		c.Text(high, paint.Point{X: r.X + r.W - b + 8, Y: y}, style)
		paintRamp(c, paint.Rect{X: r.X + a, Y: r.Y + 4, W: r.W - a - b, H: 10})
	}}
}

func paintRamp(c *paint.Canvas, r paint.Rect) {
	if r.W < 8 {
		return
	}
	bar := image.NewRGBA(image.Rect(0, 0, len(ramp), 1))
	for i, col := range ramp {
		bar.SetRGBA(i, 0, col)
	}
	c.Picture(r, bar, bar.Rect, false)
}

// dense is from how many cells on there is nothing between them.
const dense = 600

// tiling is how cells of one shape lie in rows, in shares of the whole width.
type tiling struct {
	n, per           int
	cell, high, step float64 // a cell's width and height, and from one to the next
	down             float64 // from a row to the next
}

// tile lays n cells, each as high as aspect times its width, into a width with as few columns as
// its height, in widths, allows.
func tile(n int, aspect, height float64) (t tiling) {
	for per := 1; ; per++ {
		if t = tiled(n, per, aspect); t.height() <= height || per >= n {
			return t
		}
	}
}

// tiled lays n cells out, per in a row.
func tiled(n, per int, aspect float64) tiling {
	gap := 0.1
	switch {
	case n > dense:
		gap = 0
	case n > 100:
		gap = 0.15
	}
	cell := 1 / (float64(per) + gap*float64(per-1))
	return tiling{n, per, cell, cell * aspect, cell * (1 + gap), cell * (aspect + gap)}
}

func (t tiling) rows() int       { return (t.n + t.per - 1) / t.per }
func (t tiling) height() float64 { return float64(t.rows()-1)*t.down + t.high }

// at returns where cell k lies in a rectangle.
func (t tiling) at(k int, r paint.Rect) paint.Rect {
	return paint.Rect{X: r.X + r.W*t.step*float64(k%t.per), Y: r.Y + r.W*t.down*float64(k/t.per), W: r.W * t.cell, H: r.W * t.high}
}

// find returns the cell at shares of the whole.
func (t tiling) find(x, y float64) int {
	row := int(math.Floor(y * t.height() / t.down))
	column := min(int(x/t.step), t.per-1)
	return min(max(row*t.per+column, 0), t.n-1)
}

// mapsGrid returns all maps of a layer, or all of its units.
func (v *View) mapsGrid(s *seen, w, h float64) widget.Node {
	texts := words.Model
	layer, channel := v.chosen()
	t := tile(s.C, float64(s.H)/float64(s.W), h/max(w, 1))
	choose := func() {
		k := 0
		if v.at[0] >= 0 {
			k = t.find(v.at[0], v.at[1])
		}
		v.at = [2]float64{-1, -1}
		v.choose(layer, k)
	}
	type key struct {
		s       *seen
		channel int
		t       tiling
	}
	return widget.Custom{
		ID: "model-maps", Name: fmt.Sprintf(texts.MapsName, v.current().Name), Long: texts.MapsLong, Role: widget.RoleButton,
		Aspect: t.height(), Key: key{s, channel, t}, Do: choose,
		Pointer: func(phase widget.Phase, x, y float64) bool {
			if phase == widget.Down { // the press itself does it, if it is one
				v.at = [2]float64{x, y}
			}
			return false
		},
		Paint: func(c *paint.Canvas, r paint.Rect, th *theme.Theme) {
			if s.H*s.W == 1 && s.C > dense { // a pixel for each
				img := image.NewRGBA(image.Rect(0, 0, t.per, t.rows()))
				draw.Draw(img, img.Rect, image.NewUniform(th.Panel), image.Point{}, draw.Src)
				for k, b := range s.Maps {
					img.SetRGBA(k%t.per, k/t.per, ramp[b])
				}
				c.Picture(r, img, img.Rect, false)
			} else {
				for k := range s.C {
					img := mapImage(s.Inspected, k)
					c.Picture(t.at(k, r), img, img.Rect, s.W > 64)
				}
			}
			c.Frame(t.at(channel, r).Inset(-1.5), 2, 2.5, th.Accent)
		},
	}
}

// filters returns the weights of a convolution over the picture itself, and how high they are.
func (v *View) filters(s *seen, w float64) (widget.Node, float64) {
	in := v.desk.Network.Task().Input
	if len(s.Filters) == 0 || s.Side < 1 || len(in) != 3 || len(s.Filters) != s.C*s.Side*s.Side*in[2] {
		return nil, 0
	}
	_, channel := v.chosen()
	t := tiled(s.C, min(s.C, max(int(w/34), 8)), 1)
	node := widget.Column{Gap: 4, Items: []widget.Node{
		widget.Text{Text: fmt.Sprintf(words.Model.Filters, s.C, s.Side, s.Side), Size: theme.Small, Quiet: true},
		widget.Custom{Name: fmt.Sprintf(words.Model.Filters, s.C, s.Side, s.Side), Role: widget.RoleImage, Aspect: t.height(), Key: [2]any{s, channel}, Paint: func(c *paint.Canvas, r paint.Rect, th *theme.Theme) {
			size := s.Side * s.Side * in[2]
			for k := range s.C {
				img := picture.Enlarge(s.Filters[k*size:(k+1)*size], task.Shape{s.Side, s.Side, in[2]})
				c.Picture(t.at(k, r), img, img.Rect, false)
			}
			c.Frame(t.at(channel, r).Inset(-1.5), 2, 2.5, th.Accent)
		}},
	}}
	return node, w * t.height()
}

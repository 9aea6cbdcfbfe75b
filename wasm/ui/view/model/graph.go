package model

import (
	"fmt"
	"image"
	"image/color"

	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// laneStep is from a lane to the next, in units, where there is room.
const laneStep = 14

// block is a layer in the picture of the network.
type block struct {
	id, name, note string // note stands at the right, quiet
	value          string // what it shows, in words
	in             []int  // its inputs: blocks, by number
	class          string // Keras' of the layer
	strip          []*image.RGBA
	wide           bool      // the strip is one row of numbers
	bars           []float64 // in place of a strip; 0 to 1
	chosen         bool
	do             func() // nil if it cannot be pressed
}

// heights are how high a block is and what is in it, in units.
type heights struct{ row, mid, name, strip, side float64 }

// rowHeights returns those of a network of the given number of blocks: of a deep one more are seen
// at once.
func rowHeights(blocks int) heights {
	if blocks > 32 {
		return heights{row: 48, mid: 14, name: 18, strip: 25, side: 18}
	}
	return heights{row: 64, mid: 19, name: 24, strip: 32, side: 26}
}

// scene is what the blocks of a graph share.
type scene struct {
	plan
	heights
	name, note string // the longest, which say how the texts are laid out
}

// graph draws blocks below each other, in the order of computation, with lines from each to
// those that take it in.
func graph(blocks []block) widget.Node {
	in := make([][]int, len(blocks))
	s := scene{heights: rowHeights(len(blocks))}
	for i, b := range blocks {
		in[i] = b.in
		if len([]rune(b.name)) > len([]rune(s.name)) {
			s.name = b.name
		}
		if len([]rune(b.note)) > len([]rune(s.note)) {
			s.note = b.note
		}
	}
	s.plan = lanes(in)
	all := widget.Column{}
	for i, b := range blocks {
		here := row{block: b, number: i, lane: s.lane[i]}
		for _, e := range s.edges {
			if e.from <= i && i <= e.to {
				here.edges = append(here.edges, e)
				here.hot = append(here.hot, blocks[e.from].chosen || blocks[e.to].chosen)
			}
		}
		n := widget.Custom{
			ID: b.id, Name: b.name, Long: b.name + ", " + b.note, Value: b.value, Role: widget.RoleImage, H: s.row, MinW: 160,
			Key: fmt.Sprint(b.name, b.note, b.strip, b.bars, b.chosen, here.edges, here.hot, here.lane, s.count, s.name, s.note, i),
			Do:  b.do,
			Paint: func(c *paint.Canvas, r paint.Rect, th *theme.Theme) {
				here.paint(c, r, th, &s)
			},
		}
		if b.do != nil {
			n.Role = widget.RoleButton
			n.Long = fmt.Sprintf(words.Model.LookInto, n.Long)
		}
		all.Items = append(all.Items, n)
	}
	return all
}

// row is a block in its place, with the lines that touch it or pass.
type row struct {
	block
	number, lane int
	edges        []edge
	hot          []bool // those to and from the chosen block
}

func (b row) paint(c *paint.Canvas, r paint.Rect, th *theme.Theme, s *scene) {
	if b.chosen {
		c.Box(r.Inset(1), 10, theme.Mix(th.Panel, th.Accent, 0.16))
	}
	step := min(laneStep, r.W*0.3/float64(s.count))
	x := func(lane int) float64 { return r.X + 14 + step*float64(lane) }
	b.paintLines(c, r, th, s, x)
	b.paintDot(c, paint.Point{X: x(b.lane), Y: r.Y + s.mid}, th)
	left := x(s.count-1) + 16
	in := paint.Rect{X: left, Y: r.Y, W: r.X + r.W - left - 8, H: r.H}
	strip := paint.Rect{X: in.X, Y: r.Y + s.strip, W: in.W, H: s.side}
	note := paint.Style{Size: theme.Small, Color: th.Quiet, Align: paint.Right}
	name := paint.Style{Size: theme.Note, Color: th.Ink, Weight: paint.Medium}
	beside := c.TextWidth(s.name, name)+c.TextWidth(s.note, note)+12 <= in.W
	if !b.chosen {
		name.Weight = paint.Regular
	}
	noteY, room := r.Y+s.noteLine(), in.W
	if beside {
		room -= c.TextWidth(b.note, note) + 8
	} else { // the names are whole, and the notes stand beside the strips
		strip.W -= c.TextWidth(s.note, note) + 8
		noteY = strip.Y + strip.H/2 + 4
	}
	c.Text(b.note, paint.Point{X: in.X + in.W, Y: noteY}, note)
	c.Text(c.Fit(b.block.name, room, name), paint.Point{X: in.X, Y: r.Y + s.heights.name}, name)
	b.paintStrip(c, strip, th)
}

// noteLine returns where a note beside a name stands.
func (s *scene) noteLine() float64 { return s.heights.name - 1 }

// paintLines paints what comes in from above, goes out below, and passes.
func (b row) paintLines(c *paint.Canvas, r paint.Rect, th *theme.Theme, s *scene, x func(lane int) float64) {
	mid := r.Y + s.mid
	for pass := range 2 { // those of the chosen block lie above the others
		for k, e := range b.edges {
			if b.hot[k] != (pass == 1) {
				continue
			}
			width, col := 1.75, theme.Mix(th.Panel, th.Quiet, 0.65)
			if b.hot[k] {
				width, col = 2.5, th.Accent
			}
			at, dot := x(e.lane), x(b.lane)
			switch {
			case e.from < b.number && b.number < e.to:
				c.Line([]paint.Point{{X: at, Y: r.Y}, {X: at, Y: r.Y + r.H}}, width, col)
			case e.from == b.number:
				c.Line(bend(paint.Point{X: dot, Y: mid}, paint.Point{X: at, Y: r.Y + r.H}), width, col)
			default:
				c.Line(bend(paint.Point{X: at, Y: r.Y}, paint.Point{X: dot, Y: mid}), width, col)
			}
		}
	}
}

// bend leads from a place to another below it, downwards at both ends.
func bend(from, to paint.Point) []paint.Point {
	if from.X == to.X {
		return []paint.Point{from, to}
	}
	const steps = 10
	var all []paint.Point
	for i := range steps + 1 {
		t := float64(i) / steps
		all = append(all, paint.Point{X: from.X + (to.X-from.X)*t*t*(3-2*t), Y: from.Y + (to.Y-from.Y)*t})
	}
	return all
}

// paintDot marks where a block stands in its lane: a sign where paths meet.
func (b row) paintDot(c *paint.Canvas, at paint.Point, th *theme.Theme) {
	col := th.Quiet
	if b.chosen {
		col = th.Accent
	}
	strokes := joins[b.class]
	if len(strokes) == 0 && len(b.in) < 2 {
		c.Disc(at, 4.5, col)
		return
	}
	c.Disc(at, 9, col)
	c.Disc(at, 7.25, th.Panel)
	for _, s := range strokes {
		c.Line([]paint.Point{{X: at.X + s[0], Y: at.Y + s[1]}, {X: at.X + s[2], Y: at.Y + s[3]}}, 1.75, col)
	}
}

// joins are the signs of layers in which paths meet, as lines around the middle.
var joins = map[string][][4]float64{
	"Add":         {{-4, 0, 4, 0}, {0, -4, 0, 4}},
	"Multiply":    {{-2.8, -2.8, 2.8, 2.8}, {-2.8, 2.8, 2.8, -2.8}},
	"Concatenate": {{-2.2, -3.6, -2.2, 3.6}, {2.2, -3.6, 2.2, 3.6}},
}

// paintStrip paints as many maps as there is room for, a row of numbers, or bars.
func (b block) paintStrip(c *paint.Canvas, r paint.Rect, th *theme.Theme) {
	switch {
	case b.bars != nil:
		step := min(r.W/float64(len(b.bars)), 28)
		gap := min(step*0.2, 3)
		for i, v := range b.bars {
			at := paint.Rect{X: r.X + step*float64(i), Y: r.Y, W: step - gap, H: r.H}
			c.Box(at, 0, th.Soft)
			if h := at.H * min(max(v, 0), 1); h >= 0.5 {
				c.Box(paint.Rect{X: at.X, Y: at.Y + at.H - h, W: at.W, H: h}, 0, th.Class(i))
			}
		}
	case b.wide && len(b.strip) > 0:
		img := b.strip[0]
		if w := min(r.W, float64(img.Rect.Dx())*r.H); w >= 1 {
			c.Picture(paint.Rect{X: r.X, Y: r.Y + r.H/2 - 7, W: w, H: 14}, img, img.Rect, false)
		}
	case len(b.strip) == 0:
		c.Box(paint.Rect{X: r.X, Y: r.Y, W: min(r.W, r.H), H: r.H}, 3, th.Soft)
	default:
		x := r.X
		for _, img := range b.strip {
			size := img.Rect.Size()
			w, h := within(r.H, size.X, size.Y)
			if x+w > r.X+r.W+0.5 {
				break
			}
			c.Picture(paint.Rect{X: x, Y: r.Y + (r.H-h)/2, W: w, H: h}, img, img.Rect, size.X > 40)
			x += w + 4
		}
	}
}

// within fits a shape of w x h into a square.
func within(side float64, w, h int) (float64, float64) {
	k := side / float64(max(w, h, 1))
	return max(float64(w)*k, 1), max(float64(h)*k, 1)
}

// pressable is within, at least so large that places can be pressed.
func pressable(side float64, w, h int) (float64, float64) {
	x, y := within(side, w, h)
	return max(x, theme.Touch), max(y, theme.Touch)
}

// onto is black or white, whichever is read better on a colour.
func onto(back color.RGBA) color.RGBA {
	white, black := color.RGBA{255, 255, 255, 255}, color.RGBA{0, 0, 0, 255}
	if theme.Contrast(back, white) >= theme.Contrast(back, black) {
		return white
	}
	return black
}

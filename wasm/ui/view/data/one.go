package data

import (
	"fmt"
	"image/color"
	"slices"
	"strings"

	"tenfold/nn/task"
	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/part"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// compactBelow is the height of a card under which the picture lies beside what is said of it.
const compactBelow = 560

// besidePicture is the height of all in the card beside the picture.
const besidePicture = 396

// onePicture shows one picture large, in a card that is w units wide inside and h high; 0 for
// a phone's, which is as high as it must be.
func (v *View) onePicture(w, h float64, g gridding) widget.Node {
	t := &words.Data
	i := v.current()
	if i < 0 {
		return widget.Card{Name: "data-one", Title: t.NoPicture, Body: widget.Text{Text: t.NoneOfClass, Quiet: true}}
	}
	step := func(id, label, long, key string, by int) widget.Node {
		return widget.Hug(widget.Button{ID: id, Label: label, Long: long, Key: key, Do: func() { v.beside(by, g) }})
	}
	card := widget.Card{Name: "data-one", Title: fmt.Sprintf(t.Number, figure.Count(i)), Aside: widget.Row{Gap: theme.Grid, Items: []widget.Node{
		step("data-prev", t.Previous, t.PreviousTip, "ArrowLeft", -1),
		step("data-next", t.Next, t.NextTip, "ArrowRight", 1),
	}}}
	rows, columns := v.album.size()
	label := widget.Text{ID: "data-label", Text: v.className(i), Size: theme.Heading, Weight: paint.Medium, Lines: 2}
	truth := widget.Column{Items: []widget.Node{widget.Text{Text: t.TrueClass, Size: theme.Small, Quiet: true}, label}}
	if h < compactBelow {
		side := crisp(rows, columns, min(w*0.5, 200), min(max(h-270, 128), 200))
		card.Body = widget.Column{Gap: gap, Items: []widget.Node{
			widget.Row{Gap: gap, Top: true, Items: []widget.Node{
				widget.Fixed(side.X, v.pictureNode(side.Y)),
				widget.Flex(1, widget.Column{Gap: theme.Grid, Items: []widget.Node{truth, v.verdict(), v.pixelWords(3), v.scalingWords(3)}}),
			}},
			v.topThree(),
			v.oneButtons(),
		}}
		return card
	}
	side := crisp(rows, columns, w, max(h-besidePicture, 128))
	card.Body = widget.Column{Gap: theme.Grid, Items: []widget.Node{
		centred(side.X, v.pictureNode(side.Y)),
		widget.Column{Gap: 2, Items: []widget.Node{v.pixelWords(2), v.scalingWords(2)}},
		truth, v.verdict(), v.topThree(), v.oneButtons(),
	}}
	return card
}

// pictureNode is the picture with its pixels as squares, h units high.
func (v *View) pictureNode(h float64) widget.Node {
	i := v.current()
	img := v.album.photos[i]
	rows, columns := v.album.size()
	pixel := v.pixel
	return widget.Custom{
		ID: "data-picture", Name: fmt.Sprintf(words.Data.Number, figure.Count(i)), Long: words.Data.PixelsTip, Value: v.pictureWords(), Role: widget.RoleImage, H: h, Hover: true,
		Key: pictureKey{version{v.what, i, v.album.of}, img != nil, pixel},
		Paint: func(c *paint.Canvas, r paint.Rect, th *theme.Theme) {
			if img == nil {
				c.Box(r, 6, th.Soft)
				return
			}
			c.Picture(r, img, img.Rect, false)
			if pixel != nowhere {
				k, m := r.W/float64(columns), r.H/float64(rows)
				at := paint.Rect{X: r.X + float64(pixel.x)*k, Y: r.Y + float64(pixel.y)*m, W: k, H: m}
				c.Frame(at.Inset(-2), 0, 2, color.RGBA{255, 255, 255, 255})
				c.Frame(at.Inset(-1), 0, 1, color.RGBA{A: 255})
			}
		},
		Pointer: func(phase widget.Phase, x, y float64) bool {
			at := point{int(x * float64(columns)), int(y * float64(rows))}
			if phase == widget.Leave || phase == widget.Cancel || x < 0 || y < 0 || at.x >= columns || at.y >= rows || img == nil {
				at = nowhere
			}
			was := v.pixel
			v.pixel = at
			return at != was || phase == widget.Down
		},
		Steer: func(dx, dy int) {
			switch {
			case img == nil:
			case v.pixel == nowhere:
				v.pixel = point{columns / 2, rows / 2}
			default:
				v.pixel = point{min(max(v.pixel.x+dx, 0), columns-1), min(max(v.pixel.y+dy, 0), rows-1)}
			}
		},
	}
}

// pictureKey is what the enlarged picture looks like.
type pictureKey struct {
	of    version
	there bool
	pixel point
}

// pictureWords says what the enlarged picture is, and what the network says of it.
func (v *View) pictureWords() string {
	i := v.current()
	return fmt.Sprintf(words.Data.Enlarged, figure.Count(i), v.className(i)) + v.networkWords()
}

// networkWords are the three most probable classes in words.
func (v *View) networkWords() string {
	t, probs := &words.Data, v.probs()
	switch {
	case probs == nil && v.says.Why() != "":
		return fmt.Sprintf(t.SaysNothing, v.says.Why())
	case probs == nil:
		return t.Asked
	}
	var all []string
	for _, k := range top(probs) {
		all = append(all, v.desk.Network.Class(k)+" "+figure.Chance(float64(probs[k])))
	}
	return fmt.Sprintf(t.Says, strings.Join(all, ", "))
}

// top are the numbers of the three most probable classes.
func top(probs []float32) []int {
	order := part.Order(probs)
	return order[:min(3, len(order))]
}

// verdict reports whether the network is right.
func (v *View) verdict() widget.Node {
	t, n, probs := &words.Data, v.desk.Network, v.probs()
	text := widget.Text{ID: "data-verdict", Quiet: true, Live: true}
	if probs == nil {
		text.Text = v.networkWords()
		return text
	}
	said := n.Class(top(probs)[0])
	switch {
	case !slices.Equal(n.Task().Classes, v.desk.Library.Task().Classes):
		text.Text = fmt.Sprintf(t.OtherClasses, said)
	case said == v.className(v.current()):
		text.Text, text.Quiet = fmt.Sprintf(t.Right, said), false
	default:
		text.Text, text.Tone = fmt.Sprintf(t.Wrong, said), widget.Warning
	}
	return text
}

// topThree are the three most probable classes as bars.
func (v *View) topThree() widget.Node {
	probs := v.probs()
	if probs == nil { // the same room, so that nothing moves when the answer is there
		return widget.Space{H: 28 * float64(min(3, max(len(v.desk.Network.Task().Classes), 1)))}
	}
	var rows []widget.Bar
	for k, i := range top(probs) {
		p := float64(probs[i])
		rows = append(rows, widget.Bar{Name: v.desk.Network.Class(i), Share: p, Text: figure.Chance(p), Color: widget.Class(i), Strong: k == 0})
	}
	return widget.Bars{ID: "data-top", Rows: rows}
}

// pixelWords say what the pixel under the pointer is, or what a picture is made of.
func (v *View) pixelWords(lines int) widget.Node {
	t, in, at := &words.Data, v.album.in, v.pixel
	rows, columns := v.album.size()
	text := widget.Text{ID: "data-pixel", Size: theme.Small, Quiet: true, Lines: lines, Live: true}
	b := v.pixelValues()
	switch {
	case len(b) == 3:
		text.Text = fmt.Sprintf(t.Pixel, at.x, at.y, b[0], b[1], b[2])
	case len(b) == 1:
		text.Text = fmt.Sprintf(t.GreyPixel, at.x, at.y, b[0])
	case len(in) == 3 && in[2] == 1:
		text.Text = fmt.Sprintf(t.Size, columns, rows, t.Grey)
	default:
		text.Text = fmt.Sprintf(t.Size, columns, rows, t.Colour)
	}
	return text
}

// pixelValues are the bytes of the pixel under the pointer, nil if there is none.
func (v *View) pixelValues() []byte {
	in, b := v.album.in, v.pixels()
	if v.pixel == nowhere || len(in) != 3 || len(b) != in.Size() {
		return nil
	}
	at := (v.pixel.y*in[1] + v.pixel.x) * in[2]
	return b[at : at+in[2]]
}

// scalingWords say how bytes become the numbers that go into the network.
func (v *View) scalingWords(lines int) widget.Node {
	t, of := &words.Data, v.desk.Network.Task()
	if of.Scale == 0 {
		of = task.Task{Scale: task.Scale, Shift: task.Shift}
	}
	text := widget.Text{ID: "data-scaling", Text: fmt.Sprintf(t.Scaling, figure.Scaling(of.Scale, of.Shift)), Size: theme.Small, Quiet: true, Lines: lines}
	var here []string
	for _, b := range v.pixelValues() {
		here = append(here, fmt.Sprintf("%.2f", float64(b)*of.Scale+of.Shift))
	}
	if here != nil {
		text.Text = fmt.Sprintf(t.ScaledHere, figure.Scaling(of.Scale, of.Shift), strings.Join(here, ", "))
	}
	return text
}

// oneButtons are what can be done with the picture.
func (v *View) oneButtons() widget.Node {
	t := &words.Data
	loading := ""
	if v.pixels() == nil {
		loading = t.LoadingPicture
	}
	items := []widget.Node{widget.Button{ID: "data-classify", Label: t.Classify, Long: t.ClassifyTip, Icon: "draw", Disabled: loading, Do: v.classify}}
	if v.what != task.Mine {
		return widget.Row{Items: items}
	}
	remove := widget.Button{ID: "data-remove", Label: t.Remove, Long: t.RemoveTip, Icon: "clear", Disabled: loading, Do: v.remove}
	if v.removing > 0 {
		remove.Disabled = t.Removing
	}
	items = append(items, widget.Hug(remove))
	if v.removed != nil && v.removing == 0 {
		items = append(items, widget.Hug(v.undo()))
	}
	return widget.Row{Gap: theme.Grid, Wrap: true, Items: items}
}

// undo puts the picture that was deleted last back.
func (v *View) undo() widget.Button {
	return widget.Button{ID: "data-restore", Label: words.Data.PutBack, Long: words.Data.PutBackTip, Icon: "undo", Do: v.putBack}
}

package data

import (
	"fmt"
	"math"
	"strings"

	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// The heights of the gallery's card beside its pictures: title and edges, and what places
// the scroll.
const (
	galleryFrame = 5 + theme.Touch + 12 + theme.Pad
	placeHeight  = theme.Touch + theme.Grid
)

// gridding lays the pictures out in a card that is w units wide inside and h high.
func (v *View) gridding(w, h float64) gridding {
	h -= galleryFrame
	if v.ordered {
		return rolled(len(v.album.shown), w, max(h-placeHeight, 160), v.album.aspect())
	}
	return spread(len(v.album.shown), w, max(h, 100), v.album.aspect())
}

// gallery shows a few pictures or a part of all.
func (v *View) gallery(g gridding) widget.Node {
	t, a := &words.Data, &v.album
	none := ""
	if len(a.shown) == 0 {
		none = t.NothingTo
	}
	buttons := []widget.Node{
		widget.Hug(widget.Button{ID: "data-random", Label: t.Shuffle, Long: t.ShuffleTip, Icon: "random", Key: "n", Disabled: none, Do: v.shuffle}),
		widget.Hug(widget.Button{ID: "data-all", Label: t.Browse, Long: t.BrowseTip, Icon: "data", Key: "a", Toggle: true, Pressed: v.ordered, Disabled: none, Do: v.browse}),
	}
	card := widget.Card{Name: "data-photos", Title: t.Gallery, Aside: widget.Row{Gap: theme.Grid, Items: buttons}}
	switch {
	case none != "":
		card.Body = widget.Text{ID: "data-shown-none", Text: t.NoneOfClass, Quiet: true}
	case v.ordered:
		card.Body = v.roll(g)
	default:
		card.Body = widget.Stack{Items: []widget.Node{v.shownWords(a.shown), centred(g.width(), v.cells(g, 0, len(a.shown)))}}
	}
	return card
}

// cells are the pictures at places from first on.
func (v *View) cells(g gridding, first, end int) widget.Node {
	a := &v.album
	grid := widget.Grid{Columns: g.per, Gap: gridGap, CellHeight: g.high() + caption}
	for at := first; at < end; at++ {
		i := a.shown[at]
		name := v.className(i)
		cell := widget.Image{
			ID: fmt.Sprintf("data-cell-%d", at), Name: name, Long: fmt.Sprintf(words.Data.Enlarge, figure.Count(i), name), Caption: name,
			H: g.high(), Pressed: i == v.current(), Version: version{v.what, i, a.photos[i] != nil}, Do: func() { v.enlarge(i) },
		}
		if img := a.photos[i]; img != nil {
			cell.Picture, cell.Version = img, version{v.what, i, a.of}
		}
		grid.Items = append(grid.Items, cell)
	}
	return grid
}

// roll are the pictures in order, of which only those around the ones in sight are laid out.
func (v *View) roll(g gridding) widget.Node {
	t, a := &words.Data, &v.album
	offset := g.offset(v.at, v.above)
	first, end := g.around(offset)
	top := max(float64(first)*g.row()-gridGap, 0) // a Column has its gap before the grid
	below := float64(g.rows()-end)*g.row() - gridGap
	items := []widget.Node{nil, widget.Fixed(g.width(), v.cells(g, first*g.per, min(end*g.per, len(a.shown)))), nil}
	if first > 0 {
		items[0] = widget.Space{H: top}
	}
	if end < g.rows() {
		items[2] = widget.Space{H: below}
	}
	to := func(at int, above float64) { v.at, v.above = at, above }
	from, until := g.seen(offset)
	seen := a.shown[from:until]
	return widget.Column{Gap: theme.Grid, Items: []widget.Node{
		widget.Stretch(widget.Stack{Items: []widget.Node{
			v.shownWords(seen),
			widget.Scroll{ID: "data-roll", H: g.h, Offset: offset, OnScroll: func(at float64) { to(g.place(at)) }, Node: widget.Column{Gap: gridGap, Items: items}},
		}}),
		widget.Row{Gap: theme.Grid, Items: []widget.Node{
			widget.Flex(1, widget.Slider{ID: "data-place", Long: t.Place, Value: float64(from + 1), Min: 1, Max: math.Max(float64(len(a.shown)), 2), Step: 1, Set: func(n float64) { to(g.place(g.offset(int(n)-1, 0))) }}),
			widget.Hug(widget.Button{ID: "data-up", Label: t.Up, Long: t.UpTip, Key: "PageUp", Do: func() { to(g.turn(v.at, v.above, -1)) }}),
			widget.Hug(widget.Button{ID: "data-down", Label: t.Down, Long: t.DownTip, Key: "PageDown", Do: func() { to(g.turn(v.at, v.above, 1)) }}),
		}},
	}}
}

// shownWords names the pictures that are shown: "12 cat, 99 dog".
func (v *View) shownWords(shown []int) widget.Node {
	all := make([]string, len(shown))
	for k, i := range shown {
		all[k] = fmt.Sprint(i, " ", v.className(i))
	}
	return widget.Custom{ID: "data-shown", Name: words.Data.Shown, Value: strings.Join(all, ", "), Role: widget.RoleImage, Key: "data-shown"}
}

// centred is a node of a width in the middle of what there is.
func centred(w float64, n widget.Node) widget.Node {
	return widget.Row{Top: true, Items: []widget.Node{widget.Space{}, widget.Fixed(w, n), widget.Space{}}}
}

// crisp is the size of a picture of h x w pixels in a place: the pixels are whole units where
// they are large.
func crisp(h, w int, placeW, placeH float64) (units paint.Point) {
	k := min(placeW/float64(w), placeH/float64(h))
	if k >= 3 {
		k = math.Floor(k)
	}
	return paint.Point{X: math.Max(k*float64(w), 1), Y: math.Max(k*float64(h), 1)}
}

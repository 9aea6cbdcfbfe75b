package help

import (
	"unicode/utf8"

	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
)

const (
	gap        = float64(theme.Gap)
	twoFrom    = 760 // units of width from which on cards stand in two columns
	besideFrom = 480 // units of width from which on something stands beside its name
)

// card is a card of a section.
type card struct {
	widget.Card
	fit  fit
	size int // how much it says, about, in letters
}

// fit is where a card stands.
type fit int

const (
	either fit = iota // in the column that is shorter so far
	paired            // beside the next one, as high as that
	wide              // has the whole width
)

// newCard returns a card whose items are below each other.
func newCard(name, title string, items ...widget.Node) card {
	return card{Card: widget.Card{Name: name, Title: title, Body: widget.Column{Gap: 12, Items: items}}, size: letters(items)}
}

// as says where a card stands.
func (c card) as(f fit) card {
	c.fit = f
	return c
}

// columns puts cards below each other, in two columns where there is room.
func columns(cards []card, w float64) (rows []widget.Node) {
	for len(cards) > 0 {
		n := 1
		for n < len(cards) && cards[n].fit == cards[0].fit {
			n++
		}
		switch {
		case w < twoFrom || cards[0].fit == wide:
			for _, c := range cards[:n] {
				rows = append(rows, c.Card)
			}
		case cards[0].fit == paired:
			rows = append(rows, pairs(cards[:n])...)
		default:
			rows = append(rows, balanced(cards[:n]))
		}
		cards = cards[n:]
	}
	return rows
}

// pairs puts two cards into each row.
func pairs(cards []card) (rows []widget.Node) {
	for i := 0; i < len(cards); i += 2 {
		row := widget.Row{Gap: gap, Items: []widget.Node{widget.Flex(1, cards[i].Card), widget.Flex(1, widget.Space{})}}
		if i+1 < len(cards) {
			row.Items[1] = widget.Flex(1, cards[i+1].Card)
		}
		rows = append(rows, row)
	}
	return rows
}

// balanced makes two columns of about one length.
func balanced(cards []card) widget.Node {
	var left, right []widget.Node
	tall := 0 // how much the left one is longer
	for _, c := range cards {
		if tall <= 0 {
			left, tall = append(left, c.Card), tall+c.size
		} else {
			right, tall = append(right, c.Card), tall-c.size
		}
	}
	return widget.Row{Gap: gap, Top: true, Items: []widget.Node{
		widget.Flex(1, widget.Column{Gap: gap, Items: left}), widget.Flex(1, widget.Column{Gap: gap, Items: right}),
	}}
}

// letters is about how much nodes say.
func letters(nodes []widget.Node) (n int) {
	for _, node := range nodes {
		switch node := node.(type) {
		case widget.Text:
			n += utf8.RuneCountInString(node.Text) + 30
		case widget.Column:
			n += letters(node.Items)
		case widget.Row:
			n += letters(node.Items)
		case nil:
		default:
			n += 90
		}
	}
	return n
}

// entry returns a name in bold type with what is said of it below.
func entry(name string, says ...widget.Node) widget.Node {
	return widget.Column{Gap: 2, Items: append([]widget.Node{strong(name)}, says...)}
}

// fact returns a name with its text beside it, or below it on a phone.
func fact(w float64, name string, says ...widget.Node) widget.Node {
	if w < besideFrom {
		return entry(name, says...)
	}
	return widget.Row{Gap: 12, Top: true, Items: []widget.Node{
		widget.Fixed(160, strong(name)), widget.Flex(1, widget.Column{Gap: 2, Items: says}),
	}}
}

func strong(text string) widget.Text { return widget.Text{Text: text, Weight: paint.Medium} }
func plain(text string) widget.Text  { return widget.Text{Text: text} }
func quiet(text string) widget.Text  { return widget.Text{Text: text, Quiet: true} }

// item returns a line of a list, with an icon before it.
func item(icon string, tone widget.Tone, says ...widget.Node) widget.Node {
	return widget.Row{Gap: 10, Top: true, Items: []widget.Node{
		widget.Fixed(20, sign(icon, tone, "", "")), widget.Flex(1, widget.Column{Gap: 2, Items: says}),
	}}
}

// sign returns an icon; what it stands for is said beside it, or by its value.
func sign(icon string, tone widget.Tone, id, value string) widget.Node {
	return widget.Custom{ID: id, Value: value, H: 20, Key: [2]any{icon, tone}, Role: widget.RoleImage, Paint: func(c *paint.Canvas, r paint.Rect, th *theme.Theme) {
		ink := th.Accent
		if tone == widget.Warning {
			ink = th.Warning
		}
		c.Icon(icon, r.Center(), 18, ink)
	}}
}

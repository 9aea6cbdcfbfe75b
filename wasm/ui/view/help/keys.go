package help

import (
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// keyCards list the keys, a card for each view.
func (v *View) keyCards(_ float64) []card {
	t := &words.Help
	var order []string
	by := map[string][]widget.Node{}
	for _, k := range words.Keys {
		if by[k.View] == nil {
			order = append(order, k.View)
		}
		by[k.View] = append(by[k.View], keyLine(k))
	}
	var all []card
	for _, view := range order {
		name := t.Everywhere
		if view != "" {
			name = viewName(view)
		}
		all = append(all, newCard("help-keys-"+view, name, by[view]...))
	}
	var native []widget.Node
	for _, k := range words.BrowserKeys {
		native = append(native, keyLine(k))
	}
	return append(all, newCard("help-keys-browser", t.ByBrowser, append(native, quiet(t.KeysNote))...))
}

// keyLine returns a key as it is on a keyboard, and what it does.
func keyLine(k words.Key) widget.Node {
	return widget.Row{Gap: 12, Items: []widget.Node{
		widget.Fixed(92, widget.Custom{H: 28, Name: k.Cap, Role: widget.RoleStatic, Key: k.Cap, Paint: func(c *paint.Canvas, r paint.Rect, th *theme.Theme) {
			style := paint.Style{Size: theme.Note, Weight: paint.Mono, Color: th.Ink}
			text := c.Fit(k.Cap, r.W-16, style)
			cap := paint.Rect{X: r.X, Y: r.Y + 1, W: max(c.TextWidth(text, style)+16, 28), H: 26}
			c.Box(cap, 6, theme.Mix(th.Line, th.Quiet, 0.4))
			c.Box(paint.Rect{X: cap.X + 1, Y: cap.Y + 1, W: cap.W - 2, H: cap.H - 3}, 5, th.Panel)
			style.Align = paint.Middle
			c.Text(text, paint.Point{X: cap.X + cap.W/2, Y: cap.Y + 17}, style)
		}}),
		widget.Flex(1, plain(k.Does)),
	}}
}

// viewName returns what a view's tab says.
func viewName(id string) string { return words.App.Views[id] }
